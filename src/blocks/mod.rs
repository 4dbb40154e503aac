//! Cuts a document into blocks: the runs of text between block-level edges.
//!
//! A *block* is what a reader sees as one paragraph, heading, list item, table cell or line of a
//! menu: a maximal run of inline content that no block-level element and no blank line
//! (`<br><br>`) interrupts. Each block knows the *container* it stands in, the nearest element
//! that a block-level edge made, and containers know theirs, so that later stages never walk the
//! document again: the blocks below a container are one contiguous range.

mod count;
mod segment;
mod tag_class;

pub use count::{Counts, count_words};
pub(crate) use count::{is_ideograph, is_letter};
pub use tag_class::Level;

use crate::dom::{Document, NodeId, Tag};
use std::ops::Range;

/// The blocks of a document, in the order of the page, with the containers above them.
///
/// ```
/// use dehusk::blocks::Blocks;
/// use dehusk::dom::Document;
/// let document = Document::parse("<h1>Tea</h1><div>Green<br><br>Black <b>tea</b></div>");
/// let blocks = Blocks::of(&document);
/// let texts: Vec<&str> = blocks.iter().map(|block| blocks.text(block)).collect();
/// assert_eq!(texts, ["Tea", "Green", "Black tea"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Blocks {
    blocks: Vec<Block>,
    containers: Vec<Container>,
    text: String,
    runs: Vec<NodeId>,
    /// For each run, where its text ends.
    run_ends: Vec<u32>,
    images: Vec<Picture>,
    insets: Vec<Inset>,
}

/// One block.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::{Document, Tag}};
/// let blocks = Blocks::of(&Document::parse("<h2>Six words <a href=/>of which</a> two linked"));
/// let block = blocks.get(0);
/// assert_eq!((block.heading, block.counts.words, block.counts.links), (2, 6, 1));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Block {
    /// Index of the innermost container, for [`Blocks::container`].
    pub container: u32,
    /// What was counted in the block's text.
    pub counts: Counts,
    /// The heading level, 1 to 6, or 0 where the block is not within a heading.
    pub heading: u8,
    /// What the markup says of the block.
    pub marks: Marks,
    text: Range<u32>,
    runs: Range<u32>,
    /// Empty where it is not known.
    source: Range<u32>,
}

impl Block {
    /// The bytes of the page that the block comes from: from its first character to its last, with
    /// the markup between them and with character references as they are written.
    ///
    /// `None` where the document was not made from a page.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// let page = "<p>Green &amp; <b>white</b></p><p>Black</p>";
    /// let blocks = Blocks::of(&Document::parse(page));
    /// assert_eq!(&page[blocks.get(0).source_range().unwrap()], "Green &amp; <b>white");
    /// ```
    pub fn source_range(&self) -> Option<Range<usize>> {
        let range = self.source.start as usize..self.source.end as usize;
        (!range.is_empty()).then_some(range)
    }

    /// Where the block's text stands among the text of the page, in bytes.
    pub(crate) fn text_range(&self) -> Range<u32> {
        self.text.clone()
    }
}

/// What the markup around a block says of it.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::{Document, Tag}};
/// let blocks = Blocks::of(&Document::parse("<p style='display:none'>Not seen"));
/// assert!(blocks.get(0).marks.hidden);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Marks {
    /// Hidden from view by the `hidden` attribute or an inline style.
    pub hidden: bool,
    /// Hidden from assistive technology by `aria-hidden`.
    pub aria_hidden: bool,
    /// Within `<pre>`, `<xmp>` or the like: its white space is kept.
    pub preformatted: bool,
    /// Within `<noscript>`.
    pub noscript: bool,
    /// Within an element that says it holds the site's navigation, such as `<nav>` or
    /// `role="navigation"`.
    pub navigation: bool,
    /// Nothing but numbers that count up by one: the line numbers beside code.
    pub line_numbers: bool,
    /// Begins after a run of line breaks and not at the edge of an element.
    pub after_break: bool,
}

/// An element that holds blocks.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::{Document, Tag}};
/// let blocks = Blocks::of(&Document::parse("<ul><li>One<li>Two</ul>"));
/// let list = blocks.containers().iter().find(|container| container.tag == Tag::Ul).unwrap();
/// assert_eq!(list.blocks, 0..2);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Container {
    /// The element.
    pub node: NodeId,
    /// Its name.
    pub tag: Tag,
    /// Index of the container that it stands in; the first container is its own parent.
    pub parent: u32,
    /// How many containers lie above.
    pub depth: u32,
    /// The blocks below it.
    pub blocks: Range<u32>,
}

/// An image and its place among the blocks.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::{Document, Tag}};
/// let blocks = Blocks::of(&Document::parse("<p>Before</p><img src=a.png><p>After"));
/// assert_eq!(blocks.images()[0].block, 1);
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Picture {
    /// The `<img>` element.
    pub node: NodeId,
    /// Index of the block within which, or before which, it stands.
    pub block: u32,
}

