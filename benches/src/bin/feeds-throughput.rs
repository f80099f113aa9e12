//! Times the ways to read feeds of Blackboard Learn against each other.
#![expect(clippy::print_stdout, reason = "the report is what the program is asked for")]
#![expect(clippy::print_stderr, reason = "the table for the reader, and why the program failed")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use benches::contenders::feeds::{CONTENDERS, PLAIN_LOOP, SEPARATOR};
use benches::generate::feeds::Feed;
use benches::report::Throughput;
use clap::Parser;

/// Reads the feeds of a folder into memory and times several readers on them, in turns.
#[derive(Parser)]
#[command(after_help = "Example: feeds-throughput --rounds 9 feeds > report.json")]
struct Args {
    /// The folder with the three files that feeds-generate writes
    folder: PathBuf,
    /// How often each reader is timed; the median counts
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(5..))]
    rounds: u16,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("feeds-throughput: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    for feed in Feed::ALL {
        let path = args.folder.join(feed.file_name());
        if !text.is_empty() {
            text.push(SEPARATOR);
        }
        text +=
            &fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let report = Throughput::measure(CONTENDERS, PLAIN_LOOP, &text, args.rounds)?;
    eprintln!("{report}");
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}
