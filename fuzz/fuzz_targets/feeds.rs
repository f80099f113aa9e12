//! Snapshot feeds of Blackboard Learn: read from a text and from a stream, checked against each other, written.

#![no_main]

use std::io::BufReader;

use blackboard_sis::{
    Checked, Conventions, FeedFormat, FeedReader, FeedWriter, History, Limits, Load, Object,
    Operation, Preview, Record, Row, is_feed,
};
use edu_diagnostics::{Collector, Diagnostic, LineIndex};
use edu_syntax::Decoded;
use fuzz::{Case, assert_same};
use libfuzzer_sys::fuzz_target;

/// Small, so that short inputs exceed them.
const SMALL: Limits = Limits { row: 80, columns: 6 };

/// Stands between two feeds.
const SEPARATOR: u8 = 0x1E;

/// What the check of a feed gives.
#[derive(Debug, PartialEq)]
struct Outcome {
    checked: Checked,
    /// In order.
    findings: Vec<Diagnostic>,
}

fn reader(config: u8) -> FeedReader {
    let reader = FeedReader::new();
    let reader = if config & 1 == 0 { reader } else { reader.with_limits(SMALL) };
    let reader = if config & 2 == 0 { reader } else { reader.with_lines_in_values() };
    let reader = if config & 4 == 0 { reader } else { reader.with_delimiter(b',') };
    let kind = usize::from(config >> 4);
    if config & 8 == 0 { reader } else { reader.with_object(Object::ALL[kind % Object::ALL.len()]) }
}

fn load(history: &History) -> Load<'_> {
    Load::new().with_history(history).with_conventions(Conventions::default())
}

/// A row without its text, and with it as a record.
fn shown(row: &Row<'_>) -> (u64, bool, Record) {
    (row.line(), row.is_damaged(), row.to_record())
}

fn check_findings(findings: &[Diagnostic], decoded: &Decoded<'_>, bytes: &[u8]) {
    let is_plain = decoded.encoding() == "utf-8" && str::from_utf8(bytes).is_ok();
    let mut lines = LineIndex::new();
    for finding in findings {
        assert_eq!(finding.span.is_some(), finding.position.is_some(), "{finding:?}");
        let Some(span) = finding.span else { continue };
        assert!(span.start <= span.end && span.end <= bytes.len() as u64, "{finding:?}");
        if is_plain {
            let expected = lines.position(decoded.text(), decoded.text_offset(span.start));
            assert_eq!(finding.position, Some(expected), "{finding:?}");
        }
    }
}

/// The rows of a text and of a stream are the same, and so are those that are written.
fn check_rows(bytes: &[u8], case: &Case, reader: &FeedReader, history: &History) {
    let decoded = Decoded::new(bytes);
    let mut found = Collector::new();
    let mut rows = reader.for_text(&decoded, &mut found);
    let mut whole = Vec::new();
    let mut preview = None;
    while let Some(row) = rows.next() {
        whole.push(shown(&row));
        let object = row.object();
        let new = || Preview::new(Operation::RefreshByDataSource, object, history);
        preview.get_or_insert_with(new).row(&row);
    }
    let header = rows.header().cloned();
    drop(rows);
    if let Some(preview) = preview {
        let outcome = preview.finish();
        assert_eq!(outcome.rows(), whole.len() as u64);
    }
    let mut found = Collector::new();
    let input = BufReader::with_capacity(case.buffer, bytes);
    let mut rows = reader.for_reader(input, &mut found).with_piece(case.piece);
    let mut pieces = Vec::new();
    while let Some(row) = rows.next().expect("memory can be read") {
        pieces.push(shown(&row));
    }
    assert_eq!(whole, pieces);
    let Some(header) = header else { return };
    let names: Vec<_> = header.columns().iter().map(|column| column.name.as_str()).collect();
    let format = FeedFormat::new().with_any_header();
    let Ok(mut writer) = FeedWriter::new(header.object(), &names, format) else { return };
    let mut written = Vec::new();
    for (_, is_damaged, record) in &whole {
        let values: Vec<_> = record.values().map(|(_, value)| value.to_owned()).collect();
        if !is_damaged && values.len() == names.len() && writer.row(&values).is_ok() {
            written.push(values);
        }
    }
    let file = writer.finish();
    let again = Decoded::new(&file);
    let mut found = Collector::new();
    let mut rows = FeedReader::new().with_object(header.object()).for_text(&again, &mut found);
    let mut read = Vec::new();
    while let Some(row) = rows.next() {
        let record = row.to_record();
        read.push(record.values().map(|(_, value)| value.to_owned()).collect::<Vec<_>>());
    }
    assert_eq!(written, read);
}

fuzz_target!(|data: &[u8]| {
    let Some(case) = Case::new(data) else { return };
    let reader = reader(case.config);
    let feeds: Vec<&[u8]> = case.bytes.split(|&byte| byte == SEPARATOR).take(4).collect();
    // The last of several is what was loaded before.
    let (earlier, feeds) = match &feeds[..] {
        [feeds @ .., earlier] if !feeds.is_empty() => (Some(*earlier), feeds),
        feeds => (None, feeds),
    };
    let mut history = History::new();
    if let Some(earlier) = earlier {
        history.add_text(&reader, &Decoded::new(earlier), &mut Collector::new());
    }
    let (mut whole, mut pieces) = (load(&history), load(&history));
    for bytes in feeds {
        let decoded = Decoded::new(bytes);
        is_feed(decoded.text());
        check_rows(bytes, &case, &reader, &history);

        let mut found = Collector::new();
        let checked = whole.check_text(&reader, "feed", &decoded, &mut found);
        let of_text = Outcome { checked, findings: found.into_sorted() };
        check_findings(&of_text.findings, &decoded, bytes);

        let mut found = Collector::new();
        let input = BufReader::with_capacity(case.buffer, *bytes);
        let checked = pieces.check_reader(&reader, "feed", input, &mut found);
        let checked = checked.expect("memory can be read");
        let of_stream = Outcome { checked, findings: found.into_sorted() };
        assert_same(&of_text, &of_stream, "text and stream");
    }
});
