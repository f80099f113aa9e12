//! The front end over a text that is all there.

use edu_diagnostics::{Position, Rule, Sink, Span};
use edu_syntax::{Decoded, EncodingIssue};

use super::ImsReader;
use super::envelope::Summary;
use super::session::{Progress, Session, encoding_finding};
use crate::error::ReadError;
use crate::model::Record;

/// The records of a text; see [`ImsReader::for_text`].
///
/// After an error there are no more records. A text that ends too early gives every record that is
/// complete, and a finding with the place of the end.
#[derive(Debug)]
pub struct Records<'a, 's> {
    decoded: &'a Decoded<'a>,
    session: Session<'s>,
    pos: usize,
    state: State,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    New,
    Reading,
    Done,
}

impl<'a, 's> Records<'a, 's> {
    pub(super) fn new(
        reader: &ImsReader,
        decoded: &'a Decoded<'_>,
        sink: &'s mut dyn Sink,
    ) -> Self {
        Self { decoded, session: Session::new(reader, sink), pos: 0, state: State::New }
    }

    /// What has been seen so far: number of records, version, document type.
    pub fn summary(&self) -> &Summary {
        &self.session.engine.summary
    }

    /// The rules that could not run, each with the reason; known when there are no more records.
    pub fn skipped(&self) -> &[(&'static Rule, &'static str)] {
        self.session.skipped()
    }

    /// The bytes of the original of a span of the text, and where it starts as people count.
    pub fn place(&mut self, span: Span) -> (Span, Position) {
        self.session.locator.place(span, self.decoded)
    }

    fn advance(&mut self) -> Result<Option<Record<'a>>, ReadError> {
        if self.state == State::New {
            self.state = State::Reading;
            let encoding = self.decoded.encoding();
            let finding = |issue: &EncodingIssue| encoding_finding(issue, &encoding);
            self.session.locator.note_encoding(self.decoded, self.decoded.issues(), finding);
            self.session.report_encoding()?;
        }
        loop {
            let (progress, end) = self.session.step(self.decoded, self.pos)?;
            self.pos = end;
            match progress {
                Progress::Record(record) => return Ok(Some(record)),
                Progress::Nothing => {}
                Progress::NeedMore | Progress::Done => return Ok(None),
            }
        }
    }
}

impl<'a> Iterator for Records<'a, '_> {
    type Item = Result<Record<'a>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.state == State::Done {
            return None;
        }
        let next = self.advance().transpose();
        if !matches!(next, Some(Ok(_))) {
            self.state = State::Done;
        }
        next
    }
}
