//! What can go wrong: limits and bad arguments. A page without content is not an error.

use std::time::Duration;
use thiserror::Error;

/// Why an extraction was refused.
///
/// ```
/// use dehusk::{Error, Extractor, Limits};
/// let small = Limits::default().with_max_input_bytes(Some(10));
/// let error = Extractor::new().with_limits(small).extract("<p>far too long").unwrap_err();
/// assert_eq!(error, Error::InputTooLarge { bytes: 15, limit: 10 });
/// assert_eq!(
///     error.to_string(),
///     "the page has 15 bytes, the limit is 10; raise it with Limits::with_max_input_bytes"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Error {
    /// The page is larger than the limit.
    #[error(
        "the page has {bytes} bytes, the limit is {limit}; raise it with Limits::with_max_input_bytes"
    )]
    InputTooLarge {
        /// The size of the page, in bytes.
        bytes: usize,
        /// The limit that was set, in bytes.
        limit: usize,
    },
    /// The page has more nodes than the limit.
    #[error("the page has more than {limit} nodes; raise the limit with Limits::with_max_nodes")]
    TooManyNodes {
        /// The limit that was set.
        limit: usize,
    },
    /// The text of the main content is longer than the limit.
    #[error(
        "the text is longer than {limit} bytes; raise the limit with Limits::with_max_output_bytes"
    )]
    OutputTooLarge {
        /// The limit that was set, in bytes.
        limit: usize,
    },
    /// The time is over.
    #[error("not done within {limit:?}; raise the limit with Limits::with_deadline")]
    Deadline {
        /// The time that was set.
        limit: Duration,
    },
}
