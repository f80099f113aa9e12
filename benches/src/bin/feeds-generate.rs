//! Writes invented feeds for Blackboard Learn of any size.
#![expect(clippy::print_stdout, reason = "the counts are what the program is asked for")]
#![expect(clippy::print_stderr, reason = "a program says why it failed")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use benches::generate::feeds::{Feed, Shape, generate};
use benches::generate::write_whole;
use benches::report::Written;
use clap::Parser;

/// Writes invented, valid feeds of users, courses and enrolments, and prints how many rows they have.
#[derive(Parser)]
#[command(after_help = "Example: feeds-generate --memberships 5000000 feeds")]
struct Args {
    /// How many users
    #[arg(long, default_value_t = 200_000)]
    users: u64,
    /// How many courses
    #[arg(long, default_value_t = 20_000)]
    courses: u64,
    /// How many enrolments
    #[arg(long, default_value_t = 5_000_000)]
    memberships: u64,
    /// The same seed gives the same files
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder for the three files; each appears when it is complete
    out: PathBuf,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("feeds-generate: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let Args { users, courses, memberships, .. } = *args;
    let shape = Shape { users, courses, memberships };
    fs::create_dir_all(&args.out)?;
    for feed in Feed::ALL {
        let path = args.out.join(feed.file_name());
        let generated = write_whole(&path, |file| generate(file, feed, shape, args.seed))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        println!("{}", serde_json::to_string_pretty(&Written::from(generated))?);
    }
    Ok(())
}
