//! The pages under `tests/pages`, written for this project in the manner of real sites.
//!
//! Each says in its note which phrases must appear and which must not; beyond those, the words of
//! the answer must agree with the expected text closely.

use dehusk::Extractor;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

struct Case {
    name: String,
    page: Vec<u8>,
    expected: String,
    note: String,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let case = |path: &PathBuf| Case {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        page: fs::read(path.join("page.html")).unwrap(),
        expected: fs::read_to_string(path.join("expected.txt")).unwrap(),
        note: fs::read_to_string(path.join("note.md")).unwrap(),
    };
    paths.iter().map(case).collect()
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn phrases<'n>(note: &'n str, key: &str) -> Vec<&'n str> {
    let phrase =
        |line: &'n str| line.strip_prefix(key)?.trim().strip_prefix('"')?.strip_suffix('"');
    note.lines().filter_map(phrase).collect()
}

/// F1 over words; in scripts without spaces, over characters.
fn f1(got: &str, want: &str) -> f64 {
    let bag = |text: &str| {
        let mut bag: HashMap<String, i64> = HashMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if word.is_ascii() || word.chars().count() < 12 {
                *bag.entry(word.to_lowercase()).or_default() += 1;
            } else {
                word.chars().for_each(|c| *bag.entry(c.to_string()).or_default() += 1);
            }
        }
        bag
    };
    let (got, want) = (bag(got), bag(want));
    let both: i64 = got.iter().map(|(w, n)| want.get(w).copied().unwrap_or(0).min(*n)).sum();
    let whole: i64 = got.values().sum::<i64>() + want.values().sum::<i64>();
    if whole == 0 { 1.0 } else { 2.0 * both as f64 / whole as f64 }
}

#[test]
fn every_page_gives_its_phrases_and_none_of_the_others() {
    let mut failures = Vec::new();
    for case in cases() {
        let page = Extractor::new().extract_bytes(&case.page).unwrap();
        assert_eq!(
            Extractor::new().extract_text(&case.page).unwrap(),
            page.text(),
            "{}",
            case.name
        );
        let text = squeeze(page.text());
        for phrase in phrases(&case.note, "must:") {
            if !text.contains(&squeeze(phrase)) {
                failures.push(format!("{}: lost {phrase:?}", case.name));
            }
        }
        for phrase in phrases(&case.note, "must-not:") {
            if text.contains(&squeeze(phrase)) {
                failures.push(format!("{}: kept {phrase:?}", case.name));
            }
        }
        let f1 = f1(page.text(), &case.expected);
        if f1 < 0.9 {
            failures.push(format!("{}: F1 {f1:.3}", case.name));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn there_are_enough_pages_and_each_has_phrases() {
    let cases = cases();
    assert!(cases.len() >= 30);
    for case in cases {
        assert!(!phrases(&case.note, "must-not:").is_empty(), "{}", case.name);
    }
}
