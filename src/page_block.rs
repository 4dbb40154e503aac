//! What an extraction tells about each block.
//!
//! Most callers read only the page's text, so a block here is a few numbers and a range of the text
//! that all blocks share; names are put together when they are asked for.

use crate::BlockClass;
use crate::blocks::{Block, Blocks};
use crate::dom::{Document, NodeKind, Tag};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// One block of a page, kept or dropped.
///
/// ```
/// let page = dehusk::extract("<h1>Tea</h1><p>Green tea is made from leaves that did not wither.");
/// for block in page.blocks() {
///     println!("{} {:.2} {}", if block.kept() { "+" } else { "-" }, block.score(), block.text());
/// }
/// ```
#[derive(Clone)]
pub struct PageBlock {
    texts: Arc<String>,
    text: Range<u32>,
    source: Option<Range<u32>>,
    path: Path,
    words: u32,
    link_density: f32,
    score: f32,
    kept: bool,
    class: BlockClass,
    signals: Vec<Signal>,
}

/// A feature of a block and what it did to the score.
///
/// ```
/// let page = dehusk::Extractor::new().with_signals(1).extract("<p>All there is to read.")?;
/// let signal = &page.blocks()[0].signals()[0];
/// println!("{} = {} moved the log-odds by {}", signal.name, signal.value, signal.effect);
/// # Ok::<(), dehusk::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Signal {
    /// The feature's name.
    pub name: String,
    /// Its value for the block.
    pub value: f32,
    /// What it added to the score, in log-odds; positive speaks for main content.
    pub effect: f32,
}

/// How many elements of a block's path are told.
const PATH_LENGTH: usize = 5;

/// The innermost elements above a block, outermost first; `None` where there are fewer.
type Path = [Option<Tag>; PATH_LENGTH];

impl PageBlock {
    /// The block's text: white space collapsed, line breaks kept, verbatim if preformatted.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Green\n  tea</h1>");
    /// assert_eq!(page.blocks()[0].text(), "Green tea");
    /// ```
    pub fn text(&self) -> &str {
        self.texts.get(self.text.start as usize..self.text.end as usize).unwrap_or_default()
    }

    /// The bytes of the page's text that the block comes from: from its first character to its
    /// last, with the markup between them and with character references as they are written.
    ///
    /// The range is one of the *decoded* text ([`decode`](crate::decode)), which for a page in
    /// UTF-8 without a byte order mark is that of its bytes. `None` where the document was not made
    /// from a page.
    ///
    /// ```
    /// let html = "<h1>Tea</h1><p>Green &amp; <b>white</b>, not black.</p>";
    /// let page = dehusk::extract(html);
    /// let block = &page.blocks()[1];
    /// assert_eq!(block.text(), "Green & white, not black.");
    /// assert_eq!(&html[block.source_range().unwrap()], "Green &amp; <b>white</b>, not black.");
    /// ```
    pub fn source_range(&self) -> Option<Range<usize>> {
        self.source.as_ref().map(|range| range.start as usize..range.end as usize)
    }

    /// The elements above the text, innermost last; at most five.
    ///
    /// ```
    /// let page = dehusk::extract("<main><div><p>Green tea.</p></div></main>");
    /// assert_eq!(page.blocks()[0].path(), "html > body > main > div > p");
    /// ```
    pub fn path(&self) -> String {
        let names: Vec<&str> = self.path.iter().flatten().map(|tag| tag.name()).collect();
        names.join(" > ")
    }

    /// The number of words.
    ///
    /// ```
    /// let page = dehusk::extract("<nav><a href=/>Home</a></nav><h1>Tea</h1><p>Green tea is made from \
    ///     leaves that were not left to wither.");
    /// let (home, text) = (&page.blocks()[0], &page.blocks()[2]);
    /// assert_eq!((home.words(), text.words()), (1, 12));
    /// ```
    pub fn words(&self) -> u32 {
        self.words
    }

    /// The share of characters within links, 0 to 1.
    ///
    /// ```
    /// let page = dehusk::extract("<nav><a href=/>Home</a></nav><h1>Tea</h1><p>Green tea is made from \
    ///     leaves that were not left to wither.");
    /// let (home, text) = (&page.blocks()[0], &page.blocks()[2]);
    /// assert_eq!((home.link_density(), text.link_density()), (1.0, 0.0));
    /// ```
    pub fn link_density(&self) -> f32 {
        self.link_density
    }

