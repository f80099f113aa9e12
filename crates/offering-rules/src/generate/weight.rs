//! How much the rules of a matrix are, told before they are made: every rule has a copy of what it asks, and a
//! small file can ask for gigabytes.
//!
//! A condition counts as one, a marked value as well, and a long text as one for each piece.

use std::fmt::{self, Display, Write as _};

use crate::asked::Asked;
use crate::path::CoursePath;
use crate::predicate::{Predicate, Term};
use crate::profile::Fields;

/// Bytes of a text that count as one.
const PIECE: u64 = 128;

/// The rules that add users for a column: one for each user, or one.
pub(super) fn of_column(fields: &Fields, asked: &Asked<'_>) -> u64 {
    let head = &asked.head;
    let marks = asked.marks.iter().flat_map(|marks| {
        [&marks.needed, &marks.excluded].map(|values| of_marks(fields, marks.field, values))
    });
    let conditions = head.conditions.iter().chain(&head.registration).map(of_term);
    let each = sum(marks.chain(conditions)).saturating_add(of_path(&asked.column.path.value));
    let users = sum(head.users.iter().map(of_predicate)).max(1);
    each.saturating_mul((head.users.len() as u64).max(1)).saturating_add(users)
}

/// A condition.
pub(super) fn of_term(term: &Term) -> u64 {
    of_predicate(&term.predicate)
}

/// What the path of a course adds to each of its rules.
pub(super) fn of_path(path: &CoursePath) -> u64 {
    path.as_str().len() as u64 / PIECE
}

pub(super) fn sum(weights: impl Iterator<Item = u64>) -> u64 {
    weights.fold(0, u64::saturating_add)
}

fn of_predicate(predicate: &Predicate) -> u64 {
    let values = match predicate {
        Predicate::ProfileValueIn { values, .. } => values.len() as u64,
        _ => 1,
    };
    values.max(length(predicate).div_ceil(PIECE))
}

/// The marks of one field, about as much as [`of_predicate`] has it of what they become.
fn of_marks(fields: &Fields, field: u32, values: &[u32]) -> u64 {
    if values.is_empty() {
        return 0;
    }
    let texts = values.iter().map(|&value| fields.value(value).len() as u64 + 1);
    let length = sum(texts).saturating_add(fields.name(field).len() as u64);
    (values.len() as u64).max(length.div_ceil(PIECE))
}

/// How many bytes a text has, without making it.
fn length(text: &impl Display) -> u64 {
    struct Length(u64);

    impl fmt::Write for Length {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len() as u64;
            Ok(())
        }
    }

    let mut length = Length(0);
    // Counting cannot fail.
    let _ = write!(length, "{text}");
    length.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_long_texts_count() {
        let set = |length| Predicate::IsInUserSet("s".repeat(length));
        let brackets = "IsInUserSet()".len();
        assert_eq!(of_predicate(&set(1)), 1);
        assert_eq!(of_predicate(&set(128 - brackets)), 1);
        assert_eq!(of_predicate(&set(128 * 50 - brackets)), 50);
        let marked = |values: &[&str]| Predicate::profile_value_in("F", values.iter().copied());
        assert_eq!(of_predicate(&marked(&["a"; 30])), 30);
        assert_eq!(of_predicate(&marked(&["a", &"b".repeat(1000)])), 8);
    }
}
