//! Boosted oblivious trees: the learned part of the score.
//!
//! All splits of one level of an *oblivious* tree ask the same question (Kohavi 1994; Prokhorenkova
//! et al. 2018), so that a tree is six questions whose answers, read as bits, number the leaf.
//! Nothing has to be guessed by the processor, and many rows are answered side by side.

use std::ops::Range;

/// Questions that each tree asks.
///
/// ```
/// assert_eq!(dehusk::score::DEPTH, 6);
/// ```
pub const DEPTH: usize = 6;
/// Leaves of each tree.
///
/// ```
/// assert_eq!(dehusk::score::LEAVES, 1 << dehusk::score::DEPTH);
/// ```
pub const LEAVES: usize = 1 << DEPTH;

/// One question: is the feature greater than the threshold?
///
/// ```
/// use dehusk::score::Split;
/// assert_eq!(Split::new(3, 0.5).feature, 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Split {
    /// The feature that is looked at.
    pub feature: u16,
    /// The answer is yes above this value.
    pub threshold: f32,
}

impl Split {
    /// A question that is answered no for every row.
    ///
    /// ```
    /// assert!(dehusk::score::Split::NEVER.threshold > f32::MAX);
    /// ```
    pub const NEVER: Self = Self { feature: 0, threshold: f32::INFINITY };

    /// A question.
    ///
    /// ```
    /// assert_eq!(dehusk::score::Split::new(3, 0.5).threshold, 0.5);
    /// ```
    pub fn new(feature: u16, threshold: f32) -> Self {
        Self { feature, threshold }
    }
}

/// One tree.
///
/// ```
/// use dehusk::score::{LEAVES, Split, Tree};
/// let mut leaves = [0.0; LEAVES];
/// leaves[1] = 2.0;
/// let mut splits = [Split::NEVER; 6];
/// splits[0] = Split::new(0, 1.0);
/// let tree = Tree::new(splits, leaves);
/// assert_eq!(tree.leaves[1], 2.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Tree {
    /// The questions; the answer to the first is the lowest bit of the leaf's number.
    pub splits: [Split; DEPTH],
    /// What each leaf adds to the sum.
    pub leaves: [f32; LEAVES],
}

impl Tree {
    /// A tree.
    ///
    /// ```
    /// use dehusk::score::{DEPTH, LEAVES, Split, Tree};
    /// let tree = Tree::new([Split::NEVER; DEPTH], [0.5; LEAVES]);
    /// assert_eq!(tree.leaves[0], 0.5);
    /// ```
    pub fn new(splits: [Split; DEPTH], leaves: [f32; LEAVES]) -> Self {
        Self { splits, leaves }
    }

    fn leaf(&self, row: &[f32]) -> usize {
        let value = |split: &Split| row.get(split.feature as usize).copied().unwrap_or(0.0);
        let yes = |split: &Split| usize::from(value(split) > split.threshold);
        self.splits.iter().rev().fold(0, |leaf, split| leaf << 1 | yes(split))
    }
}

/// A sum of trees.
///
/// ```
/// use dehusk::score::{Forest, LEAVES, Split, Tree};
/// let mut leaves = [-1.0; LEAVES];
/// leaves[1] = 2.0;
/// let mut splits = [Split::NEVER; 6];
/// splits[0] = Split::new(0, 1.0);
/// let forest = Forest::new(0.5, vec![Tree::new(splits, leaves)]);
/// assert_eq!(forest.sum(&[0.0]), -0.5);
/// assert_eq!(forest.sum(&[3.0]), 2.5);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Forest {
    base: f32,
    trees: Vec<Tree>,
    /// The features that some tree asks for, in order.
    asked: Vec<Asked>,
    /// The thresholds of all questions, those of one feature in a row and each once: many trees ask
    /// the same.
    thresholds: Vec<f32>,
    /// For each tree, which of them it asks.
    asks: Vec<[u32; DEPTH]>,
}

