//! When the page was published and last changed.

use super::cue::cue;
use super::dates::{Order, PageDate, Stamp, Window, dates_in, first_date, has_digit};
use super::gather::Gathered;
use super::linked::Thing;
use super::phrases::Phrases;
use super::props::Props;
use super::scan::{LazyScan, MAX_LABEL, has_label, is_labelled};
use super::source::{Source, Sourced};
use super::text::{is_short, name_words, text_of};
use super::zone::Line;
use crate::dom::{Attr, Document, NodeId, Tag};
use memchr::memmem;

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
    pub scan: &'a LazyScan<'a, 'a>,
    /// Whether the page looks like one text by somebody, not a list or a shop.
    pub is_story: bool,
    pub is_thread: bool,
    pub may_be_story: bool,
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
    let prop = |found: &Option<Sourced<String>>| {
        let found = found.as_ref()?;
        inputs.take(found.value(), found.source())
    };
    let linked =
        |thing: Option<&Thing>, of: fn(&Thing) -> &String| inputs.take(of(thing?), Source::JsonLd);
    let (near, near_modified) = near(inputs);
    let linked_modified = linked(inputs.main, |thing| &thing.modified);
    let modified = linked_modified
        .clone()
        .or_else(|| metas(&MODIFIED))
        .or_else(|| prop(&inputs.props.modified))
        .or_else(|| linked(inputs.page, |thing| &thing.modified))
        .or_else(|| near_modified.clone());
    let sources: [&dyn Fn() -> Option<Sourced<PageDate>>; 4] = [
        &|| linked(inputs.main, |thing| &thing.published),
        &|| metas(&PUBLISHED),
        &|| prop(&inputs.props.published),
        &|| linked(inputs.main, |thing| &thing.created),
    ];
    let declared = sources.iter().enumerate().find_map(|(index, read)| Some((index, read()?)));
    let published = declared
        .map(|(index, first)| {
            let shown = near.clone().or_else(|| lone_time(inputs, true));
            let date = shown_first(
                first,
                shown.as_ref().filter(|_| inputs.may_be_story && !inputs.is_thread),
            );
            local(date, || {
                let declared = sources[index + 1..].iter().filter_map(|read| read());
                declared.chain(near.clone()).chain(url_date(inputs)).collect()
            })
        })
        .or_else(|| if inputs.is_thread { scanned(inputs) } else { None })
        .or_else(|| url_date(inputs))
        .or(near.filter(|_| inputs.may_be_story))
        .or_else(|| lone_time(inputs, false).filter(|_| inputs.may_be_story))
        .or_else(|| named_date(inputs))
        .or_else(|| linked(inputs.page, |thing| &thing.published).filter(|_| inputs.is_story))
        .or_else(|| if inputs.may_be_story { scanned(inputs) } else { None })
        .or(near_modified.filter(|_| inputs.may_be_story))
        .or_else(|| modified.clone().filter(|_| inputs.is_story));
    let published = published.map(|date| checked(inputs, date));
    Dates { published, modified }
}

/// A day and a month in numbers that could be read either way, read as the page writes the day
/// elsewhere.
fn checked(inputs: &Inputs<'_, '_>, date: Sourced<PageDate>) -> Sourced<PageDate> {
    let read = |order| first_date(date.value().written(), order);
    let (Some(one), Some(other)) = (read(inputs.order), read(inputs.order.other())) else {
        return date;
    };
    if one.date == other.date || !inputs.window.has(other.date) {
        return date;
    }
    let source = inputs.document.source().as_bytes();
    let told = |stamp: &Stamp| {
        let day = stamp.date;
        ["%Y-%m-%d", "%-d %B %Y", "%B %-d, %Y"]
            .iter()
            .any(|form| memmem::find(source, day.strftime(form).to_string().as_bytes()).is_some())
    };
    if told(&other) && !told(&one) {
        return Sourced::new(other.page_date(date.value().written()), date.source());
    }
    date
}

/// A day shown beside the title that is earlier than the declared one goes before it: systems set
/// the declared day anew when a page moves or changes, but nobody shows an earlier day than the
/// first. So does a neighbouring day: it is the same moment in the page's own time zone.
fn shown_first(declared: Sourced<PageDate>, near: Option<&Sourced<PageDate>>) -> Sourced<PageDate> {
    let Some(near) = near else { return declared };
    let day = |date: &Sourced<PageDate>| super::dates::day(date.value().day());
    match (day(near), day(&declared)) {
        // Day and month were read the wrong way round.
        (Some(shown), Some(other))
            if (shown.year(), shown.day(), shown.month())
                == (other.year(), other.month(), other.day()) =>
        {
            declared
        }
        (Some(shown), Some(other))
            if shown < other || other.tomorrow().is_ok_and(|next| next == shown) =>
        {
            near.clone()
        }
        _ => declared,
    }
}

/// A moment given in UTC may lie on another day where the page is at home: a source that tells
/// the neighbouring day in the page's own time goes before it.
fn local(
    first: Sourced<PageDate>,
    others: impl FnOnce() -> Vec<Sourced<PageDate>>,
) -> Sourced<PageDate> {
    if !first.value().iso().ends_with('Z') {
        return first;
    }
    let Some(day) = super::dates::day(first.value().day()) else { return first };
    let neighbours = [day.yesterday(), day.tomorrow()];
    let near = |other: &&Sourced<PageDate>| {
        !other.value().iso().ends_with('Z')
            && neighbours.iter().flatten().any(|day| day.to_string() == other.value().day())
    };
    others().iter().find(near).cloned().unwrap_or(first)
}

