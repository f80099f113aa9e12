//! Rules about the value of one cell.

use edu_diagnostics::{Diagnostic, Place, Rule, Severity, Span};

use super::characters::{Characters, named};
use crate::field::{Field, FieldKind, Need};
use crate::header::Header;
use crate::object::Object;
use crate::row::{Cell, Row};
use crate::rules::table as rules;
use crate::value;

/// What to do with the cells of a column, found out once from its header.
#[derive(Debug)]
pub(super) struct ColumnRules {
    column: usize,
    field: &'static Field,
    /// How bad it is when the cell is empty.
    missing: Option<Severity>,
    /// Characters that a value may have, by older pages and by current ones.
    limits: Option<(usize, usize)>,
    form: Option<Form>,
    characters: Option<Characters>,
    unportable: Option<Unportable>,
}

/// What is said of a column at the end.
#[derive(Debug)]
struct Unportable {
    place: Place,
    found: char,
    cells: u64,
}

/// What values have to look like.
#[derive(Debug, Clone, Copy)]
enum Form {
    Words(&'static [&'static str]),
    RowStatus,
    CourseDuration,
    TermDuration,
    Locale,
    /// A day. Of one column the form is not documented, so that a fault is less sure.
    Date(Severity),
    Flag,
    Number,
    Money,
    Mail,
    SubjectId,
    /// The name of a record.
    Identifier,
}

/// Columns for which older pages have another limit.
const OLDER_LIMIT: (&[&str], usize) =
    (&["course_id", "organization_id", "company", "student_id"], 50);

impl ColumnRules {
    /// What to do in each column of a feed; columns where there is nothing to do are left out.
    pub(super) fn of(header: &Header) -> Vec<Self> {
        let is_for_deletion = header.is_for_deletion();
        let columns = 0..header.columns().len();
        columns
            .filter_map(|column| {
                let field = header.field(column).filter(|field| field.need != Need::Dropped)?;
                Some(Self {
                    column,
                    field,
                    missing: match field.need {
                        Need::Key => Some(Severity::Error),
                        Need::Insert if !is_for_deletion => Some(Severity::Error),
                        Need::InsertOrConfigured if !is_for_deletion => Some(Severity::Info),
                        _ => None,
                    },
                    limits: limits(field),
                    form: Form::of(header.object(), field),
                    characters: Characters::of(header.object(), field),
                    unportable: None,
                })
            })
            .filter(|rules| {
                rules.missing.is_some()
                    || rules.limits.is_some()
                    || rules.form.is_some()
                    || rules.characters.is_some()
            })
            .collect()
    }

    pub(super) fn check(
        &mut self,
        row: &Row<'_>,
        place: &dyn Fn(Span) -> Place,
        out: &mut Vec<Diagnostic>,
    ) {
        let Some(cell) = row.cell(self.column) else { return };
        // As it stands in the file: doubled quotes make a value longer, and no form has quotes.
        let text = cell.raw();
        if text.is_empty() {
            if let Some(severity) = self.missing {
                out.push(self.finding(&rules::VALUE_MISSING, severity, cell.span()));
            }
            return;
        }
        if let Some((older, limit)) = self.limits
            && text.len() > older
        {
            self.check_length(&cell, older, limit, out);
        }
        if let Some(form) = self.form
            && !form.fits(text)
        {
            out.push(self.misfit(form, &cell));
        }
        if let Some(characters) = self.characters
            && !characters.are_plain(text)
        {
            let raw = cell.field.raw();
            let start = cell.span().start + (raw.len() - raw.trim_start().len()) as u64;
            self.check_characters(characters, &cell, (text, start), place, out);
        }
    }

    /// What is said once, after the last row.
    pub(super) fn finish(&mut self, out: &mut Vec<Diagnostic>) {
        if let Some(Unportable { place, found, cells }) = self.unportable.take() {
            let mut finding = Diagnostic::new(&rules::UNPORTABLE)
                .at(place.span())
                .word("header", self.field.name)
                .word("found", named(found))
                .count("count", cells);
            finding.position = Some(place.position());
            out.push(finding);
        }
    }

    fn finding(&self, rule: &'static Rule, severity: Severity, span: Span) -> Diagnostic {
        let mut finding = Diagnostic::new(rule).at(span).word("header", self.field.name);
        finding.severity = severity;
        finding
    }

    fn check_length(&self, cell: &Cell<'_>, older: usize, limit: usize, out: &mut Vec<Diagnostic>) {
        let found = cell.trimmed().chars().count();
        let (severity, limit) = match found {
            _ if found > limit => (Severity::Error, limit),
            _ if found > older => (Severity::Warning, older),
            _ => return,
        };
        let finding = self.finding(&rules::VALUE_TOO_LONG, severity, cell.span());
        out.push(finding.count("found", found as u64).count("limit", limit as u64));
    }

    /// The finding about a value that does not have its form.
    fn misfit(&self, form: Form, cell: &Cell<'_>) -> Diagnostic {
        let (rule, expected) = form.fault(&cell.trimmed());
        let severity = match form {
            Form::Date(severity) => severity,
            // No list says which there are.
            Form::Identifier | Form::Locale => Severity::Warning,
            _ => rule.severity,
        };
        let finding = self.finding(rule, severity, cell.span());
        if matches!(form, Form::Identifier) {
            return finding.word("found", "a number that a spreadsheet has shortened");
        }
        let finding = finding.data("found", cell.trimmed());
        match expected {
            Some(expected) => finding.word("expected", expected),
            None => finding,
        }
    }

