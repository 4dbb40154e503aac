//! What a caller may choose.

use crate::metadata::Hints;
use crate::{Limits, Mode};

/// The choices of an [`Extractor`](crate::Extractor); its `with_…` methods set them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub url: Option<String>,
    pub content_type: Option<String>,
    pub today: Option<String>,
    pub mode: Mode,
    pub signals: usize,
    pub comments: bool,
    pub strict_body: bool,
    pub limits: Limits,
}

impl Options {
    /// What the readers of metadata are told.
    pub fn hints(&self) -> Hints<'_> {
        let hints = Hints::new();
        self.today.as_deref().map_or(hints, |day| hints.with_today(day))
    }
}
