//! Delimited records: against themselves in pieces, against the csv crate, and against inputs that were
//! made to do harm.

#![expect(clippy::unwrap_used, reason = "a test that fails")]
#![expect(clippy::disallowed_types, reason = "the time that reading takes is what is tested")]

use std::io::{BufReader, Read};
use std::time::{Duration, Instant};

use edu_diagnostics::Span;
use edu_syntax::delimited::{
    Buffer, Fault, FaultKind, Format, Lexer, Limits, Record, Records, Step, write_field,
};
use edu_syntax::{Decoded, Window};
use proptest::prelude::*;

/// All that there is to know of a record.
#[derive(Debug, PartialEq)]
struct Known {
    number: u64,
    span: Span,
    fields: Vec<(Span, String, bool, bool)>,
    faults: Vec<Fault>,
}

impl From<Record<'_, '_>> for Known {
    fn from(record: Record<'_, '_>) -> Self {
        Self {
            number: record.number(),
            span: record.span(),
            fields: (0..record.len())
                .filter_map(|index| record.get(index))
                .map(|field| {
                    let value = field.value().into_owned();
                    (field.span(), value, field.is_quoted(), field.is_damaged())
                })
                .collect(),
            faults: record.faults().to_vec(),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Setting {
    format: Format,
    limits: Limits,
    width: Option<usize>,
}

fn setting() -> impl Strategy<Value = Setting> {
    let format = (proptest::sample::select(b",;|\t".as_slice()), any::<bool>())
        .prop_map(|(delimiter, multiline)| Format { delimiter, multiline });
    let limits = prop_oneof![
        Just(Limits::default()),
        (0usize..20, 0usize..5).prop_map(|(record, fields)| Limits { record, fields }),
    ];
    (format, limits, proptest::option::of(1usize..4)).prop_map(|(format, limits, width)| Setting {
        format,
        limits,
        width,
    })
}

fn whole(text: &str, setting: Setting) -> Vec<Known> {
    let mut records = Records::new(text, setting.format).with_limits(setting.limits);
    if let Some(width) = setting.width {
        records.expect_width(width);
    }
    let mut known = Vec::new();
    while let Some(record) = records.next() {
        known.push(record.into());
    }
    assert_eq!(records.position(), text.len());
    known
}

/// Reads through a window and lends each record; returns the most text that was in the window.
fn stream(
    input: impl Read,
    piece: usize,
    setting: Setting,
    mut take: impl FnMut(Record<'_, '_>),
) -> usize {
    let mut window = Window::new(BufReader::with_capacity(piece, input)).with_piece(piece);
    let mut lexer = Lexer::new(setting.format).with_limits(setting.limits);
    if let Some(width) = setting.width {
        lexer.expect_width(width);
    }
    let mut buffer = Buffer::default();
    let mut most = 0;
    loop {
        let (text, base, is_last) = (window.text(), window.base(), window.is_last());
        most = most.max(text.len());
        match lexer.read(text, base, window.position(), is_last, &mut buffer) {
            Step::Record { end } => {
                take(buffer.record(text, base));
                window.done_with(end);
            }
            Step::NeedMore { at } => {
                assert!(!is_last);
                window.done_with(at);
                window.fill().unwrap();
            }
            Step::Done => return most,
        }
    }
}

fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        r#"[a"",;|	\r\n\n x!é]{0,60}"#,
        r#"([a"",|\r\n]|""|,"|",|"\n|\n"){0,60}"#,
        r#"("[a,é]{0,9}\n|[a,"]{0,9}\r?\n){0,12}"#,
        r#"[a",\n\x00\x7F]{0,200}"#,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn everything_stands_where_it_is_said_to(text in nasty(), setting in setting()) {
        let mut behind = 0;
        let is_line_end = |gap: &str| matches!(gap, "\n" | "\r" | "\r\n");
        let known = whole(&text, setting);
        let mut was_too_long = false;
        for (number, record) in (1..).zip(&known) {
            prop_assert_eq!(record.number, number);
            let range = record.span.range().unwrap();
            prop_assert!(behind == 0 || was_too_long || is_line_end(&text[behind..range.start]));
            was_too_long = record.faults.first().is_some_and(|fault| fault.kind == FaultKind::RecordTooLong);
            behind = range.end;
            let mut at = range.start;
            for (index, (span, value, is_quoted, is_damaged)) in record.fields.iter().enumerate() {
                let field = span.range().unwrap();
                let quotes = usize::from(*is_quoted || *is_damaged);
                let delimiter = usize::from(index > 0);
                prop_assert_eq!(field.start, at + quotes + delimiter);
                at = field.end + usize::from(*is_quoted);
                prop_assert!(at <= range.end);
                let raw = &text[field];
                prop_assert!(raw.len() >= value.len());
                prop_assert!(*is_quoted || raw == value);
            }
            if record.fields.len() < setting.limits.fields && !was_too_long {
                prop_assert_eq!(at, range.end);
            }
            for fault in &record.faults {
                let place = fault.span.range().unwrap();
                prop_assert!(place.end <= range.end && place.start >= range.start);
                let found = &text[place];
                match fault.kind {
                    FaultKind::UnclosedQuote | FaultKind::StrayQuote => prop_assert_eq!(found, "\""),
                    FaultKind::ControlCharacter => prop_assert!(found.chars().all(char::is_control)),
                    _ => {}
                }
            }
            prop_assert!(record.faults.is_sorted_by_key(|fault| fault.span.start));
        }
        prop_assert_eq!(known.is_empty(), text.is_empty());
        prop_assert!(was_too_long || is_line_end(&text[behind..]) || text[behind..].is_empty());
    }

    #[test]
    fn the_same_records_however_they_come(text in nasty(), piece in 1usize..9, setting in setting()) {
        // A few NUL bytes make UTF-16 of a text.
        let decoded = Decoded::new(text.as_bytes());
        let mut pieces = Vec::new();
        stream(text.as_bytes(), piece, setting, |record| pieces.push(Known::from(record)));
        prop_assert_eq!(pieces, whole(decoded.text(), setting));
    }

    #[test]
    fn what_csv_writes(rows in proptest::collection::vec(proptest::collection::vec("[a\",;\r\n é]{0,6}", 1..5), 0..9), crlf: bool) {
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().flexible(true).terminator(terminator).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let (found, faults) = values(&text);
        prop_assert_eq!(&found, &rows);
        prop_assert_eq!(faults, 0);
        prop_assert_eq!(found, csv_values(&text));
    }

    #[test]
    fn what_is_written_is_read_back(
        rows in proptest::collection::vec(proptest::collection::vec("[a\",;|\t\r\n é]{0,6}", 1..5), 0..9),
        delimiter in proptest::sample::select(b",;|\t".as_slice()),
        multiline: bool,
    ) {
        let format = Format { delimiter, multiline };
        let mut text = String::new();
        let mut expected = Vec::new();
        for mut row in rows {
            for (index, value) in row.iter_mut().enumerate() {
                if !multiline {
                    value.retain(|c| c != '\r' && c != '\n');
                }
                if index > 0 {
                    text.push(char::from(delimiter));
                }
                write_field(&mut text, value, format);
            }
            text.push('\n');
            expected.push(row);
        }
        let mut records = Records::new(&text, format);
        let mut found = Vec::new();
        while let Some(record) = records.next() {
            prop_assert!(record.faults().is_empty());
            let row: Vec<_> = (0..record.len()).map(|index| record.get(index).unwrap().value().into_owned()).collect();
            found.push(row);
        }
        prop_assert_eq!(found, expected);
    }
}

/// The values of all records but the blank lines, and the number of faults.
fn values(text: &str) -> (Vec<Vec<String>>, usize) {
    let mut records = Records::new(text, Format::default());
    let (mut found, mut faults) = (Vec::new(), 0);
    while let Some(record) = records.next() {
        faults += record.faults().len();
        if !record.span().is_empty() {
            let value = |index| record.get(index).unwrap().value().into_owned();
            found.push((0..record.len()).map(value).collect());
        }
    }
    (found, faults)
}

fn csv_values(text: &str) -> Vec<Vec<String>> {
    let reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let text = |value: &[u8]| String::from_utf8(value.to_vec()).unwrap();
    reader.into_byte_records().map(|record| record.unwrap().iter().map(text).collect()).collect()
}

#[test]
fn the_same_values_as_csv_where_nothing_is_damaged() {
    let texts = [
        "a,b\nc,d",
        "a,b\r\n\r\n\"c\r\nd\",\r\n",
        "a\rb\r\r\rc",
        "\"\"\n\"\"\"\"\n,\n",
        "\n\n\na,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,x\n",
        "é,\"ü\n\n\",😀\n \t,x\n",
        "\"a,b;c\",\"d \"\"e\"\" f\",g\n1,2",
        "one\ntwo,three\nfour,five,six\n",
    ];
    for text in texts {
        let (found, faults) = values(text);
        assert_eq!((found, faults), (csv_values(text), 0), "{text:?}");
    }
}

const DEFAULT: Setting = Setting {
    format: Format { delimiter: b',', multiline: true },
    limits: Limits { record: 16 << 20, fields: 1 << 20 },
    width: None,
};

#[test]
fn a_line_of_100_mb_is_passed_over() {
    for opening in ["", "\"", "a,\"\n"] {
        let long = std::io::repeat(b'x').take(100_000_000);
        let input = format!("a\n{opening}").into_bytes();
        let input = input.chain(long).chain("\",y\r\nb\n".as_bytes());
        let (mut faults, mut last) = (Vec::new(), None);
        let most = stream(input, 1 << 17, DEFAULT, |record| {
            faults.extend(record.faults().iter().map(|fault| fault.kind));
            last = Some((record.number(), record.span().len()));
        });
        let expected = match opening {
            "a,\"\n" => (vec![FaultKind::UnclosedQuote, FaultKind::RecordTooLong], (4, 1)),
            _ => (vec![FaultKind::RecordTooLong], (3, 1)),
        };
        assert_eq!((faults, last.unwrap()), expected, "{opening:?}");
        assert!(most <= 40 << 20, "{most}");
    }
}

#[test]
fn a_quote_at_the_start_of_a_long_file_costs_one_line() {
    let rows = "a,b\n".repeat(5_000_000);
    let (mut faults, mut records) = (0, 0);
    let most = stream(["\"x,y\n", &rows].concat().as_bytes(), 1 << 17, DEFAULT, |record| {
        faults += record.faults().len();
        records += u64::from(record.len() == 2);
    });
    assert_eq!((faults, records), (1, 5_000_001));
    assert!(most <= 40 << 20, "{most}");
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// What an input is, a length, and what makes an input of that length.
type Growing = (&'static str, usize, fn(usize) -> String);

#[test]
fn reading_takes_time_by_the_length() {
    let cases: [Growing; 16] = [
        ("an odd quote on every line", 3000, |n| "a,\"b\n".repeat(n)),
        ("two lines for one", 3000, |n| "x\",\"y\n".repeat(n)),
        ("two lines for one, of many fields", 300, |n| {
            ("x\",\"y".to_owned() + &",".repeat(50) + "\n").repeat(n)
        }),
        ("open quotes on one line", 6000, |n| "\"a,".repeat(n)),
        ("strays on one line", 6000, |n| "\"\"a,".repeat(n) + "\n"),
        ("strays on one line, then lines", 3000, |n| "\"\"a,".repeat(n) + &"\n\"\"a".repeat(n)),
        ("one open quote", 30_000, |n| "\"".to_owned() + &"a\n".repeat(n)),
        ("doubled quotes behind an open one", 10_000, |n| "\"a\n".to_owned() + &"\"\"\n".repeat(n)),
        ("doubled strays behind an open one", 6000, |n| "\"a\n".to_owned() + &"\"\"a\n".repeat(n)),
        ("doubled quotes in doubled quotes", 6000, |n| {
            "\"a\n".to_owned() + &"b,\"\"c\"\"\n".repeat(n)
        }),
        ("quotes only", 30_000, |n| "\"".repeat(n)),
        ("quotes and delimiters", 9000, |n| "\",".repeat(n)),
        ("quotes and lines", 9000, |n| "\"\n".repeat(n)),
        ("three quotes a line", 6000, |n| "\"\"\"\n".repeat(n)),
        ("delimiters", 100_000, |n| ",".repeat(n)),
        ("control characters", 30_000, |n| "\0,".repeat(n)),
    ];
    let mut slow = Vec::new();
    for (what, n, make) in cases {
        for width in [None, Some(2)] {
            let (short, long) = (make(n), make(4 * n));
            let setting = Setting { width, ..DEFAULT };
            let run = |text: &str| {
                let mut records = Records::new(text, setting.format);
                if let Some(width) = setting.width {
                    records.expect_width(width);
                }
                while records.next().is_some() {}
            };
            // Another program may take the processor from the longer run; five times is no accident.
            if (0..5).all(|_| time(|| run(&long)) > time(|| (0..4).for_each(|_| run(&short))) * 2) {
                slow.push((what, width));
            }
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
