//! `check`: reads files of course and enrolment data and says what is wrong in them, and where.

mod args;
mod codes;
mod formats;
mod input;
mod policy;
mod progress;
mod report;
mod run;
mod text;
mod uri;
mod walk;

use std::process::ExitCode;

fn main() -> ExitCode {
    run::main()
}
