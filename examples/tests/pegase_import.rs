//! Runs `pegase-import`, and `check` on maquettes, as their callers do.

#[path = "support/folder.rs"]
mod folder;
mod support;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use folder::folder;
use serde_json::{Value, json};
use support::{program, texts};

const PROGRAM: &str = "pegase-import";
const MAQUETTES: [&str; 3] = ["licence-info", "alertes", "du-data"];

/// A tree of learners, which is another thing and looks alike.
const LEARNER: &str = r#"[{"codeStructure": "ETAB00", "formation": {"code": "F-NAV"}, "racinePedagogique":
    {"codeObjetMaquette": "F-NAV-A1", "libelleLongObjetMaquette": "Première année", "creditEcts": 60.0,
    "enfants": [{"codeObjetMaquette": "F-NAV-S1", "estObligatoire": true}]}}]"#;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/pegase/tests/data")
}

fn read(path: &str) -> String {
    fs::read_to_string(data().join(path)).expect("the file is there")
}

fn value(path: &str) -> Value {
    serde_json::from_str(&read(path)).expect("JSON")
}

/// Runs a program in a folder: exit code, standard output, standard error.
fn run(name: &str, folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = program(name).current_dir(folder).args(args).output();
    texts(output.expect("`cargo test -p examples` builds the program first"))
}

/// Imports files of the samples with their tables.
fn import(args: &[&str]) -> (i32, String, String) {
    run(PROGRAM, &data(), &[&["--tables", "reftables/tables.json"], args].concat())
}

fn parsed((code, out, err): (i32, String, String), expected: i32) -> (Value, String) {
    assert_eq!(code, expected, "{err}");
    (serde_json::from_str(&out).expect("a JSON document"), err)
}

/// What is said where the work cannot be done.
fn refused(folder: &Path, args: &[&str]) -> String {
    let (code, out, err) = run(PROGRAM, folder, args);
    assert_eq!((code, out.as_str()), (2, ""), "{args:?}\n{err}");
    assert!(!err.chars().any(|c| c.is_control() && c != '\n'), "{err:?}");
    err
}

/// A maquette with a formation that holds these objects.
fn formation(children: &str) -> String {
    format!(
        r#"{{"type": "FormationEntity", "code": "F", "descripteursObjetMaquette":
        {{"libelle": "F", "typeFormation": "0"}}, "enfants": [{children}]}}"#
    )
}

fn object(code: &str, object_type: &str, children: &str) -> String {
    format!(
        r#"{{"obligatoire": true, "objetMaquette": {{"type": "ObjetFormationEntity", "code": "{code}",
        "descripteursObjetMaquette": {{"libelle": "{code}", "typeObjetFormation": "{object_type}"}},
        "enfants": [{children}]}}}}"#
    )
}

