//! Labels: which share of each block's words the truth has.
//!
//! The truth is a text without markup, so it is aligned with the page's words in order, each word
//! of the truth used once: the second copy of a text counts as boilerplate. Matches in a row
//! weigh more than single ones, so that a stray "the" in a menu is not taken for content.

use std::collections::{HashMap, HashSet};

/// Words in a row that a block must share with the truth to be a candidate.
const SHINGLE: usize = 3;
/// The most cells of one alignment; beyond it the truth and the page are aligned in order of
/// shingles alone.
const MAX_CELLS: usize = 400_000_000;

/// For each block of words, how many of its words are matched by the truth.
pub fn align(blocks: &[&[u32]], truth: &[u32]) -> Vec<u32> {
    let candidates = candidates(blocks, truth);
    let mut page = Vec::new();
    let mut owner = Vec::new();
    for index in candidates {
        page.extend_from_slice(blocks[index]);
        owner.extend(std::iter::repeat_n(index, blocks[index].len()));
    }
    let mut matched = vec![0; blocks.len()];
    for position in longest_common(&page, truth) {
        matched[owner[position]] += 1;
    }
    matched
}

/// Blocks that share a shingle with the truth, and short ones that stand whole within it.
fn candidates(blocks: &[&[u32]], truth: &[u32]) -> Vec<usize> {
    let shingles: HashSet<&[u32]> = truth.windows(SHINGLE).collect();
    let pairs: HashSet<&[u32]> = truth.windows(2).collect();
    let words: HashSet<u32> = truth.iter().copied().collect();
    let shares = |block: &&[u32]| match block.len() {
        0 => false,
        1 => words.contains(&block[0]),
        2 => pairs.contains(*block),
        _ => block.windows(SHINGLE).any(|shingle| shingles.contains(shingle)),
    };
    (0..blocks.len()).filter(|index| shares(&blocks[*index])).collect()
}

/// The positions in `page` of a heaviest common subsequence with `truth`.
fn longest_common(page: &[u32], truth: &[u32]) -> Vec<usize> {
    let (rows, columns) = (page.len(), truth.len());
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    if rows.saturating_mul(columns) > MAX_CELLS {
        return in_order(page, truth);
    }
    // From each cell: 0 skip a page word, 1 skip a truth word, 2 match.
    let mut steps = vec![0u8; rows * columns];
    let mut previous = vec![0u32; columns + 1];
    let mut current = vec![0u32; columns + 1];
    for i in 0..rows {
        for j in 0..columns {
            let (mut best, mut step) = (previous[j + 1], 0);
            if current[j] > best {
                (best, step) = (current[j], 1);
            }
            if page[i] == truth[j] {
                let before = i > 0 && j > 0 && page[i - 1] == truth[j - 1];
                let after = i + 1 < rows && j + 1 < columns && page[i + 1] == truth[j + 1];
                let weight = previous[j] + 1 + 2 * (u32::from(before) + u32::from(after));
                if weight > best {
                    (best, step) = (weight, 2);
                }
            }
            current[j + 1] = best;
            steps[i * columns + j] = step;
        }
        std::mem::swap(&mut previous, &mut current);
    }
    let mut positions = Vec::new();
    let (mut i, mut j) = (rows, columns);
    while i > 0 && j > 0 {
        match steps[(i - 1) * columns + j - 1] {
            2 => {
                (i, j) = (i - 1, j - 1);
                positions.push(i);
            }
            1 => j -= 1,
            _ => i -= 1,
        }
    }
    positions
}

/// A cheap alignment for very long pages: shingles of the truth, each used as often as it stands
/// there.
fn in_order(page: &[u32], truth: &[u32]) -> Vec<usize> {
    let mut left: HashMap<&[u32], u32> = HashMap::new();
    for shingle in truth.windows(SHINGLE) {
        *left.entry(shingle).or_default() += 1;
    }
    let mut hit = vec![false; page.len()];
    for (at, shingle) in page.windows(SHINGLE).enumerate() {
        if let Some(count) = left.get_mut(shingle).filter(|count| **count > 0) {
            *count -= 1;
            hit[at..at + SHINGLE].fill(true);
        }
    }
    (0..page.len()).filter(|at| hit[*at]).collect()
}

#[cfg(test)]
mod tests {
    use super::align;

    #[test]
    fn the_second_copy_of_a_text_is_not_matched() {
        let text: &[u32] = &[1, 2, 3, 4, 5];
        let matched = align(&[text, &[9, 9, 9], text], text);
        assert_eq!(matched.iter().sum::<u32>(), 5);
        assert!(matched[0] == 0 || matched[2] == 0);
    }

    #[test]
    fn stray_words_lose_against_runs() {
        let matched = align(&[&[1, 7, 8], &[1, 2, 3, 4]], &[1, 2, 3, 4]);
        assert_eq!(matched, [0, 4]);
    }
}
