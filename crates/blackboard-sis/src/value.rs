//! Values of cells: what they may look like, and what they mean.

use std::borrow::Cow;
use std::str::FromStr;

use chrono::NaiveDate;
use unicode_normalization::char::is_combining_mark;

/// What the id of a course cannot have, besides white space.
pub(crate) const NOT_IN_COURSE_ID: &[char] = &['&', '/', '\'', '+'];
/// What older lists exclude from it, too.
pub(crate) const DOUBTFUL_IN_COURSE_ID: &[char] = &['"', '(', ')'];

/// A text is none of the words of a type. It is not in here, for it may be about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is none of {0}")]
pub struct UnknownWord(pub(crate) &'static str);

/// Reads a day: `20260901`, and `09/01/2026` of older feeds.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let digits = |range: std::ops::Range<usize>| {
        let part = text.get(range)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok())?
    };
    let (year, month, day) = match text.len() {
        8 => (digits(0..4)?, digits(4..6)?, digits(6..8)?),
        10 if text.as_bytes()[2] == b'/' && text.as_bytes()[5] == b'/' => {
            (digits(6..10)?, digits(0..2)?, digits(3..5)?)
        }
        _ => return None,
    };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// Reads a switch: `Y` or `N`, and `1 Yes true`, `0 No false` in any letter case.
pub(crate) fn flag(text: &str) -> Option<bool> {
    let text = text.trim();
    let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_one_of(&["Y", "1", "Yes", "true"]) {
        Some(true)
    } else {
        is_one_of(&["N", "0", "No", "false"]).then_some(false)
    }
}

/// Reads a number of bytes or days: decimal digits.
pub(crate) fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Whether a text is an amount: digits, and at most two of them behind a point.
pub(crate) fn is_money(text: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, cents)) => is_digits(whole) && is_digits(cents) && cents.len() <= 2,
        None => is_digits(text),
    }
}

/// Whether a text is a language, mostly with a country: `fr_FR`.
pub(crate) fn is_locale(text: &str) -> bool {
    let mut parts = text.split(['_', '-']);
    let is_language = parts.next().is_some_and(|language| {
        (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    is_language
        && parts
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether a text has the form of one e-mail address: something, `@`, and the name of a host with a period.
pub(crate) fn is_mail(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let is_allowed = |character: char| {
        let separates = matches!(
            character,
            '@' | ',' | ';' | ':' | '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\\'
        );
        !separates && !character.is_whitespace() && !character.is_control()
    };
    // Names of hosts may be in any script.
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|character| {
                character.is_alphanumeric() || character == '-' || is_combining_mark(character)
            })
    };
    !local.is_empty()
        && local.chars().all(is_allowed)
        && host.contains('.')
        && host.split('.').all(is_label)
}

/// Whether a spreadsheet has written a number in its short form: `1.05E+07`.
pub(crate) fn is_shortened_number(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['e', 'E']) else { return false };
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, rest) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    is_digits(whole) && is_digits(rest) && is_digits(power)
}

/// Whether an institution role is that of a student: `Student`, also with something behind it, such as
/// `STUDENT_PART_TIME`.
pub(crate) fn is_student(institution_role: &str) -> bool {
    let mut words = institution_role.trim().split(|character: char| !character.is_alphanumeric());
    words.next().is_some_and(|word| {
        word.eq_ignore_ascii_case("student") || word.eq_ignore_ascii_case("students")
    })
}

/// Whether a text is the id of a subject: a title of letters, digits, `-`, `.` and `_`, two underscores, and an
/// identifier of letters and digits.
pub(crate) fn is_subject_id(text: &str) -> bool {
    let Some((title, identifier)) = text.rsplit_once("__") else { return false };
    let is_title =
        |character: char| character.is_alphanumeric() || matches!(character, '-' | '.' | '_');
    !title.is_empty()
        && title.chars().all(is_title)
        && !identifier.is_empty()
        && identifier.chars().all(char::is_alphanumeric)
}

/// Whether a record counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowStatus {
    /// Normal.
    Enabled,
    /// Locked and hidden, still there.
    Disabled,
    /// To be removed.
    Deleted,
}

impl RowStatus {
    /// Reads the word, in any letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        [Self::Enabled, Self::Disabled, Self::Deleted]
            .into_iter()
            .find(|status| text.eq_ignore_ascii_case(status.as_str()))
    }

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::Deleted => "deleted",
        }
    }
}

impl FromStr for RowStatus {
    type Err = UnknownWord;

    /// Reads it as [`parse`](Self::parse) does.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::parse(text).ok_or(UnknownWord("`enabled`, `disabled` or `deleted`"))
    }
}

