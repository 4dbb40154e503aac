//! Microdata and RDFa: properties of items in the body.

use super::gather::{Gathered, Prop};
use super::source::{Source, Sourced};
use super::text::{clean, text_of};
use crate::dom::{Attr, Document, NodeId, Tag};

/// What the items of a page say about it.
#[derive(Debug, Default)]
pub(super) struct Props {
    /// The element of the headline.
    pub headline: Option<NodeId>,
    pub authors: Vec<Sourced<String>>,
    pub published: Option<Sourced<String>>,
    pub modified: Option<Sourced<String>>,
    pub image: Option<Sourced<String>>,
    pub section: Option<Sourced<String>>,
}

/// How far up the scope of a property is looked for.
const SCOPE_HEIGHT: usize = 24;

impl Props {
    pub fn of(document: &Document<'_>, all: &Gathered<'_>) -> Self {
        let mut props = Self::default();
        for prop in &all.props {
            for name in prop.name.split_ascii_whitespace() {
                let name = name.rsplit([':', '/', '#']).next().unwrap_or(name);
                props.take(document, prop, name);
            }
        }
        props
    }

    fn take(&mut self, document: &Document<'_>, prop: &Prop<'_>, name: &str) {
        if !matches!(
            name,
            "headline"
                | "author"
                | "creator"
                | "datePublished"
                | "dateModified"
                | "dateCreated"
                | "image"
                | "articleSection"
        ) {
            return;
        }
        if is_foreign(document, prop.node) {
            return;
        }
        let source = if prop.rdfa { Source::Rdfa } else { Source::Microdata };
        let value = || Some(Sourced::new(value(document, prop.node), source));
        match name {
            "headline" if self.headline.is_none() => {
                self.headline = value().filter(|text| !text.value().is_empty()).map(|_| prop.node);
            }
            "author" | "creator" if self.authors.len() < 8 => {
                let name = person(document, prop.node);
                if !name.is_empty() && self.authors.iter().all(|known| *known.value() != name) {
                    self.authors.push(Sourced::new(name, source));
                }
            }
            "datePublished" | "dateCreated" if self.published.is_none() => self.published = value(),
            "dateModified" if self.modified.is_none() => self.modified = value(),
            "articleSection" if self.section.is_none() => self.section = value(),
            "image" if self.image.is_none() && !is_portrait(document, prop.node) => {
                self.image =
                    address(document, prop.node).map(|address| Sourced::new(address, source));
            }
            _ => {}
        }
    }
}

/// The address that a property gives; data within the page is none.
fn address(document: &Document<'_>, node: NodeId) -> Option<String> {
    let mut found = [Attr::Content, Attr::Src, Attr::Href]
        .into_iter()
        .filter_map(|attr| Some(clean(document.attr(node, attr)?)));
    found.find(|address| !address.is_empty() && !address.starts_with("data:"))
}

/// Whether a picture is that of a person or the sign of a company.
fn is_portrait(document: &Document<'_>, node: NodeId) -> bool {
    let scope = document.ancestors(node).take(SCOPE_HEIGHT).find_map(|above| {
        document.attr(above, Attr::Itemtype).or(document.attr(above, Attr::Typeof))
    });
    let name = scope.and_then(|scope| scope.rsplit(['/', ':', '#']).next());
    matches!(name, Some("Person" | "Organization"))
}

/// The value of a property: its machine form where it has one, else its text.
fn value(document: &Document<'_>, node: NodeId) -> String {
    for attr in [Attr::Content, Attr::Datetime] {
        if let Some(value) = document.attr(node, attr).filter(|value| !value.trim().is_empty()) {
            return clean(value);
        }
    }
    text_of(document, node, 400)
}

/// The name of a person: of the item's own `name`, else the element's text.
fn person(document: &Document<'_>, node: NodeId) -> String {
    let is_name = |below: &NodeId| {
        let name = document.attr(*below, Attr::Itemprop).or(document.attr(*below, Attr::Property));
        name.is_some_and(|name| name.ends_with("name"))
    };
    let named = document.descendants(node).take(60).find(is_name);
    match named {
        Some(named) => value(document, named),
        None => value(document, node),
    }
}

/// Whether a property belongs to a comment, a review, or one of several listed items.
fn is_foreign(document: &Document<'_>, node: NodeId) -> bool {
    let mut scopes = 0;
    for above in document.ancestors(node).take(SCOPE_HEIGHT) {
        if matches!(document.tag(above), Tag::Footer | Tag::Aside | Tag::Nav) && scopes == 0 {
            return true;
        }
        for (attr, value) in document.attrs(above) {
            match attr {
                Attr::Itemtype | Attr::Typeof => {
                    scopes += 1;
                    let name = value.rsplit(['/', ':', '#']).next().unwrap_or(value);
                    if matches!(
                        name,
                        "Comment"
                            | "UserComments"
                            | "Review"
                            | "UserReview"
                            | "ListItem"
                            | "Offer"
                            | "Answer"
                    ) {
                        return true;
                    }
                }
                Attr::Itemprop
                    if matches!(
                        value,
                        "comment"
                            | "review"
                            | "suggestedAnswer"
                            | "acceptedAnswer"
                            | "itemListElement"
                    ) =>
                {
                    return true;
                }
                _ => {}
            }
        }
    }
    false
}
