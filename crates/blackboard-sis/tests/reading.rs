//! What a file may look like, and what is said of it.

use blackboard_sis::fields::{course, membership, node, person};
use blackboard_sis::{FeedReader, HeaderMap, Limits, Object, Record, Spelling};
use edu_diagnostics::Collector;
use edu_syntax::Decoded;

mod support;

use support::{briefs, of_stream, of_text};

const HEAD: &str = "external_course_key|data_source_key|course_id|course_name\n";

/// The cells of the rows, with a `!` behind damaged ones, and the findings.
fn read(reader: &FeedReader, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let whole = of_text(reader, bytes);
    for piece in [1, 7, 50] {
        assert_eq!(of_stream(reader, bytes, piece), whole);
    }
    let row = |row: &support::Read| {
        let cells: Vec<_> = row.cells.iter().map(|(value, _)| value.as_str()).collect();
        format!("{} {}{}", row.line, cells.join("/"), if row.is_damaged { "!" } else { "" })
    };
    (whole.rows.iter().map(row).collect(), briefs(&whole.findings))
}

fn check(reader: &FeedReader, text: &str, rows: &[&str], findings: &[&str]) {
    let (found_rows, found) = read(reader, text.as_bytes());
    assert_eq!(found, findings, "{text:?}");
    assert_eq!(found_rows, rows, "{text:?}");
}

fn rows(body: &str, rows: &[&str], findings: &[&str]) {
    check(&FeedReader::new(), &format!("{HEAD}{body}"), rows, findings);
}

/// The header row as it is understood, with `-` for a column that is nothing, and the findings.
fn header(reader: &FeedReader, line: &str) -> (String, Vec<String>) {
    let mut found = Collector::new();
    let text = format!("{line}\n");
    let decoded = Decoded::from(text.as_str());
    let mut feed = reader.for_text(&decoded, &mut found);
    while feed.next().is_some() {}
    let columns = feed.header().map(|header| {
        let fields = (0..header.columns().len()).map(|column| header.field(column));
        let names: Vec<_> = fields.map(|field| field.map_or("-", |field| field.name)).collect();
        format!("{} {}", header.object().slug(), names.join(" "))
    });
    let mut found = briefs(found.findings());
    found.retain(|finding| finding != "BB-F16 W 2" && finding != "BB-F16 W 1");
    (columns.unwrap_or_default(), found)
}

#[test]
fn lines_that_are_no_rows() {
    rows("", &[], &["BB-F16 W 2"]);
    rows(
        "a|d|a|A\n\n \t\n\u{FEFF}\nb|d|b|B",
        &["2 a/d/a/A", "6 b/d/b/B"],
        &["BB-F12 W 3", "BB-F12 W 4", "BB-F12 W 5"],
    );
    // Empty cells are a row, which is rejected for what is missing.
    rows("|||\n", &["2 ///"], &[]);
    rows("||\n", &["2 //!"], &["BB-F06 E 2"]);
    rows("a|d|a|A\n\n\n", &["2 a/d/a/A"], &["BB-F12 W 3", "BB-F12 W 4"]);
    check(
        &FeedReader::new(),
        &format!("\n \r\n{HEAD}a|d|a|A\n"),
        &["4 a/d/a/A"],
        &["BB-F12 W 1", "BB-F12 W 2", "BB-F19 W 2"],
    );
    check(&FeedReader::new(), "", &[], &["BB-F01 E 1"]);
    check(&FeedReader::new(), "\n\n", &[], &["BB-F12 W 1", "BB-F12 W 2", "BB-F01 E 3"]);
}

#[test]
fn headers_again() {
    let again = format!("a|d|a|A\n\u{FEFF}{}b|d|b|B\n", HEAD.to_uppercase());
    rows(&again, &["2 a/d/a/A", "4 b/d/b/B"], &["BB-F03 E 3"]);
    let quoted = format!("a|d|a|A\n\u{FEFF}\"{}b|d|b|B\n", HEAD.replacen('|', "\"|", 1));
    rows(&quoted, &["2 a/d/a/A", "4 b/d/b/B"], &["BB-F03 E 3"]);
    let other = "a|d|a|A\ncourse_id|course_name|data_source_key|external_course_key\n";
    rows(other, &["2 a/d/a/A"], &["BB-F03 E 3"]);
    // One word of the header is no header.
    rows("course_id|d|x|y\n", &["2 course_id/d/x/y"], &[]);
}

