//! JSON: the content as a tree of blocks, for programs.

use super::budget::Budget;
use super::content::{Content, Element, Event, Marker, NO_LINK, Style};
use super::headings::Headings;
use super::line::live;
use super::options::RenderOptions;
use super::words::Words;
use crate::json_writer::Json;

/// The version of the JSON's form; new members may come without a new version.
///
/// ```
/// let json = dehusk::extract("<p>Tea is good for you.").json();
/// assert!(json.contains(&format!("\"version\":{}", dehusk::render::JSON_VERSION)));
/// ```
pub const JSON_VERSION: u32 = 1;

impl Content {
    /// The content as one JSON object, without line breaks.
    ///
    /// - `version`: [`JSON_VERSION`].
    /// - `words`: an object: `total`, and the words of each script that occurs, such as `latin`.
    /// - `blocks`: an array of blocks, each an object with a `kind`.
    ///
    /// | kind | members |
    /// |---|---|
    /// | `paragraph`, `caption` | `text`; `spans` where there is more to it than text |
    /// | `heading` | as above, and `level`, 1 to 6 |
    /// | `code` | `text`; `language` where known |
    /// | `list` | `ordered`, `start`; `blocks`, all of them of the kind `item` |
    /// | `item` | `number` in an ordered list; `blocks` |
    /// | `quote`, `figure` | `blocks` |
    /// | `table` | `blocks`: a `caption` perhaps, then `row`s |
    /// | `row` | `header`; `blocks`, all of them of the kind `cell` |
    /// | `cell` | `header`, `colspan`, `rowspan`; `blocks` |
    /// | `footnote` | `label`; `blocks` |
    /// | `image` | `src`, `alt`; `href` where it is a link |
    /// | `embed` | `src`, `title` |
    /// | `rule` | |
    ///
    /// Blocks outside of others that have text carry `headings`, the headings above them, outermost
    /// first, where there are any; of a long one, its beginning and `…`. Where these paths come to
    /// eight times the content, they end. A span is an object of either `text` with those that hold of
    /// `href` and `strong`, `emphasis`, `deleted`, `sub`, `sup`, `code` (`true`); or `break`
    /// (`true`); or `math`, its TeX, and `display`; or `footnote`, its label, and `text`; or
    /// `image`, its address, and `alt`, and perhaps `href`; or `embed`, its address, and `title`.
    ///
    /// ```
    /// let page = dehusk::extract("<h2>Tea</h2><p>Green, <b>not</b> black.");
    /// assert_eq!(
    ///     page.content().json(&Default::default()),
    ///     r#"{"version":1,"words":{"total":4,"latin":4},"blocks":[{"kind":"heading","level":2,"text":"Tea"},{"kind":"paragraph","headings":["Tea"],"text":"Green, not black.","spans":[{"text":"Green, "},{"text":"not","strong":true},{"text":" black."}]}]}"#,
    /// );
    /// ```
    pub fn json(&self, options: &RenderOptions) -> String {
        let mut json = Json::with_capacity(self.text.len() * 2);
        json.begin('{');
        json.number("version", i64::from(JSON_VERSION));
        json.key("words");
        json.begin('{');
        let words = self.words();
        json.number("total", i64::from(words.total()));
        for (script, count) in words.by_script() {
            json.number(script.name(), i64::from(count));
        }
        json.end('}');
        json.key("blocks");
        json.begin('[');
        let mut headings = Headings::default();
        let mut paths = Budget::of(self.text.len());
        let mut depth = 0;
        let mut index = 0;
        while index < self.events.len() {
            match self.events[index] {
                Event::Open { element, end } => {
                    json.item();
                    json.begin('{');
                    self.members(&mut json, element);
                    let leaf = element.is_leaf();
                    if let Element::Heading(level) = element {
                        headings.leave(level);
                    }
                    if depth == 0 && !headings.is_empty() && paths.pays(headings.len()) {
                        json.key("headings");
                        json.begin('[');
                        for heading in headings.iter() {
                            json.item();
                            json.value(heading);
                        }
                        json.end(']');
                    }
                    if leaf {
                        let end = end as usize;
                        let text = self.shown(index + 1, end);
                        json.string("text", &text);
                        if !element.is_code() {
                            self.spans(&mut json, index + 1, end, options);
                        }
                        if let Element::Heading(level) = element {
                            headings.enter(level, &text);
                        }
                        json.end('}');
                        index = end;
                    } else {
                        json.key("blocks");
                        json.begin('[');
                        depth += 1;
                    }
                }
                Event::Close => {
                    depth -= 1;
                    json.end(']');
                    json.end('}');
                }
                Event::Rule => {
                    json.item();
                    json.begin('{');
                    json.string("kind", "rule");
                    json.end('}');
                }
                Event::Image { media, link } => {
                    if let Some(src) = self.image_src(media, options) {
                        json.item();
                        json.begin('{');
                        json.string("kind", "image");
                        json.string("src", &src);
                        self.image_members(&mut json, media, link, options);
                    }
                }
                Event::Embed { media } => {
                    if let Some(src) = self.embed_src(media, options) {
                        json.item();
                        json.begin('{');
                        json.string("kind", "embed");
                        json.string("src", &src);
                        json.string("title", self.alt(media));
                        json.end('}');
                    }
                }
                _ => {}
            }
            index += 1;
        }
        json.end(']');
        json.end('}');
        json.into_string()
    }

