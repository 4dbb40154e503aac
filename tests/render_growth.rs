//! Rendering takes time and space in proportion to the page, whatever is in it.

#[path = "parse_support/clock.rs"]
mod clock;
#[path = "parse_support/steep.rs"]
mod steep;

use dehusk::blocks::Blocks;
use dehusk::dom::Document;
use dehusk::render::{Content, RenderOptions};
use std::time::Duration;
use steep::steep;

/// What is repeated, or nested.
const PIECES: [(&str, &str); 40] = [
    ("orphan items", "<li>a "),
    ("items with unknown elements between", "<x></x><li>a"),
    ("notes", "<sup><a href=#n>1</a></sup><p id=n>a"),
    ("styles that cross", "<b>a<i>b</b>c</i>"),
    ("styles in styles", "<b>a<i>b</i><s>c</s></b> "),
    ("open styles", "<b>a<i>b</i>"),
    ("code in bold", "<b><code>a</code>_b"),
    ("signs", "*a_b`c[d]\\$|~"),
    ("dollars", "$a "),
    ("backticks", "<code>`</code>a"),
    ("formulas without TeX", "<math><mi>x</mi><mi>y</mi>"),
    ("one formula", "<mi>x</mi>"),
    ("annotations", "<math><semantics><annotation encoding=tex>x"),
    ("rows", "<tr><td>a<td>b"),
    ("one row", "<td>a"),
    ("spans", "<tr><td rowspan=1000 colspan=1000>a<td>b"),
    ("tables", "<table><tr><td>a<td>b<tr><td>c<td>d</table>"),
    ("nested tables", "<table><tr><td>a<td>"),
    ("nested lists", "<ul><li>a"),
    ("nested quotes", "<blockquote>a"),
    ("lists in lists", "<ol><ol>a</ol></ol>"),
    ("links within the page", "<a href=#x>a</a>"),
    ("images", "<img src=a.png>a"),
    ("images alone", "<p><img src=a.png>"),
    ("listings", "<pre>1 a\n</pre>"),
    ("headings in a listing", "<h2>a</h2>b\n"),
    ("breaks", "a<br>"),
    ("rules", "<hr>a"),
    ("hashes in a heading", "#"),
    ("hashes and spaces in a heading", "a # "),
    ("breaks around blanks", "<br>&nbsp;"),
    ("ampersands in addresses", "<a href='/&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&'>a</a> "),
    ("ampersands", "&amp;"),
    ("paragraphs of a caption", "<p>a"),
    ("images of one picture", "<img>a"),
    ("numbers before a cell", "<pre>1</pre>"),
    ("parts of a formula set by a script", "<i>a</i>"),
    ("blocks of a formula set by a script", "a<br><br>"),
    ("blocks of one formula", "<b></b>"),
    ("blocks of one link within the page", "<b></b>"),
];
/// What stands before the first.
const BEFORE: [(&str, &str); 15] = [
    ("hashes in a heading", "<h2>"),
    ("hashes and spaces in a heading", "<h2>"),
    ("paragraphs of a caption", "<table><caption>"),
    ("images of one picture", "a<picture>"),
    ("numbers before a cell", "<table><tr><td>"),
    ("parts of a formula set by a script", "<p>a <span id=M-Frame>"),
    ("blocks of a formula set by a script", "<p>a <span id=M-Frame>"),
    ("blocks of one formula", "<p>a <code class=language-math>"),
    ("blocks of one link within the page", "<p>a <a href=#x>"),
    ("one formula", "<math>"),
    ("rows", "<table>"),
    ("one row", "<table><tr>"),
    ("spans", "<table>"),
    ("headings in a listing", "<pre>"),
    ("code in bold", "<p>"),
];

/// What stands behind the last, as often as the pieces themselves would fill half of the page.
const BEHIND: [(&str, &str, &str); 7] = [
    ("paragraphs of a caption", "", "<tr><td>a<td>b"),
    ("images of one picture", "", "<source>"),
    ("numbers before a cell", "", "<template></template>"),
    ("parts of a formula set by a script", "</span><script type=math/tex id=M>", "x "),
    ("blocks of a formula set by a script", "</span><script type=math/tex id=M>", "x "),
    ("blocks of one formula", "", "a<br><br>"),
    ("blocks of one link within the page", "", "a<br><br>"),
];

