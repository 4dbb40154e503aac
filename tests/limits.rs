//! Each limit, on a page that breaks it: the error, and what is left of the answer without one.

#[path = "parse_support/clock.rs"]
mod clock;

use dehusk::{Error, Extractor, Limits, NoContent, Outcome, OverLimit, Page};
use std::time::Duration;

/// The page once refused and once cut.
fn both(limits: &Limits, html: &str) -> (Result<Page, Error>, Page) {
    let extract = |over| {
        let limits = limits.clone().with_over_limit(over);
        Extractor::new().with_limits(limits).extract(html)
    };
    (extract(OverLimit::Error), extract(OverLimit::Truncate).expect("no error when it is cut"))
}

const SENTENCE: &str = "The ferry runs again from Monday, and the upper lock is open to all boats.";

fn article(paragraphs: usize) -> String {
    let paragraphs: String =
        (0..paragraphs).map(|number| format!("<p>Number {number}. {SENTENCE}</p>\n")).collect();
    format!("<title>Ferry</title><article><h1>Ferry</h1>\n{paragraphs}</article>")
}

#[test]
fn the_defaults_leave_ordinary_pages_alone() {
    for limits in [Limits::default(), Limits::none()] {
        let (page, _) = both(&limits, &article(200));
        let page = page.unwrap();
        assert!(page.limits_hit().is_none(), "{}", page.limits_hit());
        assert!(page.text().contains("Number 199."));
    }
}

#[test]
fn input_over_the_limit_is_refused_or_read_to_the_limit() {
    let html = article(100);
    let limits = Limits::default().with_max_input_bytes(Some(1_000));
    let (refused, cut) = both(&limits, &html);
    assert_eq!(refused.unwrap_err(), Error::InputTooLarge { bytes: html.len(), limit: 1_000 });
    assert!(cut.text().contains("Number 3.") && !cut.text().contains("Number 50."));
    assert!(cut.limits_hit().bytes());
    assert_eq!(cut.limits_hit().to_string(), "too long, the rest of the page was not read");
    // A page of just that length is within it.
    let exact = Limits::default().with_max_input_bytes(Some(html.len()));
    let (whole, cut) = both(&exact, &html);
    assert!(whole.unwrap().limits_hit().is_none() && cut.limits_hit().is_none());
}

#[test]
fn bytes_are_cut_between_characters_whatever_the_limit() {
    let pages: [(&str, &str, Vec<u8>); 3] = [
        (
            "UTF-8",
            "Речной трамвай",
            "<p>Речной трамвай снова ходит, шлюз открыт. ".repeat(20).into(),
        ),
        ("UTF-8", "渡船星期一", "<p>渡船星期一恢复通航，上闸对所有船只开放。".repeat(20).into()),
        ("UTF-16LE", "The ferry", utf_16(&"<p>The ferry runs again. \u{1f6a2}".repeat(20))),
    ];
    for (encoding, start, bytes) in pages {
        for limit in 200..230 {
            let limits = Limits::default()
                .with_max_input_bytes(Some(limit))
                .with_over_limit(OverLimit::Truncate);
            let page = Extractor::new().with_limits(limits).extract_bytes(&bytes).unwrap();
            assert_eq!(page.encoding(), encoding, "at {limit}");
            assert!(page.limits_hit().bytes());
            assert!(page.text().starts_with(start), "{:?}", page.text());
            // The half of a pair of UTF-16 is all that may be left over.
            let broken = page.text().matches('\u{fffd}').count();
            assert!(broken <= usize::from(encoding != "UTF-8"), "{:?}", page.text());
        }
    }
}

fn utf_16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[test]
fn depth_costs_structure_and_no_text_and_is_no_error() {
    let html = format!("{}<p>{SENTENCE}", "<div>".repeat(200));
    let limits = Limits::default().with_max_depth(Some(60));
    let (page, cut) = both(&limits, &html);
    let page = page.unwrap();
    for page in [&page, &cut] {
        assert_eq!(page.text(), SENTENCE);
        assert!(page.limits_hit().depth() > 100, "{}", page.limits_hit());
    }
    let free = Extractor::new().with_limits(limits.with_max_depth(None)).extract(&html).unwrap();
    assert!(free.limits_hit().is_none());
}

#[test]
fn nodes_over_the_limit_are_refused_or_the_rest_is_not_read() {
    let html = article(2_000);
    let limits = Limits::default().with_max_nodes(Some(1_000));
    let (refused, cut) = both(&limits, &html);
    assert_eq!(refused.unwrap_err(), Error::TooManyNodes { limit: 1_000 });
    assert!(cut.limits_hit().nodes());
    assert!(cut.text().contains("Number 100.") && !cut.text().contains("Number 1500."));
    let (whole, _) = both(&limits.with_max_nodes(None), &html);
    assert!(whole.unwrap().text().contains("Number 1999."));
}

