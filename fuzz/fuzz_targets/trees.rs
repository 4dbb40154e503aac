//! Any text gives the same tree as html5ever's tokenizer and RcDom, unless it hits a limit; and
//! places are ranges of the page.

#![no_main]

#[path = "../../tests/parse_support/trees.rs"]
mod trees;

use dehusk::dom::{Document, ParseBudget};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|page: &str| {
    let document = Document::parse(page);
    for node in document.descendants(document.root()) {
        if let Some(range) = document.source_range(node) {
            assert!(page.get(range).is_some());
        }
    }
    let tiny = ParseBudget::default().with_max_depth(16).with_max_formatting(2).with_max_nodes(60);
    let cut = Document::parse_with(page, &tiny.with_max_names(1));
    assert!(cut.descendants(cut.root()).count() < document.len().max(200));
    if document.limits_hit().is_none() {
        assert_eq!(trees::ours(page, &ParseBudget::default()), trees::oracle(page));
    }
});
