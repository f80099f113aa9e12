//! `check`: reads files of course and enrolment data, and of learning content, and says what is wrong in
//! them, and where.

mod args;
#[path = "../common/arguments.rs"]
mod arguments;
mod codes;
mod earlier;
mod formats;
mod input;
mod order;
#[path = "../common/package.rs"]
mod package;
#[path = "../common/plain.rs"]
mod plain;
mod plan;
mod policy;
#[path = "../common/progress.rs"]
mod progress;
mod report;
mod run;
#[path = "../common/server.rs"]
mod server;
mod text;
mod uri;
mod walk;

use std::process::ExitCode;

fn main() -> ExitCode {
    run::main()
}
