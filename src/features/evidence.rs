//! What the page says of itself outside its visible text: title, description, type, body.

use super::words::{WordSet, Words, combine};
use crate::dom::{Attr, Document, NodeId, NodeKind, Tag};
use memchr::memchr3;

/// Words in a row that must agree before a text counts as part of the declared body.
const SHINGLE: usize = 3;
/// A declared body of fewer words is a summary and proves nothing.
const MIN_BODY_WORDS: usize = 60;

/// Words of a title that are looked for; each has a bit of its own.
const MAX_TITLE_WORDS: usize = 64;

/// The page's declarations, as hashed words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// The words of `<title>` and `og:title`.
    pub title: WordSet,
    /// The word pairs of the descriptions.
    description: WordSet,
    /// The shingles of the body that JSON-LD declares.
    body: WordSet,
    /// How many words that body has.
    pub body_words: u32,
    /// `og:type` is article, product, website.
    pub og: [bool; 3],
    /// JSON-LD declares an article, a product, a list or collection, a question, thread or posting.
    pub declared: [bool; 4],
}

impl Evidence {
    pub fn of(document: &Document<'_>) -> Self {
        let mut evidence = Self::default();
        let (mut titles, mut pairs, mut body) = (Vec::new(), Vec::new(), String::new());
        let is_telling = |tag| matches!(tag, Tag::Title | Tag::Meta | Tag::Script);
        for node in document.elements(is_telling) {
            match document.tag(node) {
                // Titles of inline pictures stand in <svg> and are many.
                Tag::Title => read_title(document, node, &mut titles),
                Tag::Meta => evidence.read_meta(document, node, &mut titles, &mut pairs),
                Tag::Script => evidence.read_script(document, node, &mut body),
                _ => {}
            }
        }
        let body = Words::of_text(&body);
        if body.len() >= MIN_BODY_WORDS {
            evidence.body_words = body.len() as u32;
            evidence.body = body.windows(SHINGLE).map(combine).collect();
        }
        evidence.title = titles.into_iter().take(MAX_TITLE_WORDS).collect();
        evidence.description = pairs.into_iter().collect();
        evidence
    }

    /// Whether JSON-LD declares a body.
    pub fn has_body(&self) -> bool {
        !self.body.is_empty()
    }

    /// The share of a block's shingles that stand in the declared body, 0 to 1.
    pub fn in_body(&self, words: &[u32]) -> f32 {
        if self.body.is_empty() {
            return 0.0;
        }
        share_of_windows::<SHINGLE>(words, &self.body)
    }

    /// The share of a block's word pairs that stand in the description, 0 to 1.
    pub fn in_description(&self, words: &[u32]) -> f32 {
        if self.description.is_empty() {
            return 0.0;
        }
        share_of_windows::<2>(words, &self.description)
    }

    /// The share of the title that a block has, and the share of the block that the title has.
    pub fn title_overlap(&self, words: &[u32]) -> (f32, f32) {
        if self.title.is_empty() || words.is_empty() {
            return (0.0, 0.0);
        }
        let (mut met, mut hits) = (0u64, 0);
        for at in words.iter().filter_map(|word| self.title.position(*word)) {
            met |= 1 << at;
            hits += 1;
        }
        (met.count_ones() as f32 / self.title.len() as f32, hits as f32 / words.len() as f32)
    }

    fn read_meta(
        &mut self,
        document: &Document<'_>,
        node: NodeId,
        titles: &mut Vec<u32>,
        pairs: &mut Vec<u32>,
    ) {
        let name = document.attr(node, Attr::Property).or_else(|| document.attr(node, Attr::Name));
        let (Some(name), Some(content)) = (name, document.attr(node, Attr::Content)) else {
            return;
        };
        match name {
            "og:title" => titles.extend(Words::of_text(content)),
            "description" | "og:description" | "Description" => {
                pairs.extend(Words::of_text(content).windows(2).map(combine));
            }
            "og:type" => {
                let kinds = ["article", "product", "website"];
                for (known, kind) in self.og.iter_mut().zip(kinds) {
                    *known |= content.contains(kind);
                }
            }
            _ => {}
        }
    }

