//! From a matrix to a file.

mod cells;
mod error;
mod head;

use std::collections::HashSet;

use edu_diagnostics::{Diagnostic, Sink};
use edu_syntax::delimited::{Format, write_field};

use crate::cell::letters;
use crate::label::OPF_HEADER;
use crate::layout::{HeadRow, Orientation};
use crate::model::{Column, Matrix, UnknownRow};
use crate::rules;
use cells::{course, refuse};
use head::Head;

pub use error::WriteError;
pub(crate) use head::has_old_types;

/// A sparse file of a megabyte can be turned into one of gigabytes.
const MOST_CELLS: u64 = 1 << 30;

/// Writes a matrix as CSV: commas, CRLF, quotes where they are needed, in its own layout and orientation.
///
/// Columns that are empty are left out. Marks, conditions and the cells of unknown rows are read in the order
/// of the file, whatever order they had. Cells that a spreadsheet would execute are reported (`OR-W01`), and
/// written as they are.
///
/// # Errors
///
/// Where reading would not give back the same matrix, but for the order of conditions of different rows. Paths are
/// written as they are, missing ones too: what is no path is reported again when it is read.
pub fn write(matrix: &Matrix, sink: &mut dyn Sink) -> Result<String, WriteError> {
    if matrix.is_incomplete {
        return Err(WriteError::Incomplete);
    }
    let columns: Vec<_> = (0..).zip(&matrix.columns).collect();
    let kept: HashSet<u32> =
        matrix.unknown.iter().flat_map(|row| &row.cells).map(|(number, _)| *number).collect();
    let is_used = |number: &u32, column: &Column| !column.is_empty() || kept.contains(number);
    let columns: Vec<_> =
        columns.into_iter().filter(|(number, column)| is_used(number, column)).collect();
    let head = Head::of(matrix)?;
    let rows = (head.labels.len() + matrix.values.len()) as u64;
    let cells = rows.saturating_mul(columns.len() as u64);
    if cells > MOST_CELLS {
        return Err(WriteError::Size { cells });
    }
    let mut sheet = Sheet { out: String::new(), rows: 0, sink };
    let known = head.cells(&columns)?;
    let unknown = unknown(matrix, &columns)?;
    let marks = marks(matrix, &columns)?;
    match matrix.orientation {
        Orientation::Transposed => {
            let (labels, unknown_labels) = head.labels.split_at(known.len());
            for (label, cells) in labels.iter().zip(&known) {
                sheet.cells(["", label].into_iter().chain(cells.iter().map(String::as_str)));
            }
            let sparse = |cells| Sparse { cells, next: 0, len: columns.len() };
            for (label, cells) in unknown_labels.iter().zip(&unknown) {
                sheet.cells(["", label].into_iter().chain(sparse(cells)));
            }
            let blank = || std::iter::repeat_n("", columns.len());
            sheet.cells(["", ""].into_iter().chain(blank()));
            sheet.cells(OPF_HEADER.into_iter().chain(blank()));
            for (value, marks) in matrix.values.iter().zip(&marks) {
                let front = [value.name.value.as_str(), value.value.value.as_str()];
                sheet.cells(front.into_iter().chain(sparse(marks)));
            }
        }
        Orientation::Old => {
            // It would be read as a label.
            if let Some(first) = matrix.values.first()
                && HeadRow::of(&first.name.value).is_some()
            {
                return Err(WriteError::Text { text: first.name.value.clone() });
            }
            let names = matrix.values.iter().enumerate().map(|(index, value)| {
                let before = index.checked_sub(1).map(|before| &matrix.values[before].name);
                if before == Some(&value.name) { "" } else { value.name.value.as_str() }
            });
            sheet.cells(head.labels.iter().map(String::as_str).chain(names));
            let values = matrix.values.iter().map(|value| value.value.value.as_str());
            sheet.cells(head.labels.iter().map(|_| "").chain(values));
            let mut by_course = vec![Vec::new(); columns.len()];
            for (number, cells) in (0u32..).zip(unknown.iter().chain(&marks)) {
                for &(course, text) in cells {
                    by_course[course as usize].push((number, text));
                }
            }
            let len = unknown.len() + marks.len();
            for (index, cells) in by_course.iter().enumerate() {
                let sparse = Sparse { cells, next: 0, len };
                sheet.cells(known.iter().map(|row| row[index].as_str()).chain(sparse));
            }
        }
    }
    Ok(sheet.out)
}

