//! Times the ways to read a maquette of Pégase against each other.
#![expect(clippy::print_stdout, reason = "the report is what the program is asked for")]
#![expect(clippy::print_stderr, reason = "the tables for the reader, and why the program failed")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use benches::contenders::maquette::{ANY_VALUE, CONTENDERS, TYPED};
use benches::counts::MaquetteCounts;
use benches::report::{Growth, Throughput};
use clap::Parser;
use serde::Serialize;

/// Reads a maquette into memory and times several readers on it, in turns; then the same on maquettes of 1,000,
/// 10,000 and 100,000 objects that are made for it. The time for releasing what was read is left out.
#[derive(Parser)]
#[command(after_help = "Example: pegase-throughput --rounds 9 maquette.json > report.json")]
struct Args {
    /// The file to read: UTF-8, in the form of Pégase's import function
    file: PathBuf,
    /// How often each reader is timed; the median counts
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(5..))]
    rounds: u16,
    /// A maquette of 1,000,000 objects, too: it takes much memory
    #[arg(long)]
    big: bool,
    /// What the maquettes are made from
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    throughput: Throughput<MaquetteCounts>,
    growth: Growth,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pegase-throughput: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(&args.file)
        .map_err(|error| format!("{}: {error}", args.file.display()))?;
    let throughput =
        Throughput::measure(CONTENDERS, ANY_VALUE, &text, args.rounds)?.with_ratios_to(TYPED);
    eprintln!("{throughput}");
    drop(text);
    let sizes = [1_000, 10_000, 100_000, 1_000_000];
    let sizes = if args.big { &sizes[..] } else { &sizes[..3] };
    let growth = Growth::measure(sizes, args.seed, args.rounds)?;
    eprintln!("{growth}");
    println!("{}", serde_json::to_string_pretty(&Report { throughput, growth })?);
    Ok(())
}
