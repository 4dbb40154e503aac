//! The stages in their order: decode, parse, blocks, features, score, select, render.

use super::{Extractor, Wanted};
use crate::Error;
use crate::blocks::Blocks;
use crate::class::{classify, is_comment_text};
use crate::decode::{self, Decoded, EncodingSource};
use crate::dom::{Document, LimitsHit, NodeKind, Tag};
use crate::fallback;
use crate::features::Survey;
use crate::limits::{self, Watch};
use crate::metadata::Metadata;
use crate::page::{FoundIn, NoContent, Outcome, Page};
use crate::page_block::{Signal, describe};
use crate::render::Content;
use crate::score::{Model, Scores};
use crate::select::{drop_copies, select};
use std::borrow::Cow;

impl Extractor {
    pub(super) fn extract_as(&self, bytes: &[u8], wanted: Wanted) -> Result<Page, Error> {
        let watch = self.options.limits.watch();
        let limit = self.options.limits.admit_input(bytes.len())?;
        let read = decode::whole_characters(bytes, limit);
        if fallback::is_binary(read) {
            return Ok(empty_page(NoContent::Binary));
        }
        let decoded = Decoded::from_bytes(read, self.options.content_type.as_deref());
        let mut page = self.read(decoded.text(), wanted, watch)?;
        page.encoding = decoded.encoding();
        page.encoding_source = decoded.source();
        page.limits_hit.bytes |= read.len() < bytes.len();
        Ok(page)
    }

    pub(super) fn read(&self, html: &str, wanted: Wanted, watch: Watch) -> Result<Page, Error> {
        let limits = &self.options.limits;
        if html.trim().is_empty() {
            return Ok(empty_page(NoContent::Empty));
        }
        let page = match fallback::plain_text(html) {
            Some(page) => self.with_paragraphs(page),
            None => {
                let document = Document::parse_with(html, &limits.parse_budget(watch));
                limits.admit_answer(document.limits_hit())?;
                self.judge(&document, wanted, watch)
            }
        };
        limits.admit_answer(&page.limits_hit)?;
        Ok(page)
    }

    pub(super) fn judge(&self, document: &Document<'_>, wanted: Wanted, watch: Watch) -> Page {
        let url = self.options.url.as_deref();
        // Which blocks are comments or beside the body is told by their classes.
        let of_classes = self.options.comments || self.options.strict_body;
        let whole = wanted == Wanted::Page || of_classes;
        let metadata = match whole && !watch.is_over() {
            true => Metadata::read(document, url, &self.options.hints()),
            false => Metadata::default(),
        };
        let found = self.content_of(document, whole.then_some(&metadata), watch);
        let late = found.is_none() || watch.is_over();
        let mut page = found.unwrap_or_else(|| empty_page(NoContent::OverLimit));
        let output = page.limits_hit.output;
        page.limits_hit = document.limits_hit().clone();
        page.limits_hit.output = output;
        page.limits_hit.deadline |= late;
        page.metadata = metadata;
        if let Some(title) = page.metadata.title() {
            page.title = Some(title.value().clone());
        }
        page
    }

    /// The page's content, unless the time is over before it is found; without metadata, the blocks
    /// are not described.
    fn content_of(
        &self,
        document: &Document<'_>,
        metadata: Option<&Metadata>,
        watch: Watch,
    ) -> Option<Page> {
        let in_time = || (!watch.is_over()).then_some(());
        in_time()?;
        let mut blocks = Blocks::of(document);
        if blocks.is_empty() {
            return Some(self.with_paragraphs(fallback::without_text(document)));
        }
        in_time()?;
        let survey = Survey::of(document, &blocks);
        in_time()?;
        let model = self.model.as_deref().unwrap_or_else(|| Model::shipped());
        let scores = model.score(&survey);
        in_time()?;
        let mut kept = select(&blocks, &scores.blocks, scores.article, self.options.mode);
        drop_copies(&blocks, &survey, &mut kept.kept);
        let expected_f1 = kept.expected_f1;
        let declared_words = survey.declared_words();
        let words = words_of(&blocks, &kept.kept);
        let noscript =
            blocks.iter().zip(&kept.kept).all(|(block, kept)| !kept || block.marks.noscript);
        let shell = words < MAX_SHELL_WORDS && noscript;
        let teaser = declared_words > words.saturating_mul(MIN_DECLARED_RATIO);
        let classes = metadata.map(|metadata| classify(&blocks, &survey, &kept.kept, metadata));
        // What the scripts hold, where the document shows nothing or only the start.
        let hidden = if shell || teaser {
            Some(fallback::without_text(document))
        } else if words <= MAX_PREVIEW_WORDS {
            fuller(document, &survey, &kept.kept)
        } else {
            None
        };
        if hidden.is_none() {
            let classes = classes.iter().flatten();
            for ((block, kept), class) in blocks.iter().zip(&mut kept.kept).zip(classes) {
                *kept |= self.options.comments && is_comment_text(&survey, block, *class);
                *kept &= !(self.options.strict_body && class.beside_body());
            }
        }
        let signals = match classes {
            Some(_) => self.signals(model, &survey, &scores),
            None => Vec::new(),
        };
        // The words alone take most of the page's bytes again, and are not asked for any more.
        drop(survey);
        let mut page = match hidden {
            Some(hidden) => {
                kept.kept.fill(false);
                let mut page = self.with_paragraphs(hidden);
                if words == 0 && page.text.is_empty() {
                    page.outcome = Outcome::NoContent { reason: NoContent::OnlyBoilerplate };
                }
                page
            }
            None => {
                let title = title(document, &blocks);
                let page = self.render(document, &mut blocks, &mut kept.kept, classes.is_some());
                Page { title, confidence: expected_f1, ..page }
            }
        };
        if let Some(classes) = classes {
            page.blocks = describe(document, blocks, &scores.blocks, &kept.kept, &classes, signals);
        }
        Some(page)
    }

