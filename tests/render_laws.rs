//! Laws that every rendering must keep, whatever the page and whatever is kept of it.

use dehusk::blocks::Blocks;
use dehusk::dom::{Document, NodeKind, Tag};
use dehusk::render::{Content, RenderOptions, Words};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag as Md};
use std::collections::BTreeMap;
use std::fs;

/// Names of blocks and how many of each there are.
type Kinds = BTreeMap<String, usize>;

fn content(html: &str, keep: impl Fn(usize) -> bool) -> Content {
    let document = Document::parse(html);
    let blocks = Blocks::of(&document);
    let kept: Vec<bool> = (0..blocks.len()).map(keep).collect();
    Content::of(&document, &blocks, &kept)
}

/// The options under which all that is written is text of the page.
fn text_only() -> RenderOptions {
    RenderOptions::new().with_images(false).with_embeds(false)
}

/// The letters of our own HTML, without the marks of footnotes, and its blocks.
fn read_html(html: &str) -> (String, Kinds) {
    let document = Document::parse(html);
    let mut letters = String::new();
    let mut kinds = Kinds::new();
    for node in document.descendants(document.root()) {
        if document.kind(node) == NodeKind::Text {
            let mark = document.ancestors(node).any(|above| {
                let href = document.attr(above, dehusk::dom::Attr::Href);
                href.is_some_and(|href| href.starts_with("#fn-"))
            });
            let within = document
                .ancestors(node)
                .take(2)
                .any(|above| matches!(document.tag(above), Tag::Html | Tag::Head));
            if !mark && !within {
                letters.extend(document.text(node).chars().filter(|c| !c.is_whitespace()));
            }
            continue;
        }
        let note = document.attr(node, dehusk::dom::Attr::Id).is_some();
        let kind = match document.tag(node) {
            tag @ (Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6) => tag.name(),
            Tag::Hr => "rule",
            Tag::Pre => "code",
            Tag::Blockquote => "quote",
            Tag::Table => "table",
            Tag::Li | Tag::Div if note => "note",
            Tag::Li => "item",
            _ => continue,
        };
        *kinds.entry(kind.to_string()).or_default() += 1;
    }
    (letters, kinds)
}

/// The letters of Markdown as read by another, and its blocks.
fn read_markdown(markdown: &str) -> (String, Kinds) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH;
    let mut letters = String::new();
    let mut kinds = Kinds::new();
    let mut html = String::new();
    let push = |letters: &mut String, text: &str| {
        letters.extend(text.chars().filter(|c| !c.is_whitespace()));
    };
    for event in Parser::new_ext(markdown, options) {
        let kind = match event {
            Event::Start(Md::Heading { level, .. }) => format!("{level}"),
            Event::Start(Md::CodeBlock(_)) => "code".into(),
            Event::Start(Md::BlockQuote(_)) => "quote".into(),
            Event::Start(Md::Table(_)) => "table".into(),
            Event::Start(Md::Item) => "item".into(),
            Event::Start(Md::FootnoteDefinition(_)) => "note".into(),
            Event::Rule => "rule".into(),
            Event::Text(text) | Event::Code(text) => {
                push(&mut letters, &text);
                continue;
            }
            Event::InlineMath(tex) | Event::DisplayMath(tex) => {
                push(&mut letters, &tex);
                continue;
            }
            Event::Html(text) => {
                html.push_str(&text);
                continue;
            }
            Event::End(pulldown_cmark::TagEnd::HtmlBlock) => {
                let (text, inner) = read_html(&std::mem::take(&mut html));
                push(&mut letters, &text);
                for (kind, count) in inner {
                    *kinds.entry(kind).or_default() += count;
                }
                continue;
            }
            _ => continue,
        };
        *kinds.entry(kind).or_default() += 1;
    }
    (letters, kinds)
}

/// The words of our generator in a text: `x` and lower-case letters.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with('x')).collect()
}

fn check(html: &str, keep: impl Fn(usize) -> bool) {
    let content = content(html, keep);
    let options = text_only();
    check_chunks(&content, 3);
    check_chunks(&content, 40);
    let json: serde_json::Value = serde_json::from_str(&content.json(&options)).unwrap();
    assert_eq!(json["words"]["total"], content.words().total());
    let clean = content.html(&options);
    let markdown = content.markdown(&options);

    let (letters, kinds) = read_html(&clean);
    let (read, read_kinds) = read_markdown(&markdown);
    agree(&read, &letters, "Markdown reads back as other text", &markdown);
    assert_eq!(read_kinds, kinds, "Markdown reads back as other blocks");

    let again = self::content(&clean, |_| true);
    agree(&again.text(), &content.text(), "our HTML gives other text", &clean);

    let sanitised = sanitiser().clean(&clean).to_string();
    let untouched = ammonia::Builder::empty().clean(&clean).to_string();
    let bare = ammonia::Builder::empty().clean(&sanitised).to_string();
    agree(&bare, &untouched, "the sanitiser takes out text", &clean);
    // It writes no-break spaces as references, which may move the edges of listings, and drops
    // addresses that it cannot parse.
    let options = options.with_links(false);
    let tight = |html: &str| html.split_whitespace().collect::<String>();
    let ours = tight(&self::content(&sanitised, |_| true).html(&options));
    agree(&ours, &tight(&again.html(&options)), "the sanitiser takes out elements", &clean);
}

