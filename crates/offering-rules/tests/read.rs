//! Matrices in all the ways in which they are found.

mod support;

use edu_diagnostics::{Collector, Diagnostic, Severity};
use edu_syntax::Decoded;
use offering_rules::{
    Column, Kind, Layout, Mark, Matrix, MatrixReader, Orientation, Predicate, Status, convert,
    is_matrix, write,
};
use support::{cells, read, render, rows};

const BASE: &str = ",Course Name,Fire Team Leader,Galley\n\
    ,Course Path,/Root/Fleet/FireTeamLeader,/Root/Fleet/Galley\n\
    ,Registration Type,OneTime,ReRegistration\n\
    ,Re-Registration Before Certificate Expiry,,30d\n\
    ,Certificate Short Id,,Galley2Y\n\
    ,De-Registration,x,\n\
    ,,,\n\
    OPF Name,OPF Value,,\n\
    Vessel,Aurora,x,\n\
    Vessel,Borealis,,!x\n\
    Rank,Cook,,x\n";

const OLD: &str = "Course Name,Course Path,Re-Registration,Re-Registration Before Certificate Expiry,Certificate Short Id,De-Registration,Vessel,,Rank\n\
    ,,,,,,Aurora,Borealis,Cook\n\
    Fire Team Leader,/Root/Fleet/FireTeamLeader,,,,x,x,,\n\
    Galley,/Root/Fleet/Galley,x,30d,Galley2Y,,,!x,x\n";

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.rule.code).collect()
}

/// Code and place, as people read it.
fn places(found: &[Diagnostic]) -> Vec<(&'static str, u64, u64)> {
    let place =
        |finding: &Diagnostic| finding.position.map(|at| (finding.rule.code, at.line, at.column));
    found.iter().filter_map(place).collect()
}

fn matrix(text: &str) -> (Matrix, Vec<Diagnostic>) {
    let (matrix, found) = read(text.as_bytes());
    (matrix.expect("a matrix"), found)
}

fn base() -> Matrix {
    let (matrix, found) = matrix(BASE);
    assert_eq!(codes(&found), [""; 0]);
    matrix
}

/// Marks by address, with the text of the bytes they stand at.
fn marks(matrix: &Matrix, bytes: &[u8]) -> Vec<(String, String)> {
    let marks = matrix.columns.iter().flat_map(|column| &column.marks);
    let cells = marks.filter_map(|mark| mark.cell);
    cells.map(|cell| (cell.to_string(), at(bytes, cell))).collect()
}

fn at(bytes: &[u8], cell: offering_rules::Cell) -> String {
    let decoded = Decoded::new(bytes);
    let span = cell.span();
    let [start, end] = [span.start, span.end].map(|offset| decoded.text_offset(offset));
    decoded.text()[start..end].to_owned()
}

fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("in Latin-1")).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn what_the_base_says() {
    let matrix = base();
    assert_eq!(
        (matrix.kind, matrix.layout, matrix.orientation, matrix.is_incomplete),
        (Kind::Registration, Layout::V4_3, Orientation::Transposed, false)
    );
    let [fire, galley] = &matrix.columns[..] else { panic!("{matrix:?}") };
    assert_eq!((fire.status(), fire.removal.value), (Some(&Status::OneTime), true));
    assert_eq!((galley.status(), galley.removal.value), (Some(&Status::ReRegistration), false));
    assert_eq!(galley.before_expiry.as_ref().unwrap().value.to_string(), "30d");
    assert_eq!(galley.certificate.as_ref().unwrap().value, "Galley2Y");
    let marks: Vec<_> = galley.marks.iter().map(|mark| mark.value).collect();
    let [not, yes] =
        [(1, true), (2, false)].map(|(value, is_excluded)| Mark { value, is_excluded });
    assert_eq!(marks, [not, yes]);
    assert_eq!(matrix.marks(), 3);
}