    /// Looks at the characters of a text that starts at an offset; at least one of them is not plain.
    fn check_characters(
        &mut self,
        characters: Characters,
        cell: &Cell<'_>,
        (text, start): (&str, u64),
        place: &dyn Fn(Span) -> Place,
        out: &mut Vec<Diagnostic>,
    ) {
        if let Some((found, severity)) = characters.worst(text) {
            let finding = self.finding(&rules::BAD_CHARACTER, severity, cell.span());
            out.push(finding.word("found", named(found)));
        }
        let Some((at, found)) = characters.unportable(text) else { return };
        if let Some(unportable) = &mut self.unportable {
            unportable.cells += 1;
        } else {
            let at = start + at as u64;
            let place = place(Span::new(at, at + found.len_utf8() as u64));
            self.unportable = Some(Unportable { place, found, cells: 1 });
        }
    }
}

/// The characters that a value may have: by older pages, and by current ones.
fn limits(field: &Field) -> Option<(usize, usize)> {
    // The limit of a password is that of plain text, and belongs to other rules.
    let limit = usize::from(field.max.filter(|_| field.kind != FieldKind::Password)?);
    let (columns, older) = OLDER_LIMIT;
    Some((if columns.contains(&field.name) { older } else { limit }, limit))
}

impl Form {
    fn of(object: Object, field: &Field) -> Option<Self> {
        Some(match field.kind {
            FieldKind::Words(words) => Self::Words(words),
            FieldKind::RowStatus => Self::RowStatus,
            FieldKind::Duration if object == Object::Term => Self::TermDuration,
            FieldKind::Duration => Self::CourseDuration,
            FieldKind::Locale => Self::Locale,
            FieldKind::Date if field.name == "bypass_date" => Self::Date(Severity::Warning),
            FieldKind::Date => Self::Date(Severity::Error),
            FieldKind::Flag => Self::Flag,
            FieldKind::Number => Self::Number,
            FieldKind::Money => Self::Money,
            FieldKind::Mail => Self::Mail,
            FieldKind::SubjectId => Self::SubjectId,
            kind if kind.is_identifier() => Self::Identifier,
            _ => return None,
        })
    }

    fn fits(self, text: &str) -> bool {
        match self {
            Self::Words(words) => words.iter().any(|word| text.eq_ignore_ascii_case(word)),
            Self::RowStatus => value::RowStatus::parse(text).is_some(),
            Self::CourseDuration => value::Duration::parse(text).is_some(),
            Self::TermDuration => {
                value::Duration::parse(text).is_some_and(|found| found != value::Duration::Term)
            }
            Self::Locale => value::is_locale(text),
            Self::Date(_) => value::date(text).is_some(),
            Self::Flag => value::flag(text).is_some(),
            Self::Number => value::number(text).is_some(),
            Self::Money => value::is_money(text),
            Self::Mail => value::is_mail(text),
            Self::SubjectId => value::is_subject_id(text),
            Self::Identifier => !text.contains('+') || !value::is_shortened_number(text),
        }
    }

    /// The rule about values without this form, and what it says is expected.
    fn fault(self, text: &str) -> (&'static Rule, Option<String>) {
        let number = |expected: &str| {
            let is_shortened = value::is_shortened_number(text);
            let expected =
                if is_shortened { "a number that a spreadsheet has shortened" } else { expected };
            (&rules::BAD_NUMBER, Some(expected.to_owned()))
        };
        let listed = |words: &[&str]| (&rules::NOT_IN_LIST, Some(one_of(words)));
        match self {
            Self::Words(words) => listed(words),
            Self::RowStatus => listed(&["enabled", "disabled", "deleted"]),
            Self::CourseDuration => listed(&["C", "R", "D", "T"]),
            Self::TermDuration => listed(&["Continuous", "Range", "Fixed"]),
            Self::Locale => {
                let expected = "a language and a country, such as `fr_FR`";
                (&rules::NOT_IN_LIST, Some(expected.to_owned()))
            }
            Self::Date(_) => (&rules::BAD_DATE, None),
            Self::Flag => (&rules::BAD_FLAG, None),
            Self::Number => number("no whole number"),
            Self::Money => number("no amount with at most two decimals"),
            Self::Mail => (&rules::NOT_AN_ADDRESS, None),
            Self::SubjectId => (&rules::SUBJECT_ID, None),
            Self::Identifier => (&rules::BAD_CHARACTER, None),
        }
    }
}

/// Words as a sentence lists them.
pub(in crate::rules) fn one_of<W: AsRef<str>>(words: &[W]) -> String {
    let mut out = String::new();
    for (index, word) in words.iter().enumerate() {
        let joint = match index {
            0 => "",
            _ if index + 1 == words.len() => " or ",
            _ => ", ",
        };
        out.extend([joint, "`", word.as_ref(), "`"]);
    }
    out
}

#[cfg(test)]
mod tests;
