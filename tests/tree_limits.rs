//! What a page may cost, and what is left of it when it would cost more.

#[path = "parse_support/mutate.rs"]
mod mutate;

use dehusk::dom::{Document, NodeKind, ParseBudget, Tag};

/// All words of a document in their order, scripts included.
fn text(document: &Document<'_>) -> String {
    document.descendants(document.root()).map(|node| document.text(node)).collect()
}

fn deepest(document: &Document<'_>) -> usize {
    let nodes = document.descendants(document.root());
    nodes.map(|node| document.ancestors(node).count()).max().unwrap_or(0)
}

fn count(document: &Document<'_>, tag: Tag) -> usize {
    document.descendants(document.root()).filter(|node| document.tag(*node) == tag).count()
}

#[test]
fn a_page_within_the_limits_is_left_alone() {
    let page = format!("{}text{}", "<div>".repeat(400), "</div>".repeat(400));
    let document = Document::parse(&page);
    assert!(document.limits_hit().is_none());
    assert_eq!(count(&document, Tag::Div), 400);
    assert_eq!(document.limits_hit().to_string(), "no limit hit");
}

#[test]
fn too_deep_elements_are_left_out_with_their_end_tags_and_their_text_stays() {
    let budget = ParseBudget::default().with_max_depth(50);
    let page = format!("<p>before{}deep{}<p>after", "<div>".repeat(200), "</div>".repeat(200));
    let document = Document::parse_with(&page, &budget);
    assert_eq!(text(&document), "beforedeepafter");
    assert!(deepest(&document) <= 52, "{}", deepest(&document));
    // The end tags that were left open closed the outer elements: what follows is not deep.
    let last = document.descendants(document.root()).last().unwrap();
    assert_eq!(document.text(last), "after");
    assert_eq!(document.ancestors(last).count(), 4);
    assert!(document.limits_hit().depth() > 150);
    assert!(document.limits_hit().to_string().contains("too deep"));
}

#[test]
fn scripts_and_titles_stay_text_however_deep_they_are() {
    let page = "<div>".repeat(2_000)
        + "<script>'<p>not markup'</script><textarea><p>not this either</textarea><br><p>x";
    let document = Document::parse(&page);
    assert_eq!(text(&document), "'<p>not markup'<p>not this eitherx");
    assert_eq!((count(&document, Tag::Script), count(&document, Tag::P)), (1, 0));
    assert_eq!(count(&document, Tag::Br), 1);
}

#[test]
fn scripts_inside_drawings_are_elements_like_others_and_no_deeper() {
    let page = "<svg>".to_string() + &"<script>word </a>".repeat(1_000);
    let document = Document::parse(&page);
    assert_eq!(text(&document), "word ".repeat(1_000));
    assert!(deepest(&document) < 600, "{}", deepest(&document));
    assert!(document.limits_hit().depth() > 400);
}

#[test]
fn formatting_elements_past_the_limit_are_left_out_and_their_text_stays() {
    let page: String = (0..500).map(|i| format!("<p><font color=c{i}>word ")).collect();
    let document = Document::parse(&page);
    assert_eq!(text(&document), "word ".repeat(500));
    assert!(document.limits_hit().formatting() > 300);
    assert_eq!(document.limits_hit().depth(), 0);
    assert_eq!(count(&document, Tag::P), 500);
}

#[test]
fn copies_of_formatting_elements_end_before_they_fill_the_memory() {
    let page: String = (0..20_000).map(|i| format!("<p><b id=i{i}>word ")).collect();
    let document = Document::parse(&page);
    assert_eq!(text(&document), "word ".repeat(20_000));
    assert_eq!(count(&document, Tag::P), 20_000);
    assert!(document.len() < page.len());
}

#[test]
fn three_open_bolds_cost_three_copies_a_paragraph_and_no_limit() {
    let page = "<p><b>word ".repeat(5_000);
    let document = Document::parse(&page);
    assert!(document.limits_hit().is_none());
    assert!(count(&document, Tag::B) > 14_000);
}

#[test]
fn past_the_node_limit_the_rest_of_the_page_is_not_read() {
    let budget = ParseBudget::default().with_max_nodes(1_000);
    let page = "<p>word</p> ".repeat(5_000);
    let document = Document::parse_with(&page, &budget);
    assert!(document.limits_hit().nodes());
    assert!((900..1_100).contains(&document.len()));
    assert!(text(&document).starts_with("word word word "));
}

