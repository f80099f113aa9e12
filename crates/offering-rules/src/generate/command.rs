//! What the LMS is told to do, in no particular spelling.

use crate::codes::Kind;
use crate::expression::Expression;
use crate::path::CoursePath;

/// A step of replacing the rules of an organisation.
///
/// As JSON the member `command` tells which it is; an expression is its text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "command", rename_all = "snake_case"))]
pub enum Command {
    /// The LMS stops to work off rules.
    Pause,
    /// All rules of a course in one of the sets are deleted.
    Delete {
        /// Which rules.
        rules: RuleSet,
        /// Whose.
        course: CoursePath,
    },
    /// A rule is added.
    Add {
        /// What it does.
        rules: RuleSet,
        /// The course.
        course: CoursePath,
        /// For whom.
        expression: Expression,
    },
    /// The rules of a course are worked off for all users.
    ReEvaluate {
        /// Which rules.
        kind: Kind,
        /// Whose.
        course: CoursePath,
    },
    /// The LMS goes on to work off rules.
    Continue,
}

impl Command {
    /// The course, where the command is about one.
    pub fn course(&self) -> Option<&CoursePath> {
        match self {
            Self::Delete { course, .. }
            | Self::Add { course, .. }
            | Self::ReEvaluate { course, .. } => Some(course),
            Self::Pause | Self::Continue => None,
        }
    }
}

/// Rules that do the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum RuleSet {
    /// Users are registered as students.
    Registration,
    /// Active registrations are removed.
    DeRegistration,
    /// Users are added as instructors.
    Instructor,
    /// Instructors are removed.
    RemoveInstructor,
}

impl RuleSet {
    /// The rules of a kind of matrix: those that add users, and those that remove them.
    pub const fn of(kind: Kind) -> [Self; 2] {
        match kind {
            Kind::Registration => [Self::Registration, Self::DeRegistration],
            Kind::Instructor => [Self::Instructor, Self::RemoveInstructor],
        }
    }
}
