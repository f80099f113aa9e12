//! Rules about personal data in the keys of persons: keys never change, and what is known of a person does.

use edu_diagnostics::Diagnostic;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::digits::{has_day, is_hexadecimal, is_random, number_in};
use crate::field::longest;
use crate::fields::person::{At, FIELDS};
use crate::row::{Cell, Row};
use crate::rules::table as rules;
use crate::value;

/// How many letters a name needs to be told from chance.
const NAME: usize = 3;
/// Characters that a key may have.
const KEY: usize = longest(FIELDS, At::external_person_key as usize);
/// Characters that a first or last name may have.
const FULL_NAME: usize = longest(FIELDS, At::lastname as usize);

/// The rules about keys, with memory that is used for row after row.
#[derive(Debug, Default)]
pub(super) struct KeyRules {
    key: String,
    name: String,
}

impl KeyRules {
    /// Checks the key of a person, and the one that is to take its place.
    pub(super) fn check(&mut self, row: &Row<'_>, out: &mut Vec<Diagnostic>) {
        for place in [At::external_person_key, At::new_external_person_key] {
            let Some(cell) = row.at(place).and_then(Cell::filled) else { continue };
            let key = cell.raw();
            let mut report = |finding: Diagnostic| out.push(finding.at(cell.span()));
            if let Some(what) = self.names_in(key, row) {
                report(Diagnostic::new(&rules::KEY_HAS_NAME).word("what", what));
            }
            if let Some(what) = number_in(key) {
                report(Diagnostic::new(&rules::KEY_HAS_NUMBER).word("what", what));
            }
            let birthdate = row.at(At::birthdate).and_then(|cell| value::date(cell.raw()));
            if birthdate.is_some_and(|day| has_day(key, day)) {
                report(Diagnostic::new(&rules::KEY_HAS_BIRTHDATE));
            }
            if key.contains('@') {
                report(Diagnostic::new(&rules::KEY_IS_ADDRESS));
            }
            if row.at(At::user_id).is_some_and(|user_id| is_same(key, user_id.raw())) {
                report(Diagnostic::new(&rules::KEY_IS_USER_ID));
            }
        }
    }

    /// The names of the person that stand in a key. What is longer than its column takes is not looked at: each part
    /// of a name is looked for in the whole key.
    fn names_in(&mut self, key: &str, row: &Row<'_>) -> Option<&'static str> {
        if is_longer(key, KEY) {
            return None;
        }
        self.key.clear();
        fold(key, &mut self.key);
        let mut has = |place: At| {
            let Some(cell) = row.at(place).filter(|cell| !is_longer(cell.raw(), FULL_NAME)) else {
                return false;
            };
            self.name.clear();
            fold(cell.raw(), &mut self.name);
            has_name(&self.key, &mut self.name)
        };
        match (has(At::firstname), has(At::lastname)) {
            (true, true) => Some("first and the last name"),
            (true, false) => Some("first name"),
            (false, true) => Some("last name"),
            (false, false) => None,
        }
    }
}

fn is_longer(text: &str, most: usize) -> bool {
    text.chars().nth(most).is_some()
}

/// Whether two ids differ in letter case at most: login names are compared so.
fn is_same(key: &str, user_id: &str) -> bool {
    key.chars().flat_map(char::to_lowercase).eq(user_id.chars().flat_map(char::to_lowercase))
}

/// Adds a text without accents and in lower case.
fn fold(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
        return;
    }
    for letter in text.nfkd().filter(|&letter| !is_combining_mark(letter)) {
        for letter in letter.to_lowercase() {
            match letter {
                'ß' => out.push_str("ss"),
                'æ' => out.push_str("ae"),
                'œ' => out.push_str("oe"),
                'þ' => out.push_str("th"),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'đ' | 'ð' => out.push('d'),
                'ı' => out.push('i'),
                'ħ' => out.push('h'),
                '\u{307}' => {}
                _ => out.push(letter),
            }
        }
    }
}

/// Whether a key holds a name, or a part of a name that has several; both folded. Leaves the name without what
/// stands between its parts.
fn has_name(key: &str, name: &mut String) -> bool {
    let mut parts = name.split(|letter: char| !letter.is_alphanumeric());
    if parts.any(|part| holds(key, part)) {
        return true;
    }
    // O'Neil may be oneil, and Jo Li may be joli.
    let length = name.len();
    name.retain(char::is_alphanumeric);
    name.len() < length && holds(key, name)
}

fn holds(key: &str, name: &str) -> bool {
    if name.chars().filter(|letter| letter.is_alphabetic()).count() < NAME || !key.contains(name) {
        return false;
    }
    if !is_hexadecimal(name) {
        return true;
    }
    // Such a name stands in many random keys.
    !is_uuid(key)
        && key
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|part| part.contains(name) && !is_random(part))
}

/// Whether a key is a UUID, with or without braces.
fn is_uuid(key: &str) -> bool {
    let key = key.trim_matches(['{', '}']);
    let groups = key.split('-').map(|group| is_hexadecimal(group).then_some(group.len()));
    groups.eq([8, 4, 4, 4, 12].map(Some))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::row::tests::found;

    /// What is found about a key of Aurélie Bea Delcourt-O'Neil, born on 1990-04-12, who logs in as u1.
    fn about(key: &str) -> Vec<&'static str> {
        found(&format!(
            "external_person_key|user_id|firstname|lastname|birthdate\n\
             {key}|u1|Aurélie Bea|Delcourt-O'Neil|19900412\n"
        ))
    }

    #[test]
    fn names() {
        for (key, is_name) in [
            ("delcourt.aurelie", true),
            ("AURÉLIE01", true),
            ("x-oneil", true),
            ("neil7", true),
            ("delcourtoneil", true),
            ("bea-7", true),
            ("bea-9f3c1a77d04be82651", true),
            ("9f3c1a77d04bea2651", false),
            ("550e8400-e29b-41d4-bea4-446655440000", false),
            ("{550E8400-E29B-41D4-BEA4-446655440000}", false),
            ("9f3c1a77bea", true),
            ("9f3c1a77d04be82651", false),
            ("aur-delc", false),
        ] {
            let expected: &[&str] = if is_name { &["BB-K01"] } else { &[] };
            assert_eq!(about(key), expected, "{key}");
        }
        for (first, last, key, is_name) in [
            ("Ed", "Li", "edli", false),
            ("Jo", "Ng", "jo-ng", false),
            ("Søren", "Groß", "soren.x", true),
            ("Søren", "Groß", "x.gross", true),
            ("İpek", "Yıldız", "yildiz1", true),
            ("Мария", "Ли", "мария-1", true),
            ("Jo Li", "X", "joli", true),
            ("", "", "abc", false),
        ] {
            let (mut has, mut folded) = (false, String::new());
            fold(key, &mut folded);
            for name in [first, last] {
                let mut of_person = String::new();
                fold(name, &mut of_person);
                has |= has_name(&folded, &mut of_person);
            }
            assert_eq!(has, is_name, "{key}");
        }
    }

    #[test]
    fn every_rule_is_asked() {
        assert_eq!(about("d@example.org"), ["BB-K04"]);
        assert_eq!(about("219-09-9999"), ["BB-K02"]);
        assert_eq!(about("stu-19900412"), ["BB-K03"]);
        assert_eq!(about("U1"), ["BB-K05"]);
        assert_eq!(about("9f3c1a77d04be82651"), [""; 0]);
        let replaced = "external_person_key|user_id|firstname|lastname|new_external_person_key\n\
                        9f3c|u1|Flo|Fox|flo.fox\n";
        assert_eq!(found(replaced), ["BB-K01"]);
    }
}
