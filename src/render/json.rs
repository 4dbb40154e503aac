//! JSON: the content as a tree of blocks, for programs.

use super::budget::Budget;
use super::content::{Content, Element, Event, Marker, Style};
use super::headings::Headings;
use super::options::RenderOptions;
use super::words::Words;

/// The version of the JSON's form; new members may come without a new version.
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
        let mut json = Json { out: String::with_capacity(self.text.len() * 2), first: true };
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
                        let text = self.plain(index + 1, end);
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
        json.out
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
        let is_plain = |event: &Event| match event {
            Event::Text { style, link, .. } => *style == Style::default() && href(*link).is_none(),
            _ => false,
        };
        if self.events[from..to].iter().all(is_plain) {
            return;
        }
        json.key("spans");
        json.begin('[');
        for event in &self.events[from..to] {
            match *event {
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

/// A text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    let mut json = Json { out: String::with_capacity(text.len() + 2), first: true };
    json.value(text);
    json.out
}

/// Writes JSON (RFC 8259).
struct Json {
    out: String,
    /// Whether nothing was written yet in the object or array at hand.
    first: bool,
}

impl Json {
    fn begin(&mut self, sign: char) {
        self.out.push(sign);
        self.first = true;
    }

    fn end(&mut self, sign: char) {
        self.out.push(sign);
        self.first = false;
    }

    /// Begins an item of an array.
    fn item(&mut self) {
        if !std::mem::replace(&mut self.first, false) {
            self.out.push(',');
        }
    }

    fn key(&mut self, name: &str) {
        self.item();
        self.value(name);
        self.out.push(':');
    }

    fn string(&mut self, name: &str, value: &str) {
        self.key(name);
        self.value(value);
    }

    fn number(&mut self, name: &str, value: i64) {
        self.key(name);
        self.out.push_str(&value.to_string());
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.key(name);
        self.out.push_str(if value { "true" } else { "false" });
    }

    fn value(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                c if c < ' ' => self.out.push_str(&format!("\\u{:04x}", c as u32)),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }
}
