//! Tokens as plain values, from the tokenizer under test and from html5ever's own.

use crate::tokenizer::{Coding, Emit, Next, Tokenizer, decode_attribute, decode_text};
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, State};
use html5ever::tokenizer::{
    Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer as Oracle, TokenizerOpts,
};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult, local_name, ns};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::ops::Range;

/// A token without what no reader of a page can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Doctype { name: Option<String>, public: Option<String>, system: Option<String>, quirks: bool },
    Start { name: String, attrs: Vec<(String, String)>, self_closing: bool, duplicates: bool },
    End { name: String },
    Comment(String),
    Text(String),
    Null,
    Eof,
}

/// Collects tokens, joins neighbouring texts, and asks for raw text where HTML does.
#[derive(Default)]
pub struct Collector {
    pub seen: RefCell<Vec<Seen>>,
    /// How many `<svg>` are open.
    foreign: Cell<usize>,
}

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut seen = self.seen.borrow_mut();
        let mut result = TokenSinkResult::Continue;
        let string = |text: StrTendril| text.to_string();
        let token = match token {
            Token::ParseError(_) => return result,
            Token::DoctypeToken(doctype) => Seen::Doctype {
                name: doctype.name.map(string),
                public: doctype.public_id.map(string),
                system: doctype.system_id.map(string),
                quirks: doctype.force_quirks,
            },
            Token::TagToken(Tag { kind: TagKind::EndTag, name, .. }) => {
                if name == local_name!("svg") {
                    self.foreign.set(self.foreign.get().saturating_sub(1));
                }
                Seen::End { name: name.to_string() }
            }
            Token::TagToken(tag) => {
                result = how_to_read_on(&tag.name);
                if tag.name == local_name!("svg") {
                    self.foreign.set(self.foreign.get() + 1);
                }
                let pair = |attr: Attribute| (attr.name.local.to_string(), attr.value.to_string());
                Seen::Start {
                    name: tag.name.to_string(),
                    attrs: tag.attrs.into_iter().map(pair).collect(),
                    self_closing: tag.self_closing,
                    duplicates: tag.had_duplicate_attributes,
                }
            }
            Token::CommentToken(text) => Seen::Comment(text.to_string()),
            Token::CharacterTokens(text) => match seen.last_mut() {
                Some(Seen::Text(last)) => {
                    last.push_str(&text);
                    return result;
                }
                _ if text.is_empty() => return result,
                _ => Seen::Text(text.to_string()),
            },
            Token::NullCharacterToken => Seen::Null,
            Token::EOFToken => Seen::Eof,
        };
        seen.push(token);
        result
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.foreign.get() > 0
    }
}

fn how_to_read_on(name: &LocalName) -> TokenSinkResult<()> {
    match &**name {
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" => TokenSinkResult::RawData(RawKind::Rawtext),
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

/// Makes whole html5ever tokens for any sink of them.
struct Whole<'h, S> {
    page: &'h str,
    sink: S,
    name: String,
    attrs: Vec<Attribute>,
    names: HashSet<String>,
    duplicates: bool,
}

impl<S: TokenSink> Whole<'_, S> {
    fn send(&self, token: Token) -> Next {
        match self.sink.process_token(token, 1) {
            TokenSinkResult::Plaintext => Next::Plaintext,
            TokenSinkResult::RawData(RawKind::Rcdata) => Next::Rcdata,
            TokenSinkResult::RawData(RawKind::Rawtext) => Next::Rawtext,
            TokenSinkResult::RawData(_) => Next::Script,
            _ => Next::Data,
        }
    }

    fn name(&self, range: Range<usize>) -> String {
        self.page[range].to_ascii_lowercase().replace('\0', "\u{fffd}")
    }

    fn tag(&mut self, kind: TagKind, self_closing: bool) -> Next {
        let attrs = std::mem::take(&mut self.attrs);
        self.send(Token::TagToken(Tag {
            kind,
            name: LocalName::from(self.name.as_str()),
            self_closing,
            attrs,
            had_duplicate_attributes: self.duplicates,
        }))
    }
}

impl<S: TokenSink> Emit for Whole<'_, S> {
    fn text(&mut self, run: Range<usize>, _lead: usize) {
        self.send(Token::CharacterTokens(self.page[run].into()));
    }

    fn coded_text(&mut self, run: Range<usize>, coding: Coding) {
        let mut text = String::new();
        decode_text(&self.page[run], coding, &mut text);
        self.send(Token::CharacterTokens(text.into()));
    }

    fn null(&mut self) {
        self.send(Token::NullCharacterToken);
    }

    fn open_tag(&mut self, name: Range<usize>) {
        self.name = self.name(name);
        self.attrs.clear();
        self.names.clear();
        self.duplicates = false;
    }

    fn attribute(&mut self, name: Range<usize>, value: Range<usize>, coded: bool) {
        let name = self.name(name);
        let local = LocalName::from(name.as_str());
        if !self.names.insert(name) {
            self.duplicates = true;
            return;
        }
        let raw = &self.page[value];
        let mut decoded = String::new();
        let changed = coded && decode_attribute(raw, &mut decoded);
        let value = if changed { decoded.into() } else { raw.into() };
        self.attrs.push(Attribute { name: QualName::new(None, ns!(), local), value });
    }

    fn start_tag(&mut self, _tag: Range<usize>, self_closing: bool) -> Next {
        self.tag(TagKind::StartTag, self_closing)
    }

    fn end_tag(&mut self, name: Range<usize>) -> Next {
        self.open_tag(name);
        self.tag(TagKind::EndTag, false)
    }

    fn comment(&mut self, content: Range<usize>) {
        let mut text = String::new();
        decode_text(&self.page[content], Coding::Raw, &mut text);
        self.send(Token::CommentToken(text.into()));
    }

    fn doctype(&mut self, doctype: Doctype) {
        self.send(Token::DoctypeToken(doctype));
    }

    fn in_foreign_content(&self) -> bool {
        self.sink.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn end(&mut self) {
        self.send(Token::EOFToken);
        self.sink.end();
    }
}

/// The tokens of a page by the tokenizer under test, from a mode and a last start tag on.
pub fn ours(page: &str, start: Next, last_start_tag: &str) -> Vec<Seen> {
    let whole = Whole {
        page,
        sink: Collector::default(),
        name: String::new(),
        attrs: Vec::new(),
        names: HashSet::new(),
        duplicates: false,
    };
    // The tag's name is borrowed for as long as the page.
    let whole = Tokenizer::new(page, whole).with_raw_name(last_start_tag).run(start);
    whole.sink.seen.into_inner()
}

/// The tokens of a page by html5ever's tokenizer.
pub fn oracle(page: &str, state: State) -> Vec<Seen> {
    // html5ever would discard a byte order mark behind each `</script>`, too.
    let opts = TokenizerOpts {
        initial_state: Some(state),
        discard_bom: false,
        ..TokenizerOpts::default()
    };
    let tokenizer = Oracle::new(Collector::default(), opts);
    let input = BufferQueue::default();
    input.push_back(page.into());
    while tokenizer.feed(&input) != TokenizerResult::Done {}
    tokenizer.end();
    tokenizer.sink.seen.into_inner()
}
