//! How many words, and in which scripts.

use unicode_segmentation::UnicodeSegmentation;

/// A script, as far as it matters to how words are counted and read.
///
/// ```
/// use dehusk::render::{Script, Words};
/// assert_eq!(Words::of("чай").main_script(), Some(Script::Cyrillic));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Script {
    /// Latin letters, and words of digits alone.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Han characters, each a word.
    Han,
    /// Hiragana and katakana, each a word.
    Kana,
    /// Hangul.
    Hangul,
    /// Thai, each character a word.
    Thai,
    /// The scripts of India, from Devanagari to Malayalam.
    Indic,
    /// Any other.
    Other,
}

impl Script {
    /// All scripts, in the order in which they are told.
    ///
    /// ```
    /// use dehusk::render::Script;
    /// assert!(Script::ALL.contains(&Script::Thai));
    /// ```
    pub const ALL: [Self; 11] = [
        Self::Latin,
        Self::Cyrillic,
        Self::Greek,
        Self::Arabic,
        Self::Hebrew,
        Self::Han,
        Self::Kana,
        Self::Hangul,
        Self::Thai,
        Self::Indic,
        Self::Other,
    ];

    /// The name in lower case.
    ///
    /// ```
    /// assert_eq!(dehusk::render::Script::Han.name(), "han");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Latin => "latin",
            Self::Cyrillic => "cyrillic",
            Self::Greek => "greek",
            Self::Arabic => "arabic",
            Self::Hebrew => "hebrew",
            Self::Han => "han",
            Self::Kana => "kana",
            Self::Hangul => "hangul",
            Self::Thai => "thai",
            Self::Indic => "indic",
            Self::Other => "other",
        }
    }

    /// The script of a character (Unicode blocks).
    fn of(c: char) -> Self {
        match c {
            '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff10}'..='\u{ff5a}' => Self::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{590}'..='\u{5ff}' => Self::Hebrew,
            '\u{600}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' => Self::Arabic,
            '\u{900}'..='\u{d7f}' => Self::Indic,
            '\u{e00}'..='\u{e7f}' => Self::Thai,
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' => {
                Self::Hangul
            }
            '\u{3040}'..='\u{30ff}' => Self::Kana,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
                Self::Han
            }
            _ => Self::Other,
        }
    }

    /// Whether its words are written without spaces, so that characters are counted.
    fn is_unspaced(self) -> bool {
        matches!(self, Self::Han | Self::Kana | Self::Thai)
    }
}

/// The number of words of a text by script, as [`count_words`](crate::blocks::count_words) counts.
///
/// ```
/// use dehusk::render::{Script, Words};
/// let words = Words::of("Tea is 茶 in Chinese, чай in Russian.");
/// assert_eq!(words.total(), 8);
/// assert_eq!(words.of_script(Script::Latin), 6);
/// assert_eq!(words.of_script(Script::Han), 1);
/// assert_eq!(words.main_script(), Some(Script::Latin));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Words {
    counts: [u32; Script::ALL.len()],
}

impl Words {
    /// Counts the words of a text.
    ///
    /// ```
    /// use dehusk::render::Words;
    /// assert_eq!(Words::of("Green tea, 绿茶").total(), 4);
    /// ```
    pub fn of(text: &str) -> Self {
        let mut words = Self::default();
        for word in text.unicode_words() {
            let mut characters = 0;
            let mut script = None;
            for c in word.chars() {
                let of = Script::of(c);
                if of.is_unspaced() {
                    words.counts[of as usize] += 1;
                    characters += 1;
                } else if c.is_alphanumeric() {
                    script.get_or_insert(of);
                }
            }
            if characters == 0 {
                words.counts[script.unwrap_or(Script::Other) as usize] += 1;
            }
        }
        words
    }

    /// The words of two texts.
    pub(super) fn plus(mut self, other: Self) -> Self {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        self
    }

    /// All words.
    ///
    /// ```
    /// use dehusk::render::Words;
    /// assert_eq!(Words::of("Don't count 3.5 twice.").total(), 4);
    /// ```
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The words of a script.
    ///
    /// ```
    /// use dehusk::render::{Script, Words};
    /// let words = Words::of("Green tea, 绿茶");
    /// assert_eq!((words.of_script(Script::Han), words.of_script(Script::Greek)), (2, 0));
    /// ```
    pub fn of_script(&self, script: Script) -> u32 {
        self.counts[script as usize]
    }

    /// The scripts that occur, with their words.
    ///
    /// ```
    /// use dehusk::render::{Script, Words};
    /// let words: Vec<_> = Words::of("Green tea, 绿茶, 茶").by_script().collect();
    /// assert_eq!(words, [(Script::Latin, 2), (Script::Han, 3)]);
    /// ```
    pub fn by_script(&self) -> impl Iterator<Item = (Script, u32)> {
        let counts = self.counts;
        Script::ALL.into_iter().map(move |s| (s, counts[s as usize])).filter(|(_, n)| *n > 0)
    }

    /// The script of most words, the first of them if there are several; none if there are no
    /// words.
    ///
    /// ```
    /// use dehusk::render::{Script, Words};
    /// assert_eq!(Words::of("Tea is чай.").main_script(), Some(Script::Latin));
    /// assert_eq!(Words::of("?!").main_script(), None);
    /// ```
    pub fn main_script(&self) -> Option<Script> {
        let most = self.counts.iter().copied().max().filter(|most| *most > 0)?;
        self.by_script().find(|(_, count)| *count == most).map(|(script, _)| script)
    }
}
