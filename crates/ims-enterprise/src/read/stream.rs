//! The front end over a stream.

use std::io::BufRead;

use edu_diagnostics::{Position, Rule, Sink, Span};
use edu_syntax::{EncodingIssue, Window};

use super::ImsReader;
use super::envelope::Summary;
use super::session::{Progress, Session, encoding_finding};
use crate::error::StreamError;
use crate::model::Record;

/// The records of a stream; see [`ImsReader::for_reader`].
///
/// A record lives in a window that moves on, so it is lent to a function and not handed out. Memory is
/// bounded by the largest record; of a membership, by the largest member.
#[derive(Debug)]
pub struct Stream<'s, R> {
    window: Window<R>,
    session: Session<'s>,
    done: bool,
}

impl<'s, R: BufRead> Stream<'s, R> {
    pub(super) fn new(reader: &ImsReader, input: R, sink: &'s mut dyn Sink) -> Self {
        Self { window: Window::new(input), session: Session::new(reader, sink), done: false }
    }

    /// Reads at least so many bytes of text at a time; 128 KiB where nothing is said.
    #[must_use]
    pub fn with_piece(self, piece: usize) -> Self {
        Self { window: self.window.with_piece(piece), ..self }
    }

    /// Reads the next record and lends it to `take`; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When the input cannot be read, when a strict reader meets a deviation, or when the input asks for
    /// more than the limits allow. After an error there are no more records.
    pub fn next_with<T>(
        &mut self,
        mut take: impl FnMut(Record<'_>) -> T,
    ) -> Result<Option<T>, StreamError> {
        self.next_placed(|record, _| take(record))
    }

    /// As [`next_with`](Self::next_with), with what gives a span of the record its bytes of the original, and
    /// its line and column.
    ///
    /// # Errors
    ///
    /// As [`next_with`](Self::next_with).
    pub fn next_placed<T>(
        &mut self,
        mut take: impl FnMut(Record<'_>, &mut dyn FnMut(Span) -> (Span, Position)) -> T,
    ) -> Result<Option<T>, StreamError> {
        if self.done {
            return Ok(None);
        }
        // Until a record has been read, an error ends the reading.
        self.done = true;
        loop {
            let (progress, end) = match self.session.step(&self.window, self.window.position()) {
                Ok(step) => step,
                Err(error) => {
                    self.session.report_encoding()?;
                    return Err(error.into());
                }
            };
            match progress {
                Progress::Record(record) => {
                    let (locator, window) = (&mut self.session.locator, &self.window);
                    let taken = take(record, &mut |span| locator.place(span, window));
                    self.window.done_with(end);
                    self.done = false;
                    return Ok(Some(taken));
                }
                Progress::Nothing => self.window.done_with(end),
                Progress::NeedMore => self.fill()?,
                Progress::Done => {
                    self.session.report_encoding()?;
                    return Ok(None);
                }
            }
        }
    }

    /// Reads all records that are left and lends each to `take`.
    ///
    /// # Errors
    ///
    /// As [`next_with`](Self::next_with).
    pub fn for_each(&mut self, mut take: impl FnMut(Record<'_>)) -> Result<(), StreamError> {
        while self.next_with(&mut take)?.is_some() {}
        Ok(())
    }

    fn fill(&mut self) -> Result<(), StreamError> {
        self.session.locator.advance(&self.window);
        self.window.fill()?;
        let encoding = self.window.encoding();
        let finding = |issue: &EncodingIssue| encoding_finding(issue, &encoding);
        self.session.locator.note_window(&self.window, finding);
        Ok(())
    }
}

impl<R> Stream<'_, R> {
    /// What has been seen so far: number of records, version, document type.
    pub fn summary(&self) -> &Summary {
        &self.session.engine.summary
    }

    /// The rules that could not run, each with the reason; known when there are no more records.
    pub fn skipped(&self) -> &[(&'static Rule, &'static str)] {
        self.session.skipped()
    }

    /// WHATWG name of the encoding in lower case, as far as the text so far tells.
    pub fn encoding(&self) -> String {
        self.window.encoding()
    }
}
