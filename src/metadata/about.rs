//! What a page says of itself beside title, authors and dates.
//!
//! Where several sources speak, the order in which they are named here is the order in which they
//! are believed.

use super::gather::{Gathered, LinkTag};
use super::linked::{Family, Thing};
use super::page_type::PageType;
use super::props::Props;
use super::source::{Source, Sourced};
use super::text::{clean, text_of};
use super::{BaseUrl, Metadata};
use crate::dom::Document;

/// A feed that the page links to.
///
/// ```
/// let page = dehusk::Extractor::new().with_url("https://tea.example/").extract(
///     "<link rel=alternate type=application/rss+xml title=News href=/rss><p>Tea.")?;
/// let feed = &page.metadata().feeds()[0];
/// assert_eq!((feed.url(), feed.title()), ("https://tea.example/rss", "News"));
/// # Ok::<(), dehusk::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Feed {
    url: String,
    title: String,
}

impl Feed {
    /// The feed's address; absolute where the page's own is known.
    ///
    /// ```
    /// let page = dehusk::extract("<link rel=alternate type=application/atom+xml href=https://a.example/f><p>Tea.");
    /// assert_eq!(page.metadata().feeds()[0].url(), "https://a.example/f");
    /// ```
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the page calls it; empty where it does not.
    ///
    /// ```
    /// let page = dehusk::extract(
    ///     "<link rel=alternate type=application/atom+xml title=News href=https://a.example/f><p>Tea.");
    /// assert_eq!(page.metadata().feeds()[0].title(), "News");
    /// ```
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// How many tags and feeds are told: more are a list of all that the site has.
const MAX_TAGS: usize = 40;
const MAX_FEEDS: usize = 20;
/// Longer tags are sentences.
const MAX_TAG: usize = 80;

impl Metadata {
    /// The values that are read here; the others are empty.
    pub(super) fn about(
        document: &Document<'_>,
        all: &Gathered<'_>,
        things: &[Thing],
        main: Option<&Thing>,
        props: &Props,
        base: &BaseUrl,
    ) -> Self {
        let linked = |field: fn(&Thing) -> &String| {
            let about = |thing: &&Thing| {
                !thing.part
                    && !matches!(
                        thing.family,
                        Family::Site | Family::Organization | Family::Person | Family::Breadcrumbs
                    )
            };
            let values = main.into_iter().chain(things.iter().filter(about)).map(field);
            let value = values.into_iter().find(|value| !value.is_empty());
            value.map(|value| Sourced::new(value.clone(), Source::JsonLd))
        };
        let meta = |keys: &[&str]| {
            all.meta(keys).map(|(value, at)| Sourced::new(value, Source::of_key(keys[at])))
        };
        let link = |rel: &str| all.links.iter().find(|link| has_rel(link, rel));
        let of_link = |link: &LinkTag<'_>| Sourced::new(link.href.to_string(), Source::Link);
        let absolute = |address: Sourced<String>| {
            let resolved = base.resolve(address.value());
            let relative = || base.host().is_none().then(|| clean(address.value()));
            resolved.or_else(relative).map(|url| Sourced::new(url, address.source()))
        };
        let declared = all.language.map(|lang| Sourced::new(clean(lang), Source::Attribute));
        let locale = || meta(&["og:locale", "content-language", "dc.language", "language"]);
        Self {
            description: meta(&["description", "og:description"])
                .or_else(|| linked(|thing| &thing.description))
                .or_else(|| meta(&["twitter:description", "dc.description"])),
            language: declared
                .and_then(tag_of_language)
                .or_else(|| locale().and_then(tag_of_language))
                .or_else(|| linked(|thing| &thing.language).and_then(tag_of_language)),
            canonical_url: link("canonical")
                .map(of_link)
                .or_else(|| meta(&["og:url"]))
                .and_then(absolute),
            image: meta(&["og:image", "og:image:url", "og:image:secure_url"])
                .or_else(|| linked(|thing| &thing.image))
                .or_else(|| meta(&["twitter:image", "twitter:image:src"]))
                .or_else(|| props.image.clone())
                .or_else(|| link("image_src").map(of_link))
                .and_then(absolute),
            favicon: favicon(&all.links).map(of_link).and_then(absolute),
            section: meta(&["article:section"])
                .or_else(|| linked(|thing| &thing.section))
                .or_else(|| props.section.clone())
                .or_else(|| meta(&["parsely-section", "section"])),
            tags: tags(document, all, main),
            licence: link("license")
                .map(of_link)
                .or_else(|| {
                    let href = all.rel_licenses.first()?;
                    Some(Sourced::new(href.to_string(), Source::Link))
                })
                .and_then(absolute)
                .or_else(|| linked(|thing| &thing.licence))
                .or_else(|| meta(&["dcterms.license", "dc.rights"])),
            paywalled: paywalled(all, things, main),
            feeds: feeds(&all.links, base),
            ..Self::default()
        }
    }
}

fn has_rel(link: &LinkTag<'_>, rel: &str) -> bool {
    link.rel.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(rel))
}

