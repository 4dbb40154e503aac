//! `lab metadata`: title, author and date by the rules of the reference scorer
//! (`../shared/meta_score.py`).

use crate::corpus::{self, Labelled, SETS, Truth};
use crate::extract::{self, Line, progress};
use anyhow::{Result, bail};
use clap::Args as ClapArgs;
use rayon::prelude::*;
use regex::Regex;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Score title, author and date.
#[derive(ClapArgs)]
pub struct Args {
    /// Sets to score; wcxb and news if none is given.
    sets: Vec<String>,
    /// The folder of the corpus.
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// Score the JSON lines of this file instead of extracting.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// List this many wrong answers of each field.
    #[arg(long, default_value_t = 0, value_name = "N")]
    wrong: usize,
}

const FIELDS: [&str; 3] = ["title", "author", "date"];

pub fn run(args: &Args) -> Result<ExitCode> {
    if !args.corpus.is_dir() {
        println!("skipped: no corpus at {}", args.corpus.display());
        return Ok(ExitCode::SUCCESS);
    }
    let wanted: Vec<&str> = match args.sets.as_slice() {
        [] => vec!["wcxb", "news"],
        sets => sets.iter().map(String::as_str).collect(),
    };
    let given = args.predictions.as_deref().map(extract::read_lines).transpose()?;
    println!("set    field   truths  exact  loose  answered    empty  false");
    for name in wanted {
        let Some(set) = SETS.into_iter().find(|set| *set == name) else {
            bail!("no set named {name}; there are {}", SETS.join(", "));
        };
        let pages = corpus::load(&args.corpus, set)?;
        let answers = answers(&pages, given.as_ref())?;
        for field in FIELDS {
            report(set, field, &pages, &answers, args.wrong);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn answers(pages: &[Labelled], given: Option<&HashMap<String, Line>>) -> Result<Vec<Line>> {
    if let Some(given) = given {
        let answer = |page: &Labelled| given.get(&page.truth.id).cloned().unwrap_or_default();
        return Ok(pages.iter().map(answer).collect());
    }
    let bar = progress(pages.len() as u64);
    let answers = pages.par_iter().map(|page| {
        let line = extract::extract(&page.truth.id, &page.bytes()?, true);
        bar.inc(1);
        line
    });
    let answers = answers.collect();
    bar.finish_and_clear();
    answers
}

#[derive(Default)]
struct Tally {
    truths: u32,
    exact: u32,
    loose: u32,
    answered: u32,
    empty: u32,
    wrongly: u32,
}

fn report(set: &str, field: &str, pages: &[Labelled], answers: &[Line], wrong: usize) {
    let mut tally = Tally::default();
    let mut misses = Vec::new();
    for (page, answer) in pages.iter().zip(answers) {
        let said = match field {
            "title" => answer.title.as_deref(),
            "author" => answer.author.as_deref(),
            _ => answer.date.as_deref(),
        };
        let said = said.filter(|said| answered(field, said));
        match truth(field, &page.truth) {
            Wanted::Skip => {}
            Wanted::Nothing => {
                tally.empty += 1;
                tally.wrongly += u32::from(said.is_some());
            }
            Wanted::Value(value) => {
                let (exact, loose) = said.map_or((false, false), |said| judge(field, value, said));
                tally.truths += 1;
                tally.exact += u32::from(exact);
                tally.loose += u32::from(loose);
                tally.answered += u32::from(said.is_some());
                if !exact {
                    misses.push((&page.truth.id, value, said.unwrap_or_default()));
                }
            }
        }
    }
    let percent = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
    let Tally { truths, exact, loose, answered, empty, wrongly } = tally;
    println!(
        "{set:6} {field:7} {truths:6}  {:5.1}  {:5.1}     {:5.1}   {empty:6}  {:5.1}",
        percent(exact, truths),
        percent(loose, truths),
        percent(answered, truths),
        percent(wrongly, empty)
    );
    for (id, truth, said) in misses.into_iter().take(wrong) {
        println!("  {id}: truth {truth:?}, answer {said:?}");
    }
}

enum Wanted<'t> {
    Skip,
    Nothing,
    Value(&'t str),
}

fn truth<'t>(field: &str, truth: &'t Truth) -> Wanted<'t> {
    let value = match field {
        "title" => truth.title.as_deref(),
        "author" => truth.author.as_deref(),
        _ => truth.date.as_deref(),
    };
    match value {
        Some(value) if field == "date" && !value.trim().is_empty() => match day(value) {
            Day::Whole(..) => Wanted::Value(value),
            _ => Wanted::Skip,
        },
        Some(value) if field != "date" && !normal(value).is_empty() => Wanted::Value(value),
        _ => Wanted::Nothing,
    }
}

fn answered(field: &str, said: &str) -> bool {
    match field {
        "date" => !matches!(said.trim().to_lowercase().as_str(), "" | "nat" | "none" | "null"),
        _ => !normal(said).is_empty(),
    }
}

/// Whether an answer is exactly and loosely right.
fn judge(field: &str, truth: &str, said: &str) -> (bool, bool) {
    match field {
        "title" => {
            let (truth, said) = (normal(truth), normal(said));
            let exact = truth == said;
            (exact, exact || f1(&truth, &said) >= 0.9)
        }
        "author" => {
            let (truth, said) = (names(truth), names(said));
            let exact = truth == said;
            let common = truth.intersection(&said).next().is_some();
            (exact, exact || common && said.difference(&truth).count() <= 1)
        }
        _ => match (day(truth), day(said)) {
            (Day::Whole(truth), Day::Whole(said)) => (truth == said, (truth - said).abs() <= 1),
            _ => (false, false),
        },
    }
}

/// Marks that are dropped without leaving a gap, as in `don't` and `U.S.`.
const DROPPED: &str = "'\u{2018}\u{2019}\u{201a}\u{201b}\u{2bc}\u{b4}`\u{2032}\u{ff07}.\u{2026}";

static PUNCTUATION: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\p{P}\p{Z}]$"));
static INVISIBLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[\p{Cf}\p{So}\p{Sk}\p{Cc}\p{Co}\p{Cn}]$"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern")
}

