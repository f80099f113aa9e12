//! Times the ways to read an IMS Enterprise file against each other.
#![expect(clippy::print_stdout, reason = "the report is what the program is asked for")]
#![expect(clippy::print_stderr, reason = "the table for the reader, and why the program failed")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use benches::contenders::{CONTENDERS, PLAIN_LOOP};
use benches::counts::Counts;
use benches::measure::{Measured, agreed_counts, interleaved};
use clap::Parser;
use serde::Serialize;

/// Reads an IMS Enterprise file into memory and times several readers on it, in turns.
#[derive(Parser)]
#[command(after_help = "Example: ims-throughput --rounds 9 campus.xml > report.json")]
struct Args {
    /// The file to read: UTF-8, without a DTD
    file: PathBuf,
    /// How often each reader is timed; the median counts
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(5..))]
    rounds: u16,
}

#[derive(Serialize)]
struct Report {
    version: u32,
    file_bytes: usize,
    rounds: u16,
    counts: Counts,
    results: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    median_seconds: f64,
    /// Millions of bytes a second.
    mb_per_s: f64,
    /// How many times as fast as the plain loop.
    ratio_to_plain_loop: f64,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ims-throughput: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(&args.file)
        .map_err(|error| format!("{}: {error}", args.file.display()))?;
    let counts = agreed_counts(CONTENDERS, &text)?;
    let measured = interleaved(CONTENDERS, &text, usize::from(args.rounds))?;
    let results = rows(&measured, text.len()).ok_or("the plain loop was not measured")?;
    print_table(&results);
    let report =
        Report { version: 1, file_bytes: text.len(), rounds: args.rounds, counts, results };
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a speed of four digits")]
fn rows(measured: &[Measured], bytes: usize) -> Option<Vec<Row>> {
    let plain = measured.iter().find(|one| one.name == PLAIN_LOOP)?.median;
    let row = |one: &Measured| {
        // A tiny file may be read below the clock's resolution.
        let seconds = one.median.max(Duration::from_nanos(1)).as_secs_f64();
        Row {
            name: one.name,
            median_seconds: rounded(seconds, 1e6),
            mb_per_s: rounded(bytes as f64 / 1e6 / seconds, 1e1),
            ratio_to_plain_loop: rounded(plain.as_secs_f64() / seconds, 1e3),
        }
    };
    Some(measured.iter().map(row).collect())
}

/// To the digits that mean something.
fn rounded(value: f64, scale: f64) -> f64 {
    (value * scale).round() / scale
}

fn print_table(rows: &[Row]) {
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    eprintln!("{:width$}  {:>9}  {:>8}  {:>6}", "reader", "median s", "MB/s", "ratio");
    for Row { name, median_seconds, mb_per_s, ratio_to_plain_loop } in rows {
        eprintln!("{name:width$}  {median_seconds:9.4}  {mb_per_s:8.1}  {ratio_to_plain_loop:6.2}");
    }
}
