//! What the names and addresses of elements promise: an author, a date, something foreign.

use super::text::name_words;
use super::word_table::WordTable;
use crate::dom::{Attr, Document, NodeId};
use std::sync::LazyLock;

/// What an element's class, id and the like promise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cue {
    pub author: bool,
    pub date: bool,
    pub modified: bool,
    /// It does so by the classes of a microformat.
    pub format: bool,
    /// Comments, related cards: not about this page.
    pub foreign: bool,
    /// Boxes that mostly hold something else, but may hold a byline too.
    pub aside: bool,
}

impl Cue {
    pub fn add(&mut self, other: Self) {
        self.author |= other.author;
        self.date |= other.date;
        self.modified |= other.modified;
        self.format |= other.format;
        self.foreign |= other.foreign;
        self.aside |= other.aside;
    }
}

/// What the class, id, `itemprop` and `data-testid` of one element promise.
pub(super) fn cue(document: &Document<'_>, node: NodeId) -> Cue {
    let mut cue = Cue::default();
    let is_name = |attr| matches!(attr, Attr::Class | Attr::Id | Attr::Itemprop | Attr::DataTestid);
    for (attr, value) in document.attrs_where(node, is_name) {
        if value.len() > MAX_NAMES {
            continue;
        }
        for word in name_words(value) {
            if let Some(promise) = WORDS.get_any_case(word.as_bytes()) {
                cue.add(promise);
            }
        }
        if attr == Attr::Class && (cue.author || cue.date) {
            cue.format = value.split_ascii_whitespace().any(|name| FORMATS.contains(&name));
        }
    }
    cue
}

/// The words that promise something.
static WORDS: LazyLock<WordTable<Cue>> = LazyLock::new(|| {
    let none = Cue::default();
    let lists: [(&[&str], Cue); 5] = [
        (&AUTHOR, Cue { author: true, ..none }),
        (&DATE, Cue { date: true, ..none }),
        (&MODIFIED, Cue { modified: true, ..none }),
        (&FOREIGN, Cue { foreign: true, ..none }),
        (&ASIDE, Cue { aside: true, ..none }),
    ];
    let words =
        lists.iter().flat_map(|(words, promise)| words.iter().map(|word| (*word, *promise)));
    WordTable::new(words, |mut first, second| {
        first.add(second);
        first
    })
});

/// Classes of hCard, h-card and h-entry.
const FORMATS: [&str; 5] = ["vcard", "h-card", "p-author", "dt-published", "dt-updated"];

/// Longer lists of classes come from utility frameworks and name nothing.
const MAX_NAMES: usize = 300;

const AUTHOR: [&str; 20] = [
    "author",
    "authors",
    "byline",
    "bylines",
    "writer",
    "writers",
    "contributor",
    "contributors",
    "auteur",
    "autor",
    "autore",
    "reporter",
    "postauthor",
    "authorname",
    "vcard",
    "username",
    "creator",
    "by",
    "poster",
    "postuser",
];

const DATE: [&str; 20] = [
    "date",
    "dates",
    "time",
    "published",
    "publish",
    "pubdate",
    "posted",
    "timestamp",
    "dateline",
    "datetime",
    "datum",
    "fecha",
    "datepublished",
    "postdate",
    "publication",
    "postdated",
    "created",
    "pubtime",
    "dateposted",
    "posttime",
];

const MODIFIED: [&str; 8] = [
    "updated",
    "modified",
    "update",
    "datemodified",
    "lastmod",
    "revised",
    "reviewed",
    "lastupdated",
];

const FOREIGN: [&str; 20] = [
    "comment",
    "comments",
    "commenter",
    "related",
    "recommended",
    "trending",
    "popular",
    "newsletter",
    "breadcrumb",
    "breadcrumbs",
    "nav",
    "navbar",
    "menu",
    "cookie",
    "footer",
    "recirc",
    "reviewer",
    "testimonial",
    "testimonials",
    "recommendations",
];

const ASIDE: [&str; 7] = ["sidebar", "teaser", "promo", "latest", "carousel", "widget", "upcoming"];

/// Parts of addresses that the name of a person follows.
static PEOPLE: LazyLock<WordTable<()>> = LazyLock::new(|| {
    let words = [
        "author",
        "authors",
        "profile",
        "profiles",
        "people",
        "person",
        "contributor",
        "contributors",
        "staff",
        "writer",
        "writers",
        "byline",
        "by",
        "user",
        "users",
        "u",
        "member",
        "members",
        "team",
        "auteur",
        "autor",
        "autoren",
        "journalist",
        "reporters",
    ];
    WordTable::new(words.map(|word| (word, ())).into_iter(), |(), ()| ())
});

/// Whether an address leads to the page of a person.
pub(super) fn is_author_href(href: &str) -> bool {
    let href = href.as_bytes();
    let end = href.iter().position(|byte| matches!(byte, b'?' | b'#')).unwrap_or(href.len());
    let mut parts = href[..end].rsplit(|byte| *byte == b'/').filter(|part| !part.is_empty());
    // The last part is the person.
    let Some(last) = parts.next() else { return false };
    last.starts_with(b"@") || parts.take(4).any(|part| PEOPLE.get_any_case(part).is_some())
}
