//! The results file, which `lab/peers.py` writes, too.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// A contender on a set. Its answers stand beside the file, in `PEER.SET.jsonl`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    pub peer: String,
    pub version: String,
    pub language: String,
    pub set: String,
    pub pages: usize,
    pub bytes: usize,
    /// Of one thread; the sum over the pages of the least of all rounds.
    pub cpu_seconds: f64,
    /// The pages on which it panicked, crashed or ran out of time.
    #[serde(default)]
    pub failed: Vec<String>,
}

const FILE: &str = "results.json";

pub fn read(folder: &Path) -> Result<Vec<Row>> {
    let path = folder.join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let told = || format!("cannot read {}", path.display());
    serde_json::from_slice(&fs::read(&path).with_context(told)?).with_context(told)
}

/// Puts rows in the place of those of the same peer, language and set.
pub fn merge(folder: &Path, new: Vec<Row>) -> Result<()> {
    let same = |a: &Row, b: &Row| a.peer == b.peer && a.set == b.set && a.language == b.language;
    let mut rows = read(folder)?;
    rows.retain(|row| !new.iter().any(|new| same(row, new)));
    rows.extend(new);
    fs::write(folder.join(FILE), serde_json::to_string_pretty(&rows)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_row_takes_the_place_of_the_old_one() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("dehusk-results-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let row = |peer: &str, language: &str, pages| Row {
            peer: peer.into(),
            version: "1.0".into(),
            language: language.into(),
            set: "aeb".into(),
            pages,
            bytes: 10,
            cpu_seconds: 1.0,
            failed: Vec::new(),
        };
        merge(&folder, vec![row("trafilatura", "Rust", 1), row("trafilatura", "Python", 2)])?;
        merge(&folder, vec![row("trafilatura", "Rust", 3)])?;
        let pages: Vec<usize> = read(&folder)?.iter().map(|row| row.pages).collect();
        fs::remove_dir_all(&folder)?;
        assert_eq!(pages, [2, 3]);
        Ok(())
    }
}
