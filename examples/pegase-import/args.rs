//! The command line.

use std::path::PathBuf;

use clap::Parser;
use pegase::{Importer, Limits};

/// Turns a maquette of Pégase into a catalogue of Ametys ODF: programmes, subprograms, containers, lists and
/// courses, with an alert for everything that does not fit. Nothing is changed anywhere.
///
/// The maquette may have any of its shapes, which is recognised from the content: the structure or the objects of the
/// ODF API, a file of the import function, or a tree of the MOF extraction. A structure lacks choice ranges, types
/// of formation and descriptions: the objects (DETAILS.json) have them.
///
/// Exit code: 0 when the catalogue was made, with or without warnings, 1 when an alert is an error (a cycle, a
/// child that is not there) and the rest was imported, 2 when the work could not be done (wrong usage, a file that
/// cannot be read or is no maquette). With 2 nothing is on standard output.
#[derive(Debug, Parser)]
#[command(name = "pegase-import", after_help = EXAMPLE)]
pub(crate) struct Args {
    /// The reference tables of the Ametys site: an object with an array of entries for each table; optionally
    /// `object_types`, the types of objects that the institution has added.
    #[arg(long, value_name = "TABLES.json")]
    pub(crate) tables: PathBuf,

    /// A folder of conversion files, `TABLE_conversion.xml`, by which codes of Pégase are matched, too.
    #[arg(long, value_name = "DIR")]
    pub(crate) conversion: Option<PathBuf>,

    /// What is added to the code of a content when a list has to be made for its courses.
    #[arg(long, value_name = "TEXT", default_value = Importer::LIST_SUFFIX, allow_hyphen_values = true)]
    pub(crate) list_suffix: String,

    /// Draw the catalogue as a tree, with the alerts where they belong, in place of the JSON.
    #[arg(long)]
    pub(crate) tree: bool,

    /// Say hints, too.
    #[arg(short = 'v')]
    pub(crate) verbose: bool,

    /// How many levels of objects a maquette may have; what lies deeper is left out, which is an error.
    #[arg(long, value_name = "N", default_value_t = Limits::default().depth, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_depth: u32,

    /// The maquette, or `-` for standard input.
    #[arg(value_name = "MAQUETTE.json")]
    pub(crate) maquette: PathBuf,

    /// The objects of a structure.
    #[arg(value_name = "DETAILS.json")]
    pub(crate) details: Option<PathBuf>,
}

const EXAMPLE: &str = "\
Example:
  cargo run --release --example pegase-import -- --tree \\
      --tables crates/pegase/tests/data/reftables/tables.json crates/pegase/tests/data/alertes/import.json

  draws the catalogue that the sample maquette becomes, and in it what was left out and why.";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }
}
