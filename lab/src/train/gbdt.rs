//! Gradient-boosted oblivious trees by histograms (Friedman 2001; Ke et al. 2017; Prokhorenkova et
//! al. 2018).
//!
//! Deterministic: threads share out features, never the sum of one histogram, and all chance comes
//! from one seed.

use super::rng::Rng;
use dehusk::score::{DEPTH, Forest, LEAVES, Split, Tree};
use rayon::prelude::*;
use std::ops::Range;

/// How trees are grown.
#[derive(Debug, Clone)]
pub struct Params {
    pub trees: usize,
    pub learning_rate: f32,
    /// Shrinks leaf values (L2).
    pub l2: f64,
    /// Share of features that each tree sees.
    pub features: f64,
    /// Share of row groups that each tree sees.
    pub rows: f64,
    pub seed: u64,
}

impl Default for Params {
    fn default() -> Self {
        Self { trees: 250, learning_rate: 0.1, l2: 5.0, features: 0.2, rows: 0.7, seed: 1 }
    }
}

/// Rows of features, by column, in at most [`MAX_BINS`] bins each.
pub struct Bins {
    columns: Vec<Vec<u8>>,
    /// For each column, the greatest value of each bin but the last.
    edges: Vec<Vec<f32>>,
    len: usize,
}

/// Bins of a column.
const MAX_BINS: usize = 128;
/// Rows from which the edges of the bins are taken.
const SAMPLE: usize = 200_000;

impl Bins {
    /// Bins a matrix of `width` columns, row after row.
    pub fn new(values: &[f32], width: usize) -> Self {
        let len = values.len() / width.max(1);
        let step = (len / SAMPLE).max(1);
        let columns = (0..width).into_par_iter().map(|column| {
            let mut sample: Vec<f32> =
                (0..len).step_by(step).map(|row| values[row * width + column]).collect();
            sample.sort_unstable_by(f32::total_cmp);
            let edges = edges(&sample);
            let bin = |row| bin(&edges, values[row * width + column]);
            let bins: Vec<u8> = (0..len).map(bin).collect();
            (bins, edges)
        });
        let (columns, edges) = columns.collect();
        Self { columns, edges, len }
    }

    pub fn len(&self) -> usize {
        self.len
    }
}

fn bin(edges: &[f32], value: f32) -> u8 {
    edges.partition_point(|edge| *edge < value) as u8
}

/// Edges between bins of about equal size, each halfway between two values that occur. A value that
/// fills a bin by itself gets one, and the others share what is left.
fn edges(sorted: &[f32]) -> Vec<f32> {
    let mut edges: Vec<f32> = Vec::new();
    let mut left = sorted.len();
    let mut filled = 0;
    let mut values = sorted.chunk_by(|a, b| a == b).peekable();
    while let (Some(value), Some(next)) = (values.next(), values.peek()) {
        filled += value.len();
        let target = left / (MAX_BINS - edges.len());
        let full = filled >= target || next.len() >= target;
        if full && edges.len() + 1 < MAX_BINS {
            edges.push(value[0] + (next[0] - value[0]) / 2.0);
            left -= filled;
            filled = 0;
        }
    }
    edges
}

/// Labels and weights of the rows that are trained on.
pub struct Target<'a> {
    pub labels: &'a [f32],
    pub weights: &'a [f32],
    /// The rows to train on.
    pub rows: &'a [u32],
    /// For each row, its group: rows of a group are drawn together.
    pub groups: &'a [u32],
}

/// Sums of first and second derivatives.
#[derive(Clone, Copy, Default)]
struct Cell {
    gradient: f64,
    hessian: f64,
}

impl Cell {
    fn add(&mut self, other: Cell) {
        self.gradient += other.gradient;
        self.hessian += other.hessian;
    }

    fn minus(self, other: Cell) -> Cell {
        Cell { gradient: self.gradient - other.gradient, hessian: self.hessian - other.hessian }
    }

    /// How much the loss falls when the leaf takes its best value, but for a constant factor.
    fn gain(self, l2: f64) -> f64 {
        self.gradient * self.gradient / (self.hessian + l2)
    }
}

/// Trains a forest; also returns the gain of each feature.
pub fn train(bins: &Bins, target: &Target<'_>, params: &Params) -> (Forest, Vec<f64>) {
    let base = base(target);
    let mut trees = Vec::with_capacity(params.trees);
    let mut sums = vec![base; bins.len()];
    let mut gains = vec![0.0; bins.columns.len()];
    let mut rng = Rng::new(params.seed);
    let groups = target.groups.iter().max().map_or(0, |group| *group as usize + 1);
    let mut derivatives = vec![(0f32, 0f32); bins.len()];
    for _ in 0..params.trees {
        for &row in target.rows {
            let row = row as usize;
            derivatives[row] = derivative(sums[row], target.labels[row], target.weights[row]);
        }
        let drawn: Vec<bool> = (0..groups).map(|_| rng.unit() < params.rows).collect();
        let is_drawn = |row: &u32| drawn[target.groups[*row as usize] as usize];
        let rows = target.rows.iter().copied().filter(is_drawn).collect();
        let columns: Vec<usize> =
            (0..bins.columns.len()).filter(|_| rng.unit() < params.features).collect();
        let grown = Grower::new(bins, &columns, rows, &derivatives, params.l2).grow(&mut gains);
        let (questions, mut leaves) = grown;
        leaves.iter_mut().for_each(|leaf| *leaf *= params.learning_rate);
        let added: Vec<f32> =
            target.rows.par_iter().map(|row| leaves[place(bins, &questions, *row)]).collect();
        for (row, value) in target.rows.iter().zip(added) {
            sums[*row as usize] += value;
        }
        let mut splits = [Split::NEVER; DEPTH];
        for (split, (column, bin)) in splits.iter_mut().zip(&questions) {
            *split = Split::new(*column as u16, bins.edges[*column][usize::from(*bin)]);
        }
        trees.push(Tree::new(splits, leaves));
    }
    (Forest::new(base, trees), gains)
}

