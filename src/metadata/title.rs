//! The title: which of the page's names for itself is meant.

use super::gather::Gathered;
use super::linked::Thing;
use super::source::{Source, Sourced};
use super::text::{key, text_of};
use crate::dom::{Document, NodeId};

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
        let spaced = || {
            text[..at].ends_with(char::is_whitespace)
                && text[end..].starts_with(char::is_whitespace)
        };
        let ok = match c {
            '|' | '»' | '•' | '·' | '｜' | '«' | '‹' | '›' => true,
            '-' | '–' | '—' | ':' | '/' | '~' | '―' | '*' | '⋆' => {
                spaced() || text[..at].ends_with(' ') && text[end..].starts_with('-')
            }
            '_' => !text.contains(' '),
            _ => false,
        };
        if ok && out.len() < MAX_SIGNS {
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
    document: &Document<'_>,
    all: &Gathered<'_>,
    main: Option<&Thing>,
    sites: &Sites,
    is_gate: bool,
) -> Title {
    let heads = heads(all, main, sites);
    let headings: Vec<(NodeId, &String, String)> = all
        .headings
        .iter()
        .map(|(node, text)| (*node, text, key(text)))
        .filter(|(_, _, key)| !key.is_empty())
        .collect();
    let page_title = all.title.as_deref().unwrap_or_default();
    let (first, last) = ends(page_title);
    // Most sources say the same.
    let mut keys: Vec<&str> = heads.iter().map(|head| &*head.key).collect();
    keys.sort_unstable();
    keys.dedup();
    // The heading that the head names, or that shares most with it.
    let mut best: Option<(f32, bool, usize)> = None;
    for (index, (_, _, heading)) in headings.iter().enumerate() {
        let exact = keys.contains(&&**heading);
        let shared = keys.iter().map(|key| overlap(heading, key)).fold(0.0, f32::max);
        let mut score = 2.0 * shared - 0.05 * index as f32;
        // Where the page's title ends with the heading, the heading names the site or a part of it.
        let names_site =
            sites.has(heading) || !exact && holds(&last, heading) && !holds(&first, heading);
        if exact {
            score += 3.0;
        }
        if holds(&first, heading) {
            score += 1.0;
        }
        if names_site {
            score -= 3.0;
        }
        let least = if is_gate { MIN_SHARED_GATE } else { MIN_SHARED };
        let accepted =
            exact && score > 0.0 || !names_site && (shared >= least || first == *heading);
        if best.is_none_or(|(known, _, _)| score > known) {
            best = Some((score, accepted, index));
        }
    }
    let heading = best.map(|(_, _, index)| headings[index].0);
    let accepted = best.filter(|(_, accepted, _)| *accepted || heads.is_empty());
    if let Some((_, _, index)) = accepted {
        let (node, text, own) = &headings[index];
        let part = if keys.contains(&&**own) { None } else { named_part(document, *node, &heads) };
        let text = part.unwrap_or_else(|| (*text).clone());
        return Title { value: Some(Sourced::new(text, Source::Heading)), heading };
    }
    let agreed = agreed(document, all, &heads);
    let value = agreed
        .or_else(|| heads.into_iter().next().map(|head| Sourced::new(head.text, head.source)));
    Title { value, heading }
}

/// The share of words (F1) that a heading must have in common with the head to be the title.
/// Landing pages and lists set slogans and bare labels in their headings, and say what they are
/// in the head.
const MIN_SHARED: f32 = 0.3;
const MIN_SHARED_GATE: f32 = 0.6;

/// The page's names for itself in its head and scripts, best first, without the site's name.
fn heads(all: &Gathered<'_>, main: Option<&Thing>, sites: &Sites) -> Vec<Candidate> {
    let mut heads: Vec<Candidate> = Vec::new();
    let mut add = |text: &str, source: Source| {
        let text = sites.cut(text);
        let key = key(text);
        if !key.is_empty() {
            heads.push(Candidate { text: text.to_string(), key, source });
        }
    };
    if let Some((text, _)) = all.meta(&["og:title"]) {
        add(&text, Source::OpenGraph);
    }
    if let Some(thing) = main {
        add(if thing.headline.is_empty() { &thing.name } else { &thing.headline }, Source::JsonLd);
    }
    for (keys, source) in [
        (&["twitter:title"][..], Source::Twitter),
        (&["citation_title", "bepress_citation_title"][..], Source::Citation),
        (&["dc.title", "dcterms.title", "dc:title"][..], Source::DublinCore),
        (&["parsely-title"][..], Source::Parsely),
        (&["sailthru.title"][..], Source::Sailthru),
    ] {
        if let Some((text, _)) = all.meta(keys) {
            add(&text, source);
        }
    }
    if let Some(text) = &all.title {
        add(text, Source::Title);
    }
    heads
}

/// The first and the last part of a title, as keys; the last is empty where nothing divides it.
fn ends(title: &str) -> (String, String) {
    let cuts = cuts(title);
    match (cuts.first(), cuts.last()) {
        (Some((_, _)), Some((start, end))) => (key(&title[..*start]), key(&title[*end..])),
        _ => (key(title), String::new()),
    }
}

/// Whether a key holds another as whole words.
fn holds(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| {
        let rest = &text[at + part.len()..];
        (at == 0 || text[..at].ends_with(' ')) && (rest.is_empty() || rest.starts_with(' '))
    })
}

/// How many nodes of a heading are looked at.
const MAX_PARTS: usize = 24;

