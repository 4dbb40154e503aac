//! The company that a block keeps: its containers, and the blocks before and after it.

use super::Survey;
use super::containers::{FAR, KINDS};
use super::lexical::Scores;
use super::names::FAMILIES;
use super::tally::ratio;
use crate::blocks::{Block, Container};

/// Levels above the block at which containers are summed up.
const LEVELS: [usize; 5] = [0, 1, 2, 3, 5];
/// Levels at which repetition is counted.
const REPEAT_LEVELS: usize = 6;
/// Levels at which the place among siblings of the same make is told: the first article of several
/// is not like the others.
const RANK_LEVELS: std::ops::Range<usize> = 1..5;
const RANKS: usize = RANK_LEVELS.end - RANK_LEVELS.start;
/// Neighbours on each side that are features of their own.
const NEAR: usize = 2;
/// Reaches of the windows, in blocks on each side.
const WINDOWS: [u32; 2] = [5, 15];

const LEVEL_NAMES: [&str; 12] = [
    "chars",
    "link_density",
    "blocks",
    "commas_per_block",
    "long_share",
    "paragraph_share",
    "chars_per_block",
    "headings",
    "linked_lines_per_block",
    "hidden_share",
    "word_score",
    "title_coverage",
];
const NEAR_NAMES: [&str; 3] = ["chars", "link_density", "same_parent"];
const WINDOW_NAMES: [&str; 4] = ["chars", "link_density", "sentence_ends", "headings"];
const CANDIDATE_NAMES: [&str; 3] = ["up", "down", "within"];
const CANDIDATES: [&str; super::containers::CANDIDATES] =
    ["readable", "prose", "paragraphs", "single_prose"];
const LAST: [&str; 16] = [
    "name_own",
    "name_path",
    "name_above",
    "name_low",
    "most_repeated",
    "word_score_before1",
    "word_score_after1",
    "word_score_heading",
    "word_score_window",
    "unit_siblings",
    "unit_rank",
    "unit_chars",
    "unit_headings",
    "unit_linked_headings",
    "unit_links",
    "unit_meets_title",
];

pub(super) const WIDTH: usize = LEVELS.len() * LEVEL_NAMES.len()
    + REPEAT_LEVELS
    + RANKS
    + KINDS.len()
    + FAMILIES.len()
    + CANDIDATES.len() * CANDIDATE_NAMES.len()
    + 2 * NEAR * NEAR_NAMES.len()
    + 2 * WINDOWS.len() * WINDOW_NAMES.len()
    + LAST.len();

pub(super) fn names(names: &mut Vec<String>) {
    for level in LEVELS {
        names.extend(LEVEL_NAMES.map(|name| format!("up{level}_{name}")));
    }
    names.extend((0..REPEAT_LEVELS).map(|level| format!("up{level}_siblings")));
    names.extend(RANK_LEVELS.map(|level| format!("up{level}_rank")));
    names.extend(KINDS.map(|(_, name)| format!("in_{name}")));
    names.extend(FAMILIES.map(|(name, _)| format!("named_{name}")));
    for candidate in CANDIDATES {
        names.extend(CANDIDATE_NAMES.map(|name| format!("{candidate}_{name}")));
    }
    for side in ["before", "after"] {
        for near in 1..=NEAR {
            names.extend(NEAR_NAMES.map(|name| format!("{side}{near}_{name}")));
        }
    }
    for reach in WINDOWS {
        for side in ["before", "after"] {
            names.extend(WINDOW_NAMES.map(|name| format!("{side}_within{reach}_{name}")));
        }
    }
    names.extend(LAST.map(String::from));
}

/// What the blocks of each container add up to, as features: a container stands above many blocks.
pub(super) struct Levels(Vec<[f32; LEVEL_NAMES.len()]>);

impl Levels {
    pub fn of(survey: &Survey<'_>, scores: &Scores) -> Self {
        let level = |(index, container): (u32, &Container)| {
            let tally = survey.tallies.range(&container.blocks);
            [
                tally.chars as f32,
                tally.link_density(),
                tally.blocks as f32,
                ratio(tally.commas, tally.blocks),
                ratio(tally.long, tally.blocks),
                ratio(tally.paragraph_chars, tally.chars),
                ratio(tally.chars, tally.blocks),
                tally.headings as f32,
                ratio(tally.linked_lines, tally.blocks),
                ratio(tally.hidden_chars, tally.chars),
                scores.mean(&container.blocks),
                survey.topic.coverage(index),
            ]
        };
        Self((0..).zip(survey.blocks.containers()).map(level).collect())
    }
}

