//! Persons in courses: once each, and in one course of a family.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use edu_diagnostics::{Diagnostic, Place};

use super::courses::Courses;
use super::references::Targets;
use super::registry::{Spot, located, pair, status};
use super::{Files, Here, rules};
use crate::object::Object;
use crate::value::RowStatus;

/// In how many parts the enrolments of a feed are kept: each grows by itself, and little memory is asked for that
/// is not used.
const PARTS: usize = 256;

/// The enrolments so far.
#[derive(Debug, Default)]
pub(super) struct Enrolments {
    /// Those of earlier feeds, sorted, from the most to the fewest: each has more than twice as many as the next, so
    /// that there are few, however many feeds there were.
    earlier: Vec<Parts>,
    current: Parts,
}

/// Enrolments in parts, by their highest bits.
#[derive(Debug, Default)]
struct Parts {
    parts: Vec<Vec<Enrolment>>,
    len: usize,
}

/// A person in a course, in 32 bytes.
#[derive(Debug, Clone, Copy)]
struct Enrolment {
    /// The number of the person in the course, or in the family that the course belongs to.
    pair: u64,
    place: Place,
    /// Which course of all families it is, 0 where it is of none; the highest bit says that the enrolment counts.
    course: u32,
    file: u32,
}

const ACTIVE: u32 = 1 << 31;

impl Enrolment {
    fn course(&self) -> u32 {
        self.course & !ACTIVE
    }

    fn is_active(&self) -> bool {
        self.course & ACTIVE != 0
    }

    /// Its place among all, which decides what becomes of the person in the course: the last row wins.
    fn order(&self) -> (u32, u64) {
        (self.file, self.place.position().line)
    }

    fn spot(&self) -> Spot {
        Spot { place: self.place, file: self.file }
    }
}

impl Parts {
    fn push(&mut self, enrolment: Enrolment) {
        if self.parts.is_empty() {
            self.parts.resize_with(PARTS, Vec::new);
        }
        let part = &mut self.parts[part_of(enrolment.pair)];
        if part.len() == part.capacity() {
            part.reserve_exact(part.len() / 4 + 16);
        }
        part.push(enrolment);
        self.len += 1;
    }

    fn sort(&mut self) {
        for part in &mut self.parts {
            part.sort_unstable_by(|one, other| {
                one.pair.cmp(&other.pair).then_with(|| one.order().cmp(&other.order()))
            });
        }
    }

    /// Takes in other ones, and is sorted.
    fn merge(&mut self, other: Self) {
        for (part, mut others) in self.parts.iter_mut().zip(other.parts) {
            part.reserve_exact(others.len());
            part.append(&mut others);
        }
        self.len += other.len;
        self.sort();
    }

    /// The enrolments of a person in a course or a family, where all are sorted.
    fn of(&self, pair: u64) -> &[Enrolment] {
        let Some(part) = self.parts.get(part_of(pair)) else { return &[] };
        let start = part.partition_point(|enrolment| enrolment.pair < pair);
        let count = part[start..].iter().take_while(|enrolment| enrolment.pair == pair).count();
        &part[start..start + count]
    }
}

fn part_of(pair: u64) -> usize {
    usize::from(pair.to_be_bytes()[0]) % PARTS
}

impl Enrolments {
    /// Begins a feed.
    pub(super) fn begin(&mut self) {
        self.current = Parts::default();
    }

    pub(super) fn row(
        &mut self,
        here: Here<'_, '_>,
        targets: Targets,
        courses: &Courses,
        out: &mut Vec<Diagnostic>,
    ) {
        let [Some(course), Some(person)] = targets else { return };
        let is_active = status(here.row) == RowStatus::Enabled;
        let is_open = course.status.is_none_or(|status| status == RowStatus::Enabled);
        let family = courses.family(course.key);
        let number = family.map_or(0, |member| member.number & !ACTIVE);
        self.current.push(Enrolment {
            pair: pair(family.map_or(course.key, |member| member.family), person.key),
            place: (here.place)(here.row.span()),
            course: number | if is_active && is_open { ACTIVE } else { 0 },
            file: here.file,
        });
        if !is_active {
            return;
        }
        for (target, field) in [course, person].into_iter().zip(here.row.object().keys()) {
            let Some(status) = target.status.filter(|&status| status != RowStatus::Enabled) else {
                continue;
            };
            let place = here.row.object().field(field.name).map_or(0, |(place, _)| place);
            if let (Some(cell), Some(key)) = (here.row.at(place), here.row.filled(place)) {
                let finding = Diagnostic::new(&rules::ENROLMENT_OF_DISABLED).at(cell.span());
                let object = field.refers_to.map_or("", Object::singular);
                let finding = finding.word("object", object).data("key", &key);
                out.push(finding.word("status", status.as_str()));
            }
        }
    }

