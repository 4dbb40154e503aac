//! The corpus as rows to learn from: a row a block.

use super::labels;
use super::linear::Sparse;
use super::rng::Rng;
use super::variants::{self, Variant};
use crate::corpus::{self, Labelled, SETS};
use crate::extract::progress;
use crate::metrics::squeeze;
use anyhow::Result;
use dehusk::blocks::Blocks;
use dehusk::decode::Decoded;
use dehusk::dom::Document;
use dehusk::features::{Lexicon, Survey, company, hash_words, name_slot, word_slots};
use rayon::prelude::*;
use std::path::Path;

/// Pages scored by snippets label few of their blocks and teach accordingly less.
const SNIPPET_WEIGHT: f32 = 0.4;
/// The project's own pages are few but of shapes that the corpus lacks.
const FIXTURE_WEIGHT: f32 = 4.0;
/// Variants of each page, and what one weighs: less than the page, and no more together.
const VARIANTS: usize = 2;
const VARIANT_WEIGHT: f32 = 0.35;
/// Blocks from which on a page has many, the least share of its boilerplate that is learned from,
/// and the label up to which a block is that.
const MANY_ROWS: f64 = 150.0;
const MIN_SHARE: f64 = 0.25;
const SURELY_NOT: f32 = 0.02;
/// A snippet must be so long, in characters, to label a block that is only a part of it.
const MIN_PART: usize = 10;

/// All pages and the rows of their blocks.
pub struct Dataset {
    pub pages: Vec<Labelled>,
    /// The first row of each page, and the number of rows.
    pub first: Vec<usize>,
    /// For each row, the share of its words that are content.
    pub labels: Vec<f32>,
    /// For each row its weight; 0 where the label is not known. A page weighs 1 on average a row.
    pub weights: Vec<f32>,
    /// For each row, its page.
    pub groups: Vec<u32>,
    /// For each row, the slots of its words, and of the names above it.
    pub words: Sparse,
    pub names: Sparse,
}

/// What is read from one page.
struct Row {
    label: Option<f32>,
    words: usize,
    word_slots: Vec<u32>,
    name_slots: Vec<u32>,
}

impl Dataset {
    pub fn load(corpus: &Path, fixtures: &Path) -> Result<Self> {
        let mut pages = Vec::new();
        for set in SETS {
            pages.extend(corpus::load(corpus, set)?);
        }
        pages.extend(corpus::fixtures(fixtures)?);
        let bar = progress(pages.len() as u64);
        let rows: Vec<Vec<Row>> = pages
            .par_iter()
            .map(|page| {
                let rows = with_survey(page, |blocks, survey| rows(page, blocks, survey));
                bar.inc(1);
                rows
            })
            .collect::<Result<_>>()?;
        bar.finish_and_clear();
        let mut data = Self {
            pages,
            first: vec![0],
            labels: Vec::new(),
            weights: Vec::new(),
            groups: Vec::new(),
            words: Sparse::default(),
            names: Sparse::default(),
        };
        for (index, rows) in rows.into_iter().enumerate() {
            data.append(index, rows);
        }
        data.add_variants()?;
        let per_page = data.labels.len() as f32 / data.pages.len().max(1) as f32;
        data.weights.iter_mut().for_each(|weight| *weight *= per_page);
        data.thin_out();
        Ok(data)
    }

    /// Adds variants of the pages, behind all pages.
    fn add_variants(&mut self) -> Result<()> {
        let count = self.pages.len();
        let made: Vec<Option<(Labelled, Vec<Row>)>> = (0..count * VARIANTS)
            .into_par_iter()
            .map(|nth| self.variant(nth))
            .collect::<Result<_>>()?;
        for (page, rows) in made.into_iter().flatten() {
            self.pages.push(page);
            self.append(self.pages.len() - 1, rows);
        }
        Ok(())
    }