/// Shows where two texts part ways.
fn agree(got: &str, want: &str, what: &str, whole: &str) {
    if got == want {
        return;
    }
    let same = got.chars().zip(want.chars()).take_while(|(a, b)| a == b).count();
    let near =
        |text: &str| text.chars().skip(same.saturating_sub(60)).take(140).collect::<String>();
    let whole = if whole.len() < 2000 { whole } else { "" };
    panic!("{what}\n  got: {:?}\n want: {:?}\n{whole}", near(got), near(want));
}

/// Chunks hold all of the content once, in order, and no more than asked for.
fn check_chunks(content: &Content, max: u32) {
    let mut letters = String::new();
    let mut total = 0;
    for chunk in content.chunks(max) {
        let (text, _) = read_html(&chunk.content().html(&text_only()));
        letters.push_str(&text);
        total += chunk.words();
        assert_eq!(chunk.words(), chunk.content().words().total());
        // Headings and formulas are never cut.
        let most = max.max(longest_whole(&chunk));
        assert!(chunk.words() <= most, "over {max} words:\n{}", chunk.text());
    }
    let (whole, _) = read_html(&content.html(&text_only()));
    assert_eq!(letters, whole, "chunks of {max} words lose or repeat text");
    // A word that runs across a cut counts on both sides.
    assert!(total >= content.words().total());
}

/// The words of a chunk that are not to be parted: its headings, and its longest formula.
fn longest_whole(chunk: &dehusk::render::Chunk) -> u32 {
    let json: serde_json::Value =
        serde_json::from_str(&chunk.content().json(&text_only())).unwrap();
    let words = |text: Option<&serde_json::Value>| {
        text.and_then(|text| text.as_str()).map_or(0, |text| Words::of(text).total())
    };
    let (mut headings, mut formula) = (0, 0);
    let mut values = vec![&json];
    while let Some(value) = values.pop() {
        if value["kind"] == "heading" {
            headings += words(value.get("text"));
        }
        formula = formula.max(words(value.get("math")));
        values.extend(value.as_object().into_iter().flat_map(|object| object.values()));
        values.extend(value.as_array().into_iter().flatten());
    }
    headings + formula
}

