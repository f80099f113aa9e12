//! The labels of a matrix, whichever way it is turned.

use edu_diagnostics::{Diagnostic, Severity};

use super::cells::HeadCell;
use super::grid::CellText;
use super::session::Session;
use crate::cell::{AtCell as _, Cell, Placed};
use crate::codes::{Kind, Status};
use crate::label::{Misspelt, OPF_HEADER};
use crate::layout::{HeadRow, Layout, Orientation};
use crate::model::{Column, Mark, Matrix, UnknownRow};
use crate::nearest::suggest;
use crate::predicate::Predicate;
use crate::rules;

/// What a label stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Label {
    Known(HeadRow),
    /// Number of the row in [`Matrix::unknown`].
    Unknown(usize),
    /// There is something wrong with it, and it has been reported.
    Refused,
}

/// The labels read so far, and the matrix that grows under them.
pub(super) struct Head {
    kind: Option<Kind>,
    /// The newest of the layouts that the labels come from, should the matrix be of the one kind or the other.
    layouts: [Layout; 2],
    seen: Vec<(HeadRow, Cell)>,
    misspelt: Misspelt,
    /// The rows that misspelt labels were probably meant to name, where these are errors.
    meant: Vec<HeadRow>,
    pub(super) matrix: Matrix,
    /// The marks with the numbers of their columns, in the order of the file: to sort them into the columns
    /// at the end is cheaper than to let all columns grow together.
    marks: Vec<(usize, Placed<Mark>)>,
}

impl Head {
    pub(super) fn new(orientation: Orientation) -> Self {
        let mut matrix = Matrix::new(Kind::Registration, Layout::V4_3);
        matrix.orientation = orientation;
        Self {
            kind: None,
            layouts: [Layout::V4_3; 2],
            seen: Vec::new(),
            misspelt: Misspelt::default(),
            meant: Vec::new(),
            matrix,
            marks: Vec::new(),
        }
    }

    /// Takes a label.
    pub(super) fn label(
        &mut self,
        session: &mut Session<'_>,
        row: u32,
        text: &CellText<'_>,
    ) -> Label {
        let cell = session.cell(row, text);
        let Some(found) = HeadRow::of(&text.text) else {
            let mut finding = Diagnostic::new(&rules::UNKNOWN_LABEL).at_cell(Some(cell));
            if session.reader.keeps_unknown {
                finding.severity = Severity::Warning;
            }
            let nearest = self.misspelt.meant(&text.text);
            if !session.reader.keeps_unknown {
                self.meant.extend(nearest.map(|(row, _)| row));
            }
            let finding = finding.data("found", &text.text);
            session.report(suggest(finding, nearest.map(|(_, label)| label)));
            let label = Placed::new(text.text.clone().into_owned(), cell);
            self.matrix.unknown.push(UnknownRow { label, cells: Vec::new() });
            return Label::Unknown(self.matrix.unknown.len() - 1);
        };
        let about = |rule| {
            let label = found.row.label(Layout::V4_3);
            Diagnostic::new(rule).at_cell(Some(cell)).word("label", label)
        };
        if let Some(kind) = found.row.kind()
            && *self.kind.get_or_insert(kind) != kind
        {
            session.report(about(&rules::OTHER_KINDS_LABEL).word("kind", kind.as_str()));
            return Label::Refused;
        }
        // A type and the mark in its place say the same.
        let same = match found.row {
            HeadRow::Type => HeadRow::ReRegistration,
            HeadRow::ReRegistration => HeadRow::Type,
            row => row,
        };
        if let Some((row, first)) = self.seen(found.row).or_else(|| self.seen(same)) {
            let finding = about(&rules::LABEL_TWICE).word("other", row.label(Layout::V4_3));
            session.report(finding.and_cell(Some(first), "here first"));
            return Label::Refused;
        }
        if let (Some(kind), Some(expected)) = (found.row.kind(), session.reader.kind)
            && kind != expected
            && !self.seen.iter().any(|(row, _)| row.kind().is_some())
        {
            let finding = Diagnostic::new(&rules::WRONG_KIND)
                .at_cell(Some(cell))
                .word("found", kind.as_str())
                .word("expected", expected.as_str());
            session.report(finding);
        }
        if let Some((_, first)) = self.seen.first()
            && self.matrix.orientation == Orientation::Transposed
            && first.column() != cell.column()
        {
            session.report(about(&rules::LABEL_MOVED).and_cell(Some(*first), "the first label"));
        }
        self.seen.push((found.row, cell));
        for (layout, kind) in self.layouts.iter_mut().zip([Kind::Registration, Kind::Instructor]) {
            *layout = found.since(kind).max(*layout);
        }
        Label::Known(found.row)
    }

