//! The SARIF report, held against the rules of SARIF 2.1.0 for the objects that the program writes.

#[path = "support/folder.rs"]
mod folder;
mod support;

use std::collections::BTreeSet;
use std::path::Path;

use folder::folder;
use serde_json::{Map, Value};
use support::{program, texts};

/// What the value of a member may be.
#[derive(Clone, Copy)]
enum Kind {
    /// A text that is not empty.
    Text,
    /// A URI reference.
    Uri,
    /// A whole number, this or more.
    Number(u64),
    Bool,
    /// One of these words.
    Word(&'static [&'static str]),
    Words(&'static [&'static str]),
    Object(&'static str),
    List(&'static str),
}

use Kind::{Bool, List, Number, Object, Text, Uri, Word, Words};

const LEVEL: Kind = Word(&["none", "note", "warning", "error"]);

/// The objects with the section of the standard, and their members; those with `!` are required, others
/// than these are not written.
const OBJECTS: &[(&str, &[(&str, Kind)])] = &[
    // 3.13
    ("log", &[("$schema", Uri), ("version!", Word(&["2.1.0"])), ("runs!", List("run"))]),
    // 3.14
    (
        "run",
        &[
            ("tool!", Object("tool")),
            ("invocations", List("invocation")),
            ("artifacts", List("artifact")),
            ("columnKind", Word(&["utf16CodeUnits", "unicodeCodePoints"])),
            ("results", List("result")),
        ],
    ),
    // 3.18, 3.19
    ("tool", &[("driver!", Object("toolComponent"))]),
    (
        "toolComponent",
        &[("name!", Text), ("semanticVersion", Text), ("rules", List("reportingDescriptor"))],
    ),
    // 3.49, 3.50
    (
        "reportingDescriptor",
        &[
            ("id!", Text),
            ("name", Text),
            ("shortDescription", Object("multiformatMessageString")),
            ("fullDescription", Object("multiformatMessageString")),
            ("help", Object("multiformatMessageString")),
            ("defaultConfiguration", Object("reportingConfiguration")),
        ],
    ),
    ("reportingConfiguration", &[("level", LEVEL)]),
    // 3.11, 3.12
    ("multiformatMessageString", &[("text!", Text), ("markdown", Text)]),
    ("message", &[("text!", Text)]),
    // 3.20, 3.58, 3.52
    (
        "invocation",
        &[("executionSuccessful!", Bool), ("toolExecutionNotifications", List("notification"))],
    ),
    (
        "notification",
        &[
            ("level", LEVEL),
            ("message!", Object("message")),
            ("locations", List("location")),
            ("associatedRule", Object("reportingDescriptorReference")),
        ],
    ),
    ("reportingDescriptorReference", &[("id", Text), ("index", Number(0))]),
    // 3.24
    (
        "artifact",
        &[
            ("location", Object("artifactLocation")),
            ("description", Object("message")),
            ("length", Number(0)),
            ("encoding", Text),
            ("roles", Words(&["analysisTarget"])),
        ],
    ),
    // 3.27
    (
        "result",
        &[
            ("ruleId", Text),
            ("ruleIndex", Number(0)),
            ("level", LEVEL),
            ("message!", Object("message")),
            ("locations", List("location")),
            ("relatedLocations", List("location")),
        ],
    ),
    // 3.28, 3.29, 3.4, 3.30
    (
        "location",
        &[("physicalLocation", Object("physicalLocation")), ("message", Object("message"))],
    ),
    (
        "physicalLocation",
        &[("artifactLocation!", Object("artifactLocation")), ("region", Object("region"))],
    ),
    ("artifactLocation", &[("uri", Uri), ("index", Number(0))]),
    (
        "region",
        &[
            ("startLine", Number(1)),
            ("startColumn", Number(1)),
            ("byteOffset", Number(0)),
            ("byteLength", Number(0)),
        ],
    ),
];

/// Holds an object and all in it against the list; `seen` hears of each object.
fn validate(kind: &'static str, value: &Value, seen: &mut dyn FnMut(&'static str, &Value)) {
    let (_, members) = OBJECTS.iter().find(|object| object.0 == kind).expect("a known object");
    assert!(value.is_object(), "no {kind}: {value}");
    let object = value.as_object().expect("just seen");
    for (name, value) in object {
        let known = members.iter().find(|known| known.0.trim_end_matches('!') == name);
        assert!(known.is_some(), "{kind} has no {name}");
        let (_, known) = known.expect("just seen");
        match *known {
            Text => assert!(value.as_str().is_some_and(|text| !text.is_empty()), "{name}: {value}"),
            Uri => assert!(value.as_str().is_some_and(is_uri), "{name}: {value}"),
            Number(least) => assert!(value.as_u64() >= Some(least), "{name}: {value}"),
            Bool => assert!(value.is_boolean(), "{name}: {value}"),
            Word(words) => {
                assert!(
                    value.as_str().is_some_and(|word| words.contains(&word)),
                    "{name}: {value}"
                );
            }
            Words(words) => {
                let list = value.as_array().expect("a list");
                assert!(list.iter().all(|word| words.iter().any(|known| word == known)), "{value}");
            }
            Object(kind) => validate(kind, value, seen),
            List(kind) => {
                value
                    .as_array()
                    .expect("a list")
                    .iter()
                    .for_each(|value| validate(kind, value, seen));
            }
        }
    }
    for (name, _) in *members {
        let required = name.strip_suffix('!');
        assert!(required.is_none_or(|name| object.contains_key(name)), "{kind} needs {name}");
    }
    seen(kind, value);
}

