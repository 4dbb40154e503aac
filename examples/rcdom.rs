//! Extracts from a tree that was parsed elsewhere:
//! `cargo run --features rcdom --example rcdom`

use dehusk::{Extractor, rcdom};
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::RcDom;

fn main() {
    let html = "<nav><a href=/>Home</a></nav><article><h1>A tree</h1>\
        <p>This tree was built by html5ever for another purpose, and is read here once more.</p>\
        </article>";
    let tree = html5ever::parse_document(RcDom::default(), Default::default()).one(html);
    let page = Extractor::new().extract_document(&rcdom::document(&tree));
    println!("{}", page.text());
}
