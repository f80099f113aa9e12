//! Members of objects: in any order, null, of another kind, there twice.

use serde_json::{Value, json};

use crate::check::{check, check_text};
use crate::support::{grp, import, import_text, lic, sem, shown, ue};

#[test]
fn members_in_any_order() {
    let inner = r#"{"enfants":[{"objetMaquette":{"enfants":[],"descripteursObjetMaquette":{"typeObjetFormation":"UE"},"type":"ObjetFormationEntity","code":"U"},"obligatoire":true}],"type":"GroupementEntity","code":"G"}"#;
    let text = format!(
        r#"{{"enfants":[{{"objetMaquette":{inner},"obligatoire":false}}],"descripteursObjetMaquette":{{"typeFormation":"0"}},"code":"LIC","type":"FormationEntity"}}"#
    );
    check_text(&text, &["LIC Program Diplome [G]", "G OPTIONAL [U]", "U UE"], &[]);
    let tree = r#"{"listeGroupement":[{"listeObjetFormation":[{"caractereObligatoire":null,"type":{"code":"UE"},"code":"U"}],"code":"G","plageMax":1,"plageMin":1,"plageChoix":true,"caractereObligatoire":false}],"type":{"code":"0"},"code":"LIC"}"#;
    check_text(tree, &["LIC Program Diplome [G]", "G CHOICE 1-1 [U]", "U UE"], &[]);
    let no_range = tree.replace("true", "false");
    check_text(&no_range, &["LIC Program Diplome [G]", "G OPTIONAL [U]", "U UE"], &[]);
}

/// Replaces each scalar by null, except the kind, the type and the code of objects.
fn with_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let is_kept = ["code", "type", "typeFormation", "typeObjetFormation"];
                if !is_kept.contains(&name.as_str()) {
                    with_nulls(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(with_nulls),
        value => *value = Value::Null,
    }
}

#[test]
fn d28_null_everywhere() {
    let node = lic([grp("G", [ue("U", ()).with("ects", 6).with("stage", true)]).with_range(1, 1)])
        .with("ects", 180)
        .with_sise(&json!({"typeDiplome": "TYD999"}))
        .with_member("contextes", json!([null, {"chemin": null}]))
        .with_member("formatsEnseignement", json!(null))
        .with_member("descripteursSyllabus", json!(null));
    let mut value = Value::Object(node.0);
    with_nulls(&mut value);
    let contents = ["LIC Program Diplome [G]", "G CHOICE - [U]", "U UE"];
    check_text(&value.to_string(), &contents, &[]);
    for name in ["enfants", "descripteursSyllabus", "descripteursEnquete", "contextes", "id"] {
        let node = lic(()).with_member(name, json!(null));
        check(&node, &["LIC Program Diplome"], &[]);
    }
}

#[test]
fn d28_values_of_another_kind() {
    for name in ["enfants", "descripteursSyllabus", "descripteursEnquete", "contextes", "mutualise"]
    {
        let node = lic(()).with_member(name, json!(12));
        check(&node, &["LIC Program Diplome"], &["value-not-readable LIC"]);
        let import = import(&node);
        assert_eq!(import.alerts[0].place.as_ref().unwrap().json_path, format!("$.{name}"));
    }
}

/// Of members that are there twice the last one counts, and children are not lost.
#[test]
fn members_that_are_there_twice() {
    let text = lic(()).text().replace(r#""code":"LIC""#, r#""code":"OLD","code":"LIC""#);
    check_text(&text, &["LIC Program Diplome"], &[]);
    let link = |code: &str| format!(r#"{{"objetMaquette":{}}}"#, sem(code, ()).text());
    let twice = format!(r#""enfants":[{}],"enfants":[{}]"#, link("S1"), link("S2"));
    let text = lic(()).text().replace(r#""enfants":[]"#, &twice);
    let import = import_text(&text);
    assert!(import.catalogue.get("S2").is_some(), "{:?}", shown(&import));
}

/// A link that names its child twice, and holds it.
#[test]
fn links_with_ids_that_are_there_twice() {
    let link = format!(r#"{{"id":"a","id":"b","objetMaquette":{}}}"#, sem("S", ()).text());
    let text = lic(()).text().replace("\"enfants\":[]", &format!("\"enfants\":[{link}]"));
    check_text(&text, &["LIC Program Diplome [S]", "S Container semester"], &[]);
}
