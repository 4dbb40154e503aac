//! Where in the page a node comes from.

use super::node::{NodeId, NodeKind};
use super::{Document, TextRange, side_start};
use crate::tokenizer::end_of_tag;
use std::ops::Range;

impl Document<'_> {
    /// The bytes of the page that a text node or an element comes from.
    ///
    /// A text has the range of its characters as they are written, with their character
    /// references. An element has the range from the `<` of its start tag to the end of the last
    /// thing in it; its end tag is not part of it.
    ///
    /// `None` for the document node, for elements without a start tag of their own (`<tbody>` where
    /// only rows are written, second copies of misnested formatting elements), and for documents
    /// that were not made from a page. Time: in the depth of the element.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let page = "<p>one <b>two &amp; three</b></p>";
    /// let document = Document::parse(page);
    /// let bold = document.descendants(document.root()).find(|n| document.tag(*n) == Tag::B).unwrap();
    /// assert_eq!(&page[document.source_range(bold).unwrap()], "<b>two &amp; three");
    /// let text = document.first_child(bold).unwrap();
    /// assert_eq!(document.text(text), "two & three");
    /// assert_eq!(&page[document.source_range(text).unwrap()], "two &amp; three");
    /// ```
    pub fn source_range(&self, id: NodeId) -> Option<Range<usize>> {
        match self.node(id).kind {
            NodeKind::Document => None,
            NodeKind::Text => self.text_place(self.node(id).text_range()),
            NodeKind::Element => {
                let start = self.node(id).place()?;
                let tag = end_of_tag(self.source, start).unwrap_or(start);
                let end = self.end_of_content(id).unwrap_or(tag);
                Some(start..end.max(tag))
            }
        }
    }

    /// The end of the last thing in an element, as far as it has a place.
    fn end_of_content(&self, id: NodeId) -> Option<usize> {
        let mut end = None;
        let mut next = self.last_child(id);
        while let Some(id) = next {
            let node = self.node(id);
            next = self.last_child(id);
            let here = match node.kind {
                NodeKind::Text => self.text_place(node.text_range()).map(|place| place.end),
                _ => node.place().and_then(|place| end_of_tag(self.source, place)),
            };
            end = end.max(here);
        }
        end
    }

    fn text_place(&self, text: TextRange) -> Option<Range<usize>> {
        let start = text.start as usize;
        if start < side_start(self.source) {
            return Some(start..start + text.len as usize);
        }
        // Attribute values and replaced NULs stand in the side buffer, too, and have no origin.
        let behind = self.origins.partition_point(|origin| origin.text.start <= text.start);
        let origin = self.origins.get(behind.checked_sub(1)?)?;
        let inside = text.end() <= origin.text.end();
        let written = origin.written;
        inside.then_some(written.start as usize..written.end() as usize)
    }
}
