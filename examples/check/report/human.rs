//! The report for people.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::{self, Write};

use super::paint::{Page, Painter};
use super::{Number, Outcome, Report, Weights};
use crate::formats::{self, Skipped};
use crate::plain::plain;
use crate::text::Text;

/// Findings of one rule that are shown a file; the others are only counted.
const SHOWN: u64 = 20;

/// Findings of one rule that are kept, and shown where they are a list: the first ones by place are among
/// the first ones that come.
const KEPT: u64 = 10 * SHOWN;

/// Findings with their place and the line they stand in.
pub(super) struct Human<W> {
    out: W,
    said: String,
    painter: Painter,
    mask: bool,
    files: u64,
    unknown: u64,
    records: u64,
    weights: Weights,
}

impl<W: Write> Human<W> {
    pub(super) fn new(out: W, colour: bool, mask: bool) -> Self {
        let painter = Painter::new(colour);
        let weights = Weights::default();
        let said = String::new();
        Self { out, said, painter, mask, files: 0, unknown: 0, records: 0, weights }
    }

    fn say(&mut self, file: &Outcome, text: &Text<'_>) -> fmt::Result {
        if file.findings.is_empty() {
            return last_line(&mut self.said, file);
        }
        // A line about a file without findings stands close before.
        if self.said.ends_with('\n') && !self.said.ends_with("\n\n") {
            self.said.push('\n');
        }
        self.findings(file, text)?;
        last_line(&mut self.said, file)?;
        writeln!(self.said)
    }

    fn findings(&mut self, file: &Outcome, text: &Text<'_>) -> fmt::Result {
        let (whole, part) = (plain(&file.path), plain(&file.place(&file.path)));
        let mut shown: BTreeMap<&str, u64> = BTreeMap::new();
        for finding in &file.findings {
            let shown = shown.entry(finding.rule.code).or_default();
            let most = if formats::is_list(finding.rule) { KEPT } else { SHOWN };
            if *shown < most {
                *shown += 1;
                let path = if finding.span.is_some() { &part } else { &whole };
                let page = Page { path, text, mask: self.mask };
                writeln!(self.said, "{}", self.painter.finding(&page, finding))?;
            }
        }
        let mut any = false;
        for (code, (name, total)) in totals(file) {
            let rest = total - shown.get(code).copied().unwrap_or_default();
            if rest > 0 {
                writeln!(self.said, "… and {rest} more {code} ({name})")?;
                any = true;
            }
        }
        if any { writeln!(self.said) } else { Ok(()) }
    }
}

impl<W: Write> Report for Human<W> {
    fn keeps(&self) -> u64 {
        KEPT
    }

    fn file(&mut self, file: Outcome, text: &Text<'_>) {
        self.files += 1;
        self.unknown += u64::from(file.format.is_none());
        self.records += file.records.unwrap_or_default();
        self.weights.add(file.tally.weights());
        // Writing to a `String` cannot fail.
        let _ = self.say(&file, text);
    }

    fn finish(&mut self) -> io::Result<()> {
        let (files, records) = (Number(self.files, "file"), Number(self.records, "record"));
        self.out.write_all(self.said.as_bytes())?;
        write!(self.out, "total: {files}, {records}, {}", self.weights)?;
        if self.unknown > 0 {
            write!(self.out, "; {} of no known format", Number(self.unknown, "file"))?;
        }
        writeln!(self.out)?;
        self.out.flush()
    }
}

/// Name and number of findings of each rule, whatever their severity.
fn totals(file: &Outcome) -> BTreeMap<&'static str, (&'static str, u64)> {
    let mut totals = BTreeMap::new();
    for (rule, _, count) in file.tally.rows() {
        totals.entry(rule.code).or_insert((rule.name, 0)).1 += count;
    }
    totals
}

