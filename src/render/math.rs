//! Formulas: their TeX, where the page has it.

use crate::blocks::Level;
use crate::dom::{Attr, Document, NodeId, NodeKind, Tag};

/// The TeX of a formula: of its annotation, or of its text if that stands in one element. Formulas
/// that only say how they look have none, nor those with whole blocks or line breaks in them.
pub(super) fn tex(document: &Document<'_>, math: NodeId) -> Option<String> {
    // The text, if it all stands in one element.
    let mut only: Option<(Option<NodeId>, String)> = None;
    let mut elements = 0;
    let mut annotation = None;
    for node in document.descendants(math) {
        if document.kind(node) == NodeKind::Element {
            let tag = document.tag(node);
            if tag == Tag::Br || Level::of(tag) == Level::Block {
                return None;
            }
        }
        let is_tex = || {
            let encoding = document.attr(node, Attr::Encoding).unwrap_or_default();
            encoding.to_ascii_lowercase().contains("tex")
        };
        if document.tag(node) == Tag::Annotation && is_tex() {
            let tex: String = document.descendants(node).map(|node| document.text(node)).collect();
            annotation = annotation.or_else(|| tidy(&tex));
        }
        if document.kind(node) == NodeKind::Text {
            let parent = document.parent(node);
            match &mut only {
                Some((of, text)) if *of == parent => text.push_str(document.text(node)),
                _ if document.text(node).trim().is_empty() => {}
                _ => {
                    elements += 1;
                    only = Some((parent, document.text(node).to_string()));
                }
            }
        }
    }
    annotation.or_else(|| only.filter(|_| elements == 1).and_then(|(_, text)| tidy(&text)))
}

/// The class of a formula's TeX in a `<code>`, as Markdown writers and our own HTML have it.
pub(super) const CLASS: &str = "language-math";
/// The class beside it of a formula on a line of its own.
pub(super) const DISPLAY: &str = "display";

/// Whether an element is a formula.
pub(super) fn is_formula(document: &Document<'_>, node: NodeId) -> bool {
    match document.tag(node) {
        Tag::Math => true,
        Tag::Code => has_class(document, node, CLASS),
        _ => false,
    }
}

/// Whether the formula stands on a line of its own.
pub(super) fn is_display(document: &Document<'_>, math: NodeId) -> bool {
    document.attr(math, Attr::Display) == Some("block") || has_class(document, math, DISPLAY)
}

fn has_class(document: &Document<'_>, node: NodeId, name: &str) -> bool {
    let class = document.attr(node, Attr::Class).unwrap_or_default();
    class.split_ascii_whitespace().any(|class| class == name)
}

/// The TeX of a `<script type="math/tex">`.
pub(super) fn script(document: &Document<'_>, script: NodeId) -> Option<(String, bool)> {
    let tex: String = document.children(script).map(|node| document.text(node)).collect();
    let kind = document.attr(script, Attr::Type).unwrap_or_default();
    tidy(&tex).map(|tex| (tex, kind.contains("mode=display")))
}

/// What the id of an element set by MathJax 2 ends with.
const SET: &str = "-Frame";

/// Whether [`is_typeset`] is worth asking.
pub(super) fn may_be_typeset(document: &Document<'_>, node: NodeId) -> bool {
    document.attr(node, Attr::Id).is_some_and(|id| id.ends_with(SET))
}

/// Whether an element is what MathJax 2 made of the `<script type="math/tex">` behind it: the
/// script's id and `-Frame` is its own. A formula on a line of its own has a wrapper around it.
pub(super) fn is_typeset(document: &Document<'_>, node: NodeId) -> bool {
    let made_of = document.attr(node, Attr::Id).and_then(|id| id.strip_suffix(SET));
    let after = || document.parent(node).and_then(|wrapper| document.next_sibling(wrapper));
    let next = || document.next_sibling(node).or_else(after);
    let Some((made_of, next)) = made_of.and_then(|made_of| Some((made_of, next()?))) else {
        return false;
    };
    let is_tex = || {
        let kind = document.attr(next, Attr::Type);
        kind.is_some_and(|kind| kind.starts_with("math/tex")) && script(document, next).is_some()
    };
    document.tag(next) == Tag::Script && document.attr(next, Attr::Id) == Some(made_of) && is_tex()
}

/// White space collapsed, and the wrapper that some converters put around all of it taken off.
fn tidy(tex: &str) -> Option<String> {
    let tex = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = tex.strip_prefix("{\\displaystyle ").and_then(|tex| tex.strip_suffix('}'));
    let tex = inner.map_or(tex.as_str(), str::trim);
    // Groups opened in one formula and closed in another keep the macros of posts apart.
    let tex = tex.strip_prefix("\\begingroup").map_or(tex, str::trim_start);
    let tex = tex.strip_suffix("\\endgroup").map_or(tex, str::trim_end).to_string();
    (!tex.is_empty()).then_some(tex)
}
