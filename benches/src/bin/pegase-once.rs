//! Lets one reader read a file once: for profilers and for counting instructions.
#![expect(clippy::print_stderr, reason = "says why it failed")]

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use benches::contenders::maquette::CONTENDERS;
use clap::Parser;

/// Lets one of the readers of pegase-throughput read a file once.
#[derive(Parser)]
#[command(
    after_help = "Example: valgrind --tool=callgrind pegase-once 'pegase with import' maquette.json"
)]
struct Args {
    /// Name of the reader, as pegase-throughput shows it
    reader: String,
    /// The file to read: UTF-8
    file: PathBuf,
    /// How often
    #[arg(long, default_value_t = 1)]
    times: u32,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let Some(contender) = CONTENDERS.iter().find(|contender| contender.name == args.reader) else {
        eprintln!("pegase-once: no reader is called `{}`", args.reader);
        return ExitCode::from(2);
    };
    let read = fs::read_to_string(&args.file).map_err(Into::into);
    let result =
        read.and_then(|text| (0..args.times).try_for_each(|_| (contender.run)(&text).map(drop)));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pegase-once: {}: {error}", args.file.display());
            ExitCode::from(2)
        }
    }
}
