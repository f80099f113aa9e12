//! From marks to conditions on profile fields.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Column, Mark, Matrix, OpfValue};
use crate::predicate::{Predicate, Term};

/// The profile fields of a matrix, so that marks are grouped without comparing names.
#[derive(Debug)]
pub(crate) struct Fields {
    /// Number of the field of each of [`Matrix::values`], in the order in which fields come first.
    numbers: Vec<u32>,
    names: Vec<Arc<str>>,
    /// The text of each value.
    values: Vec<Arc<str>>,
}

/// The marks of one field in a column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FieldMarks {
    /// Number of the field.
    pub(crate) field: u32,
    /// Values marked `x`, as indices into [`Matrix::values`], ascending.
    pub(crate) needed: Vec<u32>,
    /// Values marked `!x`.
    pub(crate) excluded: Vec<u32>,
}

impl Fields {
    pub(crate) fn of<'m>(matrix: &'m Matrix) -> Self {
        let (mut names, mut known) = (Vec::new(), HashMap::new());
        let number_of = |value: &'m OpfValue| {
            let name = value.name.value.as_str();
            *known.entry(name).or_insert_with(|| {
                names.push(Arc::from(name));
                u32::try_from(names.len() - 1).unwrap_or(u32::MAX)
            })
        };
        let numbers = matrix.values.iter().map(number_of).collect();
        let values = matrix.values.iter().map(|value| value.value.value.as_str().into()).collect();
        Self { numbers, names, values }
    }

    /// The marks of a column, by field. Marks of values that are not there are left out.
    pub(crate) fn marks(&self, column: &Column) -> Vec<FieldMarks> {
        let field = |mark: &Mark| self.numbers.get(mark.value as usize).copied();
        let marks = column.marks.iter().map(|mark| mark.value);
        let mut marks: Vec<_> =
            marks.filter_map(|mark| Some((field(&mark)?, mark.value, mark.is_excluded))).collect();
        marks.sort_unstable();
        let mut found = Vec::new();
        for marks in marks.chunk_by(|one, other| one.0 == other.0) {
            let values = |is_excluded| {
                marks.iter().filter(move |mark| mark.2 == is_excluded).map(|mark| mark.1).collect()
            };
            let [needed, excluded] = [values(false), values(true)];
            found.push(FieldMarks { field: marks[0].0, needed, excluded });
        }
        found
    }

    /// Number of the field of a value.
    pub(crate) fn number(&self, value: usize) -> u32 {
        self.numbers.get(value).copied().unwrap_or(u32::MAX)
    }

    /// Name of a field.
    pub(crate) fn name(&self, field: u32) -> &str {
        self.names.get(field as usize).map_or("", |name| name)
    }

    /// Text of a value.
    pub(crate) fn value(&self, value: u32) -> &str {
        self.values.get(value as usize).map_or("", |text| text)
    }

    /// What the marks of a column ask for: one predicate for the needed values of each field, then one for
    /// the excluded values of each, in the order of the matrix.
    pub(crate) fn terms(&self, marks: &[FieldMarks]) -> Vec<Term> {
        let predicate = |marks: &FieldMarks, values: &[u32]| Predicate::ProfileValueIn {
            field: self.names[marks.field as usize].clone(),
            values: values.iter().map(|&value| self.values[value as usize].clone()).collect(),
        };
        let needed = marks.iter().filter(|marks| !marks.needed.is_empty());
        let excluded = marks.iter().filter(|marks| !marks.excluded.is_empty());
        needed
            .map(|marks| Term::of(predicate(marks, &marks.needed)))
            .chain(excluded.map(|marks| Term::not(predicate(marks, &marks.excluded))))
            .collect()
    }
}
