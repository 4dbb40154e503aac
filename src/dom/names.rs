//! Element names while a page is parsed: small numbers in place of strings.
//!
//! The tree builder asks for the name of an open element again and again, and compares it with
//! lists of names. So an element's handle carries the number of its name, and the number leads to
//! an atom in a static table; a page's own names get numbers behind it.

use super::lookup::Lookup;
use super::tags::Tag;
use html5ever::{LocalName, local_name};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;

/// The number of an element name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name(u16);

/// A formatting element: the tree builder opens copies of it in later blocks until it is closed.
pub(super) const FORMATTING: u8 = 1;
/// Does not stay open: it has no content, or its content is text; or there is one on a page.
pub(super) const TRANSIENT: u8 = 2;
/// The tree builder reads the value or the presence of one of its attributes.
pub(super) const WATCHED: u8 = 4;
/// Its content is text without line ends to decode: scripts and style sheets.
pub(super) const CODE: u8 = 8;
/// Its content is text, not markup.
pub(super) const RAW: u8 = 16;
/// Both of the traits of an element with text for content.
const TEXT: u8 = TRANSIENT | RAW;

/// Writes the known names as parallel tables.
macro_rules! known {
    ($($name:tt $tag:ident $traits:expr,)*) => {
        const NAMES: [&str; [$($name,)*].len()] = [$($name,)*];
        static LOCAL_NAMES: &[LocalName] = &[$(local_name!($name),)*];
        const TAGS: &[Tag] = &[$(Tag::$tag,)*];
        const TRAITS: &[u8] = &[$($traits,)*];
    };
}

// All names of `Tag`, all that the tree builder tells apart, and what is frequent in SVG.
known! {
    "a" A FORMATTING, "abbr" Abbr 0, "acronym" Other 0, "address" Address 0,
    "annotation" Annotation 0, "annotation-xml" Other WATCHED, "applet" Other 0,
    "area" Other TRANSIENT, "article" Article 0, "aside" Aside 0, "audio" Audio 0,
    "b" B FORMATTING, "base" Base TRANSIENT, "basefont" Other TRANSIENT,
    "bgsound" Other TRANSIENT, "big" Other FORMATTING, "blockquote" Blockquote 0,
    "body" Body TRANSIENT, "br" Br TRANSIENT, "button" Button 0, "canvas" Canvas 0,
    "caption" Caption 0, "center" Center 0, "circle" Other 0, "cite" Cite 0,
    "code" Code FORMATTING, "col" Col TRANSIENT, "colgroup" Colgroup 0, "datalist" Datalist 0,
    "dd" Dd 0, "defs" Other 0, "del" Del 0, "desc" Other 0, "details" Details 0,
    "dialog" Dialog 0, "dir" Dir 0, "div" Div 0, "dl" Dl 0, "dt" Dt 0, "ellipse" Other 0,
    "em" Em FORMATTING, "embed" Embed TRANSIENT, "fieldset" Fieldset 0,
    "figcaption" Figcaption 0, "figure" Figure 0, "font" Font (FORMATTING | WATCHED),
    "footer" Footer 0, "form" Form 0, "frame" Other TRANSIENT, "frameset" Frameset 0,
    "g" Other 0, "h1" H1 0, "h2" H2 0, "h3" H3 0, "h4" H4 0, "h5" H5 0, "h6" H6 0,
    "head" Head TRANSIENT, "header" Header 0, "hgroup" Hgroup 0, "hr" Hr TRANSIENT,
    "html" Html TRANSIENT, "i" I FORMATTING, "iframe" Iframe TEXT,
    "image" Other TRANSIENT, "img" Img TRANSIENT, "input" Input (TRANSIENT | WATCHED),
    "ins" Ins 0, "kbd" Kbd 0, "keygen" Other TRANSIENT, "label" Label 0, "legend" Legend 0,
    "li" Li 0, "line" Other 0, "link" Link TRANSIENT, "listing" Other 0, "main" Main 0,
    "malignmark" Other 0, "map" Other 0, "mark" Mark 0, "marquee" Other 0, "math" Math 0,
    "menu" Menu 0, "meta" Meta TRANSIENT, "meter" Other 0, "mglyph" Other 0, "mi" Other 0,
    "mn" Other 0, "mo" Other 0, "mrow" Other 0, "ms" Other 0, "mtext" Other 0, "nav" Nav 0,
    "nobr" Other FORMATTING, "noembed" Other TEXT, "noframes" Noframes TEXT,
    "noscript" Noscript 0, "object" Object 0, "ol" Ol 0, "optgroup" Optgroup 0,
    "option" Option 0, "output" Other 0, "p" P 0, "param" Other TRANSIENT, "path" Other 0,
    "picture" Picture 0, "plaintext" Plaintext TEXT, "polygon" Other 0,
    "polyline" Other 0, "pre" Pre 0, "progress" Other 0, "q" Q 0, "rb" Other 0,
    "rect" Other 0, "rp" Rp 0, "rt" Rt 0, "rtc" Other 0, "ruby" Ruby 0, "s" S FORMATTING,
    "samp" Samp 0, "script" Script (TEXT | CODE), "search" Search 0, "section" Section 0,
    "select" Select 0, "slot" Other 0, "small" Small FORMATTING, "source" Source TRANSIENT,
    "span" Span 0, "stop" Other 0, "strike" Strike FORMATTING, "strong" Strong FORMATTING,
    "style" Style (TEXT | CODE), "sub" Sub 0, "summary" Summary 0, "sup" Sup 0,
    "svg" Svg 0, "symbol" Other 0, "table" Table 0, "tbody" Tbody 0, "td" Td 0,
    "template" Template 0, "text" Other 0, "textarea" Textarea TEXT, "tfoot" Tfoot 0,
    "th" Th 0, "thead" Thead 0, "time" Time 0, "title" Title TEXT, "tr" Tr 0,
    "track" Other TRANSIENT, "tt" Tt FORMATTING, "u" U FORMATTING, "ul" Ul 0, "use" Other 0,
    "var" Var 0, "video" Video 0, "wbr" Wbr TRANSIENT, "xmp" Xmp TEXT,
}

