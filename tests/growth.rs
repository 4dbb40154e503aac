//! Parsing takes time in proportion to the length of a page, whatever is in it: twice the page
//! costs less than 2.5 times the time, and a megabyte less than a second.
//!
//! `cargo test --release --test growth -- --ignored --nocapture` prints a table.

use dehusk::dom::Document;
use std::time::{Duration, Instant};

/// A page of at least `bytes` bytes, from a beginning and what is repeated behind it.
fn page(start: &str, bytes: usize, repeat: impl Fn(usize) -> String) -> String {
    let mut page = start.to_string();
    let mut index = 0;
    while page.len() < bytes {
        page.push_str(&repeat(index));
        index += 1;
    }
    page
}

/// A hostile shape: its name, its beginning, and what is repeated.
type Shape = (&'static str, &'static str, fn(usize) -> String);

/// All of one text again and again.
macro_rules! same {
    ($text:literal) => {
        |_| $text.to_string()
    };
}

const SHAPES: &[Shape] =
    &[
        ("div, never closed", "", same!("<div>")),
        ("ul and li, never closed", "", same!("<ul><li>")),
        ("blockquote and p", "", same!("<blockquote><p>x")),
        ("span with a stray end", "", same!("<span></b>x")),
        ("form, div and input", "", same!("<form><div><input>")),
        ("a and div", "", same!("<a><div>")),
        ("a with its own address, and div", "", |i| format!("<a href=x{i}><div>")),
        ("font, never closed", "", same!("<font>x")),
        ("font of many colors", "", |i| format!("<font color=c{i}>x")),
        ("b with its own id, in paragraphs", "", |i| format!("<p><b id=i{i}>x")),
        ("b in paragraphs", "", same!("<p><b>x")),
        ("b and end of p", "", |i| format!("<b id=i{i}></p>")),
        ("different attributes on one tag", "<p", |i| format!(" a{i}=b")),
        ("different attributes on many tags", "", |i| format!("<p a{i}=b>")),
        ("different attributes on one b", "<b", |i| format!(" a{i}=b")),
        ("the same attribute on one tag", "<p", same!(" class=b")),
        ("html again and again", "", |i| format!("<html lang=x class=y a{i}=b>")),
        ("body again and again", "<body>", same!("<body id=x title=y>")),
        ("text in tables", "<table>", same!("x<tr>")),
        ("elements in tables", "<table>", same!("<b>x</b><tr>")),
        ("tables in tables", "", same!("<table><td>")),
        ("tables, fostered", "", same!("<table><div>x")),
        ("select and option", "<select>", same!("<option>x")),
        ("optgroup and option", "<select>", same!("<optgroup><option>")),
        ("selects in selects", "", same!("<select><div>")),
        ("one long value", "<p class=\"", same!("x y ")),
        ("one long value of references", "<p class=\"", same!("&amp;")),
        ("one long name", "<", same!("x")),
        ("ampersands", "", same!("&")),
        ("references without end", "", same!("&notit")),
        ("a long number", "&#", same!("9")),
        ("less-than signs", "", same!("<")),
        ("NULs", "", same!("\0")),
        ("NULs and text", "", same!("\0x")),
        ("line feeds", "", same!("\n")),
        ("carriage returns", "", same!("\r")),
        ("an open comment", "<!--", same!("--!x<!--")),
        ("comments", "", same!("<!---->")),
        ("dashes", "<!--", same!("-")),
        ("an open script", "<script>", same!("</scrip<!--<script")),
        ("an open title", "<title>", same!("</titl&amp;")),
        ("an open value", "<a href='", same!("<a href=")),
        ("new names", "", |i| format!("<name-{i}>")),
        ("new short names", "", |i| format!("<n{i:x}>x")),
        ("new names, closed", "", |i| format!("<some-name-{i}>x</some-name-{i}>")),
        ("end tags of nothing", "<div>", same!("</p></b></x>")),
        ("rules under deep elements", "", |i| if i < 500 { "<div>".into() } else { "<hr>".into() }),
        ("paragraphs under deep spans", "", |i| {
            if i < 500 { "<span>".into() } else { "<p></p>".into() }
        }),
        ("headings and end tags", "", same!("<h1></div><h2></span>")),
        ("objects in cells", "", same!("<table><td><object></table></b>")),
        ("buttons", "", same!("<button><p>")),
        ("dl", "", same!("<dl><dd><div><dt>")),
        ("svg", "", same!("<svg><g><desc>")),
        ("math", "", same!("<math><mi><p>")),
        ("templates", "", same!("<template><tr>")),
        ("nobr", "", |i| format!("<nobr class=c{i}>x")),
        ("ruby", "<ruby>", same!("<rt><rb><rtc>")),
        ("framesets", "<frameset>", same!("<frameset>a b ")),
        ("columns in templates", "<template><col>", same!(" a b <col>")),
        ("formatting across blocks", "", |i| format!("<b id=i{i}><i id=j{i}><div></b>x</i>")),
        ("formatting, many kinds", "", |i| {
            format!("<b a={i}><i a={i}><u a={i}><s a={i}><p>x<em a={i}><tt a={i}>")
        }),
        ("formatting in cells", "<table><tr>", |i| format!("<td><b id=i{i}><i id=i{i}>x<p>")),
    ];

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
