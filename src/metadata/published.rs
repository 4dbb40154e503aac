//! When the page was published and last changed.

use super::dates::{Order, PageDate, Stamp, Window, dates_in, first_date};
use super::gather::Gathered;
use super::linked::Thing;
use super::props::Props;
use super::source::{Source, Sourced};
use super::text::text_of;
use super::zone::{Line, cue};
use crate::dom::{Attr, Document, NodeId, Tag};

#[derive(Default)]
pub(super) struct Dates {
    pub published: Option<Sourced<PageDate>>,
    pub modified: Option<Sourced<PageDate>>,
}

/// Keys of `<meta>` that hold the day of publication, best first.
const PUBLISHED: [&str; 40] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "article:post_date",
    "datepublished",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.published",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "dc.terms.created",
    "dc:created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "published_time",
    "published-date",
    "published_date",
    "publisheddate",
    "date_published",
    "article.published",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "displaydate",
    "article_date_original",
    "rnews:datepublished",
    "bt:pubdate",
    "article:publish_date",
    "date",
];

const MODIFIED: [&str; 16] = [
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "og:modified_time",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "dc.modified",
    "last-modified",
    "lastmod",
    "modified_time",
    "article.updated",
    "modified",
    "updated_time",
    "revised",
    "article:updated_time",
];

pub(super) struct Inputs<'a, 'd> {
    pub document: &'a Document<'d>,
    pub all: &'a Gathered<'a>,
    pub main: Option<&'a Thing>,
    pub page: Option<&'a Thing>,
    pub props: &'a Props,
    pub lines: &'a [Line],
    pub url: Option<&'a str>,
    pub window: Window,
    pub order: Order,
}

impl Inputs<'_, '_> {
    fn stamp(&self, text: &str) -> Option<Stamp> {
        first_date(text, self.order).filter(|stamp| self.window.has(stamp.date))
    }

    fn take(&self, text: &str, source: Source) -> Option<Sourced<PageDate>> {
        let stamp = self.stamp(text)?;
        Some(Sourced::new(stamp.page_date(text), source))
    }
}

pub(super) fn dates(inputs: &Inputs<'_, '_>) -> Dates {
    let metas = |keys: &[&str]| {
        keys.iter().find_map(|key| {
            inputs.all.all_metas(key).find_map(|value| inputs.take(&value, Source::of_key(key)))
        })
    };
    let prop = |found: &Option<(String, bool)>| {
        let (text, rdfa) = found.as_ref()?;
        inputs.take(text, if *rdfa { Source::Rdfa } else { Source::Microdata })
    };
    let (near, near_modified) = near(inputs);
    let modified = inputs
        .main
        .and_then(|thing| inputs.take(&thing.modified, Source::JsonLd))
        .or_else(|| metas(&MODIFIED))
        .or_else(|| prop(&inputs.props.modified))
        .or_else(|| inputs.page.and_then(|thing| inputs.take(&thing.modified, Source::JsonLd)))
        .or_else(|| near_modified.clone());
    let published = inputs
        .main
        .and_then(|thing| inputs.take(&thing.published, Source::JsonLd))
        .or_else(|| metas(&PUBLISHED))
        .or_else(|| prop(&inputs.props.published))
        .or_else(|| inputs.main.and_then(|thing| inputs.take(&thing.created, Source::JsonLd)))
        .or(near)
        .or_else(|| lone_time(inputs))
        .or_else(|| url_date(inputs))
        .or_else(|| inputs.page.and_then(|thing| inputs.take(&thing.published, Source::JsonLd)))
        .or(near_modified);
    Dates { published, modified }
}

