//! Pages whose content is not in the document: plain text, binary files, JSON-LD, script shells.

use crate::dom::{Attr, Document, NodeKind, Tag};
use crate::extractor::{document_title, empty_page};
use crate::page::{FoundIn, NoContent, Outcome, Page};

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
/// Fewer words than this in JSON-LD are a summary, not a body.
const MIN_BODY_WORDS: u32 = 25;
/// A page with more script than this and no text is a shell.
const SHELL_SCRIPTS: usize = 1;

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

/// A page whose document has nothing to show: the body that its JSON-LD declares, or why not.
pub(crate) fn without_text(document: &Document<'_>) -> Page {
    let mut scripts = 0;
    let mut body: Option<String> = None;
    for node in document.descendants(document.root()) {
        if document.tag(node) != Tag::Script {
            continue;
        }
        scripts += 1;
        let kind = document.attr(node, Attr::Type).unwrap_or_default();
        if !kind.contains("ld+json") {
            continue;
        }
        let texts = document.children(node).filter(|node| document.kind(*node) == NodeKind::Text);
        let json: String = texts.map(|node| document.text(node)).collect();
        let found = crate::features::declared_body(&json);
        if crate::blocks::count_words(&found) >= MIN_BODY_WORDS
            && body.as_ref().is_none_or(|body| body.len() < found.len())
        {
            body = Some(found);
        }
    }
    let title = document_title(document);
    match body {
        Some(text) => Page {
            title,
            text,
            outcome: Outcome::Content { found_in: FoundIn::JsonLd },
            confidence: 0.8,
            ..empty_page(NoContent::Empty)
        },
        None => {
            let shell = scripts >= SHELL_SCRIPTS;
            let reason = if shell { NoContent::ScriptShell } else { NoContent::NoText };
            Page { title, ..empty_page(reason) }
        }
    }
}
