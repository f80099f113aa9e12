//! From one layout or orientation to another.

use edu_diagnostics::{Diagnostic, Sink};

use crate::cell::Cell;
use crate::codes::{Kind, Status};
use crate::layout::{HeadRow, Layout, Orientation};
use crate::model::{Column, Matrix};
use crate::rules;
use crate::write::has_old_types;

/// The matrix in another layout and orientation.
///
/// What the layout has no row for is left out, and each loss reported (`OR-W02`), as is a certificate that the
/// layout 4.3 asks for and nobody gave (`OR-W03`). The rule of the older format without re-registration
/// becomes `ReRegistration` without a certificate where it cannot be said otherwise (`OR-W04`); a
/// certificate that stands there unused is left out, with its period.
#[must_use]
pub fn convert(
    matrix: &Matrix,
    layout: Layout,
    orientation: Orientation,
    sink: &mut dyn Sink,
) -> Matrix {
    let layout = layout.of(matrix.kind);
    let mut out = Matrix { layout, orientation, ..matrix.clone() };
    let keeps_old_types = orientation == Orientation::Old && has_old_types(matrix);
    for column in &mut out.columns {
        leave_out(column, matrix.kind, layout, sink);
        let is_needed_already =
            matrix.layout == Layout::V4_3 && column.status().is_some_and(Status::uses_certificate);
        let is_old = column.status() == Some(&Status::WithoutReRegistration);
        if is_old && !keeps_old_types {
            sink.report(about(&rules::OLD_TYPE, column, column.cell()));
            if let Some(status) = &mut column.status {
                status.value = Status::ReRegistration;
            }
            drop_certificate(column, sink);
        }
        if !is_needed_already
            && layout == Layout::V4_3
            && column.certificate.is_none()
            && let Some(status) = column.status().filter(|status| status.uses_certificate())
        {
            let status = status.to_string();
            let finding = about(&rules::CERTIFICATE_NEEDED, column, column.cell());
            sink.report(finding.word("status", status));
        }
    }
    out
}

/// Leaves out a certificate that the new type would use, and the old one did not. A period alone is not used by either.
fn drop_certificate(column: &mut Column, sink: &mut dyn Sink) {
    let Some(certificate) = column.certificate.take() else { return };
    let before = column.before_expiry.take().map(|found| (found.value.to_string(), found.cell));
    for (text, cell) in std::iter::once((certificate.value, certificate.cell)).chain(before) {
        let finding = about(&rules::LOSS, column, cell).data("found", text);
        sink.report(
            finding.word("why", "no certificate was used, and `ReRegistration` would use it"),
        );
    }
}

/// Leaves out what the layout has no row for.
fn leave_out(column: &mut Column, kind: Kind, layout: Layout, sink: &mut dyn Sink) {
    let rows = layout.rows(kind);
    let mut lost = Vec::new();
    if !rows.contains(&HeadRow::Users) {
        for user in std::mem::take(&mut column.users) {
            lost.push((HeadRow::Users, user.value, user.cell));
        }
    }
    column.conditions.retain(|condition| {
        let row = HeadRow::of_condition(&condition.value.predicate);
        let Some(row) = row.filter(|row| !rows.contains(row)) else { return true };
        let term = crate::Expression { terms: vec![condition.value.clone()] };
        lost.push((row, term.to_string(), condition.cell));
        false
    });
    for (row, text, cell) in lost {
        let finding = about(&rules::LOSS, column, cell)
            .data("found", text)
            .word("why", format!("the layout {layout} has no row `{}`", row.label(Layout::V4_7)));
        sink.report(finding);
    }
}

/// A finding about a column, with its course.
fn about(rule: &'static edu_diagnostics::Rule, column: &Column, cell: Option<Cell>) -> Diagnostic {
    let mut finding = Diagnostic::new(rule).data("course", column.path.value.as_str());
    if let Some(cell) = cell {
        (finding.span, finding.position) = (Some(cell.span()), Some(cell.position()));
    }
    finding
}

/// The layout to write a matrix in where none is asked for: its own, or the oldest without mandatory
/// certificates where rules of the older format without re-registration would need one.
pub fn layout_for(matrix: &Matrix, orientation: Orientation) -> Layout {
    let is_old = |column: &Column| column.status() == Some(&Status::WithoutReRegistration);
    let keeps_old_types = orientation == Orientation::Old && has_old_types(matrix);
    if matrix.columns.iter().any(is_old) && !keeps_old_types {
        matrix.layout.max(Layout::Extended)
    } else {
        matrix.layout
    }
}
