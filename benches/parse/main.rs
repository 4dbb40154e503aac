//! The speed of parsing: `cargo bench --bench parse`.
//!
//! All contenders read the same pages in the same process, round after round in turn, and the
//! median round counts. Pages are those of `tests/pages`, or of a folder that the environment
//! variable `DEHUSK_PAGES` names (`.html` and `.html.gz`, subfolders included).
//! `DEHUSK_ROUNDS` sets the rounds (11); `DEHUSK_ONLY` runs the contenders whose name contains it.

mod arena;
#[path = "../../tests/parse_support/pages.rs"]
#[allow(dead_code)]
mod pages;

use arena::ArenaSink;
use dehusk::dom::Document;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, TokenizerResult, parse_document};
use markup5ever_rcdom::RcDom;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// A way to parse: a name, and what it does with a page. The result says how much it found.
type Contender = (&'static str, fn(&str) -> usize);

const CONTENDERS: [Contender; 6] = [
    ("memchr over < and & (the floor)", floor),
    ("html5ever, tokenizer only", tokenizer_only),
    ("html5ever into RcDom", rcdom),
    ("html5ever into scraper", scraper),
    ("html5ever's tokenizer into an arena", arena),
    ("dehusk", dehusk),
];

fn floor(page: &str) -> usize {
    memchr::memchr2_iter(b'<', b'&', page.as_bytes()).count()
}

/// Counts tokens.
struct Count(std::cell::Cell<usize>);

impl TokenSink for Count {
    type Handle = ();

    fn process_token(&self, _token: Token, _line: u64) -> TokenSinkResult<()> {
        self.0.set(self.0.get() + 1);
        TokenSinkResult::Continue
    }
}

fn tokenizer_only(page: &str) -> usize {
    let tokenizer = Tokenizer::new(Count(Default::default()), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(page.into());
    while tokenizer.feed(&input) != TokenizerResult::Done {}
    tokenizer.end();
    tokenizer.sink.0.get()
}

fn options() -> ParseOpts {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    ParseOpts { tree_builder, ..ParseOpts::default() }
}

fn rcdom(page: &str) -> usize {
    parse_document(RcDom::default(), options()).one(page).document.children.borrow().len()
}

fn scraper(page: &str) -> usize {
    ::scraper::Html::parse_document(page).tree.nodes().len()
}

fn arena(page: &str) -> usize {
    parse_document(ArenaSink::default(), options()).one(page)
}

fn dehusk(page: &str) -> usize {
    Document::parse(page).len()
}

/// The pages to parse.
fn load() -> Vec<String> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let folder = std::env::var_os("DEHUSK_PAGES");
    let folder = folder.as_deref().map_or(shipped.as_path(), Path::new);
    let pages: Vec<String> =
        pages::files(folder).iter().filter_map(|file| pages::read(file)).collect();
    if pages.is_empty() { vec![generated()] } else { pages }
}

/// A page in the manner of a long thread, for a tree without pages.
fn generated() -> String {
    let post = "<div class=\"post odd\" id=\"p1\"><a href=\"/user/7\">seven</a>\n  <p>Is the \
        <b>third</b> lock open &amp; dry? It was not in May.</p>\n  <ul><li>one</li><li>two</li>\
        </ul>\n</div>\n";
    format!("<!doctype html><title>Locks</title><body>{}", post.repeat(2_000))
}

fn main() {
    let rounds = std::env::var("DEHUSK_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let only = std::env::var("DEHUSK_ONLY").unwrap_or_default();
    let pages = load();
    let bytes: usize = pages.iter().map(String::len).sum();
    let contenders: Vec<Contender> =
        CONTENDERS.into_iter().filter(|(name, _)| name.contains(&only)).collect();
    let mut times = vec![Vec::new(); contenders.len()];
    for _ in 0..rounds.unwrap_or(11) {
        for ((_, parse), times) in contenders.iter().zip(&mut times) {
            let start = Instant::now();
            for page in &pages {
                black_box(parse(black_box(page)));
            }
            times.push(start.elapsed());
        }
    }
    println!("{} pages, {:.1} MB", pages.len(), bytes as f64 / 1e6);
    println!("{:<38} {:>8} {:>9} {:>8}", "", "MB/s", "ns/byte", "dehusk");
    let medians: Vec<Duration> = times.into_iter().map(median).collect();
    let ours = *medians.last().expect("a contender");
    for ((name, _), median) in contenders.iter().zip(medians) {
        let (seconds, bytes) = (median.as_secs_f64(), bytes as f64);
        let times = seconds / ours.as_secs_f64();
        println!(
            "{name:<38} {:>8.0} {:>9.2} {times:>7.2}x",
            bytes / seconds / 1e6,
            seconds * 1e9 / bytes
        );
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
