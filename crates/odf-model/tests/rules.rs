//! Every rule has a bad example that yields it, and nothing else, and a good one that yields nothing.
#![cfg(feature = "serde")]

use edu_diagnostics::{Collector, Diagnostic, Rule};
use odf_model::{Catalogue, Entry, Tables, rules, table};

/// What is found in an example: a catalogue, or tables for the rules about them.
fn findings(rule: &Rule, json: &[u8]) -> Vec<Diagnostic> {
    let mut found = Collector::new();
    if rule.code.starts_with("OD-T") {
        let tables: Tables = serde_json::from_slice(json).expect("tables");
        rules::check_tables(&tables, &mut found);
    } else {
        let catalogue: Catalogue = serde_json::from_slice(json).expect("a catalogue");
        rules::check(&catalogue, Some(&tables()), &mut found);
    }
    found.into_sorted()
}

fn tables() -> Tables {
    let mut archived = Entry::new("mathinfo", "Mathématiques et informatique");
    archived.archived = true;
    Tables::new()
        .with(table::DEGREE, [Entry::new("XA", "Licence")])
        .with(table::DOMAIN, [Entry::new("STS", "Sciences, technologies, santé")])
        .with(table::MENTION, [Entry::new("informatique", "Informatique"), archived])
}

#[test]
fn each_bad_example_yields_its_rule_once_and_nothing_else() {
    for rule in rules::ALL.iter().copied() {
        let found = findings(rule, rule.bad);
        let codes: Vec<_> = found.iter().map(|finding| finding.rule.code).collect();
        assert_eq!(codes, [rule.code], "{found:?}");
    }
}

#[test]
fn each_good_example_yields_nothing() {
    for rule in rules::ALL.iter().copied() {
        assert_eq!(findings(rule, rule.good), [], "{}", rule.code);
    }
}

#[test]
fn what_is_said_of_the_bad_examples() {
    let said: Vec<_> = rules::ALL
        .iter()
        .flat_map(|rule| findings(rule, rule.bad))
        .map(|finding| format!("{} {finding}", finding.rule.code))
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}
