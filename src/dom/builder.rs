//! A document made node by node, for those who hold a tree already.

use super::arena::Arena;
use super::budget::LimitsHit;
use super::node::{AttrEntry, AttrRange, Node, NodeId, TextRange};
use super::tags::{Attr, Tag};
use super::{Document, side_start};

/// Builds a document from the root down.
#[derive(Debug)]
pub(crate) struct TreeAssembler<'h> {
    document: Document<'h>,
}

impl<'h> TreeAssembler<'h> {
    /// A document that has only its root.
    pub(crate) fn new(source: &'h str) -> Self {
        let document = Document {
            source,
            side: String::new(),
            origins: Vec::new(),
            arena: Arena::with_capacity(1),
            attrs: Vec::new(),
            limits: LimitsHit::default(),
        };
        Self { document }
    }

    /// The root of the document.
    #[cfg(feature = "rcdom")]
    pub(crate) fn root(&self) -> NodeId {
        self.document.root()
    }

    /// A new element without a parent.
    pub(crate) fn element<'a>(
        &mut self,
        name: &str,
        attrs: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> NodeId {
        let start = self.document.attrs.len();
        for (name, value) in attrs {
            let name = Attr::from_name(name);
            let known = &self.document.attrs[start..];
            if name != Attr::Other && known.iter().all(|entry| entry.name != name) {
                let value = self.store(value);
                self.document.attrs.push(AttrEntry { name, value });
            }
        }
        let len = (self.document.attrs.len() - start) as u8;
        let attrs = AttrRange { start: start as u32, len };
        self.document.arena.push(Node::element(Tag::from_name(name), attrs))
    }

    /// A new text node without a parent.
    pub(crate) fn text(&mut self, text: &str) -> NodeId {
        let text = self.store(text);
        self.document.arena.push(Node::text(text))
    }

    /// Makes a node without a parent the last child of `parent`.
    pub(crate) fn append(&mut self, parent: NodeId, child: NodeId) {
        self.document.arena.append(parent, child);
    }

    /// The document as built so far.
    pub(crate) fn finish(self) -> Document<'h> {
        self.document
    }

    fn store(&mut self, text: &str) -> TextRange {
        let start = side_start(self.document.source) + self.document.side.len();
        self.document.side.push_str(text);
        TextRange::of(start..start + text.len())
    }
}
