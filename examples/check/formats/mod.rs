//! The formats: what there is, how each is recognised, and the way to its reader.

mod blackboard;
mod brightspace;
mod ims;
mod imsmd;
mod offering_rules;
mod pegase;
mod scorm;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, Read as _};

pub(crate) use ::offering_rules::Catalogue;
use ::offering_rules::is_matrix;
use blackboard_sis::{Load, Object, Redaction};
use brightspace_bulk::is_setup_file;
use brightspace_bulk::path::extension;
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use edu_diagnostics::{Diagnostic, Rule};
use edu_syntax::xml::{Cursor, Node, State};
use edu_syntax::{Decoded, Window};
use ims_enterprise::Kind;
pub(crate) use ims_enterprise::Profile;
use ims_enterprise::profiles::PROFILES;
pub(crate) use offering_rules::catalogue;

pub(crate) use self::blackboard::{Feed, is_convention, is_feed_head, objects, unread};

use crate::server::Server;

/// The formats that the command line knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// IMS Enterprise 1.0, 1.01 and 1.1.
    ImsEnterprise,
    /// LIS messages: recognised, not yet read.
    Lis,
    /// Blackboard snapshot in a flat file.
    Blackboard,
    /// Blackboard snapshot in XML (not read yet).
    BlackboardXml,
    /// Brightspace bulk-upload setup file.
    Brightspace,
    /// IMSMD 1.2.1 metadata.
    Imsmd,
    /// SCORM 1.2 package, or its `imsmanifest.xml`.
    Scorm,
    /// Offering rule matrix.
    OfferingRules,
    /// Pégase maquette, in any of its shapes.
    Pegase,
}

impl Format {
    /// The name on the command line and in reports.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::ImsEnterprise => "ims-enterprise",
            Self::Lis => "lis",
            Self::Blackboard => "blackboard",
            Self::BlackboardXml => "blackboard-xml",
            Self::Brightspace => "brightspace",
            Self::Imsmd => "imsmd",
            Self::Scorm => "scorm",
            Self::OfferingRules => "offering-rules",
            Self::Pegase => "pegase",
        }
    }

    /// Whether each line stands for itself.
    pub(crate) const fn is_in_lines(self) -> bool {
        matches!(self, Self::Blackboard | Self::Brightspace | Self::OfferingRules)
    }

    /// Whether [`check`] does anything with it.
    pub(crate) const fn is_read(self) -> bool {
        matches!(
            self,
            Self::ImsEnterprise
                | Self::Lis
                | Self::Blackboard
                | Self::Brightspace
                | Self::Imsmd
                | Self::Scorm
                | Self::OfferingRules
                | Self::Pegase
        )
    }
}

/// Every rule of every format, in the order of the tables.
pub(crate) fn rules() -> Vec<&'static Rule> {
    [
        ims_enterprise::rules::ALL,
        brightspace_bulk::rules::ALL,
        ::offering_rules::rules::ALL,
        odf_model::rules::ALL,
        ::pegase::rules::ALL,
        ::pegase::rules::conversion::ALL,
        blackboard_sis::rules::ALL,
    ]
    .concat()
}

/// Whether the findings of a rule are a list that is of use only as a whole.
pub(crate) fn is_list(rule: &Rule) -> bool {
    ims::LISTS.contains(&rule.code)
}

/// A profile by its name on the command line.
pub(crate) fn profiles() -> impl TypedValueParser<Value = &'static Profile> {
    let names = PROFILES.iter().map(|profile| PossibleValue::new(profile.name).help(profile.title));
    PossibleValuesParser::new(names)
        .try_map(|name| Profile::named(&name).ok_or("no profile has this name"))
}

/// What the caller knows about a file.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// The format, where it is not to be recognised.
    pub(crate) format: Option<Format>,
    /// The receiver.
    pub(crate) profile: Option<&'static Profile>,
    /// The system that the file should be for.
    pub(crate) target: Option<String>,
    /// Where the files of a server are to be found.
    pub(crate) server: Option<Server>,
    /// The profile fields of an organisation.
    pub(crate) opfs: Option<Catalogue>,
    /// What Blackboard files are about, where their headers leave it open.
    pub(crate) object: Option<Object>,
}

