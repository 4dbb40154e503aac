//! Pages made by chance from pieces of markup that parsers get wrong.

/// A small generator of numbers (xorshift), the same on every run.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % bound.max(1) as u64) as usize
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len())]
    }
}

/// Whole constructs.
const SEEDS: &[&str] = &[
    "<!DOCTYPE html><html lang=en><head><title>A &amp; B</title></head><body><p>One<p>Two</body></html>",
    "<table><tr><td>1<td>2<tr><th>3</table>",
    "<table> a <b>b</b> <tr> c <td>d</td> e </tr> f </table> g",
    "<table><caption>x<b>y</caption><colgroup> z <col><tbody><tr><td><table><tr><td>q</table></table>",
    "<p><b><i>one<p>two</b>three</i>four",
    "<a href=1>x<a href=2>y<div>z</a>w</div>",
    "<b><b><b><b>x</b></b><p>y",
    "<font color=red><font color=red><font color=red><font color=red>a<p>b",
    "<b id=1 x=1><b x=1 id=1><b id=1 x=1><b id=1 x=2>a<p>b",
    "<b onclick=1><b onclick=2><b onclick=1><b ONCLICK=1 onclick=3>a<p>b",
    "<ul><li>a<ul><li>b</ul><li>c</ul><dl><dt>d<dd>e<dt>f</dl>",
    "<select><option>a<optgroup><option>b<hr><option selected>c</select><input>d",
    "<svg viewBox='0 0 1 1'><g><path d=''/><title>t</title><foreignObject><p>h</p></foreignObject></g></svg>",
    "<svg><![CDATA[a<b>&amp;\0]]>]]></svg><![CDATA[c]]>",
    "<foreignObject><svg><foreignObject></foreignobject><linearGradient></lineargradient></svg><p></foreignObject>",
    "<math><mi>x<mglyph/><annotation-xml encoding='text/html'><p>y</p></annotation-xml></math>",
    "<math><annotation-xml encoding=x><p>y</annotation-xml><mtext><svg/></mtext></math>",
    "<svg><font color=red>x</font><font>y</font><script>a</script><style>b</style></svg>",
    "<svg><a xlink:href='u' xml:lang=de xlink:title=t>l</a></svg>",
    "<script>if (a<b && c>d) document.write('<p>x</p>');</script>",
    "<script><!-- <script> </script> --> </script>y",
    "<script type=\"application/ld+json\">{\"a\": \"<b>\"}</script>",
    "<style>p > a { content: '</p>' }</style><textarea>\n<b>&lt;</textarea><title>&copy;</title>",
    "<pre>\n\na</pre><pre>\n b</pre><listing>\r\nc</listing><textarea>\r\n\r\nd</textarea>",
    "<noscript><img src=a.png><p>x</noscript><head><noscript><link><p>y</noscript>",
    "<iframe><p>x</iframe><noembed><p></noembed><noframes><p></noframes><xmp><p></xmp>",
    "<frameset cols=1> a <frame src=x> b <noframes>c</noframes></frameset> d ",
    "<head><frameset><frame></frameset></html> x <!-- y --> ",
    "<template><tr><td>x</template><template shadowrootmode=open><p>y</template>",
    "<form><input type=hidden><div></form><form><button>x<button>y</form>",
    "<table><form><input type=HIDDEN><input type=text><tr><td></form></table>",
    "<ruby>a<rb>b<rt>c<rtc>d<rp>e</ruby>",
    "<object><p>x<object><b>y</object></p><marquee>z</marquee><applet>w</applet>",
    "<h1>a<h2>b</h1>c<button><p>d</button>e</p>f</br>g</p>",
    "<body class=a><body class=b id=c><html lang=de dir=ltr><html lang=fr>",
    "<nobr>a<nobr>b<p>c</nobr>d",
    "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\"><p><table>",
    "<!DOCTYPE html SYSTEM 'about:legacy-compat'><p><table>",
    "<!doctype html public \"-//W3C//DTD HTML 3.2//EN\"><p><table>x",
    "</html> a </body> b <p>c</html><!-- d -->e",
    "<img src=a alt='b &quot; c' title=\"d\"><image src=e><br/><hr/><wbr>",
    "&amp;&lt&notit;&notin;&#65;&#x41;&#0;&#x80;&#xD800;&#x110000;&unknown;&;&#;&#x;&amp",
    "<a href='?a=1&copy=2&amp;b&lt=3&gt;&notit;x&#38;'>x</a>",
    "<!-- a --><!----><!--><!---><!--a--!>b--><!--a-b--c---><? pi ?><!x></ y></>",
    "a\0b<p\0c d\0=e\0>\0</p\0c><!--\0--><script>\0</script><textarea>\0</textarea><svg>\0a</svg>",
    "a\rb\r\nc\n\rd<p a='\r\n'\rb\r=\r\nc>\r\n</p\r><!--\r\n-->",
    "<plaintext><p>x</plaintext>",
    "<my-element data-x=1><x-y><my-element></x-y></my-element>",
    "<details><summary>a</summary><dialog open>b</dialog></details><search>c</search>",
];

