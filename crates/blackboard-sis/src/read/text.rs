//! The front end over a text that is all there.

use std::fmt;
use std::io;

use edu_diagnostics::Sink;
use edu_syntax::Decoded;

use super::FeedReader;
use super::engine::Step;
use super::session::{Front, Session, issue_finding};
use crate::header::Header;
use crate::object::Object;
use crate::row::Row;

/// The rows of a text, lent one after the other; see [`FeedReader::for_text`].
pub struct TextRows<'a> {
    decoded: &'a Decoded<'a>,
    session: Session<'a>,
    at: usize,
    is_done: bool,
}

impl fmt::Debug for TextRows<'_> {
    /// The number of rows, for their values are about people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextRows").field("rows", &self.session.rows()).finish_non_exhaustive()
    }
}

impl<'a> TextRows<'a> {
    pub(super) fn new(
        reader: &FeedReader,
        decoded: &'a Decoded<'a>,
        sink: &'a mut dyn Sink,
    ) -> Self {
        Self { decoded, session: Session::new(reader, sink), at: 0, is_done: false }
    }

    /// The next row; `None` when there is none.
    #[expect(clippy::should_implement_trait, reason = "not an iterator: a row is lent")]
    pub fn next(&mut self) -> Option<Row<'_>> {
        if self.step() { self.session.row(self.decoded) } else { None }
    }

    /// What the rows are about, known from the first one on.
    pub fn object(&self) -> Option<Object> {
        self.session.object()
    }

    /// The header row, known from the first row on, and after the last where there is none.
    pub fn header(&self) -> Option<&Header> {
        self.session.header()
    }

    /// How many rows have been read.
    pub fn rows(&self) -> u64 {
        self.session.rows()
    }

    fn step(&mut self) -> bool {
        if self.is_done {
            return false;
        }
        loop {
            let (step, end) = self.session.step(self.decoded, self.at);
            self.at = end;
            match step {
                Step::Row => return true,
                Step::Pause => {}
                Step::NeedMore | Step::Done => break,
            }
        }
        self.is_done = true;
        let encoding = self.decoded.encoding();
        let finding = |issue: &_| issue_finding(issue, &encoding);
        self.session.locator().note_encoding(self.decoded, self.decoded.issues(), finding);
        self.session.report_encoding(&encoding, self.decoded.original_offset(0) > 0);
        false
    }
}

impl<'a> Front<'a> for TextRows<'a> {
    type Source = Decoded<'a>;

    fn advance(&mut self) -> io::Result<bool> {
        Ok(self.step())
    }

    fn parts(&mut self) -> (&mut Session<'a>, &Decoded<'a>) {
        (&mut self.session, self.decoded)
    }
}
