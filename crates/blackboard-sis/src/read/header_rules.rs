//! What is wrong with a header row.

use std::collections::BTreeSet;

use edu_diagnostics::{Diagnostic, Severity, Span};

use crate::alias::Spelling;
use crate::field::{Field, Need};
use crate::header::{Column, Header};
use crate::rules;

/// Looks at the columns that are there, and at those that are not. `span` is that of the row.
pub(super) fn check(header: &Header, span: Span, out: &mut Vec<Diagnostic>) {
    let object = header.object();
    let mut unknown = BTreeSet::new();
    for (index, column) in header.columns().iter().enumerate() {
        let field = column.stands_for.and_then(|place| object.fields().get(place));
        let finding = match field {
            Some(field) => known(header, column, field),
            None if column.name.is_empty() => {
                Some(Diagnostic::new(&rules::HEADER_EMPTY).count("column", index as u64 + 1))
            }
            None if unknown.insert(column.name.to_lowercase()) => Some(
                Diagnostic::new(&rules::HEADER_UNKNOWN)
                    .data("header", &column.name)
                    .word("object", object.plural()),
            ),
            None => Some(
                Diagnostic::new(&rules::HEADER_TWICE)
                    .word("what", "a second column has this header, which is not known"),
            ),
        };
        out.extend(finding.map(|finding| finding.at(column.span)));
    }
    check_missing(header, span, out);
}

/// What there is to say about a column that stands for a field.
fn known(header: &Header, column: &Column, field: &Field) -> Option<Diagnostic> {
    let finding = |rule| Diagnostic::new(rule).data("header", &column.name);
    if column.is_counterpart {
        let mixed = finding(&rules::MIXED_OBJECTS).word("object", header.object().plural());
        return Some(mixed.word("canonical", field.name));
    }
    let is_dropped = field.need == Need::Dropped || column.spelling == Spelling::Deprecated;
    if column.field.is_none() {
        // Two names of a column without effect are two that should go.
        let holder = column.stands_for.and_then(|place| header.index_of(place));
        let holder = holder.and_then(|index| header.columns().get(index));
        let is_other = holder.is_some_and(|it| !it.name.eq_ignore_ascii_case(&column.name));
        if !(is_dropped && is_other) {
            let what = format!("a second column stands for `{}`", field.name);
            return Some(Diagnostic::new(&rules::HEADER_TWICE).word("what", what));
        }
    }
    if is_dropped {
        return Some(finding(&rules::HEADER_DEPRECATED));
    }
    (column.spelling == Spelling::Alias)
        .then(|| finding(&rules::HEADER_ALIAS).word("canonical", field.name))
}

/// The columns that have to be there.
fn check_missing(header: &Header, span: Span, out: &mut Vec<Diagnostic>) {
    let is_for_deletion = header.is_for_deletion();
    for (place, field) in header.object().fields().iter().enumerate() {
        if header.index_of(place).is_some() {
            continue;
        }
        let (severity, why) = match field.need {
            Need::Key => (Severity::Error, "every operation needs it"),
            Need::Insert if is_for_deletion => {
                (Severity::Info, "only the delete operation can do without it")
            }
            Need::Insert => (Severity::Error, "a record without it is not inserted"),
            Need::InsertOrConfigured if header.column("new_data_source_key").is_some() => {
                (Severity::Info, "`new_data_source_key` is taken for it where records are inserted")
            }
            Need::InsertOrConfigured => (Severity::Info, "the integration has to supply it"),
            Need::Optional | Need::Dropped => continue,
        };
        let mut finding = Diagnostic::new(&rules::HEADER_MISSING).at(Span::empty(span.start));
        finding.severity = severity;
        out.push(finding.word("header", field.name).word("why", why));
    }
}
