//! Every rule has a bad example that yields it, and nothing else, and a good one that yields nothing.

#![cfg(feature = "serde")]

#[path = "support/tables.rs"]
mod tables;

use edu_diagnostics::{Collector, Diagnostic, Rule};
use edu_syntax::Decoded;
use odf_model::Kind;
use pegase::{
    Conversions, Importer, MaquetteReader, Request, edu_diagnostics, edu_syntax, odf_model, rules,
    rules::check,
};
use tables::tables;

/// What else the bad example of a rule yields, because it cannot be otherwise: a list of which some objects are
/// optional is one that had to be made, and so is one whose code was taken.
const LISTED: &[(&str, &[&str])] = &[("PG-I06", &["PG-I01"]), ("PG-I12", &["PG-I01"])];

/// The default one would make a code that Pégase does not take.
const SUFFIX: &str = "-LIST";

/// Refuses every path that is called so in its code.
fn policy(request: &Request<'_>) -> bool {
    request.kind != Kind::SubProgram || request.code.as_str() != "REFUSE"
}

/// What checking and importing an example have to say. What both say is said once.
fn findings(bytes: &[u8]) -> Vec<Diagnostic> {
    let decoded = Decoded::new(bytes);
    let maquette = match MaquetteReader::new().read(&decoded) {
        Ok(maquette) => maquette,
        Err(error) => return vec![error.finding()],
    };
    let mut found = Collector::new();
    check(&maquette, &mut found);
    let mut findings = found.into_sorted();
    let importer = Importer::new(tables()).with_policy(&policy).with_list_suffix(SUFFIX);
    let import = importer.import(&maquette);
    for alert in &import.alerts {
        let finding = alert.diagnostic();
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    findings
}

/// The codes of the findings, without those that are listed.
fn codes(rule: &Rule, bytes: &[u8]) -> Vec<&'static str> {
    let listed =
        LISTED.iter().find(|(code, _)| *code == rule.code).map_or(&[][..], |(_, listed)| listed);
    let mut codes: Vec<_> = findings(bytes).iter().map(|finding| finding.rule.code).collect();
    codes.retain(|code| !listed.contains(code));
    codes
}

#[test]
fn each_bad_example_yields_its_rule_once_and_nothing_else() {
    let wrong = |rule: &&&Rule| codes(rule, rule.bad) != [rule.code];
    let wrong: Vec<_> = rules::ALL.iter().filter(wrong).collect();
    let found: Vec<_> = wrong.iter().map(|rule| (rule.code, findings(rule.bad))).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn each_good_example_yields_nothing() {
    let found = rules::ALL.iter().map(|rule| (rule.code, findings(rule.good)));
    let found: Vec<_> = found.filter(|(_, findings)| !findings.is_empty()).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn examples_that_are_listed_need_it() {
    for (code, listed) in LISTED {
        let rule = rules::ALL.iter().find(|rule| rule.code == *code).unwrap();
        let codes: Vec<_> = findings(rule.bad).iter().map(|finding| finding.rule.code).collect();
        assert!(listed.iter().all(|listed| codes.contains(listed)), "{code}: {codes:?}");
    }
}

/// Whatever is found has a place in the text.
#[test]
fn findings_have_places() {
    for rule in rules::ALL.iter().copied() {
        for finding in findings(rule.bad) {
            assert!(finding.position.is_some() && finding.span.is_some(), "{finding:?}");
        }
    }
}

#[test]
fn every_sentence_finds_its_arguments() {
    for rule in rules::ALL.iter().copied() {
        for finding in findings(rule.bad) {
            let sentence = finding.to_string();
            assert!(!sentence.contains('{'), "{}: {sentence}", rule.code);
        }
    }
}

/// Check and import agree on what both look at.
#[test]
fn nothing_is_said_in_two_ways() {
    for rule in rules::ALL.iter().copied() {
        let sentences: Vec<_> = findings(rule.bad).iter().map(ToString::to_string).collect();
        let mut once = sentences.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), sentences.len(), "{}: {sentences:#?}", rule.code);
    }
}

/// The notes on a conversion file. The name stands in a comment of the file, where it is not that of a table.
fn notes(file: &[u8]) -> Vec<&'static str> {
    let text = String::from_utf8_lossy(file);
    let name = text.strip_prefix("<!-- read as ").and_then(|rest| rest.split(' ').next());
    let mut conversions = Conversions::new();
    let notes = conversions
        .read(name.unwrap_or("rncplevel_conversion.xml"), file, tables())
        .expect("a file");
    notes.iter().map(|note| note.diagnostic().rule.code).collect()
}

#[test]
fn examples_of_conversion_files() {
    for rule in rules::conversion::ALL {
        assert_eq!(notes(rule.bad), [rule.code]);
        assert_eq!(notes(rule.good), [""; 0], "{}", rule.code);
    }
}
