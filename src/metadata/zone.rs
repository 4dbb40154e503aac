//! The byline zone: the lines just before and behind the title.

use super::cue::{Cue, cue, is_author_href};
use super::gather::behind;
use super::text::{Collapsed, collapse, is_blank, is_inline, is_silent};
use crate::dom::{Attr, Document, NodeId, NodeKind, Tag};

/// A line near the title.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub text: String,
    /// What the names of the elements around the line say that it holds.
    pub cue: Cue,
    /// Links and elements within the line whose own names or addresses say author.
    pub authors: Vec<String>,
    /// The machine form of a `<time>` within the line.
    pub datetime: Option<String>,
    /// How many lines behind the title it stands; negative before it.
    pub distance: i32,
}

/// How far the zone reaches: lines and bytes behind the title, lines before it, and nodes at all.
const LINES_AFTER: i32 = 24;
const BYTES_AFTER: usize = 1_500;
const LINES_BEFORE: i32 = 10;
const NODES_BEFORE: usize = 120;
const NODES_AFTER: usize = 600;
/// How many nodes of a link are looked at.
const MAX_CARD: usize = 16;
/// A longer line is prose.
const MAX_LINE: usize = 400;

/// The lines around a title element.
pub(super) fn around(document: &Document<'_>, title: NodeId) -> Vec<Line> {
    let start = back(document, title);
    let mut path: Vec<Above> =
        document.ancestors(start).map(|node| Above::new(document, node)).collect();
    path.reverse();
    let mut reader = Reader {
        document,
        title,
        lines: Vec::new(),
        passed: false,
        after: 0,
        bytes: 0,
        line: Open::default(),
        path,
    };
    let mut node = Some(start);
    let mut left = NODES_BEFORE + NODES_AFTER;
    while let Some(current) = node.filter(|_| left > 0 && !reader.done()) {
        left -= 1;
        node = reader.enter(current);
    }
    reader.break_line();
    reader.number()
}

/// Where the lines before the title begin, and not much farther back.
fn back(document: &Document<'_>, title: NodeId) -> NodeId {
    let mut node = title;
    // Lines that surely part from the next one, as a block element begins between them.
    let (mut lines, mut parted) = (0, true);
    let mut silent = None;
    for _ in 0..NODES_BEFORE {
        let Some(before) = previous(document, node, &mut silent) else { break };
        let tag = document.tag(before);
        if matches!(tag, Tag::Body | Tag::Head) || lines > LINES_BEFORE {
            break;
        }
        node = before;
        if silent.is_some() {
            silent = silent.filter(|top| *top != node);
        } else if document.kind(node) == NodeKind::Text {
            if parted && document.text(node).contains(char::is_alphanumeric) {
                lines += 1;
                parted = false;
            }
        } else {
            parted |= !is_inline(tag);
        }
    }
    silent.unwrap_or(node)
}

/// The node before this one in the order of the page. Where that lies in an element whose text
/// nobody reads, this is put into `silent`.
fn previous(document: &Document<'_>, node: NodeId, silent: &mut Option<NodeId>) -> Option<NodeId> {
    let Some(mut before) = document.prev_sibling(node) else { return document.parent(node) };
    loop {
        if silent.is_none() && is_silent(document.tag(before)) {
            *silent = Some(before);
        }
        match document.last_child(before) {
            Some(last) => before = last,
            None => return Some(before),
        }
    }
}

#[derive(Default)]
struct Open {
    text: Collapsed,
    /// The nearest element around the first text that is not inline; `None` before any text.
    block: Option<Option<NodeId>>,
    /// The element around the last text, and what it holds.
    last: Option<(NodeId, Kind)>,
    cue: Cue,
    authors: Vec<String>,
    datetime: Option<String>,
}

/// Whether an element is named after an author, and after a date.
type Kind = (bool, bool);

/// An element above the node that is read.
#[derive(Clone, Copy)]
struct Above {
    node: NodeId,
    tag: Tag,
    /// What its own names promise, once that was asked for.
    cue: Option<Cue>,
}

impl Above {
    fn new(document: &Document<'_>, node: NodeId) -> Self {
        Self { node, tag: document.tag(node), cue: None }
    }

    fn cue(&mut self, document: &Document<'_>) -> Cue {
        *self.cue.get_or_insert_with(|| cue(document, self.node))
    }
}

struct Reader<'d, 'h> {
    document: &'d Document<'h>,
    title: NodeId,
    lines: Vec<Line>,
    passed: bool,
    /// Lines and bytes behind the title.
    after: i32,
    bytes: usize,
    line: Open,
    /// The elements that are open, outermost first.
    path: Vec<Above>,
}

impl Reader<'_, '_> {
    fn done(&self) -> bool {
        self.after >= LINES_AFTER || self.bytes > BYTES_AFTER
    }

    /// Reads a node and says which is next.
    fn enter(&mut self, node: NodeId) -> Option<NodeId> {
        let document = self.document;
        if node == self.title {
            self.break_line();
            self.passed = true;
            return behind(document, node);
        }
        match document.kind(node) {
            NodeKind::Text => {
                self.take_text(node);
                behind(document, node)
            }
            _ if is_silent(document.tag(node)) => behind(document, node),
            _ => {
                let tag = document.tag(node);
                if !is_inline(tag) {
                    self.break_line();
                }
                self.take_element(node, tag);
                document.first_child(node).or_else(|| behind(document, node))
            }
        }
    }

