//! The quick check: `cargo run --release --example dehusk -- [--format text|json] [--explain] FILE|-`
//!
//! Exit codes: 0 content was found, 1 the page has none, 2 wrong usage, 3 the file cannot be read
//! or is over a limit.

use dehusk::{Extractor, Outcome, Page};
use std::io::{Read, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: dehusk [--format text|json] [--explain] FILE|-

Prints the main content of an HTML page; - reads from standard input.

  --format text|json   plain text (default), or one JSON object
  --explain            a table of all blocks: kept or dropped, score, strongest signals, first words
  --help               this text

exit codes: 0 content found, 1 the page has none, 2 wrong usage, 3 cannot read the file";

enum Format {
    Text,
    Json,
}

struct Arguments {
    format: Format,
    explain: bool,
    file: String,
}

fn main() -> ExitCode {
    let arguments = match parse(std::env::args().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("dehusk: {message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let bytes = match read(&arguments.file) {
        Ok(bytes) => bytes,
        Err(message) => {
            eprintln!("dehusk: {message}");
            return ExitCode::from(3);
        }
    };
    let extractor = Extractor::new().with_signals(if arguments.explain { 3 } else { 0 });
    let page = match extractor.extract_bytes(&bytes) {
        Ok(page) => page,
        Err(error) => {
            eprintln!("dehusk: {}: {error}", arguments.file);
            return ExitCode::from(3);
        }
    };
    let output = match (arguments.explain, arguments.format) {
        (true, _) => table(&page),
        (false, Format::Json) => json(&page),
        (false, Format::Text) => page.text().to_string() + "\n",
    };
    // A reader that closes early, such as `head`, is not an error.
    let _ = std::io::stdout().write_all(output.as_bytes());
    match page.outcome() {
        Outcome::Content { .. } => ExitCode::SUCCESS,
        outcome => {
            eprintln!("dehusk: {}: no content ({})", arguments.file, outcome.name());
            ExitCode::from(1)
        }
    }
}

fn parse(arguments: impl Iterator<Item = String>) -> Result<Option<Arguments>, String> {
    let mut arguments = arguments.peekable();
    let (mut format, mut explain, mut file) = (Format::Text, false, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--help" | "-h" => return Ok(None),
            "--explain" => explain = true,
            "--format" => {
                format = match arguments.next().as_deref() {
                    Some("text") => Format::Text,
                    Some("json") => Format::Json,
                    _ => return Err("--format takes text or json".into()),
                }
            }
            option if option.starts_with('-') && option != "-" => {
                return Err(format!("no option {option}"));
            }
            _ if file.is_some() => return Err("one file at a time".into()),
            _ => file = Some(argument),
        }
    }
    let file = file.ok_or("which file?")?;
    Ok(Some(Arguments { format, explain, file }))
}

fn read(file: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    if file == "-" {
        let read = std::io::stdin().read_to_end(&mut bytes);
        return read.map(|_| bytes).map_err(|error| format!("standard input: {error}"));
    }
    if std::path::Path::new(file).is_dir() {
        return Err(format!("{file} is a directory; name one of the pages in it"));
    }
    std::fs::read(file).map_err(|error| format!("cannot read {file}: {error}"))
}

fn table(page: &Page) -> String {
    let mut out = format!(
        "{} · confidence {:.2} · {}\n     score  words  links  path and strongest signals · first words\n",
        page.outcome().name(),
        page.confidence(),
        page.encoding()
    );
    for block in page.blocks() {
        let kept = if block.kept() { "keep" } else { "drop" };
        let signals: Vec<String> = block
            .signals()
            .iter()
            .map(|signal| format!("{} {:.2} ({:+.2})", signal.name, signal.value, signal.effect))
            .collect();
        let first: String = block.text().replace('\n', " ").chars().take(60).collect();
        out += &format!(
            "{kept}  {:.2}  {:5}  {:.2}  {}\n        {}\n        {first}\n",
            block.score(),
            block.words(),
            block.link_density(),
            block.path(),
            signals.join(", ")
        );
    }
    out
}

fn json(page: &Page) -> String {
    let title = page.title().map_or("null".into(), quoted);
    format!(
        "{{\"title\":{title},\"outcome\":\"{}\",\"confidence\":{:.4},\"encoding\":\"{}\",\"text\":{}}}\n",
        page.outcome().name(),
        page.confidence(),
        page.encoding(),
        quoted(page.text())
    )
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => out += &format!("\\u{:04x}", c as u32),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
