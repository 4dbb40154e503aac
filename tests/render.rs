//! What each construct of a page becomes, in every format.

use dehusk::blocks::Blocks;
use dehusk::dom::Document;
use dehusk::render::{Content, RenderOptions};

/// All of a page, in text, Markdown and HTML.
fn formats(html: &str) -> String {
    let document = Document::parse(html);
    let blocks = Blocks::of(&document);
    let kept = vec![true; blocks.len()];
    let url = Some("https://lock.example/canal/north.html");
    let content = Content::with_base(&document, &blocks, &kept, url);
    let options = RenderOptions::new();
    format!(
        "{html}\n\n======== text\n{}\n\n======== markdown\n{}\n======== html\n{}\n======== json\n{}\n",
        content.text(),
        content.markdown(&options),
        content.html(&options),
        content.json(&options).replace("{\"kind\"", "\n{\"kind\""),
    )
}

/// One test and one snapshot for each construct.
macro_rules! constructs {
    ($($name:ident: $html:expr,)*) => {
        $(#[test]
        fn $name() {
            insta::with_settings!({ snapshot_path => "render", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(stringify!($name), formats($html));
            });
        })*
    };
}

constructs! {
    paragraphs: "<p>One.</p>Two <br> lines.<br><br>Three.<div>Four</div>five",
    headings: "<h1>Canal</h1><p>Water.</p><h2><b>Locks</b> <a href='#locks'>#</a></h2><p>Gates.</p><h4># Deep</h4><p>Mud.",
    heading_levels: "<h3>1. Third</h3><h4>Fourth</h4><h5>Fifth</h5><h6>Sixth <del>or</del> last</h6><p>Text.",
    emphasis: "<p>A <b>bold</b> and <i>leaning</i> <b><i>word</i></b>, <del>gone</del>, un<em>believ</em>able, <b>stop.</b>Next, H<sub>2</sub>O, 10<sup>3</sup>, <code>a`b</code>.",
    links: "<p><a href='/a b(c)'>One</a>, <a href='two.html?x=1&amp;y=2'>two</a>, <a href='//else.example/'>three</a>, <a href='#here'>here</a>, <a href='javascript:x()'>bad</a>, <a href='JAVA&#10;SCRIPT:x()'>worse</a>, <a href='data:text/html,x'>data</a>, <a href='mailto:a@b.example'>mail</a>.",
    block_link: "<a href=/story><h3>A story</h3><p>Its first line.</p></a>",
    lists: "<ul><li>Tea<ul><li>Green<li>Black</ul><li>Cake</ul><ol start=3><li>Three<li value=7>Seven</ol><ul><li>Apart</ul>",
    list_that_counts_down: "<ol reversed><li>Last<li>Second<li>First</ol><ol reversed start=9><li>Nine<li>Eight</ol>",
    numbered_lists_in_lists: "<ol><li>One<ol type=a start=4><li>Four<ol><li>Deep<li>Deeper</ol><li>Five</ol>after five<li>Two<ul><li>Dot</ul><li>Three</ol>",
    loose_list: "<ol><li><p>First.</p><p>Second.</p></li><li><blockquote>Quoted</blockquote></li><li><pre>code\n  here</pre></li></ol>",
    list_straight_in_list: "<ul><li>One</li><ul><li>One and a half</li></ul><li>Two</li></ul>",
    quotes: "<blockquote><p>First.</p><p>Second.</p><blockquote>Deep.</blockquote></blockquote><p>After.",
    code_with_language: "<pre><code class='hljs language-rust'>fn main() {\n\n    println!(\"```\");\n}\n</code></pre>",
    code_without_line_numbers: "<table><tr><td><pre>1\n2\n3</pre></td><td><pre>let a = 1;\n\nlet b = 2;</pre></td></tr></table><pre><span>1</span>first\n<span>2</span>second\n</pre>",
    code_with_the_number_of_its_only_line: "<table><tr><td class=gutter><pre>1</pre></td><td class=code><pre>let a = 1;</pre></td></tr></table><p>The answer:</p><pre>42</pre>",
    code_of_numbered_rows: "<p>So:</p><table><tr><td data-line-number=1></td><td>let a = 1;</td></tr><tr><td data-line-number=2></td><td>let b = 2;</td></tr></table><pre><code><ol><li>first</li><li>  second</li></ol></code></pre>",
    table: "<table><caption>Rises</caption><thead><tr><th>Lock<th>Rise</thead><tr><td>First | lower<td>2 m<tr><td><b>Second</b><td><tr><td>Third<td><p>3 m</p><p>(in spring)</p></table>",
    table_with_spans: "<table><tr><th colspan=2>Lock<th rowspan=2>Rise<tr><td>First<td>2 m<tr><td colspan=9007199254740991>x<td>y</table>",
    table_with_list: "<table><tr><th>Lock<th>Rise<tr><td><ul><li>First<li>lower</ul><td>2 m</table>",
    layout_table: "<table><tr><td><p>The page stands in a table, as pages did.</p><p>Its second paragraph.</p><p>Its third.</p></td></tr></table>",
    figure: "<p>Before.</p><figure><img src=i/lock.jpg alt='The *north* lock'><figcaption>The lock in <i>winter</i>.</figcaption></figure><p>After.",
    lazy_images: "<p>Before.</p><img src='data:image/gif;base64,R0lGOD' data-src=/lazy.jpg alt=lazy><p>Two.</p><img src=/blank.gif srcset='a.jpg 300w, b.jpg 1200w' data-srcset='c.jpg 1x, d.jpg 2x' alt=set><p>Three.</p><picture><source srcset='e.webp 1x, f.webp 2x'><img alt=picture></picture><p>Four.</p><img class=lazy alt=copy><noscript><img src=/real.jpg alt=copy></noscript><p>Five.</p><img src=/dot.gif width=1 height=1><p>Six.",
    lazy_images_by_other_names: "<p>One.</p><img data-lazy-src=/a.jpg src=/grey.png alt=a><p>Two.</p><img data-original=/b.jpg alt=b><p>Three.</p><noscript><img src=/c.jpg alt=c></noscript><p>Four.</p><picture><source data-srcset='d.webp 480w, e.webp 960w'><img src='data:image/gif;base64,R0lGOD' alt=d></picture><p>Five.",
    figures_of_code_tables_and_words: "<figure><pre>let a;</pre><figcaption>Code.</figcaption></figure><figure><table><tr><th>a<th>b<tr><td>c<td>d</table><figcaption>A table.</figcaption></figure><figure><blockquote>Said.</blockquote><figcaption>Somebody</figcaption></figure>",
    linked_image: "<p>See <a href=/large><img src=/small.png alt=map></a> here.",
    images_at_the_edges_of_lines: "<ul><li><img src=/a.svg alt=mark> Tea<li><img src=/b.svg><img src=/c.svg> <b>Cake</b><li>Bread <img src=/d.svg></ul><table><tr><th>Dish<th>Good<tr><td><img src=/a.svg alt=mark> Tea<td><img src=/yes.svg alt=yes></table>",
    formulas: "<p>Where <math><semantics><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><annotation encoding='application/x-tex'>a+b</annotation></semantics></math> is, and <span><span><math><mi>x</mi><annotation encoding='application/x-tex'>x_1</annotation></math></span><span aria-hidden=true><span>x</span><span>1</span></span></span> too: <script type='math/tex; mode=display'>\\sqrt{y}</script></p><p>It cost $5 and then $6.",
    formula_without_tex: "<p>Where <math><mi>a</mi><mo>+</mo><mi>b</mi></math> is.",
    footnotes: "<p>First.<sup id=r1><a href='#n1'>1</a></sup> Second.<sup><a href='#n2'><span>[</span>2<span>]</span></a></sup> Again.<sup><a href='#n1'>1</a></sup></p><p>More.</p><ol><li id=n1>The first note. <a href='#r1'>↩</a></li><li id=n2><p>The second note.</p><p>Its end.</p></li></ol>",
    rules_and_embeds: "<p>Before.</p><hr><p>Between.</p><iframe src=https://film.example/1 title='The film'></iframe><video><source src=/lock.mp4></video><p>After.",
    embeds: "<p>One.</p><iframe data-src=https://film.example/2></iframe><p>Two.</p><audio src=/sound.mp3 aria-label='The lock'></audio><p>Three.</p><video controls><source src=/a.webm><source src=/a.mp4>No video here.</video><p>Four.</p><iframe src='javascript:x()'></iframe><iframe src=about:blank></iframe><iframe src=https://count.example/ width=1 height=1></iframe><p>Five.</p><embed src=/plan.pdf><object data=/plan.pdf></object><p>Six.",
    text_that_looks_like_markdown: "<p># no heading<p>1. no list<p>- no item<p>+ no item<p>&gt; no quote<p>--- <p>a_b_c *d* _e_ [f](g) `h` &lt;b> &amp;copy; ~i~ |j| \\k <br>===<p>!<a href=/x>x</a>",
    invisible_characters: "<p><b>&#xfeff;</b></p><p>&#x200b;</p><p>Tea<a href=/x>&#x200b;</a> and<b>&#xfeff;</b> cake.</p>",
    signs_of_links_to_where_they_stand: "<dl><dt id=brew>brew(<i>leaves</i>)<a class=headerlink href='#brew'>¶</a></dt><dd>Makes tea of leaves.</dd></dl><p>See <a href='#brew'>¶</a> above.",
    emphasis_beside_punctuation: "<p>“<em>Now I know.</em>” she said, “<b>and now…</b>” — <i>«so»</i>, 「<b>茶。</b>」です, <i>it</i>: A&amp;E, &amp;amp; AT&amp;T.</p>",
    definition_list: "<dl><dt>Lock</dt><dd>A chamber with gates.</dd><dt>Weir</dt><dd>A low dam.</dd></dl>",
    details: "<details><summary>Opening hours</summary><p>All day.</p></details>",
}

