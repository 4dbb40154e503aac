//! Start tags, end tags and their attributes.

use super::{Emit, Next, Tokenizer, is_space};
use memchr::{memchr, memchr2};
use std::ops::Range;

/// The byte ends a tag name.
const ENDS_TAG_NAME: u8 = 1;
/// The byte ends an attribute name.
const ENDS_NAME: u8 = 2;
/// The byte ends a value without quotes.
const ENDS_VALUE: u8 = 4;

/// What each byte ends.
static ENDS: [u8; 256] = ends();

const fn ends() -> [u8; 256] {
    let mut ends = [0; 256];
    let spaces = b" \n\t\r\x0c";
    let mut i = 0;
    while i < spaces.len() {
        ends[spaces[i] as usize] = ENDS_TAG_NAME | ENDS_NAME | ENDS_VALUE;
        i += 1;
    }
    ends[b'>' as usize] = ENDS_TAG_NAME | ENDS_NAME | ENDS_VALUE;
    ends[b'/' as usize] = ENDS_TAG_NAME | ENDS_NAME;
    ends[b'=' as usize] = ENDS_NAME;
    ends
}

/// The first place from `pos` on where a byte ends what `class` names; `None` if the page ends
/// first.
fn find_end(bytes: &[u8], pos: usize, class: u8) -> Option<usize> {
    let rest = bytes.get(pos..)?;
    let len = rest.iter().position(|byte| ENDS[*byte as usize] & class != 0)?;
    Some(pos + len)
}

fn skip_space(bytes: &[u8], mut pos: usize) -> Option<(usize, u8)> {
    loop {
        match bytes.get(pos) {
            Some(byte) if is_space(*byte) => pos += 1,
            Some(byte) => return Some((pos, *byte)),
            None => return None,
        }
    }
}

/// Reads from the end of the tag name to the end of the tag, reports each attribute and whether its
/// value holds an `&`, and returns the place behind the `>` and whether the tag closes itself; `None` if the page ends first.
#[inline(always)]
fn attributes(
    bytes: &[u8],
    mut pos: usize,
    mut attribute: impl FnMut(Range<usize>, Range<usize>, bool),
) -> Option<(usize, bool)> {
    loop {
        let (start, byte) = skip_space(bytes, pos)?;
        match byte {
            b'>' => return Some((start + 1, false)),
            b'/' => {
                pos = start + 1;
                if *bytes.get(pos)? == b'>' {
                    return Some((pos + 1, true));
                }
                continue;
            }
            _ => {}
        }
        // The first byte belongs to the name, even if it is `=`.
        let name_end = find_end(bytes, start + 1, ENDS_NAME)?;
        let (equals, byte) = skip_space(bytes, name_end)?;
        if byte != b'=' {
            attribute(start..name_end, name_end..name_end, false);
            pos = equals;
            continue;
        }
        let (value, byte) = skip_space(bytes, equals + 1)?;
        match byte {
            b'"' | b'\'' => {
                let value = value + 1;
                let mut end = value + memchr2(byte, b'&', &bytes[value..])?;
                let coded = bytes[end] == b'&';
                if coded {
                    end += memchr(byte, &bytes[end..])?;
                }
                attribute(start..name_end, value..end, coded);
                pos = end + 1;
            }
            b'>' => {
                attribute(start..name_end, value..value, false);
                return Some((value + 1, false));
            }
            _ => {
                let end = find_end(bytes, value, ENDS_VALUE)?;
                attribute(start..name_end, value..end, true);
                pos = end;
            }
        }
    }
}

/// The place behind the tag that begins at `start`; `None` if there is no complete tag.
pub(crate) fn end_of_tag(page: &str, start: usize) -> Option<usize> {
    let bytes = page.as_bytes();
    let name_end = find_end(bytes, start + 1, ENDS_TAG_NAME)?;
    attributes(bytes, name_end, |_, _, _| {}).map(|(end, _)| end)
}

impl<E: Emit> Tokenizer<'_, E> {
    /// A start tag at the current place.
    pub(super) fn start_tag(&mut self) -> Next {
        let open = self.pos;
        let bytes = self.bytes;
        let Some(name_end) = find_end(bytes, open + 1, ENDS_TAG_NAME) else { return self.stop() };
        let emit = &mut self.emit;
        emit.open_tag(open + 1..name_end);
        let controls = self.has_controls;
        let tag = attributes(bytes, name_end, |name, value, coded| {
            emit.attribute(name, value, coded | controls);
        });
        let Some((end, self_closing)) = tag else { return self.stop() };
        self.pos = end;
        let next = self.emit.start_tag(open..end, self_closing);
        if next != Next::Data {
            self.raw_name = &self.page[open + 1..name_end];
        }
        next
    }

    /// An end tag at the current place.
    pub(super) fn end_tag(&mut self) -> Next {
        let open = self.pos;
        let Some(name_end) = find_end(self.bytes, open + 2, ENDS_TAG_NAME) else {
            return self.stop();
        };
        let tag = match self.byte(name_end) {
            Some(b'>') => Some((name_end + 1, false)),
            _ => attributes(self.bytes, name_end, |_, _, _| {}),
        };
        let Some((end, _)) = tag else { return self.stop() };
        self.pos = end;
        self.emit.end_tag(open + 2..name_end)
    }
}
