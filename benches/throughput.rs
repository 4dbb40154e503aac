//! The speed of the whole, page to text and page to Markdown, by kind and by size:
//! `cargo bench --bench throughput`.
//!
//! The pages are made up (`support/pages.rs`); `DEHUSK_PAGES` names a folder of others.
//! `DEHUSK_ROUNDS` sets the rounds (7), of which the median counts.

#[path = "support/pages.rs"]
mod pages;

use dehusk::Extractor;
use pages::{SIZES, Sample};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() {
    let samples = pages::load();
    println!(
        "{:<16} {:>6} {:>9} {:>10} {:>10} {:>12}",
        "", "pages", "MB", "text MB/s", "pages/s", "Markdown MB/s"
    );
    line("all", &samples, |_| true);
    let kinds: BTreeSet<&str> = samples.iter().map(|sample| sample.kind).collect();
    kinds.into_iter().for_each(|kind| line(kind, &samples, |sample| sample.kind == kind));
    for size in SIZES.into_iter().chain([usize::MAX]) {
        let name = if size == usize::MAX { "larger".into() } else { format!("{} KB", size >> 10) };
        line(&name, &samples, |sample| sample.size == size);
    }
}

/// Prints the figures of those pages for which `wanted` says so.
fn line(name: &str, samples: &[Sample], wanted: impl Fn(&Sample) -> bool) {
    let pages: Vec<&str> =
        samples.iter().filter(|sample| wanted(sample)).map(|sample| sample.html.as_str()).collect();
    if pages.is_empty() {
        return;
    }
    let megabytes = pages.iter().map(|page| page.len()).sum::<usize>() as f64 / 1e6;
    let extractor = Extractor::new();
    let text = median(|| {
        for page in &pages {
            _ = black_box(extractor.extract_text(black_box(page.as_bytes())));
        }
    });
    let markdown = median(|| {
        for page in &pages {
            _ = black_box(extractor.extract(black_box(page)).map(|page| page.markdown().len()));
        }
    });
    println!(
        "{name:<16} {:>6} {megabytes:>9.2} {:>10.1} {:>10.0} {:>12.1}",
        pages.len(),
        megabytes / text.as_secs_f64(),
        pages.len() as f64 / text.as_secs_f64(),
        megabytes / markdown.as_secs_f64(),
    );
}

fn median(work: impl Fn()) -> Duration {
    let rounds = std::env::var("DEHUSK_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let mut times: Vec<Duration> = (0..rounds.unwrap_or(7usize).max(1))
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}
