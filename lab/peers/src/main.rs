//! dehusk and its peers on the same pages: how right, how fast, and what they make of hostile pages.
//!
//! Each contender runs in a process of its own, so that one that panics, hangs or overflows its
//! stack loses a page and not the run.

mod child;
mod compare;
mod contenders;
#[path = "../../src/corpus.rs"]
#[allow(dead_code, reason = "shared with the laboratory")]
mod corpus;
mod hostile;
#[path = "../../src/metrics.rs"]
#[allow(dead_code, reason = "shared with the laboratory")]
mod metrics;
mod plot;
mod results;
mod table;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "dehusk-peers", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the contenders over labelled pages, in turn; answers and times go to a folder.
    Compare(compare::Args),
    /// The table and the plot of what `compare` and `lab/peers.py` have found.
    Table(table::Args),
    /// Time of the contenders on pages that no person would write.
    Hostile(hostile::Args),
    /// One contender on pages; the other commands start it.
    #[command(hide = true)]
    Child(child::Args),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Compare(args) => compare::run(&args),
        Command::Table(args) => table::run(&args),
        Command::Hostile(args) => hostile::run(&args),
        Command::Child(args) => child::run(&args),
    }
}
