//! The one pass over the document: collects what the readers of single values look at.

use super::text::{clean, text_of};
use crate::dom::{Attr, Document, NodeId, NodeKind, Tag};
use std::borrow::Cow;

/// Everything that one pass over a page finds.
#[derive(Debug, Default)]
pub(super) struct Gathered<'d> {
    /// Key in lower case and content of each `<meta>`, in order.
    pub metas: Vec<(Cow<'d, str>, &'d str)>,
    pub links: Vec<LinkTag<'d>>,
    pub title: Option<String>,
    pub language: Option<&'d str>,
    pub base_href: Option<&'d str>,
    /// The texts of the JSON-LD scripts.
    pub scripts: Vec<Cow<'d, str>>,
    /// `<h1>` elements with their text.
    pub headings: Vec<(NodeId, String)>,
    /// The first `<h2>` elements.
    pub subheadings: Vec<NodeId>,
    pub times: Vec<NodeId>,
    /// Elements with `itemprop`, or with `property` outside `<meta>`.
    pub props: Vec<Prop<'d>>,
    /// Types of items, each once.
    pub types: Vec<&'d str>,
    pub rel_authors: Vec<NodeId>,
    pub rel_licenses: Vec<&'d str>,
    pub rel_tags: Vec<NodeId>,
    /// How many forms, articles, prices and the like the page has: cues to its type.
    pub counts: Counts,
}

/// A `<link>`.
#[derive(Debug)]
pub(super) struct LinkTag<'d> {
    pub rel: &'d str,
    pub href: &'d str,
    pub kind: &'d str,
    pub title: &'d str,
    pub sizes: &'d str,
}

/// An element that carries a property of an item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prop<'d> {
    pub node: NodeId,
    pub name: &'d str,
    pub rdfa: bool,
}

/// How often some elements occur.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    pub articles: u32,
    pub code: u32,
}

/// Bounds on what is kept of each kind: far above real pages, so that no page costs more than
/// one pass.
const MAX_META: usize = 400;
const MAX_SCRIPTS: usize = 60;
const MAX_HEADINGS: usize = 30;
const MAX_ELEMENTS: usize = 120;
const MAX_PROPS: usize = 400;
const MAX_TYPES: usize = 24;

/// The relations of those `<link>` elements that are read.
const RELATIONS: [&str; 6] =
    ["canonical", "icon", "apple-touch-icon", "alternate", "license", "image_src"];

impl<'d> Gathered<'d> {
    /// Walks the document once.
    pub fn of(document: &'d Document<'_>) -> Self {
        let mut all = Self::default();
        let mut next = Some(document.root());
        while let Some(node) = next {
            let is_read = match document.kind(node) {
                NodeKind::Element => document.tag(node) != Tag::Svg,
                kind => kind == NodeKind::Document,
            };
            if !is_read {
                next = behind(document, node);
                continue;
            }
            all.take(document, node);
            next = document.first_child(node).or_else(|| behind(document, node));
        }
        all
    }

    /// The cleaned content of the first `<meta>` with one of these keys, in the order of the keys.
    pub fn meta(&self, keys: &[&str]) -> Option<(String, usize)> {
        keys.iter().enumerate().find_map(|(index, key)| {
            let values = self.metas.iter().filter(|(known, _)| known == key);
            values
                .map(|(_, value)| clean(value))
                .find(|value| !value.is_empty())
                .map(|v| (v, index))
        })
    }

    /// The cleaned contents of all `<meta>` with this key.
    pub fn all_metas(&self, key: &str) -> impl Iterator<Item = String> {
        let values = self.metas.iter().filter(move |(known, _)| known == key);
        values.map(|(_, value)| clean(value)).filter(|value| !value.is_empty())
    }

