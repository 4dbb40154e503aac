//! Chooses the set of blocks that is expected to be most right.
//!
//! Scores say how likely each block is content; what is wanted is the set with the best F1. Blocks
//! are taken in order of score, and the only question is where to stop. Blocks of a page are
//! right or wrong together (the whole river of teasers, or none of it), so the expectation is
//! taken over *cuts* that divide the page at one score, and not as if each block were a coin of
//! its own: with coins, a long doubtful river is worth its expected words and gets in.

use crate::blocks::Blocks;

/// What matters more: that nothing wrong is kept, or that nothing right is lost.
///
/// A mode moves one threshold over the same scores.
///
/// ```
/// use dehusk::Mode;
/// assert_eq!(Mode::default(), Mode::Balanced);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Mode {
    /// Only what is surely content.
    Precision,
    /// The set with the best expected F1.
    #[default]
    Balanced,
    /// All that may be content.
    Recall,
}

/// How much recall weighs against precision (the beta of F-beta; van Rijsbergen 1979).
fn beta(mode: Mode) -> f64 {
    match mode {
        Mode::Precision => 0.5,
        Mode::Balanced => 1.0,
        Mode::Recall => 2.0,
    }
}

/// The blocks that are kept, and how right the choice is expected to be.
///
/// ```
/// use dehusk::{Mode, blocks::Blocks, dom::Document, select};
/// let blocks = Blocks::of(&Document::parse("<p>Surely content</p><p>Surely not</p>"));
/// let selection = select(&blocks, &[0.99, 0.01], Mode::Balanced);
/// assert_eq!(selection.kept, [true, false]);
/// assert!(selection.expected_f1 > 0.9);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Selection {
    /// For each block, whether it is kept.
    pub kept: Vec<bool>,
    /// The expected F1, 0 to 1.
    pub expected_f1: f32,
}

/// Where the page may truly divide, as quantiles of the score.
const CUTS: usize = 40;

/// Chooses the best set of blocks.
///
/// ```
/// use dehusk::{Mode, blocks::Blocks, dom::Document, select};
/// let blocks = Blocks::of(&Document::parse("<p>Surely content</p><p>Perhaps so</p>"));
/// let kept = |mode| select(&blocks, &[0.99, 0.4], mode).kept;
/// assert_eq!(kept(Mode::Precision), [true, false]);
/// assert_eq!(kept(Mode::Recall), [true, true]);
/// ```
pub fn select(blocks: &Blocks, scores: &[f32], mode: Mode) -> Selection {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    let mut taken = vec![0.0];
    for index in &order {
        taken.push(taken[taken.len() - 1] + f64::from(blocks.get(*index).counts.words));
    }
    // The words of the truth, were the page cut at each quantile.
    let truths: Vec<f64> = (0..CUTS)
        .map(|cut| {
            let cut = (cut as f32 + 0.5) / CUTS as f32;
            taken[order.partition_point(|index| scores[*index] >= cut)]
        })
        .collect();
    let mut best = (0, 0.0);
    for (count, words) in taken.iter().enumerate().skip(1) {
        let value = expected(*words, &truths, beta(mode));
        if value > best.1 {
            best = (count, value);
        }
    }
    let mut kept = vec![false; scores.len()];
    for index in &order[..best.0] {
        kept[*index] = true;
    }
    Selection { kept, expected_f1: expected(taken[best.0], &truths, 1.0) as f32 }
}

/// The mean F-beta of the first `words` words over the possible truths.
fn expected(words: f64, truths: &[f64], beta: f64) -> f64 {
    let weight = beta * beta;
    let f = |truth: &f64| {
        let whole = words + weight * truth;
        if whole > 0.0 { (1.0 + weight) * words.min(*truth) / whole } else { 0.0 }
    };
    truths.iter().map(f).sum::<f64>() / truths.len() as f64
}
