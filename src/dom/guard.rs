//! Bounds on what a page may make the tree builder do.
//!
//! The tree builder's rules search the stack of open elements and the list of formatting elements
//! at most tags, so a page that opens elements and never closes them costs time in the square of
//! its length, and one that leaves formatting elements open makes copies of them in every block.
//! The guard stands before the tree builder: past a bound it leaves out start tags, with their end
//! tags, and never text, so that a page that breaks a bound loses structure and no words. Elements
//! that do not stay open pass; in SVG and MathML, where all do, they pass as if they closed
//! themselves.
//!
//! The tree builder does not tell how many elements are open. It can list them, which takes as
//! long as there are many, so the guard keeps an upper bound (each element that was made since the
//! last list may be open) and asks for a new list, a census, only when that has risen far enough.

use super::budget::{LimitsHit, ParseBudget};
use super::names::{FORMATTING, Name, RAW, TRANSIENT};

/// What the tree builder holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Census {
    /// Elements that are open, or that it remembers.
    pub elements: usize,
    /// Those of them that are formatting elements.
    pub formatting: usize,
}

/// From here on, elements are deep, and each tag costs as much as they are. A page that forgets to
/// close its `<font>`s up to their limit is not deep yet.
const DEEP: usize = 192;
/// How many tags a page may have among deep elements; past it, there they are left out.
const MAX_DEEP_TAGS: usize = 1 << 15;
/// How many elements may come before a census can find more than the last one.
const STEP: usize = 32;
/// Among deep elements, how many tags pass before the next census.
const PATIENCE: usize = 64;
/// How far back an end tag looks for the start tag that was left out.
const MISNESTING: usize = 16;
/// How many start tags that were left out are remembered.
const MOST_LEFT_OUT: usize = 1 << 16;
/// How many elements a tag may cause, copies of formatting elements above all, and how many beside.
const MAX_CAUSED: usize = 3;
const MAX_UNASKED: usize = 1 << 16;

/// How many tags and texts pass between two looks at the clock: some ten microseconds.
const CLOCK_PATIENCE: u32 = 256;

/// How a start tag may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    AsWritten,
    /// As if it closed itself, so that it does not stay open.
    Closed,
    LeftOut,
}

/// Says which tags the tree builder may see.
#[derive(Debug)]
pub(super) struct Guard {
    budget: ParseBudget,
    hit: LimitsHit,
    /// How many elements may be open.
    depth: usize,
    /// Where `depth` asks for a census.
    next_census: usize,
    /// Whether the last census found deep elements, and how long not to take another.
    deep: bool,
    wait: usize,
    deep_tags: usize,
    /// How many elements there were, and how many tags have passed.
    elements: usize,
    tags: usize,
    unasked: usize,
    /// How many formatting elements may be open or remembered, and how long not to look again.
    formatting: usize,
    formatting_wait: usize,
    left_out: Vec<Name>,
    /// How many questions may pass before the clock is read again.
    clock_wait: u32,
}

impl Guard {
    pub fn new(budget: &ParseBudget) -> Self {
        Self {
            budget: budget.clone(),
            hit: LimitsHit::default(),
            depth: 0,
            next_census: budget.max_depth.min(DEEP),
            deep: false,
            wait: 0,
            deep_tags: 0,
            elements: 0,
            tags: 0,
            unasked: MAX_UNASKED,
            formatting: 0,
            formatting_wait: 0,
            left_out: Vec::new(),
            clock_wait: 0,
        }
    }

    /// How a start tag may pass, after `elements` elements were made; in SVG and MathML, where
    /// `is_foreign`, all elements stay open.
    #[inline]
    pub fn admits_start(
        &mut self,
        name: Name,
        elements: usize,
        census: impl Fn() -> Census,
        is_foreign: impl Fn() -> bool,
    ) -> Entry {
        self.tags += 1;
        self.depth += elements - self.elements;
        self.elements = elements;
        let harmless = self.depth < self.next_census && !self.deep && !name.is(FORMATTING);
        if harmless { Entry::AsWritten } else { self.admits_slowly(name, census, is_foreign) }
    }

