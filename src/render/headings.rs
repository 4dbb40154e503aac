//! The headings that a block stands under.

/// A heading is repeated for each block below it, so no more of one is kept than this.
const MAX_BYTES: usize = 240;

/// The headings above the place at hand, outermost first.
#[derive(Debug, Clone, Default)]
pub(super) struct Headings(Vec<(u8, String)>);

impl Headings {
    /// Leaves what a heading of a level ends.
    pub fn leave(&mut self, level: u8) {
        self.0.retain(|(above, _)| *above < level);
    }

    /// Enters what a heading begins.
    pub fn enter(&mut self, level: u8, text: &str) {
        self.leave(level);
        let end = (0..=MAX_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
        let kept = &text[..end.unwrap_or(0)];
        let more = if kept.len() < text.len() { "…" } else { "" };
        self.0.push((level, format!("{kept}{more}")));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes of all of them.
    pub fn len(&self) -> usize {
        self.iter().map(str::len).sum()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, heading)| heading.as_str())
    }
}
