//! Counts words, sentences and characters, with scripts that put no spaces between words in mind.

use unicode_segmentation::UnicodeSegmentation;

/// What was counted in the text of a block.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::Document};
/// let blocks = Blocks::of(&Document::parse("<p>Rain, wind. And <a href=/more>more</a>!"));
/// let counts = blocks.get(0).counts;
/// assert_eq!((counts.words, counts.commas, counts.sentence_ends), (4, 1, 2));
/// assert!(counts.link_density() > 0.1);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Characters (Unicode scalar values), white space included.
    pub chars: u32,
    /// Words; a Han, kana or Thai character counts as one.
    pub words: u32,
    /// Characters of [`Self::words`] that are Han, kana or Thai.
    pub ideographs: u32,
    /// Marks that end a sentence, of any script, followed by white space or the end.
    pub sentence_ends: u32,
    /// Commas, of any script.
    pub commas: u32,
    /// Digits `0` to `9`.
    pub digits: u32,
    /// Upper-case letters.
    pub upper: u32,
    /// Marks that menus put between items: `|`, `·`, `•`, `»`, `›`, `/`.
    pub separators: u32,
    /// Characters within links that leave the page.
    pub link_chars: u32,
    /// Links that leave the page.
    pub links: u32,
    /// Characters in bold or italic.
    pub strong_chars: u32,
    /// Line breaks (`<br>`).
    pub breaks: u32,
}

impl Counts {
    /// Counts what can be told from the text alone.
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() { Self::of_ascii(text.as_bytes()) } else { Self::of_any(text) }
    }

    /// The share of characters that stand within links, 0 to 1.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document};
    /// let blocks = Blocks::of(&Document::parse("<p>Half <a href=/>here</a>"));
    /// assert!((0.4..0.6).contains(&blocks.get(0).counts.link_density()));
    /// ```
    pub fn link_density(&self) -> f32 {
        self.link_chars as f32 / self.chars.max(1) as f32
    }

    fn of_ascii(text: &[u8]) -> Self {
        let mut tally = Tally::default();
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            at += 1;
            if tally.add(byte) {
                continue;
            }
            // "don't" and "3.5" are one word each (UAX 29, rules WB6, WB7, WB11, WB12).
            let joins = matches!(byte, b'\'' | b'.' | b'_')
                && text.get(at).is_some_and(u8::is_ascii_alphanumeric);
            if !joins {
                tally.in_word = 0;
            }
            match byte {
                b',' => tally.commas += 1,
                b'|' | b'/' => tally.separators += 1,
                b'.' | b'!' | b'?' => {
                    let end = text[at..].iter().find(|b| !matches!(b, b'"' | b'\'' | b')'));
                    tally.sentence_ends += u32::from(end.is_none_or(u8::is_ascii_whitespace));
                }
                _ => {}
            }
        }
        tally.counts(text.len() as u32)
    }

    fn of_any(text: &str) -> Self {
        let mut tally = Tally::default();
        let (mut chars, mut ideographs, mut upper, mut plain) = (0, 0, 0, true);
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            chars += 1;
            let letter = if c.is_ascii() {
                if tally.add(c as u8) {
                    continue;
                }
                false
            } else {
                let letter = is_letter(c);
                ideographs += u32::from(is_ideograph(c));
                upper += u32::from(letter && c.is_uppercase());
                plain &= is_plain(c);
                letter
            };
            let next = rest.clone().next();
            let joins =
                tally.in_word > 0 && is_joiner(c) && next.is_some_and(char::is_alphanumeric);
            tally.words += u32::from(letter && tally.in_word == 0);
            tally.in_word = u32::from(letter || joins);
            match c {
                ',' | '、' | '，' | '،' | '؛' => tally.commas += 1,
                '|' | '/' | '·' | '•' | '»' | '›' | '>' => tally.separators += 1,
                '。' | '！' | '？' | '؟' | '।' | '۔' | '…' => tally.sentence_ends += 1,
                '.' | '!' | '?' => {
                    let ends = next.is_none_or(|next| {
                        next.is_whitespace() || matches!(next, '"' | '”' | '»' | '’' | ')' | '“')
                    });
                    tally.sentence_ends += u32::from(ends);
                }
                _ => {}
            }
        }
        let mut counts = tally.counts(chars);
        counts.ideographs = ideographs;
        counts.upper += upper;
        if !plain {
            counts.words = count_by_standard(text);
        }
        counts
    }
}

