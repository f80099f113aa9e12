//! What `check` does with offering rule matrices.

#[path = "support/folder.rs"]
mod folder;
#[path = "support/matrix.rs"]
mod matrices;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use folder::folder;
use matrices::{instructor, registration, run};
use serde_json::{Value, json};
use support::{program, texts};

const FIRE: &str = "Fire,/Root/Fleet/Fire,OneTime,,,,x,,x";

/// An older matrix; `é` shows how it is encoded.
const OLD: &str = "Course Name,Course Path,Re-Registration,Re-Registration Before Certificate Expiry,\
    Certificate Short Id,De-Registration,Vessel,Rank\r\n,,,,,,Aurora,Master\r\n\
    Fire é,/Root/Fleet/Fire,x,,C1,,x,x\r\n";

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/offering-rules")
}

/// The JSON report of a run that ends with `code`.
fn json(folder: &Path, code: i32, args: &[&str]) -> Value {
    let args = [&["--report", "json"], args].concat();
    let (ended, out, err) = run("check", folder, &args);
    assert_eq!((ended, err.as_str()), (code, ""), "{args:?}\n{out}");
    serde_json::from_str(&out).expect("a JSON document")
}

fn members<'a>(report: &'a Value, list: &str, member: &str) -> Vec<&'a str> {
    let list = report[list].as_array().expect("a list");
    list.iter().map(|entry| entry[member].as_str().unwrap_or("null")).collect()
}

/// `file:line:column code` of each finding.
fn places(report: &Value) -> Vec<String> {
    let findings = report["diagnostics"].as_array().expect("a list").iter();
    let place = |finding: &Value| {
        let [path, code] = ["path", "code"].map(|name| finding[name].as_str().unwrap_or("null"));
        format!("{path}:{}:{} {code}", finding["line"], finding["column"])
    };
    findings.map(place).collect()
}

#[test]
fn the_sample_files() {
    let report = json(&data(), 1, &["registration.csv", "instructor-with-faults.csv"]);
    assert_eq!(
        places(&report),
        [
            "registration.csv:2:14 OR-G03",
            "registration.csv:18:21 OR-R09",
            "instructor-with-faults.csv:3:39 OR-C03",
            "instructor-with-faults.csv:4:22 OR-C02",
            "instructor-with-faults.csv:8:8 OR-R01",
            "instructor-with-faults.csv:9:16 OR-C01",
        ]
    );
    let file = |path: &str, counts: [u32; 3]| {
        let [column, value, mark] = counts;
        json!({"path": path, "format": "offering-rules", "encoding": "utf-8", "records": column,
               "counts": {"column": column, "value": value, "mark": mark}})
    };
    let files =
        [file("registration.csv", [6, 8, 19]), file("instructor-with-faults.csv", [3, 3, 4])];
    assert_eq!(report["files"], json!(files));
    let bytes = fs::read(data().join("registration.csv")).expect("it is there");
    let at = |name: &str| {
        let offset = report["diagnostics"][1][name].as_u64().expect("an offset");
        usize::try_from(offset).expect("inside the file")
    };
    assert_eq!(&bytes[at("start")..at("end")], b"!x");
}

#[test]
fn human() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let output = program("check")
        .current_dir(root)
        .arg("examples/data/offering-rules")
        .env("NO_COLOR", "1")
        .output();
    let (code, out, err) = texts(output.expect("`cargo test -p examples` builds the program"));
    assert_eq!((code, err.as_str()), (1, ""));
    insta::assert_snapshot!(out);
}

#[test]
fn what_could_not_be_checked_is_said() {
    let codes = |report: &Value| {
        members(report, "skipped_rules", "code").iter().map(|&code| code.to_owned()).collect()
    };
    let clean: Vec<String> = codes(&json(&data(), 0, &["registration.csv"]));
    assert_eq!(clean, ["OR-L01", "OR-R02", "OR-R17", "OR-R18"]);
    let faults: Vec<String> = codes(&json(&data(), 1, &["instructor-with-faults.csv"]));
    assert_eq!(faults, ["OR-L01", "OR-R02", "OR-R17", "OR-R18", "OR-G*"]);
    let known: Vec<String> = codes(&json(&data(), 0, &["--opfs", "opfs.json", "registration.csv"]));
    assert_eq!(known, ["OR-L01", "OR-R02"]);
    let folder = folder("or-clean", &[("m.csv", &registration(&[FIRE]))]);
    let (code, out, _) = run("check", &folder, &["m.csv"]);
    assert!(code == 0 && out.contains(": clean\n"), "what nobody asked for is no fault: {out}");
}

