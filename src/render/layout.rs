//! Where each block stands in lists and tables.

use crate::blocks::{Blocks, Container};
use crate::dom::{Attr, Document, Tag};

/// How a list item is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet,
    Number(i64),
}

/// What lies above a container.
#[derive(Debug, Clone, Copy, Default)]
struct Above {
    /// The nearest list item.
    item: Option<u32>,
    /// The outermost list.
    list: Option<u32>,
    /// How many lists there are.
    lists: u32,
    /// The nearest cell, row and table of a table of data.
    cell: Option<u32>,
    row: Option<u32>,
    table: Option<u32>,
}

/// The lists and tables of a page.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    blocks: &'a Blocks,
    above: Vec<Above>,
    markers: Vec<Marker>,
}

/// A table of data has at least so many rows and cells, and cells of at most so many words.
const MIN_ROWS: u32 = 2;
const MIN_CELLS: u32 = 4;
const MAX_CELL_WORDS: u32 = 60;
/// Above this share of blocks per cell the cells hold whole texts.
const MAX_BLOCKS_PER_CELL: f32 = 1.5;

impl<'a> Layout<'a> {
    pub fn of(document: &Document<'_>, blocks: &'a Blocks) -> Self {
        let containers = blocks.containers();
        let data = data_tables(blocks);
        let mut above: Vec<Above> = Vec::with_capacity(containers.len());
        let mut markers = vec![Marker::Bullet; containers.len()];
        let mut counters: Vec<i64> = containers.iter().map(|c| start(document, c)).collect();
        for (index, container) in containers.iter().enumerate() {
            let parent = container.parent as usize;
            let mut here = above.get(parent).copied().unwrap_or_default();
            let at = index as u32;
            match container.tag {
                Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir => {
                    here.list.get_or_insert(at);
                    here.lists += 1;
                }
                Tag::Li => {
                    // An item without a list around it is a list of its own.
                    here.list.get_or_insert(at);
                    here.item = Some(at);
                    if containers[parent].tag == Tag::Ol {
                        let value = document.attr(container.node, Attr::Value);
                        if let Some(value) = value.and_then(|value| value.trim().parse().ok()) {
                            counters[parent] = value;
                        }
                        markers[index] = Marker::Number(counters[parent]);
                        let list = containers[parent].node;
                        let step =
                            if document.attr(list, Attr::Reversed).is_some() { -1 } else { 1 };
                        counters[parent] = counters[parent].saturating_add(step);
                    }
                }
                Tag::Table => {
                    (here.cell, here.row) = (None, None);
                    here.table = data[index].then_some(at);
                }
                Tag::Tr if here.table.is_some() => here.row = Some(at),
                Tag::Td | Tag::Th if here.table.is_some() => here.cell = Some(at),
                _ => {}
            }
            above.push(here);
        }
        Self { blocks, above, markers }
    }

    /// The list item that a block belongs to.
    pub fn item(&self, block: usize) -> Option<u32> {
        self.above(block).item
    }

    /// How many lists lie around the list of an item.
    pub fn list_depth(&self, item: u32) -> usize {
        (self.above[item as usize].lists as usize).saturating_sub(1)
    }

    pub fn marker(&self, item: u32) -> Marker {
        self.markers[item as usize]
    }

    /// Whether the block is the first of its line.
    pub fn begins_line(&self, previous: Option<usize>, block: usize) -> bool {
        previous.is_none_or(|previous| self.separator(previous, block).contains('\n'))
    }

    /// What stands between two blocks that follow each other.
    pub fn separator(&self, previous: usize, block: usize) -> &'static str {
        let (before, here) = (self.above(previous), self.above(block));
        let both = |a: Option<u32>, b: Option<u32>| a.is_some() && a == b;
        if both(before.table, here.table) {
            return match (both(before.row, here.row), both(before.cell, here.cell)) {
                (true, true) => " ",
                (true, false) => " | ",
                (false, _) => "\n",
            };
        }
        if both(before.list, here.list) && here.item.is_some() { "\n" } else { "\n\n" }
    }

    fn above(&self, block: usize) -> &Above {
        &self.above[self.blocks.get(block).container as usize]
    }
}

/// The number of a list's first item.
fn start(document: &Document<'_>, list: &Container) -> i64 {
    if list.tag != Tag::Ol {
        return 1;
    }
    let start = document.attr(list.node, Attr::Start);
    start.and_then(|start| start.trim().parse().ok()).unwrap_or(1)
}

/// For each container, whether it is a table of data and not one that only lays out the page.
fn data_tables(blocks: &Blocks) -> Vec<bool> {
    let containers = blocks.containers();
    let mut rows = vec![0u32; containers.len()];
    let mut cells = vec![0u32; containers.len()];
    let mut nested = vec![false; containers.len()];
    let mut table_of: Vec<Option<u32>> = Vec::with_capacity(containers.len());
    for (index, container) in containers.iter().enumerate() {
        let around = table_of.get(container.parent as usize).copied().flatten();
        let mut here = around;
        match (container.tag, around) {
            (Tag::Table, around) => {
                if let Some(around) = around {
                    nested[around as usize] = true;
                }
                here = Some(index as u32);
            }
            (Tag::Tr, Some(table)) => rows[table as usize] += 1,
            (Tag::Td | Tag::Th, Some(table)) => cells[table as usize] += 1,
            _ => {}
        }
        table_of.push(here);
    }
    let mut data: Vec<bool> = containers
        .iter()
        .enumerate()
        .map(|(index, container)| {
            let len = container.blocks.end - container.blocks.start;
            container.tag == Tag::Table
                && !nested[index]
                && rows[index] >= MIN_ROWS
                && cells[index] >= MIN_CELLS
                && len as f32 <= cells[index] as f32 * MAX_BLOCKS_PER_CELL
        })
        .collect();
    for block in blocks.iter().filter(|block| block.counts.words > MAX_CELL_WORDS) {
        if let Some(table) = table_of[block.container as usize] {
            data[table as usize] = false;
        }
    }
    data
}
