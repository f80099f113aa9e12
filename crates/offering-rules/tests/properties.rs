//! What holds for every matrix.

mod support;

use edu_diagnostics::{Diagnostic, Severity};
use edu_syntax::Decoded;
use offering_rules::{
    Column, CoursePath, Duration, Expression, Kind, Layout, Mark, Matrix, OpfValue, Orientation,
    Predicate, RegistrationKind, Status, Term, Unit, UnknownRow, WriteError, convert, write,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use support::{cells, read, render, rows};

/// Reads what was written: a path may be none and is written as it is, nothing else is wrong.
fn read_back(bytes: &[u8]) -> Result<Matrix, String> {
    let (matrix, found) = read(bytes);
    let is_wrong = |finding: &&Diagnostic| {
        finding.severity == Severity::Error && !["OR-C06", "OR-C12"].contains(&finding.rule.code)
    };
    if let Some(wrong) = found.iter().find(is_wrong) {
        return Err(format!("{} {wrong}", wrong.rule.code));
    }
    let mut matrix = matrix.ok_or("no matrix")?;
    matrix.is_incomplete = false;
    Ok(matrix)
}

/// Words that mean something somewhere in a matrix.
const WORDS: &[&str] = &[
    "x",
    "X",
    "!x",
    "=1",
    "-",
    "Course Name",
    "Course Path",
    "course  path",
    "Users",
    "OPF Name",
    "OPF Value",
    "opf value",
    "Registration Type",
    "De-Registration",
    "IsInUserSet(userSet)",
    "Rank",
    "Vessel",
    "/Root/Fleet/A",
    "Root",
    "sep=;",
    "1",
    "30d",
    "Active",
    "OneTime",
    "ReRegistration",
    "Auto",
    "#",
];

/// Any text, also one that no cell could hold.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => select(WORDS.to_vec()).prop_map(str::to_owned),
        3 => "[a,;|!\"\t\r\n é/]{0,6}",
        1 => "[ \u{a0}\u{200b}\u{feff}\u{85}!a]{0,4}",
        1 => ".{0,6}",
        1 => "(a[,;|\t]b[\r\n]){0,12}",
    ]
}

/// A text that stands in a cell as it is, without some characters.
fn text(without: &'static [char]) -> impl Strategy<Value = String> {
    any_text().prop_map(move |text| {
        let text = text.replace(without, "/");
        let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
        let text = text.trim_matches(is_blank);
        if text.is_empty() { "a".to_owned() } else { text.to_owned() }
    })
}

/// The same, without a `!` before it.
fn item(without: &'static [char]) -> impl Strategy<Value = String> {
    text(without).prop_map(|text| if text.starts_with('!') { format!("a{text}") } else { text })
}

fn path() -> impl Strategy<Value = CoursePath> {
    item(&['|', ';']).prop_map(|text| CoursePath::new(format!("/Root/{text}")))
}

fn duration() -> impl Strategy<Value = Duration> {
    (0..=Duration::MAX, select(vec![Unit::Days, Unit::Months, Unit::Years]))
        .prop_map(|(number, unit)| Duration::new(number, unit).expect("not above the largest"))
}

fn term(predicate: impl Strategy<Value = Predicate>) -> impl Strategy<Value = Term> {
    (any::<bool>(), predicate).prop_map(|(is_negated, predicate)| Term { is_negated, predicate })
}

