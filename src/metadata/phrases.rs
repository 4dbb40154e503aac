//! Phrases that are looked for in short texts, all of them at once.

/// A list of phrases of two bytes or more, at most 32.
#[derive(Debug)]
pub(super) struct Phrases {
    phrases: &'static [&'static str],
    /// For each byte, a bit for each phrase that begins with it, or has it second.
    first: [u32; 256],
    second: [u32; 256],
}

impl Phrases {
    pub const fn new(phrases: &'static [&'static str]) -> Self {
        let (mut first, mut second) = ([0; 256], [0; 256]);
        let mut index = 0;
        while index < phrases.len() {
            let bytes = phrases[index].as_bytes();
            first[bytes[0] as usize] |= 1 << index;
            second[bytes[1] as usize] |= 1 << index;
            index += 1;
        }
        Self { phrases, first, second }
    }

    /// Where the first of them begins in a text.
    pub fn find(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        bytes.windows(2).enumerate().find_map(|(at, pair)| {
            let mut left = self.first[usize::from(pair[0])] & self.second[usize::from(pair[1])];
            while left != 0 {
                let phrase = self.phrases[left.trailing_zeros() as usize];
                if bytes[at..].starts_with(phrase.as_bytes()) {
                    return Some(at);
                }
                left &= left - 1;
            }
            None
        })
    }

    /// Whether a text holds one of them.
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn the_first_phrase_is_found() {
        static PHRASES: Phrases = Phrases::new(&["posted", "post", "публ", " | "]);
        assert_eq!(PHRASES.find("by post, posted"), Some(3));
        assert_eq!(PHRASES.find("опубл"), Some("о".len()));
        assert_eq!(PHRASES.find("a |b | c"), Some(4));
        assert_eq!(PHRASES.find("pos"), None);
        assert!(!PHRASES.is_in("") && !PHRASES.is_in("p"));
    }
}
