//! Runs the program `check` as its callers do.
//!
//! The cases hold for any reader: where one needs a code, it takes it from the program's own report.

#[path = "support/folder.rs"]
mod folder;
mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use folder::folder;
use serde_json::Value;
use support::{program, texts};

const GOOD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<enterprise>
  <properties>
    <datasource>Test</datasource>
    <datetime>2026-09-01T12:00:00</datetime>
  </properties>
  <person>
    <sourcedid><source>Test</source><id>p1</id></sourcedid>
    <userid useridtype="login" password="Änigma77">eva</userid>
    <name><fn>Eva Muster</fn></name>
  </person>
  <group>
    <sourcedid><source>Test</source><id>g1</id></sourcedid>
    <description><short>Course</short></description>
  </group>
  <membership>
    <sourcedid><source>Test</source><id>g1</id></sourcedid>
    <member>
      <sourcedid><source>Test</source><id>p1</id></sourcedid>
      <idtype>1</idtype>
      <role roletype="01"><status>1</status></role>
    </member>
  </membership>
</enterprise>
"#;

/// Something to warn of and no error.
fn warned() -> String {
    GOOD.replace("<idtype>1</idtype>", "")
        .replace("<userid useridtype=\"login\"", "<userid>eva</userid><userid")
}

/// Cut off in the middle, close to the name and the password of a person.
fn broken() -> String {
    let end = GOOD.find("</fn>").expect("there is a name");
    GOOD[..end].replace("<userid useridtype=\"login\"", "<userid>eva</userid><userid")
}

const LIS: &str = r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<replaceMembershipRequest xmlns="http://www.imsglobal.org/services/lis/mms2p0/wsdl11/sync/imsmms_v2p0"/>
</s:Body></s:Envelope>"#;

/// Runs the program in a folder: exit code, standard output, standard error.
fn check(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = program("check").current_dir(folder).args(args).output();
    texts(output.expect("`cargo test -p examples` builds the program first"))
}

/// The JSON report of a run that ends with `code`.
fn json(folder: &Path, code: i32, args: &[&str]) -> Value {
    let args = [&["--report", "json"], args].concat();
    let (ended, out, err) = check(folder, &args);
    assert_eq!(ended, code, "{args:?}\n{out}\n{err}");
    serde_json::from_str(&out).expect("a JSON document")
}

fn members<'a>(report: &'a Value, list: &str, member: &str) -> Vec<&'a str> {
    let list = report[list].as_array().expect("a list");
    list.iter().map(|entry| entry[member].as_str().unwrap_or("null")).collect()
}

#[test]
fn a_file_without_error() {
    let folder = folder("good", &[("a.xml", GOOD)]);
    let report = json(&folder, 0, &["a.xml"]);
    assert_eq!(report["version"], 1);
    let file = &report["files"][0];
    assert_eq!(
        (&file["path"], &file["format"], &file["encoding"], &file["records"]),
        (&"a.xml".into(), &"ims-enterprise".into(), &"utf-8".into(), &3.into())
    );
    let counts = serde_json::json!({"person": 1, "group": 1, "membership": 1, "member": 1});
    assert_eq!(file["counts"], counts);
    assert_eq!(file.get("dropped"), None);
    assert_eq!(members(&report, "skipped_rules", "path"), ["a.xml"]);
    assert_eq!(members(&report, "skipped_rules", "code"), ["IE-K14"], "no target was given");

    let (code, out, err) = check(&folder, &["a.xml"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains(": clean\n  IE-K14 not checked: no target was given"), "{out}");
    assert!(out.contains("a.xml: ims-enterprise, utf-8, 3 records (person 1, group 1, "), "{out}");
    assert!(out.contains("\ntotal: 1 file, 3 records, 0 errors, "), "{out}");
    assert!(!out.contains('\x1b'), "no colour without a terminal");
}

#[test]
fn a_file_with_an_error() {
    let folder = folder("broken", &[("a.xml", &broken())]);
    let report = json(&folder, 1, &["a.xml"]);
    assert!(members(&report, "diagnostics", "severity").contains(&"error"));
    for finding in report["diagnostics"].as_array().expect("a list") {
        assert_eq!(finding["path"], "a.xml");
        for member in ["code", "name", "message"] {
            assert!(finding[member].is_string(), "{finding}");
        }
        for member in ["line", "column", "start", "end"] {
            assert!(finding[member].is_u64() || finding[member].is_null(), "{finding}");
        }
    }
    let starts: Vec<_> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|finding| finding["start"].as_u64().unwrap_or(u64::MAX))
        .collect();
    assert!(starts.is_sorted(), "{starts:?}");

    let (code, out, _) = check(&folder, &["a.xml"]);
    assert_eq!(code, 1);
    assert!(out.contains("\nerror[") || out.starts_with("error["), "{out}");
    assert!(out.contains("--> a.xml:"), "{out}");
    assert!(out.contains(" = help: "), "{out}");
}

