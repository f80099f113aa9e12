//! Runs `pegase-sync` as its callers do.

#[path = "support/folder.rs"]
mod folder;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use folder::folder;
use serde_json::{Value, json};
use support::{program, texts};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/pegase/tests/data")
}

/// Runs a program in a folder: exit code, standard output, standard error.
fn run(name: &str, folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = program(name).current_dir(folder).args(args).output();
    texts(output.expect("`cargo test -p examples` builds the program first"))
}

fn answer(folder: &Path, args: &[&str]) -> (Value, String) {
    let (code, out, err) = run("pegase-sync", folder, args);
    assert_eq!(code, 0, "{err}");
    (serde_json::from_str(&out).expect("JSON"), err)
}

/// What is said where the work cannot be done.
fn refused(folder: &Path, args: &[&str]) -> String {
    let (code, out, err) = run("pegase-sync", folder, args);
    assert_eq!((code, out.as_str()), (2, ""), "{args:?}\n{err}");
    err
}

/// What an import printed.
fn imported(folder: &Path, maquette: &str) -> Value {
    let tables = data().join("reftables/tables.json");
    let args = ["--tables", tables.to_str().expect("UTF-8"), maquette];
    let (code, out, err) = run("pegase-import", folder, &args);
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn formations_that_are_known_and_not() {
    let list = "cof/formations.v1.json";
    for (flags, other) in [(&[][..], "import"), (&["--existing-only"][..], "skip")] {
        let args = [&["--known", "known.json"], flags, &[list]].concat();
        let (found, err) = answer(&data(), &args);
        let formations = found["formations"].as_array().expect("a list");
        let rows: Vec<_> = formations
            .iter()
            .map(|it| (it["code"].as_str(), it["importable"].as_bool(), it["action"].as_str()))
            .collect();
        let expected = [
            (Some("LIC-INFO"), Some(false), Some("synchronise")),
            (Some("DU-DATA"), Some(true), Some(other)),
        ];
        assert_eq!(rows, expected);
        assert_eq!(formations[0]["versions"], json!([1, 2, 3]));
        assert!(err.contains("2 formations: "), "{err}");
    }
    // A page that is not a formation, pages that were not given.
    let (found, _) = answer(&data(), &["--known", "known.json", "cof/objets-maquette.page.json"]);
    assert_eq!(found["formations"].as_array().map(Vec::len), Some(2));
    let (found, err) =
        answer(&data(), &["--known", "known.json", "odf/objets-maquette.page0.json"]);
    assert_eq!(
        (&found["missing_pages"], &found["counts"]),
        (&json!([1]), &json!({"synchronise": 1}))
    );
    assert!(err.contains("is not listed: 1\n"), "{err}");
    let pages = ["odf/objets-maquette.page0.json", "odf/objets-maquette.page1.json"];
    let (found, _) = answer(&data(), &[&["--known", "known.json"], &pages[..]].concat());
    assert_eq!(found["missing_pages"], json!([]));
}

#[test]
fn exactly_what_changed_is_named() {
    let args = ["--tables", "reftables/tables.json", "--against", "catalogue.json"];
    let (found, err) = answer(&data(), &[&args[..], &["licence-info/import.json"]].concat());
    let changed = |it: &&Value| it["change"] != "unchanged";
    let changed: Vec<_> =
        found["contents"].as_array().expect("a list").iter().filter(changed).collect();
    let fields =
        |field: &str, old: Value, new: Value| json!([{"field": field, "old": old, "new": new}]);
    let expected = [
        (
            "GRP-S2-OPT",
            fields(
                "children",
                json!(["UE-WEB", "UE-ROBO"]),
                json!(["UE-WEB", "UE-ROBO", "UE-SPORT"]),
            ),
        ),
        ("UE-WEB", fields("title", json!("Le Web"), json!("Web"))),
        ("UE-ROBO", fields("ects", json!(4.0), json!(6.0))),
    ];
    assert_eq!(changed.len(), expected.len(), "{changed:#?}");
    for (found, (code, fields)) in changed.iter().zip(expected) {
        assert_eq!((&found["code"], &found["change"]), (&json!(code), &json!("updated")));
        assert_eq!(found["fields"], fields);
    }
    assert_eq!(found["counts"], json!({"unchanged": 33, "updated": 3}));
    assert!(err.contains("updated Course UE-WEB: title from `Le Web` to `Web`\n"), "{err}");
}

#[test]
fn what_an_import_printed_is_up_to_date() {
    for name in ["licence-info", "alertes", "du-data"] {
        let maquette = data().join(name).join("import.json");
        let maquette = maquette.to_str().expect("UTF-8");
        let catalogue = imported(&data(), maquette).to_string();
        let folder = folder("pegase-sync-same", &[("c.json", &catalogue)]);
        let tables = data().join("reftables/tables.json");
        let tables = tables.to_str().expect("UTF-8");
        let (found, _) = answer(&folder, &["--against", "c.json", "--tables", tables, maquette]);
        let contents = found["contents"].as_array().expect("a list");
        assert!(contents.iter().all(|it| it["change"] == "unchanged"), "{name} {contents:#?}");
        // The same catalogue says which codes are known.
        let list = data().join("cof/formations.v1.json");
        let list = list.to_str().expect("UTF-8");
        let (found, _) = answer(&folder, &["--known", "c.json", list]);
        let known: Vec<_> = found["formations"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|it| it["importable"] == false)
            .map(|it| it["code"].clone())
            .collect();
        let expected = match name {
            "licence-info" => vec![json!("LIC-INFO")],
            "du-data" => vec![json!("DU-DATA")],
            _ => Vec::new(),
        };
        assert_eq!(known, expected);
    }
}

#[test]
fn a_programme_made_by_hand() {
    let nodes = json!({"nodes": [{"code": "PROG-1", "kind": "Program", "title": "À la main", "sync_code": null}]});
    let folder = folder("pegase-sync-hand", &[("c.json", &nodes.to_string())]);
    let (tables, maquette) =
        (data().join("reftables/tables.json"), data().join("du-data/import.json"));
    let args = ["--against", "c.json", "--tables", tables.to_str().expect("UTF-8")];
    let maquette = maquette.to_str().expect("UTF-8");
    let (found, _) = answer(&folder, &[&args[..], &["--program", "PROG-1", maquette]].concat());
    let root = &found["contents"][0];
    assert_eq!((&root["code"], &root["change"]), (&json!("PROG-1"), &json!("updated")));
    assert_eq!(found["counts"]["created"], 9);
    let err = refused(&folder, &[&args[..], &["--program", "PROG-2", maquette]].concat());
    assert!(err.contains("c.json: no content has the code `PROG-2`"), "{err}");
}

#[test]
fn what_cannot_be_used_is_said_with_its_place() {
    let folder = folder(
        "pegase-sync-bad",
        &[
            ("known.json", "{\"codes\": [\n1]}"),
            ("list.json", "[\"A\"]"),
            (
                "twice.json",
                r#"{"nodes": [{"code": "A", "kind": "Course"}, {"code": "A", "kind": "Course"}]}"#,
            ),
            ("page.json", "{\"items\": [{\"code\":\n x"),
            ("structure.json", r#"{"racine": {}}"#),
        ],
    );
    let tables = data().join("reftables/tables.json");
    let tables = tables.to_str().expect("UTF-8");
    for (args, said) in [
        (&["--known", "known.json", "page.json"][..], "known.json:"),
        (
            &["--known", "list.json", "page.json"],
            "page.json: line 2, column 2: not JSON at $.items[0].code",
        ),
        (&["--known", "list.json", "structure.json"], "structure.json: "),
        (&["--known", "absent.json", "page.json"], "absent.json: "),
        (
            &["--against", "twice.json", "--tables", tables, "structure.json"],
            "twice.json: the code `A` is there twice",
        ),
        (&["--against", "twice.json", "structure.json"], "--tables"),
        (&["page.json"], "--known"),
    ] {
        let err = refused(&folder, args);
        assert!(err.contains(said), "{args:?} {err}");
    }
    // Nothing is written while there is nothing to say.
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 5);
}
