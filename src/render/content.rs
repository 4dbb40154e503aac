//! The content model: what was kept of a page, as a flat list of events.
//!
//! A tree would need recursion to read; a list of openings, pieces and closings needs a loop. Texts
//! and addresses are ranges of one string, so that a page's content is five allocations, whatever
//! its size.

use super::address::Base;
use std::ops::Range;
use std::sync::Arc;

/// What was kept of a page, free of the page itself: the source of every output format.
///
/// Made by [`Content::of`]; read by [`Content::text`], [`Content::markdown`], [`Content::html`],
/// [`Content::json`] and [`Content::chunks`].
///
/// ```
/// use dehusk::{blocks::Blocks, dom::Document, render::{Content, RenderOptions}};
/// let document = Document::parse("<h2>Tea</h2><p>It is <em>green</em>.</p>");
/// let blocks = Blocks::of(&document);
/// let content = Content::of(&document, &blocks, &vec![true; blocks.len()]);
/// assert_eq!(content.text(), "Tea\n\nIt is green.");
/// assert_eq!(content.markdown(&RenderOptions::new()), "## Tea\n\nIt is *green*.\n");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Content {
    pub(super) text: String,
    pub(super) events: Vec<Event>,
    pub(super) links: Vec<Link>,
    pub(super) media: Vec<Media>,
    /// Shared by all chunks.
    pub(super) base: Arc<Base>,
}

/// A range of [`Content::text`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// One step through the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// Begins an element; `end` is the index of its [`Event::Close`].
    Open {
        element: Element,
        end: u32,
    },
    Close,
    /// A run of text of one style; never empty.
    Text {
        span: Span,
        style: Style,
        link: u32,
    },
    /// A line break.
    Break,
    /// A formula in TeX.
    Math {
        tex: Span,
        display: bool,
    },
    /// A reference to a footnote, and the text that the page shows for it.
    NoteRef {
        label: u32,
        shown: Span,
    },
    /// An image within a line, or on its own between blocks.
    Image {
        media: u32,
        link: u32,
    },
    /// A frame, video or sound: shown as a link.
    Embed {
        media: u32,
    },
    /// A thematic break.
    Rule,
}

/// What an [`Event::Open`] begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Paragraph,
    Heading(u8),
    /// The caption of a figure or table.
    Caption,
    /// Verbatim lines, and the name of their language.
    Code {
        language: Span,
    },
    Quote,
    List {
        ordered: bool,
        start: i64,
    },
    Item(Marker),
    Figure,
    Table(Shape),
    Row {
        header: bool,
    },
    Cell {
        header: bool,
        colspan: u16,
        rowspan: u16,
    },
    /// A footnote's text; the marker is that of the list item that it was.
    Note {
        label: u32,
        marker: Option<Marker>,
    },
}

impl Element {
    pub fn is_code(self) -> bool {
        matches!(self, Self::Code { .. })
    }

    /// Whether what stands in it is better kept on one line.
    pub fn is_narrow(self) -> bool {
        matches!(self, Self::Item(_) | Self::Cell { .. } | Self::Note { .. })
    }

    /// Whether it holds a line of text and no other elements.
    pub fn is_leaf(self) -> bool {
        matches!(self, Self::Paragraph | Self::Heading(_) | Self::Caption | Self::Code { .. })
    }
}

/// How a list item is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet,
    Number(i64),
}

/// What a table needs of a format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The most cells of a row, spans counted.
    pub columns: u16,
    /// Whether a cell spans rows or columns, or holds more than a line of text.
    pub rich: bool,
}

/// How text is set off; a set of flags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style(pub u8);

impl Style {
    pub const STRONG: Self = Self(1);
    pub const EMPHASIS: Self = Self(2);
    pub const DELETED: Self = Self(4);
    pub const SUB: Self = Self(8);
    pub const SUP: Self = Self(16);
    pub const CODE: Self = Self(32);

    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The marks that stay open from one style to another, as they nest.
    pub fn common(self, other: Self) -> Self {
        let kept = NESTING.iter().take_while(|(s, _)| self.has(*s) == other.has(*s));
        kept.filter(|(s, _)| self.has(*s)).fold(Self(0), |all, (s, _)| all.with(*s))
    }

    /// The marks around one of them.
    pub fn around(self, inner: Self) -> Self {
        let outer = NESTING.iter().take_while(|(s, _)| *s != inner);
        outer.filter(|(s, _)| self.has(*s)).fold(Self(0), |all, (s, _)| all.with(*s))
    }
}

/// The styles in the order in which they nest, outermost first, with their elements.
pub(super) const NESTING: [(Style, &str); 6] = [
    (Style::STRONG, "strong"),
    (Style::EMPHASIS, "em"),
    (Style::DELETED, "del"),
    (Style::SUP, "sup"),
    (Style::SUB, "sub"),
    (Style::CODE, "code"),
];

/// Where a link leads; the address as the page has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Link {
    pub href: Span,
}

/// An image, frame, video or sound; the address as the page has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Media {
    pub src: Span,
    /// The alternative text of an image, or the title of a frame.
    pub alt: Span,
}

/// The link of text that is not in one.
pub(super) const NO_LINK: u32 = u32::MAX;

impl Content {
    /// The text of a range.
    pub(super) fn str(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Keeps a text and tells where.
    pub(super) fn store(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Span { start, end: self.text.len() as u32 }
    }

    /// Content that is only paragraphs, divided by blank lines.
    pub(crate) fn from_paragraphs(text: &str) -> Self {
        let mut content = Self::default();
        for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            let at = content.events.len();
            content.events.push(Event::Open { element: Element::Paragraph, end: 0 });
            for (index, line) in paragraph.lines().enumerate() {
                if index > 0 {
                    content.events.push(Event::Break);
                }
                let span = content.store(line);
                if !span.is_empty() {
                    let (style, link) = (Style::default(), NO_LINK);
                    content.events.push(Event::Text { span, style, link });
                }
            }
            let end = content.events.len() as u32;
            content.events.push(Event::Close);
            content.events[at] = Event::Open { element: Element::Paragraph, end };
        }
        content
    }

    /// Whether nothing was kept.
    ///
    /// ```
    /// assert!(dehusk::extract("").content().is_empty());
    /// assert!(!dehusk::extract("<p>Tea is good for you.").content().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }
}
