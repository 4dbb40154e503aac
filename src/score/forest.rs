//! Boosted regression trees: the learned part of the score.

/// One split, or the two ends of it.
///
/// A child below [`LEAF`] is the index of a node, otherwise `child - LEAF` is that of a leaf.
///
/// ```
/// use dehusk::score::{LEAF, Split};
/// let split = Split::new(3, 0.5, LEAF, LEAF + 1);
/// assert_eq!(split.feature, 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Split {
    /// The feature that is looked at.
    pub feature: u16,
    /// Values up to this one go to `low`, others to `high`.
    pub threshold: f32,
    /// Where low values go.
    pub low: u32,
    /// Where high values go.
    pub high: u32,
}

impl Split {
    /// A split.
    pub fn new(feature: u16, threshold: f32, low: u32, high: u32) -> Self {
        Self { feature, threshold, low, high }
    }
}

/// Children from here on are leaves.
pub const LEAF: u32 = 1 << 31;

/// The splits and the leaves of one tree.
pub type Tree = (Vec<Split>, Vec<f32>);

/// A sum of trees.
///
/// ```
/// use dehusk::score::{Forest, LEAF, Split};
/// let mut forest = Forest::new(0.5);
/// forest.push(&[Split::new(0, 1.0, LEAF, LEAF + 1)], &[-1.0, 2.0]);
/// assert_eq!(forest.sum(&[0.0]), -0.5);
/// assert_eq!(forest.sum(&[3.0]), 2.5);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Forest {
    base: f32,
    splits: Vec<Split>,
    leaves: Vec<f32>,
    /// The first split of each tree; its leaves begin where those of the tree before end.
    roots: Vec<u32>,
    /// For each split, the mean of the leaves below it, for explanations.
    means: Vec<f32>,
    /// The same trees once more, laid out for [`Self::sums`].
    flat: Vec<Step>,
    /// The first step of each tree and how many steps lead to its deepest leaf.
    starts: Vec<(u32, u32)>,
}

/// A split or a leaf; a leaf leads to itself, so that every row takes as many steps and no branch
/// has to be guessed. For a leaf the threshold is its value.
#[derive(Debug, Clone, Copy)]
struct Step {
    threshold: f32,
    feature: u32,
    low: u32,
    high: u32,
}

/// Rows that walk through a tree side by side.
const LANES: usize = 8;

impl Forest {
    /// A forest without trees, which gives `base` for every row.
    pub fn new(base: f32) -> Self {
        Self { base, ..Self::default() }
    }

    /// Adds a tree: its splits, the root first and each before those below it, and its leaves;
    /// children count from the tree's own first split and leaf. A tree without splits or with a
    /// child that is out of order is left out.
    pub fn push(&mut self, splits: &[Split], leaves: &[f32]) {
        let in_order = |at: usize, child: u32| match child.checked_sub(LEAF) {
            Some(leaf) => (leaf as usize) < leaves.len(),
            None => child as usize > at && (child as usize) < splits.len(),
        };
        let sound = splits
            .iter()
            .enumerate()
            .all(|(at, split)| in_order(at, split.low) && in_order(at, split.high));
        if splits.is_empty() || !sound {
            return;
        }
        let (first, first_leaf) = (self.splits.len() as u32, self.leaves.len() as u32);
        let moved = |child: u32| if child >= LEAF { child + first_leaf } else { child + first };
        self.roots.push(first);
        self.splits.extend(splits.iter().map(|split| Split {
            low: moved(split.low),
            high: moved(split.high),
            ..*split
        }));
        self.leaves.extend_from_slice(leaves);
        self.means.resize(self.splits.len(), 0.0);
        for at in (first as usize..self.splits.len()).rev() {
            let split = self.splits[at];
            self.means[at] = (self.value(split.low) + self.value(split.high)) / 2.0;
        }
        self.flatten(splits, leaves);
    }

    fn flatten(&mut self, splits: &[Split], leaves: &[f32]) {
        let start = self.flat.len() as u32;
        let first_leaf = start + splits.len() as u32;
        let moved = |child: u32| match child.checked_sub(LEAF) {
            Some(leaf) => first_leaf + leaf,
            None => start + child,
        };
        let mut depths = vec![1; splits.len()];
        for (at, split) in splits.iter().enumerate() {
            for child in [split.low, split.high] {
                if let Some(depth) = depths.get(at).copied().filter(|_| child < LEAF) {
                    depths[child as usize] = depth + 1;
                }
            }
            let (low, high) = (moved(split.low), moved(split.high));
            let (threshold, feature) = (split.threshold, u32::from(split.feature));
            self.flat.push(Step { threshold, feature, low, high });
        }
        for (leaf, value) in (first_leaf..).zip(leaves) {
            self.flat.push(Step { threshold: *value, feature: 0, low: leaf, high: leaf });
        }
        self.starts.push((start, depths.into_iter().max().unwrap_or(0)));
    }

