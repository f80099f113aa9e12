//! Values of contents: fields of a programme, credits, titles, descriptions.

use pegase::edu_diagnostics::Severity;
use serde_json::{Value, json};

use crate::check::check;
use crate::support::{self, Node, alerts, grp, import, lic, path, sem, ue};

#[test]
fn values_of_a_programme() {
    let node = lic(())
        .with("ects", 180.0)
        .with("structurePrincipale", "UFR")
        .with_member("descripteursSyllabus", json!({"description": "Three years."}))
        .with_sise(&json!({
            "typeDiplome": "TYD020", "domaineFormation": ["DOF001", "DOF999", "DOF004"],
            "mention": "MED042", "champFormation": "CHF001", "niveauDiplome": "NID006"
        }));
    let import = import(&node);
    let found = serde_json::to_value(import.catalogue.get("LIC")).unwrap();
    let fields = json!({
        "degree": "XA", "domain": ["ALL", "STS"], "mention": "informatique",
        "program_field": ["champ-1"], "rncp_level": "6", "diploma_nature": "Diplome",
        "ects": "180", "description": "Three years."
    });
    assert_eq!(found["fields"], fields);
    assert_eq!((&found["ects"], &found["title"]), (&json!(180.0), &json!("The LIC")));
    let said: Vec<_> = import.alerts.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["no entry of odf-enumeration.Domain stands for `DOF999`"]);
    let place = import.alerts[0].place.as_ref().unwrap();
    assert_eq!(place.json_path, "$.descripteursEnquete.enqueteSise.domaineFormation[1]");
    assert!(import.catalogue.get("LIC").unwrap().org_units.is_empty());
}

#[test]
fn credits_of_a_programme_are_an_entry() {
    for (ects, entry) in [
        (json!(180), Some("180")),
        (json!("180.00"), Some("180")),
        (json!(1.8e2), Some("180")),
        (json!(null), None),
        (json!(""), None),
    ] {
        let import = import(&lic(()).with("ects", ects.clone()));
        let found = serde_json::to_value(import.catalogue.get("LIC")).unwrap();
        assert_eq!(found["fields"]["ects"].as_str(), entry, "{ects}");
        assert_eq!(alerts(&import), [""; 0], "{ects}");
    }
    let import = import(&lic(()).with("ects", 2.5));
    assert_eq!(alerts(&import), ["unmatched-reference LIC"]);
    assert_eq!(import.alerts[0].value().as_deref(), Some("2.5"));
}

#[test]
fn credits_that_are_no_number() {
    for ects in [json!("six"), json!(-1), json!(10_001), json!(true), json!([6]), json!({"v": 6})] {
        let node = lic([grp("G", [ue("U", ()).with("ects", ects.clone())])]);
        let contents = ["LIC Program Diplome [G]", "G MANDATORY [U]", "U UE"];
        check(&node, &contents, &["value-not-readable U"]);
        let import = import(&node);
        let place = import.alerts[0].place.as_ref().unwrap();
        let object = "$.enfants[0].objetMaquette.enfants[0].objetMaquette";
        assert_eq!(place.json_path, format!("{object}.descripteursObjetMaquette.ects"));
        assert_eq!(import.alerts[0].value(), Some(ects.to_string()));
    }
}

#[test]
fn descriptions() {
    let syllabus = json!({"description": "Some words."});
    let with = |node: Node| node.with_member("descripteursSyllabus", syllabus.clone());
    let course = with(ue("U", ())).with("stage", true).with("ects", 6);
    let import = import(&lic([with(path("P", ())), with(sem("S", [grp("G", [course])]))]));
    let member = |code: &str, name: &str| {
        serde_json::to_value(import.catalogue.get(code)).unwrap()[name].clone()
    };
    assert_eq!(member("P", "presentation"), "Some words.");
    assert_eq!(member("S", "description"), "Some words.");
    assert_eq!(member("U", "description"), "Some words.");
    assert_eq!((member("U", "ects"), member("U", "internship")), (json!(6.0), json!(true)));
    assert_eq!(alerts(&import), [""; 0]);
}

#[test]
fn titles() {
    for (short, long, title) in [
        (json!("Short"), json!("Long"), "Long"),
        (json!("Short"), json!(""), "Short"),
        (json!("Short"), json!(null), "Short"),
        (json!(null), json!(null), ""),
        (json!(12), json!(null), "12"),
    ] {
        let node = lic(()).with("libelle", short).with("libelleLong", long);
        assert_eq!(import(&node).catalogue.get("LIC").unwrap().title, title);
    }
}

#[test]
fn d19_long_texts_are_kept() {
    let long = "é".repeat(400);
    let import = import(&lic(()).with("libelleLong", long.clone()).with("libelle", long.clone()));
    assert_eq!(import.catalogue.get("LIC").unwrap().title, long);
    let said: Vec<_> = import.alerts.iter().map(ToString::to_string).collect();
    let expected = [
        "`libelle` of `LIC` has 400 characters; 50 are allowed",
        "`libelleLong` of `LIC` has 400 characters; 150 are allowed",
    ];
    assert_eq!(said, expected);
    let fits = lic(()).with("libelleLong", "é".repeat(150)).with("libelle", "é".repeat(50));
    assert_eq!(alerts(&support::import(&fits)), [""; 0]);
}

#[test]
fn control_characters() {
    let node = lic(()).with("libelle", "A\u{1b}[2J").with("libelleLong", "B\nC");
    let import = import(&node);
    assert_eq!(alerts(&import), ["control-character LIC"; 2]);
    assert_eq!(import.alerts[0].value().as_deref(), Some("U+001B"));
    for alert in &import.alerts {
        assert!(!alert.to_string().chars().any(char::is_control), "{alert:?}");
    }
    // A description has lines.
    let node = lic(()).with_member("descripteursSyllabus", json!({"description": "a\r\n\tb"}));
    assert_eq!(alerts(&support::import(&node)), [""; 0]);
}

#[test]
fn d10_values_for_one_path() {
    let contexts = |ects: Value| {
        json!([{"chemin": ["id-LIC", "id-G", "id-U"],
                "descripteursObjetFormationContexte": {"ects": ects, "nature": null}}])
    };
    let with = |ects: Value| {
        lic([grp("G", [ue("U", ()).with("ects", 6).with_member("contextes", contexts(ects))])])
    };
    for same in [json!(6), json!(6.0), json!("6"), json!(null)] {
        assert_eq!(alerts(&import(&with(same))), [""; 0]);
    }
    let import = import(&with(json!(4)));
    assert_eq!(alerts(&import), ["contextual-override-ignored U"]);
    let found = &import.alerts[0];
    assert_eq!((found.severity, found.value().as_deref()), (Severity::Info, Some("4")));
    let ects = serde_json::to_value(import.catalogue.get("U")).unwrap()["ects"].clone();
    assert_eq!(ects, 6.0);
}
