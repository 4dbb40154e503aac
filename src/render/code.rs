//! Listings: their lines without line numbers, and the language they are in.

use crate::blocks::{Block, Blocks};
use crate::dom::{Attr, Document, NodeId, Tag};

/// One line in so many must be numbered before numbers are taken for a gutter; blank lines may go
/// without.
const NUMBERED: usize = 2;
/// How far above a `<pre>` its language may be told.
const LANGUAGE_ABOVE: usize = 2;

/// The text of a listing.
pub(super) fn listing(blocks: &Blocks, lines: &[&Block]) -> String {
    let mut pieces: Vec<&str> = Vec::new();
    for block in lines {
        if !pieces.is_empty() {
            pieces.push("\n");
        }
        pieces.extend(blocks.pieces(block).map(|(_, piece)| piece));
    }
    let numbers = gutter(&pieces);
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if numbers.binary_search(&index).is_err() {
            text.push_str(piece);
        }
    }
    let is_column = text.lines().count() >= 2 && counts_up(text.lines().map(str::trim));
    if is_column {
        return String::new();
    }
    // Lines that hold only white space at the ends say nothing.
    let start = text.len() - text.trim_start().len();
    let start = text[..start].rfind('\n').map_or(0, |line| line + 1);
    text.truncate(text.trim_end().len());
    text.split_off(start.min(text.len()))
}

/// How many nodes behind and in a cell are looked at for a listing.
const CELL_NODES: usize = 16;

/// Whether a listing of one number is the line number of the listing in the next cell.
pub(super) fn is_lone_number(document: &Document<'_>, text: &str, pre: NodeId) -> bool {
    let number = text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let cell = |node: &NodeId| document.tag(*node) == Tag::Td;
    let around = || document.ancestors(pre).take(LANGUAGE_ABOVE + 1).find(cell);
    let Some(own) = number.then(around).flatten() else { return false };
    let behind = std::iter::successors(Some(own), |at| document.next_sibling(*at)).skip(1);
    let Some(next) = behind.take(CELL_NODES).find(cell) else { return false };
    document.descendants(next).take(CELL_NODES).any(|node| document.tag(node) == Tag::Pre)
}

/// The pieces that number the lines: digits alone, at the start of a line, one more each time.
fn gutter(pieces: &[&str]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut expected: Option<u32> = None;
    let mut at_start = true;
    let mut lines = 1;
    for (index, piece) in pieces.iter().enumerate() {
        let number = piece.trim().parse::<u32>().ok().filter(|_| !piece.trim().starts_with('+'));
        if at_start
            && !piece.contains('\n')
            && number.is_some_and(|number| expected.is_none_or(|expected| expected == number))
        {
            expected = number.and_then(|number| number.checked_add(1));
            found.push(index);
        } else if !piece.trim().is_empty() || piece.contains('\n') {
            at_start = false;
        }
        lines += piece.matches('\n').count();
        at_start |= piece.trim_end_matches([' ', '\t']).ends_with('\n');
    }
    if found.len() >= 2 && found.len() * NUMBERED >= lines { found } else { Vec::new() }
}

fn counts_up<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let mut expected: Option<u32> = None;
    for line in lines {
        match line.parse::<u32>() {
            Ok(number) if expected.is_none_or(|expected| expected == number) => {
                expected = number.checked_add(1);
            }
            _ => return false,
        }
    }
    true
}

/// The name of a listing's language, in lower case letters, digits and `+-#.`; empty if unknown.
pub(super) fn language<'d>(
    document: &'d Document<'_>,
    blocks: &Blocks,
    lines: &[&Block],
    pre: usize,
) -> &'d str {
    let pre = blocks.containers()[pre].node;
    let first = lines.first().and_then(|block| blocks.pieces(block).next());
    let within = first.map(|(node, _)| node);
    let codes = within.into_iter().flat_map(|node| document.ancestors(node));
    let codes = codes.take_while(|node| *node != pre);
    let codes = codes.filter(|node| document.tag(*node) == Tag::Code);
    let around = document.ancestors(pre).take(LANGUAGE_ABOVE);
    let alone = around.take_while(|node| is_wrapper(document, *node));
    let mut told = codes.chain([pre]).chain(alone).filter_map(|node| told(document, node));
    told.next().unwrap_or("")
}

/// Whether the element could be there for the listing alone.
fn is_wrapper(document: &Document<'_>, node: NodeId) -> bool {
    matches!(document.tag(node), Tag::Div | Tag::Figure | Tag::Span | Tag::Td)
}

/// The language that an element tells: HTML's own `class="language-…"` (section 4.5.15), its
/// common variants, and `data-lang`.
fn told<'d>(document: &'d Document<'_>, node: NodeId) -> Option<&'d str> {
    const PREFIXES: [&str; 4] = ["language-", "lang-", "highlight-source-", "highlight-"];
    const NOT_ONE: [&str; 6] = ["none", "plaintext", "text", "default", "notranslate", "auto"];
    let class = document.attr(node, Attr::Class).unwrap_or_default();
    let by_class = class
        .split_ascii_whitespace()
        .find_map(|name| PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)));
    let by_data = [Attr::DataLang, Attr::DataLanguage].into_iter();
    let mut by_data = by_data.filter_map(|attr| document.attr(node, attr));
    let name = by_class.or_else(|| by_data.next())?;
    let valid = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '#' | '.' | '_');
    let fits = !name.is_empty() && name.len() <= 24 && name.chars().all(valid);
    (fits && !NOT_ONE.iter().any(|no| name.eq_ignore_ascii_case(no))).then_some(name)
}
