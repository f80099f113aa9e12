//! What a column says for itself: whom it is for, and its certificate.

use edu_diagnostics::{Diagnostic, Severity, Sink};

use super::table;
use crate::asked::Asked;
use crate::cell::AtCell;
use crate::codes::{RegistrationKind, Status};
use crate::layout::Layout;
use crate::path::CoursePath;
use crate::predicate::{Predicate, Term};

/// Reports columns that mean nobody or everybody, and certificates that are missing or not used.
pub(super) fn check(layout: Layout, asked: &[Asked<'_>], sink: &mut dyn Sink) {
    for asked in asked {
        let Some(status) = asked.status().filter(|status| status.is_in_force()) else { continue };
        if asked.is_rule() {
            users(asked, sink);
        } else {
            let finding = Diagnostic::new(&table::NO_REQUIREMENT)
                .at_cell(asked.status_cell())
                .data("course", asked.course());
            sink.report(finding.word("status", is_what(status)));
        }
        if status.uses_certificate() {
            certificate(layout, asked, status, sink);
        } else {
            unused(asked, status, sink);
        }
    }
}

/// Whom a rule is for.
fn users(asked: &Asked<'_>, sink: &mut dyn Sink) {
    if !asked.names_users() {
        let finding = Diagnostic::new(&table::NOBODY_NAMED).at_cell(asked.cell());
        sink.report(finding.data("course", asked.course()));
    }
    if let Some(user) = asked.column.users.first()
        && !asked.marks.is_empty()
    {
        sink.report(Diagnostic::new(&table::USERS_AND_MARKS).at_cell(user.cell));
    }
}

/// The certificate of a type that asks for one.
fn certificate(layout: Layout, asked: &Asked<'_>, status: &Status, sink: &mut dyn Sink) {
    if asked.column.certificate.is_some() {
        return;
    }
    let conditions = &asked.column.conditions;
    let missing = || {
        let finding = Diagnostic::new(&table::CERTIFICATE_MISSING).at_cell(asked.status_cell());
        finding.data("course", asked.course()).word("status", is_what(status))
    };
    if layout == Layout::V4_3 {
        sink.report(missing());
        return;
    }
    let lasting = conditions.iter().find(|condition| is_lasting(&condition.value.predicate));
    let own = &asked.column.path.value;
    if let Some(lasting) = lasting
        && !conditions.iter().any(|condition| ends(&condition.value, own))
    {
        let finding = Diagnostic::new(&table::ENDLESS).at_cell(lasting.cell);
        sink.report(finding.data("course", asked.course()));
    } else if !conditions.iter().any(|condition| looks_at_completions(&condition.value.predicate)) {
        let mut finding = missing();
        finding.severity = Severity::Warning;
        sink.report(finding);
    }
    let why = || "there is no certificate".to_owned();
    duration(asked, why, sink);
}

/// The certificate of a type that uses none.
fn unused(asked: &Asked<'_>, status: &Status, sink: &mut dyn Sink) {
    if let Some(certificate) = &asked.column.certificate {
        let finding = Diagnostic::new(&table::CERTIFICATE_UNUSED)
            .at_cell(certificate.cell)
            .data("found", &certificate.value);
        sink.report(finding.word("status", with_what(status)));
    }
    duration(asked, || format!("with {} no certificate is used", with_what(status)), sink);
}

fn duration(asked: &Asked<'_>, why: impl FnOnce() -> String, sink: &mut dyn Sink) {
    if let Some(before) = &asked.column.before_expiry {
        let finding = Diagnostic::new(&table::DURATION_UNUSED).at_cell(before.cell);
        sink.report(finding.word("found", before.value.to_string()).word("why", why()));
    }
}

/// Whether a condition, or its opposite, does not change when the course has been completed, unless it is about this
/// course.
fn is_lasting(predicate: &Predicate) -> bool {
    matches!(predicate, Predicate::MostRecentRegistrationCompletedFor(_))
}

/// Whether a condition no longer holds when the course itself has been completed.
fn ends(term: &Term, own: &CoursePath) -> bool {
    match &term.predicate {
        Predicate::MostRecentRegistrationCompletedFor(course) => term.is_negated && course == own,
        Predicate::CompletedForSinceCurrentCompletion(_)
        | Predicate::CertificateWillExpireInCourse { .. }
        | Predicate::ProfileChangedSinceLastCompletion(_) => !term.is_negated,
        // A registration by the rule itself is an automatic one.
        Predicate::TypeOfMostRecentlyCompletedRegistration(kinds) => {
            kinds.contains(&RegistrationKind::Auto) == term.is_negated
        }
        _ => false,
    }
}

/// Whether a condition can stand in for a certificate.
fn looks_at_completions(predicate: &Predicate) -> bool {
    matches!(
        predicate,
        Predicate::MostRecentRegistrationCompletedFor(_)
            | Predicate::CompletedForSinceCurrentCompletion(_)
            | Predicate::CertificateWillExpireInCourse { .. }
            | Predicate::ProfileChangedSinceLastCompletion(_)
            | Predicate::TypeOfMostRecentlyCompletedRegistration(_)
    )
}

/// A status behind "is".
pub(super) fn is_what(status: &Status) -> String {
    match status {
        Status::WithoutReRegistration => "in force".to_owned(),
        status => status.to_string(),
    }
}

/// A status behind "with".
fn with_what(status: &Status) -> String {
    match status {
        Status::WithoutReRegistration => "an empty `Re-Registration`".to_owned(),
        status => status.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{column, findings, found, matrix, sentences};
    use super::*;
    use crate::model::Column;

    const ROWS: [(&str, &str); 1] = [("Rank", "Cook")];

    fn codes(layout: Layout, column: Column) -> Vec<&'static str> {
        found(&matrix(layout, &ROWS, [column]))
    }

    fn with(status: Status, conditions: &[Term]) -> Column {
        let mut column = column("/Root/Fleet/A", status, "x");
        column.conditions = conditions.iter().cloned().map(Into::into).collect();
        column
    }

    fn completed() -> Term {
        Term::of(Predicate::MostRecentRegistrationCompletedFor("/Root/Fleet/B".into()))
    }

    #[test]
    fn a_column_without_requirement() {
        let statuses = [
            (Status::OneTime, "OneTime"),
            (Status::ReRegistration, "ReRegistration"),
            (Status::Active, "Active"),
            (Status::WithoutReRegistration, "in force"),
        ];
        for (status, word) in statuses {
            let mut column = column("/Root/Fleet/A", status.clone(), "");
            column.certificate = status.uses_certificate().then(|| "Cook2Y".to_owned().into());
            let matrix = matrix(Layout::V4_3, &ROWS, [column]);
            let said = format!(
                "`/Root/Fleet/A` (C2) is {word} and no requirement is marked: no rule is made"
            );
            assert_eq!(sentences(&matrix), [said]);
        }
        for status in [None, Some(Status::Deactivated), Some(Status::Other("?".to_owned()))] {
            assert!(codes(Layout::V4_3, column("/Root/Fleet/A", status, "")).is_empty());
        }
        // What is said of the certificate does not depend on whom the rule is for.
        let mut empty = column("/Root/Fleet/A", Status::ReRegistration, "");
        assert_eq!(codes(Layout::V4_3, empty.clone()), ["OR-R04", "OR-R12"]);
        empty.status = Some(Status::OneTime.into());
        empty.certificate = Some("Cook2Y".to_owned().into());
        empty.before_expiry = Some("30d".parse::<crate::Duration>().unwrap().into());
        assert_eq!(codes(Layout::V4_3, empty), ["OR-R04", "OR-R13", "OR-R14"]);
    }

    #[test]
    fn conditions_name_users_or_do_not() {
        let mut column = column("/Root/Fleet/A", Status::OneTime, "");
        column.conditions = vec![completed().into()];
        assert_eq!(codes(Layout::V4_7, column.clone()), ["OR-R05"]);
        column.conditions.push(Term::of(Predicate::IsInUserSet("Cooks".to_owned())).into());
        assert!(codes(Layout::V4_7, column).is_empty());
    }

    #[test]
    fn users_with_marks_and_without() {
        let mut column = column("/Root/Fleet/A", Status::Active, "x");
        column.users = vec!["eva".to_owned().into()];
        assert_eq!(codes(Layout::V4_7, column.clone()), ["OR-R19"]);
        column.marks.clear();
        assert!(codes(Layout::V4_7, column).is_empty());
    }

    #[test]
    fn a_certificate_is_missing_in_the_first_layout_and_doubtful_later() {
        for status in [Status::ReRegistration, Status::OnlyWithCompletedRegistration] {
            let severity = |layout| {
                let found = findings(&matrix(layout, &ROWS, [with(status.clone(), &[])]));
                assert_eq!(found.len(), 1);
                assert_eq!(found[0].rule.code, "OR-R12");
                found[0].severity
            };
            assert_eq!(severity(Layout::V4_3), Severity::Error);
            assert_eq!(severity(Layout::Extended), Severity::Warning);
        }
        for status in [Status::OneTime, Status::WithoutReRegistration, Status::Active] {
            assert!(codes(Layout::V4_3, with(status, &[])).is_empty());
        }
    }

    #[test]
    fn what_stands_in_for_a_certificate_and_what_never_ends() {
        let kinds = |kind| Predicate::TypeOfMostRecentlyCompletedRegistration(vec![kind]);
        let since = || Predicate::CompletedForSinceCurrentCompletion("/Root/Fleet/B".into());
        let set = Term::of(Predicate::IsInUserSet("Cooks".to_owned()));
        let codes_of = |terms: &[Term]| codes(Layout::V4_7, with(Status::ReRegistration, terms));
        assert_eq!(codes_of(&[set]), ["OR-R12"]);
        assert_eq!(codes_of(&[completed()]), ["OR-R11"]);
        assert_eq!(codes_of(&[completed().negated()]), ["OR-R11"]);
        assert_eq!(codes_of(&[completed(), Term::not(since())]), ["OR-R11"]);
        assert_eq!(codes_of(&[completed(), Term::of(kinds(RegistrationKind::Auto))]), ["OR-R11"]);
        for terms in [
            vec![Term::of(since())],
            vec![Term::not(Predicate::MostRecentRegistrationCompletedFor("/Root/Fleet/A".into()))],
            vec![completed(), Term::of(since())],
            vec![completed(), Term::of(kinds(RegistrationKind::Historical))],
            vec![completed(), Term::not(kinds(RegistrationKind::Auto))],
            vec![
                completed(),
                Term::of(Predicate::ProfileChangedSinceLastCompletion("Rank".to_owned())),
            ],
        ] {
            assert!(codes_of(&terms).is_empty(), "{terms:?}");
        }
        let mut column = with(Status::ReRegistration, &[completed()]);
        column.certificate = Some("Cook2Y".to_owned().into());
        assert!(codes(Layout::V4_7, column).is_empty());
    }

    #[test]
    fn certificates_and_periods_that_are_not_used() {
        let mut column = with(Status::WithoutReRegistration, &[]);
        column.certificate = Some("Cook2Y".to_owned().into());
        column.before_expiry = Some("30d".parse::<crate::Duration>().unwrap().into());
        let matrix_of = |column: &Column, layout| matrix(layout, &ROWS, [column.clone()]);
        assert_eq!(
            sentences(&matrix_of(&column, Layout::V4_3)),
            [
                "the certificate `Cook2Y` (cell ?) is not used with an empty `Re-Registration`",
                "the period 30d (cell ?) is not used: with an empty `Re-Registration` no certificate is used"
            ]
        );
        column.status = Some(Status::ReRegistration.into());
        assert!(sentences(&matrix_of(&column, Layout::V4_3)).is_empty());
        column.certificate = None;
        assert_eq!(found(&matrix_of(&column, Layout::V4_3)), ["OR-R12"]);
        assert_eq!(found(&matrix_of(&column, Layout::V4_6)), ["OR-R12", "OR-R14"]);
    }
}
