//! What a matrix says, whatever its layout.

use crate::cell::{Cell, Placed};
use crate::codes::{Kind, Status};
use crate::duration::Duration;
use crate::layout::{Layout, Orientation};
use crate::path::CoursePath;
use crate::predicate::Term;

/// An offering rule matrix: which users have to take, or teach, which courses.
///
/// Only marked cells are kept: memory is proportional to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Which rules it holds.
    pub kind: Kind,
    /// Which head rows it has.
    pub layout: Layout,
    /// Whether courses are columns or rows.
    pub orientation: Orientation,
    /// A course and one of its rules each. (They are rows in the older orientation, and called columns here
    /// all the same.)
    pub columns: Vec<Column>,
    /// Profile fields and their values, in the order of the file.
    pub values: Vec<OpfValue>,
    /// Head rows with labels that are not known.
    pub unknown: Vec<UnknownRow>,
    /// Something in the file could not be read and is not in the matrix: no rules should be made of it.
    pub is_incomplete: bool,
}

/// One rule for one course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// `Course Name`: for people only.
    pub name: Placed<String>,
    /// `Course Path`.
    pub path: Placed<CoursePath>,
    /// `Registration Type` or `Instructor Rule Status`; `None`: the course is being prepared, nothing is done
    /// for it.
    pub status: Option<Placed<Status>>,
    /// `De-Registration` or `Remove Instructor`: who no longer meets the requirement is removed.
    pub removal: Placed<bool>,
    /// `Re-Registration Before Certificate Expiry`; `None`: on the day of expiry.
    pub before_expiry: Option<Placed<Duration>>,
    /// `Certificate Short Id`.
    pub certificate: Option<Placed<String>>,
    /// `Users (UserNames)`.
    pub users: Vec<Placed<String>>,
    /// The other conditions, an item of a cell each: prerequisites, certificates of other courses, changed
    /// fields, user sets, dates, kinds of registrations. In the order of the rows of layout 4.7 for
    /// registrations.
    pub conditions: Vec<Placed<Term>>,
    /// The marks, in the order of [`Matrix::values`].
    pub marks: Vec<Placed<Mark>>,
}

/// A mark for a value of a profile field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Index into [`Matrix::values`]; no commands are made of a matrix with a mark for none of them.
    pub value: u32,
    /// `!x`: users with the value are left out. Otherwise `x`.
    pub is_excluded: bool,
}

/// A value of a profile field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpfValue {
    /// `OPF Name`.
    pub name: Placed<String>,
    /// `OPF Value`.
    pub value: Placed<String>,
}

impl OpfValue {
    /// A value of a field.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into().into(), value: value.into().into() }
    }
}

/// A head row with a label that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRow {
    /// The label.
    pub label: Placed<String>,
    /// The cells that hold something: index into [`Matrix::columns`], and the text.
    pub cells: Vec<(u32, Placed<String>)>,
}

impl Matrix {
    /// A matrix without columns and values.
    pub fn new(kind: Kind, layout: Layout) -> Self {
        Self {
            kind,
            layout: layout.of(kind),
            orientation: Orientation::Transposed,
            columns: Vec::new(),
            values: Vec::new(),
            unknown: Vec::new(),
            is_incomplete: false,
        }
    }

    /// Number of marks.
    pub fn marks(&self) -> usize {
        self.columns.iter().map(|column| column.marks.len()).sum()
    }
}

impl Column {
    /// The status, where there is one.
    pub fn status(&self) -> Option<&Status> {
        self.status.as_ref().map(|status| &status.value)
    }

    /// A cell of the column: that of the path if it was read from a file, otherwise the first of the others.
    pub fn cell(&self) -> Option<Cell> {
        let head = [
            self.path.cell,
            self.name.cell,
            self.status.as_ref().and_then(|status| status.cell),
            self.removal.cell,
            self.before_expiry.as_ref().and_then(|before| before.cell),
            self.certificate.as_ref().and_then(|certificate| certificate.cell),
        ];
        let rest = (self.users.iter().map(|user| user.cell))
            .chain(self.conditions.iter().map(|condition| condition.cell))
            .chain(self.marks.iter().map(|mark| mark.cell));
        head.into_iter().chain(rest).flatten().next()
    }

    /// Whether nothing is written in the column.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
