//! Variants of labelled pages, so that what is learned holds for pages that the corpus lacks: short
//! articles beside all that surrounds the long ones, pages with less around them, and pages whose
//! element names say nothing.
//!
//! A variant is the page's source with some texts blanked out and, now and then, its class and id
//! names replaced by numbers. Its blocks are those of the page less the blank ones, in order, so
//! that the labels carry over.

use super::rng::Rng;
use dehusk::blocks::{Block, Blocks, Container};
use dehusk::dom::Document;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// Share of the long enough pages that are cut short.
const SHORTENED: f64 = 0.5;
/// The label from which a block is content; how many of them a page must have to be cut short, and
/// how many are left of it.
const MOSTLY: f32 = 0.5;
const LONG: usize = 8;
const LEFT: Range<usize> = 1..7;
/// Share of the pages that lose some of what stands around the content, how much of it, and the
/// label under which a block is no content.
const THINNED: f64 = 0.5;
const LOST: f64 = 0.4;
const NONE: f32 = 0.1;
/// Share of the pages whose names are taken away.
const NAMELESS: f64 = 0.3;

/// A page made of another.
pub struct Variant {
    pub html: String,
    /// For each of its blocks, the block of the page that it was.
    pub origin: Vec<usize>,
}

static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)(\s(?:class|id)\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)')"#)
        .expect("a fixed pattern")
});

/// The variant of a page, where there is one: `labels` are the shares of its blocks' words that are
/// content.
///
/// Only an `article` is cut short: a shorter thread or list is not a thing that a person would call
/// content in the same way.
pub fn of(html: &str, labels: &[f32], article: bool, rng: &mut Rng) -> Option<Variant> {
    let document = Document::parse(html);
    let blocks = Blocks::of(&document);
    let gone = gone(&blocks, labels, article, rng);
    let mut edited = blank(html, &document, &blocks, &gone);
    if rng.unit() < NAMELESS {
        edited = nameless(&edited);
    }
    let origin: Vec<usize> = (0..blocks.len()).filter(|index| !gone[*index]).collect();
    let again = Document::parse(&edited);
    let left = Blocks::of(&again);
    let same =
        |(block, origin): (&Block, &usize)| left.text(block) == blocks.text(blocks.get(*origin));
    let carried = left.len() == origin.len() && left.iter().zip(&origin).all(same);
    (carried && edited != html).then_some(Variant { html: edited, origin })
}

/// The blocks that the variant lacks.
fn gone(blocks: &Blocks, labels: &[f32], article: bool, rng: &mut Rng) -> Vec<bool> {
    let mut gone = vec![false; blocks.len()];
    let content: Vec<usize> = (0..labels.len()).filter(|index| labels[*index] >= MOSTLY).collect();
    if article && content.len() >= LONG && rng.unit() < SHORTENED {
        let span = (LEFT.end - LEFT.start) as f64;
        let left = LEFT.start + (rng.unit() * span) as usize;
        content[left..].iter().for_each(|index| gone[*index] = true);
    }
    if rng.unit() < THINNED {
        let range =
            |container: &Container| container.blocks.start as usize..container.blocks.end as usize;
        let is_without = |container| labels[range(container)].iter().all(|label| *label < NONE);
        for container in blocks.containers() {
            // The outermost without content, so that what goes together goes together.
            let above = &blocks.containers()[container.parent as usize];
            if is_without(container) && !is_without(above) && rng.unit() < LOST {
                gone[range(container)].fill(true);
            }
        }
    }
    gone
}

/// The source without the texts of some blocks.
fn blank(html: &str, document: &Document<'_>, blocks: &Blocks, gone: &[bool]) -> String {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for (block, _) in blocks.iter().zip(gone).filter(|(_, gone)| **gone) {
        cuts.extend(blocks.runs(block).iter().filter_map(|run| document.source_range(*run)));
    }
    cuts.sort_by_key(|cut| cut.start);
    let (mut out, mut at) = (String::with_capacity(html.len()), 0);
    for cut in cuts {
        if let Some(kept) = html.get(at..cut.start) {
            out.push_str(kept);
            at = cut.end;
        }
    }
    out.push_str(html.get(at..).unwrap_or_default());
    out
}

/// The source with each class or id as a number, the same for the same names.
fn nameless(html: &str) -> String {
    let number = |found: &Captures<'_>| {
        let names = found.get(2).or(found.get(3)).map_or("", |names| names.as_str());
        let hash = names.bytes().fold(7u32, |hash, byte| hash.wrapping_mul(31) ^ u32::from(byte));
        format!("{}\"{hash}\"", &found[1])
    };
    NAMES.replace_all(html, number).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_origins_agree() {
        let mut page = String::from("<nav class=menu><a href=/>Home</a></nav><main id='story'>");
        (0..12).for_each(|i| page += &format!("<p>Paragraph <b>number</b> {i}."));
        page += "</main><footer class=\"foot\">Imprint</footer>";
        let mut labels = vec![1.0; 14];
        (labels[0], labels[13]) = (0.0, 0.0);
        let mut rng = Rng::new(1);
        let variants: Vec<Variant> =
            (0..20).filter_map(|_| of(&page, &labels, true, &mut rng)).collect();
        assert!(variants.len() > 5);
        assert!(variants.iter().any(|variant| variant.origin.len() < 10));
        assert!(variants.iter().any(|variant| !variant.html.contains("foot\"")));
    }
}
