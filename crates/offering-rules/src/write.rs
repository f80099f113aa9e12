//! From a matrix to a file.

use std::collections::HashSet;

use edu_diagnostics::{Diagnostic, Sink};
use edu_syntax::delimited::{Format, write_field};

use crate::cell::letters;
use crate::codes::{Kind, RegistrationKind, Status};
use crate::layout::{HeadRow, Layout, OPF_HEADER, Orientation, is_label};
use crate::model::{Column, Matrix};
use crate::predicate::{Predicate, Term};
use crate::read::trim;
use crate::rules;

/// A matrix that has no form in which it would be read as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// Something in the file that the matrix was read from is not in the matrix, and would be lost. A caller
    /// who accepts the loss unsets [`Matrix::is_incomplete`].
    #[error("the matrix could not be read as a whole: what could not be read would be lost")]
    Incomplete,
    /// The file would have more than a thousand million cells, most of them empty.
    #[error("the file would have {cells} cells")]
    Size {
        /// Number of cells for marks.
        cells: u64,
    },
    /// The layout has no row for something that a column holds; [`convert`](crate::convert) leaves it out.
    #[error("the layout {layout} has no row `{label}`, which `{course}` needs")]
    NoRow {
        /// The course.
        course: String,
        /// The layout.
        layout: Layout,
        /// The row.
        label: &'static str,
    },
    /// A status that matrices of this kind and orientation have no word for.
    #[error("the status `{status:?}` of `{course}` cannot be written in this matrix")]
    Status {
        /// The course.
        course: String,
        /// The status.
        status: Status,
    },
    /// A condition that no head row holds.
    #[error("no head row holds the condition `{predicate:?}` of `{course}`")]
    Condition {
        /// The course.
        course: String,
        /// The predicate.
        predicate: Box<Predicate>,
    },
    /// A text that would not be read as it is: empty, with white space around it, with a separator of lists.
    #[error("`{text}` would not be read as it is written")]
    Text {
        /// The text.
        text: String,
    },
    /// Two cells in one place, or a mark for a value that is not there.
    #[error("`{course}` has two cells in one place, or a mark for no value")]
    Place {
        /// The course.
        course: String,
    },
}

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
/// Where reading would not give back the same matrix. Paths are written as they are, missing ones too: what is
/// no path is reported again when it is read.
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
    let cells = (columns.len() as u64).saturating_mul(matrix.values.len() as u64);
    if cells > MOST_CELLS {
        return Err(WriteError::Size { cells });
    }
    let head = Head::of(matrix)?;
    let mut sheet = Sheet { out: String::new(), rows: 0, sink };
    let rows: Vec<Vec<String>> = head.cells(&columns)?;
    let marks = marks(matrix, &columns)?;
    match matrix.orientation {
        Orientation::Transposed => {
            for (label, cells) in head.labels.iter().zip(&rows) {
                sheet.cells(["", label].into_iter().chain(cells.iter().map(String::as_str)));
            }
            let blank = || std::iter::repeat_n("", columns.len());
            sheet.cells(["", ""].into_iter().chain(blank()));
            sheet.cells(OPF_HEADER.into_iter().chain(blank()));
            for (value, marks) in matrix.values.iter().zip(&marks) {
                let cells = Sparse { marks, next: 0, len: columns.len() };
                let front = [value.name.value.as_str(), value.value.value.as_str()];
                sheet.cells(front.into_iter().chain(cells));
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
            for (value, marks) in (0u32..).zip(&marks) {
                for &(course, mark) in marks {
                    by_course[course as usize].push((value, mark));
                }
            }
            for (index, marks) in by_course.iter().enumerate() {
                let cells = Sparse { marks, next: 0, len: matrix.values.len() };
                sheet.cells(rows.iter().map(|row| row[index].as_str()).chain(cells));
            }
        }
    }
    Ok(sheet.out)
}

/// The marks by value: number of the column among those that are written, and the sign.
fn marks(
    matrix: &Matrix,
    columns: &[(u32, &Column)],
) -> Result<Vec<Vec<(u32, &'static str)>>, WriteError> {
    for value in &matrix.values {
        refuse(&value.name.value)?;
        refuse(&value.value.value)?;
    }
    let mut rows = vec![Vec::new(); matrix.values.len()];
    for (number, (_, column)) in (0..).zip(columns) {
        for mark in &column.marks {
            let sign = if mark.value.is_excluded { "!x" } else { "x" };
            let row =
                rows.get_mut(mark.value.value as usize).filter(|row: &&mut Vec<(u32, &str)>| {
                    row.last().is_none_or(|last| last.0 != number)
                });
            let Some(row) = row else {
                return Err(WriteError::Place { course: course(column) });
            };
            row.push((number, sign));
        }
    }
    Ok(rows)
}

