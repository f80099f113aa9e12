//! The difference of two loads, as two short feeds.

use std::fmt;

use crate::alias::{self, Spelling};
use crate::field::Need;
use crate::header::{Column, Header};
use crate::operation::Operation;
use crate::refresh::{Affected, Outcome, Preview, Taken};
use crate::row::Row;
use crate::write::{FeedFormat, FeedWriter, WriteError};

/// Makes, of a feed that says how everything should be, two feeds that say only what has to change: one for the store
/// operation with the rows that are new or other than before, one for the delete operation with what the feed leaves
/// out.
///
/// A refresh does the same at one blow, and disables everything where the file is short; these two do not.
pub struct Delta<'h> {
    preview: Preview<'h>,
    /// What is written; `None` until there is a row.
    store: Option<Store>,
    refused: Vec<Refused>,
}

/// The feed for the store operation.
struct Store {
    /// The columns that are written.
    columns: Vec<usize>,
    /// `None` where the header row cannot be written.
    writer: Option<FeedWriter>,
}

/// Why there is no delta.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DeltaError {
    /// The feed lists what is to go, and the difference would store it.
    #[error(
        "a delta is made of a feed that is stored or refreshed, not of one for the delete operation"
    )]
    Delete,
}

/// Two feeds that together do what a refresh would do, but for what was [refused](Self::refused).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// For the store operation: rows that are new, or other than before. The header only where there are none.
    pub store: String,
    /// How many rows these are.
    pub stored: u64,
    /// For the delete operation: keys, and data source keys, of what the feed leaves out.
    pub delete: String,
    /// How many rows these are.
    pub deleted: u64,
    /// What cannot be sent: rows that Learn does not take, and those that cannot be written, for the reader would call
    /// them an error. As long as anything is here the two feeds do less than the refresh: correct the feed first.
    pub refused: Vec<Refused>,
}

/// A row that cannot be sent, and why; no value is in it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// The line of the row in the feed, from 1; `None` for a header row, and for a record that the feed leaves out.
    pub line: Option<u64>,
    /// Why it cannot be sent.
    pub why: Refusal,
}

/// Why a row cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It cannot be written. Rows in it are those of the file that would be written.
    Write(WriteError),
    /// It is damaged: Learn does not take it, and what it should say is not known.
    Damaged,
    /// Its key is there with another content, and records of the kind cannot be updated.
    Fixed,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}")?,
            None if matches!(
                self.why,
                Refusal::Write(WriteError::Value { .. } | WriteError::Row { .. })
            ) =>
            {
                f.write_str("a record that is left out")?;
            }
            None => f.write_str("header row")?,
        }
        let error = match &self.why {
            Refusal::Write(error) => error,
            Refusal::Damaged => return f.write_str(": the row is damaged: Learn does not take it"),
            Refusal::Fixed => {
                return f.write_str(
                    ": the key is there with another content, and such a record cannot be updated: delete it and \
                     insert it under another key",
                );
            }
        };
        match error {
            WriteError::Value { header, fault, .. } => {
                write!(f, ": the value in column {header:?} {fault}")
            }
            WriteError::Row { fault, .. } => write!(f, ": the row {fault}"),
            // What was taken for a header may be a value.
            WriteError::Header { column, fault, .. } => write!(f, ": column {column} {fault}"),
            error => write!(f, ": {error}"),
        }
    }
}

impl fmt::Debug for Refused {
    /// The line, for what was taken for a header may be a value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused").field("line", &self.line).finish_non_exhaustive()
    }
}

impl Difference {
    /// Whether nothing has to be sent.
    pub fn is_empty(&self) -> bool {
        self.stored == 0 && self.deleted == 0 && self.refused.is_empty()
    }
}

impl fmt::Debug for Difference {
    /// The numbers of rows, for their values are about people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Difference")
            .field("stored", &self.stored)
            .field("deleted", &self.deleted)
            .field("refused", &self.refused.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Delta<'_> {
    /// Its numbers, for the rows are about people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delta")
            .field("preview", &self.preview)
            .field("refused", &self.refused.len())
            .finish_non_exhaustive()
    }
}

impl<'h> Delta<'h> {
    /// What has to be sent in place of the upload that `preview` is about; a preview that has seen no row yet.
    ///
    /// # Errors
    ///
    /// When the upload is one of the delete operation: its rows are not to be stored.
    pub fn new(preview: Preview<'h>) -> Result<Self, DeltaError> {
        if preview.operation() == Operation::Delete {
            return Err(DeltaError::Delete);
        }
        Ok(Self { preview, store: None, refused: Vec::new() })
    }

