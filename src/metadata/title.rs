//! The title: which of the page's names for itself is meant.

use super::gather::Gathered;
use super::linked::Thing;
use super::source::{Source, Sourced};
use super::text::{clean, key};
use crate::dom::NodeId;

/// The chosen title, and the heading that says the same, if there is one.
#[derive(Debug, Default)]
pub(super) struct Title {
    pub value: Option<Sourced<String>>,
    pub heading: Option<NodeId>,
}

/// Where `<title>` and its like are cut between page and site: signs between spaces, and some
/// that need none.
fn cuts(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let spaced = text[..at].ends_with(char::is_whitespace)
            && text[end..].starts_with(char::is_whitespace);
        let ok = match c {
            '|' | '»' | '•' | '·' | '｜' | '«' | '‹' | '›' => true,
            '-' | '–' | '—' | ':' | '/' | '~' | '―' | '*' | '⋆' => {
                spaced || text[..at].ends_with(' ') && text[end..].starts_with('-')
            }
            '_' => !text.contains(' '),
            _ => false,
        };
        if ok {
            out.push((at, end));
        }
    }
    out
}

/// A name that the page gives itself.
struct Candidate {
    text: String,
    key: String,
    source: Source,
}

pub(super) fn title(
    all: &Gathered<'_>,
    things: &[Thing],
    main: Option<&Thing>,
    sites: &[String],
) -> Title {
    let _ = things;
    let mut heads: Vec<Candidate> = Vec::new();
    let mut add = |text: String, source: Source| {
        let text = cut_site(&text, sites);
        let key = key(&text);
        if !key.is_empty() {
            heads.push(Candidate { text, key, source });
        }
    };
    if let Some((text, _)) = all.meta(&["og:title"]) {
        add(text, Source::OpenGraph);
    }
    if let Some(thing) = main {
        let text = if thing.headline.is_empty() { &thing.name } else { &thing.headline };
        add(text.clone(), Source::JsonLd);
    }
    for (keys, source) in [
        (&["twitter:title"][..], Source::Twitter),
        (&["citation_title", "bepress_citation_title"][..], Source::Citation),
        (&["dc.title", "dcterms.title", "dc:title"][..], Source::DublinCore),
        (&["parsely-title"][..], Source::Parsely),
        (&["sailthru.title"][..], Source::Sailthru),
    ] {
        if let Some((text, _)) = all.meta(keys) {
            add(text, source);
        }
    }
    if let Some(text) = &all.title {
        add(clean(text), Source::Title);
    }
    let headings: Vec<(NodeId, &String, String)> = all
        .headings
        .iter()
        .map(|(node, text)| (*node, text, key(text)))
        .filter(|(_, _, key)| !key.is_empty())
        .collect();
    let page_title = all.title.as_deref().map(key).unwrap_or_default();
    // The heading that the head names, or that is the only one, or that shares most with it.
    let mut best: Option<(f32, usize)> = None;
    for (index, (_, _, heading)) in headings.iter().enumerate() {
        let mut score = 0.0;
        if heads.iter().any(|head| head.key == *heading) {
            score += 3.0;
        }
        let within = |text: &str| format!(" {text} ").contains(&format!(" {heading} "));
        if within(&page_title) {
            score += 1.0;
        }
        let shared = heads.iter().map(|head| overlap(heading, &head.key)).fold(0.0, f32::max);
        score += 2.0 * shared;
        if sites.iter().any(|site| site == heading) {
            score -= 3.0;
        }
        score -= 0.05 * index as f32;
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, index));
        }
    }
    if let Some((score, index)) = best {
        let alone = headings.len() == 1;
        let (node, text, _) = &headings[index];
        if score >= 0.9 || alone && score > 0.3 {
            let value = Sourced::new((*text).clone(), Source::Heading);
            return Title { value: Some(value), heading: Some(*node) };
        }
    }
    let value = heads.into_iter().next().map(|head| Sourced::new(head.text, head.source));
    let heading = best.map(|(_, index)| headings[index].0);
    let value = value.or_else(|| {
        headings.first().map(|(_, text, _)| Sourced::new((*text).clone(), Source::Heading))
    });
    Title { value, heading }
}

/// The share of words that two keys have in common, as F1.
pub(super) fn overlap(left: &str, right: &str) -> f32 {
    let left: Vec<&str> = left.split(' ').collect();
    let mut right: Vec<&str> = right.split(' ').take(60).collect();
    let total = left.len() + right.len();
    let mut shared = 0;
    for word in left.iter().take(60) {
        if let Some(at) = right.iter().position(|other| other == word) {
            right.swap_remove(at);
            shared += 1;
        }
    }
    2.0 * shared as f32 / total.max(1) as f32
}

/// A title without the site's name at either end, where another source knows that name.
pub(super) fn cut_site(text: &str, sites: &[String]) -> String {
    let text = text.trim();
    let cuts = cuts(text);
    let is_site = |part: &str| {
        let part = key(part);
        let glued = part.replace(' ', "");
        !part.is_empty() && sites.iter().any(|site| *site == part || site.replace(' ', "") == glued)
    };
    for (start, end) in &cuts {
        if is_site(&text[*end..]) {
            return cut_site(&text[..*start], sites);
        }
    }
    for (start, end) in cuts.iter().rev() {
        if is_site(&text[..*start]) {
            return text[*end..].trim().to_string();
        }
    }
    text.to_string()
}
