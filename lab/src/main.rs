//! The laboratory of dehusk: scores, trains and compares.
fn main() {}
