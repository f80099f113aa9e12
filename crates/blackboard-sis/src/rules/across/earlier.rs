//! What a record was in an earlier load.

use edu_diagnostics::Diagnostic;

use super::registry::key_of;
use super::rules;
use crate::fields::{course, person};
use crate::history::{History, Identity};
use crate::object::Object;
use crate::row::Row;
use crate::value::date;

/// Checks a row against the record that an earlier load had under its key.
pub(super) fn check(row: &Row<'_>, history: &History, out: &mut Vec<Diagnostic>) {
    let object = row.object();
    if !matches!(object, Object::Person | Object::Course | Object::Organization) {
        return;
    }
    let Some((_, span, key)) = key_of(row) else { return };
    if object == Object::Person {
        if let Some(before) = history.person(&key).filter(|before| is_somebody_else(before, row)) {
            let name = format!("{} {}", before.firstname, before.lastname);
            let finding = Diagnostic::new(&rules::KEY_REUSED).data("key", &key);
            out.push(finding.data("before", &name).at(span));
        }
        return;
    }
    let Some(earlier) = history.get(object, &key) else { return };
    if let (Some(cell), Some(id)) =
        (row.at(course::At::course_id), row.filled(course::At::course_id))
        && !earlier.course_id.is_empty()
        && earlier.course_id != id
    {
        let finding = Diagnostic::new(&rules::COURSE_ID_CHANGED).at(cell.span());
        out.push(finding.data("key", &key).data("before", earlier.course_id));
    }
}

/// Whether a row is about another person than before: the first name is another one, and nothing says that the
/// person is the same. Last names change.
fn is_somebody_else(before: &Identity<'_>, row: &Row<'_>) -> bool {
    let now = |field: person::At| row.filled(field).unwrap_or_default();
    let is_same = |before: &str, field: person::At| {
        let now = now(field);
        !before.is_empty() && before.to_lowercase() == now.to_lowercase()
    };
    let has_other_name = |before: &str, field: person::At| {
        let now = now(field);
        !before.is_empty() && !now.is_empty() && before.to_lowercase() != now.to_lowercase()
    };
    let born = |text: &str| date(text);
    let birthdates = [born(before.birthdate), born(&now(person::At::birthdate))];
    if let [Some(before), Some(now)] = birthdates
        && before == now
    {
        return false;
    }
    has_other_name(before.firstname, person::At::firstname)
        && !is_same(before.user_id, person::At::user_id)
        && !is_same(before.email, person::At::email)
        && !is_same(before.inst_email, person::At::inst_email)
        && !is_same(before.student_id, person::At::student_id)
}
