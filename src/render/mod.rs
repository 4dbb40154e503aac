//! From kept blocks to text, Markdown, HTML and JSON.
//!
//! A [`Content`] is made once from what was kept of a page: paragraphs, headings, lists, quotes,
//! listings, tables, figures, images, formulas, footnotes, rules and embeds, each text node of the
//! page at most once and in order. It owns all that it needs, so the page may go, and every format
//! is a method: [`Content::text`], [`Content::markdown`], [`Content::html`], [`Content::json`], and
//! [`Content::chunks`] for pieces of a size. [`RenderOptions`] leave out links, images, tables or
//! embeds.
//!
//! # What is promised
//! - The words written are the page's, in order, none twice, no two joined that the page divides.
//!   Beside them stand only marks: list bullets and numbers, and the cells' ` | `. The description
//!   of an image and the title or address of an embed are written with these in Markdown and HTML.
//! - Markdown means what the page says: text is escaped, tables that Markdown cannot say are HTML.
//! - HTML has only the elements and attributes that [`Content::html`] lists, and addresses of
//!   `http`, `https`, `mailto` and `tel`; extracted again, all of it kept, it gives the same text.
//! - Links and images are absolute where the page's address is known
//!   ([`Extractor::with_url`](crate::Extractor::with_url)) or a `<base>` tells it.
//!
//! # What is dropped within kept blocks
//! Line numbers beside listings, the signs of links from headings and definitions to themselves and
//! from footnotes back to the text, lines of nothing but invisible characters, the copy of a formula
//! or a lazy image for another reader, images with a side of at most two pixels.

mod address;
mod budget;
mod build;
mod chunks;
mod code;
mod content;
mod escape;
mod headings;
mod html;
mod inline;
mod insets;
mod json;
mod line;
mod markdown;
mod math;
mod notes;
mod options;
mod place;
mod source;
mod tables;
mod text;
mod words;

pub use chunks::Chunk;
pub use content::Content;
pub use json::JSON_VERSION;
pub use options::RenderOptions;
pub use text::text;
pub use words::{Script, Words};
