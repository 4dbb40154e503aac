//! The content in pieces of a size, for search and language models.

use super::budget::Budget;
use super::content::{Content, Element, Event, Link, Marker, Media, NO_LINK, Span};
use super::headings::Headings;
use super::options::RenderOptions;
use super::words::Words;
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// A piece of a page's content, which knows the headings that it stands under.
///
/// ```
/// let page = dehusk::extract("<h1>Tea</h1><p>It is <b>green</b>.<h2>Cups</h2><p>They are blue.");
/// let chunk = page.chunks(10).last().unwrap();
/// assert_eq!(chunk.text(), "Cups\n\nThey are blue.");
/// assert_eq!(chunk.headings(), ["Tea", "Cups"]);
/// ```
#[derive(Debug, Clone)]
pub struct Chunk {
    content: Content,
    /// Shared by all chunks below the same headings.
    headings: Arc<[String]>,
    words: u32,
}

impl Chunk {
    /// The chunk's content, which every format can be made of.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>It is <b>green</b>.<h2>Cups</h2><p>They are blue.");
    /// let chunk = page.chunks(10).last().unwrap();
    /// assert_eq!(chunk.content().html(&Default::default()), "<h2>Cups</h2>\n<p>They are blue.</p>\n");
    /// ```
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The chunk as plain text.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>It is <b>green</b>.<h2>Cups</h2><p>They are blue.");
    /// let chunk = page.chunks(10).last().unwrap();
    /// assert_eq!(chunk.text(), "Cups\n\nThey are blue.");
    /// ```
    pub fn text(&self) -> String {
        self.content.text()
    }

    /// The chunk as Markdown.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>It is <b>green</b>.<h2>Cups</h2><p>They are blue.");
    /// let chunk = page.chunks(10).last().unwrap();
    /// assert_eq!(chunk.markdown(), "## Cups\n\nThey are blue.\n");
    /// ```
    pub fn markdown(&self) -> String {
        self.content.markdown(&RenderOptions::default())
    }

    /// The headings that the chunk stands under, outermost first; those that it begins with are
    /// among them. Of a long heading it is the beginning, with `…` behind it.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>It is <b>green</b>.<h2>Cups</h2><p>They are blue.");
    /// let chunk = page.chunks(10).last().unwrap();
    /// assert_eq!(chunk.headings(), ["Tea", "Cups"]);
    /// ```
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The number of words.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>It is <b>green</b>.<h2>Cups</h2><p>They are blue.");
    /// let chunk = page.chunks(10).last().unwrap();
    /// assert_eq!(chunk.words(), 4);
    /// ```
    pub fn words(&self) -> u32 {
        self.words
    }
}

impl Content {
    /// The content in chunks of at most `max_words` words (at least 1).
    ///
    /// A heading begins a chunk, and stays with what follows it. List items, table rows, footnotes,
    /// paragraphs and listings are divided only where one alone is too long; then items and rows
    /// fall apart at their paragraphs, paragraphs between sentences, listings between lines, and
    /// what is still too long between words. Only a heading or a formula makes a chunk longer than
    /// asked for: where it is itself longer, or the formula is so with the headings that it follows.
    ///
    /// ```
    /// let page = dehusk::extract("<h1>Tea</h1><p>It is green. It is hot.<h2>Cups</h2><p>Blue.");
    /// let chunks: Vec<_> = page.content().chunks(6).collect();
    /// let texts: Vec<String> = chunks.iter().map(|chunk| chunk.text()).collect();
    /// assert_eq!(texts, ["Tea\n\nIt is green.", "It is hot.", "Cups\n\nBlue."]);
    /// assert_eq!(chunks[2].headings(), ["Tea", "Cups"]);
    /// ```
    pub fn chunks(&self, max_words: u32) -> impl Iterator<Item = Chunk> {
        Chunker::new(self, max_words.max(1)).run().into_iter()
    }
}

/// An event of a line, and where its text begins in the line's.
struct Cursor {
    event: usize,
    at: usize,
}

