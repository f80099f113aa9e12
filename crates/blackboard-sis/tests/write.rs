//! The writer refuses what the reader would not give back, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test that fails")]

use blackboard_sis::{
    FeedFormat, FeedReader, FeedWriter, LineEnd, Object, Record, RowFault, Spelling, WriteError,
};
use chrono::NaiveDate;
use edu_diagnostics::{Collector, Severity};
use edu_syntax::Decoded;
use edu_syntax::delimited::{Format, write_field};
use proptest::prelude::*;

/// What a file is read as: headers, rows, and whether there is a finding of severity error.
#[derive(Debug, PartialEq)]
struct Read {
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    has_error: bool,
}

fn read(reader: &FeedReader, file: &[u8]) -> Read {
    let decoded = Decoded::new(file);
    let mut sink = Collector::new();
    let mut rows = reader.for_text(&decoded, &mut sink);
    let mut found = Vec::new();
    while let Some(row) = rows.next() {
        let cells = (0..).map_while(|column| row.cell(column));
        found.push(cells.map(|cell| cell.value().into_owned()).collect());
    }
    let headers =
        rows.header().map(|header| header.columns().iter().map(|it| it.name.clone()).collect());
    let headers = headers.unwrap_or_default();
    Read { headers, rows: found, has_error: sink.worst() == Some(Severity::Error) }
}

/// The headers as they are written: those of the documentation in place of other names.
fn canonical(object: Object, headers: &[&str]) -> Vec<String> {
    let headers: Vec<String> = headers.iter().map(|&header| header.to_owned()).collect();
    let text = naive(b'|', &[&headers]);
    let (text, mut sink) = (Decoded::from(text.as_str()), Collector::new());
    let mut rows =
        FeedReader::new().with_object(object).with_delimiter(b'|').for_text(&text, &mut sink);
    while rows.next().is_some() {}
    let Some(header) = rows.header() else { return headers };
    let columns = header.columns().iter().enumerate().map(|(index, column)| {
        let field = header.field(index).filter(|_| column.spelling == Spelling::Alias);
        field.map_or_else(|| column.name.clone(), |field| field.name.to_owned())
    });
    columns.collect()
}

/// A file as somebody writes it who looks at nothing but quotes.
fn naive(delimiter: u8, rows: &[&[String]]) -> String {
    let mut text = String::new();
    for row in rows {
        for (index, value) in row.iter().enumerate() {
            if index > 0 {
                text.push(char::from(delimiter));
            }
            write_field(&mut text, value, Format { delimiter, multiline: false });
        }
        text.push('\n');
    }
    text
}

const COLUMNS: &[&[&str]] = &[
    &["external_person_key"],
    &["external_person_key", "row_status"],
    &["user_id", "EXTERNAL_PERSON_KEY", "LastName", "firstname"],
    &[
        "external_person_key",
        "user_id",
        "firstname",
        "lastname",
        "PASSWORD",
        "nickname",
        "inst_email",
    ],
    &[
        "faculty, campus|site",
        "external_person_key",
        "username",
        "first_name",
        "last_name",
        "a \"b\" c",
    ],
];

fn values() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        8 => prop::sample::select("abxyzAZ09._-".chars().collect::<Vec<_>>()),
        4 => prop::sample::select("\"'|,;\t:&/\\ ".chars().collect::<Vec<_>>()),
        1 => prop::sample::select("*\r\n\0\u{1}\u{B}\u{C}\u{1B}\u{7F}".chars().collect::<Vec<_>>()),
        2 => prop::sample::select(
            "é日🎓\u{85}\u{A0}\u{9F}\u{2028}\u{2029}\u{3000}\u{200B}\u{FEFF}\u{FFFD}\u{FFFE}\u{202E}e\u{301}"
                .chars().collect::<Vec<_>>()
        ),
        1 => any::<char>(),
    ];
    let special = prop::sample::select(vec![
        "",
        "",
        " ",
        "\u{85}",
        "\"",
        "\"\"",
        "***FileFooter",
        "***filefooter|1",
        " ***FileFooter",
        "external_person_key",
        " External_Person_Key\u{FEFF}",
        "row_status",
        "\u{FEFF}",
        "#",
        "=1+1",
        "<?xml version=\"1.0\" encoding=\"shift_jis\"?>",
        "<?xml encoding='shift_jis'?>",
        "<?xml encoding='x'?>",
        "<?xml encoding='iso-8859-1'?>",
    ]);
    prop_oneof![
        8 => prop::collection::vec(letter, 0..8).prop_map(String::from_iter),
        2 => special.prop_map(str::to_owned),
    ]
}

