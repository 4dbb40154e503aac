//! Markdown: CommonMark, with GitHub's tables, footnotes and formulas.

use super::content::{Content, Element, Event, Marker};
use super::escape::Setting;
use super::line::{Line, has_dollars};
use super::options::RenderOptions;

impl Content {
    /// The content as Markdown.
    ///
    /// Text is escaped so that it means itself. Formulas are `$…$`, footnotes `[^1]`; a table whose
    /// cells span others, or hold more than a line of text, is written as HTML. A figure is its
    /// image and, as a paragraph, its caption; an embed is a link.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>1. <b>Not</b> a list, *not* emphasis.");
    /// let markdown = page.content().markdown(&Default::default());
    /// assert_eq!(markdown, "# Tea\n\n1\\. **Not** a list, \\*not\\* emphasis.\n");
    /// ```
    pub fn markdown(&self, options: &RenderOptions) -> String {
        let mut writer = Writer {
            content: self,
            options,
            out: String::with_capacity(self.text.len() * 5 / 4),
            levels: vec![Level::default()],
        };
        writer.write();
        writer.out
    }
}

/// An element that marks its lines, or the page as a whole.
#[derive(Default)]
struct Level {
    /// What its first line begins with, until that is written.
    first: Option<String>,
    /// What its other lines begin with.
    other: String,
    begun: bool,
    /// Whether its parts follow each other without a blank line.
    tight: bool,
    /// Of a list, its bullet or the sign behind its numbers.
    sign: char,
    /// The sign of the list that was its last part.
    last_list: Option<(bool, char)>,
}

/// Tables of at most so many columns have all cells in each row; more could cost the square of the
/// page.
const FULL_COLUMNS: usize = 64;

struct Writer<'c> {
    content: &'c Content,
    options: &'c RenderOptions,
    out: String,
    levels: Vec<Level>,
}

