//! What `check` says about the files of `examples/data`, word by word.

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{program, texts};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

/// The report, made where the README says so: no path of this machine is in it.
fn check(code: i32, args: &[&str]) -> String {
    let output = program("check").current_dir(root()).args(args).env("NO_COLOR", "1").output();
    let (ended, out, err) = texts(output.expect("`cargo test -p examples` builds the program"));
    assert_eq!((ended, err.as_str()), (code, ""), "{args:?}");
    out
}

const IMS: &str = "examples/data/ims-enterprise";

/// The folder of the Brightspace files, and where the server's folder is to be found in it.
const BRIGHTSPACE: [&str; 3] =
    ["--map", r"\\filer\lor=examples/data/brightspace-bulk", "examples/data/brightspace-bulk"];

#[test]
fn human() {
    insta::assert_snapshot!(check(1, &[IMS]));
}

#[test]
fn human_masked() {
    insta::assert_snapshot!(check(1, &["--mask", IMS]));
}

#[test]
fn summary() {
    insta::assert_snapshot!(check(1, &["--report", "summary", IMS]));
}

#[test]
fn json() {
    insta::assert_snapshot!(lines(&check(1, &["--report", "json", IMS])));
}

#[test]
fn brightspace_human() {
    insta::assert_snapshot!(check(1, &BRIGHTSPACE));
}

#[test]
fn brightspace_human_masked() {
    insta::assert_snapshot!(check(1, &[&["--mask"], &BRIGHTSPACE[..]].concat()));
}

#[test]
fn brightspace_summary() {
    insta::assert_snapshot!(check(1, &[&["--report", "summary"], &BRIGHTSPACE[..]].concat()));
}

#[test]
fn brightspace_json() {
    let report = check(1, &[&["--report", "json"], &BRIGHTSPACE[..]].concat());
    insta::assert_snapshot!(lines(&report));
}

/// A line for each file and each finding; the rest stays as it was written.
fn lines(report: &str) -> String {
    report.replace("{\"path\":\"examples", "\n{\"path\":\"examples")
}

#[test]
fn all_samples_at_once() {
    let report = check(1, &["examples/data"]);
    assert!(report.contains("ims-enterprise/nightly-clean.xml: ims-enterprise, "), "{report}");
    assert!(report.contains("brightspace-bulk/type3.txt: brightspace, "), "{report}");
    assert!(report.contains("offering-rules/registration.csv: offering-rules, "), "{report}");
}

#[test]
fn the_clean_files_are_clean() {
    for name in [
        "ims-enterprise/nightly-clean.xml",
        "ims-enterprise/moodle-course.xml",
        "moodle-plan/enrolments.xml",
        "brightspace-bulk/type1.txt",
        "brightspace-bulk/type2.txt",
        "brightspace-bulk/type3.txt",
        "brightspace-bulk/input/harbour-walk.zip",
        "brightspace-bulk/metadata/harbour-walk.xml",
    ] {
        let report = check(0, &[&format!("examples/data/{name}")]);
        assert!(report.contains(": clean\n"), "{report}");
    }
}

#[test]
fn what_moodle_reads_and_ignores() {
    let args = ["--profile", "moodle", "examples/data/ims-enterprise/moodle-course.xml"];
    let report = check(0, &[&["--report", "json"], &args[..]].concat());
    let report: Value = serde_json::from_str(&report).expect("a JSON document");
    let findings = report["diagnostics"].as_array().expect("a list");
    let items = |code| -> Vec<&str> {
        let findings = findings.iter().filter(|finding| finding["code"] == code);
        findings.filter_map(|finding| finding["args"]["path"].as_str()).collect()
    };
    assert_eq!(
        items("IE-P02"),
        [
            "properties/target",
            "person@recstatus",
            "person/sourcedid/id",
            "person/userid@authenticationtype",
            "person/userid",
            "person/name/n/family",
            "person/name/n/given",
            "person/email",
            "person/adr/locality",
            "person/adr/country",
            "group@recstatus",
            "group/sourcedid/id",
            "group/description/short",
            "group/description/long",
            "group/description/full",
            "group/org/orgunit",
            "membership/sourcedid/id",
            "member/sourcedid/id",
            "member/role@recstatus",
            "member/role@roletype",
            "member/role/status",
            "member/role/timeframe/begin@restrict",
            "member/role/timeframe/begin",
            "member/role/timeframe/end@restrict",
            "member/role/timeframe/end",
            "member/role/extension/cohort",
        ]
    );
    assert_eq!(
        items("IE-P01"),
        [
            "properties/datasource",
            "properties/type",
            "properties/datetime",
            "person/sourcedid/source",
            "person/name/fn",
            "person/tel@teltype",
            "person/tel",
            "person/adr/street",
            "group/sourcedid/source",
            "group/org/orgname",
            "group/timeframe/begin@restrict",
            "group/timeframe/begin",
            "group/timeframe/end@restrict",
            "group/timeframe/end",
            "group/enrollcontrol/enrollaccept",
            "group/enrollcontrol/enrollallowed",
            "membership/sourcedid/source",
            "member/sourcedid/source",
            "member/idtype",
        ]
    );
    assert_eq!(items("IE-P01").len() + items("IE-P02").len(), findings.len());
    assert!(findings.iter().all(|finding| finding["severity"] == "info"));

    // People see the whole of both lists.
    let report = check(0, &args);
    for item in items("IE-P01").iter().chain(&items("IE-P02")) {
        assert!(report.contains(&format!("`{item}`\n")), "{item}: {report}");
    }
}

#[test]
fn nothing_of_the_data_is_left_with_mask() {
    let file = "examples/data/ims-enterprise/nightly-with-faults.xml";
    let text = fs::read_to_string(root().join(file)).expect("the file is there");
    let texts = text.split('>').filter_map(|piece| piece.split('<').next());
    let words: Vec<&str> = texts
        .flat_map(str::split_whitespace)
        .filter(|word| word.len() > 1 && !OF_THE_REPORT.contains(word))
        .collect();
    assert!(words.contains(&"Henrike") && words.contains(&"L51207") && words.contains(&"虞"));
    for report in ["human", "json", "sarif", "summary"] {
        let masked = check(1, &["--mask", "--report", report, file]);
        // The rules stand at the beginning of a SARIF log: not data, but the same words.
        let said = masked.split_once("\"invocations\"").map_or(&*masked, |(_, said)| said);
        for word in &words {
            assert!(!said.contains(word), "{report}: {word}");
        }
    }
}

/// Words of the data that the report has of its own.
const OF_THE_REPORT: [&str; 5] = ["records", "and", "for", "of", "all"];

#[test]
fn no_password_is_ever_shown() {
    for report in ["human", "json", "sarif", "summary"] {
        for mask in [&["--mask"], &[] as &[&str]] {
            let said = check(1, &[mask, &["--report", report, "examples/data"]].concat());
            for word in ["Gull", "Heron", "Petrel", "Plover"] {
                assert!(!said.contains(word), "{report}: {word}");
            }
        }
    }
}
