//! The keys of all records so far.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use edu_diagnostics::keys::{Keyed, number};
use edu_diagnostics::{Diagnostic, Place, Span};

use super::Here;
use crate::fields::person;
use crate::history::History;
use crate::object::Object;
use crate::row::Row;
use crate::value::{RowStatus, SystemRole};

/// A place in one of the feeds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) place: Place,
    /// Number of the feed, from 1.
    pub(super) file: u32,
}

/// What is known of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) spot: Spot,
    pub(super) status: RowStatus,
    pub(super) roles: Roles,
    /// Its row is damaged: nothing but the key is sure.
    pub(super) is_damaged: bool,
    /// It has been said that its key is there again.
    pub(super) is_said: bool,
}

/// What the rules about observers have to know of a person; `None` where the feed does not say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Roles {
    pub(super) is_student: Option<bool>,
    pub(super) is_observer: Option<bool>,
}

/// The keys of all records so far, by kind. Enrolments are not among them.
#[derive(Debug, Default)]
pub(super) struct Registry {
    kinds: BTreeMap<Object, Kind>,
}

#[derive(Debug, Default)]
struct Kind {
    /// How many feeds there were, and how many there will have been.
    feeds: usize,
    expected: usize,
    /// The numbers of the records. Most look-ups need no more, and small entries are in reach of the processor.
    slots: Keyed<Slot>,
    records: Vec<Known>,
}

/// The number of a record, and its status.
#[derive(Debug, Clone, Copy)]
struct Slot(u32);

const STATUS_BITS: u32 = 2;

impl Slot {
    fn new(index: usize, status: RowStatus) -> Self {
        let most = u32::MAX >> STATUS_BITS;
        let index = u32::try_from(index).map_or(most, |index| index.min(most));
        Self(index << STATUS_BITS | status as u32)
    }

    fn index(self) -> usize {
        usize::try_from(self.0 >> STATUS_BITS).unwrap_or(usize::MAX)
    }

    fn status(self) -> RowStatus {
        let is = |status: &RowStatus| *status as u32 == self.0 & ((1 << STATUS_BITS) - 1);
        [RowStatus::Enabled, RowStatus::Disabled, RowStatus::Deleted]
            .into_iter()
            .find(is)
            .unwrap_or(RowStatus::Enabled)
    }
}

/// The number of two keys together.
pub(super) fn pair(one: u64, other: u64) -> u64 {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&one.to_le_bytes());
    bytes[8..].copy_from_slice(&other.to_le_bytes());
    number(&bytes)
}

/// The number of a row's key, with the span of its first part and its text; `None` where a part is empty.
pub(super) fn key_of<'r>(row: &Row<'r>) -> Option<(u64, Span, Cow<'r, str>)> {
    let mut parts = row.object().fields().iter().enumerate().filter(|(_, field)| field.is_key());
    let (first, _) = parts.next()?;
    let (span, text) = (row.at(first)?.span(), row.filled(first)?);
    let key = number(text.as_bytes());
    Some(match parts.next() {
        Some((second, _)) => {
            let other = row.filled(second)?;
            (pair(key, number(other.as_bytes())), span, Cow::Owned(format!("{text} {other}")))
        }
        None => (key, span, text),
    })
}

/// A finding at a place in the original bytes.
pub(super) fn located(finding: Diagnostic, place: Place) -> Diagnostic {
    Diagnostic { span: Some(place.span()), position: Some(place.position()), ..finding }
}

impl Registry {
    /// Begins a feed of a kind.
    pub(super) fn begin(&mut self, object: Object) {
        self.kinds.entry(object).or_default().feeds += 1;
    }

    /// Says that there will be so many feeds of a kind.
    pub(super) fn expect(&mut self, object: Object, feeds: usize) {
        self.kinds.entry(object).or_default().expected = feeds;
    }

    /// Whether there was a feed of a kind besides the one at hand, or will be.
    pub(super) fn has_others(&self, object: Object) -> bool {
        self.kinds.get(&object).is_some_and(|kind| kind.feeds.max(kind.expected) > 1)
    }