#[test]
fn the_node_limit_holds_inside_a_run_of_text() {
    let budget = ParseBudget::default().with_max_nodes(100);
    let page = format!("<svg>{}", "x\0".repeat(1_000));
    let document = Document::parse_with(&page, &budget);
    assert!(document.limits_hit().nodes());
    assert!(document.len() <= 102, "{}", document.len());
}

#[test]
fn past_the_name_limit_all_names_are_one() {
    let budget = ParseBudget::default().with_max_names(10);
    let page: String = (0..20).map(|i| format!("<x-{i}>{i} </x-{i}>")).collect();
    let document = Document::parse_with(&page, &budget);
    assert!(document.limits_hit().names());
    let elements: Vec<_> = document
        .descendants(document.root())
        .filter(|node| document.kind(*node) == NodeKind::Element)
        .filter(|node| document.tag(*node) == Tag::Other)
        .collect();
    // None is in another: each end tag closes the one before it.
    assert!(elements.iter().all(|node| document.ancestors(*node).count() == 3));
    assert_eq!(elements.len(), 20);
}

#[test]
fn a_budget_says_what_it_allows() {
    let budget = ParseBudget::default()
        .with_max_depth(100)
        .with_max_formatting(20)
        .with_max_nodes(3_000)
        .with_max_names(7);
    assert_eq!((budget.max_depth(), budget.max_formatting()), (100, 20));
    assert_eq!((budget.max_nodes(), budget.max_names()), (3_000, 7));
    assert_eq!(ParseBudget::default().with_max_depth(0).max_depth(), 16);
}

#[test]
fn tiny_budgets_hold_on_all_kinds_of_pages() {
    let budget = ParseBudget::default()
        .with_max_depth(16)
        .with_max_formatting(2)
        .with_max_nodes(60)
        .with_max_names(1);
    let first = mutate::first_seed();
    let mutations = (0..mutate::count() as u64)
        .map(|seed| mutate::page(&mut mutate::Chance::new(first + seed)));
    for page in mutate::seeds().map(str::to_string).chain(mutations) {
        let document = Document::parse_with(&page, &budget);
        assert!(document.len() < 90, "{page:?}");
        // Elements that do not stay open, and the children that misnesting moves, may be deeper.
        assert!(deepest(&document) < 40, "{page:?}");
    }
}

#[test]
fn documents_and_reports_can_go_to_other_threads() {
    fn check<T: Send + Sync>() {}
    check::<Document<'_>>();
    check::<ParseBudget>();
    check::<dehusk::dom::LimitsHit>();
}

/// Where an element can stand that its rules depend on.
const PLACES: [&str; 9] = [
    "",
    "<table>",
    "<table><td>",
    "<select>",
    "<template>",
    "<svg>",
    "<svg><foreignObject>",
    "<math>",
    "<math><annotation-xml encoding=text/html>",
];

/// Elements of all kinds: void, with text for content, formatting, of tables, of SVG, of MathML.
const ELEMENTS: [&str; 40] = [
    "a",
    "annotation-xml",
    "b",
    "body",
    "br",
    "button",
    "caption",
    "col",
    "dd",
    "desc",
    "div",
    "font",
    "foreignObject",
    "form",
    "frameset",
    "h1",
    "head",
    "hr",
    "html",
    "iframe",
    "input",
    "li",
    "link",
    "math",
    "mi",
    "nobr",
    "option",
    "p",
    "plaintext",
    "rt",
    "script",
    "select",
    "svg",
    "table",
    "td",
    "template",
    "textarea",
    "title",
    "tr",
    "wbr",
];

#[test]
fn no_two_elements_anywhere_get_past_the_depth_limit() {
    let budget = ParseBudget::default().with_max_depth(40);
    for place in PLACES {
        for first in ELEMENTS {
            for second in ELEMENTS {
                let page = place.to_string() + &format!("<{first}>x<{second}></i>").repeat(120);
                let depth = deepest(&Document::parse_with(&page, &budget));
                assert!(depth <= 60, "{depth}: {}", &page[..80]);
            }
        }
    }
}
