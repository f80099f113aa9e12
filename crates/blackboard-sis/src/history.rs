//! What earlier loads have left in Learn.

mod entry;
mod kind;
mod sources;
mod texts;
mod upload;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead};

use edu_diagnostics::Sink;
use edu_syntax::Decoded;

use crate::object::Object;
use crate::operation::Operation;
use crate::read::{FeedReader, Front};
use crate::row::Row;
use crate::value::RowStatus;

pub(crate) use entry::{Entry, Places, key_number};
pub(crate) use kind::{Kind, Stored};
pub(crate) use sources::Sources;
use texts::Texts;
use upload::Upload;

/// What earlier loads have left in Learn: the records of each kind by their keys, with their data source, their
/// status, and a number that tells whether a row has changed.
///
/// Feeds are added in the order in which they were loaded: of two rows with one key the later one counts. A feed counts
/// as one of the store operation, which takes nothing away, unless [`add_text_of`](Self::add_text_of) or
/// [`add_reader_of`](Self::add_reader_of) says what it was sent for: one of the delete operation added as any other
/// would bring back what it deleted.
///
/// A record has the content of its last row, with no more: a column that only one of two feeds has counts as a change
/// of each row in which it holds something.
///
/// ```
/// use blackboard_sis::edu_diagnostics::Collector;
/// use blackboard_sis::edu_syntax::Decoded;
/// use blackboard_sis::{FeedReader, History, Object};
///
/// let text = b"external_course_key|course_id|course_name\nK1|2026_CHEM|Chemistry\n";
/// let mut history = History::new();
/// let object = history.add_text(&FeedReader::new(), &Decoded::new(text), &mut Collector::new());
/// assert_eq!(object, Some(Object::Course));
/// ```
#[derive(Clone, Default)]
pub struct History {
    texts: Texts,
    sources: Sources,
    /// The data source key that the integration is configured with.
    configured: Option<u32>,
    kinds: BTreeMap<Object, Kind>,
}

/// A record of an earlier load.
#[derive(Clone, Copy)]
pub(crate) struct Earlier<'h> {
    pub(crate) status: RowStatus,
    /// The id of a course as it was; empty for other kinds.
    pub(crate) course_id: &'h str,
}

/// What tells one person from another.
#[derive(Clone, Copy)]
pub(crate) struct Identity<'h> {
    pub(crate) user_id: &'h str,
    pub(crate) firstname: &'h str,
    pub(crate) lastname: &'h str,
    pub(crate) email: &'h str,
    pub(crate) inst_email: &'h str,
    pub(crate) student_id: &'h str,
    pub(crate) birthdate: &'h str,
}

impl fmt::Debug for History {
    /// The numbers of records, for they are about people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("History");
        for (object, records) in self.objects() {
            shown.field(object.slug(), &records);
        }
        shown.finish_non_exhaustive()
    }
}

impl History {
    /// Nothing has been loaded.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says which data source key the integration is configured with: rows of the feeds from now on that have none
    /// take it, and a refresh by data source was limited to it and to the keys of its rows.
    #[must_use]
    pub fn with_data_source(mut self, key: &str) -> Self {
        self.configured = Some(self.sources.keep(key.trim()));
        self
    }

    /// Adds a feed that was stored; says what its rows are about, where that is known. What is wrong with the file
    /// goes to the sink; its values are not checked. Of a damaged row no more counts than that its record is there.
    pub fn add_text(
        &mut self,
        reader: &FeedReader,
        text: &Decoded<'_>,
        sink: &mut dyn Sink,
    ) -> Option<Object> {
        self.add_text_of(Operation::Store, reader, text, sink)
    }

    /// The same of a stream.
    ///
    /// # Errors
    ///
    /// When the input cannot be read; what was read before stays.
    pub fn add_reader<R: BufRead>(
        &mut self,
        reader: &FeedReader,
        input: R,
        sink: &mut dyn Sink,
    ) -> io::Result<Option<Object>> {
        self.add_reader_of(Operation::Store, reader, input, sink)
    }

    /// Adds a feed that was sent for an operation: what one of the delete operation lists, and what a refresh leaves
    /// out, is disabled from then on, or gone.
    pub fn add_text_of(
        &mut self,
        operation: Operation,
        reader: &FeedReader,
        text: &Decoded<'_>,
        sink: &mut dyn Sink,
    ) -> Option<Object> {
        // A text that is there is read without fail.
        self.add(operation, reader.for_text(text, sink)).unwrap_or(None)
    }

    /// The same of a stream.
    ///
    /// # Errors
    ///
    /// When the input cannot be read; what was read before stays, and nothing is taken as left out.
    pub fn add_reader_of<R: BufRead>(
        &mut self,
        operation: Operation,
        reader: &FeedReader,
        input: R,
        sink: &mut dyn Sink,
    ) -> io::Result<Option<Object>> {
        self.add(operation, reader.for_reader(input, sink))
    }

    /// The kinds of which a feed was added, each with the number of its records that are there.
    pub fn objects(&self) -> impl Iterator<Item = (Object, u64)> {
        self.kinds.iter().map(|(&object, kind)| (object, kind.records().count() as u64))
    }

