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
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<p>One<p>Two");
    /// let paragraphs = document.descendants(document.root()).filter(|node| document.tag(*node) == Tag::P);
    /// assert_eq!(paragraphs.count(), 2);
    /// ```
    pub fn parse(html: &'h str) -> Self {
        Self::parse_with(html, &ParseBudget::default())
    }

    /// Parses a page within a budget of one's own.
    ///
    /// ```
    /// use dehusk::dom::{Document, ParseBudget};
    /// let page = "<p>The ferry runs again.".repeat(500);
    /// let part = Document::parse_with(&page, &ParseBudget::default().with_max_nodes(300));
    /// assert!(part.len() < Document::parse(&page).len());
    /// ```
    pub fn parse_with(html: &'h str, budget: &ParseBudget) -> Self {
        parse::parse(html, budget)
    }

    /// Which bounds of its [`ParseBudget`] the page broke.
    ///
    /// ```
    /// use dehusk::dom::Document;
    /// assert!(Document::parse("<p>Tea").limits_hit().is_none());
    /// ```
    pub fn limits_hit(&self) -> &LimitsHit {
        &self.limits
    }

    /// The page that the document was made from.
    ///
    /// ```
    /// use dehusk::dom::Document;
    /// assert_eq!(Document::parse("<p>Tea").source(), "<p>Tea");
    /// ```
    pub fn source(&self) -> &'h str {
        self.source
    }

    /// The document node, parent of `<html>`.
    ///
    /// ```
    /// use dehusk::dom::{Document, NodeKind};
    /// let document = Document::parse("<p>Tea");
    /// assert_eq!(document.kind(document.root()), NodeKind::Document);
    /// ```
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// How many nodes the arena holds; every [`NodeId`] has an index below it.
    ///
    /// ```
    /// use dehusk::dom::Document;
    /// // The root, <html>, <head>, <body>, <p> and the text.
    /// assert_eq!(Document::parse("<p>Tea").len(), 6);
    /// ```
    pub fn len(&self) -> usize {
        self.arena.len()
    }

    /// Whether the document has no node but its root.
    ///
    /// ```
    /// use dehusk::dom::Document;
    /// assert!(!Document::parse("").is_empty(), "even an empty page has <html>, <head> and <body>");
    /// ```
    pub fn is_empty(&self) -> bool {
        self.arena.len() <= 1
    }

    /// What kind of node this is.
    ///
    /// ```
    /// use dehusk::dom::{Document, NodeKind};
    /// let document = Document::parse("<p>Tea");
    /// let last = document.descendants(document.root()).last().unwrap();
    /// assert_eq!(document.kind(last), NodeKind::Text);
    /// ```
    pub fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).kind
    }

    /// The element's name; [`Tag::Other`] for unknown names and for nodes that are not elements.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<x-tea>Green");
    /// let html = document.first_child(document.root()).unwrap();
    /// assert_eq!(document.tag(html), Tag::Html);
    /// let tags = document.descendants(html).map(|node| document.tag(node));
    /// assert_eq!(tags.collect::<Vec<_>>(), [Tag::Head, Tag::Body, Tag::Other, Tag::Other]);
    /// ```
    pub fn tag(&self, id: NodeId) -> Tag {
        self.node(id).tag
    }

    /// The text of a text node; empty for other nodes.
    ///
    /// ```
    /// use dehusk::dom::Document;
    /// let document = Document::parse("<p>Tea &amp; cake");
    /// let text: String = document.descendants(document.root()).map(|node| document.text(node)).collect();
    /// assert_eq!(text, "Tea & cake");
    /// ```
    pub fn text(&self, id: NodeId) -> &str {
        let node = self.node(id);
        match node.kind {
            NodeKind::Text => self.resolve(node.text_range()),
            _ => "",
        }
    }

    /// Whether an element belongs to SVG or MathML; its [`Tag`] may be one of HTML all the same
    /// (`<title>`, `<a>`, `<style>`).
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<svg><title>A cup</title></svg>");
    /// let title = document.descendants(document.root()).find(|node| document.tag(*node) == Tag::Title);
    /// assert!(document.is_foreign(title.unwrap()));
    /// ```
    pub fn is_foreign(&self, id: NodeId) -> bool {
        self.node(id).foreign
    }

    /// The value of an attribute of an element.
    ///
    /// ```
    /// use dehusk::dom::{Attr, Document, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// assert_eq!(document.attr(find(Tag::P), Attr::Class), Some("hot"));
    /// assert_eq!(document.attr(find(Tag::P), Attr::Id), None);
    /// ```
    pub fn attr(&self, id: NodeId, name: Attr) -> Option<&str> {
        self.attrs_where(id, |attr| attr == name).next().map(|(_, value)| value)
    }

    /// The attributes of an element, in the order of the page; empty for other nodes.
    ///
    /// ```
    /// use dehusk::dom::{Attr, Document, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// assert_eq!(document.attrs(find(Tag::P)).collect::<Vec<_>>(), [(Attr::Class, "hot")]);
    /// ```
    pub fn attrs(&self, id: NodeId) -> impl Iterator<Item = (Attr, &str)> {
        self.attrs_where(id, |_| true)
    }

    /// Those attributes of an element that are wanted; of the others no value is looked up.
    #[inline]
    pub(crate) fn attrs_where(
        &self,
        id: NodeId,
        is_wanted: impl Fn(Attr) -> bool,
    ) -> impl Iterator<Item = (Attr, &str)> {
        let entries = &self.attrs[self.node(id).attr_range().range()];
        let wanted = entries.iter().filter(move |entry| is_wanted(entry.name));
        wanted.map(|entry| (entry.name, self.resolve(entry.value)))
    }

    /// The parent of a node; `None` for the root and for nodes taken out of the tree.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// assert_eq!(document.parent(find(Tag::B)), Some(find(Tag::P)));
    /// assert_eq!(document.parent(document.root()), None);
    /// ```
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).parent)
    }

    /// The first child of a node.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// assert_eq!(document.first_child(find(Tag::Body)), Some(find(Tag::P)));
    /// ```
    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).first)
    }

    /// The last child of a node.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// assert_eq!(document.last_child(find(Tag::P)), Some(find(Tag::B)));
    /// ```
    pub fn last_child(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).last)
    }

    /// The next sibling of a node.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// assert_eq!(document.next_sibling(find(Tag::Head)), Some(find(Tag::Body)));
    /// ```
    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).next)
    }

    /// The previous sibling of a node.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// let green = document.prev_sibling(find(Tag::B)).unwrap();
    /// assert_eq!(document.text(green), "Green ");
    /// ```
    pub fn prev_sibling(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).prev)
    }

    /// The ancestors of a node, nearest first, without the node itself.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// let tags = document.ancestors(find(Tag::B)).map(|node| document.tag(node));
    /// assert_eq!(tags.take(3).collect::<Vec<_>>(), [Tag::P, Tag::Body, Tag::Html]);
    /// ```
    pub fn ancestors(&self, id: NodeId) -> Ancestors<'_, 'h> {
        Ancestors::new(self, id)
    }

    /// The children of a node, in order.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// assert_eq!(document.children(find(Tag::P)).count(), 2);
    /// ```
    pub fn children(&self, id: NodeId) -> Children<'_, 'h> {
        Children::new(self, id)
    }

    /// The nodes below a node, in the order of the page, without the node itself.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// let text: String = document.descendants(find(Tag::P)).map(|node| document.text(node)).collect();
    /// assert_eq!(text, "Green tea");
    /// ```
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut next = self.first_child(id);
        std::iter::from_fn(move || {
            let current = next?;
            next = self.following(current, id);
            Some(current)
        })
    }

    /// The elements of some names, in the order in which the page has them, with those that were
    /// taken out of the tree: many times faster than a walk.
    pub(crate) fn elements(&self, is_wanted: impl Fn(Tag) -> bool) -> impl Iterator<Item = NodeId> {
        self.arena.ids_where(move |node| is_wanted(node.tag))
    }

    /// The node behind another in the order of the page, below `top`.
    fn following(&self, node: NodeId, top: NodeId) -> Option<NodeId> {
        let mut next = self.first_child(node);
        let mut left = node;
        while next.is_none() && left != top {
            next = self.next_sibling(left);
            left = self.parent(left)?;
        }
        next
    }

    /// Enters and leaves every node from `id` down, `id` included.
    ///
    /// ```
    /// use dehusk::dom::{Document, Step, Tag};
    /// let document = Document::parse("<p class=hot>Green <b>tea</b>");
    /// let find = |tag| document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap();
    /// let (p, b) = (find(Tag::P), find(Tag::B));
    /// let mut walk = document.walk(p);
    /// assert_eq!(walk.next(), Some(Step::Enter(p)));
    /// assert_eq!(walk.last(), Some(Step::Leave(p)));
    /// assert!(document.walk(p).any(|step| step == Step::Leave(b)));
    /// ```
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
