//! What a block is, by its own text and markup.

use super::Survey;
use super::lexical::Scores;
use super::tally::ratio;
use crate::blocks::Block;
use crate::dom::Tag;

/// Tags that are features of their own; others differ little.
const TAGS: [Tag; 7] = [Tag::P, Tag::Div, Tag::Li, Tag::Td, Tag::Pre, Tag::Dd, Tag::Figcaption];

const FIRST: [&str; 26] = [
    "chars",
    "words",
    "chars_per_word",
    "sentence_ends",
    "commas",
    "commas_per_word",
    "link_density",
    "strong_share",
    "digits_share",
    "upper_share",
    "ends_sentence",
    "links",
    "breaks",
    "separators",
    "year",
    "symbols_share",
    "heading",
    "hidden",
    "noscript",
    "navigation",
    "preformatted",
    "after_break",
    "copies",
    "copy_before",
    "word_score",
    "word_score_mean",
];

pub(super) const WIDTH: usize = FIRST.len() + TAGS.len();

pub(super) fn names(names: &mut Vec<String>) {
    names.extend(FIRST.map(String::from));
    names.extend(TAGS.map(|tag| format!("tag_{}", tag.name())));
}

pub(super) fn fill(
    survey: &Survey<'_>,
    index: usize,
    block: &Block,
    scores: &Scores,
    row: &mut Vec<f32>,
) {
    let counts = &block.counts;
    let text = survey.blocks.text(block);
    let words = survey.words.block(index);
    let short = counts.words <= MAX_YEAR_WORDS;
    let last = text.chars().next_back().unwrap_or(' ');
    let score = scores.words[index];
    let marks = &block.marks;
    let flag = |flag: bool| f32::from(u8::from(flag));
    row.extend([
        counts.chars as f32,
        counts.words as f32,
        ratio(counts.chars, counts.words),
        counts.sentence_ends as f32,
        counts.commas as f32,
        ratio(counts.commas, counts.words),
        counts.link_density(),
        ratio(counts.strong_chars, counts.chars),
        ratio(counts.digits, counts.chars),
        ratio(counts.upper, counts.chars),
        flag(matches!(last, '.' | '!' | '?' | '。' | '！' | '？' | '”' | '"' | '…' | '؟' | '।')),
        counts.links as f32,
        counts.breaks as f32,
        counts.separators as f32,
        flag(short && has_year(text)),
        symbols_share(text),
        block.heading as f32,
        flag(marks.hidden),
        flag(marks.noscript),
        flag(marks.navigation),
        flag(marks.preformatted),
        flag(marks.after_break),
        survey.place.copies.size(index) as f32,
        flag(survey.place.copied_before[index]),
        score,
        score / words.len().max(1) as f32,
    ]);
    let tag = survey.blocks.container(block).tag;
    row.extend(TAGS.map(|known| flag(known == tag)));
}

/// So much of a text's start tells whether it is for machines.
const SYMBOL_BYTES: usize = 96;

/// 1 for each byte that is a sign of code and data rather than of prose.
static SYMBOLS: [u8; 256] = symbols();

const fn symbols() -> [u8; 256] {
    let (mut symbols, signs, mut i) = ([0; 256], b"{}[]\"\\=;_/<>", 0);
    while i < signs.len() {
        symbols[signs[i] as usize] = 1;
        i += 1;
    }
    symbols
}

/// The share of such signs in a text's first bytes.
fn symbols_share(text: &str) -> f32 {
    let start = &text.as_bytes()[..text.len().min(SYMBOL_BYTES)];
    let symbols = start.iter().map(|byte| u32::from(SYMBOLS[usize::from(*byte)])).sum();
    ratio(symbols, start.len() as u32)
}

/// In longer blocks a year says nothing of their kind.
const MAX_YEAR_WORDS: u32 = 12;

/// Whether a text has a year of our time, 1990 to 2039.
fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'1', b'2', bytes).any(|at| {
        let Some(year) = bytes[at..].first_chunk::<4>() else { return false };
        let alone = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at)).is_none_or(|byte| !byte.is_ascii_digit())
        };
        let century = year.starts_with(b"19") && year[2] == b'9' || year.starts_with(b"20");
        century
            && matches!(year[2], b'0'..=b'3' | b'9')
            && year[3].is_ascii_digit()
            && alone(at.checked_sub(1))
            && alone(Some(at + 4))
    })
}
