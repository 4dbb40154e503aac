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
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        let words = text.split(|c: char| c.is_ascii_whitespace() || c.is_ascii_control());
        for word in words.filter(|word| !word.is_empty()) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        return out;
    }
    let mut gap = false;
    for c in text.chars() {
        match c {
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{ad}' => {}
            c if c.is_whitespace() || c.is_control() => gap = !out.is_empty(),
            c => {
                if std::mem::take(&mut gap) {
                    out.push(' ');
                }
                out.push(c);
            }
        }
    }
    out
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
        at += bytes[at..].iter().position(u8::is_ascii_alphanumeric)?;
        let start = at;
        let mut upper = true;
        while let Some(byte) = bytes.get(at) {
            let is_hump = byte.is_ascii_uppercase() && !upper;
            if is_hump || !byte.is_ascii_alphanumeric() {
                break;
            }
            upper = byte.is_ascii_uppercase();
            at += 1;
        }
        // Cut at ASCII only.
        Some(&name[start..at])
    })
}

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
