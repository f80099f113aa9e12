//! From a file to a matrix.

mod cells;
mod grid;
mod head;
mod old;
mod session;
mod transposed;

use edu_diagnostics::{Diagnostic, Sink};
use edu_syntax::Decoded;

use crate::cell::AtCell as _;
use crate::codes::Kind;
use crate::layout::{HeadRow, Orientation};
use crate::model::Matrix;
use crate::rules;
use grid::{Grid, Row};
use session::Session;

pub(crate) use grid::trim;

/// How many rows from the top a label is looked for, to know what a file is.
const SEARCHED: usize = 100;

/// Bounds on what a file may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one row.
    pub row: usize,
    /// Number of cells of one row that are read.
    pub columns: u32,
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
    /// others are read; `None` where the text is no matrix at all (`OR-F01`).
    ///
    /// Delimiter (`,`, `;`, TAB or `|`) and layout are found by what is there.
    pub fn for_text(&self, text: &Decoded<'_>, sink: &mut dyn Sink) -> Option<Matrix> {
        let mut session = Session::new(self, text, sink);
        let matrix = if let Some(mut grid) = matrix_grid(text.text(), self.limits) {
            session.begin(&grid);
            first_row(&mut session, &mut grid).map(|mut first| {
                pass_over_numbers(&mut session, &mut grid, &mut first);
                if orientation(&first, grid.first_column()) == Some(Orientation::Old) {
                    old::read(&mut session, &mut grid, &first)
                } else {
                    transposed::read(&mut session, &mut grid, first)
                }
            })
        } else {
            session.report(Diagnostic::new(&rules::NOT_A_MATRIX));
            None
        };
        session.finish();
        matrix.map(|mut matrix| {
            matrix.is_incomplete = session.has_errors();
            matrix
        })
    }
}

/// Whether a text, or the beginning of one, looks like an offering rule matrix: its first row does.
pub fn is_matrix(text: &str) -> bool {
    Grid::candidates(text, Limits::default()).any(|mut grid| {
        let mut rows = std::iter::from_fn(|| grid.next()).map(|(row, _)| row);
        let first = rows.find(|row| !row.cells.is_empty());
        first.is_some_and(|first| is_first_row(&first))
    })
}

/// Whether a row can be nothing but the first one of a matrix. Tables of other kinds may have a label among
/// the headings of their columns, but then the first two of these are filled.
fn is_first_row(row: &Row<'_>) -> bool {
    let label = |cell: &grid::CellText<'_>| HeadRow::of(&cell.text).map(|label| label.row);
    let first_column = match &row.cells[..] {
        [number, ..] if number.column == 0 && is_number(&number.text) => 1,
        _ => 0,
    };
    let cells = row.cells.iter().skip_while(|cell| cell.column < first_column);
    let front: Vec<_> =
        cells.take_while(|cell| cell.column < first_column + 2).map(label).collect();
    match front[..] {
        // Other tables may have one column, of users.
        [Some(label)] => label != HeadRow::Users,
        [Some(one), Some(other)] => [one, other].contains(&HeadRow::Path),
        _ => false,
    }
}

/// The first row that holds something.
fn first_row<'t>(session: &mut Session<'_>, grid: &mut Grid<'t>) -> Option<Row<'t>> {
    std::iter::from_fn(|| session.next(grid)).find(|row| !row.cells.is_empty())
}

/// Tables copied out of the documentation have row numbers in their first column.
fn pass_over_numbers(session: &mut Session<'_>, grid: &mut Grid<'_>, first: &mut Row<'_>) {
    if let [number, label, ..] = &first.cells[..]
        && number.column == 0
        && is_number(&number.text)
        && label.column < 3
        && HeadRow::of(&label.text).is_some()
    {
        let cell = session.cell(first.number, number);
        session.report(Diagnostic::new(&rules::ROW_NUMBERS).at_cell(Some(cell)));
        first.cells.remove(0);
        grid.begin_at(1);
    }
}

/// The orientation that the first row of a matrix shows. Above courses as columns, one of the first two cells
/// is empty; the older format has labels in both, and the path among them. (A course may have the name of a
/// label.)
fn orientation(first: &Row<'_>, first_column: u32) -> Option<Orientation> {
    let labels: Vec<_> =
        first.cells.iter().filter_map(|cell| Some((cell, HeadRow::of(&cell.text)?))).collect();
    let front = first.cells.iter().filter(|cell| cell.column < first_column + 2).count();
    let has_path = labels.iter().any(|(_, label)| label.row == HeadRow::Path);
    if front == 2 && labels.len() > 1 && has_path {
        return Some(Orientation::Old);
    }
    let is_in_front = labels.first().is_some_and(|(cell, _)| cell.column < 3);
    is_in_front.then_some(Orientation::Transposed)
}

/// The rows of a text with the delimiter that shows a matrix: the likeliest one, or another, for what stands in
/// cells can make another one look likelier.
fn matrix_grid(text: &str, limits: Limits) -> Option<Grid<'_>> {
    let begins = |grid: &Grid<'_>| begins_with_label(grid.clone()) && has_path(grid.clone());
    let has_path = |grid: &Grid<'_>| has_path(grid.clone());
    Grid::candidates(text, limits)
        .find(begins)
        .or_else(|| Grid::candidates(text, limits).find(has_path))
}

/// Whether the first cell is a label that stands there in most matrices. With a wrong delimiter, other cells
/// would be part of it.
fn begins_with_label(mut grid: Grid<'_>) -> bool {
    let rows = std::iter::from_fn(|| grid.next());
    let first = rows.map(|(row, _)| row.cells).find(|cells| !cells.is_empty()).unwrap_or_default();
    let label = match &first[..] {
        [number, label, ..] if is_number(&number.text) => Some(label),
        cells => cells.first(),
    };
    let found = label.and_then(|label| HeadRow::of(&label.text));
    found.is_some_and(|label| matches!(label.row, HeadRow::Name | HeadRow::Path))
}

/// Whether a cell holds digits and nothing else.
fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether there is a label of a course path where labels stand.
fn has_path(mut grid: Grid<'_>) -> bool {
    let is_path = |text: &str| HeadRow::of(text).is_some_and(|label| label.row == HeadRow::Path);
    let mut is_first = true;
    let mut seen = 0;
    while let Some((row, _)) = grid.next() {
        if row.cells.is_empty() {
            continue;
        }
        // The older format has its labels in the first row, however many there are.
        let found = row.cells.iter().filter(|cell| is_first || cell.column < 3);
        if found.take(if is_first { usize::MAX } else { 3 }).any(|cell| is_path(&cell.text)) {
            return true;
        }
        (is_first, seen) = (false, seen + 1);
        if seen == SEARCHED {
            break;
        }
    }
    false
}
