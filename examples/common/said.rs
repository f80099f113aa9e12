//! Findings as lines on standard error.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use edu_diagnostics::{Collector, Diagnostic, Severity, Sink};

use crate::line::line;
use crate::plain::plain;

/// Collects findings and says them at the end, by place.
#[derive(Debug)]
pub(crate) struct Said {
    path: String,
    found: Collector,
}

impl Said {
    /// Nothing has been found in this file so far.
    pub(crate) fn new(path: &str) -> Self {
        Self { path: plain(path), found: Collector::new() }
    }

    /// Whether a finding is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.found.worst() == Some(Severity::Error)
    }

    /// Writes the findings that are at least so severe, a line each.
    pub(crate) fn say(self, least: Severity) {
        let mut out = String::new();
        let dropped = self.found.dropped();
        for finding in self.found.into_sorted() {
            if finding.severity >= least {
                line(&mut out, &self.path, &finding);
            }
        }
        if dropped > 0 {
            let _ = writeln!(out, "{}: and {dropped} more", self.path);
        }
        // There is no one else to tell when that fails.
        let _ = io::stderr().write_all(out.as_bytes());
    }
}

impl Sink for Said {
    fn report(&mut self, finding: Diagnostic) {
        self.found.report(finding);
    }
}
