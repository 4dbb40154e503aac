//! The runs of text within a line: their style, their links, formulas and footnote marks.

use super::build::Builder;
use super::content::{Element, Event, Link, NO_LINK, Style};
use super::insets::Stand;
use super::math;
use crate::blocks::{Block, Blocks, Level};
use crate::dom::{Attr, Document, NodeId, NodeKind, Step, Tag};

/// What the elements above a text make of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Above {
    pub style: Style,
    pub link: Option<NodeId>,
    /// Whether they are of a formula that whole blocks cut.
    pub cut_formula: bool,
}

/// Longer texts are no signs and no marks of footnotes.
const MAX_MARK_BYTES: usize = 24;
/// A link of more nodes is no mark either, however short its text.
const MAX_MARK_NODES: usize = 64;

/// What each container hands down to the text within.
#[derive(Debug)]
pub(super) struct Styles(Vec<Above>);

impl Styles {
    pub fn of(document: &Document<'_>, blocks: &Blocks) -> Self {
        let mut all: Vec<Above> = Vec::with_capacity(blocks.containers().len());
        for container in blocks.containers() {
            let mut above = all.get(container.parent as usize).copied().unwrap_or_default();
            above.style = above.style.with(style_of(container.tag));
            if container.tag == Tag::A && document.attr(container.node, Attr::Href).is_some() {
                above.link = Some(container.node);
            }
            above.cut_formula = match container.tag {
                Tag::Math => true,
                tag => above.cut_formula && Level::of(tag) != Level::Block,
            };
            all.push(above);
        }
        Self(all)
    }

    pub fn of_container(&self, container: u32) -> Above {
        self.0.get(container as usize).copied().unwrap_or_default()
    }
}

fn style_of(tag: Tag) -> Style {
    match tag {
        Tag::B | Tag::Strong => Style::STRONG,
        Tag::Em | Tag::I | Tag::Cite | Tag::Var => Style::EMPHASIS,
        Tag::Del | Tag::S | Tag::Strike => Style::DELETED,
        Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => Style::CODE,
        Tag::Sub => Style::SUB,
        Tag::Sup => Style::SUP,
        _ => Style::default(),
    }
}

/// Whether a character shows nothing and joins nothing: zero-width spaces and byte order marks.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// What stands between a text node and its container.
#[derive(Debug, Clone, Copy, Default)]
struct Climb {
    above: Above,
    math: Option<NodeId>,
    /// The outermost element that assistive technology is to pass over.
    hidden: Option<NodeId>,
    /// Whether it is a formula set by a script, whose TeX stands behind it.
    typeset: bool,
}

/// Writes one line.
pub(super) struct Inline<'a, 'p, 'h> {
    builder: &'a mut Builder<'p, 'h>,
    block: &'p Block,
    outer: Above,
    element: Element,
    in_note: bool,
    begun: bool,
    space: bool,
    /// Whether something other than images and spaces is written.
    worded: bool,
    /// Whether what is written is images, behind which text wants a space: that of the page is
    /// outside of the block.
    after_image: bool,
    /// Whether the next text begins a line.
    line: bool,
    last: (Style, u32),
    climbed: Option<(NodeId, Climb)>,
    /// The last link within the page, and whether its text is not to be written.
    within: Option<(NodeId, bool)>,
}

impl<'a, 'p, 'h> Inline<'a, 'p, 'h> {
    pub fn new(
        builder: &'a mut Builder<'p, 'h>,
        block: &'p Block,
        outer: Above,
        element: Element,
        in_note: bool,
    ) -> Self {
        Self {
            builder,
            block,
            outer,
            element,
            in_note,
            begun: false,
            space: false,
            worded: false,
            after_image: false,
            line: false,
            last: (Style::default(), NO_LINK),
            climbed: None,
            within: None,
        }
    }

    pub fn write(mut self, insets: &[Stand]) {
        let blocks = self.builder.blocks;
        let mut offset = 0;
        let mut insets = insets.iter().peekable();
        for (node, piece) in blocks.pieces(self.block) {
            while let Some(inset) = insets.next_if(|inset| inset.at <= offset) {
                self.inset(inset);
            }
            offset += piece.len() as u32;
            self.piece(node, piece);
        }
        insets.for_each(|inset| self.inset(inset));
    }

    fn inset(&mut self, inset: &Stand) {
        self.space |= inset.space;
        self.write_space((Style::default(), NO_LINK));
        self.after_image = !self.worded && matches!(inset.event, Event::Image { .. });
        self.builder.content.events.push(inset.event);
        self.begun = true;
        self.last = (Style::default(), NO_LINK);
    }

