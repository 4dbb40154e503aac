//! The tokenizer finds the same tokens as html5ever's own. Parse errors, line numbers and the
//! attributes of end tags are not compared: nobody reads them.

#[allow(dead_code, unused_imports)]
#[path = "../src/tokenizer/mod.rs"]
mod tokenizer;

#[path = "parse_support/mutate.rs"]
mod mutate;
#[path = "parse_support/pages.rs"]
mod pages;
#[path = "parse_support/tokens.rs"]
mod tokens;

use html5ever::tokenizer::states::{RawKind, State};
use tokenizer::Next;

#[track_caller]
fn assert_same(page: &str) {
    let ours = tokens::ours(page, Next::Data, "");
    let oracle = tokens::oracle(page, State::Data);
    if ours != oracle {
        let at = ours.iter().zip(&oracle).position(|(ours, oracle)| ours != oracle);
        let at = at.unwrap_or(ours.len().min(oracle.len()));
        let short: String = page.chars().take(2_000).collect();
        panic!(
            "page {short:?}\ntoken {at}\nours   {:?}\noracle {:?}",
            ours.get(at),
            oracle.get(at)
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
fn on_text_outside_markup() {
    let states = [
        (Next::Plaintext, State::Plaintext),
        (Next::Script, State::RawData(RawKind::ScriptData)),
        (Next::Rawtext, State::RawData(RawKind::Rawtext)),
        (Next::Rcdata, State::RawData(RawKind::Rcdata)),
    ];
    // Without a last start tag no end tag is the right one.
    for seed in mutate::seeds() {
        for (next, state) in states {
            assert_eq!(tokens::ours(seed, next, ""), tokens::oracle(seed, state), "{seed:?}");
        }
    }
}

#[test]
fn on_pages() {
    for path in pages::all() {
        let Some(page) = pages::read(&path) else { continue };
        assert_same(&page);
    }
}
