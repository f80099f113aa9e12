//! What several tests need.

use edu_diagnostics::{Collector, Diagnostic};
use edu_syntax::Decoded;
use offering_rules::{Cell, Matrix, MatrixReader};

/// Reads a matrix, unknown rows included.
pub(crate) fn read(bytes: &[u8]) -> (Option<Matrix>, Vec<Diagnostic>) {
    let mut found = Collector::new();
    let matrix = MatrixReader::new().with_unknown_rows().for_text(&Decoded::new(bytes), &mut found);
    (matrix, found.into_sorted())
}

/// The rows of a CSV file as it is written.
pub(crate) fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !is_quoted => {}
            _ => cell.push(character),
        }
    }
    rows
}

/// Writes rows as another program might.
pub(crate) fn render(rows: &[Vec<String>], delimiter: char, line_end: &str) -> String {
    let mut out = String::new();
    for row in rows {
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                out.push(delimiter);
            }
            if cell.contains([delimiter, '"', '\r', '\n']) {
                out.extend(["\"", &cell.replace('"', "\"\""), "\""]);
            } else {
                out += cell;
            }
        }
        out += line_end;
    }
    out
}

/// Every cell that a matrix remembers.
pub(crate) fn cells(matrix: &Matrix) -> Vec<Cell> {
    let mut cells = Vec::new();
    for column in &matrix.columns {
        cells.extend([column.name.cell, column.path.cell, column.removal.cell]);
        cells.push(column.status.as_ref().and_then(|status| status.cell));
        cells.push(column.before_expiry.as_ref().and_then(|before| before.cell));
        cells.push(column.certificate.as_ref().and_then(|certificate| certificate.cell));
        cells.extend(column.users.iter().map(|user| user.cell));
        cells.extend(column.conditions.iter().map(|condition| condition.cell));
        cells.extend(column.marks.iter().map(|mark| mark.cell));
    }
    for value in &matrix.values {
        cells.extend([value.name.cell, value.value.cell]);
    }
    for row in &matrix.unknown {
        cells.push(row.label.cell);
        cells.extend(row.cells.iter().map(|(_, text)| text.cell));
    }
    cells.into_iter().flatten().collect()
}
