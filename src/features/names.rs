//! Names that authors give their elements: class, id, role and the like, as tokens.
//!
//! A name is a weight and never a verdict: real articles stand in `class="sidebar-left share"`.
//! Names are split at punctuation and at changes of case, so that `share` is found in
//! `shareButtons` but not in `shareholders`.

use super::words::{hash_bytes, mix};
use crate::dom::{Attr, Document, NodeId};

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

/// The most tokens read from one element: utility-class pages put hundreds on each.
const MAX_TOKENS: usize = 24;

/// Appends the tokens of an element's names to `tokens` and sums up what they say.
pub(crate) fn read(document: &Document<'_>, node: NodeId, tokens: &mut Vec<u32>) -> Named {
    let mut named = Named::default();
    let start = tokens.len();
    let is_name = |attr| {
        use Attr::*;
        matches!(attr, Class | Id | Role | Itemprop | DataTestid | AriaLabel)
    };
    for (attr, value) in document.attrs_where(node, is_name) {
        if attr == Attr::Class {
            named.class = hash_bytes(value.as_bytes());
        }
        split(value, |token| {
            if tokens.len() - start < MAX_TOKENS {
                named.families |= families_of(token);
                tokens.push(token);
            }
        });
    }
    named
}

/// A letter, for names: any character that is not ASCII counts as one.
const LETTER: u8 = 1;
const LOWER: u8 = 2;
/// Also the bit in which the upper case of ASCII differs from the lower.
const UPPER: u8 = 0x20;

/// What each byte of a name is.
static KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' => LETTER | LOWER,
            b'A'..=b'Z' => LETTER | UPPER,
            0x80.. => LETTER,
            _ => 0,
        };
        byte += 1;
    }
    kinds
}

/// Calls `found` with the hash of each token of two or more letters, in lower case.
fn split(value: &str, mut found: impl FnMut(u32)) {
    let empty = hash_bytes(b"");
    let (mut hash, mut letters, mut last) = (empty, 0, 0);
    for &byte in value.as_bytes() {
        let kind = KINDS[usize::from(byte)];
        let turns = last & LOWER != 0 && kind & UPPER != 0;
        if (kind == 0 || turns) && letters > 0 {
            if letters > 1 {
                found(hash);
            }
            (hash, letters) = (empty, 0);
        }
        if kind != 0 {
            hash = mix(hash, byte | kind & UPPER);
            letters += 1;
        }
        last = kind;
    }
    if letters > 1 {
        found(hash);
    }
}

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