#[test]
fn rules_can_be_silenced_and_raised_by_code_and_by_name() {
    let folder = folder("policy", &[("broken.xml", &broken()), ("warned.xml", &warned())]);
    let report = json(&folder, 1, &["broken.xml"]);
    for member in ["code", "name"] {
        let mut args = vec!["broken.xml"];
        for word in members(&report, "diagnostics", member) {
            args.extend(["--allow", word]);
        }
        let silenced = json(&folder, 0, &args);
        assert_eq!(silenced["diagnostics"], serde_json::json!([]));
    }

    let report = json(&folder, 0, &["warned.xml"]);
    for member in ["code", "name"] {
        let word = members(&report, "diagnostics", member)[0];
        let raised = json(&folder, 1, &["--deny", word, "warned.xml"]);
        for finding in raised["diagnostics"].as_array().expect("a list") {
            assert_eq!(finding[member] == word, finding["severity"] == "error", "{finding}");
        }
        let (code, out, err) = check(&folder, &["--deny", word, "--allow", word, "warned.xml"]);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
    }
}

#[test]
fn codes_that_do_not_exist() {
    let folder = folder("codes", &[("a.xml", &broken())]);
    let report = json(&folder, 1, &["a.xml"]);
    let known = members(&report, "diagnostics", "code")[0];
    let misspelt = format!("{known}9");
    for flag in ["--allow", "--deny", "--explain"] {
        let mut args = vec![flag, &misspelt];
        if flag != "--explain" {
            args.push("a.xml");
        }
        let (code, out, err) = check(&folder, &args);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains("nearest") && err.contains(known), "{err}");
    }
}

#[test]
fn a_rule_is_explained_by_code_and_by_name() {
    let folder = folder("explain", &[("a.xml", &broken())]);
    let report = json(&folder, 1, &["a.xml"]);
    let code = members(&report, "diagnostics", "code")[0];
    let name = members(&report, "diagnostics", "name")[0];
    let (ended, page, err) = check(&folder, &["--explain", code]);
    assert_eq!((ended, err.as_str()), (0, ""));
    assert!(page.starts_with(&format!("# {code}\n\n**{name}**")), "{page}");
    assert!(page.contains("What to do: ") && page.contains("\nGood:\n"), "{page}");
    assert_eq!(check(&folder, &["--explain", name]).1, page);
    assert_eq!(check(&folder, &["--explain", &code.to_lowercase()]).1, page);
}

#[test]
fn a_file_of_no_known_format() {
    let folder = folder("unknown", &[("in/b.txt", "nothing"), ("in/a.xml", GOOD), ("c.txt", "")]);
    let (code, out, err) = check(&folder, &["--report", "json", "in/b.txt", "c.txt"]);
    assert_eq!((code, out.as_str()), (2, ""), "nothing could be done, nothing is written");
    assert!(err.contains("in/b.txt: no known format") && err.contains("c.txt: "), "{err}");

    let report = json(&folder, 0, &["in"]);
    assert_eq!(members(&report, "files", "path"), ["in/a.xml", "in/b.txt"]);
    assert_eq!(members(&report, "files", "format"), ["ims-enterprise", "null"]);
    let unknown = &report["files"][1];
    assert!(unknown["encoding"].is_null() && unknown["records"].is_null(), "{unknown}");
    let (_, out, _) = check(&folder, &["in"]);
    assert!(out.contains("in/b.txt: no known format\n"), "{out}");
}

