//! Which part of the page is about what its title says.

use super::evidence::Evidence;
use super::words::Words;
use crate::blocks::Blocks;

/// Title words that are followed through the page, each a bit; longer titles repeat the site's
/// slogan.
const MAX_TITLE_WORDS: usize = 16;
/// A title word found in more than this share of the blocks tells nothing.
const MAX_SHARE: f32 = 0.2;

/// Which words of the title stand where.
#[derive(Debug)]
pub(crate) struct Topic {
    /// For each container, the telling title words that stand in it, as bits.
    met: Vec<u16>,
    /// How many title words are telling.
    telling: u32,
}

impl Topic {
    pub fn of(words: &Words, blocks: &Blocks, evidence: &Evidence) -> Self {
        let mut counts = [0u32; MAX_TITLE_WORDS];
        let mut met = vec![0u16; blocks.containers().len()];
        for (index, block) in blocks.iter().enumerate() {
            for word in words.block(index) {
                let Some(at) = evidence.title.position(*word) else { continue };
                if let Some(count) = counts.get_mut(at) {
                    *count += 1;
                    met[block.container as usize] |= 1 << at;
                }
            }
        }
        let most = (blocks.len() as f32 * MAX_SHARE).max(6.0);
        let is_telling = |count: u32| count > 0 && (count as f32) < most;
        let telling = (0..MAX_TITLE_WORDS).filter(|at| is_telling(counts[*at]));
        let telling = telling.fold(0u16, |bits, at| bits | 1 << at);
        // Each container stands behind its parent, so that the last give theirs first.
        for (index, container) in blocks.containers().iter().enumerate().rev() {
            met[index] &= telling;
            met[container.parent as usize] |= met[index];
        }
        Self { met, telling: telling.count_ones() }
    }

    /// The share of the telling title words that stand in a container.
    pub fn coverage(&self, container: u32) -> f32 {
        let met = self.met[container as usize].count_ones();
        met as f32 / self.telling.max(1) as f32
    }
}
