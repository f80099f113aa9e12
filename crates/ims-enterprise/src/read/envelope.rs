//! What a file is, apart from its records.

use crate::codes::{RoleType, Vocabulary};
use crate::model::{Person, Record, Role};

/// Number of records by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Persons.
    pub person: u64,
    /// Groups.
    pub group: u64,
    /// Memberships.
    pub membership: u64,
    /// Members.
    pub member: u64,
}

impl Counts {
    /// Persons, groups and memberships together.
    pub fn records(&self) -> u64 {
        self.person + self.group + self.membership
    }

    pub(super) fn add(&mut self, record: &Record<'_>) {
        match record {
            Record::Person(_) => self.person += 1,
            Record::Group(_) => self.group += 1,
            Record::Membership(_) => self.membership += 1,
            Record::Member(_) => self.member += 1,
            _ => {}
        }
    }
}

/// Version of IMS Enterprise that a file shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Version {
    /// Nothing tells: 1.0, 1.01 or 1.1.
    #[default]
    Undetermined,
    /// 1.0: names in upper case, or a document type or namespace that says so.
    V1_0,
    /// 1.01: its namespace.
    V1_01,
    /// 1.1: its document type, or something that only 1.1 has.
    V1_1,
}

impl Version {
    /// `1.0`, `1.01`, `1.1` or `1.0 or 1.1`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Undetermined => "1.0 or 1.1",
            Self::V1_0 => "1.0",
            Self::V1_01 => "1.01",
            Self::V1_1 => "1.1",
        }
    }

    /// The version that a document type declaration or a namespace names.
    pub(super) fn named_in(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        if text.contains("epv1p1") || text.contains("entv1p1") {
            Some(Self::V1_1)
        } else if text.contains("v1p01") {
            Some(Self::V1_01)
        } else if text.contains("ims-ep01") || text.contains("epv1p0") {
            Some(Self::V1_0)
        } else {
            None
        }
    }

    /// The version that a record gives away.
    pub(super) fn shown_by(record: &Record<'_>) -> Option<Self> {
        let shows = match record {
            Record::Person(person) => person_is_1_1(person),
            Record::Group(group) => group.sourcedids.len() > 1,
            Record::Member(member) => member.roles.iter().any(role_is_1_1),
            _ => false,
        };
        shows.then_some(Self::V1_1)
    }
}

fn person_is_1_1(person: &Person<'_>) -> bool {
    person.systemrole.is_some()
        || !person.institutionroles.is_empty()
        || person.sourcedids.len() > 1
        || person.userids.len() > 1
        || person.userids.iter().any(|userid| userid.password.is_some())
        || person
            .name
            .as_ref()
            .and_then(|name| name.parts.as_ref())
            .is_some_and(|parts| !parts.partnames.is_empty())
}

/// Words in place of numbers came with 1.1.
fn role_is_1_1(role: &Role<'_>) -> bool {
    role.roletype().is_some_and(|code| {
        let raw = code.raw();
        raw.starts_with(|first: char| first.is_ascii_alphabetic())
            && !matches!(RoleType::read(raw).0, RoleType::Other(_))
    })
}

/// What a reading has seen so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Number of records.
    pub counts: Counts,
    /// Number of `enterprise` elements: 0 where records stand by themselves, 2 where files were run
    /// together.
    pub roots: u64,
    /// Version that the file shows.
    pub version: Version,
    /// Namespace of the `enterprise` element, where it has one.
    pub namespace: Option<String>,
    /// Document type declaration, where there is one; nothing in it was fetched or expanded.
    pub doctype: Option<String>,
}
