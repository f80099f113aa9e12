//! What a synchronisation says: created, updated, unchanged, vanished.
#![cfg(feature = "serde")]
#![expect(clippy::disallowed_methods, reason = "tests read their data")]

use std::fs;

use odf_model::{Catalogue, ChoiceRange, ChoiceType, Content, Credits, Element, Kind, Tables};
use pegase::edu_syntax::Decoded;
use pegase::{
    Action, AlertKind, Change, FieldValue, Import, Importer, MaquetteReader, Request,
    Synchronisation, Synchroniser,
};

fn tables() -> Tables {
    let json = fs::read("tests/data/reftables/tables.json").expect("the tables");
    serde_json::from_slice(&json).expect("tables")
}

fn import(folder: &str, file: &str) -> Import {
    let bytes = fs::read(format!("tests/data/{folder}/{file}.json")).expect("a maquette");
    let decoded = Decoded::new(&bytes);
    let maquette = MaquetteReader::new().read(&decoded).expect("a maquette");
    Importer::new(&tables()).import(&maquette)
}

/// Code, what becomes of it, and the names of the fields, of each content that does not stay as it is.
fn changes(result: &Synchronisation) -> Vec<(&str, &str, Vec<&str>)> {
    let changed = result.contents.iter().filter(|content| content.change != Change::Unchanged);
    changed
        .map(|content| {
            let fields = match &content.change {
                Change::Updated(fields) => fields.iter().map(|change| change.field).collect(),
                _ => Vec::new(),
            };
            (content.code.as_str(), content.change.as_str(), fields)
        })
        .collect()
}

fn course(catalogue: &mut Catalogue, code: &str, change: impl FnOnce(&mut odf_model::Course)) {
    if let Element::Course(course) = &mut catalogue.get_mut(code).expect("a content").element {
        change(course);
    }
}

#[test]
fn against_itself_nothing_changes() {
    for folder in ["licence-info", "alertes", "du-data"] {
        for file in ["import", "details", "arbre-mof"] {
            let import = import(folder, file);
            let result = Synchroniser::new(&import.catalogue).synchronise(&import);
            assert_eq!(changes(&result), [], "{folder} {file}");
            assert_eq!(result.contents.len(), import.catalogue.len());
            assert_eq!(result.catalogue, import.catalogue);
        }
    }
}

#[test]
fn against_nothing_all_is_created() {
    let import = import("licence-info", "import");
    let result = Synchroniser::new(&Catalogue::new()).synchronise(&import);
    assert!(result.contents.iter().all(|content| content.change == Change::Created));
    assert_eq!(result.catalogue, import.catalogue);
    let again = Synchroniser::new(&result.catalogue).synchronise(&import);
    assert_eq!(changes(&again), []);
}

#[test]
fn exactly_what_changed_is_named() {
    let import = import("licence-info", "import");
    let mut existing = import.catalogue.clone();
    existing.get_mut("UE-WEB").expect("a course").title = "Le Web".to_owned();
    course(&mut existing, "UE-ROBO", |course| course.credits = Some(Credits::from(4)));
    // Pégase has taken one course out of a list.
    let mut gone =
        Content::new("UE-CUISINE", "Cuisine", Element::Course(odf_model::Course::default()));
    gone.sync_code = Some("UE-CUISINE".into());
    existing.insert(gone);
    existing.get_mut("GRP-S2-OPT").expect("a list").children.push("UE-CUISINE".into());

    let result = Synchroniser::new(&existing).synchronise(&import);
    assert_eq!(
        changes(&result),
        [
            ("GRP-S2-OPT", "updated", vec!["children"]),
            ("UE-WEB", "updated", vec!["title"]),
            ("UE-ROBO", "updated", vec!["ects"]),
            ("UE-CUISINE", "vanished", vec![]),
        ]
    );
    let of = |code: &str| {
        let content = result.contents.iter().find(|content| content.code == *code);
        match &content.expect("a content").change {
            Change::Updated(fields) => (fields[0].old.clone(), fields[0].new.clone()),
            change => panic!("{change:?}"),
        }
    };
    assert_eq!(of("UE-WEB").0, FieldValue::Text("Le Web".to_owned()));
    assert_eq!(of("UE-WEB").1, FieldValue::Text("Web".to_owned()));
    assert_eq!(of("UE-ROBO").0, FieldValue::Credits(Credits::from(4)));
    let again = Synchroniser::new(&result.catalogue).synchronise(&import);
    assert_eq!(changes(&again), [], "the second time nothing changes");
}

#[test]
fn what_another_programme_holds_does_not_vanish() {
    let import = import("du-data", "import");
    let mut existing = import.catalogue.clone();
    let shared = Content::new("UE-SPORT", "Sport", Element::Course(odf_model::Course::default()));
    existing.insert(shared);
    existing.get_mut("GRP-BLOC-A").expect("a list").children.push("UE-SPORT".into());
    let other = Catalogue::builder()
        .program("OTHER", "Autre", ["OTHER-L"])
        .optional("OTHER-L", "Liste", ["UE-SPORT"])
        .build();
    for content in other.iter() {
        existing.insert(content.clone());
    }
    let result = Synchroniser::new(&existing).synchronise(&import);
    assert_eq!(changes(&result), [("GRP-BLOC-A", "updated", vec!["children"])]);
}