/// The conditions that a layout has rows for, in the order in which they are read.
fn conditions(kind: Kind, layout: Layout) -> BoxedStrategy<Vec<Term>> {
    let is_registration = kind == Kind::Registration;
    let items = |is_there: bool, predicate: BoxedStrategy<Predicate>| {
        vec(term(predicate), 0..=if is_there { 2 } else { 0 })
    };
    let single = |is_there: bool, predicate: BoxedStrategy<Predicate>| {
        vec(term(predicate), 0..=usize::from(is_there))
    };
    let has_courses = if is_registration { layout > Layout::V4_3 } else { layout == Layout::V4_7 };
    let is_later = is_registration && layout > Layout::V4_3;
    let expires =
        (path(), item(&['|', ';']), duration()).prop_map(|(course, certificate, before)| {
            Predicate::CertificateWillExpireInCourse { course, certificate, before }
        });
    let date = (item(&['|']), -99_999..=99_999)
        .prop_map(|(field, days)| Predicate::OrgProfileDateWithin { field, days });
    let kinds = subsequence(RegistrationKind::KNOWN.to_vec(), 1..4)
        .prop_map(|kinds| Term::of(Predicate::TypeOfMostRecentlyCompletedRegistration(kinds)));
    let latest = path().prop_map(Predicate::MostRecentRegistrationCompletedFor).boxed();
    let since = path().prop_map(Predicate::CompletedForSinceCurrentCompletion).boxed();
    let changed = item(&[]).prop_map(Predicate::ProfileChangedSinceLastCompletion).boxed();
    let set = item(&[]).prop_map(Predicate::IsInUserSet).boxed();
    let has_kinds = is_registration && layout == Layout::V4_7;
    (
        items(has_courses, latest),
        items(has_courses, since),
        items(is_later, expires.boxed()),
        single(is_later, changed),
        single(layout >= Layout::V4_6, set),
        items(layout >= Layout::V4_6, date.boxed()),
        vec(kinds, 0..=usize::from(has_kinds)),
    )
        .prop_map(|(a, b, c, d, e, f, g)| [a, b, c, d, e, f, g].concat())
        .boxed()
}

fn statuses(kind: Kind, has_old_types: bool) -> Vec<Option<Status>> {
    let known = match kind {
        Kind::Registration if has_old_types => {
            return vec![Some(Status::ReRegistration), Some(Status::WithoutReRegistration)];
        }
        Kind::Registration => vec![
            Status::OneTime,
            Status::ReRegistration,
            Status::OnlyWithCompletedRegistration,
            Status::Deactivated,
        ],
        Kind::Instructor => vec![Status::Active, Status::Deactivated],
    };
    known.into_iter().map(Some).chain([None]).collect()
}

fn column(
    kind: Kind,
    layout: Layout,
    has_old_types: bool,
    values: usize,
) -> impl Strategy<Value = Column> {
    let has_users = layout > Layout::V4_3;
    let is_registration = kind == Kind::Registration;
    (
        (prop_oneof![Just(String::new()), text(&[])], path(), any::<bool>()),
        select(statuses(kind, has_old_types)),
        proptest::option::of(duration()).prop_map(move |it| it.filter(|_| is_registration)),
        proptest::option::of(text(&[])).prop_map(move |it| it.filter(|_| is_registration)),
        vec(item(&['|']), 0..=if has_users { 3 } else { 0 }),
        conditions(kind, layout),
        subsequence((0..u32::try_from(values).expect("few")).collect::<Vec<_>>(), 0..=values),
        vec(any::<bool>(), values),
    )
        .prop_map(
            |(front, status, before_expiry, certificate, users, conditions, marked, signs)| {
                let (name, path, removal) = front;
                let marks = marked.into_iter().zip(signs);
                Column {
                    name: name.into(),
                    path: path.into(),
                    status: status.map(Into::into),
                    removal: removal.into(),
                    before_expiry: before_expiry.map(Into::into),
                    certificate: certificate.map(Into::into),
                    users: users.into_iter().map(Into::into).collect(),
                    conditions: conditions.into_iter().map(Into::into).collect(),
                    marks: marks
                        .map(|(value, is_excluded)| Mark { value, is_excluded }.into())
                        .collect(),
                }
            },
        )
}

fn unknown(columns: usize) -> impl Strategy<Value = UnknownRow> {
    let columns: Vec<_> = (0..u32::try_from(columns).expect("few")).collect();
    let most = columns.len();
    (text(&[]), subsequence(columns, 0..=most), vec(text(&[]), most)).prop_map(
        |(label, numbers, texts)| UnknownRow {
            // Not a label that is known: this one is, whatever stands around it.
            label: format!("# {}", label.replace("IsInUserSet", "")).trim_end().to_owned().into(),
            cells: numbers.into_iter().zip(texts.into_iter().map(Into::into)).collect(),
        },
    )
}

