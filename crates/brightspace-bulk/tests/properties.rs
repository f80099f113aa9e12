//! What holds for every setup file.

use std::io::BufReader;

use brightspace_bulk::imsmd::Metadata;
use brightspace_bulk::{
    Described, Item, Limits, LineEnd, LoadType, RepositoryId, SetupReader, SetupWriter, Unwritable,
    Upload, WriteError, rewrite,
};
use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use proptest::collection::vec;
use proptest::prelude::*;

const LIMITS: Limits = Limits { line: 120, record: 300 };

fn reader() -> SetupReader<'static> {
    SetupReader::new().with_limits(LIMITS)
}

/// Items and findings as text, so that they can be compared.
fn of_text(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let decoded = Decoded::new(bytes);
    let mut findings = Collector::new();
    let items = reader().for_text(&decoded, &mut findings);
    let items = items.map(|item| format!("{item:?}")).collect();
    (items, findings.findings().iter().map(|finding| format!("{finding:?}")).collect())
}

fn of_stream(bytes: &[u8], buffer: usize) -> (Vec<String>, Vec<String>) {
    let mut findings = Collector::new();
    let input = BufReader::with_capacity(buffer, bytes);
    let mut stream = reader().for_reader(input, &mut findings).with_piece(buffer);
    let mut items = Vec::new();
    stream.for_each(|item| items.push(format!("{item:?}"))).expect("memory can be read");
    (items, findings.findings().iter().map(|finding| format!("{finding:?}")).collect())
}

/// Pieces of which setup files, whole and damaged, are made.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(vec![
            "LoadType=Package", "LoadType=XMLMetadata\n", "LoadType=CSVMetadata\r\n", "loadtype = csvmetadata\r",
            "LoadType=What\n", "\n", "\r\n", "\r", "//", "// a comment\n", "2,", "\"1006\",", "0007,", "abc,",
            "\"\\\\srv\\in\\a.zip\"", "'D:\\b.gif'", "\\\\srv\\c.HTM", "http://x/y.zip", "\"a, b\"", "'\"'", "\"",
            "'", ",", ",,,,", " ", "\t", "title", "“", "”", "é", "\u{0}", "\u{1f600}", "image/png", "..\\d",
        ]).prop_map(str::to_owned),
        1 => ".{0,6}",
        1 => "[a-z]{100,140}",
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_stream_gives_what_the_text_gives(text in pieces(), buffer in 1usize..80) {
        prop_assert_eq!(of_text(text.as_bytes()), of_stream(text.as_bytes(), buffer));
    }

    #[test]
    fn in_any_encoding(bytes in vec(any::<u8>(), 0..200), text in pieces(), buffer in 1usize..80) {
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [&bytes, &utf16] {
            prop_assert_eq!(of_text(bytes), of_stream(bytes, buffer));
        }
    }

    /// Every field is a part of the text, in order, and lines are told rightly.
    #[test]
    fn places_are_right(text in pieces()) {
        let decoded = Decoded::from(text.as_str());
        let mut findings = Collector::new();
        let mut last = 0;
        for item in reader().for_text(&decoded, &mut findings) {
            if let Item::Record(record) = item {
                for field in record.fields() {
                    prop_assert_eq!(&text[field.span().range().unwrap()], field.value());
                    prop_assert!(field.span().start >= last);
                    last = field.span().end;
                }
                let before = text[..record.span().range().unwrap().start].replace("\r\n", "\n");
                let line = 1 + before.matches(['\r', '\n']).count();
                prop_assert_eq!(record.line(), line as u64);
            }
        }
        for finding in findings.findings() {
            if let (Some(span), Some(at)) = (finding.span, finding.position) {
                let before = text[..span.range().unwrap().start].replace("\r\n", "\n");
                prop_assert_eq!(at.line, 1 + before.matches(['\r', '\n']).count() as u64, "{:?}", finding);
            }
        }
    }

    /// A line that makes no sense does not change what is read of the others.
    #[test]
    fn one_bad_line_never_costs_the_next(bad in "[^\r\n]{0,40}") {
        let record = |name: &str| format!("2,\"\\\\srv\\{name}\",\"t\",,,,,,\n");
        let text = format!("LoadType=CSVMetadata\n{}{bad}\n{}", record("a.gif"), record("z.gif"));
        let decoded = Decoded::from(text.as_str());
        let mut findings = Collector::new();
        let items: Vec<_> = reader().for_text(&decoded, &mut findings).collect();
        let Some(Item::Record(last)) = items.last() else { panic!("{items:?}") };
        prop_assert_eq!(last.path().value(), r"\\srv\z.gif");
        prop_assert_eq!((last.count(), last.line()), (9, 4));
    }

    #[test]
    fn what_is_written_reads_equal_and_what_is_refused_would_not(
        load_type in proptest::sample::select(LoadType::ALL.to_vec()),
        line_end in proptest::sample::select(vec![LineEnd::CrLf, LineEnd::Lf, LineEnd::Cr]),
        mark in any::<bool>(),
        uploads in vec((1u64.., value(), value(), vec(value(), 7)), 1..4),
        comment in "[^\r\n]{0,9}",
    ) {
        let uploads = uploads.into_iter().map(|(id, path, metadata, values)| Upload {
            repository: RepositoryId::new(id).unwrap(),
            path,
            described: match load_type {
                LoadType::Package => Described::ByPackage,
                LoadType::XmlMetadata => Described::ByFile(metadata),
                LoadType::CsvMetadata => Described::ByFields(Box::new(fields(values))),
            },
        });
        let mut writer = SetupWriter::new(load_type).with_line_end(line_end);
        if mark {
            writer = writer.with_byte_order_mark();
        }
        let mut written = Vec::new();
        for upload in uploads {
            writer.comment(&comment).unwrap();
            match writer.upload(&upload) {
                Ok(()) => written.push(upload),
                Err(WriteError::Value { reason, .. }) => prop_assert!(is_refused_rightly(&upload, reason)),
                Err(other) => return Err(TestCaseError::fail(other.to_string())),
            }
        }
        let text = writer.finish();
        let decoded = Decoded::new(text.as_bytes());
        let mut findings = Collector::new();
        let reader = SetupReader::new().without_rules();
        let items = reader.for_text(&decoded, &mut findings);
        let read: Vec<_> = items.filter_map(|item| match item {
            Item::Record(record) => Some(Upload::try_from(&*record).unwrap()),
            _ => None,
        }).collect();
        prop_assert_eq!(read, written);
        let mut again = Collector::new();
        prop_assert_eq!(rewrite(reader, &decoded, &mut again).unwrap(), text);
    }

    /// Canonical form is reached in one step, whatever the file was.
    #[test]
    fn rewriting_twice_is_rewriting_once(text in pieces()) {
        let decoded = Decoded::from(text.as_str());
        let mut findings = Collector::new();
        if let Ok(once) = rewrite(SetupReader::new(), &decoded, &mut findings) {
            let decoded = Decoded::from(once.as_str());
            prop_assert_eq!(rewrite(SetupReader::new(), &decoded, &mut findings).unwrap(), once.clone());
        }
    }
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a ,'\"/\\\\é“]{0,6}", ".{0,8}", "[a'\r\n\"]{0,3}"]
}

