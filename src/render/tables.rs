//! Tells tables of data from tables that lay out the page.

use crate::blocks::{Blocks, Container};
use crate::dom::Tag;

/// A table of data has at least so many rows and cells, and cells of at most so many words.
const MIN_ROWS: u32 = 2;
const MIN_CELLS: u32 = 4;
const MAX_CELL_WORDS: u32 = 60;
/// Above this share of blocks per cell the cells hold whole texts.
const MAX_BLOCKS_PER_CELL: f32 = 1.5;

/// For each container, whether it is a table of data and not one that only lays out the page,
/// judged by what is kept of it.
pub(super) fn data_tables(blocks: &Blocks, kept: &[bool]) -> Vec<bool> {
    let containers = blocks.containers();
    // For each block, how many blocks before it are kept.
    let mut before = Vec::with_capacity(blocks.len() + 1);
    before.push(0u32);
    let mut count = 0;
    for index in 0..blocks.len() {
        count += u32::from(kept.get(index).copied().unwrap_or(false));
        before.push(count);
    }
    let kept_in = |index: usize| {
        let range = &containers[index].blocks;
        before[range.end as usize] - before[range.start as usize]
    };
    let mut rows = vec![0u32; containers.len()];
    let mut cells = vec![0u32; containers.len()];
    let mut nested = vec![false; containers.len()];
    // The table around, and whether something of the row is kept.
    let mut table_of: Vec<(Option<u32>, bool)> = Vec::with_capacity(containers.len());
    for (index, container) in containers.iter().enumerate() {
        let mut here = table_of.get(container.parent as usize).copied().unwrap_or_default();
        match (container.tag, here.0) {
            (Tag::Table, around) if kept_in(index) > 0 => {
                if let Some(around) = around {
                    nested[around as usize] = true;
                }
                here = (Some(index as u32), false);
            }
            (Tag::Tr, Some(table)) => {
                here.1 = kept_in(index) > 0;
                rows[table as usize] += u32::from(here.1);
            }
            // A caption behind rows would have to stand within the table.
            (Tag::Caption, Some(table)) if rows[table as usize] > 0 && kept_in(index) > 0 => {
                nested[table as usize] = true;
            }
            (Tag::Td | Tag::Th, Some(table)) => cells[table as usize] += u32::from(here.1),
            _ => {}
        }
        table_of.push(here);
    }
    let is_table = |(index, container): (usize, &Container)| {
        container.tag == Tag::Table
            && !nested[index]
            && rows[index] >= MIN_ROWS
            && cells[index] >= MIN_CELLS
            && kept_in(index) as f32 <= cells[index] as f32 * MAX_BLOCKS_PER_CELL
    };
    let mut data: Vec<bool> = containers.iter().enumerate().map(is_table).collect();
    for (index, block) in blocks.iter().enumerate() {
        if block.counts.words > MAX_CELL_WORDS
            && before[index] < before[index + 1]
            && let Some(table) = table_of[block.container as usize].0
        {
            data[table as usize] = false;
        }
    }
    data
}
