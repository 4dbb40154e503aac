//! The whole way from a page to its content.

mod stages;

pub(crate) use stages::{document_title, empty_page};

use crate::dom::Document;
use crate::limits;
use crate::options::Options;
use crate::page::Page;
use crate::score::Model;
use crate::{Error, Limits, Mode};
use std::sync::Arc;

/// What is asked of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Page,
    Text,
}

/// Extracts main content, with the options of its choice.
///
/// An extractor holds no state: one may serve any number of pages and threads.
///
/// ```
/// use dehusk::{Extractor, Mode};
/// let extractor = Extractor::new().with_mode(Mode::Precision);
/// let page = extractor.extract("<p>Short, but all there is.</p>")?;
/// assert_eq!(page.text(), "Short, but all there is.");
/// # Ok::<(), dehusk::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Extractor {
    options: Options,
    /// Shared, so that a copy of an extractor costs little.
    model: Option<Arc<Model>>,
}

impl Extractor {
    /// An extractor with the default options.
    ///
    /// ```
    /// let page = dehusk::Extractor::new().extract("<p>Short, but all there is.</p>")?;
    /// assert_eq!(page.text(), "Short, but all there is.");
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the address of the page, against which relative links are resolved.
    ///
    /// ```
    /// use dehusk::Extractor;
    /// let extractor = Extractor::new().with_url("https://example.org/tea");
    /// assert!(extractor.extract("<p>Tea.")?.text().contains("Tea"));
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    #[must_use]
    pub fn with_url(mut self, url: impl Into<String>) -> Self {
        self.options.url = Some(url.into());
        self
    }

