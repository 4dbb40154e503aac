//! Metadata: each source, each conflict, each refusal.

use dehusk::metadata::{Metadata, PageType, Source};
use dehusk::{Extractor, Page};

const BODY: &str = "<p>The lock was dug by hand in a single dry summer, and the boats that had gone \
    round by the river came through it from the first of October.</p><p>The keeper's house still \
    stands beside it, with its bell, its ledger and a good view of both gates.</p>";

fn page(head: &str, zone: &str) -> Page {
    let html = format!(
        "<html><head><title>The lock that came late</title>{head}</head><body><main><article>\
         <h1>The lock that came late</h1>{zone}{BODY}</article></main></body></html>"
    );
    Extractor::new()
        .with_url("https://canal.example/stories/late-lock")
        .with_today("2024-06-30")
        .extract(&html)
        .unwrap()
}

fn authors(metadata: &Metadata) -> Vec<(&str, &str)> {
    metadata.authors().iter().map(|name| (name.value().as_str(), name.source().name())).collect()
}

fn published(metadata: &Metadata) -> Option<(&str, &str)> {
    let date = metadata.published()?;
    Some((date.value().day(), date.source().name()))
}

/// Each head or line, and the author or date and source that it gives.
#[test]
fn every_source_of_an_author_is_read_and_named() {
    let cases = [
        (r#"<meta name="author" content="Ada Brook">"#, "", "meta"),
        (r#"<meta property="article:author" content="Ada Brook">"#, "", "open-graph"),
        (r#"<meta name="dc.creator" content="Ada Brook">"#, "", "dublin-core"),
        (r#"<meta name="citation_author" content="Brook, Ada">"#, "", "citation"),
        (r#"<meta name="parsely-author" content="Ada Brook">"#, "", "parsely"),
        (
            r#"<script type="application/ld+json">{"@type":"Article","author":{"name":"Ada Brook"}}</script>"#,
            "",
            "json-ld",
        ),
        ("", r#"<p>by <span itemprop="author">Ada Brook</span></p>"#, "microdata"),
        ("", r#"<p><a rel="author" href="/people/ada">Ada Brook</a></p>"#, "byline"),
        ("", "<p class=x>By Ada Brook</p>", "byline"),
        ("", "<p class=x>Von Ada Brook</p>", "byline"),
        ("", "<p class=x>Por Ada Brook</p>", "byline"),
    ];
    for (head, zone, source) in cases {
        let page = page(head, zone);
        assert_eq!(authors(page.metadata()), [("Ada Brook", source)], "{head}{zone}");
    }
}

#[test]
fn a_link_to_the_author_counts_wherever_it_stands() {
    let link = r#"<p>Questions? <a rel="author" href="/people/ada">Ada Brook</a></p>"#;
    let html = format!(
        "<title>Late locks</title><article><h1>Late locks</h1>{}{link}</article>",
        BODY.repeat(12)
    );
    let page = Extractor::new().extract(&html).unwrap();
    assert_eq!(authors(page.metadata()), [("Ada Brook", "rel-author")]);
}

#[test]
fn every_source_of_a_date_is_read_and_named() {
    let cases = [
        (
            r#"<meta property="article:published_time" content="2023-04-05T10:00:00Z">"#,
            "",
            "open-graph",
        ),
        (r#"<meta name="date" content="2023-04-05">"#, "", "meta"),
        (r#"<meta name="dcterms.issued" content="2023-04-05">"#, "", "dublin-core"),
        (r#"<meta name="citation_publication_date" content="2023/04/05">"#, "", "citation"),
        (r#"<meta name="parsely-pub-date" content="2023-04-05">"#, "", "parsely"),
        (
            r#"<script type="application/ld+json">{"@type":"Article","datePublished":"2023-04-05"}</script>"#,
            "",
            "json-ld",
        ),
        (
            "",
            r#"<p><span itemprop="datePublished" content="2023-04-05">5 April</span></p>"#,
            "microdata",
        ),
        ("", r#"<p><time datetime="2023-04-05">April 5</time></p>"#, "time"),
        ("", "<p class=x>Published 5 April 2023</p>", "byline"),
        ("", "<p class=x>Veröffentlicht am 5. April 2023</p>", "byline"),
        ("", "<p class=x>Publié le 5 avril 2023</p>", "byline"),
        ("", "<p class=x>2023年4月5日 发布</p>", "byline"),
    ];
    for (head, zone, source) in cases {
        let page = page(head, zone);
        assert_eq!(published(page.metadata()), Some(("2023-04-05", source)), "{head}{zone}");
    }
}

#[test]
fn json_ld_is_read_as_people_write_it() {
    let scripts = [
        // A graph, of which the site is no article.
        r#"{"@graph":[{"@type":"WebSite","name":"Canal"},{"@type":"NewsArticle","author":[{"name":"Ada Brook"}]}]}"#,
        // A list, a comment, a comma too many.
        r#"[{"@type":["Article"],/* who */"author":{"@type":"Person","name":"Ada Brook",},},]"#,
        // Entities in the value.
        r#"{"@type":"Article","author":{"name":"Ada&#32;Brook"}}"#,
        // Wrapped as old templates do.
        "<!--\n{\"@type\":\"Article\",\"author\":\"Ada Brook\"}\n-->",
    ];
    for script in scripts {
        let page = page(&format!("<script type=\"application/ld+json\">{script}</script>"), "");
        assert_eq!(authors(page.metadata()), [("Ada Brook", "json-ld")], "{script}");
    }
}

#[test]
fn an_author_is_not_taken_from_a_comment_or_a_card() {
    let html = format!(
        "<title>The lock that came late</title><article><h1>The lock that came late</h1>{BODY}</article>\
         <section class=comments><div class=comment><span class=author>marsh frog</span>\
         <p>My uncle's phone is in there still.</p></div></section>\
         <aside class=related><article><h3>Weirs</h3><p>By Cecily Umber</p></article></aside>"
    );
    let page = Extractor::new().extract(&html).unwrap();
    assert!(page.metadata().authors().is_empty(), "{:?}", page.metadata().authors());
}

#[test]
fn dates_that_are_not_the_pages_are_refused() {
    let refused = [
        // In the future of the day of reading.
        (r#"<meta name="date" content="2024-09-01">"#, ""),
        // Older than the web.
        (r#"<meta name="date" content="1873-04-05">"#, ""),
    ];
    for (head, zone) in refused {
        assert_eq!(published(page(head, zone).metadata()), None, "{head}{zone}");
    }
    let html = format!(
        "<title>The lock that came late</title><article><h1>The lock that came late</h1>{BODY}</article>\
         <section class=comments><div class=comment><time datetime=2022-01-02>2 January</time>\
         <p>Mine too.</p></div></section>\
         <aside class=related><h3>Weirs</h3><time datetime=2021-01-02>2 January</time></aside>\
         <footer>© 2019 Canal &amp; Company</footer>"
    );
    let page = Extractor::new().extract(&html).unwrap();
    assert_eq!(published(page.metadata()), None);
}

#[test]
fn where_somebody_is_named_a_byline_far_from_the_title_is_not_heard() {
    let far = BODY.repeat(30) + "<p>By Ben Shore</p>";
    let read = |head: &str| {
        let html = format!(
            "{head}<meta property=og:type content=article><title>The late lock</title>\
             <article><h1>The late lock</h1>{far}</article>"
        );
        let page = Extractor::new().extract(&html).unwrap();
        let byline = page.metadata().byline().map(|line| line.value().clone());
        (authors(page.metadata()).first().map(|(name, _)| name.to_string()), byline)
    };
    let some = |text: &str| Some(text.to_string());
    assert_eq!(
        read("<meta name=author content='Ada Brook'>"),
        (some("Ada Brook"), some("Ada Brook"))
    );
    assert_eq!(read(""), (some("Ben Shore"), some("By Ben Shore")));
}

#[test]
fn a_title_is_cut_only_where_the_site_is_named() {
    let title = |head: &str| {
        let html = format!("{head}<article>{BODY}</article>");
        let page = Extractor::new().extract(&html).unwrap();
        page.metadata().title().map(|title| title.value().clone()).unwrap_or_default()
    };
    assert_eq!(
        title(
            "<title>Gates - how they close | Canal</title><meta property=og:site_name content=Canal>"
        ),
        "Gates - how they close"
    );
    assert_eq!(title("<title>Gates - how they close</title>"), "Gates - how they close");
}

#[test]
fn the_declared_date_wins_over_one_in_the_address() {
    let html = format!(
        "<meta property=article:published_time content=2023-04-05><title>Gates</title>\
         <article><h1>Gates</h1>{BODY}</article>"
    );
    let page =
        Extractor::new().with_url("https://canal.example/2021/01/02/gates").extract(&html).unwrap();
    assert_eq!(published(page.metadata()), Some(("2023-04-05", "open-graph")));
    let bare = html.replace("<meta property=article:published_time content=2023-04-05>", "");
    let page =
        Extractor::new().with_url("https://canal.example/2021/01/02/gates").extract(&bare).unwrap();
    assert_eq!(published(page.metadata()), Some(("2021-01-02", "url")));
}

#[test]
fn the_rest_is_told_with_its_source() {
    let page = page(
        r#"<meta name="twitter:description" content="Of a lock."><meta property="og:locale" content="en_GB">
        <link rel="shortcut icon" sizes="16x16" href="/small.png"><link rel="icon" sizes="64x64" href="/large.png">
        <link rel="alternate" type="application/atom+xml" title="All" href="feed">
        <script type="application/ld+json">{"@type":"Article","image":{"url":"/lock.jpg"},
        "articleSection":"History","keywords":"locks, canals","isAccessibleForFree":"False"}</script>"#,
        "",
    );
    let about = page.metadata();
    let told = |value: Option<&dehusk::metadata::Sourced<String>>| {
        value.map(|value| (value.value().clone(), value.source()))
    };
    let is = |value: &str, source| Some((value.to_string(), source));
    assert_eq!(told(about.description()), is("Of a lock.", Source::Twitter));
    assert_eq!(told(about.language()), is("en-GB", Source::OpenGraph));
    assert_eq!(told(about.favicon()), is("https://canal.example/large.png", Source::Link));
    assert_eq!(told(about.image()), is("https://canal.example/lock.jpg", Source::JsonLd));
    assert_eq!(told(about.section()), is("History", Source::JsonLd));
    let tags: Vec<&str> = about.tags().iter().map(|tag| tag.value().as_str()).collect();
    assert_eq!(tags, ["locks", "canals"]);
    assert_eq!(about.paywalled().map(|value| *value.value()), Some(true));
    assert_eq!(about.feeds()[0].url(), "https://canal.example/stories/feed");
    assert_eq!(about.canonical_url(), None);
    assert_eq!(about.page_type().0, PageType::Article);
}
