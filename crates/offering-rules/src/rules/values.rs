//! The rows of the profile fields.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use edu_diagnostics::{Diagnostic, Sink};

use super::table;
use crate::cell::AtCell;
use crate::model::Matrix;

/// Reports values that are there twice, or nearly.
pub(super) fn check(matrix: &Matrix, sink: &mut dyn Sink) {
    twice(matrix, sink);
    lookalikes(matrix, sink);
}

/// Values that people take for the same.
fn lookalikes(matrix: &Matrix, sink: &mut dyn Sink) {
    let mut known = HashMap::with_capacity(matrix.values.len());
    for row in &matrix.values {
        let (name, value) = (&row.name.value, &row.value.value);
        let mut folded = String::with_capacity(value.len());
        for word in value.split_whitespace() {
            folded.push(' ');
            folded.extend(word.chars().flat_map(char::to_lowercase));
        }
        let (first, cell) = *known.entry((name, folded)).or_insert((value, row.value.cell));
        if first != value {
            let finding = Diagnostic::new(&table::LOOKALIKE)
                .at_cell(row.value.cell)
                .data("name", name)
                .data("value", value)
                .data("other", first);
            sink.report(finding.and_cell(cell, "the other one"));
        }
    }
}

fn twice(matrix: &Matrix, sink: &mut dyn Sink) {
    let mut known = HashMap::with_capacity(matrix.values.len());
    for row in &matrix.values {
        let (name, value) = (&row.name.value, &row.value.value);
        match known.entry((name, value)) {
            Entry::Vacant(entry) => {
                entry.insert(row.value.cell);
            }
            Entry::Occupied(first) => {
                let finding = Diagnostic::new(&table::VALUE_TWICE)
                    .at_cell(row.value.cell)
                    .data("name", name)
                    .data("value", value);
                sink.report(finding.and_cell(*first.get(), "here first"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{column, findings, matrix};
    use crate::codes::Status;
    use crate::layout::Layout;

    #[test]
    fn values_that_are_there_twice_or_nearly() {
        let rows = [("Rank", "A"), ("Ship", "A"), ("Rank", "a"), ("Rank", "A"), ("Rank", "A")];
        let matrix = matrix(Layout::V4_3, &rows, [column("/Root/Fleet/A", Status::OneTime, "x")]);
        let found = findings(&matrix);
        let said: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "`Rank` `A` (cell B7) is there a second time",
                "`Rank` `A` (cell B8) is there a second time",
                "`Rank` `a` (cell B6) differs from `A` in letter case or white space only",
            ]
        );
        assert_eq!(found[0].labels[0].position.map(|position| position.line), Some(4));
        assert_eq!(found[1].labels[0].position.map(|position| position.line), Some(4));
    }
}
