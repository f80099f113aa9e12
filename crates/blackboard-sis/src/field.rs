//! What a column may hold.

use crate::object::Object;

/// A column of a kind of object, by its canonical header.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The header, in lower case as the current documentation writes it.
    pub name: &'static str,
    /// What its values look like.
    pub kind: FieldKind,
    /// Characters that a value may have.
    pub max: Option<u16>,
    /// Whether a record can do without it.
    pub need: Need,
    /// The kind of object whose key it holds.
    pub refers_to: Option<Object>,
}

/// What the values of a column look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldKind {
    /// Any text.
    Text,
    /// A key, the record's own or that of another: compared exactly, never shown to users.
    Key,
    /// A key that should have letters, digits, dashes and periods only: of terms and nodes.
    DottedKey,
    /// The key of a data source.
    DataSourceKey,
    /// A key that takes the place of the record's own.
    NewKey,
    /// An id that users see and type: login names.
    Id,
    /// The id of a course: no space, `&`, `/`, `'` or `+`.
    CourseId,
    /// The id of a subject: `{Title}__{Identifier}`.
    SubjectId,
    /// An e-mail address.
    Mail,
    /// A day: `20260901`, also `09/01/2026`.
    Date,
    /// `Y` or `N`, also `1`, `0`, `Yes`, `No`, `true`, `false`.
    Flag,
    /// `enabled`, `disabled` or `deleted`.
    RowStatus,
    /// How long a course or a term lasts.
    Duration,
    /// A number of bytes or days.
    Number,
    /// An amount with at most two decimals.
    Money,
    /// A language and a country: `fr_FR`.
    Locale,
    /// One of these words, in any letter case.
    Words(&'static [&'static str]),
    /// A role in a course.
    CourseRole,
    /// A role in the institution; which ones there are, each system says for itself.
    InstitutionRole,
    /// A role in Blackboard itself.
    SystemRole,
    /// A password, or its hash.
    Password,
    /// How the password is hashed.
    PasswordType,
}

impl FieldKind {
    /// Whether values are names of records, which nobody should pad with white space.
    pub(crate) fn is_identifier(self) -> bool {
        matches!(
            self,
            Self::Key
                | Self::DottedKey
                | Self::DataSourceKey
                | Self::NewKey
                | Self::Id
                | Self::CourseId
                | Self::SubjectId
        )
    }
}

/// The characters that values of a column may have; no limit where there is none.
pub(crate) const fn longest(fields: &[Field], place: usize) -> usize {
    match fields[place].max {
        Some(max) => max as usize,
        None => usize::MAX,
    }
}

/// Whether a record can do without a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Need {
    /// It identifies the record, and every operation needs it.
    Key,
    /// It is needed to insert a record.
    Insert,
    /// It is needed to insert a record, but the integration may supply it.
    InsertOrConfigured,
    /// It may be left out.
    Optional,
    /// It has no effect any more, or is not supported: it should not be sent.
    Dropped,
}

impl Field {
    /// Whether it identifies the record, alone or together with another one.
    pub fn is_key(&self) -> bool {
        self.need == Need::Key
    }

    /// Whether its values let somebody in who should not be: passwords, and what users enter to enrol. A password often
    /// stands in the column of its type.
    pub(crate) fn is_secret(&self) -> bool {
        matches!(self.kind, FieldKind::Password | FieldKind::PasswordType)
            || self.name == "enroll_access_code"
    }
}
