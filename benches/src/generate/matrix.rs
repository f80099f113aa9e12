//! Who has to take which course, as an offering rule matrix in layout 4.3: valid in every respect, of any size,
//! and the same for the same seed.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use super::Generated;
use super::rng::{Rng, Stream};
use crate::counts::MatrixCounts;

/// What a file is to be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Number of columns. Every tenth is a second one for the course before it.
    pub courses: u64,
    /// Number of values of profile fields.
    pub values: u64,
    /// How many cells of a thousand are marked.
    pub marked: u64,
}

/// The path of the organisation that the courses belong to.
pub const ORGANISATION: &str = "/Root/Sundfjord/Ferries";

const FIELDS: [&str; 5] = ["Vessel", "Rank", "Department", "Contract", "Home Port"];

/// Head rows, the blank row and the header of the profile fields.
pub const HEAD_ROWS: u64 = 8;

/// Writes a file of the given shape. It buffers: `out` need not.
///
/// # Errors
///
/// `out` does not take what is written.
pub fn generate(out: impl Write, shape: Shape, seed: u64) -> io::Result<Generated<MatrixCounts>> {
    let mut out = BufWriter::new(out);
    let mut file_bytes = 0;
    let rows = HEAD_ROWS + shape.values;
    for row in 0..rows {
        let mut line = String::new();
        // Writing to a `String` cannot fail.
        let _ = match row {
            0 => head(&mut line, shape, "Course Name", |line, index| {
                let part = if course(index) == index { "part one" } else { "part two" };
                write!(line, "Safety Course {}: {part}", course(index))
            }),
            1 => head(&mut line, shape, "Course Path", |line, index| {
                write!(line, "{ORGANISATION}/Safety/Course{:05}", course(index))
            }),
            2 => head(&mut line, shape, "Registration Type", |line, index| {
                line.write_str(if renews(course(index)) { "ReRegistration" } else { "OneTime" })
            }),
            3 => head(
                &mut line,
                shape,
                "Re-Registration Before Certificate Expiry",
                |line, index| line.write_str(if renews(course(index)) { "60d" } else { "" }),
            ),
            4 => head(&mut line, shape, "Certificate Short Id", |line, index| {
                if renews(course(index)) { write!(line, "Cert{}", course(index)) } else { Ok(()) }
            }),
            5 => head(&mut line, shape, "De-Registration", |line, index| {
                line.write_str(if course(index).is_multiple_of(3) { "x" } else { "" })
            }),
            6 => head(&mut line, shape, "", |_, _| Ok(())),
            7 => {
                line.push_str("OPF Name,OPF Value");
                line.extend((0..shape.courses).map(|_| ','));
                Ok(())
            }
            _ => value(&mut line, shape, row - HEAD_ROWS, seed),
        };
        line.push_str("\r\n");
        out.write_all(line.as_bytes())?;
        file_bytes += line.len() as u64;
    }
    out.flush()?;
    Ok(Generated { file_bytes, counts: MatrixCounts { row: rows } })
}

/// The course of a column.
fn course(column: u64) -> u64 {
    if column % 10 == 9 { column - 1 } else { column }
}

fn renews(course: u64) -> bool {
    course.is_multiple_of(4)
}

fn head(
    line: &mut String,
    shape: Shape,
    label: &str,
    cell: impl Fn(&mut String, u64) -> std::fmt::Result,
) -> std::fmt::Result {
    write!(line, ",{label}")?;
    for index in 0..shape.courses {
        line.push(',');
        cell(line, index)?;
    }
    Ok(())
}

fn value(line: &mut String, shape: Shape, index: u64, seed: u64) -> std::fmt::Result {
    let field = index * FIELDS.len() as u64 / shape.values.max(1);
    let field = FIELDS[usize::try_from(field).unwrap_or_default()];
    write!(line, "{field},{field} {index:05}")?;
    let mut rng = Rng::new(seed, Stream::Value, index);
    for column in 0..shape.courses {
        line.push(',');
        // Each course has a mark for certain, and each column one that the other columns do not have.
        let is_own = index % shape.courses.max(1) == column;
        if is_own || rng.below(1000) < shape.marked {
            line.push('x');
        }
    }
    Ok(())
}
