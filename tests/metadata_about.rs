//! Metadata beside the title: each source of each value, which goes first, and what is refused.

use dehusk::metadata::{Metadata, PageType, Sourced};
use dehusk::{Extractor, Page};

const BODY: &str = "<p>The ferry crosses at slack water only, and in a strong east wind not at all. \
    On the far bank a bell hangs for those who wait.</p><p>In the year of the flood it rang for two \
    days before anybody heard it, and the ferryman has slept badly since.</p>";

fn read_at(url: &str, html: &str) -> Page {
    Extractor::new().with_url(url).with_today("2024-06-30").extract(html).unwrap()
}

/// A story with these lines in its head and these below its heading.
fn story(head: &str, zone: &str) -> Page {
    let html = format!(
        "<html><head><meta property=og:type content=article><title>The ferry</title>{head}</head>\
         <body><main><article><h1>The ferry</h1>{zone}{BODY}</article></main></body></html>"
    );
    read_at("https://ferry.example/stories/bell", &html)
}

fn linked(members: &str) -> String {
    format!(r#"<script type="application/ld+json">{{"@type":"Article",{members}}}</script>"#)
}

type Field = for<'m> fn(&'m Metadata) -> Option<&'m Sourced<String>>;

/// Reads heads of which each, if not overruled, names the value's source; in this order, each one
/// goes before those behind it. Some sources stand in the body.
fn assert_order(field: Field, sources: &[(&str, &str, &str, &str)]) {
    let told = |head: &str, zone: &str| {
        let page = story(head, zone);
        let value = field(page.metadata());
        value.map(|value| (value.value().clone(), value.source().name()))
    };
    for (at, (head, zone, value, source)) in sources.iter().enumerate() {
        let expected = Some((value.to_string(), *source));
        assert_eq!(told(head, zone), expected, "{head}{zone}");
        // The later ones stand first on the page.
        let (mut heads, mut zones) = (String::new(), String::new());
        for (head, zone, _, _) in sources[at..].iter().rev() {
            heads += head;
            zones += zone;
        }
        assert_eq!(told(&heads, &zones), expected, "{heads}{zones}");
    }
    assert_eq!(told("", ""), None);
}

