//! Setup files: what they mean, and what is said about them.

use brightspace_bulk::{Field, Item, LoadType, Record, SetupReader};
use edu_diagnostics::{Collector, Severity};
use edu_syntax::Decoded;

fn records<'a>(decoded: &'a Decoded<'_>) -> (Vec<Record<'a>>, Vec<(&'static str, u64)>) {
    let mut findings = Collector::new();
    let items = SetupReader::new().for_text(decoded, &mut findings);
    let records = items.filter_map(|item| match item {
        Item::Record(record) => Some(*record),
        _ => None,
    });
    let records = records.collect();
    let found = findings.into_sorted();
    let codes = found.iter().map(|f| (f.rule.code, f.position.map_or(0, |at| at.line)));
    (records, codes.collect())
}

fn values<'t>(record: &Record<'t>) -> Vec<&'t str> {
    record.fields().map(Field::value).collect()
}

#[test]
fn the_wrapped_record_of_the_article_has_nine_fields() {
    let decoded = Decoded::from(
        "LoadType=CSVMetadata\n\
        2,\"\\\\myServer\\BulkUpload\\input\\Asset12.gif\",\"Pomegranate\",\"Photograph of a pomegranate\",\"fruit\",,\n\
        \"Jonathan\",\"Bernstein\",\n\
        6,\"\\\\myServer\\BulkUpload\\input\\Asset27.mp3\",\"L'inno di Mameli\",\"Italian National Anthem\",\"Italy\",\"Composer\",\"Michele\",\"Navaro\",\n\
        3,\"\\\\myServer\\BulkUpload\\input\\Asset21.wmv\",'\"Beat\" Takeshi Kitano',,\"movies\",,,,\n",
    );
    let (records, codes) = records(&decoded);
    let expected: [&[&str]; 3] = [
        &[
            "2",
            r"\\myServer\BulkUpload\input\Asset12.gif",
            "Pomegranate",
            "Photograph of a pomegranate",
            "fruit",
            "",
            "Jonathan",
            "Bernstein",
            "",
        ],
        &[
            "6",
            r"\\myServer\BulkUpload\input\Asset27.mp3",
            "L'inno di Mameli",
            "Italian National Anthem",
            "Italy",
            "Composer",
            "Michele",
            "Navaro",
            "",
        ],
        &[
            "3",
            r"\\myServer\BulkUpload\input\Asset21.wmv",
            "\"Beat\" Takeshi Kitano",
            "",
            "movies",
            "",
            "",
            "",
            "",
        ],
    ];
    assert_eq!(records.iter().map(values).collect::<Vec<_>>(), expected);
    let lines: Vec<_> = records.iter().map(|record| (record.line(), record.lines())).collect();
    assert_eq!(lines, [(2, 2), (4, 1), (5, 1)]);
    assert_eq!(codes, [("BR-R07", 2), ("BR-M09", 3)]);
    assert!(records.iter().all(|record| record.load_type() == Some(LoadType::CsvMetadata)));
}

#[test]
fn utf16_is_certain_with_a_mark_and_a_guess_without() {
    let text = "LoadType=Package\r\n2,\"\\\\srv\\a.zip\"\r\n";
    let bytes = |mark: &[u16]| -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    for (mark, severity) in [(&[0xFEFF][..], Severity::Info), (&[], Severity::Warning)] {
        let bytes = bytes(mark);
        let mut findings = Collector::new();
        let decoded = Decoded::new(&bytes);
        assert_eq!(SetupReader::new().for_text(&decoded, &mut findings).count(), 2);
        let found: Vec<_> = findings.findings().iter().map(|f| (f.rule.code, f.severity)).collect();
        assert_eq!(found, [("BR-F05", severity)]);
    }
}
