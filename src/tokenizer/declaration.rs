//! What begins with `<!` and `<?`: comments, document types, CDATA sections.

use super::{Coding, Emit, Next, Tokenizer, decode_text, is_space};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::Doctype;
use memchr::{memchr, memmem};
use std::ops::Range;

impl<E: Emit> Tokenizer<'_, E> {
    /// What the `<!` at the current place opens.
    pub(super) fn declaration(&mut self) -> Next {
        let rest = &self.bytes[self.pos + 2..];
        if rest.starts_with(b"--") {
            self.comment(self.pos + 4)
        } else if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            self.doctype(self.pos + 9)
        } else if rest.starts_with(b"[CDATA[") && self.emit.in_foreign_content() {
            self.section(self.pos + 9)
        } else {
            self.bogus_comment(self.pos + 2)
        }
    }

    /// Everything up to the next `>`.
    pub(super) fn bogus_comment(&mut self, start: usize) -> Next {
        let len = memchr(b'>', &self.bytes[start..]);
        let end = len.map_or(self.bytes.len(), |len| start + len);
        self.emit.comment(start..end);
        self.pos = (end + 1).min(self.bytes.len());
        Next::Data
    }

    /// A comment whose content begins at `start`.
    fn comment(&mut self, start: usize) -> Next {
        let (content, end) = comment_end(self.bytes, start);
        self.emit.comment(content);
        self.pos = end;
        Next::Data
    }

    fn section(&mut self, start: usize) -> Next {
        let len = memmem::find(&self.bytes[start..], b"]]>");
        let end = len.map_or(self.bytes.len(), |len| start + len);
        self.run_of_text(start..end, Some(Coding::Section));
        self.pos = (end + 3).min(self.bytes.len());
        Next::Data
    }

    fn doctype(&mut self, start: usize) -> Next {
        let mut reader = DoctypeReader { page: self.page, pos: start };
        let doctype = reader.read();
        self.pos = reader.pos;
        self.emit.doctype(doctype);
        Next::Data
    }
}

/// The content of a comment that begins at `start`, and the place behind the comment.
fn comment_end(bytes: &[u8], start: usize) -> (Range<usize>, usize) {
    let rest = &bytes[start..];
    if rest.starts_with(b">") {
        return (start..start, start + 1);
    }
    if rest.starts_with(b"->") {
        return (start..start, start + 2);
    }
    let mut pos = start;
    while let Some(found) = memmem::find(&bytes[pos..], b"--") {
        let dashes = pos + found;
        let run = bytes[dashes..].iter().take_while(|byte| **byte == b'-').count();
        pos = dashes + run;
        if bytes[pos..].starts_with(b">") {
            return (start..pos - 2, pos + 1);
        }
        if bytes[pos..].starts_with(b"!>") {
            return (start..pos - 2, pos + 2);
        }
    }
    // The page ends in the comment; what might have begun its end is not content.
    let mut end = bytes.len();
    let rest = &bytes[start..];
    if rest.ends_with(b"--!") {
        end -= 3;
    } else if rest.ends_with(b"--") {
        end -= 2;
    } else if rest.ends_with(b"-") {
        end -= 1;
    }
    (start..end, bytes.len())
}

/// Reads a document type, state by state; there is one on a page.
struct DoctypeReader<'h> {
    page: &'h str,
    pos: usize,
}

impl<'h> DoctypeReader<'h> {
    fn read(&mut self) -> Doctype {
        let mut doctype = Doctype::default();
        self.skip_space();
        let name = self.take_while(|byte| !is_space(byte) && byte != b'>');
        if name.is_empty() {
            doctype.force_quirks = true;
            self.end();
            return doctype;
        }
        doctype.name = Some(decoded(name).to_ascii_lowercase().into());
        self.skip_space();
        let complete = match self.peek() {
            Some(b'>') => true,
            None => false,
            Some(_) if self.keyword("public") => self.public(&mut doctype),
            Some(_) if self.keyword("system") => self.system(&mut doctype),
            Some(_) => false,
        };
        doctype.force_quirks |= !complete;
        self.end();
        doctype
    }

    /// Reads the identifiers behind `PUBLIC`; says whether they are well formed.
    fn public(&mut self, doctype: &mut Doctype) -> bool {
        self.skip_space();
        let Some((id, closed)) = self.quoted() else { return false };
        doctype.public_id = Some(id);
        if !closed {
            return false;
        }
        self.skip_space();
        match self.peek() {
            Some(b'>') => true,
            Some(b'"' | b'\'') => self.system(doctype),
            _ => false,
        }
    }

    /// Reads the identifier behind `SYSTEM`; says whether it is well formed.
    fn system(&mut self, doctype: &mut Doctype) -> bool {
        self.skip_space();
        let Some((id, closed)) = self.quoted() else { return false };
        doctype.system_id = Some(id);
        if !closed {
            return false;
        }
        self.skip_space();
        // What follows the identifier is an error that changes nothing, unless the page ends.
        self.peek().is_some()
    }

    /// An identifier in quotes, and whether its closing quote stands before the next `>`.
    fn quoted(&mut self) -> Option<(StrTendril, bool)> {
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''))?;
        self.pos += 1;
        let id = self.take_while(|byte| byte != quote && byte != b'>');
        let closed = self.peek() == Some(quote);
        self.pos += usize::from(closed);
        Some((decoded(id).into(), closed))
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let end = self.pos + keyword.len();
        let here = self.page.as_bytes().get(self.pos..end);
        let found = here.is_some_and(|here| here.eq_ignore_ascii_case(keyword.as_bytes()));
        if found {
            self.pos = end;
        }
        found
    }

    fn peek(&self) -> Option<u8> {
        self.page.as_bytes().get(self.pos).copied()
    }

    fn skip_space(&mut self) {
        self.take_while(is_space);
    }

    /// The bytes up to the first that does not fit, which is an ASCII character.
    fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'h str {
        let start = self.pos;
        let rest = &self.page.as_bytes()[start..];
        self.pos += rest.iter().take_while(|byte| fits(**byte)).count();
        &self.page[start..self.pos]
    }

    /// Goes behind the next `>`.
    fn end(&mut self) {
        self.take_while(|byte| byte != b'>');
        self.pos = (self.pos + 1).min(self.page.len());
    }
}

fn decoded(raw: &str) -> String {
    let mut out = String::new();
    decode_text(raw, Coding::Raw, &mut out);
    out
}