#[test]
fn descriptions() {
    let json = linked(r#""description":"Of a bell &amp; a boat""#);
    assert_order(
        Metadata::description,
        &[
            ("<meta name=description content='Of a bell'>", "", "Of a bell", "meta"),
            ("<meta property=og:description content='Of a boat'>", "", "Of a boat", "open-graph"),
            (&json, "", "Of a bell & a boat", "json-ld"),
            ("<meta name=twitter:description content=Short>", "", "Short", "twitter"),
            ("<meta name=dc.description content=Dry>", "", "Dry", "dublin-core"),
        ],
    );
}

#[test]
fn site_names() {
    let site =
        r#"<script type="application/ld+json">{"@type":"WebSite","name":"River Folk"}</script>"#;
    let publisher = linked(r#""publisher":{"@type":"Organization","name":"Ferry Press"}"#);
    assert_order(
        Metadata::site_name,
        &[
            ("<meta property=og:site_name content=Ferries>", "", "Ferries", "open-graph"),
            (site, "", "River Folk", "json-ld"),
            (&publisher, "", "Ferry Press", "json-ld"),
            ("<meta name=application-name content=Fähre>", "", "Fähre", "meta"),
            ("<meta name=apple-mobile-web-app-title content=渡船>", "", "渡船", "meta"),
            ("<meta name=dc.publisher content=Bac>", "", "Bac", "dublin-core"),
            ("<meta name=citation_publisher content=Brod>", "", "Brod", "citation"),
        ],
    );
}

#[test]
fn addresses() {
    assert_order(
        Metadata::canonical_url,
        &[
            ("<link rel=canonical href=/bell>", "", "https://ferry.example/bell", "link"),
            (
                "<meta property=og:url content=/boat?x=1>",
                "",
                "https://ferry.example/boat?x=1",
                "open-graph",
            ),
        ],
    );
    let json = linked(r#""image":[{"@type":"ImageObject","url":"/json.jpg"}]"#);
    assert_order(
        Metadata::image,
        &[
            (
                "<meta property=og:image content=/og.jpg>",
                "",
                "https://ferry.example/og.jpg",
                "open-graph",
            ),
            (&json, "", "https://ferry.example/json.jpg", "json-ld"),
            (
                "<meta name=twitter:image content=/twitter.jpg>",
                "",
                "https://ferry.example/twitter.jpg",
                "twitter",
            ),
            (
                "",
                "<div itemscope itemtype=https://schema.org/Article><img itemprop=image \
                 src=/micro.jpg></div>",
                "https://ferry.example/micro.jpg",
                "microdata",
            ),
            ("<link rel=image_src href=/link.jpg>", "", "https://ferry.example/link.jpg", "link"),
        ],
    );
    assert_order(
        Metadata::favicon,
        &[
            (
                "<link rel='shortcut icon' href=/icon.png>",
                "",
                "https://ferry.example/icon.png",
                "link",
            ),
            ("<link rel=apple-touch-icon href=/a.png>", "", "https://ferry.example/a.png", "link"),
        ],
    );
}

#[test]
fn pictures_of_people_and_data_are_no_lead_images() {
    for zone in [
        "<div itemscope itemtype=https://schema.org/Person><img itemprop=image src=/ada.jpg></div>",
        "<div typeof=schema:Organization><img property=image src=/sign.png></div>",
        "<div itemscope itemtype=https://schema.org/Review><img itemprop=image src=/r.jpg></div>",
        "<div itemscope itemtype=https://schema.org/Article><img itemprop=image src=data:x></div>",
    ] {
        assert!(story("", zone).metadata().image().is_none(), "{zone}");
    }
}

#[test]
fn sections_and_licences() {
    let json = linked(r#""articleSection":["Rivers","Boats"]"#);
    let item = "<div itemscope itemtype=https://schema.org/Article>\
                <span itemprop=articleSection>Banks</span></div>";
    let rdfa = "<div typeof=schema:Article><b property=schema:articleSection>Fjell</b></div>";
    assert_order(
        Metadata::section,
        &[
            ("<meta property=article:section content=Flüsse>", "", "Flüsse", "open-graph"),
            (&json, "", "Rivers", "json-ld"),
            ("", item, "Banks", "microdata"),
            ("<meta name=parsely-section content=Fleuves>", "", "Fleuves", "parsely"),
            ("<meta name=section content=Rios>", "", "Rios", "meta"),
        ],
    );
    let section = |page: &Page| page.metadata().section().map(|section| section.source().name());
    assert_eq!(section(&story("", rdfa)), Some("rdfa"));
    let json = linked(r#""license":"https://licence.example/json""#);
    let by = "https://licence.example/by";
    assert_order(
        Metadata::licence,
        &[
            ("<link rel=license href=https://licence.example/by>", "", by, "link"),
            ("", "<a rel=license href=https://licence.example/by>Free to use</a>", by, "link"),
            (&json, "", "https://licence.example/json", "json-ld"),
            ("<meta name=dc.rights content='All rights'>", "", "All rights", "dublin-core"),
        ],
    );
}

#[test]
fn languages_are_tags_and_nothing_else() {
    let language = |html: &str| {
        let page = read_at("https://ferry.example/", &format!("{html}{BODY}"));
        let language = page.metadata().language();
        language.map(|value| (value.value().clone(), value.source().name()))
    };
    let json =
        r#"<script type="application/ld+json">{"@type":"Article","inLanguage":"sv"}</script>"#;
    for (html, tag, source) in [
        ("<html lang=pt-BR>", "pt-BR", "attribute"),
        ("<html lang=de><meta property=og:locale content=fr_FR>", "de", "attribute"),
        ("<html lang=''><meta property=og:locale content=fr_FR>", "fr-FR", "open-graph"),
        ("<html lang='{{ locale }}'><meta property=og:locale content=nb>", "nb", "open-graph"),
        ("<meta http-equiv=content-language content='ja, en'>", "ja", "meta"),
        ("<meta name=dc.language content=el>", "el", "dublin-core"),
        (json, "sv", "json-ld"),
    ] {
        assert_eq!(language(html), Some((tag.to_string(), source)), "{html}");
    }
    assert_eq!(language("<html lang=english>"), None);
}

#[cfg(feature = "language")]
#[test]
fn the_language_of_the_content_is_told_from_its_words() {
    let page = read_at(
        "https://ferry.example/",
        "<html lang=en><article><h1>Die Fähre</h1><p>Die Fähre setzt nur bei Stauwasser über, und \
         bei starkem Ostwind gar nicht. Am anderen Ufer hängt eine Glocke für alle, die dort \
         warten müssen.</p></article>",
    );
    assert_eq!(page.metadata().language().unwrap().value(), "en");
    assert_eq!(page.detected_language(), Some("deu"));
}

#[test]
fn tags_come_from_the_best_source_alone() {
    let json = linked(r#""keywords":["json","ld, bell"]"#);
    let sources = [
        (
            "<meta property=article:tag content=og><meta property=article:tag content=bell>",
            "",
            "open-graph",
            "og",
        ),
        (&*json, "", "json-ld", "json"),
        ("<meta name=parsely-tags content='parsely,bell'>", "", "parsely", "parsely"),
        (
            "",
            "<p><a rel=tag href=/t/link>link</a> <a rel=tag href=/t/bell>bell</a></p>",
            "link",
            "link",
        ),
        ("<meta name=news_keywords content='news; bell'>", "", "meta", "news"),
        ("<meta name=keywords content='clé， bell, CLÉ, bell'>", "", "meta", "clé"),
    ];
    for at in 0..sources.len() {
        let heads: String = sources[at..].iter().rev().map(|(head, ..)| *head).collect();
        let zones: String = sources[at..].iter().map(|(_, zone, ..)| *zone).collect();
        let page = story(&heads, &zones);
        let tags = page.metadata().tags();
        let (_, _, source, first) = sources[at];
        assert_eq!(tags[0].value(), first, "{tags:?}");
        assert_eq!(tags.last().unwrap().value(), if at == 5 { "CLÉ" } else { "bell" });
        assert!(tags.iter().all(|tag| tag.source().name() == source), "{tags:?}");
    }
}

#[test]
fn walls_and_feeds() {
    let wall = |head: &str| {
        let page = story(head, "");
        let wall = page.metadata().paywalled();
        wall.map(|wall| (*wall.value(), wall.source().name()))
    };
    let tier = |tier: &str| wall(&format!("<meta property=article:content_tier content={tier}>"));
    assert_eq!(wall(&linked(r#""isAccessibleForFree":false"#)), Some((true, "json-ld")));
    assert_eq!(wall(&linked(r#""isAccessibleForFree":"True""#)), Some((false, "json-ld")));
    assert_eq!(tier("free"), Some((false, "open-graph")));
    assert_eq!(tier("metered"), Some((true, "open-graph")));
    assert_eq!(tier("unheard-of"), None);
    assert_eq!(wall(""), None);
    let page = story(
        "<link rel=alternate hreflang=de href=/de><link rel=stylesheet type=application/rss+xml \
         href=/no><link rel=alternate type=application/rss+xml title='Neues &amp; Altes' href=/rss>\
         <link rel=ALTERNATE type=application/feed+json href=https://feed.example/json>",
        "",
    );
    let feeds: Vec<(&str, &str)> =
        page.metadata().feeds().iter().map(|feed| (feed.url(), feed.title())).collect();
    assert_eq!(
        feeds,
        [("https://ferry.example/rss", "Neues & Altes"), ("https://feed.example/json", "")]
    );
}

#[test]
fn pages_of_each_type_are_told_apart() {
    let thing = |kind: &str| {
        format!(r#"<script type="application/ld+json">{{"@type":"{kind}","name":"A"}}</script>"#)
    };
    let cases = [
        (
            "https://ferry.example/blog/how-the-bell-came-to-the-far-bank",
            thing("BlogPosting"),
            PageType::Article,
        ),
        (
            "https://forum.ferry.example/thread/bell",
            thing("DiscussionForumPosting"),
            PageType::Forum,
        ),
        ("https://docs.ferry.example/manual/bell", String::new(), PageType::Documentation),
        ("https://ferry.example/products/bell", thing("Product"), PageType::Product),
        ("https://ferry.example/services/crossing", thing("WebPage"), PageType::Service),
        ("https://ferry.example/directory/top", thing("ItemList"), PageType::Listing),
        (
            "https://shop.ferry.example/collections/bells",
            thing("CollectionPage"),
            PageType::Collection,
        ),
    ];
    for (url, head, expected) in cases {
        let page = read_at(url, &format!("<title>Bells</title>{head}<h1>Bells</h1>{BODY}"));
        let (found, probability) = page.metadata().page_type();
        assert_eq!(found, expected, "{url}");
        assert!((0.4..=1.0).contains(&probability), "{url}: {probability}");
    }
    assert_eq!(Metadata::default().page_type(), (PageType::Other, 0.0));
}

fn modified(page: &Page) -> Option<(&str, &str)> {
    let date = page.metadata().modified()?;
    Some((date.value().day(), date.source().name()))
}

#[test]
fn the_day_of_a_change_has_sources_of_its_own() {
    let json = linked(r#""datePublished":"2023-04-05","dateModified":"2023-05-01""#);
    let page_json = r#"<script type="application/ld+json">{"@type":"WebPage","dateModified":"2023-05-04"}</script>"#;
    let item = "<p itemscope itemtype=https://schema.org/Article><time itemprop=dateModified \
                datetime=2023-05-03>3 May</time></p>";
    let sources = [
        (&*json, "", "2023-05-01", "json-ld"),
        (
            "<meta property=article:modified_time content=2023-05-02>",
            "",
            "2023-05-02",
            "open-graph",
        ),
        ("<meta name=dc.date.modified content=2023-05-02>", "", "2023-05-02", "dublin-core"),
        ("", item, "2023-05-03", "microdata"),
        (page_json, "", "2023-05-04", "json-ld"),
        ("", "<p>Zuletzt aktualisiert am 5. Mai 2023</p>", "2023-05-05", "byline"),
    ];
    for at in 0..sources.len() {
        let heads: String = sources[at..].iter().rev().map(|(head, ..)| *head).collect();
        let zones: String = sources[at..].iter().rev().map(|(_, zone, ..)| *zone).collect();
        let page = story(&heads, &zones);
        let (head, zone, day, source) = sources[at];
        assert_eq!(modified(&page), Some((day, source)), "{head}{zone}");
    }
    for line in [
        "Updated 5 May 2023",
        "Mis à jour le 5 mai 2023",
        "Aggiornato il 5 maggio 2023",
        "Actualizado: 5 de mayo de 2023",
        "Обновлено 5 мая 2023",
        "更新：2023年5月5日",
    ] {
        let page = story("", &format!("<p>5 April 2023</p><p>{line}</p>"));
        assert_eq!(modified(&page), Some(("2023-05-05", "byline")), "{line}");
        assert_eq!(page.metadata().published().unwrap().value().day(), "2023-04-05", "{line}");
    }
}

#[test]
fn a_date_is_told_as_written_and_with_its_zone() {
    for (zone, written, iso) in [
        ("<p>Am 5. April 2023</p>", "5. April 2023", "2023-04-05"),
        ("<p>2023年4月5日 10:20</p>", "2023年4月5日 10:20", "2023-04-05T10:20:00"),
        (
            "<p>5 April 2023, 9:00 pm EST</p>",
            "5 April 2023, 9:00 pm EST",
            "2023-04-05T21:00:00-05:00",
        ),
        (
            "<p><time datetime=2023-04-05T23:30:00+09:00>4月5日</time></p>",
            "4月5日",
            "2023-04-05T23:30:00+09:00",
        ),
    ] {
        let page = story("", zone);
        let date = page.metadata().published().unwrap().value();
        assert_eq!((date.written(), date.iso()), (written, iso), "{zone}");
    }
}

#[test]
fn bylines_and_days_of_many_languages_are_read() {
    for (line, name, day) in [
        ("Von Ada Brook, 5. April 2023", "Ada Brook", "2023-04-05"),
        ("Par Ada Brook le 5 avril 2023", "Ada Brook", "2023-04-05"),
        ("Por Ada Brook | 5 de abril de 2023", "Ada Brook", "2023-04-05"),
        ("di Ada Brook - 5 aprile 2023", "Ada Brook", "2023-04-05"),
        ("Door Ada Brook · 5 april 2023", "Ada Brook", "2023-04-05"),
        ("Автор: Ада Брук, 5 апреля 2023", "Ада Брук", "2023-04-05"),
        ("Autor: Ada Brook • 5 kwietnia 2023", "Ada Brook", "2023-04-05"),
        ("Av Ada Brook – 5 april 2023", "Ada Brook", "2023-04-05"),
        ("Yazan: Ada Brook, 5 Nisan 2023", "Ada Brook", "2023-04-05"),
        ("作者：李安 2023年4月5日", "李安", "2023-04-05"),
    ] {
        let page = story("", &format!("<p class=x>{line}</p>"));
        let names: Vec<&String> = page.metadata().authors().iter().map(|a| a.value()).collect();
        assert_eq!(names, [name], "{line}");
        let published = page.metadata().published().map(|date| date.value().day());
        assert_eq!(published, Some(day), "{line}");
        assert_eq!(page.metadata().byline().unwrap().value(), line);
    }
}

fn names(page: &Page) -> Vec<(&str, &str)> {
    let authors = page.metadata().authors().iter();
    authors.map(|name| (name.value().as_str(), name.source().name())).collect()
}

#[test]
fn of_several_claims_to_authorship_the_best_counts() {
    let json = linked(r#""author":[{"name":"Ada Brook"},{"name":"Ben Shore"}]"#);
    let item =
        "<p itemscope itemtype=https://schema.org/Article><b itemprop=author>Dee Weir</b></p>";
    let sources = [
        (&*json, "", "Ada Brook", "json-ld"),
        ("<meta name=citation_author content='Reed, Cai'>", "", "Cai Reed", "citation"),
        ("<meta name=parsely-author content='Eve Lock'>", "", "Eve Lock", "parsely"),
        ("<meta name=sailthru.author content='Fay Mill'>", "", "Fay Mill", "sailthru"),
        ("<meta name=author content='Gil Ford'>", "", "Gil Ford", "meta"),
        ("<meta name=dc.creator content='Hal Pool'>", "", "Hal Pool", "dublin-core"),
        ("", item, "Dee Weir", "microdata"),
        ("", "<p>By Ivy Bank</p>", "Ivy Bank", "byline"),
    ];
    for at in 0..sources.len() {
        let heads: String = sources[at..].iter().rev().map(|(head, ..)| *head).collect();
        let zones: String = sources[at..].iter().rev().map(|(_, zone, ..)| *zone).collect();
        let page = story(&heads, &zones);
        let (_, _, name, source) = sources[at];
        assert_eq!(names(&page)[0], (name, source), "{heads}{zones}");
    }
    // The site's own name gives way to a person, and stands where there is none.
    let site =
        "<meta property=og:site_name content='River Folk'><meta name=author content='River Folk'>";
    assert_eq!(names(&story(site, "<p>By Ivy Bank</p>")), [("Ivy Bank", "byline")]);
    assert_eq!(names(&story(site, "")), [("River Folk", "meta")]);
    // A line far from the title.
    let far = BODY.repeat(20) + "<p>Written by Ivy Bank</p>";
    assert_eq!(names(&story("", &far)), [("Ivy Bank", "markup")]);
}

#[test]
fn what_is_no_name_is_refused() {
    for head in [
        "<meta name=author content=admin>",
        "<meta name=author content='https://ferry.example/ada'>",
        "<meta property=article:author content='https://www.facebook.com/ada'>",
        "<meta name=author content=ada@ferry.example>",
        "<meta name=author content='   '>",
    ] {
        assert!(names(&story(head, "")).is_empty(), "{head}");
    }
    for zone in [
        "<p>By the numbers: a look back!</p>",
        "<p>By signing up you agree to all of it</p>",
        "<a href=/mill><h3>The mill burns</h3><small>By Ben Shore</small></a>",
        "<div class=related-stories><p>By Ben Shore</p></div>",
        "<template><p>By Ben Shore</p></template>",
    ] {
        assert!(names(&story("", zone)).is_empty(), "{zone}");
    }
    // Authors of listed and commenting things are not the page's.
    let parts = linked(
        r#""comment":[{"@type":"Comment","author":{"name":"Ben Shore"}}],
        "hasPart":{"@type":"Article","author":{"name":"Cai Reed"},"datePublished":"2023-04-05"}"#,
    );
    let page = story(&parts, "");
    assert!(names(&page).is_empty() && page.metadata().published().is_none());
}

#[test]
fn days_in_the_rest_of_the_sources() {
    for (head, zone, source) in [
        ("<meta name=sailthru.date content='Wed, 05 Apr 2023 10:00:00 GMT'>", "", "sailthru"),
        (&*linked(r#""dateCreated":"2023-04-05""#), "", "json-ld"),
        ("<meta name=x-first-published content=2023-04-05>", "", "meta"),
        (
            r#"<script type="application/ld+json">{"@type":"WebPage","datePublished":"2023-04-05"}</script>"#,
            "",
            "json-ld",
        ),
        ("", &*(BODY.repeat(20) + "<p>Published: 5 April 2023</p>"), "markup"),
    ] {
        let page = story(head, zone);
        let published = page.metadata().published();
        let told = published.map(|date| (date.value().day(), date.source().name()));
        assert_eq!(told, Some(("2023-04-05", source)), "{head}");
    }
    // Neither a change, nor an event, nor a day of two, nor half of one.
    for head in [
        "<meta name=x-last-updated content=2023-04-05>",
        "<meta name=event-date content=2023-04-05>",
        "<meta name=date content='April 2023'>",
        "<meta name=date content='31 February 2023'>",
    ] {
        assert!(story(head, "").metadata().published().is_none(), "{head}");
    }
    let times = "<p><time datetime=2023-04-05>5</time></p>".to_string()
        + &BODY.repeat(20)
        + "<footer>© 2023-04-05 Ferry Press</footer>";
    assert_eq!(story("", &times).metadata().published().unwrap().value().day(), "2023-04-05");
    let footer = BODY.repeat(20) + "<p>© 5 April 2023 Ferry Press</p>";
    assert!(story("", &footer).metadata().published().is_none());
}

#[test]
fn json_ld_that_is_broken_tells_what_it_can() {
    for (script, expected) in [
        (r#"{"@type":"Article","author":{"name":"Ada Brook"},"headline":"The f"#, true),
        (
            r#"{&quot;@type&quot;:&quot;Article&quot;,&quot;author&quot;:&quot;Ada Brook&quot;}"#,
            true,
        ),
        ("{'@type':'Article','author':'Ada Brook'}", true),
        (
            r##"{"@graph":[{"@type":"Article","author":{"@id":"#ada"}},{"@type":"Person","@id":"#ada","name":"Ada Brook"}]}"##,
            true,
        ),
        (r#"{"@type":"Article","author":{"name":"Ada Brook"}} // by hand"#, true),
        ("not JSON at all", false),
    ] {
        let page = story(&format!("<script type='application/ld+json'>{script}</script>"), "");
        assert_eq!(names(&page) == [("Ada Brook", "json-ld")], expected, "{script}");
    }
}
