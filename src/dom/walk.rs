//! Iterators over the tree; none of them recurses.

use super::{Document, NodeId};

/// The ancestors of a node, nearest first.
#[derive(Debug, Clone)]
pub struct Ancestors<'d, 'h> {
    document: &'d Document<'h>,
    next: Option<NodeId>,
}

impl<'d, 'h> Ancestors<'d, 'h> {
    pub(super) fn new(document: &'d Document<'h>, id: NodeId) -> Self {
        Self { document, next: document.parent(id) }
    }
}

impl Iterator for Ancestors<'_, '_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let current = self.next?;
        self.next = self.document.parent(current);
        Some(current)
    }
}

/// The children of a node, in order.
#[derive(Debug, Clone)]
pub struct Children<'d, 'h> {
    document: &'d Document<'h>,
    next: Option<NodeId>,
}

impl<'d, 'h> Children<'d, 'h> {
    pub(super) fn new(document: &'d Document<'h>, id: NodeId) -> Self {
        Self { document, next: document.first_child(id) }
    }
}

impl Iterator for Children<'_, '_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let current = self.next?;
        self.next = self.document.next_sibling(current);
        Some(current)
    }
}

/// One step of a [`Walk`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The walk arrives at a node, before its children.
    Enter(NodeId),
    /// The walk leaves a node, after its children.
    Leave(NodeId),
}

/// Enters and leaves each node of a subtree once, in the order of the page.
#[derive(Debug, Clone)]
pub struct Walk<'d, 'h> {
    document: &'d Document<'h>,
    top: NodeId,
    next: Option<Step>,
}

impl<'d, 'h> Walk<'d, 'h> {
    pub(super) fn new(document: &'d Document<'h>, top: NodeId) -> Self {
        Self { document, top, next: Some(Step::Enter(top)) }
    }

    /// After an [`Step::Enter`], passes over the node's children; its `Leave` still comes.
    pub fn skip_children(&mut self) {
        if let Some(Step::Enter(child)) = self.next {
            let parent = self.document.parent(child).filter(|_| child != self.top);
            if let Some(parent) = parent {
                self.next = Some(Step::Leave(parent));
            }
        }
    }
}

impl Iterator for Walk<'_, '_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(node) => Some(match self.document.first_child(node) {
                Some(child) => Step::Enter(child),
                None => Step::Leave(node),
            }),
            Step::Leave(node) if node == self.top => None,
            Step::Leave(node) => match self.document.next_sibling(node) {
                Some(sibling) => Some(Step::Enter(sibling)),
                None => self.document.parent(node).map(Step::Leave),
            },
        };
        Some(step)
    }
}
