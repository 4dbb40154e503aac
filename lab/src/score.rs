//! `lab score`: the corpus by the metrics of the reference scorer, all sets in one table.

use crate::corpus::{self, Labelled, SETS};
use crate::extract::{Line, progress, read_lines};
use crate::metrics::{self, Prf};
use anyhow::{Context, Result, bail};
use clap::Args as ClapArgs;
use dehusk::Extractor;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Score the corpus, set by set.
#[derive(ClapArgs)]
pub struct Args {
    /// Sets to score; all if none is given.
    sets: Vec<String>,
    /// The folder of the corpus.
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// List the pages with the lowest F1 of each set.
    #[arg(long, default_value_t = 0, value_name = "N")]
    worst: usize,
    /// Score the JSON lines of this file instead of extracting.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Fail if a set's F1 is under its floor: a file with a set and a floor on each line.
    #[arg(long, value_name = "FILE")]
    floors: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    if !args.corpus.is_dir() {
        println!("skipped: no corpus at {}", args.corpus.display());
        return Ok(ExitCode::SUCCESS);
    }
    let predictions = args.predictions.as_deref().map(read_lines).transpose()?;
    let floors = args.floors.as_deref().map(read_floors).transpose()?.unwrap_or_default();
    for set in &args.sets {
        if !SETS.contains(&set.as_str()) {
            bail!("no set named {set}; there are {}", SETS.join(", "));
        }
    }
    let wanted = |set: &&&str| args.sets.is_empty() || args.sets.iter().any(|s| s == **set);
    println!("{}", HEADING);
    let mut failed = Vec::new();
    for set in SETS.iter().filter(wanted) {
        let pages = corpus::load(&args.corpus, set)?;
        let answers = answers(&pages, predictions.as_ref())?;
        let slowest = answers.iter().map(|answer| answer.time).max().unwrap_or_default();
        let pairs: Vec<(&Labelled, &str)> =
            pages.iter().zip(&answers).map(|(page, answer)| (page, &*answer.text)).collect();
        let result = report(set, &pairs, slowest, args.worst);
        if let Some(floor) = floors.get(*set).filter(|floor| result.f1 < **floor) {
            failed.push(format!("{set}: F1 {:.4} is under its floor {floor}", result.f1));
        }
    }
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}", failed.join("\n"));
    Ok(ExitCode::FAILURE)
}

const HEADING: &str = "set              pages      F1  precision  recall  slowest";

/// Prints the row of a set, of its page types and of its worst pages.
pub fn report(set: &str, pages: &[(&Labelled, &str)], slowest: Duration, worst: usize) -> Prf {
    let scores: Vec<Option<Prf>> =
        pages.par_iter().map(|(page, text)| metrics::page(page, text)).collect();
    let all = metrics::set(pages, &scores);
    let slowest = slowest.as_millis();
    let Prf { precision, recall, f1 } = all;
    println!("{set:15} {:6}  {f1:.4}     {precision:.4}  {recall:.4}  {slowest:4} ms", pages.len());
    let mut kinds: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for ((page, _), score) in pages.iter().zip(&scores) {
        if let (Some(kind), Some(score)) = (page.truth.kind.as_deref(), score) {
            kinds.entry(kind).or_default().push(score.f1);
        }
    }
    for (kind, scores) in kinds {
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        println!("  {kind:13} {:6}  {mean:.4}", scores.len());
    }
    let mut order: Vec<(usize, Prf)> =
        scores.iter().enumerate().filter_map(|(i, prf)| Some((i, (*prf)?))).collect();
    order.sort_by(|a, b| a.1.f1.total_cmp(&b.1.f1).then(a.0.cmp(&b.0)));
    for (index, prf) in order.into_iter().take(worst) {
        let truth = &pages[index].0.truth;
        let url = truth.url.as_deref().unwrap_or_default();
        let Prf { precision, recall, f1 } = prf;
        println!("  F1 {f1:.3}  P {precision:.3}  R {recall:.3}  {}  {url}", truth.id);
    }
    all
}

#[derive(Default)]
struct Answer {
    text: String,
    time: Duration,
}

fn answers(pages: &[Labelled], predictions: Option<&HashMap<String, Line>>) -> Result<Vec<Answer>> {
    if let Some(predictions) = predictions {
        let answer = |page: &Labelled| Answer {
            text: predictions.get(&page.truth.id).map(|line| line.text.clone()).unwrap_or_default(),
            time: Duration::ZERO,
        };
        return Ok(pages.iter().map(answer).collect());
    }
    let bar = progress(pages.len() as u64);
    let answers = pages.par_iter().map(|page| {
        let bytes = page.bytes()?;
        let start = Instant::now();
        let extracted = Extractor::new()
            .extract_bytes(&bytes)
            .with_context(|| format!("cannot extract {}", page.path.display()))?;
        let answer = Answer { text: extracted.text().to_string(), time: start.elapsed() };
        bar.inc(1);
        Ok(answer)
    });
    let answers = answers.collect();
    bar.finish_and_clear();
    answers
}

fn read_floors(path: &Path) -> Result<HashMap<String, f64>> {
    let text = String::from_utf8(corpus::read(path)?)?;
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let pair = |line: &str| -> Result<(String, f64)> {
        let told = || format!("{}: cannot read the line {line:?}", path.display());
        let (set, floor) = line.split_once(char::is_whitespace).with_context(told)?;
        Ok((set.to_string(), floor.trim().parse().with_context(told)?))
    };
    lines.map(pair).collect()
}
