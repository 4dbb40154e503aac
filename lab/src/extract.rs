//! `lab extract`: pages to JSON lines, in order of id, on all cores.

use crate::corpus;
use anyhow::{Context, Result};
use clap::Args as ClapArgs;
use dehusk::{Extractor, Page};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Extract pages to JSON lines.
#[derive(ClapArgs)]
pub struct Args {
    /// Folders of `.html` and `.html.gz`, or files.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Where to write; standard output if not given.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Add author and date to each line, and take the title from the metadata.
    #[arg(long)]
    metadata: bool,
}

/// A line of the output; other tools read it, so fields are only ever added.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    pub id: String,
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    pub text: String,
    pub outcome: String,
    pub confidence: f32,
}

/// Pages that are held at once.
const BATCH: usize = 256;

pub fn run(args: &Args) -> Result<ExitCode> {
    let mut pages = Vec::new();
    for path in &args.paths {
        collect(path, &mut pages)?;
    }
    pages.sort();
    let out: Box<dyn Write> = match &args.out {
        Some(path) => {
            let told = || format!("cannot write {}", path.display());
            Box::new(std::fs::File::create(path).with_context(told)?)
        }
        None => Box::new(std::io::stdout().lock()),
    };
    let mut out = BufWriter::new(out);
    let bar = progress(pages.len() as u64);
    for batch in pages.chunks(BATCH) {
        let lines: Vec<Line> = batch
            .par_iter()
            .map(|(id, path)| {
                let line = line(id, path, args.metadata);
                bar.inc(1);
                line.unwrap_or_else(|error| {
                    bar.suspend(|| eprintln!("{error:#}"));
                    failed(id)
                })
            })
            .collect();
        for line in lines {
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
    }
    bar.finish_and_clear();
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn line(id: &str, path: &Path, metadata: bool) -> Result<Line> {
    let told = || format!("cannot extract {}", path.display());
    extract(id, &corpus::read(path)?, metadata).with_context(told)
}

/// The line of a page that cannot be read or extracted.
fn failed(id: &str) -> Line {
    Line { id: id.to_string(), outcome: "error".to_string(), ..Line::default() }
}

/// The line of a page.
pub fn extract(id: &str, bytes: &[u8], metadata: bool) -> Result<Line> {
    let page = Extractor::new().extract_bytes(bytes)?;
    let mut line = Line {
        id: id.to_string(),
        title: page.title().map(String::from),
        text: page.text().to_string(),
        outcome: page.outcome().name().to_string(),
        confidence: page.confidence(),
        ..Line::default()
    };
    if metadata {
        add_metadata(&mut line, &page);
    }
    Ok(line)
}

/// The lines of a file, by id.
pub fn read_lines(path: &Path) -> Result<HashMap<String, Line>> {
    let text = String::from_utf8(corpus::read(path)?)?;
    let line = |line: &str| -> Result<(String, Line)> {
        let line: Line = serde_json::from_str(line)?;
        Ok((line.id.clone(), line))
    };
    text.lines().filter(|line| !line.is_empty()).map(line).collect()
}

/// The pages of a path, with their ids.
fn collect(path: &Path, pages: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let told = || format!("cannot read {}", path.display());
    if !std::fs::metadata(path).with_context(told)?.is_dir() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let id = page_id(&name).unwrap_or(&name).to_string();
        pages.push((id, path.to_path_buf()));
        return Ok(());
    }
    for entry in std::fs::read_dir(path).with_context(told)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(id) = page_id(&name) {
            pages.push((id.to_string(), entry.path()));
        }
    }
    Ok(())
}

fn page_id(name: &str) -> Option<&str> {
    name.strip_suffix(".html.gz").or_else(|| name.strip_suffix(".html"))
}

/// A bar on a terminal, nothing elsewhere.
pub fn progress(len: u64) -> ProgressBar {
    let terminal = std::io::stderr().is_terminal();
    let target = if terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(len), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} pages, {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// What the page says about itself: title, names joined by commas, the day of publication.
fn add_metadata(line: &mut Line, page: &Page) {
    let metadata = page.metadata();
    let names: Vec<&str> =
        metadata.authors().iter().map(|author| author.value().as_str()).collect();
    line.title = metadata.title().map(|title| title.value().clone());
    line.author = Some(names.join(", ")).filter(|names| !names.is_empty());
    line.date = metadata.published().map(|date| date.value().day().to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_page_does_not_stop_the_others() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("dehusk-extract-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("a.html.gz"), "not packed at all")?;
        std::fs::write(folder.join("b.html"), "<p>The ferry runs again.")?;
        let out = folder.join("lines");
        let ran =
            run(&Args { paths: vec![folder.clone()], out: Some(out.clone()), metadata: false });
        let lines = read_lines(&out);
        std::fs::remove_dir_all(&folder)?;
        ran?;
        let lines = lines?;
        assert_eq!((&*lines["a"].outcome, &*lines["a"].text), ("error", ""));
        assert_eq!(lines["b"].text, "The ferry runs again.");
        Ok(())
    }
}
