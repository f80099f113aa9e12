//! The rows of the profile fields.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use edu_diagnostics::{Diagnostic, Sink};

use super::table;
use crate::cell::AtCell;
use crate::model::{Matrix, OpfValue};

/// Reports values that are there twice, or nearly.
pub(super) fn check(matrix: &Matrix, sink: &mut dyn Sink) {
    values(matrix, sink);
    field_lookalikes(matrix, sink);
    marks(matrix, sink);
}

/// Values that are there twice, and those that people take for the same.
fn values(matrix: &Matrix, sink: &mut dyn Sink) {
    let mut known = HashMap::with_capacity(matrix.values.len());
    // Those that only look like the first.
    let mut others = HashMap::new();
    for row in &matrix.values {
        let (name, value) = (&row.name.value, &row.value.value);
        let alike = match known.entry((name, folded(value))) {
            Entry::Vacant(entry) => {
                entry.insert(row);
                continue;
            }
            Entry::Occupied(entry) => *entry.get(),
        };
        let same = if alike.value == row.value {
            Some(alike)
        } else {
            match others.entry((name, value)) {
                Entry::Vacant(entry) => {
                    entry.insert(row);
                    None
                }
                Entry::Occupied(entry) => Some(*entry.get()),
            }
        };
        let finding = |rule| {
            let finding = Diagnostic::new(rule).at_cell(row.value.cell);
            finding.data("name", name).data("value", value)
        };
        sink.report(match same {
            Some(same) => finding(&table::VALUE_TWICE).and_cell(same.value.cell, "here first"),
            None => finding(&table::LOOKALIKE)
                .data("other", &alike.value.value)
                .and_cell(alike.value.cell, "the other one"),
        });
    }
}

/// Values that are marks: what is left of a row that has moved to the left.
fn marks(matrix: &Matrix, sink: &mut dyn Sink) {
    let is_mark =
        |row: &&OpfValue| ["x", "!x"].iter().any(|mark| row.value.value.eq_ignore_ascii_case(mark));
    let mut marks = matrix.values.iter().filter(is_mark).peekable();
    if marks.peek().is_none() {
        return;
    }
    let mut rows: HashMap<&str, usize> = HashMap::new();
    for row in &matrix.values {
        *rows.entry(&row.name.value).or_default() += 1;
    }
    for row in marks {
        if rows.get(row.name.value.as_str()) == Some(&1) {
            let finding = Diagnostic::new(&table::VALUE_IS_MARK)
                .at_cell(row.value.cell)
                .data("name", &row.name.value)
                .data("value", &row.value.value);
            sink.report(finding);
        }
    }
}

/// Fields that people take for the same, each spelling once.
fn field_lookalikes(matrix: &Matrix, sink: &mut dyn Sink) {
    let (mut spellings, mut known) = (HashSet::new(), HashMap::new());
    let mut last = None;
    for OpfValue { name, .. } in &matrix.values {
        // Mostly the values of a field stand below each other.
        if last.replace(&name.value) == Some(&name.value) || !spellings.insert(&name.value) {
            continue;
        }
        let (first, cell) = *known.entry(folded(&name.value)).or_insert((&name.value, name.cell));
        if first != &name.value {
            let finding = Diagnostic::new(&table::FIELD_LOOKALIKE)
                .at_cell(name.cell)
                .data("name", &name.value)
                .data("other", first);
            sink.report(finding.and_cell(cell, "the other one"));
        }
    }
}

/// A text without letter case, and without what white space it has.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        folded.push(' ');
        if word.is_ascii() {
            folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            folded.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::super::testing::{column, findings, matrix};
    use super::*;
    use crate::codes::Status;
    use crate::layout::Layout;

    #[test]
    fn values_that_are_there_twice_or_nearly() {
        let rows = [("Rank", "A"), ("Ship", "A"), ("Rank", "a"), ("Rank", "A"), ("Rank", "a")];
        let matrix = matrix(Layout::V4_3, &rows, [column("/Root/Fleet/A", Status::OneTime, "x")]);
        let found = findings(&matrix);
        let said: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "`Rank` `a` (cell B6) differs from `A` in letter case or white space only",
                "`Rank` `A` (cell B7) is there a second time",
                "`Rank` `a` (cell B8) is there a second time",
            ]
        );
        let first = |finding: &Diagnostic| finding.labels[0].position.map(|place| place.line);
        assert_eq!(found.iter().map(first).collect::<Vec<_>>(), [Some(4), Some(4), Some(6)]);
    }

    #[test]
    fn fields_that_are_nearly_the_same() {
        let rows =
            [("Home Port", "A"), ("home  port", "B"), ("home  port", "C"), ("HomePort", "D")];
        let matrix = matrix(Layout::V4_3, &rows, [column("/Root/Fleet/A", Status::OneTime, "x")]);
        let said: Vec<_> = findings(&matrix).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            ["`home  port` (cell A5) differs from `Home Port` in letter case or white space only"]
        );
    }

    #[test]
    fn rows_that_have_moved_to_the_left() {
        let rows =
            [("Rank", "A"), ("Aurora", "X"), ("Borealis", "!x"), ("Class", "W"), ("Class", "X")];
        let matrix = matrix(Layout::V4_3, &rows, [column("/Root/Fleet/A", Status::OneTime, "x")]);
        let said: Vec<_> = findings(&matrix).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "`Aurora` has the value `X` (cell B5), which is a mark",
                "`Borealis` has the value `!x` (cell B6), which is a mark",
            ]
        );
    }
}
