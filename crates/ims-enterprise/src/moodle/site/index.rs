//! Rows by a key.

use std::collections::{BTreeSet, HashMap};
use std::iter;

/// Places of rows by a key, the first one first.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    first: HashMap<Box<str>, u32>,
    /// The rows behind the first one: hardly a key has any.
    more: HashMap<Box<str>, BTreeSet<u32>>,
}

impl Index {
    pub(super) fn first(&self, key: &str) -> Option<u32> {
        self.first.get(key).copied()
    }

    pub(super) fn all(&self, key: &str) -> impl Iterator<Item = u32> {
        let more = || self.more.get(key).into_iter().flatten().copied();
        self.first(key).into_iter().flat_map(move |first| iter::once(first).chain(more()))
    }

    pub(super) fn insert(&mut self, key: &str, row: u32) {
        let Some(first) = self.first.get_mut(key) else {
            self.first.insert(key.into(), row);
            return;
        };
        let later = row.max(*first);
        *first = row.min(*first);
        self.more.entry(key.into()).or_default().insert(later);
    }

    pub(super) fn remove(&mut self, key: &str, row: u32) {
        let Some(first) = self.first.get_mut(key) else { return };
        let Some(more) = self.more.get_mut(key) else {
            if *first == row {
                self.first.remove(key);
            }
            return;
        };
        if *first != row {
            more.remove(&row);
        } else if let Some(next) = more.pop_first() {
            *first = next;
        }
        if more.is_empty() {
            self.more.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_of_a_key_counts() {
        let mut index = Index::default();
        for row in [3, 1, 2] {
            index.insert("maier", row);
        }
        assert_eq!(index.all("maier").collect::<Vec<_>>(), [1, 2, 3]);
        for (gone, first) in [(1, Some(2)), (1, Some(2)), (3, Some(2)), (2, None)] {
            index.remove("maier", gone);
            assert_eq!(index.first("maier"), first, "without {gone}");
        }
        assert_eq!(index.all("maier").count(), 0);
    }
}
