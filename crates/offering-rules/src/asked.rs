//! What a column asks, worked out once for all checks.

use crate::cell::Cell;
use crate::codes::Status;
use crate::expression::Expression;
use crate::model::{Column, Matrix};
use crate::predicate::{Predicate, Term};
use crate::profile::{FieldMarks, Fields};
use crate::requirement::Requirement;

/// A column and what it asks.
pub(crate) struct Asked<'m> {
    pub(crate) column: &'m Column,
    /// What is marked: compared by number, not by text.
    pub(crate) marks: Vec<FieldMarks>,
    /// What the head rows ask.
    pub(crate) head: Requirement,
}

impl<'m> Asked<'m> {
    /// What the columns of a matrix ask, those left out that hold nothing.
    pub(crate) fn all(fields: &Fields, matrix: &'m Matrix) -> Vec<Self> {
        let filled = matrix.columns.iter().filter(|column| !column.is_empty());
        filled.map(|column| Self::of(fields, column)).collect()
    }

    fn of(fields: &Fields, column: &'m Column) -> Self {
        Self { column, marks: fields.marks(column), head: Requirement::of(column) }
    }

    /// The expressions of the rules: one for each user where users are named, otherwise one.
    /// `profile` is what the marks say.
    pub(crate) fn expressions(&self, profile: &[Term]) -> Vec<Expression> {
        let Requirement { users, conditions, registration } = &self.head;
        let profile = || profile.iter().cloned();
        let behind = || conditions.iter().chain(registration).cloned();
        if users.is_empty() {
            return vec![Expression { terms: profile().chain(behind()).collect() }];
        }
        let with = |user: &Predicate| {
            let user = std::iter::once(Term::of(user.clone()));
            Expression { terms: profile().chain(user).chain(behind()).collect() }
        };
        users.iter().map(with).collect()
    }

    /// The status, where there is one.
    pub(crate) fn status(&self) -> Option<&'m Status> {
        self.column.status()
    }

    /// Whether the course has rules.
    pub(crate) fn is_in_force(&self) -> bool {
        self.status().is_some_and(Status::is_in_force)
    }

    /// Whether the column makes a rule: nothing at all would be a rule for everybody.
    pub(crate) fn is_rule(&self) -> bool {
        self.is_in_force() && (self.names_users() || !self.head.conditions.is_empty())
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

impl Matrix {
    /// The columns, each with the expressions of its rules: one for each user that it names, otherwise one;
    /// none where the course is deactivated, being prepared, or has no requirement.
    ///
    /// Values marked for one profile field are alternatives, all else must hold together; see
    /// the crate's page for the order.
    pub fn expressions(&self) -> impl Iterator<Item = (&Column, Vec<Expression>)> {
        let fields = Fields::of(self);
        self.columns.iter().map(move |column| {
            let asked = Asked::of(&fields, column);
            let profile = fields.terms(&asked.marks);
            (column, if asked.is_rule() { asked.expressions(&profile) } else { Vec::new() })
        })
    }
}