/// What is known about one file before it is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Label<'a> {
    /// The path as the report shows it.
    pub(crate) path: &'a str,
    /// The name of the file; standard input has none.
    pub(crate) name: Option<&'a str>,
    /// Named on the command line, not come across in a folder.
    pub(crate) named: bool,
    /// What it is as a feed of Blackboard, where that has been looked at.
    pub(crate) feed: Option<&'a Feed>,
}

/// Where the bytes are.
pub(crate) enum Source<'a> {
    /// All of them in memory.
    Held(&'a [u8]),
    /// Still to come.
    Stream(&'a mut dyn BufRead),
}

/// What is known about a file once it has been read.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// The format, given or recognised.
    pub(crate) format: Option<Format>,
    /// WHATWG name of the encoding in lower case.
    pub(crate) encoding: Option<String>,
    /// Number of what the format is made of.
    pub(crate) records: Option<u64>,
    /// How many of each kind.
    pub(crate) counts: Vec<(&'static str, u64)>,
    /// Rules that could not run.
    pub(crate) skipped: Vec<Skipped>,
    /// The part of an archive that lines and columns refer to.
    pub(crate) entry: Option<Entry>,
    /// What of the text of a feed must not be shown.
    pub(crate) redaction: Option<Redaction>,
}

/// A file in an archive.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its name in the archive.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

/// A rule, or a family of rules, that could not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Skipped {
    /// Code; `*` at the end stands for every rule that begins so.
    pub(crate) code: &'static str,
    /// What was missing.
    pub(crate) reason: &'static str,
    /// It needs what only the caller can give, and the caller gave nothing: not a fault of the file.
    pub(crate) is_unasked: bool,
}

/// How much of a file is looked at to recognise its format.
pub(crate) const HEAD: usize = 64 * 1024;

