//! Keys of data sources: labels that let one operation treat a set of records.

use std::fmt;
use std::str::FromStr;

use crate::field::longest;
use crate::fields::course::{At, FIELDS};
use crate::key::is_plain;

/// Characters that a key may have.
const LONGEST: usize = longest(FIELDS, At::data_source_key as usize);

/// The key of a data source by the usual rule: year, term, source and kind of data, or the last two where the
/// records belong to no term.
///
/// ```
/// use blackboard_sis::DataSourceKey;
///
/// let key = DataSourceKey::of_term(2011, "fall", "SIS", "courses")?;
/// assert_eq!(key.to_string(), "2011_fall_SIS_courses");
/// assert_eq!("2011_fall_SIS_courses".parse(), Ok(key));
/// # Ok::<(), blackboard_sis::DataSourceKeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DataSourceKey {
    term: Option<(u16, String)>,
    source: String,
    kind: String,
}

/// Why there is no such key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DataSourceKeyError {
    /// The year does not have four digits.
    #[error("the year {0} does not have four digits")]
    Year(u16),
    /// A part is missing, or could not be told from the next.
    #[error(
        "the {0} is empty, or holds `_`, white space or a character that a feed cannot have: change it"
    )]
    Part(&'static str),
    /// It was not built by the rule.
    #[error(
        "the key does not have two or four parts with `_` between them: year, term, source and kind"
    )]
    Form,
    /// Longer than Learn takes.
    #[error("the key has {0} characters, at most {LONGEST} are allowed: shorten its parts")]
    TooLong(usize),
}

impl DataSourceKey {
    /// The key for records that belong to no term: users, terms, categories.
    ///
    /// # Errors
    ///
    /// When the parts make no key.
    pub fn of_source(
        source: impl Into<String>,
        kind: impl Into<String>,
    ) -> Result<Self, DataSourceKeyError> {
        Self { term: None, source: source.into(), kind: kind.into() }.checked()
    }

    /// The key for records of a term.
    ///
    /// # Errors
    ///
    /// When the parts make no key.
    pub fn of_term(
        year: u16,
        term: impl Into<String>,
        source: impl Into<String>,
        kind: impl Into<String>,
    ) -> Result<Self, DataSourceKeyError> {
        Self { term: Some((year, term.into())), source: source.into(), kind: kind.into() }.checked()
    }

    fn checked(self) -> Result<Self, DataSourceKeyError> {
        if let Some((year, _)) = self.term
            && !(1000..=9999).contains(&year)
        {
            return Err(DataSourceKeyError::Year(year));
        }
        let is_part = |text: &str| {
            !text.is_empty()
                && text.chars().all(|character| is_plain(character) && character != '_')
        };
        let term = self.term.as_ref().map_or("-", |(_, term)| term);
        for (name, part) in [("term", term), ("source", &self.source), ("kind", &self.kind)] {
            if !is_part(part) {
                return Err(DataSourceKeyError::Part(name));
            }
        }
        let length = self.to_string().chars().count();
        if length > LONGEST { Err(DataSourceKeyError::TooLong(length)) } else { Ok(self) }
    }

    /// The year and the term, where there are any.
    pub fn term(&self) -> Option<(u16, &str)> {
        self.term.as_ref().map(|(year, term)| (*year, term.as_str()))
    }

    /// The system that the data come from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What the records are: `users`, `courses`, `enrollments`.
    pub fn kind(&self) -> &str {
        &self.kind
    }
}

impl FromStr for DataSourceKey {
    type Err = DataSourceKeyError;

    /// Reads a key that was built by the rule.
    fn from_str(text: &str) -> Result<Self, DataSourceKeyError> {
        let parts: Vec<_> = text.split('_').collect();
        match *parts {
            [source, kind] => Self::of_source(source, kind),
            [year, term, source, kind] => {
                let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
                let year = is_year.then(|| year.parse().ok()).flatten();
                Self::of_term(year.ok_or(DataSourceKeyError::Form)?, term, source, kind)
            }
            _ => Err(DataSourceKeyError::Form),
        }
    }
}

