//! The tokenizer of the HTML standard over one contiguous text.
//!
//! It walks the page once, from one interesting byte to the next (`memchr`), and hands what it
//! finds to an [`Emit`] as byte ranges of the page. It decodes nothing by itself: most text stands
//! for itself, most attributes are never read, and the receiver knows which.
//!
//! The standard's states that only collect characters have no counterpart here; a run of text, a
//! name or a value is found as a whole. Parse errors are not reported.

mod charref;
mod declaration;
mod raw;
mod tag;
mod text;

pub(crate) use tag::end_of_tag;
pub(crate) use text::{Coding, decode_attribute, decode_text};

use html5ever::tokenizer::Doctype;
use memchr::{memchr, memchr2};
use std::ops::Range;

/// Receives what the tokenizer finds, in the order of the page. All ranges are byte ranges of the
/// page and end at character boundaries.
pub(crate) trait Emit {
    /// A run of text in which each byte stands for itself, and the length of white space at its
    /// start, as far as it is known.
    fn text(&mut self, run: Range<usize>, lead: usize);

    /// A run of text that [`decode_text`] turns into what it stands for.
    fn coded_text(&mut self, run: Range<usize>, coding: Coding);

    /// A NUL where the tree builder decides what becomes of it.
    fn null(&mut self);

    /// A start tag begins; its attributes follow, then [`Emit::start_tag`]. If the page ends
    /// inside the tag, there is no such call and the tag does not count.
    fn open_tag(&mut self, name: Range<usize>);

    /// An attribute of the start tag, as written: names may be in upper case and may repeat.
    /// `coded` says whether [`decode_attribute`] may have something to decode in the value.
    fn attribute(&mut self, name: Range<usize>, value: Range<usize>, coded: bool);

    /// The start tag is complete; says how to read on.
    fn start_tag(&mut self, tag: Range<usize>, self_closing: bool) -> Next;

    /// An end tag; says how to read on.
    fn end_tag(&mut self, name: Range<usize>) -> Next;

    /// A comment, or what the standard makes one.
    fn comment(&mut self, content: Range<usize>);

    /// A document type.
    fn doctype(&mut self, doctype: Doctype);

    /// Whether the innermost open element is of SVG or MathML, where CDATA sections are text.
    fn in_foreign_content(&self) -> bool;

    /// The page ends.
    fn end(&mut self);
}

/// How to read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// As markup.
    Data,
    /// As text with character references, up to the end tag (`<title>`, `<textarea>`).
    Rcdata,
    /// As text, up to the end tag (`<style>`, `<iframe>`, …).
    Rawtext,
    /// As a script, up to its end tag by the rules for scripts.
    Script,
    /// As text, to the end of the page.
    Plaintext,
    /// Not at all: the receiver has had enough.
    Stop,
}

/// Reads a page from its start, or from behind its byte order mark.
pub(crate) fn tokenize<E: Emit>(page: &str, emit: E) -> E {
    let mut tokenizer = Tokenizer::new(page, emit);
    if page.starts_with('\u{feff}') {
        tokenizer.pos = '\u{feff}'.len_utf8();
    }
    tokenizer.run(Next::Data)
}

/// A run of text, from a place that is known.
struct Run {
    /// The length of the white space at its start; there may be more behind it.
    lead: usize,
    end: usize,
    /// Whether it may hold character references.
    coded: bool,
}

/// The place in the page, and where to report to.
pub(crate) struct Tokenizer<'h, E> {
    page: &'h str,
    bytes: &'h [u8],
    pos: usize,
    /// Whether the page holds a carriage return or a NUL, which few do; text without them needs
    /// no second look.
    has_controls: bool,
    /// The name, as written, of the start tag whose end tag ends a run of raw text.
    raw_name: &'h str,
    emit: E,
}

impl<'h, E: Emit> Tokenizer<'h, E> {
    pub(crate) fn new(page: &'h str, emit: E) -> Self {
        let bytes = page.as_bytes();
        let has_controls = memchr2(b'\r', 0, bytes).is_some();
        Self { page, bytes, pos: 0, has_controls, raw_name: "", emit }
    }

    /// As if the last start tag had this name.
    #[allow(dead_code, reason = "the standard's tests start inside elements")]
    pub(crate) fn with_raw_name(self, raw_name: &'h str) -> Self {
        Self { raw_name, ..self }
    }

