//! The element and attribute names that the later stages ask for, as one-byte enums.

use super::lookup::Lookup;

/// Writes the enum and the way between each variant and its name.
macro_rules! names {
    ($(#[$doc:meta])* $enum:ident { $($variant:ident = $name:tt,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum $enum {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
            /// Any name that has no variant of its own.
            Other,
        }

        impl $enum {
            const NAMES: [&str; Self::Other as usize] = [$($name,)*];
            const VARIANTS: [Self; Self::Other as usize] = [$(Self::$variant,)*];

            /// The variant of a name in lower case.
            ///
            /// ```
            /// use dehusk::dom::{Attr, Tag};
            /// assert_eq!((Tag::from_name("p"), Tag::from_name("x-tea")), (Tag::P, Tag::Other));
            /// assert_eq!(Attr::from_name("href"), Attr::Href);
            /// ```
            pub fn from_name(name: &str) -> Self {
                match Self::find(name.as_bytes()) {
                    Some(found) if found.name() == name => found,
                    _ => Self::Other,
                }
            }

            /// All variants but [`Self::Other`].
            #[cfg(test)]
            pub(super) fn all() -> impl Iterator<Item = Self> {
                Self::VARIANTS.into_iter()
            }

            /// The variant of a name in upper or lower case, if it has one.
            pub(super) fn find(name: &[u8]) -> Option<Self> {
                static LOOKUP: Lookup<{ $enum::Other as usize }> = Lookup::new(&$enum::NAMES);
                LOOKUP.find(name).map(|index| Self::VARIANTS[index])
            }

            /// The name in lower case; empty for [`Self::Other`].
            ///
            /// ```
            /// use dehusk::dom::{Attr, Tag};
            /// assert_eq!((Tag::H1.name(), Attr::Href.name(), Tag::Other.name()), ("h1", "href", ""));
            /// ```
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other => "",
                }
            }
        }
    };
}

names! {
    /// The name of an element, as far as the later stages tell names apart.
    ///
    /// ```
    /// use dehusk::dom::{Document, Tag};
    /// let document = Document::parse("<H1>Tea</H1>");
    /// let nodes = document.descendants(document.root());
    /// let headings = nodes.filter(|node| document.tag(*node) == Tag::H1);
    /// assert_eq!(headings.count(), 1);
    /// ```
    Tag {
        A = "a", Abbr = "abbr", Address = "address", Article = "article", Aside = "aside",
        Audio = "audio", B = "b", Base = "base", Blockquote = "blockquote", Body = "body",
        Br = "br", Button = "button", Canvas = "canvas", Caption = "caption", Center = "center",
        Cite = "cite", Code = "code", Col = "col", Colgroup = "colgroup", Datalist = "datalist",
        Dd = "dd", Del = "del", Details = "details", Dialog = "dialog", Dir = "dir", Div = "div",
        Dl = "dl", Dt = "dt", Em = "em", Embed = "embed", Fieldset = "fieldset",
        Figcaption = "figcaption", Figure = "figure", Font = "font", Footer = "footer",
        Form = "form", Frameset = "frameset", H1 = "h1", H2 = "h2", H3 = "h3", H4 = "h4",
        H5 = "h5", H6 = "h6", Head = "head", Header = "header", Hgroup = "hgroup", Hr = "hr",
        Html = "html", I = "i", Iframe = "iframe", Img = "img", Input = "input", Ins = "ins",
        Kbd = "kbd", Label = "label", Legend = "legend", Li = "li", Link = "link", Main = "main",
        Mark = "mark", Math = "math", Menu = "menu", Meta = "meta", Nav = "nav",
        Noframes = "noframes", Noscript = "noscript", Object = "object", Ol = "ol",
        Optgroup = "optgroup", Option = "option", P = "p", Picture = "picture",
        Plaintext = "plaintext", Pre = "pre", Q = "q", Rp = "rp", Rt = "rt", Ruby = "ruby",
        S = "s", Samp = "samp", Script = "script", Search = "search", Section = "section",
        Select = "select", Small = "small", Source = "source", Span = "span",
        Strike = "strike", Strong = "strong", Style = "style", Sub = "sub",
        Summary = "summary", Sup = "sup", Svg = "svg", Table = "table", Tbody = "tbody",
        Td = "td", Template = "template", Textarea = "textarea", Tfoot = "tfoot", Th = "th",
        Thead = "thead", Time = "time", Title = "title", Tr = "tr", Tt = "tt", U = "u",
        Ul = "ul", Var = "var", Video = "video", Wbr = "wbr", Xmp = "xmp",
        Annotation = "annotation",
    }
}

names! {
    /// The name of an attribute, as far as the later stages tell names apart; others are not kept.
    ///
    /// ```
    /// use dehusk::dom::Attr;
    /// assert_eq!((Attr::Href.name(), Attr::from_name("onclick")), ("href", Attr::Other));
    /// ```
    Attr {
        Alt = "alt", AriaHidden = "aria-hidden", AriaLabel = "aria-label", Charset = "charset",
        Cite = "cite", Class = "class", Colspan = "colspan", Content = "content",
        DataLang = "data-lang", DataLanguage = "data-language",
        DataLazySrc = "data-lazy-src", DataOriginal = "data-original", DataSrc = "data-src",
        DataSrcset = "data-srcset", DataTestid = "data-testid", Datetime = "datetime",
        Dir = "dir", Display = "display", Encoding = "encoding", Height = "height",
        Hidden = "hidden", Href = "href", Hreflang = "hreflang", HttpEquiv = "http-equiv",
        Id = "id", Itemprop = "itemprop", Itemscope = "itemscope", Itemtype = "itemtype",
        Lang = "lang", Name = "name", Open = "open", Property = "property", Rel = "rel",
        Reversed = "reversed", Role = "role", Rowspan = "rowspan", Scope = "scope",
        Shadowrootmode = "shadowrootmode", Sizes = "sizes", Src = "src", Srcset = "srcset",
        Start = "start", Style = "style", Title = "title", Type = "type", Typeof = "typeof",
        Value = "value", Width = "width", XlinkHref = "xlink:href", XmlLang = "xml:lang",
    }
}

#[cfg(test)]
mod tests {
    use super::{Attr, Tag};

    #[test]
    fn names_lead_to_their_variants() {
        for tag in Tag::all() {
            assert_eq!(Tag::from_name(tag.name()), tag);
        }
        for attr in Attr::all() {
            assert_eq!(Attr::from_name(attr.name()), attr);
            assert_eq!(Attr::find(attr.name().to_ascii_uppercase().as_bytes()), Some(attr));
        }
        assert_eq!(Tag::from_name("DIV"), Tag::Other);
        assert_eq!(Attr::from_name("onclick"), Attr::Other);
    }
}
