//! What an upload would do, before it is sent.

mod affected;
mod counts;
mod outcome;
mod seen;
mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use edu_diagnostics::keys::Keyed;

use crate::history::{Entry, History, Kind, Places, Sources, Stored};
use crate::object::{Object, Removal};
use crate::operation::Operation;
use crate::row::Row;
use crate::value::RowStatus;

pub use affected::Affected;
pub use counts::{Counts, DataSourceOutcome, Move, Share};
pub use outcome::Outcome;
use seen::{Listed, New, Seen};

pub(crate) use seen::Taken;

/// Finds out what an upload would do to what is in Learn.
///
/// It is shown each row of the feeds that are sent as one upload, in their order, and says at the end what becomes of
/// the records. Where a key stands in two rows the later one counts. Memory grows with the history and with what is
/// new, not with the feed.
///
/// A record counts as changed where the content of its row is other than before. A column that only one of the two
/// feeds has is a change of each row in which it holds something.
///
/// ```
/// use blackboard_sis::edu_diagnostics::Collector;
/// use blackboard_sis::edu_syntax::Decoded;
/// use blackboard_sis::{FeedReader, History, Object, Operation, Preview};
///
/// let header = "external_course_key|course_id|course_name\n";
/// let earlier = format!("{header}K1|2026_CHEM|Chemistry\nK2|2026_LAW|Law\n");
/// let later = format!("{header}K2|2026_LAW|Law\n");
/// let (reader, mut sink) = (FeedReader::new(), Collector::new());
/// let mut history = History::new();
/// history.add_text(&reader, &Decoded::new(earlier.as_bytes()), &mut sink);
///
/// let mut preview = Preview::new(Operation::Refresh, Object::Course, &history);
/// let decoded = Decoded::new(later.as_bytes());
/// let mut rows = reader.for_text(&decoded, &mut sink);
/// while let Some(row) = rows.next() {
///     preview.row(&row);
/// }
/// let outcome = preview.finish();
/// assert!(outcome.is_over_limit());
/// assert_eq!(outcome.affected().next().unwrap().label(), "Chemistry");
/// ```
pub struct Preview<'h> {
    operation: Operation,
    places: Places,
    history: &'h History,
    asked: Option<u32>,
    limit: f64,
    sources: Sources,
    /// What the rows say of each record of the history.
    seen: Vec<Seen>,
    /// What they say of records that are not in the history.
    new: Keyed<New>,
    /// The places of records by the keys that rows gave them.
    renamed: Keyed<usize>,
    /// The data sources that rows were sent for.
    sent: BTreeSet<u32>,
    rows: u64,
    without_key: u64,
    damaged: u64,
    not_found: BTreeMap<u32, u64>,
}