/// RFC 3986: percent-encoded, and what is relative cannot be taken for a scheme.
fn is_uri(uri: &str) -> bool {
    let path = ["file:///", "https://"].into_iter().find_map(|start| uri.strip_prefix(start));
    let mut bytes = path.unwrap_or(uri).bytes();
    while let Some(byte) = bytes.next() {
        let good = match byte {
            b'%' => bytes.by_ref().take(2).filter(u8::is_ascii_hexdigit).count() == 2,
            _ => byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte),
        };
        if !good {
            return false;
        }
    }
    !uri.is_empty()
}

/// The one run of a log that keeps to the standard.
fn valid_run(log: &Value) -> &Map<String, Value> {
    let run = log["runs"][0].as_object().expect("a run");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
    let ids: BTreeSet<_> = rules.iter().map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids.len(), rules.len(), "an id is used once");
    let artifacts = run["artifacts"].as_array().expect("a list");
    validate("log", log, &mut |kind, value| match kind {
        "result" => {
            let index = value["ruleIndex"].as_u64().expect("every rule is listed");
            assert_eq!(rules[usize::try_from(index).expect("small")]["id"], value["ruleId"]);
            assert_eq!(value["locations"].as_array().map(Vec::len), Some(1));
        }
        "artifactLocation" => {
            let index = value["index"].as_u64().expect("every file is listed");
            let artifact = &artifacts[usize::try_from(index).expect("small")];
            assert_eq!(artifact["location"]["uri"], value["uri"]);
        }
        "region" => {
            let has = |name| value.get(name).is_some();
            assert!(has("startLine") || has("byteOffset"), "{value}");
            assert!(has("startLine") || !has("startColumn"), "{value}");
            assert!(has("byteOffset") || !has("byteLength"), "{value}");
        }
        "reportingDescriptor" => {
            let name = value["name"].as_str().expect("a name");
            assert!(name.starts_with(|first: char| first.is_ascii_uppercase()), "{name}");
            assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric()), "{name}");
        }
        _ => {}
    });
    run
}

fn report(folder: &Path, code: i32, args: &[&str]) -> Value {
    let output =
        program("check").current_dir(folder).args(args).output().expect("the program starts");
    let (ended, out, err) = texts(output);
    assert_eq!((ended, err.as_str()), (code, ""), "{args:?}");
    serde_json::from_str(&out).expect("a JSON document")
}

