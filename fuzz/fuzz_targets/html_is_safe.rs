//! The HTML that we write has only what it says.

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

libfuzzer_sys::fuzz_target!(|page: &str| checks::html_is_safe(page));
