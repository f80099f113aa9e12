//! Matrices as spreadsheets and people leave them: a mistake is one finding, at the cell to mend.

use edu_diagnostics::{Collector, Diagnostic, Severity};
use edu_syntax::Decoded;
use offering_rules::{Matrix, MatrixReader, is_matrix};

const BASE: &str = "\
,Course Name,Fire Team Leader,Galley
,Course Path,/Root/Fleet/FireTeamLeader,/Root/Fleet/Galley
,Registration Type,OneTime,OneTime
,De-Registration,x,
,,,
OPF Name,OPF Value,,
Vessel,Aurora,x,
Vessel,Borealis,,!x
Rank,Cook,,x
";

const OLD: &str = "\
Course Name,Course Path,Re-Registration,De-Registration,Vessel,,Rank
,,,,Aurora,Borealis,Cook
Fire Team Leader,/Root/Fleet/FireTeamLeader,,x,x,,
Galley,/Root/Fleet/Galley,,,,!x,x
";

fn read(bytes: &[u8]) -> (Option<Matrix>, Vec<Diagnostic>) {
    let mut found = Collector::new();
    let matrix = MatrixReader::new().for_text(&Decoded::new(bytes), &mut found);
    (matrix, found.into_sorted())
}

/// The findings: code, severity, address of the cell, and the line that it stands on.
fn said(found: &[Diagnostic]) -> Vec<(&'static str, Severity, String, u64)> {
    let address = |finding: &Diagnostic| {
        finding
            .args
            .iter()
            .find(|arg| arg.name == "cell")
            .map_or_else(String::new, |arg| arg.value.to_string())
    };
    let line = |finding: &Diagnostic| finding.position.map_or(0, |position| position.line);
    found
        .iter()
        .map(|finding| (finding.rule.code, finding.severity, address(finding), line(finding)))
        .collect()
}

/// The one finding of a text, which is an error.
fn error(text: &str) -> (&'static str, String, u64) {
    let (_, found) = read(text.as_bytes());
    let mut said = said(&found);
    assert_eq!(said.len(), 1, "{text}\n{found:?}");
    let (code, severity, cell, line) = said.remove(0);
    assert_eq!(severity, Severity::Error, "{text}");
    (code, cell, line)
}

#[test]
fn a_title_above_is_passed_over() {
    for text in [BASE, OLD] {
        let (plain, found) = read(text.as_bytes());
        assert_eq!(said(&found), []);
        for (title, cell, line) in [
            ("Rules 2026,,,\n", "A1", 1),
            ("\n,Rules 2026\n,,,\n", "B2", 2),
            ("\"Rules\n2026\"\n", "A1", 1),
        ] {
            let text = format!("{title}{text}");
            let (matrix, found) = read(text.as_bytes());
            assert_eq!(said(&found), [("OR-L11", Severity::Warning, cell.to_owned(), line)]);
            assert_eq!(matrix, plain, "{title}");
            assert!(is_matrix(&text), "{title}");
        }
    }
}

#[test]
fn a_heading_of_several_cells_is_one_error() {
    // A cell above a course may be a head row without its label.
    for heading in
        [",,x\n", ",,ann|bob,\n", "0,1,2,3\n", "a,b,c,d\n", ",,Deck,Hotel\n", "Rules,2026,,\n"]
    {
        for text in [BASE, OLD] {
            let text = format!("{heading}{text}");
            let (code, _, line) = error(&text);
            assert_eq!((code, line), ("OR-L11", 1), "{text}");
            assert!(is_matrix(&text), "{text}");
        }
    }
}

#[test]
fn numbers_in_front_begin_where_the_labels_do() {
    let numbered = (0..).zip(BASE.lines()).map(|(number, line)| format!("{number},{line}\n"));
    let text = format!(",0,1,2,3\n{}", numbered.collect::<String>());
    let (matrix, found) = read(text.as_bytes());
    assert_eq!(
        said(&found),
        [
            ("OR-L11", Severity::Error, "B1".to_owned(), 1),
            ("OR-L06", Severity::Info, "A2".to_owned(), 2)
        ]
    );
    assert_eq!(matrix.unwrap().columns, read(BASE.as_bytes()).0.unwrap().columns);
}

