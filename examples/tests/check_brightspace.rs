//! What `check` does with setup files of the Brightspace bulk upload, metadata and packages.

#[path = "support/folder.rs"]
mod folder;
mod support;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;

use folder::folder;
use serde_json::Value;
use support::{program, texts};
use zip::write::SimpleFileOptions;

const SETUP: &str = "LoadType=Package\n2,\"\\\\srv\\in\\a.zip\"\n";

const LOM: &str = "<lom xmlns=\"http://www.imsglobal.org/xsd/imsmd_rootv1p2p1\"><general><title>\
    <langstring>Knots</langstring></title></general></lom>";

/// The server's folder of the sample files.
const MAP: [&str; 2] = ["--map", r"\\filer\lor=."];

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/brightspace-bulk")
}

fn check(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = program("check").current_dir(folder).args(args).output();
    texts(output.expect("`cargo test -p examples` builds the program first"))
}

/// The JSON report of a run that ends with `code`.
fn json(folder: &Path, code: i32, args: &[&str]) -> Value {
    let args = [&["--report", "json"], args].concat();
    let (ended, out, err) = check(folder, &args);
    assert_eq!((ended, err.as_str()), (code, ""), "{args:?}\n{out}");
    serde_json::from_str(&out).expect("a JSON document")
}

/// The JSON report of a run over standard input.
fn json_of_stream(input: &[u8], args: &[&str]) -> Value {
    let mut child = program("check")
        .args(["--report", "json", "-"])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    let output = thread::scope(|scope| {
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("it ends")
    });
    serde_json::from_slice(&output.stdout).expect("a JSON document")
}

fn members<'a>(report: &'a Value, list: &str, member: &str) -> Vec<&'a str> {
    let list = report[list].as_array().expect("a list");
    list.iter().map(|entry| entry[member].as_str().unwrap_or("null")).collect()
}

/// The data of all findings of a rule.
fn found<'a>(report: &'a Value, code: &str) -> Vec<&'a str> {
    let findings = report["diagnostics"].as_array().expect("a list").iter();
    let of_rule = findings.filter(|finding| finding["code"] == code);
    of_rule.map(|finding| finding["args"]["found"].as_str().unwrap_or("null")).collect()
}

/// Packs an archive.
fn pack(path: &Path, entries: &[(&str, &str)]) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).expect("a file"));
    for (name, content) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(content.as_bytes()).expect("an entry");
    }
    archive.finish().expect("an archive");
}

#[test]
fn setup_files_in_a_folder_and_through_a_pipe() {
    let folder = folder("setup", &[("in/a.txt", SETUP)]);
    let report = json(&folder, 0, &["in"]);
    let file = &report["files"][0];
    assert_eq!(
        (&file["format"], &file["encoding"], &file["records"], &file["counts"]["package"]),
        (&"brightspace".into(), &"utf-8".into(), &1.into(), &1.into())
    );
    // What nobody was told how to look at is said not to have been checked.
    let unmapped = ["BR-P04", "BR-P11", "BR-C02"];
    assert_eq!(members(&report, "skipped_rules", "code"), unmapped);
    let (_, out, _) = check(&folder, &["in"]);
    assert!(out.contains(": clean\n  BR-P04, BR-P11, BR-C02 not checked: "), "{out}");

    let report = json_of_stream(SETUP.as_bytes(), &[]);
    assert_eq!(members(&report, "files", "format"), ["brightspace"]);
    let skipped = members(&report, "skipped_rules", "code");
    assert_eq!(skipped, ["BR-F07", "BR-P04", "BR-P11", "BR-C02"], "a stream has no name");
}

