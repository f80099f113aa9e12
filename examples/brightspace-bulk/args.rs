//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::server::Mount;

/// Reads setup files of the Brightspace Learning Repository bulk upload, writes them in canonical form and
/// converts between metadata in the setup file (type 3) and metadata in XML files (type 2).
///
/// What is wrong is said on standard error. Exit code: 0 when no error was found, 1 when the work was done
/// and at least one was found, 2 when it could not be done; then nothing was written.
#[derive(Debug, Parser)]
#[command(name = "brightspace-bulk", after_help = EXAMPLE)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the records as JSON.
    ToJson(ToJson),
    /// Turn a file of type 3 into one of type 2: one IMSMD file a record, and the new setup file.
    ToXml(ToXml),
    /// Turn a file of type 2 into one of type 3; what is lost is listed.
    FromXml(FromXml),
    /// Write a file anew in canonical form; comments stay with their record.
    Rewrite(Rewrite),
}

#[derive(Debug, clap::Args)]
pub(crate) struct ToJson {
    /// The setup file.
    pub(crate) config: PathBuf,
    /// Take typographic quotes for quotes.
    #[arg(long)]
    pub(crate) straighten_quotes: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ToXml {
    /// The setup file, of type 3.
    pub(crate) config: PathBuf,
    /// The folder of the new files. Nothing in it is overwritten.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The folder of the metadata files as the server sees it; each asset's own folder if nothing is said.
    #[arg(long, value_name = "PREFIX")]
    pub(crate) metadata_prefix: Option<String>,
    /// The language of the metadata, such as `fr-CA`; none if nothing is said.
    #[arg(long)]
    pub(crate) lang: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct FromXml {
    /// The setup file, of type 2.
    pub(crate) config: PathBuf,
    /// The new setup file.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Where the metadata files are to be found (may be repeated). Without it each is looked for by its
    /// name beside CONFIG.
    #[arg(long, value_name = "PREFIX=DIR", value_parser = Mount::parse)]
    pub(crate) map: Vec<Mount>,
    /// The language to take where there are several, such as `fr`; else what has no language comes first.
    #[arg(long)]
    pub(crate) lang: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Rewrite {
    /// The setup file.
    pub(crate) config: PathBuf,
    /// The new setup file; it may be the same one.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Take typographic quotes for quotes, and write straight ones.
    #[arg(long)]
    pub(crate) straighten_quotes: bool,
}

const EXAMPLE: &str = "\
Example:
  cargo run --release --example brightspace-bulk -- to-xml examples/data/brightspace-bulk/type3.txt \\
      --out upload --metadata-prefix '\\\\filer\\lor\\metadata'

  writes an XML file for each record and the setup file that names them, into the folder `upload`.";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }
}
