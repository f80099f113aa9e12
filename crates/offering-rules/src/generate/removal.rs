//! Rules that remove who no longer meets a requirement.
//!
//! That a requirement of several conditions is missed means that one of them is: a rule for each. That the
//! requirements of all columns are missed means that one condition of each column is: a rule for each way to
//! pick one of each.

use std::collections::{HashMap, HashSet};

use edu_diagnostics::{Diagnostic, Severity, Sink};

use super::{Command, Generator, Plan, Removal, RuleColumn, RuleSet, once, weight};
use crate::cell::AtCell as _;
use crate::codes::Kind;
use crate::expression::Expression;
use crate::model::Matrix;
use crate::path::CoursePath;
use crate::predicate::{Predicate, Term};
use crate::rules;

/// Terms that together deny one condition of a column.
type Denial = Vec<Term>;

impl Generator<'_> {
    /// The removal rules of all courses, each once; `weight` is that of the rules that add users.
    pub(super) fn removals(
        &self,
        matrix: &Matrix,
        plan: &Plan<'_>,
        weight: u64,
        sink: &mut dyn Sink,
    ) -> Vec<Command> {
        let courses = by_course(plan).into_iter().zip(&plan.courses);
        let courses: Vec<_> = courses
            .map(|(course, &path)| (path, self.denials_of(&course, path, &mut *sink)))
            .collect();
        let weights = courses.iter().map(|(path, denials)| self.weight(denials, path));
        let weight = weight::sum(std::iter::once(weight).chain(weights));
        if weight > self.condition_limit {
            sink.report(self.too_many_terms(weight));
            return Vec::new();
        }
        let [_, rules] = RuleSet::of(matrix.kind);
        let mut commands = Vec::new();
        for (path, denials) in courses {
            for mut terms in self.rules_of(denials) {
                if matrix.kind == Kind::Registration {
                    terms.push(Term::of(Predicate::HasActiveRegistrations));
                }
                let expression = Expression { terms };
                commands.push(Command::Add { rules, course: path.clone(), expression });
            }
        }
        commands
    }

    /// The denials of each column that is looked at; none where nobody is removed or it would take too many
    /// rules.
    fn denials_of(
        &self,
        course: &[&RuleColumn<'_>],
        path: &CoursePath,
        sink: &mut dyn Sink,
    ) -> Vec<Vec<Denial>> {
        let Some(first) = course.iter().position(|rule| rule.removes) else { return Vec::new() };
        let marked = course[first];
        let at = |rule, column: &RuleColumn<'_>| {
            Diagnostic::new(rule).data("course", path.as_str()).at_cell(column.asked.cell())
        };
        let mut denials: Vec<_> = course.iter().map(|rule| denials(rule)).collect();
        // The first one that is another.
        if let Some(other) = course.get(usize::from(first == 0))
            && are_different(course, &denials)
        {
            let (how, severity) = match self.removal {
                Removal::Course => ("together", Severity::Info),
                Removal::Column => ("one by one", Severity::Warning),
            };
            let other = other.asked.cell();
            let mut finding = at(&rules::REMOVAL_DIFFERS, marked).word("how", how);
            finding.severity = severity;
            sink.report(finding.and_cell(other, "another column of the course"));
        }
        let mut columns = course.to_vec();
        if self.removal == Removal::Column {
            let mut is_marked = course.iter().map(|rule| rule.removes);
            denials.retain(|_| is_marked.next().unwrap_or_default());
            columns.retain(|rule| rule.removes);
        }
        for (&column, _) in columns.iter().zip(&denials).filter(|(_, denials)| denials.is_empty()) {
            // By column, each stands for itself; together, one is enough to keep everybody.
            let asks = if column.removes { column } else { marked };
            let other = column.asked.cell().filter(|_| !column.removes);
            let named =
                other.map_or_else(|| "it".to_owned(), |cell| format!("the column of {cell}"));
            let finding = at(&rules::REMOVAL_WITHOUT_CONDITION, asks).word("other", named);
            sink.report(finding.and_cell(other, "the column that keeps everybody"));
        }
        let limit = u64::try_from(self.removal_limit).unwrap_or(u64::MAX);
        let ways = ways(&denials);
        if self.removal == Removal::Course && ways.is_none_or(|ways| ways > limit) {
            let finding = at(&rules::TOO_MANY_REMOVALS, marked).count("limit", limit);
            sink.report(match ways {
                Some(ways) => finding.count("count", ways),
                None => finding.word("count", format!("more than {}", u64::MAX)),
            });
            return Vec::new();
        }
        denials
    }

    /// What the rules come to, a term that comes twice in a rule counted twice.
    fn weight(&self, denials: &[Vec<Denial>], path: &CoursePath) -> u64 {
        let of_denial = |denial: &Denial| weight::sum(denial.iter().map(weight::of_term));
        let extra = 1 + weight::of_path(path);
        match self.removal {
            Removal::Column => {
                let each = denials.iter().flatten().map(of_denial);
                weight::sum(each.map(|weight| weight.saturating_add(extra)))
            }
            Removal::Course => {
                let ways = ways(denials).unwrap_or(u64::MAX);
                // Each denial of a column is in as many rules as there are ways to pick the others.
                let picked = denials.iter().map(|column| {
                    let rules = ways.checked_div(column.len() as u64).unwrap_or_default();
                    weight::sum(column.iter().map(of_denial)).saturating_mul(rules)
                });
                weight::sum(picked).saturating_add(ways.saturating_mul(extra))
            }
        }
    }

    /// The terms of each rule.
    fn rules_of(&self, denials: Vec<Vec<Denial>>) -> Vec<Vec<Term>> {
        match self.removal {
            Removal::Column => once(denials.into_iter().flatten().collect()),
            Removal::Course => picks(denials),
        }
    }
}

