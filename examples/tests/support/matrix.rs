//! Small offering rule matrices, and the programs that read them.

use std::path::Path;

use crate::support::{program, texts};

/// The labels of the head rows in layout 4.3.
pub(crate) const REGISTRATION: [&str; 6] = [
    "Course Name",
    "Course Path",
    "Registration Type",
    "Re-Registration Before Certificate Expiry",
    "Certificate Short Id",
    "De-Registration",
];
pub(crate) const INSTRUCTOR: [&str; 4] =
    ["Course Name", "Course Path", "Instructor Rule Status", "Remove Instructor"];

/// Profile fields and values of these matrices.
const VALUES: [&str; 4] = ["Vessel,Aurora", "Vessel,Borealis", "Rank,Master", "Rank,Cook"];

/// A matrix with these head rows, and a column for each text: the cells from top to bottom, with `,` between
/// them. Cells that are left out are empty.
pub(crate) fn matrix(head: &[&str], columns: &[&str]) -> String {
    let labels = head.iter().map(|label| format!(",{label}"));
    let block = [",".to_owned(), "OPF Name,OPF Value".to_owned()];
    let mut rows: Vec<String> = labels.chain(block).chain(VALUES.map(str::to_owned)).collect();
    for column in columns {
        // No cell stands beside the header of the profile fields, and none above it.
        let (cells, marks): (Vec<_>, Vec<_>) =
            column.split(',').enumerate().partition(|&(number, _)| number < head.len());
        let cells = cells.into_iter().map(|(_, cell)| cell).chain(["", ""]);
        let mut cells = cells.chain(marks.into_iter().map(|(_, mark)| mark));
        for row in &mut rows {
            row.push(',');
            row.push_str(cells.next().unwrap_or_default());
        }
    }
    rows.join("\r\n") + "\r\n"
}

/// A registration matrix.
pub(crate) fn registration(columns: &[&str]) -> String {
    matrix(&REGISTRATION, columns)
}

/// An instructor matrix.
pub(crate) fn instructor(columns: &[&str]) -> String {
    matrix(&INSTRUCTOR, columns)
}

/// Runs a program in a folder: exit code, standard output, standard error.
pub(crate) fn run(name: &str, folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = program(name).current_dir(folder).args(args).output();
    texts(output.expect("`cargo test -p examples` builds the program first"))
}