    /// The sums for many rows of `width` features that stand one behind the other.
    ///
    /// Gives what [`Self::sum`] gives for each, several times faster.
    ///
    /// ```
    /// use dehusk::score::{Forest, LEAF, Split};
    /// let mut forest = Forest::new(0.0);
    /// forest.push(&[Split::new(1, 1.0, LEAF, LEAF + 1)], &[-1.0, 2.0]);
    /// assert_eq!(forest.sums(&[0.0, 0.5, 0.0, 7.0], 2), [-1.0, 2.0]);
    /// ```
    pub fn sums(&self, rows: &[f32], width: usize) -> Vec<f32> {
        if width < self.width() {
            return rows.chunks(width.max(1)).map(|row| self.sum(row)).collect();
        }
        let mut sums = Vec::with_capacity(rows.len() / width.max(1));
        for lanes in rows.chunks(LANES * width.max(1)) {
            let count = lanes.len() / width.max(1);
            let mut offsets = [0; LANES];
            for (lane, offset) in offsets.iter_mut().enumerate() {
                *offset = lane.min(count.saturating_sub(1)) * width;
            }
            let mut totals = [self.base; LANES];
            for &(start, depth) in &self.starts {
                let mut at = [start; LANES];
                for _ in 0..depth {
                    for lane in 0..LANES {
                        let step = &self.flat[at[lane] as usize];
                        let value = lanes[offsets[lane] + step.feature as usize];
                        at[lane] = if value <= step.threshold { step.low } else { step.high };
                    }
                }
                for lane in 0..LANES {
                    totals[lane] += self.flat[at[lane] as usize].threshold;
                }
            }
            sums.extend_from_slice(&totals[..count]);
        }
        sums
    }

    /// The sum of all trees for a row of features; features that the row lacks count as 0.
    pub fn sum(&self, row: &[f32]) -> f32 {
        let mut sum = self.base;
        for &root in &self.roots {
            let mut at = root;
            while at < LEAF {
                let split = &self.splits[at as usize];
                let value = row.get(split.feature as usize).copied().unwrap_or(0.0);
                at = if value <= split.threshold { split.low } else { split.high };
            }
            sum += self.leaves[(at - LEAF) as usize];
        }
        sum
    }

    /// How many features a row must have for no split to look beyond it.
    pub fn width(&self) -> usize {
        self.splits.iter().map(|split| usize::from(split.feature) + 1).max().unwrap_or(0)
    }

    /// What each feature adds to the sum for a row, by the steps of its way through the trees
    /// (Saabas 2014), added up in `effects`, which has a place for each feature.
    pub fn explain(&self, row: &[f32], effects: &mut [f32]) {
        for &root in &self.roots {
            let mut at = root;
            while at < LEAF {
                let split = &self.splits[at as usize];
                let value = row.get(split.feature as usize).copied().unwrap_or(0.0);
                let next = if value <= split.threshold { split.low } else { split.high };
                if let Some(effect) = effects.get_mut(split.feature as usize) {
                    *effect += self.value(next) - self.means[at as usize];
                }
                at = next;
            }
        }
    }

    /// The base and the trees, as [`Self::push`] takes them.
    pub fn trees(&self) -> (f32, Vec<Tree>) {
        let mut first_leaf = 0;
        let ends = self.roots.iter().skip(1).copied().chain([self.splits.len() as u32]);
        let trees = self.roots.iter().zip(ends).map(|(&first, end)| {
            let moved = |child: u32| if child >= LEAF { child - first_leaf } else { child - first };
            let splits = &self.splits[first as usize..end as usize];
            let moved_splits = splits.iter().map(|split| Split {
                low: moved(split.low),
                high: moved(split.high),
                ..*split
            });
            let splits: Vec<Split> = moved_splits.collect();
            let leaves = splits.len() as u32 + 1;
            let range = first_leaf as usize..(first_leaf + leaves) as usize;
            first_leaf += leaves;
            (splits, self.leaves[range].to_vec())
        });
        (self.base, trees.collect())
    }

    fn value(&self, child: u32) -> f32 {
        match child.checked_sub(LEAF) {
            Some(leaf) => self.leaves[leaf as usize],
            None => self.means[child as usize],
        }
    }
}
