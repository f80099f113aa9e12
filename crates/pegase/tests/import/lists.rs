//! Lists of courses: types, codes, choice ranges.

use pegase::AlertKind;
use pegase::edu_diagnostics::Severity;
use pegase::odf_model::Code;
use serde_json::json;

use crate::check::check;
use crate::support::{alerts, grp, import, import_by, lic, of, path, shown, ue};

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
