//! How much of a page is read before we stop.

use crate::Error;
use crate::dom::{LimitsHit, ParseBudget};
use std::time::Duration;

/// Bounds on the work that one page may ask for.
///
/// The defaults suit a service that takes pages from strangers: no real page comes near them, and
/// no page within them takes more than seconds. [`Limits::none`] lifts those that can be lifted.
/// What a page made us do is told by [`Page::limits_hit`](crate::Page::limits_hit).
///
/// ```
/// use dehusk::Limits;
/// assert_eq!(Limits::default().max_input_bytes(), Some(64 << 20));
/// assert_eq!(Limits::none().max_input_bytes(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct Limits {
    max_input_bytes: Option<usize>,
    max_depth: Option<usize>,
    max_nodes: Option<usize>,
    max_output_bytes: Option<usize>,
    deadline: Option<Duration>,
    #[cfg_attr(feature = "serde", serde(rename = "over_limit"))]
    over: OverLimit,
}

/// What becomes of a page of which a limit would cut off text.
///
/// ```
/// use dehusk::{Error, Extractor, Limits, OverLimit};
/// let page = "<p>The ferry runs again.".repeat(50);
/// let limits = Limits::default().with_max_input_bytes(Some(100));
/// let refused = Extractor::new().with_limits(limits.clone()).extract(&page);
/// assert_eq!(refused.unwrap_err(), Error::InputTooLarge { bytes: 1200, limit: 100 });
/// let limits = limits.with_over_limit(OverLimit::Truncate);
/// let page = Extractor::new().with_limits(limits).extract(&page)?;
/// assert!(page.text().starts_with("The ferry runs again."));
/// assert!(page.limits_hit().bytes());
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum OverLimit {
    /// An [`Error`] that says which limit it was.
    #[default]
    Error,
    /// The answer for the part within the limits; the rest is left out.
    Truncate,
}

/// Larger than any page that a person reads; the arena counts in 32 bits and ends at 4 GiB.
const DEFAULT_INPUT_BYTES: usize = 64 << 20;
/// What the arena can address, with room for its side buffer.
const HARD_INPUT_BYTES: usize = 1 << 30;
/// A text is no longer than its page, but for what character references stand for.
const DEFAULT_OUTPUT_BYTES: usize = 64 << 20;

impl Default for Limits {
    fn default() -> Self {
        let parse = ParseBudget::default();
        Self {
            max_input_bytes: Some(DEFAULT_INPUT_BYTES),
            max_depth: Some(parse.max_depth()),
            max_nodes: Some(parse.max_nodes()),
            max_output_bytes: Some(DEFAULT_OUTPUT_BYTES),
            deadline: None,
            over: OverLimit::Error,
        }
    }
}

impl Limits {
    /// No limits but those of the representation: 1 GiB of input, 2 billion nodes. What keeps the
    /// time in proportion to the page stays, so some tags of absurd pages are still left out.
    ///
    /// ```
    /// use dehusk::{Extractor, Limits};
    /// let page = format!("{}The bottom.", "<div>".repeat(1_000));
    /// let free = Extractor::new().with_limits(Limits::none()).extract(&page)?;
    /// assert!(free.limits_hit().is_none());
    /// assert!(Extractor::new().extract(&page)?.limits_hit().depth() > 0);
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn none() -> Self {
        Self {
            max_input_bytes: None,
            max_depth: None,
            max_nodes: None,
            max_output_bytes: None,
            deadline: None,
            over: OverLimit::Error,
        }
    }

    /// Sets how large a page may be, in bytes as they come; `None` for no limit of your own.
    /// 64 MiB by default.
    ///
    /// ```
    /// use dehusk::{Error, Extractor, Limits};
    /// let page = "<p>The ferry runs again.".repeat(50);
    /// assert!(Extractor::new().extract(&page).is_ok());
    /// let limits = Limits::default().with_max_input_bytes(Some(100));
    /// let refused = Extractor::new().with_limits(limits).extract(&page);
    /// assert_eq!(refused.unwrap_err(), Error::InputTooLarge { bytes: 1200, limit: 100 });
    /// ```
    #[must_use]
    pub fn with_max_input_bytes(mut self, bytes: Option<usize>) -> Self {
        self.max_input_bytes = bytes;
        self
    }

