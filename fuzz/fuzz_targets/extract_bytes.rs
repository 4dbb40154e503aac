//! Any bytes, under any options, give an answer that keeps its promises.

#![no_main]

#[path = "../../tests/render_support/allowed.rs"]
#[allow(dead_code)]
mod allowed;
#[path = "../../tests/parse_support/clock.rs"]
#[allow(dead_code)]
mod clock;
#[path = "../checks.rs"]
#[allow(dead_code)]
mod checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::extract_bytes(data));