struct Chunker<'c> {
    content: &'c Content,
    max: u32,
    /// For each event, the words before it.
    before: Vec<u32>,
    headings: Headings,
    /// The same, for the chunks; made anew when they change.
    path: Option<Arc<[String]>>,
    out: Vec<Chunk>,
    // The chunk under way.
    chunk: Content,
    words: u32,
    /// The elements that are open in it: their event in the whole, and in the chunk.
    open: Vec<(usize, usize)>,
    /// Whether something other than headings is in it.
    filled: bool,
    /// The link that was copied last: its place in the whole, and in the chunk.
    last_link: Option<(u32, u32)>,
    /// For the addresses of links that are divided among chunks.
    addresses: Budget,
}

impl<'c> Chunker<'c> {
    fn new(content: &'c Content, max: u32) -> Self {
        let mut before = vec![0; content.events.len() + 1];
        for (index, event) in content.events.iter().enumerate() {
            let mut words = 0;
            if let Event::Open { element, end } = event
                && element.is_leaf()
            {
                words = Words::of(&content.plain(index + 1, *end as usize)).total();
            }
            before[index + 1] = before[index] + words;
        }
        Self {
            content,
            max,
            before,
            headings: Headings::default(),
            path: None,
            out: Vec::new(),
            chunk: Content { base: content.base.clone(), ..Content::default() },
            words: 0,
            open: Vec::new(),
            filled: false,
            last_link: None,
            addresses: Budget::of(content.text.len()),
        }
    }

    fn run(mut self) -> Vec<Chunk> {
        let mut around: Vec<usize> = Vec::new();
        let mut index = 0;
        while index < self.content.events.len() {
            let (element, end) = match self.content.events[index] {
                Event::Open { element, end } => (element, end as usize),
                Event::Close => {
                    around.pop();
                    index += 1;
                    continue;
                }
                _ => {
                    self.copy(index, index + 1, &around);
                    self.filled = true;
                    index += 1;
                    continue;
                }
            };
            let words = self.before[end + 1] - self.before[index];
            if let Element::Heading(level) = element {
                self.heading(level, index, end, &around);
                index = end + 1;
            } else if !is_unit(element) {
                around.push(index);
                index += 1;
            } else if self.words + words <= self.max || (words <= self.max && self.filled) {
                if self.words + words > self.max {
                    self.flush();
                }
                self.copy(index, end + 1, &around);
                self.words += words;
                self.filled = true;
                index = end + 1;
            } else if element.is_leaf() {
                self.divide(index, end, &around);
                index = end + 1;
            } else {
                around.push(index);
                index += 1;
            }
        }
        self.flush();
        self.out
    }

    fn heading(&mut self, level: u8, index: usize, end: usize, around: &[usize]) {
        let words = self.before[end + 1] - self.before[index];
        if self.filled || (self.words > 0 && self.words + words > self.max) {
            self.flush();
        }
        self.headings.enter(level, &self.content.plain(index + 1, end));
        self.path = None;
        self.copy(index, end + 1, around);
        self.words += words;
    }

    fn flush(&mut self) {
        self.close_to(0);
        let base = self.content.base.clone();
        let content = std::mem::replace(&mut self.chunk, Content { base, ..Content::default() });
        self.last_link = None;
        let words = std::mem::take(&mut self.words);
        self.filled = false;
        if words > 0 || !content.is_empty() {
            let all = || self.headings.iter().map(String::from).collect();
            let headings = self.path.get_or_insert_with(all).clone();
            self.out.push(Chunk { content, headings, words });
        }
    }

