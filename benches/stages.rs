//! What each stage costs on its own: `cargo bench --bench stages`.
//!
//! Each stage is timed page by page with what the stages before it made; the pages are those of
//! the bench `throughput`. `DEHUSK_ROUNDS` sets the rounds (5), of which the fastest counts.

#[path = "support/pages.rs"]
mod pages;

use dehusk::blocks::Blocks;
use dehusk::decode::Decoded;
use dehusk::dom::Document;
use dehusk::features::Survey;
use dehusk::metadata::{Hints, Metadata};
use dehusk::render::{Content, RenderOptions};
use dehusk::score::Model;
use dehusk::{Mode, select};
use std::hint::black_box;
use std::time::{Duration, Instant};

const STAGES: [&str; 9] =
    ["decode", "parse", "blocks", "survey", "score", "select", "content", "text", "metadata"];
/// What else a page may be written as; no part of the sum.
const FORMATS: [&str; 3] = ["Markdown", "HTML", "JSON"];
const ALL: usize = STAGES.len() + FORMATS.len();

fn main() {
    let samples = pages::load();
    let rounds = std::env::var("DEHUSK_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let bytes: usize = samples.iter().map(|sample| sample.html.len()).sum();
    let mut best = [Duration::MAX; ALL];
    for _ in 0..rounds.unwrap_or(5usize).max(1) {
        let mut times = [Duration::ZERO; ALL];
        for sample in &samples {
            for (sum, time) in times.iter_mut().zip(stages(&sample.html)) {
                *sum += time;
            }
        }
        for (best, time) in best.iter_mut().zip(times) {
            *best = (*best).min(time);
        }
    }
    let all: Duration = best[..STAGES.len()].iter().sum();
    println!(
        "{} pages, {:.1} MB\n{:<10} {:>9} {:>8} {:>8}",
        samples.len(),
        bytes as f64 / 1e6,
        "",
        "MB/s",
        "ns/byte",
        "share"
    );
    let (stages, formats) = best.split_at(STAGES.len());
    let sum = [(&"sum", &all)];
    let lines = STAGES.iter().zip(stages).chain(sum).chain(FORMATS.iter().zip(formats));
    for (stage, time) in lines {
        let (seconds, bytes) = (time.as_secs_f64(), bytes as f64);
        let share = seconds / all.as_secs_f64() * 100.0;
        println!(
            "{stage:<10} {:>9.0} {:>8.2} {share:>7.1}%",
            bytes / seconds / 1e6,
            seconds * 1e9 / bytes
        );
    }
}

/// The times of a page's stages, and last of the formats.
fn stages(html: &str) -> [Duration; ALL] {
    let mut times = [Duration::ZERO; ALL];
    let mut stage = times.iter_mut();
    let mut start = Instant::now();
    let mut lap = || {
        if let Some(time) = stage.next() {
            *time = start.elapsed();
        }
        start = Instant::now();
    };
    let decoded = black_box(Decoded::from_bytes(html.as_bytes(), None));
    lap();
    let document = black_box(Document::parse(decoded.text()));
    lap();
    let blocks = black_box(Blocks::of(&document));
    lap();
    let survey = black_box(Survey::of(&document, &blocks));
    lap();
    let scores = black_box(Model::shipped().score(&survey));
    lap();
    let selection = black_box(select(&blocks, &scores.blocks, scores.article, Mode::Balanced));
    lap();
    let content = black_box(Content::of(&document, &blocks, &selection.kept));
    lap();
    black_box(content.text());
    lap();
    black_box(Metadata::read(&document, None, &Hints::new()));
    lap();
    let options = RenderOptions::default();
    black_box(content.markdown(&options));
    lap();
    black_box(content.html(&options));
    lap();
    black_box(content.json(&options));
    lap();
    times
}
