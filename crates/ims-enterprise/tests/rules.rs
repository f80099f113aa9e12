//! Every rule has a bad example that yields it, and nothing else, and a good one that yields nothing.

use edu_diagnostics::{Collector, Diagnostic, Sink, catalogue};
use edu_syntax::Decoded;
use ims_enterprise::{ImsReader, rules};

fn findings(bytes: &[u8]) -> Vec<Diagnostic> {
    let decoded = Decoded::new(bytes);
    let mut found = Collector::new();
    // The target is for the one rule that needs it.
    let last = ImsReader::new().with_target("LMS").for_text(&decoded, &mut found).last();
    if let Some(Err(error)) = last {
        found.report(error.diagnostic().clone());
    }
    found.into_sorted()
}

#[test]
fn each_bad_example_yields_its_rule_and_nothing_else() {
    for rule in rules::ALL {
        let codes: Vec<_> = findings(rule.bad).iter().map(|finding| finding.rule.code).collect();
        assert_eq!(codes, [rule.code], "{}", String::from_utf8_lossy(rule.bad));
    }
}

#[test]
fn each_good_example_yields_nothing() {
    for rule in rules::ALL {
        let found = findings(rule.good);
        assert!(found.is_empty(), "{}: {found:?}", rule.code);
    }
}

#[test]
fn codes_and_names_are_unique_and_well_formed() {
    let mut codes: Vec<_> = rules::ALL.iter().map(|rule| rule.code).collect();
    let mut names: Vec<_> = rules::ALL.iter().map(|rule| rule.name).collect();
    for rule in rules::ALL {
        let well_formed = rule.code.len() == 6
            && rule.code.starts_with("IE-")
            && rule.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && rule.summary.ends_with('.')
            && !rule.help.ends_with('.')
            && !rule.message.ends_with('.');
        assert!(well_formed, "{rule:?}");
    }
    codes.sort_unstable();
    codes.dedup();
    names.sort_unstable();
    names.dedup();
    assert_eq!((codes.len(), names.len()), (rules::ALL.len(), rules::ALL.len()));
}

#[test]
fn every_sentence_finds_its_arguments() {
    for rule in rules::ALL {
        let sentence = findings(rule.bad)[0].to_string();
        assert!(!sentence.contains('{'), "{}: {sentence}", rule.code);
    }
}

/// `RULES.md` at the root is made from the tables; `UPDATE=1` writes it anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "the page is a file")]
fn the_rules_page_is_up_to_date() {
    let page = catalogue(&[("IMS Enterprise", rules::ALL)]);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../RULES.md");
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == page,
        "RULES.md differs from the rule tables; run this test with UPDATE=1 to write it"
    );
}
