//! How much of a page's structure is kept, and what was not.

use crate::limits::Watch;
use std::fmt;

/// How much of a page's structure is kept.
///
/// ```
/// use dehusk::dom::{Document, ParseBudget};
/// let page = "<div>".repeat(600) + "text";
/// let document = Document::parse_with(&page, &ParseBudget::default().with_max_depth(100));
/// let deepest = document.descendants(document.root()).last().unwrap();
/// assert_eq!(document.text(deepest), "text");
/// assert!(document.ancestors(deepest).count() <= 101);
/// assert!(document.limits_hit().depth() > 400);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseBudget {
    pub(super) max_depth: usize,
    pub(super) max_formatting: usize,
    pub(super) max_nodes: usize,
    pub(super) max_names: usize,
    pub(super) watch: Watch,
}

/// The deepest of 5,000 real pages nests 51 elements; browsers stop at 512.
const MAX_DEPTH: usize = 512;
/// Each block may get a copy of each of them.
const MAX_FORMATTING: usize = 128;
/// 32 bytes each: 128 MiB. A large real page has 100,000.
const MAX_NODES: usize = 4 << 20;
/// Atoms over this number made their shared table slow.
const MAX_NAMES: usize = 1024;
/// Open elements that a limit does not count: a page has them anyway.
const MIN_DEPTH: usize = 16;

impl Default for ParseBudget {
    fn default() -> Self {
        Self {
            max_depth: MAX_DEPTH,
            max_formatting: MAX_FORMATTING,
            max_nodes: MAX_NODES,
            max_names: MAX_NAMES,
            watch: Watch::default(),
        }
    }
}

impl ParseBudget {
    /// Sets how many elements may be open at a time: 512 by default, and at least 16.
    ///
    /// Past it, start tags of elements that would stay open are left out with their end tags; their
    /// text stays.
    ///
    /// ```
    /// use dehusk::dom::{Document, ParseBudget};
    /// let page = format!("{}The bottom.", "<div>".repeat(100));
    /// assert!(Document::parse(&page).limits_hit().is_none());
    /// let shallow = Document::parse_with(&page, &ParseBudget::default().with_max_depth(50));
    /// assert!(shallow.limits_hit().depth() >= 50);
    /// ```
    pub fn with_max_depth(mut self, elements: usize) -> Self {
        self.max_depth = elements.max(MIN_DEPTH);
        self
    }

    /// Sets how many formatting elements (`<b>`, `<font>`, …) may be open or wait to be opened
    /// again in the next block: 128 by default.
    ///
    /// ```
    /// use dehusk::dom::{Document, ParseBudget};
    /// let page = format!("{}All bold.", "<b>".repeat(50));
    /// assert!(Document::parse(&page).limits_hit().is_none());
    /// let bound = Document::parse_with(&page, &ParseBudget::default().with_max_formatting(20));
    /// assert!(bound.limits_hit().formatting() > 0);
    /// ```
    pub fn with_max_formatting(mut self, elements: usize) -> Self {
        self.max_formatting = elements;
        self
    }

    /// Sets how many nodes a document may have, more or less: 4,194,304 by default.
    ///
    /// Past it, the rest of the page is not read.
    ///
    /// ```
    /// use dehusk::dom::{Document, ParseBudget};
    /// let page = "<p>The ferry runs again.".repeat(500);
    /// let part = Document::parse_with(&page, &ParseBudget::default().with_max_nodes(300));
    /// assert!(part.limits_hit().nodes());
    /// assert!(part.len() < Document::parse(&page).len());
    /// ```
    pub fn with_max_nodes(mut self, nodes: usize) -> Self {
        self.max_nodes = nodes.min(u32::MAX as usize / 2);
        self
    }

    /// Sets how many different element names that are not HTML's a page may have: 1,024 by
    /// default, and at most some 65,000.
    ///
    /// Past it, all further ones count as one name.
    ///
    /// ```
    /// use dehusk::dom::{Document, ParseBudget};
    /// let page: String = (0..100).map(|n| format!("<x-name-{n}></x-name-{n}>")).collect();
    /// assert!(!Document::parse(&page).limits_hit().names());
    /// assert!(Document::parse_with(&page, &ParseBudget::default().with_max_names(10)).limits_hit().names());
    /// ```
    pub fn with_max_names(mut self, names: usize) -> Self {
        self.max_names = names;
        self
    }

    /// Sets when reading has to end. Past it, the rest of the page is not read.
    pub(crate) fn with_watch(mut self, watch: Watch) -> Self {
        self.watch = watch;
        self
    }

    /// How many elements may be open at a time.
    ///
    /// ```
    /// assert_eq!(dehusk::dom::ParseBudget::default().max_depth(), 512);
    /// ```
    pub fn max_depth(&self) -> usize {
        self.max_depth
    }

    /// How many formatting elements may be open or wait to be opened again.
    ///
    /// ```
    /// assert_eq!(dehusk::dom::ParseBudget::default().max_formatting(), 128);
    /// ```
    pub fn max_formatting(&self) -> usize {
        self.max_formatting
    }

    /// How many nodes a document may have, more or less.
    ///
    /// ```
    /// assert_eq!(dehusk::dom::ParseBudget::default().max_nodes(), 4_194_304);
    /// ```
    pub fn max_nodes(&self) -> usize {
        self.max_nodes
    }

