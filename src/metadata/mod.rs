//! What a page says about itself: title, authors, dates and the rest, each with its source.

mod about;
mod authors;
mod cue;
mod dates;
mod gather;
mod linked;
mod page_type;
mod people;
mod phrases;
mod props;
mod published;
mod scan;
mod source;
mod text;
mod title;
mod word_table;
mod zone;

pub use about::Feed;
pub use dates::PageDate;
pub use page_type::PageType;
pub use source::{Source, Sourced};

use crate::BaseUrl;
use crate::dom::Document;
use dates::{Order, Window};
use gather::Gathered;
use linked::{Family, Thing};
use page_type::{Guess, Shares};
use props::Props;
use title::Sites;

/// What the caller knows beyond the document.
///
/// ```
/// use dehusk::{dom::Document, metadata::{Hints, Metadata}};
/// let document = Document::parse(r#"<meta name="date" content="2024-03-05">"#);
/// let read = |hints| Metadata::read(&document, None, &hints).published().is_some();
/// assert!(read(Hints::new()));
/// assert!(!read(Hints::new().with_today("2023-12-31")));
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Hints<'a> {
    today: Option<&'a str>,
}

impl<'a> Hints<'a> {
    /// No hints.
    ///
    /// ```
    /// use dehusk::{dom::Document, metadata::{Hints, Metadata}};
    /// let document = Document::parse("<title>Tea</title>");
    /// assert_eq!(Metadata::read(&document, None, &Hints::new()).title().unwrap().value(), "Tea");
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the day of reading, `YYYY-MM-DD`. Dates more than a day after it are refused; without
    /// it, the clock tells the day. A text that is no date counts as none.
    ///
    /// ```
    /// use dehusk::{dom::Document, metadata::{Hints, Metadata}};
    /// let document = Document::parse("<meta name=date content=2024-03-05>");
    /// let read = |hints| Metadata::read(&document, None, &hints).published().is_some();
    /// assert!(read(Hints::new()));
    /// assert!(!read(Hints::new().with_today("2023-12-31")));
    /// ```
    #[must_use]
    pub fn with_today(mut self, day: &'a str) -> Self {
        self.today = Some(day);
        self
    }
}

/// From this probability on a page is a thread; a landing page, list or collection, whose heading
/// names it less well than its head; a story, so that it has an author; and perhaps a
/// story, so that it has a date. Found on one half of the labelled sites.
const MIN_THREAD: f32 = 0.5;
const MIN_GATE: f32 = 0.5;
const MIN_STORY: f32 = 0.35;
const MAYBE_STORY: f32 = 0.1;
/// The types that are meant by a landing page, list or collection, and by a story.
const GATES: [PageType; 3] = [PageType::Service, PageType::Listing, PageType::Collection];
const STORIES: [PageType; 2] = [PageType::Article, PageType::Forum];

/// What a page says about itself, each value with the [`Source`] that it was read from.
///
/// ```
/// use dehusk::{dom::Document, metadata::{Hints, Metadata, Source}};
/// let html = r#"<meta property="og:site_name" content="The Lockkeeper">
///     <meta name="author" content="Ada Brook"><meta property="article:published_time"
///     content="2024-03-05"><meta property="article:modified_time" content="2024-03-07">
///     <title>Otters return - The Lockkeeper</title><h1>Otters return</h1>"#;
/// let metadata = Metadata::read(&Document::parse(html), None, &Hints::new());
/// assert_eq!(metadata.title().unwrap().value(), "Otters return");
/// assert_eq!(metadata.authors()[0].value(), "Ada Brook");
/// assert_eq!(metadata.authors()[0].source(), Source::Meta);
/// assert_eq!(metadata.byline().unwrap().value(), "Ada Brook");
/// assert_eq!(metadata.published().unwrap().value().day(), "2024-03-05");
/// assert_eq!(metadata.modified().unwrap().value().day(), "2024-03-07");
/// assert_eq!(metadata.site_name().unwrap().value(), "The Lockkeeper");
/// ```
#[derive(Debug, Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Metadata {
    title: Option<Sourced<String>>,
    authors: Vec<Sourced<String>>,
    byline: Option<Sourced<String>>,
    published: Option<Sourced<PageDate>>,
    modified: Option<Sourced<PageDate>>,
    site_name: Option<Sourced<String>>,
    description: Option<Sourced<String>>,
    language: Option<Sourced<String>>,
    canonical_url: Option<Sourced<String>>,
    image: Option<Sourced<String>>,
    favicon: Option<Sourced<String>>,
    section: Option<Sourced<String>>,
    tags: Vec<Sourced<String>>,
    licence: Option<Sourced<String>>,
    paywalled: Option<Sourced<bool>>,
    feeds: Vec<Feed>,
    page_type: Guess,
}

