//! The whole way from a page to its content.

use crate::blocks::Blocks;
use crate::class::{classify, is_comment_text};
use crate::decode::{self, Decoded, EncodingSource};
use crate::dom::{Document, LimitsHit, NodeKind, Tag};
use crate::fallback;
use crate::features::Survey;
use crate::limits::{self, Watch};
use crate::metadata::Metadata;
use crate::options::Options;
use crate::page::{FoundIn, NoContent, Outcome, Page};
use crate::page_block::{Signal, describe};
use crate::render::Content;
use crate::score::{Model, Scores};
use crate::select::select;
use crate::{Error, Limits, Mode};
use std::borrow::Cow;
use std::sync::Arc;

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
    /// let html = "<title>Green tea</title><h1>Green tea</h1><p>It is made from leaves that were \
    ///     not left to wither, and keeps their colour.</p>";
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
        let mut page = self.read(read, watch)?;
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
        let watch = self.options.limits.watch();
        let limit = self.options.limits.admit_input(bytes.len())?;
        let read = decode::whole_characters(bytes, limit);
        if fallback::is_binary(read) {
            return Ok(empty_page(NoContent::Binary));
        }
        let decoded = Decoded::from_bytes(read, self.options.content_type.as_deref());
        let mut page = self.read(decoded.text(), watch)?;
        page.encoding = decoded.encoding();
        page.encoding_source = decoded.source();
        page.limits_hit.bytes |= read.len() < bytes.len();
        Ok(page)
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
        self.judge(document, self.options.limits.watch())
    }

    fn read(&self, html: &str, watch: Watch) -> Result<Page, Error> {
        let limits = &self.options.limits;
        if html.trim().is_empty() {
            return Ok(empty_page(NoContent::Empty));
        }
        let page = match fallback::plain_text(html) {
            Some(page) => self.with_paragraphs(page),
            None => {
                let document = Document::parse_with(html, &limits.parse_budget(watch));
                limits.admit_answer(document.limits_hit())?;
                self.judge(&document, watch)
            }
        };
        limits.admit_answer(&page.limits_hit)?;
        Ok(page)
    }

    fn judge(&self, document: &Document<'_>, watch: Watch) -> Page {
        let url = self.options.url.as_deref();
        let metadata = match watch.is_over() {
            true => Metadata::default(),
            false => Metadata::read(document, url, &self.options.hints()),
        };
        let found = self.content_of(document, &metadata, watch);
        let late = found.is_none() || watch.is_over();
        let mut page = found.unwrap_or_else(|| empty_page(NoContent::OverLimit));
        let output = page.limits_hit.output;
        page.limits_hit = document.limits_hit().clone();
        page.limits_hit.output = output;
        page.limits_hit.deadline |= late;
        page.metadata = metadata;
        if let Some(title) = page.metadata.title() {
            page.title = Some(title.value().clone());
        }
        page
    }

    /// The page's content, unless the time is over before it is found.
    fn content_of(
        &self,
        document: &Document<'_>,
        metadata: &Metadata,
        watch: Watch,
    ) -> Option<Page> {
        let in_time = || (!watch.is_over()).then_some(());
        in_time()?;
        let blocks = Blocks::of(document);
        if blocks.is_empty() {
            return Some(self.with_paragraphs(fallback::without_text(document)));
        }
        in_time()?;
        let survey = Survey::of(document, &blocks);
        in_time()?;
        let model = self.model.as_deref().unwrap_or_else(|| Model::shipped());
        let scores = model.score(&survey);
        in_time()?;
        let mut kept = select(&blocks, &scores.blocks, self.options.mode);
        let expected_f1 = kept.expected_f1;
        let declared_words = survey.declared_words();
        let words = words_of(&blocks, &kept.kept);
        let noscript =
            blocks.iter().zip(&kept.kept).all(|(block, kept)| !kept || block.marks.noscript);
        let shell = words < MAX_SHELL_WORDS && noscript;
        let teaser = declared_words > words.saturating_mul(MIN_DECLARED_RATIO);
        let classes = classify(&blocks, &survey, &kept.kept, metadata);
        let mut page = if shell || teaser {
            let mut page = self.with_paragraphs(fallback::without_text(document));
            if words == 0 && page.text.is_empty() {
                page.outcome = Outcome::NoContent { reason: NoContent::OnlyBoilerplate };
            }
            kept.kept.fill(false);
            page
        } else {
            for (index, (block, kept)) in blocks.iter().zip(&mut kept.kept).enumerate() {
                let class = classes[index];
                *kept |= self.options.comments && is_comment_text(&survey, block, class);
                *kept &= !(self.options.strict_body && class.beside_body());
            }
            let page = self.render(document, &blocks, &mut kept.kept);
            Page { title: title(document, &blocks), confidence: expected_f1, ..page }
        };
        let signals = self.signals(model, &survey, &scores);
        page.blocks = describe(document, blocks, &scores.blocks, &kept.kept, &classes, signals);
        Some(page)
    }

    /// Writes the text of the blocks that are kept, as many of them as the limit allows.
    fn render(&self, document: &Document<'_>, blocks: &Blocks, kept: &mut [bool]) -> Page {
        let limit = self.options.limits.max_output_bytes().unwrap_or(usize::MAX);
        let mut page = empty_page(NoContent::OverLimit);
        let mut room = limit;
        loop {
            page.limits_hit.output |= keep_within(room, blocks, kept);
            let content = Content::with_base(document, blocks, kept, self.options.url.as_deref());
            let text = content.text();
            // What stands between blocks (bullets, bars of a table) may take it over the limit.
            if text.len() > limit && room > 0 {
                room /= 2;
                continue;
            }
            if !(text.is_empty() && page.limits_hit.output) {
                page.outcome = Outcome::Content { found_in: FoundIn::Document };
                (page.text, page.content) = (text, content);
            }
            return page;
        }
    }

    /// A page whose text did not come from the document, with that text as its content.
    fn with_paragraphs(&self, mut page: Page) -> Page {
        let limit = self.options.limits.max_output_bytes().unwrap_or(usize::MAX);
        if page.text.len() > limit {
            let end = limits::prefix(&page.text, limit).rfind("\n\n").unwrap_or(0);
            page.text.truncate(end);
            page.limits_hit.output = true;
            if page.text.is_empty() {
                page.outcome = Outcome::NoContent { reason: NoContent::OverLimit };
            }
        }
        page.content = Content::from_paragraphs(&page.text);
        page
    }

    /// The signals of each block; of none where they were not asked for.
    fn signals(&self, model: &Model, survey: &Survey<'_>, scores: &Scores) -> Vec<Vec<Signal>> {
        if self.options.signals == 0 {
            return Vec::new();
        }
        let signal = |(name, value, effect)| Signal { name, value, effect };
        let signals = model.explain(survey, scores, self.options.signals);
        signals.into_iter().map(|signals| signals.into_iter().map(signal).collect()).collect()
    }
}