/// A language tag as BCP 47 has it, without the encoding that old systems append.
fn tag_of_language(declared: Sourced<String>) -> Option<Sourced<String>> {
    let first = declared.value().split([',', ';', '.', ' ']).next().unwrap_or_default();
    let tag = first.trim().replace('_', "-");
    let language = tag.split('-').next().unwrap_or_default();
    let valid = (2..=3).contains(&language.len())
        && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    valid.then(|| Sourced::new(tag, declared.source()))
}

/// The largest of the icons; those for home screens only if there is no other.
fn favicon<'l, 'd>(links: &'l [LinkTag<'d>]) -> Option<&'l LinkTag<'d>> {
    let size = |link: &LinkTag<'_>| {
        let width = link.sizes.split(['x', 'X']).next().unwrap_or_default();
        width.trim().parse::<u32>().unwrap_or(0)
    };
    let largest = |rel: &str| {
        let icons = links.iter().filter(|link| has_rel(link, rel));
        icons.reduce(|a, b| if size(b) > size(a) { b } else { a })
    };
    largest("icon").or_else(|| largest("apple-touch-icon"))
}

fn tags(document: &Document<'_>, all: &Gathered<'_>, main: Option<&Thing>) -> Vec<Sourced<String>> {
    let own: Vec<String> = all.all_metas("article:tag").collect();
    let listed = |key: &str| -> Vec<String> {
        let lists: Vec<String> = all.all_metas(key).collect();
        lists.iter().flat_map(|list| list.split([',', ';', '，', '、'])).map(clean).collect()
    };
    let linked = || all.rel_tags.iter().map(|node| text_of(document, *node, 200)).collect();
    let sources: [(Source, &dyn Fn() -> Vec<String>); 6] = [
        (Source::OpenGraph, &|| own.clone()),
        (Source::JsonLd, &|| main.map(|thing| thing.keywords.clone()).unwrap_or_default()),
        (Source::Parsely, &|| listed("parsely-tags")),
        (Source::Link, &linked),
        (Source::Meta, &|| listed("news_keywords")),
        (Source::Meta, &|| listed("keywords")),
    ];
    for (source, read) in sources {
        let mut tags: Vec<Sourced<String>> = Vec::new();
        for tag in read() {
            let known = tags.iter().any(|known| known.value().eq_ignore_ascii_case(&tag));
            if !tag.is_empty() && tag.len() <= MAX_TAG && !known && tags.len() < MAX_TAGS {
                tags.push(Sourced::new(tag, source));
            }
        }
        if !tags.is_empty() {
            return tags;
        }
    }
    Vec::new()
}

