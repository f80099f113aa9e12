//! The command line.

use std::path::PathBuf;

use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use offering_rules::{Layout, Orientation};

/// Offering rule matrices: from one layout or orientation to another.
///
/// Exit code: 0 when the work is done, 1 when the matrix has a cell that cannot be read, 2 when the work
/// could not be done (wrong usage, a file that cannot be read or written). With 1 and 2 nothing was written.
#[derive(Debug, Parser)]
#[command(name = "offering-rule-matrix", after_help = EXAMPLE)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a matrix in another layout or orientation; what the layout has no row for is listed.
    Convert(Convert),
}

/// Arguments of `convert`.
#[derive(Debug, Arguments)]
pub(crate) struct Convert {
    /// The matrix.
    #[arg(value_name = "MATRIX.csv")]
    pub(crate) matrix: PathBuf,

    /// Where the converted matrix is written.
    #[arg(value_name = "OUT.csv")]
    pub(crate) out: PathBuf,

    /// The head rows: `4.3`, `extended`, `4.6` or `4.7`; as they are when not given.
    #[arg(long, value_name = "LAYOUT")]
    pub(crate) layout: Option<Layout>,

    /// Whether courses are columns or rows; as it is when not given.
    #[arg(long, value_name = "ORIENTATION")]
    pub(crate) orientation: Option<Turn>,

    /// Put courses in the order of their paths, and the values of each profile field in alphabetical order.
    #[arg(long)]
    pub(crate) sort: bool,

    /// Keep head rows that are not known: a warning each, not an error.
    #[arg(long)]
    pub(crate) keep_unknown: bool,
}

const EXAMPLE: &str = "\
Example:
  cargo run --release --example offering-rule-matrix -- convert \\
      examples/data/offering-rules/registration.csv old.csv --layout 4.3 --orientation old

  writes the sample matrix with a row for each course, and says which cells have no place there.";

/// Whether courses are columns or rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Turn {
    /// Courses are columns.
    Transposed,
    /// Courses are rows: the older format.
    Old,
}

impl From<Turn> for Orientation {
    fn from(turn: Turn) -> Self {
        match turn {
            Turn::Transposed => Self::Transposed,
            Turn::Old => Self::Old,
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
