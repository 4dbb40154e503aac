//! Reads the JSON that pages really have: with comments, wrappers, trailing or missing commas,
//! bare line ends in strings, and ends that never come.
//!
//! Nothing is an error: what makes no sense is passed over, and what was read so far counts.

use memchr::memchr2;
use std::borrow::Cow;

/// A JSON value; strings are borrowed where they hold no escapes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json<'t> {
    /// `null`, and words that JSON does not know.
    Null,
    Bool(bool),
    /// A number, as written.
    Number(&'t str),
    Text(Cow<'t, str>),
    List(Vec<Json<'t>>),
    Object(Vec<(Cow<'t, str>, Json<'t>)>),
}

/// How deep values may nest; what lies deeper is dropped. JSON-LD in the wild stays under 12.
const MAX_DEPTH: usize = 48;

/// How many values are read of one script, so that memory stays in proportion to real pages.
const MAX_VALUES: usize = 200_000;

impl<'t> Json<'t> {
    /// The first value of a text; several in a row become a list.
    pub fn read(text: &'t str) -> Self {
        let mut values = Reader { text, at: 0, values: 0 }.read();
        if values.len() == 1 { values.remove(0) } else { Self::List(values) }
    }

    /// The value of an object's key; the first where the key stands twice.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The string, or the number as written.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list, and of any other value that value itself.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Null => &[],
            value => std::slice::from_ref(value),
        }
    }
}

/// A list or object whose end has not come yet.
enum Open<'t> {
    List(Vec<Json<'t>>),
    Object(Vec<(Cow<'t, str>, Json<'t>)>, Option<Cow<'t, str>>),
}

impl<'t> Open<'t> {
    fn close(self) -> Json<'t> {
        match self {
            Self::List(items) => Json::List(items),
            Self::Object(entries, _) => Json::Object(entries),
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    values: usize,
}

impl<'t> Reader<'t> {
    fn read(mut self) -> Vec<Json<'t>> {
        let mut done = Vec::new();
        let mut open: Vec<Open<'t>> = Vec::new();
        while let Some(byte) = self.next_token() {
            if self.values > MAX_VALUES {
                break;
            }
            let value = match byte {
                b'{' | b'[' if open.len() >= MAX_DEPTH => {
                    self.skip_nested();
                    Json::Null
                }
                b'{' => {
                    self.at += 1;
                    open.push(Open::Object(Vec::new(), None));
                    continue;
                }
                b'[' => {
                    self.at += 1;
                    open.push(Open::List(Vec::new()));
                    continue;
                }
                b'}' | b']' => {
                    self.at += 1;
                    match open.pop() {
                        Some(closed) => closed.close(),
                        None => continue,
                    }
                }
                b'"' | b'\'' => Json::Text(self.string(byte)),
                b',' | b':' => {
                    self.at += 1;
                    continue;
                }
                _ => self.word(),
            };
            self.values += 1;
            match open.last_mut() {
                None => done.push(value),
                Some(Open::List(items)) => items.push(value),
                Some(Open::Object(entries, key)) => match (key.take(), value) {
                    (Some(key), value) => entries.push((key, value)),
                    (None, Json::Text(text)) if self.next_token() == Some(b':') => {
                        *key = Some(text);
                    }
                    // Half of a string with a bare quote in it, or a bare key: passed over.
                    (None, _) => {}
                },
            }
        }
        while let Some(last) = open.pop() {
            let value = last.close();
            match open.last_mut() {
                None => done.push(value),
                Some(Open::List(items)) => items.push(value),
                Some(Open::Object(entries, key)) => {
                    if let Some(key) = key.take() {
                        entries.push((key, value));
                    }
                }
            }
        }
        done
    }

    /// The next byte that is not white space, part of a comment or of a wrapper.
    fn next_token(&mut self) -> Option<u8> {
        const WRAPPERS: [&str; 4] = ["<!--", "-->", "<![CDATA[", "]]>"];
        loop {
            let rest = &self.text[self.at..];
            let byte = *rest.as_bytes().first()?;
            let passed = match byte {
                0..=b' ' | b';' => 1,
                b'<' | b'-' | b']' => {
                    let wrapper = WRAPPERS.iter().find(|wrapper| rest.starts_with(**wrapper));
                    wrapper.map_or(0, |wrapper| wrapper.len())
                }
                b'/' if rest.starts_with("//") => self.line_comment(rest),
                b'/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
                0x80.. if rest.starts_with(['\u{feff}', '\u{a0}', '\u{2028}', '\u{2029}']) => {
                    rest.chars().next().map_or(1, char::len_utf8)
                }
                _ => 0,
            };
            if passed == 0 {
                return Some(byte);
            }
            self.at += passed;
        }
    }

    /// The length of a comment up to the end of its line, which may hide the wrapper that it was
    /// written for.
    fn line_comment(&self, rest: &str) -> usize {
        let end = rest.find(['\n', '{', '[']).unwrap_or(rest.len());
        if !rest[..end].ends_with("<!") {
            return end;
        }
        let at = self.text.len().min(self.at + end + "[CDATA[".len());
        self.boundary(at) - self.at
    }

    fn boundary(&self, at: usize) -> usize {
        (at..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(at)
    }

    /// A string, from its quote on.
    fn string(&mut self, quote: u8) -> Cow<'t, str> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut end = start;
        let mut escaped = false;
        while let Some(rest) = bytes.get(end..) {
            end += memchr2(quote, b'\\', rest).unwrap_or(rest.len());
            if bytes.get(end) != Some(&b'\\') {
                break;
            }
            escaped = true;
            end += 2;
        }
        let end = self.boundary(end.min(bytes.len()));
        self.at = bytes.len().min(end + 1);
        let raw = &self.text[start..end];
        if escaped { Cow::Owned(unescape(raw)) } else { Cow::Borrowed(raw) }
    }

    /// A number, `true`, `false`, `null`, or a stretch of nonsense.
    fn word(&mut self) -> Json<'t> {
        let rest = &self.text[self.at..];
        let ends = |c: char| c <= ' ' || ",:{}[]\"".contains(c);
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let end = rest[first..].find(ends).map_or(rest.len(), |end| first + end);
        self.at += end;
        match &rest[..end] {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            word if word.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                Json::Number(word)
            }
            _ => Json::Null,
        }
    }

    /// Passes over a list or object that lies too deep.
    fn skip_nested(&mut self) {
        let mut depth = 0usize;
        while let Some(byte) = self.next_token() {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b'"' => {
                    self.string(byte);
                    continue;
                }
                _ => {}
            }
            self.at = self.boundary(self.at + 1);
            if depth == 0 {
                return;
            }
        }
    }
}