#[test]
fn the_same_in_other_forms() {
    let label_in_a = rows(BASE).into_iter().map(|mut row| {
        if row[0].is_empty() {
            row.swap(0, 1);
        }
        row
    });
    let label_in_a = render(&label_in_a.collect::<Vec<_>>(), ',', "\n");
    let reordered = {
        let mut rows = rows(BASE);
        rows.swap(1, 4);
        rows.swap(0, 2);
        render(&rows, ',', "\n")
    };
    let wide = BASE.replace('\n', ",,,\n");
    let ragged: String =
        BASE.lines().map(|line| line.trim_end_matches(',').to_owned() + "\n").collect();
    let cases = [
        ("label in A", label_in_a),
        ("reordered", reordered),
        ("no empty row", BASE.replace(",,,\n", "")),
        ("blank rows", format!("\n,,\n{BASE},,,\n \n\n")),
        ("empty columns behind", wide),
        ("no delimiters behind", ragged),
        (
            "an empty column between",
            BASE.replace(",Galley\n", ",,Galley\n")
                .replace(",/Root/Fleet/Galley", ",,/Root/Fleet/Galley")
                .replace("ReReg", ",ReReg")
                .replace("30d", ",30d")
                .replace("Galley2Y", ",Galley2Y")
                .replace("!x", ",!x")
                .replace("Cook,,x", "Cook,,,x"),
        ),
        (
            "blanks in cells",
            BASE.replace("Aurora,x,\n", "\u{a0}Aurora ,\t x\u{a0},\u{a0}\u{200b}\n"),
        ),
        ("blanks around the sign", BASE.replace("!x", "! \u{a0}x ")),
        ("capital letters", BASE.replace(",x", ",X").replace("!x", "!X")),
        (
            "labels otherwise",
            BASE.replace("Course Path", "COURSE\u{a0} path").replace("OPF Value", "opf  value"),
        ),
        (
            "the label of later layouts",
            BASE.replace("Certificate Short Id", "certificate short id"),
        ),
        (
            "quoted",
            render(&rows(BASE), ',', "\n").replace("Fire Team Leader", "\"Fire Team Leader\""),
        ),
        ("semicolons", render(&rows(BASE), ';', "\r\n")),
        ("tabs", render(&rows(BASE), '\t', "\n")),
        ("bars", render(&rows(BASE), '|', "\n")),
        ("said", format!("sep=;\r\n{}", render(&rows(BASE), ';', "\r\n"))),
        ("CRLF", render(&rows(BASE), ',', "\r\n")),
        ("CR", render(&rows(BASE), ',', "\r")),
        ("a byte order mark", format!("\u{FEFF}{BASE}")),
        ("no end of the last line", BASE.trim_end().to_owned()),
    ];
    for (what, text) in cases {
        let (found, findings) = matrix(&text);
        assert_eq!(codes(&findings), [""; 0], "{what}");
        assert_eq!(found, base(), "{what}");
        assert!(is_matrix(&text), "{what}");
    }
}

#[test]
fn encodings() {
    let text = BASE
        .replace("Aurora", "Égalité")
        .replace("Cook", "Chef d’équipe".replace('’', "'").as_str());
    let expected = matrix(&text).0;
    for (what, bytes, severity) in [
        ("utf-16", utf16(&text), Severity::Info),
        ("utf-16 without mark", utf16(&text)[2..].to_vec(), Severity::Warning),
        ("windows-1252", windows_1252(&text), Severity::Warning),
    ] {
        let (found, findings) = read(&bytes);
        assert_eq!(codes(&findings), ["OR-F02"], "{what}");
        assert_eq!(findings[0].severity, severity, "{what}");
        assert_eq!(found.as_ref(), Some(&expected), "{what}");
        for cell in cells(&found.unwrap()) {
            let column = (0..10).find(|column| cell.column() == *column).unwrap() as usize;
            let own = &rows(&text)[cell.row() as usize][column];
            assert_eq!(&at(&bytes, cell), own, "{what} {cell}");
            let line = text.lines().nth(cell.row() as usize).unwrap();
            let before = line.split(',').take(column).map(|cell| cell.chars().count() as u64 + 1);
            let expected = (u64::from(cell.row()) + 1, before.sum::<u64>() + 1);
            assert_eq!((cell.position().line, cell.position().column), expected, "{what} {cell}");
        }
    }
    // The place is that of the first byte that is not UTF-8.
    assert_eq!(places(&read(&windows_1252(&text)).1), [("OR-F02", 9, 8)]);
}

