//! Delimited records, CSV and its kin, as they are found in the field: with a span for every field,
//! repaired where they are damaged.
//!
//! [`Records`] reads a whole text, [`Lexer`] one that arrives in pieces. Values are borrowed from the
//! text. What is there to be kept is what fields hold: a row of two thousand fields with three that are
//! not empty costs as much as its three. [`sniff`] finds the delimiter and [`write_field`] writes a
//! value.
//!
//! Why not one of the parsers that there are: those say nothing of spans, pass over blank lines, so that
//! the number of a record is not the row that people see, and let a quote that is never closed take the
//! rest of the file for one value, without a word. Here a quote that is not closed costs its own line.
//!
//! ```
//! use edu_syntax::delimited::{FaultKind, Format, Records};
//!
//! let text = "code,title\nA1,\"Logic, \"\"formal\"\"\"\nA2,\"Ethics\nA3,Law\n";
//! let mut records = Records::new(text, Format::default());
//! records.next();
//! let record = records.next().unwrap();
//! let title = record.get(1).unwrap();
//! assert_eq!(title.value(), "Logic, \"formal\"");
//! assert_eq!(&text[title.span().range().unwrap()], "Logic, \"\"formal\"\"");
//!
//! let damaged = records.next().unwrap();
//! assert_eq!(damaged.faults()[0].kind, FaultKind::UnclosedQuote);
//! assert_eq!(damaged.get(1).unwrap().value(), "Ethics");
//! assert_eq!(records.next().unwrap().get(1).unwrap().value(), "Law");
//! ```

mod fault;
mod format;
mod lexer;
mod reading;
mod record;
mod records;
mod scan;
mod sniff;
mod write;

pub use fault::{Fault, FaultKind};
pub use format::{Format, Limits};
pub use lexer::{Lexer, Step};
pub use record::{Buffer, Field, Record};
pub use records::Records;
pub use sniff::{DELIMITERS, Sniffed, sniff};
pub use write::write_field;
