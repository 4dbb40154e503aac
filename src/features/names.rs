//! Names that authors give their elements: class, id, role and the like, as tokens.
//!
//! A name is a weight and never a verdict: real articles stand in `class="sidebar-left share"`.
//! Names are split at punctuation and at changes of case, so that `share` is found in
//! `shareButtons` but not in `shareholders`.

use super::words::{combine_bytes, hash_bytes, mix};
use crate::dom::{Attr, Document, NodeId};
use std::ops::Range;

/// Families of tokens that mean much the same, and how each is called as a signal.
pub(crate) const FAMILIES: [(&str, &[&str]); 15] = [
    (
        "comment",
        &[
            "comment",
            "comments",
            "commentlist",
            "disqus",
            "reply",
            "replies",
            "respond",
            "kommentare",
            "commentaires",
            "discussion",
            "livefyre",
        ],
    ),
    (
        "navigation",
        &[
            "nav",
            "navbar",
            "navigation",
            "menu",
            "menus",
            "submenu",
            "breadcrumb",
            "breadcrumbs",
            "crumb",
            "crumbs",
            "pagination",
            "pager",
            "toc",
            "topbar",
            "tabs",
            "skip",
            "sitemap",
            "megamenu",
            "prev",
            "next",
        ],
    ),
    (
        "footer",
        &[
            "footer",
            "foot",
            "colophon",
            "contentinfo",
            "bottom",
            "copyright",
            "legal",
            "imprint",
            "disclaimer",
        ],
    ),
    (
        "side",
        &[
            "sidebar",
            "side",
            "aside",
            "rail",
            "widget",
            "widgets",
            "secondary",
            "complementary",
            "right",
            "left",
        ],
    ),
    (
        "related",
        &[
            "related",
            "recommend",
            "recommended",
            "recommendations",
            "recommendation",
            "similar",
            "popular",
            "trending",
            "more",
            "also",
            "latest",
            "recent",
            "teaser",
            "teasers",
            "outbrain",
            "taboola",
            "readmore",
            "recirc",
            "upnext",
            "further",
            "most",
            "promoted",
        ],
    ),
    (
        "share",
        &[
            "share",
            "sharing",
            "social",
            "facebook",
            "twitter",
            "whatsapp",
            "pinterest",
            "addthis",
            "addtoany",
            "sharedaddy",
            "follow",
            "bookmark",
            "print",
            "tools",
            "toolbar",
        ],
    ),
    ("consent", &["cookie", "cookies", "consent", "gdpr", "privacy", "onetrust", "cmp", "ccpa"]),
    (
        "newsletter",
        &[
            "newsletter",
            "subscribe",
            "subscription",
            "signup",
            "login",
            "signin",
            "register",
            "paywall",
            "account",
            "mailing",
            "optin",
            "email",
            "mailchimp",
        ],
    ),
    (
        "modal",
        &[
            "modal",
            "popup",
            "overlay",
            "dialog",
            "lightbox",
            "drawer",
            "offcanvas",
            "toast",
            "tooltip",
            "dropdown",
            "alert",
            "notice",
            "notification",
        ],
    ),
    (
        "hidden",
        &[
            "hidden",
            "hide",
            "invisible",
            "sr",
            "screenreader",
            "visuallyhidden",
            "collapsed",
            "noprint",
            "none",
            "clipped",
        ],
    ),
    (
        "content",
        &[
            "content",
            "article",
            "articlebody",
            "body",
            "entry",
            "post",
            "story",
            "text",
            "main",
            "maincontent",
            "prose",
            "richtext",
            "blog",
            "page",
            "copy",
            "postbody",
            "hentry",
            "storybody",
            "detail",
            "paragraph",
            "rte",
            "wysiwyg",
            "markdown",
        ],
    ),
    (
        "product",
        &[
            "product",
            "products",
            "price",
            "cart",
            "sku",
            "buy",
            "shop",
            "basket",
            "checkout",
            "specification",
            "specs",
            "description",
            "variant",
            "woocommerce",
        ],
    ),
    (
        "forum",
        &[
            "thread",
            "topic",
            "message",
            "messages",
            "forum",
            "postcontent",
            "postmessage",
            "answer",
            "answers",
            "question",
            "bbcode",
            "quote",
            "signature",
            "cooked",
            "bbwrapper",
        ],
    ),
    ("search", &["search", "searchform", "filter", "filters", "sort", "facet", "facets", "query"]),
    (
        "caption",
        &[
            "caption",
            "figcaption",
            "captions",
            "credit",
            "photographer",
            "image",
            "img",
            "photo",
            "figure",
            "media",
            "video",
            "wp",
        ],
    ),
];

/// The number of [`FAMILIES`].
pub(crate) const FAMILY_COUNT: usize = FAMILIES.len();

/// Slots of the hash table of family tokens: a power of two, over four times the tokens.
const SLOTS: usize = 2048;

/// Token hash and family, by open addressing; family 0xff is an empty slot.
static TABLE: [(u32, u8); SLOTS] = table();

