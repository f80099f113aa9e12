//! Rules that remove who no longer meets a requirement.
//!
//! That a requirement of several conditions is missed means that one of them is: a rule for each. That the
//! requirements of all columns are missed means that one condition of each column is: a rule for each way to
//! pick one of each.

use std::collections::{HashMap, HashSet};

use edu_diagnostics::{Diagnostic, Severity, Sink};

use super::{Command, Generator, Plan, Removal, RuleColumn, RuleSet, once};
use crate::cell::{AtCell as _, Cell};
use crate::codes::Kind;
use crate::expression::Expression;
use crate::model::Matrix;
use crate::path::CoursePath;
use crate::predicate::{Predicate, Term};
use crate::requirement::Requirement;
use crate::rules;

/// Terms that together deny one condition of a column.
type Denial = Vec<Term>;

/// The rule columns of a course.
#[derive(Debug, Clone, Default)]
struct Course<'p> {
    /// Those that differ.
    columns: Vec<&'p RuleColumn<'p>>,
    /// For each of them, whether it or one that says the same has the mark.
    is_marked: Vec<bool>,
}

impl Generator<'_> {
    /// The removal rules of all courses, each once.
    pub(super) fn removals(
        &self,
        matrix: &Matrix,
        plan: &Plan<'_>,
        sink: &mut dyn Sink,
    ) -> Vec<Command> {
        let [_, rules] = RuleSet::of(matrix.kind);
        let mut commands = Vec::new();
        for (course, &path) in by_course(plan).iter().zip(&plan.courses) {
            for mut terms in self.removals_of(course, path, sink) {
                if matrix.kind == Kind::Registration {
                    terms.push(Term::of(Predicate::HasActiveRegistrations));
                }
                let expression = Expression { terms };
                commands.push(Command::Add { rules, course: path.clone(), expression });
            }
        }
        commands
    }

    fn removals_of(
        &self,
        course: &Course<'_>,
        path: &CoursePath,
        sink: &mut dyn Sink,
    ) -> Vec<Vec<Term>> {
        let Some(marked) = course.is_marked.iter().position(|&is_marked| is_marked) else {
            return Vec::new();
        };
        let at = |rule, column: usize| {
            let cell = course.columns.get(column).and_then(|rule| rule.column.path.cell);
            Diagnostic::new(rule).data("course", path.as_str()).at_cell(cell)
        };
        if course.columns.len() > 1 {
            let (how, severity) = match self.removal {
                Removal::Course => ("together", Severity::Info),
                Removal::Column => ("one by one", Severity::Warning),
            };
            let other = course.other_than(marked);
            let mut finding = at(&rules::REMOVAL_DIFFERS, marked).word("how", how);
            finding.severity = severity;
            sink.report(finding.and_cell(other, "another column of the course"));
        }
        let is_looked_at = |&column: &usize| match self.removal {
            Removal::Course => true,
            Removal::Column => course.is_marked[column],
        };
        let columns: Vec<usize> = (0..course.columns.len()).filter(is_looked_at).collect();
        let denials: Vec<_> =
            columns.iter().map(|&column| denials(&course.columns[column].requirement)).collect();
        for (&column, _) in columns.iter().zip(&denials).filter(|(_, denials)| denials.is_empty()) {
            // By column, each stands for itself; together, one is enough to keep everybody.
            let asks = if course.is_marked[column] { column } else { marked };
            let other = course.columns[column].column.path.cell.filter(|_| asks != column);
            let named =
                other.map_or_else(|| "it".to_owned(), |cell| format!("the column of {cell}"));
            let finding = at(&rules::REMOVAL_WITHOUT_CONDITION, asks).word("other", named);
            sink.report(finding.and_cell(other, "the column that keeps everybody"));
        }
        if self.removal == Removal::Column {
            return once(denials.into_iter().flatten().collect());
        }
        let ways = denials
            .iter()
            .try_fold(1, |ways: u64, denials| ways.checked_mul(u64::try_from(denials.len()).ok()?));
        let limit = u64::try_from(self.removal_limit).unwrap_or(u64::MAX);
        let longest = denials.iter().filter_map(|denials| denials.iter().map(Vec::len).max());
        let longest = longest.fold(1, |all: u64, one| all.saturating_add(one as u64));
        let terms = ways.unwrap_or(u64::MAX).saturating_mul(longest);
        let is_too_much = ways.is_none_or(|ways| ways > limit) || terms > self.condition_limit;
        if is_too_much && !denials.iter().any(Vec::is_empty) {
            let finding = at(&rules::TOO_MANY_REMOVALS, marked).count("limit", limit);
            sink.report(match ways {
                Some(ways) => finding.count("count", ways),
                None => finding.word("count", format!("more than {}", u64::MAX)),
            });
            return Vec::new();
        }
        picks(&denials)
    }
}

