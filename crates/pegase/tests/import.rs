//! What becomes of a maquette, rule by rule (I1 to I13) and decision by decision.

#![cfg(feature = "serde")]

mod support;

use edu_diagnostics::Severity;
use odf_model::{Code, Kind};
use pegase::{
    Action, AlertKind, Category, Limits, ObjectTypes, Request, edu_diagnostics, odf_model,
};
use serde_json::{Value, json};
use support::{
    Node, alerts, formation, grp, import, import_by, import_text, import_two, import_within, lic,
    of, path, sem, shown, ue,
};

/// What becomes of it, and what is said.
#[track_caller]
fn check(node: &Node, contents: &[&str], said: &[&str]) {
    let import = import(node);
    assert_eq!(shown(&import), contents, "{}", node.text());
    assert_eq!(alerts(&import), said, "{}", node.text());
}

/// Courses in a list, so that none has to be made.
fn socle() -> Node {
    grp("SOCLE", [ue("ALGO", ())])
}

const SOCLE: [&str; 2] = ["SOCLE MANDATORY [ALGO]", "ALGO UE"];

// Rules I1 to I13.

#[test]
fn i1_types_of_formations() {
    for (object_type, nature) in [("0", "Diplome"), ("1", "Certification"), ("2", "-")] {
        check(&formation("F", object_type, ()), &[&format!("F Program {nature}")], &[]);
    }
    check(&formation("F", "7", ()), &["F Program -"], &["unmatched-reference F"]);
}

#[test]
fn i2_paths_options_specialities() {
    let node = lic([path("P", ()), of("OPTION", "O", ()), of("SPECIALITE", "S", ())]);
    let contents = [
        "LIC Program Diplome [P O S]",
        "P SubProgram PARCOURS-TYPE",
        "O SubProgram OPTION",
        "S SubProgram SPECIALITE",
    ];
    check(&node, &contents, &[]);
}

#[test]
fn i3_years_and_semesters() {
    let node = lic([of("ANNEE", "A", [sem("S1", ()), sem("S2", ())])]);
    let contents = [
        "LIC Program Diplome [A]",
        "A Container year [S1 S2]",
        "S1 Container semester",
        "S2 Container semester",
    ];
    check(&node, &contents, &[]);
    let missing = import(&node).missing_mandatory();
    let periods = missing.iter().filter(|missing| missing.field == "period").count();
    assert_eq!(periods, 1);
}

#[test]
fn i4_units_elements_teaching() {
    let node = lic([grp("G", [ue("U", ()), of("EC", "E", ()), of("ENS", "T", ())])]);
    let contents = ["LIC Program Diplome [G]", "G MANDATORY [U E T]", "U UE", "E EC", "T -"];
    check(&node, &contents, &[]);
}

#[test]
fn i5_one_list_for_a_level_where_the_first_stood() {
    let node = lic([
        path("P", ()),
        ue("TESTIMPORT4-E-2", ()),
        grp("G", [ue("X", ())]),
        ue("TESTIMPORT4-E-23", ()),
    ]);
    let contents = [
        "LIC Program Diplome [P LIC-list G]",
        "P SubProgram PARCOURS-TYPE",
        "LIC-list MANDATORY [TESTIMPORT4-E-2 TESTIMPORT4-E-23]",
        "TESTIMPORT4-E-2 UE",
        "TESTIMPORT4-E-23 UE",
        "G MANDATORY [X]",
        "X UE",
    ];
    check(&node, &contents, &["op-without-grouping LIC"]);
    let found = &import(&node).alerts[0];
    let objects = ["TESTIMPORT4-E-2", "TESTIMPORT4-E-23"].map(Code::from).to_vec();
    assert_eq!(found.kind, AlertKind::OpWithoutGrouping { list: "LIC-list".into(), objects });
    assert_eq!((found.severity, found.kind.basis()), (Severity::Warning, "seed"));
}