/// The text behind the escapes of a string; escapes that are none stand for what they escape.
fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            'n' | 'r' | 't' | 'b' | 'f' => out.push(' '),
            'u' => {
                let (c, read) = code_unit(rest);
                out.push(c);
                rest = &rest[read..];
            }
            c => out.push(c),
        }
    }
    out.push_str(rest);
    out
}

/// The character of a `\u` escape, whose first letter is past, and how many bytes it takes; a
/// pair of surrogates is one character.
fn code_unit(rest: &str) -> (char, usize) {
    let hex = |at: usize| rest.get(at..at + 4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let Some(high) = hex(0) else { return ('\u{fffd}', 0) };
    let low = hex(6).filter(|low| {
        (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(low) && &rest[4..6] == "\\u"
    });
    match low {
        Some(low) => {
            let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            (char::from_u32(code).unwrap_or('\u{fffd}'), 10)
        }
        None => (char::from_u32(high).unwrap_or('\u{fffd}'), 4),
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    fn name(text: &str) -> String {
        let json = Json::read(text);
        json.get("name").and_then(Json::text).unwrap_or_default().to_string()
    }

    #[test]
    fn what_pages_do_wrong_is_forgiven() {
        for text in [
            r#"{"name": "Ann"}"#,
            r#"{"name": "Ann",}"#,
            r#"<!-- {"name": "Ann"} -->"#,
            "// <![CDATA[\n{\"name\": \"Ann\"}\n// ]]>",
            "//<![CDATA[{\"name\": \"Ann\"}//]]>",
            "/* by hand */ {/* who */ \"x\": [1, 2,], \"name\": \"Ann\" // here\n};",
            "\u{feff}{\"x\": true \"name\" \n:\"Ann\"",
            r#"{"quote": "She said "yes", then no", "name": "Ann"}"#,
            r#"{"x": undefined, "name": "A\u006e\n"}"#,
            r#"{'name': 'Ann'}"#,
            r#"]}{"name": "Ann"}"#,
        ] {
            assert_eq!(
                name(text).trim(),
                if text.contains("u006e") { "An" } else { "Ann" },
                "{text}"
            );
        }
    }

    #[test]
    fn escapes_are_read_and_bad_ones_survive() {
        assert_eq!(name(r#"{"name": "\ud83d\ude00 \/ \" \q \ud800"}"#), "😀 / \" q \u{fffd}");
        assert_eq!(name(r#"{"name": "\u12"#), "\u{fffd}12");
        assert_eq!(name("{\"name\": \"é\\"), "é");
        assert_eq!(name("{\"name\": \"a\\é"), "aé");
    }

    #[test]
    fn depth_is_bounded() {
        for open in ["[", "{\"a\":", "[{\"a\":"] {
            let deep = open.repeat(200_000);
            let json = Json::read(&deep);
            assert!(matches!(json, Json::List(_) | Json::Object(_)));
        }
        let text = format!("{{\"x\": {}{}, \"name\": \"Ann\"}}", "[".repeat(90), "]".repeat(90));
        assert_eq!(name(&text), "Ann");
    }
}