    /// Reads the page to its end.
    pub(crate) fn run(mut self, start: Next) -> E {
        let mut next = start;
        while self.pos < self.bytes.len() {
            next = match next {
                Next::Data => self.data(),
                Next::Rcdata => self.raw_text(Coding::Rcdata),
                Next::Rawtext => self.raw_text(Coding::Raw),
                Next::Script => self.script(),
                Next::Plaintext => {
                    self.run_of_text(self.pos..self.bytes.len(), Some(Coding::Raw));
                    self.stop()
                }
                Next::Stop => self.stop(),
            };
        }
        self.emit.end();
        self.emit
    }

    fn stop(&mut self) -> Next {
        self.pos = self.bytes.len();
        Next::Stop
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// Text and the markup behind it, again and again, until the receiver wants another mode.
    fn data(&mut self) -> Next {
        while self.pos < self.bytes.len() {
            let start = self.pos;
            let Run { lead, end, coded } = self.find_markup(start);
            if end > start && !self.has_controls && !coded {
                self.emit.text(start..end, lead);
            } else if end > start {
                self.run_of_text(start..end, coded.then_some(Coding::References));
            }
            self.pos = end;
            let next = self.markup();
            if next != Next::Data {
                return next;
            }
        }
        Next::Data
    }

    /// The run of text up to the next `<` that opens markup.
    #[inline]
    fn find_markup(&self, start: usize) -> Run {
        let mut coded = false;
        let mut pos = start;
        // Between two tags there is mostly nothing, or white space.
        while matches!(self.byte(pos), Some(b' ' | b'\n' | b'\t')) {
            pos += 1;
        }
        let lead = pos - start;
        loop {
            let rest = &self.bytes[pos..];
            let found = if coded { memchr(b'<', rest) } else { memchr2(b'<', b'&', rest) };
            let Some(found) = found else {
                return Run { lead, end: self.bytes.len(), coded };
            };
            pos += found + 1;
            let next = self.byte(pos);
            if self.bytes[pos - 1] == b'&' {
                coded = next.is_some_and(|next| next == b'#' || next.is_ascii_alphanumeric());
            } else if matches!(next, Some(b'a'..=b'z' | b'A'..=b'Z' | b'!' | b'?'))
                || next == Some(b'/') && pos + 1 < self.bytes.len()
            {
                return Run { lead, end: pos - 1, coded };
            }
        }
    }

    /// Reports a run of text, with its NULs apart where the tree builder decides about them.
    fn run_of_text(&mut self, run: Range<usize>, coding: Option<Coding>) {
        if !self.has_controls {
            return match coding {
                None | Some(Coding::Raw | Coding::Section) => self.emit.text(run, 0),
                Some(coding) => self.emit.coded_text(run, coding),
            };
        }
        let keeps_nulls = matches!(coding, None | Some(Coding::References | Coding::Section));
        let mut start = run.start;
        while let Some(len) = memchr(0, &self.bytes[start..run.end]).filter(|_| keeps_nulls) {
            self.run_without_nulls(start..start + len, coding);
            self.emit.null();
            start += len + 1;
        }
        self.run_without_nulls(start..run.end, coding);
    }

    fn run_without_nulls(&mut self, run: Range<usize>, coding: Option<Coding>) {
        if run.is_empty() {
            return;
        }
        // Most carriage returns stand before the line feed at the start of a run of white space.
        let skip = usize::from(self.bytes[run.clone()].starts_with(b"\r\n"));
        let rest = run.start + skip..run.end;
        let controls = memchr2(b'\r', 0, &self.bytes[rest.clone()]).is_some();
        match coding {
            None | Some(Coding::Raw | Coding::Section) if !controls => self.emit.text(rest, 0),
            coding => self.emit.coded_text(run, coding.unwrap_or(Coding::Raw)),
        }
    }

    /// What a `<` at the current place opens.
    fn markup(&mut self) -> Next {
        match self.byte(self.pos + 1) {
            Some(b'/') => match self.byte(self.pos + 2) {
                Some(b'a'..=b'z' | b'A'..=b'Z') => self.end_tag(),
                Some(b'>') => {
                    self.pos += 3;
                    Next::Data
                }
                _ => self.bogus_comment(self.pos + 2),
            },
            Some(b'!') => self.declaration(),
            Some(b'?') => self.bogus_comment(self.pos + 1),
            Some(_) => self.start_tag(),
            None => Next::Data,
        }
    }
}

/// White space in tags, with the carriage return that the standard turns into a line feed.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}