/// How long a course or a term lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duration {
    /// Without an end.
    Continuous,
    /// From one day to another.
    Range,
    /// A number of days for each user.
    Fixed,
    /// As long as the term.
    Term,
}

impl Duration {
    /// Reads the letter of current feeds or the word of older ones, in any letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        [Self::Continuous, Self::Range, Self::Fixed, Self::Term].into_iter().find(|duration| {
            text.eq_ignore_ascii_case(duration.letter())
                || text.eq_ignore_ascii_case(duration.word())
        })
    }

    /// The letter of course feeds.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Continuous => "C",
            Self::Range => "R",
            Self::Fixed => "D",
            Self::Term => "T",
        }
    }

    /// The word of term feeds.
    pub fn word(self) -> &'static str {
        match self {
            Self::Continuous => "Continuous",
            Self::Range => "Range",
            Self::Fixed => "Fixed",
            Self::Term => "Term",
        }
    }
}

impl FromStr for Duration {
    type Err = UnknownWord;

    /// Reads it as [`parse`](Self::parse) does.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::parse(text).ok_or(UnknownWord("`C`, `R`, `D` or `T`"))
    }
}

/// A role in a course.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CourseRole {
    /// Teaches.
    Instructor,
    /// Helps to teach.
    TeachingAssistant,
    /// Prepares the content.
    CourseBuilder,
    /// Grades.
    Grader,
    /// Learns.
    Student,
    /// Looks in.
    Guest,
    /// No role.
    None,
    /// A role of the local system, by its id; or one that is none.
    Other(String),
}

/// The roles that every system has. A static, for a constant would be made anew for each row.
static COURSE_ROLES: [(CourseRole, &str); 7] = [
    (CourseRole::Instructor, "Instructor"),
    (CourseRole::TeachingAssistant, "teaching_assistant"),
    (CourseRole::CourseBuilder, "course_builder"),
    (CourseRole::Grader, "Grader"),
    (CourseRole::Student, "Student"),
    (CourseRole::Guest, "guest"),
    (CourseRole::None, "none"),
];

impl CourseRole {
    /// Reads the word, in any letter case; `None` where it is empty, which leaves the role to Learn.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::standard(text).or_else(|| (!text.is_empty()).then(|| Self::Other(text.to_owned())))
    }

    /// The same, of the roles that every system has.
    pub(crate) fn standard(text: &str) -> Option<Self> {
        COURSE_ROLES
            .iter()
            .find(|(_, word)| text.eq_ignore_ascii_case(word))
            .map(|(role, _)| role.clone())
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(id) => id,
            standard => {
                COURSE_ROLES.iter().find(|(role, _)| role == standard).map_or("", |(_, word)| word)
            }
        }
    }
}

/// A role in Blackboard itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SystemRole {
    /// May do everything.
    SystemAdministrator,
    /// Supports the system.
    SystemSupport,
    /// Manages users.
    UserAdministrator,
    /// Creates courses.
    CourseCreator,
    /// Supports courses.
    Support,
    /// Manages the portal.
    PortalAdministrator,
    /// Looks in.
    Guest,
    /// Observes other users.
    Observer,
    /// No rights: almost everybody.
    None,
    /// Manages shops and cards.
    Commerce,
    /// A role of the local system, by its id; or one that is none.
    Other(String),
}

/// The system roles that every system has, each with the spelling first that is written.
static SYSTEM_ROLES: [(SystemRole, &[&str]); 10] = [
    (SystemRole::SystemAdministrator, &["sys_admin", "sysadmin", "system_admin"]),
    (SystemRole::SystemSupport, &["system_support", "syssupport"]),
    (SystemRole::UserAdministrator, &["account_admin", "accountadmin", "user_admin"]),
    (SystemRole::CourseCreator, &["course_creator", "creator"]),
    (SystemRole::Support, &["course_support", "support"]),
    (SystemRole::PortalAdministrator, &["portal_admin", "portal"]),
    (SystemRole::Guest, &["guest"]),
    (SystemRole::Observer, &["observer"]),
    (SystemRole::None, &["none"]),
    (SystemRole::Commerce, &["ecommerce_admin", "card_office_admin", "store_admin"]),
];

impl SystemRole {
    /// Reads a word in any of its spellings and in any letter case; `None` where it is empty, which means the
    /// default, [`SystemRole::None`].
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::standard(text).or_else(|| (!text.is_empty()).then(|| Self::Other(text.to_owned())))
    }

    /// The same, of the roles that every system has.
    pub(crate) fn standard(text: &str) -> Option<Self> {
        let is_spelled = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        SYSTEM_ROLES.iter().find(|(_, words)| is_spelled(words)).map(|(role, _)| role.clone())
    }

    /// The word; of those with several spellings the first.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(id) => id,
            standard => SYSTEM_ROLES
                .iter()
                .find(|(role, _)| role == standard)
                .and_then(|(_, words)| words.first())
                .map_or("", |word| word),
        }
    }
}