/// The part of a heading that the head names, where the rest of it stands in other elements:
/// buttons, labels, hints.
fn named_part(document: &Document<'_>, heading: NodeId, heads: &[Candidate]) -> Option<String> {
    for node in document.descendants(heading).take(MAX_PARTS) {
        let text = text_of(document, node, 600);
        let own = key(&text);
        if heads.iter().any(|head| head.key == own && own.contains(' ')) {
            return Some(text);
        }
    }
    None
}

/// The part of the first name in the head that another name or a smaller heading repeats.
fn agreed(
    document: &Document<'_>,
    all: &Gathered<'_>,
    heads: &[Candidate],
) -> Option<Sourced<String>> {
    let head = heads.first()?;
    let cuts = cuts(&head.text);
    let before = cuts.iter().map(|(start, _)| head.text[..*start].trim());
    let behind = cuts.iter().map(|(_, end)| head.text[*end..].trim());
    let parts: Vec<(&str, String)> = before
        .chain(behind)
        .map(|part| (part, key(part)))
        .filter(|(_, key)| key.contains(' '))
        .collect();
    if parts.is_empty() {
        return None;
    }
    let is_head = |key: &String| heads.iter().any(|head| head.key == *key);
    if let Some((part, _)) = parts.iter().find(|(_, key)| is_head(key)) {
        return Some(Sourced::new(part.to_string(), head.source));
    }
    for node in &all.subheadings {
        let text = text_of(document, *node, 300);
        let own = key(&text);
        if parts.iter().any(|(_, key)| *key == own) {
            return Some(Sourced::new(text, Source::Heading));
        }
    }
    None
}

/// The heading that shares most words with a title, if it shares the most of them.
pub(super) fn like(document: &Document<'_>, headings: &[NodeId], title: &str) -> Option<NodeId> {
    let mut best: Option<(f32, NodeId)> = None;
    for node in headings {
        let shared = overlap(title, &key(&text_of(document, *node, 300)));
        if shared > best.map_or(MIN_LIKE, |(known, _)| known) {
            best = Some((shared, *node));
        }
    }
    best.map(|(_, node)| node)
}

/// From this share of words (F1) on, two headings say the same.
const MIN_LIKE: f32 = 0.6;

/// How many words of a key are compared.
const MAX_WORDS: usize = 60;

/// The share of words that two keys have in common, as F1.
pub(super) fn overlap(left: &str, right: &str) -> f32 {
    if left == right && left.len() < MAX_WORDS {
        return 1.0;
    }
    let left: Vec<&str> = left.split(' ').collect();
    let mut right: Vec<&str> = right.split(' ').take(MAX_WORDS).collect();
    let total = left.len() + right.len();
    let mut shared = 0;
    for word in left.iter().take(MAX_WORDS) {
        if let Some(at) = right.iter().position(|other| other == word) {
            right.swap_remove(at);
            shared += 1;
        }
    }
    2.0 * shared as f32 / total.max(1) as f32
}

/// All names that the site may go by.
#[derive(Debug, Default)]
pub(super) struct Sites {
    /// As keys, and without their spaces.
    names: Vec<(String, String)>,
}

impl Sites {
    pub fn add(&mut self, name: &str) {
        let key = key(name);
        if key.len() > 1 && !self.has(&key) {
            let glued = key.replace(' ', "");
            self.names.push((key, glued));
        }
    }

    /// Whether a key is a name of the site.
    pub fn has(&self, key: &str) -> bool {
        self.names.iter().any(|(name, _)| name == key)
    }

    /// Whether a part of a title is a name of the site, written with other spaces.
    fn is(&self, part: &str) -> bool {
        let glued = key(part).replace(' ', "");
        !glued.is_empty() && self.names.iter().any(|(_, name)| *name == glued)
    }

    /// Whether the last part of a title is the site's name with a word more or less.
    fn is_like(&self, part: &str) -> bool {
        let part = key(part);
        let words = part.split(' ').count();
        if words > MAX_NAME_WORDS {
            return false;
        }
        let glued = part.replace(' ', "");
        let initials: String = part.split(' ').filter_map(|word| word.chars().next()).collect();
        self.names.iter().any(|(_, name)| {
            let (short, long) =
                if name.len() < glued.len() { (name, &glued) } else { (&glued, name) };
            short.len() >= MIN_NAME
                && 2 * short.len() >= long.len()
                && long.contains(short.as_str())
                || words > 2 && *name == initials
        })
    }

    /// A title without the site's name at either end.
    pub fn cut<'t>(&self, text: &'t str) -> &'t str {
        let mut text = text.trim();
        for _ in 0..MAX_CUTS {
            let cuts = cuts(text);
            let behind = cuts.iter().find(|(_, end)| self.is(&text[*end..]));
            let last = || cuts.last().filter(|(_, end)| self.is_like(&text[*end..]));
            if let Some((start, _)) = behind.or_else(last) {
                text = text[..*start].trim();
                continue;
            }
            match cuts.iter().rev().find(|(start, _)| self.is(&text[..*start])) {
                Some((_, end)) => text = text[*end..].trim(),
                None => break,
            }
        }
        text
    }
}

/// How many parts are cut off a title, how many signs are looked at, and how many words and
/// letters a site's name has that is not met exactly.
const MAX_CUTS: usize = 4;
const MAX_SIGNS: usize = 16;
const MAX_NAME_WORDS: usize = 5;
const MIN_NAME: usize = 4;
