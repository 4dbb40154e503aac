//! Where each container stands: in which lists, quotes, figures and tables of data.

use super::content::{Element, Marker, Shape};
use super::tables::data_tables;
use crate::blocks::{Blocks, Container};
use crate::dom::{Attr, Document, NodeId, NodeKind, Tag};
use std::collections::HashMap;

/// No place, no container.
pub(super) const NONE: u32 = u32::MAX;

/// Spans over this are mistakes or attacks; the standard clamps columns at 1,000.
const MAX_SPAN: u32 = 1000;

/// Structure deeper than this is flattened: each level costs a mark on each line below it.
const MAX_DEPTH: u16 = 32;

/// An element of structure and the place around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub element: Element,
    pub parent: u32,
    /// Of a row, its first cell; of a cell, the next one.
    pub cell: u32,
}

/// The places of a page; each stands behind its parent.
#[derive(Debug)]
pub(super) struct Places {
    pub places: Vec<Place>,
    /// For each container, the innermost place at or above it.
    pub of: Vec<u32>,
    /// For each container, the `<pre>` at or above it.
    pub verbatim: Vec<u32>,
}

impl Places {
    pub fn of(document: &Document<'_>, blocks: &Blocks, kept: &[bool]) -> Self {
        let mut finder = Finder {
            document,
            containers: blocks.containers(),
            data: data_tables(blocks, kept),
            out: Self {
                places: Vec::new(),
                of: Vec::with_capacity(blocks.containers().len()),
                verbatim: Vec::with_capacity(blocks.containers().len()),
            },
            state: Vec::new(),
            orphans: HashMap::new(),
        };
        for index in 0..finder.containers.len() {
            finder.container(index);
        }
        finder.out
    }

    /// The place of an index, if there is one.
    pub fn get(&self, place: u32) -> Option<&Place> {
        self.places.get(place as usize)
    }

    /// Puts a place between a container with all below it, and what is around.
    pub fn wrap(&mut self, containers: &[Container], index: usize, element: Element) {
        let around = self.of[index];
        let place = self.places.len() as u32;
        self.places.push(Place { element, parent: around, cell: NONE });
        let depth = containers[index].depth;
        self.of[index] = place;
        let deeper = containers[index + 1..].iter().take_while(|below| below.depth > depth);
        let below = index + 1..=index + deeper.count();
        for below in below {
            if self.of[below] == around {
                self.of[below] = place;
            } else if let Some(inner) = self.places.get_mut(self.of[below] as usize) {
                // The outermost places within now stand in the new one.
                if inner.parent == around && self.of[below] < place {
                    inner.parent = place;
                }
            }
        }
    }
}

/// What is remembered of a list while its items come.
#[derive(Debug, Clone, Copy)]
struct Count {
    next: i64,
    step: i64,
    last_item: u32,
    /// Where the blocks of the last item end, with those of lists behind it.
    item_end: u32,
    /// The last cell of a row.
    last_cell: u32,
    depth: u16,
}

struct Finder<'d, 'h, 'b> {
    document: &'d Document<'h>,
    containers: &'b [Container],
    data: Vec<bool>,
    out: Places,
    /// Beside each place.
    state: Vec<Count>,
    /// The lists made for items that stand in none.
    orphans: HashMap<NodeId, u32>,
}