    fn piece(&mut self, node: NodeId, piece: &str) {
        let document = self.builder.document;
        let same_parent = self.climbed.map(|(parent, _)| parent) == document.parent(node);
        let climb = self.climb(node);
        // Further runs of a formula that was written as TeX.
        if climb.math.is_some() && self.builder.formula == (climb.math, true) {
            return;
        }
        let mut text = piece;
        // What stands between runs belongs to neither.
        if let Some(rest) = text.strip_prefix(' ') {
            (self.space, text) = (true, rest);
        } else if let Some(rest) = text.strip_prefix('\n') {
            (self.line, text) = (true, rest);
        }
        self.space |= std::mem::take(&mut self.after_image);
        // Signs stand apart, but a run that the markup interrupts stays one.
        self.space |= climb.above.cut_formula && !same_parent;
        if let Some(math) = climb.math {
            if self.builder.formula.0 != Some(math) {
                self.formula(math, climb, text);
            } else {
                self.space |= !same_parent && document.tag(math) == Tag::Math;
                self.text(text, climb);
            }
            return;
        }
        if climb.typeset || climb.hidden.is_some_and(|hidden| self.is_copy(hidden)) {
            return;
        }
        self.text(text, climb);
    }

    /// Whether a script has set an element as a formula; remembered, since the script is read for it.
    fn is_typeset(&mut self, node: NodeId) -> bool {
        let document = self.builder.document;
        math::may_be_typeset(document, node)
            && *self.builder.typeset.entry(node).or_insert_with(|| math::is_typeset(document, node))
    }

    /// Whether an element for the eye alone follows the formula that it shows again.
    fn is_copy(&self, hidden: NodeId) -> bool {
        let document = self.builder.document;
        let Some(math) = self.builder.formula.0 else { return false };
        let before = document.prev_sibling(hidden);
        before == Some(math)
            || before.is_some_and(|before| document.ancestors(math).take(4).any(|n| n == before))
    }

    fn formula(&mut self, math: NodeId, climb: Climb, text: &str) {
        let document = self.builder.document;
        let tex = math::tex(document, math);
        self.builder.formula = (Some(math), tex.is_some());
        let Some(tex) = tex else { return self.text(text, climb) };
        self.line |= text.starts_with('\n');
        self.write_space((Style::default(), NO_LINK));
        let tex = self.builder.content.store(&tex);
        let display = math::is_display(document, math);
        self.builder.content.events.push(Event::Math { tex, display });
        self.marked();
    }

    /// Behind a formula or the mark of a footnote.
    fn marked(&mut self) {
        (self.begun, self.worded) = (true, true);
        self.last = (Style::default(), NO_LINK);
    }

