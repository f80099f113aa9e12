//! Courses that are cross-listed: children of one parent.

use std::collections::HashMap;

use edu_diagnostics::keys::{Keyed, number};
use edu_diagnostics::{Diagnostic, Place};

use super::references::{NOWHERE, is_known_elsewhere};
use super::registry::{Registry, key_of, located, status_of};
use super::{Here, Skipped, rules};
use crate::fields::course;
use crate::history::History;
use crate::object::Object;

/// How many generations are followed: more than one is wrong already.
const GENERATIONS: usize = 64;

/// The courses with parents so far.
#[derive(Debug, Default)]
pub(super) struct Courses {
    /// The parent of each child.
    parents: Keyed<u64>,
    /// The family of each course that has one, and the number of its name.
    families: HashMap<u64, Member>,
    names: Vec<String>,
    /// The children of the feed at hand.
    children: Vec<Child>,
    object: Option<Object>,
}

/// A course of a family.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    /// The key of the parent.
    pub(super) family: u64,
    /// Which course of all families it is, from 1.
    pub(super) number: u32,
}

#[derive(Debug)]
struct Child {
    key: u64,
    text: String,
    parent: u64,
    parent_text: String,
    has_parent: bool,
    place: Place,
}

impl Courses {
    /// Begins a feed.
    pub(super) fn begin(&mut self) {
        self.children.clear();
        self.object = None;
    }

    /// Takes up the families that an earlier load has left.
    pub(super) fn remember(&mut self, history: &History) {
        for object in [Object::Course, Object::Organization] {
            for (key, parent) in history.children(object) {
                let [child, family] = [key, parent].map(|key| number(key.as_bytes()));
                self.parents.insert(child, family);
                self.join(family, family, parent.to_owned());
                self.join(child, family, key.to_owned());
            }
        }
    }

    /// Notes a course with a parent, before the course itself is registered.
    pub(super) fn row(
        &mut self,
        here: Here<'_, '_>,
        registry: &Registry,
        history: Option<&History>,
    ) {
        let object = here.row.object();
        self.object = Some(object);
        let field = course::At::parent_course_key;
        let Some((key, _, text)) = key_of(here.row) else { return };
        let (Some(cell), parent) = (here.row.at(field), here.row.filled(field)) else { return };
        let Some(parent) = parent else {
            // It has left its family.
            if self.parents.remove(key).is_some() {
                self.families.remove(&key);
            }
            return;
        };
        let child = Child {
            key,
            text: text.into_owned(),
            parent: number(parent.as_bytes()),
            has_parent: status_of(object, &parent, registry, history).is_some(),
            parent_text: parent.into_owned(),
            place: (here.place)(cell.span()),
        };
        self.parents.insert(key, child.parent);
        self.children.push(child);
    }

    /// The family that a course belongs to.
    pub(super) fn family(&self, course: u64) -> Option<Member> {
        if self.families.is_empty() { None } else { self.families.get(&course).copied() }
    }

    /// The key of a course of a family.
    pub(super) fn name(&self, number: u32) -> &str {
        let index = usize::try_from(number).unwrap_or(0);
        index.checked_sub(1).and_then(|index| self.names.get(index)).map_or("", String::as_str)
    }

    pub(super) fn finish(
        &mut self,
        registry: &Registry,
        out: &mut Vec<Diagnostic>,
        skipped: &mut Vec<Skipped>,
    ) {
        let Some(object) = self.object.take() else { return };
        for child in std::mem::take(&mut self.children) {
            let mut say = |why: &'static str| {
                let finding =
                    Diagnostic::new(&rules::PARENT_COURSE).data("key", &child.parent_text);
                out.push(located(finding.word("why", why), child.place));
            };
            if child.parent == child.key {
                say("is the course itself");
                continue;
            }
            if self.leads_back(&child) {
                say("leads back to the course");
                continue;
            }
            if self.parents.get(child.parent).is_some() {
                say("is itself a child");
            }
            if !child.has_parent {
                if registry.get(object, child.parent).is_some() {
                    say("comes after it");
                } else if is_known_elsewhere(object, registry) {
                    say(NOWHERE);
                } else {
                    let skip = (&rules::PARENT_COURSE, "no other feed of courses was given");
                    if !skipped.contains(&skip) {
                        skipped.push(skip);
                    }
                }
            }
            let Child { key, text, parent, parent_text, .. } = child;
            self.join(parent, parent, parent_text);
            self.join(key, parent, text);
        }
    }

    fn leads_back(&self, child: &Child) -> bool {
        let parent = |course: &u64| self.parents.get(*course).copied();
        let mut ancestors = std::iter::successors(Some(child.parent), parent).take(GENERATIONS);
        ancestors.any(|ancestor| ancestor == child.key)
    }

    /// Puts a course into a family. A parent that has a parent stays with that one.
    fn join(&mut self, course: u64, family: u64, name: String) {
        let next = u32::try_from(self.names.len() + 1).unwrap_or(u32::MAX);
        let member = self.families.entry(course).or_insert_with(|| {
            self.names.push(name);
            Member { family, number: next }
        });
        if course != family {
            member.family = family;
        }
    }
}
