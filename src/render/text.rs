//! Plain text, laid out as a browser's `innerText` would, with list markers and table rows.

use super::layout::{Layout, Marker};
use crate::blocks::Blocks;
use crate::dom::Document;

/// The kept blocks as plain text.
///
/// Blocks are divided by a blank line; the items of a list, the rows of a table and the lines of
/// preformatted text follow each other line by line. Items carry their marker, two spaces deeper
/// for each list around them, and cells are divided by ` | `.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::Document, render};
/// let document = Document::parse("<p>To do:<ol><li>Tea<li>Cake<ul><li>Plum</ul></ol>");
/// let blocks = Blocks::of(&document);
/// let text = render::text(&document, &blocks, &vec![true; blocks.len()]);
/// assert_eq!(text, "To do:\n\n1. Tea\n2. Cake\n  - Plum");
/// ```
pub fn text(document: &Document<'_>, blocks: &Blocks, kept: &[bool]) -> String {
    let layout = Layout::of(document, blocks);
    let mut out = String::new();
    let mut previous: Option<usize> = None;
    for (index, block) in blocks.iter().enumerate() {
        if !kept.get(index).copied().unwrap_or(false) {
            continue;
        }
        let item = layout.item(index);
        let same_item = previous.is_some_and(|previous| layout.item(previous) == item);
        if let Some(previous) = previous {
            out.push_str(layout.separator(previous, index));
        }
        if let Some(item) = item.filter(|_| layout.begins_line(previous, index)) {
            out.extend(std::iter::repeat_n("  ", layout.list_depth(item)));
            match layout.marker(item) {
                _ if same_item => out.push_str("  "),
                Marker::Bullet => out.push_str("- "),
                Marker::Number(number) => {
                    out.push_str(&number.to_string());
                    out.push_str(". ");
                }
            }
        }
        out.push_str(blocks.text(block));
        previous = Some(index);
    }
    out
}