    fn add<'s, F: Front<'s>>(
        &mut self,
        operation: Operation,
        mut rows: F,
    ) -> io::Result<Option<Object>> {
        let mut upload = Upload::new(operation);
        let mut places: Option<Places> = None;
        while rows.advance()? {
            let (session, source) = rows.parts();
            if let Some(row) = session.row(source) {
                let places = places.get_or_insert_with(|| Places::new(row.object()));
                self.add_row(&mut upload, places, &row);
            }
        }
        let (session, _) = rows.parts();
        let object = session.object();
        if let Some(object) = object {
            let kind = self.kinds.entry(object).or_insert_with(|| Kind::new(object));
            upload.finish(kind, object.removal(), self.configured);
        }
        Ok(object)
    }

    fn add_row(&mut self, upload: &mut Upload, places: &Places, row: &Row<'_>) {
        let Some(entry) = places.entry(row) else { return };
        let Self { texts, sources, configured, kinds } = self;
        let kind = kinds.entry(places.object()).or_insert_with(|| Kind::new(places.object()));
        if upload.operation() == Operation::Delete {
            let found = kind.find(entry.number()).map(|(place, _)| place);
            if let Some(place) = found.filter(|_| !row.is_damaged()) {
                kind.remove(place, places.object().removal());
            }
            return;
        }
        let known = kind.find_entry(&entry).map(|(place, stored)| (place, stored.source));
        // Learn does not take a damaged row, and its cells may be those of other columns: what is known stays, and of
        // what is not known it says that it was meant to be there.
        let place = match known {
            Some((place, _)) if row.is_damaged() => place,
            None if row.is_damaged() => kind.put_key(&entry, texts),
            _ => {
                let named = entry.source.as_ref().map(|source| sources.keep(source));
                let former = || known.map_or(0, |(_, source)| source);
                let sent = named.or(*configured).unwrap_or_else(former);
                upload.sent(sent);
                kind.put(&entry, row, texts, sources, sent)
            }
        };
        upload.listed(place);
    }

    /// Whether any feed of a kind was added.
    pub(crate) fn has(&self, object: Object) -> bool {
        self.kinds.contains_key(&object)
    }

    /// The record of a kind with one key, given without white space around it.
    pub(crate) fn get(&self, object: Object, key: &str) -> Option<Earlier<'_>> {
        let kind = self.kinds.get(&object)?;
        let (place, stored) = kind.find(key_number([key, ""]))?;
        Some(Earlier {
            status: stored.status,
            course_id: match object {
                Object::Course => self.texts.get(kind.text(place, "course_id")),
                Object::Organization => self.texts.get(kind.text(place, "organization_id")),
                _ => "",
            },
        })
    }

    /// Who had a person key last, be it that the person is gone or has another key now.
    pub(crate) fn person(&self, key: &str) -> Option<Identity<'_>> {
        let kind = self.kinds.get(&Object::Person)?;
        let place = kind.find_former(key_number([key, ""]))?;
        let text = |name| self.texts.get(kind.text(place, name));
        Some(Identity {
            user_id: text("user_id"),
            firstname: text("firstname"),
            lastname: text("lastname"),
            email: text("email"),
            inst_email: text("inst_email"),
            student_id: text("student_id"),
            birthdate: text("birthdate"),
        })
    }

    /// The courses or organizations with a parent, by their keys.
    pub(crate) fn children(&self, object: Object) -> impl Iterator<Item = (&str, &str)> {
        let kind = self.kinds.get(&object).into_iter();
        kind.flat_map(|kind| kind.records().map(move |(place, stored)| (kind, place, stored)))
            .map(|(kind, place, stored)| {
                let parent = self.texts.get(kind.text(place, "parent_course_key"));
                (self.keys(stored)[0], parent)
            })
            .filter(|(_, parent)| !parent.is_empty())
    }

    /// Whether a record has, or had, this data source key.
    pub(crate) fn has_source(&self, data_source_key: &str) -> bool {
        self.sources.has(data_source_key)
    }

    pub(crate) fn sources(&self) -> &Sources {
        &self.sources
    }

    pub(crate) fn kind(&self, object: Object) -> Option<&Kind> {
        self.kinds.get(&object)
    }

    /// The key or keys of a record; the second is empty where there is one.
    pub(crate) fn keys(&self, stored: &Stored) -> [&str; 2] {
        stored.keys.map(|key| self.texts.get(key))
    }

    /// What people call a record: the name of a person or a course; empty where no feed said it.
    pub(crate) fn label(&self, object: Object, place: usize) -> String {
        let Some(kind) = self.kinds.get(&object) else { return String::new() };
        let Some(stored) = kind.stored(place) else { return String::new() };
        let [first, second] = self.keys(stored);
        let of = |object, key: &str| {
            let (place, _) = self.kinds.get(&object)?.find(key_number([key, ""]))?;
            Some(self.label(object, place)).filter(|label| !label.is_empty())
        };
        match object {
            Object::Membership | Object::OrganizationMembership => {
                let course = if object == Object::Membership {
                    Object::Course
                } else {
                    Object::Organization
                };
                let [course, person] = [of(course, first), of(Object::Person, second)];
                match (person, course) {
                    (None, None) => String::new(),
                    (person, course) => format!(
                        "{} in {}",
                        person.as_deref().unwrap_or(second),
                        course.as_deref().unwrap_or(first)
                    ),
                }
            }
            Object::Person => {
                let [first, last] =
                    ["firstname", "lastname"].map(|name| self.texts.get(kind.text(place, name)));
                format!("{first} {last}").trim().to_owned()
            }
            _ => self.texts.get(kind.label(place)).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
