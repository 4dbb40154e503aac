//! From bytes to text: finds the page's encoding and decodes it.
//!
//! The order is that of the HTML standard (13.2.3.2): a byte order mark, what the transport said,
//! a `<meta>` near the start, and then a guess from the bytes themselves. With one departure:
//! bytes beyond ASCII that are valid UTF-8 throughout are UTF-8 even where a `<meta>` says
//! otherwise. Text of another encoding is hardly ever valid UTF-8 by chance, while pages that
//! were converted and kept their old `<meta>` are common (archives, proxies, saved pages).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// How much of a page is searched for a `<meta>` that names the encoding: the standard asks for
/// 1,024 bytes; real pages put scripts and comments first, so we look further.
const PRESCAN_BYTES: usize = 4096;

/// Where the encoding of a page was learned from.
///
/// ```
/// use dehusk::decode::{Decoded, EncodingSource};
/// let page = Decoded::from_bytes(b"\xef\xbb\xbfText", None);
/// assert_eq!(page.source(), EncodingSource::ByteOrderMark);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum EncodingSource {
    /// A byte order mark.
    ByteOrderMark,
    /// The caller, who has it from the transport (`Content-Type`).
    Transport,
    /// A `<meta charset>` or `<meta http-equiv>` near the start of the page.
    Meta,
    /// A guess from the bytes.
    Guess,
    /// The page came as text.
    Text,
}

/// A page's text and how it was decoded.
///
/// ```
/// use dehusk::decode::Decoded;
/// let page = Decoded::from_bytes(b"Caf\xe9", Some("latin1"));
/// assert_eq!((page.text(), page.encoding()), ("Caf\u{e9}", "windows-1252"));
/// ```
#[derive(Debug, Clone)]
pub struct Decoded<'b> {
    text: Cow<'b, str>,
    encoding: &'static Encoding,
    source: EncodingSource,
    had_errors: bool,
}

impl<'b> Decoded<'b> {
    /// Decodes a page; `hint` is the encoding label or whole `Content-Type` that the transport gave.
    ///
    /// Never fails: bytes that the encoding does not know become U+FFFD.
    ///
    /// ```
    /// use dehusk::decode::{Decoded, EncodingSource};
    /// let page = Decoded::from_bytes(b"<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2", None);
    /// assert_eq!(page.encoding(), "windows-1251");
    /// assert_eq!(page.source(), EncodingSource::Meta);
    /// assert!(page.text().ends_with("Привет"));
    /// ```
    pub fn from_bytes(bytes: &'b [u8], hint: Option<&str>) -> Self {
        let (encoding, source) = detect(bytes, hint);
        let (text, used, had_errors) = encoding.decode(bytes);
        Self { text, encoding: used, source, had_errors }
    }

    /// The page as text.
    ///
    /// ```
    /// use dehusk::decode::Decoded;
    /// assert_eq!(Decoded::from_bytes(b"\xff\xfeT\0", None).text(), "T");
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name of the encoding, as the Encoding Standard writes it.
    ///
    /// ```
    /// use dehusk::decode::Decoded;
    /// assert_eq!(Decoded::from_bytes(b"\xff\xfeT\0", None).encoding(), "UTF-16LE");
    /// ```
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// Where the encoding was learned from.
    ///
    /// ```
    /// use dehusk::decode::{Decoded, EncodingSource};
    /// let page = Decoded::from_bytes(b"<p>Tea", Some("text/html; charset=utf-8"));
    /// assert_eq!(page.source(), EncodingSource::Transport);
    /// ```
    pub fn source(&self) -> EncodingSource {
        self.source
    }

    /// Whether some bytes made no sense in the encoding and became U+FFFD.
    ///
    /// ```
    /// use dehusk::decode::Decoded;
    /// assert!(Decoded::from_bytes(b"Caf\xe9!", Some("utf-8")).had_errors());
    /// assert!(!Decoded::from_bytes(b"Caf\xe9!", Some("latin1")).had_errors());
    /// ```
    pub fn had_errors(&self) -> bool {
        self.had_errors
    }
}

/// The bytes of a page up to a limit, less the part of a UTF-8 or UTF-16 character that the limit
/// would leave: it would not be valid, and the guess would go wrong.
pub(crate) fn whole_characters(bytes: &[u8], limit: usize) -> &[u8] {
    let Some(mut head) = bytes.get(..limit).filter(|head| head.len() < bytes.len()) else {
        return bytes;
    };
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return head.get(..limit & !1).unwrap_or(head);
    }
    let is_continuation = |byte: &u8| (0x80..0xc0).contains(byte);
    if bytes.get(limit).is_some_and(is_continuation) {
        let start = head.iter().rev().take(MAX_UTF8_LEN).position(|byte| !is_continuation(byte));
        head = head.get(..limit - start.map_or(0, |back| back + 1)).unwrap_or(head);
    }
    head
}

/// No character is longer, in bytes.
const MAX_UTF8_LEN: usize = 4;