#[test]
fn profile_fields_of_the_organisation() {
    let opfs = r#"[{"name": "Vessel", "values": ["Aurora", "Borealis 2"]}, {"name": "Rang"}]"#;
    let marked = FIRE.replace("x,,x", "x,x,x");
    let files = [
        ("m.csv", &*registration(&[&marked])),
        ("opfs.json", opfs),
        ("bom.json", &format!("\u{feff}{{\"opfs\": {opfs}}}")),
        ("broken.json", "{\"opfs\": 1}"),
    ];
    let folder = folder("or-opfs", &files);
    for opfs in ["opfs.json", "bom.json"] {
        let report = json(&folder, 1, &["--opfs", opfs, "m.csv"]);
        assert_eq!(places(&report), ["m.csv:10:8 OR-R18", "m.csv:11:1 OR-R17"]);
        assert_eq!(
            members(&report, "diagnostics", "message"),
            [
                "`Vessel` has no value `Borealis` (cell B10); did you mean `Borealis 2`?",
                "there is no profile field `Rank` (cell A11); did you mean `Rang`?",
            ]
        );
    }
    let sample = json(&data(), 0, &["--opfs", "opfs.json", "registration.csv"]);
    assert_eq!(places(&sample).len(), 2, "the sample has known values only");
    for (opfs, said) in [("broken.json", "broken.json"), ("gone.json", "No such file")] {
        let (code, out, err) = run("check", &folder, &["--opfs", opfs, "m.csv"]);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(said), "{err}");
    }
}

#[test]
fn matrices_are_recognised_by_their_content() {
    let transposed = registration(&[&FIRE.replacen("Fire", "Fire é", 1)]);
    let utf_16 = |text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        [mark.to_vec(), text.encode_utf16().flat_map(bytes).collect()].concat()
    };
    let latin_1 = |text: &str| -> Vec<u8> {
        text.chars().map(|c| u8::try_from(c).expect("one byte")).collect()
    };
    for (name, text) in [("new", &*transposed), ("old", OLD)] {
        let semicolons = text.replace(',', ";");
        let tabs = text.replace(',', "\t");
        for (number, (bytes, encoding)) in [
            (text.as_bytes().to_vec(), "utf-8"),
            (format!("\u{feff}{text}").into_bytes(), "utf-8"),
            (semicolons.clone().into_bytes(), "utf-8"),
            (tabs.clone().into_bytes(), "utf-8"),
            (text.replace("\r\n", "\n").into_bytes(), "utf-8"),
            (utf_16(&tabs, [0xFF, 0xFE], u16::to_le_bytes), "utf-16le"),
            (utf_16(text, [0xFE, 0xFF], u16::to_be_bytes), "utf-16be"),
            (latin_1(&semicolons), "windows-1252"),
            (latin_1(text), "windows-1252"),
        ]
        .into_iter()
        .enumerate()
        {
            let folder = folder(&format!("or-recognised-{name}-{number}"), &[]);
            // The ending of the name does not matter.
            fs::write(folder.join("matrix"), bytes).expect("a file");
            let report = json(&folder, 0, &["."]);
            let file = &report["files"][0];
            assert_eq!(
                (&file["format"], &file["encoding"], &file["counts"]["mark"]),
                (&"offering-rules".into(), &encoding.into(), &2.into()),
                "{name} {number}"
            );
            let found = if encoding == "utf-8" { &[][..] } else { &["OR-F02"] };
            assert_eq!(members(&report, "diagnostics", "code"), found, "{name} {number}");
        }
    }
    let folder = folder("or-instructor", &[("m", &instructor(&["F,/Root/Fleet/F,Active,,x"]))]);
    assert_eq!(members(&json(&folder, 0, &["m"]), "files", "format"), ["offering-rules"]);
}

#[test]
fn a_matrix_with_a_long_head() {
    // More than the beginning that tells the format is needed for its first two rows.
    let courses: Vec<_> =
        (0..4_000).map(|n| FIRE.replace("Fire", &format!("Fire number {n}"))).collect();
    let courses: Vec<_> = courses.iter().map(String::as_str).collect();
    let wide = registration(&courses);
    assert!(wide.find("Course Path").is_some_and(|at| at > 1 << 16));
    let values: Vec<_> = (0..9_000).map(|n| format!("Value {n}")).collect();
    let (labels, _) = OLD.split_once(",Vessel").expect("the head");
    let blank = ",".repeat(values.len());
    let old = format!(
        "{labels},Vessel{blank}\r\n,,,,,,{}\r\nFire,/Root/Fleet/Fire,x,,C1,,x\r\n",
        values.join(",")
    );
    assert!(old.find("Value 8999").is_some_and(|at| at > 1 << 16));
    let folder = folder("or-long", &[("in/wide.csv", &wide), ("in/old.csv", &old)]);
    let report = json(&folder, 0, &["in"]);
    assert_eq!(members(&report, "files", "format"), ["offering-rules"; 2], "{}", report["files"]);
    let count = |file: usize, of: &str| report["files"][file]["counts"][of].as_u64();
    assert_eq!((count(0, "value"), count(1, "column")), (Some(9_000), Some(4_000)));
}

