//! Pages for the benches: of nine kinds and five sizes, made up in the manner of real ones, the
//! same on every run. A folder of other pages takes their place by the variable `DEHUSK_PAGES`.

#[path = "../../tests/parse_support/pages.rs"]
#[allow(dead_code)]
mod files;

use std::path::Path;

/// A page, its kind, and the size that it was made for, in bytes.
#[allow(dead_code, reason = "not all benches ask for all of it")]
pub struct Sample {
    pub kind: &'static str,
    pub size: usize,
    pub html: String,
}

pub const SIZES: [usize; 5] = [2 << 10, 20 << 10, 100 << 10, 500 << 10, 2 << 20];

/// What is repeated on a page.
type Unit = fn(&mut Words, usize) -> String;

/// The kinds: what is repeated, and how many twentieths of the page are menus and scripts.
const KINDS: [(&str, Unit, usize); 9] = [
    ("article", paragraph, 3),
    ("news", story, 8),
    ("thread", post, 2),
    ("documentation", section, 2),
    ("listing", card, 2),
    ("product", feature, 6),
    ("table layout", row, 2),
    ("Chinese", han, 3),
    ("scripts", state, 4),
];

/// The pages of the folder that `DEHUSK_PAGES` names, or those that are made up.
pub fn load() -> Vec<Sample> {
    let Some(folder) = std::env::var_os("DEHUSK_PAGES") else { return generated() };
    let pages = files::files(Path::new(&folder)).into_iter().filter_map(|file| files::read(&file));
    let sample = |html: String| {
        let size = SIZES.into_iter().find(|size| html.len() <= *size).unwrap_or(usize::MAX);
        Sample { kind: "folder", size, html }
    };
    pages.map(sample).collect()
}

fn generated() -> Vec<Sample> {
    let sizes = SIZES.iter().flat_map(|size| KINDS.iter().map(move |kind| (*size, kind)));
    sizes
        .map(|(size, (kind, unit, chrome))| Sample { kind, size, html: page(size, *unit, *chrome) })
        .collect()
}

/// Numbers and words by chance, the same on every run.
pub struct Words(u64);

const VOCABULARY: &str = "the of and to in a is that for it was on are as with they at be this from \
    have or by one had not but what all were when we there can an your which their said if do will \
    each about how up out them then she many some so these would other into has more her two like \
    him see time could no make than first been its who now people my made over did down only way \
    find use may water long little very after words called just where most know ferry lock canal \
    keeper towpath harbour reservoir otter mill sluice gate council engineers closure reopening";

impl Words {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }

    fn sentence(&mut self) -> String {
        let known: Vec<&str> = VOCABULARY.split_ascii_whitespace().collect();
        let count = 6 + self.below(16);
        let words: Vec<&str> = (0..count).map(|_| known[self.below(known.len())]).collect();
        let text = words.join(" ");
        text[..1].to_uppercase() + &text[1..] + "."
    }

    fn sentences(&mut self, count: usize) -> String {
        (0..count).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }
}

fn page(size: usize, unit: Unit, chrome: usize) -> String {
    let mut words = Words(size as u64);
    let title = words.sentence();
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title} | The \
         Lockkeeper</title>\n<meta name=\"description\" content=\"{title}\">\n<link rel=\"stylesheet\" \
         href=\"/assets/site.min.css?v=81\">\n</head>\n<body class=\"single single-post wide\">\n"
    );
    // As on real pages, menus and scripts take a share of the page that grows with it.
    let mut budget = size / 10 * chrome.min(9) / 2;
    html.push_str("<header class=\"site-header\"><nav class=\"menu\"><ul>\n");
    let mut index = 0;
    while budget > 0 && html.len() < size / 3 {
        let before = html.len();
        html.push_str(&match index % 3 {
            0 => format!("<li class=\"menu-item menu-item-{index}\"><a href=\"/topic/{index}\">{}</a></li>\n", &words.sentence()[..12]),
            1 => format!("<script>window.q=window.q||[];q.push({{id:{index},path:'<p>'+'{}'}});</script>\n", words.sentence()),
            _ => format!("<li><a class=\"btn btn--ghost\" data-track=\"nav:{index}\" href=\"/go?to={index}&amp;from=nav\"><svg viewBox=\"0 0 24 24\"><path d=\"M{index} 2L4 8z\"/></svg>More</a></li>\n"),
        });
        budget = budget.saturating_sub(html.len() - before);
        index += 1;
    }
    html.push_str(
        "</ul></nav></header>\n<main id=\"content\"><article class=\"entry-content\">\n<h1>",
    );
    html.push_str(&title);
    html.push_str("</h1>\n");
    let mut index = 0;
    while html.len() + 200 < size || index == 0 {
        html.push_str(&unit(&mut words, index));
        index += 1;
    }
    html.push_str("</article></main>\n<footer class=\"site-footer\"><p>Copyright The Lockkeeper. <a href=\"/privacy\">Privacy</a></p></footer>\n</body>\n</html>\n");
    html
}

