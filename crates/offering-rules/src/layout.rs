//! Which head rows there are, and where they stand.

use std::fmt;
use std::str::FromStr;

use crate::codes::Kind;
use crate::predicate::Predicate;

/// The head rows of a matrix, by the version of the LMS that came with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Layout {
    /// 4.3: name, path, status, certificate, removal.
    V4_3,
    /// Between 4.3 and 4.6: prerequisites, certificates of other courses, changed fields, users. Instructor
    /// matrices have no layout of their own here: it is that of 4.6.
    Extended,
    /// 4.6: user sets and dates too.
    V4_6,
    /// 4.7: kinds of registrations too, and prerequisites for instructors.
    V4_7,
}

impl Layout {
    /// All of them, oldest first.
    pub const ALL: [Self; 4] = [Self::V4_3, Self::Extended, Self::V4_6, Self::V4_7];

    /// `4.3`, `extended`, `4.6` or `4.7`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V4_3 => "4.3",
            Self::Extended => "extended",
            Self::V4_6 => "4.6",
            Self::V4_7 => "4.7",
        }
    }

    /// The layout as it is for a kind of matrix.
    #[must_use]
    pub fn of(self, kind: Kind) -> Self {
        match (kind, self) {
            (Kind::Instructor, Self::Extended) => Self::V4_6,
            _ => self,
        }
    }

    /// The head rows that matrices of a kind have in this layout, in order.
    pub(crate) fn rows(self, kind: Kind) -> &'static [HeadRow] {
        use HeadRow as R;
        match (kind, self) {
            (Kind::Registration, Self::V4_3) => {
                &[R::Name, R::Path, R::Type, R::BeforeExpiry, R::Certificate, R::DeRegistration]
            }
            (Kind::Registration, Self::Extended) => &REGISTRATION[..11],
            (Kind::Registration, Self::V4_6) => &REGISTRATION[..13],
            (Kind::Registration, Self::V4_7) => &REGISTRATION,
            (Kind::Instructor, Self::V4_3) => &INSTRUCTOR[..4],
            (Kind::Instructor, Self::Extended | Self::V4_6) => &INSTRUCTOR[..7],
            (Kind::Instructor, Self::V4_7) => &INSTRUCTOR,
        }
    }
}

const REGISTRATION: [HeadRow; 14] = [
    HeadRow::Name,
    HeadRow::Path,
    HeadRow::Type,
    HeadRow::DeRegistration,
    HeadRow::BeforeExpiry,
    HeadRow::Certificate,
    HeadRow::LatestCompleted,
    HeadRow::CompletedSince,
    HeadRow::ExpiresInCourse,
    HeadRow::FieldChanged,
    HeadRow::Users,
    HeadRow::UserSet,
    HeadRow::DateWithin,
    HeadRow::LatestKind,
];

const INSTRUCTOR: [HeadRow; 9] = [
    HeadRow::Name,
    HeadRow::Path,
    HeadRow::InstructorStatus,
    HeadRow::RemoveInstructor,
    HeadRow::Users,
    HeadRow::UserSet,
    HeadRow::DateWithin,
    HeadRow::LatestCompleted,
    HeadRow::CompletedSince,
];

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no layout.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no layout: there are `4.3`, `extended`, `4.6` and `4.7`")]
pub struct UnknownLayout(pub String);

impl FromStr for Layout {
    type Err = UnknownLayout;

    /// Reads a layout; `4.6.x` and `4.7+` are read too, as the documentation has them.
    fn from_str(text: &str) -> Result<Self, UnknownLayout> {
        let name = text.strip_suffix(".x").or_else(|| text.strip_suffix('+')).unwrap_or(text);
        let found = Self::ALL.into_iter().find(|layout| layout.as_str() == name);
        found.ok_or_else(|| UnknownLayout(text.to_owned()))
    }
}

/// Whether courses are columns or rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// Courses are columns, values of profile fields are rows.
    Transposed,
    /// Courses are rows, values of profile fields are columns: the older format.
    Old,
}

