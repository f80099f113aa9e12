//! Keys of other records.

use edu_diagnostics::keys::number;
use edu_diagnostics::{Diagnostic, Place, Rule};

use super::registry::{Registry, located, status_of};
use super::{Files, Here, Skipped, rules};
use crate::fields::observer;
use crate::header::Header;
use crate::history::History;
use crate::object::Object;
use crate::value::RowStatus;

/// The references of the feed at hand.
#[derive(Debug, Default)]
pub(super) struct References {
    columns: Vec<Reference>,
    /// For each of them.
    last: Vec<Last>,
    /// Records of the feed's own kind that were not there yet.
    pending: Vec<Pending>,
}

/// A column that holds keys of other records.
#[derive(Debug, Clone, Copy)]
struct Reference {
    field: usize,
    target: Object,
    rule: &'static Rule,
    /// It was looked up at least once.
    is_used: bool,
}

/// What was looked up last in a column: enrolments mostly come course by course.
#[derive(Debug, Clone, Default)]
struct Last {
    text: String,
    target: Option<Target>,
}

/// A reference to a record of the same kind that has not been read so far.
#[derive(Debug)]
struct Pending {
    rule: &'static Rule,
    target: Object,
    key: String,
    /// It is the record itself.
    is_itself: bool,
    place: Place,
}

/// What the first two references of a row came to: those of an enrolment are its course and its person.
pub(super) type Targets = [Option<Target>; 2];

/// A record that is referred to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub(super) key: u64,
    /// `None` where it is not known.
    pub(super) status: Option<RowStatus>,
}

/// The rule about a reference to a kind of object; `None` where another part looks after it.
fn rule_about(header: &Header, field: usize, target: Object) -> Option<&'static Rule> {
    Some(match (header.object().fields()[field].name, target) {
        ("parent_course_key", _) => return None,
        ("template_course_key" | "template_organization_key", _) => &rules::TEMPLATE_UNKNOWN,
        (_, Object::Course | Object::Organization) => &rules::COURSE_UNKNOWN,
        (_, Object::Person) => &rules::PERSON_UNKNOWN,
        ("term_key", _) => &rules::TERM_UNKNOWN,
        _ => &rules::PARENT_UNKNOWN,
    })
}

impl References {
    pub(super) fn begin_rows(&mut self, header: &Header) {
        let fields = header.object().fields().iter().enumerate();
        self.columns = fields
            .filter(|&(place, _)| header.index_of(place).is_some())
            .filter_map(|(field, column)| {
                let target = column.refers_to?;
                let rule = rule_about(header, field, target)?;
                Some(Reference { field, target, rule, is_used: false })
            })
            .collect();
        self.last = vec![Last::default(); self.columns.len()];
        self.pending.clear();
    }

    pub(super) fn row(
        &mut self,
        here: Here<'_, '_>,
        registry: &Registry,
        history: Option<&History>,
        out: &mut Vec<Diagnostic>,
    ) -> Targets {
        let mut targets = [None; 2];
        let object = here.row.object();
        let columns = self.columns.iter_mut().zip(&mut self.last);
        for (order, (reference, last)) in columns.enumerate() {
            let Some(key) = here.row.filled(reference.field) else { continue };
            if reference.rule == &rules::PARENT_UNKNOWN && object == Object::Term && &*key == "NONE"
            {
                continue;
            }
            reference.is_used = true;
            if last.target.is_none() || last.text != key {
                let status = status_of(reference.target, &key, registry, history);
                last.text.replace_range(.., &key);
                last.target = Some(Target { key: number(key.as_bytes()), status });
            }
            if let Some(target) = targets.get_mut(order) {
                *target = last.target;
            }
            // Among records of one kind, what is known changes from row to row.
            let is_own_kind = reference.target == object;
            if is_own_kind && status_of(reference.target, &key, registry, history).is_some() {
                continue;
            }
            if !is_own_kind && last.target.is_some_and(|target| target.status.is_some()) {
                continue;
            }
            let Some(cell) = here.row.at(reference.field) else { continue };
            if reference.target == object {
                let own = object.keys().next().and_then(|field| object.field(field.name));
                let own = own.and_then(|(place, _)| here.row.filled(place));
                self.pending.push(Pending {
                    rule: reference.rule,
                    target: reference.target,
                    is_itself: own.as_ref() == Some(&key),
                    key: key.into_owned(),
                    place: (here.place)(cell.span()),
                });
            } else if is_known_kind(reference.target, registry, history) {
                let other = match reference.target {
                    Object::Course => Object::Organization,
                    _ => Object::Course,
                };
                let is_course = matches!(reference.target, Object::Course | Object::Organization);
                let is_other = is_course && status_of(other, &key, registry, history).is_some();
                let why = match (is_other, other) {
                    (true, Object::Organization) => "is an organization, not a course",
                    (true, _) => "is a course, not an organization",
                    (false, _) => "is in no file",
                };
                out.push(unknown(reference.rule, reference.target, &key, why).at(cell.span()));
            }
        }
        targets
    }

