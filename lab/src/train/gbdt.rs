//! Gradient-boosted trees by histograms, grown leaf by leaf (Friedman 2001; Ke et al. 2017).
//!
//! Deterministic: threads share out features, never the sum of one histogram, and all chance comes
//! from one seed.

use super::rng::Rng;
use dehusk::score::{Forest, LEAF, Split};
use rayon::prelude::*;

/// How trees are grown.
#[derive(Debug, Clone)]
pub struct Params {
    pub trees: usize,
    pub leaves: usize,
    pub learning_rate: f32,
    /// Rows that a leaf must have.
    pub min_rows: u32,
    /// Weight, as the sum of second derivatives, that a leaf must have.
    pub min_hessian: f64,
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
        Self {
            trees: 200,
            leaves: 24,
            learning_rate: 0.08,
            min_rows: 60,
            min_hessian: 1e-3,
            l2: 5.0,
            features: 0.4,
            rows: 0.7,
            seed: 1,
        }
    }
}

/// Rows of features, by column, in at most 255 bins each.
pub struct Bins {
    columns: Vec<Vec<u8>>,
    /// For each column, the greatest value of each bin but the last.
    edges: Vec<Vec<f32>>,
    len: usize,
}

/// Bins of a column.
const MAX_BINS: usize = 255;
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

