//! Where a value stands in a file.

use std::fmt;

use edu_diagnostics::{Diagnostic, Label, Place, Position, Span};

/// A cell of a file, or the part of it that holds one item of a list.
///
/// `Display` gives the address as spreadsheets do: column letters and row number, `C7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    row: u32,
    column: u32,
    place: Place,
}

impl Cell {
    /// A cell by its row and column, both from 0, and its place in the file.
    pub fn new(row: u32, column: u32, place: Place) -> Self {
        Self { row, column, place }
    }

    /// The row, from 0. Blank lines count, line breaks inside a cell do not: as a spreadsheet counts.
    pub fn row(self) -> u32 {
        self.row
    }

    /// The column, from 0.
    pub fn column(self) -> u32 {
        self.column
    }

    /// The bytes of the file.
    pub fn span(self) -> Span {
        self.place.span()
    }

    /// Line and column of the file, as an editor shows them.
    pub fn position(self) -> Position {
        self.place.position()
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", letters(self.column), u64::from(self.row) + 1)
    }
}

/// The letters of a column: `A` to `Z`, `AA`, …
pub(crate) fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or_default()));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// A value, and the cell that it was read from.
///
/// Two of them are equal when the values are: a matrix that was read equals one that was built.
#[derive(Debug, Clone, Default)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it was read; `None` where it was not read from a file.
    pub cell: Option<Cell>,
}

impl<T> Placed<T> {
    pub(crate) fn new(value: T, cell: Cell) -> Self {
        Self { value, cell: Some(cell) }
    }
}

impl<T> From<T> for Placed<T> {
    fn from(value: T) -> Self {
        Self { value, cell: None }
    }
}

impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Placed<T> {}

/// Findings about cells.
pub(crate) trait AtCell: Sized {
    /// Sets the place to that of a cell, if there is one, and the argument `cell` to its address.
    fn at_cell(self, cell: Option<Cell>) -> Self;
    /// Adds another cell that belongs to the finding.
    fn and_cell(self, cell: Option<Cell>, text: &'static str) -> Self;
}

impl AtCell for Diagnostic {
    fn at_cell(mut self, cell: Option<Cell>) -> Self {
        if let Some(cell) = cell {
            (self.span, self.position) = (Some(cell.span()), Some(cell.position()));
        }
        let address = cell.map_or_else(|| "?".to_owned(), |cell| cell.to_string());
        self.word("cell", address)
    }

    fn and_cell(mut self, cell: Option<Cell>, text: &'static str) -> Self {
        if let Some(cell) = cell {
            let (span, position) = (cell.span(), Some(cell.position()));
            self.labels.push(Label { span, position, text });
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_a_spreadsheet() {
        for (column, expected) in
            [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
        {
            assert_eq!(letters(column), expected);
        }
        let place = Place::new((Span::default(), Position::START));
        assert_eq!(Cell::new(6, 2, place).to_string(), "C7");
    }

    #[test]
    fn values_are_compared_without_their_places() {
        let place = Place::new((Span::default(), Position::START));
        assert_eq!(Placed::new(1, Cell::new(0, 0, place)), Placed::from(1));
    }
}
