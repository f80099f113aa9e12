//! Where in a text a matrix begins, and which way it lies.

use super::Limits;
use super::grid::{CellText, Grid, Row, is_number};
use super::transposed::FRONT;
use crate::label::{OPF_HEADER, is_label};
use crate::layout::{HeadRow, Orientation};

/// How many rows from the top labels are looked for.
const SEARCHED: usize = 100;

/// What is known of a matrix before it is read.
pub(super) struct Start<'t> {
    /// The rows of the text, those above the matrix included.
    pub(super) grid: Grid<'t>,
    /// Which way the matrix lies.
    pub(super) orientation: Orientation,
    /// Number of the first row with a label.
    pub(super) row: u32,
    /// The first of the row numbers, where the first column holds them: tables copied out of the documentation
    /// do.
    pub(super) numbers: Option<CellText<'t>>,
}

impl<'t> Start<'t> {
    /// The beginning of the matrix in a text, with the delimiter that shows one: the likeliest, or another, for
    /// what stands in cells can make another one look likelier.
    pub(super) fn of(text: &'t str, limits: Limits) -> Option<Self> {
        let mut best: Option<Labels<'t>> = None;
        for grid in Grid::candidates(text, limits) {
            let labels = Labels::of(grid);
            if best.as_ref().map_or(Evidence::None, Labels::evidence) < labels.evidence() {
                best = Some(labels);
            }
            if best.as_ref().is_some_and(|best| best.evidence() == Evidence::Beginning) {
                break;
            }
        }
        let Labels { mut grid, first, .. } = best?;
        let first = first?;
        grid.begin_at(u32::from(first.has_numbers), first.row.number);
        Some(Self {
            grid,
            orientation: first.orientation(),
            row: first.row.number,
            numbers: first.has_numbers.then(|| first.row.cells[0].clone()),
        })
    }
}

/// Whether a text, or the beginning of one, looks like an offering rule matrix.
///
/// Its first row can be nothing else, or several labels stand where labels stand.
pub fn is_matrix(text: &str) -> bool {
    Grid::candidates(text, Limits::default()).any(|grid| {
        let labels = Labels::of(grid);
        labels.are_several() || labels.is_first_row_enough()
    })
}

/// How sure it is that a text is a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    None,
    /// Several labels.
    Labels,
    /// The label of the paths.
    Path,
    /// The same, and the first cell of the text is the label that stands there in most matrices. With a wrong
    /// delimiter, other cells would be part of it.
    Beginning,
}

/// The labels among the first rows of a text.
struct Labels<'t> {
    /// The rows from the start.
    grid: Grid<'t>,
    first: Option<HeadOfRow<'t>>,
    /// The labels of head rows, each once.
    found: Vec<HeadRow>,
    /// There is the header of the profile fields.
    has_opf_header: bool,
    has_path: bool,
    begins_with_label: bool,
    /// Number of rows that were looked at.
    rows: usize,
}

impl<'t> Labels<'t> {
    fn of(grid: Grid<'t>) -> Self {
        let mut labels = Self {
            grid: grid.clone(),
            first: None,
            found: Vec::new(),
            has_opf_header: false,
            has_path: false,
            begins_with_label: false,
            rows: 0,
        };
        let mut rows = grid;
        let rows = std::iter::from_fn(|| rows.next()).map(|(row, _)| row);
        let filled = rows.filter(|row| !row.cells.is_empty());
        for row in filled.take(SEARCHED) {
            labels.take(HeadOfRow::of(row));
            if labels.has_path && (labels.are_several() || labels.begins_with_label) {
                break;
            }
        }
        labels
    }

    fn take(&mut self, head: HeadOfRow<'t>) {
        self.rows += 1;
        self.has_opf_header |= head.looks == Looks::OpfHeader;
        let Some(label) = head.label else { return };
        self.begins_with_label |= self.rows == 1 && matches!(label, HeadRow::Name | HeadRow::Path);
        self.has_path |= head.has_path;
        if head.looks == Looks::HeadRow && !self.found.contains(&label) {
            self.found.push(label);
        }
        // A label by itself may be a title above the labels of the older format.
        let is_surer =
            |first: &HeadOfRow<'_>| first.count == 1 && head.orientation() == Orientation::Old;
        if self.first.as_ref().is_none_or(is_surer) {
            self.first = Some(head);
        }
    }