/// A matrix that can be written.
fn matrix() -> impl Strategy<Value = Matrix> {
    let kind = select(vec![Kind::Registration, Kind::Instructor]);
    let orientation = select(vec![Orientation::Transposed, Orientation::Old]);
    let sizes = (0usize..5, 0usize..4, 0usize..3);
    (kind, select(Layout::ALL.to_vec()), orientation, any::<bool>(), sizes).prop_flat_map(
        |(kind, layout, orientation, has_old_types, (values, columns, rows))| {
            let layout = layout.of(kind);
            let has_old_types = has_old_types && orientation == Orientation::Old;
            (
                vec(column(kind, layout, has_old_types, values), columns),
                vec((text(&[]), text(&[])), values),
                vec(unknown(columns), rows),
            )
                .prop_map(move |(columns, values, unknown)| Matrix {
                    orientation,
                    columns,
                    values: (0..)
                        .zip(values)
                        .map(|(number, (name, value))| {
                            // The first one must not look like a label in the older format.
                            let is_first = number == 0 && WORDS.contains(&name.as_str());
                            OpfValue::new(if is_first { "Rank".to_owned() } else { name }, value)
                        })
                        .collect(),
                    unknown,
                    ..Matrix::new(kind, layout)
                })
        },
    )
}

/// A place for a text in a matrix, and a matrix with the text there.
fn matrix_with(slot: usize, orientation: Orientation, is_negated: bool, text: &str) -> Matrix {
    let mut matrix = Matrix::new(Kind::Registration, Layout::V4_7);
    matrix.orientation = orientation;
    let mut column = Column {
        path: CoursePath::new("/Root/Fleet/A").into(),
        removal: true.into(),
        marks: vec![Mark { value: 0, is_excluded: false }.into()],
        ..Column::default()
    };
    let mut value = OpfValue::new("Vessel", "Aurora");
    let mut row = UnknownRow {
        label: "Remark".to_owned().into(),
        cells: vec![(0, "none".to_owned().into())],
    };
    let own = || text.to_owned();
    let course = || CoursePath::new(text);
    let other = || CoursePath::new("/Root/Fleet/B");
    let before = Duration::new(30, Unit::Days).expect("few days");
    let expires = |course, certificate| Predicate::CertificateWillExpireInCourse {
        course,
        certificate,
        before,
    };
    let condition = match slot {
        0 => Some(Predicate::MostRecentRegistrationCompletedFor(course())),
        1 => Some(Predicate::CompletedForSinceCurrentCompletion(course())),
        2 => Some(expires(course(), "Cert".to_owned())),
        3 => Some(expires(other(), own())),
        4 => Some(Predicate::ProfileChangedSinceLastCompletion(own())),
        5 => Some(Predicate::IsInUserSet(own())),
        6 => Some(Predicate::OrgProfileDateWithin { field: own(), days: 3 }),
        _ => None,
    };
    column.conditions.extend(condition.map(|predicate| Term { is_negated, predicate }.into()));
    match slot {
        7 => column.name = own().into(),
        8 => column.path = course().into(),
        9 => column.certificate = Some(own().into()),
        10 => column.users = vec![own().into(), "jberg".to_owned().into()],
        11 => value.name = own().into(),
        12 => value.value = own().into(),
        13 => row.label = own().into(),
        14 => row.cells[0].1 = own().into(),
        _ => {}
    }
    let second = OpfValue { value: "Borealis".to_owned().into(), ..value.clone() };
    matrix.columns = vec![column.clone(), Column { marks: Vec::new(), ..column }];
    matrix.values = vec![value, second, OpfValue::new("Rank", "Master")];
    matrix.unknown = vec![row];
    matrix
}

const SLOTS: usize = 15;