#[test]
fn places_in_quoted_cells_of_several_lines() {
    let text = ",Course Path,/Root/Fleet/A\n,Registration Type,ReRegistration\n\
        ,MostRecentRegistrationCompletedFor,\"/Root/Fleet/B|\n !/Root/Fleet/C\"\n\
        ,Users,\"a |\"\"b\"\"\"\nOPF Name,OPF Value,\nVessel,Aurora,x\n,,\nVessel,Borealis,yes\n";
    let (matrix, found) = matrix(text);
    let column = &matrix.columns[0];
    let conditions: Vec<_> = column.conditions.iter().filter_map(|placed| placed.cell).collect();
    let shown: Vec<_> =
        conditions.iter().map(|&cell| (cell.to_string(), at(text.as_bytes(), cell))).collect();
    let expected =
        ["/Root/Fleet/B", "!/Root/Fleet/C"].map(|path| ("C3".to_owned(), path.to_owned()));
    assert_eq!(shown, expected);
    assert_eq!(conditions.iter().map(|cell| cell.position().line).collect::<Vec<_>>(), [3, 4]);
    assert!(column.conditions[1].value.is_negated);
    // The parts of a cell with doubled quotes have the place of the whole.
    let users: Vec<_> = column.users.iter().map(|user| user.value.as_str()).collect();
    assert_eq!(users, ["a", "\"b\""]);
    assert_eq!(at(text.as_bytes(), column.users[0].cell.unwrap()), "a |\"\"b\"\"");
    // Rows are counted as a spreadsheet does, lines as an editor does.
    assert_eq!(marks(&matrix, text.as_bytes()), [("C6".to_owned(), "x".to_owned())]);
    assert_eq!(places(&found), [("OR-L10", 9, 1), ("OR-C01", 9, 17)]);
    assert_eq!(found[1].to_string(), "`yes` (cell C8) is no mark");
}

#[test]
fn row_numbers_of_the_documentation() {
    let numbered = |text: &str| {
        let lines = (1..).zip(text.lines());
        lines.map(|(number, line)| format!("{number},{line}\n")).collect::<Vec<_>>().concat()
    };
    for (text, mark) in [(BASE, "D9"), (OLD, "H3")] {
        let (matrix, found) = matrix(&numbered(text));
        assert_eq!(codes(&found), ["OR-L06"]);
        assert_eq!(found[0].severity, Severity::Info);
        assert_eq!(marks(&matrix, text.as_bytes()).first().map(|(cell, _)| &**cell), Some(mark));
        let again = write(&matrix, &mut |_| ()).unwrap();
        assert_eq!(read(again.as_bytes()).0.as_ref(), Some(&matrix));
        assert!(!again.starts_with('1'));
    }
}

