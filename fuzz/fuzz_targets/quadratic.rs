//! Twice the page does not cost four times the time.

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

libfuzzer_sys::fuzz_target!(|page: &str| checks::quadratic(page));
