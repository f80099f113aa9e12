//! What single cells hold: the mirror of what is read from them.

use super::WriteError;
use crate::codes::{RegistrationKind, Status};
use crate::layout::HeadRow;
use crate::model::Column;
use crate::predicate::{Predicate, Term};
use crate::read::trim;

/// What a column is called in an error.
pub(super) fn course(column: &Column) -> String {
    column.path.value.to_string()
}

/// What a column has in a head row.
pub(super) fn cell(row: HeadRow, column: &Column) -> Result<String, WriteError> {
    let flag = |is_set: bool| if is_set { "x".to_owned() } else { String::new() };
    Ok(match row {
        HeadRow::Name => plain(&column.name.value)?,
        HeadRow::Path => plain(column.path.value.as_str())?,
        HeadRow::Type | HeadRow::InstructorStatus => {
            column.status().map(ToString::to_string).unwrap_or_default()
        }
        HeadRow::ReRegistration => flag(column.status() == Some(&Status::ReRegistration)),
        HeadRow::DeRegistration | HeadRow::RemoveInstructor => flag(column.removal.value),
        HeadRow::BeforeExpiry => {
            column.before_expiry.as_ref().map(|before| before.value.to_string()).unwrap_or_default()
        }
        HeadRow::Certificate => match &column.certificate {
            Some(certificate) => refuse(&certificate.value)?.to_owned(),
            None => String::new(),
        },
        HeadRow::Users => {
            let users: Result<Vec<_>, _> =
                column.users.iter().map(|user| user_name(&user.value)).collect();
            users?.join("|")
        }
        _ => {
            let terms = column.conditions.iter().map(|condition| &condition.value);
            let terms: Vec<_> =
                terms.filter(|term| HeadRow::of_condition(&term.predicate) == Some(row)).collect();
            let is_single =
                matches!(row, HeadRow::FieldChanged | HeadRow::UserSet | HeadRow::LatestKind);
            if is_single && terms.len() > 1 {
                return Err(WriteError::Place { course: course(column) });
            }
            let items: Result<Vec<_>, _> = terms.iter().map(|term| condition(term)).collect();
            items?.join("|")
        }
    })
}

/// A condition as it stands in a cell.
fn condition(term: &Term) -> Result<String, WriteError> {
    let text = match &term.predicate {
        Predicate::MostRecentRegistrationCompletedFor(path)
        | Predicate::CompletedForSinceCurrentCompletion(path) => {
            item(path.as_str(), &['|'])?.to_owned()
        }
        Predicate::CertificateWillExpireInCourse { course, certificate, before } => {
            let course = item(course.as_str(), &['|', ';'])?;
            let certificate = item(certificate, &['|', ';'])?;
            format!("{course};{certificate};{before}")
        }
        Predicate::ProfileChangedSinceLastCompletion(name) | Predicate::IsInUserSet(name) => {
            refuse(name)?.to_owned()
        }
        Predicate::OrgProfileDateWithin { field, days } => {
            let text = format!("{};{days}", item(field, &['|'])?);
            if days.unsigned_abs() > 99_999 {
                return Err(WriteError::Text { text });
            }
            text
        }
        Predicate::TypeOfMostRecentlyCompletedRegistration(kinds) if !term.is_negated => {
            let words: Vec<_> = kinds.iter().map(RegistrationKind::as_str).collect();
            let text = words.join("|");
            let is_read = |(at, kind): (usize, &RegistrationKind)| {
                RegistrationKind::KNOWN.contains(kind) && !kinds[..at].contains(kind)
            };
            if kinds.is_empty() || !kinds.iter().enumerate().all(is_read) {
                return Err(WriteError::Text { text });
            }
            text
        }
        // The others have no cell, and this one no negation.
        predicate => return Err(WriteError::Text { text: format!("{predicate:?}") }),
    };
    match term.is_negated {
        true => Ok(format!("!{text}")),
        false if text.starts_with('!') => Err(WriteError::Text { text }),
        false => Ok(text),
    }
}

/// A text that may be empty.
fn plain(text: &str) -> Result<String, WriteError> {
    if text.is_empty() { Ok(String::new()) } else { refuse(text).map(str::to_owned) }
}

/// A text that would be read as it is.
pub(super) fn refuse(text: &str) -> Result<&str, WriteError> {
    item(text, &[])
}

/// A user name, which has no negation.
fn user_name(name: &str) -> Result<&str, WriteError> {
    let name = item(name, &['|'])?;
    if name.starts_with('!') { Err(WriteError::Text { text: name.to_owned() }) } else { Ok(name) }
}

/// A part of a cell: without these separators in it.
fn item<'t>(text: &'t str, separators: &[char]) -> Result<&'t str, WriteError> {
    if text.is_empty() || trim(text).0 != text || text.contains(separators) {
        return Err(WriteError::Text { text: text.to_owned() });
    }
    Ok(text)
}
