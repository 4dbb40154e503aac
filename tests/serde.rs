//! What is stored with the feature `serde` says the same as `Page::json`, and comes back.

use dehusk::metadata::{Metadata, PageType, Source};
use dehusk::render::{RenderOptions, Script};
use dehusk::{BlockClass, Extractor, Limits, Mode, NoContent, OverLimit};
use serde_json::{Value, from_value, json, to_value};
use std::time::Duration;

const HTML: &str = r#"<html lang="en"><title>The lock that came late - The Lockkeeper</title>
    <meta name="author" content="Ada Brook"><meta name="keywords" content="canal, lock">
    <meta property="article:published_time" content="2024-03-05T08:00:00Z">
    <meta property="article:content_tier" content="metered">
    <link rel="alternate" type="application/rss+xml" title="News" href="/rss">
    <nav><a href="/">Home</a></nav><main><h1>The lock that came late</h1>
    <p>The lock was dug by hand in a single dry summer, and the boats came through it at last.</p>
    <p>今天天气很好, says the keeper.</p></main>"#;

fn page() -> dehusk::Page {
    let extractor = Extractor::new().with_url("https://canal.example/late").with_signals(2);
    extractor.with_today("2024-06-30").extract(HTML).unwrap()
}

#[test]
fn metadata_are_stored_as_the_page_writes_them_and_come_back() {
    let page = page();
    let whole: Value = serde_json::from_str(&page.json()).unwrap();
    let mut stored = to_value(page.metadata()).unwrap();
    let probability = stored["page_type"]["probability"].take().as_f64().unwrap();
    let mut written = whole["metadata"].clone();
    let rounded = written["page_type"]["probability"].take().as_f64().unwrap();
    assert!((probability - rounded).abs() <= 0.0005);
    assert_eq!(stored, written);
    assert_eq!(stored["authors"], json!([{ "value": "Ada Brook", "source": "meta" }]));
    assert_eq!(stored["published"]["value"]["day"], "2024-03-05");

    let stored = to_value(page.metadata()).unwrap();
    let back: Metadata = from_value(stored.clone()).unwrap();
    assert_eq!(back.published(), page.metadata().published());
    assert_eq!(back.feeds(), page.metadata().feeds());
    assert_eq!(to_value(&back).unwrap(), stored);
}

#[test]
fn blocks_chunks_and_words_are_stored_under_the_names_of_their_methods() {
    let page = page();
    let block = to_value(&page.blocks()[1]).unwrap();
    assert_eq!(block["text"], "The lock that came late");
    assert_eq!(block["class"], "title");
    assert_eq!(block["kept"], true);
    assert_eq!(block["path"], "html > body > main > h1");
    assert_eq!(block["source_range"]["start"], HTML.find("<h1>").unwrap() + 4);
    assert_eq!(block["signals"].as_array().unwrap().len(), 2);
    let chunk = to_value(page.chunks(100).next().unwrap()).unwrap();
    assert_eq!(chunk["headings"], json!(["The lock that came late"]));
    assert!(chunk["text"].as_str().unwrap().contains("dug by hand"));
    let whole: Value = serde_json::from_str(&page.json()).unwrap();
    assert_eq!(to_value(page.words()).unwrap(), whole["words"]);
    assert_eq!(to_value(page.limits_hit()).unwrap()["depth"], 0);
}

#[test]
fn names_are_those_that_the_types_have() {
    let page = page();
    assert_eq!(to_value(page.outcome()).unwrap(), page.outcome().name());
    for reason in [NoContent::NoText, NoContent::ScriptShell, NoContent::OverLimit] {
        let outcome = dehusk::Outcome::NoContent { reason };
        assert_eq!(to_value(reason).unwrap(), outcome.name());
    }
    for script in Script::ALL {
        assert_eq!(to_value(script).unwrap(), script.name());
    }
    for kind in PageType::ALL {
        assert_eq!(to_value(kind).unwrap(), kind.name());
    }
    for source in [Source::JsonLd, Source::OpenGraph, Source::RelAuthor, Source::HCard] {
        assert_eq!(to_value(source).unwrap(), source.name());
    }
    for class in [BlockClass::Body, BlockClass::Newsletter] {
        assert_eq!(to_value(class).unwrap(), class.name());
    }
    assert_eq!(to_value(Mode::Recall).unwrap(), "recall");
    assert_eq!(to_value(page.encoding_source()).unwrap(), "text");
}

#[test]
fn options_come_from_a_configuration_that_names_only_what_it_changes() {
    let limits: Limits = from_value(json!({ "max_nodes": 300, "over_limit": "truncate" })).unwrap();
    let same = Limits::default().with_max_nodes(Some(300)).with_over_limit(OverLimit::Truncate);
    assert_eq!(limits, same);
    let limits = limits.with_deadline(Some(Duration::from_millis(1500)));
    assert_eq!(from_value::<Limits>(to_value(&limits).unwrap()).unwrap(), limits);

    let options: RenderOptions = from_value(json!({ "links": false })).unwrap();
    assert_eq!(options, RenderOptions::new().with_links(false));
    assert!(from_value::<RenderOptions>(json!({ "link": false })).is_err());
}
