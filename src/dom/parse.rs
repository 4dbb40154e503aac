//! From the tokenizer's ranges to the tree.
//!
//! What decides about the tree (names, kinds, the order of things) goes to html5ever's tree builder
//! as tokens. What does not, texts and attribute values, stays behind: the tokens carry stand-ins.

mod attributes;

use super::budget::{LimitsHit, ParseBudget};
use super::guard::{Census, Entry, Guard};
use super::names::{CODE, FORMATTING, Name, WATCHED};
use super::node::{AttrEntry, AttrRange, Origin, TextRange};
use super::sink::{Handle, Piece, REPLACEMENT, Sink};
use super::{Document, side_start};
use crate::tokenizer::{Coding, Emit, Next, decode_text, tokenize};
use attributes::OpenTag;
use html5ever::interface::Tracer;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{self as tokens, Doctype, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

/// What `u32` offsets can hold with room for the side buffer, which may be longer than the page.
const MAX_BYTES: usize = 1 << 30;

/// Parses a page into a document.
pub(super) fn parse<'h>(html: &'h str, budget: &ParseBudget) -> Document<'h> {
    let mut end = html.len().min(MAX_BYTES);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let source = &html[..end];
    let mut document = tokenize(source, Parser::new(source, budget)).finish();
    document.limits.bytes = source.len() < html.len();
    document
}

/// How many nodes to expect: about one for each `<`, for a tag in two has text before it and an
/// element in two has an end tag; but no more than a dense page has.
fn expected_nodes(source: &str) -> usize {
    memchr::memchr_iter(b'<', source.as_bytes()).count().min(source.len() / 12) + 16
}

/// Feeds the tree builder, and keeps what the tokens leave out.
struct Parser<'h> {
    source: &'h str,
    side: String,
    origins: Vec<Origin>,
    attrs: Vec<AttrEntry>,
    builder: TreeBuilder<Handle, Sink>,
    guard: Guard,
    tag: OpenTag,
    /// The attributes of formatting elements, by a hash of all their names and values.
    alike: HashMap<u64, AttrRange>,
    /// Whether the text to come is no markup, and whether it is that of a script or a style sheet.
    in_text: bool,
    in_code: bool,
}

impl<'h> Parser<'h> {
    fn new(source: &'h str, budget: &ParseBudget) -> Self {
        // `<noscript>` is parsed as markup: lazy images and whole threads stand in it.
        let opts = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let sink = Sink::new(expected_nodes(source), budget.max_names());
        Self {
            source,
            side: String::new(),
            origins: Vec::new(),
            attrs: Vec::new(),
            builder: TreeBuilder::new(sink, opts),
            guard: Guard::new(budget),
            tag: OpenTag::default(),
            alike: HashMap::new(),
            in_text: false,
            in_code: false,
        }
    }

