//! From a matrix to the commands that replace the rules.

mod command;
mod dialect;
mod placeholder;
mod removal;
mod render;
mod weight;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use edu_diagnostics::{Diagnostic, Severity, Sink};

use crate::asked::Asked;
use crate::cell::AtCell as _;
use crate::codes::Status;
use crate::layout::HeadRow;
use crate::meaning::Meaning;
use crate::model::Matrix;
use crate::opf::Catalogue;
use crate::path::CoursePath;
use crate::predicate::Term;
use crate::profile::Fields;
use crate::read::status_unknown;
use crate::rules;

pub use command::{Command, RuleSet};
pub use dialect::{CommandName, CommandSpelling, Dialect, DialectError, PredicateName};
pub use placeholder::{Template, TemplateError};
pub use render::{RenderError, Unrenderable};

/// Whom the removal rules of a course with several columns remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Removal {
    /// Users who meet the requirement of no column, whether it is marked for removal or not.
    #[default]
    Course,
    /// Users who miss the requirement of one marked column, even if another column registers them again.
    Column,
}

/// Makes the commands that replace the rules of the courses of a matrix. The value is its own configuration.
///
/// First all rules of every course with a status are deleted, then those of the matrix are added: executing
/// the commands again changes nothing.
///
/// ```
/// use offering_rules::{Column, Dialect, Generator, Kind, Layout, Mark, Matrix, OpfValue, Status};
/// use offering_rules::edu_diagnostics::Collector;
///
/// let mut matrix = Matrix::new(Kind::Instructor, Layout::V4_3);
/// matrix.values.push(OpfValue::new("Rank", "Master"));
/// matrix.columns.push(Column {
///     path: offering_rules::CoursePath::new("/Root/Org/Fire").into(),
///     status: Some(Status::Active.into()),
///     marks: vec![Mark { value: 0, is_excluded: false }.into()],
///     ..Column::default()
/// });
/// let mut findings = Collector::new();
/// let commands = Generator::new().generate(&matrix, &mut findings).unwrap();
/// assert_eq!(
///     Dialect::default().render(&"/Root/Org".into(), &commands)?,
///     "deleteInstructorRules /Root/Org /Root/Org/Fire AUTO\n\
///      deleteRemoveInstructorRules /Root/Org /Root/Org/Fire AUTO\n\
///      addInstructorRule /Root/Org /Root/Org/Fire \"ProfileValueIn(Rank,Master)\" AUTO\n"
/// );
/// # Ok::<(), offering_rules::RenderError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Generator<'c> {
    organisation: Option<CoursePath>,
    catalogue: Option<&'c Catalogue>,
    removal: Removal,
    removal_limit: usize,
    condition_limit: u64,
    has_processing: bool,
}

impl Default for Generator<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'c> Generator<'c> {
    /// Removal rules of a course at most, unless [`with_removal_limit`](Self::with_removal_limit) says
    /// otherwise.
    pub const REMOVAL_LIMIT: usize = 256;

    /// Conditions of all rules together at most, unless
    /// [`with_condition_limit`](Self::with_condition_limit) says otherwise.
    pub const CONDITION_LIMIT: u64 = 10_000_000;

    /// A generator that removes users by course.
    pub fn new() -> Self {
        Self {
            organisation: None,
            catalogue: None,
            removal: Removal::default(),
            removal_limit: Self::REMOVAL_LIMIT,
            condition_limit: Self::CONDITION_LIMIT,
            has_processing: false,
        }
    }

    /// Reports courses that are not below this organisation (`OR-R02`).
    pub fn with_organisation(self, organisation: CoursePath) -> Self {
        Self { organisation: Some(organisation), ..self }
    }

    /// Reports profile fields and values that the organisation does not have (`OR-R17`, `OR-R18`).
    pub fn with_catalogue(self, catalogue: &'c Catalogue) -> Self {
        Self { catalogue: Some(catalogue), ..self }
    }

