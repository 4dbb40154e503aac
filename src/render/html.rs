//! Clean HTML: an allow-list by construction, for only what is listed here is ever written.

use super::content::{Content, Element, Event, Marker, NESTING, NO_LINK, Span, Style};
use super::escape;
use super::math;
use super::options::RenderOptions;
use std::ops::Range;

impl Content {
    /// The content as HTML.
    ///
    /// Only these elements occur: `h1` to `h6`, `p`, `br`, `hr`, `blockquote`, `pre`, `code`, `ul`,
    /// `ol`, `li`, `figure`, `figcaption`, `img`, `table`, `caption`, `tr`, `th`, `td`, `a`,
    /// `strong`, `em`, `del`, `sub`, `sup`, and `div` around a footnote. Only these attributes:
    /// `href`, `src`, `alt`, `start`, `value`, `colspan`, `rowspan`, `id` of a footnote (`fn-1`),
    /// `class` of `code` (`language-…`; `language-math` for the TeX of a formula, with `display` if
    /// it stands on a line of its own). Addresses are of `http`, `https`, `mailto`, `tel`, or
    /// relative where the page's address is unknown.
    ///
    /// ```
    /// # use dehusk::render::RenderOptions;
    /// let page = dehusk::extract("<p onclick=x()>Tea is <a href='javascript:x()'>not</a> coffee.<script>x()</script>");
    /// let html = page.content().html(&RenderOptions::new());
    /// assert_eq!(html, "<p>Tea is not coffee.</p>\n");
    /// ```
    pub fn html(&self, options: &RenderOptions) -> String {
        let mut out = String::with_capacity(self.text.len() * 5 / 4);
        self.html_range(&mut out, 0..self.events.len(), options);
        out
    }

    pub(super) fn html_range(
        &self,
        out: &mut String,
        range: Range<usize>,
        options: &RenderOptions,
    ) {
        let mut writer = Writer {
            content: self,
            options,
            out,
            open: Vec::new(),
            link: NO_LINK,
            linked: false,
            style: Style::default(),
            after_note: false,
        };
        for index in range {
            writer.event(index);
        }
    }

    /// The address of a link, if links are wanted and it leads somewhere safe.
    pub(super) fn href(&self, link: u32, options: &RenderOptions) -> Option<String> {
        let link = self.links.get(link as usize).filter(|_| options.links)?;
        self.base.resolve(self.str(link.href))
    }

    /// The address of an image, if images are wanted and it is one of the web.
    pub(super) fn image_src(&self, media: u32, options: &RenderOptions) -> Option<String> {
        let src = self.str(self.media.get(media as usize).filter(|_| options.images)?.src);
        if src.starts_with("data:image/") {
            let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '(' | ')');
            return (options.data_images && src.chars().all(plain)).then(|| src.to_string());
        }
        self.base.resolve(src).filter(|src| !src.starts_with("mailto:") && !src.starts_with("tel:"))
    }

    /// The address of a frame, video or sound, if it is wanted.
    pub(super) fn embed_src(&self, media: u32, options: &RenderOptions) -> Option<String> {
        let src = self.str(self.media.get(media as usize).filter(|_| options.embeds)?.src);
        self.base.resolve(src).filter(|src| !src.starts_with("mailto:") && !src.starts_with("tel:"))
    }

    pub(super) fn alt(&self, media: u32) -> &str {
        self.media.get(media as usize).map_or("", |media| self.str(media.alt))
    }
}

struct Writer<'c, 'o> {
    content: &'c Content,
    options: &'c RenderOptions,
    out: &'o mut String,
    open: Vec<Open>,
    /// The inline elements that are open.
    link: u32,
    linked: bool,
    style: Style,
    /// Whether the element closed last was a note that was a list item.
    after_note: bool,
}

/// An open element.
struct Open {
    element: Element,
    end: &'static str,
    /// Of a list, the number of the next item.
    next: i64,
    /// Where its tag begins, and what is within.
    start: usize,
    begins: usize,
    /// Whether something was written in it.
    begun: bool,
}

impl Writer<'_, '_> {
    fn event(&mut self, index: usize) {
        match self.content.events[index] {
            Event::Open { element, end } => {
                let after_note = std::mem::take(&mut self.after_note);
                let (tag, end) = self.tags(element, index, end as usize, after_note);
                let start = self.out.len();
                self.out.push_str(&tag);
                let begins = self.out.len();
                let next = if let Element::List { start, .. } = element { start } else { 1 };
                self.open.push(Open { element, end, next, start, begins, begun: false });
                return;
            }
            Event::Close => return self.end(index),
            Event::Text { span, style, link } => self.text(self.content.str(span), style, link),
            Event::Break => {
                self.close_marks();
                self.out.truncate(self.out.trim_end_matches(' ').len());
                self.out.push_str("<br>");
            }
            Event::Math { tex, display } => {
                self.close_marks();
                let more = if display { " display" } else { "" };
                self.out.push_str(&format!("<code class=\"{}{more}\">", math::CLASS));
                escape::html(self.out, self.content.str(tex));
                self.out.push_str("</code>");
            }
            Event::NoteRef { label, shown } => {
                self.close_marks();
                self.out.push_str(&format!("<sup><a href=\"#fn-{label}\">"));
                escape::html(self.out, self.content.str(shown));
                self.out.push_str("</a></sup>");
            }
            Event::Image { media, link } => self.image(media, link),
            Event::Embed { media } => self.embed(media),
            Event::Rule => self.out.push_str("<hr>\n"),
        }
        self.after_note = false;
        self.begun();
    }