#[test]
fn i5_below_everything_that_is_no_grouping() {
    let below = |parent: Node, kind: &str| {
        let code = parent.0["code"].as_str().unwrap_or_default().to_owned();
        let contents = [
            format!("LIC Program Diplome [{code}]"),
            format!("{code} {kind} [{code}-list]"),
            format!("{code}-list MANDATORY [U]"),
            "U UE".to_owned(),
        ];
        let contents = contents.each_ref().map(String::as_str);
        check(&lic([parent]), &contents, &[&format!("op-without-grouping {code}")]);
    };
    below(of("ANNEE", "A", [ue("U", ())]), "Container year");
    below(sem("S", [ue("U", ())]), "Container semester");
    below(path("P", [ue("U", ())]), "SubProgram PARCOURS-TYPE");
    let node = lic([grp("G", [ue("U", [of("EC", "E", ())])])]);
    let contents = [
        "LIC Program Diplome [G]",
        "G MANDATORY [U]",
        "U UE [U-list]",
        "U-list MANDATORY [E]",
        "E EC",
    ];
    check(&node, &contents, &["op-without-grouping U"]);
}

#[test]
fn i5_automatic_lists_have_no_synchronization_code() {
    let import = import(&lic([ue("U", ())]));
    let list = import.catalogue.get("LIC-list").unwrap();
    assert!(list.is_automatic_list());
    assert_eq!((list.sync_code.as_ref(), &*list.title), (None, "LIC-list"));
    assert_eq!(import.catalogue.get("U").unwrap().sync_code, Some("U".into()));
}

#[test]
fn i6_groupings_with_courses_only() {
    let node = lic([grp("G", [ue("A", ()), ue("B", ())])]);
    check(&node, &["LIC Program Diplome [G]", "G MANDATORY [A B]", "A UE", "B UE"], &[]);
}

#[test]
fn i7_everything_else_is_left_out_with_all_below() {
    let node = lic([grp(
        "G",
        [
            path("P", [sem("BELOW-P", ())]),
            ue("A", ()),
            sem("S", [grp("BELOW-S", [ue("X", ())])]),
            grp("H", [ue("Y", ())]),
        ],
    )]);
    let said = ["non-op-in-op-grouping P", "non-op-in-op-grouping S", "non-op-in-op-grouping H"];
    // What is said of the children comes where they stand.
    let contents = ["LIC Program Diplome [G]", "G MANDATORY [A]", "A UE"];
    check(&node, &contents, &said);
    let found = &import(&node).alerts[0];
    assert_eq!(found.kind, AlertKind::NonOpInOpGrouping { grouping: "G".into() });
    assert_eq!(found.path, ["LIC", "G", "P"].map(Code::from));
}

#[test]
fn i8_groupings_without_courses() {
    let node = lic([grp("G", [path("P", ()), path("Q", ())])]);
    let contents = [
        "LIC Program Diplome [G]",
        "G Container - [P Q]",
        "P SubProgram PARCOURS-TYPE",
        "Q SubProgram PARCOURS-TYPE",
    ];
    check(&node, &contents, &[]);
    // Only direct children decide.
    let node = lic([grp("G", [grp("H", [ue("U", ())]), grp("I", [sem("S", ())])])]);
    let contents = [
        "LIC Program Diplome [G]",
        "G Container - [H I]",
        "H MANDATORY [U]",
        "U UE",
        "I Container - [S]",
        "S Container semester",
    ];
    check(&node, &contents, &[]);
}

#[test]
fn i9_empty_groupings() {
    let node = lic([grp("G", ())]);
    check(&node, &["LIC Program Diplome [G]", "G Container -"], &["empty-grouping G"]);
}

#[test]
fn i10_what_a_course_may_not_hold() {
    for (child, target) in [
        (path("X", [sem("BELOW", ())]), Kind::SubProgram),
        (sem("X", [grp("BELOW", [ue("U", ())])]), Kind::Container),
        (grp("X", [sem("BELOW", ())]), Kind::Container),
        (grp("X", ()), Kind::Container),
    ] {
        let node = lic([grp("G", [ue("A", [child])])]);
        let contents = ["LIC Program Diplome [G]", "G MANDATORY [A]", "A UE"];
        check(&node, &contents, &["child-not-allowed X"]);
        let import = import(&node);
        let parent = "A".into();
        assert_eq!(import.alerts[0].kind, AlertKind::ChildNotAllowed { parent, target });
    }
    let node = lic([grp("G", [ue("A", [grp("H", [of("EC", "E", ())])])])]);
    let contents =
        ["LIC Program Diplome [G]", "G MANDATORY [A]", "A UE [H]", "H MANDATORY [E]", "E EC"];
    check(&node, &contents, &[]);
    // A programme has no place below another one.
    let node = lic([formation("F", "0", [sem("S", ())])]);
    check(&node, &["LIC Program Diplome"], &["child-not-allowed F"]);
}