/// Small pieces, put in anywhere.
const PIECES: &[&str] = &[
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    "&",
    ";",
    "!",
    "-",
    "--",
    "?",
    "]",
    "]]>",
    " ",
    "\n",
    "\t",
    "\x0c",
    "\r",
    "\r\n",
    "\0",
    "a",
    "x",
    "A",
    "\u{e4}",
    "\u{65e5}",
    "\u{1f600}",
    "\u{fffd}",
    "\u{feff}",
    "&amp",
    "&amp;",
    "&lt;",
    "&#",
    "&#x",
    "&#10;",
    "&#13;",
    "&#32;",
    "&nbsp;",
    "&not",
    "&nGt;",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "<!DOCTYPE",
    "<!doctype html>",
    "</",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a>",
    "<a href=x>",
    "</a>",
    "<font size=1>",
    "</font>",
    "<nobr>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "<tbody>",
    "<caption>",
    "</caption>",
    "<colgroup>",
    "<col>",
    "<th>",
    "<select>",
    "</select>",
    "<option>",
    "<optgroup>",
    "<input>",
    "<input type=hidden>",
    "<button>",
    "<form>",
    "</form>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi>",
    "<desc>",
    "<title>",
    "</title>",
    "<foreignObject>",
    "</foreignObject>",
    "<clipPath>",
    "</clippath>",
    "<annotation-xml encoding=text/html>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<pre>",
    "<template>",
    "</template>",
    "<frameset>",
    "<frame>",
    "</frameset>",
    "<noframes>",
    "<html a=b class=c>",
    "<head>",
    "</head>",
    "<body id=d>",
    "</body>",
    "</html>",
    "<h1>",
    "</h2>",
    "<li>",
    "<ul>",
    "</ul>",
    "<dd>",
    "<dt>",
    "<hr>",
    "<br>",
    "</br>",
    "<img>",
    "<image>",
    "<object>",
    "</object>",
    "<applet>",
    "<marquee>",
    "<iframe>",
    "<noscript>",
    "</noscript>",
    "<xmp>",
    "<ruby>",
    "<rt>",
    "<rtc>",
    "<listing>",
    "<big>",
    "<code>",
    "<em class=k>",
    "</em>",
    "<base>",
    "<link>",
    "<meta charset=x>",
    "<param>",
    "<source>",
    "<area>",
    "<keygen>",
    "<plaintext>",
    "<custom>",
    "</custom>",
    " class=a",
    " CLASS='b'",
    " id=\"c\"",
    " href=d&e",
    " style",
    " data-x=y",
    " x/y",
    "/>",
];

/// A page: a few seeds, joined, cut, repeated, and strewn with pieces.
pub fn page(chance: &mut Chance) -> String {
    let mut page = String::new();
    for _ in 0..1 + chance.below(2) {
        page.push_str(chance.pick(SEEDS));
    }
    for _ in 0..chance.below(9) {
        mutate(&mut page, chance);
    }
    page
}

fn mutate(page: &mut String, chance: &mut Chance) {
    let at = boundary(page, chance);
    match chance.below(9) {
        0..=3 => page.insert_str(at, chance.pick(PIECES)),
        4 => {
            let end = boundary(page, chance).min(at + 12).max(at);
            let end = (at..=end).rev().find(|end| page.is_char_boundary(*end)).unwrap_or(at);
            page.replace_range(at..end, "");
        }
        5 => {
            // Swap what stands before and behind: end tags come first.
            let tail = page.split_off(at);
            page.insert_str(0, &tail);
        }
        6 => {
            let end = boundary(page, chance).max(at);
            let copy = page[at..end].to_string();
            if copy.len() < 200 {
                page.insert_str(at, &copy);
            }
        }
        7 => page.truncate(at),
        _ => {
            let piece = chance.pick(PIECES);
            for _ in 0..1 + chance.below(5) {
                page.insert_str(at, piece);
            }
        }
    }
}

fn boundary(page: &str, chance: &mut Chance) -> usize {
    let mut at = chance.below(page.len() + 1);
    while !page.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// All seeds, as they are.
#[allow(dead_code, reason = "not all tests ask for them")]
pub fn seeds() -> impl Iterator<Item = &'static str> {
    SEEDS.iter().copied()
}

/// How many mutated pages to try: few by default, more by the environment variable
/// `DEHUSK_MUTATIONS`.
pub fn count() -> usize {
    let wanted = std::env::var("DEHUSK_MUTATIONS").ok().and_then(|count| count.parse().ok());
    wanted.unwrap_or(20_000)
}

/// The first seed to try: with `DEHUSK_SEED`, several runs can share the work.
pub fn first_seed() -> u64 {
    std::env::var("DEHUSK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}