impl Writer<'_> {
    fn write(&mut self) {
        let mut index = 0;
        while index < self.content.events.len() {
            index = self.event(index);
        }
    }

    /// Writes an event, or an element as a whole; returns the index of the next.
    fn event(&mut self, index: usize) -> usize {
        match self.content.events[index] {
            Event::Open { element, end } => {
                let end = end as usize;
                match element {
                    Element::Code { .. } => self.code(index, end),
                    Element::Table(shape) if self.options.tables => {
                        if shape.rich {
                            self.html_table(index, end)
                        } else {
                            self.table(index, end)
                        }
                    }
                    Element::Table(shape) if !shape.rich => self.flat_table(index, end),
                    _ if element.is_leaf() => self.leaf(element, index, end),
                    _ => {
                        self.open(element, index, end);
                        return index + 1;
                    }
                }
                end + 1
            }
            Event::Close => {
                self.levels.pop();
                index + 1
            }
            Event::Rule => {
                self.begin_block();
                self.out.push_str("___");
                self.end_line();
                index + 1
            }
            Event::Image { .. } | Event::Embed { .. } => {
                let mut after = index + 1;
                // Images in a row make one line.
                let more =
                    |at: usize| matches!(self.content.events.get(at), Some(Event::Image { .. }));
                while more(after) && more(index) {
                    after += 1;
                }
                self.lines(index, after, Setting::default(), "");
                after
            }
            _ => index + 1,
        }
    }

    fn open(&mut self, element: Element, index: usize, end: usize) {
        let mut level = Level::default();
        let tight = matches!(element, Element::List { .. }) && self.is_tight(index, end);
        let outer = self.levels.last_mut();
        match element {
            Element::Quote => {
                level.first = Some("> ".to_string());
                level.other = "> ".to_string();
            }
            Element::List { ordered, .. } => {
                let signs = if ordered { ['.', ')'] } else { ['-', '*'] };
                // Two lists in a row would run into one if they had the same sign.
                let last = outer.as_ref().and_then(|outer| outer.last_list);
                let taken = last == Some((ordered, signs[0]));
                level.sign = signs[usize::from(taken)];
                level.tight = tight;
                if let Some(outer) = outer {
                    outer.last_list = Some((ordered, level.sign));
                }
            }
            Element::Item(marker) => {
                let sign = outer.as_ref().map_or('-', |list| list.sign);
                level.tight = outer.is_some_and(|list| list.tight);
                let mark = match marker {
                    // CommonMark's numbers have at most nine digits and no sign.
                    Marker::Number(number) if (0..=999_999_999).contains(&number) => {
                        format!("{number}{sign} ")
                    }
                    Marker::Number(_) => format!("1{sign} "),
                    Marker::Bullet => format!("{sign} "),
                };
                level.other = " ".repeat(mark.len());
                level.first = Some(mark);
            }
            Element::Note { label, .. } => {
                level.first = Some(format!("[^{label}]: "));
                level.other = "    ".to_string();
            }
            _ => {
                // Transparent: figures, and tables that are no tables.
                level.last_list = outer.and_then(|outer| outer.last_list);
            }
        }
        self.levels.push(level);
    }

    /// Whether each item of a list is one paragraph at most, with lists below it.
    fn is_tight(&self, list: usize, end: usize) -> bool {
        let mut at = list + 1;
        let mut parts = 0;
        let mut item_end = 0;
        while at < end {
            match self.content.events[at] {
                Event::Open { element: Element::Item(_), end } => {
                    parts = 0;
                    item_end = end as usize;
                    at += 1;
                }
                Event::Open { element: Element::List { ordered, start }, end } if at < item_end => {
                    // Only a list from 1 may follow a paragraph without a blank line.
                    if parts > 0 && ordered && start != 1 {
                        return false;
                    }
                    parts += 1;
                    at = end as usize + 1;
                }
                Event::Open { element, end } => {
                    if parts > 0 || element != Element::Paragraph {
                        return false;
                    }
                    parts += 1;
                    at = end as usize + 1;
                }
                Event::Close => at += 1,
                _ => return false,
            }
        }
        true
    }

    /// Writes what divides the last block from the next, and what its first line begins with.
    fn begin_block(&mut self) {
        // The innermost element that has a part already decides what divides it from the next.
        let around = self.levels.iter().rev().find(|level| level.begun);
        if around.is_some_and(|level| !level.tight) {
            let begun = self.levels.iter().take_while(|level| level.begun || level.first.is_none());
            let prefix: String = begun.map(|level| level.other.as_str()).collect();
            self.out.push_str(prefix.trim_end());
            self.out.push('\n');
        }
        self.prefix();
        if let Some(level) = self.levels.last_mut() {
            level.last_list = None;
        }
    }

    /// Writes what a line begins with.
    fn prefix(&mut self) {
        for level in &mut self.levels {
            level.begun = true;
            match level.first.take() {
                Some(first) => self.out.push_str(&first),
                None => self.out.push_str(&level.other),
            }
        }
    }

    fn end_line(&mut self) {
        let end = self.out.trim_end_matches(' ').len();
        self.out.truncate(end);
        self.out.push('\n');
    }

    fn leaf(&mut self, element: Element, index: usize, end: usize) {
        let mark = match element {
            Element::Heading(level) => "######"[..usize::from(level.clamp(1, 6))].to_string() + " ",
            _ => String::new(),
        };
        self.lines(index + 1, end, Setting::default(), &mark);
    }

    /// Writes the events of a line of text as a block.
    fn lines(&mut self, from: usize, to: usize, setting: Setting, mark: &str) {
        let setting = Setting { heading: !mark.is_empty(), ..setting };
        let line = Line::of(self.content, self.options, from, to, setting);
        if line.trim().is_empty() {
            return;
        }
        self.begin_block();
        self.out.push_str(mark);
        for (index, line) in line.trim_end().split('\n').enumerate() {
            if index > 0 {
                self.out.push('\n');
                self.prefix();
            }
            self.out.push_str(line);
        }
        self.end_line();
    }

    fn code(&mut self, index: usize, end: usize) {
        let Event::Open { element: Element::Code { language }, .. } = self.content.events[index]
        else {
            return;
        };
        let text: String = self.content.events[index..end]
            .iter()
            .filter_map(|event| match event {
                Event::Text { span, .. } => Some(self.content.str(*span)),
                _ => None,
            })
            .collect();
        let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
        self.begin_block();
        self.out.push_str(&fence);
        self.out.push_str(self.content.str(language));
        self.out.push('\n');
        for line in text.split('\n') {
            self.prefix();
            self.out.push_str(line.trim_end_matches('\r'));
            self.out.push('\n');
        }
        self.prefix();
        self.out.push_str(&fence);
        self.out.push('\n');
    }

    fn html_table(&mut self, index: usize, end: usize) {
        let mut html = String::new();
        self.content.html_range(&mut html, index..end + 1, self.options);
        self.begin_block();
        // A blank line would end the HTML.
        for (index, line) in html.trim_end().replace("\n\n", "\n&#10;").split('\n').enumerate() {
            if index > 0 {
                self.out.push('\n');
                self.prefix();
            }
            self.out.push_str(line);
        }
        self.out.push('\n');
    }

    /// The events of a table's caption or rows: element, begin and end.
    fn parts(&self, index: usize, end: usize) -> Vec<(Element, usize, usize)> {
        let mut parts = Vec::new();
        let mut at = index + 1;
        while at < end {
            match self.content.events[at] {
                Event::Open { element, end } => {
                    parts.push((element, at, end as usize));
                    at = end as usize + 1;
                }
                _ => at += 1,
            }
        }
        parts
    }

    /// The lines of a cell.
    fn cell(&self, index: usize, end: usize, setting: Setting, between: &str) -> String {
        let mut lines: Vec<String> = Vec::new();
        // Lines that share one of Markdown's could make a formula together.
        let dollars =
            setting.dollars || has_dollars(self.content, &self.content.events[index..end]);
        let setting = Setting { dollars, ..setting };
        let mut at = index + 1;
        while at < end {
            let (from, to, next) = match self.content.events[at] {
                Event::Open { end, .. } => (at + 1, end as usize, end as usize + 1),
                _ => (at, at + 1, at + 1),
            };
            let line = Line::of(self.content, self.options, from, to, setting);
            if !line.trim().is_empty() {
                lines.push(line.trim().to_string());
            }
            at = next;
        }
        lines.join(between)
    }

    fn table(&mut self, index: usize, end: usize) {
        let parts: Vec<_> = self.parts(index, end);
        let cells = parts.iter().map(|(_, index, end)| self.parts(*index, *end).len());
        let columns = cells.max().unwrap_or(1).max(1);
        let mut rows = 0;
        for (element, index, end) in parts {
            if element.is_leaf() {
                self.leaf(element, index, end);
                continue;
            }
            if rows == 0 {
                self.begin_block();
            } else {
                self.prefix();
            }
            let cells = self.parts(index, end);
            // The first row says how many columns there are; in others, cells may be missing.
            let written = if rows == 0 || columns <= FULL_COLUMNS { columns } else { cells.len() };
            for column in 0..written.max(1) {
                self.out.push_str("| ");
                if let Some((_, index, end)) = cells.get(column) {
                    let setting = Setting { cell: true, ..Setting::default() };
                    let cell = self.cell(*index, *end, setting, "<br>");
                    self.out.push_str(&cell);
                    self.out.push_str(if cell.is_empty() { "" } else { " " });
                }
            }
            self.out.push_str("|\n");
            if rows == 0 {
                self.prefix();
                self.out.push_str(&"| --- ".repeat(columns));
                self.out.push_str("|\n");
            }
            rows += 1;
        }
    }

    fn flat_table(&mut self, index: usize, end: usize) {
        for (element, index, end) in self.parts(index, end) {
            if element.is_leaf() {
                self.leaf(element, index, end);
                continue;
            }
            let mut line = String::new();
            let dollars = has_dollars(self.content, &self.content.events[index..end]);
            for (_, index, end) in self.parts(index, end) {
                // The cells behind the first do not begin their line.
                let inner = !line.is_empty();
                let setting = Setting { flat: true, inner, dollars, ..Setting::default() };
                let cell = self.cell(index, end, setting, " ");
                if !cell.is_empty() {
                    line.push_str(if line.is_empty() { "" } else { " \\| " });
                    line.push_str(&cell);
                }
            }
            if !line.is_empty() {
                self.begin_block();
                self.out.push_str(&line);
                self.end_line();
            }
        }
    }
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, sign: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == sign { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
