//! Writes an invented maquette of Pégase of any number of objects.
#![expect(clippy::print_stdout, reason = "the counts are what the program is asked for")]
#![expect(clippy::print_stderr, reason = "a program says why it failed")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use benches::generate::maquette::{Shape, generate};
use benches::generate::write_whole;
use benches::report::Written;
use clap::Parser;

/// Writes an invented maquette in the form of Pégase's import function, and prints how many objects it holds.
#[derive(Parser)]
#[command(after_help = "Example: pegase-generate --objects 100000 maquette.json")]
struct Args {
    /// How many objects
    #[arg(long, default_value_t = 100_000)]
    objects: u64,
    /// Codes, kinds, labels, credits and children alone
    #[arg(long)]
    lean: bool,
    /// Lines and blanks
    #[arg(long)]
    pretty: bool,
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
            eprintln!("pegase-generate: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let shape = Shape { objects: args.objects, is_lean: args.lean, is_pretty: args.pretty };
    let generated = write_whole(&args.out, |file| generate(file, shape, args.seed))
        .map_err(|error| format!("{}: {error}", args.out.display()))?;
    println!("{}", serde_json::to_string_pretty(&Written::from(generated))?);
    Ok(())
}
