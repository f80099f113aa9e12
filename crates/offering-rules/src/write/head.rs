//! The head rows that a matrix needs, and whether they hold all that its columns say.

use super::WriteError;
use super::cells::{cell, course, refuse};
use crate::codes::{Kind, Status};
use crate::label::{OPF_HEADER, is_label};
use crate::layout::{HeadRow, Layout, Orientation};
use crate::model::{Column, Matrix};

/// The head rows of a matrix that is written.
pub(super) struct Head<'m> {
    matrix: &'m Matrix,
    rows: Vec<HeadRow>,
    /// Those of `rows`, then the unknown ones.
    pub(super) labels: Vec<String>,
}

impl<'m> Head<'m> {
    pub(super) fn of(matrix: &'m Matrix) -> Result<Self, WriteError> {
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

    /// The cells of each known head row, one for each column.
    pub(super) fn cells(&self, columns: &[(u32, &Column)]) -> Result<Vec<Vec<String>>, WriteError> {
        for (_, column) in columns {
            self.refuse(column)?;
        }
        let mut cells = Vec::new();
        for row in &self.rows {
            let row: Result<Vec<_>, _> =
                columns.iter().map(|(_, column)| cell(*row, column)).collect();
            cells.push(row?);
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
            Some(status) => status.is_of(self.matrix.kind),
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