impl Metadata {
    /// Reads the metadata of a document. `url` is the page's address, which resolves relative ones
    /// and may hold a date; without it the page's own `canonical` or `og:url` serves.
    ///
    /// ```
    /// use dehusk::{dom::Document, metadata::{Hints, Metadata}};
    /// let document = Document::parse("<link rel=icon href=/icon.png><title>Tea</title>");
    /// let metadata = Metadata::read(&document, Some("https://tea.example/green"), &Hints::new());
    /// assert_eq!(metadata.favicon().unwrap().value(), "https://tea.example/icon.png");
    /// ```
    pub fn read(document: &Document<'_>, url: Option<&str>, hints: &Hints<'_>) -> Self {
        let all = Gathered::of(document);
        // A page that came without its address mostly knows it.
        let own = all.meta(&["og:url"]).map(|(own, _)| own);
        let canonical = all.links.iter().find(|link| link.rel.eq_ignore_ascii_case("canonical"));
        let own = canonical.map(|link| link.href.to_string()).or(own);
        let url = url.or(own.as_deref().filter(|own| own.starts_with("http")));
        let base = BaseUrl::new(url, all.base_href);
        let things = linked::things(all.scripts.iter().map(|script| &**script));
        let site_name = site_name(&all, &things);
        let sites = sites(&base, site_name.as_ref(), &things, &all);
        let props = Props::of(document, &all);
        let main = main_thing(&things, &all);
        let page = things
            .iter()
            .find(|thing| !thing.part && matches!(thing.family, Family::Page | Family::Collection));
        let cues = page_type::cues(&all, &things, &base, &all.types);
        let shares = Shares::of(&cues);
        let is_gate = shares.any(&GATES) > MIN_GATE;
        let title = title::title(document, &all, main, &sites, is_gate);
        let wanted = title.value.as_ref().map(|title| text::key(title.value()));
        let same = |node: &&crate::dom::NodeId| {
            Some(text::key(&text::text_of(document, **node, 300))) == wanted
        };
        let exact = title.value.as_ref().is_some_and(|title| title.source() == Source::Heading);
        let subheadings = if exact { &[] } else { &*all.subheadings };
        let named = subheadings.iter().find(same).copied();
        let place = named
            .or(title.heading)
            .or(props.headline)
            .or_else(|| title::like(document, subheadings, wanted.as_deref()?))
            .or(all.subheadings.first().copied());
        let lines = place.map(|node| zone::around(document, node)).unwrap_or_default();
        let is_thread = shares.any(&[PageType::Forum]) > MIN_THREAD;
        let is_story = shares.any(&STORIES) > MIN_STORY;
        let declared = authors::declared(&all, main, &props);
        let scan = scan::LazyScan::new(document, is_thread);
        let authors = authors::authors(document, &all, declared, &lines, &scan, &sites, is_story);
        let language = all.language.unwrap_or_default().to_ascii_lowercase();
        let order = order(&language, base.host());
        let inputs = published::Inputs {
            document,
            all: &all,
            main,
            page,
            props: &props,
            lines: &lines,
            url,
            scan: &scan,
            is_story,
            is_thread,
            may_be_story: shares.any(&STORIES) > MAYBE_STORY,
            window: Window::until(hints.today.and_then(dates::day)),
            order,
        };
        let dates = published::dates(&inputs);
        Self {
            title: title.value,
            authors: authors.names,
            byline: authors.byline,
            published: dates.published,
            modified: dates.modified,
            site_name,
            page_type: shares.likeliest(),
            ..Self::about(document, &all, &things, main, &props, &base)
        }
    }

    /// The title.
    ///
    /// ```
    /// let page = dehusk::extract("<title>Otters return - The Lockkeeper</title><h1>Otters return</h1><p>Two of them.");
    /// assert_eq!(page.metadata().title().unwrap().value(), "Otters return");
    /// ```
    pub fn title(&self) -> Option<&Sourced<String>> {
        self.title.as_ref()
    }

    /// The names of the authors.
    ///
    /// ```
    /// let page = dehusk::extract("<meta name=author content='Ada Brook'><h1>Otters</h1><p>Two of them.");
    /// assert_eq!(page.metadata().authors()[0].value(), "Ada Brook");
    /// ```
    pub fn authors(&self) -> &[Sourced<String>] {
        &self.authors
    }

    /// The byline as written.
    ///
    /// ```
    /// let page = dehusk::extract("<meta name=author content='Ada Brook'><h1>Otters</h1><p>Two of them.");
    /// assert_eq!(page.metadata().byline().unwrap().value(), "Ada Brook");
    /// ```
    pub fn byline(&self) -> Option<&Sourced<String>> {
        self.byline.as_ref()
    }