#[test]
fn footers() {
    let row = "a|d|a|A\n";
    for (footer, findings) in [
        ("***FileFooter|1|17:35:38 04/01/2026\n", vec!["BB-F09 I 3"]),
        ("***FileFooter|1|17:35:38 04/01/2026|", vec!["BB-F09 I 3"]),
        ("  ***filefooter | 001 |||||", vec!["BB-F09 I 3"]),
        ("\"***FileFooter\"|\"1\"|\"x\"\n\n", vec!["BB-F09 I 3", "BB-F12 W 4"]),
        ("\"***FileFooter|1|x\"\n", vec!["BB-F09 I 3"]),
        ("***FileFooter,1,x\n", vec!["BB-F09 I 3"]),
        ("***FileFooter|2|x\n", vec!["BB-F09 E 3"]),
        ("***FileFooter|many|x\n", vec!["BB-F09 E 3"]),
        ("***FileFooter\n", vec!["BB-F09 E 3"]),
        ("***FileFooter|1\n***FileFooter|1\n", vec!["BB-F09 I 3", "BB-F09 E 4"]),
    ] {
        rows(&format!("{row}{footer}"), &["2 a/d/a/A"], &findings);
    }
    rows(
        "***FileFooter|0\na|d|a|A\nb|d|b|B\n",
        &["3 a/d/a/A", "4 b/d/b/B"],
        &["BB-F09 I 2", "BB-F09 E 3"],
    );
    rows("***FileFooter|0", &[], &["BB-F09 I 2", "BB-F16 W 2"]);
    // A word in a value is none.
    rows("a|d|a|***FileFooter\n", &["2 a/d/a/***FileFooter"], &["BB-F13 E 2"]);
}

#[test]
fn quotes() {
    rows("a|d|a|\"A | \"\"b\"\"\"\n", &["2 a/d/a/A | \"b\""], &[]);
    rows("a|d|a|24\" A\nb|d|b|B\n", &["2 a/d/a/24\" A!", "3 b/d/b/B"], &["BB-F07 E 2"]);
    rows("a|d|a|\"A\nb|d|b|B\n", &["2 a/d/a/A!", "3 b/d/b/B"], &["BB-F07 E 2"]);
    // The delimiters behind the quote are a consequence.
    rows("a|d|a|\"A | B\nb|d|b|B\n", &["2 a/d/a/A !", "3 b/d/b/B"], &["BB-F07 E 2"]);
    rows("a|d|a|the \"A\"\n", &["2 a/d/a/the \"A\""], &["BB-F07 W 2"]);
    rows("a|d|1\"|2\"\n", &["2 a/d/1\"/2\"!"], &["BB-F07 E 2", "BB-F07 E 2"]);
    // The header row too.
    let text = "external_course_key|data_source_key|course_id|\"course_name\na|d|a|A\n";
    check(&FeedReader::new(), text, &["2 a/d/a/A"], &["BB-F07 E 1"]);
    let text = "external_course_key|data_source_key|course_id|course\u{1}_name\n";
    let found = header(&FeedReader::new(), text.trim_end()).1;
    assert_eq!(found, ["BB-F05 E 1", "BB-F02 W 1", "BB-F14 E 1"]);
}

#[test]
fn values_over_lines() {
    let text = format!("{HEAD}a|d|a|\"A\r\nx\ny\"\nb|d|b| \"B\"\nc|d|c|\"C\n");
    let reader = FeedReader::new().with_lines_in_values();
    let (found, findings) = read(&reader, text.as_bytes());
    assert_eq!(found, ["2 a/d/a/A\r\nx\ny", "5 b/d/b/ \"B\"", "6 c/d/c/C!"]);
    assert_eq!(findings, ["BB-F07 W 5", "BB-F07 E 6"]);
    let (found, findings) = read(&FeedReader::new(), text.as_bytes());
    assert_eq!(found.len(), 5);
    assert_eq!(findings[..2], ["BB-F07 E 2", "BB-F19 W 2"]);
}

