//! What there is too much of, and where the reading ends; what is held until then.

use std::io::{BufReader, Read};

use edu_diagnostics::{Collector, Diagnostic, Value};
use edu_syntax::Decoded;
use edu_syntax::xml::Limits;
use ims_enterprise::{ImsReader, ReadError, StreamError};

use crate::input::{NO_LIMITS, check, exceeded, file, in_attribute, in_text, person, read, reader};
use crate::time::is_slow;

#[test]
fn limits() {
    const MEGA: usize = 1 << 20;
    let big = || "x".repeat(20 * MEGA);
    let name = || "x".repeat(9 * MEGA);
    let deep = "<x>".repeat(1_000_000);
    let nested = format!("{}{}", "<x>".repeat(100_000), "</x>".repeat(100_000));
    let attributes = format!("<userid{}>x</userid>", " a='1'".repeat(1_000_000));
    check(&[
        ("depth", file(&deep).into(), 0, &[], Some("depth")),
        ("depth in a record", file(&person(&deep)).into(), 0, &[], Some("depth")),
        ("depth without root", deep.clone().into(), 0, &[], Some("depth")),
        (
            "depth around records",
            format!("{deep}{}", file(&person(""))).into(),
            0,
            &[],
            Some("depth"),
        ),
        ("unknown elements", file(&nested).into(), 0, &[], Some("depth")),
        ("attributes", file(&person(&attributes)).into(), 0, &[], Some("attributes")),
        ("a text", in_text(&big()).into(), 0, &[], Some("token")),
        ("an attribute", in_attribute(&big()).into(), 0, &[], Some("token")),
        ("a comment", file(&format!("<!--{}-->", big())).into(), 0, &[], Some("token")),
        ("a section", in_text(&format!("<![CDATA[{}]]>", big())).into(), 0, &[], Some("token")),
        ("an instruction", file(&format!("<?{}?>", big())).into(), 0, &[], Some("token")),
        ("a name", file(&format!("<{}/>", name())).into(), 0, &[], Some("token")),
        (
            "the name of an attribute",
            file(&format!("<x {}='1'/>", name())).into(),
            0,
            &[],
            Some("token"),
        ),
        (
            "a record",
            file(&person(&"<userid>x</userid>".repeat(17 * MEGA / 18))).into(),
            0,
            &[],
            Some("record"),
        ),
    ]);
}

#[test]
fn a_record_is_refused_where_it_is_too_large_and_not_at_its_end() {
    let limits = Limits { record: 50_000, ..Limits::default() };
    let [little, much] =
        [10_000, 160_000].map(|items| file(&person(&"<userid>x</userid>".repeat(items))));
    let run = |text: &str| {
        let (persons, _, limit) = read(reader().with_limits(limits), text.as_bytes());
        assert_eq!((persons, limit.as_deref()), (0, Some("record")));
    };
    // Sixteen times the length takes no more than eight times the time.
    assert!(!is_slow(|| run(&little), || run(&much)));
}

/// A start, then the same for ever; counts what was taken.
struct Endless {
    start: &'static [u8],
    again: &'static [u8],
    taken: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for byte in &mut *buffer {
            *byte = match self.taken.checked_sub(self.start.len()) {
                None => self.start[self.taken],
                Some(past) => self.again[past % self.again.len()],
            };
            self.taken += 1;
        }
        Ok(buffer.len())
    }
}

/// The limit that ends the reading of a start with the same behind it for ever, and the bytes taken.
fn exceeded_by_endless(
    limits: Limits,
    start: &'static str,
    again: &'static str,
) -> (ReadError, usize) {
    let endless = Endless { start: start.as_bytes(), again: again.as_bytes(), taken: 0 };
    let mut input = BufReader::new(endless);
    let mut found = Collector::new().with_limit(10);
    let stream = reader().with_limits(limits).for_reader(&mut input, &mut found);
    let result = stream.with_piece(4096).for_each(|_| ());
    let Err(StreamError::Read(error)) = result else { panic!("{start}{again}: {result:?}") };
    (error, input.get_ref().taken)
}

#[test]
fn a_stream_without_end_is_refused() {
    let limits = Limits { token: 20_000, record: 50_000, ..NO_LIMITS };
    let cases: [(&str, &str); 9] = [
        ("<enterprise><person>", "<userid>x</userid>"),
        ("<enterprise><person>", "<x>y</x>"),
        ("<enterprise><person>", "&"),
        ("<enterprise><person>", "</x>"),
        ("<enterprise><person><extension>", "<x>y</x>"),
        ("<enterprise><person", " a='1'"),
        ("<enterprise><person><name><fn>", "x<b>y</b>"),
        ("<enterprise><membership><member>", "<role><status>1</status></role>"),
        ("<enterprise><", "person"),
    ];
    for (start, again) in cases {
        let (error, taken) = exceeded_by_endless(limits, start, again);
        assert!(["token", "record", "attributes"].contains(&exceeded(&error).as_str()), "{error}");
        assert!(taken < 300_000, "{start} {again}: {taken}");
    }
}

