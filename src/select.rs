//! Chooses the set of blocks that is expected to be most right.
//!
//! Scores say how likely each block is content; what is wanted is the set with the best F1. Blocks
//! are taken in order of score, and the only question is where to stop. Blocks of an article are
//! right or wrong together (the whole river of teasers, or none of it), so that there the
//! expectation is taken over *cuts* that divide the page at one score: were each block a coin of
//! its own, a long doubtful river would be worth its expected words and get in. On other pages,
//! lists, shops and portals, people differ on block after block, and there coins are nearer to the
//! truth. The two expectations are mixed by how likely the page is an article.

mod copies;

pub(crate) use copies::drop_copies;

use crate::blocks::Blocks;
use crate::ranking::best_first;

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
/// let selection = select(&blocks, &[0.99, 0.01], 1.0, Mode::Balanced);
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
/// A value below this share of the best is worse, however it was rounded.
const WORSE: f64 = 1.0 - 1e-9;

/// Chooses the best set of blocks; `article` is the probability that the page is an article, 0 to
/// 1, whose blocks are right or wrong together.
///
/// ```
/// use dehusk::{Mode, blocks::Blocks, dom::Document, select};
/// let blocks = Blocks::of(&Document::parse("<p>Surely content</p><p>Perhaps so</p>"));
/// let kept = |mode| select(&blocks, &[0.99, 0.4], 1.0, mode).kept;
/// assert_eq!(kept(Mode::Precision), [true, false]);
/// assert_eq!(kept(Mode::Recall), [true, true]);
/// ```
///
/// A long doubtful part is taken on a page that is no article:
///
/// ```
/// use dehusk::{Mode, blocks::Blocks, dom::Document, select};
/// let page = format!("<p>Surely content</p><p>{}</p>", "perhaps ".repeat(20));
/// let blocks = Blocks::of(&Document::parse(&page));
/// let kept = |article| select(&blocks, &[0.99, 0.4], article, Mode::Balanced).kept;
/// assert_eq!(kept(1.0), [true, false]);
/// assert_eq!(kept(0.0), [true, true]);
/// ```
pub fn select(blocks: &Blocks, scores: &[f32], article: f32, mode: Mode) -> Selection {
    let order = best_first(scores);
    let sums = || {
        let mut sums = Vec::with_capacity(scores.len() + 1);
        sums.push(0.0);
        sums
    };
    let (mut taken, mut hoped): (Vec<f64>, Vec<f64>) = (sums(), sums());
    for index in &order {
        let words = f64::from(blocks.get(*index).counts.words);
        taken.push(taken[taken.len() - 1] + words);
        hoped.push(hoped[hoped.len() - 1] + words * f64::from(scores[*index]));
    }
    // The words of the truth, were the page cut at each quantile.
    let truths: [f64; CUTS] = std::array::from_fn(|cut| {
        let cut = (cut as f32 + 0.5) / CUTS as f32;
        taken[order.partition_point(|index| scores[*index] >= cut)]
    });
    // The root: an article that is taken for something else loses more than the other way about.
    let together = f64::from(article.clamp(0.0, 1.0)).sqrt();
    let all = hoped[hoped.len() - 1];
    let value = |count: usize, beta: f64| {
        let cuts = over_cuts(taken[count], &truths, beta);
        let coins = f_beta(hoped[count], taken[count], all, beta);
        together * cuts + (1.0 - together) * coins
    };
    let beta_of_mode = beta(mode);
    // Behind the last cut each further block takes from the one expectation, and from the other
    // too where it is worse than those before it; the blocks behind it are worse still.
    let falls = |count: usize, next: usize| {
        let whole = taken[count] + beta_of_mode * beta_of_mode * all;
        taken[count] >= truths[0] && f64::from(scores[next]) * whole <= hoped[count]
    };
    let mut best = (0, 0.0);
    for count in 1..taken.len() {
        let value = value(count, beta_of_mode);
        if value > best.1 {
            best = (count, value);
        } else if value < best.1 * WORSE && order.get(count).is_some_and(|next| falls(count, *next))
        {
            break;
        }
    }
    let mut kept = vec![false; scores.len()];
    for index in &order[..best.0] {
        kept[*index] = true;
    }
    Selection { kept, expected_f1: value(best.0, 1.0) as f32 }
}

/// The mean F-beta of the first `words` words over the possible truths.
fn over_cuts(words: f64, truths: &[f64; CUTS], beta: f64) -> f64 {
    let f = |truth: &f64| f_beta(words.min(*truth), words, *truth, beta);
    truths.iter().map(f).sum::<f64>() / CUTS as f64
}

/// F-beta of a choice of so many words, so many of them right, where the truth has so many.
fn f_beta(right: f64, words: f64, truth: f64, beta: f64) -> f64 {
    let weight = beta * beta;
    let whole = words + weight * truth;
    if whole > 0.0 { (1.0 + weight) * right / whole } else { 0.0 }
}