const fn table() -> [(u32, u8); SLOTS] {
    let mut slots = [(0, 0xff); SLOTS];
    let mut family = 0;
    while family < FAMILIES.len() {
        let tokens = FAMILIES[family].1;
        let mut i = 0;
        while i < tokens.len() {
            let hash = hash_bytes(tokens[i].as_bytes());
            let mut slot = hash as usize % SLOTS;
            while slots[slot].1 != 0xff {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = (hash, family as u8);
            i += 1;
        }
        family += 1;
    }
    slots
}

/// The families of a token, as bits.
fn families_of(token: u32) -> u32 {
    let mut slot = token as usize % SLOTS;
    let mut bits = 0;
    while TABLE[slot].1 != 0xff {
        if TABLE[slot].0 == token {
            bits |= 1 << TABLE[slot].1;
        }
        slot = (slot + 1) % SLOTS;
    }
    bits
}

/// What an element's names say.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Named {
    /// The families of all tokens, as bits.
    pub families: u32,
    /// A hash of the class attribute, 0 where there is none.
    pub class: u32,
}

/// Reads the names of a page's elements.
///
/// Most names are those of an element shortly before, and are not split again.
#[derive(Default)]
pub(crate) struct Names<'d> {
    tokens: Vec<u32>,
    /// Names that were split lately, each at a place that its hash tells.
    lately: Vec<Split<'d>>,
}

/// An attribute that was split, and where its tokens stand among all.
#[derive(Debug, Clone, Default)]
struct Split<'d> {
    value: &'d str,
    tokens: Range<usize>,
    families: u32,
}

/// How many names are remembered: a power of two, more than a page has in one part.
const REMEMBERED: usize = 256;

/// The most tokens read from one element: utility-class pages put hundreds on each.
const MAX_TOKENS: usize = 24;

impl<'d> Names<'d> {
    /// The tokens of all names read so far, in their order.
    pub fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    pub fn into_tokens(self) -> Vec<u32> {
        self.tokens
    }

    /// Reads the names of an element.
    pub fn read(&mut self, document: &'d Document<'_>, node: NodeId) -> Named {
        let mut named = Named::default();
        let start = self.tokens.len();
        let is_name = |attr| {
            use Attr::*;
            matches!(attr, Class | Id | Role | Itemprop | DataTestid | AriaLabel)
        };
        for (attr, value) in document.attrs_where(node, is_name) {
            let room = start + MAX_TOKENS - self.tokens.len();
            let hash = combine_bytes(value.as_bytes());
            if attr == Attr::Class {
                named.class = hash;
            }
            named.families |= self.add(value, hash, room);
        }
        named
    }

    /// Adds the tokens of an attribute, `room` of them at most; returns their families.
    fn add(&mut self, value: &'d str, hash: u32, room: usize) -> u32 {
        if self.lately.is_empty() {
            self.lately = vec![Split::default(); REMEMBERED];
        }
        let at = hash as usize % REMEMBERED;
        let known = &self.lately[at];
        if known.value == value && known.tokens.len() <= room {
            self.tokens.extend_from_within(known.tokens.clone());
            return known.families;
        }
        let start = self.tokens.len();
        let families = self.split(value, room);
        let tokens = start..self.tokens.len();
        // What filled the room may be cut short.
        if tokens.len() < room {
            self.lately[at] = Split { value, tokens, families };
        }
        families
    }

    /// Adds the tokens of a name, `room` of them at most; returns their families.
    fn split(&mut self, value: &str, room: usize) -> u32 {
        let (start, mut families) = (self.tokens.len(), 0);
        split(value, |token| {
            if self.tokens.len() - start < room {
                families |= families_of(token);
                self.tokens.push(token);
            }
        });
        families
    }
}

/// For names, any character that is not ASCII counts as a letter.
const OTHER: u32 = 1;
const LOWER: u32 = 2;
/// Also the bit in which the upper case of ASCII differs from the lower.
const UPPER: u32 = 0x20;
/// A shift from [`LOWER`] to [`UPPER`].
const TURN: u32 = 4;

/// What each byte of a name is.
static KINDS: [u32; 256] = kinds();

const fn kinds() -> [u32; 256] {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            0x80.. => OTHER,
            _ => 0,
        };
        byte += 1;
    }
    kinds
}

/// Calls `found` with the hash of each token of two or more letters, in lower case.
fn split(value: &str, mut found: impl FnMut(u32)) {
    let bytes = value.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (start, mut hash, mut last) = (at, EMPTY, 0);
        while let Some(&byte) = bytes.get(at) {
            let kind = KINDS[usize::from(byte)];
            // Upper case behind lower begins another token.
            if kind & !(last << TURN) == 0 {
                break;
            }
            hash = mix(hash, byte | (kind & UPPER) as u8);
            last = kind;
            at += 1;
        }
        match at - start {
            0 => at += 1,
            1 => {}
            _ => found(hash),
        }
    }
}

/// The hash of no letters.
const EMPTY: u32 = hash_bytes(b"");

#[cfg(test)]
mod tests {
    use super::*;

    fn families(value: &str) -> Vec<&'static str> {
        let mut bits = 0;
        split(value, |token| bits |= families_of(token));
        (0..FAMILY_COUNT).filter(|i| bits & 1 << i != 0).map(|i| FAMILIES[i].0).collect()
    }

    #[test]
    fn tokens_end_at_punctuation_digits_and_case() {
        assert_eq!(families("shareButtons"), ["share"]);
        assert_eq!(families("site-footer2"), ["footer"]);
        assert!(families("shareholders").is_empty());
    }
}
