//! Changes to a page's markup that change nothing for its reader.

use std::ops::Range;

/// A tag of a page: where it stands, and where its name does.
struct Tag {
    whole: Range<usize>,
    name: Range<usize>,
}

/// Elements whose content is text up to their end tag.
const RAW: [&str; 8] =
    ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// The start and end tags of a page, as far as it is written with care; what stands in comments,
/// scripts and titles is none.
fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            at = start + 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
            continue;
        }
        let slash = usize::from(rest.starts_with('/'));
        let name = start + 1 + slash;
        let len = html[name..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let name = name..name + len.unwrap_or(0);
        if !html[name.clone()].starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = start + 1;
            continue;
        }
        let end = end_of_tag(html, name.end);
        at = end;
        let lower = html[name.clone()].to_ascii_lowercase();
        tags.push(Tag { whole: start..end, name });
        if slash == 0 && RAW.contains(&lower.as_str()) {
            let close = format!("</{lower}");
            let inside = html[at..].to_ascii_lowercase();
            at += inside.find(&close).unwrap_or(inside.len());
        }
    }
    tags
}

/// Behind the `>` of a tag whose name ends at `at`.
fn end_of_tag(html: &str, at: usize) -> usize {
    let mut quote = None;
    for (offset, c) in html[at..].char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return at + offset + 1,
            _ => {}
        }
    }
    html.len()
}

/// The page with each tag as `write` writes it.
fn rewritten(html: &str, mut write: impl FnMut(&str, Range<usize>) -> String) -> String {
    let (mut out, mut done) = (String::new(), 0);
    for Tag { whole, name } in tags(html) {
        out.push_str(&html[done..whole.start]);
        let name = name.start - whole.start..name.end - whole.start;
        out.push_str(&write(&html[whole.clone()], name));
        done = whole.end;
    }
    out + &html[done..]
}

/// The content of the body within so many more elements.
pub fn wrapped(html: &str, divs: usize) -> String {
    let tags = tags(html);
    let is =
        |tag: &&Tag, text: &str| html[tag.whole.clone()].to_ascii_lowercase().starts_with(text);
    let start = tags.iter().find(|tag| is(tag, "<body")).map(|tag| tag.whole.end);
    let Some(start) = start else { return html.to_string() };
    let end = tags.iter().rfind(|tag| is(tag, "</body")).map_or(html.len(), |tag| tag.whole.start);
    let (open, close) = ("<div>".repeat(divs), "</div>".repeat(divs));
    format!("{}{open}{}{close}{}", &html[..start], &html[start..end], &html[end..])
}

/// With the line ends of another system.
pub fn with_crlf(html: &str) -> String {
    html.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// With the names of elements in upper case.
pub fn in_upper_case(html: &str) -> String {
    rewritten(html, |tag, name| {
        let upper = tag[name.clone()].to_ascii_uppercase();
        format!("{}{upper}{}", &tag[..name.start], &tag[name.end..])
    })
}

/// With the attributes of each element the other way round.
pub fn with_attributes_reversed(html: &str) -> String {
    rewritten(html, |tag, name| {
        let close = if tag.ends_with("/>") { "/>" } else { ">" };
        let Some(inside) = tag.get(name.end..).and_then(|tag| tag.strip_suffix(close)) else {
            return tag.to_string();
        };
        let mut attributes = attributes(inside);
        attributes.reverse();
        // A value without quotes must not run into the end of the tag.
        let space = if attributes.is_empty() { "" } else { " " };
        let attributes = attributes.join(" ");
        format!("{}{space}{attributes}{space}{close}", &tag[..name.end])
    })
}

/// The attributes of a tag, as they are written.
fn attributes(inside: &str) -> Vec<&str> {
    let (mut attributes, mut start, mut quote) = (Vec::new(), None, None);
    for (at, c) in inside.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c.is_ascii_whitespace() => {
                attributes.extend(start.take().map(|start| &inside[start..at]));
            }
            None => {
                start.get_or_insert(at);
                quote = Some(c).filter(|c| matches!(c, '"' | '\''));
            }
        }
    }
    attributes.extend(start.map(|start| &inside[start..]));
    attributes
}

/// With a comment before and behind those tags for which `at` says so.
pub fn with_comments(html: &str, mut at: impl FnMut(usize) -> bool) -> String {
    let mut index = 0;
    rewritten(html, |tag, name| {
        index += 2;
        let comment = |wanted: bool| if wanted { "<!-- x -->" } else { "" };
        let (before, behind) = (at(index - 2), at(index - 1));
        // Within these elements a comment is text.
        let raw = RAW.contains(&tag[name].to_ascii_lowercase().as_str());
        let (opens, closes) = (raw && !tag.starts_with("</"), raw && tag.starts_with("</"));
        let (before, behind) = (comment(before && !closes), comment(behind && !opens));
        format!("{before}{tag}{behind}")
    })
}

#[test]
fn the_changes_do_what_they_say() {
    let html = "<body class=a id='b c'>\n<p>x<br/>y<!-- <b> --><title><i></title></body>";
    assert_eq!(
        in_upper_case(html),
        "<BODY class=a id='b c'>\n<P>x<BR/>y<!-- <b> --><TITLE><i></TITLE></BODY>"
    );
    assert!(with_attributes_reversed(html).starts_with("<body id='b c' class=a >\n<p>x<br/>"));
    assert!(wrapped(html, 2).starts_with("<body class=a id='b c'><div><div>\n<p>"));
    assert!(wrapped(html, 2).ends_with("</title></div></div></body>"));
    assert!(with_comments(html, |_| true).contains("<!-- x --><br/><!-- x -->y<!-- <b> -->"));
    assert!(with_comments(html, |_| true).contains("<title><i></title><!-- x -->"));
}
