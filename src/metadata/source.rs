//! Where a value came from.

/// The place on (or around) the page that a value was read from.
///
/// ```
/// use dehusk::metadata::Source;
/// let page = dehusk::extract("<meta name=author content='Ada Brook'><h1>Otters</h1><p>Two of them.");
/// assert_eq!(page.metadata().authors()[0].source(), Source::Meta);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Source {
    /// A `<script type="application/ld+json">`.
    JsonLd,
    /// Open Graph: `og:…`, `article:…`, `book:…`, `product:…` properties.
    OpenGraph,
    /// Any other `<meta name>`.
    Meta,
    /// Dublin Core: `dc.…`, `dcterms.…`.
    DublinCore,
    /// Twitter cards: `twitter:…`.
    Twitter,
    /// Scholarly tags: `citation_…`, `bepress_citation_…`, `prism.…`, `eprints.…`.
    Citation,
    /// `parsely-…` tags.
    Parsely,
    /// `sailthru.…` tags.
    Sailthru,
    /// `itemprop` attributes.
    Microdata,
    /// `property` attributes on elements other than `<meta>`.
    Rdfa,
    /// A `<time>` element.
    Time,
    /// A link with `rel=author`.
    RelAuthor,
    /// Microformat classes: `vcard`, `h-card`, `p-author`, `dt-published`.
    HCard,
    /// A line of text near the title.
    Byline,
    /// An element near the title whose class, id or address says what it holds.
    Markup,
    /// A heading.
    Heading,
    /// The `<title>` element.
    Title,
    /// A `<link>` element.
    Link,
    /// An attribute of `<html>` or `<body>`.
    Attribute,
    /// The page's address.
    Url,
}

impl Source {
    /// A short stable name in lower case, such as `json-ld` or `open-graph`.
    ///
    /// ```
    /// use dehusk::metadata::Source;
    /// assert_eq!(Source::JsonLd.name(), "json-ld");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLd => "json-ld",
            Self::OpenGraph => "open-graph",
            Self::Meta => "meta",
            Self::DublinCore => "dublin-core",
            Self::Twitter => "twitter",
            Self::Citation => "citation",
            Self::Parsely => "parsely",
            Self::Sailthru => "sailthru",
            Self::Microdata => "microdata",
            Self::Rdfa => "rdfa",
            Self::Time => "time",
            Self::RelAuthor => "rel-author",
            Self::HCard => "h-card",
            Self::Byline => "byline",
            Self::Markup => "markup",
            Self::Heading => "heading",
            Self::Title => "title",
            Self::Link => "link",
            Self::Attribute => "attribute",
            Self::Url => "url",
        }
    }

    /// The vocabulary that a `<meta>` key in lower case belongs to.
    pub(super) fn of_key(key: &str) -> Self {
        const PREFIXES: [(&str, Source); 17] = [
            ("og:", Source::OpenGraph),
            ("article:", Source::OpenGraph),
            ("book:", Source::OpenGraph),
            ("product:", Source::OpenGraph),
            ("video:", Source::OpenGraph),
            ("twitter:", Source::Twitter),
            ("citation_", Source::Citation),
            ("bepress_", Source::Citation),
            ("prism.", Source::Citation),
            ("eprints.", Source::Citation),
            ("dc.", Source::DublinCore),
            ("dc:", Source::DublinCore),
            ("dcterms", Source::DublinCore),
            ("dcsext.", Source::DublinCore),
            ("parsely", Source::Parsely),
            ("sailthru", Source::Sailthru),
            ("schema:", Source::Rdfa),
        ];
        let found = PREFIXES.iter().find(|(prefix, _)| key.starts_with(prefix));
        found.map_or(Self::Meta, |(_, source)| *source)
    }
}

/// A value and where it came from.
///
/// ```
/// use dehusk::{dom::Document, metadata::{Hints, Metadata, Source}};
/// let document = Document::parse(r#"<meta property="og:site_name" content="The Lockkeeper">"#);
/// let metadata = Metadata::read(&document, None, &Hints::new());
/// let site = metadata.site_name().unwrap();
/// assert_eq!((site.value().as_str(), site.source()), ("The Lockkeeper", Source::OpenGraph));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sourced<T> {
    value: T,
    source: Source,
}

impl<T> Sourced<T> {
    pub(super) fn new(value: T, source: Source) -> Self {
        Self { value, source }
    }

    /// The value.
    ///
    /// ```
    /// let page = dehusk::extract("<title>Tea</title><p>It is green.");
    /// assert_eq!(page.metadata().title().unwrap().value(), "Tea");
    /// ```
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Where it was read.
    ///
    /// ```
    /// let page = dehusk::extract("<title>Tea</title><p>It is green.");
    /// assert_eq!(page.metadata().title().unwrap().source().name(), "title");
    /// ```
    pub fn source(&self) -> Source {
        self.source
    }
}
