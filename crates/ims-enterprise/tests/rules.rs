//! Every rule has a bad example that yields it, and nothing else, and a good one that yields nothing.

use edu_diagnostics::{Collector, Diagnostic, Rule, Sink};
use edu_syntax::Decoded;
use ims_enterprise::profiles::moodle;
use ims_enterprise::{ImsReader, rules};

/// What else the examples of a rule yield, because it cannot be otherwise: a profile says of every item
/// whether it is read, and a role that 1.1 does not have is unknown to everybody.
const LISTED: &[(&str, &[&str])] = &[
    ("IE-P01", &["IE-P02"]),
    ("IE-P02", &["IE-P01", "IE-F08"]),
    ("IE-P03", &["IE-P01", "IE-P02"]),
    ("IE-P04", &["IE-P01", "IE-P02", "IE-V01"]),
];

/// The codes of the findings, each once, without those that are listed.
fn codes(rule: &Rule, bytes: &[u8]) -> Vec<&'static str> {
    let listed =
        LISTED.iter().find(|(code, _)| *code == rule.code).map_or(&[][..], |(_, listed)| listed);
    let mut codes: Vec<_> = findings(rule, bytes).iter().map(|finding| finding.rule.code).collect();
    codes.retain(|code| !listed.contains(code));
    codes.dedup();
    codes
}

fn findings(rule: &Rule, bytes: &[u8]) -> Vec<Diagnostic> {
    let decoded = Decoded::new(bytes);
    let mut found = Collector::new();
    // The target is for the one rule that needs it, the profile for those of its area.
    let reader = ImsReader::new().with_target("LMS");
    let reader =
        if rule.code.starts_with("IE-P") { reader.with_profile(&moodle::PROFILE) } else { reader };
    let last = reader.for_text(&decoded, &mut found).last();
    if let Some(Err(error)) = last {
        found.report(error.diagnostic().clone());
    }
    found.into_sorted()
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
        // A profile speaks of each item, and its example holds several.
        assert!(own == 1 || rule.code.starts_with("IE-P"), "{}: {found:?}", rule.code);
    }
}

#[test]
fn each_good_example_yields_nothing() {
    for rule in rules::ALL.iter().filter(|rule| ***rule != rules::PROFILE_IGNORES) {
        assert_eq!(codes(rule, rule.good), [""; 0], "{}", rule.code);
    }
}

/// Every file that 1.1 allows has items that Moodle ignores; the good example has one less.
#[test]
fn the_good_example_of_an_ignored_item_has_one_less() {
    let rule = &rules::PROFILE_IGNORES;
    let ignored =
        |bytes| findings(rule, bytes).iter().filter(|finding| finding.rule == rule).count();
    assert_eq!(ignored(rule.good) + 2, ignored(rule.bad), "`tel` and its `teltype`");
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
        for finding in findings(rule, rule.bad) {
            let sentence = finding.to_string();
            assert!(!sentence.contains('{'), "{}: {sentence}", rule.code);
        }
    }
}