    fn admits_slowly(
        &mut self,
        name: Name,
        census: impl Fn() -> Census,
        is_foreign: impl Fn() -> bool,
    ) -> Entry {
        if self.wait > 0 {
            self.wait -= 1;
        } else if self.deep || self.depth >= self.next_census {
            self.depth = census().elements;
            self.deep = self.depth >= DEEP;
            self.next_census = (self.depth + STEP).max(DEEP).min(self.budget.max_depth);
            self.wait = if self.depth + STEP < DEEP { 0 } else { PATIENCE };
        }
        self.deep_tags += usize::from(self.deep);
        let exhausted = self.is_exhausted();
        if exhausted || self.depth >= self.budget.max_depth {
            // What has no content, or text for content, does not stay open. Raw text must not
            // become markup.
            if !name.is(if exhausted { RAW } else { TRANSIENT }) {
                self.hit.depth += 1;
                return self.leave_out(name);
            }
            if is_foreign() {
                self.hit.depth += 1;
                return Entry::Closed;
            }
        }
        if name.is(FORMATTING) {
            if self.formatting_wait > 0 {
                self.formatting_wait -= 1;
            } else if self.formatting >= self.budget.max_formatting {
                self.formatting = census().formatting;
                let full = self.formatting >= self.budget.max_formatting;
                self.formatting_wait = if full { PATIENCE } else { 0 };
            }
            if self.formatting >= self.budget.max_formatting {
                self.hit.formatting += 1;
                return self.leave_out(name);
            }
            self.formatting += 1;
        }
        Entry::AsWritten
    }

    /// Whether an end tag may pass; one that ends a text that is no markup always may.
    #[inline]
    pub fn admits_end(&mut self, name: Name, ends_text: bool) -> bool {
        self.tags += 1;
        if self.deep {
            self.deep_tags += 1;
            if self.is_exhausted() {
                return ends_text;
            }
        }
        self.left_out.is_empty() || !self.was_left_out(name)
    }

    /// Whether there may be more nodes than there are, and there is time for them.
    #[inline]
    pub fn admits_nodes(&mut self, nodes: usize) -> bool {
        if nodes >= self.budget.max_nodes {
            self.hit.nodes = true;
        }
        match self.clock_wait.checked_sub(1) {
            Some(wait) => self.clock_wait = wait,
            None => self.read_clock(),
        }
        !(self.hit.nodes || self.hit.deadline)
    }

    #[cold]
    fn read_clock(&mut self) {
        self.clock_wait = CLOCK_PATIENCE;
        self.hit.deadline |= self.budget.watch.is_over();
    }

    /// Whether formatting elements have to be closed, because so many copies of them were made.
    #[inline]
    pub fn is_flooded(&mut self, elements: usize) -> bool {
        let flooded = elements > MAX_CAUSED * self.tags + self.unasked;
        if flooded {
            // No more of them from here on; but older ones may come up when a table cell ends.
            self.budget.max_formatting = 0;
            self.unasked += MAX_UNASKED / 16;
            self.hit.formatting += 1;
        }
        flooded
    }

    /// What the guard did.
    pub fn into_hit(self) -> LimitsHit {
        self.hit
    }

    fn is_exhausted(&self) -> bool {
        self.deep && self.deep_tags > MAX_DEEP_TAGS
    }

    fn leave_out(&mut self, name: Name) -> Entry {
        if self.left_out.len() < MOST_LEFT_OUT && !name.is(TRANSIENT) {
            self.left_out.push(name);
        }
        Entry::LeftOut
    }

    fn was_left_out(&mut self, name: Name) -> bool {
        let near = self.left_out.len().saturating_sub(MISNESTING);
        let found = self.left_out[near..].iter().rposition(|left_out| *left_out == name);
        if let Some(found) = found {
            self.left_out.truncate(near + found);
        }
        found.is_some()
    }
}