/// A feature that some tree asks for.
#[derive(Debug, Clone)]
struct Asked {
    feature: u16,
    /// Its thresholds.
    thresholds: Range<usize>,
}

/// The answers of rows side by side to one question: a byte each, 1 where the answer is yes.
type Answers = [u8; LANES];

/// Room for rows side by side, to be used again for the next ones.
#[derive(Default)]
pub(super) struct Room {
    columns: Vec<[f32; LANES]>,
    answers: Vec<Answers>,
}

/// Rows that are answered side by side, and of them, those that are turned into columns together.
const LANES: usize = 16;
const TURNED: usize = 4;

impl Forest {
    /// A forest that gives `base` and what its trees add.
    ///
    /// ```
    /// use dehusk::score::Forest;
    /// assert_eq!(Forest::new(0.5, Vec::new()).sum(&[1.0, 2.0]), 0.5);
    /// ```
    pub fn new(base: f32, trees: Vec<Tree>) -> Self {
        let order = |a: &Split, b: &Split| {
            a.feature.cmp(&b.feature).then(a.threshold.total_cmp(&b.threshold))
        };
        let mut questions: Vec<Split> = trees.iter().flat_map(|tree| tree.splits).collect();
        questions.sort_unstable_by(order);
        questions.dedup_by(|a, b| order(a, b).is_eq());
        let ask = |split: Split| questions.partition_point(|q| order(q, &split).is_lt()) as u32;
        let asks = trees.iter().map(|tree| tree.splits.map(ask)).collect();
        let mut asked: Vec<Asked> = Vec::new();
        for (at, Split { feature, .. }) in questions.iter().enumerate() {
            match asked.last_mut().filter(|last| last.feature == *feature) {
                Some(last) => last.thresholds.end = at + 1,
                None => asked.push(Asked { feature: *feature, thresholds: at..at + 1 }),
            }
        }
        let thresholds = questions.iter().map(|question| question.threshold).collect();
        Self { base, trees, asked, thresholds, asks }
    }

    /// What the forest gives without its trees.
    ///
    /// ```
    /// use dehusk::score::Forest;
    /// assert_eq!(Forest::new(0.5, Vec::new()).base(), 0.5);
    /// ```
    pub fn base(&self) -> f32 {
        self.base
    }

    /// The trees.
    ///
    /// ```
    /// use dehusk::score::Forest;
    /// assert!(Forest::default().trees().is_empty());
    /// ```
    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// How many features a row must have for no question to look beyond it.
    ///
    /// ```
    /// use dehusk::score::{DEPTH, Forest, LEAVES, Split, Tree};
    /// let tree = Tree::new([Split::new(4, 0.5); DEPTH], [1.0; LEAVES]);
    /// assert_eq!(Forest::new(0.0, vec![tree]).width(), 5);
    /// ```
    pub fn width(&self) -> usize {
        self.asked.last().map_or(0, |last| usize::from(last.feature) + 1)
    }

    /// The sum of all trees for a row of features; features that the row lacks count as 0.
    ///
    /// ```
    /// use dehusk::score::{DEPTH, Forest, LEAVES, Split, Tree};
    /// let tree = Tree::new([Split::new(4, 0.5); DEPTH], [1.0; LEAVES]);
    /// assert_eq!(Forest::new(0.5, vec![tree.clone(), tree]).sum(&[]), 2.5);
    /// ```
    pub fn sum(&self, row: &[f32]) -> f32 {
        self.trees.iter().fold(self.base, |sum, tree| sum + tree.leaves[tree.leaf(row)])
    }

