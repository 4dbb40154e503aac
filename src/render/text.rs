//! Plain text, laid out as a browser's `innerText` would, with list markers and table rows.

use super::content::{Content, Element, Event, Marker};
use crate::blocks::Blocks;
use crate::dom::Document;

/// The kept blocks as plain text; see [`Content::text`].
///
/// ```
/// use dehusk::{blocks::Blocks, dom::Document, render};
/// let document = Document::parse("<p>To do:<ol><li>Tea<li>Cake<ul><li>Plum</ul></ol>");
/// let blocks = Blocks::of(&document);
/// let text = render::text(&document, &blocks, &vec![true; blocks.len()]);
/// assert_eq!(text, "To do:\n\n1. Tea\n2. Cake\n  - Plum");
/// ```
pub fn text(document: &Document<'_>, blocks: &Blocks, kept: &[bool]) -> String {
    Content::of(document, blocks, kept).text()
}

/// What was written last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    /// A line within the list, or table, that began at this event.
    Of(usize),
    Line,
}

/// An open element.
struct Level {
    element: Element,
    event: usize,
    /// Whether the marker of the item, or a cell of the row, is written.
    begun: bool,
}

impl Content {
    /// The content as plain text.
    ///
    /// Blocks are divided by a blank line; the items of a list, the rows of a table and the lines
    /// of preformatted text follow each other line by line. Items carry their marker, two spaces
    /// deeper for each list around them, and cells are divided by ` | `. Images, rules and embeds
    /// leave nothing; formulas are TeX.
    ///
    /// ```
    /// let page = dehusk::extract("<p>To do:<ul><li>Tea<li>Cake</ul><table><tr><th>Cup<th>Size<tr><td>Blue<td>S</table>");
    /// assert_eq!(page.content().text(), "To do:\n\n- Tea\n- Cake\n\nCup | Size\nBlue | S");
    /// ```
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + self.events.len());
        let mut open: Vec<Level> = Vec::new();
        let mut last = Last::Nothing;
        for (index, event) in self.events.iter().enumerate() {
            match event {
                Event::Open { element, .. } if element.is_leaf() => {
                    begin_line(&mut out, &mut open, &mut last);
                    open.push(Level { element: *element, event: index, begun: true });
                }
                Event::Open { element, .. } => {
                    open.push(Level { element: *element, event: index, begun: false });
                }
                Event::Close => {
                    let leaf = open.pop().is_some_and(|level| level.element.is_leaf());
                    if leaf {
                        out.truncate(out.trim_end_matches(' ').len());
                    }
                }
                Event::Text { span, .. } | Event::NoteRef { shown: span, .. } => {
                    let text = self.str(*span);
                    // Where an image stood between two spaces one is enough, and at the start none.
                    let doubled = out.is_empty() || out.ends_with([' ', '\n']);
                    let code = open.last().is_some_and(|level| level.element.is_code());
                    out.push_str(match text.strip_prefix(' ') {
                        Some(rest) if doubled && !code => rest,
                        _ => text,
                    });
                }
                Event::Math { tex, .. } => out.push_str(self.str(*tex)),
                Event::Break => {
                    out.truncate(out.trim_end_matches(' ').len());
                    out.push('\n');
                }
                Event::Image { .. } | Event::Embed { .. } | Event::Rule => {}
            }
        }
        out
    }
}

/// The number of a note that was a numbered item.
fn shown(level: &Level) -> Option<i64> {
    match level.element {
        Element::Note { marker: Some(Marker::Number(number)), .. } => Some(number),
        _ => None,
    }
}

/// Writes what stands between the last line and the next, with its marker.
fn begin_line(out: &mut String, open: &mut [Level], last: &mut Last) {
    let list_of = |level: &Level| match level.element {
        Element::List { .. } => Some(level.event),
        _ => None,
    };
    let table = open.iter().position(|level| matches!(level.element, Element::Table(_)));
    let here = match table {
        Some(table) => Last::Of(open[table].event),
        None if open.iter().any(|level| matches!(level.element, Element::Item(_))) => {
            open.iter().find_map(list_of).map_or(Last::Line, Last::Of)
        }
        // Notes that were items of a list follow each other like items.
        None if open.iter().any(|level| shown(level).is_some()) => Last::Of(usize::MAX),
        None => Last::Line,
    };
    let before = std::mem::replace(last, here);
    let same = before == here && here != Last::Line;
    if table.is_some() && same {
        let row = open.iter_mut().find(|level| matches!(level.element, Element::Row { .. }));
        let row_begun = row.is_some_and(|row| std::mem::replace(&mut row.begun, true));
        let cell = open.iter_mut().find(|level| matches!(level.element, Element::Cell { .. }));
        let cell_begun = cell.is_some_and(|cell| std::mem::replace(&mut cell.begun, true));
        out.push_str(match (row_begun, cell_begun) {
            (true, true) => " ",
            (true, false) => " | ",
            (false, _) => "\n",
        });
        if row_begun {
            return;
        }
    } else {
        if before != Last::Nothing {
            out.push_str(if same { "\n" } else { "\n\n" });
        }
        for level in open.iter_mut() {
            level.begun |= matches!(level.element, Element::Row { .. } | Element::Cell { .. });
        }
    }
    let lists = open.iter().filter_map(list_of).count();
    let item = open.iter_mut().rev().find_map(|level| match level.element {
        Element::Item(marker) => Some((level, marker)),
        Element::Note { marker: Some(marker), .. } => Some((level, marker)),
        _ => None,
    });
    if let Some((level, marker)) = item {
        out.extend(std::iter::repeat_n("  ", lists.saturating_sub(1)));
        match marker {
            _ if std::mem::replace(&mut level.begun, true) => out.push_str("  "),
            Marker::Bullet => out.push_str("- "),
            Marker::Number(number) => {
                out.push_str(&number.to_string());
                out.push_str(". ");
            }
        }
    }
}