    /// The variant of a number, with its rows.
    fn variant(&self, nth: usize) -> Result<Option<(Labelled, Vec<Row>)>> {
        let index = nth % (self.first.len() - 1);
        let page = &self.pages[index];
        // Of most blocks of these pages it is not known what they are.
        if page.set == "trafilatura" {
            return Ok(None);
        }
        let rows = self.first[index]..self.first[index + 1];
        let article = page.set == "readability" || page.kind() == Some("article");
        let bytes = page.bytes()?;
        let decoded = Decoded::from_bytes(&bytes, None);
        let (labels, mut rng) = (&self.labels[rows.clone()], Rng::new(nth as u64));
        let Some(Variant { html, origin }) =
            variants::of(decoded.text(), labels, article, &mut rng)
        else {
            return Ok(None);
        };
        let page = Labelled { variant: Some(html.into()), ..page.clone() };
        let label = |at: &usize| (self.weights[rows.start + at] > 0.0).then_some(labels[*at]);
        let labels = origin.iter().map(label).collect();
        let rows = with_survey(&page, |blocks, survey| rows_of(labels, blocks, survey))?;
        Ok(Some((page, rows)))
    }

    fn append(&mut self, index: usize, rows: Vec<Row>) {
        let weight = |row: &Row| if row.label.is_some() { (row.words as f32).sqrt() } else { 0.0 };
        let whole: f32 = rows.iter().map(weight).sum();
        let page = &self.pages[index];
        let of_set = match page.set {
            "trafilatura" => SNIPPET_WEIGHT,
            corpus::FIXTURES => FIXTURE_WEIGHT,
            _ => 1.0,
        };
        let share = if page.variant.is_some() { of_set * VARIANT_WEIGHT } else { of_set };
        for row in rows {
            self.labels.push(row.label.unwrap_or(0.0));
            self.weights.push(if whole > 0.0 { weight(&row) / whole * share } else { 0.0 });
            self.groups.push(index as u32);
            self.words.push(row.word_slots);
            self.names.push(row.name_slots);
        }
        self.first.push(self.labels.len());
    }

    /// The rows of the pages that `wanted` names, without those that teach nothing.
    pub fn rows(&self, wanted: impl Fn(&Labelled) -> bool) -> Vec<u32> {
        let wanted: Vec<bool> = self.pages.iter().map(wanted).collect();
        (0..self.labels.len() as u32)
            .filter(|row| wanted[self.groups[*row as usize] as usize])
            .filter(|row| self.weights[*row as usize] > 0.0)
            .collect()
    }

    /// The features of the first look, with the lexicon that `lexicon` gives for each page.
    pub fn measure<'l>(
        &self,
        lexicon: impl Fn(usize) -> &'l Lexicon + Sync,
    ) -> Result<(Vec<f32>, usize)> {
        self.matrix(|page, survey, out| {
            let matrix = survey.measure(lexicon(page));
            (0..matrix.len()).for_each(|row| out.extend_from_slice(matrix.row(row)));
        })
    }

    /// The features of the second look, after those of the first.
    pub fn company(
        &self,
        first: &[f32],
        width: usize,
        scores: &[f32],
    ) -> Result<(Vec<f32>, usize)> {
        self.matrix(|page, survey, out| {
            let rows = self.first[page]..self.first[page + 1];
            let matrix = company::measure(survey, &scores[rows.clone()]);
            for (at, row) in rows.enumerate() {
                out.extend_from_slice(&first[row * width..(row + 1) * width]);
                out.extend_from_slice(matrix.row(at));
            }
        })
    }

    /// The features of each page as a whole, given the first scores of its blocks.
    pub fn page_rows(&self, scores: &[f32]) -> Result<(Vec<f32>, usize)> {
        let (values, _) = self.matrix(|page, survey, out| {
            let rows = self.first[page]..self.first[page + 1];
            out.extend(company::measure_page(survey, &scores[rows]));
        })?;
        let width = values.len() / self.pages.len().max(1);
        Ok((values, width))
    }

    /// Sets the weight of most blocks that are surely boilerplate to 0, where a page has many, and
    /// raises that of the others in turn: menus of a thousand links teach what a hundred do.
    fn thin_out(&mut self) {
        let mut rng = Rng::new(1);
        for page in self.first.windows(2) {
            let share = (MANY_ROWS / (page[1] - page[0]).max(1) as f64).clamp(MIN_SHARE, 1.0);
            for row in page[0]..page[1] {
                if self.labels[row] > SURELY_NOT {
                    continue;
                }
                let kept = rng.unit() < share;
                self.weights[row] = if kept { self.weights[row] / share as f32 } else { 0.0 };
            }
        }
    }

    fn matrix(
        &self,
        fill: impl Fn(usize, &Survey<'_>, &mut Vec<f32>) + Sync,
    ) -> Result<(Vec<f32>, usize)> {
        let parts: Vec<Vec<f32>> = self
            .pages
            .par_iter()
            .enumerate()
            .map(|(index, page)| {
                with_survey(page, |_, survey| {
                    let mut out = Vec::new();
                    fill(index, survey, &mut out);
                    out
                })
            })
            .collect::<Result<_>>()?;
        let len: usize = parts.iter().map(Vec::len).sum();
        let mut values = Vec::with_capacity(len);
        parts.iter().for_each(|part| values.extend_from_slice(part));
        Ok((values, len / self.labels.len().max(1)))
    }
}