impl Course<'_> {
    /// The cell of the first column that is not this one.
    fn other_than(&self, column: usize) -> Option<Cell> {
        let other = self.columns.get(usize::from(column == 0))?;
        other.column.path.cell
    }
}

/// The rule columns of each of the courses; none of those where nobody is removed.
fn by_course<'p>(plan: &'p Plan<'_>) -> Vec<Course<'p>> {
    let mut courses = vec![Course::default(); plan.courses.len()];
    let mut has_mark = vec![false; plan.courses.len()];
    for rule in &plan.rules {
        has_mark[rule.course] |= rule.column.removal.value;
    }
    let mut known = HashMap::new();
    for rule in plan.rules.iter().filter(|rule| has_mark[rule.course]) {
        let Requirement { users, conditions, registration, .. } = &rule.requirement;
        let course = &mut courses[rule.course];
        // The marks are compared by number, not by text.
        let says = (rule.course, rule.marks, users, conditions, registration);
        let number = *known.entry(says).or_insert_with(|| {
            course.columns.push(rule);
            course.is_marked.push(false);
            course.columns.len() - 1
        });
        course.is_marked[number] |= rule.column.removal.value;
    }
    courses
}

/// What denies the conditions of a column, of those that removal rules can have. Dates, prerequisites,
/// certificates and what has changed are no reason to remove anybody.
fn denials(requirement: &Requirement) -> Vec<Denial> {
    let deny = |term: &Term| vec![term.clone().negated()];
    let users: Denial = requirement.users.iter().cloned().map(Term::not).collect();
    let can_be_denied = |term: &&Term| {
        matches!(
            term.predicate,
            Predicate::IsInUserSet(_) | Predicate::TypeOfMostRecentlyCompletedRegistration(_)
        )
    };
    let profile = requirement.profile.iter().map(deny);
    let users = Some(users).filter(|users| !users.is_empty());
    let conditions = requirement.conditions.iter().filter(can_be_denied).map(deny);
    once(profile.chain(users).chain(conditions).collect())
}

/// Every way to pick a denial of each column, the last column changing first: a term that comes twice is
/// written once, and so are rules of the same terms. None where a column has no denial.
fn picks(columns: &[Vec<Denial>]) -> Vec<Vec<Term>> {
    if columns.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    // Terms are compared once, their numbers afterwards.
    let mut numbers = HashMap::new();
    let mut terms: Vec<&Term> = Vec::new();
    let mut number_of = |term| {
        *numbers.entry(term).or_insert_with(|| {
            terms.push(term);
            terms.len() - 1
        })
    };
    let columns: Vec<Vec<Vec<usize>>> = columns
        .iter()
        .map(|denials| {
            denials.iter().map(|denial| denial.iter().map(&mut number_of).collect()).collect()
        })
        .collect();
    let (mut found, mut known) = (Vec::new(), HashSet::new());
    let mut picked = vec![0; columns.len()];
    loop {
        let denials = columns.iter().zip(&picked).map(|(denials, &pick)| &denials[pick]);
        let rule = once(denials.flatten().copied().collect());
        let mut same = rule.clone();
        same.sort_unstable();
        if known.insert(same) {
            found.push(rule.into_iter().map(|number: usize| terms[number].clone()).collect());
        }
        let next = (0..columns.len()).rev().find(|&at| picked[at] + 1 < columns[at].len());
        let Some(next) = next else { return found };
        picked[next] += 1;
        picked[next + 1..].fill(0);
    }
}
