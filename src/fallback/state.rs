//! The text of an article in the state that a page gives to its scripts: JSON in which the editor's
//! document stands as a list of paragraphs.
//!
//! Editors write such documents much alike (ProseMirror, Contentful, Portable Text, Slate,
//! Editor.js, Gutenberg, Arc): nodes with a type, and below them other nodes or the text.

use crate::json_reader::Json;

/// Keys that tell what a node is.
const TYPE_KEYS: [&str; 6] = ["type", "nodeType", "_type", "blockName", "name", "__typename"];
/// Nodes that are blocks of text, in lower case and without a prefix such as `core/`.
const BLOCK_TYPES: [&str; 20] = [
    "paragraph",
    "p",
    "text",
    "block",
    "heading",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "list",
    "ul",
    "ol",
    "bulletlist",
    "orderedlist",
    "unordered-list",
    "quote",
    "blockquote",
];
/// Nodes that make a list of them a document.
const PARAGRAPH_TYPES: [&str; 4] = ["paragraph", "p", "text", "block"];
/// Keys with a node's children, the first that has any counts; then keys with its text; then keys
/// below which either may stand.
const CHILD_KEYS: [&str; 4] = ["content", "children", "nodes", "items"];
const TEXT_KEYS: [&str; 4] = ["text", "value", "content", "html"];
const WRAP_KEYS: [&str; 3] = ["data", "attributes", "attrs"];
/// Nodes that start a new line within a block.
const LINE_TYPES: [&str; 5] = ["listitem", "list-item", "li", "paragraph", "br"];
/// Fewer paragraphs are a caption or a notice.
const MIN_PARAGRAPHS: usize = 3;

/// The texts of all documents in a piece of JSON, each as its paragraphs.
pub(super) fn documents(json: &str) -> Vec<Vec<String>> {
    let json = Json::read(json);
    let mut documents = Vec::new();
    let mut open = vec![&json];
    while let Some(value) = open.pop() {
        match value {
            Json::List(items) => {
                let is_paragraph = |item: &&Json<'_>| is_one_of(item, &PARAGRAPH_TYPES);
                if items.iter().filter(is_paragraph).count() >= MIN_PARAGRAPHS {
                    documents.push(paragraphs(items));
                } else {
                    open.extend(items.iter().rev());
                }
            }
            Json::Object(entries) => open.extend(entries.iter().rev().map(|(_, value)| value)),
            _ => {}
        }
    }
    documents
}

fn is_one_of(node: &Json<'_>, types: &[&str]) -> bool {
    let mut named = TYPE_KEYS.iter().filter_map(|key| node.get(key)?.text());
    named.any(|name| {
        let name = name.rsplit('/').next().unwrap_or(name);
        types.iter().any(|known| name.eq_ignore_ascii_case(known))
    })
}

/// The texts of the nodes that are blocks.
fn paragraphs(nodes: &[Json<'_>]) -> Vec<String> {
    let blocks = nodes.iter().filter(|node| is_one_of(node, &BLOCK_TYPES));
    let texts = blocks.map(|node| {
        let mut text = String::new();
        let mut open = vec![node];
        while let Some(value) = open.pop() {
            match value {
                Json::Text(part) => text.push_str(part),
                Json::List(items) => open.extend(items.iter().rev()),
                Json::Object(_) => {
                    if is_one_of(value, &LINE_TYPES) && !text.is_empty() {
                        text.push('\n');
                    }
                    open.extend(below(value));
                }
                _ => {}
            }
        }
        without_markup(&text)
    });
    texts.filter(|text| !text.is_empty()).collect()
}

/// What of a node holds its text.
fn below<'j, 't>(node: &'j Json<'t>) -> Option<&'j Json<'t>> {
    let first = |keys: &[&str], fits: fn(&Json<'_>) -> bool| {
        keys.iter().filter_map(|key| node.get(key)).find(|value| fits(value))
    };
    first(&CHILD_KEYS, |value| matches!(value, Json::List(items) if !items.is_empty()))
        .or_else(|| first(&TEXT_KEYS, |value| matches!(value, Json::Text(_))))
        .or_else(|| first(&WRAP_KEYS, |value| matches!(value, Json::Object(_))))
}

/// The text of a piece of HTML, with its lines.
fn without_markup(text: &str) -> String {
    let plain = if text.contains(['<', '&']) {
        let document = crate::dom::Document::parse(text);
        let blocks = crate::blocks::Blocks::of(&document);
        let lines: Vec<&str> = blocks.iter().map(|block| blocks.text(block)).collect();
        lines.join("\n")
    } else {
        text.to_string()
    };
    let lines = plain.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::documents;

    #[test]
    fn documents_of_many_editors_are_read() {
        for (editor, json) in [
            (
                "prosemirror",
                r#"{"doc":{"type":"doc","content":[
                {"type":"paragraph","content":[{"type":"text","text":"One "},{"type":"text","marks":[{"type":"link"}],"text":"and a half."}]},
                {"type":"ad","content":[{"type":"text","text":"Buy!"}]},
                {"type":"paragraph","content":[{"type":"text","text":"Two."}]},
                {"type":"paragraph","content":[{"type":"text","text":"Three."}]}]}}"#,
            ),
            (
                "portable text",
                r#"[{"_type":"block","children":[{"_type":"span","text":"One and a half."}]},
                {"_type":"block","children":[{"_type":"span","text":"Two."}]},
                {"_type":"image","caption":"No"},
                {"_type":"block","children":[{"_type":"span","text":"Three."}]}]"#,
            ),
            (
                "editor.js",
                r#"{"blocks":[{"type":"paragraph","data":{"text":"One <b>and a</b> half."}},
                {"type":"paragraph","data":{"text":"Two."}},{"type":"paragraph","data":{"text":"Three."}}]}"#,
            ),
            (
                "gutenberg",
                r#"[{"name":"core/paragraph","attributes":{"content":"One and a half."}},
                {"name":"core/paragraph","attributes":{"content":"<em>Two.</em>"}},
                {"name":"core/paragraph","attributes":{"content":"Three."}}]"#,
            ),
            (
                "arc",
                r#"{"content_elements":[{"type":"text","content":"One and a half."},
                {"type":"interstitial_link","content":"More"},
                {"type":"text","content":"Two."},{"type":"text","content":"Three."}]}"#,
            ),
        ] {
            assert_eq!(documents(json), [["One and a half.", "Two.", "Three."]], "{editor}");
        }
    }
}
