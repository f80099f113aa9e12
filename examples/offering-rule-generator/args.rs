//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use offering_rules::Kind;

/// Makes of an offering rule matrix the client commands that replace the rules of its courses: those that
/// delete the old rules first, then those that add the new ones.
///
/// The matrix is a CSV file in any layout, transposed or old. Only one command line of the LMS is documented
/// (`addRegisterStudentRule`): compare the others with your system, and give their names with `--dialect`.
///
/// Exit code: 0 when the commands were written, 1 when the matrix has an error, 2 when the work could not
/// be done (wrong usage, a file that cannot be read or written). With 1 and 2 nothing was written.
#[derive(Debug, Parser)]
#[command(name = "offering-rule-generator", after_help = EXAMPLE)]
pub(crate) struct Args {
    /// Which rules are made.
    #[arg(value_name = "Student|Instructor", ignore_case = true)]
    pub(crate) rules: Rules,

    /// The matrix.
    #[arg(short = 'f', value_name = "MATRIX.csv")]
    pub(crate) matrix: PathBuf,

    /// Where the commands are written.
    #[arg(short = 'o', value_name = "COMMANDS.txt")]
    pub(crate) out: PathBuf,

    /// Path of the organisation that the courses of the matrix belong to.
    #[arg(short = 'p', value_name = "/Root/Org")]
    pub(crate) organisation: String,

    /// Say more: what was read, what is done for each course, and hints.
    #[arg(short = 'v')]
    pub(crate) verbose: bool,

    /// How commands and predicates are spelled, as JSON; what is not named is as documented or assumed.
    #[arg(long, value_name = "D.json")]
    pub(crate) dialect: Option<PathBuf>,

    /// Whom the removal rules of a course with several columns remove.
    #[arg(long, value_name = "MODE", default_value = "course")]
    pub(crate) removal: RemovalMode,

    /// How many removal rules a course may have.
    #[arg(long, value_name = "N", default_value = "256", value_parser = clap::value_parser!(u32).range(1..=65536))]
    pub(crate) removal_limit: u32,

    /// Pause the processing of rules first; re-evaluate the courses and continue at the end.
    #[arg(long)]
    pub(crate) processing: bool,

    /// Keep head rows that are not known: a warning each, not an error.
    #[arg(long)]
    pub(crate) keep_unknown: bool,

    /// What is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: OutputFormat,
}

const EXAMPLE: &str = "\
Example:
  cargo run --release --example offering-rule-generator -- Student \\
      -f examples/data/offering-rules/registration.csv -o commands.txt -p /Root/Sundfjord/Ferries -v

  writes the commands for the courses of the sample matrix, and says what is done for each of them.";

/// Which rules are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rules {
    /// Rules that register students, and those that remove them.
    #[value(name = "Student")]
    Student,
    /// Rules that add instructors, and those that remove them.
    #[value(name = "Instructor")]
    Instructor,
}

impl From<Rules> for Kind {
    fn from(rules: Rules) -> Self {
        match rules {
            Rules::Student => Self::Registration,
            Rules::Instructor => Self::Instructor,
        }
    }
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// A command a line, as the dialect spells it.
    Text,
    /// The commands without any spelling, for other programs.
    Json,
}

/// Whom removal rules remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RemovalMode {
    /// Users who meet the requirement of no column.
    Course,
    /// Users who miss the requirement of one marked column, even where another column keeps them.
    Column,
}

impl From<RemovalMode> for offering_rules::Removal {
    fn from(mode: RemovalMode) -> Self {
        match mode {
            RemovalMode::Course => Self::Course,
            RemovalMode::Column => Self::Column,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }
}