fn words_of(blocks: &Blocks, kept: &[bool]) -> u32 {
    let kept = blocks.iter().zip(kept).filter(|(_, kept)| **kept);
    kept.map(|(block, _)| block.counts.words).sum()
}

/// Keeps only the first blocks, as long as their text fits; whether that left any out.
fn keep_within(bytes: usize, blocks: &Blocks, kept: &mut [bool]) -> bool {
    let mut room = Some(bytes);
    let mut left_out = false;
    for (block, kept) in blocks.iter().zip(kept).filter(|(_, kept)| **kept) {
        room = room.and_then(|room| room.checked_sub(blocks.text(block).len()));
        *kept = room.is_some();
        left_out |= !*kept;
    }
    left_out
}

/// A page that shows only so many words, all of them in `<noscript>`, is a shell.
const MAX_SHELL_WORDS: u32 = 30;
/// A body in JSON-LD that is so many times longer than what the document shows is the content.
const MIN_DECLARED_RATIO: u32 = 20;

/// A page without content.
pub(crate) fn empty_page(reason: NoContent) -> Page {
    Page {
        title: None,
        metadata: Metadata::default(),
        text: String::new(),
        content: Content::default(),
        blocks: Vec::new(),
        outcome: Outcome::NoContent { reason },
        confidence: 0.0,
        encoding: "UTF-8",
        encoding_source: EncodingSource::Text,
        limits_hit: LimitsHit::default(),
    }
}

/// The first `<h1>`, if there is just one with text, or else the `<title>`.
fn title(document: &Document<'_>, blocks: &Blocks) -> Option<String> {
    let mut headings = blocks.iter().filter(|block| block.heading == 1);
    if let (Some(heading), None) = (headings.next(), headings.next()) {
        return Some(blocks.text(heading).split_whitespace().collect::<Vec<_>>().join(" "));
    }
    document_title(document)
}

/// The text of `<title>`.
pub(crate) fn document_title(document: &Document<'_>) -> Option<String> {
    let in_head = |node: &_| document.tag(*node) == Tag::Title;
    let node = document.descendants(document.root()).find(in_head)?;
    let texts = document.children(node).filter(|node| document.kind(*node) == NodeKind::Text);
    let text: Cow<'_, str> = texts.map(|node| document.text(node)).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
