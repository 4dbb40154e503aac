//! Footnotes: marks in the text that lead to a note further down.

use super::build::Builder;
use super::content::Element;
use crate::blocks::{Block, Blocks};
use crate::dom::{Attr, Document, Tag};
use std::collections::{BTreeMap, HashMap};

/// A note has at most so many blocks; more make a section.
const MAX_BLOCKS: u32 = 12;
/// A mark is short: `1`, `[12]`, `note 3`.
const MAX_MARK: usize = 8;

/// The notes found so far.
#[derive(Debug, Default)]
pub(super) struct Notes<'p> {
    /// Where each id stands; made when first asked for.
    ids: Option<HashMap<&'p str, u32>>,
    /// The notes in order of their numbers: the container of each.
    found: Vec<u32>,
    labels: HashMap<u32, u32>,
    /// The blocks of each, from the first to the one behind the last.
    spans: BTreeMap<u32, u32>,
}

impl Builder<'_, '_> {
    /// The number of the note that a mark leads to, if it is one.
    pub fn note(&mut self, id: &str, block: &Block, mark: &str) -> Option<u32> {
        if mark.chars().count() > MAX_MARK {
            return None;
        }
        let (document, blocks, kept) = (self.document, self.blocks, self.kept);
        let ids = self.notes.ids.get_or_insert_with(|| ids(document, blocks, kept));
        let target = *ids.get(id)?;
        if let Some(label) = self.notes.labels.get(&target) {
            return Some(*label);
        }
        let container = &blocks.containers()[target as usize];
        let range = container.blocks.clone();
        let behind = blocks.text_start(blocks.get(range.start as usize)) > blocks.text_start(block);
        // Markdown has no notes within notes. Those found do not overlap, so the last that begins
        // before this one ends is the only one that may.
        let last = self.notes.spans.range(..range.end).next_back();
        let nested = last.is_some_and(|(_, end)| *end > range.start);
        if !behind || nested || range.len() as u32 > MAX_BLOCKS {
            return None;
        }
        let label = self.notes.found.len() as u32 + 1;
        let place = self.places.of[target as usize];
        // An item within a listing stands in the place around it.
        let is_own = self.places.of[container.parent as usize] != place;
        let element = self.places.get(place).map(|place| place.element).filter(|_| is_own);
        match (container.tag, element) {
            (Tag::Li, Some(Element::Item(marker))) => {
                let element = Element::Note { label, marker: Some(marker) };
                self.places.places[place as usize].element = element;
            }
            (Tag::P | Tag::Div | Tag::Aside | Tag::Section, _) => {
                let element = Element::Note { label, marker: None };
                self.places.wrap(blocks.containers(), target as usize, element);
            }
            _ => return None,
        }
        self.notes.found.push(target);
        self.notes.labels.insert(target, label);
        self.notes.spans.insert(range.start, range.end);
        Some(label)
    }
}

/// The containers with kept blocks that can be led to, by their ids.
fn ids<'p>(document: &'p Document<'_>, blocks: &Blocks, kept: &[bool]) -> HashMap<&'p str, u32> {
    let mut ids = HashMap::new();
    let is_kept = |block: u32| kept.get(block as usize).copied().unwrap_or(false);
    for (index, container) in blocks.containers().iter().enumerate() {
        if let Some(id) = document.attr(container.node, Attr::Id)
            && container.blocks.len() <= MAX_BLOCKS as usize
            && container.blocks.clone().any(is_kept)
        {
            ids.entry(id).or_insert(index as u32);
        }
    }
    // An anchor at the start of a note stands for the note.
    for (_, block) in blocks.iter().enumerate().filter(|(index, _)| is_kept(*index as u32)) {
        let container = blocks.container(block).node;
        let Some((first, _)) = blocks.pieces(block).next() else { continue };
        let between = document.ancestors(first).take_while(|node| *node != container);
        for id in between.filter_map(|node| document.attr(node, Attr::Id)) {
            ids.entry(id).or_insert(block.container);
        }
    }
    ids
}
