//! The document: a compact arena of nodes that borrows its text from the page.
//!
//! A [`Document`] is made by [`Document::parse`] and read through `Copy` handles ([`NodeId`]) and
//! iterators that never recurse, so that no input can exhaust the stack.

mod arena;
mod budget;
#[cfg(feature = "rcdom")]
mod builder;
mod guard;
mod lookup;
mod names;
mod node;
mod parse;
mod place;
mod sink;
mod tags;
mod walk;

pub use budget::{LimitsHit, ParseBudget};
pub use node::{NodeId, NodeKind};
pub use tags::{Attr, Tag};
pub use walk::{Ancestors, Children, Step, Walk};

#[cfg(feature = "rcdom")]
pub(crate) use builder::TreeAssembler;

use arena::{Arena, some};
use node::{AttrEntry, Node, Origin, TextRange};

/// A parsed page.
///
/// Text and attribute values are borrowed from the page where they stand there unchanged, and live
/// in one side buffer where they do not (character references).
///
/// ```
/// use dehusk::dom::{Document, Tag};
/// let document = Document::parse("<p>Hello <b>world</b></p>");
/// let tags: Vec<Tag> = document
///     .descendants(document.root())
///     .map(|node| document.tag(node))
///     .filter(|tag| *tag != Tag::Other)
///     .collect();
/// assert_eq!(tags, [Tag::Html, Tag::Head, Tag::Body, Tag::P, Tag::B]);
/// ```
#[derive(Debug, Clone)]
pub struct Document<'h> {
    source: &'h str,
    side: String,
    /// Where in the page the texts of the side buffer come from, in the order of the buffer.
    origins: Vec<Origin>,
    arena: Arena,
    attrs: Vec<AttrEntry>,
    limits: LimitsHit,
}

impl<'h> Document<'h> {
    /// Parses a page, or a fragment of one, by the rules of the HTML standard.
    ///
    /// Never fails: the standard gives every text a tree.
    /// Pages that no person would write are cut to [`ParseBudget::default`].
    pub fn parse(html: &'h str) -> Self {
        Self::parse_with(html, &ParseBudget::default())
    }

    /// Parses a page within a budget of one's own.
    pub fn parse_with(html: &'h str, budget: &ParseBudget) -> Self {
        parse::parse(html, budget)
    }

    /// Which bounds of its [`ParseBudget`] the page broke.
    pub fn limits_hit(&self) -> &LimitsHit {
        &self.limits
    }

    /// The page that the document was made from.
    pub fn source(&self) -> &'h str {
        self.source
    }

    /// The document node, parent of `<html>`.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// How many nodes the arena holds; every [`NodeId`] has an index below it.
    pub fn len(&self) -> usize {
        self.arena.len()
    }

    /// Whether the document has no node but its root.
    pub fn is_empty(&self) -> bool {
        self.arena.len() <= 1
    }

    /// What kind of node this is.
    pub fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).kind
    }

    /// The element's name; [`Tag::Other`] for unknown names and for nodes that are not elements.
    pub fn tag(&self, id: NodeId) -> Tag {
        self.node(id).tag
    }

    /// The text of a text node; empty for other nodes.
    pub fn text(&self, id: NodeId) -> &str {
        let node = self.node(id);
        match node.kind {
            NodeKind::Text => self.resolve(node.text_range()),
            _ => "",
        }
    }

    /// Whether an element belongs to SVG or MathML; its [`Tag`] may be one of HTML all the same
    /// (`<title>`, `<a>`, `<style>`).
    pub fn is_foreign(&self, id: NodeId) -> bool {
        self.node(id).foreign
    }

    /// The value of an attribute of an element.
    pub fn attr(&self, id: NodeId, name: Attr) -> Option<&str> {
        self.attrs(id).find(|(attr, _)| *attr == name).map(|(_, value)| value)
    }

    /// The attributes of an element, in the order of the page; empty for other nodes.
    pub fn attrs(&self, id: NodeId) -> impl Iterator<Item = (Attr, &str)> {
        let range = self.node(id).attr_range().range();
        self.attrs[range].iter().map(|entry| (entry.name, self.resolve(entry.value)))
    }

    /// The parent of a node; `None` for the root and for nodes taken out of the tree.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).parent)
    }

    /// The first child of a node.
    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).first)
    }

    /// The last child of a node.
    pub fn last_child(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).last)
    }

    /// The next sibling of a node.
    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).next)
    }

    /// The previous sibling of a node.
    pub fn prev_sibling(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).prev)
    }

    /// The ancestors of a node, nearest first, without the node itself.
    pub fn ancestors(&self, id: NodeId) -> Ancestors<'_, 'h> {
        Ancestors::new(self, id)
    }

    /// The children of a node, in order.
    pub fn children(&self, id: NodeId) -> Children<'_, 'h> {
        Children::new(self, id)
    }

    /// The nodes below a node, in the order of the page, without the node itself.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.walk(id).filter_map(move |step| match step {
            Step::Enter(node) if node != id => Some(node),
            _ => None,
        })
    }

    /// Enters and leaves every node from `id` down, `id` included.
    pub fn walk(&self, id: NodeId) -> Walk<'_, 'h> {
        Walk::new(self, id)
    }

    fn node(&self, id: NodeId) -> &Node {
        self.arena.node(id)
    }

    fn resolve(&self, range: TextRange) -> &str {
        resolve(self.source, &self.side, range)
    }
}

/// Where the side buffer begins behind a page: not at its end, so that no text of the page ends
/// where one of the buffer begins.
fn side_start(source: &str) -> usize {
    source.len() + 1
}

/// The text at a range of the page, or behind it, of the side buffer.
fn resolve<'t>(source: &'t str, side: &'t str, range: TextRange) -> &'t str {
    let (start, end) = (range.start as usize, range.end() as usize);
    match start.checked_sub(side_start(source)) {
        None => &source[start..end],
        Some(start) => &side[start..end - side_start(source)],
    }
}