impl fmt::Display for DataSourceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((year, term)) = &self.term {
            write!(f, "{year}_{term}_")?;
        }
        write!(f, "{}_{}", self.source, self.kind)
    }
}

/// The keys of a system that follows the usual plan: one for all users, and for each term one for its courses and
/// one for its enrolments. So a term can be removed without touching users.
#[derive(Debug, Clone)]
pub struct DataSourceKeys {
    source: String,
}

impl DataSourceKeys {
    /// The keys of a system: `SIS`.
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into() }
    }

    /// The key of all users.
    ///
    /// # Errors
    ///
    /// When the name of the system cannot be part of a key.
    pub fn users(&self) -> Result<DataSourceKey, DataSourceKeyError> {
        DataSourceKey::of_source(&self.source, "users")
    }

    /// The key of the courses of a term.
    ///
    /// # Errors
    ///
    /// When the parts make no key.
    pub fn courses(&self, year: u16, term: &str) -> Result<DataSourceKey, DataSourceKeyError> {
        DataSourceKey::of_term(year, term, &self.source, "courses")
    }

    /// The key of the enrolments of a term.
    ///
    /// # Errors
    ///
    /// When the parts make no key.
    pub fn enrolments(&self, year: u16, term: &str) -> Result<DataSourceKey, DataSourceKeyError> {
        DataSourceKey::of_term(year, term, &self.source, "enrollments")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        use DataSourceKeyError::*;
        for text in
            ["2011_fall_SIS_courses", "SIS_users", "2026_09_SIS_enrollments", "2026_été_RH_users"]
        {
            let key = text.parse().map(|key: DataSourceKey| key.to_string());
            assert_eq!(key.as_deref(), Ok(text));
        }
        let key = "2011_fall_SIS_courses".parse::<DataSourceKey>().unwrap();
        assert_eq!(
            (key.term(), key.source(), key.kind()),
            (Some((2011, "fall")), "SIS", "courses")
        );
        for (text, fault) in [
            ("", Form),
            ("stuff", Form),
            ("SIS.COURSE", Form),
            ("2026_09_LATE", Form),
            ("11_fall_SIS_courses", Form),
            ("fall_2011_SIS_courses", Form),
            ("2011__SIS_courses", Part("term")),
            ("2011_fall_SIS_", Part("kind")),
            ("2011_fall_SIS_courses_x", Form),
            ("0011_fall_SIS_courses", Year(11)),
            ("SIS_ users", Part("kind")),
        ] {
            assert_eq!(text.parse::<DataSourceKey>(), Err(fault), "{text}");
        }
    }

    #[test]
    fn parts_that_make_no_key_are_refused() {
        use DataSourceKeyError::*;
        assert_eq!(DataSourceKey::of_term(11, "fall", "SIS", "courses"), Err(Year(11)));
        assert_eq!(DataSourceKey::of_term(2011, "fall_1", "SIS", "courses"), Err(Part("term")));
        assert_eq!(DataSourceKey::of_source("", "users"), Err(Part("source")));
        assert_eq!(DataSourceKey::of_source("SIS", "a b"), Err(Part("kind")));
        assert!(DataSourceKey::of_source("é".repeat(250), "users").is_ok());
        assert_eq!(DataSourceKey::of_source("é".repeat(251), "users"), Err(TooLong(257)));
    }

    #[test]
    fn a_plan_of_two_terms_has_five_keys() {
        let keys = DataSourceKeys::new("SIS");
        let mut all = vec![keys.users().unwrap()];
        for term in ["fall", "spring"] {
            all.push(keys.courses(2011, term).unwrap());
            all.push(keys.enrolments(2011, term).unwrap());
        }
        let all: Vec<_> = all.iter().map(DataSourceKey::to_string).collect();
        let expected = [
            "SIS_users",
            "2011_fall_SIS_courses",
            "2011_fall_SIS_enrollments",
            "2011_spring_SIS_courses",
            "2011_spring_SIS_enrollments",
        ];
        assert_eq!(all, expected);
    }
}