    /// A line that is too long alone, in parts.
    fn divide(&mut self, index: usize, end: usize, around: &[usize]) {
        let Event::Open { element, .. } = self.content.events[index] else { return };
        let text = self.content.plain(index + 1, end);
        let whole = self.whole(index, end);
        let parts: Vec<&str> = match element.is_code() {
            true => text.split_inclusive('\n').collect(),
            // The end of a sentence may fall into the brackets of a footnote's mark.
            false => joined(&text, text.split_sentence_bounds(), &whole),
        };
        if !self.filled && self.words >= self.max {
            self.flush();
        }
        // What headings leave is what each part may take.
        let room = if self.filled { self.max } else { (self.max - self.words).max(1) };
        let (mut from, mut to, mut at) = (0, 0, 0);
        // The words from `from` to `to`, and from there to `at`.
        let (mut words, mut more) = (0, 0);
        let mut next_event = Cursor { event: index + 1, at: 0 };
        for part in parts.iter().flat_map(|part| within(part, room)) {
            at += part.len();
            more += Words::of(part).total();
            if is_inside(&whole, at) {
                continue;
            }
            if self.words + words + more > self.max && (to > from || self.filled) {
                self.part(element, &mut next_event, end, from..to, around);
                self.flush();
                (from, words) = (to, 0);
            }
            words += std::mem::take(&mut more);
            to = at;
        }
        self.part(element, &mut next_event, end, from..text.len(), around);
    }

    /// What of a line's text is never cut: formulas and the marks of footnotes.
    fn whole(&self, index: usize, end: usize) -> Vec<Range<usize>> {
        let mut at = 0;
        let mut whole = Vec::new();
        for event in &self.content.events[index + 1..end] {
            let len = self.content.plain_len(event);
            if matches!(event, Event::Math { .. } | Event::NoteRef { .. }) {
                whole.push(at..at + len);
            }
            at += len;
        }
        whole
    }

    /// Copies a part of a line, told in bytes of its text; the parts come in order.
    fn part(
        &mut self,
        element: Element,
        cursor: &mut Cursor,
        end: usize,
        range: Range<usize>,
        around: &[usize],
    ) {
        if range.is_empty() {
            return;
        }
        self.enter(around);
        let opened = self.begin(element);
        while cursor.event < end {
            let event = &self.content.events[cursor.event];
            let mut at = cursor.at;
            let len = self.content.plain_len(event);
            let (from, to) = (range.start.max(at), range.end.min(at + len));
            let whole = (from, to) == (at, at + len);
            at += len;
            match *event {
                Event::Text { span, style, link } if from < to => {
                    let start = span.start + (from + len - at) as u32;
                    let span = Span { start, end: start + (to - from) as u32 };
                    self.event(Event::Text { span, style, link });
                }
                // What has no text goes with what is before it.
                event if len == 0 => self.event(event),
                event if len > 0 && whole && from < to => self.event(event),
                _ => {}
            }
            if at > range.end {
                break;
            }
            *cursor = Cursor { event: cursor.event + 1, at };
        }
        self.finish(opened);
        let text = self.chunk.plain(opened + 1, self.chunk.events.len());
        self.words += Words::of(&text).total();
        self.filled = true;
    }

    fn copy(&mut self, from: usize, to: usize, around: &[usize]) {
        self.enter(around);
        let mut open = Vec::new();
        for event in &self.content.events[from..to] {
            match *event {
                Event::Open { element, .. } => open.push(self.begin(element)),
                Event::Close => {
                    if let Some(opened) = open.pop() {
                        self.finish(opened);
                    }
                }
                event => self.event(event),
            }
        }
    }

    /// Opens in the chunk what is open in the whole.
    fn enter(&mut self, around: &[usize]) {
        let common = self.open.iter().zip(around).take_while(|((open, _), at)| open == *at).count();
        self.close_to(common);
        for at in &around[common..] {
            if let Event::Open { element, .. } = self.content.events[*at] {
                let opened = self.begin(element);
                self.open.push((*at, opened));
            }
        }
    }

    fn close_to(&mut self, count: usize) {
        while self.open.len() > count {
            if let Some((_, opened)) = self.open.pop() {
                self.finish(opened);
            }
        }
    }

