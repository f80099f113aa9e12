//! The formats: the only module that calls a reader.

use std::borrow::Cow;

use clap::ValueEnum;
use edu_diagnostics::{Diagnostic, Rule};

use edu_syntax::Decoded;
use ims_enterprise::{ImsReader, Kind, ReadError, redact};

/// The formats that the command line knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// IMS Enterprise 1.0, 1.01 and 1.1.
    ImsEnterprise,
    /// LIS messages: recognised, not yet read.
    Lis,
    /// Blackboard flat file (not read yet).
    Blackboard,
    /// Blackboard snapshot in XML (not read yet).
    BlackboardXml,
    /// Brightspace bulk-upload setup file (not read yet).
    Brightspace,
    /// IMS metadata record (not read yet).
    Imsmd,
    /// SCORM package or manifest (not read yet).
    Scorm,
    /// Offering rule matrix (not read yet).
    OfferingRules,
    /// Pégase maquette (not read yet).
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

    /// Whether [`check`] does anything with it.
    pub(crate) const fn is_read(self) -> bool {
        matches!(self, Self::ImsEnterprise | Self::Lis)
    }
}

/// Bytes between two words on the progress; a word for every record would cost time.
const PROGRESS_STEP: u64 = 1 << 18;

/// Every rule of every format, in the order of the tables.
pub(crate) fn rules() -> Vec<&'static Rule> {
    ims_enterprise::rules::ALL.to_vec()
}

/// What the caller knows about a file.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// The format, where it is not to be recognised.
    pub(crate) format: Option<Format>,
}

/// What is known about a file once it has been read.
pub(crate) struct Checked<'a> {
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
    /// The text, for excerpts.
    pub(crate) text: Text<'a>,
}

/// A rule, or a family of rules, that could not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Skipped {
    /// Code; `*` at the end stands for every rule that begins so.
    pub(crate) code: &'static str,
    /// What was missing.
    pub(crate) reason: &'static str,
}

/// The text of a file.
pub(crate) struct Text<'a> {
    decoded: Decoded<'a>,
}

impl<'a> Text<'a> {
    /// Decodes a file.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { decoded: Decoded::new(bytes) }
    }

    /// The text as a report may show it: never a password, and with `mask` nothing about a person.
    /// Offsets are those of the text itself.
    pub(crate) fn shown(&self, mask: bool) -> Cow<'_, str> {
        if mask {
            redact::everything(self.decoded.text())
        } else {
            redact::passwords(self.decoded.text())
        }
    }

    /// Where a byte of the file stands in the text.
    pub(crate) fn offset(&self, original: u64) -> usize {
        self.decoded.text_offset(original)
    }
}

/// Reads one file; findings go to `sink` as they are made, and `progress` hears now and then how many
/// bytes of the text have been read.
pub(crate) fn check<'a>(
    bytes: &'a [u8],
    options: &Options,
    progress: &mut dyn FnMut(u64),
    sink: &mut dyn FnMut(Diagnostic),
) -> Checked<'a> {
    let text = Text::new(bytes);
    let format = options.format.or_else(|| recognise(text.decoded.text()));
    let mut checked = Checked {
        format,
        encoding: format.map(|_| text.decoded.encoding()),
        records: None,
        counts: Vec::new(),
        skipped: Vec::new(),
        text,
    };
    match format {
        Some(Format::ImsEnterprise) => read_ims_enterprise(&mut checked, progress, sink),
        Some(Format::Lis) => {
            checked.records = Some(0);
            checked.skipped.push(Skipped {
                code: "IE-*",
                reason: "LIS messages are recognised, not yet read",
            });
        }
        // The others are refused before a file is opened.
        Some(_) | None => {}
    }
    checked
}

fn read_ims_enterprise(
    checked: &mut Checked<'_>,
    progress: &mut dyn FnMut(u64),
    mut sink: &mut dyn FnMut(Diagnostic),
) {
    let mut records = ImsReader::new().for_text(&checked.text.decoded, &mut sink);
    let mut stop = None;
    let mut said = 0;
    for record in records.by_ref() {
        match record.map(|record| record.element()) {
            Ok(Some(element)) if element.span().end > said + PROGRESS_STEP => {
                said = element.span().end;
                progress(said);
            }
            Ok(_) => {}
            Err(error) => stop = Some(error),
        }
    }
    let counts = records.summary().counts;
    checked.records = Some(counts.records());
    checked.counts = vec![
        ("person", counts.person),
        ("group", counts.group),
        ("membership", counts.membership),
        ("member", counts.member),
    ];
    if let Some(finding) = stop.as_ref().map(ReadError::diagnostic) {
        sink(finding.clone());
    }
}

/// The format that a text is in.
fn recognise(text: &str) -> Option<Format> {
    match ims_enterprise::recognise(text)? {
        Kind::ImsEnterprise => Some(Format::ImsEnterprise),
        Kind::Lis => Some(Format::Lis),
        _ => None,
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