/// What there is to say about the file as a whole.
fn last_line(out: &mut String, file: &Outcome) -> fmt::Result {
    write!(out, "{}: ", plain(&file.path))?;
    let Some(format) = file.format else {
        return writeln!(out, "no known format");
    };
    write!(out, "{format}")?;
    if let Some(encoding) = &file.encoding {
        write!(out, ", {encoding}")?;
    }
    let is_read = !file.counts.is_empty();
    if let Some(records) = file.records.filter(|_| is_read) {
        write!(out, ", {}", Number(records, "record"))?;
    }
    for (number, (kind, count)) in file.counts.iter().enumerate() {
        write!(out, "{}{kind} {count}", if number == 0 { " (" } else { ", " })?;
    }
    if is_read {
        write!(out, ")")?;
    }
    let weights = file.tally.weights();
    if weights.total() > 0 {
        write!(out, ": {weights}")?;
    } else if file.skipped.iter().all(|skipped| skipped.is_unasked) {
        write!(out, ": clean")?;
    } else if is_read {
        // Not clean: somebody might believe it.
        write!(out, ": nothing found")?;
    }
    writeln!(out)?;
    for (reason, codes) in by_reason(&file.skipped) {
        writeln!(out, "  {} not checked: {reason}", codes.join(", "))?;
    }
    Ok(())
}

/// The reasons why rules could not run, in their order, each with the rules.
fn by_reason(skipped: &[Skipped]) -> Vec<(&str, Vec<&str>)> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for Skipped { code, reason, .. } in skipped {
        match reasons.iter_mut().find(|(known, _)| known == reason) {
            Some((_, codes)) => codes.push(code),
            None => reasons.push((reason, vec![code])),
        }
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Tally;
    use crate::text::Bytes;
    use edu_diagnostics::{Diagnostic, Rule, Severity};

    const RULE: Rule = Rule {
        code: "XX-A01",
        name: "some-name",
        severity: Severity::Warning,
        summary: "",
        message: "it is so",
        help: "",
        explanation: "",
        bad: b"",
        good: b"",
    };

    fn said(file: Outcome) -> String {
        let mut out = Vec::new();
        let mut report = Human::new(&mut out, false, false);
        report.file(file, &Text::new(Bytes::Gone, "utf-8"));
        report.finish().expect("memory takes everything");
        String::from_utf8(out).expect("a report is UTF-8")
    }

    fn file() -> Outcome {
        Outcome {
            path: "a.xml".into(),
            format: Some("some-format"),
            encoding: Some("utf-8".into()),
            records: Some(1),
            counts: vec![("person", 1), ("group", 0)],
            ..Outcome::default()
        }
    }

    #[test]
    fn a_clean_file_is_one_line() {
        assert_eq!(
            said(file()),
            "a.xml: some-format, utf-8, 1 record (person 1, group 0): clean\n\
             total: 1 file, 1 record, 0 errors, 0 warnings, 0 infos\n"
        );
    }

    #[test]
    fn what_could_not_be_checked_is_not_called_clean() {
        for (is_unasked, verdict) in [(false, "nothing found"), (true, "clean")] {
            let skipped = Skipped { code: "XX-*", reason: "no history", is_unasked };
            let said = said(Outcome { skipped: vec![skipped], ..file() });
            let expected = format!(": {verdict}\n  XX-* not checked: no history\ntotal: ");
            assert!(said.contains(&expected), "{said}");
        }
    }

    #[test]
    fn an_unknown_file_is_said_to_be_one() {
        let said = said(Outcome { path: "a\nb".into(), ..Outcome::default() });
        assert!(said.starts_with("a␊b: no known format\ntotal: 1 file, "), "{said}");
        assert!(said.ends_with("; 1 file of no known format\n"), "{said}");
    }

    #[test]
    fn twenty_findings_of_a_rule_are_shown_and_all_are_counted() {
        let mut tally = Tally::default();
        let findings = vec![Diagnostic::new(&RULE); 25];
        for finding in findings.iter().chain(&findings) {
            tally.add(finding);
        }
        let said = said(Outcome { findings, tally, dropped: 25, ..file() });
        assert_eq!(said.matches("warning[XX-A01 some-name]: it is so").count(), 20, "{said}");
        assert!(said.contains("\n… and 30 more XX-A01 (some-name)\n\n"), "{said}");
        assert!(said.contains(": 0 errors, 50 warnings, 0 infos\n\ntotal: "), "{said}");
    }
}