#[test]
fn cells_that_are_too_many_or_too_few() {
    rows(
        "a|d|a\na|d|a|A|\nb|d|b|B\n",
        &["2 a/d/a!", "3 a/d/a/A!", "4 b/d/b/B"],
        &["BB-F06 E 2", "BB-F06 E 3"],
    );
    let limits = Limits { columns: 5, row: 80 };
    let reader = FeedReader::new().with_limits(limits);
    let text = format!("{HEAD}a|d|a|A|b|c\nb|d|b|B\n");
    check(&reader, &text, &["2 a/d/a/A!", "3 b/d/b/B"], &["BB-F06 E 2", "BB-F21 E 2"]);
    let wide = format!("{}|x|y\na|d|a|A|1|2\n", HEAD.trim_end());
    check(&reader, &wide, &["2 a/d/a/A/1"], &["BB-F02 W 1", "BB-F21 E 1", "BB-F21 E 2"]);
    let long = format!("{HEAD}a|d|a|{}\nb|d|b|B\n***FileFooter|2\n", "x".repeat(90));
    check(&reader, &long, &["3 b/d/b/B"], &["BB-F21 E 2", "BB-F09 I 4"]);
    let last = format!("{HEAD}{}", "x".repeat(200));
    // A row that is too long is one all the same.
    check(&reader, &last, &[], &["BB-F21 E 2"]);
    let first = format!("{}{HEAD}b|d|b|B\n", "x".repeat(90) + "\n");
    check(&reader, &first, &[], &["BB-F01 E 1", "BB-F21 E 1"]);
}

#[test]
fn delimiters() {
    let text = format!("{HEAD}a|d|a|A\n");
    for (delimiter, byte) in [(",", b','), (";", b';'), ("\t", b'\t')] {
        let text = text.replace('|', delimiter);
        check(&FeedReader::new(), &text, &["2 a/d/a/A"], &["BB-F08 W 1"]);
        let told = FeedReader::new().with_delimiter(byte);
        check(&told, &text, &["2 a/d/a/A"], &["BB-F08 I 1"]);
    }
    // One that nobody would look for, and one that cannot be.
    let told = FeedReader::new().with_delimiter(b'^');
    check(&told, &text.replace('|', "^"), &["2 a/d/a/A"], &["BB-F08 I 1"]);
    for byte in *b"\"\n\xFF" {
        check(&FeedReader::new().with_delimiter(byte), &text, &["2 a/d/a/A"], &[]);
    }
    // The wrong one.
    let wrong = FeedReader::new().with_delimiter(b'|');
    let missing = ["BB-F05 E 1", "BB-F05 E 1", "BB-F05 E 1", "BB-F05 I 1", "BB-F02 W 1"];
    check(&wrong, &text.replace('|', ","), &["2 a,d,a,A"], &missing);
    let object = wrong.with_object(Object::Course);
    check(&object, &text.replace('|', ","), &["2 a,d,a,A"], &missing);
}

#[test]
fn line_ends() {
    let text = format!("{HEAD}a|d|a|A\nb|d|b|B\n");
    let both = ["2 a/d/a/A", "3 b/d/b/B"];
    check(&FeedReader::new(), &text, &both, &[]);
    check(&FeedReader::new(), &text.replace('\n', "\r\n"), &both, &[]);
    check(&FeedReader::new(), &text.replace('\n', "\r"), &both, &["BB-F19 W 1"]);
    check(&FeedReader::new(), &text.replacen('\n', "\r\n", 1), &both, &["BB-F19 W 2"]);
    check(&FeedReader::new(), &text.replace("A\n", "A\r"), &both, &["BB-F19 W 2"]);
    check(&FeedReader::new(), text.trim_end(), &both, &[]);
}