#[test]
fn the_older_format() {
    let (old, found) = matrix(OLD);
    assert_eq!(codes(&found), [""; 0]);
    assert_eq!(
        (old.kind, old.layout, old.orientation),
        (Kind::Registration, Layout::V4_3, Orientation::Old)
    );
    assert_eq!(old.columns[0].status(), Some(&Status::WithoutReRegistration));
    assert_eq!(old.values, base().values);
    let marks_of = |matrix: &Matrix| -> Vec<_> {
        matrix.columns.iter().map(|column| column.marks.clone()).collect()
    };
    assert_eq!(marks_of(&old), marks_of(&base()));
    assert_eq!(marks(&old, OLD.as_bytes())[0], ("G3".to_owned(), "x".to_owned()));
    let mut losses = Vec::new();
    let new = convert(&old, Layout::V4_3, Orientation::Transposed, &mut |found: Diagnostic| {
        losses.push(found);
    });
    assert_eq!(codes(&losses), ["OR-W04", "OR-W03"]);
    assert_eq!(new.columns[1], base().columns[1]);
    // A certificate that was not used would be, with the type that takes the place of none.
    let unused = OLD.replace("FireTeamLeader,,,,x", "FireTeamLeader,,60d,Fire2Y,x");
    let (unused, _) = matrix(&unused);
    let mut losses = Vec::new();
    let new = convert(&unused, Layout::V4_7, Orientation::Transposed, &mut |found: Diagnostic| {
        losses.push(found.to_string());
    });
    let why = "no certificate was used, and `ReRegistration` would use it";
    let course = "/Root/Fleet/FireTeamLeader";
    assert_eq!(
        losses[1..],
        [
            format!("`Fire2Y` of `{course}` is lost: {why}"),
            format!("`60d` of `{course}` is lost: {why}")
        ]
    );
    let rules = |matrix: &Matrix| matrix.expressions().map(|(_, rules)| rules).collect::<Vec<_>>();
    assert_eq!(rules(&new), rules(&unused));
    // With a type in place of the mark, an empty cell is a course that is being prepared.
    let typed = OLD
        .replace(",Re-Registration,", ",Registration Type,")
        .replace("Galley,x,", "Galley,OneTime,");
    let (typed, found) = matrix(&typed);
    assert_eq!(codes(&found), [""; 0]);
    let statuses: Vec<_> = typed.columns.iter().map(Column::status).collect();
    assert_eq!(statuses, [None, Some(&Status::OneTime)]);
}

#[test]
fn a_certificate_that_was_not_used_does_not_come_into_use() {
    let (base, _) = matrix(OLD);
    for (certificate, kept, expected) in [
        (Some("Fire2Y"), None, vec!["OR-W04", "OR-W02", "OR-W02"]),
        (None, Some("30d"), vec!["OR-W04"]),
    ] {
        let mut old = base.clone();
        old.columns[0].certificate = certificate.map(|id| id.to_owned().into());
        old.columns[0].before_expiry =
            Some("30d".parse::<offering_rules::Duration>().unwrap().into());
        let mut losses = Vec::new();
        let to = Orientation::Transposed;
        let new = convert(&old, Layout::Extended, to, &mut |found: Diagnostic| losses.push(found));
        assert_eq!(codes(&losses), expected);
        let [before, after] = [&old, &new].map(|matrix| matrix.expressions().next().unwrap().1);
        assert_eq!(before, after);
        let period = new.columns[0].before_expiry.as_ref().map(|found| found.value.to_string());
        assert_eq!(period.as_deref(), kept);
    }
}

#[test]
fn the_older_format_damaged() {
    let names_everywhere = OLD.replace("Vessel,,Rank", "Vessel,Vessel,Rank");
    assert_eq!(matrix(&names_everywhere).0, matrix(OLD).0);
    for (what, from, to, expected) in [
        (
            "no row of values",
            ",,,,,,Aurora,Borealis,Cook\n",
            "",
            vec!["OR-L03", "OR-L02", "OR-L02", "OR-L07"],
        ),
        (
            "a value without a field",
            "Vessel,,Rank",
            ",,Rank",
            vec!["OR-L08", "OR-L08", "OR-L07", "OR-L07"],
        ),
        ("a field without a value", "Borealis,Cook", "Borealis,", vec!["OR-L08", "OR-L07"]),
        ("a cell behind", ",,!x,x", ",,!x,x,x", vec!["OR-L07"]),
        ("a wrong mark", "!x,x", "no,x", vec!["OR-C01"]),
        ("no path", "/Root/Fleet/Galley", "", vec!["OR-C12"]),
        ("a remark below a label", ",,,,,,Aurora", ",,,,,x = remove,Aurora", vec!["OR-L07"]),
        ("both ways to say the type", "Certificate Short Id", "Registration Type", vec!["OR-L04"]),
    ] {
        let (matrix, mut found) = matrix(&OLD.replace(from, to));
        found.sort_by_key(|finding| finding.position);
        let mut codes = codes(&found);
        codes.sort_unstable();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(codes, expected, "{what}: {found:?}");
        assert!(matrix.is_incomplete, "{what}");
        assert_eq!(matrix.columns.len(), 2, "{what}");
    }
}

