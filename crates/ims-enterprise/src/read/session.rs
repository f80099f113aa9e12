//! What the two front ends share: steps of the engine, and findings on their way to the sink.

use std::fmt;

use edu_diagnostics::{Diagnostic, LineIndex, Position, Rule, Sink, Span};
use edu_syntax::xml::{Exceeded, Stop};
use edu_syntax::{Decoded, EncodingIssue, Window};

use super::engine::{Engine, Step, name_record};
use super::{ImsReader, Rules};
use crate::error::ReadError;
use crate::model::Record;
use crate::rules::{self, Whole};

/// Where the text comes from.
pub(super) trait Source {
    /// The text at hand, its offset in the whole text, and whether it is all that is left.
    fn text(&self) -> (&str, u64, bool);
    /// The span of original bytes of a span of the text.
    fn original(&self, span: Span) -> Span;
    /// The offset in the whole text of an original byte.
    fn text_offset(&self, original: u64) -> u64;
    /// WHATWG name of the encoding.
    fn encoding(&self) -> String;
}

impl Source for Decoded<'_> {
    fn text(&self) -> (&str, u64, bool) {
        (self.text(), 0, true)
    }

    fn original(&self, span: Span) -> Span {
        self.original(span)
    }

    fn text_offset(&self, original: u64) -> u64 {
        self.text_offset(original) as u64
    }

    fn encoding(&self) -> String {
        self.encoding()
    }
}

impl<R> Source for Window<R> {
    fn text(&self) -> (&str, u64, bool) {
        (self.text(), self.base(), self.is_last())
    }

    fn original(&self, span: Span) -> Span {
        self.original(span)
    }

    fn text_offset(&self, original: u64) -> u64 {
        self.text_offset(original)
    }

    fn encoding(&self) -> String {
        self.encoding()
    }
}

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
    pub(super) lines: LineIndex,
    /// What there is to say about the encoding, with places.
    encoding: Vec<Diagnostic>,
    /// What there will be to say if the text turns out to be UTF-8, with its place.
    doubt: Option<Diagnostic>,
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
            lines: LineIndex::new(),
            encoding: Vec::new(),
            doubt: None,
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
                self.locate(&mut finding, source);
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
            let lines = &mut self.lines;
            whole.check(
                record,
                self.engine.summary.roots,
                &mut |span| place(lines, span, source),
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
            self.locate(finding, source);
        }
        self.engine.held = held;
        for mut finding in findings.drain(..) {
            self.locate(&mut finding, source);
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

    /// Notes what there may be to say about the encoding, while its place is at hand.
    pub(super) fn note_doubt(&mut self, source: &impl Source, issue: &EncodingIssue) {
        if self.doubt.is_none() {
            let mut finding = encoding_finding(source, issue);
            self.locate(&mut finding, source);
            self.doubt = Some(finding);
        }
    }

    /// Notes what there is to say about the encoding so far, while its places are at hand.
    pub(super) fn note_encoding(&mut self, source: &impl Source, issues: &[EncodingIssue]) {
        for issue in issues {
            let mut finding = encoding_finding(source, issue);
            if let Some(noted) = self.encoding.iter_mut().find(|noted| noted.rule == finding.rule) {
                // Only the number of damaged places has grown.
                noted.args = finding.args;
            } else if let Some(doubt) = self.doubt.take_if(|doubt| doubt.rule == finding.rule) {
                self.encoding.push(doubt);
            } else {
                self.locate(&mut finding, source);
                self.encoding.push(finding);
            }
        }
    }

    /// Reports what was noted.
    pub(super) fn report_encoding(&mut self) -> Result<(), ReadError> {
        let noted = std::mem::take(&mut self.encoding);
        noted.into_iter().try_for_each(|finding| self.pass_on(finding))
    }

    /// Fills in line and column and the bytes of the original, once.
    fn locate(&mut self, finding: &mut Diagnostic, source: &impl Source) {
        if finding.position.is_some() {
            return;
        }
        if let Some(span) = &mut finding.span {
            let (original, position) = place(&mut self.lines, *span, source);
            (*span, finding.position) = (original, Some(position));
        }
        for label in &mut finding.labels {
            let (original, position) = place(&mut self.lines, label.span, source);
            (label.span, label.position) = (original, Some(position));
        }
    }
}

/// The bytes of the original of a span of the text, and where it starts as people count.
fn place(lines: &mut LineIndex, span: Span, source: &impl Source) -> (Span, Position) {
    let (text, base, _) = source.text();
    let start = usize::try_from(span.start.saturating_sub(base)).unwrap_or(usize::MAX);
    (source.original(span), lines.position(text, start))
}

/// What there is to say about the encoding, with places in the text.
fn encoding_finding(source: &impl Source, issue: &EncodingIssue) -> Diagnostic {
    let at = |rule, span: &Span| {
        let [start, end] = [span.start, span.end].map(|offset| source.text_offset(offset));
        Diagnostic::new(rule).at(Span::new(start, end))
    };
    match issue {
        EncodingIssue::NotUtf8 { first, bytes } => {
            at(&rules::NOT_UTF8, first).count("count", *bytes)
        }
        EncodingIssue::Utf8UnderDeclaration { declared, span } => {
            at(&rules::UTF8_UNDER_DECLARATION, span).data("found", declared)
        }
        EncodingIssue::WrongDeclaration { declared, span } => at(&rules::WRONG_DECLARATION, span)
            .data("found", declared)
            .word("encoding", source.encoding()),
        EncodingIssue::UnknownDeclaration { declared, span } => {
            at(&rules::UNKNOWN_DECLARATION, span).data("found", declared)
        }
        EncodingIssue::Malformed { first, characters } => at(&rules::MALFORMED, first)
            .count("count", *characters)
            .word("encoding", source.encoding()),
        // The kinds are open; the place is not known for one that is new.
        _ => {
            Diagnostic::new(&rules::MALFORMED).count("count", 0).word("encoding", source.encoding())
        }
    }
}
