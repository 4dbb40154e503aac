//! dehusk takes the HTML of any web page and returns its main content: the article body, the posts
//! of a thread, the documentation page, the product description. Navigation, cookie banners,
//! "See also" boxes, share bars, related links, comment forms and footers stay behind, and every
//! block that was kept or dropped can say why.
//!
//! ```
//! let html = r#"<title>Otters return to the canal - The Lockkeeper</title>
//! <nav><a href="/">Home</a> <a href="/news">News</a></nav>
//! <main><h1>Otters return to the canal</h1>
//! <p>Two otters were seen below the third lock on Monday, the first since the mill closed.</p>
//! <p>Walkers are asked to keep dogs on the lead along the towpath until the end of May.</p></main>
//! <footer>Copyright The Lockkeeper. <a href="/privacy">Privacy</a></footer>"#;
//! let page = dehusk::extract(html);
//! assert_eq!(page.title(), Some("Otters return to the canal"));
//! assert!(page.text().contains("Two otters were seen"));
//! assert!(!page.text().contains("Privacy"));
//! ```
//!
//! # Three doors
//! 1. [`extract`]: text in, [`Page`] out, with the defaults.
//! 2. [`Extractor`]: bytes in any encoding, the page's address, [`Mode`], [`Limits`], signals.
//! 3. The parts, for those who build their own: [`decode`], [`dom`], [`blocks`], [`features`],
//!    [`score`], [`select()`], [`render`], in the order in which data flows through them.
//!
//! # What a page becomes
//! The page is parsed once, by the rules of the HTML standard, and cut into *blocks*: what a
//! reader sees as one paragraph, heading, list item or table cell. Each block is measured: its
//! text and link density, its place, the names and shapes of the elements above it, the company
//! that it keeps. A small learned model turns the measures into the probability that the block is
//! content, and the set of blocks with the best expected F1 is the answer. That expectation is
//! [`Page::confidence`].
//!
//! # When not to use it
//! - To read one site whose markup you know: selectors are exact, this is a judgement.
//! - For pages that a script builds in the browser: render them first. A page that is only a
//!   shell says so ([`NoContent::ScriptShell`]).
//! - To make strange HTML safe: the text is text, but see [`render`] for what it promises.
//!
//! # Features
//! None is on by default. `parallel`: many pages on all cores, `Extractor::extract_batch`.
//! `language`: the language of the content, `Page::detected_language`. `serde`: metadata, blocks,
//! chunks and options can be stored, under the names that [`Page::json`] uses. `rcdom`: extraction
//! from a tree of `markup5ever_rcdom`.
//!
//! # What is promised
//! No panic, no recursion and no `unsafe` on any input; the same bytes out on every run and
//! thread; nothing lost silently: a page without content has an [`Outcome`] with a reason.

#![forbid(unsafe_code)]

mod base_url;
#[cfg(feature = "parallel")]
mod batch;
pub mod blocks;
mod class;
pub mod decode;
pub mod dom;
mod error;
mod extractor;
mod fallback;
pub mod features;
mod json_reader;
mod json_writer;
mod limits;
pub mod metadata;
mod options;
mod page;
mod page_block;
mod page_json;
mod ranking;
#[cfg(feature = "rcdom")]
pub mod rcdom;
pub mod render;
pub mod score;
mod select;
#[cfg(feature = "serde")]
mod serial;
mod tokenizer;

pub use base_url::BaseUrl;
#[cfg(feature = "parallel")]
pub use batch::Input;
pub use class::BlockClass;
pub use error::Error;
pub use extractor::Extractor;
pub use limits::{Limits, OverLimit};
pub use page::{ALGORITHM, FoundIn, NoContent, Outcome, Page};
pub use page_block::{PageBlock, Signal};
pub use select::{Mode, Selection, select};

/// Extracts the main content of a page, with the default options.
///
/// Never fails: of a page over the default limits only the part within them is read, and
/// [`Page::limits_hit`] says so.
///
/// ```
/// let page = dehusk::extract("<article><p>The ferry runs again from Monday.</article>");
/// assert_eq!(page.text(), "The ferry runs again from Monday.");
/// ```
pub fn extract(html: &str) -> Page {
    let limits = Limits::default().with_over_limit(OverLimit::Truncate);
    let page = Extractor::new().with_limits(limits).extract(html);
    page.unwrap_or_else(|_| extractor::empty_page(NoContent::OverLimit))
}
