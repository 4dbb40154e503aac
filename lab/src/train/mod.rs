//! `lab train` and `lab crossval`: from the corpus to a model, and what such a model is worth.

mod dataset;
mod gbdt;
mod labels;
mod linear;
mod report;
mod rng;
mod variants;

use crate::corpus::{FIXTURES, Labelled, SETS};
use crate::score;
use anyhow::{Context, Result};
use clap::Args;
use dataset::Dataset;
use dehusk::Extractor;
use dehusk::features::{self, Lexicon, NAME_SLOTS, WORD_SLOTS};
use dehusk::score::{Forest, Model, SURE};
use gbdt::{Bins, Params, Target};
use rayon::prelude::*;
use report::Answer;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Train the model file from the corpus.
#[derive(Args)]
pub struct TrainArgs {
    /// The folder of the corpus.
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// The folder of the project's own test pages, which are learned from as well.
    #[arg(long, default_value = "tests/pages")]
    fixtures: PathBuf,
    /// Where to write the model.
    #[arg(long, default_value = "src/score/model.bin")]
    out: PathBuf,
}

/// Score the corpus by models that were not trained on the page's site.
#[derive(Args)]
pub struct CrossvalArgs {
    /// The folder of the corpus.
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// The folder of the project's own test pages, which are learned from as well.
    #[arg(long, default_value = "tests/pages")]
    fixtures: PathBuf,
    /// Into how many parts the sites are divided.
    #[arg(long, default_value_t = 5)]
    folds: u64,
    /// Stop after this many folds: a quicker, coarser answer.
    #[arg(long)]
    only: Option<usize>,
    /// List the pages with the lowest F1 of each set.
    #[arg(long, default_value_t = 0, value_name = "N")]
    worst: usize,
    /// Keep the model of each fold in a folder, to ask it why (`FOLD.bin`), with the answers to the
    /// pages that it has not seen (`FOLD.jsonl`).
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

/// Parts of the training sites for the scores that later stages learn from: a stage must see
/// what the stage before says of pages that it was not trained on.
const INNER_FOLDS: u64 = 4;
/// Trees of the page look, and the share of features that each sees: there are two thousand pages
/// to learn from, not half a million blocks.
const PAGE_TREES: usize = 50;
const PAGE_FEATURES: f64 = 0.5;
/// Strength of the penalty on the lexicon's weights.
const NAME_L2: f32 = 2e-5;
const WORD_L2: f32 = 2e-5;

pub fn run(args: &TrainArgs) -> Result<ExitCode> {
    let data = Dataset::load(&args.corpus, &args.fixtures)?;
    let bytes = train(&data, |_| true)?.model.to_bytes();
    std::fs::write(&args.out, &bytes)
        .with_context(|| format!("cannot write {}", args.out.display()))?;
    println!("{} bytes to {}", bytes.len(), args.out.display());
    Ok(ExitCode::SUCCESS)
}

pub fn crossval(args: &CrossvalArgs) -> Result<ExitCode> {
    let data = Dataset::load(&args.corpus, &args.fixtures)?;
    let mut answers: Vec<Option<Answer>> = (0..data.pages.len()).map(|_| None).collect();
    let mut gains = [Vec::new(), Vec::new()];
    for fold in 0..(args.folds as usize).min(args.only.unwrap_or(usize::MAX)) {
        let start = Instant::now();
        let trained = train(&data, |page| page.fold(args.folds) != fold)?;
        for (sums, gains) in gains.iter_mut().zip(trained.gains) {
            sums.resize(gains.len(), 0.0);
            sums.iter_mut().zip(gains).for_each(|(sum, gain)| *sum += gain);
        }
        let bytes = args.keep.as_ref().map(|_| trained.model.to_bytes());
        let extractor = Extractor::new().with_model(trained.model);
        let is_held_out = |page: &Labelled| page.variant.is_none() && page.fold(args.folds) == fold;
        let held_out: Vec<usize> =
            (0..data.pages.len()).filter(|i| is_held_out(&data.pages[*i])).collect();
        let found: Vec<Result<(usize, Answer)>> = held_out
            .par_iter()
            .map(|&index| Ok((index, answer(&extractor, &data.pages[index])?)))
            .collect();
        for found in found {
            let (index, answer) = found?;
            answers[index] = Some(answer);
        }
        if let (Some(folder), Some(bytes)) = (&args.keep, bytes) {
            let told =
                held_out.iter().filter_map(|i| Some((&data.pages[*i], answers[*i].as_ref()?)));
            report::keep(folder, fold, &bytes, told)?;
        }
        eprintln!("fold {fold}: {} pages, {:.0?}", held_out.len(), start.elapsed());
    }
    println!("out of fold by site, {} folds", args.folds);
    let answered = data.pages.iter().zip(&answers);
    let answered: Vec<(&Labelled, &Answer)> =
        answered.filter_map(|(page, answer)| Some((page, answer.as_ref()?))).collect();
    let of_set = |set: &str| -> Vec<(&Labelled, &Answer)> {
        answered.iter().filter(|(page, _)| page.set == set).copied().collect()
    };
    let sets: Vec<&str> = SETS.into_iter().chain([FIXTURES]).collect();
    for set in &sets {
        let pages = of_set(set);
        let pairs: Vec<(&Labelled, &str)> =
            pages.iter().map(|(page, answer)| (*page, answer.texts[0].as_str())).collect();
        score::report(set, &pairs, Duration::ZERO, args.worst);
    }
    println!("\nset             mode           F1  precision  recall");
    sets.iter().for_each(|set| report::modes(set, &of_set(set)));
    report::reliability(&answered);
    let mut names = features::names();
    report::groups("first look", &names, &gains[0]);
    names.extend(features::company::names());
    report::groups("second look", &names, &gains[1]);
    Ok(ExitCode::SUCCESS)
}

fn answer(extractor: &Extractor, page: &Labelled) -> Result<Answer> {
    let bytes = page.bytes()?;
    let mut answer = Answer { texts: Default::default(), confidence: 0.0 };
    for (index, mode) in report::MODES.into_iter().enumerate() {
        let found = extractor.clone().with_mode(mode).extract_bytes(&bytes)?;
        answer.texts[index] = found.text().to_string();
        if index == 0 {
            answer.confidence = found.confidence().into();
        }
    }
    Ok(answer)
}

/// A model, and the gain of each feature in its two looks.
struct Trained {
    model: Model,
    gains: [Vec<f64>; 2],
}

/// Trains a model on the pages that `wanted` names.
fn train(data: &Dataset, wanted: impl Fn(&Labelled) -> bool + Copy) -> Result<Trained> {
    let inner = |page: &Labelled| page.inner_fold(INNER_FOLDS) as u64;
    let parts: Vec<Vec<u32>> = (0..INNER_FOLDS)
        .map(|part| data.rows(|page| wanted(page) && inner(page) != part))
        .collect();
    let all = data.rows(wanted);
    // The lexicon, and the first look with what it says of pages that it has not seen.
    let lexicons: Vec<Lexicon> = parts.par_iter().map(|rows| lexicon(data, rows)).collect();
    let whole = lexicon(data, &all);
    let unseen: Vec<usize> = data.pages.iter().map(|page| inner(page) as usize).collect();
    let (first, width) = data.measure(|page| &lexicons[unseen[page]])?;
    let bins = Bins::new(&first, width);
    let fit = |bins: &Bins, rows: &[u32], params: &Params| {
        let target =
            Target { labels: &data.labels, weights: &data.weights, rows, groups: &data.groups };
        gbdt::train(bins, &target, params)
    };
    let params = Params::default();
    let mut scores = vec![0.0; data.labels.len()];
    for (part, rows) in parts.iter().enumerate() {
        let (forest, _) = fit(&bins, rows, &params);
        let told: Vec<(usize, f32)> = predict(&forest, &first, width)
            .filter(|(row, _)| unseen[data.groups[*row] as usize] == part)
            .collect();
        for (row, score) in told {
            scores[row] = score;
        }
    }
    let (first_look, first_gains) = fit(&bins, &all, &params);
    drop(bins);
    let (pages, page_width) = data.page_rows(&scores)?;
    let page_look = page_look(data, &pages, page_width, wanted);
    let (second, width) = data.company(&first, width, &scores)?;
    // Of the others the second look is never asked.
    let open: Vec<u32> = all.into_iter().filter(|row| scores[*row as usize] >= SURE).collect();
    let (second_look, second_gains) = fit(&Bins::new(&second, width), &open, &params);
    let model = Model::new(whole, first_look, second_look, page_look);
    Ok(Trained { model, gains: [first_gains, second_gains] })
}

/// Learns from the pages whose type is known which are articles.
fn page_look(
    data: &Dataset,
    rows: &[f32],
    width: usize,
    wanted: impl Fn(&Labelled) -> bool,
) -> Forest {
    let known = |page: &Labelled| page.kind().is_some() && page.variant.is_none() && wanted(page);
    let pages: Vec<u32> =
        (0..).zip(&data.pages).filter(|(_, page)| known(page)).map(|(index, _)| index).collect();
    let label = |page: &Labelled| f32::from(u8::from(page.kind() == Some("article")));
    let target = Target {
        labels: &data.pages.iter().map(label).collect::<Vec<_>>(),
        weights: &vec![1.0; data.pages.len()],
        rows: &pages,
        groups: &(0..data.pages.len() as u32).collect::<Vec<_>>(),
    };
    let params = Params { trees: PAGE_TREES, features: PAGE_FEATURES, ..Params::default() };
    gbdt::train(&Bins::new(rows, width), &target, &params).0
}

/// The probability that a forest gives each row.
fn predict<'a>(
    forest: &Forest,
    values: &'a [f32],
    width: usize,
) -> impl Iterator<Item = (usize, f32)> + use<'a> {
    let scores: Vec<f32> =
        values.par_chunks(width).map(|row| 1.0 / (1.0 + (-forest.sum(row)).exp())).collect();
    scores.into_iter().enumerate()
}

fn lexicon(data: &Dataset, rows: &[u32]) -> Lexicon {
    let train =
        |sparse, slots, l2| linear::train(sparse, slots, &data.labels, &data.weights, rows, l2);
    let names = train(&data.names, NAME_SLOTS, NAME_L2);
    Lexicon { names, words: train(&data.words, WORD_SLOTS, WORD_L2) }
}
