//! Bounds what is written more than once.
//!
//! A link around a thousand paragraphs is a thousand links in Markdown, and each relative link
//! repeats the page's base. Of a page made for it, the answer would be hundreds of times the page.

use super::content::{Content, Event, NO_LINK, Span};

/// What is repeated may come to so many bytes for each byte of the page; ordinary pages stay below
/// one.
const BYTES_PER_BYTE: usize = 8;
/// It may always come to so many: short pages have a right to a long address too.
const AT_LEAST: usize = 64 << 10;

/// The bytes that may still be spent on repetition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget(usize);

impl Budget {
    /// The budget of a page, or content, of so many bytes.
    pub fn of(bytes: usize) -> Self {
        Self(bytes.saturating_mul(BYTES_PER_BYTE).max(AT_LEAST))
    }

    /// Whether so many bytes can be paid for; if so, they are.
    pub fn pays(&mut self, bytes: usize) -> bool {
        let left = self.0.checked_sub(bytes);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

impl Content {
    /// Leaves out the addresses that the budget of a page of so many bytes does not pay for: of
    /// links the text stays, images and embeds go.
    pub(super) fn bound_addresses(&mut self, page_bytes: usize) {
        let mut budget = Budget::of(page_bytes);
        let base = self.base.len();
        for event in &mut self.events {
            if let Event::Image { media, .. } | Event::Embed { media } = event
                && let Some(media) = self.media.get_mut(*media as usize)
                && !budget.pays(base + media.src.range().len())
            {
                media.src = Span::default();
            }
            if let Event::Text { link, .. } | Event::Image { link, .. } = event
                && let Some(known) = self.links.get(*link as usize)
                && !budget.pays(base + known.href.range().len())
            {
                *link = NO_LINK;
            }
        }
    }
}
