//! The words of the matrices.

use std::fmt;
use std::str::FromStr;

/// Which rules a matrix holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Kind {
    /// Users are registered as students.
    Registration,
    /// Users are added as instructors.
    Instructor,
}

impl Kind {
    /// `Registration` or `Instructor`, the words of `GetOfferingRuleMatrix`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Registration => "Registration",
            Self::Instructor => "Instructor",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `Registration Type` of a registration matrix, `Instructor Rule Status` of an instructor matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Registers once: not again while there is a registration (`HasNoRegistrations()`).
    OneTime,
    /// Registers again, mostly before a certificate expires.
    ReRegistration,
    /// As `ReRegistration`, but only users who have completed the course before.
    OnlyWithCompletedRegistration,
    /// The rule of the older, non-transposed format without a mark in `Re-Registration`: registers who has
    /// no active registration (`!HasActiveRegistrations()`), whatever certificate there is.
    WithoutReRegistration,
    /// The instructor rule is in force.
    Active,
    /// The course is discontinued: its rules are deleted.
    Deactivated,
    /// A word that is not known.
    Other(String),
}

impl Status {
    /// The spelling in a matrix; that of [`WithoutReRegistration`](Self::WithoutReRegistration) is an empty
    /// cell.
    pub fn as_str(&self) -> &str {
        match self {
            Self::OneTime => "OneTime",
            Self::ReRegistration => "ReRegistration",
            Self::OnlyWithCompletedRegistration => "OnlyWithCompletedRegistration",
            Self::WithoutReRegistration => "",
            Self::Active => "Active",
            Self::Deactivated => "Deactivated",
            Self::Other(word) => word,
        }
    }

    /// The status that a matrix of this kind spells so, in any letter case.
    pub fn of(kind: Kind, word: &str) -> Self {
        let found =
            Self::words(kind).iter().find(|known| known.as_str().eq_ignore_ascii_case(word));
        found.cloned().unwrap_or_else(|| Self::Other(word.to_owned()))
    }

    /// Those that a matrix of a kind has a word for.
    pub(crate) const fn words(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Registration => &[
                Self::OneTime,
                Self::ReRegistration,
                Self::OnlyWithCompletedRegistration,
                Self::Deactivated,
            ],
            Kind::Instructor => &[Self::Active, Self::Deactivated],
        }
    }

    /// Whether a matrix of a kind can have it.
    pub(crate) fn is_of(&self, kind: Kind) -> bool {
        Self::words(kind).contains(self)
            || (kind == Kind::Registration && *self == Self::WithoutReRegistration)
    }

    /// Whether a course with this status has rules.
    pub fn is_in_force(&self) -> bool {
        !matches!(self, Self::Deactivated | Self::Other(_))
    }

    /// Whether a certificate decides when users are registered again.
    pub fn uses_certificate(&self) -> bool {
        matches!(self, Self::ReRegistration | Self::OnlyWithCompletedRegistration)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a registration came about: the words of `TypeOfMostRecentlyCompletedRegistration`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RegistrationKind {
    /// Not known.
    Unknown,
    /// Loaded from an older system.
    Historical,
    /// By a rule.
    Auto,
    /// By an import.
    Imported,
    /// By the user.
    BySelf,
    /// By an administrator.
    Manual,
    /// A word that is not known.
    Other(String),
}

impl RegistrationKind {
    /// The words that are known.
    pub const KNOWN: [Self; 6] =
        [Self::Unknown, Self::Historical, Self::Auto, Self::Imported, Self::BySelf, Self::Manual];

    /// The spelling in a matrix.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unknown => "Unknown",
            Self::Historical => "Historical",
            Self::Auto => "Auto",
            Self::Imported => "Imported",
            Self::BySelf => "Self",
            Self::Manual => "Manual",
            Self::Other(word) => word,
        }
    }
}

impl FromStr for RegistrationKind {
    type Err = std::convert::Infallible;

    /// Reads a word in any letter case.
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let found = Self::KNOWN.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(word));
        Ok(found.unwrap_or_else(|| Self::Other(word.to_owned())))
    }
}

impl fmt::Display for RegistrationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
