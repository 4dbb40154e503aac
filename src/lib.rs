//! dehusk returns the main content of any web page.

pub mod dom;
