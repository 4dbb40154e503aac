//! A line of Markdown: emphasis, links, code, formulas and the marks of footnotes.

use super::content::{Content, Event, NESTING, NO_LINK, Style};
use super::escape::{self, Setting};
use super::markdown::longest_run;
use super::options::RenderOptions;
use std::borrow::Cow;

/// Writes the events of one line.
pub(super) struct Line<'c> {
    content: &'c Content,
    options: &'c RenderOptions,
    events: Vec<Event>,
    /// The event that comes next; texts that belong together are written at once.
    next: usize,
    /// How many events there are up to the last that is more than white space.
    shown: usize,
    setting: Setting,
    out: String,
    /// What is open, outermost first, and how it is closed.
    open: Vec<(Style, String)>,
    style: Style,
    link: u32,
    linked: Option<String>,
}

impl<'c> Line<'c> {
    pub fn of(
        content: &'c Content,
        options: &'c RenderOptions,
        from: usize,
        to: usize,
        setting: Setting,
    ) -> String {
        let events = live(content, options, &content.events[from..to]);
        let dollars = setting.dollars || has_dollars(content, &events);
        let is_shown = |event: &Event| match event {
            Event::Break => false,
            Event::Text { span, .. } => !content.str(*span).trim().is_empty(),
            _ => true,
        };
        let shown = events.iter().rposition(is_shown).map_or(0, |last| last + 1);
        let mut line = Self {
            content,
            options,
            events,
            next: 0,
            shown,
            setting: Setting { dollars, ..setting },
            out: String::new(),
            open: Vec::new(),
            style: Style::default(),
            link: NO_LINK,
            linked: None,
        };
        while line.next < line.events.len() {
            line.next += 1;
            line.event(line.next - 1);
        }
        line.close_all();
        line.out
    }

    fn event(&mut self, index: usize) {
        match self.events[index] {
            Event::Text { span, style, link } => {
                let mut text = Cow::Borrowed(self.content.str(span));
                while let Some(Event::Text { span, style: s, link: l }) = self.events.get(self.next)
                {
                    if (*s, *l) != (style, link) {
                        break;
                    }
                    let more = self.content.str(*span);
                    let doubled = text.ends_with(' ') && more.starts_with(' ');
                    text.to_mut().push_str(if doubled { &more[1..] } else { more });
                    self.next += 1;
                }
                let text = match text.strip_prefix(' ') {
                    // Where an image was left out between two spaces, one is enough.
                    Some(rest) if self.out.ends_with([' ', '\n']) => rest,
                    _ => &text,
                };
                if !text.is_empty() {
                    self.text(index, text, style, link);
                }
            }
            Event::Break => {
                self.close_all();
                let end = self.out.trim_end_matches(' ').len();
                self.out.truncate(end);
                self.out.push_str(match self.setting {
                    Setting { cell: true, .. } => "<br>",
                    Setting { heading: true, .. } | Setting { flat: true, .. } => " ",
                    _ if index >= self.shown => "",
                    _ if self.out.is_empty() || self.out.ends_with('\n') => "",
                    _ => "\\\n",
                });
            }
            Event::Math { tex, display } => {
                self.close_all();
                self.formula(self.content.str(tex), display);
            }
            Event::NoteRef { label, .. } => {
                self.close_all();
                self.out.push_str(&format!("[^{label}]"));
            }
            Event::Image { media, link } => {
                if let Some(src) = self.content.image_src(media, self.options) {
                    self.close_all();
                    let href = self.content.href(link, self.options);
                    self.bracket(if href.is_some() { "[![" } else { "![" });
                    self.plain(self.content.alt(media));
                    self.destination(&src);
                    if let Some(href) = href {
                        self.destination(&href);
                    }
                }
            }
            Event::Embed { media } => {
                if let Some(src) = self.content.embed_src(media, self.options) {
                    self.close_all();
                    self.bracket("[");
                    let title = self.content.alt(media);
                    self.plain(if title.is_empty() { &src } else { title });
                    self.destination(&src);
                }
            }
            Event::Open { .. } | Event::Close | Event::Rule => {}
        }
    }

    fn plain(&mut self, text: &str) {
        let line_start = self.at_line_start();
        escape::markdown(&mut self.out, text, line_start, self.setting);
    }

    fn at_line_start(&self) -> bool {
        (self.out.is_empty() && !self.setting.inner) || self.out.ends_with('\n')
    }