#[test]
fn encodings() {
    let text = format!("{HEAD}é|d|a|Â\nb|d|b|B\n");
    let rows = ["2 é/d/a/Â", "3 b/d/b/B"];
    let units = |text: &str, little: bool| -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    };
    let latin: Vec<u8> =
        text.chars().map(|it| u8::try_from(u32::from(it)).expect("Latin-1")).collect();
    let mixed = [latin.as_slice(), "c|d|c|é\n".as_bytes()].concat();
    let marked = format!("\u{FEFF}{text}");
    for (bytes, findings) in [
        (text.clone().into_bytes(), vec![]),
        (marked.clone().into_bytes(), vec![]),
        (units(&marked, true), vec![]),
        (units(&marked, false), vec![]),
        (units(&text, true), vec!["BB-F11 E"]),
        (units(&text, false), vec!["BB-F11 E"]),
        (latin, vec!["BB-F10 W 2"]),
        (mixed, vec!["BB-F10 W 2"]),
    ] {
        let (found_rows, found) = read(&FeedReader::new(), &bytes);
        assert_eq!(
            (&found_rows[..2], found),
            (&rows.map(str::to_owned)[..], findings.into_iter().map(str::to_owned).collect())
        );
    }
    // Half a character at the end.
    let mut cut = units(&marked, true);
    cut.extend([0x00, 0xD8]);
    assert_eq!(read(&FeedReader::new(), &cut).1, ["BB-F06 E 4", "BB-F11 E 4"]);
}

#[test]
fn characters_of_a_row() {
    rows("a|d|a|C* *\n*b|d|b|B\n", &["2 a/d/a/C* *", "3 *b/d/b/B"], &["BB-F13 E 2", "BB-F13 E 3"]);
    rows(
        "a|d|a|x\0\0y\nb|d|b|\u{85}B\nc|d|c|°\u{A0}é\n",
        &["2 a/d/a/x\0\0y", "3 b/d/b/\u{85}B", "4 c/d/c/°\u{A0}é"],
        &["BB-F14 E 2", "BB-F14 E 3"],
    );
    rows(
        " a|d\u{A0}|\" a\"| A \n",
        &["2  a/d\u{A0}/ a/ A "],
        &["BB-F15 W 2", "BB-F15 W 2", "BB-F15 W 2"],
    );
    rows("a| |a|A\n", &["2 a/ /a/A"], &[]);
}

#[test]
fn headers_are_understood() {
    let course = "data_source_key|external_course_key|course_id|course_name";
    let person = "data_source_key|external_person_key|firstname|lastname";
    for (line, columns, findings) in [
        // Aliases.
        (format!("{course}|EXTERNAL_TERM_KEY"), "term_key", vec!["BB-F18 W 1"]),
        (format!("{course}|Master_Course_Key"), "parent_course_key", vec!["BB-F18 W 1"]),
        (format!("{course}|term_key|external_term_key"), "term_key -", vec!["BB-F03 E 1"]),
        (format!("{course}|external_term_key|term_key"), "- term_key", vec!["BB-F03 E 1"]),
        (format!("{person}|username|user_id"), "- user_id", vec!["BB-F03 E 1"]),
        (
            format!("{person}|\"UserName\"|e_mail"),
            "user_id email",
            vec!["BB-F18 W 1", "BB-F18 W 1"],
        ),
        // What is not known, not there, or there twice.
        (
            format!("{course}|shoe| Shoe|boot"),
            "- - -",
            vec!["BB-F02 W 1", "BB-F03 E 1", "BB-F02 W 1"],
        ),
        (format!("{course}||"), "- -", vec!["BB-F04 E 1", "BB-F04 E 1"]),
        (format!("{person}|user_id|USER_ID"), "user_id -", vec!["BB-F03 E 1"]),
        (person.to_owned(), "", vec!["BB-F05 E 1"]),
        // Without effect.
        (
            format!("{course}|service_level|desc_page_ind"),
            "service_level desc_page",
            vec!["BB-F17 W 1", "BB-F17 W 1"],
        ),
        // Of organizations.
        (format!("{course}|external_organization_key"), "-", vec!["BB-F20 E 1"]),
        (format!("{course}|organization_experience"), "course_experience", vec!["BB-F20 E 1"]),
    ] {
        let (found_columns, found) = header(&FeedReader::new(), &line);
        assert!(found_columns.ends_with(columns), "{line}: {found_columns}");
        assert_eq!(found, findings, "{line}");
    }
}

