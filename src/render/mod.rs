//! From kept blocks to text.

mod layout;
mod text;

pub use text::text;