    /// Begins a link or image; right behind a footnote's mark the two would be read as one link.
    fn bracket(&mut self, sign: &str) {
        if self.out.ends_with(']') && !self.out.ends_with("\\]") {
            self.out.push(' ');
        }
        self.out.push_str(sign);
    }

    fn destination(&mut self, url: &str) {
        self.out.push_str("](");
        escape::destination(&mut self.out, url);
        self.out.push(')');
    }

    fn formula(&mut self, tex: &str, display: bool) {
        // What dollars cannot hold is code, and where code cannot begin either, text.
        if tex.contains(['$', '\n', '`']) || tex.ends_with('\\') || self.out.ends_with('$') {
            if self.out.ends_with('`') {
                self.out.push_str("<code>");
                self.plain(tex);
                self.out.push_str("</code>");
            } else {
                self.code(tex);
            }
            return;
        }
        let sign = if display { "$$" } else { "$" };
        self.out.push_str(sign);
        if self.setting.cell {
            self.out.push_str(&tex.replace('|', "\\|"));
        } else {
            self.out.push_str(tex);
        }
        self.out.push_str(sign);
    }

    fn text(&mut self, index: usize, text: &str, style: Style, link: u32) {
        self.marks(index, style, link);
        if self.style.has(Style::CODE) && !self.out.ends_with("<code>") {
            self.code(text);
        } else {
            self.plain(text);
        }
    }

    fn code(&mut self, text: &str) {
        let text: String =
            text.chars().map(|c| if c.is_ascii_control() { ' ' } else { c }).collect();
        let fence = "`".repeat(longest_run(&text, '`') + 1);
        // One space at both ends is taken off again where both have one.
        let spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
        let pad = if spaced || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        let text = if self.setting.cell || self.setting.flat {
            text.replace('|', if self.setting.cell { "\\|" } else { "|" })
        } else {
            text
        };
        self.out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
    }

    /// Closes and opens marks until those of a style and link are open.
    fn marks(&mut self, index: usize, style: Style, link: u32) {
        if (style, link) == (self.style, self.link) {
            return;
        }
        let kept = match link == self.link {
            false => 0,
            true => self.open.iter().take_while(|(open, _)| style.has(*open)).count(),
        };
        // What nests outside of an open mark cannot be opened within it.
        let first_new = NESTING.iter().position(|(s, _)| style.has(*s) && !self.is_open(*s));
        let inside = self.open[..kept].iter().take_while(|(open, _)| {
            let at = NESTING.iter().position(|(s, _)| s == open);
            first_new.is_none_or(|new| at < Some(new))
        });
        let kept = inside.count();
        self.close_to(kept);
        if link != self.link {
            self.close_link();
            self.link = link;
            self.linked = self.content.href(link, self.options);
            if self.linked.is_some() {
                self.bracket("[");
            }
        }
        self.style = style;
        let missing: Vec<(Style, &str)> =
            NESTING.iter().filter(|(s, _)| style.has(*s) && !self.is_open(*s)).copied().collect();
        // The outside character is the one before the first of all marks opened here.
        let before = self.out.chars().next_back();
        for (at, (new, name)) in missing.iter().enumerate() {
            let (begin, end) = self.sign(index, *new, name, &missing[at + 1..], before);
            self.out.push_str(&begin);
            self.open.push((*new, end));
        }
    }

    fn is_open(&self, style: Style) -> bool {
        self.open.iter().any(|(open, _)| *open == style)
    }

