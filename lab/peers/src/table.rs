//! `table`: accuracy and speed of all that ran, as a table and as a plot.

use crate::corpus::{self, Labelled, SETS};
use crate::metrics;
use crate::plot::{self, Point};
use crate::results::{self, Row};
use anyhow::{Context, Result};
use clap::Args as ClapArgs;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// The table and the plot.
#[derive(ClapArgs)]
pub struct Args {
    /// Where answers and results are.
    #[arg(long, default_value = "target/peers")]
    out: PathBuf,
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// F1 of dehusk on pages of sites that its model did not see, by set, in the place of that of
    /// the shipped model, which was trained on these pages: `--unseen aeb=.94`.
    #[arg(long, value_name = "SET=F1", value_parser = pair)]
    unseen: Vec<(String, f64)>,
    /// The set whose speed is plotted, against the mean F1 over all sets of the table.
    #[arg(long, default_value = "aeb")]
    speed: String,
    /// Draw accuracy against speed.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

fn pair(text: &str) -> Result<(String, f64)> {
    let (set, f1) = text.split_once('=').context("no `=`")?;
    Ok((set.to_string(), f1.parse()?))
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

/// Peer and language.
type Name = (String, String);

pub fn run(args: &Args) -> Result<()> {
    let rows = results::read(&args.out)?;
    let sets: Vec<&str> =
        SETS.into_iter().filter(|set| rows.iter().any(|row| row.set == *set)).collect();
    let mut scores: BTreeMap<(Name, &str), f64> = BTreeMap::new();
    for set in &sets {
        let pages = corpus::load(&args.corpus, set)?;
        for row in rows.iter().filter(|row| row.set == *set) {
            let unseen = args.unseen.iter().find(|(of, _)| row.peer == "dehusk" && of == set);
            let f1 = match unseen {
                Some((_, f1)) => *f1,
                None => score(&args.out, row, &pages)?,
            };
            scores.insert((name(row), set), f1);
        }
    }
    let speed = |row: &Row| row.bytes as f64 / row.cpu_seconds / 1e6;
    let mut names: Vec<(Name, String)> = Vec::new();
    for row in &rows {
        if !names.iter().any(|(known, _)| *known == name(row)) {
            names.push((name(row), row.version.clone()));
        }
    }
    let of = |peer: &Name, set: &str| rows.iter().find(|row| name(row) == *peer && row.set == set);
    let speed_of = |peer: &Name| of(peer, &args.speed).map_or(0.0, speed);
    names.sort_by(|a, b| speed_of(&b.0).total_cmp(&speed_of(&a.0)));
    println!("F1 and MB/s a set; MB/s are bytes of HTML by CPU second of one thread\n");
    println!("| | {} |", sets.join(" | "));
    println!("|---|{}", "---|".repeat(sets.len()));
    let mut points = Vec::new();
    for (peer, version) in &names {
        let cell = |set: &&str| match (of(peer, set), scores.get(&(peer.clone(), *set))) {
            (Some(row), Some(f1)) => {
                let failed = match row.failed.len() {
                    0 => String::new(),
                    failed => format!(", {failed} failed"),
                };
                format!(
                    "{} / {:.0}{failed}",
                    format!("{f1:.4}").trim_start_matches('0'),
                    speed(row)
                )
            }
            _ => "-".to_string(),
        };
        let cells: Vec<String> = sets.iter().map(cell).collect();
        println!("| {} {version} ({}) | {} |", peer.0, peer.1, cells.join(" | "));
        let f1s: Vec<f64> =
            sets.iter().filter_map(|set| scores.get(&(peer.clone(), *set)).copied()).collect();
        if f1s.len() == sets.len() && speed_of(peer) > 0.0 {
            points.push(Point {
                name: format!("{} {version}", peer.0),
                ours: peer.0 == "dehusk",
                speed: speed_of(peer),
                f1: f1s.iter().sum::<f64>() / f1s.len() as f64,
            });
        }
    }
    if let Some(path) = &args.svg {
        std::fs::write(path, plot::svg(&points, &args.speed, sets.len()))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn name(row: &Row) -> Name {
    (row.peer.clone(), row.language.clone())
}

/// The F1 of a contender's answers to the pages of a set.
fn score(out: &Path, row: &Row, pages: &[Labelled]) -> Result<f64> {
    let path = out.join(format!("{}.{}.{}.jsonl", row.peer, row.language, row.set));
    let text = String::from_utf8(corpus::read(&path)?)?;
    let lines = text.lines().filter(|line| !line.is_empty()).map(serde_json::from_str::<Line>);
    let answers: HashMap<String, String> =
        lines.map(|line| line.map(|line| (line.id, line.text))).collect::<Result<_, _>>()?;
    let answer = |page: &Labelled| answers.get(&page.truth.id).map_or("", String::as_str);
    let pairs: Vec<(&Labelled, &str)> = pages.iter().map(|page| (page, answer(page))).collect();
    let scores: Vec<_> = pairs.par_iter().map(|(page, text)| metrics::page(page, text)).collect();
    Ok(metrics::set(&pairs, &scores).f1)
}
