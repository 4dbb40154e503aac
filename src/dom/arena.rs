//! All nodes of a document, and the links between them.

use super::node::{NO_NODE, Node, NodeId};

/// Nodes in the order in which they were made; the root is the first.
#[derive(Debug, Clone)]
pub(super) struct Arena {
    nodes: Vec<Node>,
}

impl Arena {
    pub fn with_capacity(nodes: usize) -> Self {
        let mut arena = Self { nodes: Vec::with_capacity(nodes.max(1)) };
        arena.nodes.push(Node::ROOT);
        arena
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The nodes of which something is true.
    pub fn ids_where(&self, is_wanted: impl Fn(&Node) -> bool) -> impl Iterator<Item = NodeId> {
        let wanted = (0..).zip(&self.nodes).filter(move |(_, node)| is_wanted(node));
        wanted.map(|(id, _)| NodeId(id))
    }

    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.index()]
    }

    /// Adds a node without a parent.
    pub fn push(&mut self, node: Node) -> NodeId {
        if self.nodes.len() == self.nodes.capacity() {
            self.grow();
        }
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(node);
        id
    }

    /// Makes room for more nodes than were expected, by half: twice the room would be most of the
    /// memory of a page.
    #[cold]
    fn grow(&mut self) {
        self.nodes.reserve_exact(self.nodes.len() / 2 + 16);
    }

    /// Makes a node without a parent the last child of `parent`.
    pub fn append(&mut self, parent: NodeId, child: NodeId) {
        let last = std::mem::replace(&mut self.node_mut(parent).last, child.0);
        let node = self.node_mut(child);
        (node.parent, node.prev, node.next) = (parent.0, last, NO_NODE);
        match some(last) {
            Some(last) => self.node_mut(last).next = child.0,
            None => self.node_mut(parent).first = child.0,
        }
    }

    /// Puts a node without a parent before `sibling`.
    pub fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        let Node { parent, prev, .. } = *self.node(sibling);
        let node = self.node_mut(child);
        (node.parent, node.prev, node.next) = (parent, prev, sibling.0);
        self.node_mut(sibling).prev = child.0;
        match (some(prev), some(parent)) {
            (Some(prev), _) => self.node_mut(prev).next = child.0,
            (None, Some(parent)) => self.node_mut(parent).first = child.0,
            (None, None) => {}
        }
    }

    /// Takes a node, with all below it, out of the tree.
    pub fn detach(&mut self, id: NodeId) {
        let Node { parent, prev, next, .. } = *self.node(id);
        let Some(parent) = some(parent) else { return };
        match some(prev) {
            Some(prev) => self.node_mut(prev).next = next,
            None => self.node_mut(parent).first = next,
        }
        match some(next) {
            Some(next) => self.node_mut(next).prev = prev,
            None => self.node_mut(parent).last = prev,
        }
        let node = self.node_mut(id);
        (node.parent, node.prev, node.next) = (NO_NODE, NO_NODE, NO_NODE);
    }

    /// Moves all children of `from` behind those of `to`.
    pub fn move_children(&mut self, from: NodeId, to: NodeId) {
        while let Some(child) = some(self.node(from).first) {
            self.detach(child);
            self.append(to, child);
        }
    }
}

/// The node that a link leads to.
pub(super) fn some(link: u32) -> Option<NodeId> {
    (link != NO_NODE).then_some(NodeId(link))
}
