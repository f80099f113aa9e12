//! What `check` does with snapshot feeds of Blackboard.

#[path = "support/folder.rs"]
mod folder;
mod support;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;

use folder::folder;
use serde_json::{Value, json};
use support::{program, texts};

/// The files of one load, in the order in which they have to be loaded.
const LOAD: [&str; 5] =
    ["01_terms.txt", "02_users.txt", "03_templates.txt", "04_courses.txt", "05_enrollments.txt"];

const COURSES: &str = "external_course_key|course_id|course_name|data_source_key\n";
const USERS: &str = "external_person_key|user_id|firstname|lastname|data_source_key";

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/blackboard")
}

fn read(name: &str) -> String {
    fs::read_to_string(data().join(name)).expect("it is there")
}

/// A folder with the files of a load, each as `change` leaves it.
fn load_folder(test: &str, change: impl Fn(&str, String) -> String) -> PathBuf {
    let folder = folder(test, &[]);
    for name in LOAD {
        let content = change(name, read(&format!("2026-09/{name}")));
        fs::write(folder.join(name), content).expect("a file");
    }
    folder
}

fn check(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = program("check").current_dir(folder).args(args).env("NO_COLOR", "1").output();
    texts(output.expect("`cargo test -p examples` builds the program"))
}

/// The same with `input` on standard input.
fn check_stream(folder: &Path, input: &[u8], args: &[&str]) -> (i32, String, String) {
    let mut child = program("check")
        .current_dir(folder)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    thread::scope(|scope| {
        scope.spawn(move || drop(stdin.write_all(input)));
        texts(child.wait_with_output().expect("it ends"))
    })
}

/// The JSON report of a run that ends with `code`.
fn json(folder: &Path, code: i32, args: &[&str]) -> Value {
    let (ended, out, err) = check(folder, &[&["--report", "json"], args].concat());
    assert_eq!((ended, err.as_str()), (code, ""), "{args:?}\n{out}");
    serde_json::from_str(&out).expect("a JSON document")
}

fn members<'a>(report: &'a Value, list: &str, member: &str) -> Vec<&'a str> {
    let list = report[list].as_array().expect("a list");
    list.iter().map(|entry| entry[member].as_str().unwrap_or("null")).collect()
}

/// `file:line code` of each finding.
fn places(report: &Value) -> Vec<String> {
    let findings = report["diagnostics"].as_array().expect("a list").iter();
    let place = |finding: &Value| {
        let [path, code] = ["path", "code"].map(|name| finding[name].as_str().unwrap_or("null"));
        format!("{path}:{} {code}", finding["line"])
    };
    findings.map(place).collect()
}

