//! Small tools for the short texts that metadata are made of.

use crate::dom::{Document, NodeId, NodeKind, Step, Tag};
use html5ever::data::NAMED_ENTITIES;

/// How many bytes of a value are read: longer ones are no titles, names or descriptions.
const MAX_VALUE: usize = 5_000;

/// A value without character references (some pages escape twice), stray markup characters,
/// invisible characters and superfluous white space.
pub(super) fn clean(text: &str) -> String {
    let mut end = text.len().min(MAX_VALUE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut text = collapse(&text[..end]);
    for _ in 0..2 {
        if !text.contains('&') {
            break;
        }
        text = collapse(&without_references(&text));
    }
    text
}

/// One space for each run of white space, none at the ends; without characters of no width.
pub(super) fn collapse(text: &str) -> String {
    let mut line = Collapsed::with_capacity(text.len());
    line.push_str(text, usize::MAX);
    line.into_string()
}

/// A text that is collapsed while it grows.
#[derive(Debug, Default)]
pub(super) struct Collapsed {
    text: String,
    /// Whether white space waits for a word behind it.
    gap: bool,
}

impl Collapsed {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), gap: false }
    }

    /// Adds a text; what comes when there are `most` bytes already may be left out.
    pub fn push_str(&mut self, mut text: &str, most: usize) {
        while let Some(first) = text.chars().next().filter(|_| self.text.len() < most) {
            let read = match first {
                '!'..='~' => {
                    self.close_gap();
                    let line = plain_line(&text.as_bytes()[..text.len().min(most)]);
                    self.text.push_str(&text[..line]);
                    line
                }
                ' ' | '\n' | '\t' | '\r' => {
                    self.push_gap();
                    let end = text.bytes().position(|byte| !byte.is_ascii_whitespace());
                    end.unwrap_or(text.len())
                }
                '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'
                | '\u{feff}'
                | '\u{ad}' => first.len_utf8(),
                c if c.is_whitespace() || c.is_control() => {
                    self.push_gap();
                    c.len_utf8()
                }
                c => {
                    self.close_gap();
                    self.text.push(c);
                    c.len_utf8()
                }
            };
            text = &text[read..];
        }
    }

    /// White space, unless the text begins with it.
    pub fn push_gap(&mut self) {
        self.gap = !self.text.is_empty();
    }

    fn close_gap(&mut self) {
        if std::mem::take(&mut self.gap) {
            self.text.push(' ');
        }
    }

    pub fn into_string(self) -> String {
        self.text
    }
}

/// How many bytes of a text are ASCII words with one space between them, which are copied as they
/// stand.
fn plain_line(bytes: &[u8]) -> usize {
    let mut after_space = false;
    let ends = |byte: &u8| {
        let is_space = *byte == b' ';
        let ends = !(byte.is_ascii_graphic() || is_space && !after_space);
        after_space = is_space;
        ends
    };
    let end = bytes.iter().position(ends).unwrap_or(bytes.len());
    end - usize::from(bytes[..end].ends_with(b" "))
}

/// Whether a text is nothing but white space.
pub(super) fn is_blank(text: &str) -> bool {
    match text.bytes().find(|byte| !byte.is_ascii_whitespace()) {
        None => true,
        Some(byte) if byte.is_ascii_graphic() => false,
        Some(_) => text.trim().is_empty(),
    }
}

/// Whether a text has no more characters than these.
pub(super) fn is_short(text: &str, most: usize) -> bool {
    text.len() <= most || text.chars().nth(most).is_none()
}

fn without_references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((read, first, second)) => {
                out.extend(char::from_u32(first));
                out.extend(char::from_u32(second).filter(|c| *c != '\0'));
                rest = &rest[read..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A character reference at the start of a text: its length and its one or two code points.
fn reference(text: &str) -> Option<(usize, u32, u32)> {
    // The longest name has 31 letters.
    let end = text.bytes().take(34).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return (code >= 32).then_some((end + 1, code, 0));
    }
    let (first, second) = *NAMED_ENTITIES.get(text.get(1..=end)?)?;
    (first != 0).then_some((end + 1, first, second))
}

/// The text below a node as a reader sees it, up to `most` bytes: no scripts, no styles, spaces
/// at the edges of blocks.
pub(super) fn text_of(document: &Document<'_>, node: NodeId, most: usize) -> String {
    let mut out = String::new();
    let mut walk = document.walk(node);
    while let Some(step) = walk.next() {
        if out.len() > most {
            break;
        }
        let (Step::Enter(id) | Step::Leave(id)) = step;
        let enters = matches!(step, Step::Enter(_));
        match document.kind(id) {
            NodeKind::Text if enters => out.push_str(document.text(id)),
            NodeKind::Element if is_silent(document.tag(id)) && id != node && enters => {
                walk.skip_children();
            }
            NodeKind::Element if !is_inline(document.tag(id)) => out.push(' '),
            _ => {}
        }
    }
    clean(&out)
}

/// Elements whose text nobody reads.
pub(super) fn is_silent(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Script
            | Tag::Style
            | Tag::Svg
            | Tag::Template
            | Tag::Button
            | Tag::Select
            | Tag::Textarea
    )
}

