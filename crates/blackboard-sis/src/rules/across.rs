//! Rules that need more than one row: the feeds of a load, and an earlier load.

mod courses;
mod earlier;
mod enrolments;
mod new_keys;
mod references;
mod registry;
mod sources;
mod unique;

use edu_diagnostics::{Diagnostic, Place, Rule, Span};

use super::table as rules;
use crate::header::Header;
use crate::history::History;
use crate::object::Object;
use crate::row::Row;
use courses::Courses;
use enrolments::Enrolments;
use new_keys::NewKeys;
use references::References;
use registry::{Registry, Spot};
use sources::Sources;
use unique::Unique;

/// A rule that could not run, and why.
pub(crate) type Skipped = (&'static Rule, &'static str);

/// What is known of the feeds so far.
#[derive(Debug, Default)]
pub(crate) struct Across<'h> {
    history: Option<&'h History>,
    files: Files,
    registry: Registry,
    unique: Unique,
    references: References,
    courses: Courses,
    enrolments: Enrolments,
    new_keys: NewKeys,
    sources: Sources,
}

/// The names of the feeds so far; the last one is being read.
#[derive(Debug, Default)]
struct Files(Vec<String>);

impl Files {
    fn current(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// What a finding about the feed at hand calls a place.
    fn name_of(&self, spot: Spot) -> String {
        let line = spot.place.position().line;
        if spot.file == self.current() {
            return format!("line {line}");
        }
        let name =
            usize::try_from(spot.file).ok().and_then(|file| self.0.get(file.checked_sub(1)?));
        format!("line {line} of {}", name.map_or("another feed", String::as_str))
    }
}

/// A row, and the way to places that outlast it.
#[derive(Clone, Copy)]
struct Here<'a, 'r> {
    row: &'a Row<'r>,
    place: &'a dyn Fn(Span) -> Place,
    file: u32,
}

impl Here<'_, '_> {
    fn spot(&self, span: Span) -> Spot {
        Spot { place: (self.place)(span), file: self.file }
    }
}

impl<'h> Across<'h> {
    pub(crate) fn with_history(mut self, history: &'h History) -> Self {
        self.courses.remember(history);
        Self { history: Some(history), ..self }
    }

    /// Says which feeds there will be.
    pub(crate) fn expect(&mut self, object: Object, feeds: usize) {
        self.registry.expect(object, feeds);
    }

    /// Begins the next feed. What one that could not be read to its end has left behind is forgotten, but for the
    /// keys of its rows.
    pub(crate) fn begin(&mut self, name: &str) {
        self.files.0.push(name.to_owned());
        self.references = References::default();
        self.courses.begin();
        self.enrolments.begin();
        self.new_keys = NewKeys::default();
        self.sources.begin();
    }

    /// Begins the rows of a feed.
    pub(crate) fn begin_rows(&mut self, header: &Header) {
        self.registry.begin(header.object());
        self.references.begin_rows(header);
        self.sources.begin_rows(header);
    }

    /// Checks a row. Of a damaged one, the keys count as given, and nothing is said.
    pub(crate) fn row(
        &mut self,
        row: &Row<'_>,
        place: &dyn Fn(Span) -> Place,
        out: &mut Vec<Diagnostic>,
    ) {
        let here = Here { row, place, file: self.files.current() };
        // A damaged row uses a key as well: what stands in a wrong cell does not come again.
        self.sources.row(here, self.history);
        if row.is_damaged() {
            self.registry.note_damaged(here);
            return;
        }
        let targets = self.references.row(here, &self.registry, self.history, out);
        match row.object() {
            Object::Membership | Object::OrganizationMembership => {
                self.enrolments.row(here, targets, &self.courses, out);
            }
            object => {
                if object == Object::Observer {
                    references::observer_roles(here, &self.registry, out);
                }
                if matches!(object, Object::Course | Object::Organization) {
                    self.courses.row(here, &self.registry, self.history);
                }
                if let Some(history) = self.history {
                    earlier::check(row, history, out);
                }
                self.unique.row(here, &mut self.registry, self.history, &self.files, out);
                self.new_keys.row(here);
            }
        }
    }

    /// Says whether an error was found in the row that was given last.
    pub(crate) fn row_was(&mut self, faulty: bool) {
        self.sources.row_was(faulty);
    }

    /// What shows when a feed has been read: findings with places in the original bytes.
    pub(crate) fn finish(&mut self, object: Object, out: &mut Vec<Diagnostic>) -> Vec<Skipped> {
        let mut skipped = Vec::new();
        self.references.finish(&self.registry, self.history, &self.files, out, &mut skipped);
        self.courses.finish(&self.registry, out, &mut skipped);
        self.enrolments.finish(&self.courses, &self.files, out);
        self.new_keys.finish(object, &mut self.registry, self.history, &self.files, out);
        // Such a fault is known of feeds of enrolments.
        let is_enrolments = matches!(object, Object::Membership | Object::OrganizationMembership);
        let has_others = self.history.is_some() || self.files.current() > 1;
        self.sources.finish(is_enrolments && has_others, out);
        if is_enrolments && !has_others {
            skipped.push((&rules::FIRST_ROW_OF_KEY, "no other feed was given"));
        }
        self.skip(object, &mut skipped);
        skipped
    }

    /// Lists the rules that could not run for want of other feeds, besides those about references.
    fn skip(&self, object: Object, skipped: &mut Vec<Skipped>) {
        if !self.history.is_some_and(|history| history.has(object)) {
            let reason = "no earlier load of the same kind is known";
            match object {
                Object::Person => skipped.push((&rules::KEY_REUSED, reason)),
                Object::Course | Object::Organization => {
                    skipped.push((&rules::COURSE_ID_CHANGED, reason));
                }
                _ => {}
            }
            skipped.push((&rules::REFRESH_DROPS, reason));
        }
        let is_known = |kind| self.history.is_some_and(|history| history.has(kind));
        let lacks = |kind| self.registry.feeds(kind) == 0 && !is_known(kind);
        let course = if object == Object::OrganizationMembership {
            Object::Organization
        } else {
            Object::Course
        };
        match object {
            Object::Membership | Object::OrganizationMembership => {
                if lacks(course) {
                    skipped.push((&rules::ENROLLED_IN_FAMILY, references::reason_without(course)));
                }
                if let Some(&kind) = [course, Object::Person].iter().find(|&&kind| lacks(kind)) {
                    skipped.push((&rules::ENROLMENT_OF_DISABLED, references::reason_without(kind)));
                }
            }
            Object::Observer if self.registry.feeds(Object::Person) == 0 => {
                skipped.push((&rules::OBSERVER_ROLES, references::reason_without(Object::Person)));
            }
            Object::Course if lacks(Object::Organization) => {
                let reason = references::reason_without(Object::Organization);
                skipped.push((&rules::ORGANIZATION_AS_COURSE, reason));
            }
            _ => {}
        }
    }
}
