//! The whole way from a page to its content.

use crate::blocks::{Block, Blocks};
use crate::decode::{Decoded, EncodingSource};
use crate::dom::{Document, NodeKind, Tag};
use crate::fallback;
use crate::features::Survey;
use crate::metadata::{Hints, Metadata};
use crate::options::Options;
use crate::page::{FoundIn, NoContent, Outcome, Page, PageBlock, Signal};
use crate::render::Content;
use crate::score::{Model, Scores};
use crate::select::select;
use crate::{Error, Limits, Mode};
use std::borrow::Cow;

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
    model: Option<Model>,
}

impl Extractor {
    /// An extractor with the default options.
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
        self.model = Some(model);
        self
    }

    /// Extracts the main content of a page that is text already.
    ///
    /// # Errors
    /// [`Error::InputTooLarge`] over the limit. A page without content is no error, see
    /// [`Page::outcome`].
    ///
    /// ```
    /// let page = dehusk::Extractor::new().extract("<p>Nothing but this.")?;
    /// assert_eq!(page.text(), "Nothing but this.");
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    pub fn extract(&self, html: &str) -> Result<Page, Error> {
        self.options.limits.check_input(html.len())?;
        Ok(self.run(html))
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
        self.options.limits.check_input(bytes.len())?;
        if fallback::is_binary(bytes) {
            return Ok(empty_page(NoContent::Binary));
        }
        let decoded = Decoded::from_bytes(bytes, self.options.content_type.as_deref());
        let mut page = self.run(decoded.text());
        page.encoding = decoded.encoding();
        page.encoding_source = decoded.source();
        Ok(page)
    }

    /// Extracts the main content of a document that was parsed already.
    ///
    /// ```
    /// use dehusk::{Extractor, dom::Document};
    /// let document = Document::parse("<p>Parsed once, used twice.");
    /// assert_eq!(Extractor::new().extract_document(&document).text(), "Parsed once, used twice.");
    /// ```
    pub fn extract_document(&self, document: &Document<'_>) -> Page {
        let mut page = self.content_of(document);
        let url = self.options.url.as_deref();
        page.metadata = Metadata::read(document, url, &Hints::new());
        if let Some(title) = page.metadata.title() {
            page.title = Some(title.value().clone());
        }
        page
    }

    fn content_of(&self, document: &Document<'_>) -> Page {
        let blocks = Blocks::of(document);
        if blocks.is_empty() {
            return with_paragraphs(fallback::without_text(document));
        }
        let survey = Survey::of(document, &blocks);
        let model = self.model.as_ref().unwrap_or_else(|| Model::shipped());
        let scores = model.score(&survey);
        let selection = select(&blocks, &scores.blocks, self.options.mode);
        let kept = || blocks.iter().zip(&selection.kept).filter(|(_, kept)| **kept);
        let words: u32 = kept().map(|(block, _)| block.counts.words).sum();
        let shell = words < MAX_SHELL_WORDS && kept().all(|(block, _)| block.marks.noscript);
        let teaser = survey.declared_words() > words.saturating_mul(MIN_DECLARED_RATIO);
        if shell || teaser {
            let mut page = with_paragraphs(fallback::without_text(document));
            if words == 0 && page.text.is_empty() {
                page.outcome = Outcome::NoContent { reason: NoContent::OnlyBoilerplate };
            }
            page.blocks =
                self.describe(document, &blocks, model, &scores, &vec![false; blocks.len()]);
            return page;
        }
        let url = self.options.url.as_deref();
        let content = Content::with_base(document, &blocks, &selection.kept, url);
        Page {
            title: title(document, &blocks),
            text: content.text(),
            content,
            blocks: self.describe(document, &blocks, model, &scores, &selection.kept),
            outcome: Outcome::Content { found_in: FoundIn::Document },
            confidence: selection.expected_f1,
            ..empty_page(NoContent::Empty)
        }
    }

    fn run(&self, html: &str) -> Page {
        if html.trim().is_empty() {
            return empty_page(NoContent::Empty);
        }
        match fallback::plain_text(html) {
            Some(page) => with_paragraphs(page),
            None => self.extract_document(&Document::parse(html)),
        }
    }

    fn describe(
        &self,
        document: &Document<'_>,
        blocks: &Blocks,
        model: &Model,
        scores: &Scores,
        kept: &[bool],
    ) -> Vec<PageBlock> {
        let signals = |index: usize| {
            let signals = match self.options.signals {
                0 => Vec::new(),
                most => model.explain(scores, index, most),
            };
            let signal = |(name, value, effect)| Signal { name, value, effect };
            signals.into_iter().map(signal).collect()
        };
        let describe = |(index, block): (usize, &Block)| PageBlock {
            text: blocks.text(block).to_string(),
            path: path(document, blocks, block),
            words: block.counts.words,
            link_density: block.counts.link_density(),
            score: scores.blocks[index],
            kept: kept[index],
            signals: signals(index),
        };
        blocks.iter().enumerate().map(describe).collect()
    }
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
    }
}

/// A page whose text did not come from the document, with that text as its content.
fn with_paragraphs(mut page: Page) -> Page {
    page.content = Content::from_paragraphs(&page.text);
    page
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

/// How many elements of a block's path are told.
const PATH_LENGTH: usize = 5;

fn path(document: &Document<'_>, blocks: &Blocks, block: &Block) -> String {
    let container = blocks.container(block).node;
    let above = std::iter::once(container).chain(document.ancestors(container));
    let names = above.filter(|node| document.kind(*node) == NodeKind::Element);
    let mut names: Vec<&str> =
        names.take(PATH_LENGTH).map(|node| document.tag(node).name()).collect();
    names.reverse();
    names.join(" > ")
}