impl fmt::Debug for Preview<'_> {
    /// Its numbers, for the records are about people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preview")
            .field("operation", &self.operation)
            .field("object", &self.object())
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl<'h> Preview<'h> {
    /// Per cent of the enabled records that may be disabled or purged where nothing else is said.
    pub const DEFAULT_LIMIT: f64 = 5.0;

    /// A preview of sending feeds of a kind.
    pub fn new(operation: Operation, object: Object, history: &'h History) -> Self {
        let places = history.kind(object).map_or(0, Kind::places);
        Self {
            operation,
            places: Places::new(object),
            history,
            asked: None,
            limit: Self::DEFAULT_LIMIT,
            sources: history.sources().clone(),
            seen: vec![Seen::default(); places],
            new: Keyed::default(),
            renamed: Keyed::default(),
            sent: BTreeSet::new(),
            rows: 0,
            without_key: 0,
            damaged: 0,
            not_found: BTreeMap::new(),
        }
    }

    /// Says which data source key the integration is configured with: rows without one take it, and a refresh by
    /// data source is limited to it and to the keys of the rows.
    #[must_use]
    pub fn with_data_source(mut self, key: &str) -> Self {
        self.asked = Some(self.sources.keep(key.trim()));
        self
    }

    /// Says how many per cent of the enabled records may be disabled or purged, of all and of each data source: from 0
    /// to 100. What is below or above counts as the nearer of the two, and what is no number as 0.
    #[must_use]
    pub fn with_limit(self, percent: f64) -> Self {
        let limit = if percent.is_nan() { 0.0 } else { percent.clamp(0.0, 100.0) };
        Self { limit, ..self }
    }

    /// Takes up the next row. Rows of another kind are passed over.
    pub fn row(&mut self, row: &Row<'_>) {
        self.take(row);
    }

    /// The same; says whether Learn has to see the row for its records to be as the feed says.
    pub(crate) fn take(&mut self, row: &Row<'_>) -> Taken {
        if row.object() != self.object() {
            return Taken::Idle;
        }
        self.rows += 1;
        self.damaged += u64::from(row.is_damaged());
        let Some(entry) = self.places.entry(row) else {
            self.without_key += 1;
            return if row.is_damaged() { Taken::Damaged } else { Taken::Idle };
        };
        let found = self.found(&entry);
        if row.is_damaged() {
            if let Some((place, _)) = found
                && let Some(seen) = self.seen.get_mut(place)
            {
                seen.listed.get_or_insert(Listed::Damaged);
            }
            return Taken::Damaged;
        }
        let named = entry.source.as_ref().map(|source| self.sources.keep(source));
        let sent = named.or(self.asked).unwrap_or_else(|| self.source(&entry, found));
        self.sent.insert(sent);
        let after = entry.new_source.as_ref().map(|source| self.sources.keep(source));
        let source = after.unwrap_or(sent);
        let status = match self.operation {
            Operation::Delete => RowStatus::Deleted,
            _ => entry.status,
        };
        let is_needed = match found {
            Some((place, stored)) => {
                let is_other = stored.content != entry.content
                    || (stored.source != source && stored.source != 0);
                if self.operation != Operation::Delete
                    && is_other
                    && stored.is_known()
                    && cannot_be_updated(self.object())
                {
                    if let Some(seen) = self.seen.get_mut(place) {
                        seen.listed = Some(Listed::Refused);
                    }
                    return Taken::Refused;
                }
                let former = self.source(&entry, found);
                // What is not known cannot be another one.
                if former != 0
                    && former != sent
                    && let Some(seen) = self.seen.get_mut(place)
                {
                    seen.is_rekeyed = true;
                }
                self.take_known(place, stored, &entry, source, status)
            }
            None => self.take_new(&entry, source, status),
        };
        if is_needed { Taken::Needed } else { Taken::Idle }
    }

    pub(crate) fn operation(&self) -> Operation {
        self.operation
    }

    pub(crate) fn object(&self) -> Object {
        self.places.object()
    }

    /// The record of the history that a row is about; after a change of its key, by either.
    fn found(&self, entry: &Entry<'_>) -> Option<(usize, Stored)> {
        let numbers = [Some(entry.number()), entry.new_number()];
        numbers.into_iter().flatten().find_map(|number| self.at(number))
    }

    /// The record of the history that has a key, after the rows so far.
    fn at(&self, number: u64) -> Option<(usize, Stored)> {
        let kind = self.history.kind(self.object())?;
        if let Some(&place) = self.renamed.get(number) {
            return Some((place, *kind.stored(place)?));
        }
        let (place, stored) = kind.find(number)?;
        let is_renamed = self.seen.get(place).is_some_and(|seen| seen.is_renamed);
        (!is_renamed).then_some((place, *stored))
    }

    /// The data source that a record belongs to before a row.
    fn source(&self, entry: &Entry<'_>, found: Option<(usize, Stored)>) -> u32 {
        if let Some(new) = self.new.get(entry.number()) {
            return new.source;
        }
        let Some((place, stored)) = found else {
            return self.new.get(new_number(entry)).map_or(0, |new| new.source);
        };
        match self.seen.get(place) {
            Some(Seen { listed: Some(Listed::As { .. }), source, .. }) => *source,
            _ => stored.source,
        }
    }

    /// A row about a record of the history.
    fn take_known(
        &mut self,
        place: usize,
        stored: Stored,
        entry: &Entry<'_>,
        source: u32,
        status: RowStatus,
    ) -> bool {
        let is_stored = self.operation != Operation::Delete;
        let is_renamed = is_stored && self.rename(place, entry);
        let Some(seen) = self.seen.get_mut(place) else { return false };
        let is_renamed = is_renamed || seen.is_renamed;
        let has_changed = is_stored && (stored.content != entry.content || is_renamed);
        seen.source = if is_stored { source } else { stored.source };
        seen.listed = Some(Listed::As { status, has_changed });
        seen.is_changed |= has_changed || stored.source != source || stored.status != status;
        seen.is_changed
    }

    /// Gives a record the key that a row says, if that is another one; says whether it is.
    fn rename(&mut self, place: usize, entry: &Entry<'_>) -> bool {
        let (number, Some(new)) = (entry.number(), entry.new_number()) else { return false };
        if self.at(number).is_none_or(|(held, _)| held != place) {
            // It has the key already, unless another record that came with this feed gets it.
            return self.new.remove(number).is_some();
        }
        if let Some((other, _)) = self.at(new)
            && let Some(seen) = self.seen.get_mut(other)
        {
            // Two records with one key: what becomes of the other one, nobody knows.
            seen.listed.get_or_insert(Listed::Unknown);
            seen.is_changed = true;
        }
        self.new.remove(new);
        self.renamed.remove(number);
        self.renamed.insert(new, place);
        if let Some(seen) = self.seen.get_mut(place) {
            seen.is_renamed = true;
        }
        true
    }

    /// A row about a record that is not there.
    fn take_new(&mut self, entry: &Entry<'_>, source: u32, status: RowStatus) -> bool {
        let number = new_number(entry);
        let was_new = entry.new_key.is_some() && self.new.remove(entry.number()).is_some();
        // What is deleted may have come in with an earlier row.
        if status != RowStatus::Deleted || was_new || self.new.get(number).is_some() {
            self.new.insert(number, New { source, status });
            return true;
        }
        *self.not_found.entry(source).or_default() += 1;
        false
    }

    /// What becomes of the records.
    pub fn finish(self) -> Outcome<'h> {
        Outcome::new(&self)
    }

    /// Whether records of a data source that no row lists are removed.
    fn sweeps(&self, source: u32) -> bool {
        match self.operation {
            Operation::Store | Operation::Delete => false,
            Operation::Refresh => true,
            Operation::RefreshByDataSource => {
                self.asked == Some(source) || self.sent.contains(&source)
            }
        }
    }

    /// Whether it is known which data sources are swept.
    fn has_scope(&self) -> bool {
        self.operation != Operation::RefreshByDataSource
            || self.asked.is_some()
            || !self.sent.is_empty()
    }

    /// What becomes of a record that is deleted.
    fn removal(&self) -> Removal {
        self.object().removal()
    }
}

/// The number of the key that a record would be inserted with.
fn new_number(entry: &Entry<'_>) -> u64 {
    entry.new_number().unwrap_or_else(|| entry.number())
}

/// Whether rows of a kind can be inserted and deleted, but not updated.
fn cannot_be_updated(object: Object) -> bool {
    matches!(object, Object::ProgramSubject | Object::SubjectCourse | Object::SubjectOrganization)
}

#[cfg(test)]
mod tests;
