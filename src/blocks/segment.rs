//! The walk that cuts a document into blocks.

use super::count::Counts;
use super::{Block, Blocks, Container, Inset, Level, Marks, Picture};
use crate::dom::{Attr, Document, NodeId, NodeKind, Step, Tag};
use std::ops::Range;

/// Cuts a document into its blocks, in one walk.
pub(super) fn segment(document: &Document<'_>) -> Blocks {
    let mut cutter = Cutter::new(document);
    let mut walk = document.walk(document.root());
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => {
                if !cutter.enter(node) {
                    walk.skip_children();
                    cutter.skipped = Some(node);
                }
            }
            Step::Leave(node) if cutter.skipped == Some(node) => cutter.skipped = None,
            Step::Leave(node) => cutter.leave(node),
        }
    }
    cutter.finish()
}

/// An open element.
struct Open {
    node: NodeId,
    tag: Tag,
    /// Its container, once it has one: inline elements get theirs when a block stands in them.
    container: Option<u32>,
    /// What held before the element began.
    outer: Style,
}

/// What the open elements say of the text at hand.
#[derive(Clone, Copy, Default)]
struct Style {
    link: bool,
    strong: bool,
    heading: u8,
    marks: Marks,
}

struct Cutter<'d, 'h> {
    document: &'d Document<'h>,
    out: Blocks,
    open: Vec<Open>,
    container: u32,
    style: Style,
    skipped: Option<NodeId>,
    // The block under way.
    text_start: usize,
    runs_start: usize,
    counts: Counts,
    first_style: Option<Style>,
    /// Line breaks since the last text.
    breaks: u32,
    /// White space since the last text.
    space: bool,
    /// White space that preformatted text begins with.
    indent: String,
    after_break: bool,
}

impl<'d, 'h> Cutter<'d, 'h> {
    fn new(document: &'d Document<'h>) -> Self {
        let root =
            Container { node: document.root(), tag: Tag::Other, parent: 0, depth: 0, blocks: 0..0 };
        let out = Blocks {
            blocks: Vec::new(),
            containers: vec![root],
            text: String::with_capacity(document.source().len() / 8),
            runs: Vec::new(),
            run_ends: Vec::new(),
            images: Vec::new(),
            insets: Vec::new(),
        };
        Self {
            document,
            out,
            open: Vec::new(),
            container: 0,
            style: Style::default(),
            skipped: None,
            text_start: 0,
            runs_start: 0,
            counts: Counts::default(),
            first_style: None,
            breaks: 0,
            space: false,
            indent: String::new(),
            after_break: false,
        }
    }

    /// Whether the node's children are to be walked.
    fn enter(&mut self, node: NodeId) -> bool {
        match self.document.kind(node) {
            NodeKind::Text => {
                self.text(node);
                return true;
            }
            NodeKind::Document => return true,
            NodeKind::Element => {}
        }
        let tag = self.document.tag(node);
        match tag {
            Tag::Br => {
                self.line_break();
                return true;
            }
            Tag::Hr => {
                self.flush(false);
                self.inset(node, tag);
                return true;
            }
            Tag::Img => {
                self.inset(node, tag);
                self.image(node);
                return true;
            }
            Tag::Iframe | Tag::Video | Tag::Audio | Tag::Embed => {
                self.inset(node, tag);
                return false;
            }
            Tag::Script => {
                let kind = self.document.attr(node, Attr::Type);
                if kind.is_some_and(|kind| kind.starts_with("math/tex")) {
                    self.inset(node, tag);
                }
                return false;
            }
            // A template is shown only where it is a declarative shadow root.
            Tag::Template if self.document.attr(node, Attr::Shadowrootmode).is_none() => {
                return false;
            }
            _ => {}
        }
        let level = Level::of(tag);
        if level == Level::Skipped {
            return false;
        }
        let outer = self.style;
        if level == Level::Block {
            self.flush(false);
        }
        let in_container = self.open.last().is_none_or(|open| open.container.is_some());
        if in_container && is_bare_shell(self.document, node, tag) {
            return true;
        }
        self.open.push(Open { node, tag, container: None, outer });
        if level == Level::Block {
            self.materialise();
        }
        self.restyle(node, tag);
        true
    }

    fn leave(&mut self, node: NodeId) {
        if self.open.last().is_none_or(|open| open.node != node) {
            return;
        }
        let Some(open) = self.open.pop() else { return };
        if let Some(index) = open.container {
            self.flush(false);
            let end = self.out.blocks.len() as u32;
            let container = &mut self.out.containers[index as usize];
            container.blocks.end = end;
            self.container = container.parent;
        }
        self.style = open.outer;
    }

    /// Gives each open element that has none its container.
    fn materialise(&mut self) {
        // Elements above one with a container have theirs, so look back only as far as needed.
        let missing = self.open.iter().rev().take_while(|open| open.container.is_none()).count();
        let first = self.open.len() - missing;
        let start = self.out.blocks.len() as u32;
        for open in &mut self.open[first..] {
            let index = self.out.containers.len() as u32;
            let depth = self.out.containers[self.container as usize].depth + 1;
            self.out.containers.push(Container {
                node: open.node,
                tag: open.tag,
                parent: self.container,
                depth,
                blocks: start..start,
            });
            open.container = Some(index);
            self.container = index;
        }
    }

