//! Files to do harm with, and what reading them comes to.

use edu_diagnostics::{Collector, Value};
use edu_syntax::Decoded;
use edu_syntax::xml::Limits;
use ims_enterprise::{ImsReader, ReadError, recognise};

pub(crate) const START: &str = "<enterprise><properties><datasource>SIS</datasource>\
    <datetime>2026-09-01T03:00:00</datetime></properties>";

/// A person with something in front of the name, where 1.1 has `userid`.
pub(crate) fn person(content: &str) -> String {
    format!(
        "<person><sourcedid><source>SIS</source><id>1</id></sourcedid>{content}\
         <name><fn>Eva Maier</fn></name></person>"
    )
}

pub(crate) fn file(content: &str) -> String {
    format!("{START}{content}</enterprise>")
}

pub(crate) fn in_text(text: &str) -> String {
    file(&person(&format!("<userid>{text}</userid>")))
}

pub(crate) fn in_attribute(value: &str) -> String {
    file(&person(&format!("<userid password='{value}'>eva</userid>")))
}

/// The rules over the whole file have tests of their own.
pub(crate) fn reader() -> ImsReader {
    ImsReader::new().without_whole_file_rules()
}

/// A limit would end the reading and hide how it goes on.
pub(crate) const NO_LIMITS: Limits = Limits {
    depth: 128,
    attributes: 256,
    token: usize::MAX,
    record: usize::MAX,
    faults: usize::MAX,
};

/// Number of persons, findings by code, and what there was too much of.
pub(crate) type Outcome = (u64, Vec<(&'static str, u64)>, Option<String>);

pub(crate) fn read(reader: ImsReader, bytes: &[u8]) -> Outcome {
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

pub(crate) fn exceeded(error: &ReadError) -> String {
    let ReadError::Limit(finding) = error else { panic!("{error}") };
    assert!(finding.span.is_some() && finding.position.is_some());
    let Some(Value::Word(what)) = finding.get("what") else { panic!("{error}") };
    what.to_string()
}

/// What an input is, its bytes, and what reading it comes to.
pub(crate) type Case<'a> = (&'a str, Vec<u8>, u64, &'a [(&'a str, u64)], Option<&'a str>);

pub(crate) fn check(cases: &[Case<'_>]) {
    check_with(Limits::default(), cases);
}

pub(crate) fn check_with(limits: Limits, cases: &[Case<'_>]) {
    for (what, bytes, persons, codes, limit) in cases {
        let (found_persons, found, exceeded) = read(reader().with_limits(limits), bytes);
        assert_eq!(
            (found_persons, &found[..], exceeded.as_deref()),
            (*persons, *codes, *limit),
            "{what}"
        );
    }
}
