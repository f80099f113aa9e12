//! Writes an invented setup file of any number of records.
#![expect(clippy::print_stdout, reason = "the counts are what the program is asked for")]
#![expect(clippy::print_stderr, reason = "a program says why it failed")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use benches::generate::setup::{Shape, generate};
use benches::generate::write_whole;
use benches::report::Written;
use brightspace_bulk::{LineEnd, LoadType};
use clap::Parser;

/// Writes an invented, valid Brightspace setup file, and prints how many records it holds.
#[derive(Parser)]
#[command(after_help = "Example: bulk-generate --records 1000000 setup.txt")]
struct Args {
    /// How many records
    #[arg(long, default_value_t = 1_000_000)]
    records: u64,
    /// 1: packages, 2: metadata in XML files, 3: metadata in the records
    #[arg(long = "type", default_value = "3", value_parser = parse_type)]
    load_type: LoadType,
    /// Lines that end with LF, not with CRLF
    #[arg(long)]
    lf: bool,
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
            eprintln!("bulk-generate: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let line_end = if args.lf { LineEnd::Lf } else { LineEnd::CrLf };
    let shape = Shape { records: args.records, load_type: args.load_type, line_end };
    let generated = write_whole(&args.out, |file| generate(file, shape, args.seed))
        .map_err(|error| format!("{}: {error}", args.out.display()))?;
    println!("{}", serde_json::to_string_pretty(&Written::from(generated))?);
    Ok(())
}

fn parse_type(text: &str) -> Result<LoadType, String> {
    match text {
        "1" => Ok(LoadType::Package),
        "2" => Ok(LoadType::XmlMetadata),
        "3" => Ok(LoadType::CsvMetadata),
        other => Err(format!("no type {other}: use 1, 2 or 3")),
    }
}
