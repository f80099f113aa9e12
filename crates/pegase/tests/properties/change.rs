//! Maquettes that are changed: members in another order, others among them, faults in the values.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::maquette::maquette;
use crate::write::nested;

/// Members turned round, and others put among them.
pub(crate) fn disturbed(value: &Value, others: &[&str], seed: &mut usize) -> String {
    match value {
        Value::Object(members) => {
            let mut parts: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("{}:{}", json!(name), disturbed(value, others, seed)))
                .collect();
            *seed += 1;
            if !others.is_empty() {
                let value =
                    ["null", "12", "[{\"enfants\":[1]}]", "{\"code\":{\"a\":[]}}"][*seed % 4];
                parts.push(format!("{}: {value}", json!(others[*seed % others.len()])));
            }
            let len = parts.len().max(1);
            parts.rotate_left(*seed % len);
            if seed.is_multiple_of(3) {
                parts.reverse();
            }
            format!("{{{}}}", parts.join(" ,\n"))
        }
        Value::Array(values) => {
            let values: Vec<_> =
                values.iter().map(|value| disturbed(value, others, seed)).collect();
            format!("[ {}]", values.join(","))
        }
        value => value.to_string(),
    }
}

/// A maquette with faults in many of its values.
pub(crate) fn faulty() -> impl Strategy<Value = Value> {
    let fault = select(vec![
        ("code", json!("a b")),
        ("code", json!(null)),
        ("ects", json!("six")),
        ("ects", json!(-1)),
        ("libelle", json!("é\u{7}")),
        ("libelleLong", json!("é".repeat(151))),
        ("typeObjetFormation", json!("CONF")),
        ("typeFormation", json!("7")),
        ("obligatoire", json!([1, {"a": 2}])),
        ("enfants", json!({"a": []})),
        ("enfants", json!([1, null, {}])),
        ("plageDeChoix", json!({"min": 9, "max": "x"})),
        ("description", json!({})),
        ("type", json!("Other")),
        ("a \"b\" [c].d", json!([[]])),
    ]);
    (
        maquette().prop_filter("not too large", |it| it.written() < 200),
        vec((any::<Index>(), fault), 0..6),
    )
        .prop_map(|(it, faults)| {
            let mut value = nested(&it.without_repetitions(), 0);
            for (index, (name, fault)) in faults {
                let mut places = Vec::new();
                objects(&value, &mut String::new(), &mut places);
                let pointer = &places[index.index(places.len())];
                if let Some(Value::Object(members)) = value.pointer_mut(pointer) {
                    members.insert(name.to_owned(), fault);
                }
            }
            value
        })
}

/// Pointers to all objects of a value.
fn objects(value: &Value, pointer: &mut String, found: &mut Vec<String>) {
    let len = pointer.len();
    match value {
        Value::Object(members) => {
            found.push(pointer.clone());
            for (name, value) in members {
                *pointer += "/";
                *pointer += &name.replace('~', "~0").replace('/', "~1");
                objects(value, pointer, found);
                pointer.truncate(len);
            }
        }
        Value::Array(values) => {
            for (number, value) in values.iter().enumerate() {
                let _ = write!(pointer, "/{number}");
                objects(value, pointer, found);
                pointer.truncate(len);
            }
        }
        _ => {}
    }
}
