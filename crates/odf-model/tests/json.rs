//! The JSON form of catalogues and tables.
#![cfg(feature = "serde")]

use odf_model::{
    Catalogue, ChoiceRange, ChoiceType, Code, Contact, Container, Content, Course, CourseList,
    Credits, Element, ListOrigin, Missing, Program, SubProgram, Tables, missing_mandatory, table,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Z0-9-]{0,4}", "\\PC{0,6}", Just("year".to_owned()), Just("UE".to_owned())]
}

fn code() -> impl Strategy<Value = Code> {
    text().prop_map(Code::from)
}

fn codes() -> impl Strategy<Value = Vec<Code>> {
    vec(code(), 0..4)
}

fn credits() -> impl Strategy<Value = Credits> {
    (0..=1_000_000_u32).prop_map(|hundredths| {
        format!("{}.{:02}", hundredths / 100, hundredths % 100).parse().expect("in the range")
    })
}

fn range() -> impl Strategy<Value = ChoiceRange> {
    (option::of(0..9_u32), option::of(0..9_u32)).prop_map(|(min, max)| ChoiceRange { min, max })
}

fn program() -> impl Strategy<Value = Element> {
    let codes = (codes(), codes(), codes(), codes(), codes(), codes());
    let one = (code(), code(), code(), code(), code(), code());
    let texts = (option::of(text()), option::of(text()));
    let numbers = (option::of(credits()), option::of(any::<u32>()));
    (codes, one, texts, numbers, any::<[bool; 6]>()).prop_map(
        |(codes, one, texts, numbers, has)| {
            Element::Program(Box::new(Program {
                degree: has[0].then_some(one.0),
                domain: codes.0,
                mention: has[1].then_some(one.1),
                speciality: texts.0,
                program_field: codes.1,
                rncp_level: codes.2,
                rncp_code: codes.3,
                education_level: codes.4,
                education_entry_level: codes.5,
                diploma_nature: has[2].then_some(one.2),
                ects: has[3].then_some(one.3),
                credits: numbers.0,
                duration: has[4].then_some(one.4),
                education_kind: has[5].then_some(one.5),
                presentation: texts.1,
                pegase_version: numbers.1,
            }))
        },
    )
}

fn sub_program() -> impl Strategy<Value = Element> {
    let texts = (option::of(text()), option::of(text()));
    let rest = (option::of(code()), option::of(code()), option::of(credits()), texts);
    (codes(), codes(), codes(), rest).prop_map(
        |(domain, program_field, education_entry_level, rest)| {
            Element::SubProgram(Box::new(SubProgram {
                pegase_type: rest.0,
                domain,
                speciality: rest.3.0,
                program_field,
                education_entry_level,
                ects: rest.1,
                credits: rest.2,
                presentation: rest.3.1,
            }))
        },
    )
}

prop_compose! {
    fn container()(
        nature in option::of(text()), period in option::of(code()), credits in option::of(credits()),
        description in option::of(text()), pegase_type in option::of(code()), pegase_range in option::of(range()),
    ) -> Element {
        let nature = nature.map(|nature| nature.as_str().into());
        Element::Container(Container { nature, period, credits, description, pegase_type, pegase_range })
    }
}

fn list() -> impl Strategy<Value = Element> {
    let choice = prop_oneof![
        Just(ChoiceType::Mandatory),
        Just(ChoiceType::Optional),
        range().prop_map(ChoiceType::Choice),
    ];
    let origin = prop_oneof![Just(ListOrigin::Auto), Just(ListOrigin::Grouping)];
    (option::of(choice), option::of(origin))
        .prop_map(|(choice, origin)| Element::CourseList(CourseList { choice, origin }))
}

prop_compose! {
    fn course()(
        nature in option::of(text()), pegase_type in option::of(code()), credits in option::of(credits()),
        description in option::of(text()), internship in any::<bool>(), course_parts in codes(),
    ) -> Element {
        let nature = nature.map(|nature| nature.as_str().into());
        Element::Course(Course { nature, pegase_type, credits, description, internship, course_parts })
    }
}

