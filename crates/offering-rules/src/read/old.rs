//! Matrices of the older format, whose rows are courses.

use edu_diagnostics::Diagnostic;

use super::grid::{CellText, Row};
use super::head::{Head, Label};
use super::session::Session;
use super::start::Start;
use super::transposed::{FRONT, report_stray};
use crate::cell::{AtCell as _, Cell, Placed};
use crate::layout::{HeadRow, Orientation};
use crate::model::{Matrix, OpfValue};
use crate::rules;

/// What a column of the file stands for.
#[derive(Debug, Clone, Copy)]
enum Heading {
    /// Not for anything.
    Nothing,
    Label(Label),
    /// Index into [`Matrix::values`].
    Value(u32),
}

/// Reads a matrix, and what stands above it.
pub(super) fn read(session: &mut Session<'_>, start: Start<'_>) -> Matrix {
    let mut grid = start.grid;
    let mut reading =
        Reading { head: Head::new(Orientation::Old), headings: Vec::new(), courses: 0 };
    let mut first = session.next(&mut grid);
    while let Some(above) = first.take_if(|row| row.number < start.row) {
        session.report_above(&above, grid.first_column() + FRONT);
        first = session.next(&mut grid);
    }
    let Some(names) = first else { return reading.head.finish(session, false) };
    let mut second = session.next(&mut grid);
    // A row with the path of a course is one: there is no row of values. With a text under `Course Name` alone it may
    // be one, beside a remark. (A profile field may be called as one of the labels.)
    let column_of = |row: HeadRow| {
        let is_it =
            |cell: &&CellText<'_>| HeadRow::of(&cell.text).is_some_and(|found| found.row == row);
        names.cells.iter().find(is_it).map(|cell| cell.column)
    };
    let course = column_of(HeadRow::Path).or_else(|| column_of(HeadRow::Name));
    let is_course = |row: &Row<'_>| row.cells.iter().any(|cell| Some(cell.column) == course);
    let is_empty = |row: &Row<'_>| row.cells.is_empty() && !row.is_lost;
    // Empty rows may stand before the values; where there are none, one stands for them.
    let mut ahead = grid.clone();
    let ahead = std::iter::from_fn(|| ahead.next()).map(|(row, _)| row).find(|row| !is_empty(row));
    if ahead.is_some_and(|row| !row.is_lost && !is_course(&row)) {
        while second.as_ref().is_some_and(is_empty) {
            second = session.next(&mut grid);
        }
    }
    let has_values = second.as_ref().is_some_and(|row| !is_course(row));
    let (values, mut next) = if has_values { (second, None) } else { (None, second) };
    reading.headings(session, &names, values.as_ref());
    if next.is_none() {
        next = session.next(&mut grid);
    }
    while let Some(row) = next {
        reading.course(session, &row);
        next = session.next(&mut grid);
    }
    reading.head.finish(session, has_values)
}

struct Reading {
    head: Head,
    /// By column of the file.
    headings: Vec<Heading>,
    /// Number of courses read.
    courses: usize,
}

impl Reading {
    /// The first two rows: labels and fields, and the values of the fields.
    fn headings(&mut self, session: &mut Session<'_>, names: &Row<'_>, values: Option<&Row<'_>>) {
        let value_cells = values.map_or(&[][..], |row| &row.cells);
        // The fields begin with the first value that does not stand under a label: a remark may do so.
        let is_label = |value: &CellText<'_>| {
            let name = names.cells.binary_search_by_key(&value.column, |name| name.column);
            name.is_ok_and(|name| HeadRow::of(&names.cells[name].text).is_some())
        };
        let stray = value_cells.iter().take_while(|value| is_label(value)).count();
        let (stray, value_cells) = value_cells.split_at(stray);
        let first_value = value_cells.first().map_or(u32::MAX, |cell| cell.column);
        let fields = names.cells.partition_point(|cell| cell.column < first_value);
        let (labels, fields) = names.cells.split_at(fields);
        for label in labels {
            let heading = Heading::Label(self.head.label(session, names.number, label));
            self.set(label.column, heading);
        }
        let Some(values) = values else { return };
        report_stray(session, values, stray);
        for value in value_cells {
            // A name stands over the first of its values only.
            let name = fields.partition_point(|name| name.column <= value.column).checked_sub(1);
            let Some(name) = name.map(|name| &fields[name]) else {
                let cell = Cell::new(names.number, value.column, session.place(value.span));
                let finding = Diagnostic::new(&rules::VALUE_UNNAMED).at_cell(Some(cell));
                session.report(finding.word("what", "profile field"));
                continue;
            };
            let name =
                Placed::new(name.text.clone().into_owned(), session.cell(names.number, name));
            let text = session.cell(values.number, value);
            let text = Placed::new(value.text.clone().into_owned(), text);
            let index = u32::try_from(self.head.matrix.values.len()).unwrap_or(u32::MAX);
            self.head.matrix.values.push(OpfValue { name, value: text });
            self.set(value.column, Heading::Value(index));
        }
        for name in fields {
            if value_cells.binary_search_by_key(&name.column, |value| value.column).is_err() {
                let cell = Cell::new(values.number, name.column, session.place(name.span));
                let finding = Diagnostic::new(&rules::VALUE_UNNAMED).at_cell(Some(cell));
                session.report(finding.word("what", "value of the profile field"));
            }
        }
    }

    fn set(&mut self, column: u32, heading: Heading) {
        let column = column as usize;
        if self.headings.len() <= column {
            self.headings.resize(column + 1, Heading::Nothing);
        }
        self.headings[column] = heading;
    }

    /// A row with a course.
    fn course(&mut self, session: &mut Session<'_>, row: &Row<'_>) {
        if row.cells.is_empty() {
            return;
        }
        let number = self.courses;
        self.courses += 1;
        for text in &row.cells {
            match self.headings.get(text.column as usize) {
                Some(Heading::Label(label)) => {
                    self.head.fill(session, *label, number, row.number, text);
                }
                Some(Heading::Value(value)) => {
                    if let Some(mark) = session.mark(row.number, *value, text) {
                        self.head.mark(number, mark);
                    } else {
                        self.head.column(number);
                        session.report_no_mark(row.number, text);
                    }
                }
                Some(Heading::Nothing) | None => {
                    report_stray(session, row, std::slice::from_ref(text));
                }
            }
        }
    }
}
