//! What our HTML may hold, checked on the tree that a browser would make of it.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{NodeData, RcDom};

const ELEMENTS: &str = " html head body h1 h2 h3 h4 h5 h6 p br hr blockquote pre code ul ol li figure \
    figcaption img table caption tbody tr th td a strong em del sub sup div ";
const ATTRIBUTES: &str = " href src alt start value id colspan rowspan class ";
const SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "tel:"];

/// The first thing that must not be there.
pub fn stray(html: &str) -> Option<String> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut nodes = vec![dom.document.clone()];
    while let Some(node) = nodes.pop() {
        match &node.data {
            NodeData::Comment { .. } => return Some("a comment".into()),
            NodeData::Element { name, attrs, .. } => {
                if !ELEMENTS.contains(&format!(" {} ", name.local)) {
                    return Some(format!("<{}>", name.local));
                }
                for attr in attrs.borrow().iter() {
                    let (name, value) = (&*attr.name.local, &*attr.value);
                    let link = matches!(name, "href" | "src");
                    let safe = value.starts_with("#fn")
                        || SCHEMES
                            .iter()
                            .any(|scheme| value.to_ascii_lowercase().starts_with(scheme));
                    if !ATTRIBUTES.contains(&format!(" {name} ")) || (link && !safe) {
                        return Some(format!("{name}={value:?}"));
                    }
                }
            }
            _ => {}
        }
        nodes.extend(node.children.borrow().iter().cloned());
    }
    None
}
