//! `lab hostile`: what pages cost that no person would write.
//!
//! Each shape is extracted at two sizes, once to text and once to every format; what is told is
//! the time of a megabyte, how much twice the page costs, and the peak of memory.

use anyhow::Result;
use clap::Args as ClapArgs;
use dehusk::{Extractor, Limits, OverLimit, Page};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[path = "../../tests/parse_support/shapes.rs"]
mod shapes;
#[path = "../../tests/parse_support/wide_shapes.rs"]
mod wide_shapes;

/// Time and memory of pages that no person would write.
#[derive(ClapArgs)]
pub struct Args {
    /// Only the shapes whose name contains this.
    only: Option<String>,
    /// The bytes of the larger page; the smaller one has half of them.
    #[arg(long, default_value_t = 1 << 20, value_name = "N")]
    bytes: usize,
    /// Lift all limits that can be lifted.
    #[arg(long)]
    no_limits: bool,
    /// Tell only what is slow, superlinear or greedy.
    #[arg(long)]
    bad: bool,
}

/// A megabyte may take so long, to every format.
const MOST_TIME: Duration = Duration::from_millis(1_000);
/// Twice the page may cost so many times as much, if it takes long enough to tell.
const MOST_GROWTH: f64 = 2.5;
const SHORT: Duration = Duration::from_millis(20);
/// Memory at its peak may be so many times the page.
const MOST_MEMORY: f64 = 60.0;
/// Of so many times the best one counts.
const TRIES: usize = 3;

pub fn run(args: &Args) -> Result<ExitCode> {
    let limits = if args.no_limits { Limits::none() } else { Limits::default() };
    let extractor = Extractor::new().with_limits(limits.with_over_limit(OverLimit::Truncate));
    let wanted = |name: &str| args.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    println!("{:<36} {:>9} {:>9} {:>7} {:>9}", "", "text ms", "all ms", "growth", "memory x");
    let mut all_good = true;
    for (name, start, repeat) in shapes::SHAPES.iter().chain(wide_shapes::WIDE_SHAPES) {
        if !wanted(name) {
            continue;
        }
        let large = shapes::page(start, args.bytes, repeat);
        let small = shapes::page(start, args.bytes / 2, repeat);
        let read = |page: &str| extractor.extract(page);
        let text = best(|| Ok(read(&large)?.text().len()))?;
        let all = best(|| Ok(every_format(&read(&large)?)))?;
        let half = best(|| Ok(every_format(&read(&small)?)))?;
        let peak = peak_of(|| Ok(read(&large)?.text().len()))?;
        let growth = all.as_secs_f64() / half.as_secs_f64();
        let memory = peak.map(|peak| peak as f64 / large.len() as f64);
        let scale = large.len() as f64 / (1 << 20) as f64;
        let good = all < MOST_TIME.mul_f64(scale.max(1.0))
            && (growth < MOST_GROWTH || all < SHORT)
            && memory.is_none_or(|memory| memory < MOST_MEMORY);
        all_good &= good;
        if good && args.bad {
            continue;
        }
        let (text, all) = (text.as_secs_f64() * 1e3, all.as_secs_f64() * 1e3);
        let memory = memory.map_or("?".to_string(), |memory| format!("{memory:.1}"));
        let mark = if good { "" } else { "  !" };
        println!("{name:<36} {text:>9.1} {all:>9.1} {growth:>7.2} {memory:>9}{mark}");
    }
    Ok(if all_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How much all formats together have.
fn every_format(page: &Page) -> usize {
    let chunks: usize = page.chunks(200).map(|chunk| chunk.markdown().len()).sum();
    page.text().len() + page.markdown().len() + page.html().len() + page.json().len() + chunks
}

fn best(work: impl Fn() -> Result<usize>) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..TRIES {
        let start = Instant::now();
        black_box(work()?);
        best = best.min(start.elapsed());
        if best > MOST_TIME {
            break;
        }
    }
    Ok(best)
}

/// By how many bytes the process grows at its peak; `None` where the system does not tell (Linux
/// does).
fn peak_of(work: impl Fn() -> Result<usize>) -> Result<Option<u64>> {
    // "5" sets the peak back to what is held now (proc_pid_clear_refs(5)).
    if std::fs::write("/proc/self/clear_refs", "5").is_err() {
        return Ok(None);
    }
    let before = status("VmRSS:");
    black_box(work()?);
    Ok(status("VmHWM:").zip(before).map(|(peak, before)| peak.saturating_sub(before)))
}

/// A line of `/proc/self/status`, in bytes.
fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_that_of_the_work() -> Result<()> {
        let peak = peak_of(|| Ok(black_box(vec![1u8; 50 << 20]).len()))?;
        // Memory that was freed before may serve again, so only the bound above is sure.
        assert!(peak.is_none_or(|peak| peak < 200 << 20), "{peak:?}");
        Ok(())
    }

    #[test]
    fn a_page_of_a_shape_has_its_size() {
        let page = shapes::page("<ul>", 100, |_| "<li>x".to_string());
        assert!(page.starts_with("<ul><li>x") && (100..110).contains(&page.len()));
    }
}
