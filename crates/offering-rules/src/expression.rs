//! What a rule asks: terms that must all hold.

mod parse;

use std::fmt;

use crate::predicate::{Predicate, Term};

pub use parse::ParseRuleError;
pub(crate) use parse::{Cursor, is_in_name};

/// Terms of which all must hold.
///
/// `Display` writes it as it stands in a rule, `FromStr` reads that: `;` between terms, `!` before one that
/// is negated. Texts are written as they are: one with a character that has a meaning in rules gives another
/// expression, or none, when it is read again.
///
/// Reading tolerates white space around all separators, and `HasNoRegistration()`, which an example of the
/// documentation has for `HasNoRegistrations()`. A predicate that is not known, or has arguments that
/// make no sense, becomes [`Predicate::Other`].
///
/// ```
/// use offering_rules::{Expression, Predicate, Term};
///
/// let expression: Expression = "ProfileValueIn(Rank, Master | Bosun); !HasActiveRegistrations()".parse()?;
/// let ranks = Predicate::profile_value_in("Rank", ["Master", "Bosun"]);
/// assert_eq!(expression.terms[0], Term::of(ranks));
/// assert_eq!(expression.to_string(), "ProfileValueIn(Rank,Master|Bosun);!HasActiveRegistrations()");
/// # Ok::<(), offering_rules::ParseRuleError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Expression {
    /// The terms, in the order in which they are written. An expression without terms would hold for
    /// everybody; it has no text.
    pub terms: Vec<Term>,
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, term) in self.terms.iter().enumerate() {
            let separator = if number == 0 { "" } else { ";" };
            write!(f, "{separator}{term}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negated { "!" } else { "" };
        write!(f, "{sign}{}", self.predicate)
    }
}

/// As it stands in a rule. The arguments of `CertificateWillExpire`, `CertificateWillExpireInCourse`,
/// `ProfileChangedSinceLastCompletion`, `OrgProfileDateWithin` and `TypeOfMostRecentlyCompletedRegistration`
/// are not documented; a [`Dialect`](crate::Dialect) may spell them otherwise.
impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HasNoRegistrations => f.write_str("HasNoRegistrations()"),
            Self::HasActiveRegistrations => f.write_str("HasActiveRegistrations()"),
            Self::HasCompletedRegistrations => f.write_str("HasCompletedRegistrations()"),
            Self::CertificateWillExpire { certificate, before: Some(before) } => {
                write!(f, "CertificateWillExpire({certificate},{before})")
            }
            Self::CertificateWillExpire { certificate, before: None } => {
                write!(f, "CertificateWillExpire({certificate})")
            }
            Self::ProfileValueIn { field, values } => {
                write!(f, "ProfileValueIn({field},")?;
                for (number, value) in values.iter().enumerate() {
                    f.write_str(if number == 0 { "" } else { "|" })?;
                    f.write_str(value)?;
                }
                f.write_str(")")
            }
            Self::MostRecentRegistrationCompletedFor(course) => {
                write!(f, "MostRecentRegistrationCompletedFor({course})")
            }
            Self::CompletedForSinceCurrentCompletion(course) => {
                write!(f, "CompletedForSinceCurrentCompletion({course})")
            }
            Self::CertificateWillExpireInCourse { course, certificate, before } => {
                write!(f, "CertificateWillExpireInCourse({course},{certificate},{before})")
            }
            Self::ProfileChangedSinceLastCompletion(field) => {
                write!(f, "ProfileChangedSinceLastCompletion({field})")
            }
            Self::IsUser(user) => write!(f, "IsUser({user})"),
            Self::IsInUserSet(set) => write!(f, "IsInUserSet({set})"),
            // A matrix has `;` here, which stands between predicates in a rule.
            Self::OrgProfileDateWithin { field, days } => {
                write!(f, "OrgProfileDateWithin({field},{days})")
            }
            Self::TypeOfMostRecentlyCompletedRegistration(kinds) => {
                let kinds: Vec<_> = kinds.iter().map(crate::RegistrationKind::as_str).collect();
                write!(f, "TypeOfMostRecentlyCompletedRegistration({})", kinds.join("|"))
            }
            Self::Other { name, arguments } => write!(f, "{name}({arguments})"),
        }
    }
}

#[cfg(feature = "serde")]
mod serialize {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{Serialize, Serializer};

    use super::Expression;

    /// The text.
    impl Serialize for Expression {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl<'de> Deserialize<'de> for Expression {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
        }
    }
}
