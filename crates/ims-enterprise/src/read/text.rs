//! The front end over a text that is all there.

use std::fmt;

use edu_diagnostics::{Diagnostic, LineIndex, Position, Sink, Span};
use edu_syntax::xml::Stop;
use edu_syntax::{Decoded, EncodingIssue};

use super::ImsReader;
use super::engine::{Engine, Step};
use super::envelope::Summary;
use crate::error::ReadError;
use crate::model::Record;
use crate::rules;

/// The records of a text; see [`ImsReader::for_text`].
///
/// After an error there are no more records. A text that ends too early gives every record that is
/// complete, and a finding with the place of the end.
pub struct Records<'a> {
    text: &'a str,
    places: Places<'a>,
    engine: Engine,
    sink: &'a mut dyn Sink,
    strict: bool,
    pos: usize,
    started: bool,
    done: bool,
}

impl fmt::Debug for Records<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records")
            .field("pos", &self.pos)
            .field("done", &self.done)
            .finish_non_exhaustive()
    }
}

impl<'a> Records<'a> {
    pub(super) fn new(reader: ImsReader, decoded: &'a Decoded<'_>, sink: &'a mut dyn Sink) -> Self {
        Self {
            text: decoded.text(),
            places: Places { decoded, lines: LineIndex::new() },
            engine: Engine::new(reader),
            sink,
            strict: reader.strict,
            pos: 0,
            started: false,
            done: false,
        }
    }

    /// What has been seen so far: number of records, version, document type.
    pub fn summary(&self) -> &Summary {
        &self.engine.summary
    }

    /// Gives the findings of the last step their places and passes them on.
    fn report(&mut self) -> Result<(), ReadError> {
        for finding in &mut self.engine.held {
            self.places.locate(finding);
        }
        for mut finding in self.engine.findings.drain(..) {
            self.places.locate(&mut finding);
            if self.strict && rules::is_deviation(finding.rule) {
                return Err(ReadError::Deviation(Box::new(finding)));
            }
            self.sink.report(finding);
        }
        Ok(())
    }

    fn advance(&mut self) -> Result<Option<Record<'a>>, ReadError> {
        if !std::mem::replace(&mut self.started, true) {
            let decoded = self.places.decoded;
            self.engine
                .findings
                .extend(decoded.issues().iter().map(|issue| encoding_finding(decoded, issue)));
            self.report()?;
        }
        loop {
            match self.engine.step(self.text, 0, self.pos, true) {
                Ok((step, end)) => {
                    self.pos = end;
                    self.report()?;
                    match step {
                        Step::Record(record) => return Ok(Some(record)),
                        Step::Nothing => {}
                        Step::Done => return Ok(None),
                    }
                }
                Err(Stop::Limit { what, limit, span }) => {
                    self.report()?;
                    let finding = Diagnostic::new(&rules::LIMIT).at(span).word("what", what);
                    let mut finding = finding.count("limit", limit as u64);
                    self.places.locate(&mut finding);
                    return Err(ReadError::Limit(Box::new(finding)));
                }
                Err(_) => {
                    self.report()?;
                    return Ok(None);
                }
            }
        }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.advance().transpose();
        self.done = !matches!(next, Some(Ok(_)));
        next
    }
}

/// Turns places of the text into places that people and other programs can use.
struct Places<'a> {
    decoded: &'a Decoded<'a>,
    lines: LineIndex,
}

impl Places<'_> {
    /// Fills in line and column and the bytes of the original, once.
    fn locate(&mut self, finding: &mut Diagnostic) {
        if finding.position.is_some() {
            return;
        }
        if let Some(span) = &mut finding.span {
            finding.position = Some(self.place(span));
        }
        for label in &mut finding.labels {
            label.position = Some(self.place(&mut label.span));
        }
    }

    fn place(&mut self, span: &mut Span) -> Position {
        let start = usize::try_from(span.start).unwrap_or(usize::MAX);
        let position = self.lines.position(self.decoded.text(), start);
        *span = self.decoded.original(*span);
        position
    }
}

/// What there is to say about the encoding, with places in the text.
fn encoding_finding(decoded: &Decoded<'_>, issue: &EncodingIssue) -> Diagnostic {
    let at = |rule, span: &Span| {
        let [start, end] = [span.start, span.end].map(|offset| decoded.text_offset(offset) as u64);
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
            .word("encoding", decoded.encoding()),
        EncodingIssue::UnknownDeclaration { declared, span } => {
            at(&rules::UNKNOWN_DECLARATION, span).data("found", declared)
        }
        EncodingIssue::Malformed { first, characters } => at(&rules::MALFORMED, first)
            .count("count", *characters)
            .word("encoding", decoded.encoding()),
        // The kinds are open; the place is not known for one that is new.
        _ => Diagnostic::new(&rules::MALFORMED)
            .count("count", 0)
            .word("encoding", decoded.encoding()),
    }
}
