//! What single cells say.

use edu_diagnostics::{Diagnostic, Severity};

use super::grid::{CellText, trim};
use super::session::Session;
use crate::cell::{AtCell as _, Cell, Placed};
use crate::codes::{Kind, RegistrationKind, Status};
use crate::duration::Duration;
use crate::layout::HeadRow;
use crate::model::{Column, Mark};
use crate::path::CoursePath;
use crate::predicate::{Predicate, Term};
use crate::rules;

/// The largest number of digits of a number of days.
const DAYS_DIGITS: usize = 5;

/// A mark that users need a value (`true`), or must not have it; `None` is neither.
fn requirement(text: &str) -> Option<bool> {
    match text.strip_prefix('!') {
        None => is_mark(text).then_some(true),
        Some(rest) => is_mark(trim(rest).0).then_some(false),
    }
}

fn is_mark(text: &str) -> bool {
    text.eq_ignore_ascii_case("x")
}

/// A status that matrices of the kind do not have.
pub(crate) fn status_unknown(
    found: &str,
    label: &'static str,
    kind: Kind,
    cell: Option<Cell>,
) -> Diagnostic {
    let words: Vec<_> = Status::words(kind).iter().map(|word| format!("`{word}`")).collect();
    let expected = match &words[..] {
        [words @ .., last] => format!("{} and {last}", words.join(", ")),
        [] => String::new(),
    };
    Diagnostic::new(&rules::STATUS_UNKNOWN)
        .at_cell(cell)
        .data("found", found)
        .word("label", label)
        .word("expected", expected)
}

/// A cell of a head row, and what it is about.
pub(super) struct HeadCell<'a> {
    pub(super) row: HeadRow,
    /// The label as it is documented.
    pub(super) label: &'static str,
    pub(super) kind: Kind,
    /// Number of its row in the file.
    pub(super) number: u32,
    pub(super) text: &'a CellText<'a>,
}

