//! The byline zone: the lines just before and behind the title.

use super::text::{collapse, is_inline, is_silent, name_words};
use super::word_table::WordTable;
use crate::dom::{Attr, Document, NodeId, NodeKind, Tag};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A line near the title.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub text: String,
    /// What the names of the elements around the line say that it holds.
    pub cue: Cue,
    /// Links and elements within the line whose own names or addresses say author.
    pub authors: Vec<String>,
    /// The machine form of a `<time>` within the line.
    pub datetime: Option<String>,
    /// How many lines behind the title it stands; negative before it.
    pub distance: i32,
}

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
    fn add(&mut self, other: Self) {
        self.author |= other.author;
        self.date |= other.date;
        self.modified |= other.modified;
        self.format |= other.format;
        self.foreign |= other.foreign;
        self.aside |= other.aside;
    }
}

/// How far the zone reaches: lines and bytes behind the title, lines before it, and nodes at all.
const LINES_AFTER: i32 = 24;
const BYTES_AFTER: usize = 1_500;
const LINES_BEFORE: i32 = 10;
const NODES_BEFORE: usize = 120;
const NODES_AFTER: usize = 600;
/// How many nodes of a link are looked at.
const MAX_CARD: usize = 16;
/// A longer line is prose.
const MAX_LINE: usize = 400;

/// The lines around a title element.
pub(super) fn around(document: &Document<'_>, title: NodeId) -> Vec<Line> {
    let start = back(document, title);
    let mut reader = Reader {
        document,
        title,
        lines: Vec::new(),
        passed: false,
        after: 0,
        bytes: 0,
        line: Open::default(),
        cues: BTreeMap::new(),
    };
    let mut node = Some(start);
    let mut left = NODES_BEFORE + NODES_AFTER;
    while let Some(current) = node.filter(|_| left > 0 && !reader.done()) {
        left -= 1;
        node = reader.enter(current);
    }
    reader.break_line();
    reader.number()
}

/// The lines of a document's start, for pages without any heading.
fn back(document: &Document<'_>, title: NodeId) -> NodeId {
    let mut node = title;
    for _ in 0..NODES_BEFORE {
        let Some(before) = previous(document, node) else { break };
        if document.tag(before) == Tag::Body || document.tag(before) == Tag::Head {
            break;
        }
        node = before;
    }
    node
}

/// The node before this one in the order of the page.
fn previous(document: &Document<'_>, node: NodeId) -> Option<NodeId> {
    let Some(mut before) = document.prev_sibling(node) else { return document.parent(node) };
    while let Some(last) = document.last_child(before) {
        before = last;
    }
    Some(before)
}

/// The node behind this one and all that is below it.
fn behind(document: &Document<'_>, node: NodeId) -> Option<NodeId> {
    let mut node = node;
    loop {
        if let Some(next) = document.next_sibling(node) {
            return Some(next);
        }
        node = document.parent(node)?;
    }
}

#[derive(Default)]
struct Open {
    text: String,
    first: Option<NodeId>,
    /// The element around the last text.
    last: Option<NodeId>,
    cue: Cue,
    authors: Vec<String>,
    datetime: Option<String>,
}

struct Reader<'d, 'h> {
    document: &'d Document<'h>,
    title: NodeId,
    lines: Vec<Line>,
    passed: bool,
    /// Lines and bytes behind the title.
    after: i32,
    bytes: usize,
    line: Open,
    cues: BTreeMap<NodeId, Cue>,
}

impl Reader<'_, '_> {
    fn done(&self) -> bool {
        self.after >= LINES_AFTER || self.bytes > BYTES_AFTER
    }

    /// Reads a node and says which is next.
    fn enter(&mut self, node: NodeId) -> Option<NodeId> {
        let document = self.document;
        if node == self.title {
            self.break_line();
            self.passed = true;
            return behind(document, node);
        }
        match document.kind(node) {
            NodeKind::Text => {
                self.take_text(node);
                behind(document, node)
            }
            _ if is_silent(document.tag(node)) => behind(document, node),
            _ => {
                let tag = document.tag(node);
                if !is_inline(tag) {
                    self.break_line();
                }
                self.take_element(node, tag);
                document.first_child(node).or_else(|| behind(document, node))
            }
        }
    }

    fn take_text(&mut self, node: NodeId) {
        let text = self.document.text(node);
        if text.trim().is_empty() {
            if !self.line.text.is_empty() {
                self.line.text.push(' ');
            }
            return;
        }
        // Text behind a closed block element begins a line, though no start tag broke the last.
        if let Some(first) = self.line.first
            && self.block_of(first) != self.block_of(node)
        {
            self.break_line();
        }
        if self.line.first.is_none() {
            self.line.first = Some(node);
        }
        let cue = self.cue_of(node);
        self.line.cue.add(cue);
        if self.parts_from_last(node) {
            self.line.text.push(' ');
        }
        let (own, link) = self.is_author_element(node);
        if own || link {
            self.line.authors.push(collapse(text));
        }
        self.line.text.push_str(text);
    }

    fn take_element(&mut self, node: NodeId, tag: Tag) {
        if tag == Tag::Time && self.line.datetime.is_none() {
            self.line.datetime = self.document.attr(node, Attr::Datetime).map(String::from);
        }
    }

