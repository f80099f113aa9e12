//! What is found in a file, and what of it is said.

use std::collections::HashSet;
use std::path::Path;

use blackboard_sis::rules;
use edu_diagnostics::{Diagnostic, Severity, Sink as _, Value};

use crate::said::Said;

/// Errors of the feed that are said; the others are only counted.
const ERRORS: usize = 20;

/// What there is in a file, as far as it was said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Rows,
    Header,
    Nothing,
}

/// What is found in a file.
pub(crate) struct Found {
    pub(crate) said: Said,
    is_masked: bool,
    /// Then it is an error that there are no rows.
    pub(crate) is_refresh: bool,
    pub(crate) holds: Holds,
    /// The lines of errors.
    pub(crate) lines: HashSet<u64>,
    errors: usize,
    /// Errors beyond those that are said.
    pub(crate) unsaid: usize,
    pub(crate) rows_with_errors: u64,
}

impl Found {
    pub(crate) fn new(path: &Path, is_masked: bool) -> Self {
        let said = Said::new(&path.to_string_lossy());
        Self {
            said,
            is_masked,
            is_refresh: false,
            holds: Holds::Rows,
            lines: HashSet::new(),
            errors: 0,
            unsaid: 0,
            rows_with_errors: 0,
        }
    }

    /// Takes up what is an error.
    pub(crate) fn take_error(&mut self, mut finding: Diagnostic) {
        finding.severity = self.severity(&finding);
        if finding.severity < Severity::Error {
            return;
        }
        self.lines.extend(finding.position.map(|at| at.line));
        self.errors += 1;
        if self.errors > ERRORS {
            self.unsaid += 1;
        } else {
            self.take(finding);
        }
    }

    /// Takes up what is less.
    pub(crate) fn take_less(&mut self, finding: Diagnostic) {
        if self.severity(&finding) < Severity::Error {
            self.take(finding);
        }
    }

    /// How heavy a finding is: a refresh without rows takes everything away.
    fn severity(&self, finding: &Diagnostic) -> Severity {
        if finding.rule == &rules::NO_ROWS && self.is_refresh {
            Severity::Error
        } else {
            finding.severity
        }
    }

    pub(crate) fn take(&mut self, mut finding: Diagnostic) {
        if self.is_masked {
            finding.mask();
        }
        finding.severity = self.severity(&finding);
        if finding.rule == &rules::NO_ROWS {
            self.holds = Holds::Header;
        }
        let is_empty = |why: &Value| why.to_string() == "the file is empty";
        if finding.rule == &rules::NO_HEADER && finding.get("why").is_some_and(is_empty) {
            self.holds = Holds::Nothing;
        }
        self.said.report(finding);
    }
}