fn unescaped(text: &str) -> String {
    let once = html_escape::decode_html_entities(text).into_owned();
    html_escape::decode_html_entities(&once).into_owned()
}

/// Entities, compatibility forms, case, quotes, dashes, punctuation and white space made equal.
fn normal(text: &str) -> String {
    let folded: String = unescaped(text).nfkc().collect::<String>().to_lowercase();
    let mut out = String::new();
    let mut buffer = [0; 4];
    for c in folded.replace('ß', "ss").chars().filter(|c| !DROPPED.contains(*c)) {
        let one: &str = c.encode_utf8(&mut buffer);
        if PUNCTUATION.is_match(one) || "|~^<>=".contains(c) || c.is_whitespace() {
            out.push(' ');
        } else if !INVISIBLE.is_match(one) {
            out.push(c);
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let single = r"\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7af}";
    pattern(&format!(r"[{single}]|[^\s{single}]+"))
});

fn f1(a: &str, b: &str) -> f64 {
    let bag = |text: &str| {
        let mut bag: HashMap<String, i64> = HashMap::new();
        for found in TOKEN.find_iter(text) {
            *bag.entry(found.as_str().to_string()).or_default() += 1;
        }
        bag
    };
    let (a, b) = (bag(a), bag(b));
    let both: i64 = a.iter().map(|(t, n)| b.get(t).copied().unwrap_or(0).min(*n)).sum();
    let whole: i64 = a.values().sum::<i64>() + b.values().sum::<i64>();
    if both == 0 { 0.0 } else { 2.0 * both as f64 / whole as f64 }
}

/// Letters behind a name that are not part of it.
const CREDENTIALS: &str = "md phd ms ma mba msc bsc ba bs mph rd rdn ldn dvm vmd dds dmd do jd esq \
    cfp cfa cpa rn np pa facs faan fand dacvb dabom foma cpp psp pe edd mfa facp csac facc lcsw \
    lmft cscs cpt ryt mw crpc ea frcs med llm llb";
const HONOURS: [&str; 7] = ["dr", "mr", "mrs", "ms", "prof", "professor", "sir"];

static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(editor|writer|reporter|correspondent|contributor|contributing|columnist|journalist|producer|staff|director|manager|ceo|cto|cfo|coo|founder|cofounder|expert|specialist|analyst|dietitian|nutritionist|representative|horticulturalist|educator|attorney|president|officer|freelance|intern|head of|author|reviewer|photographer|operations|newsroom)s?\b",
    )
});
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));
static BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:(?:story|article|written|posted|published|reviewed|words|text)\s+)?by[:\s]+",
    )
});
static LABEL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\s*(?:author|authors|written|posted)\s*:\s*"));
static DIVIDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\s*(?:,|;|&|/|\||\n|\x{2022}|\x{b7}|\bund\b|\band\b|\bet\b|\by\b)\s*")
});
static EDITED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:edited\s+|written\s+)?by\s+"));
static LETTERS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[A-Z][A-Z.\-\x{ae}\x{2122}]{1,7}(\s+\d+)?$"));

