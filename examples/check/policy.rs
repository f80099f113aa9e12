//! What the caller wants to hear, and how loud.

use edu_diagnostics::{Diagnostic, Rule, Severity};

/// Rules silenced, rules raised to errors, and whether personal data is left out.
#[derive(Debug, Default)]
pub(crate) struct Policy {
    allow: Vec<&'static Rule>,
    deny: Vec<&'static Rule>,
    mask: bool,
}

impl Policy {
    /// A policy; a rule that is both silenced and raised is refused.
    pub(crate) fn new(
        allow: &[&'static Rule],
        deny: &[&'static Rule],
        mask: bool,
    ) -> Result<Self, String> {
        match allow.iter().find(|rule| deny.contains(rule)) {
            Some(rule) => Err(format!("{} is given to both --allow and --deny", rule.code)),
            None => Ok(Self { allow: allow.to_vec(), deny: deny.to_vec(), mask }),
        }
    }

    /// The finding as the caller wants it, `None` when it is silenced.
    ///
    /// Data is taken out here, before anything keeps the finding, so that no report can forget to.
    pub(crate) fn settle(&self, mut finding: Diagnostic) -> Option<Diagnostic> {
        if self.allow.contains(&finding.rule) {
            return None;
        }
        if self.deny.contains(&finding.rule) {
            finding.severity = Severity::Error;
        }
        if self.mask {
            finding.mask();
        }
        Some(finding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule {
        code: "XX-A01",
        name: "some-name",
        severity: Severity::Info,
        summary: "",
        message: "{found}",
        help: "",
        explanation: "",
        bad: b"",
        good: b"",
    };

    fn settle(allow: &[&'static Rule], deny: &[&'static Rule], mask: bool) -> Option<Diagnostic> {
        let policy = Policy::new(allow, deny, mask).expect("no contradiction");
        policy.settle(Diagnostic::new(&RULE).data("found", "Eva"))
    }

    #[test]
    fn silenced_raised_masked() {
        assert_eq!(settle(&[&RULE], &[], false), None);
        let raised = settle(&[], &[&RULE], false).expect("kept");
        assert_eq!((raised.severity, raised.to_string().as_str()), (Severity::Error, "Eva"));
        let masked = settle(&[], &[], true).expect("kept");
        assert_eq!((masked.severity, masked.to_string().as_str()), (Severity::Info, "***"));
    }

    #[test]
    fn a_contradiction_is_refused() {
        assert!(Policy::new(&[&RULE], &[&RULE], false).is_err());
    }
}
