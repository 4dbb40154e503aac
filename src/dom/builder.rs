//! From tokens to the arena: the tree sink that html5ever's tree builder writes into.

use super::node::{AttrEntry, AttrRange, NO_NODE, Node, NodeId, NodeKind, TextRange};
use super::tags::{Attr, Tag};
use super::{Document, some};
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName};
use std::borrow::Cow;
use std::cell::RefCell;

/// Parses a page into a document.
pub(super) fn parse(html: &str) -> Document<'_> {
    // `<noscript>` is parsed as markup: lazy images and whole threads stand in it.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let opts = ParseOpts { tree_builder, ..ParseOpts::default() };
    html5ever::parse_document(Sink::new(html), opts).one(html)
}

/// Builds a document node by node: the one writer of the arena.
#[derive(Debug)]
pub(crate) struct TreeAssembler<'h> {
    document: Document<'h>,
}

impl<'h> TreeAssembler<'h> {
    /// A document that has only its root.
    pub(crate) fn new(source: &'h str) -> Self {
        let root = Node::new(NodeKind::Document, Tag::Other);
        let (side, attrs) = (String::new(), Vec::new());
        Self { document: Document { source, side, nodes: vec![root], attrs } }
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
        let mut node = Node::new(NodeKind::Element, Tag::from_name(name));
        node.attrs.start = self.document.attrs.len() as u32;
        self.push_attrs(attrs);
        node.attrs.len = self.document.attrs.len() as u32 - node.attrs.start;
        self.push(node)
    }

    /// A new text node without a parent.
    pub(crate) fn text(&mut self, text: &str) -> NodeId {
        let mut node = Node::new(NodeKind::Text, Tag::Other);
        node.text = self.store(text);
        self.push(node)
    }

    /// Makes a node without a parent the last child of `parent`.
    pub(crate) fn append(&mut self, parent: NodeId, child: NodeId) {
        let nodes = &mut self.document.nodes;
        let last = nodes[parent.index()].last;
        let node = &mut nodes[child.index()];
        (node.parent, node.prev, node.next) = (parent.0, last, NO_NODE);
        match some(last) {
            Some(last) => nodes[last.index()].next = child.0,
            None => nodes[parent.index()].first = child.0,
        }
        nodes[parent.index()].last = child.0;
    }

    /// The document as built so far.
    pub(crate) fn finish(self) -> Document<'h> {
        self.document
    }

    fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        let nodes = &mut self.document.nodes;
        let Node { parent, prev, .. } = nodes[sibling.index()];
        let node = &mut nodes[child.index()];
        (node.parent, node.prev, node.next) = (parent, prev, sibling.0);
        nodes[sibling.index()].prev = child.0;
        match some(prev) {
            Some(prev) => nodes[prev.index()].next = child.0,
            None => {
                if let Some(parent) = some(parent) {
                    nodes[parent.index()].first = child.0;
                }
            }
        }
    }

    fn detach(&mut self, id: NodeId) {
        let nodes = &mut self.document.nodes;
        let Node { parent, prev, next, .. } = nodes[id.index()];
        let Some(parent) = some(parent) else { return };
        match some(prev) {
            Some(prev) => nodes[prev.index()].next = next,
            None => nodes[parent.index()].first = next,
        }
        match some(next) {
            Some(next) => nodes[next.index()].prev = prev,
            None => nodes[parent.index()].last = prev,
        }
        let node = &mut nodes[id.index()];
        (node.parent, node.prev, node.next) = (NO_NODE, NO_NODE, NO_NODE);
    }

    fn add_missing_attrs<'a>(
        &mut self,
        id: NodeId,
        attrs: impl Iterator<Item = (&'a str, &'a str)>,
    ) {
        let document = &mut self.document;
        let old = document.nodes[id.index()].attrs.range();
        let start = document.attrs.len();
        document.attrs.extend_from_within(old.clone());
        self.push_attrs(attrs);
        let document = &mut self.document;
        // The first of each name wins: what the element had stands first.
        let mut kept = start + old.len();
        for next in kept..document.attrs.len() {
            let entry = document.attrs[next];
            if !document.attrs[start..kept].iter().any(|known| known.name == entry.name) {
                document.attrs[kept] = entry;
                kept += 1;
            }
        }
        document.attrs.truncate(kept);
        let range = AttrRange { start: start as u32, len: (kept - start) as u32 };
        document.nodes[id.index()].attrs = range;
    }

    fn push_attrs<'a>(&mut self, attrs: impl Iterator<Item = (&'a str, &'a str)>) {
        for (name, value) in attrs {
            let name = Attr::from_name(name);
            if name != Attr::Other {
                let value = self.store(value);
                self.document.attrs.push(AttrEntry { name, value });
            }
        }
    }

    fn push(&mut self, node: Node) -> NodeId {
        let id = NodeId(self.document.nodes.len() as u32);
        self.document.nodes.push(node);
        id
    }

    fn store(&mut self, text: &str) -> TextRange {
        let start = (self.document.source.len() + self.document.side.len()) as u32;
        self.document.side.push_str(text);
        TextRange { start, len: text.len() as u32 }
    }
}

