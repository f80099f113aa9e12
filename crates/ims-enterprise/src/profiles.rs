//! What single receivers and senders make of the format.
//!
//! A profile is data with a few small functions: which items it reads, which it asks for, how it tells
//! records apart, what its roles mean. Its module has typed readers for its extensions. A further profile
//! is a module and a line in [`PROFILES`].

pub mod banner;
pub mod moodle;

use std::borrow::Cow;

use crate::codes::RoleType;
use crate::model::SourcedId;

/// One receiver or sender.
#[derive(Debug)]
pub struct Profile {
    /// Name, as it is asked for: `moodle`.
    pub name: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// The key by which it tells records apart; `None` where a record has none. The rules over the whole
    /// file use it to find what a reference refers to.
    pub key: fn(&SourcedId<'_>) -> Option<Key>,
    /// Meaning of the role types, by their code: `01`, or one that 1.1 does not have.
    pub roles: &'static [(&'static str, &'static str)],
    /// The items that it reads, as paths: `person/email`, `member/role@roletype`,
    /// `member/role/extension/cohort`. An item that is not listed is ignored. `None` where it reads all.
    pub reads: Option<&'static [&'static str]>,
    /// The items that it asks for beyond 1.1, as paths below a record: the record is of no use without.
    pub requires: &'static [&'static str],
}

/// A key, as a profile compares it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The source, where the profile looks at it.
    pub source: Option<String>,
    /// The id.
    pub id: String,
}

/// The profiles that are known.
pub const PROFILES: &[&Profile] = &[&moodle::PROFILE, &banner::PROFILE];

impl Profile {
    /// A profile by its name.
    pub fn named(name: &str) -> Option<&'static Profile> {
        PROFILES.iter().copied().find(|profile| profile.name == name)
    }

    /// What the profile calls a role; `None` where it does not know it.
    pub fn role(&self, role: &RoleType) -> Option<&'static str> {
        self.roles.iter().find(|(known, _)| *known == role.as_str()).map(|(_, meaning)| *meaning)
    }

    /// Whether the profile reads an item.
    pub fn reads(&self, path: &str) -> bool {
        self.reads.is_none_or(|reads| reads.contains(&path))
    }
}

/// A key of the id alone, without blanks around it.
pub(crate) fn id_alone(sourcedid: &SourcedId<'_>) -> Option<Key> {
    let id = sourcedid.id.map(|id| id.trimmed()).filter(|id| !id.is_empty())?;
    Some(Key { source: None, id: id.into_owned() })
}

/// A key of source and id, without blanks around them.
fn source_and_id(sourcedid: &SourcedId<'_>) -> Option<Key> {
    let source = sourcedid.source.map(|source| source.trimmed()).map(Cow::into_owned);
    Some(Key { source, ..id_alone(sourcedid)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_found_by_name() {
        assert_eq!(
            Profile::named("moodle").map(|profile| profile.title),
            Some(moodle::PROFILE.title)
        );
        assert!(Profile::named("nobody").is_none());
        let mut names: Vec<_> = PROFILES.iter().map(|profile| profile.name).collect();
        names.dedup();
        assert_eq!(names.len(), PROFILES.len());
    }

    #[test]
    fn roles_have_the_meaning_of_the_profile() {
        assert_eq!(moodle::PROFILE.role(&RoleType::Learner), Some("student"));
        assert_eq!(banner::PROFILE.role(&RoleType::Other("09".into())), None);
    }
}
