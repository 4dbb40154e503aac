//! Images, rules, frames, videos and scripted formulas: which are kept, and where they stand.

use super::build::Builder;
use super::content::{Element, Event, Media, Span};
use super::math;
use super::place::NONE;
use super::source;
use crate::blocks::Inset;
use crate::dom::{Attr, NodeId, Tag};

/// An inset that is kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub event: Event,
    pub container: u32,
    /// The block that comes next.
    pub before: u32,
    /// The block within whose line it stands.
    pub within: u32,
    /// Where in that block's text, in bytes.
    pub at: u32,
    /// Whether white space stands before it.
    pub space: bool,
}

/// Images with a side of at most so many pixels are trackers and spacers.
const TINY: u32 = 2;

/// The kept insets in the order of the page.
pub(super) fn stands(builder: &mut Builder<'_, '_>) -> Vec<Stand> {
    let blocks = builder.blocks;
    let words = kept_words(builder);
    let mut out: Vec<Stand> = Vec::new();
    // The last image, with its inset, even if it has no source yet.
    let mut last: Option<(Inset, Option<usize>, String)> = None;
    for inset in blocks.insets() {
        if inset.marks.hidden || builder.places.verbatim[inset.container as usize] != NONE {
            continue;
        }
        let Some(mut stand) = place(builder, inset, &words) else { continue };
        if !fits(builder, inset) {
            continue;
        }
        if inset.tag == Tag::Img {
            if is_tiny(builder, inset.node) {
                continue;
            }
            let src = source::image(builder.document, inset.node).unwrap_or_default().to_string();
            if let Some((before, at, known)) = &mut last {
                // The same image again, or the copy for browsers without scripts.
                let beside = (before.block, before.at) == (inset.block, inset.at);
                let copy = beside && inset.marks.noscript && !before.marks.noscript;
                if *known == src || (copy && !known.is_empty()) {
                    continue;
                }
                if copy
                    && known.is_empty()
                    && let Some(at) = *at
                {
                    out.remove(at);
                }
            }
            if src.is_empty() {
                last = Some((*inset, None, src));
                continue;
            }
            stand.event = image(builder, inset, &src);
            last = Some((*inset, Some(out.len()), src));
        } else {
            match event(builder, inset) {
                Some(event) => stand.event = event,
                None => continue,
            }
        }
        out.push(stand);
    }
    out
}

/// For each block, the words before it: kept ones and all.
fn kept_words(builder: &Builder<'_, '_>) -> Vec<(u32, u32)> {
    let (mut kept, mut all) = (0, 0);
    let mut words = vec![(0, 0)];
    for (index, block) in builder.blocks.iter().enumerate() {
        all += block.counts.words.max(1);
        kept += if builder.is_kept(index) { block.counts.words.max(1) } else { 0 };
        words.push((kept, all));
    }
    words
}

/// Where an inset stands, if it is kept: within a kept block, or among kept blocks.
fn place(builder: &Builder<'_, '_>, inset: &Inset, words: &[(u32, u32)]) -> Option<Stand> {
    let blocks = builder.blocks;
    let index = inset.block as usize;
    let stand = Stand {
        event: Event::Rule,
        container: inset.container,
        before: inset.block,
        within: NONE,
        at: 0,
        space: inset.space,
    };
    let containers = blocks.containers();
    if let Some(block) = (index < blocks.len()).then(|| blocks.get(index)) {
        let start = blocks.text_start(block);
        let end = start + blocks.text(block).len() as u32;
        let at = inset.at.clamp(start, end) - start;
        let same = block.container == inset.container && inset.tag != Tag::Hr;
        let inside = inset.at > start && inset.at < end;
        let place = builder.places.get(builder.places.of[block.container as usize]);
        let narrow = place.is_some_and(|place| place.element.is_narrow());
        if inside || (same && (narrow || inset.tag == Tag::Script)) {
            let stand = Stand { before: inset.block + 1, within: inset.block, at, ..stand };
            return builder.is_kept(index).then_some(stand);
        }
        if same {
            let before = inset.block + u32::from(inset.at >= end);
            return builder.is_kept(index).then_some(Stand { before, ..stand });
        }
    }
    let mut around = inset.container as usize;
    while containers[around].blocks.is_empty() && around > 0 {
        around = containers[around].parent as usize;
    }
    let range = &containers[around].blocks;
    let (from, to) = (words[range.start as usize], words[range.end as usize]);
    let (kept, all) = (to.0 - from.0, to.1 - from.1);
    let before = index > 0 && builder.is_kept(index - 1);
    let after = builder.is_kept(index);
    let among = match inset.tag {
        Tag::Img => before || after,
        _ => before && after,
    };
    (all > 0 && (kept == all || (kept * 2 > all && among))).then_some(stand)
}

/// Whether the place has room for it: tables hold only rows, and cells no rules.
fn fits(builder: &Builder<'_, '_>, inset: &Inset) -> bool {
    let mut at = builder.places.of[inset.container as usize];
    let innermost = builder.places.get(at).map(|place| place.element);
    if matches!(innermost, Some(Element::Table(_) | Element::Row { .. })) {
        return false;
    }
    while let Some(place) = builder.places.get(at).filter(|_| inset.tag == Tag::Hr) {
        if matches!(place.element, Element::Cell { .. }) {
            return false;
        }
        at = place.parent;
    }
    true
}

fn is_tiny(builder: &Builder<'_, '_>, node: NodeId) -> bool {
    let side = |attr| {
        let value = builder.document.attr(node, attr)?.trim().trim_end_matches("px");
        value.parse::<u32>().ok()
    };
    [Attr::Width, Attr::Height].into_iter().filter_map(side).any(|side| side <= TINY)
}

fn image(builder: &mut Builder<'_, '_>, inset: &Inset, src: &str) -> Event {
    let link = builder.link_around(inset.node, inset.container);
    let alt = builder.document.attr(inset.node, Attr::Alt).unwrap_or_default();
    let media = media(builder, src, alt);
    Event::Image { media, link }
}

fn media(builder: &mut Builder<'_, '_>, src: &str, alt: &str) -> u32 {
    let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
    let media = Media { src: builder.content.store(src), alt: builder.content.store(&alt) };
    builder.content.media.push(media);
    builder.content.media.len() as u32 - 1
}

/// The event of an inset that is no image.
fn event(builder: &mut Builder<'_, '_>, inset: &Inset) -> Option<Event> {
    let document = builder.document;
    match inset.tag {
        Tag::Hr => Some(Event::Rule),
        Tag::Script => {
            let (tex, display) = math::script(document, inset.node)?;
            let tex: Span = builder.content.store(&tex);
            Some(Event::Math { tex, display })
        }
        _ => {
            if is_tiny(builder, inset.node) {
                return None;
            }
            let src = source::embed(document, inset.node)?;
            let title = document.attr(inset.node, Attr::Title);
            let title = title.or(document.attr(inset.node, Attr::AriaLabel)).unwrap_or_default();
            Some(Event::Embed { media: media(builder, src, title) })
        }
    }
}