fn paragraph(words: &mut Words, index: usize) -> String {
    let (count, start) = (2 + words.below(4), words.sentences(2));
    format!(
        "<p>{start} <a href=\"/a/{index}\">{}</a> <em>and</em> {}</p>\n",
        words.sentence(),
        words.sentences(count)
    )
}

fn story(words: &mut Words, index: usize) -> String {
    let aside = match index % 6 {
        5 => format!(
            "<aside class=\"related\"><h3>Related</h3><ul><li><a href=\"/s/{index}\">{}</a></ul></aside>\n",
            words.sentence()
        ),
        2 => format!(
            "<figure class=\"image\"><img src=\"/i/{index}.jpg\" srcset=\"/i/{index}-2x.jpg 2x\" alt=\"A lock\"><figcaption>{}</figcaption></figure>\n",
            words.sentence()
        ),
        _ => String::new(),
    };
    format!(
        "<p class=\"story-body__text css-1x2y{}\" data-block=\"{index}\">{}</p>\n{aside}",
        index % 7,
        words.sentences(2)
    )
}

fn post(words: &mut Words, index: usize) -> String {
    format!(
        "<div class=\"post\" id=\"p{index}\"><div class=\"post-head\"><a class=\"user\" href=\"/u/{0}\">user{0}</a> \
         <time datetime=\"2024-05-{1:02}\">{1} May 2024</time></div><div class=\"post-body\"><p>{2}</p></div>\
         <div class=\"post-foot\"><a href=\"#reply\">Reply</a> <a href=\"#up\">{0} likes</a></div></div>\n",
        words.below(99),
        1 + words.below(30),
        words.sentences(3)
    )
}

fn section(words: &mut Words, index: usize) -> String {
    format!(
        "<h2 id=\"s{index}\">{}<a class=\"headerlink\" href=\"#s{index}\">¶</a></h2>\n<p>{}</p>\n<pre><code class=\"language-rust\">\
         let lock = Lock::open({index})?;\nassert_eq!(lock.level(), {index});\n</code></pre>\n<ul><li><code>open</code>: {}</li>\
         <li><code>close</code>: {}</li></ul>\n",
        &words.sentence()[..10],
        words.sentences(3),
        words.sentence(),
        words.sentence()
    )
}

fn card(words: &mut Words, index: usize) -> String {
    format!(
        "<div class=\"card col-md-4\"><a href=\"/story/{index}\"><img loading=\"lazy\" data-src=\"/t/{index}.jpg\" alt=\"\">\
         <h3 class=\"card-title\">{}</h3></a><p class=\"excerpt\">{}</p><span class=\"tag\">Canal</span></div>\n",
        words.sentence(),
        words.sentence()
    )
}

fn feature(words: &mut Words, index: usize) -> String {
    format!(
        "<div class=\"feature\"><h3>{}</h3><p>{}</p></div><table class=\"specs\"><tr><th>Width {index}</th><td>{} mm</td></tr>\
         <tr><th>Weight</th><td>{} g</td></tr></table>\n",
        &words.sentence()[..9],
        words.sentences(2),
        words.below(900),
        words.below(9_000)
    )
}

fn row(words: &mut Words, index: usize) -> String {
    format!(
        "<table width=\"100%\" border=0 cellpadding=2><tr bgcolor=\"#eeeeee\"><td width=20><img src=dot.gif><td><font face=\"Arial\" \
         size=2><b>{index}.</b> {}<br><br>{}</font><tr><td colspan=2><hr></table>\n",
        words.sentences(2),
        words.sentences(2)
    )
}

const HAN: &str = "渡船恢复通航上闸对所有船只开放管理员说河道水位正常居民可以沿岸散步市政府将于下周公布新的时刻表";

fn han(words: &mut Words, index: usize) -> String {
    let letters: Vec<char> = HAN.chars().collect();
    let text: String =
        (0..60 + words.below(80)).map(|_| letters[words.below(letters.len())]).collect();
    format!("<p class=\"content-p\"><span>{index}、</span>{text}，{text}。</p>\n")
}

fn state(words: &mut Words, index: usize) -> String {
    format!(
        "<p>{}</p><script type=\"application/json\" id=\"s{index}\">{{\"id\":{index},\"html\":\"\\u003cp\\u003e{}\",\"list\":[{}]}}</script>\
         <style>.c{index}{{color:#{index:06x};margin:0 auto}}</style>\n",
        words.sentence(),
        words.sentences(4),
        "1,2,3,".repeat(20) + "4"
    )
}