impl Finder<'_, '_, '_> {
    fn container(&mut self, index: usize) {
        let container = &self.containers[index];
        let parent = container.parent as usize;
        let around = self.out.of.get(parent).copied().unwrap_or(NONE);
        let verbatim = self.out.verbatim.get(parent).copied().unwrap_or(NONE);
        self.out.verbatim.push(match container.tag {
            Tag::Pre | Tag::Xmp | Tag::Plaintext if verbatim == NONE => index as u32,
            _ => verbatim,
        });
        let here = if verbatim == NONE { self.place(index, container, around) } else { around };
        self.out.of.push(here);
    }

    fn place(&mut self, index: usize, container: &Container, around: u32) -> u32 {
        let inner = self.out.get(around).map(|place| place.element);
        if self.state.get(around as usize).is_some_and(|state| state.depth >= MAX_DEPTH) {
            return around;
        }
        match container.tag {
            Tag::Blockquote => self.push(Element::Quote, around),
            Tag::Figure => self.push(Element::Figure, around),
            Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir => self.list(container, around),
            Tag::Li => self.item(container, around),
            Tag::Table if self.data[index] => self.push(Element::Table(Shape::default()), around),
            Tag::Tr if matches!(inner, Some(Element::Table(_))) => {
                let header = self.containers[container.parent as usize].tag == Tag::Thead;
                self.push(Element::Row { header }, around)
            }
            Tag::Td | Tag::Th if matches!(inner, Some(Element::Row { .. })) => {
                self.cell(container, around)
            }
            _ => around,
        }
    }

    fn push(&mut self, element: Element, parent: u32) -> u32 {
        let depth = self.state.get(parent as usize).map_or(0, |state| state.depth + 1);
        self.out.places.push(Place { element, parent, cell: NONE });
        let (next, step, item_end) = (1, 1, 0);
        let (last_item, last_cell) = (NONE, NONE);
        self.state.push(Count { next, step, last_item, item_end, last_cell, depth });
        self.out.places.len() as u32 - 1
    }

    fn list(&mut self, container: &Container, around: u32) -> u32 {
        let around = match self.out.get(around).map(|place| place.element) {
            Some(Element::List { ordered, start }) => {
                let first = if ordered { Marker::Number(start) } else { Marker::Bullet };
                self.item_before(container, around, first)
            }
            _ => around,
        };
        let ordered = container.tag == Tag::Ol;
        let number = |attr| self.document.attr(container.node, attr)?.trim().parse().ok();
        let reversed = ordered && self.document.attr(container.node, Attr::Reversed).is_some();
        let start = match number(Attr::Start) {
            Some(start) if ordered => start,
            // It counts down to 1.
            None if reversed => self.items(container.node),
            _ => 1,
        };
        let list = self.push(Element::List { ordered, start }, around);
        let state = &mut self.state[list as usize];
        (state.next, state.step) = (start, if reversed { -1 } else { 1 });
        list
    }

    /// The item that a list straight within a list belongs to: the one before it, or the first.
    fn item_before(&mut self, container: &Container, outer: u32, first: Marker) -> u32 {
        let Count { last_item, item_end, .. } = self.state[outer as usize];
        self.state[outer as usize].item_end = container.blocks.end;
        let marker = match self.out.get(last_item).map(|item| item.element) {
            Some(_) if item_end == container.blocks.start => return last_item,
            // Behind loose text it cannot go on, so it begins anew.
            Some(Element::Item(marker)) => marker,
            _ => first,
        };
        let item = self.push(Element::Item(marker), outer);
        self.state[outer as usize].last_item = item;
        item
    }

    /// How many items a list has of its own.
    fn items(&self, list: NodeId) -> i64 {
        let children = self.document.children(list);
        children.filter(|node| self.document.tag(*node) == Tag::Li).count() as i64
    }

    fn item(&mut self, container: &Container, around: u32) -> u32 {
        let inner = self.out.get(around).map(|place| place.element);
        let (list, ordered) = match inner {
            Some(Element::List { ordered, .. }) => (around, ordered),
            // An item without a list around it is a list of its own, together with its siblings.
            _ => {
                let list = match self.orphans(container, around) {
                    Some(list) => list,
                    None => self.push(Element::List { ordered: false, start: 1 }, around),
                };
                self.orphans.insert(container.node, list);
                (list, false)
            }
        };
        let state = &mut self.state[list as usize];
        let marker = if ordered {
            let value = self.document.attr(container.node, Attr::Value);
            if let Some(value) = value.and_then(|value| value.trim().parse().ok()) {
                state.next = value;
            }
            let number = state.next;
            state.next = number.saturating_add(state.step);
            Marker::Number(number)
        } else {
            Marker::Bullet
        };
        let item = self.push(Element::Item(marker), list);
        let state = &mut self.state[list as usize];
        (state.last_item, state.item_end) = (item, container.blocks.end);
        item
    }

    /// The list of the item without a list that stands right before one.
    fn orphans(&self, container: &Container, around: u32) -> Option<u32> {
        let mut before = self.document.prev_sibling(container.node);
        while let Some(node) = before {
            match self.document.kind(node) {
                NodeKind::Text if self.document.text(node).trim().is_empty() => {
                    before = self.document.prev_sibling(node);
                }
                _ => break,
            }
        }
        let list = *self.orphans.get(&before?)?;
        (self.out.get(list)?.parent == around).then_some(list)
    }

    fn cell(&mut self, container: &Container, row: u32) -> u32 {
        let span = |attr| {
            let value = self.document.attr(container.node, attr).unwrap_or("1").trim();
            // Digits that no number can hold are clamped like the rest.
            let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            let most = if digits { MAX_SPAN } else { 1 };
            value.parse::<u32>().unwrap_or(most).clamp(1, MAX_SPAN) as u16
        };
        let header = container.tag == Tag::Th;
        let (colspan, rowspan) = (span(Attr::Colspan), span(Attr::Rowspan));
        let cell = self.push(Element::Cell { header, colspan, rowspan }, row);
        match std::mem::replace(&mut self.state[row as usize].last_cell, cell) {
            NONE => self.out.places[row as usize].cell = cell,
            last => self.out.places[last as usize].cell = cell,
        }
        cell
    }
}
