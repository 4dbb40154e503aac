//! Parsing and extraction take time in proportion to the length of a page, whatever is in it: a
//! doubling of the page costs less than 2.5 times the time, on average over three, and a megabyte
//! less than a second, or two to extract.
//!
//! `cargo test --release --test growth -- --ignored --nocapture` prints a table.

#[path = "parse_support/clock.rs"]
mod clock;
#[path = "parse_support/shapes.rs"]
mod shapes;
#[path = "parse_support/steep.rs"]
mod steep;
#[path = "parse_support/wide_shapes.rs"]
mod wide_shapes;

use dehusk::dom::Document;
use dehusk::{Extractor, Limits};
use shapes::{SHAPES, Shape, page};
use std::hint::black_box;
use std::sync::Mutex;
use std::time::Duration;
use steep::steep;
use wide_shapes::WIDE_SHAPES;

/// What is timed.
type Work = fn(&str);

fn parse(page: &str) {
    black_box(Document::parse(page));
}

fn extract(page: &str) {
    black_box(dehusk::extract(page));
}

fn time(work: Work, page: &str) -> Duration {
    let start = clock::worked();
    work(page);
    clock::worked().saturating_sub(start)
}

/// The bytes of the smaller page: enough that all limits are reached, and quick without
/// optimisation.
const BYTES: usize = 48 << 10;
/// Less is not worth comparing.
const SHORT: Duration = Duration::from_millis(2);
/// How often the smaller page is doubled.
const DOUBLINGS: i32 = 3;
const TRIES: usize = 20;

/// A page of a shape and one doubled some times.
fn pages((_, start, repeat): &Shape, bytes: usize) -> (String, String) {
    (page(start, bytes, repeat), page(start, bytes << DOUBLINGS, repeat))
}

/// Tests that measure time take turns.
static TURN: Mutex<()> = Mutex::new(());

/// The shapes of which twice the page costs more than two and a half times.
fn superlinear<'s>(work: Work, shapes: impl Iterator<Item = &'s Shape>) -> Vec<String> {
    let _turn = TURN.lock();
    let mut slow = Vec::new();
    for shape in shapes {
        let pages = pages(shape, BYTES);
        let times = || (time(work, &pages.0), time(work, &pages.1));
        if let Some((small, large)) = steep(TRIES, DOUBLINGS, SHORT, times) {
            slow.push(format!("{}: {small:?}, {large:?}", shape.0));
        }
    }
    slow
}

#[test]
fn twice_the_page_costs_less_than_two_and_a_half_times() {
    let slow = superlinear(parse, SHAPES.iter());
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn twice_the_page_costs_less_than_two_and_a_half_times_to_extract() {
    let slow = superlinear(extract, SHAPES.iter().chain(WIDE_SHAPES));
    assert!(slow.is_empty(), "{slow:#?}");
}

/// The long page. Without optimisation it is shorter, but has the same second.
const LONG: usize = if cfg!(debug_assertions) { 128 << 10 } else { 1 << 20 };

#[test]
fn a_long_page_costs_less_than_a_second() {
    let _turn = TURN.lock();
    for (name, start, repeat) in SHAPES {
        let page = page(start, LONG, repeat);
        let best = (0..5).map(|_| time(parse, &page)).find(|took| *took < Duration::from_secs(1));
        assert!(best.is_some(), "{name}");
    }
}

#[test]
fn a_long_page_costs_less_than_two_seconds_to_extract() {
    let _turn = TURN.lock();
    for (name, start, repeat) in SHAPES.iter().chain(WIDE_SHAPES) {
        let page = page(start, LONG, repeat);
        let best = (0..5).map(|_| time(extract, &page)).find(|took| *took < Duration::from_secs(2));
        assert!(best.is_some(), "{name}");
    }
}

fn extract_without_limits(page: &str) {
    black_box(Extractor::new().with_limits(Limits::none()).extract(page)).ok();
}

#[test]
fn without_limits_an_end_tag_of_nothing_does_not_search_all_open_elements_for_ever() {
    let _turn = TURN.lock();
    let page = "<svg>".to_string() + &"<g>".repeat(40_000) + &"</script>".repeat(20_000);
    let mut times = (0..5).map(|_| time(extract_without_limits, &page));
    assert!(times.any(|took| took < Duration::from_secs(3)));
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
    for shape @ (name, ..) in SHAPES {
        let (small, large) = pages(shape, (1 << 20) >> DOUBLINGS);
        let best = |page| (0..5).map(|_| time(parse, page)).min().unwrap_or_default();
        let (document, small, large) = (Document::parse(&large), best(&small), best(&large));
        let ratio = (large.as_secs_f64() / small.as_secs_f64()).powf(1.0 / f64::from(DOUBLINGS));
        let (millis, nodes) = (large.as_secs_f64() * 1e3, document.len());
        println!("{name:<40} {millis:>8.1} {ratio:>8.2} {nodes:>9}  {}", document.limits_hit());
    }
}