    /// When the page was published.
    ///
    /// ```
    /// let page = dehusk::extract("<meta property=article:published_time content=2024-03-05><p>Two otters.");
    /// assert_eq!(page.metadata().published().unwrap().value().day(), "2024-03-05");
    /// ```
    pub fn published(&self) -> Option<&Sourced<PageDate>> {
        self.published.as_ref()
    }

    /// When the page was last changed.
    ///
    /// ```
    /// let page = dehusk::extract("<meta property=article:modified_time content=2024-03-07><p>Two otters.");
    /// assert_eq!(page.metadata().modified().unwrap().value().day(), "2024-03-07");
    /// ```
    pub fn modified(&self) -> Option<&Sourced<PageDate>> {
        self.modified.as_ref()
    }

    /// The name of the site.
    ///
    /// ```
    /// let page = dehusk::extract("<meta property=og:site_name content='The Lockkeeper'><p>Two otters.");
    /// assert_eq!(page.metadata().site_name().unwrap().value(), "The Lockkeeper");
    /// ```
    pub fn site_name(&self) -> Option<&Sourced<String>> {
        self.site_name.as_ref()
    }
}

fn site_name(all: &Gathered<'_>, things: &[Thing]) -> Option<Sourced<String>> {
    const KEYS: [&str; 6] = [
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "al:ios:app_name",
        "dc.publisher",
        "citation_publisher",
    ];
    if let Some((name, index)) = all.meta(&KEYS[..1]) {
        return Some(Sourced::new(name, Source::of_key(KEYS[index])));
    }
    let site = things.iter().find(|thing| thing.family == Family::Site && !thing.name.is_empty());
    let publisher = || things.iter().find(|thing| !thing.publisher.is_empty());
    if let Some(name) =
        site.map(|thing| &thing.name).or_else(|| publisher().map(|thing| &thing.publisher))
    {
        return Some(Sourced::new(name.clone(), Source::JsonLd));
    }
    all.meta(&KEYS).map(|(name, index)| Sourced::new(name, Source::of_key(KEYS[index])))
}

/// All names that the site may go by.
fn sites(
    base: &BaseUrl,
    name: Option<&Sourced<String>>,
    things: &[Thing],
    all: &Gathered<'_>,
) -> Sites {
    let mut sites = Sites::default();
    let mut add = |name: &str| sites.add(name);
    if let Some(name) = name {
        add(name.value());
    }
    for thing in things {
        match thing.family {
            Family::Site | Family::Organization if !thing.part => add(&thing.name),
            _ => add(&thing.publisher),
        }
    }
    for key in [
        "application-name",
        "apple-mobile-web-app-title",
        "twitter:site",
        "dc.publisher",
        "copyright",
    ] {
        for value in all.all_metas(key) {
            add(value.trim_start_matches('@'));
        }
    }
    if let Some(host) = base.host() {
        let host = host.strip_prefix("www.").unwrap_or(host);
        add(host);
        let labels: Vec<&str> = host.split('.').collect();
        let count = labels.len();
        for label in labels.iter().take(count.saturating_sub(1)) {
            if label.len() > 3 || count == 2 {
                add(label);
            }
        }
    }
    sites
}

/// Americans write the month first; so do pages that only say that they are English, unless their
/// host is of another country.
fn order(language: &str, host: Option<&str>) -> Order {
    let country = host.and_then(|host| host.rsplit('.').next()).unwrap_or_default();
    let region = language.split(['-', '_']).nth(1).unwrap_or_default();
    let english = language.is_empty() || language.starts_with("en");
    let abroad =
        country.len() == 2 && !matches!(country, "us" | "io" | "ai" | "co" | "tv" | "me" | "ca");
    match (english, region) {
        (true, "us" | "ph") => Order::MonthFirst,
        (true, "") if !abroad => Order::MonthFirst,
        _ => Order::DayFirst,
    }
}

/// The thing that the page is about.
fn main_thing<'t>(things: &'t [Thing], all: &Gathered<'_>) -> Option<&'t Thing> {
    let titles: Vec<String> = all
        .headings
        .iter()
        .take(3)
        .map(|(_, text)| text::key(text))
        .chain(all.title.as_deref().map(text::key))
        .collect();
    let mut best: Option<(i32, &Thing)> = None;
    for thing in things {
        if thing.part {
            continue;
        }
        let rank = match thing.family {
            Family::Article => 8,
            Family::Technical | Family::Posting => 7,
            Family::Recipe | Family::Video => 5,
            _ => continue,
        };
        let name = text::key(if thing.headline.is_empty() { &thing.name } else { &thing.headline });
        let matches =
            titles.iter().any(|title| *title == name || title::overlap(title, &name) > 0.6);
        let points = rank
            + if matches { 10 } else { 0 }
            + i32::from(!thing.published.is_empty())
            + i32::from(!thing.authors.is_empty());
        if best.is_none_or(|(known, _)| points > known) {
            best = Some((points, thing));
        }
    }
    best.map(|(_, thing)| thing)
}