/// Elements that do not break a line.
pub(super) fn is_inline(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::A
            | Tag::Abbr
            | Tag::B
            | Tag::Cite
            | Tag::Code
            | Tag::Del
            | Tag::Em
            | Tag::Font
            | Tag::I
            | Tag::Ins
            | Tag::Label
            | Tag::Mark
            | Tag::Other
            | Tag::Q
            | Tag::S
            | Tag::Small
            | Tag::Span
            | Tag::Strong
            | Tag::Sub
            | Tag::Sup
            | Tag::Time
            | Tag::U
            | Tag::Wbr
    )
}

/// Only letters and digits, in lower case, one space between words: what is compared when two
/// sources may mean the same.
pub(super) fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    if text.is_ascii() {
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                if std::mem::take(&mut gap) && !out.is_empty() {
                    out.push(' ');
                }
                out.push(char::from(byte.to_ascii_lowercase()));
            } else if !matches!(byte, b'\'' | b'.' | b'`') {
                gap = true;
            }
        }
        return out;
    }
    for c in text.chars() {
        if c.is_alphanumeric() {
            if std::mem::take(&mut gap) && !out.is_empty() {
                out.push(' ');
            }
            match c.is_ascii() {
                true => out.push(c.to_ascii_lowercase()),
                false => out.extend(c.to_lowercase()),
            }
        } else if !matches!(c, '\'' | '’' | '‘' | '.' | '`') {
            gap = true;
        }
    }
    out
}

/// The words of a class, id or similar name, as written: cut at punctuation and at `camelCase`.
pub(super) fn name_words(name: &str) -> impl Iterator<Item = &str> {
    let bytes = name.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let kind = |at: usize| bytes.get(at).map(|byte| NAME_BYTES[usize::from(*byte)]);
        while kind(at)? == NameByte::Gap {
            at += 1;
        }
        let start = at;
        let mut last = NameByte::Upper;
        while let Some(kind) = kind(at) {
            if kind == NameByte::Gap || kind == NameByte::Upper && last == NameByte::Lower {
                break;
            }
            last = kind;
            at += 1;
        }
        // Cut at ASCII only.
        Some(&name[start..at])
    })
}

/// What a byte is in a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameByte {
    Gap,
    /// A small letter or a digit.
    Lower,
    Upper,
}

static NAME_BYTES: [NameByte; 256] = {
    let mut kinds = [NameByte::Gap; 256];
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_uppercase() {
            kinds[byte as usize] = NameByte::Upper;
        } else if byte.is_ascii_alphanumeric() {
            kinds[byte as usize] = NameByte::Lower;
        }
        byte += 1;
    }
    kinds
};

#[cfg(test)]
mod tests {
    use super::{clean, key, name_words, text_of};
    use crate::dom::Document;

    #[test]
    fn values_are_cleaned() {
        assert_eq!(
            clean(" Tea &amp;amp; \u{200b}milk\n&#8211; &eacute;t&#xe9; "),
            "Tea & milk – été"
        );
        assert_eq!(clean("AT&T & co; &nosuch; &#0;"), "AT&T & co; &nosuch; &#0;");
        assert_eq!(clean(&"é".repeat(9_000)).chars().count(), 2_500);
    }

    #[test]
    fn keys_ignore_case_and_punctuation() {
        assert_eq!(key("“Don’t” — U.S. 3:1"), "dont us 3 1");
    }

    #[test]
    fn names_are_cut_into_words() {
        let words: Vec<&str> = name_words("post-authorName entry_META2 x").collect();
        assert_eq!(words, ["post", "author", "Name", "entry", "META2", "x"]);
    }

    #[test]
    fn text_has_no_scripts_and_no_glued_blocks() {
        let document = Document::parse("<h1>A<span>b</span><script>x</script><div>c</div></h1>");
        assert_eq!(text_of(&document, document.root(), 99), "Ab c");
    }
}
