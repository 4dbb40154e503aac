//! Answers to pages that are not articles, and the options that a caller has.

use dehusk::score::Model;
use dehusk::{BlockClass, Error, Extractor, FoundIn, Limits, Mode, NoContent, Outcome};

fn reason(bytes: &[u8]) -> Option<NoContent> {
    match Extractor::new().extract_bytes(bytes).unwrap().outcome() {
        Outcome::NoContent { reason } => Some(reason),
        _ => None,
    }
}

#[test]
fn a_page_without_content_says_why() {
    assert_eq!(reason(b""), Some(NoContent::Empty));
    assert_eq!(reason(b" \n\t "), Some(NoContent::Empty));
    assert_eq!(reason(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some(NoContent::Binary));
    assert_eq!(reason(b"<html><body><img src=a.png></body></html>"), Some(NoContent::NoText));
    let shell = b"<div id=root></div><script src=/app.js></script>";
    assert_eq!(reason(shell), Some(NoContent::ScriptShell));
}

#[test]
fn plain_text_is_given_back_in_paragraphs() {
    let page = Extractor::new().extract("One line\nand another.\n\n\n2 < 3, is it not?\n").unwrap();
    assert_eq!(page.text(), "One line\nand another.\n\n2 < 3, is it not?");
    assert_eq!(page.outcome(), Outcome::Content { found_in: FoundIn::PlainText });
}

#[test]
fn a_body_that_is_only_in_json_ld_is_found_there() {
    let body = "The mill wheel turned again on Sunday after a winter of repairs. ".repeat(6);
    let html = format!(
        "<title>Mill</title><script type='application/ld+json'>\
         {{\"@type\":\"NewsArticle\",\"articleBody\":\"{body}\"}}</script><div id=app></div>"
    );
    let page = Extractor::new().extract(&html).unwrap();
    assert_eq!(page.outcome(), Outcome::Content { found_in: FoundIn::JsonLd });
    assert!(page.text().contains("after a winter of repairs"));
}

/// The state of a page whose editor's document has a paragraph for each of the texts.
fn state(texts: &[String]) -> String {
    let paragraph = |text: &String| {
        format!(
            "{{\"type\":\"paragraph\",\"content\":[{{\"type\":\"text\",\"value\":\"{text}\"}}]}}"
        )
    };
    let paragraphs: Vec<String> = texts.iter().map(paragraph).collect();
    format!(
        "<script id=__NEXT_DATA__ type=application/json>{{\"story\":{{\"body\":{{\"content\":[{}]}}}}}}\
         </script>",
        paragraphs.join(",")
    )
}

#[test]
fn an_article_that_is_shown_in_part_is_read_from_the_state() {
    let sentence =
        "The mill wheel turned again on Sunday, after a winter of repairs in the valley.";
    let texts: Vec<String> = (0..12).map(|part| format!("Part {part}. {sentence}")).collect();
    let page = |state: String| {
        let shown = texts[..2].join("</p><p>");
        let html = format!(
            "<title>Mill</title><article><h1>Mill</h1><p>{shown}</p></article><p>Subscribe to go \
             on reading.</p>{state}"
        );
        Extractor::new().extract(&html).unwrap()
    };
    let found = page(state(&texts));
    assert_eq!(found.outcome(), Outcome::Content { found_in: FoundIn::EmbeddedState });
    assert_eq!(found.text(), texts.join("\n\n"));
    // The state of another article says nothing of this one.
    let others: Vec<String> =
        (0..12).map(|part| format!("Rain {part} fell on the town.")).collect();
    let found = page(state(&others));
    assert_eq!(found.outcome(), Outcome::Content { found_in: FoundIn::Document });
    assert!(found.text().contains("Part 1.") && !found.text().contains("Rain"));
}

#[test]
fn a_page_that_shows_nothing_is_read_from_the_state_if_that_is_about_its_title() {
    let texts: Vec<String> =
        (0..9).map(|part| format!("Part {part}: the mill turns again.")).collect();
    let outcome = |title: &str| {
        let html = format!("<title>{title}</title><div id=app></div>{}", state(&texts));
        Extractor::new().extract(&html).unwrap().outcome()
    };
    let found = Outcome::Content { found_in: FoundIn::EmbeddedState };
    assert_eq!(outcome("The mill turns again"), found);
    let shell = Outcome::NoContent { reason: NoContent::ScriptShell };
    assert_eq!(outcome("Woollen rug, tufted by hand"), shell);
}

#[test]
fn a_second_layout_is_given_once() {
    let story: String = (1..6)
        .map(|part| {
            format!(
                "<p>In part {part} the mill wheel turned again, after a winter of repairs in which \
                 the whole valley, young and old, had taken a hand.</p>"
            )
        })
        .collect();
    let html = format!(
        "<title>Mill</title><main><div class=wide><article><h1>Mill</h1>{story}</article></div>\
         <div class=narrow><article><h1>Mill</h1>{story}</article></div></main>"
    );
    let page = Extractor::new().with_mode(Mode::Recall).extract(&html).unwrap();
    assert_eq!(page.text().matches("In part 3").count(), 1, "{}", page.text());
}

#[test]
fn another_model_gives_other_scores() {
    let html = include_str!("pages/wordpress-news/page.html");
    let scores = |extractor: Extractor| {
        let page = extractor.extract(html).unwrap();
        page.blocks().iter().map(|block| block.score()).collect::<Vec<_>>()
    };
    let (shipped, blank) =
        (scores(Extractor::new()), scores(Extractor::new().with_model(Model::blank())));
    assert!(blank.iter().all(|score| *score == blank[0]), "{blank:?}");
    assert!(shipped.iter().any(|score| *score != shipped[0]), "{shipped:?}");
}

#[test]
fn precision_keeps_no_more_and_recall_no_less_than_balanced() {
    let pages = [
        include_str!("pages/wordpress-news/page.html"),
        include_str!("pages/listing/page.html"),
        include_str!("pages/product/page.html"),
        include_str!("pages/forum-thread/page.html"),
    ];
    let kept = |mode| {
        let extractor = Extractor::new().with_mode(mode);
        let kept = |html: &&str| {
            let page = extractor.extract(html).unwrap();
            page.blocks().iter().filter(|block| block.kept()).count()
        };
        pages.iter().map(kept).collect::<Vec<_>>()
    };
    let (precision, balanced, recall) =
        (kept(Mode::Precision), kept(Mode::Balanced), kept(Mode::Recall));
    for page in 0..pages.len() {
        assert!(precision[page] <= balanced[page] && balanced[page] <= recall[page]);
    }
    assert!(precision.iter().sum::<usize>() < recall.iter().sum());
}

#[test]
fn a_page_over_the_limit_is_refused_and_without_a_limit_is_not() {
    let page = "<p>word</p>".repeat(100);
    let limits = Limits::default().with_max_input_bytes(Some(1000));
    let refused = Extractor::new().with_limits(limits).extract(&page);
    assert_eq!(refused.unwrap_err(), Error::InputTooLarge { bytes: 1100, limit: 1000 });
    assert!(Extractor::new().with_limits(Limits::none()).extract(&page).is_ok());
}

#[test]
fn the_content_type_decides_the_encoding() {
    let bytes = "<meta charset=utf-8><p>caf\u{e9}, tea and other things to drink".as_bytes();
    let read = |extractor: Extractor| extractor.extract_bytes(bytes).unwrap().encoding();
    assert_eq!(read(Extractor::new()), "UTF-8");
    assert_eq!(read(Extractor::new().with_content_type("text/html; charset=koi8-r")), "KOI8-R");
}

#[test]
fn the_same_page_gives_the_same_bytes_and_types_cross_threads() {
    fn crosses<T: Send + Sync>(_: &T) {}
    let html = include_str!("pages/liveblog/page.html");
    let extractor = Extractor::new();
    let first = extractor.extract(html).unwrap();
    crosses(&first);
    crosses(&extractor);
    let again = std::thread::scope(|scope| scope.spawn(|| extractor.extract(html)).join());
    assert_eq!(again.unwrap().unwrap().text(), first.text());
}

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("tests/pages/{name}/page.html")).unwrap()
}

