//! The standard's tokenizer tests (html5lib-tests), where they are present: in
//! `../shared/html5lib-tests/tokenizer`, or where `DEHUSK_HTML5LIB` says.
//!
//! Not run, and why:
//! - `xmlViolation.test`: tests of a change to the tree for XML's sake, which HTML has no use for.
//! - Cases with lone surrogates, in the input or in the output: a `&str` cannot hold them.
//! - Parse errors are not compared: the tokenizer reports none.
//! - `pendingSpecChanges.test` and all others are run in full.

#[allow(dead_code, unused_imports)]
#[path = "../src/tokenizer/mod.rs"]
mod tokenizer;

#[allow(dead_code)]
#[path = "parse_support/tokens.rs"]
mod tokens;

use serde_json::Value;
use std::path::{Path, PathBuf};
use tokenizer::Next;
use tokens::Seen;

fn folder() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/html5lib-tests/tokenizer");
    std::env::var_os("DEHUSK_HTML5LIB").map_or(here, PathBuf::from)
}

/// Resolves `\uXXXX` once more, in tests that are written so; `None` for lone surrogates.
fn unescape(text: &str, doubly: bool) -> Option<String> {
    if !doubly {
        return Some(text.to_string());
    }
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        units.extend(rest[..at].encode_utf16());
        units.push(u16::from_str_radix(&rest[at + 2..at + 6], 16).ok()?);
        rest = &rest[at + 6..];
    }
    units.extend(rest.encode_utf16());
    String::from_utf16(&units).ok()
}

fn expected(output: &Value, doubly: bool) -> Option<Vec<Seen>> {
    let string = |value: &Value| unescape(value.as_str()?, doubly);
    // An absent identifier is not an empty one.
    let identifier = |value: &Value| match value {
        Value::Null => Some(None),
        value => string(value).map(Some),
    };
    let mut seen = Vec::new();
    for token in output.as_array()? {
        seen.push(match token[0].as_str()? {
            "DOCTYPE" => Seen::Doctype {
                name: identifier(&token[1])?,
                public: identifier(&token[2])?,
                system: identifier(&token[3])?,
                quirks: !token[4].as_bool()?,
            },
            "StartTag" => {
                let attrs = token[2].as_object()?.iter();
                let attrs: Option<Vec<_>> = attrs
                    .map(|(name, value)| Some((unescape(name, doubly)?, string(value)?)))
                    .collect();
                Seen::Start {
                    name: string(&token[1])?,
                    attrs: attrs?,
                    self_closing: token[3].as_bool().unwrap_or(false),
                    duplicates: false,
                }
            }
            "EndTag" => Seen::End { name: string(&token[1])? },
            "Comment" => Seen::Comment(string(&token[1])?),
            "Character" => Seen::Text(string(&token[1])?),
            _ => return None,
        });
    }
    Some(seen)
}

/// Our tokens in the words of the tests: attributes without order, NULs as text, no end.
fn comparable(tokens: Vec<Seen>) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    for token in tokens {
        match token {
            Seen::Eof => {}
            Seen::Start { name, mut attrs, self_closing, .. } => {
                attrs.sort();
                seen.push(Seen::Start { name, attrs, self_closing, duplicates: false });
            }
            Seen::Text(_) | Seen::Null => {
                let text = if let Seen::Text(text) = token { text } else { "\0".to_string() };
                match seen.last_mut() {
                    Some(Seen::Text(last)) => last.push_str(&text),
                    _ => seen.push(Seen::Text(text)),
                }
            }
            token => seen.push(token),
        }
    }
    seen
}

fn mode(state: &str) -> Option<Next> {
    Some(match state {
        "Data state" => Next::Data,
        "PLAINTEXT state" => Next::Plaintext,
        "RCDATA state" => Next::Rcdata,
        "RAWTEXT state" => Next::Rawtext,
        "Script data state" => Next::Script,
        // There is no such mode: a section is found as a whole. Its input is put in one.
        "CDATA section state" => return None,
        other => panic!("unknown state {other}"),
    })
}

/// Runs one test in one state; says what is wrong.
fn check(test: &Value, state: &str, doubly: bool) -> Result<(), String> {
    let input = test["input"].as_str().and_then(|input| unescape(input, doubly));
    let (Some(input), Some(mut expected)) = (input, expected(&test["output"], doubly)) else {
        return Err("skipped".into());
    };
    let last_start_tag = test["lastStartTag"].as_str().unwrap_or("");
    let found = match mode(state) {
        Some(mode) => tokens::ours(&input, mode, last_start_tag),
        None => {
            let page = format!("<svg><![CDATA[{input}");
            tokens::ours(&page, Next::Data, "").into_iter().skip(1).collect()
        }
    };
    let found = comparable(found);
    expected = comparable(expected);
    if found == expected {
        return Ok(());
    }
    Err(format!("{input:?} in the {state}\nexpected {expected:?}\nfound    {found:?}"))
}

#[test]
fn html5lib_tests_pass() {
    let Ok(files) = std::fs::read_dir(folder()) else { return };
    let (mut passed, mut skipped, mut wrong) = (0, 0, Vec::new());
    for file in files.flatten() {
        let path = file.path();
        if path.extension().is_none_or(|extension| extension != "test") {
            continue;
        }
        let file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        for test in file["tests"].as_array().into_iter().flatten() {
            let doubly = test["doubleEscaped"].as_bool().unwrap_or(false);
            let data = vec![Value::from("Data state")];
            let states = test["initialStates"].as_array().unwrap_or(&data);
            for state in states {
                match check(test, state.as_str().unwrap(), doubly) {
                    Ok(()) => passed += 1,
                    Err(reason) if reason == "skipped" => skipped += 1,
                    Err(reason) => wrong.push(format!("{}: {reason}", test["description"])),
                }
            }
        }
    }
    println!("{passed} passed, {skipped} with lone surrogates not run");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(passed > 6_000, "only {passed} tests were found");
}