    fn finish(self) -> Document<'h> {
        let Self { source, side, origins, attrs, builder, guard, .. } = self;
        let Sink { arena, names, .. } = builder.sink;
        let limits = LimitsHit { names: names.refused(), ..guard.into_hit() };
        Document { source, side, origins, arena: arena.into_inner(), attrs, limits }
    }

    fn resolve(&self, range: TextRange) -> &str {
        super::resolve(self.source, &self.side, range)
    }

    /// Writes something into the side buffer and returns its place.
    fn write_side(&mut self, write: impl FnOnce(&mut String)) -> TextRange {
        let start = self.side.len();
        write(&mut self.side);
        self.side_range(start)
    }

    /// The place of what the side buffer holds from `start` on.
    fn side_range(&self, start: usize) -> TextRange {
        let behind = side_start(self.source);
        TextRange::of(behind + start..behind + self.side.len())
    }

    /// Whether the document may have more nodes.
    fn admits_nodes(&mut self) -> bool {
        self.guard.admits_nodes(self.builder.sink.arena.borrow().len())
    }

    fn send(&self, token: Token) -> Next {
        match self.builder.process_token(token, 1) {
            TokenSinkResult::Continue
            | TokenSinkResult::Script(_)
            | TokenSinkResult::EncodingIndicator(_) => Next::Data,
            TokenSinkResult::Plaintext => Next::Plaintext,
            TokenSinkResult::RawData(RawKind::Rcdata) => Next::Rcdata,
            TokenSinkResult::RawData(RawKind::Rawtext) => Next::Rawtext,
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => {
                Next::Script
            }
        }
    }

    /// Sends a token at which the tree builder lets go of the texts that it held back.
    fn send_releasing(&self, token: Token) -> Next {
        let sink = &self.builder.sink;
        sink.released.set(0);
        let next = self.send(token);
        sink.held.borrow_mut().clear();
        next
    }

    /// Sends a text that starts with `lead` bytes of white space, or more.
    fn send_text(&mut self, range: TextRange, lead: usize) {
        if !self.admits_nodes() {
            return;
        }
        let text = self.resolve(range).as_bytes();
        let more = text[lead..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let lead = lead + more;
        if self.builder.sink.may_drop_words.get() && lead < text.len() {
            return self.send_words(range);
        }
        let line_feed = text.first() == Some(&b'\n');
        self.send_piece(Piece { range, lead: lead as u32, line_feed });
    }

    /// Sends words and the white space between them apart.
    fn send_words(&self, range: TextRange) {
        let text = self.resolve(range).as_bytes();
        let alike = |a: &u8, b: &u8| a.is_ascii_whitespace() == b.is_ascii_whitespace();
        let mut start = range.start;
        for run in text.chunk_by(alike) {
            let len = run.len() as u32;
            let lead = if run[0].is_ascii_whitespace() { len } else { 0 };
            let range = TextRange { start, len };
            self.send_piece(Piece { range, lead, line_feed: run[0] == b'\n' });
            start += len;
        }
    }

    fn send_piece(&self, piece: Piece) {
        let sink = &self.builder.sink;
        sink.piece.set(Some(piece));
        self.send(Token::CharacterTokens(StrTendril::from_slice(piece.stand_in())));
        if let Some(piece) = sink.piece.take() {
            sink.held.borrow_mut().push(piece);
        }
    }

    /// Gives the element that a start tag has made its place in the page and its attributes.
    #[inline]
    fn finish_element(&mut self, place: usize, attrs: AttrRange) {
        let sink = &self.builder.sink;
        if let Some(id) = sink.made.take() {
            let mut arena = sink.arena.borrow_mut();
            let node = arena.node_mut(id);
            node.set_place(place);
            node.set_attr_range(attrs);
        } else if let Some(id) = sink.late_attrs.take() {
            self.add_attrs(id, attrs);
        }
    }

    /// Closes all formatting elements that the tree builder would open again in the next block.
    fn close_formatting(&mut self) {
        let mut names = Vec::new();
        for handle in Self::handles(&self.builder).into_iter().filter(|h| h.name.is(FORMATTING)) {
            names.push(handle.name);
        }
        for name in names {
            self.send_end_tag(name);
        }
    }

    fn send_end_tag(&self, name: Name) -> Next {
        let sink = &self.builder.sink;
        sink.tag_name.set(Some(name));
        self.send_releasing(Token::TagToken(tokens::Tag {
            kind: TagKind::EndTag,
            name: sink.names.local(name).clone(),
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        }))
    }

    /// The elements that are open or remembered.
    fn handles(builder: &TreeBuilder<Handle, Sink>) -> Vec<Handle> {
        let tally = Tally::default();
        builder.trace_handles(&tally);
        let mut handles = tally.0.into_inner();
        // An element may be open and be remembered as a formatting element, too.
        handles.sort_unstable_by_key(|handle| handle.id);
        handles.dedup_by_key(|handle| handle.id);
        handles
    }

    /// Whether the element that is open is of SVG or MathML.
    fn is_foreign(builder: &TreeBuilder<Handle, Sink>) -> bool {
        builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn census(builder: &TreeBuilder<Handle, Sink>) -> Census {
        let handles = Self::handles(builder);
        let formatting = handles.iter().filter(|handle| handle.name.is(FORMATTING)).count();
        Census { elements: handles.len(), formatting }
    }
}

/// The handles that the tree builder holds.
#[derive(Default)]
struct Tally(RefCell<Vec<Handle>>);

impl Tracer for Tally {
    type Handle = Handle;

    fn trace_handle(&self, node: &Handle) {
        self.0.borrow_mut().push(*node);
    }
}

impl Emit for Parser<'_> {
    fn text(&mut self, run: Range<usize>, lead: usize) {
        self.send_text(TextRange::of(run), lead);
    }

    fn coded_text(&mut self, run: Range<usize>, coding: Coding) {
        if self.in_code && coding == Coding::Raw {
            // Nobody reads line ends and NULs in code, and it may be long.
            return self.text(run, 0);
        }
        let raw = &self.source[run.clone()];
        let range = self.write_side(|side| decode_text(raw, coding, side));
        self.origins.push(Origin { text: range, written: TextRange::of(run) });
        self.send_text(range, 0);
    }

    fn null(&mut self) {
        if !self.admits_nodes() {
            return;
        }
        if self.builder.sink.replacement.get().len == 0 {
            let range = self.write_side(|side| side.push_str(REPLACEMENT));
            self.builder.sink.replacement.set(range);
        }
        self.send(Token::NullCharacterToken);
    }

    fn open_tag(&mut self, name: Range<usize>) {
        let name = self.builder.sink.names.written(&self.source[name]);
        self.tag.name = Some(name);
        self.tag.attrs = self.attrs.len();
        self.tag.seen = 0;
        if name.is(FORMATTING | WATCHED) {
            self.tag.watched = None;
            self.tag.written.clear();
        }
    }

    #[inline]
    fn attribute(&mut self, name: Range<usize>, value: Range<usize>, coded: bool) {
        self.add_attribute(name, value, coded);
    }

    fn start_tag(&mut self, tag: Range<usize>, self_closing: bool) -> Next {
        let Some(name) = self.tag.name else { return Next::Data };
        if !self.admits_nodes() {
            return Next::Stop;
        }
        let Self { builder, guard, .. } = self;
        let sink = &builder.sink;
        let census = || Self::census(builder);
        let is_foreign = || Self::is_foreign(builder);
        let entry = guard.admits_start(name, sink.elements.get(), census, is_foreign);
        if entry == Entry::LeftOut {
            self.attrs.truncate(self.tag.attrs);
            return Next::Data;
        }
        if guard.is_flooded(sink.elements.get()) {
            self.close_formatting();
        }
        let sink = &self.builder.sink;
        sink.tag_name.set(Some(name));
        sink.made.set(None);
        sink.late_attrs.set(None);
        let local = sink.names.local(name).clone();
        let len = self.attrs.len() - self.tag.attrs;
        let own = AttrRange { start: self.tag.attrs as u32, len: len as u8 };
        let attrs = self.token_attrs(name, own);
        let next = self.send_releasing(Token::TagToken(tokens::Tag {
            kind: TagKind::StartTag,
            name: local,
            self_closing: self_closing || entry == Entry::Closed,
            attrs,
            had_duplicate_attributes: false,
        }));
        self.finish_element(tag.start, own);
        self.in_text = next != Next::Data;
        self.in_code = self.in_text && name.is(CODE);
        next
    }

    fn end_tag(&mut self, name: Range<usize>) -> Next {
        if !self.admits_nodes() {
            return Next::Stop;
        }
        let name = self.builder.sink.names.written(&self.source[name]);
        let ends_text = std::mem::take(&mut self.in_text);
        if !self.guard.admits_end(name, ends_text) {
            return Next::Data;
        }
        self.in_code = false;
        self.send_end_tag(name)
    }

    fn comment(&mut self, _content: Range<usize>) {
        if self.admits_nodes() {
            self.send_releasing(Token::CommentToken(StrTendril::new()));
        }
    }

    fn doctype(&mut self, doctype: Doctype) {
        self.send(Token::DoctypeToken(doctype));
    }

    fn in_foreign_content(&self) -> bool {
        Self::is_foreign(&self.builder)
    }

    fn end(&mut self) {
        // A tag that the page's end cut off has left its attributes.
        self.send_releasing(Token::EOFToken);
        self.builder.end();
    }
}