    pub(super) fn finish(&mut self, courses: &Courses, files: &Files, out: &mut Vec<Diagnostic>) {
        let mut feed = std::mem::take(&mut self.current);
        feed.sort();
        for part in &feed.parts {
            for group in part.chunk_by(|one, other| one.pair == other.pair) {
                self.check(group, courses, files, out);
            }
        }
        while let Some(last) = self.earlier.pop_if(|last| last.len <= 2 * feed.len) {
            feed.merge(last);
        }
        if feed.len > 0 {
            self.earlier.push(feed);
        }
    }

    /// Checks the enrolments of one person in one course or family: against each other, and against those of
    /// earlier feeds.
    fn check(
        &self,
        group: &[Enrolment],
        courses: &Courses,
        files: &Files,
        out: &mut Vec<Diagnostic>,
    ) {
        let [first, ..] = group else { return };
        let earlier = || self.earlier.iter().flat_map(|feed| feed.of(first.pair));
        if group.len() == 1 && earlier().next().is_none() {
            return;
        }
        let mut all: Vec<_> = earlier().copied().collect();
        all.sort_unstable_by_key(Enrolment::order);
        let own = all.len();
        all.extend_from_slice(group);
        let firsts = Firsts::of(&all);
        for (number, enrolment) in all.iter().enumerate().skip(own) {
            let mut say = |finding: Diagnostic, other: &Enrolment| {
                let place = files.name_of(other.spot());
                out.push(located(finding.word("where", place), enrolment.place));
            };
            if let Some(other) = firsts.same(enrolment, number) {
                say(Diagnostic::new(&rules::ENROLMENT_TWICE), &all[other]);
            }
            if let Some(other) = firsts.beside(enrolment, number) {
                let course = courses.name(all[other].course());
                say(
                    Diagnostic::new(&rules::ENROLLED_IN_FAMILY).data("course", course),
                    &all[other],
                );
            }
        }
    }
}

/// Which enrolments of a group others are held against: the first ones. A group can be a million rows.
struct Firsts {
    of_course: HashMap<u32, OfCourse>,
    /// The first course of the family in which the person ends up active, and the next one.
    active: [Option<usize>; 2],
}

/// The enrolments in one course, by their numbers in the group.
struct OfCourse {
    first: usize,
    second: Option<usize>,
    last: usize,
}

impl Firsts {
    fn of(all: &[Enrolment]) -> Self {
        let mut of_course: HashMap<u32, OfCourse> = HashMap::new();
        for (number, enrolment) in all.iter().enumerate() {
            match of_course.entry(enrolment.course()) {
                Entry::Vacant(vacant) => {
                    vacant.insert(OfCourse { first: number, second: None, last: number });
                }
                Entry::Occupied(mut occupied) => {
                    occupied.get_mut().second.get_or_insert(number);
                    occupied.get_mut().last = number;
                }
            }
        }
        // A course that was in no family when its enrolments were read is not known by a number.
        let lasts = of_course.iter().filter(|(course, _)| **course > 0).map(|(_, of)| of.last);
        let mut active: Vec<_> = lasts.filter(|&last| all[last].is_active()).collect();
        active.sort_unstable();
        let active = [active.first().copied(), active.get(1).copied()];
        Self { of_course, active }
    }

    /// Another enrolment in the same course.
    fn same(&self, enrolment: &Enrolment, number: usize) -> Option<usize> {
        let of = self.of_course.get(&enrolment.course())?;
        if of.first == number { of.second } else { Some(of.first) }
    }

    /// Where else in the family the person ends up active, for an enrolment that leaves the person so too.
    fn beside(&self, enrolment: &Enrolment, number: usize) -> Option<usize> {
        let of = self.of_course.get(&enrolment.course())?;
        let counts = of.last == number && enrolment.is_active() && enrolment.course() > 0;
        self.active.into_iter().flatten().find(|&other| counts && other != number)
    }
}