    /// How many feeds of a kind there were, with the one at hand.
    pub(super) fn feeds(&self, object: Object) -> usize {
        self.kinds.get(&object).map_or(0, |kind| kind.feeds)
    }

    pub(super) fn get(&self, object: Object, key: u64) -> Option<&Known> {
        let kind = self.kinds.get(&object)?;
        kind.records.get(kind.slots.get(key)?.index())
    }

    /// The status of a record that is there.
    pub(super) fn status(&self, object: Object, key: u64) -> Option<RowStatus> {
        Some(self.kinds.get(&object)?.slots.get(key)?.status())
    }

    /// A record that is there.
    pub(super) fn get_mut(&mut self, object: Object, key: u64) -> Option<&mut Known> {
        let kind = self.kinds.get_mut(&object)?;
        kind.records.get_mut(kind.slots.get(key)?.index())
    }

    /// Puts a record at a key.
    pub(super) fn put(&mut self, object: Object, key: u64, known: Known) {
        let kind = self.kinds.entry(object).or_default();
        match kind.slots.entry(key) {
            Entry::Vacant(vacant) => {
                vacant.insert(Slot::new(kind.records.len(), known.status));
                kind.records.push(known);
            }
            Entry::Occupied(mut occupied) => {
                let index = occupied.get().index();
                occupied.insert(Slot::new(index, known.status));
                if let Some(record) = kind.records.get_mut(index) {
                    *record = known;
                }
            }
        }
    }

    /// Gives a record another key.
    pub(super) fn rename(&mut self, object: Object, old: u64, new: u64) {
        let Some(kind) = self.kinds.get_mut(&object) else { return };
        if let Some(slot) = kind.slots.remove(old) {
            kind.slots.insert(new, slot);
        }
    }

    /// Notes the key of a damaged row, so that what refers to it is not reported as well.
    pub(super) fn note_damaged(&mut self, here: Here<'_, '_>) {
        if is_enrolment(here.row.object()) {
            return;
        }
        if let Some((key, span, _)) = key_of(here.row)
            && self.get(here.row.object(), key).is_none()
        {
            self.put(here.row.object(), key, Known::new(here, span, true));
        }
    }
}

fn is_enrolment(object: Object) -> bool {
    matches!(object, Object::Membership | Object::OrganizationMembership)
}

impl Known {
    pub(super) fn new(here: Here<'_, '_>, span: Span, is_damaged: bool) -> Self {
        let row = here.row;
        let is_person = row.object() == Object::Person;
        Self {
            spot: here.spot(span),
            status: if is_damaged { RowStatus::Enabled } else { status(row) },
            roles: if is_person && !is_damaged { Roles::of(row) } else { Roles::default() },
            is_damaged,
            is_said: false,
        }
    }
}

impl Roles {
    fn of(row: &Row<'_>) -> Self {
        let institution = row.filled(person::At::institution_role);
        let is_student = institution.map(|role| role.eq_ignore_ascii_case("student"));
        let system = row.at(person::At::system_role);
        let is_observer =
            system.map(|cell| SystemRole::parse(&cell.value()) == Some(SystemRole::Observer));
        Self { is_student, is_observer }
    }
}

/// The status that a row gives its record: every operation but one enables it, unless the row says otherwise.
pub(super) fn status(row: &Row<'_>) -> RowStatus {
    let place = row.object().field("row_status").map(|(place, _)| place);
    place
        .and_then(|place| row.at(place))
        .and_then(|cell| RowStatus::parse(&cell.value()))
        .unwrap_or(RowStatus::Enabled)
}

/// Whether a record of a kind is there already, in this load or from an earlier one, and with which status.
pub(super) fn status_of(
    object: Object,
    text: &str,
    registry: &Registry,
    history: Option<&History>,
) -> Option<RowStatus> {
    let status = registry.status(object, number(text.as_bytes()));
    status.or_else(|| history?.get(object, text).map(|earlier| earlier.status))
}
