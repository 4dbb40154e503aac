//! Learned weights of hashed tokens: the names of elements, and the words of blocks.

use super::words::combine;

/// Slots for name tokens: a power of two.
///
/// ```
/// assert!(dehusk::features::NAME_SLOTS.is_power_of_two());
/// ```
pub const NAME_SLOTS: usize = 1 << 13;
/// Slots for words and word pairs: a power of two.
///
/// ```
/// assert!(dehusk::features::WORD_SLOTS.is_power_of_two());
/// ```
pub const WORD_SLOTS: usize = 1 << 15;
/// Words at the start of a block that are read with their place and in pairs: cues stand there.
const FIRST_WORDS: usize = 8;
/// Words that are read at all.
const MAX_WORDS: usize = 48;

/// The weights; positive ones speak for main content.
///
/// ```
/// use dehusk::features::{Lexicon, NAME_SLOTS};
/// let lexicon = Lexicon { names: vec![0.0; NAME_SLOTS], words: Vec::new() };
/// assert!(lexicon.words.is_empty());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Of name tokens, by [`name_slot`]; empty means all 0.
    pub names: Vec<f32>,
    /// Of words, by the slots of [`word_slots`]; empty means all 0.
    pub words: Vec<f32>,
}

impl Lexicon {
    pub(crate) fn names(&self, tokens: &[u32]) -> f32 {
        if self.names.is_empty() {
            return 0.0;
        }
        tokens.iter().map(|token| self.names[name_slot(*token)]).sum()
    }

    pub(crate) fn words(&self, words: &[u32]) -> f32 {
        if self.words.is_empty() {
            return 0.0;
        }
        let mut sum = 0.0;
        word_slots(words, |slot| sum += self.words[slot]);
        sum
    }
}

/// The slot of a name token.
///
/// ```
/// use dehusk::features::{NAME_SLOTS, name_slot};
/// assert!(name_slot(0xdead_beef) < NAME_SLOTS);
/// ```
pub fn name_slot(token: u32) -> usize {
    (token ^ token >> 16) as usize & (NAME_SLOTS - 1)
}

/// Calls `found` with the slots of a block's words: its first words and their pairs, told apart
/// by the length of the block, and short blocks as a whole.
///
/// ```
/// use dehusk::features::{hash_words, word_slots};
/// let mut slots = Vec::new();
/// word_slots(&hash_words("see also"), |slot| slots.push(slot));
/// assert!(slots.len() >= 4);
/// ```
pub fn word_slots(words: &[u32], mut found: impl FnMut(usize)) {
    let class = match words.len() {
        0 => return,
        1..=3 => 1,
        4..=9 => 2,
        10..=29 => 3,
        _ => 4,
    };
    let mut add = |kind: u32, hash: u32| {
        found(combine(&[kind * 8 + class, hash]) as usize & (WORD_SLOTS - 1));
    };
    let first = &words[..words.len().min(FIRST_WORDS)];
    add(0, first[0]);
    for word in first {
        add(1, *word);
    }
    for pair in first.windows(2) {
        add(2, combine(pair));
    }
    if words.len() <= FIRST_WORDS {
        add(3, combine(words));
    }
    add(4, words[words.len() - 1]);
    for word in words.iter().take(MAX_WORDS).skip(FIRST_WORDS) {
        add(5, *word);
    }
}
