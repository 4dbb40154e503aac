//! The authors: who wrote the page.

use super::gather::Gathered;
use super::linked::Thing;
use super::people::{byline, looks_like_name, names};
use super::props::Props;
use super::scan::LazyScan;
use super::source::{Source, Sourced};
use super::text::{is_short, key, text_of};
use super::title::Sites;
use super::zone::Line;
use crate::dom::Document;

/// What one source says.
#[derive(Debug)]
pub(super) struct Claim {
    pub names: Vec<String>,
    pub source: Source,
    /// The byline as written, where the source is one.
    pub line: Option<String>,
}

pub(super) struct Authors {
    pub names: Vec<Sourced<String>>,
    pub byline: Option<Sourced<String>>,
}

/// What the head, the scripts and the properties say, in the order of trust.
pub(super) fn declared(all: &Gathered<'_>, main: Option<&Thing>, props: &Props) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut add = |names: Vec<String>, source: Source| {
        if !names.is_empty() {
            claims.push(Claim { names, source, line: None });
        }
    };
    if let Some(thing) = main {
        add(thing.authors.iter().flat_map(|name| names(name)).collect(), Source::JsonLd);
    }
    let citation = all.all_metas("citation_author").map(|name| given_first(&name)).collect();
    add(citation, Source::Citation);
    for key in KEYS {
        add(all.all_metas(key).flat_map(|value| names(&value)).collect(), Source::of_key(key));
    }
    add(labelled(all), Source::Twitter);
    // Many names in many items are those of a list.
    if let (Some(first), true) = (props.authors.first(), props.authors.len() <= 4) {
        let names = props.authors.iter().flat_map(|name| names(name.value())).collect();
        add(names, first.source());
    }
    claims
}

/// Keys of `<meta>` that name the author, best first.
const KEYS: [&str; 18] = [
    "parsely-author",
    "sailthru.author",
    "author",
    "article:author",
    "dc.creator",
    "dc.creator.author",
    "dcterms.creator",
    "dc:creator",
    "article:author_name",
    "og:article:author",
    "og:author",
    "byl",
    "authors",
    "cxenseparse:author",
    "creator",
    "article.author",
    "author_name",
    "article:contributor",
];

/// Chooses between what is declared and what is seen.
pub(super) fn authors(
    document: &Document<'_>,
    all: &Gathered<'_>,
    mut claims: Vec<Claim>,
    lines: &[Line],
    scan: &LazyScan<'_, '_>,
    sites: &Sites,
    is_story: bool,
) -> Authors {
    if is_story {
        claims.extend(near(lines, is_story));
    }
    let mut rel: Vec<String> = Vec::new();
    for node in all.rel_authors.iter().take(8) {
        for name in names(&text_of(document, *node, 200)) {
            if !rel.contains(&name) && looks_like_name(&name) {
                rel.push(name);
            }
        }
    }
    if rel.len() <= 3 && !rel.is_empty() {
        claims.push(Claim { names: rel, source: Source::RelAuthor, line: None });
    }
    let is_site = |claim: &Claim| claim.names.iter().all(|name| sites.has(&key(name)));
    // Where a person is named, a line far from the title would go unheard.
    if is_story
        && claims.iter().all(is_site)
        && let Some((names, line)) = scan.get().authors.first()
    {
        claims.push(Claim {
            names: names.clone(),
            source: Source::Markup,
            line: Some(line.clone()),
        });
    }
    // The site's own name stands last, and only for pages that somebody wrote.
    claims.sort_by_key(is_site);
    claims.retain(|claim| is_story || !is_site(claim));
    let line = claims.iter().find_map(|claim| claim.line.clone());
    if claims.is_empty() {
        return Authors { names: Vec::new(), byline: None };
    }
    let claim = claims.swap_remove(0);
    let source = claim.source;
    let byline = match line {
        Some(line) => Sourced::new(line, Source::Byline),
        None => Sourced::new(claim.names.join(", "), source),
    };
    let mut out: Vec<Sourced<String>> = Vec::new();
    for name in claim.names {
        if !out.iter().any(|known| key(known.value()) == key(&name)) {
            out.push(Sourced::new(name, source));
        }
    }
    Authors { names: out, byline: Some(byline) }
}

/// `Lee, Ann` to `Ann Lee`.
fn given_first(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.contains(',') => {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => name.to_string(),
    }
}

/// Twitter's free labels: `twitter:label1` says what `twitter:data1` holds.
fn labelled(all: &Gathered<'_>) -> Vec<String> {
    for (label, data) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")]
    {
        let (Some((label, _)), Some((data, _))) = (all.meta(&[label]), all.meta(&[data])) else {
            continue;
        };
        let label = key(&label);
        if matches!(
            label.as_str(),
            "written by"
                | "by"
                | "author"
                | "posted by"
                | "verfasst von"
                | "geschrieben von"
                | "écrit par"
                | "escrito por"
                | "scritto da"
                | "geschreven door"
                | "написано"
                | "автор"
                | "written"
        ) {
            return names(&data);
        }
    }
    Vec::new()
}

/// A longer line is prose.
const MAX_BYLINE: usize = 160;

/// The author in the lines near the title.
fn near(lines: &[Line], is_story: bool) -> Option<Claim> {
    let mut best: Option<(i32, Claim)> = None;
    let mut led_lines = 0;
    for line in lines {
        if line.cue.foreign || !is_short(&line.text, MAX_BYLINE) {
            continue;
        }
        let led = byline(&line.text, false);
        let (names, points) = if !led.is_empty() {
            led_lines += 1;
            (led, 30)
        } else {
            let linked: Vec<String> =
                line.authors.iter().flat_map(|text| byline(text, true)).collect();
            if !linked.is_empty() {
                (linked, 20)
            } else if line.cue.author && is_story {
                (byline(&line.text, true), 10)
            } else {
                continue;
            }
        };
        if names.is_empty() {
            continue;
        }
        let points = points - line.distance.abs();
        if best.as_ref().is_none_or(|(known, _)| points > *known) {
            let source = if line.cue.format { Source::HCard } else { Source::Byline };
            let line = Some(line.text.clone());
            best = Some((points, Claim { names, source, line }));
        }
    }
    // A byline every few lines is a list of stories.
    if led_lines > 3 && !is_story {
        return None;
    }
    best.map(|(_, claim)| claim)
}