    /// Sets the `Content-Type`, or just the encoding, that came with the page; it goes before what
    /// the page says of itself.
    ///
    /// ```
    /// use dehusk::Extractor;
    /// let bytes = b"<p>Caf\xe9 au lait, no more and no less.";
    /// let page = Extractor::new().with_content_type("text/html; charset=iso-8859-1").extract_bytes(bytes)?;
    /// assert_eq!(page.encoding(), "windows-1252");
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.options.content_type = Some(content_type.into());
        self
    }

    /// Sets the day of reading, `YYYY-MM-DD`: no page was published after it.
    ///
    /// Without it the clock is asked (on `wasm32-unknown-unknown` there is none, and no date counts
    /// as one of the future), so give it where answers must be the same on another day.
    ///
    /// ```
    /// use dehusk::Extractor;
    /// let html = "<meta property=article:published_time content=2019-05-04><h1>Tea</h1><p>Green tea.";
    /// let published = |day| {
    ///     let page = Extractor::new().with_today(day).extract(html).unwrap();
    ///     page.metadata().published().map(|date| date.value().day().to_string())
    /// };
    /// assert_eq!(published("2019-06-01").as_deref(), Some("2019-05-04"));
    /// assert_eq!(published("2018-06-01"), None);
    /// ```
    #[must_use]
    pub fn with_today(mut self, day: impl Into<String>) -> Self {
        self.options.today = Some(day.into());
        self
    }

    /// Sets what matters more, precision or recall.
    ///
    /// ```
    /// use dehusk::{Extractor, Mode};
    /// let html = "<nav><p>Menu</nav><p>It rained on Sunday, and the reservoir rose.</p><p>Tags: rain";
    /// let kept = |mode| {
    ///     let page = Extractor::new().with_mode(mode).extract(html).unwrap();
    ///     page.blocks().iter().filter(|block| block.kept()).count()
    /// };
    /// assert!(kept(Mode::Precision) <= kept(Mode::Recall));
    /// ```
    #[must_use]
    pub fn with_mode(mut self, mode: Mode) -> Self {
        self.options.mode = mode;
        self
    }

    /// Whether readers' comments below the content are kept as well; they are not by default.
    ///
    /// The posts of a thread are content and kept in any case.
    ///
    /// ```
    /// use dehusk::Extractor;
    /// let html = "<title>Tea</title><article><h1>Tea</h1><p>Green tea is made from leaves that were \
    ///     not left to wither, so it keeps their colour, and much of their taste.</p><p>Black tea is \
    ///     made from leaves that were, and rolled, and left to turn in the warm air of a shed.</p>\
    ///     </article><section id=comments class=comments><h3>Comments</h3><ol class=comment-list>\
    ///     <li class=comment><a href=/u/7>Ada</a><p>I prefer it black.</p><a href=#r>Reply</a></ol></section>";
    /// assert!(!Extractor::new().extract(html)?.text().contains("prefer"));
    /// let page = Extractor::new().with_comments(true).extract(html)?;
    /// assert!(page.text().contains("I prefer it black."));
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    #[must_use]
    pub fn with_comments(mut self, comments: bool) -> Self {
        self.options.comments = comments;
        self
    }

    /// Whether headline, byline, date and captions are left out, so that just the body remains;
    /// they are kept by default where they are part of the content.
    ///
    /// ```
    /// use dehusk::Extractor;
    /// let html = "<title>Green tea</title><article><h1>Green tea</h1><p>It is made from leaves that \
    ///     were not left to wither, and keeps their colour.</p><p>The water should not boil: at \
    ///     eighty degrees it draws out the taste, and leaves the bitterness behind.</p></article>";
    /// assert!(Extractor::new().extract(html)?.text().starts_with("Green tea"));
    /// let page = Extractor::new().with_strict_body(true).extract(html)?;
    /// assert!(page.text().starts_with("It is made"));
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    #[must_use]
    pub fn with_strict_body(mut self, strict: bool) -> Self {
        self.options.strict_body = strict;
        self
    }

    /// Sets how many signals each block reports; 0, the default, is fastest.
    ///
    /// ```
    /// use dehusk::Extractor;
    /// let html = "<p>One paragraph of a page that has no other.";
    /// assert!(Extractor::new().extract(html)?.blocks()[0].signals().is_empty());
    /// let page = Extractor::new().with_signals(3).extract(html)?;
    /// assert_eq!(page.blocks()[0].signals().len(), 3);
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    #[must_use]
    pub fn with_signals(mut self, most: usize) -> Self {
        self.options.signals = most;
        self
    }

    /// Sets the limits.
    ///
    /// ```
    /// use dehusk::{Extractor, Limits};
    /// let tiny = Limits::default().with_max_input_bytes(Some(3));
    /// assert!(Extractor::new().with_limits(tiny).extract("<p>Tea").is_err());
    /// assert!(Extractor::new().extract("<p>Tea").is_ok());
    /// ```
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.options.limits = limits;
        self
    }

    /// Puts a model of your own in the place of the shipped one.
    ///
    /// ```
    /// use dehusk::{Extractor, score::Model};
    /// let page = Extractor::new().with_model(Model::blank()).extract("<p>One.<p>Two.")?;
    /// assert_eq!(page.blocks()[0].score(), page.blocks()[1].score());
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    #[must_use]
    pub fn with_model(mut self, model: Model) -> Self {
        self.model = Some(Arc::new(model));
        self
    }

    /// Extracts the main content of a page that is text already.
    ///
    /// # Errors
    /// An [`Error`] of its own for each limit past which text of the page would be lost, if the
    /// [`Limits`] ask for errors. A page without content is no error, see [`Page::outcome`].
    ///
    /// ```
    /// let page = dehusk::Extractor::new().extract("<p>Nothing but this.")?;
    /// assert_eq!(page.text(), "Nothing but this.");
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn extract(&self, html: &str) -> Result<Page, Error> {
        let watch = self.options.limits.watch();
        let limit = self.options.limits.admit_input(html.len())?;
        let read = limits::prefix(html, limit);
        let mut page = self.read(read, Wanted::Page, watch)?;
        page.limits_hit.bytes |= read.len() < html.len();
        Ok(page)
    }

    /// Extracts the main content of a page as it came, in whatever encoding.
    ///
    /// # Errors
    /// As [`Self::extract`].
    ///
    /// ```
    /// let page = dehusk::Extractor::new().extract_bytes(b"<meta charset=latin1><p>Caf\xe9 and cake.")?;
    /// assert_eq!(page.text(), "Caf\u{e9} and cake.");
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn extract_bytes(&self, bytes: &[u8]) -> Result<Page, Error> {
        self.extract_as(bytes, Wanted::Page)
    }

    /// Extracts the main content of a document that was parsed already.
    ///
    /// Never an error: what is over a limit is left out ([`OverLimit::Truncate`](crate::OverLimit::Truncate)). Input, depth and
    /// nodes were settled when the document was made, see [`Document::parse_with`].
    ///
    /// ```
    /// use dehusk::{Extractor, dom::Document};
    /// let document = Document::parse("<p>Parsed once, used twice.");
    /// assert_eq!(Extractor::new().extract_document(&document).text(), "Parsed once, used twice.");
    /// ```
    pub fn extract_document(&self, document: &Document<'_>) -> Page {
        self.judge(document, Wanted::Page, self.options.limits.watch())
    }

    /// Extracts just the text of the main content: what [`Page::text`] would be, without the
    /// metadata and the blocks of a [`Page`], and faster by what they cost.
    ///
    /// Empty where the page has no content; [`Self::extract_bytes`] tells why.
    ///
    /// # Errors
    /// As [`Self::extract`].
    ///
    /// ```
    /// let text = dehusk::Extractor::new().extract_text(b"<meta charset=latin1><p>Caf\xe9 and cake.")?;
    /// assert_eq!(text, "Caf\u{e9} and cake.");
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn extract_text(&self, bytes: &[u8]) -> Result<String, Error> {
        self.extract_as(bytes, Wanted::Text).map(|page| page.text)
    }
}
