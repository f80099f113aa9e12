//! What the head rows of a column ask.

use std::collections::HashSet;

use crate::codes::Status;
use crate::model::Column;
use crate::predicate::{Predicate, Term};

/// What the head rows ask of a user, each part in the order in which it is written in a rule.
///
/// All parts must hold; of the users any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Requirement {
    /// User names; empty: any user.
    pub(crate) users: Vec<Predicate>,
    /// The other conditions of the head rows.
    pub(crate) conditions: Vec<Term>,
    /// What the type and the certificate ask for.
    pub(crate) registration: Vec<Term>,
}

impl Requirement {
    pub(crate) fn of(column: &Column) -> Self {
        let mut said = HashSet::new();
        let conditions = column.conditions.iter().map(|condition| &condition.value);
        let mut conditions: Vec<_> =
            conditions.filter(|&condition| said.insert(condition)).cloned().collect();
        conditions.sort_by_key(|condition| place(&condition.predicate));
        let mut named = HashSet::new();
        let users = column.users.iter().filter(|user| named.insert(&user.value));
        let users = users.map(|user| Predicate::IsUser(user.value.clone())).collect();
        Self { users, conditions, registration: registration(column) }
    }

    /// Whether it says which users are meant: a user, a user set or a date.
    pub(crate) fn names_users(&self) -> bool {
        let names = |term: &Term| {
            matches!(
                term.predicate,
                Predicate::IsInUserSet(_) | Predicate::OrgProfileDateWithin { .. }
            )
        };
        !self.users.is_empty() || self.conditions.iter().any(names)
    }
}

/// Where a condition stands in a rule.
fn place(predicate: &Predicate) -> u8 {
    match predicate {
        Predicate::IsInUserSet(_) => 0,
        Predicate::OrgProfileDateWithin { .. } => 1,
        Predicate::TypeOfMostRecentlyCompletedRegistration(_) => 2,
        Predicate::MostRecentRegistrationCompletedFor(_) => 3,
        Predicate::CompletedForSinceCurrentCompletion(_) => 4,
        Predicate::CertificateWillExpireInCourse { .. } => 5,
        Predicate::ProfileChangedSinceLastCompletion(_) => 6,
        _ => 7,
    }
}

fn registration(column: &Column) -> Vec<Term> {
    let Some(status) = column.status() else { return Vec::new() };
    let mut terms = match status {
        Status::OneTime => vec![Term::of(Predicate::HasNoRegistrations)],
        Status::ReRegistration | Status::WithoutReRegistration => {
            vec![Term::not(Predicate::HasActiveRegistrations)]
        }
        Status::OnlyWithCompletedRegistration => vec![
            Term::of(Predicate::HasCompletedRegistrations),
            Term::not(Predicate::HasActiveRegistrations),
        ],
        Status::Active | Status::Deactivated | Status::Other(_) => Vec::new(),
    };
    if let Some(certificate) = &column.certificate
        && status.uses_certificate()
    {
        terms.push(Term::of(Predicate::CertificateWillExpire {
            certificate: certificate.value.clone(),
            before: column.before_expiry.as_ref().map(|before| before.value),
        }));
    }
    terms
}
