//! Trees as lists of lines, from the document under test and from RcDom.

use dehusk::dom::{Attr, Document, NodeId, NodeKind, ParseBudget, Step, Tag};
use html5ever::buffer_queue::BufferQueue;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{TokenizerResult, ns};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// One node, below all that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Open { tag: Tag, foreign: bool, attrs: Vec<(Attr, String)> },
    Text(String),
    Close,
}

/// Adds a text, and joins it with the text before it.
fn push_text(lines: &mut Vec<Line>, text: &str) {
    match lines.last_mut() {
        _ if text.is_empty() => {}
        Some(Line::Text(last)) => last.push_str(text),
        _ => lines.push(Line::Text(text.to_string())),
    }
}

/// Scripts and style sheets keep the line ends and NULs of the page.
fn without_line_ends_in_code(mut lines: Vec<Line>) -> Vec<Line> {
    let mut in_code = false;
    for line in &mut lines {
        match line {
            Line::Text(text) if in_code => {
                *text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
            }
            line => in_code = matches!(line, Line::Open { tag: Tag::Script | Tag::Style, .. }),
        }
    }
    lines
}

/// The tree of a page by the parser under test.
pub fn ours(page: &str, budget: &ParseBudget) -> Vec<Line> {
    lines(&Document::parse_with(page, budget))
}

/// The lines of a document.
pub fn lines(document: &Document<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for step in document.walk(document.root()) {
        match step {
            Step::Enter(id) => match document.kind(id) {
                NodeKind::Element => lines.push(open(document, id)),
                NodeKind::Text => push_text(&mut lines, document.text(id)),
                _ => {}
            },
            Step::Leave(id) if document.kind(id) == NodeKind::Element => lines.push(Line::Close),
            Step::Leave(_) => {}
        }
    }
    without_line_ends_in_code(lines)
}

fn open(document: &Document<'_>, id: NodeId) -> Line {
    let attrs = document.attrs(id).map(|(attr, value)| (attr, value.to_string()));
    Line::Open { tag: document.tag(id), foreign: document.is_foreign(id), attrs: sorted(attrs) }
}

/// The order of attributes means nothing.
fn sorted(attrs: impl Iterator<Item = (Attr, String)>) -> Vec<(Attr, String)> {
    let mut attrs: Vec<_> = attrs.collect();
    attrs.sort();
    attrs
}

/// Passes all tokens but parse errors, at which html5ever's tree builder forgets that it has to
/// drop the line feed at the start of a `<pre>`.
struct WithoutErrors<S>(S);

impl<S: TokenSink> TokenSink for WithoutErrors<S> {
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<S::Handle> {
        match token {
            Token::ParseError(_) => TokenSinkResult::Continue,
            token => self.0.process_token(token, line),
        }
    }

    fn end(&self) {
        self.0.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Parses with html5ever's own tokenizer into RcDom.
pub fn rcdom(page: &str) -> RcDom {
    let opts = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = WithoutErrors(TreeBuilder::new(RcDom::default(), opts));
    // html5ever would discard a byte order mark behind each `</script>`, too.
    let opts = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(builder, opts);
    let page = page.strip_prefix('\u{feff}').unwrap_or(page);
    let input = BufferQueue::default();
    input.push_back(page.into());
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.0.sink
}

/// The tree of a page by html5ever.
pub fn oracle(page: &str) -> Vec<Line> {
    enum Task {
        Visit(Handle),
        Close,
    }
    let dom = rcdom(page);
    let mut lines = Vec::new();
    let mut tasks = vec![Task::Visit(dom.document.clone())];
    while let Some(task) = tasks.pop() {
        let Task::Visit(node) = task else {
            lines.push(Line::Close);
            continue;
        };
        match &node.data {
            NodeData::Text { contents } => push_text(&mut lines, &contents.borrow()),
            NodeData::Element { name, attrs, template_contents, .. } => {
                let attrs = attrs.borrow();
                let attrs = attrs.iter().filter_map(|attr| {
                    let name = match (&attr.name.ns, &*attr.name.local) {
                        (&ns!(), local) => Attr::from_name(local),
                        (&ns!(xlink), "href") => Attr::XlinkHref,
                        (&ns!(xml), "lang") => Attr::XmlLang,
                        _ => Attr::Other,
                    };
                    (name != Attr::Other).then(|| (name, attr.value.to_string()))
                });
                let tag = Tag::from_name(&name.local);
                let foreign = name.ns != ns!(html);
                lines.push(Line::Open { tag, foreign, attrs: sorted(attrs) });
                tasks.push(Task::Close);
                if let Some(contents) = &*template_contents.borrow() {
                    tasks.push(Task::Visit(contents.clone()));
                }
            }
            _ => {}
        }
        let children = node.children.borrow();
        tasks.extend(children.iter().rev().map(|child| Task::Visit(child.clone())));
    }
    without_line_ends_in_code(lines)
}