#[test]
fn instructors() {
    let text = ",Course Name,A\n,Course Path,/Root/Fleet/A\n,Instructor Rule Status,active\n,Remove Instructor,x\n\
        ,Users (UserNames),jberg|mnaess\nOPF Name,OPF Value,\n";
    let (transposed, found) = matrix(text);
    assert_eq!(codes(&found), ["OR-C04"]);
    // The layout between 4.3 and 4.6 is that of 4.6 here.
    assert_eq!((transposed.kind, transposed.layout), (Kind::Instructor, Layout::V4_6));
    let text = "Course Name,Course Path,Remove Instructor,Rank\n,,,Master\nA,/Root/Fleet/A,x,x\nB,/Root/Fleet/B,,\n";
    let (old, found) = matrix(text);
    assert_eq!(codes(&found), [""; 0]);
    assert_eq!((old.kind, old.orientation), (Kind::Instructor, Orientation::Old));
    assert!(old.columns.iter().all(|column| column.status() == Some(&Status::Active)));
    assert_eq!(write(&old, &mut |_| ()).unwrap(), text.replace('\n', "\r\n"));
}

#[test]
fn kinds() {
    let read_as = |kind: Kind, text: &str| {
        let mut found = Collector::new();
        let reader = MatrixReader::new().with_kind(kind);
        let matrix = reader.for_text(&Decoded::from(text), &mut found).expect("a matrix");
        (matrix, found.into_sorted())
    };
    let (matrix, found) = read_as(Kind::Registration, BASE);
    assert_eq!((matrix, codes(&found)), (base(), vec![]));
    let (matrix, found) = read_as(Kind::Instructor, BASE);
    assert_eq!(
        (codes(&found), matrix.kind, matrix.is_incomplete),
        (vec!["OR-L01"], Kind::Registration, true)
    );
    assert_eq!(places(&found), [("OR-L01", 3, 2)]);
    // Where no label tells, what was asked for does.
    let (matrix, found) = read_as(Kind::Instructor, ",Course Path,/Root/A\nOPF Name,OPF Value,\n");
    assert_eq!((codes(&found), matrix.kind), (vec!["OR-L03"], Kind::Instructor));
    assert_eq!(found[0].to_string(), "there is no row `Instructor Rule Status`");
}

#[test]
fn labels_that_do_not_belong() {
    let unknown = BASE.replace(",,,\n", ",Remark,,later\n,Remark,a,\n");
    let mut found = Collector::new();
    let strict = MatrixReader::new().for_text(&Decoded::from(&*unknown), &mut found).unwrap();
    assert_eq!((found.worst(), strict.is_incomplete), (Some(Severity::Error), true));
    let (kept, found) = matrix(&unknown);
    assert_eq!(codes(&found), ["OR-L02", "OR-L02"]);
    assert_eq!(found[0].severity, Severity::Warning);
    let cells: Vec<_> =
        kept.unknown.iter().map(|row| (row.cells[0].0, &*row.cells[0].1.value)).collect();
    assert_eq!(cells, [(1, "later"), (0, "a")]);
    for orientation in [Orientation::Transposed, Orientation::Old] {
        let turned = convert(&kept, Layout::V4_3, orientation, &mut |_| ());
        let text = write(&turned, &mut |_| ()).unwrap();
        assert_eq!(matrix(&text).0, turned);
    }
    for (what, row, expected) in [
        ("the other kind", ",Remove Instructor,x,\n", vec!["OR-L05"]),
        ("twice", ",Users,a,\n,Users (UserNames),b,\n", vec!["OR-L04"]),
        ("beside the label", "x,Users,a,\n", vec!["OR-L07"]),
        ("no label", ",,a,\n", vec!["OR-L07"]),
        ("nothing left of a list", ",Users,|,\n", vec!["OR-C11", "OR-C11"]),
        ("nothing behind the sign", ",IsInUserSet(userSet),!,\n", vec!["OR-C11"]),
    ] {
        let (matrix, found) = matrix(&BASE.replace(",,,\n", row));
        assert_eq!(codes(&found), expected, "{what}");
        assert!(matrix.is_incomplete, "{what}");
    }
    // Something is left, and it is read.
    let (matrix, found) = matrix(&BASE.replace(",,,\n", ",Users,a|,\n"));
    assert_eq!((codes(&found), matrix.is_incomplete), (vec!["OR-C11"], false));
}