static LOOKUP: Lookup<{ NAMES.len() }> = Lookup::new(&NAMES);

/// Stands for every name past the budget.
static ONE_TOO_MANY: LocalName = local_name!("overflow");

impl Name {
    /// The tag of the name.
    pub(super) fn tag(self) -> Tag {
        TAGS.get(usize::from(self.0)).copied().unwrap_or(Tag::Other)
    }

    /// Whether the name has one of these traits.
    pub(super) fn is(self, traits: u8) -> bool {
        TRAITS.get(usize::from(self.0)).is_some_and(|has| has & traits != 0)
    }
}

/// What the name of an element or an attribute stands for, as it is written.
pub(super) fn tag_text(raw: &str) -> String {
    raw.to_ascii_lowercase().replace('\0', "\u{fffd}")
}

/// The names of a page.
///
/// Atoms of unknown names over seven bytes live in a table that is shared by all threads and slow
/// when it is large, hence the budget.
pub(super) struct Names {
    /// The page's own names, in cells so that references to one outlive the coming of the next.
    own: OnceCell<Box<[OnceCell<LocalName>]>>,
    numbers: RefCell<HashMap<Box<str>, u16>>,
    budget: u16,
    refused: Cell<bool>,
}

impl Names {
    pub(super) fn new(budget: usize) -> Self {
        let most = usize::from(u16::MAX) - NAMES.len();
        Self {
            own: OnceCell::new(),
            numbers: RefCell::default(),
            budget: budget.min(most) as u16,
            refused: Cell::new(false),
        }
    }

    /// The name as it stands in a tag.
    pub(super) fn written(&self, raw: &str) -> Name {
        match LOOKUP.find(raw.as_bytes()) {
            Some(known) => Name(known as u16),
            None => {
                // Names in upper case are those that the tree builder gives SVG's elements.
                let lower = !raw.bytes().any(|byte| byte.is_ascii_uppercase());
                let number = self.numbers.borrow().get(raw).copied().filter(|_| lower);
                number.map_or_else(|| self.own(tag_text(raw)), Name)
            }
        }
    }

    /// The name that the tree builder gives an element.
    pub(super) fn of(&self, local: &LocalName) -> Name {
        match LOOKUP.find(local.as_bytes()) {
            Some(known) if LOCAL_NAMES[known] == *local => Name(known as u16),
            _ => self.own(local.to_string()),
        }
    }

    /// The atom of a name.
    #[inline]
    pub(super) fn local(&self, name: Name) -> &LocalName {
        let index = usize::from(name.0);
        match LOCAL_NAMES.get(index) {
            Some(known) => known,
            None => self.own_atom(index - NAMES.len()).unwrap_or(&ONE_TOO_MANY),
        }
    }

    /// Whether there were more names than the budget allows.
    pub(super) fn refused(&self) -> bool {
        self.refused.get()
    }

    fn own_atom(&self, index: usize) -> Option<&LocalName> {
        self.own.get()?.get(index)?.get()
    }

    fn own(&self, name: String) -> Name {
        let mut numbers = self.numbers.borrow_mut();
        if let Some(number) = numbers.get(name.as_str()) {
            return Name(*number);
        }
        let index = numbers.len();
        if index >= usize::from(self.budget) {
            self.refused.set(true);
            return Name(NAMES.len() as u16 + self.budget);
        }
        let own = self.own.get_or_init(|| {
            (0..self.budget).map(|_| OnceCell::new()).collect::<Vec<_>>().into_boxed_slice()
        });
        own[index].get_or_init(|| LocalName::from(name.as_str()));
        let number = (NAMES.len() + index) as u16;
        numbers.insert(name.into_boxed_str(), number);
        Name(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_has_its_name() {
        let names = Names::new(8);
        for tag in Tag::all() {
            assert_eq!(names.written(tag.name()).tag(), tag, "{}", tag.name());
            assert_eq!(names.of(&LocalName::from(tag.name())).tag(), tag);
        }
    }

    #[test]
    fn a_page_s_own_names_keep_apart_up_to_the_budget() {
        let names = Names::new(2);
        let first = names.written("My-Element");
        assert_eq!(&**names.local(first), "my-element");
        assert_eq!(names.written("my-element"), first);
        let second = names.written("x\0y");
        assert_eq!(&**names.local(second), "x\u{fffd}y");
        assert!(!names.refused());
        let third = names.written("third");
        assert_eq!(third, names.written("fourth"));
        assert!(names.refused() && third != first && third != second);
        assert_eq!(&**names.local(third), "overflow");
    }

    #[test]
    fn a_name_in_mixed_case_is_not_its_lower_case_twin() {
        let names = Names::new(8);
        let adjusted = names.of(&LocalName::from("linearGradient"));
        assert_ne!(adjusted, names.written("lineargradient"));
        assert_eq!(names.written("linearGradient"), names.written("lineargradient"));
        assert_eq!(&**names.local(adjusted), "linearGradient");
    }
}
