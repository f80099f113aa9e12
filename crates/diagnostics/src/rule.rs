//! What can be wrong, as published data.

use std::fmt;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Info,
    /// Some receiver will lose or misread something.
    Warning,
    /// The data contradict the format or themselves; a receiver will refuse or damage them.
    Error,
}

impl Severity {
    /// `info`, `warning` or `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that can be wrong. Rules live in `const` tables; a code is never reused or renamed.
///
/// Two rules are equal when their codes are.
pub struct Rule {
    /// Stable code: prefix of the format, letter of the area, two digits (`IE-R01`).
    pub code: &'static str,
    /// Stable name in kebab case; says the condition found.
    pub name: &'static str,
    /// Severity unless the caller decides otherwise.
    pub severity: Severity,
    /// The condition in one sentence.
    pub summary: &'static str,
    /// Sentence of one finding, with `{name}` in place of an argument.
    pub message: &'static str,
    /// What to do about it.
    pub help: &'static str,
    /// Why it matters and where the rule comes from.
    pub explanation: &'static str,
    /// A whole input that yields this rule.
    pub bad: &'static [u8],
    /// The same input put right.
    pub good: &'static [u8],
}

/// The code: the rest is in the table.
impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}
