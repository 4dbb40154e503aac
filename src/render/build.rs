//! From kept blocks to the content model.

use super::address::Base;
use super::code;
use super::content::{Content, Element, Event, Marker, NO_LINK, Shape, Style};
use super::inline::{Inline, Styles, is_invisible};
use super::insets::{self, Stand};
use super::notes::Notes;
use super::place::{NONE, Places};
use crate::blocks::{Block, Blocks};
use crate::dom::{Attr, Document, NodeId, Tag};
use std::collections::HashMap;
use std::sync::Arc;

impl Content {
    /// The content of the blocks that are kept; a block without a value counts as dropped.
    ///
    /// Each text node of the page is taken at most once, in the order of the page.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document, render::Content};
    /// let document = Document::parse("<p>Green.</p><p>Black.</p>");
    /// let blocks = Blocks::of(&document);
    /// assert_eq!(Content::of(&document, &blocks, &[false, true]).text(), "Black.");
    /// ```
    pub fn of(document: &Document<'_>, blocks: &Blocks, kept: &[bool]) -> Self {
        Self::with_base(document, blocks, kept, None)
    }

    /// As [`Self::of`], with the address of the page for its relative links.
    ///
    /// ```
    /// use dehusk::{blocks::Blocks, dom::Document, render::{Content, RenderOptions}};
    /// let document = Document::parse("<p>It is <a href=green>green</a>.");
    /// let blocks = Blocks::of(&document);
    /// let content = Content::with_base(&document, &blocks, &[true], Some("https://tea.example/"));
    /// let markdown = content.markdown(&RenderOptions::new());
    /// assert_eq!(markdown, "It is [green](https://tea.example/green).\n");
    /// ```
    pub fn with_base(
        document: &Document<'_>,
        blocks: &Blocks,
        kept: &[bool],
        url: Option<&str>,
    ) -> Self {
        let mut builder = Builder::new(document, blocks, kept);
        builder.content.base = Arc::new(Base::new(url, base_href(document).as_deref()));
        builder.run();
        builder.content.events.shrink_to_fit();
        builder.content
    }
}

/// The address of the first `<base href>`.
fn base_href(document: &Document<'_>) -> Option<String> {
    let html = document.children(document.root()).find(|node| document.tag(*node) == Tag::Html)?;
    let head = document.children(html).find(|node| document.tag(*node) == Tag::Head)?;
    let href = |node| document.attr(node, Attr::Href).map(String::from);
    document.children(head).filter(|node| document.tag(*node) == Tag::Base).find_map(href)
}

/// An element under way.
struct Open {
    /// Index of its opening.
    event: usize,
    /// Its place; of a leaf, none.
    place: u32,
    /// Of a row, the cell that comes next.
    cell: u32,
}

pub(super) struct Builder<'p, 'h> {
    pub document: &'p Document<'h>,
    pub blocks: &'p Blocks,
    pub kept: &'p [bool],
    pub content: Content,
    pub notes: Notes<'p>,
    pub places: Places,
    pub styles: Styles,
    pub last_link: Option<(NodeId, u32)>,
    /// The formula met last, which may run through several blocks, and whether it was written as TeX.
    pub formula: (Option<NodeId>, bool),
    /// Which of the elements asked about were set by a script.
    pub typeset: HashMap<NodeId, bool>,
    /// The event of the row opened last.
    last_row: Option<usize>,
    open: Vec<Open>,
    path: Vec<u32>,
}

impl<'p, 'h> Builder<'p, 'h> {
    fn new(document: &'p Document<'h>, blocks: &'p Blocks, kept: &'p [bool]) -> Self {
        let mut content = Content::default();
        let bytes = blocks.iter().zip(kept).filter(|(_, kept)| **kept);
        content.text.reserve(bytes.map(|(block, _)| blocks.text(block).len()).sum());
        Self {
            document,
            blocks,
            kept,
            content,
            notes: Notes::default(),
            places: Places::of(document, blocks, kept),
            styles: Styles::of(document, blocks),
            last_link: None,
            formula: (None, false),
            typeset: HashMap::new(),
            last_row: None,
            open: Vec::new(),
            path: Vec::new(),
        }
    }

    fn run(&mut self) {
        let stands = insets::stands(self);
        let mut next = 0;
        let mut index = 0;
        while index < self.blocks.len() {
            while let Some(stand) = stands.get(next).filter(|s| s.before <= index as u32) {
                self.stand(stand);
                next += 1;
            }
            let block = self.blocks.get(index);
            if !self.is_kept(index) {
                index += 1;
            } else if self.verbatim(block) != NONE {
                index = self.code(index);
            } else {
                let first = next;
                let mine = |s: &&Stand| s.within == index as u32 && s.before == index as u32 + 1;
                while stands.get(next).filter(mine).is_some() {
                    next += 1;
                }
                self.line(index, &stands[first..next]);
                index += 1;
            }
        }
        for stand in &stands[next..] {
            self.stand(stand);
        }
        self.close_to(0);
        self.settle_notes();
        self.content.bound_addresses(self.document.source().len());
    }

