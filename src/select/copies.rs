//! A text that the page holds twice is given once.
//!
//! Pages repeat themselves for small screens, for screen readers, for browsers without scripts, in
//! slides that go round, and in a summary above the text. Neither copy looks like boilerplate, so the
//! scores keep both. A second layout is told from what is said again with good reason (a step of a
//! recipe, a remark of a reference) by what stands around it: all of it is a copy.

use crate::blocks::{Block, Blocks};
use crate::dom::Tag;
use crate::features::Survey;

/// Shorter texts are labels and names, of which a page may need each. In characters, as scripts
/// differ in what a word is.
const MIN_CHARS: u32 = 20;
/// So much of the text beside a copy must be copies too. The rest is what layouts differ in: "Read
/// more", a label of a button.
const MIN_SHARE: f32 = 0.9;

/// Drops the second layouts of texts that are kept: later copies that stand in another container
/// than the first, and quote nothing.
pub(crate) fn drop_copies(blocks: &Blocks, survey: &Survey<'_>, kept: &mut [bool]) {
    let firsts = firsts(survey, kept);
    if firsts.iter().all(Option::is_none) {
        return;
    }
    // Running sums of the characters that are kept, and of those that are copies.
    let mut sums = vec![(0, 0)];
    for (index, block) in blocks.iter().enumerate() {
        let chars = if kept[index] { block.counts.chars } else { 0 };
        let copied = if firsts[index].is_some() { chars } else { 0 };
        let (all, copies) = sums[index];
        sums.push((all + chars, copies + copied));
    }
    for (index, first) in firsts.iter().enumerate() {
        let Some(first) = *first else { continue };
        let block = blocks.get(index);
        if block.counts.chars < MIN_CHARS || is_quoted(blocks, survey, block) {
            continue;
        }
        if let Some(apart) = branch(blocks, survey, block, first) {
            let range = &blocks.containers()[apart as usize].blocks;
            let (from, to) = (sums[range.start as usize], sums[range.end as usize]);
            kept[index] = ((to.1 - from.1) as f32) < MIN_SHARE * (to.0 - from.0) as f32;
        }
    }
}

/// For each block that is kept, the first that is kept and has the same words, if that is another
/// one.
fn firsts(survey: &Survey<'_>, kept: &[bool]) -> Vec<Option<usize>> {
    let again = |index: &usize| kept[*index] && survey.is_repeated(*index);
    let mut order: Vec<usize> = (0..kept.len()).filter(again).collect();
    order.sort_by_key(|index| (survey.words(*index), *index));
    let mut firsts = vec![None; kept.len()];
    for same in order.chunk_by(|a, b| survey.words(*a) == survey.words(*b)) {
        same[1..].iter().for_each(|copy| firsts[*copy] = Some(same[0]));
    }
    firsts
}

/// The outermost container of a block that another block does not stand in; none where the other
/// stands beside it, in the same container or the one around that.
fn branch(blocks: &Blocks, survey: &Survey<'_>, block: &Block, other: usize) -> Option<u32> {
    let containers = blocks.containers();
    let holds = |container: &u32| containers[*container as usize].blocks.contains(&(other as u32));
    survey.chain(block).take_while(|container| !holds(container)).skip(1).last()
}

fn is_quoted(blocks: &Blocks, survey: &Survey<'_>, block: &Block) -> bool {
    let containers = blocks.containers();
    survey.chain(block).any(|container| containers[container as usize].tag == Tag::Blockquote)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Document;

    const TEXT: &str = "The mill wheel turned again on Sunday, after a winter of repairs.";

    /// How many blocks are left of a page whose blocks are all kept.
    fn left(page: &str) -> usize {
        let page = page.replace('@', TEXT);
        let document = Document::parse(&page);
        let blocks = Blocks::of(&document);
        let mut kept = vec![true; blocks.len()];
        drop_copies(&blocks, &Survey::of(&document, &blocks), &mut kept);
        kept.iter().filter(|kept| **kept).count()
    }

    #[test]
    fn a_second_layout_is_dropped() {
        let twice = |layout: &str| left(&format!("<div class=wide>{layout}</div>{layout}"));
        assert_eq!(twice("<div><div><p>@</p><h2>Of mills and their wheels</h2></div></div>"), 2);
        assert_eq!(twice("<div><div><p>@</p></div></div>"), 1);
    }

    #[test]
    fn what_is_said_again_with_reason_stays() {
        assert_eq!(left("<div><p>@</p><p>@</p></div>"), 2);
        let step =
            |n| format!("<div><ol><li>@</li><li>And then the step number {n}.</li></ol></div>");
        assert_eq!(left(&format!("{}{}", step(1), step(2))), 4);
        assert_eq!(
            left("<div><div><p>@</p></div></div><div><blockquote><p>@</p></blockquote></div>"),
            2
        );
        assert_eq!(left(&"<div><div><p>A short one.</p></div></div>".repeat(2)), 2);
    }
}