#[test]
fn the_samples_become_what_is_expected_of_them() {
    for name in MAQUETTES {
        let file = |shape: &str| format!("{name}/{shape}.json");
        let (nested, details, structure) = (file("import"), file("details"), file("structure"));
        let expected = value(&format!("{name}/expected-import.json"));
        for files in [
            &[&*nested][..],
            &[&*details],
            &[&*structure, &*details],
            // Structure and details are told apart.
            &[&*details, &*structure],
        ] {
            let args = [&["--conversion", "conversion"], files].concat();
            let (found, err) = parsed(import(&args), 0);
            assert_eq!((&found["version"], &found["root"]), (&json!(1), &expected["root"]));
            let (nodes, wanted) = (&found["nodes"], &expected["nodes"]);
            let (nodes, wanted) = (nodes.as_array().expect("a list"), wanted.as_array());
            let wanted = wanted.expect("a list");
            assert_eq!(nodes.len(), wanted.len(), "{files:?}");
            for (node, wanted) in nodes.iter().zip(wanted) {
                for (member, wanted) in wanted.as_object().expect("a node") {
                    assert_eq!(&node[member], wanted, "{files:?} {}", node["code"]);
                }
            }
            let fields = value(&format!("{name}/expected-fields.json"));
            assert_eq!(found["missing_mandatory"], fields["missing_mandatory"], "{files:?}");
            for (member, expected) in fields["fields"].as_object().expect("fields") {
                assert_eq!(&found["nodes"][0]["fields"][member], expected, "{name} {member}");
            }
            let kinds = |alerts: &Value| {
                let alerts = alerts.as_array().expect("a list").iter();
                let mut kinds: Vec<_> = alerts
                    .map(|alert| alert["kind"].as_str().expect("a kind").to_owned())
                    .collect();
                kinds.sort();
                kinds
            };
            for alert in found["alerts"].as_array().expect("a list") {
                for member in ["severity", "path", "line", "column", "json_path", "message"] {
                    assert!(!alert[member].is_null(), "{member}: {alert}");
                }
                let is_said = err.contains(alert["rule"].as_str().expect("a code"));
                assert_eq!(is_said, alert["severity"] != "info", "{alert}\n{err}");
            }
            if files == [&*nested] && name == "alertes" {
                let mut wanted = kinds(&expected["alerts"]);
                wanted.extend(kinds(&fields["alerts"]));
                wanted.sort();
                assert_eq!(kinds(&found["alerts"]), wanted);
            }
        }
        for shape in ["structure", "arbre-mof"] {
            let (found, _) = parsed(import(&[&file(shape)]), 0);
            let count = |nodes: &Value| nodes["nodes"].as_array().expect("a list").len();
            assert_eq!(count(&found), count(&expected), "{name} {shape}");
        }
    }
}

#[test]
fn alerts_are_lines_with_their_places_and_hints_only_when_asked_for() {
    let (code, _, err) = import(&["alertes/import.json"]);
    assert_eq!(code, 0);
    let line = "alertes/import.json:1414:30: warning[PG-I03 child-not-allowed]: `TA-OPTION` would be a \
        SubProgram below `TA-UE-4`, which may not hold one; it was left out with all below it; ";
    assert!(err.contains(line), "{err}");
    let closing = "pegase-import: alertes/import.json (nested): 1 program, 6 containers, 4 course lists, \
        7 courses; 0 errors, 14 warnings, 0 infos; 6 fields required by Ametys left to fill in\n";
    assert!(err.ends_with(closing), "{err}");

    let (_, _, silent) = import(&["licence-info/import.json"]);
    assert!(!silent.contains("PG-I08") && silent.contains("1 info (-v shows them);"), "{silent}");
    let (_, _, all) = import(&["-v", "licence-info/import.json"]);
    assert!(all.contains(" info[PG-I08 ") && all.contains("1 info;"), "{all}");

    // Each alert with the file that it is about.
    let (_, _, both) = import(&["alertes/details.json", "alertes/structure.json"]);
    assert!(both.contains("alertes/details.json:72:19: warning[PG-I09 "), "{both}");
    assert!(both.contains("alertes/structure.json:398:32: warning[PG-I03 "), "{both}");
}