    /// Removes users by course or by column.
    pub fn with_removal(self, removal: Removal) -> Self {
        Self { removal, ..self }
    }

    /// Allows so many removal rules for a course with [`Removal::Course`], of which it takes as many as
    /// there are ways to pick a condition of each column.
    pub fn with_removal_limit(self, removal_limit: usize) -> Self {
        Self { removal_limit, ..self }
    }

    /// Allows so many conditions of all rules together, of those that remove users too: each user whom a
    /// column names has a rule with everything else that the column asks. A marked value counts as one, and so
    /// does any other condition; a long text counts as one for each 128 bytes, for every rule has its copy.
    pub fn with_condition_limit(self, condition_limit: u64) -> Self {
        Self { condition_limit, ..self }
    }

    /// Pauses the working off of rules before everything, and behind everything has the rules of each
    /// course with changes worked off for all users, and continues. Without courses nothing is done.
    pub fn with_processing(self, has_processing: bool) -> Self {
        Self { has_processing, ..self }
    }

    /// Checks a matrix and makes its commands: deletes in the order of the courses, additions in the order of
    /// the columns, removal rules in the order of the courses, each once. `None` where there is a finding
    /// that is an error: nothing may be executed then, for the deletes would go through.
    ///
    /// All findings go to the sink: those about the rules (`OR-R`) and those about the commands (`OR-G`).
    pub fn generate(&self, matrix: &Matrix, sink: &mut dyn Sink) -> Option<Vec<Command>> {
        let mut has_error = false;
        let mut watch = |finding: Diagnostic| {
            has_error |= finding.severity == Severity::Error;
            sink.report(finding);
        };
        let fields = Fields::of(matrix);
        let asked = Asked::all(&fields, matrix);
        let organisation = self.organisation.as_ref();
        rules::check_asked(matrix, &fields, &asked, organisation, self.catalogue, &mut watch);
        if matrix.is_incomplete || asked.iter().any(has_lost_marks) {
            watch(Diagnostic::new(&rules::INCOMPLETE));
        } else {
            check_built(matrix, &mut watch);
        }
        let plan = Plan::of(&fields, &asked);
        let columns = plan.rules.iter().map(|rule| weight::of_column(&fields, rule.asked));
        let weight = weight::sum(columns);
        if weight > self.condition_limit {
            watch(self.too_many_terms(weight));
            return None;
        }
        let removals = self.removals(matrix, &plan, weight, &mut watch);
        if has_error {
            return None;
        }
        let mut changes = plan.deletes(matrix);
        changes.extend(plan.additions(matrix));
        changes.extend(removals);
        Some(self.with_frame(matrix, &plan.courses, changes))
    }

    fn too_many_terms(&self, count: u64) -> Diagnostic {
        let finding = Diagnostic::new(&rules::TOO_MANY_TERMS).count("count", count);
        finding.count("limit", self.condition_limit)
    }

    fn with_frame(
        &self,
        matrix: &Matrix,
        courses: &[&CoursePath],
        changes: Vec<Command>,
    ) -> Vec<Command> {
        if !self.has_processing || changes.is_empty() {
            return changes;
        }
        let again = courses
            .iter()
            .map(|&course| Command::ReEvaluate { kind: matrix.kind, course: course.clone() });
        std::iter::once(Command::Pause)
            .chain(changes)
            .chain(again)
            .chain([Command::Continue])
            .collect()
    }
}

/// Whether a mark is for a value that is not there: a condition would be missing.
fn has_lost_marks(asked: &Asked<'_>) -> bool {
    let found = asked.marks.iter().map(|marks| marks.needed.len() + marks.excluded.len());
    found.sum::<usize>() < asked.column.marks.len()
}