    /// The probability that the block is main content, 0 to 1.
    ///
    /// ```
    /// let page = dehusk::extract("<nav><a href=/>Home</a></nav><h1>Tea</h1><p>Green tea is made from \
    ///     leaves that were not left to wither.");
    /// let (home, text) = (&page.blocks()[0], &page.blocks()[2]);
    /// assert!(home.score() < text.score());
    /// ```
    pub fn score(&self) -> f32 {
        self.score
    }

    /// Whether the block is part of the answer.
    ///
    /// ```
    /// let page = dehusk::extract("<nav><a href=/>Home</a></nav><h1>Tea</h1><p>Green tea is made from \
    ///     leaves that were not left to wither.");
    /// let (home, text) = (&page.blocks()[0], &page.blocks()[2]);
    /// assert!(!home.kept() && text.kept());
    /// ```
    pub fn kept(&self) -> bool {
        self.kept
    }

    /// The part that the block plays on its page.
    ///
    /// ```
    /// let page = dehusk::extract("<title>Tea</title><h1>Tea</h1><p>Green, or white, or black.");
    /// assert_eq!(page.blocks()[0].class(), dehusk::BlockClass::Title);
    /// ```
    pub fn class(&self) -> BlockClass {
        self.class
    }

    /// What moved the score most, strongest first; empty unless asked for by
    /// [`Extractor::with_signals`](crate::Extractor::with_signals).
    ///
    /// ```
    /// let page = dehusk::Extractor::new().with_signals(3).extract("<p>All there is to read.")?;
    /// assert_eq!(page.blocks()[0].signals().len(), 3);
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn signals(&self) -> &[Signal] {
        &self.signals
    }
}

impl fmt::Debug for PageBlock {
    /// With the block's own text in place of the text that all share.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageBlock")
            .field("text", &self.text())
            .field("source_range", &self.source_range())
            .field("path", &self.path())
            .field("words", &self.words)
            .field("link_density", &self.link_density)
            .field("score", &self.score)
            .field("kept", &self.kept)
            .field("class", &self.class)
            .field("signals", &self.signals)
            .finish()
    }
}

impl PartialEq for PageBlock {
    fn eq(&self, other: &Self) -> bool {
        let parts = |block: &Self| {
            (block.source.clone(), block.path, block.words, block.link_density, block.score)
        };
        self.text() == other.text()
            && parts(self) == parts(other)
            && self.kept == other.kept
            && self.class == other.class
            && self.signals == other.signals
    }
}

/// Describes all blocks of a page; `signals` are those of each block, or none at all.
pub(crate) fn describe(
    document: &Document<'_>,
    blocks: Blocks,
    scores: &[f32],
    kept: &[bool],
    classes: &[BlockClass],
    mut signals: Vec<Vec<Signal>>,
) -> Vec<PageBlock> {
    let paths: Vec<Path> = blocks.iter().map(|block| path(document, &blocks, block)).collect();
    let (blocks, texts) = blocks.into_parts();
    let texts = Arc::new(texts);
    let describe = |(index, (block, path)): (usize, (Block, Path))| PageBlock {
        texts: Arc::clone(&texts),
        text: block.text_range(),
        source: block.source_range().map(|range| range.start as u32..range.end as u32),
        path,
        words: block.counts.words,
        link_density: block.counts.link_density(),
        score: scores.get(index).copied().unwrap_or_default(),
        kept: kept.get(index).copied().unwrap_or_default(),
        class: classes.get(index).copied().unwrap_or_default(),
        signals: signals.get_mut(index).map(std::mem::take).unwrap_or_default(),
    };
    blocks.into_iter().zip(paths).enumerate().map(describe).collect()
}

fn path(document: &Document<'_>, blocks: &Blocks, block: &Block) -> Path {
    let container = blocks.container(block).node;
    let above = std::iter::once(container).chain(document.ancestors(container));
    let elements = above.filter(|node| document.kind(*node) == NodeKind::Element);
    let mut path = Path::default();
    for (place, node) in path.iter_mut().rev().zip(elements) {
        *place = Some(document.tag(node));
    }
    path
}
