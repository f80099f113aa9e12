//! Says how much memory the rules over enrolments need. Linux only: it asks the kernel.
#![expect(clippy::print_stdout, reason = "the report is what the program is asked for")]
#![expect(clippy::print_stderr, reason = "says why it failed")]

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;

use benches::generate::feeds::Feed;
use blackboard_sis::{FeedReader, Load};
use clap::Parser;
use edu_diagnostics::Collector;
use serde::Serialize;

/// Checks the feeds of a folder as streams, with all rules, and prints what that takes in memory.
#[derive(Parser)]
#[command(after_help = "Example: feeds-memory feeds")]
struct Args {
    /// The folder with the three files that feeds-generate writes
    folder: PathBuf,
}

#[derive(Serialize)]
struct Report {
    version: u32,
    memberships: u64,
    /// Most that was in use up to the enrolments, and in all.
    peak_bytes_before: u64,
    peak_bytes: u64,
    bytes_per_membership: u64,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("feeds-memory: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let mut load = Load::new();
    let mut report = Report {
        version: 1,
        memberships: 0,
        peak_bytes_before: 0,
        peak_bytes: 0,
        bytes_per_membership: 0,
    };
    for feed in Feed::ALL {
        report.peak_bytes_before = peak()?;
        let input = BufReader::new(File::open(args.folder.join(feed.file_name()))?);
        let mut found = Collector::new();
        let checked = load.check_reader(&FeedReader::new(), feed.file_name(), input, &mut found)?;
        report.memberships = checked.rows;
    }
    report.peak_bytes = peak()?;
    let grown = report.peak_bytes - report.peak_bytes_before;
    report.bytes_per_membership = grown.div_ceil(report.memberships.max(1));
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}

/// The most memory that this program has had in use.
fn peak() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib =
        line.and_then(|line| line.split_whitespace().next()).ok_or("the kernel does not say")?;
    Ok(kib.parse::<u64>()? * 1024)
}
