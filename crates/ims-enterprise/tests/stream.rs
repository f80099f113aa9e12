//! A stream gives the same records and findings as the whole text, however it is cut.

use std::io::BufReader;

use edu_diagnostics::{Collector, Diagnostic, Sink};
use edu_syntax::Decoded;
use edu_syntax::xml::Limits;
use ims_enterprise::{ImsReader, Record, StreamError, Summary, rules};
use proptest::prelude::*;

/// Everything a reading gives: sources and values of the records, the findings, the summary.
type Outcome = (Vec<(String, String)>, Vec<Diagnostic>, Summary, String);

/// The first line in which two outcomes differ.
fn difference(left: &impl std::fmt::Debug, right: &impl std::fmt::Debug) -> Option<String> {
    let [left, right] = [format!("{left:#?}"), format!("{right:#?}")];
    let differs = |(left, right): &(&str, &str)| left != right;
    let context = left
        .lines()
        .zip(right.lines())
        .find(differs)
        .map(|(left, right)| format!("{left} / {right}"));
    (left != right).then(|| context.unwrap_or_else(|| "one is longer".to_owned()))
}

fn shown(record: &Record<'_>) -> (String, String) {
    let source = record.element().map(|element| element.source().to_owned()).unwrap_or_default();
    (source, format!("{record:?}"))
}

fn whole(bytes: &[u8], reader: ImsReader) -> Outcome {
    let decoded = Decoded::new(bytes);
    let mut found = Collector::new();
    let mut records = Vec::new();
    let mut reading = reader.for_text(&decoded, &mut found);
    let mut stop = None;
    for record in reading.by_ref() {
        match record {
            Ok(record) => records.push(shown(&record)),
            Err(error) => stop = Some(error.diagnostic().clone()),
        }
    }
    let summary = reading.summary().clone();
    if let Some(finding) = stop {
        found.report(finding);
    }
    (records, found.into_sorted(), summary, decoded.encoding())
}

fn streamed(bytes: &[u8], reader: ImsReader, buffer: usize, piece: usize) -> Outcome {
    let mut found = Collector::new();
    let mut records = Vec::new();
    let input = BufReader::with_capacity(buffer, bytes);
    let mut stream = reader.for_reader(input, &mut found).with_piece(piece);
    let stop = stream.for_each(|record| records.push(shown(&record)));
    let (summary, encoding) = (stream.summary().clone(), stream.encoding());
    if let Err(StreamError::Read(error)) = stop {
        found.report(error.diagnostic().clone());
    }
    (records, found.into_sorted(), summary, encoding)
}

#[test]
fn every_example_of_a_rule_cut_everywhere() {
    for rule in rules::ALL {
        for bytes in [rule.bad, rule.good] {
            let expected = whole(bytes, ImsReader::new());
            for piece in [1, 7, 64, 1 << 20] {
                assert_eq!(
                    streamed(bytes, ImsReader::new(), piece, piece),
                    expected,
                    "{} {piece}",
                    rule.code
                );
            }
        }
    }
}

#[test]
fn a_membership_is_read_member_by_member() {
    let member = "<member><sourcedid><source>S</source><id>1</id></sourcedid><idtype>1</idtype>\
        <role roletype='01'><status>1</status></role></member>\n";
    let file = format!(
        "<enterprise><membership><sourcedid><source>S</source><id>C</id></sourcedid>{}</membership></enterprise>",
        member.repeat(3000)
    );
    // Far less than the membership: enough for a member and what stands around it.
    let limits = Limits { record: 1000, ..Limits::default() };
    let reader = ImsReader::new().without_whole_file_rules().with_limits(limits);
    let (records, found, summary, _) = streamed(file.as_bytes(), reader, 512, 512);
    assert_eq!((records.len(), summary.counts.member), (3002, 3000));
    assert_eq!(found.iter().map(|finding| finding.rule.code).collect::<Vec<_>>(), ["IE-R10"]);
}

#[test]
fn what_is_too_large_is_refused_before_it_is_there() {
    /// An endless input that counts what was taken from it.
    struct Endless {
        start: &'static [u8],
        taken: usize,
    }
    impl std::io::Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let len = if self.taken < self.start.len() {
                let rest = &self.start[self.taken..];
                let len = rest.len().min(buffer.len());
                buffer[..len].copy_from_slice(&rest[..len]);
                len
            } else {
                buffer.fill(b'x');
                buffer.len()
            };
            self.taken += len;
            Ok(len)
        }
    }
    let limits = Limits { token: 100_000, record: 300_000, ..Limits::default() };
    for (start, what) in [
        ("<enterprise><person><name><fn>", "token"),
        ("<enterprise><person a='", "token"),
        ("<enterprise><!--", "token"),
        ("<enterprise><![CDATA[", "token"),
        ("<enterprise><?pi ", "token"),
        ("<enterprise", "token"),
    ] {
        let mut input = BufReader::new(Endless { start: start.as_bytes(), taken: 0 });
        let mut found = Collector::new();
        let result = ImsReader::new()
            .with_limits(limits)
            .for_reader(&mut input, &mut found)
            .for_each(|_| ());
        let Err(StreamError::Read(error)) = result else { panic!("{start}: {result:?}") };
        assert_eq!(error.diagnostic().rule.code, "IE-F07");
        assert!(error.to_string().contains(what), "{start}: {error}");
        assert!(input.get_ref().taken < 1_000_000, "{start}: {}", input.get_ref().taken);
    }
}