/// A head row (a column, in the older orientation).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum HeadRow {
    Name,
    Path,
    /// `Registration Type`.
    Type,
    /// The mark of the older format in place of a type.
    ReRegistration,
    InstructorStatus,
    DeRegistration,
    RemoveInstructor,
    BeforeExpiry,
    Certificate,
    LatestCompleted,
    CompletedSince,
    ExpiresInCourse,
    FieldChanged,
    Users,
    UserSet,
    DateWithin,
    LatestKind,
}
impl HeadRow {
    /// The kind of the matrices that have this row, where only one has.
    pub(crate) fn kind(self) -> Option<Kind> {
        match self {
            Self::Type
            | Self::ReRegistration
            | Self::DeRegistration
            | Self::BeforeExpiry
            | Self::Certificate
            | Self::ExpiresInCourse
            | Self::FieldChanged
            | Self::LatestKind => Some(Kind::Registration),
            Self::InstructorStatus | Self::RemoveInstructor => Some(Kind::Instructor),
            _ => None,
        }
    }

    /// The row that says what is done for a course.
    pub(crate) fn of_status(kind: Kind) -> Self {
        match kind {
            Kind::Registration => Self::Type,
            Kind::Instructor => Self::InstructorStatus,
        }
    }

    /// The row that holds a condition; `None` for what is said otherwise, or not at all, in a matrix.
    pub(crate) fn of_condition(predicate: &Predicate) -> Option<Self> {
        Some(match predicate {
            Predicate::MostRecentRegistrationCompletedFor(_) => Self::LatestCompleted,
            Predicate::CompletedForSinceCurrentCompletion(_) => Self::CompletedSince,
            Predicate::CertificateWillExpireInCourse { .. } => Self::ExpiresInCourse,
            Predicate::ProfileChangedSinceLastCompletion(_) => Self::FieldChanged,
            Predicate::IsInUserSet(_) => Self::UserSet,
            Predicate::OrgProfileDateWithin { .. } => Self::DateWithin,
            Predicate::TypeOfMostRecentlyCompletedRegistration(_) => Self::LatestKind,
            _ => return None,
        })
    }

    /// Where it stands among the rows of the newest layout for registrations.
    pub(crate) fn rank(self) -> usize {
        REGISTRATION.iter().position(|row| *row == self).unwrap_or(REGISTRATION.len())
    }

    /// The label in a layout.
    pub(crate) fn label(self, layout: Layout) -> &'static str {
        match self {
            Self::Name => "Course Name",
            Self::Path => "Course Path",
            Self::Type => "Registration Type",
            Self::ReRegistration => "Re-Registration",
            Self::InstructorStatus => "Instructor Rule Status",
            Self::DeRegistration => "De-Registration",
            Self::RemoveInstructor => "Remove Instructor",
            Self::BeforeExpiry => "Re-Registration Before Certificate Expiry",
            Self::Certificate if layout == Layout::V4_3 => "Certificate Short Id",
            Self::Certificate => "Re-Registration Certificate Short Id",
            Self::LatestCompleted => {
                "Course-Prerequisite (latest registration is completed) MostRecentRegistrationCompletedFor"
            }
            Self::CompletedSince => {
                "Course-Prerequisite (completed after current completion) CompletedForSinceCurrentCompletion"
            }
            Self::ExpiresInCourse => {
                "CertificateWillExpireInCourse (coursePath;certificateShortId;beforeExpiryDuration)"
            }
            Self::FieldChanged => {
                "OrgProfileFieldChanged (since latest completion) ProfileChangedSinceLastCompletion"
            }
            Self::Users => "Users (UserNames)",
            Self::UserSet => "IsInUserSet(userSet)",
            Self::DateWithin => "OrgProfileDateWithin(OPF;days)",
            Self::LatestKind => {
                "Type of latest completed Registration (Unknown|Historical|Auto|Imported|Self|Manual) TypeOfMostRecentlyCompletedRegistration"
            }
        }
    }
}