    fn read_script(&mut self, document: &Document<'_>, node: NodeId, body: &mut String) {
        let kind = document.attr(node, Attr::Type).unwrap_or_default();
        if !kind.contains("ld+json") {
            return;
        }
        for child in document.children(node) {
            if document.kind(child) != NodeKind::Text {
                continue;
            }
            let text = document.text(child);
            let kinds: [&[&str]; 4] = [
                &["Article\"", "BlogPosting\""],
                &["\"Product\""],
                &["ItemList\"", "CollectionPage\"", "SearchResultsPage\""],
                &["Question\"", "QAPage\"", "DiscussionForumPosting\""],
            ];
            for (known, names) in self.declared.iter_mut().zip(kinds) {
                *known |= names.iter().any(|name| text.contains(name));
            }
            for key in ["\"articleBody\"", "\"reviewBody\"", "\"text\""] {
                json_strings(text, key, body);
            }
        }
    }
}

fn read_title(document: &Document<'_>, node: NodeId, titles: &mut Vec<u32>) {
    let in_svg = document.parent(node).is_some_and(|parent| document.tag(parent) == Tag::Svg);
    if !in_svg {
        for child in document.children(node) {
            titles.extend(Words::of_text(document.text(child)));
        }
    }
}

/// The text that a piece of JSON-LD declares to be the page's body, without markup.
pub(super) fn declared_body(json: &str) -> String {
    let mut body = String::new();
    for key in ["\"articleBody\"", "\"reviewBody\""] {
        json_strings(json, key, &mut body);
    }
    body.trim().to_string()
}

/// Appends the string values of a key, without markup; tolerant of JSON that is not quite valid.
fn json_strings(json: &str, key: &str, out: &mut String) {
    let mut rest = json;
    while let Some(at) = rest.find(key) {
        rest = &rest[at + key.len()..];
        let Some(value) = rest.trim_start().strip_prefix(':') else { continue };
        let Some(value) = value.trim_start().strip_prefix('"') else { continue };
        let mut left = value;
        let mut in_markup = false;
        out.push(' ');
        loop {
            // What the string, the markup or the text before markup goes on to.
            let turn = if in_markup { b'>' } else { b'<' };
            let len = memchr3(b'"', b'\\', turn, left.as_bytes()).unwrap_or(left.len());
            let (plain, behind) = left.split_at(len);
            if !in_markup {
                out.push_str(plain);
            }
            let mut chars = behind.chars();
            let c = match chars.next() {
                None => break,
                Some('"') => {
                    rest = behind;
                    break;
                }
                Some('\\') => match chars.next() {
                    Some('u') => {
                        let digits: String = chars.by_ref().take(4).collect();
                        let code = u32::from_str_radix(&digits, 16).unwrap_or(0x20);
                        char::from_u32(code).unwrap_or(' ')
                    }
                    Some('n' | 'r' | 't') | None => ' ',
                    Some(c) => c,
                },
                Some(c) => c,
            };
            left = chars.as_str();
            match c {
                '<' => in_markup = true,
                '>' if in_markup => {
                    in_markup = false;
                    out.push(' ');
                }
                c if !in_markup => out.push(c),
                _ => {}
            }
        }
    }
}

/// The share of the runs of `LEN` words that a set has.
fn share_of_windows<const LEN: usize>(words: &[u32], set: &WordSet) -> f32 {
    if words.len() < LEN {
        return 0.0;
    }
    let windows = words.windows(LEN).filter_map(|window| window.first_chunk::<LEN>());
    let hits = windows.filter(|window| set.position(combine(*window)).is_some());
    hits.count() as f32 / (words.len() + 1 - LEN) as f32
}
