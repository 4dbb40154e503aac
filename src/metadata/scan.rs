//! A second look at the whole body, for pages whose byline is not near the title: the first
//! poster of a thread, a box about the author at the end, a date in the margin.

use super::cue::{Cue, cue, is_author_href};
use super::people::{byline, may_be_byline, username};
use super::phrases::Phrases;
use super::text::{collapse, is_blank, is_silent, text_of};
use super::zone::is_card;
use crate::dom::{Attr, Document, NodeId, NodeKind, Step, Tag};
use std::cell::OnceCell;

/// The scan of a page, made when it is first asked for: most pages never ask.
#[derive(Debug)]
pub(super) struct LazyScan<'d, 'h> {
    document: &'d Document<'h>,
    is_thread: bool,
    scan: OnceCell<Scan>,
}

impl<'d, 'h> LazyScan<'d, 'h> {
    pub fn new(document: &'d Document<'h>, is_thread: bool) -> Self {
        Self { document, is_thread, scan: OnceCell::new() }
    }

    pub fn get(&self) -> &Scan {
        self.scan.get_or_init(|| scan(self.document, self.is_thread))
    }
}

/// What the scan finds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Lines that name an author, first ones first, with the line as written.
    pub authors: Vec<(Vec<String>, String)>,
    /// Texts that hold a date, and whether the words around say that it is one of a change.
    pub dates: Vec<(String, bool)>,
}

/// How many finds of each kind are enough to see whether they repeat.
const ENOUGH: usize = 12;

/// Longer texts are prose.
const MAX_TEXT: usize = 120;

/// A date has at least the digits of a year.
const MIN_DIGITS: usize = 4;

/// Walks the body once.
fn scan(document: &Document<'_>, is_thread: bool) -> Scan {
    let mut out = Scan::default();
    let mut walk = document.walk(document.root());
    // Elements that change what the text below them means, innermost last.
    let mut open: Vec<(NodeId, Cue)> = Vec::new();
    // The text before, which may be a label such as `Joined:`.
    let mut last = "";
    // How many texts ago somebody was named is left of this.
    let mut near_byline = 0u8;
    while let Some(step) = walk.next() {
        if out.authors.len() >= ENOUGH && out.dates.len() >= ENOUGH {
            break;
        }
        let node = match step {
            Step::Leave(node) => {
                if open.last().is_some_and(|(top, _)| *top == node) {
                    open.pop();
                }
                continue;
            }
            Step::Enter(node) => node,
        };
        let above = open.last().map(|(_, cue)| *cue).unwrap_or_default();
        match document.kind(node) {
            NodeKind::Element => {
                let tag = document.tag(node);
                let skips = is_silent(tag)
                    || matches!(tag, Tag::Nav | Tag::Footer | Tag::Form | Tag::Head | Tag::Title);
                let own = if skips { Cue::default() } else { cue(document, node) };
                let skips = skips || tag == Tag::A && is_card(document, node, None);
                if skips || (own.foreign || own.aside) && tag != Tag::Body && tag != Tag::Html {
                    walk.skip_children();
                    continue;
                }
                if tag == Tag::Time && out.dates.len() < ENOUGH {
                    let text = text_of(document, node, MAX_TEXT);
                    let machine = document.attr(node, Attr::Datetime).unwrap_or(&text);
                    out.dates.push((label(last) + machine, above.modified || own.modified));
                }
                let author = own.author || tag == Tag::A && is_author_link(document, node);
                if author || own.date || own.modified {
                    let merged = Cue {
                        author: author || above.author,
                        date: own.date || above.date,
                        modified: own.modified || (above.modified && !own.date),
                        ..Cue::default()
                    };
                    open.push((node, merged));
                }
            }
            NodeKind::Text => {
                let text = document.text(node);
                if is_blank(text) || text.trim().len() < 2 {
                    continue;
                }
                let before = std::mem::replace(&mut last, text);
                if text.len() > 2 * MAX_TEXT {
                    continue;
                }
                near_byline = near_byline.saturating_sub(1);
                let digits = text.bytes().filter(u8::is_ascii_digit).count();
                if digits < MIN_DIGITS && !above.author && !may_be_byline(text) {
                    continue;
                }
                let line = collapse(text);
                if out.authors.len() < ENOUGH {
                    let names = match byline(&line, above.author) {
                        names if names.is_empty() && is_thread && above.author => {
                            username(&line).into_iter().collect()
                        }
                        names => names,
                    };
                    if !names.is_empty() {
                        near_byline = NEAR_BYLINE;
                        out.authors.push((names, line.clone()));
                    }
                }
                if digits >= MIN_DIGITS && out.dates.len() < ENOUGH && line.len() <= MAX_TEXT {
                    let line = label(before) + &line;
                    let named = above.date || above.modified || above.author || has_label(&line);
                    let stands_alone = (is_thread || near_byline > 0) && line.len() < 40;
                    if named || stands_alone {
                        out.dates.push((line, above.modified));
                    }
                }
            }
            _ => {}
        }
    }
    out
}

fn is_author_link(document: &Document<'_>, node: NodeId) -> bool {
    document.attr(node, Attr::Rel).is_some_and(|rel| rel.contains("author"))
        || document.attr(node, Attr::Href).is_some_and(is_author_href)
}

/// The text before a date, if it says what the date is: `Joined:`, `Published`.
fn label(text: &str) -> String {
    let ends = text.trim_end().ends_with([':', '：']) && text.len() <= MAX_TEXT;
    match ends || text.len() < MAX_LABEL && is_labelled(text) {
        true => collapse(text) + " ",
        false => String::new(),
    }
}

/// Words that say of a date that it is the page's.
static LABELS: Phrases = Phrases::new(&[
    "published",
    "posted",
    "updated",
    "last modified",
    "date:",
    "written on",
    "created on",
    "veröffentlicht",
    "publié",
    "publicado",
    "pubblicato",
    "gepubliceerd",
    "опубликовано",
    "发布",
]);

/// Whether the words before a date say that it is the page's.
pub(super) fn is_labelled(before: &str) -> bool {
    LABELS.is_in(&before.to_lowercase())
}

/// Whether a line of unknown place begins by saying that its date is the page's: within prose and
/// references, others are published.
pub(super) fn has_label(line: &str) -> bool {
    is_labelled(line.split(|c: char| c.is_numeric()).next().unwrap_or_default()) && {
        let lower = line.to_lowercase();
        let at = LABELS.find(&lower);
        at.is_some_and(|at| lower[..at].split_whitespace().count() <= MAX_LEAD_WORDS)
    }
}

/// How long a label is that stands alone, and how many texts behind a byline its date may stand.
pub(super) const MAX_LABEL: usize = 24;
const NEAR_BYLINE: u8 = 3;

/// How many words stand before a label: `last updated`, `this page was last modified`.
const MAX_LEAD_WORDS: usize = 3;
