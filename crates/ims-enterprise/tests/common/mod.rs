//! Places of findings, computed a second time and in the plainest way.

#![allow(
    clippy::allow_attributes,
    dead_code,
    reason = "each test uses some of it, and none all of it"
)]

use edu_diagnostics::{Collector, Diagnostic, Position, Rule, Sink as _, Span};
use edu_syntax::Decoded;
use ims_enterprise::ImsReader;
use ims_enterprise::moodle::Defects;

/// Whether a rule is about what Moodle's importer misreads.
pub(crate) fn is_defect(rule: &Rule) -> bool {
    ["IE-M2", "IE-M3"].iter().any(|area| rule.code.starts_with(area))
}

/// What finds the defects of an example. None of them has a megabyte.
pub(crate) fn defects(rule: &Rule) -> Defects {
    if rule.code == "IE-M22" { Defects::new().with_largest(400) } else { Defects::new() }
}

/// Every finding of a reading, the one that ended it included.
pub(crate) fn findings(reader: ImsReader, decoded: &Decoded<'_>) -> Vec<Diagnostic> {
    let mut found = Collector::new();
    let last = reader.for_text(decoded, &mut found).last();
    if let Some(Err(error)) = last {
        found.report(error.diagnostic().clone());
    }
    found.into_sorted()
}

/// What a range of the input says, and where it starts: decoded from the bytes up to there.
pub(crate) fn looked_up(bytes: &[u8], span: Span, encoding: &str) -> (String, Position) {
    let range = span.range().expect("offsets fit");
    let decode = |bytes: &[u8]| {
        let decoded = Decoded::with_encoding(bytes, encoding).expect("the name is one");
        // The mark is no character, whatever the encoding is said to be.
        let text = decoded.text();
        if encoding == "windows-1252" { text.strip_prefix("ï»¿").unwrap_or(text) } else { text }
            .to_owned()
    };
    let before = decode(&bytes[..range.start]);
    let text = decode(&bytes[..range.end])[before.len()..].to_owned();
    let mut position = Position::START;
    let mut last = '\0';
    for character in before.chars() {
        match character {
            '\n' if last == '\r' => {}
            '\n' | '\r' => position = Position { line: position.line + 1, column: 1 },
            _ => position.column += 1,
        }
        last = character;
    }
    (text, position)
}

/// Checks every place of a finding; returns the text at it.
pub(crate) fn check_places(finding: &Diagnostic, bytes: &[u8], encoding: &str) -> Option<String> {
    let code = finding.rule.code;
    for label in &finding.labels {
        let (_, position) = looked_up(bytes, label.span, encoding);
        assert_eq!(label.position, Some(position), "{code}: {finding}");
    }
    let Some(span) = finding.span else {
        assert_eq!(finding.position, None, "{code}: {finding}");
        return None;
    };
    let (text, position) = looked_up(bytes, span, encoding);
    assert_eq!(finding.position, Some(position), "{code}: {finding}");
    Some(text)
}
