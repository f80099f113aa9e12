//! Where findings go.

use std::collections::BTreeMap;

use crate::{Diagnostic, Rule, Severity};

/// Takes findings as they are made. Every `FnMut(Diagnostic)` is one.
pub trait Sink {
    /// Takes one finding.
    fn report(&mut self, finding: Diagnostic);
}

impl<F: FnMut(Diagnostic)> Sink for F {
    fn report(&mut self, finding: Diagnostic) {
        self(finding);
    }
}

/// A sink that counts every finding and keeps the first ones of each rule.
///
/// A damaged file can hold a million findings of one kind. They all count; memory does not grow with
/// them.
#[derive(Debug, Clone)]
pub struct Collector {
    findings: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, Count>,
    limit: u64,
}

#[derive(Debug, Clone, Copy)]
struct Count {
    rule: &'static Rule,
    total: u64,
    worst: Severity,
}

impl Default for Collector {
    fn default() -> Self {
        Self::new()
    }
}

impl Collector {
    /// Findings kept of each rule unless [`with_limit`](Self::with_limit) says otherwise.
    pub const DEFAULT_LIMIT: u64 = 10_000;

    /// An empty collector.
    pub fn new() -> Self {
        Self { findings: Vec::new(), counts: BTreeMap::new(), limit: Self::DEFAULT_LIMIT }
    }

    /// Keeps at most `limit` findings of each rule.
    #[must_use]
    pub fn with_limit(mut self, limit: u64) -> Self {
        self.limit = limit;
        self
    }

    /// The findings kept, in the order in which they came.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The findings kept, sorted.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.findings.sort();
        self.findings
    }

    /// How many findings a rule had, kept or not.
    pub fn count(&self, code: &str) -> u64 {
        self.counts.get(code).map_or(0, |count| count.total)
    }

    /// Every rule that found something, by code, with the number of its findings, kept or not.
    pub fn counts(&self) -> impl Iterator<Item = (&'static Rule, u64)> + '_ {
        self.counts.values().map(|count| (count.rule, count.total))
    }

    /// How many findings were counted but not kept.
    pub fn dropped(&self) -> u64 {
        self.counts.values().map(|count| count.total.saturating_sub(self.limit)).sum()
    }

    /// The worst severity of all findings, kept or not.
    pub fn worst(&self) -> Option<Severity> {
        self.counts.values().map(|count| count.worst).max()
    }
}

impl Sink for Collector {
    fn report(&mut self, finding: Diagnostic) {
        let count = self.counts.entry(finding.rule.code).or_insert(Count {
            rule: finding.rule,
            total: 0,
            worst: finding.severity,
        });
        count.total += 1;
        count.worst = count.worst.max(finding.severity);
        if count.total <= self.limit {
            self.findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn rule(code: &'static str, severity: Severity) -> Rule {
        Rule {
            code,
            name: "",
            severity,
            summary: "",
            message: "",
            help: "",
            explanation: "",
            bad: b"",
            good: b"",
        }
    }

    const COMMON: Rule = rule("XX-A01", Severity::Info);
    const RARE: Rule = rule("XX-A02", Severity::Error);

    #[test]
    fn what_is_kept_is_capped_and_what_is_counted_is_not() {
        let mut collector = Collector::new().with_limit(2);
        for _ in 0..5 {
            collector.report(Diagnostic::new(&COMMON));
        }
        assert_eq!(collector.worst(), Some(Severity::Info));
        collector.report(Diagnostic::new(&RARE));
        assert_eq!(collector.findings().len(), 3);
        assert_eq!((collector.count("XX-A01"), collector.dropped()), (5, 3));
        assert_eq!(collector.worst(), Some(Severity::Error));
        let counts: Vec<_> = collector.counts().map(|(rule, total)| (rule.code, total)).collect();
        assert_eq!(counts, [("XX-A01", 5), ("XX-A02", 1)]);
    }

    #[test]
    fn a_closure_is_a_sink() {
        let mut codes = Vec::new();
        let mut sink = |finding: Diagnostic| codes.push(finding.rule.code);
        sink.report(Diagnostic::new(&RARE));
        assert_eq!(codes, ["XX-A02"]);
    }
}