fn with_survey<T>(page: &Labelled, f: impl FnOnce(&Blocks, &Survey<'_>) -> T) -> Result<T> {
    let bytes = page.bytes()?;
    let decoded = Decoded::from_bytes(&bytes, None);
    let document = Document::parse(decoded.text());
    let blocks = Blocks::of(&document);
    Ok(f(&blocks, &Survey::of(&document, &blocks)))
}

fn rows(page: &Labelled, blocks: &Blocks, survey: &Survey<'_>) -> Vec<Row> {
    let labels = if page.set == "trafilatura" {
        snippet_labels(page, blocks)
    } else {
        let words: Vec<&[u32]> = (0..blocks.len()).map(|block| survey.words(block)).collect();
        let matched = labels::align(&words, &hash_words(page.text()));
        let share = |(words, matched): (&&[u32], u32)| {
            (!words.is_empty()).then(|| matched as f32 / words.len() as f32)
        };
        words.iter().zip(matched).map(share).collect()
    };
    rows_of(labels, blocks, survey)
}

fn rows_of(labels: Vec<Option<f32>>, blocks: &Blocks, survey: &Survey<'_>) -> Vec<Row> {
    let row = |(index, label): (usize, Option<f32>)| {
        let words = survey.words(index);
        let mut word_slots_ = Vec::new();
        word_slots(words, |slot| word_slots_.push(slot as u32));
        let mut name_slots = Vec::new();
        let mut at = blocks.get(index).container;
        loop {
            name_slots.extend(survey.name_tokens(at).iter().map(|token| name_slot(*token) as u32));
            let parent = blocks.containers()[at as usize].parent;
            if parent == at {
                break;
            }
            at = parent;
        }
        Row { label, words: words.len(), word_slots: word_slots_, name_slots }
    };
    labels.into_iter().enumerate().map(row).collect()
}

/// Blocks with a snippet that must appear are content, those with one that must not are not; of
/// the rest nothing is known.
fn snippet_labels(page: &Labelled, blocks: &Blocks) -> Vec<Option<f32>> {
    let squeezed = |snippets: &[String]| -> Vec<String> {
        snippets.iter().map(|snippet| squeeze(snippet)).filter(|s| !s.is_empty()).collect()
    };
    let (with, without) = (squeezed(&page.truth.with), squeezed(&page.truth.without));
    let label = |text: String| {
        let met = |snippet: &String| {
            text.contains(snippet.as_str()) || text.len() > MIN_PART && snippet.contains(&text)
        };
        match (with.iter().any(met), without.iter().any(met)) {
            (true, _) => Some(1.0),
            (false, true) => Some(0.0),
            (false, false) => None,
        }
    };
    blocks.iter().map(|block| label(squeeze(blocks.text(block)))).collect()
}