    fn begin(&mut self, element: Element) -> usize {
        let mut element = element;
        if let Element::Code { language } = &mut element {
            *language = self.chunk.store(self.content.str(*language));
        }
        if let Element::Item(Marker::Number(number)) = element {
            // A list that goes on in the next chunk goes on counting.
            if let Some(Event::Open { element: Element::List { start, .. }, .. }) =
                self.chunk.events.last_mut()
            {
                *start = number;
            }
        }
        self.chunk.events.push(Event::Open { element, end: 0 });
        self.chunk.events.len() - 1
    }

    fn finish(&mut self, opened: usize) {
        let at = self.chunk.events.len() as u32;
        if let Event::Open { end, .. } = &mut self.chunk.events[opened] {
            *end = at;
        }
        self.chunk.events.push(Event::Close);
    }

    /// Copies an event with the text, link and image that it speaks of.
    fn event(&mut self, event: Event) {
        let content = self.content;
        let event = match event {
            Event::Text { span, style, link } => {
                let link = self.link(link);
                Event::Text { span: self.chunk.store(content.str(span)), style, link }
            }
            Event::Math { tex, display } => {
                Event::Math { tex: self.chunk.store(content.str(tex)), display }
            }
            Event::NoteRef { label, shown } => {
                Event::NoteRef { label, shown: self.chunk.store(content.str(shown)) }
            }
            Event::Image { media, link } => {
                Event::Image { link: self.link(link), media: self.media(media) }
            }
            Event::Embed { media } => Event::Embed { media: self.media(media) },
            event => event,
        };
        self.chunk.events.push(event);
    }

    fn link(&mut self, link: u32) -> u32 {
        let Some(known) = self.content.links.get(link as usize) else { return NO_LINK };
        // The runs of one link stay one link.
        if let Some((_, copy)) = self.last_link.filter(|(original, _)| *original == link) {
            return copy;
        }
        let href = self.content.str(known.href);
        if !self.addresses.pays(href.len()) {
            return NO_LINK;
        }
        let href = self.chunk.store(href);
        let copy = self.chunk.links.len() as u32;
        self.chunk.links.push(Link { href });
        self.last_link = Some((link, copy));
        copy
    }

    fn media(&mut self, media: u32) -> u32 {
        let Some(known) = self.content.media.get(media as usize) else { return media };
        let src = self.chunk.store(self.content.str(known.src));
        let alt = self.chunk.store(self.content.str(known.alt));
        self.chunk.media.push(Media { src, alt });
        self.chunk.media.len() as u32 - 1
    }
}

impl Content {
    /// The length that an event has in [`Self::plain`].
    fn plain_len(&self, event: &Event) -> usize {
        match event {
            Event::Text { span, .. } | Event::NoteRef { shown: span, .. } => self.str(*span).len(),
            Event::Math { tex, .. } => self.str(*tex).len(),
            Event::Break => 1,
            _ => 0,
        }
    }
}

/// Whether it is better kept whole.
fn is_unit(element: Element) -> bool {
    element.is_leaf()
        || matches!(
            element,
            Element::Item(_) | Element::Row { .. } | Element::Note { .. } | Element::Figure
        )
}

/// Whether a place of a text is within one of some ranges, which come in order.
fn is_inside(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.start < at)
}

/// The parts of a text, joined where one ends inside of a range.
fn joined<'t>(
    text: &'t str,
    parts: impl Iterator<Item = &'t str>,
    ranges: &[Range<usize>],
) -> Vec<&'t str> {
    let (mut from, mut at) = (0, 0);
    let mut out = Vec::new();
    for part in parts {
        at += part.len();
        if !is_inside(ranges, at) {
            out.push(&text[from..at]);
            from = at;
        }
    }
    out
}

/// A part that is short enough as it is, or its words.
fn within(text: &str, max: u32) -> Vec<&str> {
    if Words::of(text).total() <= max {
        return vec![text];
    }
    let mut parts = Vec::new();
    for piece in text.split_word_bounds() {
        // A run of kana is one piece, but each of its characters is a word.
        if Words::of(piece).total() > 1 {
            parts.extend(piece.graphemes(true));
        } else {
            parts.push(piece);
        }
    }
    parts
}