#[test]
fn where_something_cannot_be_done_nothing_is_written() {
    let folder = folder("unreadable", &[("a.xml", &broken()), ("b.txt", ""), ("c.xml", GOOD)]);
    for report in ["human", "json", "sarif", "summary"] {
        let paths = ["a.xml", "missing.xml", "b.txt", "c.xml", "gone"];
        let (code, out, err) = check(&folder, &[&["--report", report], &paths[..]].concat());
        assert_eq!((code, out.as_str()), (2, ""));
        let said: Vec<_> = err.lines().filter_map(|line| line.split(": ").nth(1)).collect();
        assert_eq!(said, ["missing.xml", "b.txt", "gone"], "every hindrance is named: {err}");
    }
}

#[test]
fn folders_are_walked_in_the_order_of_names() {
    let files = ["b.xml", "a/z.xml", "a/b.xml", "c/.git/a.xml", ".hidden.xml", "a.xml"];
    let folder = folder("walk", &files.map(|name| (name, GOOD)));
    let report = json(&folder, 0, &["b.xml", "."]);
    let found = ["b.xml", "./a/b.xml", "./a/z.xml", "./a.xml", "./b.xml"];
    assert_eq!(members(&report, "files", "path"), found);
    let report = json(&folder, 0, &[".hidden.xml"]);
    assert_eq!(members(&report, "files", "path"), [".hidden.xml"]);
}

#[cfg(unix)]
#[test]
fn links_cannot_lead_in_a_circle() {
    let folder = folder("links", &[("a/a.xml", GOOD)]);
    std::os::unix::fs::symlink("..", folder.join("a/up")).expect("a link");
    std::os::unix::fs::symlink("a.xml", folder.join("a/b.xml")).expect("a link");
    let report = json(&folder, 0, &["a"]);
    assert_eq!(members(&report, "files", "path"), ["a/a.xml", "a/b.xml"]);
    let (_, _, err) = check(&folder, &["a"]);
    assert!(err.contains("a/up: left out"), "{err}");
    // A link that was named is meant.
    assert_eq!(members(&json(&folder, 0, &["a/up/a"]), "files", "path").len(), 2);

    std::os::unix::fs::symlink("nowhere", folder.join("a/c.xml")).expect("a link");
    let (code, out, err) = check(&folder, &["a"]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("a/c.xml: "), "{err}");
}

#[test]
fn lis_messages_are_recognised_and_said_to_be_unread() {
    let folder = folder("lis", &[("a.xml", LIS)]);
    let report = json(&folder, 0, &["a.xml"]);
    assert_eq!(
        (&report["files"][0]["format"], &report["files"][0]["records"]),
        (&"lis".into(), &0.into())
    );
    let reason = "LIS messages are recognised, not yet read";
    let skipped = serde_json::json!([{"path": "a.xml", "code": "IE-*", "reason": reason}]);
    assert_eq!(report["skipped_rules"], skipped);
    for report in ["human", "sarif", "summary"] {
        let (code, out, _) = check(&folder, &["--report", report, "a.xml"]);
        assert!(code == 0 && out.contains(reason) && !out.contains("clean"), "{out}");
    }
}

#[test]
fn what_the_file_should_be_for() {
    let target = "<target>Campus</target><datetime>";
    let named = GOOD.replace("<datetime>", target);
    let folder = folder("target", &[("named.xml", &named), ("silent.xml", GOOD)]);
    let report = json(&folder, 0, &["--target", "campus", "named.xml"]);
    for list in ["diagnostics", "skipped_rules"] {
        assert_eq!(report[list], serde_json::json!([]));
    }
    let report = json(&folder, 0, &["--target", "Library", "named.xml"]);
    assert_eq!(members(&report, "diagnostics", "code"), ["IE-K14"]);

    let args = ["--target", "Campus", "silent.xml"];
    let report = json(&folder, 0, &args);
    assert_eq!(members(&report, "skipped_rules", "reason"), ["the file names no target"]);
    // It was asked for and could not be said.
    let (_, out, _) = check(&folder, &args);
    assert!(out.contains(": nothing found\n  IE-K14 not checked: the file names"), "{out}");
}