/// The tree sink; its methods take `&self`, so its state sits in a cell.
struct Sink<'h> {
    state: RefCell<State<'h>>,
}

struct State<'h> {
    tree: TreeAssembler<'h>,
    /// The full name of each node, which the tree builder asks for again and again.
    names: Vec<Option<QualName>>,
}

/// Comments, doctypes and processing instructions get this handle and no node.
const NOT_KEPT: NodeId = NodeId(NO_NODE);

impl<'h> Sink<'h> {
    fn new(source: &'h str) -> Self {
        let state = State { tree: TreeAssembler::new(source), names: vec![None] };
        Self { state: RefCell::new(state) }
    }
}

impl State<'_> {
    fn child(&mut self, child: NodeOrText<NodeId>) -> Option<NodeId> {
        match child {
            NodeOrText::AppendNode(node) => (node != NOT_KEPT).then_some(node),
            NodeOrText::AppendText(text) => {
                self.names.push(None);
                Some(self.tree.text(&text))
            }
        }
    }
}

fn pairs(attrs: &[Attribute]) -> impl Iterator<Item = (&str, &str)> {
    attrs.iter().map(|attr| (&*attr.name.local, &*attr.value))
}

/// The name of an element, held by value.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl<'h> TreeSink for Sink<'h> {
    type Handle = NodeId;
    type Output = Document<'h>;
    type ElemName<'a>
        = Name
    where
        Self: 'a;

    fn finish(self) -> Document<'h> {
        self.state.into_inner().tree.finish()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        NodeId(0)
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        let name = self.state.borrow().names[target.index()].clone();
        Name(name.unwrap_or(QualName::new(None, Namespace::default(), LocalName::default())))
    }

    fn create_element(
        &self,
        name: QualName,
        attrs: Vec<Attribute>,
        _flags: ElementFlags,
    ) -> NodeId {
        let mut state = self.state.borrow_mut();
        let id = state.tree.element(&name.local, pairs(&attrs));
        state.names.push(Some(name));
        id
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        NOT_KEPT
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        NOT_KEPT
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let mut state = self.state.borrow_mut();
        if let Some(child) = state.child(child) {
            state.tree.detach(child);
            state.tree.append(*parent, child);
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        prev_element: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let parent = self.state.borrow().tree.document.parent(*element);
        match parent {
            Some(_) => self.append_before_sibling(element, child),
            None => self.append(prev_element, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, new_node: NodeOrText<NodeId>) {
        let mut state = self.state.borrow_mut();
        if let Some(child) = state.child(new_node) {
            state.tree.detach(child);
            state.tree.insert_before(*sibling, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.state.borrow_mut().tree.add_missing_attrs(*target, pairs(&attrs));
    }

    fn remove_from_parent(&self, target: &NodeId) {
        if *target != NOT_KEPT {
            self.state.borrow_mut().tree.detach(*target);
        }
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut state = self.state.borrow_mut();
        while let Some(child) = state.tree.document.first_child(*node) {
            state.tree.detach(child);
            state.tree.append(*new_parent, child);
        }
    }
}
