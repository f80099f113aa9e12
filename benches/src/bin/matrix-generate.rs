//! Writes an invented offering rule matrix of any size.
#![expect(clippy::print_stdout, reason = "the counts are what the program is asked for")]
#![expect(clippy::print_stderr, reason = "a program says why it failed")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use benches::generate::matrix::{Shape, generate};
use benches::generate::write_whole;
use benches::report::Written;
use clap::Parser;

/// Writes an invented, valid offering rule matrix, and prints how many rows it has.
#[derive(Parser)]
#[command(after_help = "Example: matrix-generate --courses 2000 --values 5000 matrix.csv")]
struct Args {
    /// How many columns with courses
    #[arg(long, default_value_t = 2000)]
    courses: u64,
    /// How many values of profile fields
    #[arg(long, default_value_t = 5000)]
    values: u64,
    /// How many cells of a thousand are marked
    #[arg(long, default_value_t = 10)]
    marked: u64,
    /// The same seed gives the same file
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The file to write; it appears when it is complete
    out: PathBuf,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("matrix-generate: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let shape = Shape { courses: args.courses, values: args.values, marked: args.marked };
    let generated = write_whole(&args.out, |file| generate(file, shape, args.seed))
        .map_err(|error| format!("{}: {error}", args.out.display()))?;
    println!("{}", serde_json::to_string_pretty(&Written::from(generated))?);
    Ok(())
}
