//! Matrices made to do harm: they are read, soon, and it is said where.

#![expect(clippy::disallowed_types, reason = "how the time grows is what is tested")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use offering_rules::{
    Column, CoursePath, Generator, Kind, Layout, Limits, Matrix, MatrixReader, OpfValue,
    Orientation, UnknownRow, WriteError, convert, write,
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
fn the_limit_that_is_named_is_the_one_that_was_exceeded() {
    let commas = |number: usize| format!("{HEAD}{FIELDS}Vessel,Borealis{}", ",".repeat(number));
    let said = |text: String, limits| {
        let mut found = Collector::new();
        MatrixReader::new().with_limits(limits).for_text(&Decoded::from(text.as_str()), &mut found);
        found.findings().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let limits = Limits::default();
    let named = |what: &str| vec![format!("the file has a number of {what}")];
    assert_eq!(said(commas(1_000_000), limits), [""; 0]);
    assert_eq!(said(commas(1_100_000), limits), named("cells in a row above the limit of 1048576"));
    assert_eq!(said(commas(70_000) + "x", limits), named("columns above the limit of 65536"));
    let limits = Limits { row: 100, ..limits };
    assert_eq!(said(commas(200), limits), named("bytes in a row above the limit of 100"));
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
    // The head rows of layout 4.3 are cells too.
    assert_eq!(write(&matrix, &mut |_| ()), Err(WriteError::Size { cells: 40_000 * 40_006 }));
    matrix.values.clear();
    let label = |number| UnknownRow { label: format!("# {number}").into(), cells: Vec::new() };
    matrix.unknown = (0..30_000).map(label).collect();
    assert_eq!(write(&matrix, &mut |_| ()), Err(WriteError::Size { cells: 40_000 * 30_006 }));
}

/// The findings of the generator that are errors.
fn refusals(text: &str) -> Vec<String> {
    let matrix = read(text).0.expect("a matrix");
    let mut found = Collector::new();
    assert_eq!(Generator::new().generate(&matrix, &mut found), None);
    let errors =
        found.findings().iter().filter(|found| found.severity == edu_diagnostics::Severity::Error);
    errors.map(|found| format!("{} {found}", found.rule.code)).collect()
}

#[test]
fn a_long_text_is_not_copied_into_every_rule() {
    let long = "s".repeat(500_000);
    let columns = 20_000;
    let (mut paths, mut users) = (String::new(), String::new());
    for number in 0..columns {
        let _ = write!(paths, ",/Root/{number}");
        let _ = write!(users, "u{number}|");
    }
    let field = format!(
        ",Course Path{paths}\n,Registration Type{}\nOPF Name,OPF Value\n{long},a{}\n",
        ",OneTime".repeat(columns),
        ",x".repeat(columns)
    );
    let set = format!("{HEAD},Users,{users}\n,IsInUserSet,{long}\n{FIELDS}");
    for text in [field, set] {
        let refusals = refusals(&text);
        assert_eq!(refusals.len(), 1, "{refusals:?}");
        assert!(refusals[0].starts_with("OR-G05 the rules would have "), "{refusals:?}");
    }
}

#[test]
fn removal_rules_of_all_courses_are_counted_together() {
    // 256 ways for each course, and its users in each of the rules.
    const USERS: usize = 5000;
    let (mut paths, mut users) = (String::new(), String::new());
    for course in 0..20 {
        let _ = write!(paths, "{}", format!(",/Root/{course}").repeat(9));
        users += &",".repeat(9);
        for user in 0..USERS {
            let separator = if user == 0 { "" } else { "|" };
            let _ = write!(users, "{separator}u{user}");
        }
    }
    let columns = 20 * 9;
    let mut text = format!(
        ",Course Path{paths}\n,Registration Type{}\n,De-Registration{}\n,Users{users}\nOPF Name,OPF Value\n",
        ",OneTime".repeat(columns),
        ",x".repeat(columns)
    );
    for row in 0..16 {
        let mark = |column: usize| if column % 9 == row % 8 { ",x" } else { "," };
        let marks: Vec<_> = (0..columns).map(mark).collect();
        let _ = writeln!(text, "F{},v{row}{}", row / 8, marks.concat());
    }
    let added = 8 * (3 + 1) + USERS * (1 + 1);
    let removed = 256 * (8 + USERS + 1);
    let count = 20 * (added + removed);
    let expected =
        format!("OR-G05 the rules would have {count} conditions together, 10000000 are allowed");
    assert_eq!(refusals(&text), [expected]);
}