/// Reports paths that are none and statuses of the other kind: a reader has said so already, who builds a
/// matrix has not.
fn check_built(matrix: &Matrix, sink: &mut dyn Sink) {
    for column in &matrix.columns {
        let Some(status) = &column.status else { continue };
        if !status.value.is_of(matrix.kind) {
            let label = HeadRow::of_status(matrix.kind).label(matrix.layout);
            let found = status.value.as_str();
            sink.report(status_unknown(found, label, matrix.kind, status.cell));
        }
        let path = &column.path;
        if !path.value.is_well_formed() {
            let finding = Diagnostic::new(&rules::PATH).at_cell(path.cell);
            sink.report(finding.data("found", path.value.as_str()));
        }
    }
}

/// What is done for a matrix.
struct Plan<'m> {
    /// The courses with a status, each once.
    courses: Vec<&'m CoursePath>,
    /// The columns that are rules, of those that say the same the first.
    rules: Vec<RuleColumn<'m>>,
}

/// A column that is a rule.
struct RuleColumn<'m> {
    /// Index into [`Plan::courses`].
    course: usize,
    asked: &'m Asked<'m>,
    /// What its marks say.
    profile: Vec<Term>,
    /// Whether it, or one that says the same, has the mark for removal.
    removes: bool,
}

impl<'m> Plan<'m> {
    fn of(fields: &Fields, asked: &'m [Asked<'m>]) -> Self {
        let mut plan = Self { courses: Vec::new(), rules: Vec::new() };
        let (mut numbers, mut rules) = (HashMap::new(), Vec::new());
        for asked in asked {
            // There are no commands where there is a word that is not known.
            if matches!(asked.status(), None | Some(Status::Other(_))) {
                continue;
            }
            let path = &asked.column.path.value;
            let course = *numbers.entry(path).or_insert_with(|| {
                plan.courses.push(path);
                plan.courses.len() - 1
            });
            if asked.is_rule() {
                rules.push((course, asked));
            }
        }
        plan.take_rules(fields, rules);
        plan
    }

    /// Takes the rules of columns, of those that say the same the first.
    fn take_rules(&mut self, fields: &Fields, rules: Vec<(usize, &'m Asked<'m>)>) {
        let mut counts = vec![0; self.courses.len()];
        for (course, _) in &rules {
            counts[*course] += 1;
        }
        let mut said = HashMap::<_, usize>::new();
        for (course, asked) in rules {
            let removes = asked.column.removal.value;
            if counts[course] > 1 {
                match said.entry((course, Meaning::of(asked))) {
                    Entry::Occupied(first) => {
                        self.rules[*first.get()].removes |= removes;
                        continue;
                    }
                    Entry::Vacant(entry) => entry.insert(self.rules.len()),
                };
            }
            let profile = fields.terms(&asked.marks);
            self.rules.push(RuleColumn { course, asked, profile, removes });
        }
    }

    fn deletes(&self, matrix: &Matrix) -> Vec<Command> {
        let of_course = |&course: &&CoursePath| {
            RuleSet::of(matrix.kind).map(|rules| Command::Delete { rules, course: course.clone() })
        };
        self.courses.iter().flat_map(of_course).collect()
    }

    fn additions(&self, matrix: &Matrix) -> Vec<Command> {
        let [rules, _] = RuleSet::of(matrix.kind);
        let (mut additions, mut seen) = (Vec::new(), HashSet::new());
        for rule in &self.rules {
            let names_users = !rule.asked.head.users.is_empty();
            for expression in rule.asked.expressions(&rule.profile) {
                // Columns that do not say the same may name the same user.
                if names_users && !seen.insert((rule.course, expression.clone())) {
                    continue;
                }
                let course = self.courses[rule.course].clone();
                additions.push(Command::Add { rules, course, expression });
            }
        }
        additions
    }
}

/// The items, each once, in their order.
fn once<T: Eq + Hash>(items: Vec<T>) -> Vec<T> {
    let mut seen = HashSet::with_capacity(items.len());
    let is_new: Vec<bool> = items.iter().map(|item| seen.insert(item)).collect();
    let kept = items.into_iter().zip(is_new).filter(|&(_, is_new)| is_new);
    kept.map(|(item, _)| item).collect()
}
