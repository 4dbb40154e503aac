//! The checks of the fuzz targets on pages made up by chance, on the fuzzer's seeds and on what it
//! found before; `DEHUSK_MUTATIONS` sets how many, `DEHUSK_SEED` where to begin.

#[path = "render_support/allowed.rs"]
mod allowed;
#[path = "../fuzz/checks.rs"]
mod checks;
#[path = "parse_support/clock.rs"]
mod clock;
#[path = "parse_support/mutate.rs"]
mod mutate;

use mutate::{Chance, page};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The files of a folder of the fuzzer, in order.
fn files(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.sort();
    files.iter().filter_map(|file| std::fs::read(file).ok()).collect()
}

/// A seed of the fuzzer, damaged, or a page made up.
fn input(seeds: &[Vec<u8>], seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    if seeds.is_empty() || chance.below(2) == 0 {
        return page(&mut chance).into_bytes();
    }
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..chance.below(8) {
        let at = chance.below(bytes.len() + 1);
        let piece = page(&mut chance).into_bytes();
        let from = chance.below(piece.len() + 1);
        let piece = &piece[from..(from + chance.below(12)).min(piece.len())];
        let end = (at + chance.below(20)).min(bytes.len());
        bytes.splice(at..end, piece.iter().copied());
    }
    bytes
}

/// Runs a check; one input in so many, for those that take long.
fn run(name: &str, one_in: usize, check: impl Fn(&[u8])) {
    let mut seeds = files("seeds");
    for found in files(&format!("regressions/{name}")).iter().chain(&seeds) {
        check(found);
    }
    seeds.retain(|seed| seed.len() < 4_000);
    let first = mutate::first_seed();
    let mut broken: Vec<String> = Vec::new();
    for seed in first..first + (mutate::count() / one_in / 4).max(1) as u64 {
        let bytes = input(&seeds, seed);
        if catch_unwind(AssertUnwindSafe(|| check(&bytes))).is_err() {
            broken.push(format!("{seed}: {:?}", String::from_utf8_lossy(&bytes)));
        }
    }
    broken.sort_by_key(String::len);
    assert!(broken.is_empty(), "{} failures, the shortest: {}", broken.len(), broken[0]);
}

/// As the fuzzer does for targets that take text.
fn on_text(check: impl Fn(&str)) -> impl Fn(&[u8]) {
    move |bytes| check(&String::from_utf8_lossy(bytes))
}

#[test]
fn extract_bytes() {
    run("extract_bytes", 2, checks::extract_bytes);
}

#[test]
fn markdown_roundtrip() {
    run("markdown_roundtrip", 2, on_text(checks::markdown_roundtrip));
}

#[test]
fn html_is_safe() {
    run("html_is_safe", 2, on_text(checks::html_is_safe));
}

#[test]
fn quadratic() {
    run("quadratic", 200, on_text(checks::quadratic));
}

#[test]
fn decode() {
    run("decode", 1, checks::decode);
}
