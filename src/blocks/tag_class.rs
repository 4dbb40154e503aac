//! What each element does to the flow of text.

use crate::dom::Tag;

/// How an element takes part in the flow of text.
///
/// ```
/// use dehusk::{blocks::Level, dom::Tag};
/// assert_eq!(Level::of(Tag::Section), Level::Block);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    /// Begins and ends blocks.
    Block,
    /// Stays within a block.
    Inline,
    /// Its text is never shown as text. Not so the elements that have none in HTML (`input`, `link`):
    /// within a formula their names mean nothing, and text in them is shown.
    Skipped,
}

impl Level {
    /// The level of an element by its name, after the standard's rendering section (15.3).
    ///
    /// ```
    /// use dehusk::{blocks::Level, dom::Tag};
    /// assert_eq!(Level::of(Tag::Div), Level::Block);
    /// assert_eq!(Level::of(Tag::Em), Level::Inline);
    /// assert_eq!(Level::of(Tag::Script), Level::Skipped);
    /// ```
    pub fn of(tag: Tag) -> Self {
        use Tag::*;
        match tag {
            Address | Article | Aside | Blockquote | Body | Button | Caption | Center | Dd
            | Details | Dialog | Dir | Div | Dl | Dt | Fieldset | Figcaption | Figure | Footer
            | Form | H1 | H2 | H3 | H4 | H5 | H6 | Header | Hgroup | Hr | Html | Legend | Li
            | Main | Menu | Nav | Noscript | Ol | P | Plaintext | Pre | Search | Section
            | Summary | Table | Tbody | Td | Template | Tfoot | Th | Thead | Tr | Ul | Xmp => {
                Self::Block
            }
            Audio | Canvas | Datalist | Embed | Frameset | Head | Iframe | Noframes | Object
            | Optgroup | Option | Script | Select | Style | Svg | Textarea | Title | Video | Rp => {
                Self::Skipped
            }
            _ => Self::Inline,
        }
    }

    /// The level of a heading, 1 to 6, or 0.
    pub(super) fn heading(tag: Tag) -> u8 {
        match tag {
            Tag::H1 => 1,
            Tag::H2 => 2,
            Tag::H3 => 3,
            Tag::H4 => 4,
            Tag::H5 => 5,
            Tag::H6 => 6,
            _ => 0,
        }
    }
}
