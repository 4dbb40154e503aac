//! The tree sink that html5ever's tree builder writes into.
//!
//! The tokens of [`parse`](super::parse) carry numbers in place of texts and attributes: all that
//! the tree builder does with those is to hand them on. The sink turns the numbers back.

use super::arena::{Arena, some};
use super::names::{Name, Names};
use super::node::{AttrRange, Node, NodeId, TextRange};
use super::tags::Tag;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, QualName, local_name, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// The handle of a node while the tree is built, with its name, for which the tree builder asks
/// again and again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Handle {
    pub id: NodeId,
    pub name: Name,
    space: Space,
    /// An `<annotation-xml>` in which HTML may stand.
    html_inside: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Space {
    Html,
    Svg,
    MathMl,
}

static HTML: Namespace = ns!(html);
static SVG: Namespace = ns!(svg);
static MATH_ML: Namespace = ns!(mathml);

/// A run of text on its way through the tree builder, which may drop the line feed at its start
/// and may split off its white space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub range: TextRange,
    /// The length of the white space that it starts with.
    pub lead: u32,
    /// Whether it starts with a line feed.
    pub line_feed: bool,
}

impl Piece {
    /// The text that stands for the piece in its token: a line feed, a space for further white
    /// space, and a letter for the rest, if the piece has them.
    pub fn stand_in(self) -> &'static str {
        let space = self.lead > u32::from(self.line_feed);
        match (self.line_feed, space, self.range.len > self.lead) {
            (false, false, _) => "x",
            (false, true, false) => " ",
            (false, true, true) => " x",
            (true, false, false) => "\n",
            (true, false, true) => "\nx",
            (true, true, false) => "\n ",
            (true, true, true) => "\n x",
        }
    }

    /// The part for which a part of the stand-in stands.
    fn part(self, stand_in: &str) -> TextRange {
        let start = match stand_in.as_bytes().first() {
            Some(b'\n') => 0,
            Some(b' ') => u32::from(self.line_feed),
            _ => self.lead,
        };
        let end = if stand_in.ends_with('x') { self.range.len } else { self.lead };
        TextRange { start: self.range.start + start, len: end.saturating_sub(start) }
    }
}

/// The text that the tree builder puts in place of a NUL in SVG and MathML.
pub(super) const REPLACEMENT: &str = "\u{fffd}";

/// The tree under construction. Its methods take `&self`, so its state sits in cells.
pub(super) struct Sink {
    pub arena: RefCell<Arena>,
    pub names: Names,
    /// How many elements were made.
    pub elements: Cell<usize>,
    /// The name of the tag that is being processed: most elements have it.
    pub tag_name: Cell<Option<Name>>,
    /// The last element that was made with the name of the tag. Copies of formatting elements come
    /// before the tag's own.
    pub made: Cell<Option<NodeId>>,
    /// The run of text that is being processed.
    pub piece: Cell<Option<Piece>>,
    /// Runs of text that the tree builder holds back (in tables) until it has seen what follows,
    /// and how many of them it has let go since.
    pub held: RefCell<Vec<Piece>>,
    pub released: Cell<usize>,
    /// Where [`REPLACEMENT`] stands in the side buffer, once there was a NUL.
    pub replacement: Cell<TextRange>,
    /// The element that is to have the tag's attributes, too.
    pub late_attrs: Cell<Option<NodeId>>,
    /// Whether there is a place where words are dropped and the white space between them is not: a
    /// frameset, or columns in a template.
    pub may_drop_words: Cell<bool>,
    has_template: Cell<bool>,
}

/// Comments, doctypes and processing instructions get this handle and no node.
const NOT_KEPT: NodeId = NodeId(u32::MAX);

/// Writes a place among the attributes as eight letters, which a tendril stores without a heap.
pub(super) fn attrs_to_text(attrs: AttrRange) -> StrTendril {
    let bits = u64::from(attrs.start) << 8 | u64::from(attrs.len);
    let letters: [u8; 8] = std::array::from_fn(|i| b'@' + (bits >> (6 * i) & 0x3f) as u8);
    std::str::from_utf8(&letters).map(StrTendril::from_slice).unwrap_or_default()
}

/// Reads what [`attrs_to_text`] wrote into the first attribute, if it is that of a formatting
/// element.
fn attrs_from_text(attrs: &[Attribute]) -> AttrRange {
    let carrier = attrs.first().filter(|attr| attr.name.local.is_empty());
    let Some(carrier) = carrier else { return AttrRange::default() };
    let letters = carrier.value.bytes().enumerate();
    let bits = letters
        .fold(0, |bits, (i, letter)| bits | u64::from(letter.wrapping_sub(b'@') & 0x3f) << (6 * i));
    AttrRange { start: (bits >> 8) as u32, len: bits as u8 }
}

