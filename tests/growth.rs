//! Parsing takes time in proportion to the length of a page, whatever is in it: twice the page
//! costs less than 2.5 times the time, and a megabyte less than a second.
//!
//! `cargo test --release --test growth -- --ignored --nocapture` prints a table.

#[path = "parse_support/shapes.rs"]
mod shapes;

use dehusk::dom::Document;
use shapes::{SHAPES, page};
use std::time::{Duration, Instant};

fn time(page: &str) -> Duration {
    let start = Instant::now();
    std::hint::black_box(Document::parse(page));
    start.elapsed()
}

/// The bytes of the smaller page: enough that all limits are reached, and quick without
/// optimisation.
const BYTES: usize = 48 << 10;
/// Less than this is not worth comparing: the clock and the scheduler would decide.
const SHORT: Duration = Duration::from_millis(2);

/// The best of several times, of a page and of one twice as long, taken in turn.
fn best_times(start: &str, repeat: fn(usize) -> String, bytes: usize) -> (Duration, Duration) {
    let (small, large) = (page(start, bytes, repeat), page(start, 2 * bytes, repeat));
    (0..5).fold((Duration::MAX, Duration::MAX), |(least, most), _| {
        (least.min(time(&small)), most.min(time(&large)))
    })
}

#[test]
fn twice_the_page_costs_less_than_two_and_a_half_times() {
    let mut slow = Vec::new();
    for (name, start, repeat) in SHAPES {
        // Other work on the machine can only make it seem worse, so the best of some tries counts.
        let tries = (0..8).map(|_| best_times(start, *repeat, BYTES));
        let is_linear = |(small, large): &(Duration, Duration)| {
            *large < SHORT || large.as_secs_f64() < 2.5 * small.as_secs_f64()
        };
        let mut last = None;
        if !tries.inspect(|times| last = Some(*times)).any(|times| is_linear(&times)) {
            slow.push(format!("{name}: {last:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

/// The long page. Without optimisation it is shorter, but has the same second.
const LONG: usize = if cfg!(debug_assertions) { 128 << 10 } else { 1 << 20 };

#[test]
fn a_long_page_costs_less_than_a_second() {
    for (name, start, repeat) in SHAPES {
        let page = page(start, LONG, repeat);
        let best = (0..5).map(|_| time(&page)).find(|took| *took < Duration::from_secs(1));
        assert!(best.is_some(), "{name}");
    }
}

#[test]
fn a_page_has_no_more_nodes_than_bytes() {
    for (name, start, repeat) in SHAPES {
        let page = page(start, LONG, repeat);
        let document = Document::parse(&page);
        assert!(document.len() <= page.len(), "{name}: {}", document.len());
    }
}

#[test]
#[ignore = "prints a table"]
fn table() {
    println!("{:<40} {:>8} {:>8} {:>9}  limits", "", "ms/MB", "x", "nodes");
    for (name, start, repeat) in SHAPES {
        let (small, large) = best_times(start, *repeat, 1 << 19);
        let page = page(start, 1 << 20, repeat);
        let document = Document::parse(&page);
        let ratio = large.as_secs_f64() / small.as_secs_f64();
        let (millis, nodes) = (large.as_secs_f64() * 1e3, document.len());
        println!("{name:<40} {millis:>8.1} {ratio:>8.2} {nodes:>9}  {}", document.limits_hit());
    }
}
