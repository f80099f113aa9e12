//! From text to expressions.

use std::str::FromStr;

use super::Expression;
use crate::codes::RegistrationKind;
use crate::path::CoursePath;
use crate::predicate::{Predicate, Term};
use crate::reserved::reserved;

/// The text is no rule, or no expression: what was expected, and at which byte, from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseRuleError {
    /// The name of an action, such as `RegisterStudent`.
    #[error("an action such as `RegisterStudent` was expected at byte {at}")]
    Action {
        /// Offset.
        at: usize,
    },
    /// The path of the course, without reserved characters.
    #[error("the path of a course was expected at byte {at}")]
    Course {
        /// Offset.
        at: usize,
    },
    /// The colon between the course and the expression.
    #[error("`:` was expected at byte {at}")]
    Colon {
        /// Offset.
        at: usize,
    },
    /// The name of a predicate.
    #[error("a predicate was expected at byte {at}")]
    Predicate {
        /// Offset.
        at: usize,
    },
    /// The opening parenthesis behind a name.
    #[error("`(` was expected at byte {at}")]
    Open {
        /// Offset.
        at: usize,
    },
    /// The closing parenthesis.
    #[error("`)` was expected at byte {at}")]
    Close {
        /// Offset.
        at: usize,
    },
    /// Another predicate, or nothing.
    #[error("`;` or the end was expected at byte {at}")]
    Separator {
        /// Offset.
        at: usize,
    },
}

impl ParseRuleError {
    /// Offset of the byte at which something else was expected.
    pub fn at(&self) -> usize {
        match *self {
            Self::Action { at }
            | Self::Course { at }
            | Self::Colon { at }
            | Self::Predicate { at }
            | Self::Open { at }
            | Self::Close { at }
            | Self::Separator { at } => at,
        }
    }
}

/// Whether a character can stand in the name of a predicate or an action.
pub(crate) fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A text, and how far it has been read.
#[derive(Debug)]
pub(crate) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// What has not been read, from the next character on that is no white space.
    fn rest(&mut self) -> &'t str {
        let rest = self.text[self.at..].trim_start();
        self.at = self.text.len() - rest.len();
        rest
    }

    /// Offset of the next character that is no white space.
    pub(crate) fn at(&mut self) -> usize {
        self.rest();
        self.at
    }

    /// Reads a separator if it comes next.
    pub(crate) fn has(&mut self, separator: char) -> bool {
        let is_next = self.rest().starts_with(separator);
        if is_next {
            self.at += separator.len_utf8();
        }
        is_next
    }

    /// Reads a name; `None` where none comes next.
    pub(crate) fn name(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let name = &rest[..rest.find(|c| !is_in_name(c)).unwrap_or(rest.len())];
        self.at += name.len();
        (!name.is_empty()).then_some(name)
    }

    /// Reads parentheses: the offset of what is in them, and the text.
    pub(crate) fn parentheses(&mut self) -> Result<(usize, &'t str), ParseRuleError> {
        if !self.has('(') {
            return Err(ParseRuleError::Open { at: self.at });
        }
        let (start, rest) = (self.at, &self.text[self.at..]);
        self.at += rest.find(['(', ')']).unwrap_or(rest.len());
        let inside = &self.text[start..self.at];
        if self.has(')') { Ok((start, inside)) } else { Err(ParseRuleError::Close { at: self.at }) }
    }

    /// Reads an expression to the end of the text.
    pub(crate) fn expression(&mut self) -> Result<Expression, ParseRuleError> {
        let mut terms = vec![self.term()?];
        while self.has(';') {
            terms.push(self.term()?);
        }
        let is_end = self.rest().is_empty();
        if is_end {
            Ok(Expression { terms })
        } else {
            Err(ParseRuleError::Separator { at: self.at })
        }
    }

    fn term(&mut self) -> Result<Term, ParseRuleError> {
        let is_negated = self.has('!');
        let name = self.name().ok_or(ParseRuleError::Predicate { at: self.at })?;
        let (_, arguments) = self.parentheses()?;
        let other = || Predicate::Other { name: name.to_owned(), arguments: arguments.to_owned() };
        Ok(Term { is_negated, predicate: known(name, arguments).unwrap_or_else(other) })
    }
}

/// A predicate that is known, with arguments that make sense.
fn known(name: &str, arguments: &str) -> Option<Predicate> {
    let arguments: Vec<&str> = arguments.split(',').map(str::trim).collect();
    Some(match (name, &*arguments) {
        // An example in the documentation has the singular.
        ("HasNoRegistrations" | "HasNoRegistration", [""]) => Predicate::HasNoRegistrations,
        ("HasActiveRegistrations", [""]) => Predicate::HasActiveRegistrations,
        ("HasCompletedRegistrations", [""]) => Predicate::HasCompletedRegistrations,
        ("CertificateWillExpire", [certificate]) => {
            Predicate::CertificateWillExpire { certificate: value(certificate)?, before: None }
        }
        ("CertificateWillExpire", [certificate, before]) => Predicate::CertificateWillExpire {
            certificate: value(certificate)?,
            before: Some(before.parse().ok()?),
        },
        ("ProfileValueIn", [field, values]) => Predicate::ProfileValueIn {
            field: value(field)?.into(),
            values: values
                .split('|')
                .map(|item| value(item.trim()).map(Into::into))
                .collect::<Option<_>>()?,
        },
        ("MostRecentRegistrationCompletedFor", [course]) => {
            Predicate::MostRecentRegistrationCompletedFor(path(course)?)
        }
        ("CompletedForSinceCurrentCompletion", [course]) => {
            Predicate::CompletedForSinceCurrentCompletion(path(course)?)
        }
        ("CertificateWillExpireInCourse", [course, certificate, before]) => {
            Predicate::CertificateWillExpireInCourse {
                course: path(course)?,
                certificate: value(certificate)?,
                before: before.parse().ok()?,
            }
        }
        ("ProfileChangedSinceLastCompletion", [field]) => {
            Predicate::ProfileChangedSinceLastCompletion(value(field)?)
        }
        ("IsUser", [user]) => Predicate::IsUser(value(user)?),
        ("IsInUserSet", [set]) => Predicate::IsInUserSet(value(set)?),
        ("OrgProfileDateWithin", [field, days]) => {
            Predicate::OrgProfileDateWithin { field: value(field)?, days: days.parse().ok()? }
        }
        ("TypeOfMostRecentlyCompletedRegistration", [kinds]) => {
            let kinds = kinds.split('|').map(|item| value(item.trim())?.parse().ok());
            let kinds: Option<Vec<RegistrationKind>> = kinds.collect();
            Predicate::TypeOfMostRecentlyCompletedRegistration(kinds?)
        }
        _ => return None,
    })
}

fn value(text: &str) -> Option<String> {
    (!text.is_empty() && reserved(text).is_none()).then(|| text.to_owned())
}

fn path(text: &str) -> Option<CoursePath> {
    value(text).map(CoursePath::new)
}

impl FromStr for Expression {
    type Err = ParseRuleError;

    fn from_str(text: &str) -> Result<Self, ParseRuleError> {
        Cursor::new(text).expression()
    }
}
