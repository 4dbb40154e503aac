//! The second look: what the first scores say of the company that a block keeps.

use super::anchor::Anchor;
use super::groups::Groups;
use super::{Matrix, Survey};
use crate::blocks::Block;
use crate::ranking::best_first;
use std::ops::Range;

/// Neighbours on each side whose score is a feature.
const NEAR: usize = 4;
/// Levels above the block at which scores are summed up.
const LEVELS: [usize; 6] = [0, 1, 2, 3, 4, 6];
/// Reaches of the windows, in blocks on each side.
const WINDOWS: [usize; 3] = [3, 10, 30];

const FIRST: [&str; 2] = ["score", "score_rank"];
const LEVEL_NAMES: [&str; 3] = ["score", "share", "low"];
const WINDOW_NAMES: [&str; 2] = ["before", "after"];
const LAST: [&str; 16] = [
    "score_so_far",
    "page_mean",
    "page_max",
    "page_expected_f1",
    "above_cut",
    "best_up",
    "best_down",
    "best_within",
    "best_f1",
    "kin_score",
    "kin_count",
    "cousin_score",
    "cousin_count",
    "heading_score",
    "kept_before_gap",
    "kept_after_gap",
];

pub(crate) const WIDTH: usize = FIRST.len()
    + 2 * NEAR
    + LEVELS.len() * LEVEL_NAMES.len()
    + WINDOWS.len() * WINDOW_NAMES.len()
    + LAST.len();

/// The names of the features of the second look.
///
/// ```
/// let names = dehusk::features::company::names();
/// assert!(names.contains(&"score_before1".to_string()));
/// ```
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = FIRST.map(String::from).into();
    for side in ["before", "after"] {
        names.extend((1..=NEAR).map(|near| format!("score_{side}{near}")));
    }
    for level in LEVELS {
        names.extend(LEVEL_NAMES.map(|name| format!("score_up{level}_{name}")));
    }
    for reach in WINDOWS {
        names.extend(WINDOW_NAMES.map(|side| format!("score_{side}_within{reach}")));
    }
    names.extend(LAST.map(String::from));
    names
}

/// Sums over the scores that tell of the page as a whole.
const PAGE_SCORES: usize = 6;

/// The number of features of the look at the page.
pub(crate) fn page_width() -> usize {
    super::page::WIDTH + PAGE_SCORES
}

/// The features of the look at the page, given the first scores of its blocks.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::Document, features::{Survey, company}};
/// let document = Document::parse("<p>One.</p><p>Two.</p>");
/// let blocks = Blocks::of(&document);
/// let survey = Survey::of(&document, &blocks);
/// let row = |scores: &[f32]| company::measure_page(&survey, scores);
/// assert_eq!(row(&[0.9, 0.1]).len(), row(&[0.1, 0.9]).len());
/// ```
pub fn measure_page(survey: &Survey<'_>, scores: &[f32]) -> Vec<f32> {
    let mut row = Vec::with_capacity(page_width());
    Company::of(survey, scores).fill_page(&mut row);
    row
}

/// Running sums of words and of words times score.
struct Sums {
    words: Vec<f64>,
    expected: Vec<f64>,
}

impl Sums {
    fn range(&self, from: usize, to: usize) -> (f64, f64) {
        (self.words[to] - self.words[from], self.expected[to] - self.expected[from])
    }

    /// The mean score of a range, weighted by words.
    fn mean(&self, from: usize, to: usize) -> f32 {
        let (words, expected) = self.range(from, to);
        (expected / words.max(1.0)) as f32
    }
}

/// The second look at every block, given the first scores, 0 to 1.
///
/// ```
/// use dehusk::{blocks::Blocks, dom::Document, features::{Survey, company}};
/// let document = Document::parse("<p>One.</p><p>Two.</p>");
/// let blocks = Blocks::of(&document);
/// let matrix = company::measure(&Survey::of(&document, &blocks), &[0.9, 0.1]);
/// assert_eq!((matrix.len(), matrix.width()), (2, company::names().len()));
/// ```
pub fn measure(survey: &Survey<'_>, scores: &[f32]) -> Matrix {
    let company = Company::of(survey, scores);
    let mut values = Vec::with_capacity(survey.blocks.len() * WIDTH);
    for index in 0..survey.blocks.len() {
        company.fill(index, &mut values);
    }
    Matrix { width: WIDTH, values }
}

