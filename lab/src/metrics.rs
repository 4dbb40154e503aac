//! The metrics of the corpus, as the reference scorer (`../shared/score.py`) defines them.

use crate::corpus::Labelled;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Precision, recall and F1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Prf {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

/// What Python's `\w+` matches: letters, numbers and the underscore, but no marks.
static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}_]+"));
/// As [`WORD`], with each Han, kana or Thai character as a word.
static WORD_OR_IDEOGRAPH: LazyLock<Regex> = LazyLock::new(|| {
    let ideographs = r"\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{0e00}-\x{0e7f}";
    pattern(&format!(r"[{ideographs}]|[[\p{{L}}\p{{N}}_]--[{ideographs}]]+"))
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern")
}

/// Words per shingle of the strict set.
const SHINGLE: usize = 4;

/// The score of one page of a set that is scored page by page; `None` for snippet sets.
pub fn page(labelled: &Labelled, prediction: &str) -> Option<Prf> {
    match labelled.set {
        "trafilatura" => None,
        "aeb" => {
            let words = |text: &str| WORD.find_iter(text).map(|m| m.as_str().to_string()).collect();
            Some(overlap(shingles(words(prediction)), shingles(words(labelled.text()))))
        }
        set => {
            let word = if set.starts_with("wcxb") { &WORD } else { &WORD_OR_IDEOGRAPH };
            Some(overlap(bag(prediction, word), bag(labelled.text(), word)))
        }
    }
}

type Bag = HashMap<String, u64>;

fn bag(text: &str, word: &Regex) -> Bag {
    let mut bag = Bag::new();
    for found in word.find_iter(&text.to_lowercase()) {
        *bag.entry(found.as_str().to_string()).or_default() += 1;
    }
    bag
}

fn shingles(words: Vec<String>) -> Bag {
    let mut bag = Bag::new();
    if words.is_empty() {
        return bag;
    }
    let len = SHINGLE.min(words.len());
    for shingle in words.windows(len) {
        *bag.entry(shingle.join("\u{1f}")).or_default() += 1;
    }
    bag
}

fn overlap(got: Bag, want: Bag) -> Prf {
    let both: u64 =
        got.iter().map(|(word, count)| want.get(word).copied().unwrap_or(0).min(*count)).sum();
    let (got, want) = (got.values().sum::<u64>(), want.values().sum::<u64>());
    if want == 0 {
        let right = f64::from(u8::from(got == 0));
        return Prf { precision: right, recall: right, f1: right };
    }
    if got == 0 || both == 0 {
        return Prf::default();
    }
    let (precision, recall) = (both as f64 / got as f64, both as f64 / want as f64);
    Prf { precision, recall, f1: harmonic(precision, recall) }
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

/// The score of a whole set, of pages and their predictions.
pub fn set(pages: &[(&Labelled, &str)], scores: &[Option<Prf>]) -> Prf {
    if pages.first().is_some_and(|(labelled, _)| labelled.set == "trafilatura") {
        return snippets(pages);
    }
    let mean = |part: fn(&Prf) -> f64| {
        scores.iter().flatten().map(part).sum::<f64>() / scores.len().max(1) as f64
    };
    let (precision, recall) = (mean(|prf| prf.precision), mean(|prf| prf.recall));
    let strict = pages.first().is_some_and(|(labelled, _)| labelled.set == "aeb");
    let f1 = if strict { harmonic(precision, recall) } else { mean(|prf| prf.f1) };
    Prf { precision, recall, f1 }
}

fn snippets(pages: &[(&Labelled, &str)]) -> Prf {
    let (mut hits, mut misses, mut wrong) = (0u32, 0u32, 0u32);
    for (labelled, prediction) in pages {
        let text = squeeze(prediction);
        for snippet in &labelled.truth.with {
            let hit = u32::from(text.contains(&squeeze(snippet)));
            hits += hit;
            misses += 1 - hit;
        }
        let found = |snippet: &&String| text.contains(&squeeze(snippet));
        wrong += labelled.truth.without.iter().filter(found).count() as u32;
    }
    let precision = f64::from(hits) / f64::from((hits + wrong).max(1));
    let recall = f64::from(hits) / f64::from((hits + misses).max(1));
    Prf { precision, recall, f1: 2.0 * precision * recall / (precision + recall).max(1e-9) }
}

/// White space as Python's `\s` has it, collapsed.
pub fn squeeze(text: &str) -> String {
    let space = |c: char| c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}');
    text.split(space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_reference() {
        let words = |word: &Regex, text| word.find_iter(text).count();
        assert_eq!(words(&WORD, "don't naïve_x ½ हिन्दी"), 7);
        assert_eq!(words(&WORD_OR_IDEOGRAPH, "中文abc ไทย"), 6);
    }

    #[test]
    fn an_empty_truth_wants_an_empty_answer() {
        assert_eq!(overlap(Bag::new(), Bag::new()).f1, 1.0);
        assert_eq!(overlap(bag("a", &WORD), Bag::new()).f1, 0.0);
    }
}
