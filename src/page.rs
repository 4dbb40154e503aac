//! What an extraction gives: the page's content, and the reasons for it.

use crate::decode::EncodingSource;
use crate::dom::LimitsHit;
use crate::metadata::Metadata;
use crate::page_block::PageBlock;
use crate::render::{Chunk, Content, RenderOptions, Words};

/// The version of the algorithm and model; it changes whenever the output may.
///
/// ```
/// assert!(!dehusk::ALGORITHM.is_empty());
/// ```
pub const ALGORITHM: &str = "1";

/// A page after extraction.
///
/// ```
/// let page = dehusk::extract("<title>Tea</title><nav><a href=/>Home</a></nav>\
///     <article><h1>Tea</h1><p>Green tea is made from leaves that were not left to wither, \
///     so it keeps their colour, and much of their taste.</p></article>");
/// assert_eq!(page.title(), Some("Tea"));
/// assert!(page.text().contains("Green tea is made"));
/// assert!(!page.text().contains("Home"));
/// ```
#[derive(Debug, Clone)]
pub struct Page {
    pub(crate) title: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) text: String,
    pub(crate) content: Content,
    pub(crate) blocks: Vec<PageBlock>,
    pub(crate) outcome: Outcome,
    pub(crate) confidence: f32,
    pub(crate) encoding: &'static str,
    pub(crate) encoding_source: EncodingSource,
    pub(crate) limits_hit: LimitsHit,
}

/// How an extraction ended.
///
/// ```
/// use dehusk::{NoContent, Outcome};
/// let outcome = dehusk::extract(" ").outcome();
/// assert_eq!(outcome, Outcome::NoContent { reason: NoContent::Empty });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// There is content.
    Content {
        /// Where it stood.
        found_in: FoundIn,
    },
    /// There is none.
    NoContent {
        /// Why.
        reason: NoContent,
    },
}

/// Where the content stood on the page.
///
/// ```
/// use dehusk::{FoundIn, Outcome};
/// let outcome = dehusk::extract("No markup at all.").outcome();
/// assert_eq!(outcome, Outcome::Content { found_in: FoundIn::PlainText });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum FoundIn {
    /// In the document that a browser shows.
    Document,
    /// In the `articleBody` of the page's JSON-LD; the document shows no content of its own, or the
    /// start of it.
    JsonLd,
    /// In the state that the page gives to its scripts, such as `__NEXT_DATA__`; the document shows
    /// no content of its own, or the start of it.
    EmbeddedState,
    /// The page is plain text without markup.
    PlainText,
}

/// Why a page has no content.
///
/// ```
/// use dehusk::{NoContent, Outcome};
/// let outcome = dehusk::extract("<div id=app></div><script src=app.js></script>").outcome();
/// assert_eq!(outcome, Outcome::NoContent { reason: NoContent::ScriptShell });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum NoContent {
    /// The input is empty or all white space.
    Empty,
    /// The input is not text: an image, an archive, a program.
    Binary,
    /// The document has no text at all.
    NoText,
    /// The document is a shell that a script would fill.
    ScriptShell,
    /// There is text, but none of it is main content.
    OnlyBoilerplate,
    /// A limit left nothing: the time was over before the content was found, or none of it fits.
    OverLimit,
}

impl Outcome {
    /// A short name for logs and tables: `content`, `json-ld`, `embedded-state`,
    /// `plain-text`, or why there is none.
    ///
    /// ```
    /// assert_eq!(dehusk::extract("").outcome().name(), "empty");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Content { found_in: FoundIn::Document } => "content",
            Self::Content { found_in: FoundIn::JsonLd } => "json-ld",
            Self::Content { found_in: FoundIn::EmbeddedState } => "embedded-state",
            Self::Content { found_in: FoundIn::PlainText } => "plain-text",
            Self::NoContent { reason } => match reason {
                NoContent::Empty => "empty",
                NoContent::Binary => "binary",
                NoContent::NoText => "no-text",
                NoContent::ScriptShell => "script-shell",
                NoContent::OnlyBoilerplate => "only-boilerplate",
                NoContent::OverLimit => "over-limit",
            },
        }
    }
}

impl Page {
    /// The page's title: that of [`Self::metadata`], else its main heading or `<title>`.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>Green tea is made from leaves that did not wither.");
    /// assert_eq!(page.title(), Some("Tea"));
    /// ```
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// What the page says about itself: title, authors, dates and more, each with its source.
    ///
    /// ```
    /// let page = dehusk::extract("<meta name=author content='Ada Brook'><h1>Tea</h1><p>Green tea.");
    /// let author = &page.metadata().authors()[0];
    /// assert_eq!((author.value().as_str(), author.source().name()), ("Ada Brook", "meta"));
    /// ```
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The main content as plain text; empty where [`Self::outcome`] says that there is none.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>Green tea is made from leaves that did not wither.");
    /// assert!(page.text().ends_with("did not wither."));
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The main content as Markdown (CommonMark, with the tables, footnotes and formulas of GitHub).
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><ul><li>Green, <b>not</b> black<li>White</ul>");
    /// assert_eq!(page.markdown(), "# Tea\n\n- Green, **not** black\n- White\n");
    /// ```
    pub fn markdown(&self) -> String {
        self.content.markdown(&RenderOptions::default())
    }

