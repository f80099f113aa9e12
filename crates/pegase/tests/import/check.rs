//! Maquettes that several tests need, and what becomes of them.

use serde_json::{Value, json};

use crate::support::{Node, alerts, grp, import, import_text, shown, ue};

/// What becomes of it, and what is said.
#[track_caller]
pub(crate) fn check(node: &Node, contents: &[&str], said: &[&str]) {
    let import = import(node);
    assert_eq!(shown(&import), contents, "{}", node.text());
    assert_eq!(alerts(&import), said, "{}", node.text());
}

#[track_caller]
pub(crate) fn check_text(text: &str, contents: &[&str], said: &[&str]) {
    let import = import_text(text);
    assert_eq!(shown(&import), contents, "{text}");
    assert_eq!(alerts(&import), said, "{text}");
}

/// Courses in a list, so that none has to be made.
pub(crate) fn socle() -> Node {
    grp("SOCLE", [ue("ALGO", ())])
}

pub(crate) const SOCLE: [&str; 2] = ["SOCLE MANDATORY [ALGO]", "ALGO UE"];

/// Details of objects: id (which is the code), type and children. A child with `?` is optional.
pub(crate) fn details(objects: &[(&str, &str, &[&str])]) -> String {
    let objects: Vec<Value> = objects
        .iter()
        .map(|(code, object_type, children)| {
            let (kind, object_type) = match *object_type {
                "F" => ("FORMATION", "0"),
                "G" => ("GROUPEMENT", ""),
                other => ("OBJET-FORMATION", other),
            };
            let children: Vec<Value> = children
                .iter()
                .map(|it| json!({"id": it.trim_end_matches('?'), "obligatoire": !it.ends_with('?')}))
                .collect();
            json!({
                "id": code, "typeObjetMaquette": kind, "code": code, "enfants": children,
                "descripteursObjetMaquette": {
                    "libelle": code, "libelleLong": format!("The {code}"), "type": {"code": object_type}
                }
            })
        })
        .collect();
    Value::from(objects).to_string()
}
