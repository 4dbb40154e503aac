//! Measures every block: what it is, where it stands, and the company it keeps.
//!
//! The measures of a page are a matrix, a row a block and a column a feature; [`names`] names the
//! columns. They are plain numbers without a verdict: what they are worth is learned.

mod anchor;
mod around;
pub mod company;
mod containers;
mod evidence;
mod groups;
mod lexical;
mod lexicon;
mod names;
mod own;
mod page;
mod place;
mod tally;
mod topic;
mod words;

pub use lexicon::{Lexicon, NAME_SLOTS, WORD_SLOTS, name_slot, word_slots};

use crate::blocks::{Block, Blocks};
use crate::dom::{Document, Tag};
use anchor::Anchor;
use containers::KnownContainers;
use evidence::Evidence;
use std::ops::Range;
use tally::{Tallies, Tally};
use topic::Topic;
use words::Words;

/// All that the groups of features draw on.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::Document, features::{self, Lexicon, Survey}};
/// let document = Document::parse("<p>One.</p><p>Two.</p>");
/// let blocks = Blocks::of(&document);
/// let matrix = Survey::of(&document, &blocks).measure(&Lexicon::default());
/// assert_eq!((matrix.len(), matrix.width()), (2, features::names().len()));
/// let depth = features::names().iter().position(|name| name == "depth").unwrap();
/// assert_eq!(matrix.row(0)[depth], 3.0);
/// ```
#[derive(Debug)]
pub struct Survey<'a> {
    blocks: &'a Blocks,
    words: Words,
    tallies: Tallies,
    known: KnownContainers,
    evidence: Evidence,
    anchors: [Anchor; containers::CANDIDATES],
    place: place::Landmarks,
    topic: Topic,
    page: Vec<f32>,
}

/// The features of any block of a page: all of them at once would take hundreds of bytes for each
/// byte of a page of short paragraphs.
pub(crate) struct Rows<'s> {
    survey: &'s Survey<'s>,
    scores: lexical::Scores,
    levels: around::Levels,
}

impl Rows<'_> {
    /// How many features there are.
    pub fn width(&self) -> usize {
        width()
    }

    /// Adds the features of a block to a row.
    pub fn fill(&self, index: usize, row: &mut Vec<f32>) {
        let Self { survey, scores, levels } = self;
        let block = survey.blocks.get(index);
        own::fill(survey, index, block, scores, row);
        place::fill(survey, index, block, row);
        around::fill(survey, index, block, scores, levels, row);
        row.extend_from_slice(&survey.page);
    }
}

/// A family of element names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Family(usize);

/// The family of a name, such as "comment".
pub(crate) fn family(name: &str) -> Option<Family> {
    names::FAMILIES.iter().position(|(known, _)| *known == name).map(Family)
}

/// The measures of a page's blocks: a row a block, a column a feature.
///
/// ```
/// use dehusk::features::Matrix;
/// assert!(Matrix::default().is_empty());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    width: usize,
    values: Vec<f32>,
}

impl Matrix {
    /// The features of a block, in the order of [`names`].
    ///
    /// ```
    /// # use dehusk::{blocks::Blocks, dom::Document, features::{self, Lexicon, Survey}};
    /// # let document = Document::parse("<p>One.</p><p>Two.</p>");
    /// # let blocks = Blocks::of(&document);
    /// # let matrix = Survey::of(&document, &blocks).measure(&Lexicon::default());
    /// assert_eq!(matrix.row(1).len(), features::names().len());
    /// ```
    pub fn row(&self, block: usize) -> &[f32] {
        &self.values[block * self.width..(block + 1) * self.width]
    }

    /// All rows, one behind the other.
    ///
    /// ```
    /// # use dehusk::{blocks::Blocks, dom::Document, features::{self, Lexicon, Survey}};
    /// # let document = Document::parse("<p>One.</p><p>Two.</p>");
    /// # let blocks = Blocks::of(&document);
    /// # let matrix = Survey::of(&document, &blocks).measure(&Lexicon::default());
    /// assert_eq!(matrix.values()[..matrix.width()], *matrix.row(0));
    /// ```
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// How many features there are.
    ///
    /// ```
    /// # use dehusk::{blocks::Blocks, dom::Document, features::{self, Lexicon, Survey}};
    /// # let document = Document::parse("<p>One.</p><p>Two.</p>");
    /// # let blocks = Blocks::of(&document);
    /// # let matrix = Survey::of(&document, &blocks).measure(&Lexicon::default());
    /// assert_eq!(matrix.width(), features::names().len());
    /// ```
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many blocks there are.
    ///
    /// ```
    /// # use dehusk::{blocks::Blocks, dom::Document, features::{self, Lexicon, Survey}};
    /// # let document = Document::parse("<p>One.</p><p>Two.</p>");
    /// # let blocks = Blocks::of(&document);
    /// # let matrix = Survey::of(&document, &blocks).measure(&Lexicon::default());
    /// assert_eq!(matrix.len(), 2);
    /// ```
    pub fn len(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// Whether the page has no blocks.
    ///
    /// ```
    /// # use dehusk::{blocks::Blocks, dom::Document, features::{self, Lexicon, Survey}};
    /// # let document = Document::parse("<p>One.</p><p>Two.</p>");
    /// # let blocks = Blocks::of(&document);
    /// # let matrix = Survey::of(&document, &blocks).measure(&Lexicon::default());
    /// assert!(!matrix.is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl<'a> Survey<'a> {
    /// Surveys a page.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document, features::Survey};
    /// let document = Document::parse("<p class=lead>One.</p>");
    /// let blocks = Blocks::of(&document);
    /// let survey = Survey::of(&document, &blocks);
    /// assert_eq!(survey.words(0).len(), 1);
    /// ```
    pub fn of(document: &Document<'_>, blocks: &'a Blocks) -> Self {
        let words = Words::of(blocks);
        let tallies = Tallies::of(blocks);
        let known = KnownContainers::of(document, blocks, &tallies);
        let evidence = Evidence::of(document);
        let anchors = known.candidates.map(|anchor| Anchor::new(blocks.containers(), anchor));
        let place = place::Landmarks::of(blocks, &words, &evidence, &known);
        let topic = Topic::of(&words, blocks, &evidence);
        let page = Vec::new();
        let mut survey =
            Self { blocks, words, tallies, known, evidence, anchors, place, topic, page };
        survey.page = page::measure(&survey);
        survey
    }

    /// The features of every block.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document, features::{self, Lexicon, Survey}};
    /// let document = Document::parse("<p>One.</p><p>Two.</p>");
    /// let blocks = Blocks::of(&document);
    /// let matrix = Survey::of(&document, &blocks).measure(&Lexicon::default());
    /// assert_eq!(matrix.len(), 2);
    /// ```
    pub fn measure(&self, lexicon: &Lexicon) -> Matrix {
        let rows = self.rows(lexicon);
        let mut values = Vec::with_capacity(rows.width() * self.blocks.len());
        for index in 0..self.blocks.len() {
            rows.fill(index, &mut values);
        }
        Matrix { width: rows.width(), values }
    }

    /// The features of any block, when they are asked for.
    pub(crate) fn rows(&self, lexicon: &Lexicon) -> Rows<'_> {
        let scores = lexical::Scores::of(self, lexicon);
        let levels = around::Levels::of(self, &scores);
        Rows { survey: self, scores, levels }
    }

