//! Running sums over the blocks, so that any stretch of them is summed up in one subtraction.

use crate::blocks::{Block, Blocks};
use crate::dom::Tag;
use std::ops::Range;

/// A block is *long* if it reads as prose: so many words, or characters of any script.
const LONG_WORDS: u32 = 14;
const LONG_CHARS: u32 = 80;
/// Above this link density even a long block is taken for a list of links.
const LONG_MAX_LINK_DENSITY: f32 = 0.4;

/// Whether a block reads as prose.
pub(crate) fn is_long(block: &Block) -> bool {
    let counts = &block.counts;
    (counts.words >= LONG_WORDS || counts.chars >= LONG_CHARS)
        && counts.link_density() < LONG_MAX_LINK_DENSITY
}

/// What a stretch of blocks adds up to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub blocks: u32,
    pub chars: u32,
    pub words: u32,
    pub link_chars: u32,
    pub commas: u32,
    pub sentence_ends: u32,
    pub long: u32,
    pub long_chars: u32,
    pub paragraphs: u32,
    pub paragraph_chars: u32,
    pub headings: u32,
    pub linked_headings: u32,
    /// Blocks of three or more words that are all link.
    pub linked_lines: u32,
    pub hidden_chars: u32,
    pub images: u32,
}

impl Tally {
    #[inline]
    fn zip(self, other: Self, f: impl Fn(u32, u32) -> u32) -> Self {
        Self {
            blocks: f(self.blocks, other.blocks),
            chars: f(self.chars, other.chars),
            words: f(self.words, other.words),
            link_chars: f(self.link_chars, other.link_chars),
            commas: f(self.commas, other.commas),
            sentence_ends: f(self.sentence_ends, other.sentence_ends),
            long: f(self.long, other.long),
            long_chars: f(self.long_chars, other.long_chars),
            paragraphs: f(self.paragraphs, other.paragraphs),
            paragraph_chars: f(self.paragraph_chars, other.paragraph_chars),
            headings: f(self.headings, other.headings),
            linked_headings: f(self.linked_headings, other.linked_headings),
            linked_lines: f(self.linked_lines, other.linked_lines),
            hidden_chars: f(self.hidden_chars, other.hidden_chars),
            images: f(self.images, other.images),
        }
    }

    fn of(block: &Block, tag: Tag) -> Self {
        let counts = &block.counts;
        let density = counts.link_density();
        let long = u32::from(is_long(block));
        let paragraph = u32::from(tag == Tag::P);
        let heading = u32::from(block.heading > 0);
        Self {
            blocks: 1,
            chars: counts.chars,
            words: counts.words,
            link_chars: counts.link_chars,
            commas: counts.commas,
            sentence_ends: counts.sentence_ends,
            long,
            long_chars: long * counts.chars,
            paragraphs: paragraph,
            paragraph_chars: paragraph * counts.chars,
            headings: heading,
            linked_headings: heading * u32::from(density > 0.5),
            linked_lines: u32::from(counts.words >= 3 && density > 0.8),
            hidden_chars: if block.marks.hidden { counts.chars } else { 0 },
            images: 0,
        }
    }

    /// Adds another stretch.
    pub fn add(&mut self, other: Self) {
        *self = self.zip(other, |a, b| a + b);
    }

    pub fn link_density(&self) -> f32 {
        ratio(self.link_chars, self.chars)
    }
}

/// A quotient that is 0 where there is nothing to divide by.
pub(crate) fn ratio(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// The tallies of all stretches that begin with the first block.
#[derive(Debug, Clone)]
pub(crate) struct Tallies(Vec<Tally>);

impl Tallies {
    pub fn of(blocks: &Blocks) -> Self {
        let mut sums = Vec::with_capacity(blocks.len() + 1);
        let mut sum = Tally::default();
        let mut images = blocks.images().iter().peekable();
        for (index, block) in blocks.iter().enumerate() {
            sums.push(sum);
            while images.next_if(|image| image.block as usize <= index).is_some() {
                sum.images += 1;
            }
            sum = sum.zip(Tally::of(block, blocks.container(block).tag), |a, b| a + b);
        }
        sums.push(sum);
        Self(sums)
    }

    /// What a stretch of blocks adds up to.
    #[inline]
    pub fn range(&self, range: &Range<u32>) -> Tally {
        let (start, end) = (self.0[range.start as usize], self.0[range.end as usize]);
        end.zip(start, |a, b| a - b)
    }

    pub fn all(&self) -> Tally {
        self.0[self.0.len() - 1]
    }
}
