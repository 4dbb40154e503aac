//! Which part of the page is about what its title says.

use super::evidence::Evidence;
use super::words::Words;
use std::ops::Range;

/// Title words that are followed through the page; longer titles repeat the site's slogan.
const MAX_TITLE_WORDS: usize = 16;
/// A title word found in more than this share of the blocks tells nothing.
const MAX_SHARE: f32 = 0.2;

/// How often each word of the title has been met, block by block.
#[derive(Debug)]
pub(crate) struct Topic {
    /// For each telling title word, running counts before each block and after the last.
    counts: Vec<Vec<u32>>,
}

impl Topic {
    pub fn of(words: &Words, blocks: usize, evidence: &Evidence) -> Self {
        let len = evidence.title.len().min(MAX_TITLE_WORDS);
        let mut counts = vec![Vec::with_capacity(blocks + 1); len];
        let mut sums = vec![0; len];
        for block in 0..blocks {
            for (count, sum) in counts.iter_mut().zip(&sums) {
                count.push(*sum);
            }
            for word in words.block(block) {
                if let Some(sum) = evidence.title.position(*word).and_then(|at| sums.get_mut(at)) {
                    *sum += 1;
                }
            }
        }
        for (count, sum) in counts.iter_mut().zip(&sums) {
            count.push(*sum);
        }
        let telling = |count: &Vec<u32>| {
            let met = count[blocks];
            met > 0 && (met as f32) < (blocks as f32 * MAX_SHARE).max(6.0)
        };
        counts.retain(telling);
        Self { counts }
    }

    /// The share of the telling title words that stand in a range of blocks.
    pub fn coverage(&self, range: &Range<u32>) -> f32 {
        let met = |count: &&Vec<u32>| count[range.end as usize] > count[range.start as usize];
        self.counts.iter().filter(met).count() as f32 / self.counts.len().max(1) as f32
    }
}