#[test]
fn a_programme_made_by_hand_is_synchronised_with_a_given_code() {
    let import = import("du-data", "import");
    let existing = Catalogue::builder()
        .program("PROG-12", "À la main", ["PROG-12-S1"])
        .semester("PROG-12-S1", "Semestre", [])
        .build();
    let result = Synchroniser::new(&existing).with_program("PROG-12").synchronise(&import);
    let programs: Vec<_> = result.catalogue.programs().map(|content| &*content.code).collect();
    assert_eq!(programs, ["PROG-12"], "no second programme");
    let (code, change, fields) = changes(&result)[0].clone();
    assert_eq!((code, change), ("PROG-12", "updated"));
    assert!(fields.contains(&"sync_code") && fields.contains(&"title"), "{fields:?}");
    assert!(changes(&result).contains(&("PROG-12-S1", "vanished", vec![])));
    let program = result.catalogue.get("PROG-12").expect("the programme");
    assert_eq!(program.sync_code.as_deref(), Some("DU-DATA"));
    // Now the code is known, and need not be given.
    let again = Synchroniser::new(&result.catalogue).synchronise(&import);
    assert_eq!(changes(&again), []);
}

#[test]
fn a_policy_keeps_a_synchronization_code() {
    let import = import("du-data", "import");
    let existing = Catalogue::builder().program("PROG-12", "À la main", []).build();
    let policy = |request: &Request<'_>| request.action != Action::ModifyPegaseFields;
    let result = Synchroniser::new(&existing)
        .with_program("PROG-12")
        .with_policy(&policy)
        .synchronise(&import);
    let fields = &changes(&result)[0].2;
    assert!(!fields.contains(&"sync_code") && fields.contains(&"title"), "{fields:?}");
    let [alert] = &result.alerts[..] else { panic!("{:?}", result.alerts) };
    let expected =
        AlertKind::NotAllowedByPolicy { action: Action::ModifyPegaseFields, target: Kind::Program };
    assert_eq!((&alert.kind, &*alert.object), (&expected, "PROG-12"));
}

#[test]
fn what_people_entered_stays() {
    let import = import("alertes", "import");
    let mut existing = import.catalogue.clone();
    let program = existing.get_mut("TESTALERTES").expect("the programme");
    program.org_units = vec!["UFR-SCI".into()];
    // Nothing matched in the import, so that the fields of the reference tables are empty there.
    if let Element::Program(program) = &mut program.element {
        program.degree = Some("XA".into());
        program.domain = vec!["STS".into()];
    }
    let result = Synchroniser::new(&existing).synchronise(&import);
    assert_eq!(changes(&result), []);
}

#[test]
fn a_structure_alone_says_nothing_of_labels_ranges_and_types() {
    let whole = import("licence-info", "import");
    let structure = import("licence-info", "structure");
    let result = Synchroniser::new(&whole.catalogue).synchronise(&structure);
    assert_eq!(changes(&result), []);
}

#[test]
fn a_list_whose_range_changes_and_a_content_of_another_kind() {
    let import = import("licence-info", "import");
    let mut existing = import.catalogue.clone();
    if let Element::CourseList(list) = &mut existing.get_mut("GRP-S1-LANG").expect("a list").element
    {
        list.choice = Some(ChoiceType::Choice(ChoiceRange::new(1..=2)));
    }
    let children = existing.get("GRP-S2-OPT").expect("a list").children.clone();
    let container = Catalogue::builder().container("GRP-S2-OPT", "Ouverture", []).build();
    let mut container = container.get("GRP-S2-OPT").expect("it").clone();
    container.children = children;
    existing.insert(container);
    let result = Synchroniser::new(&existing).synchronise(&import);
    assert_eq!(
        changes(&result),
        [
            ("GRP-S1-LANG", "updated", vec!["choice"]),
            ("GRP-S2-OPT", "updated", vec!["kind", "sync_code", "choice", "origin"])
        ]
    );
}

#[test]
fn an_automatic_list_belongs_to_that_of_its_parent() {
    let import = import("du-data", "import");
    let mut existing = import.catalogue.clone();
    // The list has another code in the catalogue.
    let mut list = existing.get("DU-DATA-S1-list").expect("the list").clone();
    list.code = "liste-17".into();
    existing.insert(list);
    for code in &mut existing.get_mut("DU-DATA-S1").expect("the semester").children {
        if *code == "DU-DATA-S1-list" {
            *code = "liste-17".into();
        }
    }
    let existing: Catalogue =
        existing.iter().filter(|content| content.code != "DU-DATA-S1-list").cloned().collect();
    let result = Synchroniser::new(&existing).synchronise(&import);
    assert_eq!(changes(&result), []);
}
