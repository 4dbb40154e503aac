//! Scores every block: how likely is it a part of the main content?
//!
//! The score is learned: a [`Model`] holds weights for hashed names and words, and two forests.
//! The first forest sees each block with its features; the second sees them again together with
//! what the first said of the block's neighbours and containers. A model is one small file that
//! the laboratory trains; [`Model::shipped`] is the one that comes with the library, and any other
//! can be put in its place.

mod file;
mod forest;

pub use file::ModelError;
pub use forest::{DEPTH, Forest, LEAVES, Split, Tree};

use crate::features::{self, Lexicon, Matrix, Survey, company};
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
    first: Matrix,
    second: Matrix,
}

/// The forests of a model, by their place in the file.
const FIRST_LOOK: usize = 0;
const SECOND_LOOK: usize = 1;
/// A block that the first look gives less is not looked at again.
const SURE: f32 = 0.01;

impl Model {
    /// The model that comes with the library.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
            // The tests read the file, so that a broken one never ships.
            Model::from_bytes(include_bytes!("model.bin")).unwrap_or_else(|_| Model::blank())
        });
        &SHIPPED
    }

    /// A model that knows nothing and gives every block the same score.
    pub fn blank() -> Self {
        let width = features::names().len();
        let forests = vec![Forest::default(), Forest::default()];
        Self { parts: file::Parts { width, forests, ..file::Parts::default() } }
    }

    /// A model from its parts: the weights of names and words, and the forests of the two looks.
    pub fn new(lexicon: Lexicon, first: Forest, second: Forest) -> Self {
        let width = features::names().len();
        Self { parts: file::Parts { width, lexicon, forests: vec![first, second] } }
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`ModelError`] where the file is not a model, is damaged, or was trained for other features.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let parts = file::read(bytes)?;
        let expected = features::names().len();
        if parts.width != expected {
            return Err(ModelError::Width { found: parts.width, expected });
        }
        let widths = [expected, expected + company::names().len()];
        let fits = |(forest, width): (&Forest, &usize)| forest.width() <= *width;
        if parts.forests.len() <= SECOND_LOOK || !parts.forests.iter().zip(&widths).all(fits) {
            return Err(ModelError::Damaged);
        }
        Ok(Self { parts })
    }

    /// The model as a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        file::write(&self.parts)
    }

    /// Scores the blocks of a page.
    pub fn score(&self, survey: &Survey<'_>) -> Scores {
        let first = survey.measure(&self.parts.lexicon);
        let looks = self.parts.forests[FIRST_LOOK].sums(first.values(), first.width());
        let mut blocks: Vec<f32> = looks.into_iter().map(probability).collect();
        let second = company::measure(survey, &blocks);
        // Most blocks are surely boilerplate after the first look.
        let open: Vec<usize> = (0..blocks.len()).filter(|block| blocks[*block] >= SURE).collect();
        let width = first.width() + second.width();
        let mut rows = Vec::with_capacity(width * open.len());
        for &block in &open {
            rows.extend_from_slice(first.row(block));
            rows.extend_from_slice(second.row(block));
        }
        let looks = self.parts.forests[SECOND_LOOK].sums(&rows, width);
        for (block, look) in open.into_iter().zip(looks) {
            blocks[block] = if survey.is_line_numbers(block) { 0.0 } else { probability(look) };
        }
        Scores { blocks, first, second }
    }

    /// The features that moved a block's score most, strongest first: name, value, and effect on
    /// the log-odds (positive ones speak for main content).
    pub fn explain(&self, scores: &Scores, block: usize, most: usize) -> Vec<(String, f32, f32)> {
        let mut names = features::names();
        let mut row = Vec::new();
        join(&mut row, &scores.first, &scores.second, block);
        let mut effects = vec![0.0; row.len()];
        self.parts.forests[SECOND_LOOK].explain(&row, &mut effects);
        // What the second look takes from the first one's score is the first one's reasons.
        let borrowed: f32 = effects[names.len()..].iter().sum();
        let mut own = vec![0.0; names.len()];
        self.parts.forests[FIRST_LOOK].explain(scores.first.row(block), &mut own);
        let whole: f32 = own.iter().sum();
        if whole.abs() > f32::EPSILON {
            for (effect, own) in effects.iter_mut().zip(&own) {
                *effect += own * (borrowed / whole).clamp(0.0, 1.0);
            }
        }
        names.extend(company::names());
        effects.truncate(scores.first.width());
        let mut order: Vec<usize> = (0..effects.len()).filter(|i| effects[*i] != 0.0).collect();
        order.sort_by(|a, b| effects[*b].abs().total_cmp(&effects[*a].abs()).then(a.cmp(b)));
        order.truncate(most);
        order.into_iter().map(|i| (names[i].clone(), row[i], effects[i])).collect()
    }
}

fn join(row: &mut Vec<f32>, first: &Matrix, second: &Matrix, block: usize) {
    row.clear();
    row.extend_from_slice(first.row(block));
    row.extend_from_slice(second.row(block));
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