/// The cells of a row of marks, empty ones too.
struct Sparse<'a> {
    marks: &'a [(u32, &'static str)],
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
        match self.marks.split_first() {
            Some((&(marked, sign), rest)) if marked == number => {
                self.marks = rest;
                Some(sign)
            }
            _ => Some(""),
        }
    }
}

/// The head rows of a matrix that is written.
struct Head<'m> {
    matrix: &'m Matrix,
    rows: Vec<HeadRow>,
    /// Those of `rows`, then the unknown ones.
    labels: Vec<String>,
}

impl<'m> Head<'m> {
    fn of(matrix: &'m Matrix) -> Result<Self, WriteError> {
        let mut rows = matrix.layout.rows(matrix.kind).to_vec();
        if matrix.orientation == Orientation::Old {
            // The words that the older format has, where they say it all.
            if matrix.kind == Kind::Registration && has_old_types(matrix) {
                let types = rows.iter_mut().filter(|row| **row == HeadRow::Type);
                types.for_each(|row| *row = HeadRow::ReRegistration);
            }
            if matrix.kind == Kind::Instructor && are_all_active(matrix) {
                rows.retain(|row| *row != HeadRow::InstructorStatus);
            }
        }
        let mut labels: Vec<_> =
            rows.iter().map(|row| row.label(matrix.layout).to_owned()).collect();
        // It would begin the profile fields.
        let is_header = |label: &str| {
            matrix.orientation == Orientation::Transposed && is_label(label, OPF_HEADER[1])
        };
        for unknown in &matrix.unknown {
            let label = &unknown.label.value;
            refuse(label)?;
            if HeadRow::of(label).is_some() || is_header(label) {
                return Err(WriteError::Text { text: label.clone() });
            }
            labels.push(label.clone());
        }
        Ok(Self { matrix, rows, labels })
    }

    /// The cells of each head row, one for each column.
    fn cells(&self, columns: &[(u32, &Column)]) -> Result<Vec<Vec<String>>, WriteError> {
        for (_, column) in columns {
            self.refuse(column)?;
        }
        let mut cells = Vec::new();
        for row in &self.rows {
            let row: Result<Vec<_>, _> =
                columns.iter().map(|(_, column)| cell(*row, column)).collect();
            cells.push(row?);
        }
        for unknown in &self.matrix.unknown {
            let mut row = vec![String::new(); columns.len()];
            for (number, text) in &unknown.cells {
                refuse(&text.value)?;
                let index = columns.binary_search_by_key(number, |column| column.0);
                let free = index.ok().and_then(|index| row.get_mut(index));
                let Some(free) = free.filter(|free| free.is_empty()) else {
                    return Err(WriteError::Text { text: text.value.clone() });
                };
                text.value.clone_into(free);
            }
            cells.push(row);
        }
        Ok(cells)
    }

    /// Refuses a column that holds what no row of the layout does.
    fn refuse(&self, column: &Column) -> Result<(), WriteError> {
        // There are cells of unknown rows in it, and nothing else.
        if column.is_empty() {
            return Ok(());
        }
        let needs = |row: HeadRow, is_needed: bool| {
            if !is_needed || self.rows.contains(&row) {
                return Ok(());
            }
            let (label, layout) = (row.label(Layout::V4_7), self.matrix.layout);
            Err(WriteError::NoRow { course: course(column), layout, label })
        };
        for condition in &column.conditions {
            let predicate = &condition.value.predicate;
            let Some(row) = HeadRow::of_condition(predicate) else {
                let predicate = Box::new(predicate.clone());
                return Err(WriteError::Condition { course: course(column), predicate });
            };
            needs(row, true)?;
        }
        needs(HeadRow::Users, !column.users.is_empty())?;
        needs(HeadRow::BeforeExpiry, column.before_expiry.is_some())?;
        needs(HeadRow::Certificate, column.certificate.is_some())?;
        let is_spelled = match column.status() {
            None => !self.rows.contains(&HeadRow::ReRegistration),
            Some(Status::WithoutReRegistration) => self.rows.contains(&HeadRow::ReRegistration),
            Some(Status::Active) if !self.rows.contains(&HeadRow::InstructorStatus) => true,
            Some(status) => {
                !matches!(status, Status::Other(_))
                    && Status::of(self.matrix.kind, status.as_str()) == *status
            }
        };
        let status = column.status().cloned().unwrap_or(Status::Deactivated);
        if is_spelled { Ok(()) } else { Err(WriteError::Status { course: course(column), status }) }
    }
}

/// Whether a registration matrix needs no more than a mark in place of a type.
pub(crate) fn has_old_types(matrix: &Matrix) -> bool {
    let is_old = |column: &Column| {
        matches!(column.status(), Some(Status::ReRegistration | Status::WithoutReRegistration))
    };
    matrix.columns.iter().filter(|column| !column.is_empty()).all(is_old)
}

