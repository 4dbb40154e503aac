//! Both roads, our own parse and a tree of the caller's, give the same answer.

use dehusk::{Extractor, rcdom};
use html5ever::ParseOpts;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use markup5ever_rcdom::RcDom;
use std::fs;
use std::path::Path;

#[test]
fn both_roads_give_the_same_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path().join("page.html");
        let Ok(html) = fs::read_to_string(&path) else { continue };
        let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
        let opts = ParseOpts { tree_builder, ..Default::default() };
        let tree = html5ever::parse_document(RcDom::default(), opts)
            .one(html.trim_start_matches('\u{feff}'));
        let ours = Extractor::new().extract(&html).unwrap();
        let theirs = Extractor::new().extract_document(&rcdom::document(&tree));
        assert_eq!(ours.text(), theirs.text(), "{}", path.display());
        assert_eq!(ours.title(), theirs.title(), "{}", path.display());
        count += 1;
    }
    assert!(count > 30);
}
