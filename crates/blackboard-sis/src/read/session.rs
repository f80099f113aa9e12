//! What the two front ends share: steps of the engine, and findings on their way to the sink.

use std::fmt;
use std::io;

use edu_diagnostics::{Diagnostic, Place, Position, Severity, Sink, Span};
use edu_syntax::{EncodingIssue, Locator, Source};

use super::FeedReader;
use super::engine::{Engine, Step, line_ends};
use crate::header::Header;
use crate::object::Object;
use crate::row::Row;
use crate::rules;

/// A reading of one file.
pub(crate) struct Session<'s> {
    engine: Engine,
    locator: Locator,
    sink: &'s mut dyn Sink,
    /// An error was reported since the last row began.
    has_row_error: bool,
}

/// A front end: a session and where its text comes from.
pub(crate) trait Front<'s> {
    type Source: Source;

    /// Reads the next row, if there is one.
    fn advance(&mut self) -> io::Result<bool>;

    /// The session, and the text that the row was read from.
    fn parts(&mut self) -> (&mut Session<'s>, &Self::Source);
}

impl fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("rows", &self.engine.rows()).finish_non_exhaustive()
    }
}

impl<'s> Session<'s> {
    pub(super) fn new(reader: &FeedReader, sink: &'s mut dyn Sink) -> Self {
        Self { engine: Engine::new(reader), locator: Locator::new(), sink, has_row_error: false }
    }

    pub(crate) fn object(&self) -> Option<Object> {
        self.engine.object()
    }

    pub(crate) fn header(&self) -> Option<&Header> {
        self.engine.header()
    }

    pub(crate) fn rows(&self) -> u64 {
        self.engine.rows()
    }

    pub(crate) fn delimiter(&self) -> u8 {
        self.engine.delimiter()
    }

    pub(super) fn locator(&mut self) -> &mut Locator {
        &mut self.locator
    }

    /// The row that was read last.
    pub(crate) fn row<'r>(&'r self, source: &'r impl Source) -> Option<Row<'r>> {
        let (text, base, _) = source.text();
        self.engine.row(text, base)
    }

    /// Reads on from offset `from` of the text at hand; returns the offset reached.
    pub(super) fn step(&mut self, source: &impl Source, from: usize) -> (Step, usize) {
        let (text, base, is_last) = source.text();
        let reached = self.engine.step(text, base, from, is_last);
        let mut findings = std::mem::take(&mut self.engine.findings);
        self.report(&mut findings, source);
        // What came before the row is not about it.
        self.has_row_error = self.engine.is_faulty();
        self.engine.findings = findings;
        reached
    }

    /// Reports findings about the row that was read last, or about what came before it; takes them out.
    pub(crate) fn report(&mut self, findings: &mut Vec<Diagnostic>, source: &impl Source) {
        findings.sort();
        for mut finding in findings.drain(..) {
            self.locator.locate(&mut finding, source);
            self.has_row_error |= finding.severity == Severity::Error;
            self.sink.report(finding);
        }
    }

    /// Whether an error was reported about the row that was read last.
    pub(crate) fn has_row_error(&self) -> bool {
        self.has_row_error
    }

    /// The place of a part of the row that was read last. Cheaper than the line index, which looks at every
    /// line on the way.
    #[expect(clippy::unused_self, reason = "it is asked like everything else about the row")]
    pub(crate) fn place(&self, row: &Row<'_>, source: &impl Source, span: Span) -> Place {
        let (text, base, _) = source.text();
        let [start, at] = [row.span().start, span.start].map(|offset| offset.saturating_sub(base));
        let before =
            Span::new(start, at).range().and_then(|range| text.get(range)).unwrap_or_default();
        // A row over several lines has CR and LF in quotes.
        let line = row.line() + line_ends(before.as_bytes());
        let last = before.rsplit(['\r', '\n']).next().unwrap_or_default();
        let column = 1 + last.chars().count() as u64;
        Place::new((source.original(span), Position { line, column }))
    }

    /// Reports what there is to say about the encoding. UTF-16 is certain where a mark says so.
    pub(super) fn report_encoding(&mut self, encoding: &str, is_marked: bool) {
        if encoding.starts_with("utf-16") && !is_marked {
            let what = format!("the file is {encoding} without a byte order mark");
            self.sink.report(Diagnostic::new(&rules::UNDECODABLE).word("what", what));
        }
        for finding in self.locator.take_encoding() {
            self.sink.report(finding);
        }
    }
}

/// What there is to say about the encoding, without a place.
pub(super) fn issue_finding(issue: &EncodingIssue, encoding: &str) -> Diagnostic {
    match issue {
        EncodingIssue::Malformed { characters, .. } => {
            let what = format!("damaged characters, which were read as U+FFFD: {characters}");
            Diagnostic::new(&rules::UNDECODABLE).word("what", what)
        }
        _ => issue.finding(encoding, &rules::NOT_UTF8, &rules::UNDECODABLE),
    }
}
