//! The records of one kind.

use edu_diagnostics::keys::Keyed;

use super::entry::Entry;
use super::texts::Texts;
use super::{Sources, key_number};
use crate::object::{Object, Removal};
use crate::row::Row;
use crate::value::RowStatus;

/// The records of one kind, in the order in which they came.
#[derive(Clone)]
pub(crate) struct Kind {
    records: Vec<Stored>,
    by_key: Keyed<u32>,
    /// The columns whose values are kept, with their places.
    columns: Vec<(&'static str, usize)>,
    /// The values of each record in these columns.
    texts: Vec<u32>,
}

/// The content of a record of which no row is known: that of no row.
const UNKNOWN: u64 = u64::MAX;

/// A record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stored {
    pub(crate) keys: [u32; 2],
    pub(crate) source: u32,
    /// A deleted record is not there any more; its place stays.
    pub(crate) status: RowStatus,
    pub(crate) content: u64,
}

impl Stored {
    /// Whether a row that Learn takes said what is in it.
    pub(crate) fn is_known(&self) -> bool {
        self.content != UNKNOWN
    }
}

/// The columns whose values are kept, the one that people know a record by in front: what other rules and reports
/// need, not what can be sent again.
fn kept(object: Object) -> &'static [&'static str] {
    match object {
        Object::Person => {
            &["user_id", "firstname", "lastname", "email", "inst_email", "student_id", "birthdate"]
        }
        Object::Course => &["course_name", "course_id", "parent_course_key"],
        Object::Organization => &["organization_name", "organization_id", "parent_course_key"],
        Object::Term | Object::Node => &["name"],
        Object::CourseCategory | Object::OrganizationCategory => &["title"],
        Object::Subject => &["subject_name"],
        Object::Program => &["program_name"],
        _ => &[],
    }
}

impl Kind {
    pub(super) fn new(object: Object) -> Self {
        let columns = kept(object).iter().filter_map(|&name| {
            let (place, _) = object.field(name)?;
            Some((name, place))
        });
        Self {
            records: Vec::new(),
            by_key: Keyed::default(),
            columns: columns.collect(),
            texts: Vec::new(),
        }
    }

    /// Takes up what a row says that was sent for a data source; the place of its record. A text whose column is absent
    /// stays as it was.
    pub(super) fn put(
        &mut self,
        entry: &Entry<'_>,
        row: &Row<'_>,
        texts: &mut Texts,
        sources: &mut Sources,
        sent: u32,
    ) -> usize {
        let former = self.find_entry(entry).map(|(place, _)| place);
        let mut keys = [&*entry.keys[0], &*entry.keys[1]];
        if let Some(new) = &entry.new_key {
            keys[0] = new;
            if let Some(old) = former.and_then(|place| self.records.get_mut(place)) {
                old.status = RowStatus::Deleted;
            }
        }
        let place = self.place(key_number(keys));
        let source = entry.new_source.as_ref().map_or(sent, |source| sources.keep(source));
        let Some(stored) = self.records.get_mut(place) else { return place };
        *stored = Stored {
            keys: keys.map(|key| texts.keep(key)),
            source,
            status: entry.status,
            content: entry.content,
        };
        let width = self.columns.len();
        for (number, &(_, field)) in self.columns.iter().enumerate() {
            let text = if row.header().index_of(field).is_some() {
                row.filled(field).map_or(0, |value| texts.keep(&value))
            } else {
                former
                    .and_then(|place| self.texts.get(place * width + number))
                    .copied()
                    .unwrap_or(0)
            };
            if let Some(kept) = self.texts.get_mut(place * width + number) {
                *kept = text;
            }
        }
        if entry.new_key.is_some() && former.is_none() {
            self.put_former(entry.number(), place);
        }
        place
    }

    /// Takes up that the record at a place had another key before: nobody else may be given it.
    fn put_former(&mut self, number: u64, place: usize) {
        let former = self.place(number);
        let width = self.columns.len();
        if former != place {
            self.texts.copy_within(place * width..(place + 1) * width, former * width);
        }
    }

    /// Takes up that a record is there of which nothing but the key is known; its place.
    pub(super) fn put_key(&mut self, entry: &Entry<'_>, texts: &mut Texts) -> usize {
        let place = self.place(entry.number());
        if let Some(stored) = self.records.get_mut(place) {
            *stored = Stored {
                keys: [&entry.keys[0], &entry.keys[1]].map(|key| texts.keep(key)),
                source: 0,
                status: RowStatus::Enabled,
                content: UNKNOWN,
            };
        }
        let width = self.columns.len();
        if let Some(kept) = self.texts.get_mut(place * width..(place + 1) * width) {
            kept.fill(0);
        }
        place
    }

    /// Takes a record away; one that was deleted stays so.
    pub(super) fn remove(&mut self, place: usize, removal: Removal) {
        let stored = self.records.get_mut(place);
        if let Some(stored) = stored.filter(|stored| stored.status != RowStatus::Deleted) {
            stored.status = match removal {
                Removal::Disable => RowStatus::Disabled,
                Removal::Purge => RowStatus::Deleted,
            };
        }
    }

    /// The place for a record, which may be new.
    fn place(&mut self, number: u64) -> usize {
        let next = self.records.len();
        let id = u32::try_from(next).unwrap_or(u32::MAX);
        let place = *self.by_key.entry(number).or_insert(id);
        let place = usize::try_from(place).unwrap_or(next);
        if place == next {
            self.records.push(Stored {
                keys: [0; 2],
                source: 0,
                status: RowStatus::Deleted,
                content: 0,
            });
            self.texts.resize(self.records.len() * self.columns.len(), 0);
        }
        place
    }

    /// The place of a record with a key, be it that the record is gone or has another key now.
    pub(super) fn find_former(&self, number: u64) -> Option<usize> {
        usize::try_from(*self.by_key.get(number)?).ok()
    }

    /// The record with a key that is there, and its place.
    pub(crate) fn find(&self, number: u64) -> Option<(usize, &Stored)> {
        let place = usize::try_from(*self.by_key.get(number)?).ok()?;
        let stored = self.records.get(place)?;
        (stored.status != RowStatus::Deleted).then_some((place, stored))
    }

    /// The record that a row is about; after a change of its key, by either.
    pub(super) fn find_entry(&self, entry: &Entry<'_>) -> Option<(usize, &Stored)> {
        self.find(entry.number()).or_else(|| self.find(entry.new_number()?))
    }

    pub(crate) fn stored(&self, place: usize) -> Option<&Stored> {
        self.records.get(place)
    }

    /// How many places there are.
    pub(crate) fn places(&self) -> usize {
        self.records.len()
    }

    /// The records that are there, with their places.
    pub(crate) fn records(&self) -> impl Iterator<Item = (usize, &Stored)> {
        let records = self.records.iter().enumerate();
        records.filter(|(_, stored)| stored.status != RowStatus::Deleted)
    }

    /// The number of a text that is kept of a record.
    pub(super) fn text(&self, place: usize, name: &str) -> u32 {
        let number = self.columns.iter().position(|(kept, _)| *kept == name);
        number.map_or(0, |number| self.nth_text(place, number))
    }

    /// The number of the text that people know a record by.
    pub(super) fn label(&self, place: usize) -> u32 {
        self.nth_text(place, 0)
    }

    fn nth_text(&self, place: usize, number: usize) -> u32 {
        let width = self.columns.len();
        if number >= width {
            return 0;
        }
        self.texts.get(place * width + number).copied().unwrap_or(0)
    }
}