    /// The sums for many rows of `width` features that stand one behind the other.
    ///
    /// Gives what [`Self::sum`] gives for each, many times faster.
    ///
    /// ```
    /// use dehusk::score::{Forest, LEAVES, Split, Tree};
    /// let mut leaves = [-1.0; LEAVES];
    /// leaves[1] = 2.0;
    /// let mut splits = [Split::NEVER; 6];
    /// splits[0] = Split::new(1, 1.0);
    /// let forest = Forest::new(0.0, vec![Tree::new(splits, leaves)]);
    /// assert_eq!(forest.sums(&[0.0, 0.5, 0.0, 7.0], 2), [-1.0, 2.0]);
    /// ```
    pub fn sums(&self, rows: &[f32], width: usize) -> Vec<f32> {
        self.sums_of_page(rows, width, 0..0, &mut Room::default())
    }

    /// As [`Self::sums`], of rows that have the same values of some features, those of the page
    /// that they stand on: what is asked of these is answered once.
    pub(super) fn sums_of_page(
        &self,
        rows: &[f32],
        width: usize,
        page: Range<usize>,
        room: &mut Room,
    ) -> Vec<f32> {
        let width = width.max(1);
        if width < self.width() {
            return rows.chunks(width).map(|row| self.sum(row)).collect();
        }
        let at = |end: usize| self.asked.partition_point(|asked| usize::from(asked.feature) < end);
        let (from, to) = (at(page.start), at(page.end));
        let (before, of_page, after) =
            (&self.asked[..from], &self.asked[from..to], &self.asked[to..]);
        let Room { columns, answers } = room;
        columns.resize(width.max(columns.len()), [0.0; LANES]);
        answers.resize(self.thresholds.len().max(answers.len()), [0; LANES]);
        if let Some(row) = rows.get(..width) {
            for asked in of_page {
                self.answer(asked, &[row[usize::from(asked.feature)]; LANES], answers);
            }
        }
        let mut sums = Vec::with_capacity(rows.len() / width);
        for rows in rows.chunks(LANES * width) {
            turn(rows, width, 0..page.start, columns);
            turn(rows, width, page.end..width, columns);
            for asked in before.iter().chain(after) {
                self.answer(asked, &columns[usize::from(asked.feature)], answers);
            }
            let totals = self.total(answers);
            sums.extend_from_slice(&totals[..rows.len() / width]);
        }
        sums
    }

    /// Answers all questions about a feature.
    #[inline]
    fn answer(&self, asked: &Asked, values: &[f32; LANES], answers: &mut [Answers]) {
        let thresholds = &self.thresholds[asked.thresholds.clone()];
        let values = *values;
        for (answer, threshold) in answers[asked.thresholds.clone()].iter_mut().zip(thresholds) {
            *answer = std::array::from_fn(|lane| u8::from(values[lane] > *threshold));
        }
    }

    /// The sums of all trees, given the answers to all questions.
    fn total(&self, answers: &[Answers]) -> [f32; LANES] {
        let mut totals = [self.base; LANES];
        for (tree, asks) in self.trees.iter().zip(&self.asks) {
            // Six bits do not leave their byte, so all lanes are one number.
            let leaves = asks.iter().rev().fold(0, |leaves: u128, ask| {
                leaves << 1 | u128::from_ne_bytes(answers[*ask as usize])
            });
            for (total, leaf) in totals.iter_mut().zip(leaves.to_ne_bytes()) {
                // The mask changes nothing; it shows that the index is within bounds.
                *total += tree.leaves[usize::from(leaf) & (LEAVES - 1)];
            }
        }
        totals
    }