/// Something without text of its own that stands among the blocks: an image, a rule, a frame, a
/// video or a formula that a script would set.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::{Document, Tag}};
/// let blocks = Blocks::of(&Document::parse("<p>Above.</p><hr><p>Below.</p>"));
/// let rule = &blocks.insets()[0];
/// assert_eq!((rule.tag, rule.block), (Tag::Hr, 1));
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Inset {
    /// The element.
    pub node: NodeId,
    /// Its name.
    pub tag: Tag,
    /// Index of the innermost container.
    pub container: u32,
    /// Index of the block within which, or before which, it stands.
    pub block: u32,
    /// What the markup around it says.
    pub marks: Marks,
    /// Whether white space stands before it.
    pub(crate) space: bool,
    /// Where in the page's text it stands.
    pub(crate) at: u32,
}

impl Blocks {
    /// Cuts a document into its blocks.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// assert_eq!(Blocks::of(&Document::parse("<p>One<p>Two")).len(), 2);
    /// ```
    pub fn of(document: &Document<'_>) -> Self {
        segment::segment(document)
    }

    /// How many blocks there are.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// assert_eq!(Blocks::of(&Document::parse("One<br><br>Two")).len(), 2);
    /// ```
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Whether the page has no text at all.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// assert!(Blocks::of(&Document::parse("<img src=tea.jpg>")).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The blocks, in the order of the page.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// let blocks = Blocks::of(&Document::parse("<h1>Tea</h1><p>Green."));
    /// assert_eq!(blocks.iter().filter(|block| block.heading > 0).count(), 1);
    /// ```
    pub fn iter(&self) -> std::slice::Iter<'_, Block> {
        self.blocks.iter()
    }

    /// The block of an index; panics where there is none.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// let blocks = Blocks::of(&Document::parse("<h1>Tea</h1><p>Green."));
    /// assert_eq!(blocks.get(0).heading, 1);
    /// ```
    pub fn get(&self, index: usize) -> &Block {
        &self.blocks[index]
    }

    /// The block's text: white space collapsed, line breaks kept, verbatim if preformatted.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// let blocks = Blocks::of(&Document::parse("<p>Green\n  <b>tea</b><br>and cake"));
    /// assert_eq!(blocks.text(blocks.get(0)), "Green tea\nand cake");
    /// ```
    pub fn text(&self, block: &Block) -> &str {
        &self.text[block.text.start as usize..block.text.end as usize]
    }

    /// The text nodes that the block is made of, in order.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// let document = Document::parse("<p>Green <b>tea</b>");
    /// let blocks = Blocks::of(&document);
    /// let runs: Vec<&str> = blocks.runs(blocks.get(0)).iter().map(|run| document.text(*run)).collect();
    /// assert_eq!(runs, ["Green ", "tea"]);
    /// ```
    pub fn runs(&self, block: &Block) -> &[NodeId] {
        &self.runs[block.runs.start as usize..block.runs.end as usize]
    }

    /// The text nodes of a block, each with the text that it gives, the white space before it
    /// included; the texts in a row are the block's text.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// let blocks = Blocks::of(&Document::parse("<p>Green <b>tea</b>"));
    /// let pieces: Vec<&str> = blocks.pieces(blocks.get(0)).map(|(_, piece)| piece).collect();
    /// assert_eq!(pieces, ["Green", " tea"]);
    /// ```
    pub fn pieces(&self, block: &Block) -> impl Iterator<Item = (NodeId, &str)> {
        let range = block.runs.start as usize..block.runs.end as usize;
        let mut start = block.text.start;
        self.runs[range.clone()].iter().zip(&self.run_ends[range]).map(move |(node, end)| {
            let end = (*end).clamp(start, block.text.end);
            let piece = &self.text[start as usize..end as usize];
            start = end;
            (*node, piece)
        })
    }

    /// The blocks, and the text of the page that they are ranges of.
    pub(crate) fn into_parts(self) -> (Vec<Block>, String) {
        (self.blocks, self.text)
    }

    /// Where the block's text begins among the text of the page, in bytes.
    pub(crate) fn text_start(&self, block: &Block) -> u32 {
        block.text.start
    }

    /// The images, rules, frames, videos and formulas, in the order of the page.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// let blocks = Blocks::of(&Document::parse("<p>Above.</p><hr><p>Below.</p>"));
    /// assert_eq!(blocks.insets().len(), 1);
    /// ```
    pub fn insets(&self) -> &[Inset] {
        &self.insets
    }

    /// The containers; each stands behind its parent.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::{Document, Tag}};
    /// let blocks = Blocks::of(&Document::parse("<ul><li>One</ul>"));
    /// let tags: Vec<Tag> = blocks.containers().iter().map(|container| container.tag).collect();
    /// assert_eq!(tags[tags.len() - 2..], [Tag::Ul, Tag::Li]);
    /// ```
    pub fn containers(&self) -> &[Container] {
        &self.containers
    }

    /// The innermost container of a block.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::{Document, Tag}};
    /// let blocks = Blocks::of(&Document::parse("<ul><li><b>One</b></ul>"));
    /// assert_eq!(blocks.container(blocks.get(0)).tag, Tag::Li);
    /// ```
    pub fn container(&self, block: &Block) -> &Container {
        &self.containers[block.container as usize]
    }

    /// The images, in the order of the page.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// let blocks = Blocks::of(&Document::parse("<p>Above.</p><img src=tea.jpg><p>Below.</p>"));
    /// assert_eq!(blocks.images()[0].block, 1);
    /// ```
    pub fn images(&self) -> &[Picture] {
        &self.images
    }
}