#[test]
fn output_over_the_limit_is_refused_or_ends_with_a_whole_block() {
    let html = article(100);
    let limits = Limits::default().with_max_output_bytes(Some(1_000));
    let (refused, cut) = both(&limits, &html);
    assert_eq!(refused.unwrap_err(), Error::OutputTooLarge { limit: 1_000 });
    assert!(cut.limits_hit().output());
    assert!(cut.text().len() <= 1_000 && cut.text().len() > 800, "{}", cut.text().len());
    assert!(cut.text().ends_with(SENTENCE));
    // Every format has the same blocks, and so have the reasons.
    assert_eq!(cut.markdown().matches("Number").count(), cut.text().matches("Number").count());
    let kept = cut.blocks().iter().filter(|block| block.kept() && block.text().contains("Number"));
    assert_eq!(kept.count(), cut.text().matches("Number").count());
}

#[test]
fn output_stays_within_the_limit_though_lists_and_tables_add_marks() {
    let items: String = (0..300).map(|number| format!("<li>{number}")).collect();
    let cells: String = (0..300).map(|number| format!("<tr><td>{number}<td>a")).collect();
    let html = format!("<article><p>{SENTENCE}<ul>{items}</ul><table>{cells}</table></article>");
    for limit in [0, 1, 50, 100, 200, 400, 800, 1_600] {
        let limits = Limits::default().with_max_output_bytes(Some(limit));
        let (_, cut) = both(&limits, &html);
        assert!(cut.text().len() <= limit, "{} over {limit}", cut.text().len());
    }
}

#[test]
fn where_no_block_fits_the_page_has_no_content_and_says_why() {
    let limits = Limits::default().with_max_output_bytes(Some(20));
    for html in [article(3), format!("{SENTENCE}\n\n{SENTENCE}")] {
        let (refused, cut) = both(&limits, &html);
        assert_eq!(refused.unwrap_err(), Error::OutputTooLarge { limit: 20 });
        let over = Outcome::NoContent { reason: NoContent::OverLimit };
        let none = cut.text().is_empty() && cut.outcome() == over;
        assert!(none || cut.text() == "Ferry", "{:?} {:?}", cut.outcome(), cut.text());
        assert!(cut.limits_hit().output());
    }
}

#[test]
fn plain_text_is_cut_between_paragraphs() {
    let text = format!("{SENTENCE}\n\n").repeat(10);
    let limits = Limits::default().with_max_output_bytes(Some(200));
    let (_, cut) = both(&limits, &text);
    assert_eq!(cut.text(), format!("{SENTENCE}\n\n{SENTENCE}"));
    assert_eq!(cut.markdown(), format!("{SENTENCE}\n\n{SENTENCE}\n"));
}

#[test]
fn a_deadline_that_has_passed_is_an_error_or_an_answer_without_content() {
    let limits = Limits::default().with_deadline(Some(Duration::ZERO));
    let (refused, cut) = both(&limits, &article(100));
    assert_eq!(refused.unwrap_err(), Error::Deadline { limit: Duration::ZERO });
    assert_eq!(cut.outcome(), Outcome::NoContent { reason: NoContent::OverLimit });
    assert!(cut.limits_hit().deadline());
}

#[test]
fn a_deadline_ends_long_work_within_the_call() {
    let shapes = [article(200_000), "</p>".repeat(2_000_000), "<b>x</b>\0".repeat(800_000)];
    for html in shapes {
        let time = Duration::from_millis(40);
        let limits = Limits::none().with_deadline(Some(time));
        let start = clock::worked();
        let (refused, cut) = both(&limits, &html);
        let took = clock::worked().saturating_sub(start);
        assert_eq!(refused.unwrap_err(), Error::Deadline { limit: time });
        assert!(cut.limits_hit().deadline());
        assert!(took < time * 25, "{took:?} for two calls of {time:?}");
    }
}

#[test]
fn a_deadline_far_away_changes_nothing() {
    for time in [Duration::from_secs(3_600), Duration::MAX] {
        let limits = Limits::default().with_deadline(Some(time));
        let (page, cut) = both(&limits, &article(50));
        assert_eq!(page.unwrap().text(), dehusk::extract(&article(50)).text());
        assert!(cut.limits_hit().is_none());
    }
}

#[test]
fn the_function_without_options_never_fails() {
    let long = format!("<p>{}", "word ".repeat(14 << 20));
    let page = dehusk::extract(&long);
    assert!(page.limits_hit().bytes());
    assert!(!page.text().is_empty());
}
