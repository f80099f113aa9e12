//! What the two front ends share: steps of the engine, and findings on their way to the sink.

use std::fmt;

use edu_diagnostics::{Diagnostic, Rule, Sink};
use edu_syntax::xml::{Exceeded, Stop};
use edu_syntax::{EncodingIssue, Locator, Source};

use super::engine::{Engine, Step, name_record};
use super::{ImsReader, Rules};
use crate::error::ReadError;
use crate::model::Record;
use crate::rules::{self, Whole};

/// What one step gave.
pub(super) enum Progress<'t> {
    Record(Record<'t>),
    Nothing,
    /// The text at hand has to be longer.
    NeedMore,
    Done,
}

/// A reading of one file.
pub(super) struct Session<'s> {
    pub(super) engine: Engine,
    pub(super) locator: Locator,
    /// The rules over the whole file, until it is over.
    whole: Option<Whole>,
    skipped: Vec<(&'static Rule, &'static str)>,
    sink: &'s mut dyn Sink,
    strict: bool,
}

impl fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("engine", &self.engine).finish_non_exhaustive()
    }
}

impl<'s> Session<'s> {
    pub(super) fn new(reader: &ImsReader, sink: &'s mut dyn Sink) -> Self {
        Self {
            locator: Locator::new(),
            whole: (reader.rules == Rules::All)
                .then(|| Whole::new(reader.target.as_deref(), reader.profile)),
            skipped: Vec::new(),
            sink,
            strict: reader.strict,
            engine: Engine::new(reader),
        }
    }

    /// The rules that could not run, with the reason; known when the reading is over.
    pub(super) fn skipped(&self) -> &[(&'static Rule, &'static str)] {
        &self.skipped
    }

    /// Reads on from offset `from` of the text at hand; returns the offset reached.
    pub(super) fn step<'t>(
        &mut self,
        source: &'t impl Source,
        from: usize,
    ) -> Result<(Progress<'t>, usize), ReadError> {
        let (text, base, last) = source.text();
        match self.engine.step(text, base, from, last) {
            Ok((step, end)) => {
                let progress = match step {
                    Step::Record(record) => {
                        self.check_whole(&record, source);
                        Progress::Record(record)
                    }
                    Step::Nothing => Progress::Nothing,
                    Step::Done => {
                        self.finish_whole(true);
                        Progress::Done
                    }
                };
                self.report(source)?;
                Ok((progress, end))
            }
            Err(Stop::NeedMore) if !last => Ok((Progress::NeedMore, from)),
            Err(Stop::Limit(exceeded)) => {
                let Exceeded { what, limit, span } = *exceeded;
                let finding = Diagnostic::new(&rules::LIMIT).at(span).word("what", what);
                let mut finding = finding.count("limit", limit as u64);
                self.locator.locate(&mut finding, source);
                self.finish_whole(false);
                self.report(source)?;
                Err(ReadError::Limit(Box::new(finding)))
            }
            Err(_) => {
                self.finish_whole(false);
                self.report(source)?;
                Ok((Progress::Done, text.len()))
            }
        }
    }

    fn check_whole(&mut self, record: &Record<'_>, source: &impl Source) {
        if let Some(whole) = &mut self.whole {
            let before = self.engine.findings.len();
            let locator = &mut self.locator;
            whole.check(
                record,
                self.engine.summary.roots,
                &mut |span| locator.place(span, source),
                &mut self.engine.findings,
            );
            name_record(record, &mut self.engine.findings[before..]);
        }
    }

    fn finish_whole(&mut self, complete: bool) {
        if let Some(mut whole) = self.whole.take() {
            self.engine.findings.extend(whole.finish(complete));
            self.skipped = whole.skipped(complete);
        }
    }

    /// Gives the findings of the last step their places and passes them on.
    fn report(&mut self, source: &impl Source) -> Result<(), ReadError> {
        let mut findings = std::mem::take(&mut self.engine.findings);
        let mut held = std::mem::take(&mut self.engine.held);
        for finding in &mut held {
            self.locator.locate(finding, source);
        }
        self.engine.held = held;
        for mut finding in findings.drain(..) {
            self.locator.locate(&mut finding, source);
            self.pass_on(finding)?;
        }
        self.engine.findings = findings;
        Ok(())
    }

    fn pass_on(&mut self, finding: Diagnostic) -> Result<(), ReadError> {
        if self.strict && rules::is_deviation(finding.rule) {
            if let Some(whole) = self.whole.take() {
                self.skipped = whole.skipped(false);
            }
            return Err(ReadError::Deviation(Box::new(finding)));
        }
        self.sink.report(finding);
        Ok(())
    }

    /// Reports what was noted.
    pub(super) fn report_encoding(&mut self) -> Result<(), ReadError> {
        let noted = self.locator.take_encoding();
        noted.into_iter().try_for_each(|finding| self.pass_on(finding))
    }
}

/// What there is to say about the encoding, without a place.
pub(super) fn encoding_finding(issue: &EncodingIssue, encoding: &str) -> Diagnostic {
    match issue {
        EncodingIssue::NotUtf8 { bytes, .. } => {
            Diagnostic::new(&rules::NOT_UTF8).count("count", *bytes)
        }
        EncodingIssue::Utf8UnderDeclaration { declared, .. } => {
            Diagnostic::new(&rules::UTF8_UNDER_DECLARATION).data("found", declared)
        }
        EncodingIssue::WrongDeclaration { declared, .. } => {
            Diagnostic::new(&rules::WRONG_DECLARATION)
                .data("found", declared)
                .word("encoding", encoding.to_owned())
        }
        EncodingIssue::UnknownDeclaration { declared, .. } => {
            Diagnostic::new(&rules::UNKNOWN_DECLARATION).data("found", declared)
        }
        EncodingIssue::Malformed { characters, .. } => Diagnostic::new(&rules::MALFORMED)
            .count("count", *characters)
            .word("encoding", encoding.to_owned()),
        // The kinds are open.
        _ => Diagnostic::new(&rules::MALFORMED)
            .count("count", 0)
            .word("encoding", encoding.to_owned()),
    }
}
