//! What is known of each container: names, kinds above it, repetition, and the likeliest ones.

use super::groups::Groups;
use super::names::{FAMILIES, FAMILY_COUNT, Names};
use super::tally::{Tallies, Tally, is_long};
use super::words::combine;
use crate::blocks::{Blocks, Container};
use crate::dom::{Document, Tag};
use std::ops::Range;

/// Kinds of element that are counted above each block, and how each is called as a signal.
pub(crate) const KINDS: [(Tag, &str); 16] = [
    (Tag::Footer, "footer"),
    (Tag::Aside, "aside"),
    (Tag::Article, "article"),
    (Tag::Main, "main"),
    (Tag::Form, "form"),
    (Tag::Ul, "ul"),
    (Tag::Ol, "ol"),
    (Tag::Table, "table"),
    (Tag::Li, "li"),
    (Tag::P, "p"),
    (Tag::Figure, "figure"),
    (Tag::Section, "section"),
    (Tag::Dl, "dl"),
    (Tag::Pre, "pre"),
    (Tag::Button, "button"),
    (Tag::A, "a"),
];

/// Ways to guess the container of the main content.
pub(crate) const CANDIDATES: usize = 4;
/// Siblings of one signature from which on they are repeated units, and the blocks that each has.
const MIN_UNITS: u32 = 3;
const MIN_UNIT_BLOCKS: u32 = 2;

/// Levels are counted to this many; farther is the same.
pub(crate) const FAR: u8 = 9;

/// The place of each tag among [`KINDS`], or beyond them.
static KIND_OF: [u8; 256] = kind_of();

const fn kind_of() -> [u8; 256] {
    let mut kinds = [u8::MAX; 256];
    let mut kind = 0;
    while kind < KINDS.len() {
        kinds[KINDS[kind].0 as usize] = kind as u8;
        kind += 1;
    }
    kinds
}

/// What is known of one container.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// The families of its own names, as bits.
    names: u32,
    /// How many of each of [`KINDS`] it is or stands in, to 3.
    pub kinds: [u8; KINDS.len()],
    /// Levels up to the nearest container with a name of each family, itself 0, or [`FAR`].
    pub families: [u8; FAMILY_COUNT],
    /// How many siblings have the same make (tag and class), itself included.
    pub same_siblings: u32,
    /// How many of them stand before it.
    pub sibling_rank: u32,
    /// The largest [`Self::same_siblings`] of itself and what is above it.
    pub most_repeated: u32,
    /// The repeated unit (card, post, row of teasers) that it is or stands in.
    pub unit: Option<u32>,
    tokens: Range<u32>,
}

impl Known {
    /// Whether it is or stands in an element of one of [`KINDS`].
    pub fn is_in(&self, tag: Tag) -> bool {
        self.kinds.get(usize::from(KIND_OF[tag as usize])).is_some_and(|count| *count > 0)
    }
}

/// All containers of a page.
#[derive(Debug, Clone)]
pub(crate) struct KnownContainers {
    known: Vec<Known>,
    tokens: Vec<u32>,
    /// Containers of one tag and class.
    pub makes: Groups,
    /// Those of them whose parents, too, are of one tag and class.
    pub pairs: Groups,
    /// The likeliest containers of the main content, by four measures.
    pub candidates: [u32; CANDIDATES],
    /// What stands outside all repeated units.
    pub single: Tally,
}

impl KnownContainers {
    pub fn of(document: &Document<'_>, blocks: &Blocks, tallies: &Tallies) -> Self {
        let containers = blocks.containers();
        let mut known: Vec<Known> = Vec::with_capacity(containers.len());
        let mut signatures = Vec::with_capacity(containers.len());
        let mut names = Names::default();
        for container in containers {
            let start = names.tokens().len() as u32;
            let named = names.read(document, container.node);
            let above = known.get(container.parent as usize);
            let mut kinds = above.map_or([0; KINDS.len()], |above| above.kinds);
            let mut families = above.map_or([FAR; FAMILY_COUNT], |above| above.families);
            if let Some(kind) = kinds.get_mut(usize::from(KIND_OF[container.tag as usize])) {
                *kind = (*kind + 1).min(3);
            }
            for (family, levels) in families.iter_mut().enumerate() {
                let here = named.families & 1 << family != 0;
                *levels = if here { 0 } else { (*levels + 1).min(FAR) };
            }
            signatures.push(combine(&[container.tag as u32, named.class]));
            known.push(Known {
                names: named.families,
                kinds,
                families,
                same_siblings: 1,
                sibling_rank: 0,
                most_repeated: 1,
                unit: None,
                tokens: start..names.tokens().len() as u32,
            });
        }
        let makes = Groups::of_keys(signatures.into_iter());
        let above = |container: &Container| makes.of(container.parent as usize);
        let above: Vec<u32> = containers.iter().map(above).collect();
        let pairs = makes.divided(&above, makes.count());
        let tokens = names.into_tokens();
        let (candidates, single) = ([0; CANDIDATES], Tally::default());
        let mut all = Self { known, tokens, makes, pairs, candidates, single };
        all.count_repetition(containers);
        let single_long = all.find_units(blocks, tallies);
        let tally = |index: usize| tallies.range(&containers[index].blocks);
        all.candidates = [
            all.readable(blocks, tallies),
            share_holder(containers, 0.6, |index| tally(index).long_chars),
            share_holder(containers, 0.6, |index| tally(index).paragraph_chars),
            share_holder(containers, 0.6, |index| single_long[index]),
        ];
        all
    }