    /// Sets how many elements may be open at a time, at least 16; 512 by default, as in browsers.
    ///
    /// Past it, start tags are left out and their text stays, so it is never an error.
    ///
    /// ```
    /// use dehusk::{Extractor, Limits};
    /// let page = format!("{}The bottom.", "<div>".repeat(100));
    /// let limits = Limits::default().with_max_depth(Some(50));
    /// let page = Extractor::new().with_limits(limits).extract(&page)?;
    /// assert_eq!(page.text(), "The bottom.");
    /// assert!(page.limits_hit().depth() >= 50);
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    #[must_use]
    pub fn with_max_depth(mut self, elements: Option<usize>) -> Self {
        self.max_depth = elements;
        self
    }

    /// Sets how many nodes (elements and texts) are made of a page, more or less, at 32 bytes each;
    /// 4,194,304 by default. Past it, the rest of the page is not read.
    ///
    /// ```
    /// use dehusk::{Error, Extractor, Limits};
    /// let page = "<p>The ferry runs again.".repeat(500);
    /// let limits = Limits::default().with_max_nodes(Some(300));
    /// let refused = Extractor::new().with_limits(limits).extract(&page);
    /// assert_eq!(refused.unwrap_err(), Error::TooManyNodes { limit: 300 });
    /// ```
    #[must_use]
    pub fn with_max_nodes(mut self, nodes: Option<usize>) -> Self {
        self.max_nodes = nodes;
        self
    }

    /// Sets how long [`Page::text`](crate::Page::text) may be, in bytes; 64 MiB by default. The
    /// marks and addresses of Markdown, HTML and JSON come on top.
    ///
    /// A text over it ends with the last block that fits.
    ///
    /// ```
    /// use dehusk::{Error, Extractor, Limits};
    /// let page = "<p>The ferry runs again, and the lock is open.".repeat(30);
    /// let limits = Limits::default().with_max_output_bytes(Some(200));
    /// let refused = Extractor::new().with_limits(limits).extract(&page);
    /// assert_eq!(refused.unwrap_err(), Error::OutputTooLarge { limit: 200 });
    /// ```
    #[must_use]
    pub fn with_max_output_bytes(mut self, bytes: Option<usize>) -> Self {
        self.max_output_bytes = bytes;
        self
    }

    /// Sets how long one call may take; `None`, the default, for no end, which keeps the answer
    /// independent of the machine.
    ///
    /// The clock is read every few hundred tags and between the stages, so a call may end late by
    /// what one stage takes. With [`OverLimit::Truncate`] a page is read for a quarter of the time
    /// at most, so that there is time left to judge what was read; if that is not enough, the page
    /// has no content ([`NoContent::OverLimit`](crate::NoContent::OverLimit)). Without effect on
    /// `wasm32-unknown-unknown`, which has no clock.
    ///
    /// ```
    /// use dehusk::{Error, Extractor, Limits};
    /// use std::time::Duration;
    /// let limits = Limits::default().with_deadline(Some(Duration::ZERO));
    /// let refused = Extractor::new().with_limits(limits).extract("<p>The ferry runs again.");
    /// assert_eq!(refused.unwrap_err(), Error::Deadline { limit: Duration::ZERO });
    /// ```
    #[must_use]
    pub fn with_deadline(mut self, time: Option<Duration>) -> Self {
        self.deadline = time;
        self
    }

    /// Sets what becomes of a page of which a limit would cut off text; [`OverLimit::Error`] by
    /// default.
    ///
    /// ```
    /// use dehusk::{Extractor, Limits, OverLimit};
    /// let page = "<p>The ferry runs again.".repeat(50);
    /// let limits = Limits::default().with_max_input_bytes(Some(100));
    /// assert!(Extractor::new().with_limits(limits.clone()).extract(&page).is_err());
    /// let limits = limits.with_over_limit(OverLimit::Truncate);
    /// assert!(Extractor::new().with_limits(limits).extract(&page).is_ok());
    /// ```
    #[must_use]
    pub fn with_over_limit(mut self, over: OverLimit) -> Self {
        self.over = over;
        self
    }

    /// How large a page may be, in bytes.
    ///
    /// ```
    /// assert_eq!(dehusk::Limits::default().max_input_bytes(), Some(64 << 20));
    /// ```
    pub fn max_input_bytes(&self) -> Option<usize> {
        self.max_input_bytes
    }