    /// How many different element names that are not HTML's a page may have.
    ///
    /// ```
    /// assert_eq!(dehusk::dom::ParseBudget::default().max_names(), 1_024);
    /// ```
    pub fn max_names(&self) -> usize {
        self.max_names
    }
}

/// Which bounds a page broke, and how often. Those of depth, formatting and names cost structure
/// and never text.
///
/// ```
/// use dehusk::dom::Document;
/// let document = Document::parse("<p>An ordinary page");
/// assert!(document.limits_hit().is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LimitsHit {
    pub(super) depth: usize,
    pub(super) formatting: usize,
    pub(super) nodes: bool,
    pub(super) names: bool,
    pub(crate) bytes: bool,
    pub(crate) output: bool,
    pub(crate) deadline: bool,
}

impl LimitsHit {
    /// Whether the page stayed within all bounds.
    ///
    /// ```
    /// assert!(dehusk::extract("<p>An ordinary page").limits_hit().is_none());
    /// ```
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// How many start tags were left out because too many elements were open.
    ///
    /// ```
    /// let deep = dehusk::extract(&format!("{}The bottom.", "<div>".repeat(1_000)));
    /// assert!(deep.limits_hit().depth() > 400);
    /// ```
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// How many start tags were left out because of too many formatting elements.
    ///
    /// ```
    /// let wrapped = dehusk::extract(&format!("{}All bold.", "<b>".repeat(300)));
    /// assert_eq!(wrapped.text(), "All bold.");
    /// assert!(wrapped.limits_hit().formatting() > 0);
    /// ```
    pub fn formatting(&self) -> usize {
        self.formatting
    }

    /// Whether the end of the page was not read because there were too many nodes.
    ///
    /// ```
    /// use dehusk::{Extractor, Limits, OverLimit};
    /// let limits = Limits::default().with_max_nodes(Some(300)).with_over_limit(OverLimit::Truncate);
    /// let page = Extractor::new().with_limits(limits).extract(&"<p>The ferry runs.".repeat(500))?;
    /// assert!(page.limits_hit().nodes());
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn nodes(&self) -> bool {
        self.nodes
    }

    /// Whether element names were taken for one name because there were too many.
    ///
    /// ```
    /// use dehusk::dom::{Document, ParseBudget};
    /// let page: String = (0..2_000).map(|n| format!("<x-name-{n}></x-name-{n}>")).collect();
    /// assert!(Document::parse(&page).limits_hit().names());
    /// ```
    pub fn names(&self) -> bool {
        self.names
    }

    /// Whether the end of the page was not read because it is longer than
    /// [`Limits::with_max_input_bytes`](crate::Limits::with_max_input_bytes) allows, or than a
    /// gigabyte.
    ///
    /// ```
    /// use dehusk::{Extractor, Limits, OverLimit};
    /// let limits = Limits::default().with_max_input_bytes(Some(30)).with_over_limit(OverLimit::Truncate);
    /// let page = Extractor::new().with_limits(limits).extract("<p>The ferry runs.<p>The lock is open.")?;
    /// assert!(page.limits_hit().bytes());
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn bytes(&self) -> bool {
        self.bytes
    }

    /// Whether the end of the main content was left out because its text is longer than
    /// [`Limits::with_max_output_bytes`](crate::Limits::with_max_output_bytes) allows; `false` of a
    /// document.
    ///
    /// ```
    /// use dehusk::{Extractor, Limits, OverLimit};
    /// let limits = Limits::default().with_max_output_bytes(Some(200)).with_over_limit(OverLimit::Truncate);
    /// let page = "<p>The ferry runs again, and the lock is open.".repeat(30);
    /// assert!(Extractor::new().with_limits(limits).extract(&page)?.limits_hit().output());
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn output(&self) -> bool {
        self.output
    }

    /// Whether the end of the page was not read, or the content not found, because
    /// [`Limits::with_deadline`](crate::Limits::with_deadline) had passed.
    ///
    /// ```
    /// use dehusk::{Extractor, Limits, OverLimit};
    /// use std::time::Duration;
    /// let limits = Limits::default().with_deadline(Some(Duration::ZERO)).with_over_limit(OverLimit::Truncate);
    /// let page = Extractor::new().with_limits(limits).extract("<p>The ferry runs again.")?;
    /// assert!(page.limits_hit().deadline());
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn deadline(&self) -> bool {
        self.deadline
    }
}

impl fmt::Display for LimitsHit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        let mut say = |text: fmt::Arguments<'_>| {
            let result = write!(f, "{separator}{text}");
            separator = "; ";
            result
        };
        if self.is_none() {
            say(format_args!("no limit hit"))?;
        }
        if self.depth > 0 {
            say(format_args!("{} start tags too deep", self.depth))?;
        }
        if self.formatting > 0 {
            say(format_args!("{} formatting start tags too many", self.formatting))?;
        }
        if self.nodes {
            say(format_args!("too many nodes, the rest of the page was not read"))?;
        }
        if self.names {
            say(format_args!("too many different element names"))?;
        }
        if self.bytes {
            say(format_args!("too long, the rest of the page was not read"))?;
        }
        if self.output {
            say(format_args!("too much content, the rest was left out"))?;
        }
        if self.deadline {
            say(format_args!("out of time, the rest of the page was not read"))?;
        }
        Ok(())
    }
}
