//! The records of a setup file.

use std::fmt;
use std::str::FromStr as _;

use edu_diagnostics::Span;

use crate::codes::{LoadType, RepositoryId};

/// The largest number of fields that a load type has.
pub(crate) const FIELDS: usize = 9;

/// What stands around a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Quote {
    /// Nothing: white space around the value was left out.
    #[default]
    None,
    /// `"…"`.
    Double,
    /// `'…'`.
    Single,
    /// Typographic quotes, where the reader was told to take them for quotes.
    Typographic,
}

/// A field of a record, as it stands in the text. Fields with the same value are equal.
#[derive(Clone, Copy, Default)]
pub struct Field<'t> {
    pub(crate) value: &'t str,
    pub(crate) at: u64,
    pub(crate) quote: Quote,
    pub(crate) is_damaged: bool,
}

impl<'t> Field<'t> {
    /// The value, without the quotes.
    pub fn value(&self) -> &'t str {
        self.value
    }

    /// Where the value stands in the text, without the quotes.
    pub fn span(&self) -> Span {
        Span::new(self.at, self.at + self.value.len() as u64)
    }

    /// What stands around it.
    pub fn quote(&self) -> Quote {
        self.quote
    }

    /// Whether a part of it may be missing: its quote is not closed, or text stands behind it.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }
}

impl PartialEq for Field<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Field<'_> {}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}@{}", self.value, self.at)
    }
}

/// A record of a setup file: what is to be uploaded, to where, and with what metadata.
///
/// The first two fields are the same in all types; the third is the path of the metadata in type 2 and the
/// title in type 3. Asking for a field that the type does not have, or that is missing, gives an empty one.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Record<'t> {
    pub(crate) load_type: Option<LoadType>,
    pub(crate) line: u64,
    pub(crate) lines: u64,
    /// Its last quote is not closed: fields may be missing because they are in the value.
    pub(crate) is_open: bool,
    pub(crate) known: [Field<'t>; FIELDS],
    pub(crate) count: usize,
    pub(crate) extra: Vec<Field<'t>>,
    pub(crate) comments: Vec<&'t str>,
}

macro_rules! inline {
    ($($(#[$doc:meta])* $name:ident $index:literal)+) => {
        $(
            $(#[$doc])*
            pub fn $name(&self) -> &Field<'t> {
                self.field_of(LoadType::CsvMetadata, $index)
            }
        )+
    };
}

/// A field that is not there.
const NOTHING: &Field<'_> = &Field { value: "", at: 0, quote: Quote::None, is_damaged: false };

impl<'t> Record<'t> {
    /// The type that the file states; `None` where it states none that is known.
    pub fn load_type(&self) -> Option<LoadType> {
        self.load_type
    }

    /// The line on which it begins, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How many lines it has, those between its parts included; more than 1 if it is wrapped.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// Field 1: the repository in which the object is created, as it stands.
    pub fn repository(&self) -> &Field<'t> {
        &self.known[0]
    }

    /// The repository id, if it is one.
    pub fn repository_id(&self) -> Option<RepositoryId> {
        RepositoryId::from_str(self.known[0].value).ok()
    }

    /// Field 2: path and name of the file to upload, as the server sees it.
    pub fn path(&self) -> &Field<'t> {
        &self.known[1]
    }

    /// Field 3 of type 2: path of the IMSMD file.
    pub fn metadata_path(&self) -> &Field<'t> {
        self.field_of(LoadType::XmlMetadata, 2)
    }

    inline! {
        /// Field 3 of type 3: `general.title`.
        title 2
        /// Field 4 of type 3: `general.description`.
        description 3
        /// Field 5 of type 3: `general.keyword`, a single one.
        keyword 4
        /// Field 6 of type 3: `lifecycle.contribute.role`.
        role 5
        /// Field 7 of type 3: first name in the entity of the same `lifecycle.contribute`.
        first_name 6
        /// Field 8 of type 3: last name in it.
        last_name 7
        /// Field 9 of type 3: `technical.format`. One help page calls it the publish type.
        format 8
    }

    fn field_of(&self, load_type: LoadType, index: usize) -> &Field<'t> {
        if self.load_type == Some(load_type) { &self.known[index] } else { NOTHING }
    }

    /// Every field that is given, in order, those that are too many included.
    pub fn fields(&self) -> impl Iterator<Item = &Field<'t>> {
        self.known[..self.count.min(FIELDS)].iter().chain(&self.extra)
    }

    /// How many fields are given.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The fields beyond those that the type has.
    pub fn extra(&self) -> impl Iterator<Item = &Field<'t>> {
        self.fields().skip(self.load_type.map_or(2, LoadType::fields))
    }

    /// The comments between the lines of a wrapped record, without their slashes.
    pub fn comments(&self) -> &[&'t str] {
        &self.comments
    }

    /// Where the record stands: from its first field to its last.
    pub fn span(&self) -> Span {
        let last = self.fields().last().unwrap_or(NOTHING);
        Span::new(self.known[0].at, last.span().end)
    }

    pub(crate) fn push(&mut self, field: Field<'t>) {
        if self.count < FIELDS {
            self.known[self.count] = field;
        } else {
            self.extra.push(field);
        }
        self.count += 1;
    }

    pub(crate) fn pop(&mut self) {
        self.count = self.count.saturating_sub(1);
        if self.count < FIELDS {
            self.known[self.count] = Field::default();
        } else {
            self.extra.pop();
        }
    }

    /// Takes a field out; those behind it move up.
    pub(crate) fn remove(&mut self, index: usize) {
        let mut fields: Vec<_> = self.fields().copied().skip(index + 1).collect();
        self.truncate(index);
        fields.drain(..).for_each(|field| self.push(field));
    }

    pub(crate) fn truncate(&mut self, count: usize) {
        while self.count > count {
            self.pop();
        }
    }

    pub(crate) fn last(&self) -> &Field<'t> {
        self.extra.last().unwrap_or_else(|| &self.known[self.count.clamp(1, FIELDS) - 1])
    }
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        f.debug_list().entries(self.fields()).finish()
    }
}

/// What a setup file is made of, in its order. Blank lines are passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Item<'t> {
    /// The line that states the type.
    LoadType(LoadType),
    /// A comment, without its slashes.
    Comment(&'t str),
    /// A file to upload.
    Record(Box<Record<'t>>),
}
