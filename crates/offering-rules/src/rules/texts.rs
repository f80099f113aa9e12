//! Texts that become part of commands.

use std::collections::HashSet;
use std::convert::Infallible;

use edu_diagnostics::{Diagnostic, Sink};

use super::table;
use crate::asked::Asked;
use crate::cell::{AtCell, Cell};
use crate::codes::Status;
use crate::model::{Column, Matrix};
use crate::predicate::Part;
use crate::reserved::reserved;

/// Reports reserved and invisible characters, in whatever can reach a command. Values count without a mark too: the next
/// one who edits the matrix may mark them.
pub(super) fn check(matrix: &Matrix, asked: &[Asked<'_>], sink: &mut dyn Sink) {
    // A name stands at each of its values, a path in each column of its course: once is enough.
    let mut said = HashSet::new();
    for value in &matrix.values {
        let name = &value.name;
        if is_odd(&name.value) && said.insert(name.value.as_str()) {
            text(&name.value, name.cell, sink);
        }
        text(&value.value.value, value.value.cell, sink);
        if is_spreadsheet_error(&value.value.value) {
            placeholder(&value.value.value, value.value.cell, sink);
        }
    }
    said.clear();
    for asked in asked {
        let path = &asked.column.path;
        // Of one that is none enough is said elsewhere.
        if path.value.is_well_formed()
            && is_odd(path.value.as_str())
            && said.insert(path.value.as_str())
        {
            text(path.value.as_str(), path.cell, sink);
        }
        if asked.is_in_force() {
            rule(asked.column, sink);
        }
    }
}

/// The texts of a column that are written into its rule.
fn rule(column: &Column, sink: &mut dyn Sink) {
    if let Some(certificate) = &column.certificate
        && column.status().is_some_and(Status::uses_certificate)
    {
        text(&certificate.value, certificate.cell, sink);
        placeholder(&certificate.value, certificate.cell, sink);
    }
    for user in &column.users {
        text(&user.value, user.cell, sink);
        placeholder(&user.value, user.cell, sink);
    }
    for condition in &column.conditions {
        let Ok(()) = condition.value.predicate.try_parts(|part| {
            text(part.as_str(), condition.cell, sink);
            if let Part::Text(_, found) = part {
                placeholder(found, condition.cell, sink);
            }
            Ok::<_, Infallible>(())
        });
    }
}

/// Reports a text that people write where nothing is meant.
fn placeholder(found: &str, cell: Option<Cell>, sink: &mut dyn Sink) {
    let is_sign =
        |c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | '?' | '*' | '/');
    let is_nothing =
        found.eq_ignore_ascii_case("n/a") || (!found.is_empty() && found.chars().all(is_sign));
    if is_nothing || is_spreadsheet_error(found) {
        let finding = Diagnostic::new(&table::PLACEHOLDER).at_cell(cell);
        sink.report(finding.data("found", found));
    }
}

/// Whether a text is what a spreadsheet shows where it can compute nothing.
fn is_spreadsheet_error(text: &str) -> bool {
    ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"].contains(&text)
}

fn is_odd(text: &str) -> bool {
    reserved(text).is_some() || invisible(text).is_some()
}

fn text(found: &str, cell: Option<Cell>, sink: &mut dyn Sink) {
    if let Some(character) = reserved(found) {
        let finding = Diagnostic::new(&table::RESERVED_CHARACTER).at_cell(cell);
        let (character, what) = name(character);
        sink.report(finding.data("found", found).word("character", character).word("what", what));
    }
    if let Some(character) = invisible(found) {
        let finding = Diagnostic::new(&table::INVISIBLE_CHARACTER).at_cell(cell);
        let code = format!("U+{:04X}", u32::from(character));
        sink.report(finding.data("found", found).word("character", code));
    }
}

