//! `compare`: the contenders over labelled pages, in turn.

use crate::child::{Outcome, Worker};
use crate::contenders::{CONTENDERS, find, version};
use crate::corpus::{self, SETS};
use crate::results::{self, Row};
use anyhow::{Context, Result, bail};
use clap::Args as ClapArgs;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Run the contenders over labelled pages.
#[derive(ClapArgs)]
pub struct Args {
    /// Sets of the corpus; all if none is given.
    sets: Vec<String>,
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// Only this contender; may be given several times.
    #[arg(long, value_name = "NAME")]
    peer: Vec<String>,
    /// How often each contender reads each set, all in turn; of each page's times the least counts.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// Seconds that a page may take, and a second more for each 100 KB.
    #[arg(long, default_value_t = 20.0)]
    limit: f64,
    /// Where answers and results go.
    #[arg(long, default_value = "target/peers")]
    out: PathBuf,
}

/// What a contender made of a page.
#[derive(Debug, Clone, Default)]
struct Found {
    bytes: usize,
    cpu_seconds: f64,
    /// `None` where it failed.
    text: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    text: &'a str,
}

pub fn run(args: &Args) -> Result<()> {
    if let Some(name) = args.peer.iter().find(|name| find(name).is_none()) {
        bail!("no contender named {name}");
    }
    fs::create_dir_all(&args.out)?;
    let is_wanted =
        |wanted: &[String], name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    for set in SETS.into_iter().filter(|set| is_wanted(&args.sets, set)) {
        let sizes: Vec<(String, usize)> = corpus::load(&args.corpus, set)?
            .into_iter()
            .map(|page| Ok((page.truth.id.clone(), page.bytes()?.len())))
            .collect::<Result<_>>()?;
        let mut best: BTreeMap<&str, Vec<Found>> = BTreeMap::new();
        for _ in 0..args.rounds {
            for contender in CONTENDERS.iter().filter(|c| is_wanted(&args.peer, c.name)) {
                let found = read_set(args, contender.name, set, &sizes)?;
                let known = best.entry(contender.name).or_insert_with(|| found.clone());
                for (known, found) in known.iter_mut().zip(found) {
                    known.cpu_seconds = known.cpu_seconds.min(found.cpu_seconds);
                }
            }
        }
        let rows: Vec<Row> = best
            .iter()
            .map(|(name, found)| row(&args.out, name, set, &sizes, found))
            .collect::<Result<_>>()?;
        for row in &rows {
            let speed = row.bytes as f64 / row.cpu_seconds / 1e6;
            let failed = if row.failed.is_empty() {
                String::new()
            } else {
                format!("  failed on {}", row.failed.join(", "))
            };
            println!("{:24} {:14} {speed:8.1} MB/s{failed}", row.peer, row.set);
        }
        results::merge(&args.out, rows)?;
    }
    Ok(())
}

/// A contender over all pages of a set; one that fails on a page goes on with the next.
fn read_set(args: &Args, name: &str, set: &str, sizes: &[(String, usize)]) -> Result<Vec<Found>> {
    let mut found: Vec<Found> = Vec::with_capacity(sizes.len());
    while found.len() < sizes.len() {
        let from = found.len().to_string();
        let mut worker = Worker::start(name, set, &args.corpus, &["--loaded", "--from", &from])?;
        // All pages are read before the first answer.
        let mut patience = 60.0;
        while let Some((id, bytes)) = sizes.get(found.len()) {
            let limit = args.limit + *bytes as f64 / 1e5 + std::mem::take(&mut patience);
            match worker.next(Duration::from_secs_f64(limit))? {
                Outcome::Answer(answer) if answer.id == *id => found.push(Found {
                    bytes: answer.bytes,
                    cpu_seconds: answer.cpu_seconds,
                    text: answer.text,
                }),
                Outcome::Answer(answer) => {
                    bail!("an answer for {} in the place of {id}", answer.id)
                }
                // Its bytes do not count for its speed.
                Outcome::End | Outcome::Slow | Outcome::Crash => {
                    found.push(Found::default());
                    break;
                }
            }
        }
    }
    Ok(found)
}

/// Writes the answers and sums them up.
fn row(
    out: &Path,
    name: &str,
    set: &str,
    sizes: &[(String, usize)],
    found: &[Found],
) -> Result<Row> {
    let path = out.join(format!("{name}.Rust.{set}.jsonl"));
    let file =
        fs::File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut file = BufWriter::new(file);
    for ((id, _), found) in sizes.iter().zip(found) {
        let text = found.text.as_deref().unwrap_or_default();
        serde_json::to_writer(&mut file, &Line { id, text })?;
        writeln!(file)?;
    }
    file.flush()?;
    let failed = sizes.iter().zip(found).filter(|(_, found)| found.text.is_none());
    Ok(Row {
        peer: name.to_string(),
        version: version(name).to_string(),
        language: "Rust".to_string(),
        set: set.to_string(),
        pages: sizes.len(),
        bytes: found.iter().map(|found| found.bytes).sum(),
        cpu_seconds: found.iter().map(|found| found.cpu_seconds).sum(),
        failed: failed.map(|((id, _), _)| id.clone()).collect(),
    })
}