#[test]
fn rules_that_need_the_whole_of_a_broken_file() {
    let folder = folder("incomplete", &[("a.xml", &"<enterprise>".repeat(2_000))]);
    let report = json(&folder, 1, &["a.xml"]);
    assert_eq!(members(&report, "skipped_rules", "code"), ["IE-K01", "IE-K02", "IE-K14"]);
    for kind in ["human", "sarif", "summary"] {
        let (_, out, _) = check(&folder, &["--report", kind, "a.xml"]);
        for code in ["IE-K01", "IE-K02"] {
            assert!(out.contains(code) && out.contains("could not be read to its end"), "{out}");
        }
    }
}

#[test]
fn profiles_are_listed_and_no_other_is_taken() {
    let folder = folder("profile", &[("a.xml", GOOD)]);
    let (code, out, _) = check(&folder, &["--help"]);
    assert_eq!(code, 0);
    assert!(out.contains("- moodle: Moodle") && out.contains("- banner: "), "{out}");
    for name in ["vista", "x"] {
        let (code, out, err) = check(&folder, &["--profile", name, "a.xml"]);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains(name) && err.contains("[possible values: moodle, banner]"), "{err}");
    }
}

#[test]
fn a_format_can_be_given() {
    let folder = folder("format", &[("a.xml", GOOD)]);
    let report = json(&folder, 0, &["--format", "ims-enterprise", "a.xml"]);
    assert_eq!(members(&report, "files", "format"), ["ims-enterprise"]);
    let (code, out, err) = check(&folder, &["--format", "blackboard-xml", "a.xml"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("the format blackboard-xml is not read yet"), "{err}");
}

#[test]
fn wrong_usage() {
    let folder = folder("usage", &[("a.xml", GOOD)]);
    let wrong: [&[&str]; 4] =
        [&[], &["--report", "x", "a.xml"], &["--format", "x", "a.xml"], &["--nonsense", "a.xml"]];
    for args in wrong {
        let (code, out, err) = check(&folder, args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(!err.is_empty());
    }
    let (code, out, err) = check(&folder, &["--help"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("Example:\n  cargo run --release --example check -- "), "{out}");
}

#[test]
fn nothing_about_a_person_with_mask_and_a_password_never() {
    let folder = folder("mask", &[("a.xml", &broken())]);
    for report in ["human", "json", "sarif", "summary"] {
        let (_, out, _) = check(&folder, &["--report", report, "a.xml"]);
        assert!(!out.contains("nigma"), "{out}");
        let (_, out, _) = check(&folder, &["--report", report, "--mask", "a.xml"]);
        for word in ["nigma", "Eva", "eva", "Muster"] {
            assert!(!out.contains(word), "{word}: {out}");
        }
    }
}

#[test]
fn numbers_in_a_table() {
    let folder = folder("summary", &[("in/a.xml", &broken()), ("in/b.xml", GOOD), ("in/c", "")]);
    let (code, out, _) = check(&folder, &["--report", "summary", "in"]);
    assert_eq!(code, 1);
    let row = |start: &str| {
        let cells =
            |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        out.lines().map(cells).find(|row| row[1..].join(" ").starts_with(start))
    };
    assert_eq!(
        row("file").map(|row| row[1..6].join(" ")),
        Some("file code name severity count".into())
    );
    let report = json(&folder, 1, &["in"]);
    let (finding, all) = (&report["diagnostics"][0], &report["diagnostics"]);
    let code = finding["code"].as_str().expect("a code");
    let count =
        members(&report, "diagnostics", "code").iter().filter(|&&other| other == code).count();
    assert_eq!(row(&format!("in/a.xml {code}")).map(|row| row[5].clone()), Some(count.to_string()));
    let of_broken =
        all.as_array().expect("a list").iter().filter(|f| f["path"] == "in/a.xml").count();
    assert_eq!(row("in/a.xml total").map(|row| row[5].clone()), Some(of_broken.to_string()));
    assert!(row("in/c total").is_some_and(|row| row[4] == "no known format"), "{out}");
    assert!(row("total").is_some(), "{out}");
}

#[test]
fn a_pipe_that_is_closed_early_is_no_accident() {
    let folder = folder("pipe", &[("a.xml", GOOD)]);
    for report in ["human", "json", "sarif", "summary"] {
        let mut child = program("check")
            .current_dir(&folder)
            .args(["--report", report, "-", "a.xml"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // It waits for its input, so nothing is written before the pipe is closed.
        drop(child.stdout.take());
        child.stdin.take().expect("piped").write_all(broken().as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(output.status.code(), Some(1));
    }
}