/// A sanitiser with just the elements and attributes that `Content::html` names.
fn sanitiser() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::empty();
    builder
        .add_tags([
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "p",
            "br",
            "hr",
            "blockquote",
            "pre",
            "code",
            "ul",
            "ol",
            "li",
            "figure",
            "figcaption",
            "img",
            "table",
            "caption",
            "tbody",
            "tr",
            "th",
            "td",
            "a",
            "strong",
            "em",
            "del",
            "sub",
            "sup",
            "div",
            "kbd",
            "mtext",
        ])
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("img", ["src", "alt"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("li", ["value", "id"])
        .add_tag_attributes("div", ["id"])
        .add_tag_attributes("td", ["colspan", "rowspan"])
        .add_tag_attributes("th", ["colspan", "rowspan"])
        .add_tag_attributes("code", ["class"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .link_rel(None);
    builder
}

/// Words of the page's text nodes, in order.
fn source_words(html: &str) -> Vec<String> {
    let document = Document::parse(html);
    let texts = document.descendants(document.root()).map(|node| document.text(node));
    let text: String = texts.collect();
    words(&text).into_iter().map(String::from).collect()
}

fn is_subsequence(part: &[&str], whole: &[String]) -> bool {
    let mut whole = whole.iter();
    part.iter().all(|word| whole.any(|other| other == word))
}

const TAGS: [&str; 48] = [
    "p",
    "p",
    "p",
    "div",
    "div",
    "ul",
    "ol",
    "li",
    "li",
    "li",
    "blockquote",
    "h1",
    "h2",
    "h5",
    "pre",
    "code",
    "b",
    "strong",
    "em",
    "i",
    "a href=/x",
    "a href='javascript:x'",
    "a href=#n1",
    "sup",
    "sub",
    "del",
    "table",
    "tr",
    "tr",
    "td",
    "td",
    "th",
    "td colspan=3",
    "td rowspan=99999999999",
    "figure",
    "figcaption",
    "caption",
    "dl",
    "dt",
    "dd",
    "section",
    "li id=n1",
    "p id=n1",
    "span aria-hidden=true",
    "kbd",
    "ol start=7",
    "li value=3",
    "thead",
];
const VOID: [&str; 11] = [
    "<br>",
    "<br><br>",
    "<hr>",
    "<img src=a.png alt=q>",
    "<iframe src=//v>",
    "\n",
    "<wbr>",
    "<math><annotation encoding=application/x-tex>q^2_a\\*</annotation></math>",
    "<math><mi>q</mi><mo>=</mo><mn>1</mn></math>",
    "<script type=math/tex>\\sqrt{q}</script>",
    "<code class=language-math>",
];
const SIGNS: [&str; 36] = [
    "*",
    "_",
    "**",
    "`",
    "``",
    "[",
    "](y)",
    "!",
    "# ",
    "1. ",
    "- ",
    "+ ",
    "> ",
    "|",
    "~~",
    "$",
    "$5",
    "&amp;",
    "&amp;copy;",
    "&lt;b>",
    "\\",
    "&nbsp;",
    "=== ",
    "--- ",
    "“",
    "”",
    "…",
    "。",
    "?",
    "%",
    "-",
    "的",
    ": ",
    "(",
    ".",
    "é",
];

#[derive(Debug, Clone)]
enum Token {
    Open(usize),
    Close(usize),
    Void(usize),
    Word,
    Sign(usize),
}

fn token() -> impl Strategy<Value = Token> {
    prop_oneof![
        5 => (0..TAGS.len()).prop_map(Token::Open),
        4 => (0..TAGS.len()).prop_map(Token::Close),
        1 => (0..VOID.len()).prop_map(Token::Void),
        6 => Just(Token::Word),
        2 => (0..SIGNS.len()).prop_map(Token::Sign),
    ]
}

fn page(tokens: &[Token], space: &str) -> String {
    let mut html = String::new();
    let mut count = 0u32;
    for token in tokens {
        match token {
            Token::Open(tag) => html.push_str(&format!("<{}>", TAGS[*tag])),
            Token::Close(tag) => {
                let name = TAGS[*tag].split(' ').next().unwrap();
                html.push_str(&format!("</{name}>"));
            }
            Token::Void(at) => html.push_str(VOID[*at]),
            Token::Word => {
                let letter = |n: u32| char::from(b'a' + (n % 25) as u8);
                html.push_str(space);
                html.extend(['x', letter(count / 25), letter(count)]);
                html.push_str(space);
                count += 1;
            }
            Token::Sign(at) => html.push_str(SIGNS[*at]),
        }
    }
    html
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_pages_keep_the_laws(
        tokens in prop::collection::vec(token(), 1..60), mask in any::<u64>(), all in any::<bool>(),
    ) {
        let html = page(&tokens, " ");
        let keep = |index: usize| all || mask >> (index % 64) & 1 == 1;
        check(&html, keep);
        let content = content(&html, keep);
        let source = source_words(&html);
        let text = content.text();
        let got = words(&text);
        prop_assert!(is_subsequence(&got, &source), "{got:?} of {source:?}");
    }

    #[test]
    fn words_without_spaces_read_back_the_same(tokens in prop::collection::vec(token(), 1..40)) {
        check(&page(&tokens, ""), |_| true);
    }
}

/// More with `PROPTEST_CASES`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

#[test]
fn fixture_pages_keep_the_laws() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let html = String::from_utf8_lossy(&fs::read(path.join("page.html")).unwrap()).into_owned();
        let page = dehusk::extract(&html);
        check(&html, |index| page.blocks().get(index).is_some_and(|block| block.kept()));
        check(&html, |_| true);
        check(&html, |index| index % 3 > 0);
    }
}

/// Other pages: `LAW_PAGES=folder cargo test --release --test render_laws -- other_pages`.
#[test]
fn other_pages_keep_the_laws() {
    let Ok(folder) = std::env::var("LAW_PAGES") else { return };
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut broken = Vec::new();
    for path in &paths {
        let html = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        let page = dehusk::extract(&html);
        let kept = |index: usize| page.blocks().get(index).is_some_and(|block| block.kept());
        for all in [false, true] {
            let law = std::panic::AssertUnwindSafe(|| check(&html, |index| all || kept(index)));
            if std::panic::catch_unwind(law).is_err() {
                broken.push((path.file_name().unwrap().to_owned(), all));
            }
        }
    }
    assert!(broken.is_empty(), "{} of {} pages: {broken:?}", broken.len(), paths.len());
}
