//! Keys of persons, which are random, and keys and ids of courses, which are built from parts.

use std::collections::HashSet;
use std::fmt;

use crate::field::longest;
use crate::fields::course::{At, FIELDS};
use crate::value::{DOUBTFUL_IN_COURSE_ID, NOT_IN_COURSE_ID};

/// How often a key is drawn again before the entropy is taken for none.
const DRAWS: u32 = 64;
/// Characters that the key of a course may have.
const KEY: usize = longest(FIELDS, At::external_course_key as usize);
/// Characters that the id of a course may have.
const ID: usize = longest(FIELDS, At::course_id as usize);

/// Makes keys for persons: random hexadecimal digits, without personal data, each given once.
///
/// ```
/// use blackboard_sis::PersonKeys;
///
/// // Take bytes of the operating system in earnest.
/// let mut number = 0;
/// let mut fill = |bytes: &mut [u8]| bytes.iter_mut().for_each(|byte| { number += 7; *byte = number });
/// let mut keys = PersonKeys::new().with_issued(["9f3c1a77d04be82651ab"]);
/// assert_eq!(keys.next(&mut fill)?, "070e151c232a31383f46");
/// # Ok::<(), blackboard_sis::PersonKeyError>(())
/// ```
#[derive(Clone)]
pub struct PersonKeys {
    digits: usize,
    issued: HashSet<String>,
}

impl fmt::Debug for PersonKeys {
    /// Without the keys, which nobody sees.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonKeys")
            .field("digits", &self.digits)
            .field("issued", &self.issued.len())
            .finish()
    }
}

/// Why there is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PersonKeyError {
    /// Too short, or longer than is of use.
    #[error("a key of {0} digits is not made: it has 16 to 20")]
    Digits(usize),
    /// The same bytes come again and again.
    #[error("the source of entropy repeats itself: each key drawn was given before")]
    Repeats,
}

impl Default for PersonKeys {
    fn default() -> Self {
        Self { digits: 20, issued: HashSet::new() }
    }
}

impl PersonKeys {
    /// Keys of 20 digits, none given so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keys of another length: 16 to 20 digits.
    ///
    /// # Errors
    ///
    /// When the length is none of these.
    pub fn with_digits(self, digits: usize) -> Result<Self, PersonKeyError> {
        if !(16..=20).contains(&digits) {
            return Err(PersonKeyError::Digits(digits));
        }
        Ok(Self { digits, ..self })
    }

    /// Keys that were given before, to persons who are there or have left: none of them is given again.
    #[must_use]
    pub fn with_issued<K: AsRef<str>>(mut self, keys: impl IntoIterator<Item = K>) -> Self {
        self.issued.extend(keys.into_iter().map(|key| key.as_ref().trim().to_lowercase()));
        self
    }

    /// The next key; `fill` fills bytes with entropy.
    ///
    /// # Errors
    ///
    /// When the entropy repeats itself.
    pub fn next(&mut self, mut fill: impl FnMut(&mut [u8])) -> Result<String, PersonKeyError> {
        for _ in 0..DRAWS {
            let mut bytes = [0; 10];
            fill(&mut bytes);
            let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).take(self.digits);
            let key: String =
                digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
            if !is_number(&key) && self.issued.insert(key.clone()) {
                return Ok(key);
            }
        }
        Err(PersonKeyError::Repeats)
    }
}

/// Whether a spreadsheet takes a key for a number, and rounds it: digits, with one `e` at most.
fn is_number(key: &str) -> bool {
    key.bytes().filter(|byte| !byte.is_ascii_digit()).eq(*b"e")
        || key.bytes().all(|byte| byte.is_ascii_digit())
}

/// What the key and the id of a course are built from: parts with one separator between them, from the year to what
/// tells courses of one term apart, so that they can be sorted.
///
/// ```
/// use blackboard_sis::CourseParts;
///
/// let parts = CourseParts::new("2012").part("automne").part("12345").part("CH").part("301");
/// assert_eq!(parts.external_course_key()?, "2012_automne_12345_CH_301");
/// assert_eq!(CourseParts::new("2010").month(9).part("12345").course_id()?, "2010_09_12345");
/// # Ok::<(), blackboard_sis::CoursePartsError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct CourseParts {
    separator: char,
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
enum Part {
    Text(String),
    Month(u32),
}

