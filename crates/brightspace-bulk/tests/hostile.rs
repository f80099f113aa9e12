//! Setup files that nobody would write by hand.

use std::io::{BufReader, Read};

use brightspace_bulk::{Item, LineEnd, Record, SetupReader, rewrite};
use edu_diagnostics::{Collector, Diagnostic};
use edu_syntax::Decoded;

const RECORD: &str = "2,\"\\\\srv\\a.gif\",\"t\",,,,,,\n";

/// Number of records, and the findings of a stream.
fn stream(input: impl Read) -> (u64, Vec<Diagnostic>) {
    let mut findings = Collector::new();
    let mut stream = SetupReader::new().for_reader(BufReader::new(input), &mut findings);
    stream.for_each(|_| ()).expect("it can be read");
    (stream.records(), findings.into_sorted())
}

fn codes(findings: &[Diagnostic]) -> Vec<(&'static str, Option<u64>)> {
    findings.iter().map(|f| (f.rule.code, f.position.map(|at| at.line))).collect()
}

#[test]
fn a_line_of_100_mb_is_passed_over() {
    let head = format!("LoadType=CSVMetadata\n{RECORD}2,\"");
    let rest = format!("\",,,,\n{}", RECORD.replace("a.gif", "b.gif"));
    let long = std::io::repeat(b'x').take(100_000_000);
    let (records, found) = stream(head.as_bytes().chain(long).chain(rest.as_bytes()));
    assert_eq!((records, codes(&found)), (2, vec![("BR-F08", Some(3))]));
}

#[test]
fn a_comment_of_many_megabytes_does_not_hold_a_record_open() {
    // The record could go on behind the comments; it is not waited for.
    let head = format!("LoadType=CSVMetadata\n{}", RECORD.trim_end());
    let comments = "// nothing\n".repeat(1_000_000);
    let (records, found) = stream(format!("{head}\n{comments}x\n").as_bytes());
    assert_eq!(records, 2);
    assert_eq!(codes(&found)[0], ("BR-R01", Some(1_000_003)));
}

#[test]
fn a_record_on_a_million_lines() {
    let text = format!(
        "LoadType=CSVMetadata\n2,\"\\\\srv\\a.gif\",\n{}\"t\",,,,,,\n",
        "\n".repeat(1_000_000)
    );
    let (records, found) = stream(text.as_bytes());
    assert_eq!((records, codes(&found)), (1, vec![("BR-R07", Some(2))]));
}

#[test]
fn a_million_fields() {
    let text = format!("LoadType=Package\n2,\"\\\\srv\\a.zip\"{}\n{RECORD}", ",".repeat(1_000_000));
    let (records, found) = stream(text.as_bytes());
    assert_eq!(records, 2);
    assert_eq!(codes(&found)[0], ("BR-R03", Some(2)));
}

#[test]
fn zero_bytes_and_other_control_characters_are_said_once_a_line() {
    let text = "LoadType=Package\n2,\"\\\\srv\\a\0\0.zip\"\n\0\0\n3,\"\\\\srv\\b.zip\"\n";
    let (records, found) = stream(text.as_bytes());
    assert_eq!(records, 3);
    let control: Vec<_> = codes(&found).into_iter().filter(|(code, _)| *code == "BR-F09").collect();
    assert_eq!(control, [("BR-F09", Some(2)), ("BR-F09", Some(3))]);
}

#[test]
fn the_record_on_the_line_of_the_type_is_read() {
    let text = "LoadType=CSVMetadata \"1006\",\"\\\\srv\\a.gif\",\"t\",,,,,,\r\n";
    let decoded = Decoded::from(text);
    let mut findings = Collector::new();
    let items: Vec<_> = SetupReader::new().for_text(&decoded, &mut findings).collect();
    let [_, Item::Record(record)] = &items[..] else { panic!("{items:?}") };
    assert_eq!((record.repository().value(), record.line(), record.count()), ("1006", 1, 9));
    assert_eq!(codes(&findings.into_sorted()), [("BR-F02", Some(1)), ("BR-R08", Some(1))]);
}

#[test]
fn what_would_lose_something_is_not_written_back() {
    let with = |record: &str| format!("LoadType=CSVMetadata\n{record}\n{RECORD}");
    for (record, reason) in [
        (
            "2,\"\\\\srv\\a.gif\",\"Say \\\"don't\\\"\",,,,,,",
            "the quotes around a value are damaged",
        ),
        (
            "2,\"\\\\srv\\a.gif\",Say \"don't\",,,,,,",
            "the title cannot be written: it holds both kinds of quote (BR-R10)",
        ),
        ("2,\"\\\\srv\\a.gif\",a,b,,,,,,", "there are too many fields"),
        ("two,\"\\\\srv\\a.gif\",,,,,,,", "the repository id is no positive number"),
        ("2,,,,,,,,", "a path is missing"),
        (
            "2,'\\\\srv\\a\".gif',,,,,,,",
            "the path cannot be written: it holds a double quote (BR-R10)",
        ),
    ] {
        let text = with(record);
        let mut findings = Collector::new();
        let error =
            rewrite(SetupReader::new(), &Decoded::from(text.as_str()), &mut findings).unwrap_err();
        assert_eq!(error.to_string(), format!("line 2: {reason}"), "{record}");
    }
}

#[test]
fn comments_stay_with_their_record() {
    let text =
        "\u{FEFF}// a\n\nLoadType = Package\n// b\n 2,\\\\s\\x.zip\n\n//c \n3,'\\\\s\\y.zip'\n// d";
    let decoded = Decoded::new(text.as_bytes());
    let mut findings = Collector::new();
    let written = rewrite(SetupReader::new(), &decoded, &mut findings).unwrap();
    let expected =
        "\u{FEFF}LoadType=Package\n// a\n// b\n2,\"\\\\s\\x.zip\"\n//c\n3,\"\\\\s\\y.zip\"\n// d\n";
    assert_eq!(written, expected);
    assert_eq!(LineEnd::of(&written), Some(LineEnd::Lf));
}

/// A record is lent out of a window that moves: what is read must not depend on it.
#[test]
fn records_outlive_nothing_but_the_text() {
    let text = String::from("LoadType=Package\n2,\"\\\\srv\\a.zip\"\n");
    let decoded = Decoded::from(text.as_str());
    let record: Record<'_> = {
        let mut findings = Collector::new();
        let items: Vec<_> = SetupReader::new().for_text(&decoded, &mut findings).collect();
        let Some(Item::Record(record)) = items.into_iter().last() else { panic!() };
        *record
    };
    assert_eq!(record.path().value(), r"\\srv\a.zip".replace(r"\\\\", r"\\"));
}