    /// The number of words by script, of all text that was kept.
    ///
    /// ```
    /// assert_eq!(dehusk::extract("<p>Tea is good for you.").content().words().total(), 5);
    /// ```
    pub fn words(&self) -> Words {
        let mut words = Words::default();
        for (index, event) in self.events.iter().enumerate() {
            if let Event::Open { element, end } = event
                && element.is_leaf()
            {
                words = words.plus(Words::of(&self.plain(index + 1, *end as usize)));
            }
        }
        words
    }

    /// The text of a line as it is shown: images leave no doubled space, and none at the ends.
    fn shown(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        for index in from..to {
            let more = self.plain(index, index + 1);
            let doubled = text.is_empty() || text.ends_with([' ', '\n']);
            let inset = matches!(
                self.events[index.saturating_sub(1)],
                Event::Image { .. } | Event::Embed { .. }
            );
            text.push_str(match more.strip_prefix(' ') {
                Some(rest) if doubled && inset => rest,
                _ => &more,
            });
        }
        text.truncate(text.trim_end_matches(' ').len());
        text
    }

    /// The text of a line.
    pub(super) fn plain(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        for event in &self.events[from..to] {
            match event {
                Event::Text { span, .. } | Event::NoteRef { shown: span, .. } => {
                    text.push_str(self.str(*span));
                }
                Event::Math { tex, .. } => text.push_str(self.str(*tex)),
                Event::Break => text.push('\n'),
                _ => {}
            }
        }
        text
    }

    fn members(&self, json: &mut Json, element: Element) {
        let kind = match element {
            Element::Paragraph => "paragraph",
            Element::Heading(_) => "heading",
            Element::Caption => "caption",
            Element::Code { .. } => "code",
            Element::Quote => "quote",
            Element::List { .. } => "list",
            Element::Item(_) => "item",
            Element::Figure => "figure",
            Element::Table(_) => "table",
            Element::Row { .. } => "row",
            Element::Cell { .. } => "cell",
            Element::Note { .. } => "footnote",
        };
        json.string("kind", kind);
        match element {
            Element::Heading(level) => json.number("level", i64::from(level)),
            Element::Code { language } if !language.is_empty() => {
                json.string("language", self.str(language));
            }
            Element::List { ordered, start } => {
                json.flag("ordered", ordered);
                json.number("start", start);
            }
            Element::Item(Marker::Number(number)) => json.number("number", number),
            Element::Row { header } => json.flag("header", header),
            Element::Cell { header, colspan, rowspan } => {
                json.flag("header", header);
                json.number("colspan", i64::from(colspan));
                json.number("rowspan", i64::from(rowspan));
            }
            Element::Note { label, .. } => json.number("label", i64::from(label)),
            _ => {}
        }
    }

    fn spans(&self, json: &mut Json, from: usize, to: usize, options: &RenderOptions) {
        const NAMES: [(Style, &str); 6] = [
            (Style::STRONG, "strong"),
            (Style::EMPHASIS, "emphasis"),
            (Style::DELETED, "deleted"),
            (Style::SUB, "sub"),
            (Style::SUP, "sup"),
            (Style::CODE, "code"),
        ];
        let href = |link| self.href(link, options);
        let events = live(self, options, &self.events[from..to]);
        let is_plain = |event: &Event| match event {
            Event::Text { style, link, .. } => *style == Style::default() && *link == NO_LINK,
            _ => false,
        };
        if events.iter().all(is_plain) {
            return;
        }
        json.key("spans");
        json.begin('[');
        for event in events {
            match event {
                Event::Text { span, style, link } => {
                    json.item();
                    json.begin('{');
                    json.string("text", self.str(span));
                    if let Some(href) = href(link) {
                        json.string("href", &href);
                    }
                    for (_, name) in NAMES.iter().filter(|(s, _)| style.has(*s)) {
                        json.flag(name, true);
                    }
                    json.end('}');
                }
                Event::Break => {
                    json.item();
                    json.begin('{');
                    json.flag("break", true);
                    json.end('}');
                }
                Event::Math { tex, display } => {
                    json.item();
                    json.begin('{');
                    json.string("math", self.str(tex));
                    json.flag("display", display);
                    json.end('}');
                }
                Event::NoteRef { label, shown } => {
                    json.item();
                    json.begin('{');
                    json.number("footnote", i64::from(label));
                    json.string("text", self.str(shown));
                    json.end('}');
                }
                Event::Image { media, link } => {
                    if let Some(src) = self.image_src(media, options) {
                        json.item();
                        json.begin('{');
                        json.string("image", &src);
                        self.image_members(json, media, link, options);
                    }
                }
                Event::Embed { media } => {
                    if let Some(src) = self.embed_src(media, options) {
                        json.item();
                        json.begin('{');
                        json.string("embed", &src);
                        json.string("title", self.alt(media));
                        json.end('}');
                    }
                }
                Event::Open { .. } | Event::Close | Event::Rule => {}
            }
        }
        json.end(']');
    }

    /// The rest of an image's members, and its end.
    fn image_members(&self, json: &mut Json, media: u32, link: u32, options: &RenderOptions) {
        json.string("alt", self.alt(media));
        if let Some(href) = self.href(link, options) {
            json.string("href", &href);
        }
        json.end('}');
    }
}
