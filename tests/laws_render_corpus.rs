//! The laws of rendering on real pages, judged by another parser's tree.

#[path = "render_support/allowed.rs"]
mod allowed;
#[allow(dead_code)]
#[path = "parse_support/mutate.rs"]
mod mutate;
#[allow(dead_code)]
#[path = "parse_support/pages.rs"]
mod pages;
#[path = "render_support/visible.rs"]
mod visible;

use dehusk::blocks::Blocks;
use dehusk::dom::Document;
use dehusk::render::{Content, RenderOptions};
use pulldown_cmark::{Options, Parser};
use std::path::{Path, PathBuf};

/// The shipped pages, and one in `DEHUSK_EVERY` (20 by default) of the corpus where it is present.
fn some() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let every = std::env::var("DEHUSK_EVERY").ok().and_then(|every| every.parse().ok());
    let corpus = std::env::var_os("DEHUSK_CORPUS").map(PathBuf::from);
    let corpus = pages::files(&corpus.unwrap_or(root.join("../shared/corpus")));
    let mut all = pages::files(&root.join("tests/pages"));
    all.extend(corpus.into_iter().step_by(every.unwrap_or(20)));
    all
}

fn page_of(path: &Path) -> String {
    pages::read(path).expect("a page that can be read")
}

/// What is wrong with the words of a page's text, if anything.
fn fault(html: &str, keep: impl Fn(usize) -> bool) -> Option<String> {
    let document = Document::parse(html);
    let blocks = Blocks::of(&document);
    let kept: Vec<bool> = (0..blocks.len()).map(keep).collect();
    let text = Content::of(&document, &blocks, &kept).text();
    let ours = visible::words(&text);
    let (at, word) = [visible::text, visible::text_without_signs]
        .iter()
        .map(|shown| visible::astray(&ours, &visible::words(&shown(html))))
        .min_by_key(Option::is_some)??;
    let near = &ours[at.saturating_sub(4)..ours.len().min(at + 4)];
    Some(format!("{word:?} is not a word of the page here: {near:?}"))
}

#[test]
fn words_are_those_of_the_page_in_order_and_whole() {
    let mut faults = Vec::new();
    for path in some() {
        let html = page_of(&path);
        let page = dehusk::extract(&html);
        let selected = fault(&html, |index| page.blocks().get(index).is_some_and(|b| b.kept()));
        let all = fault(&html, |_| true);
        let some = fault(&html, |index| index % 3 > 0);
        if let Some(fault) = selected.or(all).or(some) {
            faults.push(format!("{}: {fault}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{} pages:\n{}", faults.len(), faults.join("\n"));
}

/// Whatever is wrong with a page's Markdown or HTML, by its words.
fn format_fault(html: &str, keep: impl Fn(usize) -> bool) -> Option<String> {
    let document = Document::parse(html);
    let blocks = Blocks::of(&document);
    let kept: Vec<bool> = (0..blocks.len()).map(keep).collect();
    let url = Some("https://page.example/folder/page.html");
    let content = Content::with_base(&document, &blocks, &kept, url);
    let options = RenderOptions::new().with_images(false).with_embeds(false);
    let text = content.text();

    let clean = content.html(&options);
    if let Some(stray) = allowed::stray(&content.html(&RenderOptions::new())) {
        return Some(format!("HTML holds {stray}"));
    }
    let shown = visible::text(&clean);
    if let Some(fault) = difference("HTML", &visible::words(&shown), &visible::words(&text)) {
        return Some(fault);
    }

    let again = Document::parse(&clean);
    let blocks = Blocks::of(&again);
    let again = Content::of(&again, &blocks, &vec![true; blocks.len()]).text();
    if again != text {
        let split = |text: &str| text.split('\n').map(String::from).collect::<Vec<_>>();
        let (again, text) = (split(&again), split(&text));
        let at = again.iter().zip(&text).take_while(|(a, b)| a == b).count();
        return Some(format!("our HTML gives {:?}, not {:?}", again.get(at), text.get(at)));
    }

    let markdown = content.markdown(&options);
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH;
    let mut read = String::new();
    pulldown_cmark::html::push_html(&mut read, Parser::new_ext(&markdown, extensions));
    let letters =
        |html: &str| visible::text(&without_marks(html)).replace(|c: char| !c.is_alphabetic(), "");
    let (read, text) = (letters(&read), letters(&clean));
    if read != text {
        let at = read.chars().zip(text.chars()).take_while(|(a, b)| a == b).count();
        let near =
            |text: &str| text.chars().skip(at.saturating_sub(40)).take(80).collect::<String>();
        return Some(format!("Markdown reads back as {:?}, not {:?}", near(&read), near(&text)));
    }
    None
}

/// Our HTML without the marks of footnotes: in Markdown they are numbers, whatever the page has, but
/// in tables that it has as HTML.
fn without_marks(html: &str) -> String {
    const MARK: &str = "<sup><a href=\"#fn-";
    let mut pieces = html.split(MARK);
    let first = pieces.next().unwrap_or_default().to_string();
    pieces.fold(first, |all, piece| all + piece.split_once("</a></sup>").map_or(piece, |(_, p)| p))
}

fn difference(what: &str, ours: &[&str], theirs: &[&str]) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let at = ours.iter().zip(theirs).take_while(|(ours, theirs)| ours == theirs).count();
    let near = |words: &[&str]| words[at.saturating_sub(4)..words.len().min(at + 4)].join(" ");
    Some(format!("{what} has the words {:?}, not {:?}", near(ours), near(theirs)))
}

#[test]
fn every_format_has_the_words_of_the_text_and_no_forbidden_markup() {
    let mut faults = Vec::new();
    for path in some() {
        let html = page_of(&path);
        let page = dehusk::extract(&html);
        let selected =
            format_fault(&html, |index| page.blocks().get(index).is_some_and(|b| b.kept()));
        let all = format_fault(&html, |_| true);
        if let Some(fault) = selected.or(all) {
            faults.push(format!("{}: {fault}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{} pages:\n{}", faults.len(), faults.join("\n"));
}

/// A shipped page of which a few pieces are taken out, and others put in.
fn damaged(chance: &mut mutate::Chance, pages: &[String]) -> String {
    let mut page = pages[chance.below(pages.len())].clone();
    for _ in 0..1 + chance.below(6) {
        let boundary =
            |at: usize| (0..=at).rev().find(|at| page.is_char_boundary(*at)).unwrap_or(0);
        let at = boundary(chance.below(page.len() + 1));
        let end = boundary((at + chance.below(300)).min(page.len())).max(at);
        page.replace_range(at..end, &mutate::page(chance));
    }
    page
}

/// One page for each ten mutations that are asked for (`DEHUSK_MUTATIONS`).
#[test]
fn damaged_pages_keep_the_laws() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let pages: Vec<String> = pages::files(&folder).iter().map(|path| page_of(path)).collect();
    let mut faults = Vec::new();
    for seed in (mutate::first_seed()..).take(mutate::count() / 10) {
        let html = damaged(&mut mutate::Chance::new(seed), &pages);
        if let Some(fault) = fault(&html, |_| true).or(format_fault(&html, |_| true)) {
            faults.push(format!("seed {seed}: {fault}"));
        }
    }
    assert!(faults.is_empty(), "{} pages:\n{}", faults.len(), faults.join("\n"));
}
