//! From a text, or a piece of one, to records.

use edu_diagnostics::Span;
use memchr::memchr2;

use super::format::LONGEST_RECORD;
use super::reading::{Behind, Endless, Reading};
use super::scan::{Classes, Scanner, boundary};
use super::{Buffer, Fault, FaultKind, Format, Limits};

/// Reads one record after the other, and remembers what has to be known between two pieces of a text.
#[derive(Debug, Clone)]
pub struct Lexer {
    format: Format,
    classes: Classes,
    limits: Limits,
    width: Option<usize>,
    /// Number of the next record.
    number: u64,
    /// In a line that is too long: the rest of it is passed over.
    skips_line: bool,
    /// Where a record over several lines would have ended that was not taken for one: up to there, no
    /// value goes over the end of a line.
    ///
    /// A quote on one of its lines would make of the lines behind what was not believed before, and each
    /// of them would be read as often as there are lines before it.
    closed_to: u64,
}

/// What a step came to. Offsets are character boundaries of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A record is in the buffer.
    Record {
        /// Where to read on.
        end: usize,
    },
    /// The text has to be longer.
    NeedMore {
        /// Where to read on then: what stands before is done with.
        at: usize,
    },
    /// There are no more records.
    Done,
}

impl Lexer {
    /// A lexer at the start of a text.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            classes: Classes::new(format.delimiter()),
            limits: Limits::default(),
            width: None,
            number: 1,
            skips_line: false,
            closed_to: 0,
        }
    }

    /// Sets other limits than the default ones.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        let record = limits.record.min(LONGEST_RECORD);
        Self { limits: Limits { record, ..limits }, ..self }
    }

    /// Says how many fields a record should have from here on.
    ///
    /// Where a quoted value goes over several lines, and the first of them has this number of fields by
    /// itself while all of them together have not, its quote is taken for one that is not closed.
    pub fn expect_width(&mut self, fields: usize) {
        self.width = Some(fields);
    }

    /// Reads the record that starts at offset `from` of a piece of text, which starts at `base` in the
    /// whole text; `is_last` says that nothing comes behind the piece.
    ///
    /// What is asked to be longer need never be much longer than the record limit.
    pub fn read(
        &mut self,
        text: &str,
        base: u64,
        from: usize,
        is_last: bool,
        buffer: &mut Buffer,
    ) -> Step {
        let bytes = text.as_bytes();
        let mut at = from.min(bytes.len());
        if self.skips_line {
            let end = at + memchr2(b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at);
            match behind_line(bytes, end, is_last) {
                Some(next) => at = next,
                None => return Step::NeedMore { at: end },
            }
            self.skips_line = false;
        }
        let rest = &bytes[at..];
        if rest.is_empty() {
            return if is_last { Step::Done } else { Step::NeedMore { at } };
        }
        buffer.number = self.number;
        buffer.at = base + at as u64;
        let step = match self.record(rest, is_last, buffer) {
            Ok(len) => match behind_line(bytes, at + len, is_last) {
                Some(end) => {
                    buffer.bytes = len;
                    Step::Record { end }
                }
                None => Step::NeedMore { at },
            },
            Err(Endless::NeedMore) => Step::NeedMore { at },
            Err(Endless::TooLong) => {
                let end = boundary(text, at + self.limits.record);
                buffer.clear();
                buffer.bytes = end - at;
                let span = Span::empty(buffer.at);
                buffer.faults.push(Fault { kind: FaultKind::RecordTooLong, span });
                self.skips_line = true;
                Step::Record { end }
            }
        };
        self.number += u64::from(matches!(step, Step::Record { .. }));
        step
    }

    /// Reads the fields of the record at the start of `rest`; returns where it ends.
    fn record(
        &mut self,
        rest: &[u8],
        is_last: bool,
        buffer: &mut Buffer,
    ) -> Result<usize, Endless> {
        let closed_lines = if self.format.multiline {
            usize::try_from(self.closed_to.saturating_sub(buffer.at)).unwrap_or(usize::MAX)
        } else {
            usize::MAX
        };
        let (end, has_lines) = self.fields(rest, is_last, closed_lines, buffer);
        if !has_lines || end == Err(Endless::NeedMore) {
            return end;
        }
        let is_expected = |buffer: &Buffer| self.width.is_none_or(|width| buffer.count == width);
        if end.is_ok() && is_expected(buffer) {
            return end;
        }
        let (first_line, _) = self.fields(rest, is_last, usize::MAX, buffer);
        // Several lines that are too long together are not one record.
        if end.is_ok() && !is_expected(buffer) {
            return self.fields(rest, is_last, closed_lines, buffer).0;
        }
        self.closed_to = buffer.at + end.unwrap_or(self.limits.record) as u64;
        first_line
    }

    /// Reads the fields of a record one way: a quoted value does not go over line breaks that stand
    /// before `closed_lines`. Returns where the record ends, and whether a value goes over a line break.
    fn fields(
        &self,
        rest: &[u8],
        is_last: bool,
        closed_lines: usize,
        buffer: &mut Buffer,
    ) -> (Result<usize, Endless>, bool) {
        buffer.clear();
        let behind = if rest.len() > self.limits.record {
            Behind::TooMuch
        } else if is_last {
            Behind::End
        } else {
            Behind::More
        };
        // One byte more than a record may hold shows whether it ends there.
        let bytes = rest.get(..=self.limits.record).unwrap_or(rest);
        let mut reading = Reading {
            bytes,
            behind,
            classes: &self.classes,
            scanner: Scanner::new(bytes, &self.classes),
            closed_lines,
            most_fields: self.limits.fields,
            buffer,
            is_broken: false,
            has_lines: false,
        };
        let end = reading.fields();
        (end, reading.has_lines)
    }
}

