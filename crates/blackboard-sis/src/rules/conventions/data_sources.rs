//! The convention about data source keys.

use std::collections::HashMap;

use super::parts::{Parts, after_year_and_term, filled_parts};
use crate::object::Object;

/// What data source keys of a load were used for.
#[derive(Debug, Default)]
pub(super) struct Sources {
    keys: HashMap<String, Uses>,
    /// The key of the row before, for most rows have the same one.
    last: Option<(String, Group, bool)>,
    feed: u64,
}

/// What is known of one key.
#[derive(Debug, Default)]
struct Uses {
    groups: u8,
    /// The feed in which it was looked at last, and as what: 1 with a term, 2 without.
    judged: (u64, u8),
    /// The feed in which it was said that it is shared.
    shared: u64,
}

/// What records are, as far as their data sources are to be kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Users = 1,
    Courses = 2,
    Enrolments = 4,
    Others = 0,
}

/// Words that end a key and say what its records are.
const WORDS: &[(Group, &[&str])] = &[
    (Group::Users, &["user", "users", "person", "persons", "people", "utilisateurs", "personnes"]),
    (Group::Courses, &["course", "courses", "cours"]),
    (
        Group::Enrolments,
        &[
            "enrollment",
            "enrollments",
            "enrolment",
            "enrolments",
            "membership",
            "memberships",
            "inscriptions",
        ],
    ),
];

impl Group {
    fn of(object: Object) -> Self {
        match object {
            Object::Person => Self::Users,
            Object::Course => Self::Courses,
            Object::Membership => Self::Enrolments,
            _ => Self::Others,
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Courses => "courses",
            Self::Enrolments => "enrolments",
            Self::Others => "others",
        }
    }
}

impl Sources {
    /// Says that another feed begins.
    pub(super) fn begin(&mut self) {
        self.feed += 1;
        self.last = None;
    }

    /// What is wrong with the key of a record, each fault once a feed. A template belongs to no term.
    pub(super) fn check(&mut self, object: Object, key: &str, is_template: bool) -> Vec<String> {
        let group = Group::of(object);
        if self
            .last
            .as_ref()
            .is_some_and(|last| last.0 == key && (last.1, last.2) == (group, is_template))
        {
            return Vec::new();
        }
        self.last = Some((key.to_owned(), group, is_template));
        let feed = self.feed;
        let mut faults = Vec::new();
        if !self.keys.contains_key(key) {
            self.keys.insert(key.to_owned(), Uses::default());
        }
        let Some(uses) = self.keys.get_mut(key) else { return faults };
        let has_term = matches!(group, Group::Courses | Group::Enrolments) && !is_template;
        let judged = if has_term { 1 } else { 2 };
        if uses.judged.0 != feed {
            uses.judged = (feed, 0);
        }
        if uses.judged.1 & judged == 0 {
            uses.judged.1 |= judged;
            faults.extend(form_fault(key, group, has_term));
        }
        let others = match group {
            Group::Users => [Group::Courses, Group::Enrolments].as_slice(),
            Group::Courses | Group::Enrolments => &[Group::Users],
            Group::Others => &[],
        };
        let shared = others.iter().find(|&&other| uses.groups & other as u8 != 0);
        if let Some(other) = shared
            && uses.shared != feed
        {
            uses.shared = feed;
            faults.push(format!("is also that of {}", other.plural()));
        }
        uses.groups |= group as u8;
        faults
    }
}

/// Why a key does not have the form that was agreed.
fn form_fault(key: &str, group: Group, has_term: bool) -> Option<String> {
    let rest = after_year_and_term(key);
    if has_term && rest.is_none() {
        return Some("does not begin with year and term".to_owned());
    }
    if filled_parts(rest.unwrap_or(key)) < 2 {
        return Some(if rest.is_some() {
            "does not name source and kind behind the term".to_owned()
        } else {
            "does not name source and kind".to_owned()
        });
    }
    let last = Parts::of(key).iter().next_back().unwrap_or_default().to_lowercase();
    let named = WORDS.iter().find(|(_, words)| words.contains(&last.as_str()));
    match named {
        Some(&(named, _)) if group != Group::Others && named != group => {
            Some(format!("names {}, and the records are {}", named.plural(), group.plural()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let term = Some("does not begin with year and term");
        for (object, is_template, key, expected) in [
            (Object::Course, false, "2011_fall_SIS_courses", None),
            (Object::Course, false, "2026_09_SIS_courses", None),
            (Object::Course, false, "2026-09.SIS.COURSE", None),
            (Object::Course, false, "SIS_courses", term),
            (Object::Course, false, "stuff", term),
            (Object::Course, true, "SIS_templates", None),
            (Object::Course, true, "stuff", Some("does not name source and kind")),
            (
                Object::Course,
                false,
                "2026_09_SIS_users",
                Some("names users, and the records are courses"),
            ),
            (Object::Membership, false, "2026_09_SIS_enrollments", None),
            (Object::Membership, false, "2026_fa_SIS_inscriptions", None),
            (
                Object::Membership,
                false,
                "2026_09_LATE",
                Some("does not name source and kind behind the term"),
            ),
            (Object::Person, false, "SIS_users", None),
            (Object::Person, false, "2026_09_SIS_users", None),
            (Object::Person, false, "D", Some("does not name source and kind")),
            (Object::Term, false, "SIS_terms", None),
            (Object::Organization, false, "SIS_orgs", None),
            (Object::OrganizationMembership, false, "SIS_orgs", None),
        ] {
            let mut sources = Sources::default();
            sources.begin();
            let faults = sources.check(object, key, is_template);
            assert_eq!(faults.first().map(String::as_str), expected, "{key}");
            assert_eq!(sources.check(object, key, is_template), [""; 0], "{key}");
        }
    }

    #[test]
    fn keys_that_are_shared_are_said_once_a_feed() {
        let mut sources = Sources::default();
        let shared = |faults: Vec<String>| faults.iter().any(|fault| fault.starts_with("is also"));
        let key = "2026_09_SIS_all";
        for (object, expected) in [
            (Object::Course, false),
            (Object::Membership, false),
            (Object::Term, false),
            (Object::Person, true),
            (Object::Membership, true),
            (Object::Organization, false),
        ] {
            sources.begin();
            assert_eq!(shared(sources.check(object, key, false)), expected, "{object:?}");
            sources.check(object, "other_key", false);
            assert!(!shared(sources.check(object, key, false)), "{object:?}");
        }
    }
}
