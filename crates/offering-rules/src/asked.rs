//! What a column asks, worked out once for all checks.

use crate::cell::Cell;
use crate::codes::Status;
use crate::model::{Column, Matrix};
use crate::profile::{FieldMarks, Fields};
use crate::requirement::Requirement;

/// A column and what it asks.
pub(crate) struct Asked<'m> {
    pub(crate) column: &'m Column,
    /// What is marked.
    pub(crate) marks: Vec<FieldMarks>,
    /// What the head rows ask. It is without the marks: these are compared by number, not by text.
    pub(crate) head: Requirement,
}

impl<'m> Asked<'m> {
    /// What the columns of a matrix ask, those left out that hold nothing.
    pub(crate) fn all(fields: &Fields<'_>, matrix: &'m Matrix) -> Vec<Self> {
        let filled = matrix.columns.iter().filter(|column| !column.is_empty());
        filled.map(|column| Self::of(fields, column)).collect()
    }

    /// Everything that the column asks.
    pub(crate) fn requirement(&self, fields: &Fields<'_>) -> Requirement {
        Requirement { profile: fields.terms(&self.marks), ..self.head.clone() }
    }

    fn of(fields: &Fields<'_>, column: &'m Column) -> Self {
        let head = Requirement::of(fields, &[], column);
        Self { column, marks: fields.marks(column), head }
    }

    /// The status, where there is one.
    pub(crate) fn status(&self) -> Option<&'m Status> {
        self.column.status()
    }

    /// Whether the course has rules.
    pub(crate) fn is_in_force(&self) -> bool {
        self.status().is_some_and(Status::is_in_force)
    }

    /// Whether the column makes a rule.
    pub(crate) fn is_rule(&self) -> bool {
        self.is_in_force() && (self.head.is_rule() || !self.marks.is_empty())
    }

    /// Whether something says which users are meant.
    pub(crate) fn names_users(&self) -> bool {
        self.head.names_users() || !self.marks.is_empty()
    }

    /// What the course is called in a sentence.
    pub(crate) fn course(&self) -> &'m str {
        let (path, name) = (self.column.path.value.as_str(), self.column.name.value.as_str());
        if path.is_empty() { name } else { path }
    }

    /// The cell of the path, which every column has.
    pub(crate) fn cell(&self) -> Option<Cell> {
        self.column.path.cell
    }

    /// The cell of the status.
    pub(crate) fn status_cell(&self) -> Option<Cell> {
        self.column.status.as_ref().and_then(|status| status.cell).or(self.cell())
    }
}