/// Whether a file that begins so is a document of an office program.
pub(crate) fn is_document(head: &[u8]) -> bool {
    // The second is the container of older programs.
    (scorm::is_package(head) && scorm::is_document(head)) || head.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Whether a file that begins so is an archive: it has to be sought in.
pub(crate) fn is_archive(head: &[u8], options: &Options) -> bool {
    scorm::is_package(head) && matches!(options.format, None | Some(Format::Scorm))
}

/// Reads an archive that is too large to be held; findings go to `sink`.
///
/// # Errors
///
/// When it cannot be read.
pub(crate) fn check_archive(file: &File, sink: &mut dyn FnMut(Diagnostic)) -> io::Result<Checked> {
    Ok(Checked { format: Some(Format::Scorm), ..scorm::package(file, sink)? })
}

/// Reads one file; findings go to `sink` as they are made. Whether the file is held or comes as a stream
/// makes no difference to what is found. Feeds are checked against those of the same load.
///
/// # Errors
///
/// When a stream cannot be read.
pub(crate) fn check(
    source: Source<'_>,
    label: Label<'_>,
    options: &Options,
    load: &mut Load<'_>,
    sink: &mut dyn FnMut(Diagnostic),
) -> io::Result<Checked> {
    match source {
        Source::Held(bytes) => {
            let head = &bytes[..bytes.len().min(HEAD)];
            read(head, Source::Held(bytes), label, options, load, sink)
        }
        Source::Stream(input) => {
            let mut head = Vec::new();
            (&mut *input).take(HEAD as u64).read_to_end(&mut head)?;
            let source = Source::Stream(&mut head.chain(input));
            read(&head, source, label, options, load, sink)
        }
    }
}

/// What a file that begins so is as a feed of Blackboard, if it is one.
pub(crate) fn feed(head: &[u8], label: Label<'_>, options: &Options) -> Option<Feed> {
    let is_feed = format(head, label, options) == Some(Format::Blackboard);
    is_feed.then(|| Feed::of(head, options.object))
}

fn format(head: &[u8], label: Label<'_>, options: &Options) -> Option<Format> {
    options.format.or_else(|| recognise(head, options.object)).or_else(|| {
        // What is called an archive and is none should be told so.
        let is_called_one =
            label.name.is_some_and(|name| extension(name).eq_ignore_ascii_case("zip"));
        let is_said_to_be_feed = label.named && options.object.is_some();
        match () {
            () if is_called_one => Some(Format::Scorm),
            () if is_said_to_be_feed => Some(Format::Blackboard),
            () => None,
        }
    })
}

/// The format of a file that begins so.
fn recognise(head: &[u8], asked: Option<Object>) -> Option<Format> {
    if scorm::is_package(head) {
        return (!scorm::is_document(head)).then_some(Format::Scorm);
    }
    let decoded = Decoded::new(head);
    let text = decoded.text();
    if pegase::is_maquette(&decoded) {
        return Some(Format::Pegase);
    }
    match ims_enterprise::recognise(text) {
        Some(Kind::ImsEnterprise) => return Some(Format::ImsEnterprise),
        Some(Kind::Lis) => return Some(Format::Lis),
        _ => {}
    }
    if is_setup_file(text) {
        return Some(Format::Brightspace);
    }
    if is_matrix(text) {
        return Some(Format::OfferingRules);
    }
    match root(text).as_deref() {
        Some("lom") => Some(Format::Imsmd),
        Some("manifest") => Some(Format::Scorm),
        _ => is_feed_head(&decoded, asked).then_some(Format::Blackboard),
    }
}

/// The local name of the first element of a text.
fn root(text: &str) -> Option<String> {
    let mut state = State::default();
    match Cursor::new(text, &mut state).next() {
        Ok(Node::Start(tag)) => {
            let local = tag.name().rsplit_once(':').map_or(tag.name(), |(_, local)| local);
            Some(local.to_owned())
        }
        _ => None,
    }
}

fn read(
    head: &[u8],
    source: Source<'_>,
    label: Label<'_>,
    options: &Options,
    load: &mut Load<'_>,
    sink: &mut dyn FnMut(Diagnostic),
) -> io::Result<Checked> {
    let format = match label.feed {
        Some(_) => Some(Format::Blackboard),
        None => format(head, label, options),
    };
    let checked = match format {
        Some(Format::ImsEnterprise) => ims::read(source, options, sink)?,
        Some(Format::Brightspace) => brightspace::read(source, label.name, options, sink)?,
        Some(Format::Blackboard) => {
            let feed = label.feed.cloned().unwrap_or_else(|| Feed::of(head, options.object));
            blackboard::read(source, label.path, &feed, load, sink)?
        }
        Some(Format::Imsmd) => imsmd::read(source, sink)?,
        Some(Format::Scorm) => scorm::read(source, sink)?,
        Some(Format::OfferingRules) => offering_rules::read(source, options, sink)?,
        Some(Format::Pegase) => pegase::read(source, sink)?,
        Some(Format::Lis) => Checked {
            encoding: Some(encoding(source)?),
            records: Some(0),
            skipped: vec![Skipped {
                code: "IE-*",
                reason: "LIS messages are recognised, not yet read",
                is_unasked: false,
            }],
            ..Checked::default()
        },
        // The others are refused before a file is opened.
        Some(_) | None => Checked::default(),
    };
    Ok(Checked { format, ..checked })
}

impl<'a> Source<'a> {
    /// All of it, where it has at most so many bytes; one more shows that there are more.
    fn held(self, at_most: u64) -> io::Result<Cow<'a, [u8]>> {
        let mut bytes = Vec::new();
        match self {
            Self::Held(bytes) => return Ok(Cow::Borrowed(bytes)),
            Self::Stream(input) => input.take(at_most + 1).read_to_end(&mut bytes)?,
        };
        Ok(Cow::Owned(bytes))
    }
}

/// The encoding of a file, which may show only at its end.
fn encoding(source: Source<'_>) -> io::Result<String> {
    match source {
        Source::Held(bytes) => Ok(Decoded::new(bytes).encoding()),
        Source::Stream(input) => {
            let mut window = Window::new(input);
            while !window.is_last() {
                window.fill()?;
                window.done_with(window.text().len());
            }
            Ok(window.encoding())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_command_line() {
        for format in Format::value_variants() {
            let value = format.to_possible_value().expect("none is hidden");
            assert_eq!(value.get_name(), format.name());
        }
    }
}
