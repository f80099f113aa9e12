//! The front end over a stream.

use std::fmt;
use std::io::{self, BufRead};

use edu_diagnostics::{Sink, Span};
use edu_syntax::Window;

use super::FeedReader;
use super::engine::Step;
use super::session::{Front, Session, issue_finding};
use crate::header::Header;
use crate::object::Object;
use crate::row::Row;

/// The rows of a stream, lent one after the other; see [`FeedReader::for_reader`].
pub struct StreamRows<'s, R> {
    window: Window<R>,
    session: Session<'s>,
    /// How far the window has been read: the row that is lent stands before.
    read: usize,
    /// The input begins with a byte order mark.
    is_marked: bool,
    is_done: bool,
}

impl<R> fmt::Debug for StreamRows<'_, R> {
    /// The number of rows, for their values are about people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamRows").field("rows", &self.session.rows()).finish_non_exhaustive()
    }
}

impl<'s, R: BufRead> StreamRows<'s, R> {
    pub(super) fn new(reader: &FeedReader, input: R, sink: &'s mut dyn Sink) -> Self {
        Self {
            window: Window::new(input),
            session: Session::new(reader, sink),
            read: 0,
            is_marked: false,
            is_done: false,
        }
    }

    /// Reads at least so many bytes of text at a time; 128 KiB where nothing is said.
    #[must_use]
    pub fn with_piece(self, piece: usize) -> Self {
        Self { window: self.window.with_piece(piece), ..self }
    }

    /// The next row; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When the input cannot be read; there are no more rows then.
    #[expect(clippy::should_implement_trait, reason = "not an iterator: a row is lent")]
    pub fn next(&mut self) -> io::Result<Option<Row<'_>>> {
        Ok(if self.step()? { self.session.row(&self.window) } else { None })
    }

    fn step(&mut self) -> io::Result<bool> {
        if self.is_done {
            return Ok(false);
        }
        // Until a row has been read, an error ends the reading.
        self.is_done = true;
        loop {
            let (step, end) = self.session.step(&self.window, self.read);
            self.read = end;
            match step {
                Step::Row => {
                    self.is_done = false;
                    return Ok(true);
                }
                Step::Pause => {}
                Step::NeedMore => self.fill()?,
                Step::Done => {
                    self.session.report_encoding(&self.window.encoding(), self.is_marked);
                    return Ok(false);
                }
            }
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.window.done_with(self.read);
        self.session.locator().advance(&self.window);
        self.window.fill()?;
        self.read = 0;
        if self.window.base() == 0 {
            self.is_marked = self.window.original(Span::empty(0)).start > 0;
        }
        let encoding = self.window.encoding();
        let finding = |issue: &_| issue_finding(issue, &encoding);
        self.session.locator().note_window(&self.window, finding);
        Ok(())
    }
}

impl<R> StreamRows<'_, R> {
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

    /// WHATWG name of the encoding in lower case, as far as the text so far tells.
    pub fn encoding(&self) -> String {
        self.window.encoding()
    }
}

impl<'s, R: BufRead> Front<'s> for StreamRows<'s, R> {
    type Source = Window<R>;

    fn advance(&mut self) -> io::Result<bool> {
        self.step()
    }

    fn parts(&mut self) -> (&mut Session<'s>, &Window<R>) {
        (&mut self.session, &self.window)
    }
}
