//! Digits in keys: chance, social security numbers and days.

use chrono::{Datelike, NaiveDate};

/// From how many hexadecimal digits on a part of a key counts as random.
const RANDOM: usize = 16;

pub(super) fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a part of a key looks as if it had been drawn by lot.
pub(super) fn is_random(part: &str) -> bool {
    part.len() >= RANDOM && is_hexadecimal(part)
}

/// The kind of social security number that a key holds.
pub(super) fn number_in(key: &str) -> Option<&'static str> {
    let mut before = None;
    for (at, letter) in key.char_indices() {
        // A number is a part of its own: it does not begin in the middle of another one.
        let is_start = !before.is_some_and(char::is_alphanumeric);
        if is_start && letter.is_ascii_digit() {
            let (head, rest) = key.split_at(at);
            let rest = rest.as_bytes();
            if is_ssn(rest) && !ends_with_digit_and_dash(head) {
                return Some("a social security number");
            }
            if is_nir(rest) {
                return Some("a French social security number");
            }
        }
        before = Some(letter);
    }
    None
}

fn ends_with_digit_and_dash(before: &str) -> bool {
    before.strip_suffix('-').is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text begins with `ddd-dd-dddd` as a whole.
fn is_ssn(text: &[u8]) -> bool {
    let groups = [3, 2, 4];
    let mut reader = Groups(text);
    let mut is_number = true;
    for (index, length) in groups.into_iter().enumerate() {
        if index > 0 {
            is_number &= reader.skip(b"-");
        }
        is_number &= reader.digits(length).is_some();
    }
    is_number && reader.is_at_end() && !matches!(reader.0, [b'-', b'0'..=b'9', ..])
}

/// Whether a text begins with a French number: sex, year, month, department, commune, serial number, and mostly
/// two digits of control.
fn is_nir(text: &[u8]) -> bool {
    let mut reader = Groups(text);
    let mut group = |length| {
        let value = reader.digits(length);
        reader.skip_separators();
        value
    };
    let is_person = matches!(group(1), Some(1 | 2)) && group(2).is_some();
    if !is_person || !matches!(group(2), Some(1..=12)) {
        return false;
    }
    // Two departments, those of Corsica, have a letter.
    let is_department = if let [b'2', b'A' | b'a' | b'B' | b'b', rest @ ..] = reader.0 {
        reader.0 = rest;
        true
    } else {
        matches!(reader.digits(2), Some(1..))
    };
    reader.skip_separators();
    let is_commune = reader.digits(3).is_some();
    reader.skip_separators();
    let is_serial = matches!(reader.digits(3), Some(1..));
    if !is_department || !is_commune || !is_serial {
        return false;
    }
    // Behind a separator may be the two digits of control, or something else.
    reader.is_at_end() || (reader.digits(2).is_some() && reader.is_at_end())
}

/// Reads groups of digits, with separators between them.
struct Groups<'t>(&'t [u8]);

impl Groups<'_> {
    /// The number of the next digits.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let number = digits.iter().try_fold(0, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
        })?;
        self.0 = rest;
        Some(number)
    }

    /// Passes over these bytes, if they follow.
    fn skip(&mut self, bytes: &[u8]) -> bool {
        let rest = self.0.strip_prefix(bytes);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Passes over spaces, also those that do not break a line, periods and dashes.
    fn skip_separators(&mut self) {
        let separators = [" ", "\t", "\u{A0}", "\u{202F}", ".", "-"];
        while separators.iter().any(|separator| self.skip(separator.as_bytes())) {}
    }

    /// Whether no letter and no digit follows.
    fn is_at_end(&self) -> bool {
        !self.0.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
    }
}

/// Whether a key holds a day: year, month and day in one of three orders with anything between them that is
/// neither letter nor digit; or six digits by themselves.
pub(super) fn has_day(key: &str, day: NaiveDate) -> bool {
    let year = u32::try_from(day.year()).unwrap_or(0);
    let (month, number) = (day.month(), day.day());
    let orders = [
        [(year, 4), (month, 2), (number, 2)],
        [(number, 2), (month, 2), (year, 4)],
        [(month, 2), (number, 2), (year, 4)],
    ];
    let is_long = (0..key.len())
        .filter_map(|at| key.as_bytes().get(at..))
        .any(|rest| orders.iter().any(|order| begins_with(rest, order)));
    is_long
        || key.split(|letter: char| !letter.is_alphanumeric()).any(|part| {
            // Six digits stand in a random part by chance.
            !is_random(part)
                && part.split(|letter: char| !letter.is_ascii_digit()).any(|digits| {
                    digits.len() == 6
                        && orders.iter().any(|order| {
                            let short = order.map(|(value, length)| (value % 100, length.min(2)));
                            begins_with(digits.as_bytes(), &short)
                        })
                })
        })
}

/// Whether a text begins with numbers of so many digits.
fn begins_with(text: &[u8], numbers: &[(u32, usize)]) -> bool {
    let mut reader = Groups(text);
    numbers.iter().enumerate().all(|(index, &(number, length))| {
        while index > 0
            && let [first, rest @ ..] = reader.0
            && first.is_ascii()
            && !first.is_ascii_alphanumeric()
        {
            reader.0 = rest;
        }
        reader.digits(length) == Some(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (key, expected) in [
            ("219-09-9999", true),
            ("SSN219-09-9999", false),
            ("SSN-219-09-9999", true),
            ("stu_219-09-9999_x", true),
            ("1219-09-9999", false),
            ("12-219-09-9999", false),
            ("219-09-99991", false),
            ("219-09-9999-1", false),
            ("219099999", false),
            ("2900475123456", true),
            ("290047512345678", true),
            ("2 90 04 75 123 456 78", true),
            ("2.90.04.75.123.456", true),
            ("2-90-04-2A-123-456-78", true),
            ("2\u{A0}90\u{202F}04 75 - 123 456 78", true),
            ("190042b123456", true),
            ("fr-2900475123456", true),
            ("3900475123456", false),
            ("2901375123456", false),
            ("2900400123456", false),
            ("29004751234567", false),
            ("2900475123456789", false),
            ("x2900475123456", false),
            ("9f3c1a77d04be82651", false),
        ] {
            assert_eq!(number_in(key).is_some(), expected, "{key}");
        }
    }

    #[test]
    fn birthdates() {
        for (key, expected) in [
            ("stu-19900412", true),
            ("12041990", true),
            ("04121990x", true),
            ("1990-04-12", true),
            ("x12/04/1990", true),
            ("12. 04. 1990", true),
            ("a7199004120", true),
            ("p900412", true),
            ("120490", true),
            ("041290-7", true),
            ("1120490", false),
            ("9f3c120490d04be82651", false),
            ("19900413", false),
            ("1990", false),
            ("ü1990é04é12", false),
        ] {
            let day = NaiveDate::from_ymd_opt(1990, 4, 12);
            assert_eq!(day.is_some_and(|day| has_day(key, day)), expected, "{key}");
        }
    }
}