/// A `<meta>` of a name that is in no vocabulary, but speaks of a date, and not of a change.
fn named_date(inputs: &Inputs<'_, '_>) -> Option<Sourced<PageDate>> {
    inputs.all.metas.iter().find_map(|(key, value)| {
        let has = |words: &[&str]| name_words(key).any(|word| words.contains(&word));
        let named = has(&["date", "published", "pubdate", "publish", "issued", "created"]);
        let other = has(&[
            "modified",
            "updated",
            "update",
            "expires",
            "expire",
            "expiration",
            "event",
            "valid",
            "start",
            "end",
            "revised",
            "review",
            "reviewed",
            "last",
            "birth",
            "build",
            "release",
        ]);
        if !named || other || value.len() > 60 { None } else { inputs.take(value, Source::Meta) }
    })
}

/// The first date that the second look at the body found, unless they are many: then the page is
/// a list.
fn scanned(inputs: &Inputs<'_, '_>) -> Option<Sourced<PageDate>> {
    let mut found: Vec<(Sourced<PageDate>, bool, bool)> = Vec::new();
    for (text, modified) in &inputs.scan.get().dates {
        let dates = dates_in(text, inputs.order);
        let Some(first) = dates.first().filter(|first| inputs.window.has(first.stamp.date)) else {
            continue;
        };
        let before = &text[..first.start];
        if before.contains('©') || is_other_day(before) {
            continue;
        }
        let date = first.stamp.page_date(&text[first.start..first.end]);
        let labelled = is_labelled(before);
        found.push((Sourced::new(date, Source::Markup), *modified || is_update(before), labelled));
    }
    let mut days: Vec<&str> = found.iter().map(|(date, _, _)| date.value().day()).collect();
    days.sort_unstable();
    days.dedup();
    if days.len() > 2 && !inputs.is_thread {
        return None;
    }
    let labelled = |date: &(Sourced<PageDate>, bool, bool)| date.2 && !date.1;
    if !inputs.is_story && !inputs.is_thread {
        return found.into_iter().find(labelled).map(|(date, _, _)| date);
    }
    let first = found
        .iter()
        .position(labelled)
        .filter(|_| !inputs.is_thread)
        .or_else(|| found.iter().position(|(_, modified, _)| !modified))
        .unwrap_or(0);
    found.into_iter().nth(first).map(|(date, _, _)| date)
}

/// A longer line is prose.
const MAX_DATE_LINE: usize = 200;

/// The dates in the lines near the title: published, and modified.
fn near(inputs: &Inputs<'_, '_>) -> (Option<Sourced<PageDate>>, Option<Sourced<PageDate>>) {
    let (mut published, mut modified) = (None, None);
    let may_date = |line: &Line| {
        let dated = line.datetime.is_some() || has_digit(&line.text);
        !line.cue.foreign && is_short(&line.text, MAX_DATE_LINE) && dated
    };
    // `Member since` on a line of its own speaks of the next one.
    let is_of_other = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| inputs.lines.get(at));
        before.is_some_and(|line| line.text.len() <= MAX_LABEL && is_other_day(&line.text))
    };
    let dated = inputs.lines.iter().enumerate().filter(|(_, line)| may_date(line));
    let mut lines: Vec<&Line> =
        dated.filter(|(at, _)| !is_of_other(*at)).map(|(_, line)| line).collect();
    lines.sort_by_cached_key(|line| (!has_label(&line.text), line.distance.abs()));
    for line in lines {
        let mut start = 0;
        // What is shown goes before the machine form, which templates may leave stale.
        let shown = dates_in(&line.text, inputs.order);
        let agrees =
            |stamp: &Stamp| shown.first().is_none_or(|shown| shown.stamp.date == stamp.date);
        let machine = line.datetime.as_deref().and_then(|text| inputs.stamp(text));
        if is_other_day(&line.text) && line.datetime.is_some() {
            continue;
        }
        if let Some(stamp) = machine.filter(agrees) {
            let written = if line.text.is_empty() {
                line.datetime.as_deref().unwrap_or_default()
            } else {
                &line.text
            };
            let source = if line.cue.format { Source::HCard } else { Source::Time };
            let value = Sourced::new(stamp.page_date(written), source);
            let slot = if is_update(&line.text) || line.cue.modified {
                &mut modified
            } else {
                &mut published
            };
            slot.get_or_insert(value);
            continue;
        }
        for found in shown {
            let before = &line.text[start..found.start];
            start = found.end;
            if !inputs.window.has(found.stamp.date) || before.contains('©') || is_other_day(before)
            {
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
                if line.cue.format { Source::HCard } else { Source::Byline },
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

/// Whether the words before a date say that it is the day on which somebody joined a forum or
/// answered last, or on which a paper was handed in.
fn is_other_day(before: &str) -> bool {
    static WORDS: Phrases = Phrases::new(&[
        "submitted",
        "received",
        "accepted",
        "founded",
        "last post",
        "last reply",
        "last activity",
        "join",
        "registered",
        "member since",
        "registriert",
        "inscri",
        "регистрация",
        "注册",
        "last visit",
    ]);
    WORDS.is_in(&before.to_lowercase())
}

/// Whether the words before a date say that it is the day of a change.
fn is_update(before: &str) -> bool {
    static WORDS: Phrases = Phrases::new(&[
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
    ]);
    WORDS.is_in(&before.to_lowercase())
}

/// The only day that the page's `<time>` elements outside of comments and cards name.
/// `named` asks that the element or the one around it be named after a date.
fn lone_time(inputs: &Inputs<'_, '_>, named: bool) -> Option<Sourced<PageDate>> {
    let mut found: Option<Sourced<PageDate>> = None;
    for node in &inputs.all.times {
        let document = inputs.document;
        let parent = document.parent(*node).map(|parent| cue(document, parent));
        if named && !cue(document, *node).date && !parent.is_some_and(|cue| cue.date)
            || is_foreign(document, *node)
        {
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
