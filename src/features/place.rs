//! Where a block stands: on the page, from the title, from the first and last prose.

use super::Survey;
use super::anchor::Anchor;
use super::containers::{KnownContainers, long_span};
use super::evidence::Evidence;
use super::groups::Groups;
use super::tally::ratio;
use super::words::{Words, combine};
use crate::blocks::{Block, Blocks};

const NAMES: [&str; 26] = [
    "blocks_before",
    "text_before",
    "blocks_before_count",
    "blocks_after_count",
    "depth",
    "pair_repeats",
    "after_h1",
    "from_h1",
    "from_first_long",
    "from_last_long",
    "within_long",
    "title_share",
    "title_of_block",
    "in_description",
    "best_title_overlap",
    "from_title",
    "text_from_title",
    "up_to_title_meet",
    "title_up_to_meet",
    "in_body",
    "has_body",
    "repeats_to_title",
    "h1_count",
    "after_title",
    "heading_above",
    "from_heading",
];

pub(super) const WIDTH: usize = NAMES.len();

pub(super) fn names(names: &mut Vec<String>) {
    names.extend(NAMES.map(String::from));
}

/// Blocks that others are measured from.
#[derive(Debug)]
pub(super) struct Landmarks {
    /// Blocks of the same words.
    pub copies: Groups,
    /// Whether an earlier block has the same words.
    pub copied_before: Vec<bool>,
    h1: Option<u32>,
    h1_count: u32,
    long: Option<(u32, u32)>,
    /// For each block, the share of the title that it has, and of it that the title has.
    overlaps: Vec<(f32, f32)>,
    title: Option<(u32, f32)>,
    title_anchor: Option<Anchor>,
    /// For each container, the most siblings of one make on the way up from it to where it meets
    /// the way up from the title.
    repeats: Vec<u32>,
    /// For each block, the nearest heading at or before it.
    heading: Vec<Option<u32>>,
}

impl Landmarks {
    /// The block that best matches the document title.
    pub fn title(&self) -> Option<u32> {
        self.title.map(|(title, _)| title)
    }

    /// The nearest heading at or before a block.
    pub fn heading(&self, block: usize) -> Option<usize> {
        self.heading[block].map(|heading| heading as usize)
    }

    pub fn of(
        blocks: &Blocks,
        words: &Words,
        evidence: &Evidence,
        known: &KnownContainers,
    ) -> Self {
        let key = |words: &[u32]| combine(&[combine(words), words.len() as u32]);
        let copies = Groups::of_keys((0..blocks.len()).map(|i| key(words.block(i))));
        let copied_before = copies.ranks().map(|before| before > 0).collect();
        let mut h1s = (0..).zip(blocks.iter()).filter(|(_, block)| block.heading == 1);
        let h1 = h1s.next().map(|(index, _)| index);
        let h1_count = u32::from(h1.is_some()) + h1s.count() as u32;
        let overlap = |index| match words.block(index) {
            words if words.len() <= MAX_TITLE_WORDS => evidence.title_overlap(words),
            _ => (0.0, 0.0),
        };
        let overlaps: Vec<(f32, f32)> = (0..blocks.len()).map(overlap).collect();
        let title = best_title(blocks, &overlaps);
        let title_anchor = title.map(|(index, _)| {
            Anchor::new(blocks.containers(), blocks.get(index as usize).container)
        });
        let repeats =
            title_anchor.as_ref().map_or(Vec::new(), |anchor| repeats(blocks, anchor, known));
        let mut above = None;
        let heading = (0..).zip(blocks.iter()).map(|(index, block)| {
            if block.heading > 0 {
                above = Some(index);
            }
            above
        });
        let heading = heading.collect();
        let long = long_span(blocks);
        Self {
            copies,
            copied_before,
            h1,
            h1_count,
            long,
            overlaps,
            title,
            title_anchor,
            repeats,
            heading,
        }
    }
}