    /// The main content as Markdown, with options.
    ///
    /// ```
    /// use dehusk::render::RenderOptions;
    /// let page = dehusk::extract("<p>Tea is <a href='https://a.example/'>green</a> or black.");
    /// assert_eq!(page.markdown(), "Tea is [green](https://a.example/) or black.\n");
    /// let unlinked = page.markdown_with(&RenderOptions::new().with_links(false));
    /// assert_eq!(unlinked, "Tea is green or black.\n");
    /// ```
    pub fn markdown_with(&self, options: &RenderOptions) -> String {
        self.content.markdown(options)
    }

    /// The main content as clean HTML; [`Content::html`] lists the elements that occur.
    ///
    /// ```
    /// let page = dehusk::extract("<div class=x><h1 onclick=go()>Tea</h1><div>Green, <b>not</b> black</div>");
    /// assert_eq!(page.html(), "<h1>Tea</h1>\n<p>Green, <strong>not</strong> black</p>\n");
    /// ```
    pub fn html(&self) -> String {
        self.content.html(&RenderOptions::default())
    }

    /// The main content as clean HTML, with options.
    ///
    /// ```
    /// use dehusk::render::RenderOptions;
    /// let page = dehusk::extract("<p>Tea, <img src='https://a.example/cup.png'> green or black.");
    /// assert!(page.html().contains("<img"));
    /// let plain = page.html_with(&RenderOptions::new().with_images(false));
    /// assert_eq!(plain, "<p>Tea, green or black.</p>\n");
    /// ```
    pub fn html_with(&self, options: &RenderOptions) -> String {
        self.content.html(options)
    }

    /// The main content in chunks of at most `max_words` words; see [`Content::chunks`].
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>It is green. It is hot.");
    /// let chunks: Vec<String> = page.chunks(6).map(|chunk| chunk.markdown()).collect();
    /// assert_eq!(chunks, ["# Tea\n\nIt is green.\n", "It is hot.\n"]);
    /// ```
    pub fn chunks(&self, max_words: u32) -> impl Iterator<Item = Chunk> {
        self.content.chunks(max_words)
    }

    /// The number of words of the main content, by script.
    ///
    /// ```
    /// use dehusk::render::Script;
    /// let words = dehusk::extract("<p>今天天气很好, it is said in China.").words();
    /// assert_eq!((words.of_script(Script::Han), words.of_script(Script::Latin)), (6, 5));
    /// ```
    pub fn words(&self) -> Words {
        self.content.words()
    }

    /// The language of the main content, told from its words, as an ISO 639-3 code; `None` where it
    /// is too short or too mixed to tell. For the language that the page declares see
    /// [`Metadata::language`].
    ///
    /// ```
    /// let page = dehusk::extract("<html lang=en><p>Der Tee wird aus Blättern gemacht, die man nicht \
    ///     welken ließ, und behält deshalb seine Farbe und viel von seinem Geschmack.");
    /// assert_eq!(page.detected_language(), Some("deu"));
    /// ```
    #[cfg(feature = "language")]
    pub fn detected_language(&self) -> Option<&'static str> {
        let found = whatlang::detect(&self.text).filter(whatlang::Info::is_reliable)?;
        Some(found.lang().code())
    }

    /// The main content, ready to be written in any format.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>Green tea is made from leaves that did not wither.");
    /// assert_eq!(page.content().text(), page.text());
    /// ```
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Every block of the page in order, kept or dropped; empty where the content did not come
    /// from the document.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>Green tea is made from leaves that did not wither.");
    /// assert_eq!(page.blocks().len(), 2);
    /// ```
    pub fn blocks(&self) -> &[PageBlock] {
        &self.blocks
    }

    /// Whether content was found, and where, or why not.
    ///
    /// ```
    /// use dehusk::Outcome;
    /// let page = dehusk::extract("<div id=app></div><script src=app.js></script>");
    /// match page.outcome() {
    ///     Outcome::NoContent { reason } => println!("nothing: {reason:?}"),
    ///     _ => unreachable!("a script would fill it"),
    /// }
    /// ```
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// How right the answer is expected to be: an estimate of its F1, 0 to 1.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>Green tea is made from leaves that did not wither.");
    /// assert!((0.0..=1.0).contains(&page.confidence()));
    /// ```
    pub fn confidence(&self) -> f32 {
        self.confidence
    }

    /// The name of the encoding that the page was read in.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>Green tea is made from leaves that did not wither.");
    /// assert_eq!(page.encoding(), "UTF-8");
    /// ```
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Where the encoding was learned from.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>Green tea is made from leaves that did not wither.");
    /// assert_eq!(page.encoding_source(), dehusk::decode::EncodingSource::Text);
    /// ```
    pub fn encoding_source(&self) -> EncodingSource {
        self.encoding_source
    }

    /// Which limits the page hit, and so what is missing from the answer.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>Green tea is made from leaves that did not wither.");
    /// assert!(page.limits_hit().is_none());
    /// let deep = dehusk::extract(&format!("{}The bottom.", "<div>".repeat(1_000)));
    /// assert_eq!(deep.text(), "The bottom.");
    /// println!("{}", deep.limits_hit()); // "489 start tags too deep"
    /// ```
    pub fn limits_hit(&self) -> &LimitsHit {
        &self.limits_hit
    }
}