#[test]
fn i11_types_of_no_known_category() {
    let node = lic([of("TRIMESTRE", "T", [ue("U", ())]), socle()]);
    let contents = [&["LIC Program Diplome [SOCLE]"][..], &SOCLE].concat();
    check(&node, &contents, &["unknown-object-type T"]);
    let import = import(&node);
    let found = &import.alerts[0];
    let object_type = "TRIMESTRE".to_owned();
    assert_eq!(
        found.kind,
        AlertKind::UnknownObjectType { parent: Some("LIC".into()), object_type }
    );
    assert_eq!(
        found.place.as_ref().unwrap().json_path,
        "$.enfants[0].objetMaquette.descripteursObjetMaquette.typeObjetFormation"
    );
    // Case counts, and so does having a type at all.
    for object_type in [json!("ue"), json!(null), json!("")] {
        let node = lic([ue("U", ()).with("typeObjetFormation", object_type)]);
        check(&node, &["LIC Program Diplome"], &["unknown-object-type U"]);
    }
}

#[test]
fn i12_an_object_on_several_paths() {
    let shared = || grp("G", [ue("U", [of("EC", "E", ())])]);
    let node = lic([sem("S1", [shared()]), sem("S2", [shared()])]);
    let contents = [
        "LIC Program Diplome [S1 S2]",
        "S1 Container semester [G]",
        "G MANDATORY [U]",
        "U UE [U-list]",
        "U-list MANDATORY [E]",
        "E EC",
        "S2 Container semester [G]",
    ];
    check(&node, &contents, &["op-without-grouping U"]);
    // A repetition without its children says nothing else.
    let bare = grp("G", ());
    let node = lic([sem("S1", [grp("G", [ue("U", ())])]), sem("S2", [bare])]);
    let contents = [
        "LIC Program Diplome [S1 S2]",
        "S1 Container semester [G]",
        "G MANDATORY [U]",
        "U UE",
        "S2 Container semester [G]",
    ];
    check(&node, &contents, &[]);
}