    /// The nearest element around a node that is not inline.
    fn block_of(&self, node: NodeId) -> Option<NodeId> {
        let mut above = self.document.ancestors(node).take(20);
        above.find(|node| !is_inline(self.document.tag(*node)))
    }

    /// Whether a text holds something else than the one before it in the line: a name here, a date
    /// there, which styles keep apart though no space does.
    fn parts_from_last(&mut self, node: NodeId) -> bool {
        let parent = self.document.parent(node);
        let last = std::mem::replace(&mut self.line.last, parent);
        let (Some(here), Some(last)) = (parent, last) else { return false };
        if here == last {
            return false;
        }
        let kind = |reader: &mut Self, node| {
            let cue = reader.own_cue(node);
            (cue.author, cue.date || reader.document.tag(node) == Tag::Time)
        };
        kind(self, here) != kind(self, last)
    }

    /// Whether the innermost elements around a text say that it is an author: by their names, or
    /// by the address of a link.
    fn is_author_element(&mut self, node: NodeId) -> (bool, bool) {
        let mut own = false;
        let mut link = false;
        for above in self.document.ancestors(node).take(2) {
            if !is_inline(self.document.tag(above)) && self.document.tag(above) != Tag::Div {
                continue;
            }
            own |= self.own_cue(above).author;
            if self.document.tag(above) == Tag::A {
                let href = self.document.attr(above, Attr::Href).unwrap_or_default();
                let rel = self.document.attr(above, Attr::Rel).unwrap_or_default();
                link |= is_author_href(href) || rel.contains("author");
            }
        }
        (own, link)
    }

    /// The cue of one element; texts that are neighbours ask for the same ones.
    fn own_cue(&mut self, node: NodeId) -> Cue {
        let document = self.document;
        *self.cues.entry(node).or_insert_with(|| cue(document, node))
    }

    /// The cues of the elements around a text, up to the one that also holds the title.
    fn cue_of(&mut self, node: NodeId) -> Cue {
        let mut all = Cue::default();
        for (height, above) in self.document.ancestors(node).take(12).enumerate() {
            let tag = self.document.tag(above);
            if matches!(tag, Tag::Body | Tag::Main | Tag::Article | Tag::Html) {
                break;
            }
            let cue = self.own_cue(above);
            // Far up, `author` and `date` name boxes that hold much else.
            if height < 5 {
                all.author |= cue.author;
                all.date |= cue.date;
                all.modified |= cue.modified;
                all.format |= cue.format;
            }
            let holds_title = || self.document.ancestors(self.title).take(16).any(|a| a == above);
            // A margin note that holds just a name or a date belongs to the title beside it.
            let margin = (matches!(tag, Tag::Aside | Tag::Footer) || cue.aside)
                && !(all.author || all.date || self.line.datetime.is_some());
            all.foreign |=
                (cue.foreign || margin || matches!(tag, Tag::Nav | Tag::Form)) && !holds_title();
            // The day of a picture is not that of the story; a card is a link around a heading.
            all.foreign |= tag == Tag::Figcaption
                || tag == Tag::A && is_card(self.document, above, Some(self.title));
        }
        all
    }

    fn break_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = collapse(&line.text);
        if text.is_empty() && line.datetime.is_none() {
            return;
        }
        if self.passed {
            self.after += 1;
            self.bytes += text.len();
        }
        let long = text.len() > MAX_LINE;
        let mut text = text;
        if long {
            let mut end = MAX_LINE;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        self.lines.push(Line {
            text,
            cue: line.cue,
            authors: if long { Vec::new() } else { line.authors },
            datetime: line.datetime,
            distance: i32::from(self.passed),
        });
    }

    /// Numbers the lines by their distance from the title and drops those too far before it.
    fn number(mut self) -> Vec<Line> {
        let before = self.lines.iter().take_while(|line| line.distance == 0).count() as i32;
        for (index, line) in self.lines.iter_mut().enumerate() {
            let index = index as i32;
            line.distance = if index < before { index - before } else { index - before + 1 };
        }
        self.lines.retain(|line| line.distance >= -LINES_BEFORE);
        self.lines
    }
}

/// Whether a link leads to another story: a heading that is not the title stands in it.
pub(super) fn is_card(document: &Document<'_>, link: NodeId, title: Option<NodeId>) -> bool {
    let is_heading = |node: &NodeId| {
        matches!(document.tag(*node), Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5) && Some(*node) != title
    };
    document.descendants(link).take(MAX_CARD).any(|node| is_heading(&node))
}

/// What the class, id, `itemprop` and `data-testid` of one element promise.
pub(super) fn cue(document: &Document<'_>, node: NodeId) -> Cue {
    let mut cue = Cue::default();
    for (attr, value) in document.attrs(node) {
        let named = matches!(attr, Attr::Class | Attr::Id | Attr::Itemprop | Attr::DataTestid);
        if !named || value.len() > MAX_NAMES {
            continue;
        }
        for word in name_words(value) {
            if let Some(promise) = WORDS.get_any_case(word) {
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
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let mut parts = path.split('/').filter(|part| !part.is_empty()).rev();
    // The last part is the person.
    let Some(last) = parts.next() else { return false };
    last.starts_with('@') || parts.take(4).any(|part| PEOPLE.get_any_case(part).is_some())
}
