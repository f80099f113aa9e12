//! The reader of setup files over a text and over a stream, and what is written back.

#![no_main]

use std::io::BufReader;

use brightspace_bulk::{Item, Limits, Record, SetupReader, Upload, is_setup_file, rewrite};
use edu_diagnostics::{Collector, Diagnostic, LineIndex};
use edu_syntax::Decoded;
use fuzz::{Case, assert_same};
use libfuzzer_sys::fuzz_target;

/// Small, so that short inputs exceed them.
const SMALL: Limits = Limits { line: 60, record: 100 };

/// What a reading gives.
#[derive(Debug, PartialEq)]
struct Outcome {
    items: Vec<String>,
    /// In order.
    findings: Vec<Diagnostic>,
    records: u64,
    skipped: Vec<(&'static str, &'static str)>,
}

fn reader(config: u8) -> SetupReader<'static> {
    let reader = SetupReader::new();
    let reader = if config & 1 == 0 { reader } else { reader.with_limits(SMALL) };
    let reader = if config & 2 == 0 { reader } else { reader.straighten_quotes() };
    let reader = if config & 4 == 0 { reader } else { reader.without_rules() };
    if config & 8 == 0 { reader } else { reader.with_file_name("setup.csv") }
}

fn shown(item: &Item<'_>) -> String {
    match item {
        // `Debug` of a record has its values and places alone.
        Item::Record(record) => format!(
            "{record:?} {:?} {:?} {:?} {} {:?}",
            record.load_type(),
            record.fields().map(|field| (field.quote(), field.is_damaged())).collect::<Vec<_>>(),
            record.span(),
            record.lines(),
            record.comments(),
        ),
        other => format!("{other:?}"),
    }
}

fn skipped(
    skipped: &[(&'static edu_diagnostics::Rule, &'static str)],
) -> Vec<(&'static str, &'static str)> {
    skipped.iter().map(|(rule, reason)| (rule.code, *reason)).collect()
}

/// Fields are parts of the text, and stand behind those that were read before.
fn check_record(text: &str, record: &Record<'_>, end: &mut u64) {
    for field in record.fields() {
        let range = field.span().range().expect("offsets fit");
        assert_eq!(text.get(range), Some(field.value()), "{record:?}");
        assert!(field.span().start >= *end, "{field:?} behind {end}");
        *end = field.span().end;
    }
    assert_eq!(record.fields().count(), record.count(), "{record:?}");
    assert!(record.lines() > 0, "{record:?}");
    // What it gives or why it gives none is for `rewrite`.
    let _ = Upload::try_from(record);
}

fn whole(decoded: &Decoded<'_>, reader: SetupReader<'_>) -> Outcome {
    let mut found = Collector::new();
    let mut reading = reader.for_text(decoded, &mut found);
    let (mut items, mut end, mut count) = (Vec::new(), 0, 0);
    for item in reading.by_ref() {
        if let Item::Record(record) = &item {
            check_record(decoded.text(), record, &mut end);
            count += 1;
        }
        items.push(shown(&item));
    }
    let (records, skipped) = (reading.records(), skipped(reading.skipped()));
    assert_eq!(records, count);
    Outcome { items, findings: found.into_sorted(), records, skipped }
}

fn streamed(case: &Case, reader: SetupReader<'_>) -> (Outcome, String) {
    let mut found = Collector::new();
    let input = BufReader::with_capacity(case.buffer, &*case.bytes);
    let mut stream = reader.for_reader(input, &mut found).with_piece(case.piece);
    let mut items = Vec::new();
    stream.for_each(|item| items.push(shown(&item))).expect("a slice can be read");
    let (records, skipped) = (stream.records(), skipped(stream.skipped()));
    let encoding = stream.encoding();
    (Outcome { items, findings: found.into_sorted(), records, skipped }, encoding)
}

fn check_spans(findings: &[Diagnostic], len: usize) {
    for finding in findings {
        for span in finding.span.into_iter().chain(finding.labels.iter().map(|label| label.span)) {
            assert!(span.start <= span.end, "{}: {span:?}", finding.rule.code);
            assert!(span.end <= len as u64, "{}: {span:?} of {len}", finding.rule.code);
        }
        assert_eq!(finding.span.is_some(), finding.position.is_some(), "{finding:?}");
    }
}

/// Lines and columns are those of the spans, where every byte of the text is one of the input.
fn check_positions(findings: &[Diagnostic], decoded: &Decoded<'_>, bytes: &[u8]) {
    if decoded.encoding() != "utf-8" || str::from_utf8(bytes).is_err() {
        return;
    }
    let mut lines = LineIndex::new();
    for finding in findings {
        let labels = finding.labels.iter().map(|label| (Some(label.span), label.position));
        for (span, position) in labels.chain([(finding.span, finding.position)]) {
            let offset = span.map(|span| decoded.text_offset(span.start));
            let expected = offset.map(|offset| lines.position(decoded.text(), offset));
            assert_eq!(position, expected, "{finding:?}");
        }
    }
}

/// The uploads of a text, where each of its records is complete.
fn uploads(decoded: &Decoded<'_>, reader: SetupReader<'_>) -> Vec<Upload> {
    let mut findings = Collector::new();
    let items = reader.for_text(decoded, &mut findings);
    let uploads = items.filter_map(|item| match item {
        Item::Record(record) => Some(Upload::try_from(&*record).expect("it was written")),
        _ => None,
    });
    uploads.collect()
}

/// What is written back is canonical: it has the same uploads, and is written back as it is.
fn check_rewritten(decoded: &Decoded<'_>, config: u8) {
    // Lines become longer when they are joined.
    let reader = reader(config & !1);
    let Ok(once) = rewrite(reader, decoded, &mut Collector::new()) else { return };
    let written = Decoded::new(once.as_bytes());
    assert_eq!(uploads(&written, reader), uploads(decoded, reader));
    assert_eq!(rewrite(reader, &written, &mut Collector::new()).as_ref(), Ok(&once));
}

fuzz_target!(|data: &[u8]| {
    let Some(case) = Case::new(data) else { return };
    let decoded = Decoded::new(&case.bytes);
    let reader = reader(case.config);
    is_setup_file(decoded.text());

    let text = whole(&decoded, reader);
    check_spans(&text.findings, case.bytes.len());
    check_positions(&text.findings, &decoded, &case.bytes);
    let (stream, encoding) = streamed(&case, reader);
    assert_same(&stream, &text, "stream and text");
    assert_eq!(encoding, decoded.encoding());
    check_rewritten(&decoded, case.config);
});