/// Pieces of which matrices, whole and damaged, are made.
fn pieces() -> impl Strategy<Value = String> {
    let start = select(vec![
        "",
        ",Course Name,A\n,Course Path,/Root/Fleet/A,/Root/B\n,Registration Type,OneTime\n",
        ",Course Name,A\n,Course Path,/Root/Fleet/A\n,Instructor Rule Status,Active\n,Users,a|b\nOPF Name,OPF Value\n",
        "Course Name;Course Path;De-Registration;Vessel;;Rank\n;;;Aurora;Borealis;Master\n;/Root/Fleet/A;",
        "Course Path\tCourse Name\tRemove Instructor\tVessel\n",
        "1,,Course Name,A\n2,,Course Path,/Root/Fleet/A\n",
        "sep=|\r\n|Course Path|/Root/Fleet/A\r|Re-Registration|x\r",
    ]);
    let piece = prop_oneof![
        6 => select(vec![
            ",", ";", "\t", "|", "\n", "\r\n", "\r", ",,", "\"", "\"\"", "x", "!x", "! X", " ", "\u{a0}", "\u{0}",
            "é", "\u{1f600}", "OPF Name,OPF Value", "\n,Users (UserNames),", "\n,IsInUserSet(userSet),",
            "\n,OrgProfileDateWithin(OPF;days),", "a;3", "\n,CertificateWillExpireInCourse,", "/Root/A;B;30D",
            "\n,De-Registration,", "\nVessel,Aurora,x", "\n,Re-Registration,x,", "OneTime", "active", "\n,CompletedForSinceCurrentCompletion,",
            "\n,TypeOfMostRecentlyCompletedRegistration,", "auto|", "!", "\n,Re-Registration Certificate Short Id,",
            "\n,ProfileChangedSinceLastCompletion,", "\n,Remark,",
        ]).prop_map(str::to_owned),
        2 => any_text(),
    ];
    (start, vec(piece, 0..30)).prop_map(|(start, pieces)| start.to_owned() + &pieces.concat())
}

