//! The words of a page by another hand: html5ever's own tree, and one rule for what divides words.

use html5ever::tendril::TendrilSink;
use html5ever::{Attribute, ParseOpts, parse_document, tree_builder::TreeBuilderOpts};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::rc::Weak;

/// Elements whose edges divide words.
const BLOCKS: &str = " address article aside blockquote body br button caption center dd details \
    dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr \
    html legend li main menu nav noscript ol p plaintext pre search section summary table tbody td \
    template tfoot th thead tr ul xmp ";

/// Elements whose text nobody sees.
const UNSEEN: &str = " audio canvas datalist embed frameset head iframe noframes object optgroup \
    option rp script select style svg textarea title video ";

/// What the open elements are.
#[derive(Clone, Copy, Default)]
struct Around {
    formula: bool,
    listing: bool,
    heading: bool,
}

enum Step {
    Enter(Handle),
    /// Leaves an element: whether it is a block, and what is around it.
    Leave(bool, Around),
}

/// The text of a page, with a line feed at each block's edge; white space is not collapsed.
///
/// An inline element that holds a block ends with an edge too: blocks are cut there. The signs of a
/// formula stand apart, each in its element, but in a listing, which is given as it stands.
pub fn text(html: &str) -> String {
    shown(html, false)
}

/// As [`text`], with a space for each link within the page that has no letter or number: a sign
/// that we leave out where it leads to what it stands in, and what is around it stays apart.
pub fn text_without_signs(html: &str) -> String {
    shown(html, true)
}

fn shown(html: &str, without_signs: bool) -> String {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let opts = ParseOpts { tree_builder, ..ParseOpts::default() };
    let dom = parse_document(RcDom::default(), opts).one(html);
    let mut out = String::new();
    let mut steps = vec![Step::Enter(dom.document.clone())];
    // The open elements: whether a block stands in each.
    let mut open: Vec<bool> = Vec::new();
    let (mut around, mut sign) = (Around::default(), None);
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Enter(node) => node,
            Step::Leave(block, outer) => {
                around = outer;
                let divided = open.pop().unwrap_or(false);
                if block || divided {
                    out.push('\n');
                }
                continue;
            }
        };
        match &node.data {
            NodeData::Text { contents } => {
                let parent = node.parent.take();
                let apart = around.formula && (around.heading || !around.listing);
                let element = parent.as_ref().filter(|_| apart).map(Weak::as_ptr);
                node.parent.set(parent);
                if sign.is_some() && element.is_some() && element != sign {
                    out.push(' ');
                }
                sign = element;
                out.push_str(&contents.borrow());
            }
            NodeData::Element { name, template_contents, attrs, .. } => {
                let spaced = format!(" {} ", name.local);
                // A formula that a script would set is shown.
                let is_tex = |kind: &str| kind.starts_with("math/tex");
                let tex =
                    attrs.borrow().iter().any(|a| &*a.name.local == "type" && is_tex(&a.value));
                let shadow = attrs.borrow().iter().any(|a| &*a.name.local == "shadowrootmode");
                // MathJax 2 leaves the TeX behind what it has set from it; the TeX is what we give.
                let is_set = |id: &str| id.starts_with("MathJax-") && id.ends_with("-Frame");
                let set = attrs.borrow().iter().any(|a| &*a.name.local == "id" && is_set(&a.value));
                if set
                    || (UNSEEN.contains(&spaced) && !tex)
                    || (&*name.local == "template" && !shadow)
                {
                    continue;
                }
                if without_signs && is_sign(&node) {
                    out.push(' ');
                    continue;
                }
                let block = BLOCKS.contains(&spaced);
                if block {
                    out.push('\n');
                    // Neither a line break nor a rule cuts what it stands in.
                    if !matches!(&*name.local, "br" | "hr") {
                        open.iter_mut()
                            .rev()
                            .take_while(|divided| !**divided)
                            .for_each(|d| *d = true);
                    }
                }
                open.push(block);
                steps.push(Step::Leave(block, around));
                if &*name.local == "math" && !around.formula {
                    sign = None;
                }
                // The words of whole blocks are no signs.
                around.formula = !block && (around.formula || &*name.local == "math");
                around.listing |= matches!(&*name.local, "pre" | "xmp" | "plaintext");
                around.heading |= matches!(&*name.local, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                if let Some(inner) = &*template_contents.borrow() {
                    steps.push(Step::Enter(inner.clone()));
                }
            }
            _ => {}
        }
        let children = node.children.borrow();
        steps.extend(children.iter().rev().map(|child| Step::Enter(child.clone())));
    }
    out
}

/// Whether an element is a link within the page without a letter or number.
fn is_sign(node: &Handle) -> bool {
    let NodeData::Element { name, attrs, .. } = &node.data else { return false };
    let leads_within = |a: &Attribute| &*a.name.local == "href" && a.value.trim().starts_with('#');
    if &*name.local != "a" || !attrs.borrow().iter().any(leads_within) {
        return false;
    }
    let mut within = vec![node.clone()];
    while let Some(node) = within.pop() {
        if let NodeData::Text { contents } = &node.data
            && contents.borrow().contains(char::is_alphanumeric)
        {
            return false;
        }
        within.extend(node.children.borrow().iter().cloned());
    }
    true
}

/// The words of a text as white space divides them, without the signs around them (those before
/// and behind a heading or note may lead elsewhere) and without the numbers that lists add.
pub fn words(text: &str) -> Vec<&str> {
    let words = text.split(char::is_whitespace);
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.bytes().any(|b| !b.is_ascii_digit())).collect()
}

/// The first word of `part` that does not come in `whole` behind those before it.
pub fn astray<'t>(part: &[&'t str], whole: &[&str]) -> Option<(usize, &'t str)> {
    let mut rest = whole.iter();
    for (at, word) in part.iter().enumerate() {
        if !rest.any(|other| other == word) {
            return Some((at, word));
        }
    }
    None
}
