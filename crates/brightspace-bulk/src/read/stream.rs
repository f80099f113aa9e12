//! The front end over a stream.

use std::io::{self, BufRead};

use edu_diagnostics::{Rule, Sink, Span};
use edu_syntax::Window;

use super::SetupReader;
use super::engine::Step;
use super::session::{Session, issue_finding};
use crate::codes::LoadType;
use crate::model::Item;

/// What a stream is made of; see [`SetupReader::for_reader`].
///
/// An item lives in a window that moves on, so it is lent to a function and not handed out.
#[derive(Debug)]
pub struct Stream<'s, R> {
    window: Window<R>,
    session: Session<'s>,
    /// The input begins with a byte order mark.
    is_marked: bool,
    is_done: bool,
}

impl<'s, R: BufRead> Stream<'s, R> {
    pub(super) fn new(reader: &SetupReader<'s>, input: R, sink: &'s mut dyn Sink) -> Self {
        Self {
            window: Window::new(input),
            session: Session::new(reader, sink),
            is_marked: false,
            is_done: false,
        }
    }

    /// Reads at least so many bytes of text at a time; 128 KiB where nothing is said.
    #[must_use]
    pub fn with_piece(self, piece: usize) -> Self {
        Self { window: self.window.with_piece(piece), ..self }
    }

    /// Reads the next item and lends it to `take`; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When the input cannot be read; there are no more items then.
    pub fn next_with<T>(&mut self, mut take: impl FnMut(Item<'_>) -> T) -> io::Result<Option<T>> {
        if self.is_done {
            return Ok(None);
        }
        // Until an item has been read, an error ends the reading.
        self.is_done = true;
        loop {
            let (step, end) = self.session.step(&self.window, self.window.position());
            match step {
                Step::Item(item) => {
                    let taken = take(item);
                    self.window.done_with(end);
                    self.is_done = false;
                    return Ok(Some(taken));
                }
                Step::NeedMore => {
                    self.window.done_with(end);
                    self.fill()?;
                }
                Step::Done => {
                    self.session.report_encoding(&self.window.encoding(), self.is_marked);
                    return Ok(None);
                }
            }
        }
    }

    /// Reads all items that are left and lends each to `take`.
    ///
    /// # Errors
    ///
    /// As [`next_with`](Self::next_with).
    pub fn for_each(&mut self, mut take: impl FnMut(Item<'_>)) -> io::Result<()> {
        while self.next_with(&mut take)?.is_some() {}
        Ok(())
    }

    fn fill(&mut self) -> io::Result<()> {
        self.session.locator.advance(&self.window);
        self.window.fill()?;
        if self.window.base() == 0 {
            self.is_marked = self.window.original(Span::empty(0)).start > 0;
        }
        let encoding = self.window.encoding();
        let finding = |issue: &_| issue_finding(issue, &encoding);
        self.session.locator.note_window(&self.window, finding);
        Ok(())
    }
}

impl<R> Stream<'_, R> {
    /// The type that the file states, as far as it has been read.
    pub fn load_type(&self) -> Option<LoadType> {
        self.session.load_type()
    }

    /// How many records have been read.
    pub fn records(&self) -> u64 {
        self.session.records()
    }

    /// The rules that could not run, each with the reason; known when all has been read.
    pub fn skipped(&self) -> &[(&'static Rule, &'static str)] {
        self.session.skipped()
    }

    /// WHATWG name of the encoding in lower case, as far as the text so far tells.
    pub fn encoding(&self) -> String {
        self.window.encoding()
    }
}
