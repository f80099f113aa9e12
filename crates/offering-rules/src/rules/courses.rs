//! The columns of one course.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use edu_diagnostics::{Diagnostic, Sink};

use super::columns::is_what;
use super::table;
use crate::asked::Asked;
use crate::cell::AtCell;
use crate::codes::Status;
use crate::meaning::Meaning;

/// How many columns of a course are compared with each other.
const COMPARED: usize = 200;

/// Reports columns of a course that do not go together, or of which one will do.
pub(super) fn check(asked: &[Asked<'_>], sink: &mut dyn Sink) {
    for columns in &by_course(asked) {
        if columns.len() > 1 {
            statuses(columns, sink);
            implied(&repeated(columns, sink), sink);
        }
    }
}

/// The columns by course, in the order of the first of each. Those without a path belong to none.
fn by_course<'a, 'm>(asked: &'a [Asked<'m>]) -> Vec<Vec<&'a Asked<'m>>> {
    let (mut courses, mut known) = (Vec::<Vec<_>>::new(), HashMap::new());
    for asked in asked.iter().filter(|asked| !asked.column.path.value.is_empty()) {
        let number = *known.entry(&asked.column.path.value).or_insert(courses.len());
        match courses.get_mut(number) {
            Some(course) => course.push(asked),
            None => courses.push(vec![asked]),
        }
    }
    courses
}

