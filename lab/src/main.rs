//! The laboratory of dehusk: scores the labelled pages and trains the model.

mod bench;
mod corpus;
mod extract;
mod hostile;
mod metadata;
mod metrics;
mod score;
mod train;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "dehusk-lab", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Extract pages to JSON lines.
    Extract(extract::Args),
    /// Measure whole extraction to text.
    Bench(bench::Args),
    /// Time and memory of pages that no person would write.
    Hostile(hostile::Args),
    /// Score the corpus, set by set.
    Score(score::Args),
    /// Score title, author and date.
    Metadata(metadata::Args),
    /// Train the model file from the corpus.
    Train(train::TrainArgs),
    /// Score the corpus by models that were not trained on the page's site.
    Crossval(train::CrossvalArgs),
}

fn main() -> anyhow::Result<std::process::ExitCode> {
    match Cli::parse().command {
        Command::Extract(args) => extract::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Hostile(args) => hostile::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Metadata(args) => metadata::run(&args),
        Command::Train(args) => train::run(&args),
        Command::Crossval(args) => train::crossval(&args),
    }
}