/// Any text, and headers that are other names, or have no effect.
fn headers() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "Password",
        "external_term_key",
        "nickname",
        "data_src_key",
        "external_org_key",
        "notes",
        "photo_link",
        "service_level",
        "desc_page",
    ]);
    prop_oneof![3 => values(), 1 => names.prop_map(str::to_owned)]
}

#[derive(Debug, Clone)]
struct Case {
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
    delimiter: u8,
    is_marked: bool,
    line_end: LineEnd,
    /// No footer, one, a padded one.
    footer: u8,
}

fn cases() -> impl Strategy<Value = Case> {
    let columns = prop::sample::select(COLUMNS);
    let delimiter = prop_oneof![
        4 => prop::sample::select(b"|,;\t".to_vec()),
        1 => prop::sample::select(b":/-_.!'\\^~".to_vec()),
    ];
    (columns, delimiter, any::<bool>(), any::<bool>(), 0u8..3).prop_flat_map(
        |(columns, delimiter, is_marked, is_crlf, footer)| {
            let line_end = if is_crlf { LineEnd::CrLf } else { LineEnd::Lf };
            let row = prop::collection::vec(values(), columns.len());
            prop::collection::vec(row, 0..6).prop_map(move |rows| Case {
                columns,
                rows,
                delimiter,
                is_marked,
                line_end,
                footer,
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_and_what_is_refused_is_not(case in cases()) {
        let mut format = FeedFormat::new()
            .with_delimiter(case.delimiter)
            .with_line_end(case.line_end)
            .with_any_header();
        if case.is_marked {
            format = format.with_mark();
        }
        let reader = FeedReader::new().with_object(Object::Person).with_delimiter(case.delimiter);
        let header = canonical(Object::Person, case.columns);
        let mut writer = FeedWriter::new(Object::Person, case.columns, format).unwrap();
        let mut file = Vec::new();
        let mut written: Vec<Vec<String>> = Vec::new();
        for row in &case.rows {
            match writer.row(row) {
                Ok(()) => written.push(row.clone()),
                Err(fault) => {
                    // An encoding shows where letters stand that are not ASCII.
                    let probe = vec!["é".to_owned(); row.len()];
                    let before = [&[header.clone()][..], &written].concat();
                    let mut lines: Vec<&[String]> = before.iter().map(Vec::as_slice).collect();
                    lines.extend([row.as_slice(), &probe]);
                    let mut expected = written.clone();
                    expected.extend([row.clone(), probe.clone()]);
                    let raw = read(&reader, naive(case.delimiter, &lines).as_bytes());
                    prop_assert!(
                        raw.has_error || raw.rows != expected || raw.headers != header,
                        "{fault}: {row:?}"
                    );
                    for value in row.iter().filter(|value| value.len() > 12) {
                        prop_assert!(!fault.to_string().contains(value.as_str()) || header.contains(value));
                    }
                }
            }
            if row.len() % 2 == 0 {
                file.extend(writer.take());
            }
        }
        prop_assert_eq!(writer.rows(), written.len() as u64);
        let time = NaiveDate::from_ymd_opt(2014, 4, 1).unwrap().and_hms_opt(17, 35, 38).unwrap();
        file.extend(match case.footer {
            0 => writer.finish(),
            padding => writer.finish_with_footer(time, padding == 2),
        });
        let expected = Read { headers: header, rows: written, has_error: false };
        prop_assert_eq!(&read(&reader, &file), &expected);
        // With more than one column, and one of the usual delimiters, the reader finds it out.
        if b"|,;\t".contains(&case.delimiter) && case.columns.len() > 1 {
            prop_assert_eq!(&read(&FeedReader::new().with_object(Object::Person), &file), &expected);
        }
    }

    #[test]
    fn headers_are_read_as_they_are_written_or_refused(
        extra in headers(),
        at in 0usize..3,
        object in 0..Object::ALL.len(),
    ) {
        let object = Object::ALL[object];
        let mut columns: Vec<String> = object.fields().iter()
            .filter(|field| field.is_key() || field.need == blackboard_sis::Need::Insert)
            .map(|field| field.name.to_owned()).collect();
        columns.insert(at.min(columns.len()), extra);
        let given: Vec<&str> = columns.iter().map(String::as_str).collect();
        let written = canonical(object, &given);
        let format = FeedFormat::new().with_any_header();
        let reader = FeedReader::new().with_object(object).with_delimiter(b'|');
        let filled = vec!["é".to_owned(); columns.len()];
        match FeedWriter::new(object, &columns, format) {
            Ok(mut writer) => {
                writer.row(&filled).unwrap();
                let expected = Read { headers: written, rows: vec![filled], has_error: false };
                prop_assert_eq!(read(&reader, &writer.finish()), expected);
            }
            Err(fault) => {
                let raw = naive(b'|', &[&columns, &filled]);
                let text = Decoded::new(raw.as_bytes());
                let mut sink = Collector::new();
                let mut rows = reader.for_text(&text, &mut sink);
                while rows.next().is_some() {}
                let found = rows.header().map(|it| it.columns().iter().map(|it| it.name.clone()).collect());
                let is_other = found != Some(columns.clone());
                // A header that is not known is a finding; which one is refused, none of which is meant.
                prop_assert!(is_other || sink.counts().count() > 0, "{fault}");
            }
        }
    }
}

const PERSON: [&str; 4] = ["external_person_key", "user_id", "firstname", "lastname"];

fn refused(row: [&str; 4]) -> String {
    let mut writer = FeedWriter::new(Object::Person, PERSON, FeedFormat::new()).unwrap();
    writer.row(["k", "u", "f", "l"]).unwrap();
    writer.row(row).map_err(|fault| fault.to_string()).unwrap_err()
}

#[test]
fn what_is_refused_is_named_with_its_place_and_without_its_value() {
    for (row, expected) in [
        (
            ["a", "b", "c\nd", "e"],
            "row 2, column \"firstname\": the value holds a line break: write it on one line",
        ),
        (
            ["a", "b\0", "c", "e"],
            "row 2, column \"user_id\": the value holds the control character U+0000: write it without",
        ),
        (
            ["a*", "", "", ""],
            "row 2, column \"external_person_key\": the value holds `*`, which Learn does not take in any field: write it without",
        ),
        (
            ["***FILEFOOTER", "2", "", ""],
            "row 2, column \"external_person_key\": the value begins as a footer does: write it without asterisks",
        ),
        (
            ["EXTERNAL_PERSON_KEY ", "USER_ID", "firstname", "lastname"],
            "row 2 says the header again: leave it out",
        ),
    ] {
        assert_eq!(refused(row), expected);
    }
    // An empty line is none, cells that are all empty are a row.
    let mut writer =
        FeedWriter::new(Object::Person, ["external_person_key"], FeedFormat::new()).unwrap();
    let fault = writer.row([""]).unwrap_err().to_string();
    assert_eq!(fault, "row 1 has no value: leave it out");
    let mut writer = FeedWriter::new(Object::Person, PERSON, FeedFormat::new()).unwrap();
    let fault = writer.row(["a", "b", "c"]).unwrap_err().to_string();
    assert_eq!(fault, "row 1 has 3 values, and there are 4 columns: give a value for each");
    let long = "x".repeat(1 << 20);
    let exactly = &long[..(1 << 20) - 6];
    assert!(writer.row(["a", "b", "c", exactly]).is_ok());
    let fault = writer.row(["a", "b", "cc", exactly]);
    assert_eq!(fault, Err(WriteError::Row { row: 2, fault: RowFault::TooLong { most: 1 << 20 } }));
    // A file with the longest row that is written is read.
    let found = read(&FeedReader::new(), &writer.finish());
    assert_eq!((found.rows.len(), found.has_error), (1, false));
}

#[test]
fn headers_that_are_refused() {
    let new = |object, columns: &[&str]| {
        let fault = FeedWriter::new(object, columns, FeedFormat::new()).err();
        fault.map(|fault| fault.to_string()).unwrap_or_default()
    };
    for (columns, expected) in [
        (&["external_person_key"][..], ""),
        (&["external_person_key", "user_id", "lastname"], "there is no column `firstname`"),
        (&[], "there is no column `external_person_key`"),
        (&["external_person_key", ""], "the header \"\" of column 2 is empty"),
        (&["external_person_key", "user_id "], "of column 2 has white space around it"),
        (&["external_person_key", "user\nid"], "of column 2 holds '\\n'"),
        (&["external_person_key", "shoe_size"], "is none of users"),
        (
            &["external_person_key", "EXTERNAL_PERSON_KEY"],
            "of column 2 stands for a column that is there",
        ),
        (&["nickname", "othername"], "of column 1 stands for a column that is there"),
        (&["e_mail", "othername", "nickname"], "of column 3 stands for a column that is there"),
    ] {
        let found = new(Object::Person, columns);
        assert_eq!(found.is_empty(), expected.is_empty(), "{columns:?}: {found}");
        assert!(found.contains(expected), "{columns:?}: {found}");
    }
    for (object, columns) in [
        (Object::Course, ["external_course_key", "Service_Level"]),
        (Object::Course, ["external_course_key", "desc_page_ind"]),
        (Object::Membership, ["external_course_key", "NOTE"]),
        (Object::OrganizationMembership, ["external_organization_key", "image_url"]),
    ] {
        let fault = new(object, &columns);
        assert!(fault.contains("of column 2 is that of a column without effect"), "{fault}");
        let format = FeedFormat::new().with_any_header();
        assert!(FeedWriter::new(object, columns, format).is_err(), "{columns:?}");
    }
    let mixed =
        new(Object::Organization, &["external_course_key", "organization_id", "organization_name"]);
    assert!(mixed.contains("write `external_organization_key`"), "{mixed}");
    for delimiter in
        (0..=u8::MAX).filter(|byte| !byte.is_ascii_punctuation() || b"\"*".contains(byte))
    {
        let format = FeedFormat::new().with_delimiter(delimiter);
        let is_refused = FeedWriter::new(Object::Person, PERSON, format).is_err();
        assert_eq!(is_refused, delimiter != b'\t', "{delimiter}");
    }
}

#[test]
fn other_names_of_columns_are_written_as_the_documentation_has_them() {
    let columns = [
        "EXTERNAL_COURSE_KEY",
        "course_id",
        "course_name",
        "External_Term_Key",
        "master_course_key",
    ];
    for format in [FeedFormat::new(), FeedFormat::new().with_any_header()] {
        let mut writer = FeedWriter::new(Object::Course, columns, format).unwrap();
        writer.row(["a", "b", "c", "2026-09", ""]).unwrap();
        let header = ["external_course_key", "course_id", "course_name", "term_key", ""];
        assert_eq!(writer.row(header), Ok(()), "one header is missing in it");
        // The row is compared with the header that is written.
        let header =
            ["external_course_key", "course_id", "course_name", "term_key", "parent_course_key"];
        let again = Err(WriteError::Row { row: 3, fault: RowFault::HeaderAgain });
        assert_eq!(writer.row(header), again);
        let file = String::from_utf8(writer.finish()).unwrap();
        let written = "EXTERNAL_COURSE_KEY|course_id|course_name|term_key|parent_course_key";
        assert_eq!(file.lines().next(), Some(written));
    }
}

#[test]
fn files_look_as_they_should() {
    let time = NaiveDate::from_ymd_opt(2014, 4, 1).unwrap().and_hms_opt(17, 35, 38).unwrap();
    let write = |format, is_padded| {
        let mut writer = FeedWriter::new(Object::Person, PERSON, format).unwrap();
        writer.row([" k", "a|b", "5\"", "é"]).unwrap();
        String::from_utf8(writer.finish_with_footer(time, is_padded)).unwrap()
    };
    let header = "external_person_key|user_id|firstname|lastname";
    assert_eq!(
        write(FeedFormat::new(), false),
        format!("{header}\n\" k\"|\"a|b\"|\"5\"\"\"|é\n***FileFooter|1|17:35:38 04/01/2014\n")
    );
    assert_eq!(
        write(
            FeedFormat::new().with_mark().with_line_end(LineEnd::CrLf).with_delimiter(b';'),
            true
        ),
        format!(
            "\u{FEFF}{}\r\n\" k\";a|b;\"5\"\"\";é\r\n***FileFooter;1;17:35:38 04/01/2014;\r\n",
            header.replace('|', ";")
        )
    );
}

#[test]
fn records_are_written_under_their_columns() {
    let columns = ["lastname", "firstname", "nickname", "user_id", "external_person_key", "campus"];
    let new =
        || FeedWriter::new(Object::Person, columns, FeedFormat::new().with_any_header()).unwrap();
    let record = Record::new(Object::Person)
        .with("External_Person_Key", "k")
        .with("username", "u")
        .with("othername", "Li")
        .with("CAMPUS", "North")
        .with("email", "");
    let mut writer = new();
    writer.record(&record).unwrap();
    let file = String::from_utf8(writer.finish()).unwrap();
    assert_eq!(file.lines().nth(1), Some("||Li|u|k|North"));
    // A feed may have a column twice.
    let text = Decoded::from(
        "external_person_key|user_id|firstname|lastname|othername|nickname\nk|u|f|l|a|b\n",
    );
    let mut sink = Collector::new();
    let twice = FeedReader::new().for_text(&text, &mut sink).next().unwrap().to_record();
    for (record, expected) in [
        (record.with("email", "e"), "row 1: there is no column for the value of \"email\""),
        (twice, "row 1: \"nickname\" is a second value for one column"),
        (Record::new(Object::Course), "row 1: the feed is about users, the record about courses"),
    ] {
        let fault = new().record(&record).unwrap_err().to_string();
        assert!(fault.starts_with(expected), "{fault}");
    }
}

#[test]
fn a_row_that_is_refused_leaves_nothing_behind() {
    let mut writer = FeedWriter::new(Object::Person, PERSON, FeedFormat::new()).unwrap();
    let header = writer.take();
    assert_eq!(header, b"external_person_key|user_id|firstname|lastname\n");
    assert!(writer.row(["a", "b", "c", "*"]).is_err());
    assert!(writer.row(["a", "b", "c", "d", "e"]).is_err());
    assert_eq!((writer.rows(), writer.take()), (0, Vec::new()));
    writer.row(["a", "b", "c", "d"]).unwrap();
    assert_eq!((writer.rows(), writer.finish()), (1, b"a|b|c|d\n".to_vec()));
}

#[test]
fn a_declaration_of_an_encoding_does_no_harm_behind_the_start_or_a_mark() {
    let row = ["k", "u", "<?xml version='1.0' encoding='shift_jis'?>", "é"];
    let new = |format| FeedWriter::new(Object::Person, PERSON, format).unwrap();
    let fault = new(FeedFormat::new()).row(row);
    assert_eq!(fault, Err(WriteError::Row { row: 1, fault: RowFault::DeclaresEncoding }));
    let mut marked = new(FeedFormat::new().with_mark());
    marked.row(row).unwrap();
    let mut long = new(FeedFormat::new());
    long.row(["a", "b", "c", &"d".repeat(1024)]).unwrap();
    long.row(row).unwrap();
    for file in [marked.finish(), long.finish()] {
        let found = read(&FeedReader::new(), &file);
        assert_eq!(
            (found.rows.last().map(|row| row[3].as_str()), found.has_error),
            (Some("é"), false)
        );
    }
}

/// The valid samples of the field; run with `CORPUS` set to their folder and `--include-ignored`.
#[test]
#[ignore = "needs CORPUS"]
#[expect(clippy::disallowed_methods, reason = "the corpus is a folder that the environment names")]
fn samples_are_read_written_and_read() {
    let corpus = std::env::var_os("CORPUS").expect("CORPUS names the folder of the samples");
    let folder = std::path::PathBuf::from(corpus).join("blackboard-sis");
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let mut count = 0;
    for line in manifest.lines().filter(|line| line.starts_with("valid/")) {
        let fields: Vec<_> = line.split('\t').collect();
        let bytes = std::fs::read(folder.join(fields[0])).unwrap();
        let object = Object::from_slug(fields[1]).unwrap();
        let found = read(&FeedReader::new().with_object(object), &bytes);
        assert!(!found.has_error && !found.rows.is_empty(), "{line}");
        let given = found.headers;
        let headers: Vec<_> = given.iter().map(String::as_str).collect();
        let expected = Read { headers: canonical(object, &headers), ..found };
        for delimiter in *b"|\t" {
            let format = FeedFormat::new().with_delimiter(delimiter).with_any_header();
            let mut writer = FeedWriter::new(object, &headers, format).unwrap();
            expected.rows.iter().for_each(|row| writer.row(row).unwrap());
            let again = read(&FeedReader::new().with_object(object), &writer.finish());
            assert_eq!(again, expected, "{line}");
        }
        count += 1;
    }
    assert!(count > 30, "{count}");
}
