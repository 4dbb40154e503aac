//! The arena's records.

use super::tags::{Attr, Tag};
use std::ops::Range;

/// A link to no node.
pub(super) const NO_NODE: u32 = u32::MAX;

/// The handle of a node in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The node's place in the arena: parents may stand behind their children where the page's
    /// markup is out of order.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is.
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

/// A range of the page, or behind its length, of the side buffer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TextRange {
    pub start: u32,
    pub len: u32,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AttrRange {
    pub start: u32,
    pub len: u32,
}

impl AttrRange {
    pub fn range(self) -> Range<usize> {
        self.start as usize..(self.start + self.len) as usize
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct AttrEntry {
    pub name: Attr,
    pub value: TextRange,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub parent: u32,
    pub first: u32,
    pub last: u32,
    pub prev: u32,
    pub next: u32,
    pub kind: NodeKind,
    pub tag: Tag,
    pub text: TextRange,
    pub attrs: AttrRange,
}

impl Node {
    pub fn new(kind: NodeKind, tag: Tag) -> Self {
        Self {
            parent: NO_NODE,
            first: NO_NODE,
            last: NO_NODE,
            prev: NO_NODE,
            next: NO_NODE,
            kind,
            tag,
            text: TextRange::default(),
            attrs: AttrRange::default(),
        }
    }
}