    /// A row whose label has been read, and where that was.
    fn seen(&self, row: HeadRow) -> Option<(HeadRow, Cell)> {
        self.seen.iter().find(|(seen, _)| *seen == row).copied()
    }

    fn has(&self, row: HeadRow) -> bool {
        self.seen(row).is_some()
    }

    /// The column with this number, made where there is none so far.
    pub(super) fn column(&mut self, number: usize) -> &mut Column {
        let columns = &mut self.matrix.columns;
        if columns.len() <= number {
            columns.resize_with(number + 1, Column::default);
        }
        &mut columns[number]
    }

    /// Takes a mark of a column.
    pub(super) fn mark(&mut self, number: usize, mark: Placed<Mark>) {
        self.marks.push((number, mark));
    }

    /// Whether a column has the path of a course, or a status, so far.
    pub(super) fn is_course(&self, number: usize) -> bool {
        let column = self.matrix.columns.get(number);
        column.is_some_and(|column| !column.path.value.is_empty() || column.status.is_some())
    }

    /// Fills in what a cell under a label says of a column.
    pub(super) fn fill(
        &mut self,
        session: &mut Session<'_>,
        label: Label,
        number: usize,
        row: u32,
        text: &CellText<'_>,
    ) {
        match label {
            Label::Known(head) => {
                let kind = head.kind().or(self.kind).unwrap_or(Kind::Registration);
                let label = head.label(Layout::V4_3);
                let cell = HeadCell { row: head, label, kind, number: row, text };
                session.fill(&cell, self.column(number));
            }
            Label::Unknown(index) => {
                self.column(number);
                let cell = Placed::new(text.text.clone().into_owned(), session.cell(row, text));
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                self.matrix.unknown[index].cells.push((number, cell));
            }
            Label::Refused => {}
        }
    }

    /// The matrix, once everything has been read: kind and layout are known, empty columns are left out.
    pub(super) fn finish(mut self, session: &mut Session<'_>, has_opf_header: bool) -> Matrix {
        let kind = self.kind.or(session.reader.kind).unwrap_or(Kind::Registration);
        self.matrix.kind = kind;
        self.matrix.layout = self.layouts[usize::from(kind == Kind::Instructor)].of(kind);
        self.sort_marks();
        self.check_labels(session, has_opf_header);
        self.fill_statuses();
        self.check_paths(session);
        let rank =
            |predicate: &Predicate| HeadRow::of_condition(predicate).map_or(0, HeadRow::rank);
        for column in &mut self.matrix.columns {
            column.conditions.sort_by_key(|condition| rank(&condition.value.predicate));
        }
        self.drop_empty_columns();
        if self.matrix.columns.is_empty() {
            session.report(Diagnostic::new(&rules::NO_COURSE));
        }
        self.matrix
    }

    fn sort_marks(&mut self) {
        let marks = std::mem::take(&mut self.marks);
        if let Some(last) = marks.iter().map(|(number, _)| *number).max() {
            self.column(last);
        }
        let mut counts = vec![0; self.matrix.columns.len()];
        for (number, _) in &marks {
            counts[*number] += 1;
        }
        for (column, count) in self.matrix.columns.iter_mut().zip(counts) {
            column.marks.reserve_exact(count);
        }
        for (number, mark) in marks {
            self.matrix.columns[number].marks.push(mark);
        }
    }