/// What has been counted so far of a text.
#[derive(Default)]
struct Tally {
    words: u32,
    /// Whether a word goes on, as 0 or 1.
    in_word: u32,
    /// Digits, and above them upper-case letters, counted in one addition.
    digits_and_upper: u64,
    commas: u32,
    separators: u32,
    sentence_ends: u32,
}

impl Tally {
    /// Counts an ASCII character, unless it must be looked at more closely; whether it did.
    #[inline(always)]
    fn add(&mut self, byte: u8) -> bool {
        let kind = KINDS[usize::from(byte)];
        if kind == MARK {
            return false;
        }
        self.words += kind & !self.in_word;
        self.in_word = kind;
        self.digits_and_upper += ONES[usize::from(byte)];
        true
    }

    fn counts(&self, chars: u32) -> Counts {
        Counts {
            chars,
            words: self.words,
            sentence_ends: self.sentence_ends,
            commas: self.commas,
            digits: self.digits_and_upper as u32,
            upper: (self.digits_and_upper >> 32) as u32,
            separators: self.separators,
            ..Counts::default()
        }
    }
}

/// Letters and digits, of which words are made.
const LETTER: u32 = 1;
/// What must be looked at more closely.
const MARK: u32 = 2;

/// What each byte of a text is; beyond ASCII, nothing.
static KINDS: [u32; 256] = kinds();

const fn kinds() -> [u32; 256] {
    let mut kinds = [0; 256];
    let mut byte = 0u8;
    while byte < 0x80 {
        kinds[byte as usize] = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => LETTER,
            b',' | b'|' | b'/' | b'>' | b'.' | b'!' | b'?' | b'\'' | b'_' => MARK,
            _ => 0,
        };
        byte += 1;
    }
    kinds
}

/// What each byte of a text adds to [`Tally::digits_and_upper`].
static ONES: [u64; 256] = ones();

const fn ones() -> [u64; 256] {
    let mut ones = [0; 256];
    let mut byte = 0u8;
    while byte < 0x80 {
        ones[byte as usize] = match byte {
            b'0'..=b'9' => 1,
            b'A'..=b'Z' => 1 << 32,
            _ => 0,
        };
        byte += 1;
    }
    ones
}

/// The number of words in a text: by Unicode's word boundaries, with each Han, kana or Thai
/// character as a word of its own.
///
/// ```
/// use dehusk::blocks::count_words;
/// assert_eq!(count_words("Don't panic, it's 3.5 °C"), 5);
/// assert_eq!(count_words("今天天气很好"), 6);
/// ```
pub fn count_words(text: &str) -> u32 {
    Counts::of(text).words
}

/// The number of words by the rules of the standard.
fn count_by_standard(text: &str) -> u32 {
    let words = text.unicode_words().map(|word| {
        let ideographs = word.chars().filter(|c| is_ideograph(*c)).count() as u32;
        ideographs.max(1)
    });
    words.sum()
}

/// Whether a character is of those scripts (Latin, Greek, Cyrillic) and marks whose words are
/// runs of letters and digits; others need the rules of the standard, at ten times the cost.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' | '\u{2010}'..='\u{205e}' | '\u{20a0}'..='\u{23ff}')
}

/// Whether a character within a word does not end it.
fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '.' | '_' | '’' | '\u{ad}' | '\u{300}'..='\u{36f}')
}

/// Whether a character beyond ASCII is a letter or a digit; typographic marks, which are most of
/// them in many texts, are told without a search.
pub(crate) fn is_letter(c: char) -> bool {
    !matches!(c, '\u{80}'..='\u{a9}' | '\u{2000}'..='\u{206f}') && c.is_alphanumeric()
}

/// Whether a character counts as a word: Han, kana (with their extensions) and Thai.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typographic_marks_are_no_letters() {
        for c in '\u{80}'..='\u{ffff}' {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn plain_scripts_are_counted_as_the_standard_counts() {
        for text in [
            "Él dijo: «no, gracias» – y se fue…",
            "L’été à Évian coûte 12 € par nuit.",
            "Он сказал: «Да», и ушёл в 9.30.",
            "Don’t — never — say “naïve” again",
            "Τι κάνεις; Καλά, ευχαριστώ!",
            "cafe\u{301} au lait",
        ] {
            assert!(text.chars().all(is_plain), "{text}");
            assert_eq!(count_words(text) as usize, text.unicode_words().count(), "{text}");
        }
    }
}
