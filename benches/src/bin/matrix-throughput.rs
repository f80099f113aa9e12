//! Times the ways to read an offering rule matrix against each other.
#![expect(clippy::print_stdout, reason = "the report is what the program is asked for")]
#![expect(clippy::print_stderr, reason = "the table for the reader, and why the program failed")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use benches::contenders::matrix::{CONTENDERS, PLAIN_LOOP};
use benches::report::Throughput;
use clap::Parser;

/// Reads an offering rule matrix into memory and times several readers on it, in turns.
#[derive(Parser)]
#[command(after_help = "Example: matrix-throughput --rounds 9 matrix.csv > report.json")]
struct Args {
    /// The file to read: UTF-8
    file: PathBuf,
    /// How often each reader is timed; the median counts
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(5..))]
    rounds: u16,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("matrix-throughput: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(&args.file)
        .map_err(|error| format!("{}: {error}", args.file.display()))?;
    let report = Throughput::measure(CONTENDERS, PLAIN_LOOP, &text, args.rounds)?;
    eprintln!("{report}");
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}