#[test]
fn a_year_in_front_of_the_first_label_is_no_row_number() {
    let text = BASE.replacen(',', "2026,", 1);
    assert_eq!(error(&text), ("OR-L07", "A1".to_owned(), 1));
    assert_eq!(read(text.as_bytes()).0.unwrap().columns, read(BASE.as_bytes()).0.unwrap().columns);
}

#[test]
fn a_column_of_numbers_holds_nothing_else() {
    let numbered = |change: &dyn Fn(u64, &str) -> String| {
        (1..)
            .zip(BASE.lines())
            .map(|(number, line)| change(number, line) + "\n")
            .collect::<String>()
    };
    // The number was forgotten, and the row stands one column to the left.
    let text = numbered(&|number, line| {
        if number == 9 { format!("{line},") } else { format!("{number},{line}") }
    });
    let (_, found) = read(text.as_bytes());
    assert!(said(&found).contains(&("OR-L07", Severity::Error, "A9".to_owned(), 9)), "{found:?}");
    // A number may be missing.
    let text = numbered(&|number, line| {
        if number == 9 { format!(",{line}") } else { format!("{number},{line}") }
    });
    let (matrix, found) = read(text.as_bytes());
    assert_eq!(said(&found), [("OR-L06", Severity::Info, "A1".to_owned(), 1)]);
    assert_eq!(matrix.unwrap().columns, read(BASE.as_bytes()).0.unwrap().columns);
    // Above the matrix, and in front of courses, it is meant to be a label.
    let (_, found) = read(format!("Label,,,x\n{text}").as_bytes());
    assert_eq!(said(&found)[0], ("OR-L02", Severity::Error, "A1".to_owned(), 1));
    // Above the matrix and by itself it is a title.
    let (matrix, found) = read(format!("Rules\n{text}").as_bytes());
    assert_eq!(said(&found)[0], ("OR-L11", Severity::Warning, "A1".to_owned(), 1));
    assert_eq!(matrix.unwrap().columns, read(BASE.as_bytes()).0.unwrap().columns);
}

#[test]
fn a_misspelt_label_is_one_finding() {
    for (label, other, line, suggestion) in [
        ("Course Name", "Kursname", 1, ""),
        ("Course Path", "Cource Path", 2, "; did you mean `Course Path`?"),
        ("Registration Type", "Registration Typ", 3, "; did you mean `Registration Type`?"),
        ("De-Registration", "De-Registration (x)", 4, "; did you mean `De-Registration`?"),
    ] {
        let text = BASE.replacen(label, other, 1);
        assert_eq!(error(&text), ("OR-L02", format!("B{line}"), line), "{text}");
        let sentence = read(text.as_bytes()).1[0].to_string();
        assert_eq!(
            sentence,
            format!("`{other}` (cell B{line}) is the label of no head row{suggestion}")
        );
        assert!(is_matrix(&text), "{text}");
    }
}

#[test]
fn empty_rows_before_the_values_of_the_older_format() {
    let plain = read(OLD.as_bytes()).0;
    for empty in ["\n", ",,,,,,\n", "\n\n"] {
        let (matrix, found) = read(OLD.replacen('\n', &format!("\n{empty}"), 1).as_bytes());
        assert_eq!((said(&found), &matrix), (vec![], &plain), "{empty:?}");
    }
}

#[test]
fn misspelt_labels_of_the_older_format() {
    for (label, other, cell) in
        [("Course Path", "Cource Path", "B1"), ("Course Name", "Cource Name", "A1")]
    {
        let text = OLD.replacen(label, other, 1);
        assert_eq!(error(&text), ("OR-L02", cell.to_owned(), 1), "{text}");
        assert!(is_matrix(&text), "{text}");
    }
    let (_, found) = read(OLD.replacen(",Course Path", "", 1).as_bytes());
    let sentences: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert!(sentences.contains(&"there is no row `Course Path`".to_owned()), "{sentences:?}");
}

#[test]
fn a_label_that_is_kept_leaves_the_row_missing() {
    let reader = MatrixReader::new().with_unknown_rows();
    for (label, other) in
        [("Course Path", "Cource Path"), ("Registration Type", "Registration Typ")]
    {
        let text = BASE.replacen(label, other, 1);
        let mut found = Collector::new();
        let matrix = reader.for_text(&Decoded::from(text.as_str()), &mut found).unwrap();
        let codes: Vec<_> =
            said(&found.into_sorted()).iter().map(|said| (said.0, said.1)).collect();
        assert_eq!(codes, [("OR-L02", Severity::Warning), ("OR-L03", Severity::Error)], "{text}");
        assert!(matrix.is_incomplete);
    }
}

