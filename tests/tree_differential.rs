//! The document is the same tree as html5ever's own tokenizer and RcDom make, but for the
//! differences listed here.
//!
//! - Comments, document types and processing instructions have no node, and names that nobody reads
//!   are one name: so the standard's tree is compared without them.
//! - The text of `<script>` and `<style>` keeps the page's line ends and NULs.
//! - A template's content is its children.
//! - The copies that misnesting makes of formatting elements may have their attributes in the order
//!   of another element with the same attributes.
//! - html5ever keeps the line feed at the start of a `<pre>` if a parse error comes before it; here
//!   its tree builder gets no parse errors.

#[path = "parse_support/mutate.rs"]
mod mutate;
#[path = "parse_support/pages.rs"]
mod pages;
#[path = "parse_support/trees.rs"]
mod trees;

use dehusk::dom::{Document, ParseBudget};

#[track_caller]
fn assert_same(page: &str) {
    assert_same_from(page, "page");
}

#[track_caller]
fn assert_same_from(page: &str, origin: &str) {
    let ours = trees::ours(page, &ParseBudget::default());
    let oracle = trees::oracle(page);
    if ours != oracle {
        let at = ours.iter().zip(&oracle).position(|(ours, oracle)| ours != oracle);
        let at = at.unwrap_or(ours.len().min(oracle.len()));
        let near = at.saturating_sub(3)..at + 2;
        let short: String = page.chars().take(500).collect();
        panic!(
            "{origin} {short:?}\nline {at}\nours   {:#?}\noracle {:#?}",
            ours.get(near.start..near.end.min(ours.len())),
            oracle.get(near.start..near.end.min(oracle.len())),
        );
    }
}

#[test]
fn on_constructs() {
    mutate::seeds().for_each(assert_same);
}

#[test]
fn on_every_beginning_of_constructs() {
    for seed in mutate::seeds() {
        let ends = (0..seed.len()).filter(|end| seed.is_char_boundary(*end));
        ends.for_each(|end| assert_same(&seed[..end]));
    }
}

#[test]
fn on_mutations() {
    let first = mutate::first_seed();
    for seed in 0..mutate::count() as u64 {
        assert_same(&mutate::page(&mut mutate::Chance::new(first + seed)));
    }
}

#[test]
fn on_pages_where_no_limit_is_hit() {
    for path in pages::all() {
        let Some(page) = pages::read(&path) else { continue };
        let document = Document::parse(&page);
        assert!(document.limits_hit().is_none(), "{path:?}: {}", document.limits_hit());
        assert_same_from(&page, &path.to_string_lossy());
    }
}
