//! What cross-validation tells beside the scores: what the confidence is worth, what the modes
//! give, and what the groups of features bring.

use crate::corpus::Labelled;
use crate::metrics::{self, Prf};
use anyhow::Result;
use dehusk::Mode;
use serde_json::json;
use std::path::Path;

/// The answer to one page by a model that was not trained on its site.
pub struct Answer {
    /// The text by each of [`MODES`].
    pub texts: [String; 3],
    /// The expected F1 of the balanced answer.
    pub confidence: f64,
}

/// The modes, the default first.
pub const MODES: [Mode; 3] = [Mode::Balanced, Mode::Precision, Mode::Recall];
/// Steps of the reliability table.
const STEPS: usize = 10;

/// Writes a fold's model and its answers, as lines of JSON that `score --predictions` reads.
pub fn keep<'a>(
    folder: &Path,
    fold: usize,
    model: &[u8],
    answers: impl Iterator<Item = (&'a Labelled, &'a Answer)>,
) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(format!("{fold}.bin")), model)?;
    let mut lines = String::new();
    for (page, answer) in answers {
        let line = json!({ "set": page.set, "id": page.truth.id, "text": answer.texts[0] });
        lines += &format!("{line}\n");
    }
    std::fs::write(folder.join(format!("{fold}.jsonl")), lines)?;
    Ok(())
}

/// Prints what pages get that promise so much, and the correlation of promise and truth.
pub fn reliability(pages: &[(&Labelled, &Answer)]) {
    let pairs: Vec<(f64, f64)> = pages
        .iter()
        .filter_map(|(page, answer)| {
            Some((answer.confidence, metrics::page(page, &answer.texts[0])?.f1))
        })
        .collect();
    println!("\nconfidence   pages  promised  true F1");
    for step in 0..STEPS {
        let within = |pair: &&(f64, f64)| ((pair.0 * STEPS as f64) as usize).min(STEPS - 1) == step;
        let members: Vec<(f64, f64)> = pairs.iter().filter(within).copied().collect();
        if members.is_empty() {
            continue;
        }
        let mean = |part: fn(&(f64, f64)) -> f64| {
            members.iter().map(part).sum::<f64>() / members.len() as f64
        };
        let (from, to) = (step as f64 / STEPS as f64, (step + 1) as f64 / STEPS as f64);
        let (promised, got) = (mean(|pair| pair.0), mean(|pair| pair.1));
        println!("{from:.1} to {to:.1}  {:6}      {promised:.3}    {got:.3}", members.len());
    }
    println!("correlation {:.3}", correlation(&pairs));
}

/// Pearson's correlation.
fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let len = pairs.len().max(1) as f64;
    let (mean_a, mean_b) = (
        pairs.iter().map(|pair| pair.0).sum::<f64>() / len,
        pairs.iter().map(|pair| pair.1).sum::<f64>() / len,
    );
    let (mut both, mut a, mut b) = (0.0, 0.0, 0.0);
    for pair in pairs {
        let (x, y) = (pair.0 - mean_a, pair.1 - mean_b);
        both += x * y;
        a += x * x;
        b += y * y;
    }
    both / (a * b).sqrt().max(1e-12)
}

/// Prints what each mode gives on a set.
pub fn modes(set: &str, pages: &[(&Labelled, &Answer)]) {
    for (index, mode) in MODES.iter().enumerate() {
        let pairs: Vec<(&Labelled, &str)> =
            pages.iter().map(|(page, answer)| (*page, answer.texts[index].as_str())).collect();
        let scores: Vec<Option<Prf>> =
            pairs.iter().map(|(page, text)| metrics::page(page, text)).collect();
        let Prf { precision, recall, f1 } = metrics::set(&pairs, &scores);
        println!("{set:15} {mode:10?} {f1:.4}     {precision:.4}  {recall:.4}");
    }
}

/// Prints the share of the gain that each group of features brings in a look.
pub fn groups(look: &str, names: &[String], gains: &[f64]) {
    let group = |name: &str| {
        let starts = |list: &[&str]| list.iter().any(|start| name.starts_with(start));
        match name {
            _ if name.contains("score_") && !starts(&["word_score", "up"]) || name == "score" => {
                "scores of the company"
            }
            _ if starts(&["page_", "best_f1", "above_cut", "kept_"]) => "the page",
            _ if name.contains("word_score") => "lexicon of words",
            _ if starts(&["name_"]) => "lexicon of names",
            _ if starts(&["named_", "in_"]) => "names and kinds above",
            _ if starts(&["readable", "prose", "paragraphs", "single_prose", "best_"]) => {
                "distance to candidate containers"
            }
            _ if name.contains("title") || name.contains("h1") => "title",
            _ if name.contains("siblings")
                || starts(&["unit", "pair", "most", "kin", "cousin"]) =>
            {
                "repetition"
            }
            _ if starts(&["up"]) => "sums over containers",
            _ if starts(&["before", "after", "from_", "within", "blocks_", "text_"]) => "place",
            _ => "the block itself",
        }
    };
    let mut sums: Vec<(&str, f64)> = Vec::new();
    for (name, gain) in names.iter().zip(gains) {
        let group = group(name);
        match sums.iter_mut().find(|(known, _)| *known == group) {
            Some((_, sum)) => *sum += gain,
            None => sums.push((group, *gain)),
        }
    }
    sums.sort_by(|a, b| b.1.total_cmp(&a.1));
    let whole: f64 = gains.iter().sum::<f64>().max(1e-12);
    println!("\n{look}: share of the gain by group of features");
    for (group, sum) in sums {
        println!("  {group:33} {:5.1} %", 100.0 * sum / whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlation_is_that_of_pearson() {
        assert!((correlation(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]) - 1.0).abs() < 1e-9);
        assert!((correlation(&[(0.0, 1.0), (1.0, 0.0)]) + 1.0).abs() < 1e-9);
    }
}