fn places_are_inside(bytes: &[u8], found: &[Diagnostic]) -> Result<(), TestCaseError> {
    let len = bytes.len() as u64;
    for finding in found {
        let labels = finding.labels.iter().map(|label| Some(label.span));
        for span in labels.chain([finding.span]).flatten() {
            prop_assert!(span.end <= len, "{:?}", finding);
        }
        prop_assert_eq!(finding.span.is_some(), finding.position.is_some(), "{:?}", finding);
    }
    Ok(())
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The rules of each course.
fn rules_of(matrix: &Matrix) -> Vec<(CoursePath, Vec<Expression>)> {
    let rules = matrix.expressions();
    rules.map(|(column, rules)| (column.path.value.clone(), rules)).collect()
}

proptest! {
    #[test]
    fn what_is_written_reads_equal(matrix in matrix()) {
        let text = write(&matrix, &mut |_| ()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let again = read_back(text.as_bytes()).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&again, &matrix, "{}", text);
        prop_assert_eq!(write(&again, &mut |_| ()).ok(), Some(text));
    }

    /// A text that is refused is read as another one, however it is quoted.
    #[test]
    fn what_is_refused_would_not_read_equal(
        slot in 0..SLOTS,
        orientation in select(vec![Orientation::Transposed, Orientation::Old]),
        is_negated: bool,
        text in any_text(),
    ) {
        let matrix = matrix_with(slot, orientation, is_negated, &text);
        match write(&matrix, &mut |_| ()) {
            Ok(written) => {
                prop_assert_eq!(read_back(written.as_bytes()), Ok(matrix), "{}", written);
            }
            Err(WriteError::Text { .. }) => {
                const MARK: &str = "PLACEHOLDER";
                let model = write(&matrix_with(slot, orientation, is_negated, MARK), &mut |_| ());
                let mut cells = rows(&model.expect("a plain text is never refused"));
                for cell in cells.iter_mut().flatten() {
                    *cell = cell.replace(MARK, &text);
                }
                let written = render(&cells, ',', "\n");
                prop_assert_ne!(read_back(written.as_bytes()), Ok(matrix), "{}", written);
            }
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        }
    }

    #[test]
    fn other_ways_to_write_the_same(
        matrix in matrix(),
        delimiter in select(vec![',', ';', '\t', '|']),
        line_end in select(vec!["\n", "\r", "\r\n"]),
        says_delimiter: bool,
        encoding in 0..3,
    ) {
        let text = write(&matrix, &mut |_| ()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let mut text = render(&rows(&text), delimiter, line_end);
        if says_delimiter {
            text = format!("sep={delimiter}{line_end}{text}");
        }
        let bytes = match encoding {
            0 => text.clone().into_bytes(),
            1 => format!("\u{FEFF}{text}").into_bytes(),
            _ => utf16(&text),
        };
        prop_assert_eq!(read_back(&bytes), Ok(matrix), "{}", text);
    }

    #[test]
    fn reading_says_where_and_never_fails(text in pieces()) {
        let (matrix, found) = read(text.as_bytes());
        places_are_inside(text.as_bytes(), &found)?;
        for finding in &found {
            let (Some(span), Some(at)) = (finding.span, finding.position) else { continue };
            let before = text[..span.range().unwrap().start].replace("\r\n", "\n");
            prop_assert_eq!(at.line, 1 + before.matches(['\r', '\n']).count() as u64, "{:?}", finding);
        }
        let Some(matrix) = matrix else {
            prop_assert_eq!(found[0].rule.code, "OR-F01");
            return Ok(());
        };
        for cell in cells(&matrix) {
            prop_assert!(text.get(cell.span().range().unwrap()).is_some(), "{cell}");
        }
        let has_errors = found.iter().any(|finding| finding.severity == Severity::Error);
        prop_assert_eq!(matrix.is_incomplete, has_errors);
        // What was read without an error can be written.
        if !has_errors {
            let matrix = if let Err(WriteError::Status { .. }) = write(&matrix, &mut |_| ()) {
                convert(&matrix, matrix.layout, matrix.orientation, &mut |_| ())
            } else {
                matrix
            };
            let written = write(&matrix, &mut |_| ()).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(read_back(written.as_bytes()), Ok(matrix), "{}", written);
        }
    }

    #[test]
    fn in_any_encoding(bytes in vec(any::<u8>(), 0..200), text in pieces()) {
        let label = b",Course Path,/Root/Fleet/";
        let windows: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        for bytes in [&bytes, &[&label[..], &bytes].concat(), &windows, &utf16(&text)] {
            let (matrix, found) = read(bytes);
            places_are_inside(bytes, &found)?;
            for cell in matrix.iter().flat_map(cells) {
                prop_assert!(cell.span().end <= bytes.len() as u64);
            }
        }
        // The same findings, in other places. (With zero bytes a text looks like UTF-16.)
        let text = text.replace('\0', "");
        let codes = |bytes: &[u8]| {
            let mut codes: Vec<_> = read(bytes).1.iter().map(|finding| finding.rule.code).collect();
            codes.retain(|code| *code != "OR-F02");
            codes.sort_unstable();
            codes
        };
        prop_assert_eq!(codes(text.as_bytes()), codes(&utf16(&text)));
    }

    /// Nothing is lost in silence, and no rule becomes another.
    #[test]
    fn there_and_back_is_equal_or_something_was_reported(
        matrix in matrix(),
        layout in select(Layout::ALL.to_vec()),
        orientation in select(vec![Orientation::Transposed, Orientation::Old]),
    ) {
        let mut losses = 0;
        let mut keeps_conditions = true;
        let there = convert(&matrix, layout, orientation, &mut |found: Diagnostic| {
            losses += 1;
            keeps_conditions &= found.rule.code != "OR-W02";
        });
        prop_assert!(!keeps_conditions || rules_of(&matrix) == rules_of(&there));
        prop_assert_eq!((there.layout, there.orientation), (layout.of(matrix.kind), orientation));
        let text = write(&there, &mut |_| ()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read_back(text.as_bytes()), Ok(there.clone()), "{}", text);
        let lost_there = losses;
        let back = convert(&there, matrix.layout, matrix.orientation, &mut |_| losses += 1);
        prop_assert!(losses > 0 || back == matrix, "{:#?}\n{:#?}", matrix, back);
        // A layout that is newer or the same has a row for everything.
        if layout.of(matrix.kind) >= matrix.layout && orientation == matrix.orientation {
            prop_assert_eq!((lost_there, back), (0, matrix));
        }
    }

    #[test]
    fn kept_text_is_what_the_file_holds(matrix in matrix()) {
        let text = write(&matrix, &mut |_| ()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let decoded = Decoded::new(text.as_bytes());
        let (Some(again), _) = read(text.as_bytes()) else { return Err(TestCaseError::fail("no matrix")) };
        for value in &again.values {
            for placed in [&value.name, &value.value] {
                let span = placed.cell.unwrap().span().range().unwrap();
                prop_assert_eq!(decoded.text()[span].replace("\"\"", "\""), &*placed.value);
            }
        }
    }
}