    /// How a mark begins and ends: as Markdown's own sign where that is sure to be read as one.
    fn sign(
        &self,
        index: usize,
        style: Style,
        name: &str,
        inner: &[(Style, &str)],
        before: Option<char>,
    ) -> (String, String) {
        let html = (format!("<{name}>"), format!("</{name}>"));
        let sign = match style {
            Style::STRONG => "**",
            Style::EMPHASIS => "*",
            Style::DELETED => "~~",
            Style::CODE => {
                let clear = before != Some('`') && !self.next_is_code(index);
                return if clear { (String::new(), String::new()) } else { html };
            }
            _ => return html,
        };
        // Signs are read as such only next to a letter within, or white space without (CommonMark,
        // section 6.2).
        let stars = |(s, _): &(Style, &str)| *s == Style::STRONG || *s == Style::EMPHASIS;
        let all_stars = style != Style::DELETED && inner.iter().all(stars);
        let clear_within = inner.is_empty() || all_stars;
        let first = self.first_char(index).filter(|_| clear_within);
        let (last, after) = self.ends(index, style);
        let free = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || is_punctuation(c));
        let letter = |c: Option<char>| c.is_some_and(is_letter);
        let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let sure_begin = before != Some('*')
            && before != Some('~')
            && !blank(first)
            && (letter(first) || free(before));
        let sure_end = !blank(last) && (letter(last) || free(after));
        if sure_begin && sure_end { (sign.to_string(), sign.to_string()) } else { html }
    }

    fn next_is_code(&self, index: usize) -> bool {
        let at = self.next.max(index + 1);
        let Some(Event::Text { style, .. }) = self.events.get(at) else { return false };
        style.has(Style::CODE)
    }

    fn first_char(&self, index: usize) -> Option<char> {
        match self.events[index] {
            Event::Text { span, .. } => self.content.str(span).chars().next(),
            _ => None,
        }
    }

    /// The last character within a mark that begins at an event, and the one behind it.
    fn ends(&self, index: usize, style: Style) -> (Option<char>, Option<char>) {
        let mut last = Some('*');
        let Event::Text { link: own, style: first, .. } = self.events[index] else {
            return (last, last);
        };
        for event in &self.events[index..] {
            match event {
                Event::Text { span, style: s, link }
                    if s.has(style) && *link == own && s.around(style) == first.around(style) =>
                {
                    // Marks within that end here are signs too.
                    let inner = s.without(Style::STRONG).without(Style::EMPHASIS).without(style);
                    let end = self.content.str(*span).chars().next_back();
                    last = if inner == Style::default() { end } else { Some('*') };
                }
                Event::Text { span, style: s, link } => {
                    if *link != own {
                        // The bracket of a link stands between.
                        return (last, Some('['));
                    }
                    // Behind it, another mark would begin.
                    let plain = *s == Style::default();
                    let first = self.content.str(*span).chars().next();
                    let blank = first.is_some_and(char::is_whitespace);
                    return (last, if plain || blank { first } else { Some('*') });
                }
                Event::Break => return (last, None),
                _ => return (last, Some('*')),
            }
        }
        (last, None)
    }

    fn close_to(&mut self, count: usize) {
        while self.open.len() > count {
            if let Some((_, end)) = self.open.pop() {
                self.out.push_str(&end);
            }
        }
    }

    fn close_link(&mut self) {
        if let Some(href) = self.linked.take() {
            self.destination(&href);
        }
        self.link = NO_LINK;
    }

    fn close_all(&mut self) {
        self.close_to(0);
        self.close_link();
        self.style = Style::default();
    }
}

/// The events without what the options leave out; a link that leads nowhere is none.
pub(super) fn live(content: &Content, options: &RenderOptions, events: &[Event]) -> Vec<Event> {
    let mut known = (NO_LINK, NO_LINK);
    let live = |event: &Event| match *event {
        Event::Text { span, style, link } => {
            if link != known.0 {
                let leads = content.href(link, options).is_some();
                known = (link, if leads { link } else { NO_LINK });
            }
            Some(Event::Text { span, style, link: known.1 })
        }
        Event::Image { media, .. } => content.image_src(media, options).map(|_| *event),
        Event::Embed { media } => content.embed_src(media, options).map(|_| *event),
        event => Some(event),
    };
    events.iter().filter_map(live).collect()
}

/// Whether there are two dollars or more, which could make a formula of what is between.
pub(super) fn has_dollars(content: &Content, events: &[Event]) -> bool {
    let dollars = events.iter().map(|event| match event {
        Event::Text { span, .. } => content.str(*span).matches('$').count(),
        Event::Math { .. } => 2,
        _ => 0,
    });
    dollars.sum::<usize>() > 1
}

/// Punctuation that every reader of Markdown knows for such, and that marks nothing itself.
fn is_punctuation(c: char) -> bool {
    match c {
        '*' | '_' | '~' | '`' | '$' | '\\' => false,
        c if c.is_ascii_punctuation() => true,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' => true,
        // Dashes, quotation marks, dots.
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203e}' => true,
        // Those of Chinese and Japanese, among and beside the ideographs.
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}' => true,
        '！' | '（' | '）' | '，' | '－' | '．' | '／' | '：' | '；' | '？' => true,
        _ => false,
    }
}

/// Letters and digits, but none of the marks that may join or follow one.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}
