//! What kind of page a block stands on: the same for all its blocks.

use super::Survey;
use super::tally::ratio;

const NAMES: [&str; 28] = [
    "page_chars",
    "page_blocks",
    "page_link_density",
    "page_paragraph_blocks",
    "page_paragraph_share",
    "page_long_share",
    "page_commas",
    "page_og_article",
    "page_og_product",
    "page_og_website",
    "page_declares_article",
    "page_declares_product",
    "page_declares_list",
    "page_declares_thread",
    "page_readable_share",
    "page_readable_paragraphs",
    "page_prose_share",
    "page_headings",
    "page_linked_headings",
    "page_linked_lines",
    "page_images",
    "page_long_chars",
    "page_ideographs",
    "page_most_pairs",
    "page_single_long_chars",
    "page_single_long_share",
    "page_single_headings",
    "page_single_share",
];

pub(super) const WIDTH: usize = NAMES.len();

pub(super) fn names(names: &mut Vec<String>) {
    names.extend(NAMES.map(String::from));
}

pub(super) fn measure(survey: &Survey<'_>) -> Vec<f32> {
    let all = survey.tallies.all();
    let flag = |flag: bool| f32::from(u8::from(flag));
    let candidate = |index: usize| survey.tally(survey.known.candidates[index]);
    let ideographs: u32 = survey.blocks.iter().map(|block| block.counts.ideographs).sum();
    let mut page = vec![
        all.chars as f32,
        all.blocks as f32,
        all.link_density(),
        ratio(all.paragraphs, all.blocks),
        ratio(all.paragraph_chars, all.chars),
        ratio(all.long, all.blocks),
        ratio(all.commas, all.chars),
    ];
    page.extend(survey.evidence.og.map(flag));
    page.extend(survey.evidence.declared.map(flag));
    page.extend([
        ratio(candidate(0).chars, all.chars),
        candidate(0).paragraphs as f32,
        ratio(candidate(1).chars, all.chars),
        ratio(all.headings, all.blocks),
        ratio(all.linked_headings, all.blocks),
        ratio(all.linked_lines, all.blocks),
        all.images as f32,
        all.long_chars as f32,
        ratio(ideographs, all.words),
        survey.known.pairs.largest() as f32,
        survey.known.single.long_chars as f32,
        ratio(survey.known.single.long_chars, all.long_chars),
        ratio(survey.known.single.headings, all.headings),
        ratio(survey.known.single.chars, all.chars),
    ]);
    page
}
