//! Every rule has a bad example that yields it, and nothing else, and a good one that yields nothing.

mod support;

use brightspace_bulk::imsmd::LomReader;
use brightspace_bulk::path::extension;
use brightspace_bulk::scorm::{Package, PackageReader};
use brightspace_bulk::{
    Described, Files, Limits, LoadType, RepositoryId, SetupReader, SetupWriter, Upload, effective,
    rules, to_csv_metadata,
};
use edu_diagnostics::{Collector, Diagnostic, Rule, Sink as _};
use edu_syntax::Decoded;
use support::Listing;

/// What else the examples of a rule yield, because it cannot be otherwise: what follows a line break in a
/// value is read as a record of its own, what an asset links to is known only if it may
/// link at all, and characters are damaged only in what is not UTF-8.
const LISTED: &[(&str, &[&str])] = &[
    ("BR-R11", &["BR-R01", "BR-R02", "BR-R04", "BR-R06", "BR-R12", "BR-M11"]),
    ("BR-P11", &["BR-P07"]),
    ("BR-F10", &["BR-F05"]),
];

/// The server of the examples.
struct Server;

impl Files for Server {
    fn exists(&self, path: &str) -> Option<bool> {
        Some(!path.contains("missing"))
    }

    fn start(&self, path: &str, _: usize) -> Option<Vec<u8>> {
        let start = match path {
            zip if extension(zip) == "zip" => "PK\x03\x04",
            linked if linked.contains("linked") => "<img src='img/cell.png'>",
            _ => "<lom xmlns='http://www.imsglobal.org/xsd/imsmd_rootv1p2p1'/>",
        };
        Some(start.into())
    }
}

/// What is found in an example: a document of XML is metadata, a list of entries a package, all else a
/// setup file.
fn findings(rule: &Rule, bytes: &[u8]) -> Vec<Diagnostic> {
    let mut found = Collector::new();
    let decoded = Decoded::new(bytes);
    if rule.code.starts_with("BR-S") || rule.code == "BR-C02" {
        package(rule, &decoded, &mut found);
    } else if decoded.text().starts_with('<') {
        metadata(rule, &decoded, &mut found);
    } else {
        setup_file(rule, &decoded, &mut found);
    }
    found.into_sorted()
}

fn setup_file(rule: &Rule, decoded: &Decoded<'_>, found: &mut Collector) {
    let limits = match rule.code {
        "BR-F08" => Limits { line: 100, ..Limits::default() },
        _ => Limits::default(),
    };
    let said = decoded.text().lines().find_map(|line| line.strip_prefix("// saved as: "));
    let name = said.unwrap_or("setup.txt");
    let reader = SetupReader::new().with_limits(limits).with_file_name(name).with_files(&Server);
    reader.for_text(decoded, found).for_each(drop);
}

fn metadata(rule: &Rule, decoded: &Decoded<'_>, found: &mut Collector) {
    let Some(lom) = LomReader::new().for_text(decoded, found) else { return };
    let mut losses = Vec::new();
    let upload = to_csv_metadata(&upload(Described::ByPackage), &lom, None, &mut losses);
    // Other examples are not made for a record.
    if rule.code.starts_with("BR-C") || rule.code.starts_with("BR-R") {
        for loss in losses {
            found.report(loss.into());
        }
        let written = SetupWriter::new(LoadType::CsvMetadata).upload(&upload);
        written
            .err()
            .and_then(|error| error.diagnostic())
            .into_iter()
            .for_each(|f| found.report(f));
    }
}

fn package(rule: &Rule, decoded: &Decoded<'_>, found: &mut Collector) {
    let reader = PackageReader::new();
    let Some(listing) = Listing::from_example(decoded.text()) else {
        return reader.not_a_zip(found);
    };
    let manifest = listing.manifest.as_deref().map(Decoded::new);
    let package = Package { entries: &listing.entries, manifest: manifest.as_ref() };
    let manifest = reader.for_package(&package, found);
    if rule.code.starts_with("BR-S") {
        return;
    }
    let upload = upload(Described::ByFields(Box::default()));
    effective(&upload, manifest.as_ref(), None)
        .diagnostic()
        .into_iter()
        .for_each(|f| found.report(f));
}

fn upload(described: Described) -> Upload {
    let path = r"\\srv\input\cells.zip".to_owned();
    Upload { repository: RepositoryId::new(2).expect("not 0"), path, described }
}

/// The codes of the findings, each once, without those that are listed.
fn codes(rule: &Rule, bytes: &[u8]) -> Vec<&'static str> {
    let listed =
        LISTED.iter().find(|(code, _)| *code == rule.code).map_or(&[][..], |(_, listed)| listed);
    let mut codes: Vec<_> = findings(rule, bytes).iter().map(|finding| finding.rule.code).collect();
    codes.retain(|code| !listed.contains(code));
    codes.dedup();
    codes
}

#[test]
fn each_bad_example_yields_its_rule_and_nothing_else() {
    for rule in rules::ALL {
        assert_eq!(codes(rule, rule.bad), [rule.code], "{}", String::from_utf8_lossy(rule.bad));
    }
}

#[test]
fn each_bad_example_yields_its_rule_once() {
    for rule in rules::ALL {
        let found = findings(rule, rule.bad);
        let own = found.iter().filter(|finding| finding.rule == *rule).count();
        assert_eq!(own, 1, "{}: {found:?}", rule.code);
    }
}

#[test]
fn each_good_example_yields_nothing() {
    for rule in rules::ALL {
        assert_eq!(codes(rule, rule.good), [""; 0], "{}", rule.code);
    }
}

#[test]
fn every_sentence_finds_its_arguments() {
    for rule in rules::ALL {
        for finding in findings(rule, rule.bad) {
            let sentence = finding.to_string();
            assert!(!sentence.contains('{'), "{}: {sentence}", rule.code);
        }
    }
}
