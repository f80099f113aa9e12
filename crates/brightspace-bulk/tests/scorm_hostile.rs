//! Packages that mean harm, or that somebody cut in pieces.

use brightspace_bulk::scorm::{Entry, Package, PackageLimits, PackageReader};
use edu_diagnostics::{Collector, Diagnostic};
use edu_syntax::Decoded;
use proptest::prelude::*;

const GOOD: &str = include_str!("../rules/BR-S18.bad.txt");

fn check(entries: &[Entry], manifest: &str) -> Collector {
    let decoded = Decoded::from(manifest);
    let mut found = Collector::new();
    let package = Package { entries, manifest: Some(&decoded) };
    PackageReader::new().for_package(&package, &mut found);
    found
}

fn manifest(resources: &str) -> String {
    format!(
        "<manifest identifier='M' xmlns='http://www.imsproject.org/xsd/imscp_rootv1p1p2' \
         xmlns:a='http://www.adlnet.org/xsd/adlcp_rootv1p2'>\
         <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>\
         <organizations/><resources>{resources}</resources></manifest>"
    )
}

#[test]
fn many_entries_that_lead_out() {
    let mut entries = vec![Entry::new("../x", 1, 1); 99_999];
    entries.push(Entry::new("imsmanifest.xml", 1, 1));
    let found = check(&entries, &manifest(""));
    assert_eq!(found.count("BR-S12"), 99_999);
    assert_eq!(found.counts().count(), 1);
    entries.push(Entry::new("x", 1, 1));
    let found = check(&entries, &manifest(""));
    assert_eq!(
        found.counts().map(|(rule, count)| (rule.code, count)).collect::<Vec<_>>(),
        [("BR-S16", 1)]
    );
}

#[test]
fn many_identifiers_that_are_one() {
    let resource = "<resource identifier='R' type='webcontent' a:scormtype='asset' href='x'/>";
    let found = check(&[Entry::new("imsmanifest.xml", 1, 1)], &manifest(&resource.repeat(100_000)));
    assert_eq!((found.count("BR-S09"), found.count("BR-S11")), (99_999, 1));
}

#[test]
fn long_bases_and_many_files() {
    let base = "x/".repeat(1 << 20);
    let resource = "<resource identifier='R' type='webcontent' a:scormtype='asset' href='x'/>";
    let text = manifest(&resource.repeat(50_000));
    let text = text.replace("<resources>", &format!("<resources xml:base='{base}'>"));
    let found = check(&[Entry::new("imsmanifest.xml", 1, 1)], &text);
    assert_eq!(found.count("BR-S11"), 1);
}

#[test]
fn deep_items_and_deep_manifests() {
    for element in ["item", "manifest"] {
        let text = format!("<{element} identifier='I'>").repeat(100_000);
        let text = manifest("")
            .replace("<organizations/>", &format!("<organizations><organization>{text}"));
        let found = check(&[Entry::new("imsmanifest.xml", 1, 1)], &text);
        assert_eq!(found.count("BR-F08"), 1, "{found:?}");
    }
}

#[test]
fn entities_stay_what_they_are() {
    let text = format!(
        "<!DOCTYPE manifest [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>{}",
        manifest("<resource identifier='&b;' type='webcontent' a:scormtype='asset'/>")
    );
    let mut found = Vec::new();
    let mut sink = |finding: Diagnostic| found.push(finding.rule.code);
    let read = PackageReader::new().for_manifest(&Decoded::from(text.as_str()), &mut sink).unwrap();
    assert_eq!(read.resources[0].identifier.as_ref().unwrap().value, "&b;");
    assert_eq!(found, ["BR-S03", "BR-S03"]);
}

#[test]
fn limits_of_the_caller() {
    let limits = PackageLimits { manifest: 100, ..PackageLimits::default() };
    let reader = PackageReader::new().with_limits(limits);
    let mut found = Collector::new();
    assert!(reader.for_manifest(&Decoded::from(manifest("").as_str()), &mut found).is_none());
    assert_eq!(found.findings()[0].to_string(), "a document is larger than the limit of 100");
    let entries = [Entry::new("imsmanifest.xml", 101, 50)];
    let mut found = Collector::new();
    reader.for_package(&Package { entries: &entries, manifest: None }, &mut found);
    assert_eq!(
        found.findings()[0].to_string(),
        "the package has a manifest of 101 bytes, the limit is 100"
    );
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let name = prop_oneof![
        Just("imsmanifest.xml".to_owned()),
        Just("index.html".to_owned()),
        r"[a-zé./\\: %\x00]{0,12}",
    ];
    let entry = (name, any::<u64>(), any::<u64>());
    let entry = entry.prop_map(|(name, size, compressed)| Entry::new(name, size, compressed));
    proptest::collection::vec(entry, 0..12)
}

proptest! {
    #[test]
    fn any_listing_and_any_damage_is_read(
        entries in entries(),
        cuts in proptest::collection::vec((0usize..2000, 0usize..40, "[<>&'/a-z%. ]{0,6}"), 0..6),
    ) {
        let mut text: Vec<char> = GOOD.split_once("\n\n").map_or("", |(_, manifest)| manifest).chars().collect();
        for (at, length, inserted) in cuts {
            let start = at.min(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, inserted.chars());
        }
        let text: String = text.into_iter().collect();
        let decoded = Decoded::from(text.as_str());
        let mut found = Vec::new();
        let mut sink = |finding: Diagnostic| found.push(finding);
        let package = Package { entries: &entries, manifest: Some(&decoded) };
        PackageReader::new().for_package(&package, &mut sink);
        prop_assert!(found.is_sorted());
        for finding in &found {
            prop_assert!(finding.span.is_none_or(|span| span.end <= text.len() as u64));
            prop_assert!(!finding.to_string().contains("{found}"), "{}", finding);
        }
    }
}
