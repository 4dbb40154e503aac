//! The labelled pages: where they are, what their truth is, and which belong to one site.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The sets, in the order of the tables.
pub const SETS: [&str; 7] =
    ["wcxb", "aeb", "news", "magic-article", "magic-forum", "trafilatura", "readability"];

/// The name of the set of the project's own test pages.
pub const FIXTURES: &str = "fixtures";

/// A line of `truth.jsonl.gz`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Truth {
    pub id: String,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub with: Vec<String>,
    #[serde(default)]
    pub without: Vec<String>,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub author: Option<String>,
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
}

/// A labelled page.
#[derive(Debug, Clone)]
pub struct Labelled {
    pub set: &'static str,
    pub path: PathBuf,
    pub truth: Truth,
    /// The page's source in place of the file, where this is a variant made for training.
    pub variant: Option<Arc<str>>,
}

impl Labelled {
    pub fn bytes(&self) -> Result<Vec<u8>> {
        match &self.variant {
            Some(html) => Ok(html.as_bytes().to_vec()),
            None => read(&self.path),
        }
    }

    pub fn text(&self) -> &str {
        self.truth.text.as_deref().unwrap_or_default()
    }

    /// The type of the page, as its label or its set tells, if either does.
    pub fn kind(&self) -> Option<&str> {
        self.truth.kind.as_deref().or(match self.set {
            "aeb" | "news" | "magic-article" => Some("article"),
            "magic-forum" => Some("forum"),
            _ => None,
        })
    }

    /// What pages of one site have in common: the registrable domain, else the page itself.
    pub fn site(&self) -> String {
        match self.truth.url.as_deref().and_then(registrable) {
            Some(domain) => domain,
            None => format!("{}/{}", self.set, self.truth.id),
        }
    }

    /// One of `count` folds; all pages of a site share theirs.
    pub fn fold(&self, count: u64) -> usize {
        (hash(&self.site()) % count) as usize
    }

    /// A second, independent division of the sites into folds.
    pub fn inner_fold(&self, count: u64) -> usize {
        (hash(&self.site()) / 1_000_003 % count) as usize
    }
}

/// The pages of a set of the corpus.
pub fn load(corpus: &Path, set: &'static str) -> Result<Vec<Labelled>> {
    let folder = corpus.join(set);
    let truth = String::from_utf8(read(&folder.join("truth.jsonl.gz"))?)?;
    let lines = truth.lines().filter(|line| !line.is_empty());
    let page = |line: &str| {
        let truth: Truth = serde_json::from_str(line)?;
        let path = folder.join("pages").join(format!("{}.html.gz", truth.id));
        Ok(Labelled { set, path, truth, variant: None })
    };
    lines.map(page).collect()
}

/// The project's own test pages as a set: they are few, but of shapes that the corpus lacks.
pub fn fixtures(folder: &Path) -> Result<Vec<Labelled>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut cases: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    cases.sort();
    let page = |case: &PathBuf| {
        let text = String::from_utf8(read(&case.join("expected.txt"))?)?;
        let id = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let truth = Truth { id, text: Some(text), ..Truth::default() };
        Ok(Labelled { set: FIXTURES, path: case.join("page.html"), truth, variant: None })
    };
    cases.iter().map(page).collect()
}

/// A file's bytes, unpacked if its name ends in `.gz`.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let told = || format!("cannot read {}", path.display());
    let mut bytes = Vec::new();
    let mut file = File::open(path).with_context(told)?;
    if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes).with_context(told)?;
    } else {
        file.read_to_end(&mut bytes).with_context(told)?;
    }
    Ok(bytes)
}

/// Endings of the files that hold pages.
const PAGE_ENDINGS: [&str; 5] = [".html", ".htm", ".html.gz", ".jsonl", ".jsonl.gz"];

/// The files of pages below a folder, in order of name; a path that is a file is such a file.
pub fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    let mut waiting = vec![path.to_path_buf()];
    let mut files = Vec::new();
    while let Some(path) = waiting.pop() {
        let told = || format!("cannot read {}", path.display());
        if !std::fs::metadata(&path).with_context(told)?.is_dir() {
            files.push(path);
            continue;
        }
        for entry in std::fs::read_dir(&path).with_context(told)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_page = PAGE_ENDINGS.iter().any(|ending| name.ends_with(ending));
            if is_page || entry.file_type()?.is_dir() {
                waiting.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Second levels under which names are given out, as far as the corpus has them.
const SECOND_LEVELS: [&str; 8] = ["co", "com", "org", "net", "gov", "edu", "ac", "or"];
/// Hosts whose every subdomain is a site of its own.
const HOSTERS: [&str; 4] = ["blogspot.com", "wordpress.com", "github.io", "substack.com"];

/// The registrable domain of an address: a short rule in the place of the public suffix list.
fn registrable(url: &str) -> Option<String> {
    let host = url.split("://").nth(1).unwrap_or(url);
    let host = host.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    let last = |count: usize| labels[labels.len().saturating_sub(count)..].join(".");
    if labels.len() < 2 {
        return None;
    }
    let second = labels[labels.len() - 2];
    let country = labels[labels.len() - 1].len() == 2;
    let deep = country && SECOND_LEVELS.contains(&second) || HOSTERS.contains(&&*last(2));
    Some(last(if deep { 3 } else { 2 }))
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_registrable_domains() {
        assert_eq!(registrable("https://news.example.co.uk/a?b"), Some("example.co.uk".into()));
        assert_eq!(registrable("http://www.example.com:80/"), Some("example.com".into()));
        assert_eq!(registrable("https://me.blogspot.com/x"), Some("me.blogspot.com".into()));
        assert_eq!(registrable("localhost"), None);
    }
}
