//! Matrices whose columns are courses.

use edu_diagnostics::{Diagnostic, Severity};

use super::grid::{CellText, Grid, Row};
use super::head::Head;
use super::session::Session;
use crate::cell::{AtCell as _, Cell, Placed};
use crate::layout::{HeadRow, OPF_HEADER, Orientation, is_label};
use crate::model::{Matrix, OpfValue};
use crate::rules;

/// Number of columns before the first course: field or label, value.
const FRONT: u32 = 2;

/// Reads on behind the first row that holds something.
pub(super) fn read<'t>(session: &mut Session<'_>, grid: &mut Grid<'t>, first: Row<'t>) -> Matrix {
    let shift = grid.first_column();
    let mut reading = Reading {
        head: Head::new(Orientation::Transposed),
        shift,
        is_in_body: false,
        is_behind_empty: false,
    };
    let mut next = Some(first);
    while let Some(row) = next {
        reading.row(session, &row);
        next = session.next(grid);
    }
    let has_opf_header = reading.is_in_body;
    reading.head.finish(session, has_opf_header)
}

struct Reading {
    head: Head,
    /// Columns to pass over.
    shift: u32,
    /// The header of the profile fields has been read.
    is_in_body: bool,
    /// The row before was empty.
    is_behind_empty: bool,
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
        let is_header = front.iter().any(|cell| {
            let place = (cell.column - self.shift) as usize;
            OPF_HEADER.get(place).is_some_and(|label| is_label(&cell.text, label))
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
            self.head.mark(number, session.mark(row.number, value, text));
        }
    }

    /// Reports a row that lacks its field or its value. Without marks it may be a remark below the matrix.
    fn unnamed(
        &self,
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
        if courses.is_empty() {
            finding.severity = Severity::Warning;
        }
        session.report(finding.word("what", what));
    }
}

/// Reports cells where nothing belongs.
pub(super) fn report_stray(session: &mut Session<'_>, row: &Row<'_>, cells: &[CellText<'_>]) {
    for text in cells {
        let cell = session.cell(row.number, text);
        session.report_found(&rules::STRAY_CELL, text, cell);
    }
}