/// Details of objects: id (which is the code), type and children. A child with `?` is optional.
fn details(objects: &[(&str, &str, &[&str])]) -> String {
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

#[track_caller]
fn check_text(text: &str, contents: &[&str], said: &[&str]) {
    let import = import_text(text);
    assert_eq!(shown(&import), contents, "{text}");
    assert_eq!(alerts(&import), said, "{text}");
}

#[test]
fn i13_cycles() {
    let text = details(&[
        ("LIC", "F", &["G"]),
        ("G", "G", &["A", "B"]),
        ("A", "UE", &["H"]),
        ("H", "G", &["A", "B"]),
        ("B", "UE", &[]),
    ]);
    let contents =
        ["LIC Program Diplome [G]", "G MANDATORY [A B]", "A UE [H]", "H MANDATORY [B]", "B UE"];
    check_text(&text, &contents, &["cycle A"]);
    let import = import_text(&text);
    assert_eq!(import.alerts[0].kind, AlertKind::Cycle { parent: "H".into() });
    assert_eq!(import.worst(), Some(Severity::Error));
    // An object that holds itself, and the formation below its child.
    let text = details(&[("LIC", "F", &["G"]), ("G", "G", &["G", "LIC", "U"]), ("U", "UE", &[])]);
    let contents = ["LIC Program Diplome [G]", "G MANDATORY [U]", "U UE"];
    check_text(&text, &contents, &["cycle G", "cycle LIC"]);
    // In nested objects the same code is the same object.
    let node = lic([sem("S", [path("P", [sem("S", ())])])]);
    let contents =
        ["LIC Program Diplome [S]", "S Container semester [P]", "P SubProgram PARCOURS-TYPE"];
    check(&node, &contents, &["cycle S"]);
}

#[test]
fn i13_children_that_are_not_there() {
    let text = details(&[("LIC", "F", &["X", "G"]), ("G", "G", &["U", "Y"]), ("U", "UE", &[])]);
    let contents = ["LIC Program Diplome [G]", "G MANDATORY [U]", "U UE"];
    check_text(&text, &contents, &["dangling-child LIC", "dangling-child G"]);
    let import = import_text(&text);
    let found: Vec<_> = import.alerts.iter().filter_map(pegase::Alert::value).collect();
    assert_eq!(found, ["X", "Y"]);
    let place = import.alerts[1].place.as_ref().unwrap();
    assert_eq!(place.json_path, "$[1].enfants[1]");
    // A link that says nothing at all.
    let text = details(&[("LIC", "F", &[])]).replace("[]", "[{\"obligatoire\":true}]");
    check_text(&text, &["LIC Program Diplome"], &["dangling-child LIC"]);
}

// Lists.

#[test]
fn types_of_lists() {
    let optional = [(ue("A", ()), false)];
    for (node, choice) in [
        (lic([(grp("G", [ue("A", ())]), true)]), "MANDATORY"),
        (lic([(grp("G", [ue("A", ())]), false)]), "OPTIONAL"),
        // The obligation of the courses of a grouping says nothing.
        (lic([(grp("G", optional.clone()), true)]), "MANDATORY"),
        // A range counts more than an obligation.
        (lic([(grp("G", [ue("A", ())]).with_range(0, 1), false)]), "CHOICE 0-1"),
        (lic([(grp("G", [ue("A", ())]).with_range(1, 1), true)]), "CHOICE 1-1"),
    ] {
        let contents = ["LIC Program Diplome [G]", &format!("G {choice} [A]"), "A UE"];
        check(&node, &contents, &[]);
    }
    let node = lic([(ue("A", ()), false), (ue("B", ()), false)]);
    let contents = ["LIC Program Diplome [LIC-list]", "LIC-list OPTIONAL [A B]", "A UE", "B UE"];
    check(&node, &contents, &["op-without-grouping LIC"]);
}

#[test]
fn d5_a_list_of_some_that_are_optional() {
    let node = lic([(ue("A", ()), true), (ue("B", ()), false), (ue("C", ()), false)]);
    let contents =
        ["LIC Program Diplome [LIC-list]", "LIC-list MANDATORY [A B C]", "A UE", "B UE", "C UE"];
    check(&node, &contents, &["op-without-grouping LIC", "auto-list-mixed-obligation LIC"]);
    let import = import(&node);
    let optional = ["B", "C"].map(Code::from).to_vec();
    let list = "LIC-list".into();
    assert_eq!(import.alerts[1].kind, AlertKind::AutoListMixedObligation { list, optional });
}

#[test]
fn d2_the_suffix_of_lists() {
    let text = lic([ue("A", ())]).text();
    let import = import_by(text.as_bytes(), |importer| importer.with_list_suffix("-LISTE"));
    assert_eq!(import.catalogue.get("LIC-LISTE").unwrap().title, "LIC-LISTE");
}

#[test]
fn the_code_of_a_list_may_be_taken() {
    let text = lic([ue("A", ()), grp("LIC-L", [ue("B", ())]), path("LIC-L-2", ())]).text();
    let import = import_by(text.as_bytes(), |importer| importer.with_list_suffix("-L"));
    assert_eq!(alerts(&import), ["op-without-grouping LIC", "code-taken LIC"]);
    let contents = [
        "LIC Program Diplome [LIC-L-3 LIC-L LIC-L-2]",
        "LIC-L-3 MANDATORY [A]",
        "A UE",
        "LIC-L MANDATORY [B]",
        "B UE",
        "LIC-L-2 SubProgram PARCOURS-TYPE",
    ];
    assert_eq!(shown(&import), contents);
}

#[test]
fn d8_and_d27_ranges() {
    for (range, choice, is_invalid) in [
        (json!({"min": 1, "max": 2}), "CHOICE 1-2", false),
        (json!({"min": 2, "max": 1}), "CHOICE 2-1", true),
        (json!({"min": 1, "max": 3}), "CHOICE 1-3", true),
        (json!({"min": 3}), "CHOICE 3-", true),
        (json!({"min": 0, "max": 0}), "CHOICE 0-0", false),
        (json!({"min": 0}), "CHOICE 0-", false),
        (json!({"max": 2}), "CHOICE -2", false),
        (json!({"min": null, "max": null}), "CHOICE -", false),
        (json!({}), "CHOICE -", false),
        (json!({"min": "1", "max": 2.0}), "CHOICE 1-2", false),
        (json!(null), "MANDATORY", false),
    ] {
        let node = lic([grp("G", [ue("A", ()), ue("B", ())]).with("plageDeChoix", range.clone())]);
        let contents = ["LIC Program Diplome [G]", &format!("G {choice} [A B]"), "A UE", "B UE"];
        check(&node, &contents, if is_invalid { &["choice-range-invalid G"] } else { &[] });
    }
    let node = lic([grp("G", [ue("A", ())]).with("plageDeChoix", json!({"min": -1, "max": 1.5}))]);
    check(
        &node,
        &["LIC Program Diplome [G]", "G CHOICE - [A]", "A UE"],
        &["value-not-readable G", "value-not-readable G"],
    );
}

#[test]
fn d40_only_the_courses_that_stay_are_counted() {
    let children = [ue("A", ()), path("P", ()), of("TRIMESTRE", "T", ())];
    let node = lic([grp("G", children).with_range(1, 2)]);
    let contents = ["LIC Program Diplome [G]", "G CHOICE 1-2 [A]", "A UE"];
    let said = ["choice-range-invalid G", "non-op-in-op-grouping P", "unknown-object-type T"];
    check(&node, &contents, &said);
    let import = import(&node);
    let AlertKind::ChoiceRangeInvalid { children, .. } = import.alerts[0].kind else {
        panic!("{:?}", import.alerts[0])
    };
    assert_eq!(children, 1);
}

#[test]
fn d35_a_range_that_is_lost() {
    let node = lic([grp("G", [path("P", ()), path("Q", ())]).with_range(1, 1)]);
    let contents = [
        "LIC Program Diplome [G]",
        "G Container - 1-1 [P Q]",
        "P SubProgram PARCOURS-TYPE",
        "Q SubProgram PARCOURS-TYPE",
    ];
    check(&node, &contents, &["choice-range-dropped G"]);
    assert_eq!(import(&node).worst(), Some(Severity::Info));
}

// Values.

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
fn d22_codes_are_kept() {
    for code in ["a", "A_B", "É", "A B", &"X".repeat(31)] {
        let import = import(&lic([path(code, ())]));
        assert_eq!(alerts(&import), [format!("sync-code-invalid {code}")]);
        assert_eq!(import.catalogue.get(code).unwrap().sync_code, Some(code.into()));
    }
    assert_eq!(alerts(&import(&lic([path(&"X".repeat(30), ())]))), [""; 0]);
}

#[test]
fn objects_without_a_code() {
    for code in [json!(null), json!("")] {
        let node = lic([path("P", ()).with_member("code", code)]);
        let import = import(&node);
        assert_eq!(alerts(&import), ["code-missing id-P"]);
        assert_eq!(import.catalogue.get("id-P").unwrap().sync_code, None);
    }
    // Several of them are several objects.
    let bare = || {
        let mut node = path("P", ());
        node.0.remove("code");
        node.0.remove("id");
        node
    };
    let import = import(&lic([bare(), bare()]));
    let contents = [
        "LIC Program Diplome [object-2 object-3]",
        "object-2 SubProgram PARCOURS-TYPE",
        "object-3 SubProgram PARCOURS-TYPE",
    ];
    assert_eq!(shown(&import), contents);
    assert_eq!(alerts(&import), ["code-missing object-2", "code-missing object-3"]);
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

#[test]
fn d24_the_same_code_and_other_data() {
    let first = || ue("U", ()).with("ects", 6);
    for (other, members) in [
        (ue("U", ()).with("ects", 3), "ects"),
        (of("EC", "U", ()).with("ects", 6), "type"),
        (first().with("libelle", "Other"), "libelle"),
        (first().with_member("descripteursSyllabus", json!({"description": "D"})), "description"),
        (ue("U", [grp("H", [ue("X", ())])]).with("ects", 6), "enfants"),
    ] {
        let import = import(&lic([grp("G", [first()]), grp("H2", [other])]));
        assert_eq!(alerts(&import), ["shared-node-differs U"], "{members}");
        let found = &import.alerts[0];
        assert_eq!(found.kind, AlertKind::SharedNodeDiffers { members: vec![members] });
        let place = found.place.as_ref().unwrap();
        assert!(place.json_path.starts_with("$.enfants[1]"), "{}", place.json_path);
        let contents =
            ["LIC Program Diplome [G H2]", "G MANDATORY [U]", "U UE", "H2 MANDATORY [U]"];
        assert_eq!(shown(&import), contents, "{members}");
    }
}

#[test]
fn the_same_child_twice() {
    let node = lic([grp("G", [ue("A", ()), ue("A", ())])]);
    check(&node, &["LIC Program Diplome [G]", "G MANDATORY [A]", "A UE"], &["child-repeated A"]);
    let node = lic([ue("A", ()), ue("A", ())]);
    let contents = ["LIC Program Diplome [LIC-list]", "LIC-list MANDATORY [A]", "A UE"];
    check(&node, &contents, &["op-without-grouping LIC", "child-repeated A"]);
}

// Who may do what.

/// What is refused, and what is left.
fn refuse(node: &Node, refuses: impl Fn(&Request<'_>) -> bool) -> (Vec<String>, Vec<String>) {
    let policy = |request: &Request<'_>| !refuses(request);
    let import = import_by(node.text().as_bytes(), |importer| importer.with_policy(&policy));
    let contents = import.catalogue.iter().map(|content| content.code.to_string()).collect();
    (contents, alerts(&import))
}

#[test]
fn d21_each_kind_can_be_refused() {
    let node = lic([path("P", [sem("S", [grp("G", [ue("U", [of("EC", "E", ())])])])])]);
    for (kind, contents, refused) in [
        (Kind::Program, &[][..], "LIC"),
        (Kind::SubProgram, &["LIC"], "P"),
        (Kind::Container, &["LIC", "P"], "S"),
        (Kind::CourseList, &["LIC", "P", "S"], "G"),
        (Kind::Course, &["LIC", "P", "S", "G"], "U"),
    ] {
        let (found, said) = refuse(&node, |request| request.kind == kind);
        assert_eq!(found, contents, "{kind:?}");
        assert_eq!(said, [format!("not-allowed-by-policy {refused}")], "{kind:?}");
    }
}

#[test]
fn d21_a_refused_list_stops_its_courses() {
    let node = lic([sem("S", [ue("A", ()), ue("B", ())]), socle()]);
    let (found, said) = refuse(&node, |request| request.code.as_str() == "S-list");
    assert_eq!(found, ["LIC", "S", "SOCLE", "ALGO"]);
    assert_eq!(said, ["not-allowed-by-policy S"]);
    // Where no course is left, no list is made.
    let (found, said) = refuse(&node, |request| ["A", "B"].contains(&request.code.as_str()));
    assert_eq!(found, ["LIC", "S", "SOCLE", "ALGO"]);
    assert_eq!(said, ["not-allowed-by-policy A", "not-allowed-by-policy B"]);
}

#[test]
fn d21_a_list_is_of_the_courses_that_are_left() {
    let node = lic([(ue("A", ()), true), (ue("B", ()), false)]);
    let policy = |request: &Request<'_>| request.code.as_str() != "A";
    let import = import_by(node.text().as_bytes(), |importer| importer.with_policy(&policy));
    let contents = ["LIC Program Diplome [LIC-list]", "LIC-list OPTIONAL [B]", "B UE"];
    assert_eq!(shown(&import), contents);
    assert_eq!(alerts(&import), ["op-without-grouping LIC", "not-allowed-by-policy A"]);
}

#[test]
fn d21_what_is_refused_on_one_path_may_be_there_on_another() {
    let shared = || grp("G", [ue("U", ())]);
    let node = lic([sem("S1", [shared()]), sem("S2", [shared()])]);
    let is_below = |request: &Request<'_>| {
        request.kind == Kind::CourseList && request.ancestors.iter().any(|it| it.as_str() == "S1")
    };
    let (found, said) = refuse(&node, is_below);
    assert_eq!(found, ["LIC", "S1", "S2", "G", "U"]);
    assert_eq!(said, ["not-allowed-by-policy G"]);
}

#[test]
fn d21_components_are_inherited() {
    let node = lic([
        path("P", [sem("S", [ue("A", ())])]).with("structurePrincipale", "IUT"),
        path("Q", [sem("T", [ue("B", ()).with("structurePrincipale", "IAE")])]),
    ])
    .with("structurePrincipale", "UFR");
    let seen = std::cell::RefCell::new(Vec::new());
    let policy = |request: &Request<'_>| {
        let ancestors: Vec<_> = request.ancestors.iter().map(Code::as_str).collect();
        let component = request.component.unwrap_or("-");
        seen.borrow_mut().push(format!("{} {component} {}", request.code, ancestors.join(">")));
        assert_eq!(request.action, Action::Import);
        true
    };
    _ = import_by(node.text().as_bytes(), |importer| importer.with_policy(&policy));
    let mut seen = seen.into_inner();
    seen.sort();
    seen.dedup();
    let expected = [
        "A IUT LIC>P>S>S-list",
        "B IAE LIC>Q>T>T-list",
        "LIC UFR ",
        "P IUT LIC",
        "Q UFR LIC",
        "S IUT LIC>P",
        "S-list IUT LIC>P>S",
        "T UFR LIC>Q",
        "T-list UFR LIC>Q>T",
    ];
    assert_eq!(seen, expected);
}

#[test]
fn what_is_known_is_synchronised() {
    let node = lic([sem("S", ()), path("P", ())]);
    let is_known = |code: &str| code == "P";
    let policy = |request: &Request<'_>| request.action == Action::Import;
    let import = import_by(node.text().as_bytes(), |importer| {
        importer.with_policy(&policy).with_known(&is_known)
    });
    let (action, target) = (Action::Synchronise, Kind::SubProgram);
    assert_eq!(alerts(&import), ["not-allowed-by-policy P"]);
    assert_eq!(import.alerts[0].kind, AlertKind::NotAllowedByPolicy { action, target });
}

// Types of objects.

#[test]
fn d7_types_of_an_institution() {
    let types = ObjectTypes::new()
        .with("TRIMESTRE", Category::Temporal)
        .with("BLOC", Category::Organisational)
        .with("PROJ", Category::Pedagogical)
        .with("CONF", Category::Pedagogical)
        .with("EC", Category::Temporal);
    let children = [
        of("TRIMESTRE", "T", ()),
        of("BLOC", "B", ()),
        grp("G", [of("PROJ", "P", ()), of("CONF", "C", ())]),
        of("EC", "E", ()),
    ];
    let text = lic(children).text();
    let import = import_by(text.as_bytes(), |importer| importer.with_object_types(types));
    let contents = [
        "LIC Program Diplome [T B G E]",
        "T Container -",
        "B SubProgram BLOC",
        "G MANDATORY [P C]",
        "P projet",
        "C -",
        "E Container -",
    ];
    assert_eq!(shown(&import), contents);
    let said = ["unmatched-reference T", "unmatched-reference C", "unmatched-reference E"];
    assert_eq!(alerts(&import), said);
}

// Forms of the text.

#[test]
fn several_formations() {
    let tree = json!([
        {"codePeriode": "P", "codeFormation": "A", "arbreFormation": {
            "code": "A", "type": {"code": "0"}, "listeGroupement": [
                {"code": "G", "listeObjetFormation": [{"code": "U", "type": {"code": "UE"}}]}]}},
        {"codePeriode": "P", "codeFormation": "B", "arbreFormation": {
            "code": "B", "type": {"code": "1"}, "listeGroupement": [
                {"code": "G", "listeObjetFormation": [{"code": "U", "type": {"code": "UE"}}]}]}}
    ]);
    let import = import_text(&tree.to_string());
    assert_eq!(import.roots, ["A", "B"]);
    let contents =
        ["A Program Diplome [G]", "G MANDATORY [U]", "U UE", "B Program Certification [G]"];
    assert_eq!(shown(&import), contents);
    assert_eq!(alerts(&import), [""; 0]);
    let json = serde_json::to_value(&import).unwrap();
    assert_eq!((&json["root"], &json["roots"]), (&json!("A"), &json!(["A", "B"])));
}

#[test]
fn the_top_need_not_be_a_formation() {
    for (node, contents) in [
        (grp("G", [ue("U", ())]), &["G MANDATORY [U]", "U UE"][..]),
        (sem("S", ()), &["S Container semester"]),
        (ue("U", ()), &["U UE"]),
        (path("P", ()), &["P SubProgram PARCOURS-TYPE"]),
    ] {
        check(&node, contents, &[]);
    }
    let node = of("TRIMESTRE", "T", [sem("S", ())]);
    check(&node, &[], &["unknown-object-type T"]);
    assert_eq!(import(&node).roots, [""; 0]);
}

#[test]
fn text_in_utf_16() {
    let text = lic([socle(), ue("É", ())]).text();
    let bytes: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let import = import_by(&bytes, |importer| importer);
    assert_eq!(alerts(&import), ["op-without-grouping LIC", "sync-code-invalid É"]);
    // The place is one of the bytes as they came.
    let place = import.alerts[1].place.as_ref().unwrap();
    let start = usize::try_from(place.span.start).unwrap();
    let end = usize::try_from(place.span.end).unwrap();
    let units: Vec<_> =
        bytes[start..end].chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]])).collect();
    assert_eq!(String::from_utf16(&units).unwrap(), "\"É\"");
}

