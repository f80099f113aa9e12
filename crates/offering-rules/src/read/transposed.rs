//! Matrices whose columns are courses.

use std::collections::HashSet;

use edu_diagnostics::{Diagnostic, Severity};

use super::grid::{CellText, Row};
use super::head::Head;
use super::session::Session;
use super::start::Start;
use crate::cell::{AtCell as _, Cell, Placed};
use crate::label::{OPF_HEADER, is_label};
use crate::layout::{HeadRow, Orientation};
use crate::model::{Matrix, OpfValue};
use crate::rules;

/// Number of columns before the first course: field or label, value.
pub(super) const FRONT: u32 = 2;

/// Reads a matrix, and what stands above it.
pub(super) fn read(session: &mut Session<'_>, start: Start<'_>) -> Matrix {
    let mut grid = start.grid;
    let mut reading = Reading {
        head: Head::new(Orientation::Transposed),
        shift: grid.first_column(),
        first: start.row,
        is_in_body: false,
        is_behind_empty: false,
        unnamed: None,
        strays: HashSet::new(),
    };
    while let Some(row) = session.next(&mut grid) {
        reading.row(session, &row);
    }
    let has_opf_header = reading.is_in_body;
    reading.head.finish(session, has_opf_header)
}

struct Reading {
    head: Head,
    /// Columns to pass over.
    shift: u32,
    /// Number of the first row with a label.
    first: u32,
    /// The header of the profile fields has been read.
    is_in_body: bool,
    /// The row before was empty.
    is_behind_empty: bool,
    /// What the row before lacked, and how bad that was: it is said once for all rows of merged cells.
    unnamed: Option<(&'static str, Severity)>,
    /// Columns that are no courses, of which this has been said.
    strays: HashSet<usize>,
}

impl Reading {
    fn row(&mut self, session: &mut Session<'_>, row: &Row<'_>) {
        let front = row.cells.partition_point(|cell| cell.column < self.shift + FRONT);
        let (front, courses) = row.cells.split_at(front);
        if row.cells.is_empty() {
            self.is_behind_empty |= self.has_values() && !row.is_lost;
            return;
        }
        if self.is_in_body {
            self.value(session, row, front, courses);
            return;
        }
        // Above the first label, a text in front of courses is meant to be one.
        if row.number < self.first && (front.len() != 1 || courses.is_empty()) {
            session.report_above(row, self.shift + FRONT);
            return;
        }
        let is_header = front.iter().any(|cell| {
            let place = cell.column.checked_sub(self.shift).map(|place| place as usize);
            let label = place.and_then(|place| OPF_HEADER.get(place));
            label.is_some_and(|label| is_label(&cell.text, label))
        });
        match front {
            _ if is_header => {
                self.is_in_body = true;
                report_stray(session, row, courses);
            }
            [] => report_stray(session, row, courses),
            [label] => self.labelled(session, row, label, courses),
            // A field and its value, and no header before them.
            [name, value, ..]
                if HeadRow::of(&name.text).is_none() && HeadRow::of(&value.text).is_none() =>
            {
                let label = Diagnostic::new(&rules::LABEL_MISSING).word("label", OPF_HEADER[1]);
                session.report(label.at(row.span));
                self.is_in_body = true;
                self.value(session, row, front, courses);
            }
            [first, second, ..] => {
                let (label, stray) = if HeadRow::of(&first.text).is_some() {
                    (first, second)
                } else {
                    (second, first)
                };
                report_stray(session, row, std::slice::from_ref(stray));
                self.labelled(session, row, label, courses);
            }
        }
    }

    fn has_values(&self) -> bool {
        !self.head.matrix.values.is_empty()
    }

    /// A head row.
    fn labelled(
        &mut self,
        session: &mut Session<'_>,
        row: &Row<'_>,
        label: &CellText<'_>,
        courses: &[CellText<'_>],
    ) {
        let label = self.head.label(session, row.number, label);
        for text in courses {
            let number = (text.column - self.shift - FRONT) as usize;
            self.head.fill(session, label, number, row.number, text);
        }
    }

    /// A row of the profile fields.
    fn value(
        &mut self,
        session: &mut Session<'_>,
        row: &Row<'_>,
        front: &[CellText<'_>],
        courses: &[CellText<'_>],
    ) {
        let [name, value] = front else {
            self.unnamed(session, row, front, courses);
            return;
        };
        self.unnamed = None;
        if std::mem::take(&mut self.is_behind_empty) && !courses.is_empty() {
            let cell = session.cell(row.number, name);
            session.report(Diagnostic::new(&rules::BEHIND_EMPTY_ROW).at_cell(Some(cell)));
        }
        let name = Placed::new(name.text.clone().into_owned(), session.cell(row.number, name));
        let text = Placed::new(value.text.clone().into_owned(), session.cell(row.number, value));
        let value = u32::try_from(self.head.matrix.values.len()).unwrap_or(u32::MAX);
        self.head.matrix.values.push(OpfValue { name, value: text });
        for text in courses {
            let number = (text.column - self.shift - FRONT) as usize;
            if let Some(mark) = session.mark(row.number, value, text) {
                self.head.mark(number, mark);
            } else if self.head.is_course(number) {
                session.report_no_mark(row.number, text);
            } else if self.strays.insert(number) {
                report_stray(session, row, std::slice::from_ref(text));
            }
        }
    }

    /// Reports a row that lacks its field or its value. Without marks it may be a remark below the matrix.
    fn unnamed(
        &mut self,
        session: &mut Session<'_>,
        row: &Row<'_>,
        front: &[CellText<'_>],
        courses: &[CellText<'_>],
    ) {
        let has_name = front.iter().any(|cell| cell.column == self.shift);
        let (what, column) = if has_name {
            ("value of the profile field", self.shift + 1)
        } else {
            ("profile field", self.shift)
        };
        let Some(shown) = front.first().or_else(|| courses.first()) else { return };
        let cell = Cell::new(row.number, column, session.place(shown.span));
        let mut finding = Diagnostic::new(&rules::VALUE_UNNAMED).at_cell(Some(cell));
        let is_value = !has_name && self.has_values() && !self.is_behind_empty;
        if courses.is_empty() && !is_value {
            finding.severity = Severity::Warning;
        }
        let is_said = |said: (&str, Severity)| said.0 == what && said.1 >= finding.severity;
        if !self.unnamed.is_some_and(is_said) {
            self.unnamed = Some((what, finding.severity));
            session.report(finding.word("what", what));
        }
    }
}

/// Reports cells where nothing belongs.
pub(super) fn report_stray(session: &mut Session<'_>, row: &Row<'_>, cells: &[CellText<'_>]) {
    for text in cells {
        let cell = session.cell(row.number, text);
        session.report_found(&rules::STRAY_CELL, text, cell);
    }
}