/// The names in a byline, made equal.
fn names(text: &str) -> BTreeSet<String> {
    let text: String = unescaped(text).nfkc().collect();
    let text = BRACKETS.replace_all(&text, " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = LABEL.replace(&BY.replace(&text, ""), "").into_owned();
    let mut names = BTreeSet::new();
    for (at, part) in divided(&text).into_iter().filter(|part| !part.is_empty()).enumerate() {
        let part = EDITED.replace(part, "");
        if at > 0 && LETTERS.is_match(&part) {
            continue;
        }
        let plain: String = part.nfkd().filter(|c| !is_combining_mark(*c)).collect();
        let name = normal(&plain);
        if at > 0 && ROLE.is_match(&name) {
            continue;
        }
        let is_credential = |word: &&str| CREDENTIALS.split(' ').any(|known| known == *word);
        let mut words: Vec<&str> = name.split(' ').collect();
        while words.len() > 1 && HONOURS.contains(&words[0]) {
            words.remove(0);
        }
        while words.len() > 2 && words.last().is_some_and(is_credential) {
            words.pop();
        }
        let suffix = matches!(words.as_slice(), ["jr" | "sr" | "ii" | "iii"]);
        if at > 0 && (words.iter().all(is_credential) || suffix) {
            continue;
        }
        let name = words.join(" ");
        if !name.is_empty() {
            names.insert(name);
        }
    }
    if names.is_empty() && !normal(&text).is_empty() {
        names.insert(normal(&text));
    }
    names
}

/// The parts between dividers; `et al` and a `y` before a small letter divide nothing, nor does `//`.
fn divided(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for found in DIVIDER.find_iter(text) {
        let rest = &text[found.end()..];
        let divides = match found.as_str().trim().to_lowercase().as_str() {
            "et" => !rest.starts_with("al"),
            "y" => {
                found.as_str().ends_with(char::is_whitespace)
                    && rest.starts_with(|c: char| c.is_ascii_alphabetic())
            }
            "/" => !rest.starts_with('/'),
            _ => true,
        };
        if divides {
            parts.push(text[start..found.start()].trim());
            start = found.end();
        }
    }
    parts.push(text[start..].trim());
    parts
}

/// A day as written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Day {
    /// Days since an epoch.
    Whole(i64),
    /// Only a year or a month.
    Partial,
    Unreadable,
}

static ISO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|\D)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D|$)"));
static COMPACT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{4})(\d\d)(\d\d)(?:\D|$)"));
static MONTH_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b"));
static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})\b")
});
static UNIX: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b([A-Za-z]{3})[A-Za-z]{0,6}\s+(\d{1,2})\s+\d\d:\d\d:\d\d\s+(?:[A-Z+\-0-9:]+\s+)?(\d{4})\b",
    )
});
static SLASHED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b"));
static SECONDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{10}(\d{3})?$"));
static PART: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{4}(-\d\d)?$"));

fn day(text: &str) -> Day {
    let text = text.trim();
    if matches!(text.to_lowercase().as_str(), "" | "nat" | "none" | "null" | "nan") {
        return Day::Unreadable;
    }
    let number = |text: &str| text.parse::<i64>().unwrap_or(0);
    let month = |name: &str| {
        let names = "jan feb mar apr may jun jul aug sep oct nov dec";
        let at = names.split(' ').position(|known| name.to_lowercase().starts_with(known));
        at.map_or(0, |at| at as i64 + 1)
    };
    let orders: [(&Regex, [usize; 3]); 5] = [
        (&ISO, [1, 2, 3]),
        (&COMPACT, [1, 2, 3]),
        (&MONTH_FIRST, [3, 1, 2]),
        (&DAY_FIRST, [3, 2, 1]),
        (&UNIX, [3, 1, 2]),
    ];
    for (pattern, [y, m, d]) in orders {
        if let Some(found) = pattern.captures(text) {
            let named = found[m].starts_with(|c: char| c.is_ascii_alphabetic());
            let month = if named { month(&found[m]) } else { number(&found[m]) };
            if let Some(day) = date(number(&found[y]), month, number(&found[d])) {
                return Day::Whole(day);
            }
        }
    }
    if let Some(found) = SLASHED.captures(text) {
        let [a, b, year] = [1, 2, 3].map(|at| number(&found[at]));
        return date(year, b, a).or(date(year, a, b)).map_or(Day::Unreadable, Day::Whole);
    }
    if SECONDS.is_match(text) {
        return Day::Whole(number(&text[..10]).div_euclid(86_400));
    }
    if PART.is_match(text) { Day::Partial } else { Day::Unreadable }
}

/// Days since 1970-01-01 (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn date(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=last).contains(&day) || !(1..=9999).contains(&year) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_without_case_and_punctuation() {
        assert_eq!(judge("title", "It’s “late” – U.S. time", "its late - us Time!"), (true, true));
        assert_eq!(judge("title", "One two", "Three"), (false, false));
    }

    #[test]
    fn authors_are_sets_of_names() {
        assert_eq!(
            judge("author", "Jane Doe, Ann Roe", "By Ann Roe and Jane Doe, PhD"),
            (true, true)
        );
        assert_eq!(judge("author", "Jane Doe", "Jane Doe, The Paper"), (false, true));
        assert_eq!(names("Dr. José Núñez"), BTreeSet::from(["jose nunez".to_string()]));
    }

    #[test]
    fn days_are_read_as_written() {
        assert_eq!(date(1970, 1, 1), Some(0));
        assert_eq!(day("2024-03-01T23:30:00-08:00"), day("March 1st, 2024"));
        assert_eq!(day("29.02.2023"), Day::Unreadable);
        assert_eq!(day("2023-05"), Day::Partial);
        assert_eq!(judge("date", "2024-03-01", "1 Mar 2024"), (true, true));
    }
}
