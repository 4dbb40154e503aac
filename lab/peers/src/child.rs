//! One contender in a process of its own, and what the others see of it.

use crate::contenders::{self, Contender};
use crate::corpus;
use crate::hostile;
use anyhow::{Context, Result};
use clap::Args as ClapArgs;
use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// One contender on pages.
#[derive(ClapArgs)]
pub struct Args {
    contender: String,
    /// A set of the corpus, or the name of a hostile shape.
    pages: String,
    #[arg(long, default_value = "../shared/corpus")]
    corpus: PathBuf,
    /// Pages before this one are passed over.
    #[arg(long, default_value_t = 0)]
    from: usize,
    /// The bytes of the hostile page; without it the pages are of the corpus.
    #[arg(long)]
    bytes: Option<usize>,
    /// Read all pages first, as time is to be measured: the caches are for the contender.
    #[arg(long)]
    loaded: bool,
}

/// What a child tells of a page.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    pub id: String,
    pub bytes: usize,
    /// Of the thread.
    pub cpu_seconds: f64,
    /// `None` where the contender panicked.
    pub text: Option<String>,
}

/// A page, its name and its address.
type Page = (String, Option<String>, Vec<u8>);

pub fn run(args: &Args) -> Result<()> {
    let contender = contenders::find(&args.contender).context("no such contender")?;
    std::panic::set_hook(Box::new(|_| {}));
    // The first extraction builds tables and compiles patterns.
    let warm = "<title>Ferry</title><article><p>The ferry runs again, and all is well.</article>";
    _ = catch_unwind(|| black_box((contender.extract)(warm.as_bytes(), None)));
    if let Some(bytes) = args.bytes {
        let page = hostile::page(&args.pages, bytes).context("no such shape")?;
        return tell(contender, &(args.pages.clone(), None, page.into_bytes()));
    }
    let set = corpus::SETS.into_iter().find(|set| *set == args.pages).context("no such set")?;
    let labelled = corpus::load(&args.corpus, set)?.into_iter().skip(args.from);
    let pages = labelled.map(|page| -> Result<Page> {
        let bytes = page.bytes()?;
        Ok((page.truth.id, page.truth.url, bytes))
    });
    if args.loaded {
        let pages = pages.collect::<Result<Vec<Page>>>()?;
        return pages.iter().try_for_each(|page| tell(contender, page));
    }
    pages.into_iter().try_for_each(|page| tell(contender, &page?))
}

fn tell(contender: &Contender, (id, url, page): &Page) -> Result<()> {
    let extract = AssertUnwindSafe(|| (contender.extract)(black_box(page), url.as_deref()));
    let start = ThreadTime::now();
    let text = black_box(catch_unwind(extract));
    let cpu_seconds = start.elapsed().as_secs_f64();
    let text = text.ok().map(Option::unwrap_or_default);
    let answer = Answer { id: id.clone(), bytes: page.len(), cpu_seconds, text };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &answer)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

/// A child at work.
pub struct Worker {
    child: Child,
    answers: Receiver<String>,
}

/// How the wait for an answer ended.
pub enum Outcome {
    Answer(Answer),
    /// All pages are done.
    End,
    /// No answer in time; the child was ended.
    Slow,
    /// The child ended on its own, by a stack overflow or the like.
    Crash,
}

impl Worker {
    pub fn start(contender: &str, pages: &str, corpus: &Path, more: &[&str]) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["child", contender, pages, "--corpus"]).arg(corpus).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = BufReader::new(child.stdout.take().context("a pipe")?);
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(|line| line.ok()) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, answers })
    }

    pub fn next(&mut self, limit: Duration) -> Result<Outcome> {
        Ok(match self.answers.recv_timeout(limit) {
            Ok(line) => Outcome::Answer(serde_json::from_str(&line)?),
            Err(RecvTimeoutError::Timeout) => Outcome::Slow,
            Err(RecvTimeoutError::Disconnected) if self.child.wait()?.success() => Outcome::End,
            Err(RecvTimeoutError::Disconnected) => Outcome::Crash,
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended already, which is as well.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
