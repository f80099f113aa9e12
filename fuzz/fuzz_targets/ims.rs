//! The reader over a text, over a stream, strict and lenient.

#![no_main]

use std::io::BufReader;

use edu_diagnostics::{Collector, Diagnostic};
use edu_syntax::Decoded;
use edu_syntax::xml::Limits;
use fuzz::{Case, assert_same};
use ims_enterprise::profiles::{banner, moodle};
use ims_enterprise::{
    Document, ImsReader, ReadError, Record, StreamError, Summary, recognise, redact,
};
use libfuzzer_sys::fuzz_target;

/// Small, so that short inputs exceed them.
const SMALL: Limits = Limits { depth: 12, attributes: 3, token: 60, record: 300, faults: 4 };

/// What a reading gives.
#[derive(Debug, PartialEq)]
struct Outcome {
    /// Sources and values.
    records: Vec<(String, String)>,
    /// In order.
    findings: Vec<Diagnostic>,
    stop: Option<ReadError>,
    summary: Summary,
    skipped: Vec<(&'static str, &'static str)>,
}

impl Outcome {
    /// As [`whole`] gives it for what [`streamed`] ended too early to know the encoding of.
    fn without_encoding(mut self) -> Self {
        self.findings.retain(|finding| !finding.rule.code.starts_with("IE-E"));
        self
    }

    /// Without the limit that ended it: where two are exceeded, a stream may meet the other one first.
    fn without_limit(self) -> Self {
        Self { stop: None, ..self }
    }

    fn is_at_limit(&self) -> bool {
        matches!(self.stop, Some(ReadError::Limit(_)))
    }
}

fn reader(config: u8) -> ImsReader {
    let reader = ImsReader::new();
    let reader = if config & 1 == 0 { reader } else { reader.with_limits(SMALL) };
    let reader = match config >> 1 & 3 {
        0 | 1 => reader,
        2 => reader.without_whole_file_rules(),
        _ => reader.without_rules(),
    };
    let reader = match config >> 3 & 3 {
        0 | 1 => reader,
        2 => reader.with_profile(&moodle::PROFILE),
        _ => reader.with_profile(&banner::PROFILE),
    };
    if config >> 5 & 1 == 0 { reader } else { reader.with_target("LMS") }
}

fn shown(record: &Record<'_>) -> (String, String) {
    let source = record.element().map(|element| element.source().to_owned()).unwrap_or_default();
    (source, format!("{record:?}"))
}

fn skipped(
    skipped: &[(&'static edu_diagnostics::Rule, &'static str)],
) -> Vec<(&'static str, &'static str)> {
    skipped.iter().map(|(rule, reason)| (rule.code, *reason)).collect()
}

fn whole(decoded: &Decoded<'_>, reader: ImsReader) -> Outcome {
    let mut found = Collector::new();
    let mut reading = reader.for_text(decoded, &mut found);
    let (mut records, mut stop) = (Vec::new(), None);
    let mut end = 0;
    for record in reading.by_ref() {
        match record {
            Ok(record) => {
                if let Some(element) = record.element() {
                    let range = element.span().range().expect("offsets fit");
                    assert!(range.start >= end, "a record at {range:?} behind {end}");
                    assert_eq!(&decoded.text()[range.clone()], element.source());
                    end = range.end;
                }
                records.push(shown(&record));
            }
            Err(error) => stop = Some(error),
        }
    }
    let (summary, skipped) = (reading.summary().clone(), skipped(reading.skipped()));
    Outcome { records, stop, summary, skipped, findings: found.into_sorted() }
}