#[test]
fn a_suffix_and_standard_input() {
    let mut child = program(PROGRAM)
        .current_dir(data())
        .args(["--tables", "reftables/tables.json", "--list-suffix", "-liste", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let text = read("alertes/import.json");
    child.stdin.take().expect("piped").write_all(text.as_bytes()).expect("it reads");
    let (found, err) = parsed(texts(child.wait_with_output().expect("it ends")), 0);
    assert_eq!(found["nodes"][1]["code"], "TESTALERTES-liste");
    assert!(err.contains("\n-:1262:"), "{err}");
    let err = refused(&data(), &["--tables", "reftables/tables.json", "-", "-"]);
    assert!(err.contains("standard input can be read only once"), "{err}");
}

#[test]
fn errors_leave_the_rest() {
    let details = read("du-data/details.json");
    let mut objects: Vec<Value> = serde_json::from_str(&details).expect("JSON");
    let gone = objects.pop().expect("an object");
    let cycle =
        formation(&object("A", "ANNEE", &object("S", "SEMESTRE", &object("A", "ANNEE", ""))));
    let folder = folder(
        "pegase-errors",
        &[
            ("reftables/tables.json", "{}"),
            ("dangling.json", &serde_json::to_string(&objects).expect("JSON")),
            ("cycle.json", &cycle),
        ],
    );
    for (file, code) in [("dangling.json", "PG-S02"), ("cycle.json", "PG-S01")] {
        let args = ["--tables", "reftables/tables.json", file];
        let (found, err) = parsed(run(PROGRAM, &folder, &args), 1);
        assert!(found["nodes"].as_array().expect("a list").len() >= 2);
        assert!(err.contains(&format!("error[{code} ")), "{err}");
        let (ended, tree, _) = run(PROGRAM, &folder, &[&["--tree"], &args[..]].concat());
        assert!(ended == 1 && tree.contains("⊘ ") && tree.contains(code), "{tree}");
    }
    assert!(gone["id"].is_string());
    let args = ["--tables", "reftables/tables.json", "--max-depth", "2", "cycle.json"];
    let (_, err) = parsed(run(PROGRAM, &folder, &args), 1);
    assert!(err.contains("error[PG-F05 too-deep]"), "{err}");
}

#[test]
fn what_is_no_maquette_is_refused_with_its_place() {
    let whole = read("alertes/import.json");
    let folder = folder(
        "pegase-foreign",
        &[
            ("reftables/tables.json", "{}"),
            ("cut.json", &whole[..5000]),
            ("learner.json", LEARNER),
            ("nothing.json", ""),
            ("words.json", "Bonjour"),
            ("list.json", "[]"),
            ("good.json", &whole),
            ("structure.json", &read("alertes/structure.json")),
            ("details.json", &read("alertes/details.json")[..9000]),
        ],
    );
    for (file, said) in [
        (
            "cut.json",
            "cut.json:169:5: error[PG-F01 not-json]: not JSON at $.enfants[1].objetMaquette.",
        ),
        (
            "learner.json",
            "learner.json:1:1: error[PG-F02 not-a-maquette]: expected a maquette, found ",
        ),
        ("nothing.json", "nothing.json:1:1: error[PG-F01 not-json]: not JSON at $: "),
        ("words.json", "words.json:1:1: error[PG-F01 not-json]: not JSON at $: "),
        ("list.json", "found an empty list at $; give an answer of the ODF API"),
        ("absent.json", "absent.json: "),
    ] {
        let err = refused(&folder, &["--tables", "reftables/tables.json", file]);
        assert!(err.contains(said) && err.ends_with("; nothing was written\n"), "{err}");
    }
    // The fault is in the second file.
    let err =
        refused(&folder, &["--tables", "reftables/tables.json", "structure.json", "details.json"]);
    assert!(err.contains("pegase-import: details.json:"), "{err}");
    let err = refused(&folder, &["--tables", "reftables/tables.json", "good.json", "good.json"]);
    assert!(err.contains("pegase-import: good.json:1:1: error[PG-F02 "), "{err}");
    for file in ["odf/espaces.page.json", "cof/formations.v1.json", "erreurs/technique-500.json"] {
        let err = refused(&data(), &["--tables", "reftables/tables.json", file]);
        assert!(
            err.contains("error[PG-F02 not-a-maquette]: expected a maquette, found a"),
            "{err}"
        );
    }
}

#[test]
fn tables_that_cannot_be_used_and_types_of_an_institution() {
    let types =
        r#"{"object_types": [{"code": "TRIMESTRE", "category": "objet temporel théorique"}]}"#;
    let unknown = "{\"object_types\": [\n{\"code\": \"TRIMESTRE\", \"category\": \"TR\x1bIM\"}]}";
    let twice = r#"{"odf-enumeration.Degree": [{"code": "X"}, {"code": "X"}]}"#;
    let folder = folder(
        "pegase-tables",
        &[
            ("m.json", &read("alertes/import.json")),
            ("types.json", types),
            ("unknown.json", &unknown.replace('\x1b', "\\u001b")),
            (
                "member.json",
                "{\"odf-enumeration.Degree\": [{\"code\": \"é\"},\n{\"label\": \"é\"}]}",
            ),
            ("cut.json", "{\"odf-enumeration.Degree\": ["),
            ("list.json", "[]"),
            ("twice.json", twice),
        ],
    );
    let (found, _) = parsed(run(PROGRAM, &folder, &["--tables", "types.json", "m.json"]), 0);
    let has_code = |node: &&Value| node["code"] == "TA-TRIM";
    let node = found["nodes"].as_array().expect("a list").iter().find(has_code);
    assert_eq!(node.map(|node| &node["pegase_type"]), Some(&json!("TRIMESTRE")));

    for (file, said) in [
        ("unknown.json", "unknown.json:2:"),
        ("unknown.json", "no category is called `TR␛IM`, expected `OTT`, `OO` or `OP`"),
        (
            "member.json",
            "member.json:2:14: at $[\"odf-enumeration.Degree\"][1]: missing field `code`; ",
        ),
        ("cut.json", "cut.json:1:28: at $[\"odf-enumeration.Degree\"]"),
        ("list.json", "list.json:1:"),
        ("absent.json", "absent.json: "),
    ] {
        let err = refused(&folder, &["--tables", file, "m.json"]);
        assert!(err.contains(said), "{err}");
    }
    let (_, err) = parsed(run(PROGRAM, &folder, &["--tables", "twice.json", "m.json"]), 0);
    assert!(err.starts_with("twice.json: warning[OD-T01 code-repeated]: "), "{err}");
}

#[test]
fn conversion_files_are_found_by_their_names() {
    let conversion = r#"<x><y code="TYD001">YA</y></x>"#;
    let folder = folder(
        "pegase-conversion",
        &[
            ("m.json", &read("du-data/import.json")),
            ("reftables/tables.json", r#"{"local.Sport": []}"#),
            ("c/degree_conversion.xml", conversion),
            ("c/local.sport_conversion.xml", "<x/>"),
            ("c/Degree_conversion.xml", conversion),
            ("c/degrees.xml", conversion),
            ("c/README", "not looked at"),
        ],
    );
    let args = ["--tables", "reftables/tables.json", "--conversion", "c", "m.json"];
    let (_, err) = parsed(run(PROGRAM, &folder, &args), 0);
    let misnamed: Vec<_> = err.lines().filter(|line| line.contains("warning[PG-C01 ")).collect();
    let names = ["c/Degree_conversion.xml: ", "c/degrees.xml: "];
    assert_eq!(misnamed.len(), names.len(), "{err}");
    for (line, name) in misnamed.iter().zip(names) {
        assert!(line.starts_with(name), "{line}");
    }
    let err =
        refused(&folder, &["--tables", "reftables/tables.json", "--conversion", "no", "m.json"]);
    assert!(err.contains("pegase-import: no: "), "{err}");
}

#[test]
fn trees() {
    for name in ["alertes", "licence-info"] {
        let (code, tree, err) = import(&["--tree", "-v", &format!("{name}/import.json")]);
        assert_eq!((code, err.lines().count()), (0, 1), "{err}");
        assert!(!tree.contains('\x1b'), "no colour without a terminal");
        assert!(tree.lines().all(|line| line.chars().count() <= 100), "{tree}");
        insta::assert_snapshot!(format!("tree_{name}"), tree);
    }
}

#[test]
fn each_alert_is_drawn_once_in_every_shape() {
    for name in MAQUETTES {
        for shape in ["import", "details", "structure", "arbre-mof"] {
            let file = format!("{name}/{shape}.json");
            let (found, _) = parsed(import(&[&file]), 0);
            let (_, tree, _) = import(&["--tree", "-v", &file]);
            let mut alerts = 0;
            for alert in found["alerts"].as_array().expect("a list") {
                let (rule, line) = (alert["rule"].as_str().expect("a code"), &alert["line"]);
                assert!(tree.contains(&format!("{rule} (line {line}): ")), "{rule} {line}\n{tree}");
                alerts += 1;
            }
            assert_eq!(tree.matches(" (line ").count(), alerts, "{tree}");
        }
    }
}

#[test]
fn what_comes_from_data_steers_no_terminal() {
    let nasty = r"N\u001b[2J\u202e\u0085\nX";
    let long = "É".repeat(5000);
    let objects =
        [object(nasty, "ANNEE", ""), object("A", nasty, ""), object(&long, "SEMESTRE", "")];
    let folder = folder(
        "pegase-nasty",
        &[
            ("m.json", &formation(&objects.join(","))),
            (
                "reftables/tables.json",
                &format!(r#"{{"{nasty}": [{{"code": "{nasty}"}}, {{"code": "{nasty}"}}]}}"#),
            ),
        ],
    );
    for args in [&["-v"][..], &["-v", "--tree"]] {
        let args = [args, &["--tables", "reftables/tables.json", "m.json"]].concat();
        let (code, out, err) = run(PROGRAM, &folder, &args);
        assert_eq!(code, 0, "{err}");
        let out = if args.contains(&"--tree") { out } else { String::new() };
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!err.contains(steers) && !out.contains(steers), "{err:?}\n{out:?}");
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    }
}

#[test]
fn deep_and_wide_maquettes_are_drawn() {
    let depth = 3000;
    let open = r#"{"obligatoire":true,"objetMaquette":{"type":"ObjetFormationEntity","code":"P-"#;
    let rest = r#"","descripteursObjetMaquette":{"libelle":"X","typeObjetFormation":"OPTION"},"enfants":["#;
    let mut deep = String::new();
    for level in 0..depth {
        deep += &[open, &level.to_string(), rest].concat();
    }
    deep += &"]}}".repeat(depth);
    let folder =
        folder("pegase-deep", &[("deep.json", &formation(&deep)), ("reftables/tables.json", "{}")]);
    let args = ["--tables", "reftables/tables.json", "--tree", "--max-depth", "5000", "deep.json"];
    let (code, tree, err) = run(PROGRAM, &folder, &args);
    assert_eq!(code, 0, "{err}");
    assert!(tree.contains("(3000) P-2999  X  [SubProgram: OPTION]\n"), "{err}");
    assert!(tree.len() < depth * 150);
}

#[test]
fn the_example_of_the_help_text_works() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let (code, help, err) = run(PROGRAM, root, &["--help"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let (_, line) = help.split_once(" -- ").expect("an example");
    let (line, _) = line.split_once("\n\n").expect("a command and what it does");
    let line = line.replace('\\', " ");
    let args: Vec<_> = line.split_whitespace().collect();
    let (code, tree, _) = run(PROGRAM, root, &args);
    assert!(code == 0 && tree.starts_with("TESTALERTES  Formation qualifiante"), "{tree}");
}

/// The JSON report of `check`.
fn checked(folder: &Path, code: i32, args: &[&str]) -> Value {
    let args = [&["--report", "json"], args].concat();
    parsed(run("check", folder, &args), code).0
}

fn members<'a>(report: &'a Value, list: &str, member: &str) -> Vec<&'a str> {
    let list = report[list].as_array().expect("a list");
    list.iter().map(|entry| entry[member].as_str().unwrap_or("null")).collect()
}

#[test]
fn check_reads_every_shape() {
    for shape in ["import", "details", "structure", "arbre-mof"] {
        let report = checked(&data(), 0, &[&format!("licence-info/{shape}.json")]);
        let file = &report["files"][0];
        let counts = json!({"formation": 1, "object": file["counts"]["object"], "grouping": 6});
        assert_eq!((&file["format"], &file["counts"]), (&json!("pegase"), &counts), "{shape}");
        assert!(file["records"].as_u64() > Some(20), "{shape}");
        let expected: &[&str] = if shape == "structure" { &["PG-F06"] } else { &[] };
        assert_eq!(members(&report, "diagnostics", "code"), expected, "{shape}");
        assert_eq!(members(&report, "skipped_rules", "code"), ["PG-I*"]);
    }
    let (code, out, _) = run("check", &data(), &["licence-info/import.json"]);
    assert!(code == 0 && out.contains(": clean\n") && out.contains("`pegase-import`"), "{out}");
    // What stands beside maquettes is not one.
    let report = checked(&data(), 0, &["."]);
    let formats = members(&report, "files", "format");
    assert_eq!(formats.iter().filter(|format| **format == "pegase").count(), 12);
    assert!(formats.iter().all(|format| ["pegase", "null"].contains(format)), "{formats:?}");
}

#[test]
fn check_says_what_is_wrong_with_a_maquette() {
    let children = object("a b", "UE", &object("S", "SEMESTRE", &object("a b", "UE", "")));
    let whole = read("alertes/details.json");
    let folder = folder(
        "pegase-check",
        &[
            ("bad.json", &formation(&children)),
            ("cut.json", &whole[..whole.len() / 2]),
            ("begun.json", &whole[..300]),
            ("learner.json", LEARNER),
            ("learner-cut.json", &LEARNER[..LEARNER.len() - 40]),
            ("page.json", &read("odf/objets-maquette.page0.json")),
        ],
    );
    let report = checked(&folder, 1, &["bad.json"]);
    let codes = members(&report, "diagnostics", "code");
    for code in ["PG-V02", "PG-S01"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    for finding in report["diagnostics"].as_array().expect("a list") {
        assert!(finding["line"].is_u64() && finding["start"].is_u64(), "{finding}");
    }
    for file in ["cut.json", "begun.json"] {
        let report = checked(&folder, 1, &[file]);
        assert_eq!(members(&report, "diagnostics", "code"), ["PG-F01"], "{file}");
        assert_eq!(members(&report, "skipped_rules", "code"), ["PG-V*", "PG-S*", "PG-I*"]);
    }
    for file in ["learner.json", "learner-cut.json", "page.json"] {
        let (code, out, err) = run("check", &folder, &[file]);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains("no known format"), "{err}");
        let report = checked(&folder, 1, &["--format", "pegase", file]);
        let code = if file == "learner-cut.json" { "PG-F01" } else { "PG-F02" };
        assert_eq!(members(&report, "diagnostics", "code"), [code], "{file}");
    }
    let report = checked(&folder, 1, &["--format", "pegase", "page.json"]);
    let message = &report["diagnostics"][0]["message"];
    assert_eq!(message, "expected a maquette, found a list of search results");

    for report in ["human", "sarif", "summary"] {
        let (code, out, _) = run("check", &folder, &["--report", report, "bad.json", "cut.json"]);
        for text in ["PG-S01", "PG-F01", "PG-I*"] {
            assert!(code == 1 && out.contains(text), "{out}");
        }
    }
    let mut child = program("check")
        .args(["--report", "json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let text = read("alertes/import.json");
    child.stdin.take().expect("piped").write_all(text.as_bytes()).expect("it reads");
    let (report, _) = parsed(texts(child.wait_with_output().expect("it ends")), 0);
    assert_eq!(members(&report, "files", "format"), ["pegase"]);
    assert_eq!(members(&report, "diagnostics", "code"), ["PG-S05"]);
}

#[test]
fn rules_are_explained() {
    for (code, name) in [("PG-I01", "op-without-grouping"), ("od-t01", "code-repeated")] {
        let (ended, out, err) = run("check", &data(), &["--explain", code]);
        assert_eq!((ended, err.as_str()), (0, ""));
        assert!(
            out.starts_with(&format!("# {}", code.to_uppercase())) && out.contains(name),
            "{out}"
        );
    }
}
