//! Each text and element knows where in the page it comes from.

#[path = "parse_support/mutate.rs"]
mod mutate;

use dehusk::dom::{Document, NodeId, NodeKind, Tag};

fn find(document: &Document<'_>, tag: Tag) -> NodeId {
    document.descendants(document.root()).find(|node| document.tag(*node) == tag).unwrap()
}

#[track_caller]
fn assert_place(page: &str, tag: Tag, expected: &str) {
    let document = Document::parse(page);
    let range = document.source_range(find(&document, tag)).unwrap();
    assert_eq!(&page[range], expected);
}

#[test]
fn an_element_goes_from_its_start_tag_to_the_end_of_its_content() {
    assert_place("<p class=a>one <b>two</b> three</p>", Tag::P, "<p class=a>one <b>two</b> three");
    assert_place("<p>one<p>two", Tag::P, "<p>one");
    assert_place("<div><img src='a>b'></div>", Tag::Img, "<img src='a>b'>");
    assert_place("<div><img src='a>b'></div>", Tag::Div, "<div><img src='a>b'>");
    assert_place("<section></section>", Tag::Section, "<section>");
    assert_place("<ul><li>a<li>b</ul>", Tag::Ul, "<ul><li>a<li>b");
    assert_place("x<BR/>y", Tag::Br, "<BR/>");
    assert_place("<title>a &lt; b</title>", Tag::Title, "<title>a &lt; b");
}

#[test]
fn a_text_is_where_it_is_written() {
    let page = "<p>Fish &amp; chips\r\nfor tea</p><pre>\n\n code</pre>";
    let document = Document::parse(page);
    let texts: Vec<(&str, &str)> = document
        .descendants(document.root())
        .filter(|node| document.kind(*node) == NodeKind::Text)
        .map(|node| (document.text(node), &page[document.source_range(node).unwrap()]))
        .collect();
    let expected =
        [("Fish & chips\nfor tea", "Fish &amp; chips\r\nfor tea"), ("\n code", "\n code")];
    assert_eq!(texts, expected);
}

#[test]
fn what_the_page_does_not_say_has_no_place() {
    let document = Document::parse("text");
    for tag in [Tag::Html, Tag::Head, Tag::Body] {
        assert_eq!(document.source_range(find(&document, tag)), None);
    }
    assert_eq!(document.source_range(document.root()), None);
    let table = Document::parse("<table><tr><td>x");
    assert_eq!(table.source_range(find(&table, Tag::Tbody)), None);
    assert!(table.source_range(find(&table, Tag::Tr)).is_some());
    // The second <b> is the parser's own.
    let document = Document::parse("<p><b>x<p>y");
    let bolds: Vec<_> = document
        .descendants(document.root())
        .filter(|node| document.tag(*node) == Tag::B)
        .map(|node| document.source_range(node))
        .collect();
    assert_eq!(bolds, [Some(3..7), None]);
}

#[test]
fn a_byte_order_mark_shifts_places_and_is_no_text() {
    let page = "\u{feff}<p>x";
    let document = Document::parse(page);
    assert_eq!(document.source_range(find(&document, Tag::P)), Some(3..7));
    assert!(
        document.descendants(document.root()).all(|node| !document.text(node).contains('\u{feff}'))
    );
}

/// The name behind a `<`, in lower case.
fn tag_name(written: &str) -> String {
    let name = written.strip_prefix('<').expect("a start tag");
    let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    name[..end.expect("an end of the name")].to_ascii_lowercase()
}

/// The laws of places: they are ranges of the page, an element's begins with its tag, a text's holds
/// the text unless the text is written in another way.
fn assert_laws(page: &str) {
    let document = Document::parse(page);
    for node in document.descendants(document.root()) {
        let Some(range) = document.source_range(node) else { continue };
        let written = page.get(range.clone()).expect("a range of the page");
        if document.kind(node) == NodeKind::Element {
            let tag = document.tag(node);
            let name = tag_name(written);
            let same = tag == Tag::from_name(&name) || (tag == Tag::Img && name == "image");
            assert!(same, "{page:?} {tag:?} {written:?}");
        } else if !written.contains(['&', '\r', '\0']) {
            assert!(written.contains(document.text(node)), "{page:?} {written:?}");
        }
    }
}

#[test]
fn places_keep_their_laws_on_all_kinds_of_pages() {
    mutate::seeds().for_each(assert_laws);
    let first = mutate::first_seed();
    for seed in 0..mutate::count() as u64 {
        assert_laws(&mutate::page(&mut mutate::Chance::new(first + seed)));
    }
}
