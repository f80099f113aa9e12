//! Rules as the LMS stores them.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use crate::expression::{Cursor, Expression, ParseRuleError};
use crate::path::CoursePath;
use crate::reserved::reserved;

/// A rule as its text is stored: `RegisterStudent(/Root/Org/course1):HasNoRegistrations()`.
///
/// `Display` and `FromStr` give and take the text, as they do for the [`Expression`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OfferingRule {
    /// What is done with users for whom the expression holds.
    pub action: Action,
    /// The course.
    pub course: CoursePath,
    /// For whom.
    pub expression: Expression,
}

/// What a rule does. Only one word is documented.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// Registers users as students.
    RegisterStudent,
    /// Another word.
    Other(String),
}

impl Action {
    /// The word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::RegisterStudent => "RegisterStudent",
            Self::Other(word) => word,
        }
    }
}

impl FromStr for Action {
    type Err = Infallible;

    fn from_str(word: &str) -> Result<Self, Infallible> {
        Ok(match word {
            "RegisterStudent" => Self::RegisterStudent,
            other => Self::Other(other.to_owned()),
        })
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for OfferingRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}):{}", self.action, self.course, self.expression)
    }
}

impl FromStr for OfferingRule {
    type Err = ParseRuleError;

    fn from_str(text: &str) -> Result<Self, ParseRuleError> {
        let mut cursor = Cursor::new(text);
        let at = cursor.at();
        let Ok(action) = cursor.name().ok_or(ParseRuleError::Action { at })?.parse();
        let (start, inside) = cursor.parentheses()?;
        let course = inside.trim_start();
        let start = start + inside.len() - course.len();
        let course = course.trim_end();
        if course.is_empty() {
            return Err(ParseRuleError::Course { at: start });
        }
        if let Some(at) = reserved(course).and_then(|c| course.find(c)) {
            return Err(ParseRuleError::Course { at: start + at });
        }
        let course = CoursePath::new(course);
        if !cursor.has(':') {
            return Err(ParseRuleError::Colon { at: cursor.at() });
        }
        Ok(Self { action, course, expression: cursor.expression()? })
    }
}