/// Whether an instructor matrix needs no status.
fn are_all_active(matrix: &Matrix) -> bool {
    let is_active = |column: &Column| column.status() == Some(&Status::Active);
    matrix.columns.iter().filter(|column| !column.is_empty()).all(is_active)
}

fn course(column: &Column) -> String {
    column.path.value.to_string()
}

/// What a column has in a head row.
fn cell(row: HeadRow, column: &Column) -> Result<String, WriteError> {
    let flag = |is_set: bool| if is_set { "x".to_owned() } else { String::new() };
    Ok(match row {
        HeadRow::Name => plain(&column.name.value)?,
        HeadRow::Path => plain(column.path.value.as_str())?,
        HeadRow::Type | HeadRow::InstructorStatus => {
            column.status().map(ToString::to_string).unwrap_or_default()
        }
        HeadRow::ReRegistration => flag(column.status() == Some(&Status::ReRegistration)),
        HeadRow::DeRegistration | HeadRow::RemoveInstructor => flag(column.removal.value),
        HeadRow::BeforeExpiry => {
            column.before_expiry.as_ref().map(|before| before.value.to_string()).unwrap_or_default()
        }
        HeadRow::Certificate => match &column.certificate {
            Some(certificate) => refuse(&certificate.value)?.to_owned(),
            None => String::new(),
        },
        HeadRow::Users => {
            let users: Result<Vec<_>, _> =
                column.users.iter().map(|user| user_name(&user.value)).collect();
            users?.join("|")
        }
        _ => {
            let terms = column.conditions.iter().map(|condition| &condition.value);
            let terms: Vec<_> =
                terms.filter(|term| HeadRow::of_condition(&term.predicate) == Some(row)).collect();
            let is_single =
                matches!(row, HeadRow::FieldChanged | HeadRow::UserSet | HeadRow::LatestKind);
            if is_single && terms.len() > 1 {
                return Err(WriteError::Place { course: course(column) });
            }
            let items: Result<Vec<_>, _> = terms.iter().map(|term| condition(term)).collect();
            items?.join("|")
        }
    })
}

/// A condition as it stands in a cell.
fn condition(term: &Term) -> Result<String, WriteError> {
    let text = match &term.predicate {
        Predicate::MostRecentRegistrationCompletedFor(path)
        | Predicate::CompletedForSinceCurrentCompletion(path) => {
            item(path.as_str(), &['|'])?.to_owned()
        }
        Predicate::CertificateWillExpireInCourse { course, certificate, before } => {
            let course = item(course.as_str(), &['|', ';'])?;
            let certificate = item(certificate, &['|', ';'])?;
            format!("{course};{certificate};{before}")
        }
        Predicate::ProfileChangedSinceLastCompletion(name) | Predicate::IsInUserSet(name) => {
            refuse(name)?.to_owned()
        }
        Predicate::OrgProfileDateWithin { field, days } => {
            let text = format!("{};{days}", item(field, &['|'])?);
            if days.unsigned_abs() > 99_999 {
                return Err(WriteError::Text { text });
            }
            text
        }
        Predicate::TypeOfMostRecentlyCompletedRegistration(kinds) if !term.is_negated => {
            let words: Vec<_> = kinds.iter().map(RegistrationKind::as_str).collect();
            let text = words.join("|");
            let is_read = |(at, kind): (usize, &RegistrationKind)| {
                RegistrationKind::KNOWN.contains(kind) && !kinds[..at].contains(kind)
            };
            if kinds.is_empty() || !kinds.iter().enumerate().all(is_read) {
                return Err(WriteError::Text { text });
            }
            text
        }
        // The others have no cell, and this one no negation.
        predicate => return Err(WriteError::Text { text: format!("{predicate:?}") }),
    };
    match term.is_negated {
        true => Ok(format!("!{text}")),
        false if text.starts_with('!') => Err(WriteError::Text { text }),
        false => Ok(text),
    }
}

/// A text that may be empty.
fn plain(text: &str) -> Result<String, WriteError> {
    if text.is_empty() { Ok(String::new()) } else { refuse(text).map(str::to_owned) }
}

/// A text that would be read as it is.
fn refuse(text: &str) -> Result<&str, WriteError> {
    item(text, &[])
}

/// A user name, which has no negation.
fn user_name(name: &str) -> Result<&str, WriteError> {
    let name = item(name, &['|'])?;
    if name.starts_with('!') { Err(WriteError::Text { text: name.to_owned() }) } else { Ok(name) }
}

/// A part of a cell: without these separators in it.
fn item<'t>(text: &'t str, separators: &[char]) -> Result<&'t str, WriteError> {
    if text.is_empty() || trim(text).0 != text || text.contains(separators) {
        return Err(WriteError::Text { text: text.to_owned() });
    }
    Ok(text)
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
