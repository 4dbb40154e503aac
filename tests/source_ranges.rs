//! The source range of a block: the bytes there, read as HTML, hold the block's words in order.

#[path = "parse_support/mutate.rs"]
#[allow(dead_code)]
mod mutate;
#[path = "parse_support/pages.rs"]
mod pages;

use dehusk::dom::Document;
use dehusk::{Extractor, Page, PageBlock};

/// The words from the first one on whose letters are not among the text in their order; there
/// should be none. Letters and not words, for scripts and pictures may stand within a word.
fn missing<'w>(words: &'w str, text: &str) -> Option<&'w str> {
    let mut letters = text.chars();
    let mut holds = |word: &str| word.chars().all(|letter| letters.any(|other| other == letter));
    words.split_whitespace().find(|word| !holds(word))
}

/// The text of a piece of a page.
fn read(piece: &str) -> String {
    let document = Document::parse(piece);
    document.descendants(document.root()).map(|node| document.text(node)).collect()
}

fn check(html: &str, page: &Page, name: &str) {
    for block in page.blocks() {
        let range = block.source_range().unwrap_or_else(|| panic!("{name}: {block:?} has none"));
        let piece = html.get(range.clone()).unwrap_or_else(|| panic!("{name}: {range:?}"));
        // Within `<textarea>` and the like the bytes are text as they stand.
        let lost = missing(block.text(), &read(piece)).and(missing(block.text(), piece));
        assert_eq!(lost, None, "{name}: {:?} from {piece:?}", block.text());
    }
}

fn range_of(block: &PageBlock) -> std::ops::Range<usize> {
    block.source_range().expect("a page from text has ranges")
}

#[test]
fn the_bytes_of_a_block_hold_its_words_on_all_pages() {
    for path in pages::all() {
        let Some(html) = pages::read(&path) else { continue };
        check(&html, &dehusk::extract(&html), &path.display().to_string());
    }
}

#[test]
fn the_bytes_of_a_block_are_a_range_of_the_page_on_mutated_pages() {
    for seed in 0..3_000 {
        let html = mutate::page(&mut mutate::Chance::new(seed));
        for block in dehusk::extract(&html).blocks() {
            let range = block.source_range();
            assert!(range.is_none_or(|range| html.get(range).is_some()), "{html:?}");
        }
    }
}

#[test]
fn a_range_begins_and_ends_with_the_words_and_takes_no_neighbour() {
    let html = "<h1>Tea</h1>\n<p>\n  Green &amp; <b>white</b>,\n not black. </p><p>Mint</p>";
    let page = dehusk::extract(html);
    let pieces: Vec<&str> =
        page.blocks().iter().map(|block| html[range_of(block)].trim()).collect();
    assert_eq!(pieces, ["Tea", "Green &amp; <b>white</b>,\n not black.", "Mint"]);
}

#[test]
fn ranges_are_those_of_the_decoded_text() {
    let bytes = b"<meta charset=windows-1251><p>\xd7\xe0\xe9 \xe7\xe5\xeb\xb8\xed\xfb\xe9, \xed\xe5 \xf7\xb8\xf0\xed\xfb\xe9.";
    let decoded = dehusk::decode::Decoded::from_bytes(bytes, None);
    let page = Extractor::new().extract_bytes(bytes).unwrap();
    assert_eq!(page.blocks()[0].text(), "Чай зелёный, не чёрный.");
    assert_eq!(&decoded.text()[range_of(&page.blocks()[0])], "Чай зелёный, не чёрный.");
}

#[test]
fn text_that_a_table_casts_out_keeps_its_place() {
    let html = "<p>Before</p><table>cast <tr><td>cell</td></tr>out</table><p>After</p>";
    let page = dehusk::extract(html);
    check(html, &page, "table");
    let cast = page.blocks().iter().find(|block| block.text() == "cast out").unwrap();
    assert_eq!(&html[range_of(cast)], "cast <tr><td>cell</td></tr>out");
}