#[test]
fn a_label_twice_names_the_first() {
    for (label, other) in
        [("Registration Type", "Registration Type"), ("Re-Registration", "Registration Type")]
    {
        let text = BASE.replacen(",De-Reg", &format!(",{label},,\n,De-Reg"), 1);
        let (_, found) = read(text.as_bytes());
        let sentences: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            sentences,
            [format!("the row `{label}` (cell B4) is there as `{other}` already")]
        );
        assert_eq!(found[0].labels[0].position.map(|position| position.line), Some(3));
    }
}

#[test]
fn the_cell_of_a_missing_path_is_told_where_the_row_ends_before_it() {
    let path = ",Course Path,/Root/Fleet/FireTeamLeader,/Root/Fleet/Galley";
    for (row, cell) in [
        (",Course Path,/Root/Fleet/FireTeamLeader", "D2"),
        (",Course Path,/Root/Fleet/FireTeamLeader,", "D2"),
    ] {
        assert_eq!(error(&BASE.replacen(path, row, 1)), ("OR-C12", cell.to_owned(), 2));
    }
    let (_, found) = read(format!("{OLD}Abc\n").as_bytes());
    assert_eq!(said(&found), [("OR-C12", Severity::Error, "B5".to_owned(), 5)]);
}

#[test]
fn merged_cells_are_one_error_for_each_run() {
    let merged =
        BASE.replace("Vessel,Borealis,,!x\n", ",Borealis,,!x\n,Polaris,,\n,Aldebaran,x,\n");
    assert_eq!(error(&merged), ("OR-L08", "A8".to_owned(), 8));
    // Also where nothing is marked: the values would be lost when the matrix is written.
    let merged = BASE.replace("Vessel,Borealis,,!x\n", ",Borealis,,\n,Polaris,,\n");
    assert_eq!(error(&merged), ("OR-L08", "A8".to_owned(), 8));
    // What another row lacks is another mistake.
    let two = BASE.replace("Vessel,Borealis,,!x\nRank,Cook", ",Borealis,,!x\nRank,");
    let cells: Vec<_> = said(&read(two.as_bytes()).1).into_iter().map(|said| said.2).collect();
    assert_eq!(cells, ["A8", "B9"]);
    // It becomes an error with the first mark.
    let (_, found) = read(format!("{BASE}\n,remark,,\n,another,x,\n,third,x,\n").as_bytes());
    assert_eq!(
        said(&found),
        [
            ("OR-L08", Severity::Warning, "A11".to_owned(), 11),
            ("OR-L08", Severity::Error, "A12".to_owned(), 12)
        ]
    );
}

#[test]
fn a_remark_beside_the_values_is_one_error() {
    for (row, cell) in [("Values:,,,,Aurora", "A2"), (",,?,,Aurora", "C2")] {
        let text = OLD.replacen(",,,,Aurora", row, 1);
        assert_eq!(error(&text), ("OR-L07", cell.to_owned(), 2));
        assert_eq!(
            read(text.as_bytes()).0.unwrap().columns,
            read(OLD.as_bytes()).0.unwrap().columns
        );
    }
}

#[test]
fn a_column_of_totals_is_one_error() {
    let total = |text: &str, totals: &[&str]| {
        let lines = text.lines().zip(totals.iter().chain(std::iter::repeat(&"")));
        lines.flat_map(|(line, total)| [line, ",", total, "\n"]).collect::<String>()
    };
    let text = total(BASE, &["", "", "", "", "", "", "1", "1", "1"]);
    assert_eq!(error(&text), ("OR-L07", "E7".to_owned(), 7));
    let text = total(BASE, &["", "", "", "", "", "Total", "1", "1", "1"]);
    let cells: Vec<_> = said(&read(text.as_bytes()).1).into_iter().map(|said| said.2).collect();
    assert_eq!(cells, ["E6", "E7"]);
    // In the column of a course every cell counts.
    let text = BASE.replace("Aurora,x,", "Aurora,1,").replace("Borealis,,", "Borealis,1,");
    let cells: Vec<_> =
        said(&read(text.as_bytes()).1).into_iter().map(|said| (said.0, said.2)).collect();
    assert_eq!(cells, [("OR-C01", "C7".to_owned()), ("OR-C01", "C8".to_owned())]);
}

