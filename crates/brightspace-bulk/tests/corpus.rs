//! The files of the corpus, each with what its list says of it. Run with `CORPUS` set to the folder.

#![expect(clippy::disallowed_methods, reason = "the corpus is a folder that the environment names")]

use std::io::{Cursor, Read as _};
use std::path::PathBuf;

use brightspace_bulk::imsmd::{LomReader, Metadata};
use brightspace_bulk::scorm::{
    Entry as File, Level, Package, PackageReader, is_zip, manifest_entry,
};
use brightspace_bulk::{Item, LoadType, SetupReader};
use edu_diagnostics::{Collector, Diagnostic, Severity};
use edu_syntax::Decoded;
use zip::ZipArchive;

/// A line of the list.
struct Entry {
    path: String,
    kind: String,
    expected: String,
}

impl Entry {
    /// The codes that have to be reported.
    fn codes(&self) -> Vec<&str> {
        let starts = self.expected.match_indices("BR-").map(|(at, _)| at);
        starts.filter_map(|at| self.expected.get(at..at + 6)).collect()
    }

    fn is_ok(&self) -> bool {
        ["ok", "valid"].iter().any(|word| self.expected.starts_with(word))
    }
}

fn folder() -> PathBuf {
    PathBuf::from(std::env::var("CORPUS").expect("CORPUS is set")).join("brightspace-bulk")
}

fn entries(folder: &str) -> Vec<Entry> {
    let list =
        std::fs::read_to_string(self::folder().join("MANIFEST.tsv")).expect("the list is there");
    let entries: Vec<_> = list
        .lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<_> = line.split('\t').map(str::to_owned).collect();
            let [path, kind, _, expected] = columns.try_into().expect("four columns");
            Entry { path, kind, expected }
        })
        .filter(|entry| entry.path.starts_with(folder))
        .collect();
    assert!(!entries.is_empty());
    entries
}

fn check(entry: &Entry, findings: &[Diagnostic]) {
    let found: Vec<_> = findings.iter().map(|finding| finding.rule.code).collect();
    for code in entry.codes() {
        // The list names one code that only a writer can report.
        assert!(found.contains(&code) || code == "BR-R10", "{}: {code} in {found:?}", entry.path);
    }
    let errors: Vec<_> = findings.iter().filter(|f| f.severity == Severity::Error).collect();
    assert!(errors.is_empty() || !entry.is_ok(), "{}: {errors:?}", entry.path);
}

#[test]
#[ignore = "needs CORPUS"]
fn setup_files() {
    for entry in entries("valid/").into_iter().chain(entries("invalid/")) {
        let bytes = std::fs::read(folder().join(&entry.path)).unwrap();
        let decoded = Decoded::new(&bytes);
        let mut findings = Collector::new();
        let reader = SetupReader::new().with_file_name(&entry.path);
        let mut items = reader.for_text(&decoded, &mut findings);
        let records = items.by_ref().filter(|item| matches!(item, Item::Record(_))).count();
        let load_type = items.load_type().map_or("-", LoadType::as_str);
        assert_eq!(load_type, entry.kind, "{}", entry.path);
        if let Some((before, _)) = entry.expected.split_once(" record") {
            let number = before.rsplit(' ').next().unwrap();
            assert_eq!(records.to_string(), number, "{}", entry.path);
        }
        check(&entry, &findings.into_sorted());
    }
}

/// The places that the list names: `BR-R03 line 2`.
#[test]
#[ignore = "needs CORPUS"]
fn setup_files_by_line() {
    for entry in entries("invalid/") {
        let bytes = std::fs::read(folder().join(&entry.path)).unwrap();
        let decoded = Decoded::new(&bytes);
        let mut findings = Collector::new();
        SetupReader::new().for_text(&decoded, &mut findings).for_each(drop);
        let found = findings.into_sorted();
        for code in entry.codes() {
            let Some(line) =
                entry.expected.split(code).nth(1).and_then(|rest| rest.strip_prefix(" line "))
            else {
                continue;
            };
            let line: u64 =
                line.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap();
            let is_there = found
                .iter()
                .any(|f| f.rule.code == code && f.position.map(|at| at.line) == Some(line));
            assert!(is_there, "{}: {code} on line {line} in {found:?}", entry.path);
        }
    }
}

#[test]
#[ignore = "needs CORPUS"]
fn metadata() {
    for entry in entries("metadata/") {
        let bytes = std::fs::read(folder().join(&entry.path)).unwrap();
        let decoded = Decoded::new(&bytes);
        let mut findings = Collector::new();
        let lom = LomReader::new().for_text(&decoded, &mut findings);
        check(&entry, &findings.into_sorted());
        assert_eq!(lom.is_none(), entry.path.contains("manifest-as-metadata"), "{}", entry.path);
        let Some(lom) = lom else { continue };
        let xml = lom.to_xml().unwrap();
        let again = LomReader::new().for_text(&Decoded::from(&*xml), &mut |_| ());
        assert_eq!(again.as_ref(), Some(&lom), "{}", entry.path);
        if ["full-valid", "from-seed"].iter().any(|name| entry.path.contains(name)) {
            assert_eq!(xml, decoded.text(), "{}", entry.path);
        }
        if entry.path.contains("vcard") {
            let fields = Metadata::from_lom(&lom, None, &mut Vec::new());
            assert_eq!(
                [&*fields.first_name, &*fields.last_name],
                ["Noor", "Haddad"],
                "{}",
                entry.path
            );
        }
    }
}

/// The entries of an archive, and the manifest.
fn unpack(bytes: &[u8]) -> (Vec<File>, Option<Vec<u8>>) {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).expect("an entry");
        files.push(File::new(file.name().expect("a name"), file.size(), file.compressed_size()));
    }
    let manifest = manifest_entry(&files).map(|index| {
        let mut content = Vec::new();
        let mut file = archive.by_index(index).expect("an entry");
        file.read_to_end(&mut content).expect("content");
        content
    });
    (files, manifest)
}

#[test]
#[ignore = "needs CORPUS"]
fn packages() {
    for entry in entries("packages/") {
        let bytes = std::fs::read(folder().join(&entry.path)).unwrap();
        let reader = PackageReader::new();
        let mut findings = Collector::new();
        if !is_zip(&bytes) {
            reader.not_a_zip(&mut findings);
            check(&entry, &findings.into_sorted());
            continue;
        }
        let (files, manifest) = unpack(&bytes);
        let decoded = manifest.as_deref().map(Decoded::new);
        let package = Package { entries: &files, manifest: decoded.as_ref() };
        let manifest = reader.for_package(&package, &mut findings);
        let findings = findings.into_sorted();
        check(&entry, &findings);
        let mut expected = entry.codes();
        let mut found: Vec<_> = findings.iter().map(|finding| finding.rule.code).collect();
        expected.sort_unstable();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, expected, "{}", entry.path);
        if entry.expected.contains("warning only") {
            assert!(findings.iter().all(|f| f.severity == Severity::Warning), "{}", entry.path);
        }
        if entry.path.contains("four-levels") {
            let manifest = manifest.unwrap();
            let title = |metadata: Option<&brightspace_bulk::scorm::Metadata>| {
                let metadata = metadata.unwrap();
                let lom = &metadata.lom.as_ref().unwrap().lom;
                (metadata.level, lom.title(None).unwrap().to_owned())
            };
            let of_package = title(manifest.metadata_for_package());
            assert_eq!(of_package, (Level::Manifest, "Manifest title".to_owned()));
            let of_item = title(manifest.metadata_for_item("I-1"));
            assert_eq!(of_item, (Level::Item, "Item title".to_owned()));
        }
    }
}
