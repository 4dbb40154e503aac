//! What a lexicon says of each block and container, and of the stretches they make.

use super::{Lexicon, Survey};
use std::ops::Range;

/// The weights of all names and words of a page.
#[derive(Debug)]
pub(crate) struct Scores {
    /// For each container, the weight of its own names, and of all names from the root down.
    pub names: Vec<(f32, f32)>,
    /// For each block, the weight of its words, kept within bounds.
    pub words: Vec<f32>,
    sums: Vec<f64>,
}

/// One block says at most this much in a sum over many.
const BOUND: f32 = 4.0;

impl Scores {
    pub fn of(survey: &Survey<'_>, lexicon: &Lexicon) -> Self {
        let mut names: Vec<(f32, f32)> = Vec::with_capacity(survey.known.len());
        for (index, container) in survey.blocks.containers().iter().enumerate() {
            let own = lexicon.names(survey.known.tokens(index as u32));
            let above = names.get(container.parent as usize).map_or(0.0, |score| score.1);
            names.push((own, above + own));
        }
        let len = survey.blocks.len();
        let words: Vec<f32> = (0..len).map(|i| lexicon.words(survey.words.block(i))).collect();
        let mut sums = Vec::with_capacity(len + 1);
        sums.push(0.0);
        for score in &words {
            sums.push(sums[sums.len() - 1] + f64::from(score.clamp(-BOUND, BOUND)));
        }
        Self { names, words, sums }
    }

    /// The mean weight of the blocks of a range.
    pub fn mean(&self, range: &Range<u32>) -> f32 {
        let sum = self.sums[range.end as usize] - self.sums[range.start as usize];
        (sum / f64::from((range.end - range.start).max(1))) as f32
    }
}
