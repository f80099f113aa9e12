//! The columns of one course.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use edu_diagnostics::{Diagnostic, Sink};

use super::columns::is_what;
use super::table;
use crate::asked::Asked;
use crate::cell::AtCell;
use crate::codes::Status;
use crate::predicate::Term;
use crate::profile::FieldMarks;

/// How many columns of a course are compared with each other.
const COMPARED: usize = 200;

/// Reports columns of a course that do not go together, or of which one will do.
pub(super) fn check(asked: &[Asked<'_>], sink: &mut dyn Sink) {
    for columns in &by_course(asked) {
        if columns.len() > 1 {
            statuses(columns, sink);
            let mut rules: Vec<_> = columns
                .iter()
                .filter(|asked| asked.is_rule())
                .map(|asked| Meaning::of(asked))
                .collect();
            repeated(&mut rules, sink);
            implied(&rules, sink);
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

/// What a column asks, to be compared: the order of users and conditions does not count.
struct Meaning<'a, 'm> {
    asked: &'a Asked<'m>,
    users: HashSet<&'m str>,
    conditions: HashSet<&'a Term>,
}

impl<'a, 'm> Meaning<'a, 'm> {
    fn of(asked: &'a Asked<'m>) -> Self {
        let users = asked.column.users.iter().map(|user| user.value.as_str()).collect();
        Self { asked, users, conditions: asked.head.conditions.iter().collect() }
    }

    fn registration(&self) -> &[Term] {
        &self.asked.head.registration
    }

    fn marks(&self) -> &[FieldMarks] {
        &self.asked.marks
    }

    /// A number that is the same for columns that say the same.
    fn number(&self) -> u64 {
        fn one(value: impl Hash) -> u64 {
            let mut hasher = DefaultHasher::new();
            value.hash(&mut hasher);
            hasher.finish()
        }
        let mut hasher = DefaultHasher::new();
        for marks in self.marks() {
            (marks.field, &marks.needed, &marks.excluded).hash(&mut hasher);
        }
        // Sums, for sets have no order.
        let users = self.users.iter().map(one).fold(0, u64::wrapping_add);
        let conditions = self.conditions.iter().map(one).fold(0, u64::wrapping_add);
        (users, conditions, self.registration()).hash(&mut hasher);
        hasher.finish()
    }

    /// Whether every user whom this column means is meant by the other too, as far as can be told from each
    /// condition by itself.
    fn implies(&self, other: &Self) -> bool {
        let has_users = other.users.is_empty()
            || (!self.users.is_empty() && self.users.is_subset(&other.users));
        has_users
            && self.registration() == other.registration()
            && other.marks().iter().all(|wanted| {
                let found = self.marks().binary_search_by_key(&wanted.field, |marks| marks.field);
                found.is_ok_and(|index| implies(&self.marks()[index], wanted))
            })
            && other.conditions.is_subset(&self.conditions)
    }
}

impl PartialEq for Meaning<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        self.registration() == other.registration()
            && self.marks() == other.marks()
            && self.users == other.users
            && self.conditions == other.conditions
    }
}

/// Whether marks of a field leave only users whom the wanted marks leave too: a user has one value of it.
fn implies(given: &FieldMarks, wanted: &FieldMarks) -> bool {
    let has = |values: &[u32], value: &u32| values.binary_search(value).is_ok();
    let excludes = |value: &u32| {
        has(&given.excluded, value) || (!given.needed.is_empty() && !has(&given.needed, value))
    };
    let is_needed = wanted.needed.is_empty()
        || (!given.needed.is_empty()
            && given.needed.iter().all(|value| has(&wanted.needed, value)));
    is_needed && wanted.excluded.iter().all(excludes)
}

/// Columns that say the same; all but the first of them are taken out.
fn repeated(rules: &mut Vec<Meaning<'_, '_>>, sink: &mut dyn Sink) {
    let mut known: HashMap<u64, usize> = HashMap::new();
    let mut kept: Vec<Meaning<'_, '_>> = Vec::with_capacity(rules.len());
    for rule in rules.drain(..) {
        let first = *known.entry(rule.number()).or_insert(kept.len());
        match kept.get(first).filter(|first| **first == rule) {
            Some(first) => report(&table::COLUMN_TWICE, &rule, first, sink),
            None => kept.push(rule),
        }
    }
    *rules = kept;
}

/// Columns that add nobody.
fn implied(rules: &[Meaning<'_, '_>], sink: &mut dyn Sink) {
    let rules = &rules[..rules.len().min(COMPARED)];
    for (number, rule) in rules.iter().enumerate() {
        // Of two that imply each other, the later one is superfluous.
        let wider = rules.iter().enumerate().find(|&(other, wider)| {
            other != number && rule.implies(wider) && (other < number || !wider.implies(rule))
        });
        if let Some((_, wider)) = wider {
            report(&table::COLUMN_IMPLIED, rule, wider, sink);
        }
    }
}

fn report(
    rule: &'static edu_diagnostics::Rule,
    odd: &Meaning<'_, '_>,
    other: &Meaning<'_, '_>,
    sink: &mut dyn Sink,
) {
    let finding =
        Diagnostic::new(rule).at_cell(odd.asked.cell()).data("course", odd.asked.course());
    sink.report(finding.and_cell(other.asked.cell(), "the other column"));
}

#[cfg(test)]
mod tests {
    use super::super::testing::{column, findings, found, matrix, sentences};
    use super::*;
    use crate::layout::Layout;
    use crate::model::Column;
    use crate::predicate::Predicate;

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