/// Pieces of files, whole and damaged.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let token = prop_oneof![
        Just("<enterprise>"),
        Just("</enterprise>"),
        Just("<person recstatus='1'>"),
        Just("</person>"),
        Just("<sourcedid><source>S</source><id>é1</id></sourcedid>"),
        Just("<name><fn>A &amp; B</fn></name>"),
        Just("<membership>"),
        Just("</membership>"),
        Just("<member>"),
        Just("</member>"),
        Just("<idtype idtype='1'/>"),
        Just("<role roletype=\"01\">"),
        Just("<status>1</status>"),
        Just("</role>"),
        Just("<group>"),
        Just("</group>"),
        Just("<extension><cohort>x ]]> y</cohort></extension>"),
        Just("<![CDATA[ <x> ]]>"),
        Just("<!-- -- -->"),
        Just("<?xml version='1.0' encoding='ISO-8859-1'?>"),
        Just("<!DOCTYPE a [<!ENTITY b '>'>]>"),
        Just("&nbsp; & <"),
        Just("\r\n"),
        Just("\r"),
        Just("\n  "),
        Just("é€😀"),
        Just("<fn"),
        Just("<a b='<c>'"),
        Just("\u{1}"),
        Just("</x>"),
        Just("<x:y z=1>"),
        Just("<description><short>x</description>"),
    ];
    // The first kilobyte is read at once, to see the encoding: blanks bring the rest behind it.
    let blanks = prop_oneof![Just(0usize), Just(1020)];
    (
        proptest::collection::vec(token, 0..30),
        proptest::collection::vec(any::<u8>(), 0..3),
        0u8..4,
        blanks,
    )
        .prop_map(|(tokens, noise, encoding, blanks)| {
            let text = tokens.concat();
            let start =
                if text.starts_with("<?xml") { text.find('>').map_or(0, |end| end + 1) } else { 0 };
            let text = format!("{}{}{}", &text[..start], " ".repeat(blanks), &text[start..]);
            match encoding {
                0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                1 => text
                    .chars()
                    .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
                    .chain(noise)
                    .collect(),
                _ => [text.as_bytes(), &noise].concat(),
            }
        })
}

#[test]
fn what_shows_late_stands_where_it_is_declared() {
    let person = "<person><sourcedid><source>S</source><id>1</id></sourcedid><name><fn>E</fn></name></person>\n";
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><enterprise>{}<comments>é</comments></enterprise>",
        person.repeat(6000)
    );
    let reader = || ImsReader::new().without_whole_file_rules();
    let (_, found, ..) = streamed(text.as_bytes(), reader(), 8192, 128 * 1024);
    let late = found.iter().find(|finding| finding.rule.code == "IE-E02").unwrap();
    assert_eq!(&text[late.span.unwrap().range().unwrap()], "ISO-8859-1");
    assert_eq!(found, whole(text.as_bytes(), reader()).1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_same_however_it_is_cut(bytes in soup(), buffer in 1usize..20, piece in 1usize..40) {
        let reader = ImsReader::new();
        prop_assert_eq!(difference(&streamed(&bytes, reader.clone(), buffer, piece), &whole(&bytes, reader)), None);
    }

    #[test]
    fn the_same_limits_however_it_is_cut(bytes in soup(), buffer in 1usize..20, piece in 1usize..40) {
        let limits = Limits { token: 60, record: 1400, depth: 12, attributes: 3, faults: 4 };
        let reader = ImsReader::new().with_limits(limits);
        let (records, mut found, summary, _) = whole(&bytes, reader.clone());
        let (streamed_records, mut streamed_found, streamed_summary, _) = streamed(&bytes, reader, buffer, piece);
        // A stream that ended at a limit does not know the encoding of the rest.
        found.retain(|finding| !finding.rule.code.starts_with("IE-E"));
        streamed_found.retain(|finding| !finding.rule.code.starts_with("IE-E"));
        // Where a record exceeds two limits at once, either may be named.
        for finding in found.iter_mut().chain(&mut streamed_found) {
            if *finding.rule == rules::LIMIT {
                *finding = Diagnostic::new(&rules::LIMIT);
            }
        }
        let streamed = (streamed_records, streamed_found, streamed_summary);
        prop_assert_eq!(difference(&streamed, &(records, found, summary)), None);
    }

    #[test]
    fn strict_too(bytes in soup(), piece in 1usize..40) {
        let (_, found, ..) = whole(&bytes, ImsReader::new().strict());
        let (_, streamed, ..) = streamed(&bytes, ImsReader::new().strict(), 8, piece);
        // What is to be said about the encoding comes first for a text and last for a stream.
        let stops = |found: &[Diagnostic]| found.iter().any(|finding| finding.rule.code != "IE-F01");
        prop_assert_eq!(stops(&found), stops(&streamed));
    }
}