/// The rule columns of each of the courses.
fn by_course<'p>(plan: &'p Plan<'_>) -> Vec<Vec<&'p RuleColumn<'p>>> {
    let mut courses = vec![Vec::new(); plan.courses.len()];
    for rule in &plan.rules {
        courses[rule.course].push(rule);
    }
    courses
}

/// What denies the conditions of a column, of those that removal rules can have. Dates, prerequisites,
/// certificates and what has changed are no reason to remove anybody.
fn denials(rule: &RuleColumn<'_>) -> Vec<Denial> {
    let asked = rule.asked;
    let deny = |term: Term| vec![term.negated()];
    let users: Denial = asked.head.users.iter().cloned().map(Term::not).collect();
    let can_be_denied = |term: &&Term| {
        matches!(
            term.predicate,
            Predicate::IsInUserSet(_) | Predicate::TypeOfMostRecentlyCompletedRegistration(_)
        )
    };
    let profile = rule.profile.iter().cloned().map(deny);
    let users = Some(users).filter(|users| !users.is_empty());
    let conditions = asked.head.conditions.iter().filter(can_be_denied).cloned().map(deny);
    profile.chain(users).chain(conditions).collect()
}

/// Whether removal by course and by column remove different users: somebody who misses a marked column need not
/// miss all others.
fn are_different(course: &[&RuleColumn<'_>], denials: &[Vec<Denial>]) -> bool {
    let mut counts: HashMap<&Denial, usize> = HashMap::new();
    for denial in denials.iter().flatten() {
        *counts.entry(denial).or_default() += 1;
    }
    let marked = course.iter().zip(denials).filter(|(rule, _)| rule.removes);
    let mut marked = marked.flat_map(|(_, denials)| denials);
    marked.any(|denial| counts.get(denial) != Some(&course.len()))
}

/// How many ways there are to pick a denial of each column; `None` where no number holds them.
fn ways(columns: &[Vec<Denial>]) -> Option<u64> {
    if columns.is_empty() || columns.iter().any(Vec::is_empty) {
        return Some(0);
    }
    columns.iter().try_fold(1, |ways: u64, denials| ways.checked_mul(denials.len() as u64))
}

/// Every way to pick a denial of each column, the last column changing first: a term that comes twice is
/// written once, and so are rules of the same terms. None where a column has no denial.
fn picks(columns: Vec<Vec<Denial>>) -> Vec<Vec<Term>> {
    if columns.is_empty() || columns.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let columns = match <[_; 1]>::try_from(columns) {
        Ok([only]) => return only,
        Err(columns) => columns,
    };
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