fn page(name: &str, piece: &str, bytes: usize) -> String {
    let before = BEFORE.iter().find(|(of, _)| *of == name).map_or("", |(_, before)| before);
    match BEHIND.iter().find(|(of, ..)| *of == name) {
        Some((_, between, behind)) => {
            let half = |piece: &str| piece.repeat(bytes / 2 / piece.len());
            format!("{before}{}{between}{}", half(piece), half(behind))
        }
        None => format!("{before}{}", piece.repeat(bytes / piece.len())),
    }
}

/// The shortest of a few renderings in all formats, of two pages in turn.
fn times(small: &str, large: &str) -> (Duration, Duration) {
    let parsed = [small, large].map(|html| {
        let document = Document::parse(html);
        let blocks = Blocks::of(&document);
        (document, blocks)
    });
    let options = RenderOptions::new();
    let once = |(document, blocks): &(Document<'_>, Blocks)| {
        let kept = vec![true; blocks.len()];
        let start = clock::worked();
        let content = Content::of(document, blocks, &kept);
        let size = content.text().len()
            + content.markdown(&options).len()
            + content.html(&options).len()
            + content.json(&options).len()
            + content.chunks(100).count();
        assert!(size > 0);
        clock::worked().saturating_sub(start)
    };
    (0..3).fold((Duration::MAX, Duration::MAX), |(least, most), _| {
        (least.min(once(&parsed[0])), most.min(once(&parsed[1])))
    })
}

/// How often the smaller page is doubled.
const DOUBLINGS: i32 = 2;
const TRIES: usize = 8;
/// Less is not worth comparing.
const SHORT: Duration = Duration::from_millis(4);

#[test]
fn twice_the_page_costs_less_than_two_and_a_half_times_to_render() {
    const BYTES: usize = 64 << 10;
    let mut slow = Vec::new();
    for (name, piece) in PIECES {
        let (small, large) = (page(name, piece, BYTES), page(name, piece, BYTES << DOUBLINGS));
        if let Some((least, most)) = steep(TRIES, DOUBLINGS, SHORT, || times(&small, &large)) {
            slow.push(format!("{name}: {least:?}, {most:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

/// The largest answer, in bytes for each of the page, and its format.
fn growth(html: &str) -> (usize, &'static str) {
    let document = Document::parse(html);
    let blocks = Blocks::of(&document);
    let kept = vec![true; blocks.len()];
    let url = format!("https://a.example/{}/", "folder/".repeat(60));
    let content = Content::with_base(&document, &blocks, &kept, Some(&url));
    let options = RenderOptions::new();
    let chunks: usize = content.chunks(1).map(|chunk| chunk.markdown().len()).sum();
    let sizes = [
        (content.text().len(), "text"),
        (content.markdown(&options).len(), "Markdown"),
        (content.html(&options).len(), "HTML"),
        (content.json(&options).len(), "JSON"),
        (chunks, "chunks"),
    ];
    let (bytes, format) = sizes.into_iter().max().unwrap_or_default();
    (bytes / html.len(), format)
}

/// The marks around each cell, item and word of a page that has nothing else may come to so much:
/// `{"kind":"cell",…}` for each `<td>`.
const MOST_BYTES: usize = 20;

#[test]
fn no_page_grows_beyond_a_small_multiple() {
    const BYTES: usize = 64 << 10;
    let long = format!("https://a.example/{}", "x".repeat(4_000));
    let heads: String =
        (1..=6).map(|level| format!("<h{level}>{}</h{level}>", "h".repeat(240))).collect();
    let repeated = [
        ("a long address around paragraphs", format!("<a href={long}>"), "<p>a"),
        ("a long address around lines", format!("<a href={long}>"), "a<br>"),
        ("a long address around words", format!("<a href={long}>"), "a "),
        ("a long address around images", format!("<a href={long}>"), "<img src=a>b<img src=c>d"),
        ("a long address around styles", format!("<a href={long}>"), "<i>b</i>c"),
        ("a long base", String::new(), "<a href=x>a</a> "),
        ("images of a long base", String::new(), "<p>a<img src=x>b<img src=y>"),
        ("headings above paragraphs", heads.clone(), "<p>a"),
        ("headings above rules", heads, "<hr>a"),
    ];
    let pieces = PIECES.map(|(name, piece)| (name, String::new(), piece));
    let mut large = Vec::new();
    for (name, before, piece) in repeated.iter().chain(&pieces) {
        let html = format!("{before}{}", page(name, piece, BYTES));
        let (times, format) = growth(&html);
        println!("{name}: {format} ×{times}");
        if times > MOST_BYTES {
            large.push(format!("{name}: {format} has {times} times the bytes of the page"));
        }
    }
    assert!(large.is_empty(), "{large:#?}");
}