/// Why parts make no key or id. Parts are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CoursePartsError {
    /// Keys could not be told apart by their parts.
    #[error("part {part} is empty: give it a value, or leave it out of all keys")]
    Empty {
        /// The part.
        part: usize,
    },
    /// A part would read as two.
    #[error(
        "part {part} holds the separator `{separator}`: choose another separator, or write the part without it"
    )]
    HoldsSeparator {
        /// The part.
        part: usize,
        /// The separator.
        separator: char,
    },
    /// Learn does not take the character, or it needs care in a feed.
    #[error(
        "part {part} holds {character:?}, which should not be in a {what}: write the part without it"
    )]
    Character {
        /// The part.
        part: usize,
        /// The character.
        character: char,
        /// What was to be built.
        what: &'static str,
    },
    /// Not from 1 to 12.
    #[error("part {part} is month {month}: it is a number from 1 to 12")]
    Month {
        /// The part.
        part: usize,
        /// The number given.
        month: u32,
    },
    /// One of the characters that everybody takes has to stand between parts.
    #[error("`{0}` cannot separate parts: use `_`, `-` or `.`")]
    Separator(char),
    /// Longer than Learn takes.
    #[error("the {what} has {found} characters, at most {max} are allowed: shorten its parts")]
    TooLong {
        /// What was to be built.
        what: &'static str,
        /// Characters that it has.
        found: usize,
        /// Characters that it may have.
        max: usize,
    },
}

impl CourseParts {
    /// The first part, mostly the year.
    pub fn new(first: impl Into<String>) -> Self {
        Self { separator: '_', parts: vec![Part::Text(first.into())] }
    }

    /// Puts another separator than `_` between all parts: `-` or `.`.
    pub fn with_separator(self, separator: char) -> Self {
        Self { separator, ..self }
    }

    /// Adds a part.
    pub fn part(mut self, part: impl Into<String>) -> Self {
        self.parts.push(Part::Text(part.into()));
        self
    }

    /// Adds the number of a month, from 1, in two digits, so that September comes before October.
    pub fn month(mut self, month: u32) -> Self {
        self.parts.push(Part::Month(month));
        self
    }

    /// The parts as an `external_course_key`: in the length that the column takes.
    ///
    /// # Errors
    ///
    /// When they make none.
    pub fn external_course_key(&self) -> Result<String, CoursePartsError> {
        self.join("key", KEY, &[])
    }

    /// The parts as a `course_id`: in the length that the column takes, without characters that an id cannot have.
    ///
    /// # Errors
    ///
    /// When they make none.
    pub fn course_id(&self) -> Result<String, CoursePartsError> {
        self.join("course id", ID, &[NOT_IN_COURSE_ID, DOUBTFUL_IN_COURSE_ID])
    }

    fn join(
        &self,
        what: &'static str,
        max: usize,
        forbidden: &[&[char]],
    ) -> Result<String, CoursePartsError> {
        let separator = self.separator;
        if !matches!(separator, '_' | '-' | '.') {
            return Err(CoursePartsError::Separator(separator));
        }
        let mut joined = String::new();
        for (index, value) in self.parts.iter().enumerate() {
            let part = index + 1;
            let text = match value {
                Part::Text(text) if text.is_empty() => {
                    return Err(CoursePartsError::Empty { part });
                }
                Part::Text(text) => text.clone(),
                &Part::Month(month @ 1..=12) => format!("{month:02}"),
                &Part::Month(month) => return Err(CoursePartsError::Month { part, month }),
            };
            if text.contains(separator) {
                return Err(CoursePartsError::HoldsSeparator { part, separator });
            }
            let is_bad = |character: char| {
                !is_plain(character) || forbidden.iter().any(|list| list.contains(&character))
            };
            if let Some(character) = text.chars().find(|&character| is_bad(character)) {
                return Err(CoursePartsError::Character { part, character, what });
            }
            if index > 0 {
                joined.push(separator);
            }
            joined.push_str(&text);
        }
        let found = joined.chars().count();
        if found > max { Err(CoursePartsError::TooLong { what, found, max }) } else { Ok(joined) }
    }
}