/// The first character that looks like a space and is none, or like nothing.
fn invisible(text: &str) -> Option<char> {
    if text.is_ascii() {
        return None;
    }
    text.chars().find(|character| {
        matches!(
            character,
            '\u{a0}'
                | '\u{ad}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{1680}'
                | '\u{180e}'
                | '\u{2000}'..='\u{200f}'
                | '\u{202a}'..='\u{202f}'
                | '\u{205f}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3000}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
    })
}

/// A character as a sentence names it, and what it does.
fn name(character: char) -> (String, &'static str) {
    match character {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            ("a line break".to_owned(), "ends a command")
        }
        character if character.is_control() => {
            (format!("U+{:04X}", u32::from(character)), "is no character of a text")
        }
        character => (format!("`{character}`"), "has a meaning in rules and commands"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{column, found, matrix, sentences};
    use super::*;
    use crate::layout::Layout;
    use crate::predicate::{Predicate, Term};

    #[test]
    fn every_text_of_a_command_is_looked_at() {
        let mut one = column("/Root/Fleet/A:b", Status::ReRegistration, "x");
        one.certificate = Some("C,1".to_owned().into());
        one.users = vec!["eva;".to_owned().into(), "ola".to_owned().into()];
        let expires = Predicate::CertificateWillExpireInCourse {
            course: "/Root/$".into(),
            certificate: "C|".to_owned(),
            before: "1d".parse().unwrap(),
        };
        one.conditions = [
            expires,
            Predicate::IsInUserSet("a\u{2029}b".to_owned()),
            Predicate::OrgProfileDateWithin { field: "D\0".to_owned(), days: 1 },
        ]
        .map(|predicate| Term::of(predicate).into())
        .to_vec();
        let rows = [("Rank", "Cook (Galley)"), ("A\"b", "1"), ("A\"b", "2")];
        let matrix = matrix(Layout::V4_7, &rows, [one]);
        let found: Vec<_> =
            sentences(&matrix).into_iter().filter(|s| s.contains("which")).collect();
        assert_eq!(
            found,
            [
                "`Cook (Galley)` (cell B4) holds `(`, which has a meaning in rules and commands",
                "`A\"b` (cell A5) holds `\"`, which has a meaning in rules and commands",
                "`/Root/Fleet/A:b` (cell C1) holds `:`, which has a meaning in rules and commands",
                "`C,1` (cell ?) holds `,`, which has a meaning in rules and commands",
                "`eva;` (cell ?) holds `;`, which has a meaning in rules and commands",
                "`/Root/$` (cell ?) holds `$`, which has a meaning in rules and commands",
                "`C|` (cell ?) holds `|`, which has a meaning in rules and commands",
                "`a\\u{2029}b` (cell ?) holds a line break, which ends a command",
                "`D\\u{0}` (cell ?) holds U+0000, which is no character of a text",
            ]
        );
    }

    #[test]
    fn what_reaches_no_command_may_hold_anything() {
        let mut planned = column("/Root/Fleet/A", None, "");
        planned.certificate = Some("C,1".to_owned().into());
        let mut once = column("/Root/Fleet/B", Status::OneTime, "x");
        once.name = "Fire: leader".to_owned().into();
        once.certificate = Some("C,1".to_owned().into());
        let mut ended = column("/Root/Fleet/C", Status::Deactivated, "x");
        ended.users = vec!["eva;".to_owned().into()];
        let matrix = matrix(Layout::V4_7, &[("Rank", "Cook")], [planned, once, ended]);
        assert_eq!(found(&matrix), ["OR-R13"]);
    }

    #[test]
    fn paths_are_looked_at_whatever_the_status() {
        let paths = ["/Root/Fleet/A:b", "Root:A"].map(|path| column(path, None, ""));
        let matrix = matrix(Layout::V4_7, &[("Rank", "Cook")], paths);
        assert_eq!(
            sentences(&matrix),
            ["`/Root/Fleet/A:b` (cell C1) holds `:`, which has a meaning in rules and commands"]
        );
    }

    #[test]
    fn signs_for_nothing() {
        let mut one = column("/Root/Fleet/A", Status::ReRegistration, "x");
        one.certificate = Some("\u{2013}".to_owned().into());
        one.users = vec!["n/A".to_owned().into(), "-eva-".to_owned().into()];
        one.conditions = ["???", "A.1"]
            .map(|set| Term::of(Predicate::IsInUserSet(set.to_owned())).into())
            .to_vec();
        let matrix = matrix(Layout::V4_7, &[("Rank", "-"), ("Rank", "#REF!")], [one]);
        let said: Vec<_> =
            sentences(&matrix).into_iter().filter(|said| said.contains("taken as")).collect();
        assert_eq!(
            said,
            [
                "`#REF!` (cell B5) is taken as it is written",
                "`–` (cell ?) is taken as it is written",
                "`n/A` (cell ?) is taken as it is written",
                "`???` (cell ?) is taken as it is written",
            ]
        );
    }
}
