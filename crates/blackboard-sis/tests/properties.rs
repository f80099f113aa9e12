//! What holds for every file.

use std::fmt::Write as _;

use blackboard_sis::{FeedReader, Limits, Object, is_feed};
use edu_syntax::Decoded;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

mod support;

use support::{briefs, of_stream, of_text};

/// Small limits, so that they are reached.
const LIMITS: Limits = Limits { row: 150, columns: 9 };

fn readers() -> impl Strategy<Value = FeedReader> {
    (any::<bool>(), any::<bool>(), any::<bool>(), select(vec![None, Some(b','), Some(b'^')]))
        .prop_map(|(multiline, is_told, is_small, delimiter)| {
            let mut reader = FeedReader::new();
            if multiline {
                reader = reader.with_lines_in_values();
            }
            if is_told {
                reader = reader.with_object(Object::Course);
            }
            if is_small {
                reader = reader.with_limits(LIMITS);
            }
            delimiter.map_or(reader.clone(), |delimiter| reader.with_delimiter(delimiter))
        })
}

/// Pieces of which feeds, whole and damaged, are made.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => select(vec![
            "external_person_key|user_id|firstname\n", "EXTERNAL_COURSE_KEY|COURSE_ID|COURSE_NAME\r\n",
            "external_course_key,external_person_key\n", "external_term_key\tname\r", "\n", "\r\n", "\r", "|", "|||", ",",
            "\t", "a|b|c\n", "\"a|b\"|c", "\"", "\"\"", "\"a\"|", "***FileFooter|2|17:35:38 04/01/2026\n", "***filefooter",
            "*", " ", "\u{FEFF}", "\u{0}", "\u{85}", "é", "\u{1f600}", "user_id", "courses", "ORG,b,S\r\n",
            "\"b\",\"N\",\"B\",\"b@x\",\"pw\"\n", "2|", "x^y",
        ]).prop_map(str::to_owned),
        1 => ".{0,6}",
        1 => "[a-z]{140,160}",
    ];
    vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// The bytes of a text in one of the encodings that occur.
fn encoded(text: &str, encoding: u8) -> Vec<u8> {
    match encoding {
        0 => text.as_bytes().to_vec(),
        1 => format!("\u{FEFF}{text}").into_bytes(),
        2 => format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        3 => format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        4 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => text.chars().map(|it| u8::try_from(u32::from(it)).unwrap_or(b'?')).collect(),
    }
}

/// A feed of users in order, without quotes, and with a column that is not known.
fn feed(rows: &[(String, String)]) -> Vec<String> {
    let mut lines = vec!["external_person_key|user_id|firstname|lastname|Shoe".to_owned()];
    for (number, (name, shoe)) in rows.iter().enumerate() {
        lines.push(format!("k{number}|u{number}|{name}|L|{shoe}"));
    }
    lines
}

fn cell() -> impl Strategy<Value = String> {
    "[a-zé ,;.'-]{0,6}"
}

