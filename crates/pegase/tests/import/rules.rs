//! The rules of the structure (I1 to I13), and the types of an institution.

use pegase::edu_diagnostics::Severity;
use pegase::odf_model::{Code, Kind};
use pegase::{AlertKind, Category, ObjectTypes};
use serde_json::json;

use crate::check::{SOCLE, check, check_text, details, socle};
use crate::support::{
    Node, alerts, formation, grp, import, import_by, import_text, lic, of, path, sem, shown, ue,
};

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
