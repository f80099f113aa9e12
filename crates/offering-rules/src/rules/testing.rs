//! Matrices for tests.

use edu_diagnostics::{Collector, Diagnostic, Place, Position, Span};

use crate::cell::Cell;
use crate::codes::{Kind, Status};
use crate::layout::Layout;
use crate::model::{Column, Mark, Matrix, OpfValue};
use crate::path::CoursePath;

/// A column with its marks: `x`, `!` for `!x`, and `.` for none.
pub(super) fn column(path: &str, status: impl Into<Option<Status>>, marks: &str) -> Column {
    let marks = (0..).zip(marks.chars()).filter(|(_, mark)| *mark != '.');
    let mark = |(value, mark)| Mark { value, is_excluded: mark == '!' };
    Column {
        path: CoursePath::new(path).into(),
        status: status.into().map(Into::into),
        marks: marks.map(|marked| mark(marked).into()).collect(),
        ..Column::default()
    }
}

/// A matrix with courses from column C on: the path in row 1, the status in row 2, the values from row 4 on.
pub(super) fn matrix(
    layout: Layout,
    rows: &[(&str, &str)],
    columns: impl IntoIterator<Item = Column>,
) -> Matrix {
    let mut matrix = Matrix::new(Kind::Registration, layout);
    for (row, (name, value)) in (3..).zip(rows) {
        let mut placed = OpfValue::new(*name, *value);
        (placed.name.cell, placed.value.cell) = (Some(cell(row, 0)), Some(cell(row, 1)));
        matrix.values.push(placed);
    }
    for (number, mut column) in (2..).zip(columns) {
        if !column.is_empty() {
            column.path.cell = Some(cell(0, number));
        }
        if let Some(status) = &mut column.status {
            status.cell = Some(cell(1, number));
        }
        for mark in &mut column.marks {
            mark.cell = Some(cell(mark.value.value + 3, number));
        }
        matrix.columns.push(column);
    }
    matrix
}

fn cell(row: u32, column: u32) -> Cell {
    let position = Position { line: u64::from(row) + 1, column: u64::from(column) + 1 };
    Cell::new(row, column, Place::new((Span::default(), position)))
}

/// What the checks find, in the order in which they find it; the organisation is `/Root/Fleet`.
pub(super) fn findings(matrix: &Matrix) -> Vec<Diagnostic> {
    let mut found = Collector::new();
    super::check(matrix, Some(&"/Root/Fleet".into()), None, &mut found);
    found.findings().to_vec()
}

/// The codes of what the checks find, sorted.
pub(super) fn found(matrix: &Matrix) -> Vec<&'static str> {
    let mut codes: Vec<_> = findings(matrix).iter().map(|finding| finding.rule.code).collect();
    codes.sort_unstable();
    codes
}

/// The sentences of what the checks find.
pub(super) fn sentences(matrix: &Matrix) -> Vec<String> {
    findings(matrix).iter().map(ToString::to_string).collect()
}
