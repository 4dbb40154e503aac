//! Text that means itself: escapes for Markdown and HTML.

/// Where a piece of Markdown stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    /// Within a table's cell, where `|` ends the cell.
    pub cell: bool,
    /// Within a heading, which is one line.
    pub heading: bool,
    /// Within a table that is written as lines of text.
    pub flat: bool,
    /// Behind something else on its line.
    pub inner: bool,
    /// Whether a second `$` in the line could make a formula of what is between.
    pub dollars: bool,
}

/// Writes text so that Markdown shows it as it is; `out` ends where the text begins.
pub(super) fn markdown(out: &mut String, text: &str, line_start: bool, setting: Setting) {
    let text = if line_start { text.trim_start_matches([' ', '\t']) } else { text };
    let mut rest = text;
    // Behind the sign of a heading no other block begins.
    if line_start && !setting.heading {
        let mark = line_mark(rest);
        if mark > 0 {
            // The escape goes before the last character of the mark: `1\.`, `\#`.
            let (before, last) = rest.split_at(mark - 1);
            out.push_str(before);
            out.push('\\');
            let (last, after) = last.split_at(1);
            out.push_str(last);
            rest = after;
        }
    }
    let mut before = out.chars().next_back().unwrap_or(' ');
    // Behind a footnote's mark these would make a definition or a link of it.
    if before == ']' && rest.starts_with([':', '(']) {
        out.push('\\');
    }
    // Hashes at the end of a heading would be taken for its closing sign.
    let closing = rest.trim_end_matches(['#', ' ']).len();
    for (at, c) in rest.char_indices() {
        let after = &rest[at + c.len_utf8()..];
        let closes = c == '#' && setting.heading && at >= closing;
        if closes || needs_escape(c, before, after, setting) {
            out.push('\\');
        }
        out.push(match c {
            '\n' | '\t' | '\r' => ' ',
            c => c,
        });
        before = c;
    }
}

fn needs_escape(c: char, before: char, after: &str, setting: Setting) -> bool {
    let next = after.chars().next();
    match c {
        '\\' | '`' | '*' | '[' | ']' | '~' => true,
        // Within a word an underscore is only that.
        '_' => !(before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric)),
        '<' => next.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => begins_reference(after),
        '!' => next.is_none(),
        '$' => setting.dollars,
        '|' => setting.cell || setting.flat,
        _ => false,
    }
}

/// Whether what stands behind a `&` may make a character reference of it, if need be with what
/// comes behind the text.
fn begins_reference(after: &str) -> bool {
    let name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let rest = after.trim_start_matches(name);
    rest.is_empty() || (rest.len() < after.len() && rest.starts_with(';'))
}

/// The length of what would begin a heading, list, quote, table or rule, up to and with the
/// character to escape; 0 if nothing would.
fn line_mark(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |at: usize| bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
    match bytes.first() {
        Some(b'#') => {
            let hashes = bytes.iter().take_while(|byte| **byte == b'#').count();
            usize::from(hashes <= 6 && ends(hashes))
        }
        Some(b'>' | b'=' | b'|') => 1,
        Some(b'-') => 1,
        Some(b':') => usize::from(bytes.get(1).is_some_and(|byte| matches!(byte, b'-' | b' '))),
        Some(b'+') => usize::from(ends(1)),
        Some(b'0'..=b'9') => {
            let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let mark = matches!(bytes.get(digits), Some(b'.' | b')')) && ends(digits + 1);
            if mark && digits <= 9 { digits + 1 } else { 0 }
        }
        _ => 0,
    }
}

/// An address as a link's destination: what could end it, or begin something else, is encoded.
pub(super) fn destination(out: &mut String, url: &str) {
    for c in url.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '\\' | '`' | '|' | '$' | '"' | '*' | '[' | ']' | '^' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            // Read back as a plain `&`; else `&copy;` in an address would be a sign.
            '&' if url.contains(';') => out.push_str("&amp;"),
            c if c.is_control() || c.is_whitespace() => {
                let mut buffer = [0; 4];
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
}

/// Writes text so that HTML shows it as it is, also within quotes.
pub(super) fn html(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\r']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            // As it stands, it would be read as a line feed.
            b'\r' => "&#13;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
