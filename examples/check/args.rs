//! The command line.

use std::path::PathBuf;

use blackboard_sis::Object;
use clap::{Parser, ValueEnum};

use crate::codes::{self, Named};
use crate::formats::{self, Catalogue, Format, Profile};
use crate::server::Mount;

/// Checks files of course and enrolment data, and of learning content to be uploaded, and says what is
/// wrong, where, and what to do about it.
///
/// Each PATH is a file, a folder (every file in it is checked; names that begin with a dot are left
/// out), or `-` for standard input. The format is recognised from the content: IMS
/// Enterprise, LIS, Blackboard snapshot feeds, Brightspace setup files, IMSMD metadata, SCORM packages and their
/// manifests, offering rule matrices, maquettes of Pégase. All Blackboard feeds of one call are checked against each
/// other, in the order in which they have to be loaded, which is that of the report too. Standard input and files above 64 MiB are read piece by piece, whatever their
/// size; of a package only the manifest is unpacked, and matrices and maquettes are held in memory.
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
    pub(crate) allow: Vec<Named>,

    /// Report this rule as an error (code or name; may be repeated).
    #[arg(long, value_name = "CODE", value_parser = codes::find)]
    pub(crate) deny: Vec<Named>,

    /// Say too what this receiver does with an IMS Enterprise file: which items it reads and which it
    /// ignores, what it asks for, which roles it does not know.
    #[arg(long, value_name = "P", value_parser = formats::profiles())]
    pub(crate) profile: Option<&'static Profile>,

    /// The system that IMS Enterprise files should be for; one that names another is reported (IE-K14).
    #[arg(long, value_name = "NAME")]
    pub(crate) target: Option<String>,

    /// Where the files of a server are to be found: paths that begin with PREFIX are looked for in DIR. The
    /// rules that look at the files a Brightspace setup file names need it (may be repeated).
    #[arg(long, value_name = "PREFIX=DIR", value_parser = Mount::parse)]
    pub(crate) map: Vec<Mount>,

    /// The profile fields of the organisation, as JSON: the rules that look at the values of an offering rule
    /// matrix need them.
    #[arg(long, value_name = "OPFS.json", value_parser = formats::catalogue)]
    pub(crate) opfs: Option<Catalogue>,

    /// What Blackboard feeds are about, where their headers leave it open; a feed that is the only one is taken
    /// for this whatever its headers say.
    #[arg(long, value_name = "O", value_parser = formats::objects(), ignore_case = true)]
    pub(crate) object: Option<Object>,

    /// Blackboard feeds of an earlier load, or folders of them: what Learn has already. The rules that compare
    /// with it need it: ids that changed, keys given again, what a complete refresh would leave out. All paths up to
    /// the next option or `--` are earlier ones; where no other path is given, the last one is what is checked.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    previous: Vec<PathBuf>,

    /// Look at the conventions of the planning guide for Blackboard too (BB-C01 to BB-C05). To name one of these
    /// rules with --deny asks for them as well.
    #[arg(long)]
    pub(crate) conventions: bool,

    /// What is written to standard output.
    #[arg(long, value_name = "KIND", default_value = "human")]
    pub(crate) report: ReportKind,

    /// Print the page of a rule (code or name) and check nothing.
    #[arg(long, value_name = "CODE", value_parser = codes::find, conflicts_with = "paths")]
    pub(crate) explain: Option<Named>,

    /// Files, folders, or `-` for standard input.
    #[arg(value_name = "PATH", required_unless_present_any = ["explain", "previous"])]
    paths: Vec<PathBuf>,
}

impl Args {
    /// The feeds of an earlier load, and the paths that are checked; `None` where nothing is to be checked.
    pub(crate) fn inputs(&self) -> Option<(&[PathBuf], &[PathBuf])> {
        match (&*self.previous, &*self.paths) {
            (previous, paths @ [_, ..]) => Some((previous, paths)),
            (previous @ [_, _, ..], []) => Some(previous.split_at(previous.len() - 1)),
            _ => None,
        }
    }
}

const EXAMPLE: &str = "\
Example:
  cargo run --release --example check -- --mask --report json examples/data > findings.json

  reads the sample files, writes what it finds as JSON without personal data, and ends with exit code 1
  because some findings are errors.";

/// The kinds of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportKind {
    /// Each finding with its place and the line it stands in (of standard input only the place).
    Human,
    /// Everything, for other programs.
    Json,
    /// SARIF 2.1.0, for editors and code hosts that show findings beside the text.
    Sarif,
    /// How often each rule was broken, a file.
    Summary,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn earlier_feeds_and_those_that_are_checked() {
        let inputs = |args: &[&str]| {
            let args = Args::try_parse_from([&["check"], args].concat()).expect("they are read");
            let (previous, paths) = args.inputs()?;
            Some([previous, paths].map(|paths| {
                let names = paths.iter().map(|path| path.to_string_lossy().into_owned());
                names.collect::<Vec<_>>().join(" ")
            }))
        };
        for (args, expected) in [
            (&["a", "b"][..], ["", "a b"]),
            (&["--previous", "a", "b"], ["a", "b"]),
            (&["b", "--previous", "a"], ["a", "b"]),
            (&["c", "--previous", "a", "b"], ["a b", "c"]),
            (&["--previous", "a", "--previous", "b", "--", "c", "d"], ["a b", "c d"]),
            (&["--previous", "a", "--mask", "b", "c"], ["a", "b c"]),
        ] {
            assert_eq!(inputs(args), Some(expected.map(str::to_owned)), "{args:?}");
        }
        assert_eq!(inputs(&["--previous", "a"]), None);
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }
}
