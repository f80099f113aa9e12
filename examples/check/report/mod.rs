//! What is said about the files, in the form the caller asked for.

mod excerpt;
mod human;
mod json;
mod paint;
mod sarif;
mod summary;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use edu_diagnostics::{Collector, Diagnostic, Rule, Severity};

use crate::args::ReportKind;
use crate::formats::{self, Skipped};
use crate::text::Text;

/// A form of report. Files come one by one, so that no text has to be kept.
pub(crate) trait Report {
    /// How many findings of one rule it wants of a file, at most.
    fn keeps(&self) -> u64 {
        Collector::DEFAULT_LIMIT
    }

    /// Takes a file that has been checked, with its text.
    fn file(&mut self, file: Outcome, text: &Text<'_>);

    /// Writes the report. Nothing is written before: a file that cannot be read may be the last one.
    fn finish(&mut self) -> io::Result<()>;
}

/// The report of a kind on `out`.
pub(crate) fn report<'a>(
    kind: ReportKind,
    out: impl Write + 'a,
    colour: bool,
    mask: bool,
) -> Box<dyn Report + 'a> {
    match kind {
        ReportKind::Human => Box::new(human::Human::new(out, colour, mask)),
        ReportKind::Json => Box::new(json::Json::new(out)),
        ReportKind::Sarif => Box::new(sarif::Sarif::new(out, formats::rules())),
        ReportKind::Summary => Box::new(summary::Summary::new(out)),
    }
}

/// What a report says about one file.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The path as it was given or found.
    pub(crate) path: String,
    /// The path as a URI reference.
    pub(crate) uri: String,
    /// Bytes, where that is known.
    pub(crate) size: Option<u64>,
    /// Name of the format, `None` where nothing recognised the file.
    pub(crate) format: Option<&'static str>,
    /// WHATWG name of the encoding in lower case.
    pub(crate) encoding: Option<String>,
    /// Number of what the format is made of.
    pub(crate) records: Option<u64>,
    /// How many of each kind.
    pub(crate) counts: Vec<(&'static str, u64)>,
    /// Rules that could not run.
    pub(crate) skipped: Vec<Skipped>,
    /// The part of an archive that lines and columns refer to.
    pub(crate) entry: Option<String>,
    /// Findings that were kept, sorted.
    pub(crate) findings: Vec<Diagnostic>,
    /// Every finding, kept or not.
    pub(crate) tally: Tally,
    /// Number of findings counted but not kept.
    pub(crate) dropped: u64,
}

impl Outcome {
    /// What a place refers to: the file, or a part of it.
    pub(crate) fn place(&self, path: &str) -> String {
        match &self.entry {
            Some(entry) => format!("{path}/{entry}"),
            None => path.to_owned(),
        }
    }
}

/// How often each rule was broken.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// By code and severity: a rule may weigh differently in different places.
    counts: BTreeMap<(&'static str, Severity), (&'static Rule, u64)>,
}

impl Tally {
    /// Counts a finding.
    pub(crate) fn add(&mut self, finding: &Diagnostic) {
        let key = (finding.rule.code, finding.severity);
        self.counts.entry(key).or_insert((finding.rule, 0)).1 += 1;
    }

    /// Rules with severity and number, by code.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&'static Rule, Severity, u64)> + '_ {
        self.counts.iter().map(|(&(_, severity), &(rule, count))| (rule, severity, count))
    }

    /// How many findings there are of each severity.
    pub(crate) fn weights(&self) -> Weights {
        let of = |wanted| {
            self.rows().filter(|&(_, severity, _)| severity == wanted).map(|row| row.2).sum()
        };
        Weights {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            infos: of(Severity::Info),
        }
    }
}

/// Numbers of findings by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Weights {
    /// Findings of severity error.
    pub(crate) errors: u64,
    /// Findings of severity warning.
    pub(crate) warnings: u64,
    /// Findings of severity info.
    pub(crate) infos: u64,
}

impl Weights {
    /// Number of findings.
    pub(crate) fn total(self) -> u64 {
        self.errors + self.warnings + self.infos
    }

    /// Adds those of another file.
    pub(crate) fn add(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
    }
}

impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, {}, {}",
            Number(self.errors, "error"),
            Number(self.warnings, "warning"),
            Number(self.infos, "info")
        )
    }
}

/// A number with its noun.
pub(crate) struct Number(pub(crate) u64, pub(crate) &'static str);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.0, self.1, if self.0 == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_nouns() {
        let weights = Weights { errors: 1, warnings: 2, infos: 0 };
        assert_eq!(weights.to_string(), "1 error, 2 warnings, 0 infos");
    }
}