    /// Takes up the next row of the feed; rows of another kind are passed over. Its columns are written under the
    /// headers of the documentation, without those that have none, that stand there twice, or that have no effect.
    pub fn row(&mut self, row: &Row<'_>) {
        if row.object() != self.preview.object() {
            return;
        }
        let refused = &mut self.refused;
        let store = self.store.get_or_insert_with(|| {
            let columns = columns(row.header());
            let headers = columns.iter().filter_map(|&column| {
                let name = row.header().columns().get(column)?.name.as_str();
                Some(row.header().field(column).map_or(name, |field| field.name))
            });
            let format = FeedFormat::new().with_any_header();
            let writer = match FeedWriter::new(row.object(), headers, format) {
                Ok(writer) => Some(writer),
                Err(error) => {
                    refused.push(Refused { line: None, why: Refusal::Write(error) });
                    None
                }
            };
            Store { columns, writer }
        });
        let why = match self.preview.take(row) {
            Taken::Idle => return,
            Taken::Damaged => Some(Refusal::Damaged),
            Taken::Refused => Some(Refusal::Fixed),
            Taken::Needed => None,
        };
        if let Some(why) = why {
            refused.push(Refused { line: Some(row.line()), why });
        } else if let Some(writer) = &mut store.writer {
            let cells = store.columns.iter().map(|&column| row.cell(column));
            let values = cells.map(|cell| cell.map(|cell| cell.trimmed()).unwrap_or_default());
            if let Err(error) = writer.row(values) {
                refused.push(Refused { line: Some(row.line()), why: Refusal::Write(error) });
            }
        }
    }

    /// The two feeds, and what the upload itself would do.
    pub fn finish(self) -> (Difference, Outcome<'h>) {
        let outcome = self.preview.finish();
        let mut refused = self.refused;
        let object = outcome.object();
        let mut begin = |headers: Vec<&str>| {
            let writer = FeedWriter::new(object, headers, FeedFormat::new());
            let why = |error| refused.push(Refused { line: None, why: Refusal::Write(error) });
            writer.map_err(why).ok()
        };
        let store = if let Some(store) = self.store {
            store.writer
        } else {
            let needed = object.fields().iter();
            let needed = needed.filter(|it| !matches!(it.need, Need::Optional | Need::Dropped));
            begin(needed.map(|field| field.name).collect())
        };
        let source = object.field("data_source_key").map(|(_, field)| field.name);
        let mut delete = begin(object.keys().map(|field| field.name).chain(source).collect());
        for affected in outcome.affected().filter(Affected::is_omitted) {
            let source = source.map(|_| affected.data_source());
            let values = affected.keys().map(|(_, value)| value).chain(source);
            if let Some(Err(error)) = delete.as_mut().map(|delete| delete.row(values)) {
                refused.push(Refused { line: None, why: Refusal::Write(error) });
            }
        }
        let (store, stored) = text(store);
        let (delete, deleted) = text(delete);
        (Difference { store, stored, delete, deleted, refused }, outcome)
    }
}

/// What was written, and how many rows it has.
fn text(writer: Option<FeedWriter>) -> (String, u64) {
    let Some(writer) = writer else { return (String::new(), 0) };
    let rows = writer.rows();
    // A writer without another encoding writes UTF-8.
    (String::from_utf8(writer.finish()).unwrap_or_default(), rows)
}

/// The columns of a feed that can be sent.
fn columns(header: &Header) -> Vec<usize> {
    let is_sent = |&column: &usize| match header.field(column) {
        Some(field) => field.need != Need::Dropped,
        None => is_unknown(header, column),
    };
    (0..header.columns().len()).filter(is_sent).collect()
}

/// Whether a column that is no field has a header of its own, not one that stands there already.
fn is_unknown(header: &Header, column: usize) -> bool {
    let Some((this, before)) = header.columns().get(..=column).and_then(<[Column]>::split_last)
    else {
        return false;
    };
    let object = header.object();
    let is_known = this.spelling != Spelling::Canonical
        || alias::resolve(object, &this.name).is_some()
        || alias::counterpart(object, &this.name).is_some();
    let is_again = || before.iter().any(|other| other.name.eq_ignore_ascii_case(&this.name));
    !this.name.is_empty() && !is_known && !is_again()
}