#[test]
fn columns_that_are_needed() {
    for (line, findings) in [
        ("external_person_key|user_id|firstname|lastname", vec!["BB-F05 I 1"]),
        ("external_person_key|user_id|firstname|lastname|new_data_source_key", vec!["BB-F05 I 1"]),
        ("user_id|firstname|lastname|data_source_key", vec!["BB-F05 E 1"]),
        // The delete operation needs the keys alone.
        ("external_person_key|row_status|data_source_key", vec!["BB-F05 I 1"; 3]),
        ("external_course_key|external_person_key|data_source_key", vec![]),
        ("std_sub_doc_key|course_key", vec![]),
        (
            "external_association_key|external_subject_key|external_course_key|data_source_key",
            vec![],
        ),
    ] {
        assert_eq!(header(&FeedReader::new(), line).1, findings, "{line}");
    }
}

#[test]
fn what_the_caller_says_counts() {
    let course = "external_course_key|course_id|course_name|data_source_key";
    let organization = course.replace("course", "organization");
    for (object, line, columns, findings) in [
        (
            Object::Organization,
            course,
            "organization external_organization_key organization_id organization_name data_source_key",
            vec!["BB-F20 E 1"; 3],
        ),
        (
            Object::Course,
            organization.as_str(),
            "course external_course_key course_id course_name data_source_key",
            vec!["BB-F20 E 1"; 3],
        ),
        (
            Object::OrganizationCategory,
            "external_category_key|title|data_source_key",
            "organizationcategory external_category_key title data_source_key",
            vec![],
        ),
        (
            Object::Term,
            course,
            "term - - - data_source_key",
            vec!["BB-F05 E 1", "BB-F05 E 1", "BB-F02 W 1", "BB-F02 W 1", "BB-F02 W 1"],
        ),
    ] {
        let (found_columns, found) = header(&FeedReader::new().with_object(object), line);
        assert_eq!(
            (found_columns.as_str(), found),
            (columns, findings.into_iter().map(str::to_owned).collect()),
            "{line}"
        );
    }
    let map = HeaderMap::new()
        .with("Matricule", "external_person_key")
        .with("LOGIN", "user_id")
        .with("where", "no such header");
    let reader = FeedReader::new().with_headers(map);
    let (columns, found) =
        header(&reader, "MATRICULE|login|firstname|lastname|data_source_key|where");
    assert_eq!(columns, "person external_person_key user_id firstname lastname data_source_key -");
    assert_eq!(found, ["BB-F02 W 1"]);
    let decoded = Decoded::from("MATRICULE|login|lastname\n");
    let mut found = Collector::new();
    let mut feed = reader.for_text(&decoded, &mut found);
    assert!(feed.next().is_none());
    let header = feed.header().expect("a header");
    assert_eq!(header.columns()[0].spelling, Spelling::Mapped);
    assert_eq!(
        (header.column("user_id"), header.column("LOGIN"), header.column("x")),
        (Some(1), Some(1), None)
    );
}

