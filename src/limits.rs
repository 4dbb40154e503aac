//! How much of a page is read before we stop.

use crate::Error;

/// Bounds on the work that one page may ask for.
///
/// The defaults suit a service that takes pages from strangers; [`Limits::none`] lifts those that
/// can be lifted.
///
/// ```
/// use dehusk::Limits;
/// assert_eq!(Limits::default().max_input_bytes(), Some(64 << 20));
/// assert_eq!(Limits::none().max_input_bytes(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    max_input_bytes: Option<usize>,
}

/// Larger than any page that a person reads; the arena counts in 32 bits and ends at 4 GiB.
const DEFAULT_INPUT_BYTES: usize = 64 << 20;
/// What the arena can address, with room for its side buffer.
const HARD_INPUT_BYTES: usize = 1 << 30;

impl Default for Limits {
    fn default() -> Self {
        Self { max_input_bytes: Some(DEFAULT_INPUT_BYTES) }
    }
}

impl Limits {
    /// No limits but those of the representation (1 GiB of input).
    pub fn none() -> Self {
        Self { max_input_bytes: None }
    }

    /// Sets how large a page may be, in bytes; `None` for no limit of your own.
    #[must_use]
    pub fn with_max_input_bytes(mut self, bytes: Option<usize>) -> Self {
        self.max_input_bytes = bytes;
        self
    }

    /// How large a page may be, in bytes.
    pub fn max_input_bytes(&self) -> Option<usize> {
        self.max_input_bytes
    }

    pub(crate) fn check_input(&self, bytes: usize) -> Result<(), Error> {
        let limit = self.max_input_bytes.unwrap_or(usize::MAX).min(HARD_INPUT_BYTES);
        if bytes > limit { Err(Error::InputTooLarge { bytes, limit }) } else { Ok(()) }
    }
}
