//! Extraction from a tree that the caller already holds (feature `rcdom`).
//!
//! Such a tree has no source text, so the document keeps a copy of its texts. Parsing with
//! [`Document::parse`] is several times faster; this adapter is for programs that have a
//! [`markup5ever_rcdom::RcDom`] anyway.

use crate::dom::{Document, NodeId, TreeAssembler};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Copies a tree into a document.
///
/// ```
/// use dehusk::{Extractor, rcdom};
/// use html5ever::tendril::TendrilSink;
/// use markup5ever_rcdom::RcDom;
/// let tree = html5ever::parse_document(RcDom::default(), Default::default())
///     .one("<p>A tree that was parsed elsewhere.</p>");
/// let page = Extractor::new().extract_document(&rcdom::document(&tree));
/// assert_eq!(page.text(), "A tree that was parsed elsewhere.");
/// ```
pub fn document(tree: &RcDom) -> Document<'static> {
    let mut assembler = TreeAssembler::new("");
    let root = assembler.root();
    let mut stack: Vec<(Handle, NodeId)> = Vec::new();
    push_children(&tree.document, root, &mut stack);
    while let Some((node, parent)) = stack.pop() {
        match &node.data {
            NodeData::Element { name, attrs, template_contents, .. } => {
                let attrs = attrs.borrow();
                let pairs = attrs.iter().map(|attr| (&*attr.name.local, &*attr.value));
                let id = assembler.element(&name.local, pairs);
                assembler.append(parent, id);
                push_children(&node, id, &mut stack);
                if let Some(contents) = template_contents.borrow().as_ref() {
                    push_children(contents, id, &mut stack);
                }
            }
            NodeData::Text { contents } => {
                let id = assembler.text(&contents.borrow());
                assembler.append(parent, id);
            }
            _ => {}
        }
    }
    assembler.finish()
}

/// Puts the children on the stack so that the first is taken first.
fn push_children(node: &Handle, parent: NodeId, stack: &mut Vec<(Handle, NodeId)>) {
    let children = node.children.borrow();
    stack.extend(children.iter().rev().map(|child| (child.clone(), parent)));
}
