//! Matrices made to do harm: they are read, soon, and it is said where.

#![expect(clippy::disallowed_types, reason = "how the time grows is what is tested")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use offering_rules::{
    Column, CoursePath, Generator, Kind, Layout, Limits, Matrix, MatrixReader, OpfValue,
    Orientation, WriteError, convert, write,
};

const HEAD: &str = ",Course Path,/Root/A\n,Registration Type,OneTime\n";
const FIELDS: &str = "OPF Name,OPF Value,\nVessel,Aurora,x\n";

/// The matrix, and the findings by code.
fn read_within(limits: Limits, text: &str) -> (Option<Matrix>, Vec<(&'static str, u64)>) {
    let mut found = Collector::new().with_limit(10);
    let reader = MatrixReader::new().with_unknown_rows().with_limits(limits);
    let matrix = reader.for_text(&Decoded::from(text), &mut found);
    (matrix, found.counts().map(|(rule, count)| (rule.code, count)).collect())
}

fn read(text: &str) -> (Option<Matrix>, Vec<(&'static str, u64)>) {
    read_within(Limits::default(), text)
}

/// Columns and marks, and the findings.
fn size(text: &str) -> (usize, usize, Vec<(&'static str, u64)>) {
    let (matrix, found) = read(text);
    let matrix = matrix.expect("a matrix");
    (matrix.columns.len(), matrix.marks(), found)
}

#[test]
fn a_million_commas() {
    let commas = ",".repeat(1_000_000);
    assert_eq!(size(&format!("{HEAD}{commas}\n{FIELDS}")), (1, 1, vec![]));
    let text = format!("{HEAD}{FIELDS}").replace("OneTime\n", &format!("OneTime{commas}\n"));
    assert_eq!(size(&text), (1, 1, vec![]));
    let text = format!("{HEAD}{FIELDS}Vessel,Borealis{commas}x\n");
    assert_eq!(size(&text), (1, 1, vec![("OR-F06", 1)]));
    let old = format!(
        "Course Path,Re-Registration,Vessel{commas}\n,,Aurora{commas}x\n/Root/A,x,x{commas}\n"
    );
    assert_eq!(size(&old), (1, 1, vec![("OR-F06", 1)]));
}

#[test]
fn columns_up_to_the_limit() {
    let far = |column: usize| {
        let commas = ",".repeat(column - 2);
        format!("{HEAD}OPF Name,OPF Value\nVessel,Aurora,x{commas}x\n")
    };
    let last = usize::try_from(Limits::default().columns).expect("it fits") - 1;
    let (matrix, found) = read(&far(last));
    assert_eq!(found, [("OR-C12", 1)]);
    assert_eq!(matrix.expect("a matrix").columns[1].marks.len(), 1);
    assert_eq!(size(&far(last + 1)), (1, 1, vec![("OR-F06", 1)]));
    let (matrix, found) = read_within(Limits { columns: 3, ..Limits::default() }, &far(3));
    assert_eq!((matrix.map(|matrix| matrix.marks()), found), (Some(1), vec![("OR-F06", 1)]));
}

#[test]
fn ten_megabytes_in_one_cell() {
    let long = "a|".repeat(5_000_000);
    let text = format!("{HEAD}{FIELDS}").replace("/Root/A", &format!("/Root/{long}"));
    assert_eq!(size(&text), (1, 1, vec![]));
    // Each item of a list has a place.
    let text = format!("{HEAD},Users,\"{}\"\n{FIELDS}", &long[..500_000]);
    assert_eq!(size(&text), (1, 1, vec![("OR-C11", 1)]));
    let text = format!("{HEAD},{long},x\n{FIELDS}");
    assert_eq!(size(&text), (1, 1, vec![("OR-L02", 1)]));
}

#[test]
fn a_row_above_the_limit_costs_itself() {
    let limits = Limits { row: 100, ..Limits::default() };
    let long = "x".repeat(1000);
    for cell in [long.clone(), format!("\"{long}\""), format!("\"{long}")] {
        let text = format!("{HEAD}{FIELDS}Vessel,{cell},x\nVessel,Borealis,x\n");
        let (matrix, found) = read_within(limits, &text);
        assert_eq!((matrix.map(|matrix| matrix.marks()), found), (Some(2), vec![("OR-F06", 1)]));
    }
}

#[test]
fn nothing_but_one_character() {
    for piece in [
        "\"",
        ",\"",
        "\"\n",
        "\n",
        "\r",
        "|",
        ";",
        "!",
        "x,",
        "\0,",
        "Course Path,",
        "Course Path\n",
    ] {
        let text = piece.repeat(20_000);
        read(&text);
        read(&format!("{HEAD}{text}\n{FIELDS}"));
        read(&format!("{HEAD}{FIELDS}{text}"));
    }
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Whether a run with four times the length takes more than twice the time of four runs.
fn is_slow(short: impl Fn(), long: impl Fn()) -> bool {
    // Another program may take the processor from the longer run; five times is no accident.
    (0..5).all(|_| time(&long) > time(|| (0..4).for_each(|_| short())) * 2)
}

/// What an input is, a length, and what makes an input of that length.
type Growing = (&'static str, usize, fn(usize) -> String);

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    let body: String = (0..n).map(line).collect();
    format!("{HEAD}{FIELDS}{body}")
}

fn head_rows(n: usize, line: impl Fn(usize) -> String) -> String {
    let rows: String = (0..n).map(line).collect();
    format!("{HEAD}{rows}{FIELDS}")
}

/// A square of courses and values, with marks in all of it.
fn square(n: usize) -> String {
    let side = n.isqrt();
    let mut text = format!(",Course Path{}\n,Registration Type\n", ",/Root/A".repeat(side));
    text += "OPF Name,OPF Value\n";
    for row in 0..side {
        let _ = writeln!(text, "Vessel,{row}{}", ",x".repeat(side));
    }
    text
}

const CASES: [Growing; 17] = [
    ("values", 3000, |n| lines(n, |row| format!("Vessel,{row},x\n"))),
    ("fields", 3000, |n| lines(n, |row| format!("{row},a,!x\n"))),
    ("marks", 10_000, square),
    ("courses", 3000, |n| format!(",Course Path{}\n", ",/Root/A".repeat(n))),
    ("courses of the older format", 2000, |n| {
        format!("Course Path,Re-Registration,Vessel\n,,Aurora\n{}", "/Root/A,x,x\n".repeat(n))
    }),
    ("values of the older format", 3000, |n| {
        format!(
            "Course Path,Re-Registration,Vessel\n,{}\n/Root/A,x{}\n",
            ",a".repeat(n),
            ",x".repeat(n)
        )
    }),
    ("unknown rows", 2000, |n| head_rows(n, |row| format!(",Remark {row},a\n"))),
    ("the same unknown row", 2000, |n| head_rows(n, |_| ",Remark,a\n".to_owned())),
    ("rows that are there twice", 2000, |n| head_rows(n, |_| ",Users,a\n".to_owned())),
    ("users", 5000, |n| format!("{HEAD},Users,{}\n{FIELDS}", "a|".repeat(n))),
    ("conditions", 2000, |n| {
        format!("{HEAD},OrgProfileDateWithin,{}b;1\n{FIELDS}", "a;1|".repeat(n))
    }),
    ("separators", 5000, |n| {
        format!("{HEAD},CertificateWillExpireInCourse,{}\n{FIELDS}", ";".repeat(n))
    }),
    ("quotes that are not closed", 2000, |n| lines(n, |_| "Vessel,\"a,x\n".to_owned())),
    ("quotes in one row", 5000, |n| lines(1, |_| format!("Vessel,a{}\n", ",\"a".repeat(n)))),
    ("quoted line breaks", 5000, |n| lines(1, |_| format!("Vessel,\"{}\"\n", "\"\"\n".repeat(n)))),
    ("blank rows", 10_000, |n| "\n".repeat(n) + HEAD + FIELDS),
    ("wrong marks", 2000, |n| lines(n, |row| format!("Vessel,{row},yes\n"))),
];

fn slow(run: impl Fn(&str)) -> Vec<&'static str> {
    let is_slow = |(_, n, make): &&Growing| {
        let (short, long) = (make(*n), make(4 * n));
        is_slow(|| run(&short), || run(&long))
    };
    CASES.iter().filter(is_slow).map(|(what, ..)| *what).collect()
}

#[test]
fn reading_takes_time_by_the_length() {
    assert_eq!(slow(|text| drop(read(text))), [""; 0]);
}

#[test]
fn writing_and_turning_take_time_by_the_length() {
    let run = |text: &str| {
        let (matrix, _) = read(text);
        let matrix = matrix.expect("a matrix");
        for orientation in [Orientation::Transposed, Orientation::Old] {
            let turned = convert(&matrix, Layout::V4_3, orientation, &mut |_| ());
            let _ = write(&turned, &mut |_| ());
        }
    };
    assert_eq!(slow(run), [""; 0]);
}

#[test]
fn users_and_marks_do_not_multiply() {
    let users: Vec<_> = (0..5000).map(|number| format!("u{number}")).collect();
    let mut rows = String::new();
    for number in 0..5000 {
        writeln!(rows, "Rank,{number},x").expect("a string takes everything");
    }
    let text = format!(
        ",Course Path,/Root/Fleet/A\n,Registration Type,OneTime\n,Users,{}\nOPF Name,OPF Value\n{rows}",
        users.join("|")
    );
    let matrix = read(&text).0.expect("a matrix");
    let mut codes = Vec::new();
    let commands = Generator::new()
        .generate(&matrix, &mut |found: edu_diagnostics::Diagnostic| codes.push(found.rule.code));
    assert_eq!((commands, codes), (None, vec!["OR-R19", "OR-G05"]));
}

#[test]
fn a_sparse_matrix_is_not_written_as_gigabytes() {
    let mut matrix = Matrix::new(Kind::Registration, Layout::V4_3);
    let course = |number| Column {
        path: CoursePath::new(format!("/Root/Fleet/{number}")).into(),
        ..Column::default()
    };
    matrix.columns = (0..40_000).map(course).collect();
    matrix.values = (0..40_000).map(|number| OpfValue::new("Rank", number.to_string())).collect();
    assert_eq!(write(&matrix, &mut |_| ()), Err(WriteError::Size { cells: 1_600_000_000 }));
}
