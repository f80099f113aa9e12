//! What is wrong with a record, and how it was read all the same.

use std::fmt;

use edu_diagnostics::Span;

/// A place where a record is damaged, or asks for too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, in the whole text.
    pub span: Span,
}

/// The kinds of fault, each with the repair that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// A quote that opens a value and is not closed. The value begins behind it and ends at the next
    /// delimiter or at the end of its line, and the record ends with that line. The span is the quote.
    UnclosedQuote,
    /// A quote inside a value; kept. Said once a field, of the first one. The span is the quote.
    StrayQuote,
    /// A control character other than tab and line break; kept. Said once a field, of the first one. The
    /// span is the character.
    ControlCharacter,
    /// A line longer than a record may be; it has no fields, and its rest is passed over. The span is
    /// empty, at its start.
    RecordTooLong,
    /// More fields than are kept: those behind are counted and not looked at. The span is all of them.
    TooManyFields,
}

/// A plain sentence, for formats that have one rule for all faults.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            FaultKind::UnclosedQuote => "the quote that opens here is not closed",
            FaultKind::StrayQuote => "a quote stands inside a value",
            FaultKind::ControlCharacter => "a control character stands here",
            FaultKind::RecordTooLong => "the line is too long",
            FaultKind::TooManyFields => "there are too many fields",
        })
    }
}
