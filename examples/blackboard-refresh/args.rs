//! The command line.

use std::path::PathBuf;

use blackboard_sis::{Object, Operation, Preview};
use clap::{Parser, ValueEnum};

/// Says what an upload to Blackboard Learn would do, before it is sent: what it would insert and update, and above all
/// whom and what it would disable or purge. Nothing is sent anywhere.
///
/// What is in Learn is taken from the feeds that were sent before: `--previous`, in the order in which they were
/// loaded. They count as sent with the store operation, which takes nothing away. A complete file that was sent as a
/// refresh gives the same picture where it is the first one of its kind: give no file of the kind from before it. Leave
/// out what was sent with the delete operation. Feeds of users and courses among them give enrolments their names, and
/// are what the rows are checked against. Several feeds are taken as stored one after the other.
///
/// Standard output is the report; what is wrong with the files is said on standard error, of the feed that is to be
/// sent the first 20 errors.
///
/// Exit code: 0 when nothing speaks against the upload, 1 when it takes away, or may take away, more than it may, when
/// it moves as many out of their data source, or a file has errors,
/// 2 when the work could not be done (wrong usage, a file that cannot be read, no earlier feed of the kind, rows that
/// cannot be written). With 2 nothing was written.
#[derive(Debug, Parser)]
#[command(name = "blackboard-refresh", after_help = EXAMPLE)]
pub(crate) struct Args {
    /// What Learn will be asked to do with the feed: the last word of the address.
    #[arg(long, value_name = "OPERATION", value_parser = operation)]
    pub(crate) operation: Operation,

    /// The data source key that the integration is configured with: for rows without one, here and in the earlier
    /// feeds; and for `refreshlegacy`, which is limited to it and to the keys of the rows.
    #[arg(long, value_name = "KEY")]
    pub(crate) data_source_key: Option<String>,

    /// How many per cent of the enabled records may be disabled or purged, of all and of each data source key.
    #[arg(long, value_name = "PERCENT", default_value_t = Preview::DEFAULT_LIMIT, value_parser = percent)]
    pub(crate) max_disable: f64,

    /// The feeds that were sent before, with the store operation; of a kind that is refreshed, the last refresh and
    /// what was stored after it.
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    pub(crate) previous: Vec<PathBuf>,

    /// What the feeds are about, where their headers leave it open: `person`, `course`, `membership`, and so on.
    #[arg(long, value_name = "OBJECT", value_parser = object)]
    pub(crate) object: Option<Object>,

    /// What stands between two cells, where it is not to be found out: a character, or `tab`.
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    pub(crate) delimiter: Option<u8>,

    /// What is written to standard output.
    #[arg(long, value_name = "KIND", default_value = "human")]
    pub(crate) report: ReportKind,

    /// Writes `store.txt` and `delete.txt` to this folder: two feeds that together do what a refresh would do, without
    /// its danger. Nothing is written where a row could not be sent as it is, or where one of the two would replace a
    /// file that is read: exit code 2, and what to correct.
    #[arg(long, value_name = "DIR")]
    pub(crate) delta: Option<PathBuf>,

    /// Leaves names and keys of persons out of the report and the findings.
    #[arg(long)]
    pub(crate) mask: bool,

    /// The feed that is to be sent, or `-` for standard input.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

const EXAMPLE: &str = "\
Example:
  cargo run --release --example blackboard-refresh -- --operation refresh \\
      --previous examples/blackboard-refresh/data/previous.txt examples/blackboard-refresh/data/next.txt

  says that one of three courses would be disabled, and what to do instead.";

/// What is written to standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportKind {
    /// Tables and sentences.
    Human,
    /// Everything, for other programs.
    Json,
}

impl Args {
    /// The earlier feeds, and the feed that is to be sent: the last word, even where it follows `--previous` and the
    /// earlier ones without anything between.
    pub(crate) fn files(&self) -> Result<(&[PathBuf], &PathBuf), &'static str> {
        match (&self.file, &*self.previous) {
            (Some(file), previous) => Ok((previous, file)),
            (None, [previous @ .., file]) if !previous.is_empty() => Ok((previous, file)),
            (None, _) => {
                Err("FILE is missing: the feed that is to be sent, behind the earlier ones")
            }
        }
    }
}

fn operation(text: &str) -> Result<Operation, String> {
    Operation::from_slug(text)
        .ok_or_else(|| "expected store, refresh, refreshlegacy or delete".to_owned())
}

fn object(text: &str) -> Result<Object, String> {
    Object::from_slug(text).ok_or_else(|| {
        let slugs: Vec<_> = Object::ALL.iter().map(|object| object.slug()).collect();
        format!("expected one of {}", slugs.join(", "))
    })
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches('%').trim_end().parse().ok();
    number
        .filter(|number| (0.0..=100.0).contains(number))
        .ok_or_else(|| "expected a number from 0 to 100".to_owned())
}

fn delimiter(text: &str) -> Result<u8, String> {
    match *text.as_bytes() {
        _ if matches!(text, "tab" | "\\t") => Ok(b'\t'),
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n') => Ok(byte),
        _ => Err("expected one ASCII character, or `tab`".to_owned()),
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