    fn restyle(&mut self, node: NodeId, tag: Tag) {
        let style = &mut self.style;
        match tag {
            Tag::A => {
                let href = self.document.attr(node, Attr::Href);
                // Links within the page (footnotes, contents) say nothing against a text.
                if href.is_some_and(|href| !href.starts_with('#')) {
                    style.link = true;
                    self.counts.links += 1;
                }
            }
            Tag::B | Tag::Strong | Tag::Em | Tag::I => style.strong = true,
            Tag::Pre | Tag::Xmp | Tag::Plaintext => style.marks.preformatted = true,
            Tag::Noscript => style.marks.noscript = true,
            Tag::Nav => style.marks.navigation = true,
            _ => {}
        }
        let heading = Level::heading(tag);
        if heading > 0 {
            style.heading = heading;
        }
        let is_telling =
            |attr| matches!(attr, Attr::Hidden | Attr::AriaHidden | Attr::Style | Attr::Role);
        for (attr, value) in self.document.attrs_where(node, is_telling) {
            match attr {
                Attr::Hidden => style.marks.hidden |= value != "until-found",
                Attr::AriaHidden => style.marks.aria_hidden |= value == "true",
                Attr::Style => style.marks.hidden |= hides(value),
                Attr::Role => style.marks.navigation |= value == "navigation",
                _ => {}
            }
        }
    }

    fn text(&mut self, node: NodeId) {
        let text = self.document.text(node);
        let start = self.out.text.len();
        if self.style.marks.preformatted {
            self.verbatim(text);
        } else {
            self.collapsed(text);
        }
        if self.out.text.len() == start {
            return;
        }
        self.out.runs.push(node);
        self.out.run_ends.push(self.out.text.len() as u32);
        self.first_style.get_or_insert(self.style);
        if self.style.link || self.style.strong {
            let added = self.out.text[start..].chars().count() as u32;
            self.counts.link_chars += if self.style.link { added } else { 0 };
            self.counts.strong_chars += if self.style.strong { added } else { 0 };
        }
    }

    fn collapsed(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at + space_len(&bytes[at..]);
            self.space |= start > at;
            at = start + line_len(&bytes[start..]);
            if at > start {
                self.pending_space();
                self.out.text.push_str(&text[start..at]);
            }
        }
    }

    fn verbatim(&mut self, text: &str) {
        if self.out.text.len() == self.text_start && text.trim().is_empty() {
            // Code that begins with an indent may have it in an element or a node of its own.
            let line = text.rfind('\n').map_or(0, |at| at + 1);
            if line > 0 {
                self.indent.clear();
            }
            self.indent.push_str(&text[line..]);
            return;
        }
        self.pending_space();
        self.out.text.push_str(&std::mem::take(&mut self.indent));
        self.out.text.push_str(text);
    }

    /// Writes the white space or the line break that stands before the next text.
    fn pending_space(&mut self) {
        let begun = self.out.text.len() > self.text_start;
        if begun && self.breaks > 0 {
            self.out.text.push('\n');
            self.counts.breaks += 1;
        } else if begun && self.space {
            self.out.text.push(' ');
        }
        self.space = false;
        self.breaks = 0;
    }

    fn line_break(&mut self) {
        if self.style.marks.preformatted {
            self.out.text.push('\n');
            return;
        }
        self.breaks += 1;
        if self.breaks >= 2 {
            self.flush(true);
        }
    }

    fn image(&mut self, node: NodeId) {
        self.out.images.push(Picture { node, block: self.out.blocks.len() as u32 });
    }

    fn inset(&mut self, node: NodeId, tag: Tag) {
        self.out.insets.push(Inset {
            node,
            tag,
            container: self.container,
            block: self.out.blocks.len() as u32,
            marks: self.style.marks,
            space: self.space || self.breaks > 0,
            at: self.out.text.len() as u32,
        });
    }

    /// Ends the block under way, if there is one.
    fn flush(&mut self, by_break: bool) {
        let after_break = std::mem::replace(&mut self.after_break, by_break);
        if self.out.text.len() > self.text_start {
            self.end_block(after_break);
        }
        self.text_start = self.out.text.len();
        self.runs_start = self.out.runs.len();
        self.first_style = None;
        self.breaks = 0;
        self.space = false;
        self.indent.clear();
    }

    /// Ends the block under way, if it has any text but white space.
    fn end_block(&mut self, after_break: bool) {
        let start = self.text_start;
        let end = start + self.out.text[start..].trim_end().len();
        self.out.text.truncate(end);
        if end == start {
            return;
        }
        let text = &self.out.text[start..];
        let style = self.first_style.unwrap_or(self.style);
        let mut counts = Counts::of(text);
        counts.link_chars = self.counts.link_chars.min(counts.chars);
        counts.strong_chars = self.counts.strong_chars.min(counts.chars);
        let line_numbers = are_line_numbers(text);
        counts.links = self.counts.links;
        counts.breaks = self.counts.breaks;
        self.out.blocks.push(Block {
            container: self.container,
            counts,
            heading: style.heading,
            marks: Marks { after_break, line_numbers, ..style.marks },
            text: start as u32..end as u32,
            runs: self.runs_start as u32..self.out.runs.len() as u32,
            source: self.source(),
        });
        let links = u32::from(self.style.link);
        self.counts = Counts { links, ..Counts::default() };
    }

    /// The bytes of the page that the block under way comes from.
    ///
    /// The tree's order is not always the page's (text among the rows of a table stands before the
    /// table), so all text nodes count.
    fn source(&self) -> Range<u32> {
        let runs = self.out.runs.iter().skip(self.runs_start);
        let places = runs.filter_map(|run| self.document.source_range(*run));
        let union = |a: Range<usize>, b: Range<usize>| a.start.min(b.start)..a.end.max(b.end);
        places.reduce(union).map_or(0..0, |place| place.start as u32..place.end as u32)
    }

    fn finish(mut self) -> Blocks {
        self.flush(false);
        self.out.containers[0].blocks = 0..self.out.blocks.len() as u32;
        // They stay for as long as the page is read.
        self.out.blocks.shrink_to_fit();
        self.out.containers.shrink_to_fit();
        self.out
    }
}