#[test]
fn head_rows_that_are_missing() {
    for (line, expected) in [
        (",Course Name,Fire Team Leader,Galley\n", vec![]),
        (",Re-Registration Before Certificate Expiry,,30d\n", vec![]),
        (",Registration Type,OneTime,ReRegistration\n", vec!["OR-L03"]),
        ("OPF Name,OPF Value,,\n", vec!["OR-L03"]),
        (",Course Path,/Root/Fleet/FireTeamLeader,/Root/Fleet/Galley\n", vec!["OR-L03"]),
    ] {
        let (matrix, found) = read(BASE.replace(line, "").as_bytes());
        assert_eq!(codes(&found), expected, "{line}");
        let matrix = matrix.unwrap();
        assert_eq!((matrix.marks(), matrix.is_incomplete), (3, !expected.is_empty()), "{line}");
    }
}

#[test]
fn rows_below() {
    let legend = format!("{BASE}\nx: the value is needed,,,\n");
    let (matrix, found) = matrix(&legend);
    assert_eq!(codes(&found), ["OR-L08"]);
    assert_eq!((found[0].severity, matrix.is_incomplete), (Severity::Warning, false));
    assert_eq!(matrix, base());
}

#[test]
fn a_mark_in_place_of_the_type_means_the_same_in_both_orientations() {
    let text = BASE.replace("Registration Type,OneTime,ReRegistration", "Re-Registration,,x");
    let (marked, found) = matrix(&text);
    assert_eq!(codes(&found), [""; 0]);
    let statuses: Vec<_> = marked.columns.iter().map(|column| column.status().unwrap()).collect();
    assert_eq!(statuses, [&Status::WithoutReRegistration, &Status::ReRegistration]);
    let old = convert(&marked, Layout::V4_3, Orientation::Old, &mut |_| ());
    assert_eq!(old, matrix(OLD).0);
}

#[test]
fn a_course_may_be_called_as_a_label() {
    let text =
        BASE.replace("Fire Team Leader", "Course Path").replace("Galley\n", "De-Registration\n");
    let (matrix, found) = matrix(&text);
    assert_eq!((codes(&found), matrix.orientation), (vec![], Orientation::Transposed));
    assert_eq!(matrix.columns[0].name.value, "Course Path");
}

/// What stands in cells does not change which delimiter there is.
#[test]
fn the_delimiter_is_the_one_that_shows_labels() {
    let hostile = "a;b\nc;d\n".repeat(10);
    let text = BASE.replace("Fire Team Leader", &format!("\"{hostile}\""));
    let (matrix, found) = matrix(&text);
    assert_eq!(codes(&found), [""; 0]);
    assert_eq!(matrix.columns[0].name.value, hostile.trim());
    assert!(is_matrix(&text));
}

