//! The arena's records.

use super::tags::{Attr, Tag};
use std::ops::Range;

/// A link to no node.
pub(super) const NO_NODE: u32 = u32::MAX;

/// Stands for no place of the page.
pub(super) const NO_PLACE: u32 = u32::MAX;

/// The handle of a node in its document.
///
/// ```
/// use dehusk::dom::Document;
/// let document = Document::parse("<p>Tea");
/// let html = document.first_child(document.root()).unwrap();
/// assert_eq!(document.parent(html), Some(document.root()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The node's place in the arena: parents may stand behind their children where the page's
    /// markup is out of order.
    ///
    /// ```
    /// use dehusk::dom::Document;
    /// let document = Document::parse("<p>Tea");
    /// let mut marked = vec![false; document.len()];
    /// document.descendants(document.root()).for_each(|node| marked[node.index()] = true);
    /// assert_eq!(marked.iter().filter(|marked| **marked).count(), document.len() - 1);
    /// ```
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is.
///
/// ```
/// use dehusk::dom::{Document, NodeKind};
/// let document = Document::parse("<!-- no node --><p>Tea");
/// let kinds = document.descendants(document.root()).map(|node| document.kind(node));
/// assert_eq!(kinds.filter(|kind| *kind == NodeKind::Text).count(), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NodeKind {
    /// The root of the tree.
    Document,
    /// An element; the contents of a `<template>` are its children.
    Element,
    /// A run of text; neighbours need not be merged.
    Text,
}

/// A range of the page, or behind it, of the side buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TextRange {
    pub start: u32,
    pub len: u32,
}

impl TextRange {
    pub fn of(range: Range<usize>) -> Self {
        Self { start: range.start as u32, len: range.len() as u32 }
    }

    pub fn end(self) -> u32 {
        self.start + self.len
    }
}

/// A text of the side buffer, and the range of the page that it was decoded from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    pub text: TextRange,
    pub written: TextRange,
}

/// Where an element's attributes stand in the document's list of all attributes.
///
/// An element keeps at most one attribute of each name that [`Attr`] knows, so eight bits do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct AttrRange {
    pub start: u32,
    pub len: u8,
}

impl AttrRange {
    pub fn range(self) -> Range<usize> {
        // The place of no attributes may be any.
        let start = if self.len == 0 { 0 } else { self.start as usize };
        start..start + usize::from(self.len)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct AttrEntry {
    pub name: Attr,
    pub value: TextRange,
}

/// A node: 32 bytes, two to a cache line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub parent: u32,
    pub first: u32,
    pub last: u32,
    pub prev: u32,
    pub next: u32,
    pub kind: NodeKind,
    pub tag: Tag,
    /// Whether the element belongs to SVG or MathML.
    pub foreign: bool,
    /// Elements: how many attributes it has.
    attrs_len: u8,
    /// Elements: where their attributes start. Text: where it starts.
    start: u32,
    /// Elements: where their start tag stands in the page. Text: its length.
    extent: u32,
}

const _: () = assert!(size_of::<Node>() == 32);

impl Node {
    pub const ROOT: Self = Self {
        parent: NO_NODE,
        first: NO_NODE,
        last: NO_NODE,
        prev: NO_NODE,
        next: NO_NODE,
        kind: NodeKind::Document,
        tag: Tag::Other,
        foreign: false,
        attrs_len: 0,
        start: 0,
        extent: NO_PLACE,
    };

    pub fn element(tag: Tag, attrs: AttrRange) -> Self {
        let AttrRange { start, len } = attrs;
        Self { kind: NodeKind::Element, tag, start, attrs_len: len, ..Self::ROOT }
    }

    pub fn text(text: TextRange) -> Self {
        Self { kind: NodeKind::Text, start: text.start, extent: text.len, ..Self::ROOT }
    }

    /// The text of a text node; empty for others.
    pub fn text_range(&self) -> TextRange {
        match self.kind {
            NodeKind::Text => TextRange { start: self.start, len: self.extent },
            _ => TextRange::default(),
        }
    }

    /// Adds the text that follows a text node's own; says whether it does.
    pub fn join_text(&mut self, next: TextRange) -> bool {
        let follows = self.kind == NodeKind::Text && self.text_range().end() == next.start;
        if follows {
            self.extent += next.len;
        }
        follows
    }

    /// The attributes of an element; none for others.
    pub fn attr_range(&self) -> AttrRange {
        match self.kind {
            NodeKind::Element => AttrRange { start: self.start, len: self.attrs_len },
            _ => AttrRange::default(),
        }
    }

    pub fn set_attr_range(&mut self, attrs: AttrRange) {
        debug_assert_eq!(self.kind, NodeKind::Element);
        (self.start, self.attrs_len) = (attrs.start, attrs.len);
    }

    /// Where the start tag of an element begins, if it has one in the page.
    pub fn place(&self) -> Option<usize> {
        let known = self.kind == NodeKind::Element && self.extent != NO_PLACE;
        known.then_some(self.extent as usize)
    }

    pub fn set_place(&mut self, place: usize) {
        debug_assert_eq!(self.kind, NodeKind::Element);
        self.extent = place as u32;
    }
}
