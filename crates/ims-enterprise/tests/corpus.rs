//! The samples of the field against what their manifest says of them; run with `CORPUS` set to their
//! folder and `--include-ignored`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails")]
#![expect(clippy::disallowed_methods, reason = "the corpus is a folder that the environment names")]

use std::path::PathBuf;

use edu_diagnostics::{Collector, Severity};
use edu_syntax::Decoded;
use ims_enterprise::{Counts, ImsReader, Kind, recognise};

fn folder(name: &str) -> PathBuf {
    let corpus = std::env::var_os("CORPUS").expect("CORPUS names the folder of the samples");
    PathBuf::from(corpus).join(name)
}

/// Counts the records and lists the errors of a text.
fn read(decoded: &Decoded<'_>) -> (Counts, Vec<&'static str>) {
    let mut found = Collector::new();
    let mut records = ImsReader::new().for_text(decoded, &mut found);
    records.by_ref().for_each(|record| drop(record.unwrap()));
    let counts = records.summary().counts;
    let errors = found.into_sorted().into_iter();
    let errors = errors.filter(|finding| finding.severity == Severity::Error);
    (counts, errors.map(|finding| finding.rule.code).collect())
}

/// Whether an error of this code says that a strict XML parser refuses the text.
fn is_about_well_formedness(code: &str) -> bool {
    code.starts_with("IE-X") || ["IE-F04", "IE-F05", "IE-F06", "IE-F09"].contains(&code)
}

/// `None` where the manifest has no number.
fn numbers(fields: &[&str]) -> Option<Counts> {
    let [person, group, membership, member] =
        fields.iter().map(|field| field.parse().ok()).collect::<Option<Vec<u64>>>()?[..]
    else {
        panic!("{fields:?}")
    };
    let mut counts = Counts::default();
    (counts.person, counts.group) = (person, group);
    (counts.membership, counts.member) = (membership, member);
    Some(counts)
}

#[test]
#[ignore = "needs CORPUS"]
fn the_manifest() {
    let folder = folder("ims-enterprise");
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let lines: Vec<_> = manifest.lines().skip(1).collect();
    assert!(lines.len() > 30, "{}", lines.len());
    for line in lines {
        let fields: Vec<_> = line.split('\t').collect();
        let [file, format, declared, well_formed] = fields[..4] else { panic!("{line}") };
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let decoded = Decoded::new(&bytes);
        let kind = match recognise(decoded.text()) {
            None => "none",
            Some(Kind::Lis) => "lis",
            Some(Kind::ImsEnterprise) => "ims-enterprise",
            Some(other) => panic!("{file}: {other:?}"),
        };
        assert_eq!(kind, format, "{file}");

        // Some exporters declare ISO-8859-1 and write UTF-8.
        let is_utf8 = !bytes.is_ascii() && str::from_utf8(&bytes).is_ok();
        let encoding = match declared {
            "ISO-8859-1" if !is_utf8 => "windows-1252",
            "" | "ISO-8859-1" | "UTF-8" | "utf-8" => "utf-8",
            other => panic!("{file}: {other}"),
        };
        assert_eq!(decoded.encoding(), encoding, "{file}");

        if format == "ims-enterprise" {
            let (counts, errors) = read(&decoded);
            assert_eq!(Some(counts), numbers(&fields[4..]), "{file}");
            let damaged = errors.iter().any(|code| is_about_well_formedness(code));
            assert_eq!(!damaged, well_formed == "yes", "{file}: {errors:?}");
        }
    }
}

#[test]
#[ignore = "needs CORPUS"]
fn the_xml_of_blackboard_feeds() {
    let mut files = 0;
    for entry in std::fs::read_dir(folder("blackboard-sis").join("xml")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let decoded = Decoded::new(&bytes);
        assert_eq!(recognise(decoded.text()), Some(Kind::ImsEnterprise), "{path:?}");
        let (counts, errors) = read(&decoded);
        let damage: Vec<_> = errors.iter().filter(|code| is_about_well_formedness(code)).collect();
        assert!(damage.is_empty(), "{path:?}: {damage:?}");
        assert_ne!(counts, Counts::default(), "{path:?}");
        files += 1;
    }
    assert!(files >= 3, "{files}");
}

#[test]
#[ignore = "needs CORPUS"]
fn the_files_of_moodle_plans() {
    let cases = folder("ims-enterprise").join("moodle-plans").join("cases.json");
    let cases: Vec<serde_json::Value> =
        serde_json::from_slice(&std::fs::read(cases).unwrap()).unwrap();
    assert!(cases.len() > 10, "{}", cases.len());
    for case in cases {
        let xml = case["xml"].as_str().unwrap();
        assert_eq!(recognise(xml), Some(Kind::ImsEnterprise), "{}", case["name"]);
        let (counts, errors) = read(&Decoded::from(xml));
        let damage: Vec<_> = errors.iter().filter(|code| is_about_well_formedness(code)).collect();
        assert!(damage.is_empty(), "{}: {damage:?}", case["name"]);
        // Each case is about records: none of them may get lost.
        for (name, count) in [
            ("person", counts.person),
            ("group", counts.group),
            ("membership", counts.membership),
            ("member", counts.member),
        ] {
            let tags = [format!("<{name}>"), format!("<{name} ")];
            let expected: usize = tags.iter().map(|tag| xml.matches(tag.as_str()).count()).sum();
            assert_eq!(count, expected as u64, "{} {name}", case["name"]);
        }
    }
}
