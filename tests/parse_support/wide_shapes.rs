//! Shapes that parse well and may be hard on what comes after: measures, metadata, writers.

use super::shapes::Shape;

/// All of one text again and again.
macro_rules! same {
    ($text:literal) => {
        |_| $text.to_string()
    };
}

pub const WIDE_SHAPES: &[Shape] = &[
    ("paragraphs of one word", "", same!("<p>x")),
    ("paragraphs", "", same!("<p>The ferry runs again, and the lock is open to all boats.")),
    ("different paragraphs", "", |i| format!("<p>The ferry {i} runs again to pier {}.", i * 7)),
    ("one paragraph", "<p>", same!("The ferry runs again. ")),
    ("one word", "<p>", same!("abcdefghij")),
    ("one word of Han", "<p>", same!("\u{6e21}\u{8239}")),
    ("combining marks", "<p>a", same!("\u{301}")),
    ("right to left marks", "<p>a", same!("\u{202e}\u{200f}")),
    ("zero width joiners", "<p>", same!("\u{1f468}\u{200d}")),
    ("line breaks", "<p>", same!("x<br>")),
    ("headings", "", |i| format!("<h{0}>The title {i}</h{0}>", 1 + i % 6)),
    ("links", "<p>", |i| format!("<a href=/p{i}>x</a> ")),
    ("links to dots", "<base href=/a/b/c/>", same!("<a href='../../../x/../y'>x</a>")),
    ("one long link", "<p>text <a href='/", same!("../")),
    ("one long link in a paragraph", "<p>text <a href='/", same!("%20?&amp;")),
    ("images", "<p>text", |i| format!("<img src=i{i}.png alt='a lock'>")),
    ("one image of many sources", "<p>text <img srcset='", |i| format!("a{i}.png {i}w, ")),
    ("class names", "<div class='", |i| format!("name-{i} ")),
    ("elements of their own class", "", |i| format!("<div class=c{i}><p id=p{i}>x</p></div>")),
    ("one long class", "<p class='", same!("postContentBody")),
    ("lists in lists", "", same!("<ul><li>x")),
    ("items", "<ol>", same!("<li>The ferry runs")),
    ("quotes in quotes", "", same!("<blockquote>x")),
    ("cells", "<table><tr>", same!("<td>x")),
    ("rows", "<table>", same!("<tr><td>x<td>y")),
    ("cells that span", "<table><tr>", same!("<td colspan=1000 rowspan=65000>x")),
    ("rows that span", "<table>", same!("<tr><td rowspan=65000>x<td colspan=1000>y")),
    ("footnotes", "<p>Text", |i| format!("<sup><a href=#n{i} id=r{i}>{i}</a></sup>")),
    ("footnotes, told", "<p>Text<ol>", |i| format!("<li id=n{i}>Note <a href=#r{i}>^</a>")),
    ("code", "<pre>", same!("`~ fn main() {}\n")),
    ("ticks", "<pre>", same!("`")),
    ("ticks in code", "<p><code>", same!("` ")),
    ("stars", "<p>", same!("*_[]<>\\")),
    ("emphasis", "<p>", same!("<em>a</em><strong>b</strong>")),
    ("brackets", "<p>", same!("[a](")),
    ("formulas", "<p>", same!("\\(x^2\\) ")),
    ("dollars", "<p>", same!("$")),
    ("math", "", same!("<math><mfrac><mi>x</mi><mi>y</mi></mfrac></math>")),
    ("details", "", same!("<details><summary>x</summary>y</details>")),
    ("figures", "", same!("<figure><img src=a><figcaption>x</figcaption></figure>")),
    ("frames", "<p>x", same!("<iframe src='https://example.org/embed'></iframe>")),
    ("meta elements", "", |i| format!("<meta name=author content='Ada Brook {i}'>")),
    ("dates in meta", "", same!("<meta property='article:published_time' content='2024-02-30'>")),
    ("one long meta", "<meta name=author content='", same!("Ada Brook, ")),
    ("one long title", "<title>", same!("Ferry | ")),
    ("times", "<p>", |i| format!("<time datetime=2024-01-{:02}>x</time>", i % 40)),
    ("dates in text", "<p>", same!("12 May 2024, 3/4/21. ")),
    ("names in text", "<p>", same!("By Ada Brook and Cy Dell ")),
    ("digits", "<p>", same!("1234567890")),
    ("months", "<p class=date>", same!("January May ")),
    ("bylines", "", |i| format!("<p class=byline>By <a rel=author href=/a{i}>Ada {i}</a>")),
    ("JSON-LD, one long list", "<script type='application/ld+json'>[", same!("{\"@type\":\"X\"},")),
    ("JSON-LD, deep", "<script type='application/ld+json'>", same!("{\"a\":[")),
    (
        "JSON-LD, open text",
        "<script type='application/ld+json'>{\"articleBody\":\"",
        same!("\\u00e9\\n"),
    ),
    (
        "JSON-LD, entities",
        "<script type='application/ld+json'>{\"articleBody\":\"",
        same!("&amp;lt;p&gt;"),
    ),
    ("JSON-LD, many", "", |i| {
        format!("<script type='application/ld+json'>{{\"@id\":\"{i}\",\"name\":\"x\"}}</script>")
    }),
    ("state, paragraphs", "<p>The ferry runs again today.<script type=application/json>[", |i| {
        format!("{{\"type\":\"paragraph\",\"text\":\"The <b>ferry {i}</b> runs again today.\"}},")
    }),
    (
        "state, deep",
        "<p>The ferry runs.<script type=application/json>",
        same!("[{\"type\":\"paragraph\",\"content\":"),
    ),
    (
        "copies apart",
        "",
        same!("<div><div><p>The ferry runs again, and the lock is open to all boats.</div></div>"),
    ),
    (
        "microdata",
        "",
        same!("<div itemscope itemtype='https://schema.org/Person'><b itemprop=name>x</b>"),
    ),
    ("hidden", "", same!("<p style='display:none;color:red'>x")),
    ("one long style", "<p style='", same!("color:red;")),
    ("noscript", "", same!("<noscript><p>x</noscript>")),
    ("plain text", "x ", same!("The ferry runs.\n\n")),
    ("blank lines", "x", same!("\n\n")),
    ("white space", "<p>x", same!(" \t ")),
    ("white space, not collapsed", "<pre>x", same!(" \t ")),
    ("references", "<p>", same!("&amp;&lt;&#x301;")),
    ("cards", "", |i| {
        format!(
            "<div class=card><a href=/s/{i}><img src={i}.jpg><h3>Story {i}</h3></a><p>More.</div>"
        )
    }),
    ("posts", "", |i| {
        format!("<div class=post id=p{i}><b>user{i}</b><time>2024</time><p>I think so, too.</div>")
    }),
];