fn fields(values: Vec<String>) -> Metadata {
    let [title, description, keyword, role, first_name, last_name, format] =
        values.try_into().expect("seven");
    Metadata { title, description, keyword, role, first_name, last_name, format }
}

/// Whether no way of quoting the values of an upload would read equal, or the format forbids them.
fn is_refused_rightly(upload: &Upload, reason: Unwritable) -> bool {
    let mut paths = vec![&upload.path];
    let mut values = Vec::new();
    match &upload.described {
        Described::ByPackage => {}
        Described::ByFile(path) => paths.push(path),
        Described::ByFields(f) => {
            values.extend([
                &f.title,
                &f.description,
                &f.keyword,
                &f.role,
                &f.first_name,
                &f.last_name,
                &f.format,
            ]);
        }
    }
    let reads = |value: &str, quote: &str| {
        let text = format!("LoadType=CSVMetadata\n2,\"\\\\s\\a\",{quote}{value}{quote},,,,,,\n");
        let decoded = Decoded::from(text.as_str());
        let mut findings = Collector::new();
        let items: Vec<_> =
            SetupReader::new().without_rules().for_text(&decoded, &mut findings).collect();
        matches!(&items[..], [_, Item::Record(record)] if record.title().value() == value && record.count() == 9)
            && findings.worst().is_none()
    };
    let has_no_spelling = |value: &&String| !["\"", "'"].iter().any(|quote| reads(value, quote));
    match reason {
        Unwritable::Empty => paths.iter().any(|path| String::is_empty(path)),
        Unwritable::DoubleQuote => paths.iter().any(|path| path.contains('"')),
        _ => values.iter().chain(&paths).any(has_no_spelling),
    }
}