    /// Marks whose note turned out to hold nothing but signs are text again.
    fn settle_notes(&mut self) {
        let note = |event: &Event| match event {
            Event::Open { element: Element::Note { label, .. }, .. } => Some(*label),
            _ => None,
        };
        let mut labels: Vec<u32> = self.content.events.iter().filter_map(note).collect();
        labels.sort_unstable();
        for event in &mut self.content.events {
            if let Event::NoteRef { label, shown: span } = *event
                && labels.binary_search(&label).is_err()
            {
                *event = Event::Text { span, style: Style::SUP, link: NO_LINK };
            }
        }
    }

    pub fn is_kept(&self, index: usize) -> bool {
        self.kept.get(index).copied().unwrap_or(false)
    }

    fn verbatim(&self, block: &Block) -> u32 {
        if block.heading > 0 { NONE } else { self.places.verbatim[block.container as usize] }
    }

    /// A block that is a paragraph, heading or caption, with the insets within it.
    fn line(&mut self, index: usize, insets: &[Stand]) {
        let block = self.blocks.get(index);
        let element = match block.heading {
            0 if self.is_caption(block) => Element::Caption,
            0 => Element::Paragraph,
            level => Element::Heading(level),
        };
        self.enter(self.places.of[block.container as usize], element == Element::Caption);
        let event = self.open_leaf(element);
        let outer = self.styles.of_container(block.container);
        let in_note = self.open.iter().any(|open| self.is_note(open));
        Inline::new(self, block, outer, element, in_note).write(insets);
        self.close_leaf(event);
    }

    fn is_note(&self, open: &Open) -> bool {
        matches!(self.content.events[open.event], Event::Open { element: Element::Note { .. }, .. })
    }

    /// All blocks of one `<pre>`, as one listing; returns the index of the block behind it.
    fn code(&mut self, first: usize) -> usize {
        let pre = self.verbatim(self.blocks.get(first));
        let after = (first..self.blocks.len())
            .find(|index| self.verbatim(self.blocks.get(*index)) != pre)
            .unwrap_or(self.blocks.len());
        let lines: Vec<&Block> = (first..after)
            .filter(|index| self.is_kept(*index))
            .map(|index| self.blocks.get(index))
            .collect();
        let text = code::listing(self.blocks, &lines);
        let node = self.blocks.containers()[pre as usize].node;
        if !text.is_empty() && !code::is_lone_number(self.document, &text, node) {
            let language = code::language(self.document, self.blocks, &lines, pre as usize);
            let language = self.content.store(language);
            self.enter(self.places.of[pre as usize], false);
            let event = self.open_leaf(Element::Code { language });
            let span = self.content.store(&text);
            let (style, link) = (Default::default(), NO_LINK);
            self.content.events.push(Event::Text { span, style, link });
            self.close_leaf(event);
        }
        after
    }

    /// An inset between blocks.
    fn stand(&mut self, stand: &Stand) {
        self.enter(self.places.of[stand.container as usize], false);
        match stand.event {
            Event::Math { .. } => {
                let event = self.open_leaf(Element::Paragraph);
                self.content.events.push(stand.event);
                self.close_leaf(event);
            }
            event => self.content.events.push(event),
        }
    }

    fn is_caption(&self, block: &Block) -> bool {
        let containers = self.blocks.containers();
        let place = self.places.of[block.container as usize];
        let caption = match self.places.get(place).map(|place| place.element) {
            Some(Element::Figure) => Tag::Figcaption,
            Some(Element::Table(_)) => Tag::Caption,
            _ => return false,
        };
        let mut at = block.container as usize;
        while self.places.of[at] == place && at > 0 {
            if containers[at].tag == caption {
                return true;
            }
            at = containers[at].parent as usize;
        }
        false
    }