/// The cells of a row that hold something: the number of the column among those that are written, and the
/// text.
type SparseRow<'m> = Vec<(u32, &'m str)>;

/// The cells of each of the unknown rows.
fn unknown<'m>(
    matrix: &'m Matrix,
    columns: &[(u32, &Column)],
) -> Result<Vec<SparseRow<'m>>, WriteError> {
    let row_of = |unknown: &'m UnknownRow| {
        let no_place = || WriteError::Unknown { label: unknown.label.value.clone() };
        let mut row = SparseRow::with_capacity(unknown.cells.len());
        for (number, text) in &unknown.cells {
            let text = refuse(&text.value)?;
            let index = columns.binary_search_by_key(number, |column| column.0).ok();
            let index = index.and_then(|index| u32::try_from(index).ok());
            row.push((index.ok_or_else(no_place)?, text));
        }
        row.sort_by_key(|(index, _)| *index);
        if row.windows(2).any(|pair| pair[0].0 == pair[1].0) { Err(no_place()) } else { Ok(row) }
    };
    matrix.unknown.iter().map(row_of).collect()
}

/// The marks of each value.
fn marks(
    matrix: &Matrix,
    columns: &[(u32, &Column)],
) -> Result<Vec<SparseRow<'static>>, WriteError> {
    for value in &matrix.values {
        refuse(&value.name.value)?;
        refuse(&value.value.value)?;
    }
    let mut rows = vec![Vec::new(); matrix.values.len()];
    for (number, (_, column)) in (0..).zip(columns) {
        for mark in &column.marks {
            let sign = if mark.value.is_excluded { "!x" } else { "x" };
            let row = rows
                .get_mut(mark.value.value as usize)
                .filter(|row: &&mut SparseRow<'_>| row.last().is_none_or(|last| last.0 != number));
            let Some(row) = row else {
                return Err(WriteError::Place { course: course(column) });
            };
            row.push((number, sign));
        }
    }
    Ok(rows)
}

/// The cells of a row, empty ones too.
struct Sparse<'a> {
    cells: &'a [(u32, &'a str)],
    next: u32,
    len: usize,
}

impl<'a> Iterator for Sparse<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.next as usize == self.len {
            return None;
        }
        let number = self.next;
        self.next += 1;
        match self.cells.split_first() {
            Some((&(filled, text), rest)) if filled == number => {
                self.cells = rest;
                Some(text)
            }
            _ => Some(""),
        }
    }
}

/// The file that grows.
struct Sheet<'s> {
    out: String,
    /// Number of rows so far.
    rows: u64,
    sink: &'s mut dyn Sink,
}

impl Sheet<'_> {
    fn cells<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        self.rows += 1;
        for (index, text) in (0..).zip(cells) {
            if index > 0 {
                self.out.push(',');
            }
            // Most cells are empty.
            if let Some(&first) = text.as_bytes().first() {
                if matches!(first, b'=' | b'+' | b'-' | b'@') {
                    let finding = Diagnostic::new(&rules::FORMULA)
                        .data("found", text)
                        .word("character", char::from(first).to_string())
                        .word("cell", format!("{}{}", letters(index), self.rows));
                    self.sink.report(finding);
                }
                write_field(&mut self.out, text, Format::default());
            }
        }
        self.out.push_str("\r\n");
    }
}
