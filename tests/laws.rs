//! What holds for every page: it ends well, gives the same bytes again, and changes of the markup
//! that no reader sees do not change the answer.
//!
//! `PROPTEST_CASES` sets how many pages are made up (256).

#[path = "laws_support/markup.rs"]
mod markup;
#[path = "parse_support/mutate.rs"]
#[allow(dead_code)]
mod mutate;

use dehusk::{Extractor, Mode, Page};
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

/// The shipped pages, decoded, with their names.
static PAGES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut cases: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let page = |case: &std::path::PathBuf| {
        let bytes = std::fs::read(case.join("page.html")).unwrap();
        let text = dehusk::decode::Decoded::from_bytes(&bytes, None).text().to_string();
        (case.file_name().unwrap().to_string_lossy().into_owned(), text)
    };
    cases.iter().map(page).collect()
});

/// Everything that a caller can ask of a page.
fn all_of(page: &Page) -> String {
    let chunks: Vec<_> = page.chunks(40).map(|chunk| chunk.markdown()).collect();
    let formats = (page.markdown(), page.html(), page.json());
    format!("{page:?}{formats:?}{chunks:?}{:?}{}", page.words(), page.limits_hit())
}

/// What a reader gets.
fn answer(html: &str) -> (String, String, Option<String>) {
    let page = dehusk::extract(html);
    (page.text().to_string(), page.markdown(), page.title().map(String::from))
}

/// The names of the shipped pages whose answer is another after a change.
fn changed(change: impl Fn(&str) -> String) -> Vec<String> {
    let differs = |(_, html): &&(String, String)| answer(html) != answer(&change(html));
    PAGES.iter().filter(differs).map(|(name, _)| name.clone()).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn thirty_elements_around_the_body_change_nothing() {
    assert_eq!(changed(|html| markup::wrapped(html, 30)), NONE);
}

#[test]
fn line_ends_of_another_system_change_nothing() {
    assert_eq!(changed(markup::with_crlf), NONE);
}

#[test]
fn names_in_upper_case_change_nothing() {
    assert_eq!(changed(markup::in_upper_case), NONE);
}

#[test]
fn the_order_of_attributes_changes_nothing() {
    assert_eq!(changed(markup::with_attributes_reversed), NONE);
}

#[test]
fn comments_between_all_nodes_change_nothing() {
    assert_eq!(changed(|html| markup::with_comments(html, |_| true)), NONE);
}

/// One of the shipped pages.
fn shipped() -> impl Strategy<Value = &'static str> {
    (0..PAGES.len()).prop_map(|index| PAGES[index].1.as_str())
}

/// What is done to a page's bytes: where, how many are taken out, and what is put in.
fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, Vec<u8>)>> {
    let put_in = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..8),
        prop::sample::select(vec![
            "<",
            ">",
            "</",
            "<!--",
            "]]>",
            "&#x",
            "\"",
            "<table>",
            "<svg>",
            "</body>",
            "<template>",
            "<p hidden>",
            "<script>",
            "</div></div>",
            "<select>",
            "\u{0}",
            "\u{202e}",
            "<a href=//>",
            "<meta name=author content=",
            "<time datetime=9999-99-99>",
            "{\"@type\":",
            "<math>",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0usize..400, put_in), 1..12)
}

proptest! {
    #[test]
    fn made_up_pages_end_well_and_give_the_same_again(seed: u64) {
        let html = mutate::page(&mut mutate::Chance::new(seed));
        let extractor = Extractor::new().with_url("https://example.org/a/b").with_signals(1);
        let first = all_of(&extractor.extract(&html).unwrap());
        prop_assert_eq!(first, all_of(&extractor.extract(&html).unwrap()));
    }

    #[test]
    fn damaged_pages_end_well_and_give_the_same_again(html in shipped(), damage in damage()) {
        let mut bytes = html.as_bytes().to_vec();
        for (at, out, put_in) in damage {
            let at = at.index(bytes.len() + 1);
            let end = (at + out).min(bytes.len());
            bytes.splice(at..end, put_in);
        }
        for mode in [Mode::Precision, Mode::Balanced, Mode::Recall] {
            let extractor = Extractor::new().with_mode(mode);
            let first = all_of(&extractor.extract_bytes(&bytes).unwrap());
            prop_assert_eq!(first, all_of(&extractor.extract_bytes(&bytes).unwrap()));
        }
    }

    #[test]
    fn any_bytes_end_well(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let page = Extractor::new().extract_bytes(&bytes).unwrap();
        prop_assert!(!all_of(&page).is_empty());
    }

    #[test]
    fn a_comment_between_some_nodes_changes_nothing(html in shipped(), seed: u64) {
        let mut chance = mutate::Chance::new(seed);
        let commented = markup::with_comments(html, |_| chance.below(20) == 0);
        prop_assert_eq!(answer(html), answer(&commented));
    }

    #[test]
    fn the_text_is_made_of_the_pages_words_in_their_order(html in shipped(), damage in damage()) {
        let mut bytes = html.as_bytes().to_vec();
        for (at, out, put_in) in damage {
            let at = at.index(bytes.len() + 1);
            let end = (at + out).min(bytes.len());
            bytes.splice(at..end, put_in);
        }
        let page = Extractor::new().extract_bytes(&bytes).unwrap();
        let mut kept = page.blocks().iter().filter(|block| block.kept()).peekable();
        if kept.peek().is_some() {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            let all: String = kept.map(|block| letters(block.text())).collect();
            let mut rest = all.chars();
            for letter in letters(page.text()).chars() {
                prop_assert!(rest.any(|other| other == letter), "{:?}", page.text());
            }
        }
    }
}
