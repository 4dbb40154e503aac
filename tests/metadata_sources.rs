//! Metadata: the title's sources and conflicts, and what names and days are refused.

use dehusk::metadata::Metadata;
use dehusk::{Extractor, Page};

const BODY: &str = "<p>The weir was raised by a hand's breadth in the spring, and since then the \
    meadows on the left bank have stood under water for some weeks of each winter.</p><p>The miller \
    says that it was always so. The parish has a map that shows otherwise.</p>";

fn read(html: &str) -> Page {
    Extractor::new()
        .with_url("https://weirs.example/stories/raised-weir")
        .with_today("2024-06-30")
        .extract(html)
        .unwrap()
}

/// A story with these lines in its head and these below its heading.
fn story(head: &str, zone: &str) -> Page {
    read(&format!(
        "<meta property=og:type content=article>{head}<title>The weir was raised</title><main>\
         <article><h1>The weir was raised</h1>{zone}{BODY}</article></main>"
    ))
}

fn title(metadata: &Metadata) -> Option<(&str, &str)> {
    metadata.title().map(|title| (title.value().as_str(), title.source().name()))
}

fn names(metadata: &Metadata) -> Vec<(&str, &str)> {
    metadata.authors().iter().map(|name| (name.value().as_str(), name.source().name())).collect()
}

fn day(page: &Page) -> Option<(&str, &str)> {
    let date = page.metadata().published()?;
    Some((date.value().day(), date.source().name()))
}

#[test]
fn every_source_of_a_title_is_read_and_named() {
    let cases = [
        ("<meta property=og:title content='The weir was raised'>", "open-graph"),
        (
            "<script type=application/ld+json>{'@type':'Article','headline':'The weir was raised'}</script>",
            "json-ld",
        ),
        ("<meta name=twitter:title content='The weir was raised'>", "twitter"),
        ("<meta name=citation_title content='The weir was raised'>", "citation"),
        ("<meta name=dc.title content='The weir was raised'>", "dublin-core"),
        ("<meta name=parsely-title content='The weir was raised'>", "parsely"),
        ("<meta name=sailthru.title content='The weir was raised'>", "sailthru"),
        ("<title>The weir was raised</title>", "title"),
        ("<h1>The weir was raised</h1>", "heading"),
    ];
    for (markup, source) in cases {
        let markup = markup.replace("{'", "{\"").replace("':'", "\":\"").replace("','", "\",\"");
        let page = read(&format!("{}{BODY}", markup.replace("'}", "\"}")));
        assert_eq!(title(page.metadata()), Some(("The weir was raised", source)), "{markup}");
    }
}

/// The heading against the head.
#[test]
fn the_title_is_the_heading_that_the_head_means() {
    let cases = [
        // Both say the same in other words: the heading is what readers see.
        (
            "<title>Why the weir was raised | Weirs</title><h1>The weir was raised: why?</h1>",
            "The weir was raised: why?",
        ),
        // A heading that names the site, which the title ends with.
        (
            "<title>Raised weirs / Discussion / River Folk Board</title><h1>River Folk</h1>\
             <h3>Raised weirs</h3>",
            "Raised weirs",
        ),
        // A heading that has nothing to do with the head.
        ("<title>How weirs are raised</title><h1>Ask us!</h1>", "How weirs are raised"),
        // Buttons within the heading.
        (
            "<title>Weirs and gates - Weirs</title><h1>Weirs and gates <div>Copy the link \
             to this page</div></h1>",
            "Weirs and gates",
        ),
        // The first of several headings is not the page's.
        (
            "<title>The raised weir</title><h1>Menu of the day</h1><h1>The raised weir</h1>",
            "The raised weir",
        ),
    ];
    for (markup, expected) in cases {
        let page = read(&format!("{markup}{BODY}"));
        assert_eq!(title(page.metadata()).map(|(title, _)| title), Some(expected), "{markup}");
    }
}

#[test]
fn lists_and_landing_pages_are_named_by_their_head() {
    let page = |kind: &str| {
        read(&format!(
            "<meta property=og:type content={kind}><meta property=og:title content='Weirs and \
             gates for small rivers'><h1>Water, tamed by experts</h1>{BODY}"
        ))
    };
    let name = |page: &Page| title(page.metadata()).map(|(title, _)| title.to_string());
    assert_eq!(name(&page("website")).as_deref(), Some("Weirs and gates for small rivers"));
}

#[test]
fn the_site_is_cut_from_a_title_where_another_source_agrees() {
    let cases = [
        // The site's name in other spaces, with a word more, by its first letters.
        ("<title>Raised weirs - Weirs</title>", "Raised weirs"),
        (
            "<meta property=og:site_name content='River Folk'><title>Raised weirs | RiverFolk</title>",
            "Raised weirs",
        ),
        (
            "<meta property=og:site_name content='River Folk'><title>Raised weirs | River Folk UK</title>",
            "Raised weirs",
        ),
        (
            "<meta property=og:site_name content=ratw><title>Raised weirs | Rivers Are The World</title>",
            "Raised weirs",
        ),
        // Another name in the head, or a smaller heading, is the first part alone.
        (
            "<meta property=og:title content='Raised weirs | Basics'>\
             <meta name=twitter:title content='Raised weirs'>",
            "Raised weirs",
        ),
        ("<title>Raised weirs | Basics</title><h2>Raised weirs</h2>", "Raised weirs"),
        // Nobody agrees.
        ("<title>Raised weirs | Basics</title>", "Raised weirs | Basics"),
    ];
    for (head, expected) in cases {
        let page = read(&format!("{head}{BODY}"));
        assert_eq!(title(page.metadata()).map(|(title, _)| title), Some(expected), "{head}");
    }
}

