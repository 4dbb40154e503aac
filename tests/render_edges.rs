//! What stands at the edges of lines and formulas: cases that real pages taught.

use dehusk::blocks::Blocks;
use dehusk::dom::Document;
use dehusk::render::{Content, RenderOptions};

fn content(html: &str) -> Content {
    let document = Document::parse(html);
    let blocks = Blocks::of(&document);
    Content::of(&document, &blocks, &vec![true; blocks.len()])
}

fn text(html: &str) -> String {
    content(html).text()
}

fn markdown(html: &str) -> String {
    content(html).markdown(&RenderOptions::new())
}

#[test]
fn a_line_break_before_a_footnote_mark_stays() {
    let html = "<p>Prizes<br><sup><a href=#n>[1]</a></sup></p><ol><li id=n>See there.</ol>";
    assert_eq!(text(html), "Prizes\n[1]\n\n1. See there.");
}

#[test]
fn a_line_break_before_a_sign_that_is_dropped_parts_words() {
    assert_eq!(text("<h2>Tea<br><a href=#h>#</a>Time</h2>"), "Tea\nTime");
    assert_eq!(markdown("<h2>Tea<br><a href=#h>#</a>Time</h2>"), "## Tea Time\n");
}

#[test]
fn words_around_a_sign_that_is_dropped_stay_apart() {
    assert_eq!(text("<h2>Green<a href=#h>¶</a>tea<a href=#h>¶</a></h2>"), "Green tea");
    assert_eq!(markdown("<h2>Green<a href=#h>¶</a>tea</h2>"), "## Green tea\n");
}

#[test]
fn a_line_break_before_a_formula_stays() {
    let math = "<math><annotation encoding='application/x-tex'>x^2</annotation></math>";
    assert_eq!(text(&format!("<p>It is<br>{math} now")), "It is\nx^2 now");
}

#[test]
fn prices_on_two_lines_of_a_cell_are_no_formula() {
    let html = "<table><tr><th>Term<th>Lesson<tr><td><p>$10<p>$2 each<td>$3</table>";
    let expected = "| Term | Lesson |\n| --- | --- |\n| \\$10<br>\\$2 each | $3 |\n";
    assert_eq!(markdown(html), expected);
}

#[test]
fn a_link_without_a_host_is_text() {
    assert_eq!(markdown("<p>Go <a href='http:?a=b'>there</a> now"), "Go there now\n");
}

#[test]
fn a_formula_that_a_script_has_set_comes_once() {
    let set = "<p>So <span id=M1-Frame><nobr>x<span>2</span></nobr></span>\
        <script type=math/tex id=M1>x^2</script> is.";
    assert_eq!(markdown(set), "So $x^2$ is.\n");
    let beside = "<p>So <span>let</span> <script type=math/tex id=M1>x^2</script> be.";
    assert_eq!(markdown(beside), "So let $x^2$ be.\n");
}

#[test]
fn groups_around_a_post_are_no_formulas() {
    let script = |tex: &str| format!("<script type=math/tex>\\{tex}group</script>");
    let html = format!("<div>{}Very helpful.{}</div>", script("begin"), script("end"));
    assert_eq!(text(&html), "Very helpful.");
}

#[test]
fn a_display_formula_of_mathjax_2_comes_once() {
    let page = content(
        "<p>The sum is</p><div class=MathJax_Display><span class=MathJax id=MathJax-Element-1-Frame>\
         <span>a</span><span>+</span><span>b</span></span></div>\
         <script type='math/tex; mode=display' id=MathJax-Element-1>a+b</script><p>as we said.</p>",
    );
    assert_eq!(page.markdown(&RenderOptions::new()), "The sum is\n\n$$a+b$$\n\nas we said.\n");
}

#[test]
fn code_keeps_an_indent_in_a_node_of_its_own() {
    let page = content("<pre>\n<span>    </span><span>deep()</span>\nflat()</pre>");
    assert_eq!(page.text(), "    deep()\nflat()");
}

#[test]
fn a_link_of_two_styles_is_one_link_in_a_chunk() {
    let page = content("<p>See <a href=https://tea.example/>green <b>tea</b></a> for more.</p>");
    let chunks: Vec<String> =
        page.chunks(100).map(|chunk| chunk.content().html(&RenderOptions::new())).collect();
    assert_eq!(chunks.concat().matches("<a ").count(), 1);
}

#[test]
fn a_note_within_a_note_is_none_of_its_own() {
    let html = "<p>Text<sup><a href='#n1'>1</a></sup> and<a href='#n2'>[2]</a>.</p>\
        <ol><li id=n1>First note<ol><li id=n2>Second</ol></ol>";
    let markdown = dehusk::extract(html).markdown();
    assert_eq!(markdown, "Text[^1] and\\[2\\].\n\n[^1]: First note\n\n    1. Second\n");
}

#[test]
fn a_link_right_behind_the_mark_of_a_footnote_stays_a_link() {
    let html = "<p>With every watch.<sup><a href='#n'>1</a></sup><a href=https://tea.example/>Buy</a> \
        now.</p><p>More.</p><p id=n>1. For new readers.</p>";
    let expected = "With every watch.[^1] [Buy](https://tea.example/) now.\n\nMore.\n\n\
        [^1]: 1\\. For new readers.\n";
    assert_eq!(markdown(html), expected);
}

