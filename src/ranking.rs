//! The order of the blocks by their score.

/// The indices of the scores from the best to the worst, equals in their order.
pub(crate) fn best_first(scores: &[f32]) -> Vec<usize> {
    // Score and index in one number: numbers are sorted faster than by looking scores up.
    let number = |(score, index): (&f32, u32)| u64::from(!rank(*score)) << 32 | u64::from(index);
    let mut order: Vec<u64> = scores.iter().zip(0..).map(number).collect();
    order.sort_unstable();
    order.into_iter().map(|number| number as u32 as usize).collect()
}

/// A number that is greater for a greater score, in the order of [`f32::total_cmp`].
fn rank(score: f32) -> u32 {
    const SIGN: u32 = 1 << 31;
    let bits = score.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_total() {
        let scores = [0.5, -0.0, 1.0, 0.5, f32::NAN, -2.0, 0.0, f32::INFINITY, -f32::NAN];
        let mut sorted: Vec<usize> = (0..scores.len()).collect();
        sorted.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        assert_eq!(best_first(&scores), sorted);
    }
}
