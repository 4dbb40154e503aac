//! The words of each block as hashes, so that texts are compared without comparing strings.

use crate::blocks::{Blocks, is_ideograph, is_letter};
use std::ops::Range;

/// The hashed words of every block, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    hashes: Vec<u32>,
    ranges: Vec<Range<u32>>,
}

impl Words {
    pub fn of(blocks: &Blocks) -> Self {
        // Nearly as many as were counted.
        let count = blocks.iter().map(|block| block.counts.words as usize).sum();
        let mut words =
            Self { hashes: Vec::with_capacity(count), ranges: Vec::with_capacity(blocks.len()) };
        for block in blocks.iter() {
            let start = words.hashes.len() as u32;
            for_each_word(blocks.text(block), |hash| words.hashes.push(hash));
            words.ranges.push(start..words.hashes.len() as u32);
        }
        words
    }

    /// The words of a block.
    pub fn block(&self, index: usize) -> &[u32] {
        let range = &self.ranges[index];
        &self.hashes[range.start as usize..range.end as usize]
    }

    /// The words of a text that is not a block.
    pub fn of_text(text: &str) -> Vec<u32> {
        let mut hashes = Vec::new();
        for_each_word(text, |hash| hashes.push(hash));
        hashes
    }
}

/// A set of hashes, made to be asked for many that it does not have.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordSet {
    /// Sorted, each once.
    hashes: Vec<u32>,
    /// A bit for the lowest bits of each hash.
    filter: [u64; 4],
}

impl WordSet {
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The place of a hash in the set, if it is there.
    pub fn position(&self, hash: u32) -> Option<usize> {
        let (part, bit) = Self::place(hash);
        if self.filter[part] & bit == 0 {
            return None;
        }
        self.hashes.binary_search(&hash).ok()
    }

    fn place(hash: u32) -> (usize, u64) {
        (hash as usize >> 6 & 3, 1 << (hash & 63))
    }
}

impl FromIterator<u32> for WordSet {
    fn from_iter<I: IntoIterator<Item = u32>>(hashes: I) -> Self {
        let mut hashes: Vec<u32> = hashes.into_iter().collect();
        hashes.sort_unstable();
        hashes.dedup();
        let mut filter = [0; 4];
        for hash in &hashes {
            let (part, bit) = Self::place(*hash);
            filter[part] |= bit;
        }
        Self { hashes, filter }
    }
}

/// FNV-1a, 32 bits: short keys, no state, the same everywhere (Fowler, Noll and Vo).
const OFFSET: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// Adds a byte to a hash.
pub(crate) const fn mix(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(PRIME)
}

/// The hash of a text, as it stands.
pub(crate) const fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut hash = OFFSET;
    let mut i = 0;
    while i < bytes.len() {
        hash = mix(hash, bytes[i]);
        i += 1;
    }
    hash
}

/// The hash of a text, eight bytes at a time; never 0 for an empty one.
pub(crate) fn combine_bytes(bytes: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let add = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let (whole, rest) = bytes.as_chunks::<8>();
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    let whole = whole.iter().map(|bytes| u64::from_le_bytes(*bytes));
    (add(whole.fold(bytes.len() as u64 + 1, add), rest) >> 32) as u32
}

/// The hash of a sequence of hashes.
pub(crate) fn combine(hashes: &[u32]) -> u32 {
    let mut hash = OFFSET;
    for next in hashes {
        hash = (hash.rotate_left(5) ^ next).wrapping_mul(0x9e37_79b1);
    }
    hash ^ (hash >> 15)
}

/// Each letter and digit in lower case, and 0 for every other byte.
static LOWER: [u8; 256] = lower();

const fn lower() -> [u8; 256] {
    let mut lower = [0; 256];
    let mut byte = 0u8;
    while byte < 0x80 {
        if byte.is_ascii_alphanumeric() {
            lower[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    lower
}

/// Calls `found` with the hash of each word in lower case; an ideograph is a word of its own.
fn for_each_word(text: &str, mut found: impl FnMut(u32)) {
    let (mut hash, mut open) = (OFFSET, false);
    let mut rest = text;
    loop {
        // Most of most texts is ASCII, which is read byte by byte.
        let len = rest.bytes().position(|byte| {
            let lower = LOWER[usize::from(byte)];
            if lower != 0 {
                (hash, open) = (mix(hash, lower), true);
            } else if byte >= 0x80 {
                return true;
            } else if open {
                found(hash);
                (hash, open) = (OFFSET, false);
            }
            false
        });
        let Some(c) = len.and_then(|len| rest[len..].chars().next()) else { break };
        rest = &rest[len.unwrap_or_default() + c.len_utf8()..];
        let ideograph = is_ideograph(c);
        if !ideograph && is_letter(c) {
            hash = c.to_lowercase().fold(hash, mix_char);
            open = true;
            continue;
        }
        if open && !is_joiner(c) {
            found(hash);
            (hash, open) = (OFFSET, false);
        }
        if ideograph {
            found(mix_char(OFFSET, c));
        }
    }
    if open {
        found(hash);
    }
}

fn mix_char(hash: u32, c: char) -> u32 {
    (c as u32).to_le_bytes().iter().fold(hash, |hash, byte| mix(hash, *byte))
}

/// Marks that stand within words: combining accents and the soft hyphen.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}
