//! What the two front ends share: steps of the engine, and findings on their way to the sink.

use std::fmt;

use edu_diagnostics::{Diagnostic, Position, Rule, Severity, Sink, Span};
use edu_syntax::{EncodingIssue, Locator, Source};

use super::SetupReader;
use super::engine::{Engine, Step};
use crate::codes::LoadType;
use crate::model::{Item, Record};
use crate::rules::{self, Paths, file_name};

/// A reading of one file.
pub(super) struct Session<'s> {
    pub(super) engine: Engine,
    pub(super) locator: Locator,
    /// The rules over each record and over all paths, where they are wanted.
    paths: Option<Paths<'s>>,
    name: Option<&'s str>,
    skipped: Vec<(&'static Rule, &'static str)>,
    sink: &'s mut dyn Sink,
}

impl fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("engine", &self.engine).finish_non_exhaustive()
    }
}

impl<'s> Session<'s> {
    pub(super) fn new(reader: &SetupReader<'s>, sink: &'s mut dyn Sink) -> Self {
        Self {
            engine: Engine::new(reader),
            locator: Locator::new(),
            paths: reader.rules.then(|| Paths::new(reader.files)),
            name: reader.name,
            skipped: Vec::new(),
            sink,
        }
    }

    pub(super) fn load_type(&self) -> Option<LoadType> {
        self.engine.load_type
    }

    pub(super) fn records(&self) -> u64 {
        self.engine.records
    }

    pub(super) fn skipped(&self) -> &[(&'static Rule, &'static str)] {
        &self.skipped
    }

    /// Reads on from offset `from` of the text at hand; returns the offset reached.
    pub(super) fn step<'t>(&mut self, source: &'t impl Source, from: usize) -> (Step<'t>, usize) {
        let (text, base, is_last) = source.text();
        let (step, end) = self.engine.step(text, base, from, is_last);
        if let (Step::Item(Item::Record(record)), Some(paths)) = (&step, &mut self.paths) {
            rules::check(record, &mut self.engine.findings);
            let (line_at, locator) = (self.engine.record_line_at, &mut self.locator);
            let mut place = |span: Span| match column(source, record, line_at, span) {
                Some(column) => {
                    let position = Position { line: record.line(), column };
                    (source.original(span), position)
                }
                None => locator.place(span, source),
            };
            paths.check(record, &mut place, &mut self.engine.findings);
        }
        if let Step::Done = step {
            self.finish();
        }
        self.engine.findings.sort();
        for mut finding in self.engine.findings.drain(..) {
            self.locator.locate(&mut finding, source);
            self.sink.report(finding);
        }
        (step, end)
    }

    fn finish(&mut self) {
        self.engine.findings.extend(self.name.and_then(file_name));
        if self.name.is_none() {
            self.skipped.push((&rules::FILE_NAME, "the name of the file is not known"));
        }
        let Some(paths) = &mut self.paths else { return };
        self.engine.findings.extend(paths.twice());
        if self.engine.load_type.is_none() && self.engine.records > 0 {
            for rule in [&rules::TOO_MANY_FIELDS, &rules::FIELDS_PADDED, &rules::NOT_A_PACKAGE] {
                self.skipped.push((rule, "the file states no load type that is known"));
            }
        }
        if !paths.can_look() {
            for rule in [&rules::NOT_FOUND, &rules::LINK, &rules::PACKAGE_METADATA_DISCARDED] {
                self.skipped.push((rule, "it is not known how the files can be opened"));
            }
        } else if paths.has_unseen() {
            self.skipped
                .push((&rules::NOT_FOUND, "it is not known how some of the files can be opened"));
        }
    }

    /// Reports what there is to say about the encoding. UTF-16 is certain where a mark says so.
    pub(super) fn report_encoding(&mut self, encoding: &str, is_marked: bool) {
        if encoding.starts_with("utf-16") {
            let mut finding = encoding_finding(encoding);
            if is_marked {
                finding.severity = Severity::Info;
            }
            self.sink.report(finding);
        }
        for finding in self.locator.take_encoding() {
            self.sink.report(finding);
        }
    }
}

/// The column of a part of a record that has one line, which starts at `line_at`; `None` where that start is
/// no longer at hand. Cheaper than the line index, which looks at every line on the way.
fn column(source: &impl Source, record: &Record<'_>, line_at: u64, span: Span) -> Option<u64> {
    let (text, base, _) = source.text();
    let line = Span::new(line_at.checked_sub(base)?, span.start.checked_sub(base)?);
    let before = text.get(line.range()?).filter(|_| record.lines() == 1)?;
    Some(1 + before.chars().count() as u64)
}

fn encoding_finding(encoding: &str) -> Diagnostic {
    Diagnostic::new(&rules::ENCODING).word("encoding", encoding.to_owned())
}

/// What there is to say about the encoding, without a place.
pub(crate) fn issue_finding(issue: &EncodingIssue, encoding: &str) -> Diagnostic {
    issue.finding(encoding, &rules::ENCODING, &rules::MALFORMED)
}