/// Whether a character can be part of a key that is made anew: nothing that a feed forbids or has to quote, and no
/// white space.
pub(crate) fn is_plain(character: char) -> bool {
    !character.is_whitespace()
        && !character.is_control()
        && !matches!(character, '*' | '"' | '|' | ',' | ';' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// Bytes that look random and are the same every time.
    fn source(seed: u64) -> impl FnMut(&mut [u8]) {
        let mut state = seed;
        move |bytes| {
            for byte in bytes {
                state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
                *byte = mixed.to_be_bytes()[0];
            }
        }
    }

    #[test]
    fn ten_thousand_keys_are_distinct_and_flat() {
        for digits in 16..=20 {
            let mut keys = PersonKeys::new().with_digits(digits).unwrap();
            let mut fill = source(digits as u64);
            let mut seen = HashSet::new();
            let mut counts: HashMap<char, u32> = HashMap::new();
            for _ in 0..10_000 {
                let key = keys.next(&mut fill).unwrap();
                assert_eq!(key.len(), digits);
                key.chars().for_each(|digit| *counts.entry(digit).or_default() += 1);
                assert!(!is_number(&key) && seen.insert(key));
            }
            let expected = u32::try_from(digits * 10_000 / 16).unwrap();
            let is_flat = |count: &u32| count.abs_diff(expected) < expected / 20;
            assert!(counts.len() == 16 && counts.values().all(is_flat), "{counts:?}");
        }
    }

    #[test]
    fn keys_that_were_given_are_not_given_again() {
        let mut fill = source(1);
        let mut keys = PersonKeys::new();
        let first = keys.next(&mut fill).unwrap();
        let second = keys.next(&mut fill).unwrap();
        let again =
            PersonKeys::new().with_issued([format!(" {} ", first.to_uppercase())]).next(source(1));
        assert_eq!(again, Ok(second));
        for digits in [0, 15, 21] {
            assert_eq!(
                PersonKeys::new().with_digits(digits).err(),
                Some(PersonKeyError::Digits(digits))
            );
        }
    }

    #[test]
    fn entropy_that_repeats_itself_ends_in_an_error() {
        let mut keys = PersonKeys::new();
        let fill = |bytes: &mut [u8]| bytes.fill(0xAB);
        assert_eq!(keys.next(fill), Ok("ab".repeat(10)));
        assert_eq!(keys.next(fill), Err(PersonKeyError::Repeats));
        assert_eq!(PersonKeys::new().next(|_: &mut [u8]| {}), Err(PersonKeyError::Repeats));
    }

    #[test]
    fn keys_that_spreadsheets_round_are_not_made() {
        for (key, expected) in [
            ("12345678901234567890", true),
            ("1234567890123456e789", true),
            ("12345678901e3456e789", false),
            ("1234567890123456a789", false),
        ] {
            assert_eq!(is_number(key), expected, "{key}");
        }
    }

    #[test]
    fn parts_are_joined_or_refused() {
        use CoursePartsError::*;
        let key = |parts: &[&str]| {
            let (first, rest) = parts.split_first().unwrap();
            rest.iter().fold(CourseParts::new(*first), |key, part| key.part(*part))
        };
        let seed = key(&["2012", "automne", "12345", "CH", "301"]);
        assert_eq!(seed.external_course_key().as_deref(), Ok("2012_automne_12345_CH_301"));
        assert_eq!(
            seed.clone().with_separator('-').course_id().as_deref(),
            Ok("2012-automne-12345-CH-301")
        );
        assert_eq!(seed.with_separator('/').external_course_key(), Err(Separator('/')));
        assert_eq!(
            CourseParts::new("2010").month(9).part("CHEM").external_course_key().as_deref(),
            Ok("2010_09_CHEM")
        );
        assert_eq!(
            CourseParts::new("2010").month(13).external_course_key(),
            Err(Month { part: 2, month: 13 })
        );
        assert_eq!(key(&["2012", ""]).external_course_key(), Err(Empty { part: 2 }));
        assert_eq!(
            key(&["2012", "a_b"]).external_course_key(),
            Err(HoldsSeparator { part: 2, separator: '_' })
        );
        for (part, character) in [("a b", ' '), ("a*", '*'), ("\u{1}", '\u{1}'), ("a|b", '|')] {
            let expected = Err(Character { part: 1, character, what: "key" });
            assert_eq!(CourseParts::new(part).external_course_key(), expected, "{part}");
        }
        for character in "&/'+()".chars() {
            let expected = Err(Character { part: 1, character, what: "course id" });
            assert_eq!(CourseParts::new(character).course_id(), expected);
            assert_eq!(
                CourseParts::new(character).external_course_key(),
                Ok(character.to_string())
            );
        }
        // Characters are counted, not bytes.
        assert!(CourseParts::new("é".repeat(64)).external_course_key().is_ok());
        let too_long = TooLong { what: "key", found: 65, max: 64 };
        assert_eq!(CourseParts::new("é".repeat(65)).external_course_key(), Err(too_long));
        assert!(CourseParts::new("x".repeat(100)).course_id().is_ok());
        assert!(CourseParts::new("x".repeat(101)).course_id().is_err());
    }
}