#[test]
fn a_workbook_is_told_as_one() {
    for bytes in [
        &b"PK\x03\x04\x14\0\x06\0\x08\0\xd9\xffxl/workbook.xml"[..],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
    ] {
        let (matrix, found) = read(bytes);
        assert!(matrix.is_none());
        assert_eq!(said(&found), [("OR-F08", Severity::Error, String::new(), 0)]);
    }
}

#[test]
fn the_line_that_names_the_delimiter_may_be_in_quotes() {
    let plain = read(BASE.as_bytes()).0;
    for first in ["sep=;\n", "\"sep=;\"\r\n"] {
        let text = format!("{first}{}", BASE.replace(',', ";"));
        let (matrix, found) = read(text.as_bytes());
        assert_eq!((said(&found), matrix), (vec![], plain.clone()), "{first}");
    }
}

#[test]
fn what_merged_courses_leave_is_an_error() {
    // The head of two columns of one course, merged: only the first of them has it.
    let text = BASE.replacen(",Galley", ",", 1).replacen(",/Root/Fleet/Galley", ",", 1);
    let text = text.replacen("OneTime,OneTime", "OneTime,", 1);
    assert_eq!(error(&text), ("OR-C12", "D2".to_owned(), 2));
    let text = format!("{OLD},,,,,,x\n").replacen(",Re-Registration,", ",Registration Type,", 1);
    let (_, found) = read(text.as_bytes());
    assert_eq!(said(&found), [("OR-C12", Severity::Error, "B5".to_owned(), 5)]);
    // A course that is being prepared has a name.
    let text =
        BASE.replacen(",/Root/Fleet/Galley", ",", 1).replacen("OneTime,OneTime", "OneTime,", 1);
    let (_, found) = read(text.as_bytes());
    assert_eq!(said(&found), [("OR-C12", Severity::Warning, "D2".to_owned(), 2)]);
}

#[test]
fn a_label_that_has_moved_is_told() {
    let text = BASE.replacen(",De-Registration,x,", "De-Registration,x,,", 1);
    let (_, found) = read(text.as_bytes());
    assert_eq!(said(&found)[0], ("OR-L12", Severity::Warning, "A4".to_owned(), 4));
}

#[test]
fn a_narrow_title_does_not_decide_on_quotes() {
    let text = BASE.replacen(",Galley", ",\"Gal\nley\"", 1);
    for title in ["Rules,,\n", ",,\n", "Rules\n"] {
        let (matrix, found) = read(format!("{title}{text}").as_bytes());
        assert!(found.iter().all(|finding| finding.rule.code == "OR-L11"), "{title}: {found:?}");
        assert_eq!(matrix, read(text.as_bytes()).0, "{title}");
    }
}

#[test]
fn a_matrix_is_known_by_what_it_has() {
    for text in [
        "Course Path,Remove Instructor,Vessel\n,,Aurora\n/Root/A,x,x\n",
        "Course Path,,/Root/A\nInstructor Rule Status,,\nOPF Name,OPF Value,\nVessel,Aurora,x\n",
        "Rules\n,Course Path\n,Registration Type\nOPF Name,OPF Value\nVessel,Aurora\n",
        ",Course Name,Fire",
    ] {
        assert!(is_matrix(text), "{text}");
    }
}

#[test]
fn other_tables_are_no_matrices() {
    for text in [
        "Report\nCourse Name,Status,Teacher\nFire,open,Ann\n",
        "Users\nann\nbob\n",
        "Course Name\nFire\nGalley\n",
        "Certificate Short Id\nC1\n",
        "a,b\nCourse Path,c\nd,e\n",
        "title\nname,Course Name,Course Path\n1,2,3\n",
        "Course Name:,Biology\nUsers:,12\n",
        "Course Name,Users\nBio,12\nUsers,13\n",
        "Course Path,Users\n/Root/A,12\n",
        "Course Name\n\nCourse Path\n\nUsers\n",
        ",Users,Courses\nJan,5,6\n",
        ",Course Name,Date\n1,Fire,2026-01-01\n",
    ] {
        assert!(!is_matrix(text), "{text}");
    }
}