/// Whether an element is a `<div>` that says nothing and stands alone in its parent: it is no place
/// of its own, and a page wrapped in any number of them is the same page.
fn is_bare_shell(document: &Document<'_>, node: NodeId, tag: Tag) -> bool {
    if tag != Tag::Div || document.attrs(node).next().is_some() {
        return false;
    }
    let blank = |node: NodeId| {
        let text = document.text(node);
        document.kind(node) == NodeKind::Text && text.bytes().all(|byte| byte.is_ascii_whitespace())
    };
    let next = |node: &NodeId| document.next_sibling(*node);
    let prev = |node: &NodeId| document.prev_sibling(*node);
    std::iter::successors(next(&node), next).all(blank)
        && std::iter::successors(prev(&node), prev).all(blank)
}

/// The length of the white space at a byte, if there is any that is collapsed; the no-break space
/// is shown as a space and counts as one.
fn space_at(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' => Some(1),
        0xc2 if bytes.get(at + 1) == Some(&0xa0) => Some(2),
        _ => None,
    }
}

/// The length of the white space at the start of a text.
fn space_len(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        // Most of it is indents.
        if bytes[at..].starts_with(INDENT) {
            at += INDENT.len();
        } else if let Some(width) = space_at(bytes, at) {
            at += width;
        } else {
            return at;
        }
    }
}

/// An indent that is passed over in one step.
const INDENT: &[u8; 8] = b"        ";

/// The length of the text that is copied as it stands: up to white space that is not a single space
/// between words.
fn line_len(bytes: &[u8]) -> usize {
    let (mut at, mut looked) = (0, 0);
    while at < bytes.len() {
        if at >= looked {
            if bytes[at..].first_chunk().is_some_and(is_plain) {
                at += AT_ONCE;
                continue;
            }
            looked = at + AT_ONCE;
        }
        // Most bytes are of words, and neither white space nor the start of some.
        if bytes[at] <= b' ' || bytes[at] == 0xc2 {
            let single = bytes[at] == b' ' && space_at(bytes, at + 1).is_none();
            if space_at(bytes, at).is_some() && !(single && at + 1 < bytes.len()) {
                break;
            }
        }
        at += 1;
    }
    at
}

/// Bytes that are looked at together.
const AT_ONCE: usize = 16;

/// Whether there is no white space among some bytes, and the one behind them, but single spaces;
/// what needs a closer look is taken for white space.
fn is_plain(bytes: &[u8; AT_ONCE + 1]) -> bool {
    let close = |byte: u8| (byte < b' ') | (byte == 0xc2);
    let pairs = bytes.iter().zip(&bytes[1..]);
    let found =
        pairs.fold(false, |found, (a, b)| found | close(*a) | ((*a == b' ') & (*b == b' ')));
    !(found | close(bytes[AT_ONCE]))
}

/// Line numbers are at least so many: fewer numbers in a row are a date or a score.
const MIN_LINE_NUMBERS: u32 = 4;

/// Whether a text is nothing but numbers that count up by one.
fn are_line_numbers(text: &str) -> bool {
    let mut numbers = text.split_ascii_whitespace().map(|word| word.parse::<u32>().ok());
    let Some(Some(mut last)) = numbers.next() else { return false };
    let mut count = 1;
    for number in numbers {
        if number.is_none() || number != last.checked_add(1) {
            return false;
        }
        last += 1;
        count += 1;
    }
    count >= MIN_LINE_NUMBERS
}

/// Whether an inline style takes the element out of view.
fn hides(style: &str) -> bool {
    let mut declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    declarations.any(|(name, value)| {
        let value = value.trim();
        let value = value.strip_suffix("!important").unwrap_or(value).trim_end();
        let is =
            |n: &str, v: &str| name.trim().eq_ignore_ascii_case(n) && value.eq_ignore_ascii_case(v);
        is("display", "none") || is("visibility", "hidden")
    })
}