#[test]
fn other_files_are_no_matrices() {
    let folder = folder(
        "or-others",
        &[
            ("in/addresses.csv", "name,phone,city\r\nEva,12,Bergen\r\n"),
            ("in/courses.csv", "id,title,path\r\n1,Logic,/a\r\n"),
            ("in/paths.csv", "Course,Path\r\nFire,/Root/Fire\r\n"),
            ("in/marks.csv", "x,,x\r\n,x,\r\n"),
            ("in/prose.txt", "The Course Path of a course is where it is.\n"),
            ("in/empty.csv", ""),
            ("in/setup.txt", "LoadType=Package\n2,\"\\\\srv\\in\\a.zip\"\n"),
        ],
    );
    let report = json(&folder, 0, &["in"]);
    assert!(!members(&report, "files", "format").contains(&"offering-rules"), "{report}");
    // Where the caller says so, it is one, and what is wrong is said.
    let report = json(&folder, 1, &["--format", "offering-rules", "in/addresses.csv"]);
    assert_eq!(members(&report, "diagnostics", "code"), ["OR-F01"]);
    assert_eq!(report["files"][0]["records"], 0);
}

#[test]
fn a_workbook_is_told_from_a_package() {
    let entry = |name: &str| format!("PK\u{3}\u{4}{}{name}", "\0".repeat(26));
    let names = ["[Content_Types].xml", "xl/workbook.xml", "docProps/app.xml"];
    for name in names {
        let folder = folder("or-workbook", &[("in/matrix.xlsx", entry(name).as_str())]);
        let (code, _, err) = run("check", &folder, &["in/matrix.xlsx"]);
        assert_eq!(
            (code, err.as_str()),
            (
                2,
                "check: in/matrix.xlsx: no known format; of a workbook, save the sheet as `CSV UTF-8`\n"
            )
        );
        // Come across in a folder, it is listed.
        let report = json(&folder, 0, &["in"]);
        assert_eq!(members(&report, "files", "format"), ["null"]);
        let report = json(&folder, 1, &["--format", "offering-rules", "in/matrix.xlsx"]);
        assert_eq!(members(&report, "diagnostics", "code"), ["OR-F08"]);
    }
}

#[test]
fn a_matrix_below_a_title_is_one() {
    let text = format!("Rules 2026;;\r\n\r\n{}", registration(&[FIRE]));
    let folder = folder(
        "or-title",
        &[("in/matrix.csv", text.as_str()), ("in/old.csv", &format!("Rules\r\n{OLD}"))],
    );
    let report = json(&folder, 0, &["in"]);
    assert_eq!(places(&report)[0], "in/matrix.csv:1:1 OR-L11");
    assert_eq!(members(&report, "files", "format"), ["offering-rules"; 2]);
}

#[test]
fn people_are_left_out_with_mask() {
    let matrix = registration(&[FIRE])
        .replacen(",De-Reg", ",Users (UserNames),ehansen|pnilsen;\r\n,De-Reg", 1)
        .replacen(",Certificate Short Id", ",Re-Registration Certificate Short Id", 1);
    let folder = folder("or-mask", &[("m.csv", &matrix)]);
    for report in ["human", "json", "sarif", "summary"] {
        let (code, plain, _) = run("check", &folder, &["--report", report, "m.csv"]);
        assert_eq!(
            (code, plain.contains("pnilsen")),
            (1, report != "summary"),
            "{report}: {plain}"
        );
        let (_, masked, _) = run("check", &folder, &["--mask", "--report", report, "m.csv"]);
        assert!(!masked.contains("pnilsen") && !masked.contains("ehansen"), "{report}: {masked}");
    }
}

#[test]
fn rules_are_explained() {
    let (code, page, _) = run("check", &data(), &["--explain", "OR-R09"]);
    assert_eq!(code, 0);
    assert!(page.starts_with("# OR-R09\n\n**redundant-exclusion**"), "{page}");
    assert!(page.contains("OPF Name,OPF Value"), "an example is in it: {page}");
}

#[test]
fn codes_can_be_silenced_and_denied() {
    let (code, out, _) = run("check", &data(), &["--deny", "OR-G03", "registration.csv"]);
    assert!(code == 1 && out.contains("error[OR-G03 "), "{out}");
    let args = ["--allow", "OR-G03", "--allow", "OR-R09", "registration.csv"];
    let (code, out, _) = run("check", &data(), &args);
    assert!(code == 0 && out.contains(": clean\n"), "{out}");
}
