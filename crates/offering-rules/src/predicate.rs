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
        /// Name of the OPF.
        field: String,
        /// At least one value. Shared: one value of a matrix stands in many rules.
        values: Vec<Arc<str>>,
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
