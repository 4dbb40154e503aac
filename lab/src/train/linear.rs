//! Logistic regression over sparse hashed tokens, for the lexicon.

/// Tokens of many rows, as slots.
#[derive(Debug, Clone, Default)]
pub struct Sparse {
    slots: Vec<u32>,
    ends: Vec<usize>,
}

impl Sparse {
    pub fn push(&mut self, row: impl IntoIterator<Item = u32>) {
        self.slots.extend(row);
        self.ends.push(self.slots.len());
    }

    fn row(&self, index: usize) -> &[u32] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.slots[start..self.ends[index]]
    }
}

/// Passes over the data.
const EPOCHS: usize = 6;
/// The first step (AdaGrad; Duchi, Hazan and Singer 2011).
const RATE: f32 = 0.15;

/// Weights for each slot, by stochastic descent over `rows` in an order that a stride mixes.
pub fn train(
    data: &Sparse,
    slots: usize,
    labels: &[f32],
    weights: &[f32],
    rows: &[u32],
    l2: f32,
) -> Vec<f32> {
    let mut model = vec![0f32; slots];
    let mut squares = vec![1e-4f32; slots];
    let (mut bias, mut bias_square) = (0f32, 1e-4f32);
    let stride = stride(rows.len());
    for _ in 0..EPOCHS {
        let mut at = 0;
        for _ in 0..rows.len() {
            let row = rows[at] as usize;
            at = (at + stride) % rows.len();
            let tokens = data.row(row);
            let sum: f32 = bias + tokens.iter().map(|slot| model[*slot as usize]).sum::<f32>();
            let p = 1.0 / (1.0 + (-sum).exp());
            let gradient = (p - labels[row]) * weights[row];
            for slot in tokens {
                let slot = *slot as usize;
                let step = gradient + l2 * model[slot];
                squares[slot] += step * step;
                model[slot] -= RATE * step / squares[slot].sqrt();
            }
            bias_square += gradient * gradient;
            bias -= RATE * gradient / bias_square.sqrt();
        }
    }
    model
}

/// A number near the golden section of `len` that has no divisor in common with it.
fn stride(len: usize) -> usize {
    let gcd = |mut a: usize, mut b: usize| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let from = ((len as f64 * 0.618) as usize).max(1);
    (from..).find(|stride| gcd(*stride, len.max(1)) == 1).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_tokens_get_their_sign() {
        let mut data = Sparse::default();
        let mut labels = Vec::new();
        for i in 0..400u32 {
            data.push([i % 2, 2 + i % 3]);
            labels.push((i % 2) as f32);
        }
        let rows: Vec<u32> = (0..400).collect();
        let model = train(&data, 8, &labels, &[1.0; 400], &rows, 1e-4);
        assert!(model[1] > 1.0 && model[0] < -1.0 && model[2].abs() < 0.5, "{model:?}");
    }
}
