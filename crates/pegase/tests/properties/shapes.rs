//! What is imported does not depend on the shape, and is what the rules say.

use std::collections::BTreeSet;

use pegase::edu_diagnostics::Severity;
use pegase::{Import, Shape};
use proptest::prelude::*;
use serde_json::json;

use crate::change::disturbed;
use crate::expected::{Expected, evaluate};
use crate::import::{import, import_all};
use crate::maquette::maquette;
use crate::write::{details, nested, structure, tree};

fn alerts(import: &Import) -> Vec<String> {
    import.alerts.iter().map(|alert| format!("{} {}", alert.kind.as_str(), alert.object)).collect()
}

/// Whether an import is what is expected of it.
fn compare(shape: &str, import: &Import, expected: &Expected) -> Result<(), TestCaseError> {
    let order: Vec<_> = import.catalogue.iter().map(|content| content.code.to_string()).collect();
    prop_assert_eq!(&order, &expected.order, "{}", shape);
    for content in import.catalogue.iter() {
        let found = serde_json::to_value(content).expect("JSON");
        let wanted = &expected.contents[content.code.as_str()];
        for (member, wanted) in wanted.as_object().expect("an object") {
            prop_assert_eq!(&found[member], wanted, "{} {} {}", shape, content.code, member);
        }
    }
    let mut found = alerts(import);
    // Not of the rules of the structure.
    found
        .retain(|alert| !alert.starts_with("details-missing") && !alert.starts_with("unreachable"));
    prop_assert_eq!(found, &expected.alerts[..], "{}", shape);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_shape_gives_the_same(it in maquette()) {
        let it = it.without_repetitions();
        prop_assume!(it.written() < 500);
        let expected = evaluate(&it, true);
        let objects = details(&it).to_string();
        let (shape, from_details) = import_all(&[&objects])?;
        prop_assert_eq!(shape, Shape::Details);
        compare("details", &from_details, &expected)?;
        let (shape, from_nested) = import_all(&[&nested(&it, 0).to_string()])?;
        prop_assert_eq!(shape, Shape::Nested);
        compare("nested", &from_nested, &expected)?;
        prop_assert_eq!(&from_nested.catalogue, &from_details.catalogue);
        let tree_of = json!([{"codePeriode": "P", "codeFormation": "F", "arbreFormation": tree(&it, 0, None)}]);
        let (shape, from_tree) = import_all(&[&tree_of.to_string()])?;
        prop_assert_eq!(shape, Shape::Tree);
        compare("tree", &from_tree, &evaluate(&it.clone().with_objects_first(), true))?;
        let structure_of = json!({"racine": structure(&it, 0)}).to_string();
        let (shape, from_structure) = import_all(&[&structure_of])?;
        prop_assert_eq!(shape, Shape::Structure);
        compare("structure", &from_structure, &evaluate(&it.clone().without_details(), false))?;
        for texts in [[&*structure_of, &*objects], [&*objects, &*structure_of]] {
            let (shape, both) = import_all(&texts)?;
            prop_assert_eq!(shape, Shape::Structure);
            compare("structure and details", &both, &expected)?;
            prop_assert_eq!(&both.catalogue, &from_details.catalogue);
        }
    }

    #[test]
    fn order_of_members_and_other_members_change_nothing(it in maquette(), seed in 0..1000_usize) {
        let it = it.without_repetitions();
        prop_assume!(it.written() < 500);
        let values = [
            nested(&it, 0),
            details(&it),
            json!({"racine": structure(&it, 0)}),
            json!({"arbreFormation": tree(&it, 0, None)}),
        ];
        for value in values {
            let plain = import(&value.to_string())?;
            for others in [&[][..], &["x", "autre", "espace", "X Y", "diplomeId", ""]] {
                let other = import(&disturbed(&value, others, &mut { seed }))?;
                prop_assert_eq!(&other.catalogue, &plain.catalogue);
                prop_assert_eq!(other.alerts.len(), plain.alerts.len());
                for (a, b) in other.alerts.iter().zip(&plain.alerts) {
                    prop_assert_eq!((&a.kind, &a.object, &a.path), (&b.kind, &b.object, &b.path));
                    // In the older tree the place is that of the first of several members, or of a
                    // shared object in the list that comes first.
                    if value.get("arbreFormation").is_none() {
                        let path = |alert: &pegase::Alert| {
                            alert.place.as_ref().map(|it| it.json_path.clone())
                        };
                        prop_assert_eq!(path(a), path(b));
                    }
                }
            }
        }
    }

    #[test]
    fn repeated_children_are_linked_once(it in maquette()) {
        prop_assume!(it.written() < 500);
        let found = import(&details(&it).to_string())?;
        for content in found.catalogue.iter() {
            let once: BTreeSet<_> = content.children.iter().collect();
            prop_assert_eq!(once.len(), content.children.len());
        }
        let is_other = |alert: &&pegase::Alert| alert.severity > Severity::Warning;
        prop_assert_eq!(found.alerts.iter().filter(is_other).count(), 0);
    }
}