    fn check_labels(&self, session: &mut Session<'_>, has_opf_header: bool) {
        let mut missing = Vec::new();
        // Of a misspelt label enough has been said.
        let has = |row| self.has(row) || self.meant.contains(&row);
        if !has(HeadRow::Path) {
            missing.push("Course Path");
        }
        let is_old = self.matrix.orientation == Orientation::Old;
        let has_status = match self.matrix.kind {
            Kind::Registration => has(HeadRow::Type) || has(HeadRow::ReRegistration),
            // The older format has none: every rule is active.
            Kind::Instructor => has(HeadRow::InstructorStatus) || is_old,
        };
        if !has_status {
            missing.push(HeadRow::of_status(self.matrix.kind).label(Layout::V4_3));
        }
        if !has_opf_header {
            missing.push(OPF_HEADER[1]);
        }
        for label in missing {
            session.report(Diagnostic::new(&rules::LABEL_MISSING).word("label", label));
        }
    }

    /// In the older format a course without a status has a rule all the same. So has one without a mark for
    /// re-registration, wherever that stands.
    fn fill_statuses(&mut self) {
        let is_old = self.matrix.orientation == Orientation::Old;
        let status = match self.matrix.kind {
            Kind::Registration if self.has(HeadRow::Type) => return,
            Kind::Registration if is_old || self.has(HeadRow::ReRegistration) => {
                Status::WithoutReRegistration
            }
            Kind::Instructor if is_old && !self.has(HeadRow::InstructorStatus) => Status::Active,
            _ => return,
        };
        for column in self.matrix.columns.iter_mut().filter(|column| !column.is_empty()) {
            column.status.get_or_insert_with(|| status.clone().into());
        }
    }

    fn check_paths(&self, session: &mut Session<'_>) {
        // Without the label no course has one.
        let Some((_, label)) = self.seen(HeadRow::Path) else { return };
        let is_damaged =
            |column: &&Column| !column.path.value.is_well_formed() && !column.is_empty();
        let damaged: Vec<_> = self.matrix.columns.iter().filter(is_damaged).collect();
        let missing = damaged.iter().filter(|column| column.path.cell.is_none());
        let expected = |column: &&Column| {
            let known = column.cell()?;
            Some(match self.matrix.orientation {
                Orientation::Transposed => (label.row(), known.column()),
                Orientation::Old => (known.row(), label.column()),
            })
        };
        let expected: Vec<_> = missing.filter_map(expected).collect();
        let mut empty = session.cells_at(&expected).into_iter();
        for column in damaged {
            let cell = column.path.cell.or_else(|| empty.next().flatten());
            if !column.path.value.is_empty() {
                let finding = Diagnostic::new(&rules::PATH).at_cell(cell);
                session.report(finding.data("found", column.path.value.as_str()));
                continue;
            }
            let mut finding = Diagnostic::new(&rules::PATH_MISSING).at_cell(cell);
            // A course that is being prepared has a name, and may not have a path yet.
            if column.status.is_none() && !column.name.value.is_empty() {
                finding.severity = Severity::Warning;
            }
            session.report(finding);
        }
    }

    /// Leaves out columns that hold nothing, so that those that do are next to each other.
    fn drop_empty_columns(&mut self) {
        let mut is_used: Vec<_> =
            self.matrix.columns.iter().map(|column| !column.is_empty()).collect();
        for (number, _) in self.matrix.unknown.iter().flat_map(|row| &row.cells) {
            is_used[*number as usize] = true;
        }
        let mut next = 0;
        let numbers: Vec<u32> = is_used
            .iter()
            .map(|&is_used| {
                next += u32::from(is_used);
                next.saturating_sub(1)
            })
            .collect();
        for (number, _) in self.matrix.unknown.iter_mut().flat_map(|row| &mut row.cells) {
            *number = numbers[*number as usize];
        }
        let mut used = is_used.into_iter();
        self.matrix.columns.retain(|_| used.next().unwrap_or_default());
    }
}