    pub fn get(&self, container: u32) -> &Known {
        &self.known[container as usize]
    }

    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// The hashed name tokens of a container.
    pub fn tokens(&self, container: u32) -> &[u32] {
        let range = &self.known[container as usize].tokens;
        &self.tokens[range.start as usize..range.end as usize]
    }

    fn count_repetition(&mut self, containers: &[Container]) {
        let parents: Vec<u32> = containers.iter().map(|container| container.parent).collect();
        let siblings = self.makes.divided(&parents, containers.len());
        for (i, (container, rank)) in containers.iter().zip(siblings.ranks()).enumerate() {
            let above = self.known[container.parent as usize].most_repeated;
            let known = &mut self.known[i];
            known.same_siblings = siblings.size(i);
            known.sibling_rank = rank;
            known.most_repeated = if i == 0 { 1 } else { above.max(known.same_siblings) };
        }
    }

    /// The best container by the idea of Readability (Arc90, 2009): each block gives points for
    /// its length and commas to the containers near above it, less the farther they are.
    fn readable(&self, blocks: &Blocks, tallies: &Tallies) -> u32 {
        let mut points = vec![0f32; self.known.len()];
        for block in blocks.iter().filter(|block| block.counts.chars >= 25) {
            let counts = &block.counts;
            let mut share = 1.0 + counts.commas as f32 + (counts.chars as f32 / 100.0).min(3.0);
            let mut at = block.container;
            for _ in 0..3 {
                at = blocks.containers()[at as usize].parent;
                points[at as usize] += share;
                share /= 2.0;
            }
        }
        let bad = ["comment", "footer", "side", "related", "consent", "modal"];
        let bad = bad.iter().fold(0, |bits, name| {
            FAMILIES.iter().position(|(n, _)| n == name).map_or(bits, |i| bits | 1 << i)
        });
        let weighed = points.iter().zip(&self.known).zip(blocks.containers());
        let weighed = weighed.map(|((points, known), container)| {
            let tag = match container.tag {
                Tag::Article | Tag::Main => 1.2,
                _ => 1.0,
            };
            let name = if known.names & bad != 0 { 0.5 } else { 1.0 };
            points * (1.0 - tallies.range(&container.blocks).link_density()) * tag * name
        });
        best(weighed)
    }

    /// Finds the repeated units and sums up what stands outside them; returns, for each container,
    /// the characters of prose in it that are outside all units.
    fn find_units(&mut self, blocks: &Blocks, tallies: &Tallies) -> Vec<u32> {
        let containers = blocks.containers();
        for (index, container) in containers.iter().enumerate() {
            let around = self.known[container.parent as usize].unit;
            let known = &mut self.known[index];
            let long = container.blocks.end - container.blocks.start >= MIN_UNIT_BLOCKS;
            let begins = known.same_siblings >= MIN_UNITS && long && index > 0;
            known.unit = around.or(begins.then_some(index as u32));
        }
        let mut sums = vec![0; blocks.len() + 1];
        for (at, block) in (0u32..).zip(blocks.iter()) {
            let mut long = 0;
            if self.known[block.container as usize].unit.is_none() {
                let own = tallies.range(&(at..at + 1));
                long = own.long_chars;
                self.single.add(own);
            }
            sums[at as usize + 1] = sums[at as usize] + long;
        }
        let long = |c: &Container| sums[c.blocks.end as usize] - sums[c.blocks.start as usize];
        containers.iter().map(long).collect()
    }
}

/// The index of the greatest value, the first of equals.
fn best(values: impl Iterator<Item = f32>) -> u32 {
    let mut best = (0, f32::MIN);
    for (index, value) in values.enumerate() {
        if value > best.1 {
            best = (index as u32, value);
        }
    }
    best.0
}

/// The deepest container that still holds a share of something, more than half.
fn share_holder(containers: &[Container], share: f32, amount: impl Fn(usize) -> u32) -> u32 {
    let needed = amount(0) as f32 * share;
    let mut holder = 0;
    if needed > 0.0 {
        // No two beside each other hold so much, so that each holder stands in the one before it.
        for (index, container) in (0u32..).zip(containers).skip(1) {
            if container.parent == holder && amount(index as usize) as f32 >= needed {
                holder = index;
            }
        }
    }
    holder
}

/// The index of the first and the last long block.
pub(crate) fn long_span(blocks: &Blocks) -> Option<(u32, u32)> {
    let mut long = blocks.iter().enumerate().filter(|(_, block)| is_long(block));
    let first = long.next()?.0 as u32;
    let last = long.next_back().map_or(first, |(index, _)| index as u32);
    Some((first, last))
}
