//! Which characters may stand in a value.

use std::borrow::Cow;

use edu_diagnostics::Severity;
use unicode_normalization::char::is_combining_mark;

use crate::field::{Field, FieldKind};
use crate::object::Object;
use crate::value::{DOUBTFUL_IN_COURSE_ID, NOT_IN_COURSE_ID};

/// What a column says about the characters of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Characters {
    /// The safe set.
    Text,
    /// The safe set and a little more, but no space.
    Key,
    /// Letters, digits, dash and period.
    Dotted,
    /// The id of a course.
    CourseId,
}

/// What is safe everywhere, without letters and digits. Names need the space, which the published list omits.
const SAFE: &[u8] = b". ',\":!?$@[]{}-_";
/// What is safe in keys too.
const SAFE_IN_KEYS: &[u8] = b"%&#<>=\\+/";

/// For each byte, whether it is a character that there is nothing to say about.
type Plain = [bool; 256];
static TEXT: Plain = plain(&[SAFE], b"");
static KEY: Plain = plain(&[SAFE, SAFE_IN_KEYS], b" ");
static DOTTED: Plain = plain(&[b"-."], b"");
static COURSE_ID: Plain = plain(&[SAFE], b" '\"");

const fn plain(with: &[&[u8]], without: &[u8]) -> Plain {
    let mut table = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut list = 0;
    while list < with.len() {
        let mut at = 0;
        while at < with[list].len() {
            table[with[list][at] as usize] = true;
            at += 1;
        }
        list += 1;
    }
    let mut at = 0;
    while at < without.len() {
        table[without[at] as usize] = false;
        at += 1;
    }
    table
}

impl Characters {
    pub(super) fn of(object: Object, field: &Field) -> Option<Self> {
        match field.kind {
            // Nothing that is an address of the web could be written in the safe set.
            FieldKind::Text if field.name == "webpage" => None,
            FieldKind::Text | FieldKind::Id => Some(Self::Text),
            FieldKind::DottedKey => Some(Self::Dotted),
            FieldKind::NewKey if matches!(object, Object::Term | Object::Node) => {
                Some(Self::Dotted)
            }
            FieldKind::Key | FieldKind::NewKey | FieldKind::DataSourceKey => Some(Self::Key),
            FieldKind::CourseId => Some(Self::CourseId),
            _ => None,
        }
    }

    fn table(self) -> &'static Plain {
        match self {
            Self::Text => &TEXT,
            Self::Key => &KEY,
            Self::Dotted => &DOTTED,
            Self::CourseId => &COURSE_ID,
        }
    }

    /// Whether a text holds nothing but ASCII characters that there is nothing to say about.
    pub(super) fn are_plain(self, text: &str) -> bool {
        let table = self.table();
        text.bytes().all(|byte| table.get(usize::from(byte)).is_some_and(|&is_plain| is_plain))
    }

    /// How bad a character is in an identifier.
    fn fault(self, character: char) -> Option<Severity> {
        match self {
            Self::Text => None,
            _ if is_invisible(character) => Some(Severity::Warning),
            Self::Key => character.is_whitespace().then_some(Severity::Warning),
            Self::Dotted => {
                let is_fine = is_letter(character) || matches!(character, '-' | '.');
                (!is_fine && !is_said_elsewhere(character)).then_some(Severity::Warning)
            }
            Self::CourseId => match character {
                _ if NOT_IN_COURSE_ID.contains(&character) => Some(Severity::Error),
                _ if character.is_whitespace() => Some(Severity::Error),
                _ if DOUBTFUL_IN_COURSE_ID.contains(&character) => Some(Severity::Warning),
                _ => None,
            },
        }
    }

    /// The first character that must not stand in an identifier; an error before a warning.
    pub(super) fn worst(self, text: &str) -> Option<(char, Severity)> {
        let mut worst = None;
        for character in text.chars() {
            match self.fault(character) {
                Some(Severity::Error) => return Some((character, Severity::Error)),
                Some(severity) if worst.is_none() => worst = Some((character, severity)),
                _ => {}
            }
        }
        worst
    }

    /// The first character that is outside the safe set, with its offset. What another rule speaks of is left to it.
    pub(super) fn unportable(self, text: &str) -> Option<(usize, char)> {
        let table = self.table();
        text.char_indices().find(|&(_, character)| {
            let is_plain = u8::try_from(character)
                .is_ok_and(|byte| table.get(usize::from(byte)).is_some_and(|&is_plain| is_plain));
            !is_plain
                && !is_letter(character)
                && !is_said_elsewhere(character)
                && self.fault(character).is_none()
        })
    }
}