/// Whether the whole text is for subscribers (schema.org's `isAccessibleForFree`, Facebook's
/// `article:content_tier`).
fn paywalled(all: &Gathered<'_>, things: &[Thing], main: Option<&Thing>) -> Option<Sourced<bool>> {
    let mut free = main.into_iter().chain(things.iter().filter(|thing| !thing.part));
    if let Some(free) = free.find_map(|thing| thing.free) {
        return Some(Sourced::new(!free, Source::JsonLd));
    }
    let (tier, _) = all.meta(&["article:content_tier"])?;
    match tier.to_ascii_lowercase().as_str() {
        "free" => Some(Sourced::new(false, Source::OpenGraph)),
        "locked" | "metered" => Some(Sourced::new(true, Source::OpenGraph)),
        _ => None,
    }
}

fn feeds(links: &[LinkTag<'_>], base: &BaseUrl) -> Vec<Feed> {
    const KINDS: [&str; 3] =
        ["application/rss+xml", "application/atom+xml", "application/feed+json"];
    let is_feed = |link: &&LinkTag<'_>| {
        has_rel(link, "alternate") && KINDS.iter().any(|kind| link.kind.eq_ignore_ascii_case(kind))
    };
    let feed = |link: &LinkTag<'_>| {
        let relative = || base.host().is_none().then(|| clean(link.href));
        let url = base.resolve(link.href).or_else(relative)?;
        Some(Feed { url, title: clean(link.title) })
    };
    links.iter().filter(is_feed).filter_map(feed).take(MAX_FEEDS).collect()
}

/// All of them at once:
///
/// ```
/// let page = dehusk::Extractor::new().with_url("https://tea.example/green/how?from=rss").extract(
///     r#"<html lang="en-GB"><title>Green tea</title>
///     <meta name="description" content="How it is made.">
///     <link rel="canonical" href="/green/how"><link rel="icon" href="/tea.png">
///     <meta property="og:image" content="/leaf.jpg">
///     <meta property="article:section" content="Making"><meta name="keywords" content="tea, leaves">
///     <meta property="article:content_tier" content="metered">
///     <article><h1>Green tea</h1><p>It is made from leaves that did not wither.</p>
///     <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a></article>"#,
/// )?;
/// let about = page.metadata();
/// let value = |value: Option<&dehusk::metadata::Sourced<String>>| value.unwrap().value().clone();
/// assert_eq!(value(about.description()), "How it is made.");
/// assert_eq!(value(about.language()), "en-GB");
/// assert_eq!(value(about.canonical_url()), "https://tea.example/green/how");
/// assert_eq!(value(about.image()), "https://tea.example/leaf.jpg");
/// assert_eq!(value(about.favicon()), "https://tea.example/tea.png");
/// assert_eq!(value(about.section()), "Making");
/// assert_eq!(about.tags()[1].value(), "leaves");
/// assert_eq!(value(about.licence()), "https://creativecommons.org/licenses/by/4.0/");
/// assert_eq!(about.paywalled().map(|paywalled| *paywalled.value()), Some(true));
/// # Ok::<(), dehusk::Error>(())
/// ```
impl Metadata {
    /// What the page says it is about, in a sentence or two.
    ///
    /// ```
    /// let page = dehusk::extract("<meta name=description content='How it is made.'><p>Tea.");
    /// assert_eq!(page.metadata().description().unwrap().value(), "How it is made.");
    /// ```
    pub fn description(&self) -> Option<&Sourced<String>> {
        self.description.as_ref()
    }

    /// The language that the page declares, as a BCP 47 tag such as `pt-BR`.
    ///
    /// ```
    /// let page = dehusk::extract("<html lang=pt-BR><p>Chá.");
    /// assert_eq!(page.metadata().language().unwrap().value(), "pt-BR");
    /// ```
    pub fn language(&self) -> Option<&Sourced<String>> {
        self.language.as_ref()
    }