    fn text(&mut self, text: &str, climb: Climb) {
        let document = self.builder.document;
        let mut style = climb.above.style;
        if matches!(self.element, Element::Heading(_)) {
            style = style.without(Style::STRONG);
        }
        // A link around whole blocks is no mark and no sign.
        if let Some(node) = climb.above.link.filter(|_| climb.above.link != self.outer.link) {
            let href = document.attr(node, Attr::Href).unwrap_or_default().trim();
            if let Some(id) = href.strip_prefix('#')
                && self.within_page(node, id, style)
            {
                return;
            }
        }
        let mut link = climb.above.link.map_or(NO_LINK, |link| self.builder.link(link));
        if text.chars().all(is_invisible) {
            // A mark or link around nothing that is seen would be seen.
            (style, link) = (Style::default(), NO_LINK);
        }
        if self.block.marks.preformatted {
            // A heading or caption is no listing, wherever it stands.
            for (index, word) in text.split_whitespace().enumerate() {
                self.space |= index > 0 || text.starts_with(char::is_whitespace);
                self.write_space((style, link));
                self.run(word, (style, link));
            }
            self.space |= text.ends_with(char::is_whitespace);
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.write_break();
            }
            if !line.is_empty() {
                self.write_space((style, link));
                self.run(line, (style, link));
            }
        }
    }

    /// Deals with text of a link within the page; returns whether it is not to be written.
    fn within_page(&mut self, link: NodeId, id: &str, style: Style) -> bool {
        if let Some((known, gone)) = self.within
            && known == link
        {
            return gone;
        }
        let document = self.builder.document;
        let mut mark = String::new();
        let mut holds_blocks = false;
        let mut count = 0;
        let mut walk = document.walk(link);
        while let Some(step) = walk.next() {
            let Step::Enter(node) = step else { continue };
            if document.kind(node) == NodeKind::Element {
                match Level::of(document.tag(node)) {
                    Level::Block => holds_blocks = true,
                    Level::Skipped => walk.skip_children(),
                    Level::Inline => {}
                }
            }
            count += 1;
            holds_blocks |= count > MAX_MARK_NODES;
            mark.push_str(document.text(node));
            if mark.len() > MAX_MARK_BYTES || holds_blocks {
                break;
            }
        }
        let mark = mark.trim();
        if holds_blocks {
            self.within = Some((link, false));
            return false;
        }
        // Signs that lead back from a note, or to the heading that they stand in.
        let is_sign = mark.len() <= MAX_MARK_BYTES && !mark.contains(char::is_alphanumeric);
        let heading = matches!(self.element, Element::Heading(_));
        let mut gone = is_sign && (self.in_note || heading || leads_to_itself(document, link, id));
        // What stood around the sign stays apart.
        self.space |= gone;
        let bracketed = mark.starts_with('[') && mark.ends_with(']');
        if !gone
            && !self.in_note
            && (style.has(Style::SUP) || bracketed)
            && let Some(label) = self.builder.note(id, self.block, mark)
        {
            self.write_space((Style::default(), NO_LINK));
            let shown = self.builder.content.store(mark);
            self.builder.content.events.push(Event::NoteRef { label, shown });
            self.marked();
            gone = true;
        }
        self.within = Some((link, gone));
        gone
    }

    fn write_break(&mut self) {
        (self.space, self.line) = (false, false);
        if self.begun {
            self.builder.content.events.push(Event::Break);
        }
    }

    /// Writes the line break or the space that is due, a space in what the texts around it have in
    /// common.
    fn write_space(&mut self, next: (Style, u32)) {
        if self.line {
            self.write_break();
        }
        if std::mem::take(&mut self.space) && self.begun {
            let common = match self.last.1 == next.1 {
                true => (self.last.0.common(next.0), next.1),
                false => (Style::default(), NO_LINK),
            };
            self.run(" ", common);
        }
    }

    fn run(&mut self, text: &str, (style, link): (Style, u32)) {
        let content = &mut self.builder.content;
        let span = content.store(text);
        self.begun = true;
        self.worded |= text != " ";
        self.last = (style, link);
        if let Some(Event::Text { span: before, style: s, link: l }) = content.events.last_mut()
            && before.end == span.start
            && (*s, *l) == (style, link)
        {
            before.end = span.end;
            return;
        }
        content.events.push(Event::Text { span, style, link });
    }

    fn climb(&mut self, node: NodeId) -> Climb {
        let document = self.builder.document;
        let parent = document.parent(node);
        if let Some((known, climb)) = self.climbed
            && Some(known) == parent
        {
            return climb;
        }
        let container = self.builder.blocks.container(self.block).node;
        let mut climb = Climb { above: self.outer, ..Climb::default() };
        let mut own_link = None;
        for above in document.ancestors(node).take_while(|above| *above != container) {
            let tag = document.tag(above);
            climb.above.style = climb.above.style.with(style_of(tag));
            match tag {
                Tag::A if own_link.is_none() && document.attr(above, Attr::Href).is_some() => {
                    own_link = Some(above);
                }
                Tag::Math | Tag::Code if math::is_formula(document, above) => {
                    climb.math = Some(above);
                }
                Tag::Span if self.is_typeset(above) => climb.typeset = true,
                Tag::Span if document.attr(above, Attr::AriaHidden) == Some("true") => {
                    climb.hidden = Some(above);
                }
                _ => {}
            }
        }
        climb.above.link = own_link.or(self.outer.link);
        self.climbed = parent.map(|parent| (parent, climb));
        climb
    }
}

/// How far above a link the element may be that it leads to.
const ITSELF_ABOVE: usize = 5;

/// Whether a link leads to what it stands in: a definition, a listing, a table.
fn leads_to_itself(document: &Document<'_>, link: NodeId, id: &str) -> bool {
    let mut above = document.ancestors(link).take(ITSELF_ABOVE);
    !id.is_empty() && above.any(|above| document.attr(above, Attr::Id) == Some(id))
}

impl Builder<'_, '_> {
    /// The link of an `<a>`; neighbouring texts of one element share one.
    pub fn link(&mut self, node: NodeId) -> u32 {
        if self.last_link.is_none_or(|(last, _)| last != node) {
            let href = self.document.attr(node, Attr::Href).unwrap_or_default();
            let href = self.content.store(href);
            self.content.links.push(Link { href });
            self.last_link = Some((node, self.content.links.len() as u32 - 1));
        }
        self.last_link.map_or(NO_LINK, |(_, link)| link)
    }

    /// The link around an inset.
    pub fn link_around(&mut self, node: NodeId, container: u32) -> u32 {
        let top = self.blocks.containers()[container as usize].node;
        let document = self.document;
        let mut between = document.ancestors(node).take_while(|above| *above != top);
        let is_link = |node: &NodeId| {
            document.tag(*node) == Tag::A && document.attr(*node, Attr::Href).is_some()
        };
        let link = between.find(is_link).or(self.styles.of_container(container).link);
        link.map_or(NO_LINK, |link| self.link(link))
    }
}
