//! From a file to a matrix.

mod cells;
mod grid;
mod head;
mod old;
mod session;
mod start;
mod transposed;

use edu_diagnostics::{Diagnostic, Sink};
use edu_syntax::{Decoded, delimited};

use crate::cell::AtCell as _;
use crate::codes::Kind;
use crate::layout::Orientation;
use crate::model::Matrix;
use crate::rules;
use session::Session;
use start::Start;

pub(crate) use cells::status_unknown;
pub(crate) use grid::trim;
pub use start::is_matrix;

/// Bounds on what a file may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one row.
    pub row: usize,
    /// Number of cells of one row that are read.
    pub columns: u32,
}

impl Limits {
    /// Number of cells of one row that are counted, most of them empty.
    fn fields(self) -> usize {
        delimited::Limits::default().fields.max(self.columns as usize)
    }
}

impl Default for Limits {
    /// 16 MiB a row, 65,536 columns: four times what spreadsheets have.
    fn default() -> Self {
        Self { row: 16 << 20, columns: 1 << 16 }
    }
}

/// Reads matrices. The reader is its own configuration.
#[derive(Debug, Clone, Default)]
pub struct MatrixReader {
    limits: Limits,
    kind: Option<Kind>,
    keeps_unknown: bool,
}

impl MatrixReader {
    /// A reader with the default limits, for matrices of both kinds.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Reports a matrix of the other kind as an error.
    #[must_use]
    pub fn with_kind(self, kind: Kind) -> Self {
        Self { kind: Some(kind), ..self }
    }

    /// Takes head rows with labels that are not known as something to keep: a warning each, not an error.
    #[must_use]
    pub fn with_unknown_rows(self) -> Self {
        Self { keeps_unknown: true, ..self }
    }

    /// Reads a matrix, in any layout and orientation. What is wrong with single cells is reported, and all
    /// others are read; `None` where the text is no matrix at all (`OR-F01`), or a workbook (`OR-F08`).
    ///
    /// Delimiter (`,`, `;`, TAB or `|`) and layout are found by what is there.
    pub fn for_text(&self, text: &Decoded<'_>, sink: &mut dyn Sink) -> Option<Matrix> {
        let mut session = Session::new(self, text, sink);
        let Some(start) = Start::of(text.text(), self.limits) else {
            if is_workbook(text.text()) {
                session.report(Diagnostic::new(&rules::WORKBOOK));
            } else {
                session.report(Diagnostic::new(&rules::NOT_A_MATRIX));
                session.finish();
            }
            return None;
        };
        let mut matrix = session.read(start);
        session.finish();
        matrix.is_incomplete = session.has_errors();
        Some(matrix)
    }
}

impl<'s> Session<'s> {
    /// Reads a matrix from where it begins.
    fn read(&mut self, start: Start<'s>) -> Matrix {
        if let Some(numbers) = &start.numbers {
            let cell = self.cell(start.row, numbers);
            self.report(Diagnostic::new(&rules::ROW_NUMBERS).at_cell(Some(cell)));
        }
        self.begin(&start.grid);
        match start.orientation {
            Orientation::Transposed => transposed::read(self, start),
            Orientation::Old => old::read(self, start),
        }
    }
}

/// Whether a text is a workbook: a zip archive, or what older versions of spreadsheets write.
fn is_workbook(text: &str) -> bool {
    text.starts_with("PK\u{3}\u{4}") || text.starts_with("ÐÏ\u{11}")
}