impl Sink {
    pub fn new(nodes: usize, max_names: usize) -> Self {
        Self {
            arena: RefCell::new(Arena::with_capacity(nodes)),
            names: Names::new(max_names),
            elements: Cell::new(0),
            tag_name: Cell::new(None),
            made: Cell::new(None),
            piece: Cell::new(None),
            held: RefCell::default(),
            released: Cell::new(0),
            replacement: Cell::default(),
            late_attrs: Cell::new(None),
            may_drop_words: Cell::new(false),
            has_template: Cell::new(false),
        }
    }

    /// The name of a new element, and whether it is the one that the current tag asks for.
    fn name_of(&self, local: &LocalName) -> (Name, bool) {
        let Some(tag_name) = self.tag_name.get() else { return (self.names.of(local), false) };
        let written = self.names.local(tag_name);
        if written == local {
            return (tag_name, true);
        }
        // The tree builder reads `<image>` as `<img>` and restores the upper case of SVG's names.
        let renamed = *local == local_name!("img") && *written == local_name!("image")
            || local.eq_ignore_ascii_case(written);
        (self.names.of(local), renamed)
    }

    /// The place of a text that the tree builder lets go.
    fn text_of(&self, stand_in: &str) -> TextRange {
        if stand_in == REPLACEMENT {
            return self.replacement.get();
        }
        match self.piece.get() {
            Some(piece) => {
                let part = piece.part(stand_in);
                if part.end() == piece.range.end() {
                    self.piece.set(None);
                }
                part
            }
            None => {
                let released = self.released.get();
                self.released.set(released + 1);
                let piece = self.held.borrow().get(released).copied();
                piece.map_or(TextRange::default(), |piece| piece.part(stand_in))
            }
        }
    }

    /// The node to be added, without a parent, unless there is none to add. `before` is the node
    /// that it will follow.
    fn node_of(&self, arena: &mut Arena, before: u32, child: NodeOrText<Handle>) -> Option<NodeId> {
        match child {
            NodeOrText::AppendNode(Handle { id: NOT_KEPT, .. }) => None,
            NodeOrText::AppendNode(Handle { id, .. }) => {
                arena.detach(id);
                Some(id)
            }
            NodeOrText::AppendText(text) => {
                let range = self.text_of(&text);
                // Where words come one by one, they must not become nodes one by one.
                let joined = self.may_drop_words.get()
                    && some(before).is_some_and(|before| arena.node_mut(before).join_text(range));
                (range.len > 0 && !joined).then(|| arena.push(Node::text(range)))
            }
        }
    }

    fn not_an_element(&self, id: NodeId) -> Handle {
        // No rule asks for the name of such a node.
        let name = self.names.written("html");
        Handle { id, name, space: Space::Html, html_inside: false }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.not_an_element(NodeId(0))
    }

    #[inline]
    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        let ns = match target.space {
            Space::Html => &HTML,
            Space::Svg => &SVG,
            Space::MathMl => &MATH_ML,
        };
        ExpandedName { ns, local: self.names.local(target.name) }
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let space = match name.ns {
            ns!(svg) => Space::Svg,
            ns!(mathml) => Space::MathMl,
            _ => Space::Html,
        };
        let (name, asked_for) = self.name_of(&name.local);
        let tag = name.tag();
        let mut node = Node::element(tag, attrs_from_text(&attrs));
        node.foreign = space != Space::Html;
        let id = self.arena.borrow_mut().push(node);
        self.elements.set(self.elements.get() + 1);
        if asked_for {
            self.made.set(Some(id));
        }
        match tag {
            Tag::Template => self.has_template.set(true),
            Tag::Frameset => self.may_drop_words.set(true),
            Tag::Col if self.has_template.get() => self.may_drop_words.set(true),
            _ => {}
        }
        Handle { id, name, space, html_inside: flags.mathml_annotation_xml_integration_point }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        self.not_an_element(NOT_KEPT)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        self.not_an_element(NOT_KEPT)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let mut arena = self.arena.borrow_mut();
        let last = arena.node(parent.id).last;
        if let Some(child) = self.node_of(&mut arena, last, child) {
            arena.append(parent.id, child);
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        prev_element: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let parent = some(self.arena.borrow().node(element.id).parent);
        match parent {
            Some(_) => self.append_before_sibling(element, child),
            None => self.append(prev_element, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        *target
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        let mut arena = self.arena.borrow_mut();
        let prev = arena.node(sibling.id).prev;
        if let Some(child) = self.node_of(&mut arena, prev, new_node) {
            arena.insert_before(sibling.id, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, _attrs: Vec<Attribute>) {
        self.late_attrs.set(Some(target.id));
    }

    fn remove_from_parent(&self, target: &Handle) {
        if target.id != NOT_KEPT {
            self.arena.borrow_mut().detach(target.id);
        }
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.arena.borrow_mut().move_children(node.id, new_parent.id);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        handle.html_inside
    }
}