/// Whether nobody can see a character, or what it was: a key with one is another key. A byte order mark in the middle
/// of a feed comes of files that were put together.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FFFD}'
    )
}

/// Whether a character belongs to words, in any script. Accents may stand apart from their letters.
fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}

/// Whether rules about the file speak of a character: asterisks, control characters, and what takes the place of
/// bytes that are damaged.
fn is_said_elsewhere(character: char) -> bool {
    match character {
        '*' | '\u{FFFD}' => true,
        '\t' | '\n' | '\r' => false,
        _ => character.is_control(),
    }
}

/// A character as a sentence shows it. One character is about nobody, and those that steer a terminal are not
/// printed.
pub(in crate::rules) fn named(character: char) -> Cow<'static, str> {
    match character {
        ' ' => "a space".into(),
        '\t' => "a tab".into(),
        '\n' | '\r' => "a line break".into(),
        _ if character.is_ascii_graphic() || character.is_alphanumeric() => {
            format!("`{character}`").into()
        }
        _ => format!("U+{:04X}", u32::from(character)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers() {
        use Severity::{Error, Warning};
        for (characters, text, expected) in [
            (Characters::CourseId, "MATH_101-a.b", None),
            (Characters::CourseId, "MATH 101", Some((' ', Error))),
            (Characters::CourseId, "MATH\u{A0}101", Some(('\u{A0}', Error))),
            (Characters::CourseId, "MATH&101", Some(('&', Error))),
            (Characters::CourseId, "MATH/101", Some(('/', Error))),
            (Characters::CourseId, "MATH'101", Some(('\'', Error))),
            (Characters::CourseId, "MATH+101", Some(('+', Error))),
            (Characters::CourseId, "MATH(101)", Some(('(', Warning))),
            (Characters::CourseId, "MATH\"101", Some(('"', Warning))),
            (Characters::CourseId, "(A B)", Some((' ', Error))),
            (Characters::Key, "2026_09:A/b+é", None),
            (Characters::Key, "a b", Some((' ', Warning))),
            (Characters::Dotted, "2026-09.été", None),
            (Characters::Dotted, "2026_09", Some(('_', Warning))),
            (Characters::Text, "a b & c", None),
        ] {
            assert_eq!(characters.worst(text), expected, "{text}");
        }
    }

    #[test]
    fn the_safe_set() {
        for (characters, text, expected) in [
            (Characters::Text, "O'Neil, \"Zoé\": Nguyễn [x] {y} $1 a_b-c @d!?", None),
            (Characters::Text, "Nguye\u{302}\u{303}n 李 हिन्दी", None),
            (Characters::Text, "a;b", Some((1, ';'))),
            (Characters::Text, "é\tb", Some((2, '\t'))),
            (Characters::Text, "a*b\u{7}\u{FFFD}", None),
            (Characters::Text, "R&D", Some((1, '&'))),
            (Characters::Key, "R&D%#<>=\\+/", None),
            (Characters::Key, "a b", None),
            (Characters::Key, "a;b", Some((1, ';'))),
            (Characters::CourseId, "A&B (c)", None),
            (Characters::CourseId, "A#B", Some((1, '#'))),
            (Characters::Dotted, "a_b;c", None),
        ] {
            assert_eq!(characters.unportable(text), expected, "{text}");
            assert!(expected.is_none() || !characters.are_plain(text), "{text}");
        }
        assert!(Characters::Text.are_plain("Organic chemistry: laboratory"));
        assert!(!Characters::Key.are_plain("a b"));
    }

    #[test]
    fn characters_are_named() {
        assert_eq!(
            [' ', '\t', ';', 'é', '\u{202E}'].map(named),
            ["a space", "a tab", "`;`", "`é`", "U+202E"]
        );
    }
}