fn contact() -> impl Strategy<Value = Contact> {
    (option::of(code()), codes()).prop_map(|(role, persons)| Contact { role, persons })
}

/// The synchronization code is the code, another one, or none.
fn content() -> impl Strategy<Value = Content> {
    let element = prop_oneof![program(), sub_program(), container(), list(), course()];
    let sync = prop_oneof![Just(None), Just(Some(None)), code().prop_map(|code| Some(Some(code)))];
    let ids = (code(), text(), sync, option::of(code()), option::of(code()));
    (ids, element, codes(), codes(), vec(contact(), 0..3)).prop_map(
        |((code, title, sync, catalog, language), element, children, org_units, contacts)| {
            let sync_code = sync.unwrap_or_else(|| Some(code.clone()));
            Content {
                code,
                title,
                sync_code,
                children,
                org_units,
                contacts,
                catalog,
                language,
                element,
            }
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(contents in vec(content(), 0..6)) {
        let catalogue: Catalogue = contents.into_iter().collect();
        let text = serde_json::to_string(&catalogue).unwrap();
        let read: Catalogue = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &catalogue);
        // Catalogues are equal in whatever order.
        prop_assert!(read.iter().eq(catalogue.iter()));
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    #[test]
    fn any_object_is_read_or_refused(kind in "Program|Course|X", number in any::<f64>(), text in "\\PC*") {
        let node = json!({"code": text, "kind": kind, "ects": number, "nature": text, "children": null});
        if let Ok(content) = serde_json::from_value::<Content>(node) {
            prop_assert!((0.0..=10_000.0).contains(&number) || !number.is_finite());
            prop_assert_eq!(content.code.as_str(), text);
        }
    }
}

fn read(json: Value) -> Result<Catalogue, String> {
    serde_json::from_value(json).map_err(|error| error.to_string())
}

/// Nodes as an import prints them: written again they are the same.
#[test]
fn nodes_of_every_kind() {
    let nodes = json!([
        {
            "code": "LIC", "kind": "Program", "title": "Licence", "diploma_nature": "Diplome", "ects": 180.0,
            "fields": {
                "degree": "XA", "domain": ["STS"], "mention": null, "program_field": [],
                "rncp_level": ["6", "7"], "diploma_nature": "Diplome", "ects": "180", "description": "Trois ans."
            },
            "pegase_version": 2, "org_units": ["UFR"], "catalog": "2026", "language": "fr",
            "children": ["S1"]
        },
        {
            "code": "PT", "kind": "SubProgram", "title": "Parcours", "pegase_type": "OPTION", "ects": null,
            "ects_entry": "60", "domain": ["STS"], "children": []
        },
        {
            "code": "S1", "kind": "Container", "title": "Semestre 1", "sync_code": null, "nature": "semester",
            "period": null, "ects": 2.5, "pegase_range": {"min": 1}, "children": ["S1-list", "LANG"]
        },
        {
            "code": "S1-list", "kind": "CourseList", "title": "S1-list", "choice": {"type": "MANDATORY"},
            "origin": "auto", "children": ["STAGE"]
        },
        {
            "code": "LANG", "kind": "CourseList", "title": "Langue", "sync_code": "GRP-LANG",
            "choice": {"type": "CHOICE", "min": 0, "max": 1}, "origin": "grouping", "children": []
        },
        {"code": "TODO", "kind": "CourseList", "title": "Liste", "choice": null, "children": []},
        {
            "code": "STAGE", "kind": "Course", "title": "Stage", "pegase_type": "ENS", "nature": null,
            "ects": 12.0, "internship": true, "contacts": [{"role": null, "persons": ["p1"]}], "children": []
        }
    ]);
    let file = json!({"version": 1, "nodes": nodes});
    let catalogue = read(file.clone()).unwrap();
    assert_eq!(serde_json::to_value(&catalogue).unwrap(), file);
    let sync_codes: Vec<_> =
        catalogue.iter().map(|content| content.sync_code.as_deref().unwrap_or("-")).collect();
    assert_eq!(sync_codes, ["LIC", "PT", "-", "-", "GRP-LANG", "TODO", "STAGE"]);
    // `children` come last, so that a node is read from the left to the right.
    let text = serde_json::to_string(catalogue.get("STAGE").unwrap()).unwrap();
    assert!(
        text.ends_with(r#""contacts":[{"role":null,"persons":["p1"]}],"children":[]}"#),
        "{text}"
    );
    let lists: Vec<_> = catalogue.iter().filter(|content| content.is_automatic_list()).collect();
    assert_eq!(serde_json::to_value(&lists).unwrap(), json!([nodes[3]]));
}

#[test]
fn what_is_not_known_is_passed_over() {
    let catalogue = read(json!({
        "note": "of an import", "root": "LIC", "alerts": [{"kind": "x"}],
        "nodes": [{
            "code": "LIC", "kind": "Program", "title": null, "diploma_nature": "Diplome", "ects": "60",
            "colour": "red", "org_units": null, "fields": {"rncp_level": "6", "domain": null, "x": 1}
        }]
    }))
    .unwrap();
    let content = catalogue.get("LIC").unwrap();
    let Element::Program(program) = &content.element else { panic!("a programme") };
    assert_eq!(program.diploma_nature.as_deref(), Some("Diplome"));
    assert_eq!(program.credits, Some(60.into()));
    assert_eq!(program.rncp_level, ["6"]);
}

#[test]
fn what_is_wrong_is_said() {
    let twice = json!([{"code": "A", "kind": "Course"}, {"code": "A", "kind": "Container"}]);
    let node = |member: &str, value: Value| {
        let mut node = json!({"code": "A", "kind": "CourseList"});
        node[member] = value;
        json!({"nodes": [node]})
    };
    for (json, expected) in [
        (json!({"nodes": twice}), "the code `A` is there twice"),
        (json!({"version": 2, "nodes": []}), "version 2 of a catalogue is not known, only 1 is"),
        (json!({"version": 1}), "missing field `nodes`"),
        (node("kind", json!("Module")), "unknown variant `Module`"),
        (node("ects", json!(-1)), "not a number of credits"),
        (node("ects", json!("six")), "not a number of credits"),
        (node("ects", json!([6])), "expected a number of credits"),
        (node("choice", json!({"type": "SOME"})), "unknown variant `SOME`"),
        (node("choice", json!({"type": "CHOICE", "min": -1})), "expected u32"),
        (node("children", json!("B")), "expected a sequence"),
    ] {
        let error = read(json).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn reference_tables() {
    let text = include_str!("data/tables.json");
    let mut file: Value = serde_json::from_str(text).unwrap();
    file["object_types"] = json!([["TRIMESTRE", "OTT"]]);
    file[table::DEGREE][0]["colour"] = json!("red");
    let tables: Tables = serde_json::from_value(file).unwrap();
    let degrees = tables.get(table::DEGREE).unwrap();
    assert_eq!(degrees.by_pegase_code("TYD020").map(|entry| entry.code.as_str()), Some("XA"));
    assert_eq!(tables.iter().count(), 9);
    let written = serde_json::to_string(&tables).unwrap();
    assert_eq!(serde_json::from_str::<Tables>(&written).unwrap(), tables);
    assert!(serde_json::from_value::<Tables>(json!({"X": "no table"})).is_err());
    assert!(serde_json::from_value::<Tables>(json!([])).is_err());
}

#[test]
fn missing_fields_are_pairs() {
    let catalogue = Catalogue::builder().container("C", "C", []).build();
    let missing: Vec<Missing> = missing_mandatory(catalogue.iter());
    assert_eq!(
        serde_json::to_value(&missing).unwrap(),
        json!([["C", "nature"], ["*containers", "period"]])
    );
}