/// The log-odds of the mean label.
fn base(target: &Target<'_>) -> f32 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for &row in target.rows {
        let weight = f64::from(target.weights[row as usize]);
        sum += f64::from(target.labels[row as usize]) * weight;
        weights += weight;
    }
    let mean = (sum / f64::max(weights, 1e-12)).clamp(1e-6, 1.0 - 1e-6);
    (mean / (1.0 - mean)).ln() as f32
}

/// First and second derivative of the cross-entropy of a probability, given as log-odds, with a
/// label from 0 to 1.
fn derivative(sum: f32, label: f32, weight: f32) -> (f32, f32) {
    let p = 1.0 / (1.0 + (-sum).exp());
    ((p - label) * weight, (p * (1.0 - p)).max(1e-7) * weight)
}

/// A question while training: is the row's bin in the column greater?
type Question = (usize, u8);

/// The leaf of a row.
fn place(bins: &Bins, questions: &[Question], row: u32) -> usize {
    let yes = |(column, bin): &Question| usize::from(bins.columns[*column][row as usize] > *bin);
    questions.iter().rev().fold(0, |leaf, question| leaf << 1 | yes(question))
}

/// A tree that is growing: one level at a time, all leaves by the same question.
struct Grower<'a> {
    bins: &'a Bins,
    columns: &'a [usize],
    derivatives: &'a [(f32, f32)],
    l2: f64,
    /// The rows, those of a leaf together and in order.
    rows: Vec<u32>,
    leaves: Vec<Range<usize>>,
    /// For each column, a cell for each bin of each leaf.
    histograms: Vec<Vec<Cell>>,
}

impl<'a> Grower<'a> {
    fn new(
        bins: &'a Bins,
        columns: &'a [usize],
        rows: Vec<u32>,
        derivatives: &'a [(f32, f32)],
        l2: f64,
    ) -> Self {
        let whole = 0..rows.len();
        let mut grower = Self {
            bins,
            columns,
            derivatives,
            l2,
            rows,
            leaves: vec![whole.clone()],
            histograms: Vec::new(),
        };
        grower.histograms = grower.count(&[whole]);
        grower
    }

    fn grow(mut self, gains: &mut [f64]) -> (Vec<Question>, [f32; LEAVES]) {
        let mut questions = Vec::new();
        let mut gain = 0.0;
        while let Some((better, question)) = self.best().filter(|(better, _)| *better > gain) {
            gains[question.0] += better - gain;
            gain = better;
            questions.push(question);
            let last = questions.len() == DEPTH;
            self.split(question, last);
            if last {
                break;
            }
        }
        let mut values = [0.0; LEAVES];
        for (value, rows) in values.iter_mut().zip(&self.leaves) {
            let mut sum = Cell::default();
            for row in &self.rows[rows.clone()] {
                sum.add(self.derivative(*row));
            }
            *value = (-sum.gradient / (sum.hessian + self.l2)) as f32;
        }
        (questions, values)
    }

    fn derivative(&self, row: u32) -> Cell {
        let (gradient, hessian) = self.derivatives[row as usize];
        Cell { gradient: gradient.into(), hessian: hessian.into() }
    }

    /// The question of the greatest gain over all leaves together; ties go to the first column.
    fn best(&self) -> Option<(f64, Question)> {
        let best = self.histograms.par_iter().zip(self.columns).map(|(cells, column)| {
            let bins = self.bins.edges[*column].len() + 1;
            let mut gains = vec![0.0; bins - 1];
            for cells in cells.chunks(bins) {
                let mut all = Cell::default();
                cells.iter().for_each(|cell| all.add(*cell));
                let mut low = Cell::default();
                for (gain, cell) in gains.iter_mut().zip(cells) {
                    low.add(*cell);
                    *gain += low.gain(self.l2) + all.minus(low).gain(self.l2);
                }
            }
            let first = |best: Option<(f64, u8)>, (bin, gain): (usize, &f64)| match best {
                Some((known, _)) if known >= *gain => best,
                _ => Some((*gain, bin as u8)),
            };
            gains.iter().enumerate().fold(None, first).map(|(gain, bin)| (gain, (*column, bin)))
        });
        let best: Vec<Option<(f64, Question)>> = best.collect();
        best.into_iter().flatten().reduce(|a, b| if b.0 > a.0 { b } else { a })
    }

