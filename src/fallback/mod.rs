//! Pages whose content is not in the document: plain text, binary files, JSON-LD, embedded state,
//! script shells.

mod state;

use crate::dom::{Attr, Document, NodeKind, Tag};
use crate::extractor::{document_title, empty_page};
use crate::features::{declared_body, hash_words};
use crate::page::{FoundIn, NoContent, Outcome, Page};
use std::borrow::Cow;
use std::collections::HashSet;

/// How much of a file is looked at to tell what it is.
const SNIFF_BYTES: usize = 1024;
/// First bytes of files that are served by mistake (WHATWG MIME Sniffing, section 6).
const SIGNATURES: [&[u8]; 9] = [
    b"%PDF-",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x7fELF",
    b"MZ",
];
/// Fewer words than this in a script are a summary, not a body.
const MIN_BODY_WORDS: usize = 25;
/// How many times longer a body must be than what the document shows of it.
const MIN_GROWTH: usize = 2;
/// Words in a row that are looked for in a body, and the share of them that must be there.
const RUN: usize = 4;
const MIN_SHARE: f32 = 0.7;
/// What a state with an editor's document has; others, which may be long, are not read.
const DOCUMENT_MARKS: [&str; 3] = ["paragraph\"", "\"_type\"", "\"content_elements\""];
/// How right a body from a script is taken to be.
const CONFIDENCE: f32 = 0.8;

/// Whether the bytes are a file of another kind than text.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFF_BYTES)];
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    let controls = head.iter().filter(control).count();
    !wide
        && (SIGNATURES.iter().any(|signature| head.starts_with(signature))
            || controls * 10 > head.len())
}

/// A page without any markup: its paragraphs, divided by blank lines.
pub(crate) fn plain_text(text: &str) -> Option<Page> {
    let markup = text.match_indices('<').any(|(at, _)| {
        text[at + 1..]
            .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
    });
    if markup || text.contains("&#") || text.contains("&amp;") {
        return None;
    }
    let lines = text.lines().map(str::trim_end);
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in lines {
        match (line.is_empty(), paragraphs.last_mut()) {
            (true, _) => paragraphs.push(String::new()),
            (false, Some(last)) => {
                if !last.is_empty() {
                    last.push('\n');
                }
                last.push_str(line);
            }
            (false, None) => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    Some(Page {
        text: paragraphs.join("\n\n"),
        outcome: Outcome::Content { found_in: FoundIn::PlainText },
        confidence: 1.0,
        ..empty_page(NoContent::Empty)
    })
}

/// A page whose document has nothing to show: the body that its scripts hold, or why not.
pub(crate) fn without_text(document: &Document<'_>) -> Page {
    let title = document_title(document);
    let mut bodies = bodies(document, MIN_BODY_WORDS);
    // A state holds much that is not of this page, such as what a shop says of its delivery.
    let title_words = hash_words(title.as_deref().unwrap_or_default());
    bodies.retain(|body| body.found_in == FoundIn::JsonLd || body.is_about(&title_words));
    // Of several as long the first, so that the answer is the same on every run.
    match bodies.into_iter().rev().max_by_key(|body| body.words.len()) {
        Some(body) => Page { title, ..body.page() },
        None => {
            let is_script = |node| document.tag(node) == Tag::Script;
            let shell = document.descendants(document.root()).any(is_script);
            let reason = if shell { NoContent::ScriptShell } else { NoContent::NoText };
            Page { title, ..empty_page(reason) }
        }
    }
}

/// A page whose document shows only the start of its content: the body that its scripts hold, if it
/// has what is shown and is longer by far. `shown` has the hashed words of each block that is kept.
pub(crate) fn fuller(document: &Document<'_>, shown: &[&[u32]]) -> Option<Page> {
    let words: usize = shown.iter().map(|words| words.len()).sum();
    let least = (words * MIN_GROWTH).max(MIN_BODY_WORDS);
    let body = bodies(document, least).into_iter().find(|body| body.has(shown))?;
    Some(Page { title: document_title(document), ..body.page() })
}

/// A body that a script holds.
struct Body {
    text: String,
    words: Vec<u32>,
    found_in: FoundIn,
}

impl Body {
    fn new(text: String, found_in: FoundIn) -> Self {
        let words = hash_words(&text);
        Self { text, words, found_in }
    }

    fn page(self) -> Page {
        Page {
            text: self.text,
            outcome: Outcome::Content { found_in: self.found_in },
            confidence: CONFIDENCE,
            ..empty_page(NoContent::Empty)
        }
    }

    /// Whether half of the words of a title stand in the body.
    fn is_about(&self, title: &[u32]) -> bool {
        let words: HashSet<u32> = self.words.iter().copied().collect();
        let met = title.iter().filter(|word| words.contains(word)).count();
        met > 0 && met * 2 >= title.len()
    }

    /// Whether most of what is shown stands in the body.
    fn has(&self, shown: &[&[u32]]) -> bool {
        let runs: HashSet<&[u32]> = self.words.windows(RUN).collect();
        let shown = || shown.iter().flat_map(|words| words.windows(RUN));
        let (met, all) = (shown().filter(|run| runs.contains(run)).count(), shown().count());
        all > 0 && met as f32 >= all as f32 * MIN_SHARE
    }
}

/// The bodies of so many words that the page's JSON-LD and state hold.
fn bodies(document: &Document<'_>, least: usize) -> Vec<Body> {
    let mut bodies = Vec::new();
    for node in document.descendants(document.root()) {
        if document.tag(node) != Tag::Script {
            continue;
        }
        let kind = document.attr(node, Attr::Type).unwrap_or_default();
        if !kind.contains("json") {
            continue;
        }
        let texts = document.children(node).filter(|node| document.kind(*node) == NodeKind::Text);
        let json: Cow<'_, str> = texts.map(|node| document.text(node)).collect();
        if kind.contains("ld+json") {
            bodies.push(Body::new(declared_body(&json), FoundIn::JsonLd));
        } else if DOCUMENT_MARKS.iter().any(|mark| json.contains(mark)) {
            let states = state::documents(&json).into_iter();
            bodies.extend(states.map(|body| Body::new(body.join("\n\n"), FoundIn::EmbeddedState)));
        }
    }
    bodies.retain(|body| body.words.len() >= least);
    bodies
}
