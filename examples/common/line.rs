//! A finding on one line.

use std::fmt::Write as _;

use edu_diagnostics::Diagnostic;

/// `path:line:column: severity[CODE name]: sentence; what to do`.
pub(crate) fn line(out: &mut String, path: &str, finding: &Diagnostic) {
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{path}:");
    if let Some(at) = finding.position {
        let _ = write!(out, "{}:{}:", at.line, at.column);
    }
    let rule = finding.rule;
    let _ = writeln!(
        out,
        " {}[{} {}]: {finding}; {}",
        finding.severity, rule.code, rule.name, rule.help
    );
}
