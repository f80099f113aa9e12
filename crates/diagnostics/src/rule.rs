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

/// Declares a table of rules: a constant for each, and `ALL` of them in their order.
///
/// The examples of a rule are files named by its code (`IE-R01.bad.xml`, `IE-R01.good.xml`), so that they
/// are read by tests as any other file is. The folder is given as seen from the file of the table. A test
/// comes with the table: that it is well-formed, see [`table_faults`](crate::table_faults).
///
/// ```ignore
/// edu_diagnostics::rules! {
///     examples "../../rules/" ".xml"
///
///     ID_MISSING "IE-R02" "id-missing" Error
///         summary "A `sourcedid` has no `id`, or an empty one."
///         message "the `sourcedid` has no `id`"
///         help "give the id"
///         explanation "Without it nothing can refer to the record."
/// }
/// ```
#[macro_export]
macro_rules! rules {
    (examples $folder:literal $extension:literal
        $($Name:ident $code:literal $name:literal $severity:ident
        summary $summary:literal
        message $message:literal
        help $help:literal
        explanation $explanation:literal)+) => {
        $(
            #[doc = $summary]
            pub const $Name: $crate::Rule = $crate::Rule {
                code: $code,
                name: $name,
                severity: $crate::Severity::$severity,
                summary: $summary,
                message: $message,
                help: $help,
                explanation: $explanation,
                bad: include_bytes!(concat!($folder, $code, ".bad", $extension)),
                good: include_bytes!(concat!($folder, $code, ".good", $extension)),
            };
        )+

        /// Every rule, by code within its area.
        pub const ALL: &[&$crate::Rule] = &[$(&$Name,)+];

        #[cfg(test)]
        #[test]
        fn rules_are_well_formed() {
            assert_eq!($crate::table_faults(ALL), [""; 0]);
        }
    };
}
