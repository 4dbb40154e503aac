//! From text as it is written to the text it stands for.

use super::charref::{self, Place};
use memchr::{memchr2, memchr3};

/// What must be decoded in a run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    /// Character references and line ends; there are no NULs.
    References,
    /// Character references, line ends and NULs.
    Rcdata,
    /// Line ends and NULs.
    Raw,
    /// Line ends; there are no NULs (CDATA sections).
    Section,
}

/// Appends what a run of text stands for.
pub(crate) fn decode_text(raw: &str, coding: Coding, out: &mut String) {
    let references = matches!(coding, Coding::References | Coding::Rcdata);
    decode(raw, references.then_some(Place::Text), out);
}

/// Appends what an attribute's value stands for, if that is not the value as it is written; says
/// whether it did.
pub(crate) fn decode_attribute(raw: &str, out: &mut String) -> bool {
    if memchr3(b'&', b'\r', 0, raw.as_bytes()).is_none() {
        return false;
    }
    let start = out.len();
    let changed = decode(raw, Some(Place::Attribute), out);
    if !changed {
        out.truncate(start);
    }
    changed
}

/// Decodes line ends and NULs, and character references where `references` says of which kind.
/// Returns whether anything was decoded.
fn decode(raw: &str, references: Option<Place>, out: &mut String) -> bool {
    let mut changed = false;
    let mut rest = raw;
    while let Some(at) = find_coded(rest, references.is_some()) {
        out.push_str(&rest[..at]);
        let (code, tail) = rest[at..].split_at(1);
        rest = tail;
        match (code, references) {
            ("\r", _) => {
                out.push('\n');
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                changed = true;
            }
            ("\0", _) => {
                out.push('\u{fffd}');
                changed = true;
            }
            (_, Some(place)) => match charref::read(rest, place) {
                Some(reference) => {
                    out.push(reference.first);
                    out.extend(reference.second);
                    rest = &rest[reference.len..];
                    changed = true;
                }
                None => out.push_str(code),
            },
            (code, None) => out.push_str(code),
        }
    }
    out.push_str(rest);
    changed
}

fn find_coded(text: &str, references: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    match references {
        true => memchr3(b'&', b'\r', 0, bytes),
        // No `&` can stand for anything: search for it would stop at each one in a script.
        false => memchr2(b'\r', 0, bytes),
    }
}