/// Where the line starts that follows the one that ends at `end`; `None` where what stands there may be
/// half of a line end, or the line has no end yet.
fn behind_line(bytes: &[u8], end: usize, is_last: bool) -> Option<usize> {
    match bytes.get(end..) {
        Some([b'\r', b'\n', ..]) => Some(end + 2),
        Some([b'\r'] | []) if !is_last => None,
        Some([_, ..]) => Some(end + 1),
        _ => Some(end),
    }
}

#[cfg(test)]
mod tests {
    use crate::delimited::{FaultKind, Format, Records};

    fn widths(text: &str, width: usize) -> Vec<(usize, Option<FaultKind>)> {
        let mut records = Records::new(text, Format::default());
        records.expect_width(width);
        let mut found = Vec::new();
        while let Some(record) = records.next() {
            found.push((record.len(), record.faults().first().map(|fault| fault.kind)));
        }
        found
    }

    #[test]
    fn a_first_line_of_the_expected_width_is_a_record() {
        use FaultKind::*;
        let (unclosed, stray) = (Some(UnclosedQuote), Some(StrayQuote));
        // The quote of the first line would be closed by the one of the second.
        let text = "a,\"b,c\nd,e,5\"\ng,h,i\n";
        assert_eq!(widths(text, 3), [(3, unclosed), (3, stray), (3, None)]);
        assert_eq!(widths(text, 4), [(2, None), (3, None)]);
        // With the expected number of fields, or where the first line has not, both lines are the record.
        assert_eq!(widths("a,\"b\nc\",d\n", 3), [(3, None)]);
        assert_eq!(widths("a,\"b\nc\",d\n", 4), [(3, None)]);
    }

    #[test]
    fn what_was_not_believed_of_one_line_is_not_believed_of_the_next() {
        let text = "x\",\"y\n".repeat(4) + "a,\"b\nc\"\n";
        let found = widths(&text, 2);
        assert_eq!((found.len(), found[4]), (5, (2, None)));
        assert_eq!(found[0..4], [(2, Some(FaultKind::StrayQuote)); 4]);
    }

    #[test]
    fn a_value_over_lines_behind_one_that_was_not_believed_is_whole() {
        // The first quote is closed by the one that opens the value in the second row.
        let text = "a,\"b,c\nd,e,\"\nf\"\n";
        let found = widths(text, 3);
        assert_eq!(found, [(3, Some(FaultKind::UnclosedQuote)), (3, None)]);
    }
}
