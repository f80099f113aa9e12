//! When columns say the same, and when one says no more than another.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::asked::Asked;
use crate::predicate::{Predicate, Term};
use crate::profile::FieldMarks;

/// What a column asks, to be compared: the order of users and conditions does not count, nor how often one is
/// there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Meaning<'a> {
    /// Compared by number, not by text.
    marks: &'a [FieldMarks],
    users: HashSet<&'a str>,
    conditions: HashSet<Cow<'a, Term>>,
    registration: &'a [Term],
}

impl<'a> Meaning<'a> {
    pub(crate) fn of(asked: &'a Asked<'_>) -> Self {
        Self {
            marks: &asked.marks,
            users: asked.column.users.iter().map(|user| user.value.as_str()).collect(),
            conditions: asked.head.conditions.iter().map(in_order).collect(),
            registration: &asked.head.registration,
        }
    }

    /// Whether every user whom this column means is meant by the other too, as far as can be told from each
    /// condition by itself.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        let has_users = other.users.is_empty()
            || (!self.users.is_empty() && self.users.is_subset(&other.users));
        has_users
            && self.registration == other.registration
            && other.marks.iter().all(|wanted| {
                let found = self.marks.binary_search_by_key(&wanted.field, |marks| marks.field);
                found.is_ok_and(|index| implies(&self.marks[index], wanted))
            })
            && other.conditions.is_subset(&self.conditions)
    }
}

/// A condition without the order of what is listed in it.
fn in_order(term: &Term) -> Cow<'_, Term> {
    let mut sorted = Cow::Borrowed(term);
    if let Predicate::TypeOfMostRecentlyCompletedRegistration(kinds) = &term.predicate
        && !kinds.is_sorted()
        && let Predicate::TypeOfMostRecentlyCompletedRegistration(kinds) =
            &mut sorted.to_mut().predicate
    {
        kinds.sort_unstable();
    }
    sorted
}

impl Hash for Meaning<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        fn one(value: impl Hash) -> u64 {
            let mut hasher = DefaultHasher::new();
            value.hash(&mut hasher);
            hasher.finish()
        }
        (self.marks, self.registration).hash(state);
        // Sums, for sets have no order.
        self.users.iter().map(one).fold(0, u64::wrapping_add).hash(state);
        self.conditions.iter().map(one).fold(0, u64::wrapping_add).hash(state);
    }
}

/// Whether marks of a field leave only users whom the wanted marks leave too: a user has one value of it.
fn implies(given: &FieldMarks, wanted: &FieldMarks) -> bool {
    let is_needed = wanted.needed.is_empty()
        || (!given.needed.is_empty() && without(&given.needed, &wanted.needed).next().is_none());
    let mut left = without(&wanted.excluded, &given.excluded);
    is_needed
        && left.all(|value| !given.needed.is_empty() && given.needed.binary_search(&value).is_err())
}

/// The values that are not among the others; both ascend. In one walk, for columns of many marks are compared
/// with many.
fn without<'v>(values: &'v [u32], others: &'v [u32]) -> impl Iterator<Item = u32> {
    let mut others = others.iter().peekable();
    let is_left = move |value: &&'v u32| {
        while others.next_if(|other| other < value).is_some() {}
        others.peek() != Some(value)
    };
    values.iter().filter(is_left).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_left() {
        for (values, others, left) in [
            (&[][..], &[1][..], &[][..]),
            (&[1, 2, 3], &[], &[1, 2, 3]),
            (&[1, 2, 3], &[0, 2, 9], &[1, 3]),
            (&[1, 1, 2], &[1, 2, 2], &[]),
            (&[5], &[1, 2], &[5]),
        ] {
            assert_eq!(without(values, others).collect::<Vec<_>>(), left, "{values:?} {others:?}");
        }
    }
}
