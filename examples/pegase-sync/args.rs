//! The command line.

use std::path::PathBuf;

use clap::Parser;
use pegase::Importer;

/// What a synchronisation with Pégase would do. Nothing is changed anywhere.
///
/// With `--known`: of the formations that Pégase lists (PAGES.json: pages of `objets-maquette`, or the lists of COF),
/// which can be imported, and which a global synchronisation would import, synchronise, or leave.
///
/// With `--against`: what becomes of each content of a catalogue when a maquette is synchronised: created, updated
/// (which fields, with the old and the new value), unchanged, or vanished. Fields of reference tables keep their value
/// where Pégase says nothing or nothing matches; what the shape of the maquette cannot say stays as well.
///
/// The answer is JSON on standard output; what changes is said on standard error, too.
///
/// Exit code: 0 when the answer is complete, 1 when an alert of the import is an error, 2 when the work could not
/// be done (wrong usage, a file that cannot be read). With 2 nothing is on standard output.
#[derive(Debug, Parser)]
#[command(name = "pegase-sync", after_help = EXAMPLE)]
pub(crate) struct Args {
    /// The synchronization codes that the catalogue has: a JSON list of codes, or a catalogue.
    #[arg(
        long,
        value_name = "CODES.json",
        required_unless_present = "against",
        conflicts_with = "against"
    )]
    pub(crate) known: Option<PathBuf>,

    /// Leave formations that were not imported before, as is advised.
    #[arg(long, requires = "known")]
    pub(crate) existing_only: bool,

    /// The catalogue as it is: what `pegase-import` printed.
    #[arg(long, value_name = "CATALOGUE.json", requires = "tables")]
    pub(crate) against: Option<PathBuf>,

    /// The reference tables of the Ametys site.
    #[arg(long, value_name = "TABLES.json", requires = "against")]
    pub(crate) tables: Option<PathBuf>,

    /// A folder of conversion files, `TABLE_conversion.xml`.
    #[arg(long, value_name = "DIR", requires = "against")]
    pub(crate) conversion: Option<PathBuf>,

    /// What is added to the code of a content when a list has to be made for its courses.
    #[arg(long, value_name = "TEXT", default_value = Importer::LIST_SUFFIX, allow_hyphen_values = true)]
    pub(crate) list_suffix: String,

    /// The content of the catalogue that the maquette is for, whatever its synchronization code: so a programme
    /// that was made by hand can be synchronised.
    #[arg(long, value_name = "CODE", requires = "against")]
    pub(crate) program: Option<String>,

    /// Say hints, too.
    #[arg(short = 'v')]
    pub(crate) verbose: bool,

    /// Pages of search results, or a maquette and its details.
    #[arg(value_name = "PAGES.json or MAQUETTE.json", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
}

const EXAMPLE: &str = "\
Examples:
  cargo run --release --example pegase-sync -- --existing-only \\
      --known crates/pegase/tests/data/known.json crates/pegase/tests/data/cof/formations.v1.json

  says of each formation of the list whether it can be imported, and what a global synchronisation does with it.

  cargo run --release --example pegase-sync -- --tables crates/pegase/tests/data/reftables/tables.json \\
      --against crates/pegase/tests/data/catalogue.json crates/pegase/tests/data/licence-info/import.json

  says which contents of the catalogue would change, and how.";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }
}