/// One damaged cell costs no other row.
#[test]
fn quotes_that_are_not_closed() {
    let lines: Vec<_> = BASE.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        for (at, _) in line.match_indices(',') {
            let damaged = format!("{},\"{}", &line[..at], &line[at + 1..]);
            // A quote that closes at once, or is none.
            if line[at + 1..].is_empty() && number + 1 == lines.len() {
                continue;
            }
            let mut lines = lines.clone();
            lines[number] = &damaged;
            let text = lines.join("\n") + "\n";
            let (matrix, found) = matrix(&text);
            assert_eq!(found.iter().filter(|f| f.rule.code == "OR-F04").count(), 1, "{text}");
            assert!(matrix.is_incomplete);
            assert_eq!(matrix.marks(), 3, "{text}");
            assert_eq!(matrix.values, base().values, "{text}");
        }
    }
}

#[test]
fn conditions_of_all_rows() {
    let text = ",Course Path,/Root/A,/Root/B\n,Registration Type,ReRegistration,OneTime\n\
        ,TypeOfMostRecentlyCompletedRegistration,auto|Self,\n,OrgProfileDateWithin (OPF; days),!Sign On;30|Sign;Off;-5,\n\
        ,IsInUserSet,!Crew,\n,OrgProfileFieldChanged,Vessel,!Rank\n\
        ,CertificateWillExpireInCourse,! /Root/C ; Cert ; 3Y,\nOPF Name,OPF Value,,\n";
    let (matrix, found) = matrix(text);
    assert_eq!(codes(&found), ["OR-C04", "OR-C09", "OR-C04"]);
    assert_eq!(found[1].to_string(), "5 days (cell C4) lie behind the date, not before it");
    assert_eq!(matrix.layout, Layout::V4_7);
    let written = |column: &Column| -> Vec<_> {
        let sign = |is_negated| if is_negated { "!" } else { "" };
        let term =
            |term: &offering_rules::Term| format!("{}{}", sign(term.is_negated), term.predicate);
        column.conditions.iter().map(|condition| term(&condition.value)).collect()
    };
    assert_eq!(
        written(&matrix.columns[0]),
        [
            "!CertificateWillExpireInCourse(/Root/C,Cert,3y)",
            "ProfileChangedSinceLastCompletion(Vessel)",
            "!IsInUserSet(Crew)",
            "!OrgProfileDateWithin(Sign On,30)",
            "OrgProfileDateWithin(Sign;Off,-5)",
            "TypeOfMostRecentlyCompletedRegistration(Auto|Self)",
        ]
    );
    assert_eq!(written(&matrix.columns[1]), ["!ProfileChangedSinceLastCompletion(Rank)"]);
    let Predicate::OrgProfileDateWithin { field, days } =
        &matrix.columns[0].conditions[4].value.predicate
    else {
        panic!("{matrix:?}")
    };
    assert_eq!((field.as_str(), *days), ("Sign;Off", -5));
}

#[test]
fn what_is_no_matrix() {
    for text in ["", "\n\n", ",,,\n", "User,Course\n1,2\n", "<xml/>", "{\"Course\": 1}", "\u{0}"] {
        let (matrix, found) = read(text.as_bytes());
        assert!(matrix.is_none(), "{text}");
        assert!(codes(&found).contains(&"OR-F01"), "{text}");
        assert!(!is_matrix(text), "{text}");
    }
}

#[test]
fn what_is_a_matrix_and_what_is_another_table() {
    for text in [
        ",Course Name,A\n,Course Path,/Root/A\n",
        "\n,,\nCourse Path,,/Root/A\n",
        ";Course Name;A, B\n",
        "1,,Course Name,A\n",
        "1,Course Name,,A\n",
        "\tRegistration Type\tOneTime\n",
        ",De-Registration,x\n",
        "Course Name,Course Path,Remove Instructor,Rank\n",
        "1,Course Name,Course Path,Re-Registration\n",
    ] {
        assert!(is_matrix(text), "{text}");
    }
    for text in [
        "",
        "Course Name,Code\nLaw,L1\n",
        "Code,Course Name\n",
        "id,users,status\n",
        "users\n",
        ",,Course Name\n",
        "a,b,Course Name,Course Path\n",
        "Vessel,Aurora,x\n",
    ] {
        assert!(!is_matrix(text), "{text}");
    }
}