    fn split(&mut self, (column, bin): Question, last: bool) {
        let values = &self.bins.columns[column];
        let mut high = Vec::with_capacity(self.leaves.len());
        for leaf in &mut self.leaves {
            let is_low = |row: &u32| values[*row as usize] <= bin;
            let middle = leaf.start + partition(&mut self.rows[leaf.clone()], is_low);
            high.push(middle..leaf.end);
            leaf.end = middle;
        }
        if !last {
            // The smaller side is counted, the larger one is what is left.
            let pairs = || self.leaves.iter().zip(&high);
            let low_smaller: Vec<bool> =
                pairs().map(|(low, high)| low.len() < high.len()).collect();
            let smaller: Vec<Range<usize>> = pairs()
                .map(|(low, high)| if low.len() < high.len() { low.clone() } else { high.clone() })
                .collect();
            let counted = self.count(&smaller);
            let columns = self.histograms.par_iter_mut().zip(counted).zip(self.columns);
            columns.for_each(|((cells, mut counted), column)| {
                let bins = self.bins.edges[*column].len() + 1;
                let leaves = cells.chunks_mut(bins).zip(counted.chunks_mut(bins));
                for ((cells, counted), low_smaller) in leaves.zip(&low_smaller) {
                    for (cell, counted) in cells.iter_mut().zip(counted) {
                        let rest = cell.minus(*counted);
                        (*cell, *counted) =
                            if *low_smaller { (*counted, rest) } else { (rest, *counted) };
                    }
                }
                cells.append(&mut counted);
            });
        }
        self.leaves.append(&mut high);
    }

    /// The histograms of each column over some stretches of the rows.
    fn count(&self, stretches: &[Range<usize>]) -> Vec<Vec<Cell>> {
        let gathered: Vec<Vec<Cell>> = stretches
            .iter()
            .map(|rows| self.rows[rows.clone()].iter().map(|row| self.derivative(*row)).collect())
            .collect();
        let count = |column: &usize| {
            let bins = self.bins.edges[*column].len() + 1;
            let values = &self.bins.columns[*column];
            let mut cells = vec![Cell::default(); bins * stretches.len()];
            let leaves = cells.chunks_mut(bins).zip(stretches).zip(&gathered);
            for ((cells, rows), gathered) in leaves {
                for (row, derivative) in self.rows[rows.clone()].iter().zip(gathered) {
                    cells[usize::from(values[*row as usize])].add(*derivative);
                }
            }
            cells
        };
        self.columns.par_iter().map(count).collect()
    }
}

/// Moves the rows that satisfy `low` to the front, each side in its order; returns how many.
fn partition(rows: &mut [u32], low: impl Fn(&u32) -> bool) -> usize {
    let high: Vec<u32> = rows.iter().copied().filter(|row| !low(row)).collect();
    let mut count = 0;
    for at in 0..rows.len() {
        let row = rows[at];
        if low(&row) {
            rows[count] = row;
            count += 1;
        }
    }
    rows[count..].copy_from_slice(&high);
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(len: usize) -> (Vec<f32>, Vec<f32>) {
        let mut rng = Rng::new(3);
        let mut values = Vec::new();
        let mut labels = Vec::new();
        for _ in 0..len {
            let (a, b) = (rng.unit() as f32, rng.unit() as f32);
            values.extend([a, b, rng.unit() as f32]);
            labels.push(f32::from(u8::from((a > 0.5) != (b > 0.5))));
        }
        (values, labels)
    }

    fn fit(values: &[f32], labels: &[f32], seed: u64) -> Forest {
        let bins = Bins::new(values, 3);
        let weights = vec![1.0; labels.len()];
        let rows: Vec<u32> = (0..labels.len() as u32).collect();
        let target = Target { labels, weights: &weights, rows: &rows, groups: &rows };
        let params = Params { seed, trees: 60, features: 1.0, ..Params::default() };
        train(&bins, &target, &params).0
    }

    #[test]
    fn learns_what_no_single_feature_tells() {
        let (values, labels) = data(4000);
        let forest = fit(&values, &labels, 1);
        let right = |(row, label): (&[f32], &f32)| (forest.sum(row) > 0.0) == (*label > 0.5);
        let right = values.chunks(3).zip(&labels).filter(|pair| right(*pair)).count();
        assert!(right > 3900, "{right}");
    }

    #[test]
    fn is_the_same_on_every_run() {
        let (values, labels) = data(500);
        let trees = |seed| fit(&values, &labels, seed).trees().to_vec();
        assert_eq!(trees(1), trees(1));
        assert_ne!(trees(1), trees(2));
    }

    #[test]
    fn a_common_value_does_not_use_up_the_bins() {
        let mut sorted = vec![0.0; 9_000];
        sorted.extend((1..=1_000).map(|value| value as f32));
        assert!(edges(&sorted).len() > MAX_BINS - 10);
        assert_eq!(edges(&[1.0, 1.0, 2.0]), [1.5]);
    }
}
