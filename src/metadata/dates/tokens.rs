//! Cuts a text into the numbers and words that dates are made of.

use std::borrow::Cow;

/// A number or a word, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub kind: Kind<'t>,
    /// Byte offsets into the text.
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind<'t> {
    /// Digits, of whatever script: the value and how many there were.
    Number(u32, u8),
    /// Letters, in lower case.
    Word(Cow<'t, str>),
}

impl Token<'_> {
    pub fn number(&self) -> Option<u32> {
        match self.kind {
            Kind::Number(value, _) => Some(value),
            Kind::Word(_) => None,
        }
    }

    /// The value, if it has this many digits.
    pub fn digits(&self, least: u8, most: u8) -> Option<u32> {
        match self.kind {
            Kind::Number(value, digits) if (least..=most).contains(&digits) => Some(value),
            _ => None,
        }
    }

    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            Kind::Number(..) => None,
        }
    }
}

/// Most lines with a date have no more.
const USUAL_TOKENS: usize = 16;

/// The tokens of a text. Numbers of more than nine digits are words.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::with_capacity(USUAL_TOKENS);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        if let Some(first) = digit(c) {
            let (mut value, mut count) = (first, 1u8);
            while let Some((at, more)) = chars.peek().and_then(|(at, c)| Some((*at, digit(*c)?))) {
                value = value.saturating_mul(10).saturating_add(more);
                count = count.saturating_add(1);
                end = at + chars.next().map_or(0, |(_, c)| c.len_utf8());
            }
            let kind = match count {
                1..=9 => Kind::Number(value, count),
                _ => Kind::Word(Cow::Borrowed(&text[start..end])),
            };
            out.push(Token { kind, start, end });
        } else if is_calendar_sign(c) {
            out.push(Token { kind: Kind::Word(Cow::Borrowed(&text[start..end])), start, end });
        } else if c.is_alphabetic() {
            // Thai and Devanagari words hold marks that are no letters, Thai abbreviations stops.
            let thai = ('\u{e00}'..='\u{e7f}').contains(&c);
            while let Some((at, c)) = chars.peek().copied() {
                let joins = (c.is_alphabetic() && !is_calendar_sign(c))
                    || matches!(c, '\u{900}'..='\u{963}' | '\u{e31}'..='\u{e4e}' | '\u{300}'..='\u{36f}')
                    || (thai && c == '.');
                if !joins {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            let word = text[start..end].trim_end_matches('.');
            let word = match word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                true => Cow::Borrowed(word),
                false => Cow::Owned(word.to_lowercase()),
            };
            out.push(Token { kind: Kind::Word(word), start, end });
        }
    }
    out
}

/// Year, month and day signs of Chinese, Japanese and Korean: words of their own.
fn is_calendar_sign(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '號' | '号' | '년' | '월' | '일')
}

/// Whether a text has a digit of any script.
pub(in crate::metadata) fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        || !text.is_ascii() && text.chars().any(|c| digit(c).is_some())
}

pub(super) fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{e50}'..='\u{e59}' => '\u{e50}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}
