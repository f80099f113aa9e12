//! Rules by what a person types: a code or a name.

use std::fmt::Write as _;

use edu_diagnostics::Rule;

use crate::formats;

/// How many rules are offered in place of one that does not exist.
const OFFERED: usize = 3;

/// The rules that a word means: one by its code, and by a name those of all formats that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named(pub(crate) Vec<&'static Rule>);

/// The rules of a code or a name, in any letter case.
///
/// # Errors
///
/// A sentence that names the nearest rules.
pub(crate) fn find(wanted: &str) -> Result<Named, String> {
    find_in(&formats::rules(), wanted)
}

fn find_in(rules: &[&'static Rule], wanted: &str) -> Result<Named, String> {
    let is_wanted = |rule: &&&'static Rule| {
        rule.code.eq_ignore_ascii_case(wanted) || rule.name.eq_ignore_ascii_case(wanted)
    };
    let named: Vec<_> = rules.iter().filter(is_wanted).copied().collect();
    if named.is_empty() { Err(unknown(rules, wanted)) } else { Ok(Named(named)) }
}

fn unknown(rules: &[&'static Rule], wanted: &str) -> String {
    let mut text = String::from("no rule has this code or name");
    for (number, rule) in nearest(rules, wanted).into_iter().enumerate() {
        let before = if number == 0 { "; the nearest are " } else { ", " };
        let _ = write!(text, "{before}{} ({})", rule.code, rule.name);
    }
    text
}

fn nearest(rules: &[&'static Rule], wanted: &str) -> Vec<&'static Rule> {
    let wanted = wanted.to_ascii_lowercase();
    let mut rules = rules.to_vec();
    // The sort is stable: rules equally near stay in the order of their table.
    rules.sort_by_cached_key(|rule| {
        distance(&wanted, &rule.code.to_ascii_lowercase()).min(distance(&wanted, rule.name))
    });
    rules.truncate(OFFERED);
    rules
}

/// How many characters have to be put in, taken out or replaced to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use edu_diagnostics::Severity;

    const fn rule(code: &'static str, name: &'static str) -> Rule {
        Rule {
            code,
            name,
            severity: Severity::Error,
            summary: "",
            message: "",
            help: "",
            explanation: "",
            bad: b"",
            good: b"",
        }
    }

    const FIRST: Rule = rule("XX-A01", "missing-name");
    const SECOND: Rule = rule("XX-A02", "missing-date");
    const THIRD: Rule = rule("XX-B17", "unknown-role");
    const FOURTH: Rule = rule("XX-C44", "something-else");
    const OTHER: Rule = rule("YY-A01", "missing-date");
    const RULES: &[&Rule] = &[&FIRST, &SECOND, &THIRD, &FOURTH];

    #[test]
    fn codes_and_names_in_any_case() {
        assert_eq!(find_in(RULES, "xx-b17"), Ok(Named(vec![&THIRD])));
        assert_eq!(find_in(RULES, "Missing-Date"), Ok(Named(vec![&SECOND])));
        // Formats have rules of the same name.
        let both = Ok(Named(vec![&SECOND, &OTHER]));
        assert_eq!(find_in(&[&FIRST, &SECOND, &OTHER], "missing-date"), both);
    }

    #[test]
    fn an_unknown_word_is_answered_with_the_nearest_rules() {
        let text = find_in(RULES, "XX-B18").expect_err("no such rule");
        assert!(text.contains("nearest are XX-B17 (unknown-role), "), "{text}");
        let text = find_in(RULES, "mising-date").expect_err("no such rule");
        assert!(
            text.contains("nearest are XX-A02 (missing-date), XX-A01 (missing-name)"),
            "{text}"
        );
    }

    #[test]
    fn distances() {
        let distances = [("", "abc"), ("abc", "abc"), ("kitten", "sitting"), ("flaw", "lawn")]
            .map(|(a, b)| distance(a, b));
        assert_eq!(distances, [3, 0, 3, 2]);
    }
}