/// For each container, the most siblings of one make on the way up to where it meets an anchor.
fn repeats(blocks: &Blocks, anchor: &Anchor, known: &KnownContainers) -> Vec<u32> {
    let mut repeats: Vec<u32> = Vec::with_capacity(known.len());
    for (index, container) in (0..).zip(blocks.containers()) {
        let meets = anchor.meet(index) == index;
        let above = repeats.get(container.parent as usize).copied().unwrap_or(1);
        repeats.push(if meets { 1 } else { above.max(known.get(index).same_siblings) });
    }
    repeats
}

/// Title words found in longer blocks are chance.
const MAX_TITLE_WORDS: usize = 40;
/// Below this overlap no block is the title.
const MIN_TITLE_OVERLAP: f32 = 0.3;

/// The block that best matches the document title, with its overlap.
fn best_title(blocks: &Blocks, overlaps: &[(f32, f32)]) -> Option<(u32, f32)> {
    let mut best: Option<(u32, f32, f32)> = None;
    for (index, (block, (of_title, of_block))) in blocks.iter().zip(overlaps).enumerate() {
        let overlap = (of_title * of_block).sqrt();
        let heading = match block.heading {
            1 => 1.4,
            2 => 1.2,
            3..=6 => 1.05,
            _ => 1.0,
        };
        let link = 1.0 - 0.4 * block.counts.link_density();
        let weight = overlap * heading * link;
        if overlap >= MIN_TITLE_OVERLAP && best.is_none_or(|(_, _, known)| weight > known) {
            best = Some((index as u32, overlap, weight));
        }
    }
    best.map(|(index, overlap, _)| (index, overlap))
}

pub(super) fn fill(survey: &Survey<'_>, index: usize, block: &Block, row: &mut Vec<f32>) {
    let (blocks, marks) = (survey.blocks, &survey.place);
    let containers = blocks.containers();
    let len = blocks.len() as u32;
    let at = index as u32;
    let words = survey.words.block(index);
    let before = survey.tallies.range(&(0..at));
    let all = survey.tallies.all();
    let flag = |flag: bool| f32::from(u8::from(flag));
    let far = len as f32;
    let from = |mark: u32| at as f32 - mark as f32;
    let none = -far - 1.0;
    let (of_title, of_block) = marks.overlaps[index];
    let title = marks.title.map(|(title, _)| title);
    let between = title.map(|title| {
        let (low, high) = (title.min(at), title.max(at));
        survey.tallies.range(&(low..high)).chars
    });
    let meet = marks.title_anchor.as_ref().map(|anchor| anchor.levels(containers, block.container));
    let repeats = marks.repeats.get(block.container as usize);
    let heading = marks.heading[index];
    row.extend([
        at as f32 / len as f32,
        ratio(before.chars, all.chars),
        at as f32,
        (len - 1 - at) as f32,
        containers[block.container as usize].depth as f32,
        survey.known.pairs.size(block.container as usize) as f32,
        flag(marks.h1.is_some_and(|h1| at >= h1)),
        marks.h1.map_or(none, from),
        marks.long.map_or(none, |(first, _)| from(first)),
        marks.long.map_or(none, |(_, last)| from(last)),
        flag(marks.long.is_some_and(|(first, last)| first <= at && at <= last)),
        of_title,
        of_block,
        survey.evidence.in_description(words),
        marks.title.map_or(0.0, |(_, overlap)| overlap),
        title.map_or(none, from),
        between.map_or(-1.0, |chars| chars as f32),
        meet.map_or(-1.0, |(up, _)| up as f32),
        meet.map_or(-1.0, |(_, down)| down as f32),
        survey.evidence.in_body(words),
        flag(survey.evidence.has_body()),
        repeats.map_or(-1.0, |repeats| *repeats as f32),
        marks.h1_count as f32,
        flag(title.is_some_and(|title| at > title)),
        heading.map_or(0.0, |heading| blocks.get(heading as usize).heading as f32),
        heading.map_or(none, from),
    ]);
}
