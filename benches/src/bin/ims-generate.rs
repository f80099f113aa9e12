//! Writes an invented IMS Enterprise file of any size.
#![expect(clippy::print_stdout, reason = "the counts are what the program is asked for")]
#![expect(clippy::print_stderr, reason = "a program says why it failed")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use benches::generate::{Shape, generate, write_whole};
use benches::report::Written;
use clap::Parser;

/// Writes an invented, valid IMS Enterprise 1.1 file, and prints how many records it holds.
#[derive(Parser)]
#[command(after_help = "Example: ims-generate --size 200MB campus.xml")]
struct Args {
    /// About the size of the file: bytes, or with kB, MB or GB (decimal)
    #[arg(long, value_parser = parse_size, required_unless_present = "members")]
    size: Option<u64>,
    /// One group with one membership of exactly so many members, instead of a size
    #[arg(long, conflicts_with = "size", value_parser = clap::value_parser!(u64).range(1..))]
    members: Option<u64>,
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
            eprintln!("ims-generate: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let shape = match (args.members, args.size) {
        (Some(members), _) => Shape::OneMembership { members },
        (None, Some(bytes)) => Shape::Campus { bytes },
        (None, None) => return Err("either --size or --members is needed".into()),
    };
    let generated = write_whole(&args.out, |file| generate(file, shape, args.seed))
        .map_err(|error| format!("{}: {error}", args.out.display()))?;
    println!("{}", serde_json::to_string_pretty(&Written::from(generated))?);
    Ok(())
}

fn parse_size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match &text[digits.len()..] {
        "" | "B" => 1,
        "kB" | "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        other => return Err(format!("unknown unit {other}: use kB, MB or GB")),
    };
    let number: u64 = digits.trim_end().parse().map_err(|error| format!("{error}"))?;
    number.checked_mul(unit).ok_or_else(|| "too large".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_decimal() {
        assert_eq!(parse_size("200MB"), Ok(200_000_000));
        assert_eq!(parse_size("15 kB"), Ok(15_000));
        assert_eq!(parse_size("7"), Ok(7));
        assert!(parse_size("7MiB").is_err());
        assert!(parse_size("MB").is_err());
        assert!(parse_size("99999999999GB").is_err());
    }
}
