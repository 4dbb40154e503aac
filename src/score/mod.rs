//! Scores every block: how likely is it a part of the main content?
//!
//! The score is learned: a [`Model`] holds weights for hashed names and words, and three forests.
//! The first forest sees each block with its features; the second sees them again together with
//! what the first said of the block's neighbours and containers; the third tells from the page as a
//! whole whether it is an article. A model is one small file that
//! the laboratory trains; [`Model::shipped`] is the one that comes with the library, and any other
//! can be put in its place.

mod file;
mod forest;

pub use file::ModelError;
pub use forest::{DEPTH, Forest, LEAVES, Split, Tree};

use crate::features::company::{self, Company};
use crate::features::{self, Lexicon, Survey};
use forest::Room;
use std::sync::LazyLock;

/// What was learned.
///
/// ```
/// use dehusk::score::Model;
/// let model = Model::shipped();
/// let again = Model::from_bytes(&model.to_bytes()).unwrap();
/// assert_eq!(again.to_bytes(), model.to_bytes());
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    parts: file::Parts,
}

/// The scores of a page's blocks, and what they were made from.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::Document, features::Survey, score::Model};
/// let document = Document::parse("<p>One paragraph of text.");
/// let blocks = Blocks::of(&document);
/// let scores = Model::shipped().score(&Survey::of(&document, &blocks));
/// assert!((0.0..=1.0).contains(&scores.blocks[0]));
/// ```
#[derive(Debug, Clone)]
pub struct Scores {
    /// For each block, the probability that it is main content, 0 to 1.
    pub blocks: Vec<f32>,
    /// The probability that the page is an article, one text by somebody, 0 to 1.
    pub article: f32,
    /// What the first look said.
    first: Vec<f32>,
}

/// The forests of a model, by their place in the file.
const FIRST_LOOK: usize = 0;
const SECOND_LOOK: usize = 1;
const PAGE_LOOK: usize = 2;
/// A block that the first look gives less than this probability is not looked at again.
///
/// ```
/// assert!(dehusk::score::SURE < 0.5);
/// ```
pub const SURE: f32 = 0.02;
/// How many blocks are measured and looked at together: their features stay in the cache, and a
/// page of a million blocks takes no more memory for them than one of a thousand.
const BATCH: usize = 256;
/// The features of so many blocks are kept from the first look for the second, half a megabyte.
const KEPT: usize = 512;

