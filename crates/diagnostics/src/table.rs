//! What a table of rules has to be like.

use std::collections::HashSet;

use crate::Rule;

/// What is wrong with a table of rules, a sentence each; nothing in one that can be published.
///
/// The tests that [`rules!`](crate::rules) makes with a table ask for it.
pub fn table_faults(rules: &[&Rule]) -> Vec<String> {
    let mut faults = Vec::new();
    let (mut codes, mut names) = (HashSet::new(), HashSet::new());
    let prefix = rules.first().and_then(|rule| rule.code.split('-').next()).unwrap_or_default();
    for rule in rules {
        let mut fault = |is_wrong: bool, what: &str| {
            if is_wrong {
                faults.push(format!("{}: {what}", rule.code));
            }
        };
        fault(!is_code(rule.code, prefix), "the code is not of the form of the others");
        fault(!is_kebab(rule.name), "the name is not in kebab case");
        fault(!codes.insert(rule.code), "the code is there twice");
        fault(!names.insert(rule.name), "the name is there twice");
        for (text, is_sentence) in [
            (rule.summary, true),
            (rule.explanation, true),
            (rule.message, false),
            (rule.help, false),
        ] {
            fault(text.ends_with('.') != is_sentence, "a full stop is missing or too many");
        }
        for text in [rule.summary, rule.help, rule.explanation] {
            fault(has_placeholder(text), "only a message is filled in");
        }
    }
    faults
}

/// Two capital letters, a dash, the letter of the area, two digits.
fn is_code(code: &str, prefix: &str) -> bool {
    let Some(rest) = code.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')) else {
        return false;
    };
    prefix.len() == 2
        && prefix.bytes().all(|byte| byte.is_ascii_uppercase())
        && matches!(rest.as_bytes(), [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9'])
}

fn is_kebab(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.split('-').all(is_part)
}

/// Whether a text has a word in braces, as messages have in place of their arguments.
fn has_placeholder(text: &str) -> bool {
    text.split('{').skip(1).any(|rest| {
        let word = rest.split('}').next().filter(|word| word.len() < rest.len());
        word.is_some_and(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    const GOOD: Rule = Rule {
        code: "XX-A01",
        name: "a-name",
        severity: Severity::Error,
        summary: "A sentence.",
        message: "`{found}` is wrong",
        help: "put it right: `{}`, `{ a }`",
        explanation: "Because.",
        bad: b"",
        good: b"",
    };

    #[test]
    fn each_fault_is_said() {
        assert_eq!(table_faults(&[&GOOD]), [""; 0]);
        let second = Rule { code: "XX-A02", name: "another2", ..GOOD };
        assert_eq!(table_faults(&[&GOOD, &second]), [""; 0]);
        for (bad, expected) in [
            (GOOD, "XX-A01: the code is there twice"),
            (
                Rule { code: "XY-A02", ..second },
                "XY-A02: the code is not of the form of the others",
            ),
            (Rule { code: "XX-2", ..second }, "XX-2: the code is not of the form of the others"),
            (Rule { name: "a-name", ..second }, "XX-A02: the name is there twice"),
            (Rule { name: "A-name", ..second }, "XX-A02: the name is not in kebab case"),
            (Rule { name: "a--name", ..second }, "XX-A02: the name is not in kebab case"),
            (Rule { summary: "No", ..second }, "XX-A02: a full stop is missing or too many"),
            (Rule { message: "No.", ..second }, "XX-A02: a full stop is missing or too many"),
            (Rule { help: "say `{what}`", ..second }, "XX-A02: only a message is filled in"),
        ] {
            assert_eq!(table_faults(&[&GOOD, &bad])[0], expected);
        }
    }
}
