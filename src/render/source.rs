//! Where images and frames come from, lazy ones included.

use crate::dom::{Attr, Document, NodeId, Tag};

/// A `<picture>` offers its image in a few forms; more of its nodes are not looked at.
const PICTURE_NODES: usize = 64;

/// The address of an image: what a lazy loader would put there, else its own, else the largest of
/// its set or of the `<picture>` around it.
pub(super) fn image<'d>(document: &'d Document<'_>, img: NodeId) -> Option<&'d str> {
    let attr = |attr| document.attr(img, attr).map(str::trim).filter(|src| is_source(src));
    let lazy = [Attr::DataSrc, Attr::DataLazySrc, Attr::DataOriginal].into_iter().find_map(attr);
    lazy.or_else(|| set(document, img, Attr::DataSrcset))
        .or_else(|| attr(Attr::Src))
        .or_else(|| set(document, img, Attr::Srcset))
        .or_else(|| {
            let picture = document.parent(img)?;
            let sources = (document.tag(picture) == Tag::Picture).then_some(picture)?;
            let source = |node: &NodeId| document.tag(*node) == Tag::Source;
            document.children(sources).take(PICTURE_NODES).filter(source).find_map(|node| {
                set(document, node, Attr::DataSrcset).or_else(|| set(document, node, Attr::Srcset))
            })
        })
        // An image in the page itself is better than none, if it is wanted at all.
        .or_else(|| document.attr(img, Attr::Src).filter(|src| is_drawn(src)))
}

/// The address of a frame, video or sound.
pub(super) fn embed<'d>(document: &'d Document<'_>, node: NodeId) -> Option<&'d str> {
    let of = |node| {
        let attr = |attr| document.attr(node, attr).map(str::trim).filter(|src| is_source(src));
        attr(Attr::DataSrc).or_else(|| attr(Attr::Src))
    };
    of(node).or_else(|| document.children(node).find_map(of))
}

fn is_source(src: &str) -> bool {
    let scheme = src.get(..5).unwrap_or_default();
    !src.is_empty() && !scheme.eq_ignore_ascii_case("data:") && !src.starts_with("about:")
}

/// Whether a `data:` image is more than a placeholder.
fn is_drawn(src: &str) -> bool {
    const PLACEHOLDER_BYTES: usize = 400;
    src.starts_with("data:image/") && src.len() > PLACEHOLDER_BYTES
}

/// The largest image of a `srcset` (HTML standard, section 4.8.4.3.10, for tidy sets).
fn set<'d>(document: &'d Document<'_>, node: NodeId, attr: Attr) -> Option<&'d str> {
    let mut rest = document.attr(node, attr)?;
    let mut best: Option<(f64, &str)> = None;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return best.map(|(_, url)| url);
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches(',');
        let size = if url.len() < end {
            rest = &rest[end..];
            1.0
        } else {
            rest = &rest[end..];
            let comma = rest.find(',').unwrap_or(rest.len());
            let descriptor = rest[..comma].trim();
            rest = &rest[comma..];
            descriptor.trim_end_matches(['w', 'x', 'h']).parse().unwrap_or(1.0)
        };
        if is_source(url) && best.is_none_or(|(most, _)| size > most) {
            best = Some((size, url));
        }
    }
}
