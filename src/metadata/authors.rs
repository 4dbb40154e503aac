//! The authors: who wrote the page.

use super::gather::Gathered;
use super::linked::{Family, Thing};
use super::people::{byline, looks_like_name, names};
use super::props::Props;
use super::source::{Source, Sourced};
use super::text::{key, text_of};
use super::zone::Line;
use crate::dom::{Attr, Document};

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

/// Reads the sources in their order; the first that names somebody wins.
pub(super) fn authors(
    document: &Document<'_>,
    all: &Gathered<'_>,
    main: Option<&Thing>,
    props: &Props,
    lines: &[Line],
    sites: &[String],
) -> Authors {
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
    for name in [
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
    ] {
        add(all.all_metas(name).flat_map(|value| names(&value)).collect(), Source::of_key(name));
    }
    add(labelled(all), Source::Twitter);
    add(props.authors.iter().flat_map(|name| names(name)).collect(), Source::Microdata);
    let rel: Vec<String> =
        all.rel_authors.iter().take(6).map(|node| text_of(document, *node, 200)).collect();
    let near = near(lines);
    if let Some(claim) = near {
        claims.push(claim);
    }
    let mut rel_names: Vec<String> = Vec::new();
    for name in rel.iter().flat_map(|text| names(text)) {
        if !rel_names.contains(&name) && looks_like_name(&name) {
            rel_names.push(name);
        }
    }
    if rel_names.len() <= 3 && !rel_names.is_empty() {
        claims.push(Claim { names: rel_names, source: Source::RelAuthor, line: None });
    }
    let _ = (Family::Article, Attr::Rel);
    let is_site = |claim: &Claim| claim.names.iter().all(|name| sites.contains(&key(name)));
    let line = claims.iter().find_map(|claim| claim.line.clone());
    let best = claims.iter().position(|claim| !is_site(claim));
    let Some(best) = best.or(if claims.is_empty() { None } else { Some(0) }) else {
        return Authors { names: Vec::new(), byline: None };
    };
    let claim = claims.swap_remove(best);
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

/// The author in the lines near the title.
fn near(lines: &[Line]) -> Option<Claim> {
    let mut best: Option<(i32, Claim)> = None;
    for line in lines {
        if line.cue.foreign || line.text.chars().count() > 160 {
            continue;
        }
        let led = byline(&line.text, false);
        let (names, points) = if !led.is_empty() {
            (led, 30)
        } else {
            let linked: Vec<String> =
                line.authors.iter().flat_map(|text| byline(text, true)).collect();
            if !linked.is_empty() {
                (linked, 20)
            } else if line.cue.author {
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
            let line = Some(line.text.clone());
            best = Some((points, Claim { names, source: Source::Byline, line }));
        }
    }
    best.map(|(_, claim)| claim)
}
