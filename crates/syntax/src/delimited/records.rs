//! The front end over a text that is all there.

use super::scan::boundary;
use super::{Buffer, Format, Lexer, Limits, Record, Step};

/// The records of a whole text, lent one after the other.
#[derive(Debug, Clone)]
pub struct Records<'t> {
    text: &'t str,
    at: usize,
    lexer: Lexer,
    buffer: Buffer,
}

impl<'t> Records<'t> {
    /// The records of a text from its start.
    pub fn new(text: &'t str, format: Format) -> Self {
        Self { text, at: 0, lexer: Lexer::new(format), buffer: Buffer::default() }
    }

    /// Sets other limits than the default ones.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { lexer: self.lexer.with_limits(limits), ..self }
    }

    /// Starts at this offset of the text, where a line starts: what [`sniff`](super::sniff) says to skip.
    #[must_use]
    pub fn starting_at(self, offset: usize) -> Self {
        Self { at: boundary(self.text, offset), ..self }
    }

    /// Says how many fields a record should have; see [`Lexer::expect_width`].
    pub fn expect_width(&mut self, fields: usize) {
        self.lexer.expect_width(fields);
    }

    /// How far the text has been read, in bytes.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The record that was lent last, once more.
    pub fn current(&self) -> Record<'t, '_> {
        self.buffer.record(self.text, 0)
    }

    /// The next record; `None` when there is none.
    #[expect(clippy::should_implement_trait, reason = "not an iterator: a record is lent")]
    pub fn next(&mut self) -> Option<Record<'t, '_>> {
        match self.lexer.read(self.text, 0, self.at, true, &mut self.buffer) {
            Step::Record { end } => {
                self.at = end;
                Some(self.buffer.record(self.text, 0))
            }
            Step::NeedMore { .. } | Step::Done => {
                self.at = self.text.len();
                None
            }
        }
    }
}