#[test]
fn comments_come_on_request_after_the_article() {
    let html = fixture("blog-with-comments");
    let plain = Extractor::new().extract(&html).unwrap();
    let full = Extractor::new().with_comments(true).extract(&html).unwrap();
    for said in ["Bring a torch", "like a miner", "did you try a magnet"] {
        assert!(!plain.text().contains(said), "{said}");
        assert!(full.text().contains(said), "{said}");
    }
    assert!(full.text().starts_with(plain.text()));
    assert!(!full.text().contains("Reply"));
}

#[test]
fn a_strict_body_has_neither_headline_nor_byline_nor_date() {
    let html = fixture("blog-with-comments");
    let strict = Extractor::new().with_strict_body(true).extract(&html).unwrap();
    assert!(strict.text().starts_with("I gave up my smartphone"), "{}", strict.text());
    assert!(strict.text().ends_with("easy to find."), "{}", strict.text());
}

#[test]
fn every_block_has_a_class() {
    let html = fixture("blog-with-comments");
    let page = Extractor::new().extract(&html).unwrap();
    let class = |start: &str| {
        let block = page.blocks().iter().find(|block| block.text().starts_with(start)).unwrap();
        block.class()
    };
    assert_eq!(class("Home"), BlockClass::Navigation);
    assert_eq!(class("Eleven months"), BlockClass::Title);
    assert_eq!(class("Cecily Umber"), BlockClass::Byline);
    assert_eq!(class("I gave up"), BlockClass::Body);
    assert_eq!(class("I did this for a year"), BlockClass::Comment);
    assert_eq!(class("Slow Dispatches ©"), BlockClass::Footer);
}
