//! Any text gives the same tokens as html5ever's tokenizer.

#![no_main]

#[allow(dead_code, unused_imports)]
#[path = "../../src/tokenizer/mod.rs"]
mod tokenizer;
#[path = "../../tests/parse_support/tokens.rs"]
mod tokens;

use html5ever::tokenizer::states::State;
use libfuzzer_sys::fuzz_target;
use tokenizer::Next;

fuzz_target!(|page: &str| {
    assert_eq!(tokens::ours(page, Next::Data, ""), tokens::oracle(page, State::Data));
});
