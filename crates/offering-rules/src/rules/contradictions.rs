//! Conditions of a column that exclude each other, or say nothing besides each other.

use std::collections::HashMap;

use edu_diagnostics::{Diagnostic, Sink};

use super::table;
use crate::asked::Asked;
use crate::cell::AtCell;
use crate::codes::{RegistrationKind, Status};
use crate::predicate::Predicate;
use crate::profile::{FieldMarks, Fields};

/// Reports rules that can never apply, and exclusions that need not be there.
pub(super) fn check(fields: &Fields, asked: &[Asked<'_>], sink: &mut dyn Sink) {
    for asked in asked.iter().filter(|asked| asked.is_rule()) {
        negations(asked, sink);
        if asked.status() == Some(&Status::OneTime) {
            completions(asked, sink);
        }
        exclusions(fields, asked, sink);
    }
}

/// A condition and its negation.
fn negations(asked: &Asked<'_>, sink: &mut dyn Sink) {
    let mut known = HashMap::new();
    for condition in &asked.column.conditions {
        let (is_negated, cell, said) = known.entry(&condition.value.predicate).or_insert((
            condition.value.is_negated,
            condition.cell,
            false,
        ));
        if *is_negated != condition.value.is_negated && !*said {
            *said = true;
            let finding = Diagnostic::new(&table::CONTRADICTION)
                .at_cell(condition.cell)
                .data("first", condition.value.clone().negated().to_string())
                .data("second", condition.value.to_string());
            sink.report(finding.and_cell(*cell, "the opposite"));
        }
    }
}

/// Conditions on a completion, in a rule for those who have no registration.
fn completions(asked: &Asked<'_>, sink: &mut dyn Sink) {
    for condition in asked.column.conditions.iter().filter(|found| !found.value.is_negated) {
        let needs_completion = match &condition.value.predicate {
            Predicate::ProfileChangedSinceLastCompletion(_) => true,
            // What is said of those without a completion is not documented.
            Predicate::TypeOfMostRecentlyCompletedRegistration(kinds) => {
                !kinds.contains(&RegistrationKind::Unknown)
            }
            Predicate::MostRecentRegistrationCompletedFor(course) => {
                *course == asked.column.path.value
            }
            _ => false,
        };
        if needs_completion {
            let finding = Diagnostic::new(&table::CONTRADICTION)
                .at_cell(condition.cell)
                .word("first", Status::OneTime.to_string())
                .data("second", condition.value.to_string());
            sink.report(finding.and_cell(asked.status_cell(), "the type"));
        }
    }
}

/// `x` and `!x` for one field.
fn exclusions(fields: &Fields, asked: &Asked<'_>, sink: &mut dyn Sink) {
    let both = |marks: &&FieldMarks| !marks.needed.is_empty() && !marks.excluded.is_empty();
    let redundant: Vec<_> = asked.marks.iter().filter(both).collect();
    if redundant.is_empty() {
        return;
    }
    let excluded = asked.column.marks.iter().filter(|mark| mark.value.is_excluded);
    let cells: HashMap<_, _> = excluded.map(|mark| (mark.value.value, mark.cell)).collect();
    for marks in redundant {
        let first = marks.excluded.first().and_then(|value| cells.get(value));
        let finding = Diagnostic::new(&table::REDUNDANT_EXCLUSION);
        let finding = finding.at_cell(first.copied().flatten());
        sink.report(finding.data("name", fields.name(marks.field)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{column, findings, found, matrix, sentences};
    use super::*;
    use crate::codes::RegistrationKind;
    use crate::layout::Layout;
    use crate::model::Matrix;
    use crate::predicate::Term;

    fn with(status: Status, conditions: &[Term]) -> Matrix {
        let mut column = column("/Root/Fleet/A", status, "x");
        column.conditions = conditions.iter().cloned().map(Into::into).collect();
        matrix(Layout::V4_7, &[("Rank", "Cook")], [column])
    }

    fn completed(course: &str) -> Term {
        Term::of(Predicate::MostRecentRegistrationCompletedFor(course.into()))
    }

    #[test]
    fn a_condition_and_its_negation() {
        let set = |name: &str| Term::of(Predicate::IsInUserSet(name.to_owned()));
        let terms = [set("A"), set("B"), set("B").negated(), set("B").negated(), set("A")];
        assert_eq!(
            sentences(&with(Status::Active, &terms)),
            ["`IsInUserSet(B)` and `!IsInUserSet(B)` cannot hold together (cell ?)"]
        );
    }

    #[test]
    fn once_and_completed() {
        let kinds =
            Predicate::TypeOfMostRecentlyCompletedRegistration(vec![RegistrationKind::Auto]);
        let changed = Predicate::ProfileChangedSinceLastCompletion("Rank".to_owned());
        let cases = [Term::of(kinds.clone()), Term::of(changed), completed("/Root/Fleet/A")];
        for term in cases {
            let found_here = found(&with(Status::OneTime, std::slice::from_ref(&term)));
            assert_eq!(found_here, ["OR-R08"], "{term:?}");
            assert!(!found(&with(Status::ReRegistration, &[term])).contains(&"OR-R08"));
        }
        for term in [Term::not(kinds), completed("/Root/Fleet/B")] {
            assert!(found(&with(Status::OneTime, &[term])).is_empty());
        }
    }

    #[test]
    fn exclusions_of_a_field_with_needed_values() {
        let rows = [("Ship", "A"), ("Rank", "1"), ("Rank", "2"), ("Rank", "3"), ("Port", "A")];
        let matrix = |marks| {
            let column = column("/Root/Fleet/A", Status::OneTime, marks);
            matrix(Layout::V4_3, &rows, [column])
        };
        let found = findings(&matrix("x!x!!"));
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].to_string(),
            "`Rank` has `x` and `!x` in the column (C5); the `!x` say nothing more"
        );
        assert!(findings(&matrix("x!!.!")).is_empty());
    }
}