/// A value without the white space around it, which a spreadsheet adds and nobody means.
pub(crate) fn trimmed(value: Cow<'_, str>) -> Cow<'_, str> {
    match value {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 1);
        for (text, expected) in [
            ("20260901", day),
            ("09/01/2026", day),
            (" 20260901 ", day),
            ("2026-09-01", None),
            ("18/12/2026", None),
            ("20260230", None),
            ("09/01/26", None),
            ("+2026090", None),
            ("é0260901", None),
            ("", None),
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
    }

    #[test]
    fn switches_and_numbers() {
        for (text, expected) in [
            ("Y", Some(true)),
            ("true", Some(true)),
            ("YES", Some(true)),
            ("1", Some(true)),
            ("n", Some(false)),
            ("No", Some(false)),
            ("FALSE", Some(false)),
            ("0", Some(false)),
            ("X", None),
            ("", None),
        ] {
            assert_eq!(flag(text), expected, "{text}");
        }
        assert_eq!(
            [number("10485760"), number("10MB"), number("-1"), number("")],
            [Some(10_485_760), None, None, None]
        );
        for (text, expected) in [
            ("12.50", true),
            ("1500", true),
            ("1.5", true),
            ("abc", false),
            ("-1", false),
            ("1.", false),
            ("1.234", false),
        ] {
            assert_eq!(is_money(text), expected, "{text}");
        }
    }

    #[test]
    fn forms() {
        for (text, expected) in [
            ("a@uni.example", true),
            ("o'neil+x@a-b.example", true),
            ("ann.example.org", false),
            ("b@example.org; b2@example.org", false),
            ("u3", false),
            ("u3@host", false),
            ("@a.b", false),
            ("a@b@c.d", false),
            ("a@.b", false),
            ("a@-b.c", false),
            ("a@b.c.", false),
            ("a@b_c.d", false),
            ("mailto:a@b.c", false),
            ("Ann <a@b.c>", false),
            ("zoé@université.example", true),
        ] {
            assert_eq!(is_mail(text), expected, "{text}");
        }
        for (text, expected) in [
            ("CHEM__a1", true),
            ("A_b-c.d__X9", true),
            ("CHEM_abc", false),
            ("CHEM__a-b", false),
            ("CHEM lab__a1", false),
            ("__a1", false),
            ("CHEM__", false),
        ] {
            assert_eq!(is_subject_id(text), expected, "{text}");
        }
        assert!(
            is_locale("fr_FR") && is_locale("en") && !is_locale("français") && !is_locale("fr_")
        );
    }

    #[test]
    fn numbers_that_a_spreadsheet_has_shortened() {
        for (text, expected) in [
            ("1.05E+07", true),
            ("1,05E+07", true),
            ("2e9", true),
            ("E+07", false),
            ("1.E", false),
            ("FEE", false),
            ("1.05", false),
        ] {
            assert_eq!(is_shortened_number(text), expected, "{text}");
        }
    }

    #[test]
    fn students() {
        for (text, expected) in [
            ("Student", true),
            (" STUDENT ", true),
            ("STUDENT_PART_TIME", true),
            ("Staff", false),
            ("StudentAdvisor", false),
            ("former student", false),
            ("", false),
        ] {
            assert_eq!(is_student(text), expected, "{text}");
        }
    }

    #[test]
    fn words() {
        assert_eq!(RowStatus::parse("Enabled"), Some(RowStatus::Enabled));
        assert_eq!(RowStatus::parse("active"), None);
        assert_eq!(Duration::parse("FIXED"), Some(Duration::Fixed));
        assert_eq!(Duration::parse("t"), Some(Duration::Term));
        assert_eq!("Deleted".parse(), Ok(RowStatus::Deleted));
        assert_eq!("range".parse(), Ok(Duration::Range));
        let refused = "x".parse::<Duration>().map_err(|fault| fault.to_string());
        assert_eq!(refused, Err("this is none of `C`, `R`, `D` or `T`".to_owned()));
        assert!("active".parse::<RowStatus>().is_err());
        assert_eq!(CourseRole::parse("student"), Some(CourseRole::Student));
        assert_eq!(CourseRole::parse("S"), Some(CourseRole::Other("S".to_owned())));
        assert_eq!(CourseRole::parse(" "), None);
        assert_eq!(SystemRole::parse("SysAdmin"), Some(SystemRole::SystemAdministrator));
        assert_eq!(
            SystemRole::parse("creator").map(|role| role.as_str().to_owned()),
            Some("course_creator".to_owned())
        );
    }
}