    /// Whether there are more labels than another table would have by chance.
    fn are_several(&self) -> bool {
        let is_enough =
            |first: &HeadOfRow<'_>| first.orientation() == Orientation::Old && first.count > 2;
        self.found.len() > 1
            || (self.has_opf_header && self.first.is_some())
            || self.first.as_ref().is_some_and(is_enough)
    }

    /// Whether the first row can be nothing but that of a matrix, where no other is seen or needed.
    fn is_first_row_enough(&self) -> bool {
        self.first.as_ref().is_some_and(|first| match first.looks {
            Looks::HeadRow => self.rows == 1 && first.label != Some(HeadRow::Users),
            Looks::Old { is_certain } => is_certain,
            Looks::Other | Looks::OpfHeader => false,
        })
    }

    fn evidence(&self) -> Evidence {
        match self {
            Self { first: None, .. } => Evidence::None,
            Self { has_path: true, begins_with_label: true, .. } => Evidence::Beginning,
            Self { has_path: true, .. } => Evidence::Path,
            _ if self.are_several() => Evidence::Labels,
            _ => Evidence::None,
        }
    }
}

/// What a row looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// Nothing of a matrix, or a label with nothing behind it.
    Other,
    /// A label by itself, and something of a course behind it.
    HeadRow,
    /// The header of the profile fields.
    OpfHeader,
    /// The labels of the older format.
    Old {
        /// No other table has the first two of them side by side.
        is_certain: bool,
    },
}

/// What stands at the head of a row.
struct HeadOfRow<'t> {
    row: Row<'t>,
    /// Its first cell is a row number, and a label follows.
    has_numbers: bool,
    /// The first of the labels, where it stands in front of the courses.
    label: Option<HeadRow>,
    /// Number of labels; in a whole row of labels where two stand in front.
    count: usize,
    /// The label of the paths is where labels stand.
    has_path: bool,
    looks: Looks,
}

impl<'t> HeadOfRow<'t> {
    fn of(row: Row<'t>) -> Self {
        let label_of = |cell: &CellText<'_>| HeadRow::of(&cell.text).map(|label| label.row);
        let has_numbers = matches!(&row.cells[..], [number, labelled, ..]
            if number.column == 0 && is_row_number(&number.text) && label_of(labelled).is_some());
        let front_end = u32::from(has_numbers) + FRONT;
        let cells = &row.cells[usize::from(has_numbers)..];
        let front = &cells[..cells.partition_point(|cell| cell.column < front_end)];
        let labels: Vec<_> = front.iter().filter_map(label_of).collect();
        let is_path = |label: &HeadRow| *label == HeadRow::Path;
        let mut count = labels.len();
        let mut has_path = labels.iter().any(is_path);
        let looks = match front {
            [_] if count == 1 && cells.len() > 1 => Looks::HeadRow,
            [name, value]
                if [name, value]
                    .into_iter()
                    .zip(OPF_HEADER)
                    .all(|(cell, label)| is_label(&cell.text, label)) =>
            {
                Looks::OpfHeader
            }
            // Above courses as columns, one of the first two cells is empty; the older format has labels in both,
            // and the path among them, or more of them. (A course may have the name of a label.)
            [_, _] => {
                let all: Vec<_> = cells.iter().filter_map(label_of).collect();
                let is_old = all.len() > 2 || (all.len() == 2 && all.iter().any(is_path));
                if is_old {
                    let is_certain = labels.len() == 2
                        && has_path
                        && (all.len() > 2 || !labels.contains(&HeadRow::Users));
                    (count, has_path) = (all.len(), all.iter().any(is_path));
                    Looks::Old { is_certain }
                } else {
                    Looks::Other
                }
            }
            _ => Looks::Other,
        };
        let label = labels.first().copied();
        Self { row, has_numbers, label, count, has_path, looks }
    }

    fn orientation(&self) -> Orientation {
        if let Looks::Old { .. } = self.looks { Orientation::Old } else { Orientation::Transposed }
    }
}

/// Whether a cell may hold the number of one of the first rows: a year is none.
fn is_row_number(text: &str) -> bool {
    text.len() <= 3 && is_number(text)
}