#[test]
fn the_samples_and_the_examples_of_all_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    for (folder, mask) in
        [("examples/data", false), ("examples/data", true), ("crates/ims-enterprise/rules", false)]
    {
        let args = if mask { vec!["--mask", folder] } else { vec![folder] };
        let log = report(root, 1, &[&args[..], &["--report", "sarif"]].concat());
        let json = report(root, 1, &[&args[..], &["--report", "json"]].concat());
        let run = valid_run(&log);
        let results = run["results"].as_array().expect("a list");
        let findings = json["diagnostics"].as_array().expect("a list");
        assert_eq!(results.len(), findings.len());
        for (result, finding) in results.iter().zip(findings) {
            let of_file = |file: &&Value| file["path"] == finding["path"];
            let file = json["files"].as_array().and_then(|files| files.iter().find(of_file));
            same(result, finding, file.expect("it is listed").get("entry"));
        }
        let skipped = json["skipped_rules"].as_array().expect("a list").len();
        let files = json["files"].as_array().expect("a list").iter();
        let odd = files.filter(|file| file["format"].is_null() || file.get("dropped").is_some());
        let notices = &run["invocations"][0]["toolExecutionNotifications"];
        assert_eq!(notices.as_array().map(Vec::len), Some(skipped + odd.count()));
    }
}

/// Holds a result against the same finding of the JSON report. A place in a part of an archive is no region.
fn same(result: &Value, finding: &Value, entry: Option<&Value>) {
    let level =
        if finding["severity"] == "info" { "note".into() } else { finding["severity"].clone() };
    assert_eq!((&result["ruleId"], &result["level"]), (&finding["code"], &level));
    let mut message = finding["message"].as_str().unwrap_or_default().to_owned();
    if let (Some(entry), Some(_)) = (entry, finding["line"].as_u64()) {
        let entry = entry.as_str().expect("a name");
        message = format!("{message} ({entry}:{}:{})", finding["line"], finding["column"]);
    }
    assert_eq!(unescaped(&result["message"]["text"]), message);
    if entry.is_some() {
        assert!(!result.to_string().contains("region"), "{result}");
        return;
    }
    let place = |location: &Value| location["physicalLocation"]["region"].clone();
    assert_place(&place(&result["locations"][0]), finding);
    let labels = finding["labels"].as_array().expect("a list");
    for (number, label) in labels.iter().enumerate() {
        let related = &result["relatedLocations"][number];
        assert_eq!(related["message"]["text"], label["text"]);
        assert_place(&place(related), label);
    }
}

fn unescaped(text: &Value) -> String {
    let text = text.as_str().unwrap_or_default();
    text.replace("{{", "{").replace("}}", "}").replace("\\](", "](")
}

fn assert_place(region: &Value, place: &Value) {
    assert_eq!((&region["startLine"], &region["startColumn"]), (&place["line"], &place["column"]));
    assert_eq!(region["byteOffset"], place["start"]);
    let length = place["end"].as_u64().zip(place["start"].as_u64()).map(|(end, start)| end - start);
    assert_eq!(region["byteLength"].as_u64(), length);
}

#[cfg(unix)]
#[test]
fn names_of_all_kinds_are_uris() {
    let text = "<enterprise><person><userid> a</userid></person></enterprise>";
    let files = ["in/a b.xml", "in/a:b.xml", "in/100%.xml", "in/ü\\[x](y).xml"];
    let mut files = files.map(|name| (name, text)).to_vec();
    files.push(("in/no\nformat", ""));
    let folder = folder("uris", &files);
    for path in ["in", "./in", &folder.join("in").to_string_lossy()] {
        let log = report(&folder, 1, &["--report", "sarif", path]);
        let run = valid_run(&log);
        let uris = run["artifacts"].as_array().expect("a list").iter();
        let names: Vec<_> = uris
            .map(|artifact| artifact["location"]["uri"].as_str().expect("a URI"))
            .map(|uri| uri.rsplit('/').next().unwrap_or_default())
            .collect();
        let expected =
            ["100%25.xml", "a%20b.xml", "a%3Ab.xml", "no%0Aformat", "%C3%BC%5C%5Bx%5D%28y%29.xml"];
        assert_eq!(names, expected);
        let notices = &run["invocations"][0]["toolExecutionNotifications"];
        let mut notices = notices.as_array().expect("a list").iter();
        assert!(notices.any(|notice| notice["message"]["text"] == "no known format"));
    }
}