/// The dates in the lines near the title: published, and modified.
fn near(inputs: &Inputs<'_, '_>) -> (Option<Sourced<PageDate>>, Option<Sourced<PageDate>>) {
    let (mut published, mut modified) = (None, None);
    let mut lines: Vec<&Line> = inputs.lines.iter().collect();
    lines.sort_by_key(|line| line.distance.abs());
    for line in lines {
        if line.cue.foreign || line.text.chars().count() > 200 {
            continue;
        }
        let mut start = 0;
        if let Some(stamp) = line.datetime.as_deref().and_then(|text| inputs.stamp(text)) {
            let written = if line.text.is_empty() {
                line.datetime.as_deref().unwrap_or_default()
            } else {
                &line.text
            };
            let value = Sourced::new(stamp.page_date(written), Source::Time);
            let slot = if is_update(&line.text) || line.cue.modified {
                &mut modified
            } else {
                &mut published
            };
            slot.get_or_insert(value);
            continue;
        }
        for found in dates_in(&line.text, inputs.order) {
            let before = &line.text[start..found.start];
            start = found.end;
            if !inputs.window.has(found.stamp.date) || before.contains('©') {
                continue;
            }
            // A date within a sentence belongs to the story.
            let words = before.split_whitespace().count()
                + line.text[found.end..].split_whitespace().count();
            if words > 14 && !line.cue.date {
                continue;
            }
            let value = Sourced::new(
                found.stamp.page_date(&line.text[found.start..found.end]),
                Source::Byline,
            );
            let slot = if is_update(before) || (line.cue.modified && !line.cue.date) {
                &mut modified
            } else {
                &mut published
            };
            slot.get_or_insert(value);
        }
    }
    (published, modified)
}

/// Whether the words before a date say that it is the day of a change.
fn is_update(before: &str) -> bool {
    const WORDS: [&str; 16] = [
        "update",
        "modified",
        "revised",
        "last edit",
        "edited",
        "aktualisiert",
        "geändert",
        "mis à jour",
        "modifié",
        "actualizado",
        "aggiornato",
        "atualizado",
        "bijgewerkt",
        "обновлено",
        "更新",
        "reviewed",
    ];
    let lower = before.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// The only day that the page's `<time>` elements outside of comments and cards name.
fn lone_time(inputs: &Inputs<'_, '_>) -> Option<Sourced<PageDate>> {
    let mut found: Option<Sourced<PageDate>> = None;
    for node in &inputs.all.times {
        if is_foreign(inputs.document, *node) {
            continue;
        }
        let text = text_of(inputs.document, *node, 200);
        let machine = inputs.document.attr(*node, Attr::Datetime).unwrap_or_default();
        let stamp = inputs.stamp(machine).or_else(|| inputs.stamp(&text));
        let Some(stamp) = stamp else { continue };
        let date = stamp.page_date(if text.is_empty() { machine } else { &text });
        match &found {
            None => found = Some(Sourced::new(date, Source::Time)),
            Some(known) if known.value().day() == date.day() => {}
            Some(_) => return None,
        }
    }
    found
}

fn is_foreign(document: &Document<'_>, node: NodeId) -> bool {
    document.ancestors(node).take(16).any(|above| {
        matches!(document.tag(above), Tag::Aside | Tag::Nav | Tag::Footer)
            || cue(document, above).foreign
    })
}

/// A whole date in the page's address.
fn url_date(inputs: &Inputs<'_, '_>) -> Option<Sourced<PageDate>> {
    let url = inputs.url?;
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = &path[path.find('/')?..];
    let path = path.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    for window in parts.windows(3) {
        let [year, month, day] = window else { continue };
        let digits = |text: &str, least: usize, most: usize| {
            (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        let day = day.split(['-', '_']).next().unwrap_or(day);
        let month_ok = digits(month, 1, 2) || super::dates::is_month(month);
        if digits(year, 4, 4) && month_ok && digits(day, 1, 2) {
            let written = format!("{year}-{month}-{day}");
            if let Some(date) = inputs.take(
                &written.replace('-', if digits(month, 1, 2) { "-" } else { " " }),
                Source::Url,
            ) {
                return Some(date);
            }
        }
    }
    dates_in(path, Order::DayFirst)
        .into_iter()
        .find(|found| path[found.start..].starts_with("20") && inputs.window.has(found.stamp.date))
        .map(|found| {
            Sourced::new(found.stamp.page_date(&path[found.start..found.end]), Source::Url)
        })
}