fn page() -> dehusk::Page {
    dehusk::extract(
        "<p>Text with <a href='https://a.example/'>a link</a> and <img src='https://a.example/i.png' alt=image> in it.\
         <table><tr><th>a<th>b<tr><td>c<td>d</table><p>Before the film.</p>\
         <iframe src='https://a.example/film'></iframe><p>After the film.",
    )
}

#[test]
fn each_option_changes_each_format() {
    let page = page();
    let all = RenderOptions::new();
    let less = [
        ("https://a.example/\"", all.with_links(false)),
        ("i.png", all.with_images(false)),
        ("<table>", all.with_tables(false)),
        ("/film", all.with_embeds(false)),
    ];
    let html = page.html();
    for (sign, options) in less {
        assert!(html.contains(sign), "{sign} in {html}");
        assert!(!page.html_with(&options).contains(sign), "{sign}");
        assert_ne!(page.markdown_with(&options), page.markdown(), "{sign}");
        // JSON has tables as data, whatever is wanted of them in print.
        assert!(sign == "<table>" || page.json_with(&options) != page.json(), "{sign}");
    }
    let drawn =
        format!("<p>Text <img alt=x src='data:image/png;base64,{}'> here.", "A".repeat(500));
    let drawn = dehusk::extract(&drawn);
    assert!(!drawn.html().contains("data:"));
    assert!(drawn.html_with(&all.with_data_images(true)).contains("data:image/png"));
}

#[test]
fn the_address_of_the_page_makes_links_absolute() {
    let html = "<base href=/deep/><p>Read <a href=more.html>more of it</a> there.";
    let without = dehusk::extract(html).markdown();
    assert_eq!(without, "Read [more of it](/deep/more.html) there.\n");
    let extractor = dehusk::Extractor::new().with_url("https://a.example/x/");
    let with = extractor.extract(html).unwrap().markdown();
    assert_eq!(with, "Read [more of it](https://a.example/deep/more.html) there.\n");
}