/// What the first scores say of the page, from which each block's features follow.
pub(crate) struct Company<'s> {
    survey: &'s Survey<'s>,
    scores: &'s [f32],
    sums: Sums,
    all_expected: f64,
    ranks: Vec<f32>,
    cut: f32,
    expected_f1: f32,
    /// The container that would be the best answer on its own.
    best: Range<u32>,
    best_f1: f32,
    anchor: Anchor,
    kin: Others,
    cousins: Others,
    gaps: Vec<(f32, f32)>,
    page: [f32; 2],
}

impl<'s> Company<'s> {
    pub fn of(survey: &'s Survey<'_>, scores: &'s [f32]) -> Self {
        let blocks = survey.blocks;
        let (len, containers) = (blocks.len(), blocks.containers());
        let words = |block: &Block| f64::from(block.counts.words);
        let none = || Vec::with_capacity(len + 1);
        let mut sums = Sums { words: none(), expected: none() };
        sums.words.push(0.0);
        sums.expected.push(0.0);
        for (block, score) in blocks.iter().zip(scores) {
            sums.words.push(sums.words[sums.words.len() - 1] + words(block));
            let last = sums.expected[sums.expected.len() - 1];
            sums.expected.push(last + words(block) * f64::from(*score));
        }
        let (all_words, all_expected) = sums.range(0, len);
        let (ranks, cut, expected_f1) = ranking(survey, scores);
        let f1 = |index: usize| {
            let range = &containers[index].blocks;
            let (words, expected) = sums.range(range.start as usize, range.end as usize);
            2.0 * expected / (words + all_expected).max(1.0)
        };
        let better = |best: (usize, f64), i| match f1(i) {
            value if value > best.1 + 1e-9 => (i, value),
            _ => best,
        };
        let (best, best_f1) = (0..containers.len()).fold((0, f1(0)), better);
        let best_f1 = best_f1 as f32;
        // The fewest sure block of each container: one bad block in a good container is suspect.
        let kin = Others::of(survey, scores, &survey.known.pairs);
        let cousins = Others::of(survey, scores, &survey.known.makes);
        let kept: Vec<bool> = scores.iter().map(|score| *score >= cut).collect();
        let mean = (all_expected / all_words.max(1.0)) as f32;
        Self {
            survey,
            scores,
            all_expected,
            ranks,
            cut,
            expected_f1,
            best: containers[best].blocks.clone(),
            best_f1,
            anchor: Anchor::new(containers, best as u32),
            kin,
            cousins,
            gaps: gaps(&kept),
            page: [mean, scores.iter().copied().fold(0.0, f32::max)],
            sums,
        }
    }

    /// Adds the features of the page to a row.
    pub fn fill_page(&self, row: &mut Vec<f32>) {
        let Self { survey, scores, .. } = self;
        let doubt = |(block, score): (&Block, &f32)| {
            f64::from(block.counts.words) * f64::from(*score) * f64::from(1.0 - score)
        };
        let doubt: f64 = survey.blocks.iter().zip(*scores).map(doubt).sum();
        row.extend_from_slice(&survey.page);
        row.extend([
            self.all_expected as f32,
            self.page[0],
            self.page[1],
            self.expected_f1,
            self.best_f1,
            (doubt / self.all_expected.max(1.0)) as f32,
        ]);
    }