#[test]
fn eight_megabytes_of_ampersands_in_one_text_end_the_reading_soon() {
    let text = in_text(&"&".repeat((8 << 20) - 1000));
    let first = text.find('&').unwrap() as u64;
    let decoded = Decoded::from(text.as_str());
    let mut found = Collector::new();
    let error = reader().for_text(&decoded, &mut found).find_map(Result::err).unwrap();
    assert_eq!(exceeded(&error), "faults");
    let finding = error.diagnostic();
    assert_eq!((finding.rule.code, finding.get("limit")), ("IE-F07", Some(&Value::Count(10_000))));
    assert_eq!(finding.span.unwrap().start, first + 10_001, "not a byte further");
    assert_eq!(found.counts().count(), 0, "nothing is said about half a record");

    let (error, taken) =
        exceeded_by_endless(Limits::default(), "<enterprise><person><userid>", "&");
    assert_eq!(exceeded(&error), "faults");
    assert!(taken < 50_000, "{taken}");
}

/// What is said about a record has to be kept until the record is over.
#[test]
fn a_record_that_is_nothing_but_damage_ends_the_reading_soon() {
    const DAMAGE: [(&str, &str); 17] = [
        ("<enterprise><person><userid>", "&"),
        ("<enterprise><person><userid>", "<"),
        ("<enterprise><person><userid>", "&x;"),
        ("<enterprise><person><userid>", "&#0;"),
        ("<enterprise><person><userid>", "</x>"),
        ("<enterprise><person><userid>", "<b x=1/>"),
        ("<enterprise><person><userid>", "<!-- -- -->"),
        ("<enterprise><person><userid>", "]]>"),
        ("<enterprise><person><userid>", "\u{1}x"),
        ("<enterprise><person><userid a='", "&"),
        ("<enterprise><person><userid a='", "<"),
        ("<enterprise><person><userid ", "="),
        ("<enterprise><person>", "</x>"),
        ("<enterprise><person>", "<!-- -- -->"),
        ("<enterprise><person>", "<?xml version='1.0'?>"),
        ("<enterprise><person>", "<x/>"),
        ("<enterprise><person><extension>", "<b x=1/>"),
    ];
    let limits = Limits { token: 100_000, record: 200_000, faults: 100, ..Limits::default() };
    let mut wrong = Vec::new();
    for (start, again) in DAMAGE {
        let text = format!("{start}{}", again.repeat(10_000));
        let (_, _, what) = read(reader().with_limits(limits), text.as_bytes());
        let (error, taken) = exceeded_by_endless(limits, start, again);
        let (what, endless) = (what.unwrap_or_default(), exceeded(&error));
        // These are looked for where a record is over, so that its text becomes too long before.
        let at_the_end = matches!(again, "]]>" | "\u{1}x");
        let (expected, most) = if at_the_end { ("token", 250_000) } else { ("faults", 20_000) };
        if (what.as_str(), endless.as_str()) != ("faults", expected) || taken > most {
            wrong.push(format!("{start}{again:?}: {what:?} {endless:?} {taken}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A text of megabytes may have a million findings: none of them may hold the whole of it.
#[test]
fn what_findings_hold_is_bounded() {
    let cases = [
        file(&person("").replace("1</id>", &"& ".repeat(2000))),
        in_text(&"& ".repeat(2000)),
        file(&person(&format!("<tel teltype='{}'/>", "&amp;amp; ".repeat(2000)))),
        file(&person(&format!("<{}>", "n".repeat(8000)))),
    ];
    for text in cases {
        let decoded = Decoded::from(text.as_str());
        let mut longest = 0;
        let mut sink = |finding: Diagnostic| {
            let lengths = finding.args.iter().map(|arg| match &arg.value {
                Value::Data(text) => text.len(),
                Value::Word(word) => word.len(),
                _ => 0,
            });
            longest = longest.max(lengths.max().unwrap_or_default());
        };
        assert!(ImsReader::new().for_text(&decoded, &mut sink).all(|record| record.is_ok()));
        assert!((1..2000).contains(&longest), "{longest}");
    }
}