fn streamed(case: &Case, reader: ImsReader) -> (Outcome, String) {
    let mut found = Collector::new();
    let input = BufReader::with_capacity(case.buffer, &*case.bytes);
    let mut stream = reader.for_reader(input, &mut found).with_piece(case.piece);
    let mut records = Vec::new();
    let stop = match stream.for_each(|record| records.push(shown(&record))) {
        Ok(()) => None,
        Err(StreamError::Read(error)) => Some(error),
        Err(error) => panic!("a slice can be read: {error}"),
    };
    let (summary, skipped) = (stream.summary().clone(), skipped(stream.skipped()));
    let encoding = stream.encoding();
    (Outcome { records, stop, summary, skipped, findings: found.into_sorted() }, encoding)
}

/// Whether 1.1 prescribes another form: all but remarks on lengths, dates, contradictions, receivers, keys
/// and references, on a document type, on a file without records, on the role that 1.1 itself supplies, on
/// what was escaped twice and on blanks around a key.
fn is_deviation(finding: &Diagnostic) -> bool {
    let code = finding.rule.code;
    code == "IE-K15"
        || !["IE-L", "IE-D", "IE-C", "IE-P", "IE-K"].iter().any(|area| code.starts_with(area))
            && !["IE-F01", "IE-F08", "IE-V03", "IE-V04", "IE-V05"].contains(&code)
}

fn check_spans(outcome: &Outcome, len: usize) {
    let stop = outcome.stop.as_ref().map(ReadError::diagnostic);
    for finding in outcome.findings.iter().chain(stop) {
        for span in finding.span.into_iter().chain(finding.labels.iter().map(|label| label.span)) {
            assert!(span.end <= len as u64, "{}: {span:?} of {len}", finding.rule.code);
        }
        assert_eq!(finding.span.is_some(), finding.position.is_some(), "{finding:?}");
    }
}

fn check_document(document: &Document<'_>, outcome: &Outcome) {
    assert_eq!(document.summary, outcome.summary);
    let counts = outcome.summary.counts;
    assert_eq!(document.persons.len() as u64, counts.person);
    assert_eq!(document.groups.len() as u64, counts.group);
    assert_eq!(document.memberships.len() as u64, counts.membership);
    let inside: usize = document.memberships.iter().map(|full| full.members.len()).sum();
    let outside = document.other.iter().filter(|other| matches!(other, Record::Member(_))).count();
    assert_eq!((inside + outside) as u64, counts.member);
}

fn check_redacted(text: &str) {
    for shown in [redact::passwords(text), redact::everything(text)] {
        assert_eq!(shown.len(), text.len());
    }
}

fuzz_target!(|data: &[u8]| {
    let Some(case) = Case::new(data) else { return };
    let decoded = Decoded::new(&case.bytes);
    let reader = reader(case.config);
    recognise(decoded.text());
    check_redacted(decoded.text());

    let lenient = whole(&decoded, reader.clone());
    check_spans(&lenient, case.bytes.len());
    match reader.clone().document(&decoded, &mut Collector::new()) {
        Ok(document) => check_document(&document, &lenient),
        Err(error) => assert_eq!(Some(error), lenient.stop),
    }

    let strict = whole(&decoded, reader.clone().strict());
    let (strict_stream, _) = streamed(&case, reader.clone().strict());
    assert_eq!(strict.stop.is_some(), strict_stream.stop.is_some(), "strict over a stream");
    if strict.stop.is_none() {
        assert_same(&strict, &lenient, "strict and lenient");
        assert_eq!(lenient.findings.iter().find(|finding| is_deviation(finding)), None);
    } else {
        let deviates = lenient.findings.iter().any(is_deviation);
        assert!(deviates || lenient.is_at_limit(), "{:?}", strict.stop);
    }

    let (stream, encoding) = streamed(&case, reader);
    if lenient.is_at_limit() && stream.is_at_limit() {
        let [stream, lenient] =
            [stream, lenient].map(|outcome| outcome.without_encoding().without_limit());
        assert_same(&stream, &lenient, "stream and text");
    } else {
        assert_same(&stream, &lenient, "stream and text");
        assert_eq!(encoding, decoded.encoding());
    }
});