    /// Closes and opens elements until `place` is the innermost.
    fn enter(&mut self, place: u32, caption: bool) {
        let mut path = std::mem::take(&mut self.path);
        path.clear();
        let mut at = place;
        // Lists hold only items, tables only rows, and rows only cells: what stands astray in them
        // is put behind them.
        let mut inner: Option<Element> = None;
        while let Some(here) = self.places.get(at) {
            let fits = match (here.element, inner) {
                (Element::List { .. }, Some(Element::Item(_))) => true,
                (Element::Table(_), Some(Element::Row { .. })) => true,
                (Element::Table(_), None) => caption && !self.has_rows(at),
                (Element::Row { .. }, Some(Element::Cell { .. })) => true,
                (Element::List { .. } | Element::Table(_) | Element::Row { .. }, _) => false,
                _ => true,
            };
            if fits {
                path.push(at);
                inner = Some(here.element);
            }
            at = here.parent;
        }
        path.reverse();
        let open = self.open.iter().map(|open| open.place);
        let common = open.zip(&path).take_while(|(open, here)| open == *here).count();
        self.close_to(common);
        for depth in common..path.len() {
            self.open_place(path[depth], path.get(depth + 1).copied());
        }
        self.path = path;
    }

    fn has_rows(&self, table: u32) -> bool {
        let open = self.open.iter().find(|open| open.place == table);
        open.is_some_and(|open| self.last_row.is_some_and(|row| row > open.event))
    }

    fn open_place(&mut self, index: u32, inner: Option<u32>) {
        let Some(place) = self.places.get(index).copied() else { return };
        let mut element = place.element;
        if let Element::List { start, .. } = &mut element {
            let first = inner.and_then(|inner| self.places.get(inner)).map(|inner| inner.element);
            if let Some(Element::Item(Marker::Number(number))) = first {
                *start = number;
            }
        }
        if let Element::Cell { .. } = element {
            self.cells_until(index);
        }
        let cell = if matches!(element, Element::Row { .. }) { place.cell } else { NONE };
        let event = self.content.events.len();
        if matches!(element, Element::Row { .. }) {
            self.last_row = Some(event);
        }
        self.content.events.push(Event::Open { element, end: 0 });
        self.open.push(Open { event, place: index, cell });
    }

    /// Writes the empty cells of the open row before one of its cells, or all that are left.
    fn cells_until(&mut self, until: u32) {
        let Some(row) = self.open.last_mut() else { return };
        let mut cell = row.cell;
        while cell != until {
            let Some(place) = self.places.get(cell) else { break };
            let end = self.content.events.len() as u32 + 1;
            self.content.events.push(Event::Open { element: place.element, end });
            self.content.events.push(Event::Close);
            cell = place.cell;
        }
        row.cell = self.places.get(cell).map_or(NONE, |place| place.cell);
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let row = self.open.last().filter(|open| {
                let event = self.content.events[open.event];
                matches!(event, Event::Open { element: Element::Row { .. }, .. })
            });
            if row.is_some() {
                self.cells_until(NONE);
            }
            let Some(open) = self.open.pop() else { return };
            let end = self.content.events.len();
            if let Event::Open { element, .. } = self.content.events[open.event] {
                let inner = &self.content.events[open.event + 1..];
                let element = match element {
                    Element::Table(_) => Element::Table(shape(inner)),
                    Element::Row { header } => {
                        Element::Row { header: header || all_headers(inner) }
                    }
                    element => element,
                };
                self.content.events[open.event] = Event::Open { element, end: end as u32 };
            }
            self.content.events.push(Event::Close);
        }
    }

    fn open_leaf(&mut self, element: Element) -> usize {
        self.content.events.push(Event::Open { element, end: 0 });
        self.content.events.len() - 1
    }

    fn close_leaf(&mut self, event: usize) {
        let end = self.content.events.len();
        let content = &self.content;
        let is_blank = |event: &Event| match event {
            Event::Text { span, .. } => {
                content.str(*span).chars().all(|c| c.is_whitespace() || is_invisible(c))
            }
            Event::Break => true,
            _ => false,
        };
        if content.events[event + 1..].iter().all(is_blank) {
            self.content.events.truncate(event);
            return;
        }
        if let Event::Open { end: to, .. } = &mut self.content.events[event] {
            *to = end as u32;
        }
        self.content.events.push(Event::Close);
    }
}

fn all_headers(row: &[Event]) -> bool {
    let mut cells = row.iter().filter_map(|event| match event {
        Event::Open { element: Element::Cell { header, .. }, .. } => Some(*header),
        _ => None,
    });
    cells.all(|header| header)
}

fn shape(table: &[Event]) -> Shape {
    let mut shape = Shape::default();
    let mut columns = 0u16;
    let mut in_cell = false;
    for event in table {
        let Event::Open { element, .. } = event else { continue };
        match element {
            Element::Row { .. } => (columns, in_cell) = (0, false),
            Element::Cell { colspan, rowspan, .. } => {
                in_cell = true;
                columns = columns.saturating_add(*colspan);
                shape.columns = shape.columns.max(columns);
                shape.rich |= *colspan > 1 || *rowspan > 1;
            }
            Element::Paragraph | Element::Caption => {}
            _ => shape.rich |= in_cell,
        }
    }
    shape
}
