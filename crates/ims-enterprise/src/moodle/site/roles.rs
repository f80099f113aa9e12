//! Roles of enrolments.

use std::collections::HashMap;

use super::{number, place};

/// Roles, and the lists of roles that enrolments have: a site has many enrolments and few such lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Roles {
    /// Short names; the lists have their numbers.
    names: Vec<String>,
    lists: Vec<Box<[u16]>>,
    numbers: HashMap<Box<[u16]>, u32>,
}

impl Roles {
    pub(super) fn role(&mut self, name: &str) -> u16 {
        let found = self.names.iter().position(|role| role == name);
        let place = found.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }

    pub(super) fn list(&self, list: u32) -> &[u16] {
        &self.lists[place(list)]
    }

    pub(super) fn names(&self, list: u32) -> impl Iterator<Item = &str> {
        self.list(list).iter().map(|role| &*self.names[usize::from(*role)])
    }

    pub(super) fn number(&mut self, list: &[u16]) -> u32 {
        if let Some(known) = self.numbers.get(list) {
            return *known;
        }
        let new = number(self.lists.len());
        self.lists.push(list.into());
        self.numbers.insert(list.into(), new);
        new
    }
}
