//! What a rule asks of a user.

use std::sync::Arc;

use crate::codes::RegistrationKind;
use crate::duration::Duration;
use crate::path::CoursePath;

/// A condition on a user, of those that the rule language is known to have.
///
/// Each variant is named as it is written in a rule. `OPF` is an organisation profile field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Predicate {
    /// The user has no registration for the course.
    HasNoRegistrations,
    /// The user is registered and has not completed the course.
    HasActiveRegistrations,
    /// The user has completed the course at least once.
    HasCompletedRegistrations,
    /// The certificate expires within the period, or the user does not have it.
    CertificateWillExpire {
        /// Short id of the certificate.
        certificate: String,
        /// How long before; `None`: on the day.
        before: Option<Duration>,
    },
    /// An OPF has one of these values.
    ProfileValueIn {
        /// Name of the OPF. Shared, as the values are: what a column asks stands in many rules.
        field: Arc<str>,
        /// At least one value.
        values: Arc<[Arc<str>]>,
    },
    /// The latest registration for another course is completed.
    MostRecentRegistrationCompletedFor(CoursePath),
    /// Another course was completed since this one was, or this one never was and the other was.
    CompletedForSinceCurrentCompletion(CoursePath),
    /// A certificate of another course expires within the period.
    CertificateWillExpireInCourse {
        /// The other course.
        course: CoursePath,
        /// Short id of the certificate.
        certificate: String,
        /// How long before.
        before: Duration,
    },
    /// An OPF has changed since the course was completed; its name.
    ProfileChangedSinceLastCompletion(String),
    /// The user has this user name.
    IsUser(String),
    /// The user is in this user set.
    IsInUserSet(String),
    /// The date that an OPF holds is at most so many days ahead.
    OrgProfileDateWithin {
        /// Name of the OPF.
        field: String,
        /// Number of days.
        days: i32,
    },
    /// How the registration came about that was completed last; at least one.
    TypeOfMostRecentlyCompletedRegistration(Vec<RegistrationKind>),
    /// Another predicate, or a known one with arguments that make no sense.
    Other {
        /// Name.
        name: String,
        /// What stands between the parentheses.
        arguments: String,
    },
}

impl Predicate {
    /// An OPF has one of these values.
    pub fn profile_value_in<V: Into<Arc<str>>>(
        field: impl Into<Arc<str>>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        Self::ProfileValueIn { field: field.into(), values }
    }
}

/// A text in a predicate.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part<'p> {
    /// The path of a course.
    Course(&'p CoursePath),
    /// What it is, and the text.
    Text(&'static str, &'p str),
}

impl<'p> Part<'p> {
    pub(crate) fn as_str(self) -> &'p str {
        match self {
            Self::Course(course) => course.as_str(),
            Self::Text(_, text) => text,
        }
    }
}

impl Predicate {
    /// Hands out every text that is written between the parentheses, until one is refused. Whoever has to know
    /// what reaches a command asks here, so that a new predicate is forgotten nowhere.
    pub(crate) fn try_parts<'p, E>(
        &'p self,
        mut part: impl FnMut(Part<'p>) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::HasNoRegistrations
            | Self::HasActiveRegistrations
            | Self::HasCompletedRegistrations => Ok(()),
            Self::CertificateWillExpire { certificate, .. } => {
                part(Part::Text("certificate", certificate))
            }
            Self::ProfileValueIn { field, values } => {
                part(Part::Text("profile field", field))?;
                values.iter().try_for_each(|value| part(Part::Text("profile value", value)))
            }
            Self::MostRecentRegistrationCompletedFor(course)
            | Self::CompletedForSinceCurrentCompletion(course) => part(Part::Course(course)),
            Self::CertificateWillExpireInCourse { course, certificate, .. } => {
                part(Part::Course(course))?;
                part(Part::Text("certificate", certificate))
            }
            Self::ProfileChangedSinceLastCompletion(field)
            | Self::OrgProfileDateWithin { field, .. } => part(Part::Text("profile field", field)),
            Self::IsUser(user) => part(Part::Text("user", user)),
            Self::IsInUserSet(set) => part(Part::Text("user set", set)),
            Self::TypeOfMostRecentlyCompletedRegistration(kinds) => kinds
                .iter()
                .try_for_each(|kind| part(Part::Text("kind of registration", kind.as_str()))),
            Self::Other { arguments, .. } => part(Part::Text("argument", arguments)),
        }
    }
}

/// A predicate, or its negation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// Whether the predicate must not hold.
    pub is_negated: bool,
    /// The predicate.
    pub predicate: Predicate,
}

impl Term {
    /// The predicate must hold.
    pub fn of(predicate: Predicate) -> Self {
        Self { is_negated: false, predicate }
    }

    /// The predicate must not hold.
    pub fn not(predicate: Predicate) -> Self {
        Self { is_negated: true, predicate }
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { is_negated: !self.is_negated, predicate: self.predicate }
    }
}