    /// What each feature adds to the sum for a row, by how each answer moves the mean of the
    /// leaves that are still open (Saabas 2014), added up in `effects`, which has a place for each
    /// feature; a feature without a place is left out.
    ///
    /// ```
    /// use dehusk::score::{Forest, LEAVES, Split, Tree};
    /// let mut leaves = [-1.0; LEAVES];
    /// leaves.iter_mut().skip(1).step_by(2).for_each(|leaf| *leaf = 3.0);
    /// let mut splits = [Split::NEVER; 6];
    /// splits[0] = Split::new(1, 0.5);
    /// let mut effects = [0.0; 2];
    /// Forest::new(0.0, vec![Tree::new(splits, leaves)]).explain(&[0.0, 1.0], &mut effects);
    /// assert_eq!(effects, [0.0, 2.0]);
    /// ```
    pub fn explain(&self, row: &[f32], effects: &mut [f32]) {
        for tree in &self.trees {
            let leaf = tree.leaf(row);
            let mut known = mean_of_open(tree, leaf, 0);
            for (level, split) in tree.splits.iter().enumerate() {
                let mean = mean_of_open(tree, leaf, level + 1);
                if let Some(effect) = effects.get_mut(split.feature as usize) {
                    *effect += mean - known;
                }
                known = mean;
            }
        }
    }
}

/// Turns some features of rows of `width` features, [`LANES`] rows at most, into columns.
fn turn(rows: &[f32], width: usize, wanted: Range<usize>, columns: &mut [[f32; LANES]]) {
    let columns = &mut columns[wanted.clone()];
    let mut lane = 0;
    for rows in rows.chunks(TURNED * width) {
        let mut done = 0;
        if rows.len() == TURNED * width {
            let part = |row: usize| rows[row * width..][wanted.clone()].as_chunks::<TURNED>().0;
            let parts = part(0).iter().zip(part(1)).zip(part(2).iter().zip(part(3)));
            for (columns, ((a, b), (c, d))) in columns.chunks_exact_mut(TURNED).zip(parts) {
                for (column, i) in columns.iter_mut().zip(0..TURNED) {
                    column[lane..lane + TURNED].copy_from_slice(&[a[i], b[i], c[i], d[i]]);
                }
            }
            done = wanted.len() - wanted.len() % TURNED;
        }
        for row in rows.chunks_exact(width) {
            for (column, value) in columns.iter_mut().zip(&row[wanted.clone()]).skip(done) {
                column[lane] = *value;
            }
            lane += 1;
        }
    }
}

/// The mean of the leaves that share the first `answers` answers with a leaf.
fn mean_of_open(tree: &Tree, leaf: usize, answers: usize) -> f32 {
    let first = leaf & ((1 << answers) - 1);
    let open = tree.leaves.iter().skip(first).step_by(1 << answers);
    open.sum::<f32>() / (LEAVES >> answers) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forest() -> Forest {
        let tree = |seed: u16| {
            let split = |level: u16| Split::new((seed * 5 + level * 3) % 9, f32::from(level) * 0.7);
            let leaf = |leaf: usize| ((leaf * 37 + usize::from(seed)) % 64) as f32 / 8.0;
            Tree::new([0, 1, 2, 3, 4, 5].map(split), std::array::from_fn(leaf))
        };
        Forest::new(-1.0, (0..7).map(tree).collect())
    }

    fn rows(count: usize) -> Vec<f32> {
        (0..count * 9).map(|i| (i * i % 23) as f32 / 4.0).collect()
    }

    #[test]
    fn many_rows_give_what_each_gives() {
        let (forest, rows) = (forest(), rows(37));
        let each: Vec<f32> = rows.chunks(9).map(|row| forest.sum(row)).collect();
        assert_eq!(forest.sums(&rows, 9), each);
    }

    #[test]
    fn effects_add_up_to_the_sum() {
        let (forest, row) = (forest(), rows(1));
        let mut effects = vec![0.0; 9];
        forest.explain(&row, &mut effects);
        let start = forest.trees().iter().map(|tree| mean_of_open(tree, 0, 0)).sum::<f32>();
        let sum = forest.base() + start + effects.iter().sum::<f32>();
        assert!((sum - forest.sum(&row)).abs() < 1e-3);
    }

    #[test]
    fn rows_that_are_too_short_count_as_0_beyond_their_end() {
        let forest = forest();
        let mut full = rows(1);
        full[4..].fill(0.0);
        assert_eq!(forest.sums(&full[..4], 4), [forest.sum(&full)]);
    }
}
