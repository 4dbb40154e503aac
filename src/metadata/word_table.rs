//! Words that mean something, made to be asked for many that mean nothing.

/// A table of words, each with its meaning.
#[derive(Debug)]
pub(super) struct WordTable<T> {
    /// In order of the words, each once.
    words: Vec<(&'static str, T)>,
    /// For each first byte, a bit for each length of the words that begin with it.
    lengths: [u64; 256],
    /// For each first byte, where the words that begin with it end.
    ends: [u32; 256],
}

/// Longer words share the last bit.
const LONGEST: usize = 63;

impl<T: Copy> WordTable<T> {
    /// A table; of a word that comes twice, `merge` makes one meaning of two.
    pub fn new(words: impl Iterator<Item = (&'static str, T)>, merge: impl Fn(T, T) -> T) -> Self {
        let mut words: Vec<(&'static str, T)> = words.collect();
        words.retain(|(word, _)| !word.is_empty());
        words.sort_by_key(|(word, _)| *word);
        words.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 = merge(first.1, next.1);
            }
            same
        });
        let mut lengths = [0; 256];
        let mut ends = [0; 256];
        for (word, _) in &words {
            if let Some(first) = word.bytes().next() {
                lengths[usize::from(first)] |= 1 << word.len().min(LONGEST);
                ends[usize::from(first)..].iter_mut().for_each(|end| *end += 1);
            }
        }
        Self { words, lengths, ends }
    }

    /// What a word means.
    pub fn get(&self, word: &[u8]) -> Option<T> {
        self.find(*word.first()?, word, |known, word| known == word)
    }

    /// What a word means, whatever the case of its ASCII letters.
    pub fn get_any_case(&self, word: &[u8]) -> Option<T> {
        self.find(word.first()?.to_ascii_lowercase(), word, <[u8]>::eq_ignore_ascii_case)
    }

    fn find(&self, first: u8, word: &[u8], is_same: fn(&[u8], &[u8]) -> bool) -> Option<T> {
        if self.lengths[usize::from(first)] >> word.len().min(LONGEST) & 1 == 0 {
            return None;
        }
        let end = self.ends[usize::from(first)] as usize;
        let start =
            first.checked_sub(1).map_or(0, |before| self.ends[usize::from(before)] as usize);
        let alike = self.words.get(start..end)?;
        let (_, meaning) = alike.iter().find(|(known, _)| is_same(known.as_bytes(), word))?;
        Some(*meaning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_with_their_meanings() {
        let words = [("tea", 1), ("milk", 2), ("tea", 4)];
        let table = WordTable::new(words.into_iter(), |a, b| a | b);
        assert_eq!(table.get(b"tea"), Some(5));
        assert_eq!(table.get_any_case(b"MILK"), Some(2));
        assert_eq!(table.get(b"toe"), None);
        assert_eq!(table.get(b""), None);
        assert_eq!(table.get_any_case(&[b'm'; 200]), None);
    }
}
