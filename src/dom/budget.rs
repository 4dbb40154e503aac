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
    pub fn with_max_depth(mut self, elements: usize) -> Self {
        self.max_depth = elements.max(MIN_DEPTH);
        self
    }

    /// Sets how many formatting elements (`<b>`, `<font>`, …) may be open or wait to be opened
    /// again in the next block: 128 by default.
    pub fn with_max_formatting(mut self, elements: usize) -> Self {
        self.max_formatting = elements;
        self
    }

    /// Sets how many nodes a document may have, more or less: 4,194,304 by default.
    ///
    /// Past it, the rest of the page is not read.
    pub fn with_max_nodes(mut self, nodes: usize) -> Self {
        self.max_nodes = nodes.min(u32::MAX as usize / 2);
        self
    }

    /// Sets how many different element names that are not HTML's a page may have: 1,024 by
    /// default, and at most some 65,000.
    ///
    /// Past it, all further ones count as one name.
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
    pub fn max_depth(&self) -> usize {
        self.max_depth
    }

    /// How many formatting elements may be open or wait to be opened again.
    pub fn max_formatting(&self) -> usize {
        self.max_formatting
    }

    /// How many nodes a document may have, more or less.
    pub fn max_nodes(&self) -> usize {
        self.max_nodes
    }

    /// How many different element names that are not HTML's a page may have.
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
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// How many start tags were left out because too many elements were open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// How many start tags were left out because of too many formatting elements.
    pub fn formatting(&self) -> usize {
        self.formatting
    }

    /// Whether the end of the page was not read because there were too many nodes.
    pub fn nodes(&self) -> bool {
        self.nodes
    }

    /// Whether element names were taken for one name because there were too many.
    pub fn names(&self) -> bool {
        self.names
    }

    /// Whether the end of the page was not read because it is longer than
    /// [`Limits::with_max_input_bytes`](crate::Limits::with_max_input_bytes) allows, or than a
    /// gigabyte.
    pub fn bytes(&self) -> bool {
        self.bytes
    }

    /// Whether the end of the main content was left out because its text is longer than
    /// [`Limits::with_max_output_bytes`](crate::Limits::with_max_output_bytes) allows; `false` of a
    /// document.
    pub fn output(&self) -> bool {
        self.output
    }

    /// Whether the end of the page was not read, or the content not found, because
    /// [`Limits::with_deadline`](crate::Limits::with_deadline) had passed.
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
