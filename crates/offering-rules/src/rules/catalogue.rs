//! The profile fields that an organisation has.

use std::collections::{HashMap, HashSet};

use edu_diagnostics::{Diagnostic, Sink};

use super::table;
use crate::asked::Asked;
use crate::cell::{AtCell, Placed};
use crate::model::Matrix;
use crate::nearest::{Nearest, Words, suggest};
use crate::opf::Catalogue;
use crate::predicate::Predicate;

/// A field of the catalogue.
#[derive(Default)]
struct Known<'c> {
    values: HashSet<&'c str>,
    /// The values in their order, to look for the nearest one.
    ordered: Vec<&'c str>,
    /// Made when the first value is not known.
    words: Option<Words<'c>>,
}

/// Reports fields and values that the organisation does not have.
pub(super) fn check(
    matrix: &Matrix,
    asked: &[Asked<'_>],
    catalogue: &Catalogue,
    sink: &mut dyn Sink,
) {
    let mut known: HashMap<&str, Known<'_>> = HashMap::with_capacity(catalogue.opfs.len());
    for opf in &catalogue.opfs {
        let known = known.entry(opf.name.as_str()).or_default();
        known.values.extend(opf.values.iter().map(String::as_str));
        known.ordered.extend(opf.values.iter().map(String::as_str));
    }
    let (mut nearest, mut said) = (Nearest::default(), HashSet::new());
    let mut unknown = Vec::new();
    for row in &matrix.values {
        let Some(known) = known.get_mut(row.name.value.as_str()) else {
            unknown.push((row.name.value.as_str(), row.name.cell));
            continue;
        };
        let value = row.value.value.as_str();
        if known.values.is_empty()
            || known.values.contains(value)
            || !said.insert((row.name.value.as_str(), value))
        {
            continue;
        }
        let words = known.words.get_or_insert_with(|| Words::of(known.ordered.iter().copied()));
        let finding = Diagnostic::new(&table::UNKNOWN_VALUE)
            .at_cell(row.value.cell)
            .data("name", &row.name.value)
            .data("found", value);
        sink.report(suggest(finding, nearest.to(value, words)));
    }
    let conditions = asked.iter().filter(|asked| asked.is_in_force()).flat_map(|asked| {
        asked.column.conditions.iter().map(|Placed { value, cell }| (&value.predicate, *cell))
    });
    unknown.extend(conditions.filter_map(|(predicate, cell)| {
        let field = match predicate {
            Predicate::OrgProfileDateWithin { field, .. }
            | Predicate::ProfileChangedSinceLastCompletion(field) => field.as_str(),
            _ => return None,
        };
        (!known.contains_key(field)).then_some((field, cell))
    }));
    if unknown.is_empty() {
        return;
    }
    let (names, mut said) =
        (Words::of(catalogue.opfs.iter().map(|opf| opf.name.as_str())), HashSet::new());
    for (name, cell) in unknown {
        if said.insert(name) {
            let finding = Diagnostic::new(&table::UNKNOWN_FIELD).at_cell(cell).data("found", name);
            sink.report(suggest(finding, nearest.to(name, &names)));
        }
    }
}

#[cfg(test)]
mod tests {
    use edu_diagnostics::Collector;

    use super::super::testing::{column, matrix};
    use super::*;
    use crate::codes::Status;
    use crate::layout::Layout;
    use crate::opf::Opf;
    use crate::predicate::Term;

    fn said(matrix: &Matrix) -> Vec<String> {
        let any = [""; 0];
        let catalogue = Catalogue::new([
            Opf::new("Rank", ["Master", "Able Seaman"]),
            Opf::new("Rank", ["Cook"]),
            Opf::new("Vessel", any),
            Opf::new("Sign On Date", any),
        ]);
        let mut found = Collector::new();
        super::super::check(matrix, None, Some(&catalogue), &mut found);
        found.findings().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn unknown_fields_and_values_are_said_once() {
        let rows = [
            ("Rank", "Master"),
            ("Rank", "able seaman"),
            ("Rank", "Pilot"),
            ("Rank", "Cook"),
            ("Vessel", "Anything"),
            ("vesel", "One"),
            ("vesel", "Two"),
        ];
        let mut one = column("/Root/Fleet/A", Status::OneTime, "x");
        let within =
            |field: &str| Predicate::OrgProfileDateWithin { field: field.to_owned(), days: 9 };
        one.conditions = ["Sign On Date", "sign on", "Hired", "Hired", "vesel"]
            .map(|field| Term::of(within(field)).into())
            .to_vec();
        let mut planned = column("/Root/Fleet/B", None, "");
        planned.conditions = vec![Term::of(within("Planned")).into()];
        assert_eq!(
            said(&matrix(Layout::V4_7, &rows, [one, planned])),
            [
                "`Rank` has no value `able seaman` (cell B5); did you mean `Able Seaman`?",
                "`Rank` has no value `Pilot` (cell B6)",
                "there is no profile field `vesel` (cell A9); did you mean `Vessel`?",
                "there is no profile field `sign on` (cell ?)",
                "there is no profile field `Hired` (cell ?)",
            ]
        );
    }

    #[test]
    fn a_value_that_is_there_twice_is_unknown_once() {
        let rows = [("Rank", "Pilot"), ("Rank", "Pilot")];
        let matrix = matrix(Layout::V4_3, &rows, [column("/A", Status::OneTime, "x")]);
        let said = said(&matrix);
        assert_eq!(said.iter().filter(|sentence| sentence.contains("no value")).count(), 1);
    }
}
