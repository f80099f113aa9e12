//! Whether a metadata file or a manifest is XML, in the encoding that it says.

use std::borrow::Cow;

use edu_diagnostics::{Diagnostic, Rule, Severity, Span};
use edu_syntax::xml::{Cursor, Exceeded, Fault, FaultKind, Node, State, Tree};
use edu_syntax::{Decoded, EncodingIssue};

use crate::rules;

/// Reports what is not well-formed, under the rule that the kind of document has for it, with places in the
/// text. Says whether the document is whole: it does not end in the middle of something.
pub(crate) fn check(
    tree: &Tree<'_>,
    decoded: &Decoded<'_>,
    rule: &'static Rule,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    let malformed = |what: &'static str, span| Diagnostic::new(rule).at(span).word("what", what);
    findings.extend(decoded.issues().iter().map(|issue| encoding(issue, decoded, rule)));
    let mut is_whole = true;
    for fault in tree.faults() {
        is_whole &= fault.kind != FaultKind::Truncated;
        if fault.kind != FaultKind::Doctype {
            findings.push(fault_finding(fault, rule));
        } else if tree.doctype().is_some_and(|doctype| doctype.contains("<!ENTITY")) {
            let what = "the document type declares entities; none is expanded";
            findings.push(malformed(what, fault.span));
        }
    }
    if let Some(exceeded) = tree.exceeded() {
        findings.push(limit(exceeded));
        return false;
    }
    match tree.root() {
        None if is_whole => {
            findings.push(malformed("there is no element", Span::empty(0)));
        }
        None => {}
        Some(root) => findings.extend(
            outside(decoded.text(), root.span())
                .map(|span| malformed("something stands outside of the root", span)),
        ),
    }
    is_whole
}

/// A sentence with a name out of the text is data: it may hold anything.
fn fault_finding(fault: &Fault, rule: &'static Rule) -> Diagnostic {
    let finding = Diagnostic::new(rule).at(fault.span);
    let sentence = fault.to_string();
    if fault.name.is_empty() {
        finding.word("what", sentence)
    } else {
        finding.data("what", sentence)
    }
}

/// Where text stands before the root, or anything but comments behind it.
fn outside(text: &str, root: Span) -> Option<Span> {
    let range = root.range()?;
    let first = |text: &str, from: usize| {
        let mut state = State::default();
        match Cursor::new(text, &mut state).resumed_at(from).next() {
            Ok(Node::Text(text)) => Some(text.span()),
            Ok(Node::Start(tag)) => Some(tag.span()),
            _ => None,
        }
    };
    first(&text[..range.start], 0).or_else(|| first(text, range.end))
}

fn limit(exceeded: &Exceeded) -> Diagnostic {
    let what = match exceeded.what {
        "record" => "document",
        "depth" => "depth of elements",
        "attributes" => "number of attributes",
        "elements" => "number of elements",
        "faults" => "number of damaged places",
        other => other,
    };
    let finding = Diagnostic::new(&rules::LIMIT).at(exceeded.span).word("what", what);
    finding.count("limit", exceeded.limit as u64)
}

fn encoding(issue: &EncodingIssue, decoded: &Decoded<'_>, rule: &'static Rule) -> Diagnostic {
    let encoding = decoded.encoding();
    let (what, severity): (Cow<'static, str>, Severity) = match issue {
        EncodingIssue::NotUtf8 { bytes, .. } => (
            format!("{bytes} bytes are not UTF-8; they were read as windows-1252").into(),
            Severity::Error,
        ),
        EncodingIssue::WrongDeclaration { declared, .. } => (
            format!("the document declares {declared} but is written in {encoding}").into(),
            Severity::Error,
        ),
        EncodingIssue::UnknownDeclaration { declared, .. } => (
            format!("`{declared}` is no known encoding; the document was read as UTF-8").into(),
            Severity::Error,
        ),
        // A strict parser reads it, with wrong letters.
        EncodingIssue::Utf8UnderDeclaration { declared, .. } => (
            format!("the document declares {declared} but is written in UTF-8").into(),
            Severity::Warning,
        ),
        // The kinds are open.
        EncodingIssue::Malformed { .. } | _ => (
            format!("characters are damaged in {encoding}; they were read as U+FFFD").into(),
            Severity::Error,
        ),
    };
    let mut finding = Diagnostic::new(rule).word("what", what);
    finding.severity = severity;
    let Some(span) = issue.span() else { return finding };
    let [start, end] = [span.start, span.end].map(|at| decoded.text_offset(at) as u64);
    finding.at(Span::new(start, end))
}