    /// How many elements may be open at a time.
    ///
    /// ```
    /// assert_eq!(dehusk::Limits::default().max_depth(), Some(512));
    /// ```
    pub fn max_depth(&self) -> Option<usize> {
        self.max_depth
    }

    /// How many nodes are made of a page, more or less.
    ///
    /// ```
    /// assert_eq!(dehusk::Limits::default().max_nodes(), Some(4_194_304));
    /// ```
    pub fn max_nodes(&self) -> Option<usize> {
        self.max_nodes
    }

    /// How long the text of the main content may be, in bytes.
    ///
    /// ```
    /// assert_eq!(dehusk::Limits::default().max_output_bytes(), Some(64 << 20));
    /// ```
    pub fn max_output_bytes(&self) -> Option<usize> {
        self.max_output_bytes
    }

    /// How long one call may take.
    ///
    /// ```
    /// assert_eq!(dehusk::Limits::default().deadline(), None);
    /// ```
    pub fn deadline(&self) -> Option<Duration> {
        self.deadline
    }

    /// What becomes of a page of which a limit would cut off text.
    ///
    /// ```
    /// use dehusk::{Limits, OverLimit};
    /// assert_eq!(Limits::default().over_limit(), OverLimit::Error);
    /// ```
    pub fn over_limit(&self) -> OverLimit {
        self.over
    }

    /// How many of a page's bytes are read; an error where that must be all of them and is not.
    pub(crate) fn admit_input(&self, bytes: usize) -> Result<usize, Error> {
        let limit = self.max_input_bytes.unwrap_or(usize::MAX).min(HARD_INPUT_BYTES);
        match self.over {
            OverLimit::Error if bytes > limit => Err(Error::InputTooLarge { bytes, limit }),
            _ => Ok(bytes.min(limit)),
        }
    }

    /// Whether an answer that hit limits may be given.
    pub(crate) fn admit_answer(&self, hit: &LimitsHit) -> Result<(), Error> {
        if self.over == OverLimit::Truncate {
            return Ok(());
        }
        if hit.deadline() {
            return Err(Error::Deadline { limit: self.deadline.unwrap_or_default() });
        }
        if hit.nodes() {
            return Err(Error::TooManyNodes { limit: self.max_nodes.unwrap_or(usize::MAX) });
        }
        if hit.output() {
            return Err(Error::OutputTooLarge {
                limit: self.max_output_bytes.unwrap_or(usize::MAX),
            });
        }
        Ok(())
    }

    /// Starts the clock of a call.
    pub(crate) fn watch(&self) -> Watch {
        self.deadline.map_or(Watch::default(), Watch::of)
    }

    /// What the parser may do by these limits.
    pub(crate) fn parse_budget(&self, watch: Watch) -> ParseBudget {
        let reading = match self.over {
            OverLimit::Error => watch,
            OverLimit::Truncate => self.deadline.map_or(watch, |time| watch.earlier(time / 4 * 3)),
        };
        ParseBudget::default()
            .with_max_depth(self.max_depth.unwrap_or(usize::MAX))
            .with_max_nodes(self.max_nodes.unwrap_or(usize::MAX))
            .with_watch(reading)
    }
}

/// A text's first bytes, at most `bytes`, in whole characters.
pub(crate) fn prefix(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// Knows when a call has to end.
///
/// The target `wasm32-unknown-unknown` has no clock, and asking for one panics; there the time
/// never ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Watch {
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    end: Option<std::time::Instant>,
}

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
impl Watch {
    /// A time so long that it does not fit the clock never ends.
    fn of(time: Duration) -> Self {
        Self { end: std::time::Instant::now().checked_add(time) }
    }

    /// A watch that ends sooner.
    fn earlier(self, by: Duration) -> Self {
        Self { end: self.end.and_then(|end| end.checked_sub(by)) }
    }

    /// Whether the time is over.
    pub(crate) fn is_over(self) -> bool {
        self.end.is_some_and(|end| std::time::Instant::now() >= end)
    }
}

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
impl Watch {
    fn of(_time: Duration) -> Self {
        Self {}
    }

    fn earlier(self, _by: Duration) -> Self {
        self
    }

    pub(crate) fn is_over(self) -> bool {
        false
    }
}