    /// Writes the text of the blocks that are kept, as many of them as the limit allows; frees the
    /// blocks where they are not `described`, since a long page takes the most memory here.
    fn render(
        &self,
        document: &Document<'_>,
        blocks: &mut Blocks,
        kept: &mut [bool],
        described: bool,
    ) -> Page {
        let limit = self.options.limits.max_output_bytes().unwrap_or(usize::MAX);
        let mut page = empty_page(NoContent::OverLimit);
        let mut room = limit;
        loop {
            page.limits_hit.output |= keep_within(room, blocks, kept);
            let content = Content::with_base(document, blocks, kept, self.options.url.as_deref());
            if !described {
                *blocks = Blocks::default();
            }
            let text = content.text();
            // What stands between blocks (bullets, bars of a table) may take it over the limit.
            if text.len() > limit && room > 0 {
                room /= 2;
                if !described {
                    *blocks = Blocks::of(document);
                }
                continue;
            }
            if !(text.is_empty() && page.limits_hit.output) {
                page.outcome = Outcome::Content { found_in: FoundIn::Document };
                (page.text, page.content) = (text, content);
            }
            return page;
        }
    }

    /// A page whose text did not come from the document, with that text as its content.
    fn with_paragraphs(&self, mut page: Page) -> Page {
        let limit = self.options.limits.max_output_bytes().unwrap_or(usize::MAX);
        if page.text.len() > limit {
            let end = limits::prefix(&page.text, limit).rfind("\n\n").unwrap_or(0);
            page.text.truncate(end);
            page.limits_hit.output = true;
            if page.text.is_empty() {
                page.outcome = Outcome::NoContent { reason: NoContent::OverLimit };
            }
        }
        page.content = Content::from_paragraphs(&page.text);
        page
    }

    /// The signals of each block; of none where they were not asked for.
    fn signals(&self, model: &Model, survey: &Survey<'_>, scores: &Scores) -> Vec<Vec<Signal>> {
        if self.options.signals == 0 {
            return Vec::new();
        }
        let signal = |(name, value, effect)| Signal { name, value, effect };
        let signals = model.explain(survey, scores, self.options.signals);
        signals.into_iter().map(|signals| signals.into_iter().map(signal).collect()).collect()
    }
}

/// The page whose script holds what the blocks that are kept are only the start of.
fn fuller(document: &Document<'_>, survey: &Survey<'_>, kept: &[bool]) -> Option<Page> {
    let kept = (0..kept.len()).filter(|block| kept[*block]);
    fallback::fuller(document, &kept.map(|block| survey.words(block)).collect::<Vec<_>>())
}

fn words_of(blocks: &Blocks, kept: &[bool]) -> u32 {
    let kept = blocks.iter().zip(kept).filter(|(_, kept)| **kept);
    kept.map(|(block, _)| block.counts.words).sum()
}

/// Keeps only the first blocks, as long as their text fits; whether that left any out.
fn keep_within(bytes: usize, blocks: &Blocks, kept: &mut [bool]) -> bool {
    let mut room = Some(bytes);
    let mut left_out = false;
    for (block, kept) in blocks.iter().zip(kept).filter(|(_, kept)| **kept) {
        room = room.and_then(|room| room.checked_sub(blocks.text(block).len()));
        *kept = room.is_some();
        left_out |= !*kept;
    }
    left_out
}

/// A page that shows only so many words, all of them in `<noscript>`, is a shell.
const MAX_SHELL_WORDS: u32 = 30;
/// The start of an article that asks for a subscription has at most so many words.
const MAX_PREVIEW_WORDS: u32 = 300;
/// A body in JSON-LD that is so many times longer than what the document shows is the content.
const MIN_DECLARED_RATIO: u32 = 20;

/// A page without content.
pub(crate) fn empty_page(reason: NoContent) -> Page {
    Page {
        title: None,
        metadata: Metadata::default(),
        text: String::new(),
        content: Content::default(),
        blocks: Vec::new(),
        outcome: Outcome::NoContent { reason },
        confidence: 0.0,
        encoding: "UTF-8",
        encoding_source: EncodingSource::Text,
        limits_hit: LimitsHit::default(),
    }
}

/// The first `<h1>`, if there is just one with text, or else the `<title>`.
fn title(document: &Document<'_>, blocks: &Blocks) -> Option<String> {
    let mut headings = blocks.iter().filter(|block| block.heading == 1);
    if let (Some(heading), None) = (headings.next(), headings.next()) {
        return Some(blocks.text(heading).split_whitespace().collect::<Vec<_>>().join(" "));
    }
    document_title(document)
}

/// The text of `<title>`.
pub(crate) fn document_title(document: &Document<'_>) -> Option<String> {
    let in_head = |node: &_| document.tag(*node) == Tag::Title;
    let node = document.descendants(document.root()).find(in_head)?;
    let texts = document.children(node).filter(|node| document.kind(*node) == NodeKind::Text);
    let text: Cow<'_, str> = texts.map(|node| document.text(node)).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
