//! What a page says about itself: title, authors, dates and the rest, each with its source.

mod authors;
mod dates;
mod gather;
mod json;
mod linked;
mod page_type;
mod people;
mod props;
mod published;
mod scan;
mod source;
mod text;
mod title;
mod zone;

pub use dates::PageDate;
pub use page_type::PageType;
pub use source::{Source, Sourced};

use crate::BaseUrl;
use crate::dom::Document;
use dates::{Order, Window};
use gather::Gathered;
use linked::{Family, Thing};
use props::Props;

/// What the caller knows beyond the document.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Hints<'a> {
    main_text: Option<&'a str>,
    today: Option<&'a str>,
}

impl<'a> Hints<'a> {
    /// No hints.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the page's main text.
    #[must_use]
    pub fn with_main_text(mut self, text: &'a str) -> Self {
        self.main_text = Some(text);
        self
    }

    /// Sets the day after which dates are in the future, `YYYY-MM-DD`.
    #[must_use]
    pub fn with_today(mut self, day: &'a str) -> Self {
        self.today = Some(day);
        self
    }
}

/// What a page says about itself.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    title: Option<Sourced<String>>,
    authors: Vec<Sourced<String>>,
    byline: Option<Sourced<String>>,
    published: Option<Sourced<PageDate>>,
    modified: Option<Sourced<PageDate>>,
    site_name: Option<Sourced<String>>,
}

impl Metadata {
    /// Reads the metadata of a document.
    pub fn read(document: &Document<'_>, url: Option<&str>, hints: &Hints<'_>) -> Self {
        let all = Gathered::of(document);
        let base = BaseUrl::new(url, all.base_href);
        let things = linked::things(all.scripts.iter().map(|script| &**script));
        let site_name = site_name(&all, &things);
        let sites = sites(&base, site_name.as_ref(), &things, &all);
        let props = Props::of(document, &all);
        let main = main_thing(&things, &all);
        let page = things
            .iter()
            .find(|thing| !thing.part && matches!(thing.family, Family::Page | Family::Collection));
        let title = title::title(&all, &things, main, &sites);
        let place = title
            .heading
            .or(props.headline.as_ref().map(|(node, _)| *node))
            .or(all.subheadings.first().copied());
        let lines = place.map(|node| zone::around(document, node)).unwrap_or_default();
        let cues = page_type::cues(&all, &things, &base, &all.types);
        if std::env::var("CUES").is_ok() {
            eprintln!(
                "CUES {}",
                cues.iter().map(|c| if *c { '1' } else { '0' }).collect::<String>()
            );
        }
        let shares = page_type::shares(&cues);
        let th: f32 = std::env::var("TH").ok().and_then(|t| t.parse().ok()).unwrap_or(0.35);
        let th2: f32 = std::env::var("TH2").ok().and_then(|t| t.parse().ok()).unwrap_or(0.1);
        let is_thread = shares[1] > 0.5;
        let is_story = shares[0] + shares[1] > th;
        if std::env::var("PT").is_ok() {
            eprintln!("PT {shares:?}");
        }
        let declared = authors::declared(&all, main, &props);
        let scan = scan::scan(document, is_thread);
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
            may_be_story: shares[0] + shares[1] > th2,
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
        }
    }

    /// The title.
    pub fn title(&self) -> Option<&Sourced<String>> {
        self.title.as_ref()
    }

    /// The names of the authors.
    pub fn authors(&self) -> &[Sourced<String>] {
        &self.authors
    }

    /// The byline as written.
    pub fn byline(&self) -> Option<&Sourced<String>> {
        self.byline.as_ref()
    }

    /// When the page was published.
    pub fn published(&self) -> Option<&Sourced<PageDate>> {
        self.published.as_ref()
    }

    /// When the page was last changed.
    pub fn modified(&self) -> Option<&Sourced<PageDate>> {
        self.modified.as_ref()
    }

    /// The name of the site.
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

/// All names that the site may go by, as keys.
fn sites(
    base: &BaseUrl,
    name: Option<&Sourced<String>>,
    things: &[Thing],
    all: &Gathered<'_>,
) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let key = text::key(name);
        if key.len() > 1 && !out.contains(&key) {
            out.push(key);
        }
    };
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
        "author",
        "copyright",
    ] {
        if key == "author" {
            continue;
        }
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
    out
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
