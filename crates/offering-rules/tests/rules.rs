//! Every rule has a bad example that yields it, and nothing else, and a good one that yields nothing.

use edu_diagnostics::{Collector, Diagnostic, Rule};
use edu_syntax::Decoded;
use offering_rules::{
    Catalogue, Generator, Kind, Layout, Limits, Matrix, MatrixReader, Opf, Orientation, convert,
    rules, write,
};

/// What else the examples of a rule yield, because it cannot be otherwise: characters are damaged only in
/// what is not UTF-8, and a matrix is incomplete because of something else.
const LISTED: &[(&str, &[&str])] = &[("OR-F03", &["OR-F02"]), ("OR-G01", &["OR-C01"])];

/// What is found in an example. All are read; those of the later areas go through what their rules are about.
fn findings(rule: &Rule, bytes: &[u8]) -> Vec<Diagnostic> {
    let mut found = Collector::new();
    let mut reader = MatrixReader::new();
    if rule.code == "OR-L01" {
        reader = reader.with_kind(Kind::Registration);
    }
    if rule.code == "OR-F06" {
        reader = reader.with_limits(Limits { row: 200, ..Limits::default() });
    }
    if let Some(matrix) = reader.for_text(&Decoded::new(bytes), &mut found) {
        match &rule.code[..4] {
            "OR-R" => check(rule, &matrix, &mut found),
            "OR-G" => generate(rule, &matrix, &mut found),
            "OR-W" => written(rule, &matrix, &mut found),
            _ => {}
        }
    }
    found.into_sorted()
}

/// What the rules of the matrix say, to an organisation with two profile fields.
fn check(rule: &Rule, matrix: &Matrix, found: &mut Collector) {
    let catalogue = Catalogue::new([
        Opf::new("Vessel", ["Aurora", "Borealis"]),
        Opf::new("Rank", ["Master", "Chief Officer"]),
    ]);
    let needs_it = [&rules::UNKNOWN_FIELD, &rules::UNKNOWN_VALUE].contains(&rule);
    rules::check(matrix, Some(&"/Root/Fleet".into()), needs_it.then_some(&catalogue), found);
}

/// The commands that are made of the matrix.
fn generate(rule: &Rule, matrix: &Matrix, found: &mut Collector) {
    let mut generator = Generator::new();
    if rule == &rules::TOO_MANY_REMOVALS {
        generator = generator.with_removal_limit(1);
    }
    if rule == &rules::TOO_MANY_TERMS {
        generator = generator.with_condition_limit(2);
    }
    generator.generate(matrix, found);
}

fn written(rule: &Rule, matrix: &Matrix, found: &mut Collector) {
    let converted;
    let matrix = if rule.code == "OR-W01" {
        matrix
    } else {
        // The type that the older one becomes needs a certificate in 4.3.
        let layout = if rule.code == "OR-W04" { Layout::Extended } else { Layout::V4_3 };
        converted = convert(matrix, layout, Orientation::Transposed, found);
        &converted
    };
    write(matrix, found).expect("examples can be written");
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
    for rule in rules::ALL.iter().copied() {
        assert_eq!(codes(rule, rule.bad), [rule.code], "{}", String::from_utf8_lossy(rule.bad));
    }
}

#[test]
fn each_bad_example_yields_its_rule_once() {
    for rule in rules::ALL.iter().copied() {
        let found = findings(rule, rule.bad);
        let own = found.iter().filter(|finding| finding.rule == rule).count();
        assert_eq!(own, 1, "{}: {found:?}", rule.code);
    }
}

#[test]
fn each_good_example_yields_nothing() {
    for rule in rules::ALL.iter().copied() {
        assert_eq!(codes(rule, rule.good), [""; 0], "{}", rule.code);
    }
}

/// The examples of findings about a place show it.
#[test]
fn findings_have_places() {
    // These are about the whole file, or a row that is not there, or a matrix that was not read.
    const WITHOUT: &[&str] =
        &["OR-F01", "OR-F08", "OR-L03", "OR-L09", "OR-G01", "OR-G05", "OR-W01"];
    for rule in rules::ALL.iter().copied() {
        for finding in findings(rule, rule.bad) {
            let has_place = finding.position.is_some() && finding.span.is_some();
            assert!(
                has_place != WITHOUT.contains(&rule.code) || finding.rule != rule,
                "{finding:?}"
            );
        }
    }
}

#[test]
fn every_sentence_finds_its_arguments() {
    for rule in rules::ALL.iter().copied() {
        for finding in findings(rule, rule.bad) {
            let sentence = finding.to_string();
            assert!(!sentence.contains('{'), "{}: {sentence}", rule.code);
        }
    }
}