#[test]
fn a_file_without_load_type() {
    let record = "\\srv\\in\\a.zip\"\n";
    let untyped = format!("2,\"\\{record}");
    let folder =
        folder("untyped", &[("empty.txt", ""), ("untyped.txt", &untyped), ("a.csv", SETUP)]);
    let args = ["--format", "brightspace", "empty.txt"];
    assert_eq!(members(&json(&folder, 1, &args), "diagnostics", "code"), ["BR-F01"]);
    let report = json_of_stream(b"", &["--format", "brightspace"]);
    assert_eq!(members(&report, "diagnostics", "code"), ["BR-F01"]);

    // A record is enough to recognise one; what depends on the type is not checked.
    let report = json(&folder, 1, &["untyped.txt"]);
    assert_eq!(members(&report, "files", "format"), ["brightspace"]);
    assert_eq!(members(&report, "diagnostics", "code"), ["BR-F01"]);
    assert!(members(&report, "skipped_rules", "code").contains(&"BR-R03"));
    let (_, sarif, _) = check(&folder, &["--report", "sarif", "untyped.txt"]);
    let sarif: Value = serde_json::from_str(&sarif).expect("a JSON document");
    let notices = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(notices[0]["level"], "warning", "the file is to blame itself");

    let report = json(&folder, 0, &["a.csv"]);
    assert_eq!(members(&report, "diagnostics", "code"), ["BR-F07"]);
}

#[test]
fn metadata_and_packages_are_recognised_by_their_content() {
    let data = data();
    let package = fs::read(data.join("input/harbour-walk.zip")).expect("it is there");
    let folder = folder("content", &[("in/lom", LOM), ("in/none.zip", "text"), ("in/p:lom.x", "")]);
    fs::write(folder.join("in/package"), &package).expect("a file");
    let prefixed = LOM.replace("<lom xmlns", "<m:lom xmlns:m").replace("</lom>", "</m:lom>");
    fs::write(folder.join("in/prefixed"), prefixed).expect("a file");
    fs::write(folder.join("in/manifest"), "\u{feff}<!-- x --><manifest/>").expect("a file");
    let report = json(&folder, 1, &["in"]);
    let formats: Vec<_> = members(&report, "files", "path")
        .into_iter()
        .zip(members(&report, "files", "format"))
        .collect();
    let expected = [
        ("in/lom", "imsmd"),
        ("in/manifest", "scorm"),
        ("in/none.zip", "scorm"),
        ("in/p:lom.x", "null"),
        ("in/package", "scorm"),
        ("in/prefixed", "imsmd"),
    ];
    assert_eq!(formats, expected);
    // What is called an archive and is none is told so.
    let none = json(&folder, 1, &["in/none.zip"]);
    assert_eq!(members(&none, "diagnostics", "code"), ["BR-S01"]);

    let report = json_of_stream(&package, &[]);
    assert_eq!(report["files"][0]["format"], "scorm");
    assert_eq!(report["files"][0]["records"], 5);
    assert_eq!(json_of_stream(LOM.as_bytes(), &[])["files"][0]["format"], "imsmd");
}

#[test]
fn formats_can_be_given() {
    let folder = folder("given", &[("a", "<x/>")]);
    for (format, code) in [("imsmd", "BR-M02"), ("scorm", "BR-S04"), ("brightspace", "BR-F01")] {
        let report = json(&folder, 1, &["--format", format, "a"]);
        assert_eq!(report["files"][0]["format"], format);
        assert!(members(&report, "diagnostics", "code").contains(&code), "{format}: {report}");
    }
}

#[test]
fn documents_that_are_archives_are_no_packages() {
    let folder = folder("documents", &[("in/a.txt", SETUP)]);
    for (name, first) in [
        ("a.docx", "[Content_Types].xml"),
        ("a.odt", "mimetype"),
        ("a.jar", "META-INF/MANIFEST.MF"),
    ] {
        pack(&folder.join("in").join(name), &[(first, "x"), ("x", "y")]);
    }
    pack(&folder.join("in/b.pif"), &[("x", "y")]);
    let report = json(&folder, 1, &["in"]);
    let formats = ["null", "null", "null", "brightspace", "scorm"];
    assert_eq!(members(&report, "files", "format"), formats);
    assert_eq!(members(&report, "diagnostics", "code"), ["BR-S02"]);
}

