//! From a column to what its rules ask.

use std::collections::HashSet;

use crate::codes::Status;
use crate::expression::Expression;
use crate::model::{Column, Matrix};
use crate::predicate::{Predicate, Term};
use crate::profile::{FieldMarks, Fields};

/// What a column asks of a user, each part in the order in which it is written in a rule.
///
/// All parts must hold; of the users any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Requirement {
    /// Marked values of profile fields.
    pub(crate) profile: Vec<Term>,
    /// User names; empty: any user.
    pub(crate) users: Vec<Predicate>,
    /// The other conditions of the head rows.
    pub(crate) conditions: Vec<Term>,
    /// What the type and the certificate ask for.
    pub(crate) registration: Vec<Term>,
}

impl Requirement {
    /// What a column asks, with its marks grouped by field.
    pub(crate) fn of(fields: &Fields<'_>, marks: &[FieldMarks], column: &Column) -> Self {
        let mut conditions: Vec<_> =
            column.conditions.iter().map(|condition| condition.value.clone()).collect();
        conditions.sort_by_key(|condition| place(&condition.predicate));
        let mut named = HashSet::new();
        let users = column.users.iter().filter(|user| named.insert(&user.value));
        let users = users.map(|user| Predicate::IsUser(user.value.clone())).collect();
        Self { profile: fields.terms(marks), users, conditions, registration: registration(column) }
    }

    /// Whether the column makes a rule: nothing at all would be a rule for everybody.
    pub(crate) fn is_rule(&self) -> bool {
        self.names_users() || !self.conditions.is_empty()
    }

    /// Whether something says which users are meant: a value, a user, a user set or a date.
    pub(crate) fn names_users(&self) -> bool {
        let names = |term: &Term| {
            matches!(
                term.predicate,
                Predicate::IsInUserSet(_) | Predicate::OrgProfileDateWithin { .. }
            )
        };
        !self.profile.is_empty() || !self.users.is_empty() || self.conditions.iter().any(names)
    }

    /// The expressions of the rules: one for each user where users are named, otherwise one.
    pub(crate) fn into_expressions(self) -> Vec<Expression> {
        let Self { profile, users, conditions, registration } = self;
        let has_users = !users.is_empty();
        let place = profile.len();
        let terms: Vec<_> = profile.into_iter().chain(conditions).chain(registration).collect();
        if !has_users {
            return vec![Expression { terms }];
        }
        let with = |user| {
            let mut terms = terms.clone();
            terms.insert(place, Term::of(user));
            Expression { terms }
        };
        users.into_iter().map(with).collect()
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

impl Matrix {
    /// The expressions of the rules that a column of this matrix makes: one for each user that it names,
    /// otherwise one; none where the course is deactivated, being prepared, or has no requirement.
    ///
    /// Values marked for one profile field are alternatives, all else must hold together; see
    /// the crate's page for the order.
    pub fn expressions(&self, column: &Column) -> Vec<Expression> {
        let fields = Fields::of(self);
        let requirement = Requirement::of(&fields, &fields.marks(column), column);
        if column.status().is_some_and(Status::is_in_force) && requirement.is_rule() {
            requirement.into_expressions()
        } else {
            Vec::new()
        }
    }
}