    /// The address that the page wants to be known by; absolute where it can be.
    ///
    /// ```
    /// let page = dehusk::extract("<link rel=canonical href=https://tea.example/green><p>Tea.");
    /// assert_eq!(page.metadata().canonical_url().unwrap().value(), "https://tea.example/green");
    /// ```
    pub fn canonical_url(&self) -> Option<&Sourced<String>> {
        self.canonical_url.as_ref()
    }

    /// The address of the image that stands for the page.
    ///
    /// ```
    /// let page = dehusk::extract("<meta property=og:image content=https://tea.example/leaf.jpg><p>Tea.");
    /// assert_eq!(page.metadata().image().unwrap().value(), "https://tea.example/leaf.jpg");
    /// ```
    pub fn image(&self) -> Option<&Sourced<String>> {
        self.image.as_ref()
    }

    /// The address of the site's icon, the largest if there are several.
    ///
    /// ```
    /// let page = dehusk::extract("<link rel=icon href=https://tea.example/icon.png><p>Tea.");
    /// assert_eq!(page.metadata().favicon().unwrap().value(), "https://tea.example/icon.png");
    /// ```
    pub fn favicon(&self) -> Option<&Sourced<String>> {
        self.favicon.as_ref()
    }

    /// The section of the site that the page belongs to.
    ///
    /// ```
    /// let page = dehusk::extract("<meta property=article:section content=Making><p>Tea.");
    /// assert_eq!(page.metadata().section().unwrap().value(), "Making");
    /// ```
    pub fn section(&self) -> Option<&Sourced<String>> {
        self.section.as_ref()
    }

    /// The page's tags or keywords, from one source, at most 40.
    ///
    /// ```
    /// let page = dehusk::extract("<meta name=keywords content='tea, leaves'><p>Tea.");
    /// let tags: Vec<&String> = page.metadata().tags().iter().map(|tag| tag.value()).collect();
    /// assert_eq!(tags, ["tea", "leaves"]);
    /// ```
    pub fn tags(&self) -> &[Sourced<String>] {
        &self.tags
    }

    /// The licence: its address as a rule.
    ///
    /// ```
    /// let page = dehusk::extract("<p>Tea. <a rel=license href=https://licence.example/by>Free to use</a>");
    /// assert_eq!(page.metadata().licence().unwrap().value(), "https://licence.example/by");
    /// ```
    pub fn licence(&self) -> Option<&Sourced<String>> {
        self.licence.as_ref()
    }

    /// Whether the whole text is for subscribers; `None` where the page does not say.
    ///
    /// ```
    /// let page = dehusk::extract("<meta property=article:content_tier content=locked><p>Tea.");
    /// assert!(page.metadata().paywalled().unwrap().value());
    /// assert!(dehusk::extract("<p>Tea.").metadata().paywalled().is_none());
    /// ```
    pub fn paywalled(&self) -> Option<&Sourced<bool>> {
        self.paywalled.as_ref()
    }

    /// The feeds that the page links to, at most 20.
    ///
    /// ```
    /// let page = dehusk::extract("<link rel=alternate type=application/rss+xml href=https://tea.example/rss><p>Tea.");
    /// assert_eq!(page.metadata().feeds().len(), 1);
    /// ```
    pub fn feeds(&self) -> &[Feed] {
        &self.feeds
    }

    /// The likeliest type of the page and its probability, 0 to 1: a soft guess.
    ///
    /// ```
    /// use dehusk::metadata::PageType;
    /// let page = dehusk::extract(r#"<meta property="og:type" content="article">
    ///     <meta name="author" content="Ada Brook"><title>Tea</title><article><h1>Tea</h1>
    ///     <time datetime="2024-05-01">1 May</time><p>It is made from leaves.</article>"#);
    /// let (kind, probability) = page.metadata().page_type();
    /// assert!(kind == PageType::Article && probability > 0.5);
    /// ```
    pub fn page_type(&self) -> (PageType, f32) {
        (self.page_type.value, self.page_type.probability)
    }
}
