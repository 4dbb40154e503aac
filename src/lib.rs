//! dehusk returns the main content of any web page.

pub mod blocks;
pub mod decode;
pub mod dom;
pub mod features;
