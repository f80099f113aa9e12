//! Rows that are read, and records that are kept.

use std::borrow::Cow;
use std::fmt;

use edu_diagnostics::Span;
use edu_syntax::delimited::{self, Field as RawField};

use crate::alias;
use crate::field::Field;
use crate::fields::Values;
use crate::header::Header;
use crate::object::Object;
use crate::value::trimmed;

/// A row of a feed, lent while it is at hand.
#[derive(Clone, Copy)]
pub struct Row<'r> {
    pub(crate) header: &'r Header,
    pub(crate) record: delimited::Record<'r, 'r>,
    /// The number of its line, from 1; of a row over several lines, of the first.
    pub(crate) line: u64,
    /// It is damaged: which value belongs to which column is not sure.
    pub(crate) is_damaged: bool,
}

/// A cell of a row.
#[derive(Clone, Copy)]
pub struct Cell<'r> {
    pub(crate) field: RawField<'r>,
}

impl<'r> Cell<'r> {
    /// The value, as it is meant: without the quotes around it.
    pub fn value(&self) -> Cow<'r, str> {
        self.field.value()
    }

    /// The value without white space around it.
    pub fn trimmed(&self) -> Cow<'r, str> {
        trimmed(self.field.value())
    }

    /// Where it stands in the text.
    pub fn span(&self) -> Span {
        self.field.span()
    }

    /// The same as it stands in the file, where doubled quotes are two, without white space around it: nothing is
    /// allocated.
    pub(crate) fn raw(&self) -> &'r str {
        self.field.raw().trim()
    }

    /// The cell, unless it is empty.
    pub(crate) fn filled(self) -> Option<Self> {
        (!self.raw().is_empty()).then_some(self)
    }
}

impl fmt::Debug for Cell<'_> {
    /// Its place, for the value may be a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cell").field(&self.span()).finish()
    }
}

impl fmt::Debug for Row<'_> {
    /// Its place, for the values are about a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row").field("line", &self.line).finish_non_exhaustive()
    }
}

impl<'r> Row<'r> {
    /// The number of its line, from 1, which is that of the header.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Where it stands in the text, without its line end.
    pub fn span(&self) -> Span {
        self.record.span()
    }

    /// What it is about.
    pub fn object(&self) -> Object {
        self.header.object()
    }

    /// The columns of the feed.
    pub fn header(&self) -> &'r Header {
        self.header
    }

    /// Whether the row has another number of cells than the header, or a quote that is not closed, so that it is
    /// not sure which value belongs to which column. Learn does not take such a row.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// The cell of a column, by its number; `None` where the row ends before it.
    pub fn cell(&self, column: usize) -> Option<Cell<'r>> {
        self.record.get(column).map(|field| Cell { field })
    }

    /// The value in the column with this canonical header, or with this header if it is not known; `None` where
    /// the column is absent.
    pub fn get(&self, header: &str) -> Option<Cow<'r, str>> {
        self.cell(self.header.column(header)?).map(|cell| cell.value())
    }

    /// The cell that holds a field, by its place in [`Object::fields`].
    pub(crate) fn at(&self, field: impl Into<usize>) -> Option<Cell<'r>> {
        self.cell(self.header.index_of(field.into())?)
    }

    /// The value of a field without white space around it; `None` where there is none.
    pub(crate) fn filled(&self, field: impl Into<usize>) -> Option<Cow<'r, str>> {
        self.at(field).and_then(Cell::filled).map(|cell| cell.trimmed())
    }

    /// The same, to be kept: a value for each column of the header, under its canonical header where there is one.
    ///
    /// Of a row that [is damaged](Self::is_damaged), cells behind the last column are lost, and those that it does
    /// not have are empty. A column that stands for a field which another one holds keeps the header of the file, so
    /// that a header may be there twice; [`Record::get`] gives the first.
    pub fn to_record(&self) -> Record {
        let values = (0..self.header.columns().len()).map(|column| {
            self.cell(column).map(|cell| cell.value().into_owned()).unwrap_or_default()
        });
        let columns = self.header.columns().iter().enumerate().map(|(index, column)| {
            self.header
                .field(index)
                .map_or_else(|| column.name.clone(), |field| field.name.to_owned())
        });
        Record { object: self.object(), values: columns.zip(values).collect() }
    }
}

impl Values for Row<'_> {
    fn object(&self) -> Object {
        self.header.object()
    }

    fn value(&self, field: usize) -> Option<Cow<'_, str>> {
        self.at(field).map(|cell| cell.value())
    }
}

/// A record that is kept, or made to be written: a value for each of its columns, known or not.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    object: Object,
    values: Vec<(String, String)>,
}

impl Record {
    /// A record without columns.
    pub fn new(object: Object) -> Self {
        Self { object, values: Vec::new() }
    }

    /// Sets the value in the column with this header. Other names of a column are that column.
    #[must_use]
    pub fn with(mut self, header: &str, value: impl Into<String>) -> Self {
        match self.position(header) {
            Some(place) => self.values[place].1 = value.into(),
            None => self.values.push((header.to_owned(), value.into())),
        }
        self
    }

    /// What it is about.
    pub fn object(&self) -> Object {
        self.object
    }

    /// The value in the first column with this header, or another name of it, in any letter case; `None` where the
    /// column is absent.
    pub fn get(&self, header: &str) -> Option<&str> {
        let (_, value) = self.values.get(self.position(header)?)?;
        Some(value)
    }

    fn position(&self, header: &str) -> Option<usize> {
        let field = |name: &str| alias::resolve(self.object, name).map(|(place, _)| place);
        let wanted = field(header);
        self.values.iter().position(|(name, _)| {
            name.eq_ignore_ascii_case(header) || (wanted.is_some() && field(name) == wanted)
        })
    }

    /// All headers, in their order. One that the file had twice is there twice.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|(name, _)| name.as_str())
    }

    /// All headers and values, in their order.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Values for Record {
    fn object(&self) -> Object {
        self.object
    }

    fn value(&self, field: usize) -> Option<Cow<'_, str>> {
        let field: &Field = self.object.fields().get(field)?;
        self.get(field.name).map(Cow::Borrowed)
    }
}

impl fmt::Debug for Record {
    /// Its headers, for the values are about a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers().collect();
        f.debug_tuple("Record").field(&self.object).field(&headers).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::person::Person;

    #[test]
    fn other_names_of_a_column_are_that_column() {
        let record = Record::new(Object::Person).with("NICKNAME", "Lili").with("Shoe", "38");
        assert_eq!((record.get("othername"), record.get("shoe")), (Some("Lili"), Some("38")));
        let name = Person::of(&record).and_then(|person| person.othername().map(Cow::into_owned));
        assert_eq!(name.as_deref(), Some("Lili"));
        let record = record.with("othername", "Lou");
        assert_eq!(record.values().collect::<Vec<_>>(), [("NICKNAME", "Lou"), ("Shoe", "38")]);
    }
}