#[test]
fn a_damaged_archive_does_not_keep_the_others_from_being_checked() {
    let package = fs::read(data().join("input/harbour-walk.zip")).expect("it is there");
    let folder = folder("damaged", &[("in/a.txt", SETUP)]);
    let mut damaged = package.clone();
    damaged[100] ^= 0xFF;
    fs::write(folder.join("in/b.zip"), &damaged).expect("a file");
    fs::write(folder.join("in/c.zip"), &package[..300]).expect("a file");
    let report = json(&folder, 1, &["in"]);
    assert_eq!(members(&report, "files", "format"), ["brightspace", "scorm", "scorm"]);
    assert_eq!(members(&report, "diagnostics", "code"), ["BR-S01", "BR-S01"]);

    // One that is encrypted is no fault of its form, and cannot be looked into.
    let mut encrypted = package;
    let central = encrypted.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("an entry");
    encrypted[6] |= 1;
    encrypted[central + 8] |= 1;
    fs::write(folder.join("d.zip"), &encrypted).expect("a file");
    let (code, out, err) = check(&folder, &["d.zip"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("d.zip: imsmanifest.xml cannot be unpacked: Password"), "{err}");
}

#[test]
fn files_of_the_server_are_looked_for_where_the_map_says() {
    let report = json(&data(), 1, &[&MAP[..], &["type1.txt", "type3.txt"]].concat());
    assert_eq!(report["skipped_rules"], serde_json::json!([]));
    assert_eq!(
        found(&report, "BR-P04"),
        [
            r"\\filer\lor\input\lighthouses-of-the-coast.zip",
            r"\\filer\lor\input\ebb-tide.mp3",
            r"\\filer\lor\input\fog-signals.wav",
        ]
    );
    // Where the map says nothing, nothing is known.
    let report = json(&data(), 0, &["--map", r"\\other=.", "type1.txt"]);
    assert_eq!(report["diagnostics"], serde_json::json!([]));
    // Letter case and the kind of slash make no difference, and the longest prefix wins.
    let args = ["--map", "//FILER=metadata", "--map", r"//FILER\Lor\=.", "type2.txt"];
    assert_eq!(found(&json(&data(), 0, &args), "BR-P04"), [""; 0]);
}

#[test]
fn a_type_1_file_that_is_no_archive_shows_when_it_can_be_opened() {
    let folder = folder("archive", &[("a.txt", SETUP), ("in/A.ZIP", "text")]);
    let report = json(&folder, 1, &["--map", r"\\srv=.", "a.txt"]);
    assert_eq!(found(&report, "BR-P06"), [r"\\srv\in\a.zip"]);
}

#[test]
fn links_of_an_asset_are_listed() {
    let args = [&MAP[..], &["nightly-with-faults.txt"]].concat();
    let report = json(&data(), 1, &args);
    assert_eq!(found(&report, "BR-P07"), [r"\\filer\lor\input\tides.html"]);
    assert_eq!(found(&report, "BR-P11"), ["img/moon.png", "style/page.css"]);
}

#[test]
fn metadata_of_a_package_that_will_not_be_used() {
    for name in ["type2.txt", "type3.txt"] {
        let args = [&MAP[..], &["--allow", "BR-P04", name]].concat();
        let report = json(&data(), 0, &args);
        assert_eq!(found(&report, "BR-C02"), ["Harbour walk"], "{name}");
        let masked = json(&data(), 0, &[&args[..], &["--mask"]].concat());
        assert!(!masked.to_string().contains("Harbour walk"), "{masked}");
    }
}

#[test]
fn data_are_left_out_with_mask() {
    let words = [
        "bowline",
        "Halvorsen",
        "Ingrid",
        "sea, salt",
        "Old Man",
        "moon.png",
        "missing.mp3",
        "anchors",
        "sheepshank",
        "page-lighthouse",
        "knot.txt",
        "currents",
    ];
    let args = [
        &MAP[..],
        &[
            "nightly-with-faults.txt",
            "input/knots-and-splices.zip",
            "metadata/tides-with-faults.xml",
        ],
    ]
    .concat();
    for report in ["human", "json", "sarif", "summary"] {
        let args = [&["--report", report], &args[..]].concat();
        let (_, plain, _) = check(&data(), &args);
        assert_eq!(plain.contains("Old Man"), report != "summary", "{report}");
        let (code, masked, _) = check(&data(), &[&["--mask"], &args[..]].concat());
        // The rules stand at the beginning of a SARIF log.
        let said = masked.split_once("\"invocations\"").map_or(&*masked, |(_, said)| said);
        assert_eq!(code, 1);
        for word in words {
            assert!(!said.contains(word), "{report}: {word}\n{said}");
        }
    }
}

#[test]
fn places_in_a_package_are_those_of_its_manifest() {
    let package = "input/knots-and-splices.zip";
    let report = json(&data(), 1, &[package, "type1.txt"]);
    assert_eq!(report["files"][0]["entry"], "imsmanifest.xml");
    assert_eq!(report["files"][1].get("entry"), None);
    let findings = report["diagnostics"].as_array().expect("a list");
    let finding = |code| findings.iter().find(|finding| finding["code"] == code);
    let dangling = finding("BR-S08").expect("it is found");
    assert_eq!((&dangling["line"], &dangling["column"]), (&16.into(), &47.into()));
    assert!(finding("BR-S13").expect("it is found")["line"].is_null(), "it is about an entry");

    let (_, out, _) = check(&data(), &[package]);
    let shown = "error[BR-S08 dangling-reference]: no resource has the identifier `page-lighthouse`\n\
        \u{20} --> input/knots-and-splices.zip/imsmanifest.xml:16:47\n\
        \u{20}  |\n\
        16 |       <item identifier=\"light\" identifierref=\"page-lighthouse\"><title>";
    assert!(out.contains(shown), "{out}");
    let underlined = format!("\n   | {}{}\n", " ".repeat(46), "^".repeat("page-lighthouse".len()));
    assert!(out.contains(&underlined), "{out}");
    assert!(out.contains("\n --> input/knots-and-splices.zip\n"), "{out}");

    let (_, sarif, _) = check(&data(), &["--report", "sarif", package]);
    let sarif: Value = serde_json::from_str(&sarif).expect("a JSON document");
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    assert!(results.iter().any(|result| result["message"]["text"]
        == "no resource has the identifier `page-lighthouse` (imsmanifest.xml:16:47)"));
    assert!(!sarif["runs"][0]["results"].to_string().contains("region"));
}

#[test]
fn a_place_far_into_a_setup_file_is_shown() {
    let record = "2,\"\\\\srv\\in\\a.zip\"\n";
    let records: String =
        (0..9_000).map(|n| record.replace("a.zip", &format!("{n}.zip"))).collect();
    let setup = format!("LoadType=Package\n{records}0,\"\\\\srv\\last.zip\"\n");
    let folder = folder("far", &[("a.txt", &setup)]);
    let (code, out, _) = check(&folder, &["a.txt"]);
    assert_eq!(code, 1);
    assert!(out.contains("\n9002 | 0,\"\\\\srv\\last.zip\"\n"), "{out}");
}

#[test]
fn rules_are_explained() {
    let (code, page, _) = check(&data(), &["--explain", "BR-R07"]);
    assert_eq!(code, 0);
    assert!(page.starts_with("# BR-R07\n\n**wrapped-record**"), "{page}");
    assert!(page.contains("LoadType=CSVMetadata"), "an example is in it: {page}");
}

#[test]
fn maps_that_cannot_be_used() {
    for (map, said) in [
        (r"\\filer\lor", r"write PREFIX=DIR, such as \\server\share=local/dir"),
        ("=.", "neither PREFIX nor DIR may be empty"),
        (r"\\filer=", "neither PREFIX nor DIR may be empty"),
        (r"\\filer=missing", "`missing` is no folder"),
        (r"\\filer=type1.txt", "`type1.txt` is no folder"),
    ] {
        let (code, out, err) = check(&data(), &["--map", map, "type1.txt"]);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains(said), "{err}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_need_not_be_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder("odd-names", &[]);
    fs::write(folder.join(OsStr::from_bytes(b"t\xE4st.txt")), SETUP).expect("a file");
    fs::write(folder.join(OsStr::from_bytes(b"t\xE4st.zip")), "text").expect("a file");
    let report = json(&folder, 1, &["."]);
    assert_eq!(members(&report, "files", "format"), ["brightspace", "scorm"]);
}