    /// Adds the features of a block to a row.
    pub fn fill(&self, index: usize, row: &mut Vec<f32>) {
        let Self { survey, scores, sums, .. } = self;
        let (len, containers) = (survey.blocks.len(), survey.blocks.containers());
        let block = survey.blocks.get(index);
        let score = scores[index];
        row.extend([score, self.ranks[index]]);
        let near = |at: Option<usize>| at.and_then(|at| scores.get(at)).copied().unwrap_or(-1.0);
        row.extend(std::array::from_fn::<_, NEAR, _>(|step| near(index.checked_sub(step + 1))));
        row.extend(std::array::from_fn::<_, NEAR, _>(|step| near(Some(index + step + 1))));
        let mut chain = [0; 7];
        let mut depth = 0;
        for container in survey.chain(block).take(chain.len()) {
            chain[depth] = container;
            depth += 1;
        }
        for level in LEVELS {
            let range = &containers[chain[level.min(depth - 1)] as usize].blocks;
            let (from, to) = (range.start as usize, range.end as usize);
            let (_, expected) = sums.range(from, to);
            // Without the block itself: is it at odds with the rest?
            let (before, after) = (sums.range(from, index), sums.range(index + 1, to));
            let rest = (before.1 + after.1) / (before.0 + after.0).max(1.0);
            let share = expected / self.all_expected.max(1e-3);
            row.extend([sums.mean(from, to), share as f32, rest as f32]);
        }
        for reach in WINDOWS {
            row.extend([
                sums.mean(index.saturating_sub(reach), index),
                sums.mean(index + 1, (index + 1 + reach).min(len).max(index + 1)),
            ]);
        }
        let (up, down) = self.anchor.levels(containers, block.container);
        let at = index as u32;
        let within =
            if at < self.best.start { -1.0 } else { f32::from(u8::from(at >= self.best.end)) };
        let heading = survey.place.heading(index).map_or(-1.0, |heading| scores[heading]);
        row.extend([
            (sums.expected[index] / self.all_expected.max(1e-3)) as f32,
            self.page[0],
            self.page[1],
            self.expected_f1,
            score - self.cut,
            up as f32,
            down as f32,
            within,
            self.best_f1,
            self.kin.means[index],
            self.kin.counts[index] as f32,
            self.cousins.means[index],
            self.cousins.counts[index] as f32,
            heading,
            self.gaps[index].0,
            self.gaps[index].1,
        ]);
    }
}

/// Each block's rank (0 best to 1), the score of the last block that the best set by expected F1
/// takes, and that set's expected F1.
fn ranking(survey: &Survey<'_>, scores: &[f32]) -> (Vec<f32>, f32, f32) {
    let words = |index: usize| f64::from(survey.blocks.get(index).counts.words);
    let order = best_first(scores);
    let total: f64 = order.iter().map(|i| words(*i) * f64::from(scores[*i])).sum();
    let (mut kept, mut expected) = (0.0, 0.0);
    let mut best = (1.0, 0.0);
    let mut ranks = vec![0.0; scores.len()];
    for (rank, index) in order.iter().enumerate() {
        ranks[*index] = rank as f32 / scores.len() as f32;
        kept += words(*index);
        expected += words(*index) * f64::from(scores[*index]);
        let f1 = 2.0 * expected / (kept + total).max(1.0);
        if f1 > best.1 {
            best = (scores[*index], f1);
        }
    }
    (ranks, best.0, best.1 as f32)
}

/// For each block, how far on a logarithmic scale the nearest kept block before and after it is.
fn gaps(kept: &[bool]) -> Vec<(f32, f32)> {
    let run = |indices: &mut dyn Iterator<Item = usize>| {
        let mut gaps = vec![0.0; kept.len()];
        let mut gap = f32::INFINITY;
        for index in indices {
            gap += 1.0;
            gaps[index] = gap.min(1e4);
            if kept[index] {
                gap = 0.0;
            }
        }
        gaps
    };
    let before = run(&mut (0..kept.len()));
    let after = run(&mut (0..kept.len()).rev());
    before.into_iter().zip(after).collect()
}

/// How many blocks stand in containers of the same make as each block's, and the mean score of the
/// others of them.
struct Others {
    means: Vec<f32>,
    counts: Vec<u32>,
}

impl Others {
    fn of(survey: &Survey<'_>, scores: &[f32], makes: &Groups) -> Self {
        let weighed = |(block, score): (&Block, &f32)| {
            let words = f64::from(block.counts.words);
            (makes.of(block.container as usize) as usize, words, words * f64::from(*score))
        };
        let blocks = || survey.blocks.iter().zip(scores).map(weighed);
        let mut sums = vec![(0, 0.0, 0.0); makes.count()];
        for (make, words, expected) in blocks() {
            let sum = &mut sums[make];
            *sum = (sum.0 + 1, sum.1 + words, sum.2 + expected);
        }
        let mean = |(make, words, expected): (usize, f64, f64)| {
            let (_, total, all) = sums[make];
            let others = total - words;
            if others > 0.0 { ((all - expected) / others) as f32 } else { -1.0 }
        };
        Self {
            means: blocks().map(mean).collect(),
            counts: blocks().map(|(make, ..)| sums[make].0).collect(),
        }
    }
}
