//! Elements whose content is text: `<title>`, `<style>`, `<script>` and their like.

use super::{Coding, Emit, Next, Tokenizer, is_space};
use memchr::{memchr, memchr2};
use std::ops::Range;

impl<E: Emit> Tokenizer<'_, E> {
    /// Text up to the end tag of the element that is open.
    pub(super) fn raw_text(&mut self, coding: Coding) -> Next {
        let mut pos = self.pos;
        while let Some(found) = memchr(b'<', &self.bytes[pos..]) {
            pos += found + 1;
            if self.is_end_tag(pos, self.raw_name) {
                return self.end_of_raw_text(pos - 1, coding);
            }
        }
        self.rest_is_text(coding)
    }

    /// A script up to its end tag. Between `<!--` and `-->` a `<script>` hides the next
    /// `</script>`.
    pub(super) fn script(&mut self) -> Next {
        let mut pos = self.pos;
        while let Some(found) = memchr(b'<', &self.bytes[pos..]) {
            pos += found + 1;
            if self.is_end_tag(pos, self.raw_name) {
                return self.end_of_raw_text(pos - 1, Coding::Raw);
            }
            if self.bytes[pos..].starts_with(b"!--") {
                pos += 3;
                match self.escaped_script(&mut pos) {
                    Escaped::Left => {}
                    Escaped::Element(end) => return self.end_of_raw_text(end, Coding::Raw),
                    Escaped::Page => break,
                }
            }
        }
        self.rest_is_text(Coding::Raw)
    }

    /// The part of a script behind a `<!--`, from `pos` on, which moves along.
    fn escaped_script(&self, pos: &mut usize) -> Escaped {
        let dashes = *pos - 2;
        let mut hidden = false;
        while let Some(found) = memchr2(b'<', b'>', &self.bytes[*pos..]) {
            let at = *pos + found;
            *pos = at + 1;
            if self.bytes[at] == b'>' {
                if at >= dashes + 2 && self.bytes[..at].ends_with(b"--") {
                    return Escaped::Left;
                }
            } else if hidden {
                if self.is_end_tag(*pos, "script") {
                    hidden = false;
                    *pos += "/script".len() + 1;
                }
            } else if self.is_end_tag(*pos, self.raw_name) {
                return Escaped::Element(at);
            } else if self.is_name(*pos, "script") {
                hidden = true;
                *pos += "script".len() + 1;
            }
        }
        Escaped::Page
    }

    /// Whether `/name` stands here and ends: an end tag, the `<` of which is just behind us.
    fn is_end_tag(&self, at: usize, name: &str) -> bool {
        self.byte(at) == Some(b'/') && !name.is_empty() && self.is_name(at + 1, name)
    }

    /// Whether a tag name that stands here is this one.
    fn is_name(&self, at: usize, name: &str) -> bool {
        let end = at + name.len();
        self.bytes.get(at..end).is_some_and(|here| here.eq_ignore_ascii_case(name.as_bytes()))
            && self.byte(end).is_some_and(|byte| is_space(byte) || matches!(byte, b'/' | b'>'))
    }

    fn end_of_raw_text(&mut self, end: usize, coding: Coding) -> Next {
        self.text_up_to(self.pos..end, coding);
        self.pos = end;
        self.end_tag()
    }

    fn rest_is_text(&mut self, coding: Coding) -> Next {
        self.text_up_to(self.pos..self.bytes.len(), coding);
        self.stop()
    }

    fn text_up_to(&mut self, run: Range<usize>, coding: Coding) {
        if !run.is_empty() {
            let plain =
                coding == Coding::Rcdata && memchr(b'&', &self.bytes[run.clone()]).is_none();
            // Without an `&` there is nothing to decode but what `Raw` decodes, too.
            self.run_of_text(run, Some(if plain { Coding::Raw } else { coding }));
        }
    }
}

/// How the hidden part of a script ends.
enum Escaped {
    /// With `-->`; the script goes on.
    Left,
    /// With the end tag of the script, here.
    Element(usize),
    /// With the page.
    Page,
}
