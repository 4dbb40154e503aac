//! `hostile`: the contenders on pages that no person would write.

use crate::child::{Outcome, Worker};
use crate::contenders::CONTENDERS;
use anyhow::Result;
use clap::Args as ClapArgs;
use std::path::Path;
use std::time::Duration;

#[path = "../../../tests/parse_support/shapes.rs"]
mod shapes;
#[path = "../../../tests/parse_support/wide_shapes.rs"]
mod wide_shapes;

/// Time of the contenders on hostile pages.
#[derive(ClapArgs)]
pub struct Args {
    /// Only the shapes whose name contains this.
    only: Option<String>,
    /// The bytes of each page.
    #[arg(long, default_value_t = 100 << 10)]
    bytes: usize,
    /// Seconds that a page may take.
    #[arg(long, default_value_t = 5.0)]
    limit: f64,
    /// Only this contender; may be given several times.
    #[arg(long, value_name = "NAME")]
    peer: Vec<String>,
}

/// The page of a shape.
pub fn page(name: &str, bytes: usize) -> Option<String> {
    let mut all = shapes::SHAPES.iter().chain(wide_shapes::WIDE_SHAPES);
    let (_, start, repeat) = all.find(|(known, _, _)| *known == name)?;
    Some(shapes::page(start, bytes, repeat))
}

/// Prints a line a shape: milliseconds of CPU time, `slow` past the limit, `panic` or `crash`.
pub fn run(args: &Args) -> Result<()> {
    let is_wanted = |name: &str| args.peer.is_empty() || args.peer.iter().any(|peer| peer == name);
    let contenders: Vec<&str> =
        CONTENDERS.iter().map(|c| c.name).filter(|c| is_wanted(c)).collect();
    println!("ms for {} bytes; slow: over {} s\n", args.bytes, args.limit);
    println!("| | {} |\n|---|{}", contenders.join(" | "), "---|".repeat(contenders.len()));
    let bytes = args.bytes.to_string();
    let mut bad = vec![0; contenders.len()];
    for (shape, _, _) in shapes::SHAPES.iter().chain(wide_shapes::WIDE_SHAPES) {
        if args.only.as_ref().is_some_and(|only| !shape.contains(only.as_str())) {
            continue;
        }
        let mut cells = Vec::new();
        for (contender, bad) in contenders.iter().zip(&mut bad) {
            let mut worker = Worker::start(contender, shape, Path::new("."), &["--bytes", &bytes])?;
            let cell = match worker.next(Duration::from_secs_f64(args.limit))? {
                Outcome::Answer(answer) if answer.text.is_some() => {
                    format!("{:.0}", answer.cpu_seconds * 1e3)
                }
                Outcome::Answer(_) => "panic".to_string(),
                Outcome::Slow => "slow".to_string(),
                Outcome::End | Outcome::Crash => "crash".to_string(),
            };
            *bad += usize::from(cell.parse::<f64>().is_err());
            cells.push(cell);
        }
        println!("| {} | {} |", shape.replace('|', "\\|"), cells.join(" | "));
    }
    let bad: Vec<String> = bad.iter().map(usize::to_string).collect();
    println!("| not in time | {} |", bad.join(" | "));
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_shape_is_found_by_its_name() {
        for (name, _, _) in super::shapes::SHAPES.iter().chain(super::wide_shapes::WIDE_SHAPES) {
            assert!(super::page(name, 1000).is_some_and(|page| page.len() >= 1000), "{name}");
        }
    }
}
