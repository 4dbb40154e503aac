//! What the fuzz targets check, apart from the fuzzer, so that the tests can run it too.

use super::clock;
use dehusk::decode::Decoded;
use dehusk::{Extractor, Limits, Mode, Outcome, OverLimit, Page};
use pulldown_cmark::{Event, Options, Parser};
use std::hint::black_box;
use std::time::Duration;

/// Any bytes, under options that the bytes choose, give an answer that keeps its own promises, and
/// the same one again.
pub fn extract_bytes(data: &[u8]) {
    let (choice, bytes) = data.split_first().unwrap_or((&0, &[]));
    let mode = [Mode::Precision, Mode::Balanced, Mode::Recall][usize::from(choice % 3)];
    let small = choice & 0x40 != 0;
    let limits = match small {
        true => Limits::default()
            .with_max_input_bytes(Some(500))
            .with_max_depth(Some(20))
            .with_max_nodes(Some(60))
            .with_max_output_bytes(Some(100)),
        false => Limits::default(),
    };
    let extractor = Extractor::new()
        .with_mode(mode)
        .with_url("https://example.org/a/b?c")
        .with_signals(usize::from(choice >> 7))
        .with_limits(limits.with_over_limit(OverLimit::Truncate));
    let page = extractor.extract_bytes(bytes).expect("no error where pages are cut");
    assert!(!small || page.text().len() <= 100);
    assert_eq!(extractor.extract_text(bytes).as_deref(), Ok(page.text()));
    assert!((0.0..=1.0).contains(&page.confidence()));
    let has_content = matches!(page.outcome(), Outcome::Content { .. });
    assert!(has_content || page.text().is_empty(), "{:?}", page.outcome());
    let decoded = Decoded::from_bytes(bytes, None);
    for block in page.blocks() {
        assert!((0.0..=1.0).contains(&block.score()), "{block:?}");
        let range = block.source_range();
        assert!(small || range.is_none_or(|range| decoded.text().get(range).is_some()));
    }
    let again = extractor.extract_bytes(bytes).expect("as before");
    assert_eq!(everything(&page), everything(&again));
}

fn everything(page: &Page) -> String {
    let chunks: Vec<String> = page.chunks(20).map(|chunk| chunk.markdown()).collect();
    format!("{page:?}{}{}{}{chunks:?}", page.markdown(), page.html(), page.json())
}

/// The letters of a page's Markdown, read by another hand, are those of its text.
pub fn markdown_roundtrip(html: &str) {
    let page = Extractor::new().extract(html).expect("within the limits");
    let text_only = dehusk::render::RenderOptions::new()
        .with_images(false)
        .with_embeds(false)
        .with_links(false);
    let markdown = page.markdown_with(&text_only);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH;
    let mut read = String::new();
    let mut markup = String::new();
    for event in Parser::new_ext(&markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => read.push_str(&text),
            Event::InlineMath(tex) | Event::DisplayMath(tex) => read.push_str(&tex),
            Event::Html(html) | Event::InlineHtml(html) => markup.push_str(&html),
            _ => {}
        }
    }
    // Tables that Markdown cannot write stand in it as HTML.
    if markup.is_empty() {
        assert_eq!(letters(&read), letters(&plain(&page.html_with(&text_only))), "{markdown}");
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// The text of our own HTML, without the marks of footnotes.
fn plain(html: &str) -> String {
    use dehusk::dom::{Attr, Document};
    let document = Document::parse(html);
    let is_mark = |node| {
        let href = document.attr(node, Attr::Href);
        href.is_some_and(|href| href.starts_with("#fn"))
    };
    document
        .descendants(document.root())
        .filter(|node| !document.ancestors(*node).any(is_mark))
        .map(|node| document.text(node))
        .collect()
}

/// The HTML that we write has only the elements, attributes and schemes that it says.
pub fn html_is_safe(html: &str) {
    let page = Extractor::new().with_url("https://example.org/").extract(html);
    let clean = page.expect("within the limits").html();
    assert_eq!(super::allowed::stray(&clean), None, "{clean}");
}

/// Twice the page does not cost four times the time, from the page to all formats. Where more of it
/// becomes content at some length, one doubling costs more; what grows too fast does so at each.
pub fn quadratic(html: &str) {
    if html.is_empty() {
        return;
    }
    let mut page = html.repeat(PAGE_BYTES.div_ceil(html.len()));
    let mut steep = Vec::new();
    while steep.len() < DOUBLINGS {
        let large = page.repeat(2);
        match growth(&page, &large) {
            Growth::Short if page.len() < MAX_BYTES => {}
            Growth::Short | Growth::Even => return,
            Growth::Steep(least, most) => steep.push((least, most)),
        }
        page = large;
    }
    panic!("a page and twice the page, each time doubled: {steep:?}");
}

/// How the time grew from a page to one twice as long.
enum Growth {
    /// Too little time to tell: what grows too fast takes longer when doubled again.
    Short,
    Even,
    /// Out of proportion; the two times.
    Steep(Duration, Duration),
}

fn growth(small: &str, large: &str) -> Growth {
    let time = |page: &str| {
        let start = clock::worked();
        black_box(everything(&dehusk::extract(black_box(page))));
        clock::worked().saturating_sub(start)
    };
    // A small page that seems slow at first would hide the growth.
    let mut least = (0..FIRST_TRIES).map(|_| time(small)).min().unwrap_or(Duration::MAX);
    let mut most = Duration::MAX;
    // Other work on the machine can only make it seem worse, so the best of some tries counts.
    for _ in 0..TRIES {
        least = least.min(time(small));
        most = most.min(time(large));
        if most < SHORT {
            return Growth::Short;
        }
        if most.as_secs_f64() < MOST_GROWTH * least.as_secs_f64() {
            return Growth::Even;
        }
    }
    Growth::Steep(least, most)
}

/// The bytes of the smallest page.
const PAGE_BYTES: usize = 48 << 10;
/// Pages that are so long and still quick are linear.
const MAX_BYTES: usize = 768 << 10;
const DOUBLINGS: usize = 3;
const FIRST_TRIES: usize = 8;
const TRIES: usize = 20;
const SHORT: Duration = Duration::from_millis(4);
const MOST_GROWTH: f64 = 3.2;

/// Any bytes are decoded, valid UTF-8 as it stands, and by the encoding that is told.
pub fn decode(data: &[u8]) {
    let split = data.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (hint, bytes) = data.split_at(split);
    let hint = std::str::from_utf8(hint).ok().filter(|hint| !hint.is_empty());
    let decoded = Decoded::from_bytes(bytes, hint);
    let again = Decoded::from_bytes(bytes, Some(decoded.encoding()));
    assert_eq!((again.text(), again.encoding()), (decoded.text(), decoded.encoding()));
    if decoded.encoding() == "UTF-8" {
        let marked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        assert_eq!(decoded.text(), String::from_utf8_lossy(marked));
        assert_eq!(decoded.had_errors(), std::str::from_utf8(marked).is_err());
    }
}
