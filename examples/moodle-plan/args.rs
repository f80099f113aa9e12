//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use ims_enterprise::moodle;

/// Says what Moodle's import of IMS Enterprise files (`enrol_imsenterprise`) would do with a file: each
/// step in order, with its reason and its line; what is left out, and which setting decided it; and what
/// the site is like afterwards. Nothing is changed anywhere.
///
/// Files above 64 MiB are read piece by piece, whatever their size.
///
/// Exit code: 0 when no error was found, 1 when at least one was, 2 when there is no plan (wrong usage, a
/// file that cannot be read, a setting that does not exist); then nothing was written.
#[derive(Debug, Parser)]
#[command(name = "moodle-plan", after_help = EXAMPLE)]
pub(crate) struct Args {
    /// Whose decisions are taken.
    #[arg(long, value_name = "MODE", default_value = "compat")]
    pub(crate) mode: Mode,

    /// The settings of the plug-in, a JSON object with Moodle's own names; what is missing has its default.
    #[arg(long, value_name = "S.json")]
    pub(crate) settings: PathBuf,

    /// What exists before, as JSON: users, courses, categories, enrolments, groups. A plan that this program
    /// printed will do: then it is the site that the plan leaves.
    #[arg(long, value_name = "SITE.json")]
    pub(crate) site: PathBuf,

    /// What is written to standard output; `human` on a terminal, else `json`.
    #[arg(long, value_name = "KIND")]
    pub(crate) report: Option<ReportKind>,

    /// The IMS Enterprise file, or `-` for standard input.
    #[arg(value_name = "FILE.xml")]
    pub(crate) file: PathBuf,
}

const EXAMPLE: &str = "\
Example:
  cargo run --release --example moodle-plan -- --report human \\
      --settings examples/data/moodle-plan/settings.json --site examples/data/moodle-plan/site.json \\
      examples/data/moodle-plan/enrolments.xml

  shows who gets an account, who is enrolled and who is left out, and what is odd about it.";

/// Whose decisions are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// Moodle's own, odd ones included; the findings IE-M say which are odd.
    Compat,
    /// Those that are expected: no enrolment ends because a status is missing, roles are replaced and not
    /// added, the order of the records does not count.
    Fixed,
}

impl Mode {
    /// The word of the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Compat => "compat",
            Self::Fixed => "fixed",
        }
    }
}

impl From<Mode> for moodle::Mode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Compat => Self::Compat,
            Mode::Fixed => Self::Fixed,
        }
    }
}

/// The kinds of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportKind {
    /// Tables: what happens to whom, how often, what is left out and why; then the findings.
    Human,
    /// Everything, for other programs.
    Json,
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
