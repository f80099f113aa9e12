//! Rules as Markdown.

use std::fmt::Write as _;

use crate::Rule;

/// Writes rule tables as one Markdown page: an overview, then a section for each rule.
///
/// `tables` are pairs of a heading and the rules below it, in the order of the page.
pub fn catalogue(tables: &[(&str, &[&Rule])]) -> String {
    let mut out = String::from("# Rules\n\nGenerated from the rule tables; do not edit by hand.\n");
    for (title, rules) in tables {
        let _ = write!(
            out,
            "\n## {title}\n\n| code | name | severity | condition |\n| --- | --- | --- | --- |\n"
        );
        for rule in *rules {
            let anchor = rule.code.to_ascii_lowercase();
            let _ = writeln!(
                out,
                "| [{}](#{anchor}) | {} | {} | {} |",
                rule.code, rule.name, rule.severity, rule.summary
            );
        }
        for rule in *rules {
            let _ = write!(out, "\n### {}\n\n{}", rule.code, page(rule));
        }
    }
    out
}

/// Writes one rule's page as Markdown, without a heading.
pub fn page(rule: &Rule) -> String {
    format!(
        "**{}** ({}). {}\n\n{}\n\nWhat to do: {}.\n\nBad:\n\n{}\nGood:\n\n{}",
        rule.name,
        rule.severity,
        rule.summary,
        rule.explanation,
        rule.help,
        code_block(rule.bad),
        code_block(rule.good)
    )
}

/// An example as a code block; bytes that are not UTF-8 and control characters are written as `\xNN`.
fn code_block(example: &[u8]) -> String {
    let mut out = String::from("```text\n");
    for chunk in example.utf8_chunks() {
        for character in chunk.valid().chars() {
            if character.is_control() && !matches!(character, '\n' | '\t') {
                let _ = write!(out, "\\x{:02X}", u32::from(character));
            } else {
                out.push(character);
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str("```\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    #[test]
    fn examples_survive_any_bytes() {
        assert_eq!(code_block(b"a\xE9\0\tb"), "```text\na\\xE9\\x00\tb\n```\n");
    }

    #[test]
    fn every_rule_is_listed_and_explained() {
        const RULE: Rule = Rule {
            code: "XX-A01",
            name: "some-name",
            severity: Severity::Info,
            summary: "Something is so.",
            message: "",
            help: "change it",
            explanation: "It matters.",
            bad: b"bad",
            good: b"good",
        };
        let page = catalogue(&[("Things", &[&RULE])]);
        assert!(page.contains("| [XX-A01](#xx-a01) | some-name | info | Something is so. |"));
        assert!(
            page.contains(
                "\n### XX-A01\n\n**some-name** (info). Something is so.\n\nIt matters.\n"
            )
        );
    }
}
