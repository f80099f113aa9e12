//! What comes through standard input: found as in a file, and never held as a whole.

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

/// Runs the program with `input` on standard input: exit code, standard output, standard error.
fn check(input: &[u8], args: &[&str]) -> (i32, String, String) {
    let mut child = program("check")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    thread::scope(|scope| {
        // It need not read to the end.
        scope.spawn(move || drop(stdin.write_all(input)));
        texts(child.wait_with_output().expect("it ends"))
    })
}

/// The JSON report of one file, as a file and as a stream; but for the path they have to be the same.
fn both_ways(path: &Path, input: &[u8]) -> (i32, Value) {
    let name = path.to_str().expect("the names of these files are text");
    let (code, of_file, err) = check(b"", &["--report", "json", name]);
    let (streamed, of_stream, stream_err) = check(input, &["--report", "json", "-"]);
    assert_eq!((streamed, stream_err), (code, err.replace(name, "-")), "{name}");
    if code == 2 {
        return (code, Value::Null);
    }
    let mut reports = [of_file, of_stream]
        .map(|report| -> Value { serde_json::from_str(&report).expect("a JSON document") });
    for list in ["files", "diagnostics", "skipped_rules"] {
        for entry in reports[1][list].as_array_mut().expect("a list") {
            assert_eq!(entry["path"], "-");
            entry["path"] = name.into();
        }
    }
    let [of_file, mut of_stream] = reports;
    // A stream has no name that could be wrong.
    let skipped = of_stream["skipped_rules"].as_array_mut().expect("a list");
    skipped.retain(|rule| rule["code"] != "BR-F07");
    assert_eq!(of_stream, of_file, "{name}");
    (code, of_file)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn the_samples_and_the_examples_of_all_rules() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut codes = [0; 3];
    for folder in ["data", "../crates/ims-enterprise/rules"] {
        for path in files(&here.join(folder)) {
            let bytes = fs::read(&path).expect("a file");
            let (code, _) = both_ways(&path, &bytes);
            codes[usize::try_from(code).expect("0, 1 or 2")] += 1;
        }
    }
    assert!(codes[0] > 50 && codes[1] > 20, "{codes:?}");
}

#[test]
fn many_pieces() {
    let person = "<person><sourcedid><source>Süd</source><id>4711</id></sourcedid>\
                  <userid> 4711</userid><name><fn>Eva</fn></name></person>\n";
    let text = format!("<enterprise>\n{}</enterprise>", person.repeat(2_000));
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let legacy = text.replace('ü', "\u{1}").into_bytes();
    let legacy = legacy.into_iter().map(|byte| if byte == 1 { 0xFC } else { byte }).collect();
    let cut = text.as_bytes()[..text.len() - 20].to_vec();
    let folder = folder("pieces", &[]);
    for (name, bytes) in [
        ("utf8.xml", text.into_bytes()),
        ("utf16.xml", utf16),
        ("latin.xml", legacy),
        ("cut.xml", cut),
    ] {
        let path = folder.join(name);
        fs::write(&path, &bytes).expect("a file");
        let (_, report) = both_ways(&path, &bytes);
        let found = report["diagnostics"].as_array().expect("a list");
        let last = found.iter().rfind(|finding| finding["name"] == "padded-key");
        let line = last.and_then(|finding| finding["line"].as_u64());
        assert!(line.is_some_and(|line| line > 1_990), "{name}: {last:?}");
    }
}

#[test]
fn of_a_stream_places_are_shown_and_no_source() {
    let input = "<enterprise>\n<person><userid> eva</userid><name/></person>\n</enterprise>";
    let (_, out, err) = check(input.as_bytes(), &["-"]);
    assert_eq!(err, "");
    assert!(out.contains("\n --> -:2:17\n  = "), "{out}");
    assert!(!out.contains(" | "), "{out}");
}

#[test]
fn what_nothing_recognises() {
    let (code, out, err) = check(b"nothing", &["--report", "json", "-"]);
    assert_eq!((code, out.as_str(), err.as_str()), (2, "", "check: -: no known format\n"));
    let endless = "<x/>".repeat(1 << 20);
    let (code, out, err) = check(endless.as_bytes(), &["-"]);
    assert_eq!((code, out.as_str(), err.as_str()), (2, "", "check: -: no known format\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_with_a_name_is_a_stream_too() {
    let input = b"<enterprise><person><userid> eva</userid></person></enterprise>";
    let (_, of_pipe, err) = check(input, &["/dev/stdin"]);
    let (_, of_stream, _) = check(input, &["-"]);
    assert_eq!((err.as_str(), of_pipe), ("", of_stream.replace("-:", "/dev/stdin:")));
}