/// Edges between bins of about equal size, each halfway between two values that occur.
fn edges(sorted: &[f32]) -> Vec<f32> {
    let mut edges: Vec<f32> = Vec::new();
    let mut distinct: Vec<(f32, usize)> = Vec::new();
    for value in sorted {
        match distinct.last_mut() {
            Some((last, count)) if last == value => *count += 1,
            _ => distinct.push((*value, 1)),
        }
    }
    let target = if distinct.len() <= MAX_BINS { 1 } else { sorted.len().div_ceil(MAX_BINS) };
    let mut filled = 0;
    for pair in distinct.windows(2) {
        filled += pair[0].1;
        if filled >= target && edges.len() + 1 < MAX_BINS {
            edges.push(pair[0].0 + (pair[1].0 - pair[0].0) / 2.0);
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

#[derive(Clone, Copy, Default)]
struct Cell {
    gradient: f64,
    hessian: f64,
    rows: u32,
}

impl Cell {
    fn add(&mut self, other: Cell) {
        self.gradient += other.gradient;
        self.hessian += other.hessian;
        self.rows += other.rows;
    }

    fn minus(self, other: Cell) -> Cell {
        Cell {
            gradient: self.gradient - other.gradient,
            hessian: self.hessian - other.hessian,
            rows: self.rows - other.rows,
        }
    }
}

/// A leaf that may still be split.
struct Leaf {
    rows: std::ops::Range<usize>,
    histograms: Vec<Vec<Cell>>,
    sum: Cell,
    best: Option<Candidate>,
    /// The split above and whether this is its low side.
    above: Option<(usize, bool)>,
}

#[derive(Clone, Copy)]
struct Candidate {
    gain: f64,
    column: usize,
    bin: u8,
}

/// Trains a forest; also returns the gain of each feature.
pub fn train(bins: &Bins, target: &Target<'_>, params: &Params) -> (Forest, Vec<f64>) {
    let base = base(target);
    let mut forest = Forest::new(base);
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
        let mut rows: Vec<u32> = target.rows.iter().copied().filter(is_drawn).collect();
        let columns: Vec<usize> =
            (0..bins.columns.len()).filter(|_| rng.unit() < params.features).collect();
        let (splits, mut leaves) =
            grow(bins, &columns, &mut rows, &derivatives, params, &mut gains);
        if splits.is_empty() {
            continue;
        }
        leaves.iter_mut().for_each(|leaf| *leaf *= params.learning_rate);
        let places: Vec<(u32, f32)> = target
            .rows
            .par_iter()
            .map(|row| (*row, leaves[place(bins, &splits, *row as usize)]))
            .collect();
        for (row, value) in places {
            sums[row as usize] += value;
        }
        let real: Vec<Split> = splits
            .iter()
            .map(|split| {
                let edge = bins.edges[split.feature as usize][split.threshold as usize];
                Split::new(split.feature, edge, split.low, split.high)
            })
            .collect();
        forest.push(&real, &leaves);
    }
    (forest, gains)
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

/// The leaf of a row; thresholds are bins here.
fn place(bins: &Bins, splits: &[Split], row: usize) -> usize {
    let mut at = 0;
    loop {
        let split = &splits[at as usize];
        let low = f32::from(bins.columns[split.feature as usize][row]) <= split.threshold;
        at = if low { split.low } else { split.high };
        if at >= LEAF {
            return (at - LEAF) as usize;
        }
    }
}

fn grow(
    bins: &Bins,
    columns: &[usize],
    rows: &mut [u32],
    derivatives: &[(f32, f32)],
    params: &Params,
    gains: &mut [f64],
) -> (Vec<Split>, Vec<f32>) {
    let mut sum = Cell::default();
    for &row in rows.iter() {
        let (gradient, hessian) = derivatives[row as usize];
        sum.add(Cell { gradient: gradient.into(), hessian: hessian.into(), rows: 1 });
    }
    let histograms = count(bins, columns, rows, derivatives);
    let best = best_split(&histograms, columns, sum, params);
    let mut leaves = vec![Leaf { rows: 0..rows.len(), histograms, sum, best, above: None }];
    let mut splits: Vec<Split> = Vec::new();
    while leaves.len() < params.leaves {
        let gain = |leaf: &Leaf| leaf.best.map_or(0.0, |best| best.gain);
        let at = (0..leaves.len())
            .fold(0, |a, b| if gain(&leaves[b]) > gain(&leaves[a]) { b } else { a });
        let Some(best) = leaves[at].best else { break };
        gains[best.column] += best.gain;
        let leaf = leaves.swap_remove(at);
        let column = &bins.columns[best.column];
        let part = &mut rows[leaf.rows.clone()];
        let middle = leaf.rows.start + partition(part, |row| column[*row as usize] <= best.bin);
        let (low, high) = (leaf.rows.start..middle, middle..leaf.rows.end);
        // The smaller side is counted, the larger one is what is left.
        let low_smaller = low.len() <= high.len();
        let small = if low_smaller { &low } else { &high };
        let counted = count(bins, columns, &rows[small.clone()], derivatives);
        let mut rest = leaf.histograms;
        rest.par_iter_mut().zip(&counted).for_each(|(rest, counted)| {
            for (a, b) in rest.iter_mut().zip(counted) {
                *a = a.minus(*b);
            }
        });
        let (low_cells, high_cells) = if low_smaller { (counted, rest) } else { (rest, counted) };
        let index = splits.len();
        splits.push(Split::new(best.column as u16, f32::from(best.bin), 0, 0));
        if let Some((above, is_low)) = leaf.above {
            let child = index as u32;
            if is_low { splits[above].low = child } else { splits[above].high = child }
        }
        for (rows, histograms, is_low) in [(low, low_cells, true), (high, high_cells, false)] {
            let sum = total(&histograms);
            let best = best_split(&histograms, columns, sum, params);
            leaves.push(Leaf { rows, histograms, sum, best, above: Some((index, is_low)) });
        }
    }
    let mut values = vec![0.0; leaves.len()];
    for (index, leaf) in leaves.iter().enumerate() {
        let Some((above, is_low)) = leaf.above else { return (Vec::new(), Vec::new()) };
        let child = LEAF + index as u32;
        if is_low {
            splits[above].low = child
        } else {
            splits[above].high = child
        }
        values[index] = (-leaf.sum.gradient / (leaf.sum.hessian + params.l2)) as f32;
    }
    (splits, values)
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

fn count(
    bins: &Bins,
    columns: &[usize],
    rows: &[u32],
    derivatives: &[(f32, f32)],
) -> Vec<Vec<Cell>> {
    let gathered: Vec<(f32, f32)> = rows.iter().map(|row| derivatives[*row as usize]).collect();
    columns
        .par_iter()
        .map(|column| {
            let mut cells = vec![Cell::default(); bins.edges[*column].len() + 1];
            let values = &bins.columns[*column];
            for (row, (gradient, hessian)) in rows.iter().zip(&gathered) {
                let cell = &mut cells[values[*row as usize] as usize];
                cell.gradient += f64::from(*gradient);
                cell.hessian += f64::from(*hessian);
                cell.rows += 1;
            }
            cells
        })
        .collect()
}

fn total(histograms: &[Vec<Cell>]) -> Cell {
    let mut sum = Cell::default();
    if let Some(first) = histograms.first() {
        first.iter().for_each(|cell| sum.add(*cell));
    }
    sum
}

/// The split of the greatest gain; ties go to the first column.
fn best_split(
    histograms: &[Vec<Cell>],
    columns: &[usize],
    sum: Cell,
    params: &Params,
) -> Option<Candidate> {
    let value = |cell: Cell| cell.gradient * cell.gradient / (cell.hessian + params.l2);
    let enough = |cell: Cell| cell.rows >= params.min_rows && cell.hessian >= params.min_hessian;
    let whole = value(sum);
    let best = histograms.par_iter().zip(columns).map(|(cells, column)| {
        let mut best: Option<Candidate> = None;
        let mut low = Cell::default();
        for (bin, cell) in cells.iter().enumerate().take(cells.len().saturating_sub(1)) {
            low.add(*cell);
            let high = sum.minus(low);
            if cell.rows == 0 || !enough(low) {
                continue;
            }
            if !enough(high) {
                break;
            }
            let gain = value(low) + value(high) - whole;
            if gain > 1e-9 && best.is_none_or(|best| gain > best.gain) {
                best = Some(Candidate { gain, column: *column, bin: bin as u8 });
            }
        }
        best
    });
    let best: Vec<Option<Candidate>> = best.collect();
    best.into_iter().flatten().reduce(|a, b| if b.gain > a.gain { b } else { a })
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
        let params =
            Params { seed, trees: 60, leaves: 8, features: 1.0, min_rows: 5, ..Params::default() };
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
        let trees = |seed| format!("{:?}", fit(&values, &labels, seed).trees());
        assert_eq!(trees(1), trees(1));
        assert_ne!(trees(1), trees(2));
    }
}
