//! Iterators over the tree; none of them recurses.

use super::{Document, NodeId};

/// The ancestors of a node, nearest first.
///
/// ```
/// use dehusk::dom::Document;
/// let document = Document::parse("<p>Tea");
/// let text = document.descendants(document.root()).last().unwrap();
/// assert_eq!(document.ancestors(text).last(), Some(document.root()));
/// ```
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
///
/// ```
/// use dehusk::dom::Document;
/// let document = Document::parse("<p>Tea");
/// let html = document.first_child(document.root()).unwrap();
/// assert_eq!(document.children(html).count(), 2); // <head> and <body>
/// ```
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
///
/// ```
/// use dehusk::dom::{Document, Step, Tag};
/// let document = Document::parse("<ul><li>One<ul><li>Two</ul></ul>");
/// let (mut depth, mut deepest) = (0, 0);
/// for step in document.walk(document.root()) {
///     match step {
///         Step::Enter(node) => depth += usize::from(document.tag(node) == Tag::Ul),
///         Step::Leave(node) => depth -= usize::from(document.tag(node) == Tag::Ul),
///     }
///     deepest = deepest.max(depth);
/// }
/// assert_eq!((depth, deepest), (0, 2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The walk arrives at a node, before its children.
    Enter(NodeId),
    /// The walk leaves a node, after its children.
    Leave(NodeId),
}

/// Enters and leaves each node of a subtree once, in the order of the page.
///
/// ```
/// use dehusk::dom::{Document, Step};
/// let document = Document::parse("<p>Tea");
/// let entered = document.walk(document.root()).filter(|step| matches!(step, Step::Enter(_)));
/// assert_eq!(entered.count(), document.len());
/// ```
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
    ///
    /// ```
    /// use dehusk::dom::{Document, Step, Tag};
    /// let document = Document::parse("<p>Green <b>or black</b> tea");
    /// let mut text = String::new();
    /// let mut walk = document.walk(document.root());
    /// while let Some(step) = walk.next() {
    ///     match step {
    ///         Step::Enter(node) if document.tag(node) == Tag::B => walk.skip_children(),
    ///         Step::Enter(node) => text += document.text(node),
    ///         Step::Leave(_) => {}
    ///     }
    /// }
    /// assert_eq!(text, "Green  tea");
    /// ```
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
