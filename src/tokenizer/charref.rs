//! Character references: `&amp;`, `&#38;`, `&#x26;` and those without their semicolon.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Where a reference stands; attributes are stricter about a missing semicolon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Attribute,
}

/// One or two characters, and the bytes that stood for them behind the `&`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub first: char,
    pub second: Option<char>,
    pub len: usize,
}

/// The longest name in the standard's table has 31 letters and digits.
const LONGEST_NAME: usize = 31;

/// The names that need no semicolon have two to six letters and digits.
const SHORTEST_BARE_NAME: usize = 2;
const LONGEST_BARE_NAME: usize = 6;

/// Reads the reference that follows an `&`; `None` if none does and the `&` stands for itself.
pub(super) fn read(rest: &str, place: Place) -> Option<Reference> {
    match rest.as_bytes().first()? {
        b'#' => numeric(rest),
        b'a'..=b'z' | b'A'..=b'Z' => named(rest, place),
        _ => None,
    }
}

fn numeric(rest: &str) -> Option<Reference> {
    let bytes = rest.as_bytes();
    let (start, base) = match bytes.get(1) {
        Some(b'x' | b'X') => (2, 16),
        _ => (1, 10),
    };
    let mut len = start;
    let mut code = 0u32;
    while let Some(digit) = bytes.get(len).and_then(|byte| char::from(*byte).to_digit(base)) {
        // Everything beyond Unicode is the same error, so the number may stop growing there.
        code = (code * base + digit).min(0x11_0000);
        len += 1;
    }
    if len == start {
        return None;
    }
    len += usize::from(bytes.get(len) == Some(&b';'));
    let first = match code {
        0 => '\u{fffd}',
        0x80..=0x9f => C1_REPLACEMENTS[code as usize - 0x80].unwrap_or(char::from(code as u8)),
        code => char::from_u32(code).unwrap_or('\u{fffd}'),
    };
    Some(Reference { first, second: None, len })
}

fn named(rest: &str, place: Place) -> Option<Reference> {
    let bytes = rest.as_bytes();
    let longest = &bytes[..bytes.len().min(LONGEST_NAME + 1)];
    let run = longest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if bytes.get(run) == Some(&b';') {
        let reference = lookup(rest, run + 1);
        if reference.is_some() {
            return reference;
        }
    }
    let bare = match place {
        // The longest name that the run begins with.
        Place::Text => (SHORTEST_BARE_NAME..=run.min(LONGEST_BARE_NAME)).rev(),
        // `?a=1&copy=2`: a name only counts if neither `=` nor more letters follow.
        Place::Attribute if run > LONGEST_BARE_NAME || bytes.get(run) == Some(&b'=') => {
            return None;
        }
        Place::Attribute => (run.max(SHORTEST_BARE_NAME)..=run).rev(),
    };
    bare.into_iter().find_map(|len| lookup(rest, len))
}

fn lookup(rest: &str, len: usize) -> Option<Reference> {
    // The table also holds the beginnings of all names, with no characters behind them.
    let (first, second) = *NAMED_ENTITIES.get(rest.get(..len)?)?;
    let first = char::from_u32(first).filter(|first| *first != '\0')?;
    let second = char::from_u32(second).filter(|second| *second != '\0');
    Some(Reference { first, second, len })
}