#[test]
fn d41_a_structure_with_and_without_details() {
    let structure = json!({"racine": {
        "id": "LIC", "classe": "F", "code": "LIC", "libelle": "LIC", "enfants": [
            {"id": "G", "obligatoire": false, "objetMaquette": {
                "id": "G", "classe": "G", "code": "G", "libelle": "G", "enfants": [
                    {"id": "U", "obligatoire": true, "objetMaquette": {
                        "id": "U", "classe": "OF", "type": "UE", "code": "U", "enfants": []}}]}}]}})
    .to_string();
    let contents = ["LIC Program - [G]", "G OPTIONAL [U]", "U UE"];
    check_text(&structure, &contents, &["details-missing LIC"]);
    let details = details(&[("LIC", "F", &["G?"]), ("G", "G", &["U"]), ("U", "UE", &[])])
        .replace(r#""libelle":"G","#, r#""libelle":"G","plageDeChoix":{"min":1,"max":1},"#);
    for (first, second) in [(&structure, &details), (&details, &structure)] {
        let import = import_two(first, second);
        let contents = ["LIC Program Diplome [G]", "G CHOICE 1-1 [U]", "U UE"];
        assert_eq!(shown(&import), contents);
        assert_eq!(alerts(&import), [""; 0]);
        assert_eq!(import.catalogue.get("LIC").unwrap().title, "The LIC");
    }
}

#[test]
fn d41_details_of_some_objects() {
    let structure = json!({"racine": {
        "id": "LIC", "classe": "F", "code": "LIC", "libelle": "LIC", "enfants": [
            {"id": "S", "obligatoire": true, "objetMaquette": {
                "id": "S", "classe": "OF", "type": "SEMESTRE", "code": "S", "enfants": []}}]}})
    .to_string();
    let import = import_two(&structure, &details(&[("LIC", "F", &["S"])]));
    assert_eq!(shown(&import), ["LIC Program Diplome [S]", "S Container semester"]);
    // The details say that there is no S; the structure has it.
    assert_eq!(alerts(&import), ["details-missing S"]);
}

#[test]
fn details_that_nothing_leads_to() {
    let text = details(&[("LIC", "F", &[]), ("G", "G", &["U"]), ("U", "UE", &[])]);
    check_text(&text, &["LIC Program Diplome"], &["unreachable-object G", "unreachable-object U"]);
}

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

#[test]
fn levels_up_to_the_limit() {
    let chain = |levels: usize| {
        let mut node = sem(&format!("S{levels}"), ());
        for level in (2..levels).rev() {
            node = sem(&format!("S{level}"), [node]);
        }
        lic([node]).text()
    };
    let mut limits = Limits::default();
    assert_eq!(limits.depth, 200);
    limits.depth = 3;
    let import = import_within(limits, chain(3).as_bytes(), |importer| importer);
    assert_eq!((import.catalogue.len(), alerts(&import)), (3, vec![]));
    // The member after the object that was left out is read, too.
    let text = chain(4).replace(r#""obligatoire":true,"#, "");
    let text = text.replace("}}]", r#"},"obligatoire":true}]"#);
    for text in [chain(4), text] {
        let import = import_within(limits, text.as_bytes(), |importer| importer);
        assert_eq!((import.catalogue.len(), alerts(&import)), (3, vec!["too-deep S3".to_owned()]));
    }
}

/// A grouping whose children were left out is not empty.
#[test]
fn groupings_at_the_limit() {
    let mut limits = Limits::default();
    limits.depth = 2;
    let text = lic([grp("G", [sem("S", ())])]).text();
    let import = import_within(limits, text.as_bytes(), |importer| importer);
    assert_eq!(alerts(&import), ["too-deep G"]);
}