#[test]
fn files_without_a_header_row() {
    let of_users = "\"b\",\"N\",\"Bao \\\"Kit\\\"\",\"b@x.example\",\"pw\"\r\n";
    for (text, why) in [
        ("", "the file is empty"),
        ("aa01|u1|Ann|Able\n", "none of its cells is a known header"),
        ("aa01|u1|Title|Able\n", "none of its cells is a known header"),
        ("# made on Monday\nexternal_person_key|user_id\n", "none of its cells is a known header"),
        (
            "data_source_key|row_status\nx|enabled\n",
            "its headers do not tell what the rows are about",
        ),
        (of_users, "this is a batch file of Users > Create, not a snapshot feed"),
        ("ORG,b,S\n", "this is a batch file of enrolments, not a snapshot feed"),
    ] {
        for object in [None, Some(Object::Person)] {
            if object.is_some() && text.starts_with("data_source_key") {
                continue;
            }
            let reader =
                object.map_or_else(FeedReader::new, |it| FeedReader::new().with_object(it));
            let found = of_text(&reader, text.as_bytes()).findings;
            assert_eq!(of_stream(&reader, text.as_bytes(), 1).findings, found);
            let [finding] = &found[..] else { panic!("{found:?}") };
            assert_eq!(finding.to_string(), format!("the file has no header row: {why}"), "{text}");
        }
    }
}

#[test]
fn columns_that_are_not_known_are_kept() {
    let text = "external_person_key|Shoe Size|lastname|x\na|42|B|\"y | z\"\n";
    let decoded = Decoded::from(text);
    let mut found = Collector::new();
    let mut feed = FeedReader::new().for_text(&decoded, &mut found);
    let row = feed.next().expect("a row");
    assert_eq!(
        (row.get("shoe size").as_deref(), row.get("X").as_deref()),
        (Some("42"), Some("y | z"))
    );
    let record = row.to_record();
    let values: Vec<_> = record.values().collect();
    assert_eq!(
        values,
        [("external_person_key", "a"), ("Shoe Size", "42"), ("lastname", "B"), ("x", "y | z")]
    );
    assert!(!format!("{row:?} {record:?}").contains("42"));
}

#[test]
fn records_have_a_value_for_each_column_of_the_header() {
    let text = "course_id|nothing|external_course_key|COURSE_ID|external_term_key\n\
                a|b|c|d|e\na|b|c\na|b|c|d|e|f\n";
    let decoded = Decoded::from(text);
    let mut found = Collector::new();
    let mut rows = FeedReader::new().for_text(&decoded, &mut found);
    let mut records = Vec::new();
    while let Some(row) = rows.next() {
        records.push((row.is_damaged(), row.to_record()));
    }
    let shown = |record: &Record| {
        assert!(record.headers().eq(record.values().map(|(header, _)| header)));
        record.values().map(|(_, value)| value.to_owned()).collect::<Vec<_>>().join("/")
    };
    let found: Vec<_> = records.iter().map(|(is_damaged, it)| (*is_damaged, shown(it))).collect();
    let expected = [(false, "a/b/c/d/e"), (true, "a/b/c//"), (true, "a/b/c/d/e")];
    assert_eq!(found, expected.map(|(is_damaged, cells)| (is_damaged, cells.to_owned())));
    for (_, record) in &records {
        let headers: Vec<_> = record.headers().collect();
        // The second column of one field keeps its own.
        let expected = ["course_id", "nothing", "external_course_key", "COURSE_ID", "term_key"];
        assert_eq!(headers, expected);
        assert_eq!(record.get("COURSE_ID"), Some("a"));
    }
}

#[test]
fn there_is_no_view_of_a_record_of_another_kind() {
    let has_views = |object| {
        let record = Record::new(object);
        [
            person::Person::of(&record).is_some(),
            course::Course::of(&record).is_some(),
            membership::Membership::of(&record).is_some(),
            node::Node::of(&record).is_some(),
        ]
    };
    for &object in Object::ALL {
        let expected = [
            object == Object::Person,
            matches!(object, Object::Course | Object::Organization),
            matches!(object, Object::Membership | Object::OrganizationMembership),
            object == Object::Node,
        ];
        assert_eq!(has_views(object), expected, "{object:?}");
    }
    let decoded =
        Decoded::from("external_organization_key|organization_id|organization_name\na|b|c\n");
    let mut found = Collector::new();
    let mut rows = FeedReader::new().for_text(&decoded, &mut found);
    let row = rows.next().expect("a row");
    assert!(person::Person::of(&row).is_none());
    let view = course::Course::of(&row).expect("a course, as it were");
    assert_eq!(view.course_id().as_deref(), Some("b"));
}
