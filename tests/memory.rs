//! Memory in proportion to the page, whatever is in it; and where the system has no more to give,
//! the process ends there and then: no answer comes of half the work.

#[allow(dead_code)]
#[path = "parse_support/pages.rs"]
mod pages;
#[path = "parse_support/shapes.rs"]
mod shapes;
#[path = "parse_support/wide_shapes.rs"]
mod wide_shapes;

use cap::Cap;
use dehusk::{Extractor, Page};
use std::alloc::System;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Tests that measure memory take turns.
static TURN: Mutex<()> = Mutex::new(());

/// Says to a process how many bytes it may take beside what it holds when it begins.
const MAY_TAKE: &str = "DEHUSK_MAY_TAKE";

/// A page of hostile shape may take so many times its bytes at the peak: each `<p>x` is a block
/// with all its measures.
const MOST_HOSTILE: f64 = 200.0;
/// A page that somebody wrote; the shipped ones are short, which counts against them.
const MOST_WRITTEN: f64 = 100.0;
/// What any page may take, however short.
const BASE: usize = 256 << 10;

/// How many bytes are held at once, at most, by some work.
fn peak_of<T>(work: impl FnOnce() -> T) -> usize {
    // The peak is counted since the program began. Ballast, never touched, lifts what is held now
    // to the peak so far, so that whatever the work takes shows.
    let ballast = vec![0u8; MEMORY.max_allocated().saturating_sub(MEMORY.allocated())];
    let held = MEMORY.allocated();
    black_box(work());
    let peak = MEMORY.max_allocated().saturating_sub(held);
    drop(black_box(ballast));
    peak
}

/// Everything that a caller can ask of a page.
fn all_of(page: &Page) -> String {
    format!("{page:?}{}{}{}", page.markdown(), page.html(), page.json())
}

/// The pages that take more than so many times their bytes.
fn greedy(pages: impl Iterator<Item = (String, String)>, most: f64) -> Vec<String> {
    black_box(dehusk::extract("<p>The model is read once for all pages."));
    let mut greedy = Vec::new();
    for (name, html) in pages {
        let times = |bytes: usize| bytes.saturating_sub(BASE) as f64 / html.len() as f64;
        let text = times(peak_of(|| dehusk::extract(&html).text().len()));
        let all = times(peak_of(|| all_of(&dehusk::extract(&html)).len()));
        println!("{name}: ×{text:.1}, with all formats ×{all:.1}");
        if text > most || all > 2.0 * most {
            greedy.push(format!("{name}: {text:.1}, {all:.1}"));
        }
    }
    greedy
}

#[test]
fn no_shape_takes_more_than_a_bounded_multiple_of_its_bytes() {
    let _turn = TURN.lock();
    let shapes = shapes::SHAPES.iter().chain(wide_shapes::WIDE_SHAPES);
    let pages = shapes
        .map(|(name, start, repeat)| (name.to_string(), shapes::page(start, 256 << 10, repeat)));
    assert_eq!(greedy(pages, MOST_HOSTILE), [""; 0]);
}

fn shipped() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let page = |file: &std::path::PathBuf| {
        let case = file.parent().and_then(Path::file_name).unwrap();
        (case.to_string_lossy().into_owned(), pages::read(file).unwrap())
    };
    pages::files(&folder).iter().map(page).collect()
}

#[test]
fn the_shipped_pages_take_little() {
    let _turn = TURN.lock();
    assert_eq!(greedy(shipped().into_iter(), MOST_WRITTEN), [""; 0]);
}

#[test]
fn a_long_text_takes_little_beside_itself() {
    let _turn = TURN.lock();
    let sentence = "The path goes on along the water, past the lock and the old mill. ";
    let paragraph = |i: usize| format!("<p>Chapter {i}. {}</p>\n", sentence.repeat(7));
    let page = shapes::page("<article><h1>A walk along the canal</h1>", 4 << 20, paragraph);
    black_box(dehusk::extract("<p>The model is read once for all pages."));
    let text = || Extractor::new().extract_text(page.as_bytes()).unwrap();
    assert!(text().len() > page.len() / 2);
    let times = peak_of(text) as f64 / page.len() as f64;
    assert!(times < 3.5, "{times:.2}");
}

/// The answers to all shipped pages, as a digest (FNV-1a).
fn digest(pages: &[(String, String)]) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325u64;
    for (_, html) in pages {
        for byte in all_of(&dehusk::extract(html)).bytes() {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    digest
}

#[test]
fn without_memory_the_process_ends_and_never_answers_wrong() {
    let _turn = TURN.lock();
    let pages = shipped();
    if let Some(bytes) = std::env::var(MAY_TAKE).ok().and_then(|bytes| bytes.parse().ok()) {
        MEMORY.set_limit(MEMORY.allocated().saturating_add(bytes)).unwrap();
        let digest = digest(&pages);
        MEMORY.set_limit(usize::MAX).unwrap();
        println!("digest {digest:016x}");
        return;
    }
    let right = format!("digest {:016x}", digest(&pages));
    let (mut ended, mut answered) = (0, 0);
    for bytes in (0..14).map(|step| (16 << 10) << step) {
        let asked = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture", "--test-threads=1"])
            .arg("without_memory_the_process_ends_and_never_answers_wrong")
            .env(MAY_TAKE, bytes.to_string())
            // A backtrace would want memory of its own, under a lock.
            .env("RUST_BACKTRACE", "0")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&asked.stdout);
        let told = String::from_utf8_lossy(&asked.stderr);
        assert!(!told.contains("panicked"), "{bytes}: {told}");
        if asked.status.success() {
            assert!(said.contains(&right), "{bytes}: {said}");
            answered += 1;
        } else {
            assert!(told.contains("memory allocation of"), "{bytes}: {told}");
            ended += 1;
        }
    }
    assert!(ended > 2 && answered > 2, "{ended} ended, {answered} answered");
}