impl Session<'_> {
    /// The mark of a cell, if it holds one.
    pub(super) fn mark(
        &mut self,
        row: u32,
        value: u32,
        text: &CellText<'_>,
    ) -> Option<Placed<Mark>> {
        let is_needed = requirement(&text.text)?;
        Some(Placed::new(Mark { value, is_excluded: !is_needed }, self.cell(row, text)))
    }

    /// Reports a cell that holds something else than a mark.
    pub(super) fn report_no_mark(&mut self, row: u32, text: &CellText<'_>) {
        let cell = self.cell(row, text);
        self.report_found(&rules::MARK, text, cell);
    }

    /// Fills in what a cell of a head row says of a column.
    pub(super) fn fill(&mut self, head: &HeadCell<'_>, column: &mut Column) {
        let text = head.text;
        let cell = self.cell(head.number, text);
        let string = || Placed::new(text.text.clone().into_owned(), cell);
        match head.row {
            HeadRow::Name => column.name = string(),
            HeadRow::Path => {
                column.path = Placed::new(CoursePath::new(text.text.as_ref()), cell);
            }
            HeadRow::Type | HeadRow::InstructorStatus => {
                column.status = self.status(head, cell).map(|status| Placed::new(status, cell));
            }
            HeadRow::ReRegistration => {
                if self.flag(head, cell) {
                    column.status = Some(Placed::new(Status::ReRegistration, cell));
                }
            }
            HeadRow::DeRegistration | HeadRow::RemoveInstructor => {
                column.removal = Placed::new(self.flag(head, cell), cell);
            }
            HeadRow::BeforeExpiry => {
                column.before_expiry =
                    self.duration(head.number, text).map(|found| Placed::new(found, cell));
            }
            HeadRow::Certificate => column.certificate = Some(string()),
            HeadRow::Users => {
                for (user, cell) in self.items(head) {
                    if user.text.starts_with('!') {
                        self.report_found(&rules::USER_NEGATED, &user, cell);
                    }
                    column.users.push(Placed::new(user.text.into_owned(), cell));
                }
            }
            HeadRow::LatestKind => column.conditions.extend(self.kinds(head, cell)),
            HeadRow::LatestCompleted
            | HeadRow::CompletedSince
            | HeadRow::ExpiresInCourse
            | HeadRow::DateWithin => {
                for (item, cell) in self.items(head) {
                    column.conditions.extend(self.condition(head, &item, cell));
                }
            }
            HeadRow::FieldChanged | HeadRow::UserSet => {
                column.conditions.extend(self.condition(head, text, cell));
            }
        }
    }

    fn status(&mut self, head: &HeadCell<'_>, cell: Cell) -> Option<Status> {
        let status = Status::of(head.kind, &head.text.text);
        if let Status::Other(_) = status {
            self.report(status_unknown(&head.text.text, head.label, head.kind, Some(cell)));
            return None;
        }
        self.letter_case(&head.text.text, status.as_str(), cell);
        Some(status)
    }

    fn letter_case(&mut self, found: &str, expected: &str, cell: Cell) {
        if found != expected {
            let finding = Diagnostic::new(&rules::LETTER_CASE)
                .at_cell(Some(cell))
                .data("found", found)
                .word("expected", expected.to_owned());
            self.report(finding);
        }
    }

    fn flag(&mut self, head: &HeadCell<'_>, cell: Cell) -> bool {
        let is_set = is_mark(&head.text.text);
        if !is_set {
            let finding = Diagnostic::new(&rules::FLAG)
                .at_cell(Some(cell))
                .data("found", &head.text.text)
                .word("label", head.label);
            self.report(finding);
        }
        is_set
    }

    fn duration(&mut self, row: u32, text: &CellText<'_>) -> Option<Duration> {
        let cell = self.cell(row, text);
        if let Ok(duration) = text.text.parse::<Duration>() {
            if text.text.bytes().any(|byte| byte.is_ascii_uppercase()) {
                self.letter_case(&text.text, &text.text.to_ascii_lowercase(), cell);
            }
            Some(duration)
        } else {
            self.report_found(&rules::DURATION, text, cell);
            None
        }
    }

    /// The items of a list, each with its own place; empty ones are reported.
    fn items<'a>(&mut self, head: &HeadCell<'a>) -> Vec<(CellText<'a>, Cell)> {
        let mut items = Vec::new();
        let is_nothing_left = head.text.items().all(|item| item.text.is_empty());
        for item in head.text.items() {
            let cell = self.cell(head.number, &item);
            if item.text.is_empty() {
                self.empty_item(cell, is_nothing_left);
            } else {
                items.push((item, cell));
            }
        }
        items
    }

    /// Reports an item without a text; an error where a condition is lost with it.
    fn empty_item(&mut self, cell: Cell, is_lost: bool) {
        let mut finding = Diagnostic::new(&rules::EMPTY_ITEM).at_cell(Some(cell));
        if is_lost {
            finding.severity = Severity::Error;
        }
        self.report(finding);
    }

    /// A condition, with or without a `!` before it.
    fn condition(
        &mut self,
        head: &HeadCell<'_>,
        item: &CellText<'_>,
        cell: Cell,
    ) -> Option<Placed<Term>> {
        let behind = item.behind_not();
        let is_negated = behind.is_some();
        let text = behind.as_ref().unwrap_or(item);
        if text.text.is_empty() {
            self.empty_item(cell, true);
            return None;
        }
        let predicate = match head.row {
            HeadRow::LatestCompleted => {
                Predicate::MostRecentRegistrationCompletedFor(self.path(head.number, text))
            }
            HeadRow::CompletedSince => {
                Predicate::CompletedForSinceCurrentCompletion(self.path(head.number, text))
            }
            HeadRow::ExpiresInCourse => self.expires_in_course(head.number, text)?,
            HeadRow::DateWithin => self.date_within(head.number, text)?,
            HeadRow::FieldChanged => {
                Predicate::ProfileChangedSinceLastCompletion(text.text.clone().into_owned())
            }
            _ => Predicate::IsInUserSet(text.text.clone().into_owned()),
        };
        Some(Placed::new(Term { is_negated, predicate }, cell))
    }

    /// A path inside a condition.
    fn path(&mut self, row: u32, text: &CellText<'_>) -> CoursePath {
        let path = CoursePath::new(text.text.as_ref());
        if !path.is_well_formed() {
            let cell = self.cell(row, text);
            self.report_found(&rules::PATH, text, cell);
        }
        path
    }

    fn expires_in_course(&mut self, row: u32, text: &CellText<'_>) -> Option<Predicate> {
        let parts: Vec<_> = text.parts(';').collect();
        if let [course, certificate, before] = &parts[..]
            && !course.text.is_empty()
            && !certificate.text.is_empty()
        {
            return Some(Predicate::CertificateWillExpireInCourse {
                course: self.path(row, course),
                certificate: certificate.text.clone().into_owned(),
                before: self.duration(row, before)?,
            });
        }
        let cell = self.cell(row, text);
        self.report_found(&rules::EXPIRES_IN_COURSE, text, cell);
        None
    }

    fn date_within(&mut self, row: u32, text: &CellText<'_>) -> Option<Predicate> {
        let cell = self.cell(row, text);
        let read = || {
            let (field, days) = text.text.rsplit_once(';')?;
            let (field, days) = (trim(field).0, trim(days).0);
            let digits = days.strip_prefix('-').unwrap_or(days);
            let are_digits = (1..=DAYS_DIGITS).contains(&digits.len())
                && digits.bytes().all(|digit| digit.is_ascii_digit());
            let days: i32 = days.parse().ok().filter(|_| are_digits && !field.is_empty())?;
            Some((field.to_owned(), days))
        };
        let Some((field, days)) = read() else {
            self.report_found(&rules::DATE_WITHIN, text, cell);
            return None;
        };
        if days < 0 {
            let finding = Diagnostic::new(&rules::NEGATIVE_DAYS)
                .at_cell(Some(cell))
                .count("days", u64::from(days.unsigned_abs()));
            self.report(finding);
        }
        Some(Predicate::OrgProfileDateWithin { field, days })
    }

    /// The kinds of registrations of a cell: one condition.
    fn kinds(&mut self, head: &HeadCell<'_>, cell: Cell) -> Option<Placed<Term>> {
        let mut kinds = Vec::new();
        for (item, cell) in self.items(head) {
            let Ok(kind) = item.text.parse::<RegistrationKind>();
            if let RegistrationKind::Other(_) = kind {
                self.report_found(&rules::REGISTRATION_KIND, &item, cell);
            } else {
                self.letter_case(&item.text, kind.as_str(), cell);
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
        }
        let predicate = Predicate::TypeOfMostRecentlyCompletedRegistration;
        (!kinds.is_empty()).then(|| Placed::new(Term::of(predicate(kinds)), cell))
    }

    /// Reports a cell whose text is not what it should be.
    pub(super) fn report_found(
        &mut self,
        rule: &'static edu_diagnostics::Rule,
        text: &CellText<'_>,
        cell: Cell,
    ) {
        self.report(Diagnostic::new(rule).at_cell(Some(cell)).data("found", &text.text));
    }
}