    fn take_text(&mut self, node: NodeId) {
        let text = self.document.text(node);
        if is_blank(text) {
            self.line.text.push_gap();
            return;
        }
        self.leave_until(self.document.parent(node));
        // Text behind a closed block element begins a line, though no start tag broke the last.
        let block = self.block();
        if self.line.block.is_some_and(|first| first != block) {
            self.break_line();
        }
        self.line.block = Some(block);
        let cue = self.cue();
        self.line.cue.add(cue);
        if self.parts_from_last() {
            self.line.text.push_gap();
        }
        if self.is_author_element() {
            self.line.authors.push(collapse(text));
        }
        self.line.text.push_str(text, BYTES_AFTER + 1);
    }

    fn take_element(&mut self, node: NodeId, tag: Tag) {
        self.leave_until(self.document.parent(node));
        self.path.push(Above { node, tag, cue: None });
        if tag == Tag::Time && self.line.datetime.is_none() {
            self.line.datetime = self.document.attr(node, Attr::Datetime).map(String::from);
        }
    }

    /// Closes what is open below a node.
    fn leave_until(&mut self, parent: Option<NodeId>) {
        while self.path.last().is_some_and(|last| Some(last.node) != parent) {
            self.path.pop();
        }
    }

    /// The nearest open element that is not inline.
    fn block(&self) -> Option<NodeId> {
        let mut above = self.path.iter().rev().take(20);
        above.find(|above| !is_inline(above.tag)).map(|above| above.node)
    }

    /// Whether a text holds something else than the one before it in the line: a name here, a date
    /// there, which styles keep apart though no space does.
    fn parts_from_last(&mut self) -> bool {
        let Some(here) = self.path.last_mut() else { return false };
        let cue = here.cue(self.document);
        let kind = (cue.author, cue.date || here.tag == Tag::Time);
        let last = self.line.last.replace((here.node, kind));
        last.is_some_and(|(last, other)| last != here.node && other != kind)
    }

    /// Whether the innermost elements around a text say that it is an author: by their names, or
    /// by the address of a link.
    fn is_author_element(&mut self) -> bool {
        let document = self.document;
        let leads_to_author = |link: NodeId| {
            let attr = |name| document.attr(link, name).unwrap_or_default();
            is_author_href(attr(Attr::Href)) || attr(Attr::Rel).contains("author")
        };
        self.path.iter_mut().rev().take(2).any(|above| {
            (is_inline(above.tag) || above.tag == Tag::Div)
                && (above.cue(document).author
                    || above.tag == Tag::A && leads_to_author(above.node))
        })
    }

    /// The cues of the open elements, up to the one that also holds the title.
    fn cue(&mut self) -> Cue {
        let document = self.document;
        let mut all = Cue::default();
        for (height, above) in self.path.iter_mut().rev().take(12).enumerate() {
            let tag = above.tag;
            if matches!(tag, Tag::Body | Tag::Main | Tag::Article | Tag::Html) {
                break;
            }
            let cue = above.cue(document);
            // Far up, `author` and `date` name boxes that hold much else.
            if height < 5 {
                all.author |= cue.author;
                all.date |= cue.date;
                all.modified |= cue.modified;
                all.format |= cue.format;
            }
            let holds_title =
                || document.ancestors(self.title).take(16).any(|node| node == above.node);
            // A margin note that holds just a name or a date belongs to the title beside it.
            let margin = (matches!(tag, Tag::Aside | Tag::Footer) || cue.aside)
                && !(all.author || all.date || self.line.datetime.is_some());
            all.foreign |=
                (cue.foreign || margin || matches!(tag, Tag::Nav | Tag::Form)) && !holds_title();
            // The day of a picture is not that of the story; a card is a link around a heading.
            all.foreign |= tag == Tag::Figcaption
                || tag == Tag::A && is_card(document, above.node, Some(self.title));
        }
        all
    }

    fn break_line(&mut self) {
        if self.line.block.is_none() && self.line.datetime.is_none() {
            return;
        }
        let line = std::mem::take(&mut self.line);
        let mut text = line.text.into_string();
        if text.is_empty() && line.datetime.is_none() {
            return;
        }
        if self.passed {
            self.after += 1;
            self.bytes += text.len();
        }
        let long = text.len() > MAX_LINE;
        if long {
            let mut end = MAX_LINE;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        self.lines.push(Line {
            text,
            cue: line.cue,
            authors: if long { Vec::new() } else { line.authors },
            datetime: line.datetime,
            distance: i32::from(self.passed),
        });
    }

    /// Numbers the lines by their distance from the title and drops those too far before it.
    fn number(mut self) -> Vec<Line> {
        let before = self.lines.iter().take_while(|line| line.distance == 0).count() as i32;
        for (index, line) in self.lines.iter_mut().enumerate() {
            let index = index as i32;
            line.distance = if index < before { index - before } else { index - before + 1 };
        }
        self.lines.retain(|line| line.distance >= -LINES_BEFORE);
        self.lines
    }
}

/// Whether a link leads to another story: a heading that is not the title stands in it.
pub(super) fn is_card(document: &Document<'_>, link: NodeId, title: Option<NodeId>) -> bool {
    let is_heading = |node: &NodeId| {
        matches!(document.tag(*node), Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5) && Some(*node) != title
    };
    document.descendants(link).take(MAX_CARD).any(|node| is_heading(&node))
}