pub(super) fn fill(
    survey: &Survey<'_>,
    index: usize,
    block: &Block,
    scores: &Scores,
    levels: &Levels,
    row: &mut Vec<f32>,
) {
    let mut chain = [0u32; 8];
    let mut depth = 0;
    for container in survey.chain(block).take(chain.len()) {
        chain[depth] = container;
        depth += 1;
    }
    let chain = &chain[..depth];
    fill_levels(survey, chain, levels, row);
    let innermost = survey.known.get(block.container);
    row.extend(innermost.kinds.map(f32::from));
    row.extend(innermost.families.map(f32::from));
    let containers = survey.blocks.containers();
    for (anchor, candidate) in survey.anchors.iter().zip(survey.known.candidates) {
        let (up, down) = anchor.levels(containers, block.container);
        let range = &containers[candidate as usize].blocks;
        let at = index as u32;
        // Before the candidate -1, within it 0, after it 1.
        let side = if at < range.start { -1.0 } else { f32::from(u8::from(at >= range.end)) };
        row.extend([up as f32, down as f32, side]);
    }
    fill_neighbours(survey, index, block, row);
    let (own, path) = scores.names[block.container as usize];
    let above = chain.get(1).map_or(0.0, |container| scores.names[*container as usize].0);
    let low = chain.iter().map(|container| scores.names[*container as usize].0);
    row.extend([own, path, above, low.fold(0.0, f32::min), innermost.most_repeated as f32]);
    let said = |at: Option<usize>| at.and_then(|at| scores.words.get(at)).copied().unwrap_or(0.0);
    let (at, len) = (index as u32, survey.blocks.len() as u32);
    row.extend([
        said(index.checked_sub(1)),
        said(Some(index + 1)),
        said(survey.place.heading(index)),
        scores.mean(&(at.saturating_sub(5)..(at + 6).min(len))),
    ]);
    row.extend(match innermost.unit {
        None => [0.0, -1.0, -1.0, 0.0, 0.0, 0.0, -1.0],
        Some(unit) => {
            let (known, range) = (survey.known.get(unit), &containers[unit as usize].blocks);
            let tally = survey.tallies.range(range);
            let title = survey.place.title().is_some_and(|title| range.contains(&title));
            [
                known.same_siblings as f32,
                known.sibling_rank as f32,
                tally.chars as f32,
                tally.headings as f32,
                tally.linked_headings as f32,
                tally.link_density(),
                f32::from(u8::from(title)),
            ]
        }
    });
}

fn fill_levels(survey: &Survey<'_>, chain: &[u32], levels: &Levels, row: &mut Vec<f32>) {
    for level in LEVELS {
        let container = chain[level.min(chain.len() - 1)];
        row.extend(levels.0[container as usize]);
    }
    let known = |level: usize| chain.get(level).map(|container| survey.known.get(*container));
    let siblings = |level| known(level).map_or(0.0, |known| known.same_siblings as f32);
    row.extend(std::array::from_fn::<_, REPEAT_LEVELS, _>(siblings));
    let rank = |level| known(level).map_or(0.0, |known| known.sibling_rank as f32);
    row.extend(std::array::from_fn::<_, RANKS, _>(|level| rank(RANK_LEVELS.start + level)));
    debug_assert!(FAR > REPEAT_LEVELS as u8);
}

fn fill_neighbours(survey: &Survey<'_>, index: usize, block: &Block, row: &mut Vec<f32>) {
    let blocks = survey.blocks;
    let parent = blocks.container(block).parent;
    let mut near = |neighbour: Option<usize>| match neighbour.filter(|at| *at < blocks.len()) {
        Some(at) => {
            let other = blocks.get(at);
            let container = blocks.container(other);
            row.extend([
                other.counts.chars as f32,
                other.counts.link_density(),
                f32::from(u8::from(container.parent == parent)),
            ]);
        }
        None => row.extend([-1.0, 0.0, 0.0]),
    };
    (1..=NEAR).for_each(|step| near(index.checked_sub(step)));
    (1..=NEAR).for_each(|step| near(Some(index + step)));
    let (at, len) = (index as u32, blocks.len() as u32);
    for reach in WINDOWS {
        for range in [at.saturating_sub(reach)..at, at + 1..(at + 1 + reach).min(len).max(at + 1)] {
            let tally = survey.tallies.range(&range);
            row.extend([
                ratio(tally.chars, tally.blocks),
                tally.link_density(),
                ratio(tally.sentence_ends, tally.blocks),
                ratio(tally.headings, tally.blocks),
            ]);
        }
    }
}