    fn take(&mut self, document: &'d Document<'_>, node: NodeId) {
        match document.tag(node) {
            Tag::Meta => self.take_meta(document, node),
            Tag::Link if self.links.len() < MAX_META => self.take_link(document, node),
            Tag::Title if self.title.is_none() => {
                self.title = Some(text_of(document, node, 2_000)).filter(|t| !t.is_empty());
            }
            Tag::Html => self.language = document.attr(node, Attr::Lang),
            Tag::Base if self.base_href.is_none() => {
                self.base_href = document.attr(node, Attr::Href);
            }
            Tag::Script => {
                let kind = document.attr(node, Attr::Type).unwrap_or_default();
                if kind.contains("ld+json") && self.scripts.len() < MAX_SCRIPTS {
                    self.scripts.push(whole_text(document, node));
                }
            }
            Tag::H1 if self.headings.len() < MAX_HEADINGS => {
                self.headings.push((node, text_of(document, node, 600)));
            }
            Tag::H2 | Tag::H3 if self.subheadings.len() < 24 => self.subheadings.push(node),
            Tag::Time if self.times.len() < MAX_ELEMENTS => self.times.push(node),
            Tag::Article => self.counts.articles += 1,
            Tag::Pre => self.counts.code += 1,
            _ => {}
        }
        let is_wanted = |attr| {
            matches!(
                attr,
                Attr::Itemprop | Attr::Property | Attr::Itemtype | Attr::Typeof | Attr::Rel
            )
        };
        for (attr, value) in document.attrs_where(node, is_wanted) {
            match attr {
                Attr::Itemprop if self.props.len() < MAX_PROPS => {
                    self.props.push(Prop { node, name: value, rdfa: false });
                }
                Attr::Property
                    if document.tag(node) != Tag::Meta && self.props.len() < MAX_PROPS =>
                {
                    self.props.push(Prop { node, name: value, rdfa: true });
                }
                Attr::Itemtype | Attr::Typeof
                    if self.types.len() < MAX_TYPES && !self.types.contains(&value) =>
                {
                    self.types.push(value);
                }
                Attr::Rel if document.tag(node) == Tag::A => self.take_rel(document, node, value),
                _ => {}
            }
        }
    }

    fn take_meta(&mut self, document: &'d Document<'_>, node: NodeId) {
        if self.metas.len() >= MAX_META {
            return;
        }
        let (mut content, mut keys) = (None, [None; 3]);
        for (attr, value) in document.attrs(node) {
            match attr {
                Attr::Content => content = Some(value),
                Attr::Property => keys[0] = Some(value),
                Attr::Name => keys[1] = Some(value),
                Attr::HttpEquiv => keys[2] = Some(value),
                _ => {}
            }
        }
        let Some(content) = content else { return };
        for key in keys.into_iter().flatten().map(str::trim) {
            let key = match key.bytes().any(|b| b.is_ascii_uppercase()) {
                true => Cow::Owned(key.to_ascii_lowercase()),
                false => Cow::Borrowed(key),
            };
            self.metas.push((key, content));
        }
    }

    fn take_link(&mut self, document: &'d Document<'_>, node: NodeId) {
        let attr = |name| document.attr(node, name).unwrap_or_default();
        let rel = attr(Attr::Rel);
        let is_wanted = |rel: &str| RELATIONS.iter().any(|known| rel.eq_ignore_ascii_case(known));
        if !rel.split_ascii_whitespace().any(is_wanted) {
            return;
        }
        let href = attr(Attr::Href);
        if !href.is_empty() {
            let (kind, title) = (attr(Attr::Type), attr(Attr::Title));
            self.links.push(LinkTag { rel, href, kind, title, sizes: attr(Attr::Sizes) });
        }
    }

    fn take_rel(&mut self, document: &'d Document<'_>, node: NodeId, rel: &str) {
        let has = |name: &str| rel.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case(name));
        if has("author") && self.rel_authors.len() < MAX_ELEMENTS {
            self.rel_authors.push(node);
        }
        if has("tag") && self.rel_tags.len() < MAX_ELEMENTS {
            self.rel_tags.push(node);
        }
        if has("license") {
            self.rel_licenses.extend(document.attr(node, Attr::Href));
        }
    }
}

/// The node behind this one and all that is below it.
pub(super) fn behind(document: &Document<'_>, node: NodeId) -> Option<NodeId> {
    let mut node = node;
    loop {
        if let Some(next) = document.next_sibling(node) {
            return Some(next);
        }
        node = document.parent(node)?;
    }
}

/// The text of a script: its only child, as a rule.
fn whole_text<'d>(document: &'d Document<'_>, node: NodeId) -> Cow<'d, str> {
    let mut texts = document.children(node).map(|child| document.text(child));
    let first = texts.next().unwrap_or_default();
    match texts.next() {
        None => Cow::Borrowed(first),
        Some(second) => {
            let mut all = String::from(first) + second;
            all.extend(texts);
            Cow::Owned(all)
        }
    }
}