impl Model {
    /// The model that comes with the library.
    ///
    /// ```
    /// use dehusk::score::Model;
    /// assert_ne!(Model::shipped().to_bytes(), Model::blank().to_bytes());
    /// ```
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
            // The tests read the file, so that a broken one never ships.
            Model::from_bytes(include_bytes!("model.bin")).unwrap_or_else(|_| Model::blank())
        });
        &SHIPPED
    }

    /// A model that knows nothing and gives every block the same score.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document, features::Survey, score::Model};
    /// let document = Document::parse("<p>One paragraph of text.");
    /// let blocks = Blocks::of(&document);
    /// assert_eq!(Model::blank().score(&Survey::of(&document, &blocks)).blocks, [0.5]);
    /// ```
    pub fn blank() -> Self {
        let width = features::names().len();
        let forests = vec![Forest::default(); 3];
        Self { parts: file::Parts { width, forests, ..file::Parts::default() } }
    }

    /// A model from its parts: the weights of names and words, the forests of the two looks at each
    /// block, and that of the look at the page.
    ///
    /// ```
    /// use dehusk::{features::Lexicon, score::{Forest, Model}};
    /// let forest = Forest::default;
    /// let model = Model::new(Lexicon::default(), forest(), forest(), forest());
    /// assert_eq!(model.to_bytes(), Model::blank().to_bytes());
    /// ```
    pub fn new(lexicon: Lexicon, first: Forest, second: Forest, page: Forest) -> Self {
        let width = features::names().len();
        Self { parts: file::Parts { width, lexicon, forests: vec![first, second, page] } }
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`ModelError`] where the file is not a model, is damaged, or was trained for other features.
    ///
    /// ```
    /// use dehusk::score::{Model, ModelError};
    /// assert!(Model::from_bytes(&Model::shipped().to_bytes()).is_ok());
    /// assert_eq!(Model::from_bytes(b"<html>").unwrap_err(), ModelError::NotAModel);
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let parts = file::read(bytes)?;
        let expected = features::names().len();
        if parts.width != expected {
            return Err(ModelError::Width { found: parts.width, expected });
        }
        let widths = [expected, expected + company::names().len(), company::page_width()];
        let fits = |(forest, width): (&Forest, &usize)| forest.width() <= *width;
        if parts.forests.len() <= PAGE_LOOK || !parts.forests.iter().zip(&widths).all(fits) {
            return Err(ModelError::Damaged);
        }
        Ok(Self { parts })
    }

    /// The model as a file.
    ///
    /// ```
    /// use dehusk::score::Model;
    /// let bytes = Model::shipped().to_bytes();
    /// assert_eq!(Model::from_bytes(&bytes)?.to_bytes(), bytes);
    /// # Ok::<(), dehusk::score::ModelError>(())
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        file::write(&self.parts)
    }

    /// Scores the blocks of a page.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document, features::Survey, score::Model};
    /// let document = Document::parse("<nav><a href=/>Home</a></nav><p>One long enough paragraph of text.");
    /// let blocks = Blocks::of(&document);
    /// let survey = Survey::of(&document, &blocks);
    /// let scores = Model::shipped().score(&survey);
    /// assert!(scores.blocks[0] < scores.blocks[1]);
    /// ```
    pub fn score(&self, survey: &Survey<'_>) -> Scores {
        let rows = survey.rows(&self.parts.lexicon);
        let width = rows.width();
        let all: Vec<usize> = (0..survey.len()).collect();
        // Most blocks are surely boilerplate after the first look.
        let is_open = |look: f32| look >= SURE;
        let mut kept: Vec<f32> = Vec::new();
        let mut first = Vec::with_capacity(all.len());
        let fill = |_, block, row: &mut Vec<f32>| rows.fill(block, row);
        let mut room = Room::default();
        self.look(FIRST_LOOK, &all, width, &mut room, fill, |row, look| {
            first.push(look);
            if is_open(look) && kept.len() < KEPT * width {
                kept.extend_from_slice(row);
            }
        });
        let company = Company::of(survey, &first);
        let open: Vec<usize> = (0..first.len()).filter(|block| is_open(first[*block])).collect();
        let fill = |nth: usize, block, row: &mut Vec<f32>| {
            match kept.get(nth * width..(nth + 1) * width) {
                Some(kept) => row.extend_from_slice(kept),
                None => rows.fill(block, row),
            }
            company.fill(block, row);
        };
        let mut looks = Vec::with_capacity(open.len());
        let tell = |_: &[f32], look| looks.push(look);
        self.look(SECOND_LOOK, &open, width + company::WIDTH, &mut room, fill, tell);
        let mut blocks = first.clone();
        for (block, look) in open.into_iter().zip(looks) {
            blocks[block] = if survey.is_line_numbers(block) { 0.0 } else { look };
        }
        let mut page = Vec::new();
        company.fill_page(&mut page);
        let article = probability(self.parts.forests[PAGE_LOOK].sum(&page));
        Scores { blocks, article, first }
    }

    /// Fills the rows of some blocks, a batch at a time, and tells each row and what a forest says
    /// of it.
    fn look(
        &self,
        forest: usize,
        blocks: &[usize],
        width: usize,
        room: &mut Room,
        fill: impl Fn(usize, usize, &mut Vec<f32>),
        mut tell: impl FnMut(&[f32], f32),
    ) {
        let mut rows = Vec::with_capacity(width * blocks.len().min(BATCH));
        for (batch, blocks) in blocks.chunks(BATCH).enumerate() {
            rows.clear();
            for (nth, block) in (batch * BATCH..).zip(blocks) {
                fill(nth, *block, &mut rows);
            }
            let page = features::of_page();
            let sums = self.parts.forests[forest].sums_of_page(&rows, width, page, room);
            for (row, sum) in rows.chunks_exact(width).zip(sums) {
                tell(row, probability(sum));
            }
        }
    }

    /// For each block the features that moved its score most, strongest first: name, value, and
    /// effect on the log-odds (positive ones speak for main content).
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document, features::Survey, score::Model};
    /// let document = Document::parse("<nav><a href=/>Home</a></nav><p>One long enough paragraph of text.");
    /// let blocks = Blocks::of(&document);
    /// let survey = Survey::of(&document, &blocks);
    /// let scores = Model::shipped().score(&survey);
    /// let signals = Model::shipped().explain(&survey, &scores, 3);
    /// let (name, value, effect) = &signals[1][0];
    /// println!("{name} = {value} moved the log-odds by {effect}");
    /// assert_eq!(signals[1].len(), 3);
    /// ```
    pub fn explain(
        &self,
        survey: &Survey<'_>,
        scores: &Scores,
        most: usize,
    ) -> Vec<Vec<(String, f32, f32)>> {
        let rows = survey.rows(&self.parts.lexicon);
        let company = Company::of(survey, &scores.first);
        let mut names = features::names();
        names.extend(company::names());
        let explain = |block| {
            let mut row = Vec::with_capacity(names.len());
            rows.fill(block, &mut row);
            company.fill(block, &mut row);
            let effects = self.effects(&row, rows.width());
            let mut order: Vec<usize> = (0..effects.len()).filter(|i| effects[*i] != 0.0).collect();
            order.sort_by(|a, b| effects[*b].abs().total_cmp(&effects[*a].abs()).then(a.cmp(b)));
            order.truncate(most);
            order.into_iter().map(|i| (names[i].clone(), row[i], effects[i])).collect()
        };
        (0..survey.len()).map(explain).collect()
    }

    /// What each of the first look's features, so many, did to the score of a row of both looks.
    fn effects(&self, row: &[f32], width: usize) -> Vec<f32> {
        let mut effects = vec![0.0; row.len()];
        self.parts.forests[SECOND_LOOK].explain(row, &mut effects);
        // What the second look takes from the first one's score is the first one's reasons.
        let borrowed: f32 = effects[width..].iter().sum();
        let mut own = vec![0.0; width];
        self.parts.forests[FIRST_LOOK].explain(&row[..width], &mut own);
        let whole: f32 = own.iter().sum();
        if whole.abs() > f32::EPSILON {
            for (effect, own) in effects.iter_mut().zip(&own) {
                *effect += own * (borrowed / whole).clamp(0.0, 1.0);
            }
        }
        effects.truncate(width);
        effects
    }
}

/// The logistic function: log-odds to probability.
fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_is_sound() {
        let bytes = include_bytes!("model.bin");
        assert!(Model::from_bytes(bytes).is_ok());
        assert!(bytes.len() <= 300 * 1024, "{} bytes", bytes.len());
    }

    #[test]
    fn damage_is_told() {
        let bytes = Model::blank().to_bytes();
        assert_eq!(Model::from_bytes(b"<html>").unwrap_err(), ModelError::NotAModel);
        assert_eq!(Model::from_bytes(&bytes[..bytes.len() - 1]).unwrap_err(), ModelError::Damaged);
        let mut older = bytes.clone();
        older[4] = 0;
        assert_eq!(Model::from_bytes(&older).unwrap_err(), ModelError::Version(0));
    }
}