    fn begun(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.begun = true;
        }
    }

    /// Whether rows and cells are written as lines of text.
    fn is_flat(&self) -> bool {
        !self.options.tables
    }

    fn is_flat_row(&self) -> bool {
        let table = self.open.iter().rev().find_map(|open| match open.element {
            Element::Table(shape) => Some(shape),
            _ => None,
        });
        self.is_flat() && table.is_some_and(|table| !table.rich)
    }

    /// The tags of an element.
    fn tags(
        &mut self,
        element: Element,
        index: usize,
        end: usize,
        after_note: bool,
    ) -> (String, &'static str) {
        let (tag, end) = match element {
            Element::Paragraph => return self.paragraph(end),
            Element::Heading(level) => {
                const ENDS: [&str; 6] =
                    ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"];
                let level = level.clamp(1, 6);
                return (format!("<h{level}>"), ENDS[usize::from(level) - 1]);
            }
            Element::Caption => match self.open.last().map(|open| open.element) {
                Some(Element::Figure) => ("<figcaption>", "</figcaption>\n"),
                Some(Element::Table(_)) if self.options.tables => ("<caption>", "</caption>\n"),
                _ => ("<p>", "</p>\n"),
            },
            Element::Code { language } => return self.code(language),
            Element::Quote => ("<blockquote>\n", "</blockquote>\n"),
            Element::List { ordered: false, .. } => ("<ul>\n", "</ul>\n"),
            Element::List { start: 1, .. } => ("<ol>\n", "</ol>\n"),
            Element::List { start, .. } => return (format!("<ol start=\"{start}\">\n"), "</ol>\n"),
            Element::Item(Marker::Bullet) => ("<li>", "</li>\n"),
            Element::Item(Marker::Number(number)) => {
                let next = self.open.last().map(|list| list.next);
                if next != Some(number) {
                    return (format!("<li value=\"{number}\">"), "</li>\n");
                }
                ("<li>", "</li>\n")
            }
            Element::Figure => ("<figure>\n", "</figure>\n"),
            Element::Table(_) if self.is_flat() => ("", ""),
            Element::Table(_) => ("<table>\n", "</table>\n"),
            Element::Row { .. } if self.is_flat_row() => ("<p>", "</p>\n"),
            Element::Row { .. } if self.is_flat() => ("", ""),
            Element::Row { .. } => ("<tr>", "</tr>\n"),
            Element::Cell { .. } if self.is_flat() => {
                let begun = self.open.last().is_some_and(|row| row.begun);
                (if self.is_flat_row() && begun && end > index + 1 { " | " } else { "" }, "")
            }
            Element::Cell { header, colspan, rowspan } => {
                let mut tag = String::from(if header { "<th" } else { "<td" });
                for (name, span) in [("colspan", colspan), ("rowspan", rowspan)] {
                    if span > 1 {
                        tag.push_str(&format!(" {name}=\"{span}\""));
                    }
                }
                return (tag + ">", if header { "</th>" } else { "</td>" });
            }
            Element::Note { label, marker } => {
                let list = match marker {
                    None => return (format!("<div id=\"fn-{label}\">\n"), "</div>\n"),
                    _ if after_note => "",
                    Some(Marker::Number(_)) => "<ol>\n",
                    Some(Marker::Bullet) => "<ul>\n",
                };
                let value = match marker {
                    Some(Marker::Number(number)) => format!(" value=\"{number}\""),
                    _ => String::new(),
                };
                return (format!("{list}<li id=\"fn-{label}\"{value}>"), "</li>\n");
            }
        };
        (tag.to_string(), end)
    }

    fn paragraph(&mut self, end: usize) -> (String, &'static str) {
        let flat = self.is_flat_row();
        let Some(around) = self.open.last() else { return ("<p>".to_string(), "</p>\n") };
        let next = self.content.events.get(end + 1);
        let alone = !around.begun && matches!(next, Some(Event::Close));
        match around.element {
            Element::Cell { .. } if flat => (String::from(if around.begun { " " } else { "" }), ""),
            Element::Cell { .. } if alone && !self.is_flat() => (String::new(), ""),
            Element::Item(_) | Element::Note { marker: Some(_), .. } if !around.begun => {
                (String::new(), if alone { "" } else { "\n" })
            }
            _ => ("<p>".to_string(), "</p>\n"),
        }
    }

    fn code(&self, language: Span) -> (String, &'static str) {
        let mut tag = String::from("<pre><code");
        if !language.is_empty() {
            tag.push_str(" class=\"language-");
            escape::html(&mut tag, self.content.str(language));
            tag.push('"');
        }
        (tag + ">", "</code></pre>\n")
    }

    fn end(&mut self, index: usize) {
        self.close_marks();
        let Some(open) = self.open.pop() else { return };
        if open.element.is_leaf() && !open.element.is_code() {
            let end = self.out.trim_end_matches(' ').len();
            self.out.truncate(end.max(open.begins));
        }
        // Where all that was in it was left out, nothing is left of it.
        let empty = self.out.len() == open.begins && !matches!(open.element, Element::Cell { .. });
        if empty {
            self.out.truncate(open.start);
            return;
        }
        self.begun();
        if let (Element::Item(Marker::Number(number)), Some(list)) =
            (open.element, self.open.last_mut())
        {
            list.next = number.saturating_add(1);
        }
        self.out.push_str(open.end);
        if let Element::Note { marker: Some(marker), .. } = open.element {
            let next = self.content.events.get(index + 1);
            self.after_note = matches!(next, Some(Event::Open {
                element: Element::Note { marker: Some(next), .. }, ..
            }) if matches!((marker, next), (Marker::Bullet, Marker::Bullet)
                | (Marker::Number(_), Marker::Number(_))));
            if !self.after_note {
                let number = matches!(marker, Marker::Number(_));
                self.out.push_str(if number { "</ol>\n" } else { "</ul>\n" });
            }
        }
    }

    fn text(&mut self, text: &str, style: Style, link: u32) {
        let code = self.open.last().is_some_and(|open| open.element.is_code());
        // Where an image was left out between two spaces one is enough, and at the start none.
        let begins = self.open.last().is_some_and(|open| open.begins == self.out.len());
        let doubled = begins || self.out.ends_with([' ', '\n']) || self.out.ends_with("<br>");
        let text = match text.strip_prefix(' ') {
            Some("") if !code && doubled => return,
            Some(rest) if !code && doubled => rest,
            _ => text,
        };
        self.marks(style, link);
        escape::html(self.out, text);
    }

    /// Closes and opens inline elements until these are open.
    fn marks(&mut self, style: Style, link: u32) {
        // A link that leads nowhere is none.
        let mut href = None;
        let mut link = link;
        if link != self.link {
            href = self.content.href(link, self.options);
            link = if href.is_some() { link } else { NO_LINK };
        }
        let same = link == self.link;
        let from = match same {
            true => NESTING.iter().position(|(s, _)| style.has(*s) != self.style.has(*s)),
            false => Some(0),
        };
        let Some(from) = from else { return };
        for (_, name) in NESTING[from..].iter().rev().filter(|(s, _)| self.style.has(*s)) {
            self.out.push_str(&format!("</{name}>"));
        }
        if !same {
            if std::mem::take(&mut self.linked) {
                self.out.push_str("</a>");
            }
            self.link = link;
            if let Some(href) = href {
                self.linked = true;
                self.open_link(&href);
            }
        }
        for (_, name) in NESTING[from..].iter().filter(|(s, _)| style.has(*s)) {
            self.out.push_str(&format!("<{name}>"));
        }
        self.style = style;
    }

    fn open_link(&mut self, href: &str) {
        self.out.push_str("<a href=\"");
        escape::html(self.out, href);
        self.out.push_str("\">");
    }

    fn close_marks(&mut self) {
        self.marks(Style::default(), NO_LINK);
    }

    fn image(&mut self, media: u32, link: u32) {
        let Some(src) = self.content.image_src(media, self.options) else { return };
        self.close_marks();
        let wrapped = match self.open.last().map(|open| open.element) {
            None
            | Some(Element::Quote | Element::List { .. } | Element::Note { marker: None, .. }) => {
                true
            }
            Some(Element::Table(_) | Element::Row { .. }) => return,
            _ => false,
        };
        let href = self.content.href(link, self.options);
        self.out.push_str(if wrapped { "<p>" } else { "" });
        if let Some(href) = &href {
            self.open_link(href);
        }
        self.out.push_str("<img src=\"");
        escape::html(self.out, &src);
        self.out.push_str("\" alt=\"");
        escape::html(self.out, self.content.alt(media));
        self.out.push_str("\">");
        if href.is_some() {
            self.out.push_str("</a>");
        }
        self.out.push_str(if wrapped { "</p>\n" } else { "" });
    }

    fn embed(&mut self, media: u32) {
        let Some(src) = self.content.embed_src(media, self.options) else { return };
        self.close_marks();
        let block = !self.open.last().is_some_and(|open| open.element.is_leaf());
        self.out.push_str(if block { "<p>" } else { "" });
        self.open_link(&src);
        let title = self.content.alt(media);
        escape::html(self.out, if title.is_empty() { &src } else { title });
        self.out.push_str(if block { "</a></p>\n" } else { "</a>" });
    }
}