    /// How many blocks there are.
    pub(crate) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// Whether a block is the line numbers beside code.
    pub(crate) fn is_line_numbers(&self, block: usize) -> bool {
        self.blocks.get(block).marks.line_numbers
    }

    /// Whether another block has the same words.
    pub(crate) fn is_repeated(&self, block: usize) -> bool {
        self.place.copies.size(block) > 1
    }

    /// The block that best matches the document title.
    pub(crate) fn title_block(&self) -> Option<usize> {
        self.place.title().map(|title| title as usize)
    }

    /// Levels up from a block to the nearest container with a name of a family, its own at 0.
    pub(crate) fn levels_to(&self, block: &Block, family: Family) -> Option<u8> {
        let levels = self.known.get(block.container).families[family.0];
        (levels < containers::FAR).then_some(levels)
    }

    /// Whether a block stands in a `<footer>`.
    pub(crate) fn is_in_footer(&self, block: &Block) -> bool {
        self.known.get(block.container).is_in(Tag::Footer)
    }

    /// Whether a block stands in a `<form>` or a `<button>`.
    pub(crate) fn is_in_form(&self, block: &Block) -> bool {
        let known = self.known.get(block.container);
        known.is_in(Tag::Form) || known.is_in(Tag::Button)
    }

    /// How many words the body has that the page's JSON-LD declares; 0 where there is none.
    pub(crate) fn declared_words(&self) -> u32 {
        self.evidence.body_words
    }

    /// The hashed words of a block, for learning a [`Lexicon`].
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document, features::Survey};
    /// let document = Document::parse("<p>Green tea</p><p>GREEN TEA</p>");
    /// let blocks = Blocks::of(&document);
    /// let survey = Survey::of(&document, &blocks);
    /// assert_eq!(survey.words(0), survey.words(1));
    /// ```
    pub fn words(&self, block: usize) -> &[u32] {
        self.words.block(block)
    }

    /// The hashed name tokens of a container, for learning a [`Lexicon`].
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document, features::Survey};
    /// let document = Document::parse("<div class=site-menu>Green tea</div>");
    /// let blocks = Blocks::of(&document);
    /// let tokens = Survey::of(&document, &blocks).name_tokens(blocks.get(0).container).len();
    /// assert!(tokens >= 2, "site and menu, at least");
    /// ```
    pub fn name_tokens(&self, container: u32) -> &[u32] {
        self.known.tokens(container)
    }

    /// What the blocks of a container add up to.
    fn tally(&self, container: u32) -> Tally {
        self.tallies.range(&self.blocks.containers()[container as usize].blocks)
    }

    /// The containers of a block from the innermost up.
    pub(crate) fn chain(&self, block: &Block) -> impl Iterator<Item = u32> {
        let containers = self.blocks.containers();
        let mut next = Some(block.container);
        std::iter::from_fn(move || {
            let current = next?;
            let parent = containers[current as usize].parent;
            next = (parent != current).then_some(parent);
            Some(current)
        })
    }
}

/// The names of the features, in the order of a [`Matrix`] row.
///
/// ```
/// assert!(dehusk::features::names().contains(&"link_density".to_string()));
/// ```
pub fn names() -> Vec<String> {
    let mut names = Vec::new();
    own::names(&mut names);
    place::names(&mut names);
    around::names(&mut names);
    page::names(&mut names);
    names
}

/// The hashed words of a text, by the same rules as those of the blocks.
///
/// ```
/// use dehusk::features::hash_words;
/// assert_eq!(hash_words("Green TEA!"), hash_words("green, tea"));
/// ```
pub fn hash_words(text: &str) -> Vec<u32> {
    Words::of_text(text)
}

/// The text that a piece of JSON-LD declares to be the page's body, without markup.
pub(crate) fn declared_body(json: &str) -> String {
    evidence::declared_body(json)
}

/// Which features are the same for all blocks of a page.
pub(crate) fn of_page() -> Range<usize> {
    width() - page::WIDTH..width()
}

fn width() -> usize {
    own::WIDTH + place::WIDTH + around::WIDTH + page::WIDTH
}
