//! The paths of a whole matrix.

use std::collections::{HashMap, HashSet};

use edu_diagnostics::{Diagnostic, Sink};

use super::table;
use crate::asked::Asked;
use crate::cell::{AtCell, Cell, Placed};
use crate::path::CoursePath;
use crate::predicate::Predicate;

/// Reports courses outside the organisation, and paths that differ in letter case only.
pub(super) fn check(asked: &[Asked<'_>], organisation: Option<&CoursePath>, sink: &mut dyn Sink) {
    let mut spellings = Spellings::default();
    if let Some(organisation) = organisation {
        spellings.first.insert(organisation.as_str().to_lowercase(), (organisation, None));
    }
    // The courses themselves come first: they are the likelier to be right.
    let courses = asked.iter().filter(|asked| asked.status().is_some());
    let courses = courses.map(|asked| &asked.column.path);
    if let Some(organisation) = organisation {
        outside(courses.clone(), organisation, sink);
    }
    for path in courses {
        spellings.note(&path.value, path.cell, sink);
    }
    for asked in asked.iter().filter(|asked| asked.is_in_force()) {
        for condition in &asked.column.conditions {
            if let Some(course) = course(&condition.value.predicate) {
                spellings.note(course, condition.cell, sink);
            }
        }
    }
}

/// Reports courses that are not below an organisation, each once; or that none is.
fn outside<'m>(
    courses: impl Iterator<Item = &'m Placed<CoursePath>>,
    organisation: &CoursePath,
    sink: &mut dyn Sink,
) {
    let mut seen = HashSet::new();
    let courses: Vec<_> =
        courses.filter(|path| path.value.is_well_formed() && seen.insert(&path.value)).collect();
    let outside: Vec<_> =
        courses.iter().filter(|path| path.value.below(organisation).is_none()).collect();
    let folded = |path: &CoursePath| CoursePath::new(path.as_str().to_lowercase());
    let below = folded(organisation);
    // Where none is below, it is said of all together.
    let together = if outside.len() == courses.len() { outside.len().max(1) } else { 1 };
    for paths in outside.chunks(together) {
        let path = paths[0];
        let mut besides = match paths.len() - 1 {
            0 => String::new(),
            1 => ", nor is the other course".to_owned(),
            others => format!(", nor is any of the {others} other courses"),
        };
        if paths.iter().all(|path| folded(&path.value).below(&below).is_some()) {
            besides += ": the letter case differs";
        }
        let finding = Diagnostic::new(&table::OUTSIDE_ORGANISATION)
            .at_cell(path.cell)
            .data("found", path.value.as_str())
            .data("organisation", organisation.as_str());
        sink.report(finding.word("besides", besides));
    }
}

/// The other course that a predicate looks at.
fn course(predicate: &Predicate) -> Option<&CoursePath> {
    match predicate {
        Predicate::MostRecentRegistrationCompletedFor(course)
        | Predicate::CompletedForSinceCurrentCompletion(course)
        | Predicate::CertificateWillExpireInCourse { course, .. } => Some(course),
        _ => None,
    }
}

/// The paths so far.
#[derive(Default)]
struct Spellings<'m> {
    seen: HashSet<&'m CoursePath>,
    /// The first spelling of each path, by the path without letter case.
    first: HashMap<String, (&'m CoursePath, Option<Cell>)>,
}

impl<'m> Spellings<'m> {
    fn note(&mut self, path: &'m CoursePath, cell: Option<Cell>, sink: &mut dyn Sink) {
        if !self.seen.insert(path) {
            return;
        }
        let folded = path.as_str().to_lowercase();
        let (other, place) = *self.first.entry(folded).or_insert((path, cell));
        if other != path {
            let finding = Diagnostic::new(&table::PATH_CASE)
                .at_cell(cell)
                .data("found", path.as_str())
                .data("other", other.as_str());
            sink.report(finding.and_cell(place, "the other one"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{column, findings, matrix, sentences};
    use crate::codes::Status;
    use crate::layout::Layout;
    use crate::predicate::{Predicate, Term};

    #[test]
    fn courses_outside_the_organisation() {
        let status = Status::OneTime;
        let columns = [
            column("/Root/Other/A", status.clone(), "x"),
            column("/Root/Other/A", Status::Deactivated, ""),
            column("/Root/Other/B", None, "x"),
            column("Root/Other/C", status.clone(), "x"),
            column("/Root/Fleet", status.clone(), "x"),
            column("/Root/Fleet/D", status, "x"),
        ];
        let matrix = matrix(Layout::V4_3, &[("Rank", "Cook")], columns);
        let said: Vec<_> = sentences(&matrix).into_iter().filter(|s| s.contains("below")).collect();
        assert_eq!(
            said,
            [
                "`/Root/Other/A` (cell C1) is not below `/Root/Fleet`",
                "`/Root/Fleet` (cell G1) is not below `/Root/Fleet`"
            ]
        );
    }

    #[test]
    fn a_wrong_organisation_is_said_once() {
        for (folder, last, besides) in [
            ("/Root/Other", "/Root/Other/C", ", nor is any of the 2 other courses"),
            (
                "/root/fleet",
                "/root/Fleet/C",
                ", nor is any of the 2 other courses: the letter case differs",
            ),
            ("/root/fleet", "/Root/Other/C", ", nor is any of the 2 other courses"),
            ("/root/fleet", "/root/fleet/A", ", nor is the other course: the letter case differs"),
        ] {
            let columns =
                [&format!("{folder}/A"), &format!("{folder}/B"), &format!("{folder}/B"), last]
                    .map(|path| column(path, Status::OneTime, "x"));
            let matrix = matrix(Layout::V4_3, &[("Rank", "Cook")], columns);
            let said: Vec<_> =
                sentences(&matrix).into_iter().filter(|s| s.contains("below")).collect();
            assert_eq!(
                said,
                [format!("`{folder}/A` (cell C1) is not below `/Root/Fleet`{besides}")]
            );
        }
    }

    #[test]
    fn each_other_spelling_is_said_once() {
        let mut one = column("/Root/Fleet/Crane", Status::OneTime, "x");
        one.conditions = ["/Root/Fleet/TANK", "/Root/Other/Ice"]
            .map(|course| Predicate::MostRecentRegistrationCompletedFor(course.into()))
            .map(|predicate| Term::of(predicate).into())
            .to_vec();
        let columns = [
            one.clone(),
            one,
            column("/Root/Fleet/Tank", Status::OneTime, "x"),
            column("/Root/Fleet/cranE", Status::OneTime, "x"),
            column("/Root/Fleet/cranE", Status::OneTime, ".x"),
            column("/Root/Fleet/CRANE", None, "x"),
        ];
        let rows = [("Rank", "Cook"), ("Rank", "Master")];
        let found = findings(&matrix(Layout::V4_7, &rows, columns));
        let found: Vec<_> = found.iter().filter(|finding| finding.rule.code == "OR-R03").collect();
        let said: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "`/Root/Fleet/cranE` (cell F1) differs from `/Root/Fleet/Crane` in letter case only",
                "`/Root/Fleet/TANK` (cell ?) differs from `/Root/Fleet/Tank` in letter case only",
            ]
        );
        assert_eq!(found[0].labels[0].position.map(|position| position.column), Some(3));
    }
}
