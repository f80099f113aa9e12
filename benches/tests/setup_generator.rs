//! What the generator of setup files promises about its files.

use std::collections::HashSet;
use std::io;

use benches::contenders::setup::CONTENDERS;
use benches::counts::SetupCounts;
use benches::generate::Generated;
use benches::generate::setup::{Shape, generate};
use benches::measure::agreed_counts;
use brightspace_bulk::{Field, Item, LineEnd, LoadType, Quote, Record, SetupReader};
use edu_diagnostics::Collector;
use edu_syntax::Decoded;

const RECORDS: u64 = 20_000;

const SHAPE: Shape =
    Shape { records: RECORDS, load_type: LoadType::CsvMetadata, line_end: LineEnd::CrLf };

fn file(shape: Shape, seed: u64) -> (String, Generated<SetupCounts>) {
    let mut out = Vec::new();
    let generated = generate(&mut out, shape, seed).expect("memory takes everything");
    (String::from_utf8(out).expect("the file is UTF-8"), generated)
}

/// Lets `look` see every record; nothing may be found in the file.
fn each_record(text: &str, mut look: impl FnMut(&Record<'_>)) {
    let decoded = Decoded::from(text);
    let mut findings = Collector::new();
    for item in SetupReader::new().for_text(&decoded, &mut findings) {
        if let Item::Record(record) = item {
            look(&record);
        }
    }
    assert_eq!(findings.findings(), []);
}

#[test]
fn a_seed_gives_the_same_file_and_another_seed_another() {
    let shape = Shape { records: 1_000, ..SHAPE };
    assert_eq!(file(shape, 7), file(shape, 7));
    assert_ne!(file(shape, 7).0, file(shape, 8).0);
}

#[test]
fn files_of_all_types_have_the_records_asked_for_and_no_finding() {
    for load_type in LoadType::ALL {
        for line_end in [LineEnd::Lf, LineEnd::CrLf] {
            let (text, generated) = file(Shape { records: RECORDS, load_type, line_end }, 1);
            assert_eq!(text.len() as u64, generated.file_bytes);
            assert_eq!(generated.counts.record, RECORDS);
            assert_eq!(LineEnd::of(&text), Some(line_end));
            let (mut paths, mut records) = (HashSet::new(), 0);
            each_record(&text, |record| {
                records += 1;
                assert_eq!((record.lines(), record.count()), (1, load_type.fields()));
                assert!(paths.insert(record.path().value().to_lowercase()), "{record:?}");
            });
            assert_eq!(records, RECORDS);
        }
    }
}

#[test]
fn the_counts_are_those_that_every_reader_finds() {
    for records in [1, 2, 10_000] {
        let (text, generated) = file(Shape { records, ..SHAPE }, 1);
        assert_eq!(agreed_counts(CONTENDERS, &text).expect("it is read"), generated.counts);
    }
}

#[test]
fn a_file_without_records_has_its_first_line() {
    assert_eq!(file(Shape { records: 0, ..SHAPE }, 1).0, "LoadType=CSVMetadata\r\n");
}

#[test]
fn records_have_the_usual_size_and_a_bit_of_everything() {
    let (text, _) = file(SHAPE, 1);
    let mean = text.len() as u64 / RECORDS;
    assert!((140..=160).contains(&mean), "{mean} bytes a record");
    let (mut single, mut empty, mut commas, mut apostrophes) = (0, 0, 0, 0);
    each_record(&text, |record| {
        single += u64::from(record.fields().any(|field| field.quote() == Quote::Single));
        empty += u64::from(record.fields().any(Field::is_empty));
        commas += u64::from(record.title().value().contains(','));
        apostrophes += u64::from(record.title().value().contains('\''));
    });
    assert!((RECORDS / 150..=RECORDS / 70).contains(&single), "{single} in single quotes");
    assert!((RECORDS / 2..RECORDS).contains(&empty), "{empty} with an empty value");
    assert!(commas > RECORDS / 10 && apostrophes > RECORDS / 200, "{commas}, {apostrophes}");
}

#[test]
fn a_full_disk_is_an_error() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let result = generate(Full, Shape { records: 1, ..SHAPE }, 1);
    assert_eq!(result.map_err(|error| error.kind()), Err(io::ErrorKind::StorageFull));
}