proptest! {
    #[test]
    fn a_stream_gives_what_the_text_gives(
        text in pieces(), encoding in 0u8..6, reader in readers(), piece in 1usize..80,
    ) {
        let bytes = encoded(&text, encoding);
        prop_assert_eq!(of_stream(&reader, &bytes, piece), of_text(&reader, &bytes));
    }

    #[test]
    fn any_bytes_are_read(
        head in select(vec!["", "external_person_key|user_id\n", "external_course_key,course_id\r\n"]),
        bytes in vec(any::<u8>(), 0..300), reader in readers(), piece in 1usize..80,
    ) {
        let bytes = [head.as_bytes(), &bytes].concat();
        prop_assert_eq!(of_stream(&reader, &bytes, piece), of_text(&reader, &bytes));
        is_feed(Decoded::new(&bytes).text());
    }

    /// Every cell is a part of the text, and every finding has a place in the bytes that is that of its line.
    #[test]
    fn places_are_right(text in pieces(), encoding in 0u8..6, reader in readers()) {
        let bytes = encoded(&text, encoding);
        let decoded = Decoded::new(&bytes);
        let text = decoded.text();
        let line_of = |at: usize| {
            let before = &text[..at];
            // Half a line end belongs to its line.
            let ends = before.replace("\r\n", "\n").matches(['\r', '\n']).count();
            let is_between = before.ends_with('\r') && text[at..].starts_with('\n');
            1 + (ends - usize::from(is_between)) as u64
        };
        let reading = of_text(&reader, &bytes);
        for row in &reading.rows {
            let span = row.span.range().expect("it fits");
            prop_assert_eq!(row.line, line_of(span.start));
            for (value, at) in &row.cells {
                let range = at.range().expect("it fits");
                prop_assert!(span.start <= range.start && range.end <= span.end);
                let raw = &text[range];
                prop_assert!(raw == value || raw.replace("\"\"", "\"") == *value, "{:?}", value);
                // In the bytes it is the same text.
                let original = decoded.original(*at).range().expect("it fits");
                let back = Decoded::with_encoding(&bytes[original], &decoded.encoding()).expect("an encoding");
                if decoded.encoding() != "utf-8" || decoded.issues().is_empty() {
                    // A mark in the middle is one at the start of a part.
                    let mark = |text: &str| text.trim_start_matches('\u{FEFF}').to_owned();
                    prop_assert_eq!(mark(back.text()), mark(&text[at.range().expect("it fits")]));
                }
            }
        }
        for finding in &reading.findings {
            if let (Some(span), Some(position)) = (finding.span, finding.position) {
                prop_assert!(span.end <= bytes.len() as u64);
                prop_assert_eq!(position.line, line_of(decoded.text_offset(span.start)), "{:?}", finding);
            }
        }
    }

    /// A damaged line costs itself.
    #[test]
    fn one_damaged_line_changes_no_other(
        rows in vec((cell(), cell()), 2..9), which in any::<proptest::sample::Index>(),
        at in any::<proptest::sample::Index>(), damage in vec(any::<u8>().prop_filter("line ends", |byte| !b"\r\n".contains(byte)), 1..12),
        multiline in any::<bool>(), end in select(vec!["\n", "\r\n"]),
    ) {
        let mut reader = FeedReader::new();
        // A quote that is damaged by another one may go over lines where that is asked for.
        if multiline && !damage.contains(&b'"') {
            reader = reader.with_lines_in_values();
        }
        let lines = feed(&rows);
        let bytes: Vec<Vec<u8>> = lines.into_iter().map(|line| (line + end).into_bytes()).collect();
        let number = 1 + which.index(rows.len());
        let mut damaged = bytes.clone();
        let line = &mut damaged[number];
        let place = at.index(line.len() - end.len() + 1);
        line.splice(place..place, damage);
        let whole = of_text(&reader, &bytes.concat());
        let found = of_text(&reader, &damaged.concat());
        let line = number as u64 + 1;
        let others = |reading: &support::Reading| {
            let rows = reading.rows.iter().filter(|row| row.line != line);
            rows.map(|row| (row.line, row.is_damaged, row.cells.iter().map(|(value, _)| value.clone()).collect::<Vec<_>>())).collect::<Vec<_>>()
        };
        prop_assert_eq!(others(&found), others(&whole));
        let findings = |reading: &support::Reading| {
            let findings = reading.findings.iter().filter(|it| it.position.is_none_or(|it| it.line != line));
            findings.map(|it| (it.rule.code, it.position, it.args.clone())).collect::<Vec<_>>()
        };
        prop_assert_eq!(findings(&found), findings(&whole));
    }

    #[test]
    fn what_is_in_order_is_read_as_it_is(
        rows in vec(vec("[^\u{0}-\u{1f}\u{7f}-\u{9f}\u{FEFF}*]{0,9}", 4), 1..6), delimiter in select(b"|,;\t".to_vec()),
    ) {
        let mut text = String::from("external_person_key|user_id|firstname|lastname|Shoe\n")
            .replace('|', &char::from(delimiter).to_string());
        for (number, row) in rows.iter().enumerate() {
            let _ = write!(text, "k{number}");
            for value in row {
                let _ = write!(text, "{}\"{}\"", char::from(delimiter), value.replace('"', "\"\""));
            }
            text.push('\n');
        }
        let reading = of_text(&FeedReader::new(), text.as_bytes());
        prop_assert_eq!(reading.rows.len(), rows.len());
        for (read, row) in reading.rows.iter().zip(&rows) {
            prop_assert!(!read.is_damaged);
            let values = read.cells.iter().skip(1).map(|(value, _)| value);
            prop_assert_eq!(values.collect::<Vec<_>>(), row.iter().collect::<Vec<_>>());
        }
        // The unknown column is among them; white space around a login name is worth a warning.
        let found = briefs(&reading.findings);
        let is_expected = |it: &String| ["BB-F02 W", "BB-F05 I", "BB-F08 W", "BB-F15 W"].contains(&&it[..8]);
        prop_assert!(found.iter().all(is_expected), "{:?}", found);
    }
}