#[test]
fn a_load_without_fault() {
    let report = json(&data(), 0, &["2026-09"]);
    assert_eq!(places(&report), [""; 0]);
    let file = |(path, kind, rows): (&str, &str, u32)| {
        json!({"path": format!("2026-09/{path}"), "format": "blackboard", "encoding": "utf-8",
               "records": rows, "counts": {kind: rows}})
    };
    let [terms, users, templates, courses, enrolments] = LOAD;
    let files = [
        (terms, "term", 2),
        (users, "person", 6),
        (templates, "course", 1),
        (courses, "course", 3),
        (enrolments, "membership", 10),
    ];
    assert_eq!(report["files"], json!(files.map(file)));

    let (code, out, err) = check(&data(), &["2026-09"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out.matches(": clean\n").count(), 5, "{out}");
    assert!(out.contains("05_enrollments.txt: blackboard, utf-8, 10 records (membership 10): "));
}

#[test]
fn the_order_on_the_command_line_does_not_matter() {
    let folder = load_folder("bb-order", |_, text| text);
    fs::write(
        folder.join("a.xml"),
        "<lom xmlns=\"http://www.imsglobal.org/xsd/imsmd_rootv1p2p1\"/>",
    )
    .expect("a file");
    let straight = json(&folder, 0, &LOAD);
    let mut turned = LOAD;
    turned.reverse();
    assert_eq!(json(&folder, 0, &turned), straight);
    turned.rotate_left(2);
    assert_eq!(json(&folder, 0, &turned), straight);
    // Other files stay where they are.
    let [terms, users, ..] = LOAD;
    let report = json(&folder, 0, &[users, "a.xml", terms]);
    assert_eq!(members(&report, "files", "path"), [terms, "a.xml", users]);
    // So it is with one of them on standard input.
    let input = read("2026-09/01_terms.txt");
    let args = ["--report", "json", LOAD[3], LOAD[2], "-"];
    let (code, out, err) = check_stream(&folder, input.as_bytes(), &args);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let report: Value = serde_json::from_str(&out).expect("a JSON document");
    assert_eq!(members(&report, "files", "path"), ["-", LOAD[2], LOAD[3]]);
}

#[test]
fn enrolments_of_a_user_who_is_missing() {
    let without = |name: &str, text: String| {
        let kept = text
            .split_inclusive('\n')
            .filter(|line| name != "02_users.txt" || !line.starts_with("77b2e4a9106fc35d8e|"));
        kept.collect()
    };
    let folder = load_folder("bb-user-missing", without);
    let report = json(&folder, 1, &LOAD);
    assert_eq!(places(&report), ["05_enrollments.txt:6 BB-X02", "05_enrollments.txt:11 BB-X02"]);
}

#[test]
fn an_earlier_load() {
    let next = |name: &str, text: String| match name {
        "04_courses.txt" => text
            .replace("2026_09_20417_HIST_110|2026_09_20417_HIST_110", "2026_09_20417_HIST_110|H")
            .split_inclusive('\n')
            .filter(|line| !line.starts_with("2026_09_12346_CHEM_302"))
            .collect(),
        _ => text,
    };
    let folder = load_folder("bb-previous", next);
    let earlier = data().join("2026-09");
    let earlier = earlier.to_str().expect("the path is text");
    let [_, _, templates, courses, _] = LOAD;
    let report = json(&folder, 1, &["--previous", earlier, "--", templates, courses]);
    let found = places(&report);
    let has = |code: &str| found.iter().any(|place| place.ends_with(code));
    assert!(has("04_courses.txt:3 BB-X07") && has("BB-X14"), "{found:?}");
    // What the last file of the kind leaves out is said of that file.
    let omitted = report["diagnostics"].as_array().expect("a list").iter();
    let omitted: Vec<_> = omitted.filter(|finding| finding["code"] == "BB-X14").collect();
    assert!(omitted.len() == 1 && omitted[0]["path"] == courses, "{omitted:?}");

    let two = [format!("{earlier}/{templates}"), format!("{earlier}/{courses}")];
    let args = ["--previous", &two[0], "--previous", &two[1], "--", templates, courses];
    assert_eq!(places(&json(&folder, 1, &args)), found, "one by one");
    let same = json(&data(), 0, &["--previous", "2026-09", "2026-09"]);
    assert_eq!(places(&same), [""; 0], "nothing has changed");
}

#[test]
fn earlier_files_that_cannot_be_read() {
    let files =
        [("in/notes.md", "Some notes.\n"), ("in/c.txt", COURSES), ("batch.csv", "ORG,eva,S\n")];
    let folder = folder("bb-previous-unread", &files);
    for (path, why) in [
        ("gone.txt", "gone.txt: "),
        ("in/notes.md", "in/notes.md: the file has no header row: none of its cells"),
        ("batch.csv", "batch.csv: the file has no header row: this is a batch file of enrol"),
    ] {
        let (code, out, err) = check(&folder, &["--previous", path, "in/c.txt"]);
        assert_eq!((code, out.as_str()), (2, ""), "{path}");
        assert!(err.starts_with(&format!("check: {why}")) && err.lines().count() == 1, "{err}");
    }
    let (code, _, err) = check(&folder, &["--previous", "in", "in/c.txt"]);
    assert_eq!((code, &*err), (0, "check: in/notes.md: left out: no Blackboard feed\n"));
}

#[test]
fn the_sample_with_faults() {
    let report = json(&data(), 1, &["users-with-faults.txt"]);
    let found = places(&report);
    for place in
        ["1 BB-F18", "3 BB-F06", "4 BB-F07", "5 BB-F12", "6 BB-F13", "6 BB-F15", "7 BB-F09"]
    {
        let place = format!("users-with-faults.txt:{place}");
        assert!(found.contains(&place), "{place}: {found:?}");
    }
    let (code, out, _) = check(&data(), &["users-with-faults.txt"]);
    assert_eq!(code, 1);
    // Line 3 has a cell too many, line 4 a quote that may go on to the end.
    for shown in [
        "\n3 | **********",
        "\n4 | 9f32e4cb0a6d|ovik|*****",
        "\n6 |  a043f5dc1b7e|tdahl|Turid|Dahl|turid.dahl@example.org|**********||SIS_users\n",
        "\n7 | ***FileFooter|5|17:35:38 04/09/2026\n",
        "\n1 | EXTERNAL_PERSON_KEY|USER_ID|FIRSTNAME|LASTNAME|EMAIL|PASSWORD|",
    ] {
        assert!(out.contains(shown), "{shown}: {out}");
    }
}

#[test]
fn no_password_is_ever_shown() {
    let faults = read("users-with-faults.txt");
    let batch = "\"eva\",\"M\",\"E \\\"K\\\"\",\"e@x.example\",\"Fjord1\"\r\n";
    let rows =
        |delimiter: &str, row: &str| format!("{USERS}|passwd\n{row}\n").replace('|', delimiter);
    let padded = " k|u|f|l*|s|Fjord-1814";
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(rows("|", padded).encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    // Numbers of lines among many findings would be taken for digits of passwords.
    let users: Vec<_> = (0..10_000).map(|user| format!("k{user}|u{user}|f|l|s|\n")).collect();
    let far = format!("{USERS}|passwd\n{}{padded}\n", users.concat());
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("faults", faults.into_bytes()),
        ("batch", batch.into()),
        ("comma", rows(",", padded).into()),
        ("semicolon", rows(";", padded).into()),
        ("tab", rows("\t", padded).into()),
        ("quoted", rows("|", " k|u|f|l|s|\"Fjord \"\"18|14\"\"\"").into()),
        ("unclosed", rows("|", " k|u|f|l|s|\"Fjord\n1814|*").into()),
        ("short", rows("|", "k|u|Fjord*1814").into()),
        ("no-header", format!("{USERS}\n k|u|f|l|s|Fjord*1814\n").into()),
        ("unknown-header", format!("{USERS}|geheim\n k|u|f|l|s|Fjord*1814\n").into()),
        ("twice", format!("{USERS}|passwd|password\n k|u|f|l|s||Fjord*1814\n").into()),
        ("utf-16", utf16),
        ("far", far.into()),
    ];
    let folder = folder("bb-passwords", &[]);
    for (name, bytes) in files {
        fs::write(folder.join(name), &bytes).expect("a file");
        for report in ["human", "json", "sarif", "summary"] {
            for mask in [&["--mask"][..], &[]] {
                let args = [&["--report", report, "--format", "blackboard"], mask].concat();
                let (_, of_file, err) = check(&folder, &[&args[..], &[name]].concat());
                let (_, of_stream, stream_err) =
                    check_stream(&folder, &bytes, &[&args[..], &["-"]].concat());
                for said in [of_file, err, of_stream, stream_err] {
                    // The word may be a header, the digits are in passwords only.
                    let shown = ["Fjord", "1814", "1905", "2005", "2020"];
                    let shown = shown.iter().find(|&&word| said.contains(word));
                    assert_eq!(shown, None, "{name} {report}: {said}");
                }
            }
        }
        let (_, human, _) = check(&folder, &["--format", "blackboard", name]);
        assert!(human.contains("***"), "{name}: something was shown: {human}");
    }
}

#[test]
fn nothing_about_a_person_with_mask() {
    for report in ["human", "json", "sarif", "summary"] {
        let args = ["--mask", "--report", report, "users-with-faults.txt"];
        let (_, out, _) = check(&data(), &args);
        for word in ["Hanna", "hberg", "Lund", "ovik", "Kit", "tdahl", "a043f5", "example.org"] {
            assert!(!out.contains(word), "{word}: {out}");
        }
    }
}

#[test]
fn what_the_feed_is_about_can_be_said() {
    let folder = folder(
        "bb-object",
        &[
            ("c.txt", "external_category_key|title|data_source_key\na|A|s\n"),
            ("u.txt", &format!("{USERS}\nk|u|f|l|s\n")),
            ("open.txt", "lastname\nBerg\n"),
            ("notes.txt", "Some notes.\n"),
        ],
    );
    let kind = |args: &[&str]| {
        let (_, out, _) = check(&folder, &[&["--report", "json"], args].concat());
        let report: Value = serde_json::from_str(&out).expect("a JSON document");
        let files = report["files"].as_array().expect("a list").clone();
        files.iter().map(|file| file["counts"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(kind(&["c.txt"]), ["{\"coursecategory\":1}"]);
    assert_eq!(
        kind(&["--object", "OrganizationCategory", "c.txt"]),
        ["{\"organizationcategory\":1}"]
    );
    assert_eq!(
        kind(&["--object", "organizationcategory", "u.txt", "c.txt"]),
        ["{\"organizationcategory\":1}", "{\"person\":1}"]
    );
    assert_eq!(kind(&["--object", "term", "u.txt"]), ["{\"term\":1}"], "it is the only feed");
    assert_eq!(kind(&["--object", "person", "open.txt"]), ["{\"person\":1}"]);
    let (code, _, err) = check(&folder, &["open.txt"]);
    assert_eq!((code, &*err), (2, "check: open.txt: no known format\n"));
    let report = json(&folder, 1, &["--object", "person", "notes.txt"]);
    assert_eq!(places(&report), ["notes.txt:1 BB-F01"]);
    let report = json(&folder, 1, &["--object", "person", "."]);
    let formats = ["blackboard", "null", "blackboard", "blackboard"].map(str::to_owned);
    let mut found = members(&report, "files", "format");
    found.sort_unstable();
    let mut formats = formats.to_vec();
    formats.sort_unstable();
    assert_eq!(found, formats, "what was not named has to look like a feed");

    let (code, out, err) = check(&folder, &["--object", "persons", "u.txt"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("[possible values: person, course, organization, membership, "), "{err}");
}

#[test]
fn files_without_rows() {
    let folder = folder(
        "bb-empty",
        &[
            ("empty.txt", ""),
            ("header.txt", &format!("{USERS}\n")),
            ("users.csv", "\"eva\",\"M\",\"E\",\"e@x.example\",\"pw\"\r\n"),
            ("enrolments.txt", "ORG,eva,S\r\n"),
        ],
    );
    let report = json(&folder, 1, &["--format", "blackboard", "empty.txt"]);
    assert_eq!(places(&report), ["empty.txt:1 BB-F01"]);
    assert_eq!(
        (&report["files"][0]["records"], &report["files"][0]["counts"]),
        (&json!(0), &json!({}))
    );
    let (code, _, err) = check(&folder, &["empty.txt"]);
    assert_eq!((code, &*err), (2, "check: empty.txt: no known format\n"));

    let report = json(&folder, 0, &["header.txt"]);
    assert!(places(&report).contains(&"header.txt:2 BB-F16".to_owned()), "{report}");
    assert_eq!(report["files"][0]["counts"], json!({"person": 0}));

    let report = json(&folder, 1, &["users.csv", "enrolments.txt"]);
    assert_eq!(places(&report), ["users.csv:1 BB-F01", "enrolments.txt:1 BB-F01"]);
    let messages = members(&report, "diagnostics", "message");
    assert!(messages[0].contains("a batch file of Users > Create"), "{messages:?}");
    assert!(messages[1].contains("a batch file of enrolments"), "{messages:?}");
}

#[test]
fn conventions_are_looked_at_where_they_are_asked_for() {
    let row = "SpringHistory|SpringHistory|History|";
    let folder = folder("bb-conventions", &[("c.txt", &format!("{COURSES}{row}SIS\n"))]);
    let asked = |args: &[&str]| {
        let (_, out, _) = check(&folder, &[&["--report", "json"], args, &["c.txt"]].concat());
        let report: Value = serde_json::from_str(&out).expect("a JSON document");
        let codes = members(&report, "diagnostics", "code");
        codes.iter().filter(|code| code.starts_with("BB-C")).count()
    };
    assert_eq!(asked(&[]), 0);
    assert!(asked(&["--conventions"]) > 0);
    assert!(asked(&["--deny", "BB-C02"]) > 0);
    assert_eq!(asked(&["--deny", "BB-F01"]), 0);
}

#[test]
fn rules_are_explained() {
    let (code, page, _) = check(&data(), &["--explain", "person-unknown"]);
    assert!(code == 0 && page.starts_with("# BB-X02\n"), "{page}");
}
