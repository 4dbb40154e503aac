//! What one would write first: html5ever's tokenizer and tree builder into an arena of `u32` links,
//! with the same tags, attributes and texts kept as in the document, and texts in one buffer.

use dehusk::dom::{Attr, Tag};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};
use std::borrow::Cow;
use std::cell::{Ref, RefCell};

const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Node {
    parent: u32,
    first: u32,
    last: u32,
    prev: u32,
    next: u32,
    _tag: Tag,
    _range: (u32, u32),
}

#[derive(Default)]
struct State {
    nodes: Vec<Node>,
    names: Vec<QualName>,
    attrs: Vec<(Attr, (u32, u32))>,
    text: String,
}

/// The sink; its output is the number of nodes.
pub struct ArenaSink(RefCell<State>);

impl Default for ArenaSink {
    fn default() -> Self {
        let sink = Self(RefCell::default());
        sink.0.borrow_mut().push(Tag::Other, (0, 0), nameless());
        sink
    }
}

fn nameless() -> QualName {
    QualName::new(None, Default::default(), Default::default())
}

impl State {
    fn push(&mut self, tag: Tag, range: (u32, u32), name: QualName) -> u32 {
        let (parent, first, last, prev, next) = (NONE, NONE, NONE, NONE, NONE);
        self.nodes.push(Node { parent, first, last, prev, next, _tag: tag, _range: range });
        self.names.push(name);
        self.nodes.len() as u32 - 1
    }

    fn store(&mut self, text: &str) -> (u32, u32) {
        self.text.push_str(text);
        ((self.text.len() - text.len()) as u32, text.len() as u32)
    }

    fn child(&mut self, child: NodeOrText<u32>) -> Option<u32> {
        match child {
            NodeOrText::AppendNode(NONE) => None,
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                Some(id)
            }
            NodeOrText::AppendText(text) => {
                let range = self.store(&text);
                Some(self.push(Tag::Other, range, nameless()))
            }
        }
    }

    fn detach(&mut self, id: u32) {
        let Node { parent, prev, next, .. } = self.nodes[id as usize];
        if parent == NONE {
            return;
        }
        match prev {
            NONE => self.nodes[parent as usize].first = next,
            prev => self.nodes[prev as usize].next = next,
        }
        match next {
            NONE => self.nodes[parent as usize].last = prev,
            next => self.nodes[next as usize].prev = prev,
        }
        let node = &mut self.nodes[id as usize];
        (node.parent, node.prev, node.next) = (NONE, NONE, NONE);
    }

    fn append(&mut self, parent: u32, child: u32) {
        let last = std::mem::replace(&mut self.nodes[parent as usize].last, child);
        let node = &mut self.nodes[child as usize];
        (node.parent, node.prev) = (parent, last);
        match last {
            NONE => self.nodes[parent as usize].first = child,
            last => self.nodes[last as usize].next = child,
        }
    }

    fn insert_before(&mut self, sibling: u32, child: u32) {
        let Node { parent, prev, .. } = self.nodes[sibling as usize];
        let node = &mut self.nodes[child as usize];
        (node.parent, node.prev, node.next) = (parent, prev, sibling);
        self.nodes[sibling as usize].prev = child;
        match prev {
            NONE => self.nodes[parent as usize].first = child,
            prev => self.nodes[prev as usize].next = child,
        }
    }
}

impl TreeSink for ArenaSink {
    type Handle = u32;
    type Output = usize;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> usize {
        self.0.into_inner().nodes.len()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> u32 {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a u32) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |state| &state.names[*target as usize])
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _flags: ElementFlags) -> u32 {
        let mut state = self.0.borrow_mut();
        let start = state.attrs.len() as u32;
        for attr in attrs {
            let name = Attr::from_name(&attr.name.local);
            if name != Attr::Other {
                let value = state.store(&attr.value);
                state.attrs.push((name, value));
            }
        }
        let range = (start, state.attrs.len() as u32);
        state.push(Tag::from_name(&name.local), range, name)
    }

    fn create_comment(&self, _text: StrTendril) -> u32 {
        NONE
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> u32 {
        NONE
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        let mut state = self.0.borrow_mut();
        if let Some(child) = state.child(child) {
            state.append(*parent, child);
        }
    }

    fn append_based_on_parent_node(&self, element: &u32, prev: &u32, child: NodeOrText<u32>) {
        let parent = self.0.borrow().nodes[*element as usize].parent;
        match parent {
            NONE => self.append(prev, child),
            _ => self.append_before_sibling(element, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &u32) -> u32 {
        *target
    }

    fn same_node(&self, x: &u32, y: &u32) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &u32, child: NodeOrText<u32>) {
        let mut state = self.0.borrow_mut();
        if let Some(child) = state.child(child) {
            state.insert_before(*sibling, child);
        }
    }

    fn add_attrs_if_missing(&self, _target: &u32, _attrs: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &u32) {
        if *target != NONE {
            self.0.borrow_mut().detach(*target);
        }
    }

    fn reparent_children(&self, node: &u32, new_parent: &u32) {
        let mut state = self.0.borrow_mut();
        while state.nodes[*node as usize].first != NONE {
            let child = state.nodes[*node as usize].first;
            state.detach(child);
            state.append(*new_parent, child);
        }
    }
}
