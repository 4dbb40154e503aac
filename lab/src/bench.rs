//! `lab bench`: what whole extraction to text costs. Other tools call it and read its JSON.

use crate::corpus::{self, SETS};
use crate::extract::progress;
use anyhow::{Context, Result, bail};
use clap::{Args as ClapArgs, ValueEnum};
use cpu_time::ProcessTime;
use dehusk::Extractor;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Measure whole extraction to text, of pages loaded beforehand.
#[derive(ClapArgs)]
pub struct Args {
    /// A page, a folder of pages with those below it, or the name of a set of the corpus.
    path: PathBuf,
    /// How many threads share the pages.
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: u16,
    /// How often all pages are extracted; the median round is printed.
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// Extract the whole page, with metadata and an account of each block, not just the text.
    #[arg(long)]
    page: bool,
    /// How to print the figures.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The folder of the corpus.
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// The figures of one round; other tools read them, so the names stay.
#[derive(Debug, Clone, Copy, Serialize)]
struct Figures {
    pages: usize,
    /// Of the pages as they came, unpacked.
    bytes: usize,
    wall_seconds: f64,
    /// Of all threads together.
    cpu_seconds: f64,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let pages = load(&args.path, &args.corpus)?;
    if pages.is_empty() {
        bail!("no pages (.html, .html.gz, .jsonl.gz) in {}", args.path.display());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.into()).build()?;
    let bar = progress(u64::from(args.rounds) + 1);
    // The first round fills the caches and is not counted.
    let mut rounds: Vec<Figures> = (0..=args.rounds)
        .map(|_| {
            let figures = pool.install(|| round(&pages, args.threads, args.page));
            bar.inc(1);
            figures
        })
        .skip(1)
        .collect();
    bar.finish_and_clear();
    rounds.sort_by(|a, b| a.cpu_seconds.total_cmp(&b.cpu_seconds));
    let median = rounds[rounds.len() / 2];
    match args.format {
        Format::Json => println!("{}", serde_json::to_string(&median)?),
        Format::Text => print(median),
    }
    Ok(ExitCode::SUCCESS)
}

/// Extracts each page once.
fn round(pages: &[Vec<u8>], threads: u16, whole: bool) -> Figures {
    let extractor = Extractor::new();
    let extract = |page: &Vec<u8>| {
        // A page over a limit costs what it costs; that it failed is no matter of speed.
        let length = match whole {
            true => extractor.extract_bytes(black_box(page)).map(|page| page.text().len()),
            false => extractor.extract_text(black_box(page)).map(|text| text.len()),
        };
        black_box(length).unwrap_or_default();
    };
    let (wall, cpu) = (Instant::now(), ProcessTime::now());
    match threads {
        1 => pages.iter().for_each(extract),
        _ => pages.par_iter().with_max_len(1).for_each(extract),
    }
    Figures {
        pages: pages.len(),
        bytes: pages.iter().map(Vec::len).sum(),
        wall_seconds: wall.elapsed().as_secs_f64(),
        cpu_seconds: cpu.elapsed().as_secs_f64(),
    }
}

fn print(figures: Figures) {
    let Figures { pages, bytes, wall_seconds, cpu_seconds } = figures;
    let megabytes = bytes as f64 / 1e6;
    println!("{pages} pages, {megabytes:.1} MB");
    println!("wall {wall_seconds:8.3} s  {:8.1} MB/s", megabytes / wall_seconds);
    println!("CPU  {cpu_seconds:8.3} s  {:8.1} MB/s", megabytes / cpu_seconds);
}

/// The pages of a path, in order of name, or of a set of the corpus.
fn load(path: &Path, corpus: &Path) -> Result<Vec<Vec<u8>>> {
    let set = SETS.iter().find(|set| Path::new(set) == path && !path.exists());
    let path = set.map_or_else(|| path.to_path_buf(), |set| corpus.join(set));
    let mut pages = Vec::new();
    for file in corpus::files_below(&path)? {
        match file.to_string_lossy() {
            name if name.ends_with(".jsonl.gz") || name.ends_with(".jsonl") => {
                pages.extend(pages_in_lines(&file)?);
            }
            _ => pages.push(corpus::read(&file)?),
        }
    }
    Ok(pages)
}

/// The pages that stand in JSON lines as their member `html`; the lines of a truth have none.
fn pages_in_lines(path: &Path) -> Result<Vec<Vec<u8>>> {
    #[derive(Deserialize)]
    struct Line {
        html: Option<String>,
    }
    let text = corpus::read(path)?;
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let page = |line| -> Result<Option<Vec<u8>>> {
        let told = || format!("{}: a line that is no JSON object", path.display());
        let line: Line = serde_json::from_slice(line).with_context(told)?;
        Ok(line.html.map(String::into_bytes))
    };
    lines.map(page).filter_map(Result::transpose).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn finds_pages_of_all_kinds_in_all_subfolders() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("dehusk-bench-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("set/pages"))?;
        std::fs::write(folder.join("a.html"), "<p>One")?;
        std::fs::write(folder.join("notes.txt"), "not a page")?;
        let packed = |name: &str, bytes: &[u8]| -> Result<()> {
            let file = std::fs::File::create(folder.join(name))?;
            let mut packer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
            packer.write_all(bytes)?;
            packer.finish()?;
            Ok(())
        };
        packed("set/pages/b.html.gz", b"<p>Caf\xe9")?;
        packed("set/truth.jsonl.gz", b"{\"id\":\"b\",\"text\":\"Caf\"}\n")?;
        packed("set/pages.jsonl.gz", b"{\"html\":\"<p>Three\"}\n\n{\"html\":\"<p>Four\"}\n")?;
        let pages = load(&folder, Path::new("nowhere"));
        std::fs::remove_dir_all(&folder)?;
        assert_eq!(pages?, [&b"<p>One"[..], b"<p>Caf\xe9", b"<p>Three", b"<p>Four"]);
        Ok(())
    }

    #[test]
    fn the_figures_keep_their_names() -> Result<()> {
        for threads in [1, 2] {
            let figures = round(&vec![b"<p>Tea".to_vec(); 3], threads, threads == 1);
            assert_eq!((figures.pages, figures.bytes), (3, 18));
            assert!(figures.wall_seconds > 0.0 && figures.cpu_seconds > 0.0);
            let json = serde_json::to_value(figures)?;
            let keys: Vec<&String> = json.as_object().context("an object")?.keys().collect();
            assert_eq!(keys, ["bytes", "cpu_seconds", "pages", "wall_seconds"]);
        }
        Ok(())
    }
}
