//! The parts of keys and ids that follow a naming rule.

use crate::rules::row::named;

/// Words for terms that begin an id after the year, besides numbers and a letter with a digit.
const TERMS: &[&str] = &[
    "fall",
    "autumn",
    "winter",
    "spring",
    "summer",
    "automne",
    "hiver",
    "printemps",
    "ete",
    "été",
    "primavera",
    "verano",
    "otoño",
    "invierno",
    "wise",
    "sose",
    "fal",
    "win",
    "spr",
    "sum",
    "fa",
    "wi",
    "sp",
    "su",
    "au",
    "ss",
    "ws",
    "a",
    "h",
    "p",
    "e",
    "annual",
    "annuel",
    "year",
    "annee",
    "année",
    "an",
    "full",
    "janterm",
    "interim",
];
/// Words for terms that have a number.
const NUMBERED: &[&str] = &[
    "s",
    "t",
    "q",
    "m",
    "semester",
    "semestre",
    "sem",
    "trimester",
    "trimestre",
    "trim",
    "quarter",
    "term",
    "session",
    "sess",
    "module",
    "period",
    "periode",
    "période",
    "fall",
    "autumn",
    "winter",
    "spring",
    "summer",
    "fa",
    "wi",
    "sp",
    "su",
];

/// A text and the separators in it, which are all characters but letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts<'t>(&'t str);

impl<'t> Parts<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self(text)
    }

    pub(super) fn iter(self) -> impl DoubleEndedIterator<Item = &'t str> {
        self.0.split(|character: char| !character.is_alphanumeric())
    }

    fn separators(self) -> impl Iterator<Item = char> {
        self.0.chars().filter(|character| !character.is_alphanumeric())
    }

    /// In what the parts differ from those of the first text; `None` where they are alike.
    pub(super) fn difference(self, first: Self) -> Option<String> {
        let mut why = Vec::new();
        let mut separators = self.separators().zip(first.separators());
        if let Some((found, expected)) = separators.find(|(found, expected)| found != expected) {
            let [found, expected] = [found, expected].map(named);
            why.push(format!("{found} stands between parts, not {expected}"));
        }
        let counts = [self, first].map(|parts| parts.iter().count());
        if let [found, expected] = counts
            && found != expected
        {
            why.push(format!("it has {found} {}, not {expected}", plural(found, "part")));
        } else if let Some((number, found, expected)) = self.other_length(first) {
            let unit = plural(found, "character");
            why.push(format!("part {number} has {found} {unit}, not {expected}"));
        }
        (!why.is_empty()).then(|| why.join(", and "))
    }

    /// The first part that has another length: its number, its length, and the one expected.
    fn other_length(self, first: Self) -> Option<(usize, usize, usize)> {
        let mut lengths = (1..).zip(self.iter().zip(first.iter())).map(|(number, parts)| {
            let [found, expected] = [parts.0, parts.1].map(|part| part.chars().count());
            (number, found, expected)
        });
        lengths.find(|(_, found, expected)| found != expected)
    }
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

/// What stands behind the year at the beginning of a text, with the separator; of a year of study both years are
/// taken: `2026`, `2026-2027`.
fn after_year(text: &str) -> Option<&str> {
    let year = |text: &str| {
        let digits = text.get(..4)?;
        let is_year = digits.bytes().all(|byte| byte.is_ascii_digit());
        let year: u32 =
            digits.parse().ok().filter(|year| is_year && (1900..2200).contains(year))?;
        Some(year)
    };
    let first = year(text)?;
    let rest = text.get(4..)?;
    let second = skip_separator(rest);
    if second.len() < rest.len() && year(second) == Some(first + 1) {
        return second.get(4..);
    }
    Some(rest)
}

fn skip_separator(text: &str) -> &str {
    let mut characters = text.chars();
    match characters.next() {
        Some(character) if !character.is_alphanumeric() => characters.as_str(),
        _ => text,
    }
}

/// What stands behind year and term at the beginning of a text; `None` where it does not begin with them.
pub(super) fn after_year_and_term(text: &str) -> Option<&str> {
    let rest = skip_separator(after_year(text)?);
    let end = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
    let (term, rest) = rest.split_at_checked(end)?;
    is_term(term).then(|| skip_separator(rest))
}

/// Whether a part names a term: one or two digits, a word for one, or a word with a number.
fn is_term(part: &str) -> bool {
    let lower = part.to_lowercase();
    let word = lower.trim_end_matches(|character: char| character.is_ascii_digit());
    let digits = lower.len() - word.len();
    match (word.is_empty(), digits) {
        (true, _) => (1..=2).contains(&digits),
        (false, 0) => TERMS.contains(&word),
        // The year may stand in the word again: A26.
        (false, 1..=2) => NUMBERED.contains(&word) || TERMS.contains(&word),
        (false, _) => false,
    }
}

/// How many parts of a text are not empty.
pub(super) fn filled_parts(text: &str) -> usize {
    Parts::of(text).iter().filter(|part| !part.is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_compared() {
        let first = "2026_09_12345_CHEM_301";
        for (text, expected) in [
            ("2026_10_54321_HIST_110", None),
            ("2026_9_54321_HIST_110", Some("part 2 has 1 character, not 2")),
            ("2026_09_54321_HIST", Some("it has 4 parts, not 5")),
            ("2026-09-54321-HIST-110", Some("`-` stands between parts, not `_`")),
            ("2026_09_54321_HIST-110", Some("`-` stands between parts, not `_`")),
            ("X", Some("it has 1 part, not 5")),
            (
                "2026-9-7-CHEM-2",
                Some("`-` stands between parts, not `_`, and part 2 has 1 character, not 2"),
            ),
        ] {
            assert_eq!(Parts::of(text).difference(Parts::of(first)).as_deref(), expected, "{text}");
        }
        assert_eq!(Parts::of("CHÉM1").difference(Parts::of("CHEM2")), None);
        assert_eq!(
            Parts::of("a_b").difference(Parts::of("ab")).as_deref(),
            Some("it has 2 parts, not 1")
        );
        assert_eq!(Parts::of("26-1_b").difference(Parts::of("27-2_c")), None);
    }

    #[test]
    fn years_and_terms() {
        for (text, expected) in [
            ("2010_9_12345_CHEM_301", Some("12345_CHEM_301")),
            ("2026_09_12345_CHEM_301", Some("12345_CHEM_301")),
            ("202609_CHEM", Some("CHEM")),
            ("2012_automne_12345", Some("12345")),
            ("2026FA-CHEM", Some("CHEM")),
            ("2026-S1-CHEM", Some("CHEM")),
            ("2026-2027_S2_CHEM", Some("CHEM")),
            ("2026_A26_CHEM", Some("CHEM")),
            ("2026_09", Some("")),
            ("CHEM_301_2026", None),
            ("2026_CHEM_301", None),
            ("2026", None),
            ("2026_123_CHEM", None),
            ("0026_09_CHEM", None),
            ("20", None),
            ("é2026_09", None),
        ] {
            assert_eq!(after_year_and_term(text), expected, "{text}");
        }
    }
}