fn detect(bytes: &[u8], hint: Option<&str>) -> (&'static Encoding, EncodingSource) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, EncodingSource::ByteOrderMark);
    }
    if let Some(encoding) = hint.and_then(from_content_type) {
        return (encoding, EncodingSource::Transport);
    }
    let declared = prescan(&bytes[..bytes.len().min(PRESCAN_BYTES)]);
    if declared == Some(UTF_8) {
        return (UTF_8, EncodingSource::Meta);
    }
    let is_utf8 = Encoding::utf8_valid_up_to(bytes) == bytes.len();
    match declared {
        // ISO-2022-JP and the like write other scripts in ASCII bytes.
        Some(encoding) if !is_utf8 || bytes.is_ascii() => {
            return (encoding, EncodingSource::Meta);
        }
        _ if is_utf8 => return (UTF_8, EncodingSource::Guess),
        _ => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    (detector.guess(None, Utf8Detection::Allow), EncodingSource::Guess)
}

/// An encoding from a bare label or from a `Content-Type` such as `text/html; charset=utf-8`.
fn from_content_type(hint: &str) -> Option<&'static Encoding> {
    Encoding::for_label(hint.trim().as_bytes()).or_else(|| {
        let label = charset_of(hint)?;
        Encoding::for_label(label.as_bytes())
    })
}

/// The value behind `charset=` (the standard's "extracting a character encoding from a meta").
fn charset_of(content: &str) -> Option<&str> {
    let lower = content.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower.get(from..)?.find("charset")? + "charset".len();
        from = at;
        let Some(value) = content[at..].trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        return match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value
                .split(|c: char| c.is_ascii_whitespace() || matches!(c, ';' | '"' | '\''))
                .next(),
        };
    }
}

/// Looks for the encoding in the `<meta>` elements near the start of a page.
fn prescan(head: &[u8]) -> Option<&'static Encoding> {
    // Every encoding that can be declared in this way keeps ASCII bytes as they are.
    let text = WINDOWS_1252.decode_without_bom_handling(head).0.to_ascii_lowercase();
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")? + 3..];
            continue;
        }
        let meta = rest
            .strip_prefix("meta")
            .filter(|meta| meta.starts_with(|c: char| c.is_ascii_whitespace() || c == '/'));
        let declaration =
            meta.or_else(|| rest.strip_prefix("?xml").filter(|_| text.starts_with("<?xml")));
        let Some(declaration) = declaration else { continue };
        let end = declaration.find('>').unwrap_or(declaration.len());
        let declaration = &declaration[..end];
        let label = charset_of(declaration).or_else(|| {
            let value = declaration.split_once("encoding=")?.1;
            value.trim_start_matches(['"', '\'']).split(['"', '\'']).next()
        });
        if let Some(encoding) = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        {
            // A page that can say "utf-16" in ASCII is not UTF-16 (the standard's own rule).
            let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
            return Some(if is_wide { UTF_8 } else { encoding });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(bytes: &[u8], hint: Option<&str>) -> (&'static str, EncodingSource) {
        let page = Decoded::from_bytes(bytes, hint);
        (page.encoding(), page.source())
    }

    #[test]
    fn a_byte_order_mark_wins_over_all() {
        let bytes = b"\xef\xbb\xbf<meta charset=latin1>\xc3\xa9";
        assert_eq!(detected(bytes, Some("shift_jis")), ("UTF-8", EncodingSource::ByteOrderMark));
        assert!(Decoded::from_bytes(bytes, None).text().starts_with('<'));
    }

    #[test]
    fn the_transport_wins_over_the_meta() {
        let bytes = b"<meta charset=utf-8>\xcf";
        let hint = Some("text/html; charset=\"windows-1251\"");
        assert_eq!(detected(bytes, hint), ("windows-1251", EncodingSource::Transport));
    }

    #[test]
    fn a_meta_in_a_comment_is_not_read() {
        let bytes = b"<!-- <meta charset=big5> --><META http-equiv=Content-Type content='text/html; charset=gb2312'>";
        assert_eq!(detected(bytes, None), ("GBK", EncodingSource::Meta));
    }

    #[test]
    fn utf_16_in_a_meta_means_utf_8() {
        assert_eq!(detected(b"<meta charset='utf-16'>", None).0, "UTF-8");
    }

    #[test]
    fn valid_utf_8_wins_over_a_meta_that_contradicts_it() {
        let page = "<meta charset=gbk><p>已经转换过的网页";
        assert_eq!(detected(page.as_bytes(), None), ("UTF-8", EncodingSource::Guess));
        let page = b"<meta charset=gbk><p>\xd2\xd1\xbe\xad";
        assert_eq!(detected(page, None), ("GBK", EncodingSource::Meta));
    }

    #[test]
    fn without_any_sign_the_bytes_decide() {
        assert_eq!(detected("<p>naïve".as_bytes(), None).0, "UTF-8");
        let bytes = b"<p>\xcd\xe5 \xe2\xf1\xe5 \xf1\xeb\xee\xe2\xe0 \xef\xee\xed\xff\xf2\xed\xfb \xf1\xf0\xe0\xe7\xf3";
        assert_eq!(detected(bytes, None), ("windows-1251", EncodingSource::Guess));
    }
}