/// Rules are deleted for a whole course: what its columns say of the course has to agree.
fn statuses(columns: &[&Asked<'_>], sink: &mut dyn Sink) {
    let first = |is_meant: fn(&Status) -> bool| {
        columns.iter().find(|asked| asked.status().is_some_and(is_meant))
    };
    let in_force = first(Status::is_in_force);
    let filled = first(|status| !matches!(status, Status::Other(_)));
    for asked in columns {
        let (rule, cell, other) = match asked.status() {
            Some(Status::Deactivated) => {
                (&table::DEACTIVATED_BESIDE, asked.status_cell(), in_force)
            }
            None => (&table::EMPTY_BESIDE, asked.cell(), filled),
            Some(_) => continue,
        };
        if let Some(other) = other {
            let finding = Diagnostic::new(rule)
                .at_cell(cell)
                .data("course", asked.course())
                .word("status", other.status().map(is_what).unwrap_or_default());
            sink.report(finding.and_cell(other.status_cell(), "the other column"));
        }
    }
}

/// A column and what it says.
type Rule<'a, 'm> = (&'a Asked<'m>, Meaning<'a>);

/// The rules that differ; columns that say the same as an earlier one are reported.
fn repeated<'a, 'm>(columns: &[&'a Asked<'m>], sink: &mut dyn Sink) -> Vec<Rule<'a, 'm>> {
    let mut known = HashMap::new();
    for (number, &asked) in columns.iter().enumerate().filter(|(_, asked)| asked.is_rule()) {
        match known.entry(Meaning::of(asked)) {
            Entry::Vacant(entry) => {
                entry.insert((number, asked));
            }
            Entry::Occupied(first) => report(&table::COLUMN_TWICE, asked, first.get().1, sink),
        }
    }
    let mut kept: Vec<_> = known.into_iter().collect();
    kept.sort_unstable_by_key(|(_, (number, _))| *number);
    kept.into_iter().map(|(meaning, (_, asked))| (asked, meaning)).collect()
}

/// Columns that add nobody.
fn implied(rules: &[Rule<'_, '_>], sink: &mut dyn Sink) {
    let rules = &rules[..rules.len().min(COMPARED)];
    for (number, (asked, rule)) in rules.iter().enumerate() {
        // Of two that imply each other, the later one is superfluous.
        let wider = rules.iter().enumerate().find(|&(other, (_, wider))| {
            other != number && rule.implies(wider) && (other < number || !wider.implies(rule))
        });
        if let Some((_, (wider, _))) = wider {
            report(&table::COLUMN_IMPLIED, asked, wider, sink);
        }
    }
}

fn report(
    rule: &'static edu_diagnostics::Rule,
    odd: &Asked<'_>,
    other: &Asked<'_>,
    sink: &mut dyn Sink,
) {
    let finding = Diagnostic::new(rule).at_cell(odd.cell()).data("course", odd.course());
    sink.report(finding.and_cell(other.cell(), "the other column"));
}

#[cfg(test)]
mod tests {
    use super::super::testing::{column, findings, found, matrix, sentences};
    use super::*;
    use crate::layout::Layout;
    use crate::model::Column;
    use crate::predicate::{Predicate, Term};

    const ROWS: [(&str, &str); 5] =
        [("Ship", "A"), ("Ship", "B"), ("Ship", "C"), ("Rank", "1"), ("Rank", "2")];

    fn codes(columns: &[Column]) -> Vec<&'static str> {
        found(&matrix(Layout::V4_7, &ROWS, columns.iter().cloned()))
    }

    fn once(marks: &str) -> Column {
        column("/Root/Fleet/A", Status::OneTime, marks)
    }

    fn set(name: &str) -> crate::Placed<Term> {
        Term::of(Predicate::IsInUserSet(name.to_owned())).into()
    }

    #[test]
    fn columns_that_say_the_same() {
        let mut one = once("x..x");
        one.conditions = vec![set("A"), set("B")];
        one.users = ["eva", "ola"].map(|user| user.to_owned().into()).to_vec();
        let mut same = one.clone();
        same.conditions.reverse();
        same.users.reverse();
        same.name = "Another name".to_owned().into();
        let matrix = matrix(Layout::V4_7, &ROWS, [one.clone(), same, one]);
        let found = findings(&matrix);
        let found: Vec<_> = found.iter().filter(|f| f.rule.code != "OR-R19").collect();
        let said: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "the column (D1) says the same of `/Root/Fleet/A` as another one",
                "the column (E1) says the same of `/Root/Fleet/A` as another one"
            ]
        );
        assert_eq!(found[1].labels[0].position.map(|position| position.column), Some(3));
    }

    #[test]
    fn columns_of_other_courses_and_types_are_others() {
        let other = column("/Root/Fleet/B", Status::OneTime, "x");
        let mut again = column("/Root/Fleet/A", Status::ReRegistration, "x");
        again.certificate = Some("Cook2Y".to_owned().into());
        assert!(codes(&[once("x"), other, again]).is_empty());
    }

    #[test]
    fn marks_that_imply_others() {
        for (narrow, wide) in [
            ("x", "xx"),
            ("x..x", "x"),
            ("x..x", "xx.xx"),
            ("!!", "!"),
            ("x", "..!"),
            ("x", ".!!"),
            ("x..!", "xx"),
            ("x", "x!"),
        ] {
            let expected: &[_] = if wide == "x!" { &["OR-R09", "OR-R10"] } else { &["OR-R10"] };
            assert_eq!(codes(&[once(narrow), once(wide)]), expected, "{narrow} {wide}");
            assert_eq!(codes(&[once(wide), once(narrow)]), expected, "{narrow} {wide}");
        }
        for (one, other) in [
            ("x", ".x"),
            ("x..x", "x...x"),
            ("x..x", "xx..x"),
            ("!", ".!"),
            (".x", ".!"),
            ("x", "...x"),
        ] {
            assert!(codes(&[once(one), once(other)]).is_empty(), "{one} {other}");
        }
    }

    #[test]
    fn users_and_conditions_that_imply_others() {
        let mut narrow = once("");
        narrow.users = vec!["eva".to_owned().into()];
        narrow.conditions = vec![set("A")];
        let mut wide = narrow.clone();
        wide.users.push("ola".to_owned().into());
        assert_eq!(codes(&[narrow.clone(), wide.clone()]), ["OR-R10"]);
        wide.conditions = vec![set("B")];
        assert!(codes(&[narrow.clone(), wide.clone()]).is_empty());
        wide.conditions.clear();
        assert_eq!(codes(&[narrow.clone(), wide.clone()]), ["OR-R10"]);
        wide.conditions = vec![set("A")];
        wide.users.clear();
        assert_eq!(codes(&[wide, narrow]), ["OR-R10"]);
    }

    #[test]
    fn statuses_that_do_not_go_together() {
        let ended = column("/Root/Fleet/A", Status::Deactivated, "x");
        let planned = column("/Root/Fleet/A", None, "x");
        let columns = [ended.clone(), once("x"), planned.clone(), Column::default()];
        assert_eq!(
            sentences(&matrix(Layout::V4_3, &ROWS, columns)),
            [
                "`/Root/Fleet/A` (C2) is Deactivated here and OneTime in another column",
                "`/Root/Fleet/A` (E1) has no status here and is Deactivated in another column",
            ]
        );
        assert!(codes(&[ended.clone(), ended]).is_empty());
        assert!(codes(&[planned.clone(), planned]).is_empty());
    }

    #[test]
    fn a_course_with_thousands_of_columns() {
        let rows: Vec<_> = (0..5000).map(|number| number.to_string()).collect();
        let rows: Vec<_> = rows.iter().map(|value| ("Rank", value.as_str())).collect();
        let columns = (0..rows.len()).map(|number| once(&format!("{}x", ".".repeat(number))));
        assert!(found(&matrix(Layout::V4_3, &rows, columns)).is_empty());
    }
}
