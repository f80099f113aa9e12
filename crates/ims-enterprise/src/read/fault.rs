//! Faults of the XML as findings.

use edu_diagnostics::{Diagnostic, Rule};
use edu_syntax::xml::{Fault, FaultKind};

use crate::rules;

/// The rule that a fault of the XML falls under.
fn rule(kind: FaultKind) -> &'static Rule {
    match kind {
        FaultKind::BareAmpersand => &rules::BARE_AMPERSAND,
        FaultKind::UnknownEntity => &rules::UNKNOWN_ENTITY,
        FaultKind::BadCharacterReference => &rules::BAD_CHARACTER_REFERENCE,
        FaultKind::BareLessThan => &rules::BARE_LESS_THAN,
        FaultKind::Unclosed => &rules::UNCLOSED,
        FaultKind::StrayEndTag => &rules::STRAY_END_TAG,
        FaultKind::EndTagCase => &rules::END_TAG_CASE,
        FaultKind::Truncated => &rules::TRUNCATED,
        FaultKind::DuplicateAttribute => &rules::DUPLICATE_ATTRIBUTE,
        FaultKind::BadName => &rules::BAD_NAME,
        FaultKind::ControlCharacter => &rules::CONTROL_CHARACTER,
        FaultKind::CdataEndInText => &rules::CDATA_END_IN_TEXT,
        FaultKind::BadComment => &rules::BAD_COMMENT,
        FaultKind::LateDeclaration => &rules::LATE_DECLARATION,
        FaultKind::UndeclaredPrefix => &rules::UNDECLARED_PREFIX,
        FaultKind::Doctype => &rules::DOCTYPE,
        // The kinds are open; damage of a kind that is new is damage to a tag until it has a rule.
        FaultKind::BadAttribute | _ => &rules::BAD_ATTRIBUTE,
    }
}

/// The finding for a fault. A name is said where the sentence needs it: a damaged tag may give a piece of a
/// password for a name.
pub(super) fn finding(fault: &Fault) -> Diagnostic {
    let rule = rule(fault.kind);
    let mut finding = Diagnostic::new(rule).at(fault.span);
    if rule.message.contains("{name}") {
        finding = finding.data("name", &fault.name);
    }
    match fault.opened {
        Some(opened) => finding.label(opened, "opened here"),
        None => finding,
    }
}
