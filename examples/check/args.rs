//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use edu_diagnostics::Rule;

use crate::codes;
use crate::formats::Format;

/// Checks files of course and enrolment data and says what is wrong, where, and what to do about it.
///
/// Each PATH is a file, a folder (every file in it is checked; names that begin with a dot are left
/// out), or `-` for standard input. The format is recognised from the content.
///
/// Exit code: 0 when no error was found, 1 when at least one was, 2 when something could not be done
/// (wrong usage, a file that cannot be read, a named file of no known format).
#[derive(Debug, Parser)]
#[command(name = "check", after_help = EXAMPLE)]
pub(crate) struct Args {
    /// Read every file as this format instead of recognising it.
    #[arg(long, value_name = "F")]
    pub(crate) format: Option<Format>,

    /// Leave personal data out of every text.
    #[arg(long)]
    pub(crate) mask: bool,

    /// Do not report this rule (code or name; may be repeated).
    #[arg(long, value_name = "CODE", value_parser = codes::find)]
    pub(crate) allow: Vec<&'static Rule>,

    /// Report this rule as an error (code or name; may be repeated).
    #[arg(long, value_name = "CODE", value_parser = codes::find)]
    pub(crate) deny: Vec<&'static Rule>,

    /// What is written to standard output.
    #[arg(long, value_name = "KIND", default_value = "human")]
    pub(crate) report: ReportKind,

    /// Print the page of a rule (code or name) and check nothing.
    #[arg(long, value_name = "CODE", value_parser = codes::find, conflicts_with = "paths")]
    pub(crate) explain: Option<&'static Rule>,

    /// Files, folders, or `-` for standard input.
    #[arg(value_name = "PATH", required_unless_present = "explain")]
    pub(crate) paths: Vec<PathBuf>,
}

const EXAMPLE: &str = "\
Example:
  check --mask --report json exports/2026-09-01.xml > findings.json

  reads one export, writes its findings as JSON without personal data, and ends with exit code 1 if
  one of them is an error.";

/// The kinds of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportKind {
    /// Each finding with its place and the line it stands in.
    Human,
    /// Everything, for other programs.
    Json,
    /// How often each rule was broken, a file.
    Summary,
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