#[test]
fn a_footnote_mark_at_the_end_of_a_sentence_does_not_lengthen_a_chunk() {
    let html = "<p>Write everything down!<sup><a href='#n'>[34]</a></sup> And then go home \
        again.</p><p>So.</p><p id=n>A note.</p>";
    for max in 3..12 {
        let chunks: Vec<_> = content(html).chunks(max).collect();
        assert!(chunks.iter().all(|chunk| chunk.words() <= max), "{max}: {chunks:?}");
    }
}

#[test]
fn options_that_leave_images_out_leave_no_space_for_them() {
    let page = content(
        "<ul><li><img src=/a.png> Tea <img src=/b.png> and <img src=/c.png></ul>\
         <table><tr><th><img src=/a.png> Cup<th>Size<tr><td>Blue<td><img src=/d.png> S</table>",
    );
    let bare = RenderOptions::new().with_images(false);
    assert_eq!(
        page.html(&bare),
        "<ul>\n<li>Tea and</li>\n</ul>\n<table>\n<tr><th>Cup</th><th>Size</th></tr>\n\
         <tr><td>Blue</td><td>S</td></tr>\n</table>\n"
    );
    assert_eq!(page.markdown(&bare), "- Tea and\n\n| Cup | Size |\n| --- | --- |\n| Blue | S |\n");
    assert!(page.json(&bare).contains(r#"{"kind":"paragraph","text":"Tea and"}"#));
    assert_eq!(page.text(), "- Tea and\n\nCup | Size\nBlue | S");
}

#[test]
fn a_formula_over_several_lines_is_text_that_comes_once() {
    let html = "<p>So <code class=language-math>a<br><br>b<br>c</code> is.";
    assert_eq!(text(html), "So a\n\nb\nc is.");
    let html = "<p>So <math><mtext>a<br><br>b</mtext></math> is.";
    assert_eq!(text(html), "So a\n\nb is.");
}

#[test]
fn hashes_at_the_end_of_a_heading_stay() {
    assert_eq!(markdown("<h2>C# and F#</h2>"), "## C# and F\\#\n");
    assert_eq!(markdown("<h2># ## #</h2>"), "## \\# \\#\\# \\#\n");
}

#[test]
fn a_number_is_the_number_of_the_listing_beside_it_only() {
    let table = |between: &str| {
        format!("<table><tr><td><pre>1</pre></td>{between}<td><pre>let a;</pre></td></tr></table>")
    };
    assert_eq!(text(&table("")), "let a;");
    assert_eq!(text(&table("<td>is</td>")), "1\n\nis\n\nlet a;");
}

#[test]
fn the_signs_of_a_formula_stand_apart_and_are_not_cut() {
    assert_eq!(text("<p>So <math><mi>sin</mi><mi>al</b>pha</mi></math> is."), "So sin alpha is.");
}

#[test]
fn a_carriage_return_within_a_listing_stays_one() {
    let page = content("<pre>a&#13;;b</pre>");
    assert_eq!(page.text(), "a\r;b");
    assert_eq!(text(&page.html(&RenderOptions::new())), "a\r;b");
}

#[test]
fn the_signs_of_a_formula_that_blocks_cut_stand_apart() {
    assert_eq!(text("<math><mtext><p>note</p></mtext><mi>x</mi><mi>y</mi></math>"), "note\n\nx y");
    // What the blocks hold are words, not signs.
    assert_eq!(text("<math><mi><p>no<b>te</b></p>x</mi></math>"), "note\n\nx");
}

#[test]
fn names_of_empty_elements_mean_nothing_within_a_formula() {
    assert_eq!(text("<p>So <math><input>x</input></math> is."), "So x is.");
}

#[test]
fn text_behind_an_image_behind_a_formula_joins_it() {
    assert_eq!(text("<p><math>x</math><img src=y>s"), "xs");
    let html = "<p><sup><a href=#n>[1]</a></sup><img src=y>s</p><ol><li id=n>See there.</ol>";
    assert_eq!(text(html), "[1]s\n\n1. See there.");
}

#[test]
fn a_footnote_mark_has_only_what_is_shown() {
    let html = "<p>Tea<sup><a href=#n>1<svg><title>up</title></svg></a></sup></p>\
        <ol><li id=n>See there.</ol>";
    assert_eq!(text(html), "Tea1\n\n1. See there.");
}

#[test]
fn an_item_within_the_listing_of_an_item_is_no_footnote() {
    let html = "<p>Tea<sup><a href=#n>[1]</a></sup><ul><li>Cup<pre><h2>Pot</h2><li id=n>Milk</ul>";
    assert!(!content(html).html(&RenderOptions::new()).contains("id="));
}

#[test]
fn a_footnote_ends_before_loose_text_and_a_list_behind_it() {
    let html = "<p>Tea<sup><a href=#n>[1]</a></sup><ol><li id=n>See there.</li>Or<ul><li>not";
    let html = content(html).html(&RenderOptions::new());
    assert_eq!(html.matches("id=\"fn-1\"").count(), 1, "{html}");
    assert_eq!(
        text("<ol><li>Tea<ul><li>green</ul></li><ul><li>black</ul>"),
        "1. Tea\n  - green\n  - black"
    );
}