    pub(super) fn finish(
        &mut self,
        registry: &Registry,
        history: Option<&History>,
        files: &Files,
        out: &mut Vec<Diagnostic>,
        skipped: &mut Vec<Skipped>,
    ) {
        for pending in self.pending.drain(..) {
            let known = registry.get(pending.target, number(pending.key.as_bytes()));
            let why = match known {
                _ if pending.is_itself => "is the record itself".to_owned(),
                Some(known) => format!("comes after it ({})", files.name_of(known.spot)),
                None if is_known_elsewhere(pending.target, registry) => NOWHERE.to_owned(),
                None => {
                    let reason = "no other feed of the same kind was given";
                    if !skipped.contains(&(pending.rule, reason)) {
                        skipped.push((pending.rule, reason));
                    }
                    continue;
                }
            };
            out.push(located(
                unknown(pending.rule, pending.target, &pending.key, &why),
                pending.place,
            ));
        }
        for reference in &self.columns {
            let is_skipped =
                reference.is_used && !is_known_kind(reference.target, registry, history);
            let skip = (reference.rule, reason_without(reference.target));
            if is_skipped && !skipped.contains(&skip) {
                skipped.push(skip);
            }
        }
    }
}

/// What is said of a record of the same kind that nobody has seen: it may come in a feed behind this one, which is
/// too late.
pub(super) const NOWHERE: &str = "is in no feed up to this one";

/// Whether there was a feed of a kind, now or earlier.
fn is_known_kind(object: Object, registry: &Registry, history: Option<&History>) -> bool {
    registry.feeds(object) > 0 || history.is_some_and(|history| history.has(object))
}

/// Whether there was a feed of a kind besides the one at hand. An earlier load of the same feed knows no more than
/// this one.
pub(super) fn is_known_elsewhere(object: Object, registry: &Registry) -> bool {
    registry.has_others(object)
}

fn unknown(rule: &'static Rule, target: Object, key: &str, why: &str) -> Diagnostic {
    Diagnostic::new(rule)
        .word("object", target.singular())
        .data("key", key)
        .word("why", why.to_owned())
}

/// Why a rule about references to a kind could not run.
pub(super) fn reason_without(object: Object) -> &'static str {
    match object {
        Object::Person => "no feed of users was given",
        Object::Course => "no feed of courses was given",
        Object::Organization => "no feed of organizations was given",
        Object::Term => "no feed of terms was given",
        Object::Node => "no feed of nodes was given",
        Object::Subject => "no feed of subjects was given",
        Object::Program => "no feed of programs was given",
        _ => "no feed of categories was given",
    }
}

/// An observed person is a student, and who observes has the system role for it.
pub(super) fn observer_roles(here: Here<'_, '_>, registry: &Registry, out: &mut Vec<Diagnostic>) {
    let mut check = |field: observer::At, role: &'static str, expected: &'static str| {
        let (Some(cell), Some(key)) = (here.row.at(field), here.row.filled(field)) else { return };
        let Some(known) = registry.get(Object::Person, number(key.as_bytes())) else { return };
        let has = match field {
            observer::At::external_user_key => known.roles.is_student,
            _ => known.roles.is_observer,
        };
        if has == Some(false) {
            let finding = Diagnostic::new(&rules::OBSERVER_ROLES).at(cell.span());
            out.push(finding.data("key", &key).word("role", role).word("expected", expected));
        }
    };
    check(observer::At::external_user_key, "institution role", "Student");
    check(observer::At::external_observer_key, "system role", "observer");
}