#[test]
fn microformats_rdfa_and_twitter_labels_are_read() {
    let authors = [
        ("", "<p class='p-author h-card'>Ada Brook</p>", "h-card"),
        ("", "<p>By <span class='author vcard'><a class='fn'>Ada Brook</a></span></p>", "h-card"),
        ("", "<div typeof=Article><span property='schema:author'>Ada Brook</span></div>", "rdfa"),
        (
            "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ada Brook'>",
            "",
            "twitter",
        ),
    ];
    for (head, zone, source) in authors {
        let page = story(head, zone);
        assert_eq!(names(page.metadata()), [("Ada Brook", source)], "{head}{zone}");
    }
    let dates = [
        ("<p><time class='dt-published' datetime=2023-04-05>5 April</time></p>", "h-card"),
        ("<p><span property='schema:datePublished' content=2023-04-05>5 April</span></p>", "rdfa"),
    ];
    for (zone, source) in dates {
        assert_eq!(day(&story("", zone)), Some(("2023-04-05", source)), "{zone}");
    }
}

#[test]
fn of_several_days_the_one_that_is_shown_and_labelled_counts() {
    let declared = "<meta property=article:published_time content=2023-04-05T02:00:00Z>";
    let cases = [
        // Declared anew when the page moved.
        (declared, "<p>2 March 2023</p>", "2023-03-02"),
        // The same moment where the page is at home.
        (declared, "<p>4 April 2023, 9 pm EST</p>", "2023-04-04"),
        (
            "",
            "<p><time datetime=2023-04-05T02:00:00Z>4 April 2023, 9 pm EST</time></p>",
            "2023-04-04",
        ),
        // A name and a day that only styles keep apart.
        ("", "<p>By <a class=author>Ada Brook</a><time>April 4, 2023</time></p>", "2023-04-04"),
        // A label goes before what is nearer.
        ("", "<p>3 May 2023</p><p>Published on 4 April 2023</p>", "2023-04-04"),
        // Not the day of the change.
        ("", "<p>Updated 7 May 2023</p><p>4 April 2023</p>", "2023-04-04"),
        // Numbers that could be read either way, and the day written out.
        ("", "<p>04/03/2023</p><footer>Issue of 4 March 2023</footer>", "2023-03-04"),
        ("", "<p>04/03/2023</p>", "2023-04-03"),
        // Read the wrong way round, a shown day would seem to be the earlier one.
        ("<meta name=date content=2023-03-02>", "<p>02/03/2023</p>", "2023-03-02"),
    ];
    for (head, zone, expected) in cases {
        let page = story(head, zone);
        assert_eq!(day(&page).map(|(day, _)| day), Some(expected), "{head}{zone}");
    }
}

#[test]
fn days_of_other_things_are_refused() {
    let zones = [
        // Of a picture, a card, a member, the last answer, a paper's way, a reference.
        "<figure><img src=a.jpg><figcaption>The weir on 4 April 2023.</figcaption></figure>",
        "<a href=/mill><h3>The mill burns</h3><small>By Ben Shore 4 April 2023</small></a>",
        "<p>Joined: 4 April 2023</p>",
        "<dl><dt>Member since</dt><dd>4 April 2023</dd></dl><p>Last post: 4 April 2023</p>",
        "<p>Submitted <time datetime=2023-04-04>4 April</time></p>",
    ];
    for zone in &zones[..3] {
        assert_eq!(day(&story("", zone)), None, "{zone}");
    }
    let declared = "<meta property=article:published_time content=2023-08-09>";
    for zone in zones {
        let page = story(declared, zone);
        assert_eq!(day(&page), Some(("2023-08-09", "open-graph")), "{zone}");
        assert!(names(page.metadata()).is_empty(), "{zone}");
    }
    let reference = format!(
        "{}<p>Lee A, Ray B. Of weirs. J Riv. Published online May 4, 2023.</p>",
        BODY.repeat(20)
    );
    assert_eq!(day(&story("", &reference)), None);
}

#[test]
fn a_day_far_from_the_title_is_heard_where_it_is_labelled() {
    let far = |line: &str| story("", &(BODY.repeat(20) + line));
    for line in [
        "<p>Posted on the 5/4/2023 at 19:00. On 5 April 2023 it rained.</p>",
        "<p>Published</p><p>5 April 2023</p>",
        "<div>Written by Ada Brook</div><div>5 April 2023</div>",
    ] {
        assert_eq!(day(&far(line)).map(|(day, _)| day), Some("2023-04-05"), "{line}");
    }
    assert_eq!(day(&far("<p>It rained on 5 April 2023.</p>")), None);
}
