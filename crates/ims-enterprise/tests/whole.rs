//! Rules over the whole file find the same whatever comes first.

use std::collections::BTreeSet;

use edu_diagnostics::{Collector, Diagnostic};
use edu_syntax::Decoded;
use ims_enterprise::{ImsReader, rules};

fn findings(text: &str) -> Vec<Diagnostic> {
    let decoded = Decoded::from(text);
    let mut found = Collector::new();
    let reading = ImsReader::new().for_text(&decoded, &mut found);
    assert!(reading.flatten().count() > 0);
    found.into_sorted()
}

fn codes(text: &str) -> BTreeSet<&'static str> {
    findings(text).iter().map(|finding| finding.rule.code).collect()
}

/// The same file with its memberships before all else.
fn memberships_first(text: &str) -> Option<String> {
    let start = text.find("  <membership>")?;
    let end = text.rfind("</membership>\n")? + "</membership>\n".len();
    let properties_end = text.find("</properties>\n")? + "</properties>\n".len();
    Some(
        [&text[..properties_end], &text[start..end], &text[properties_end..start], &text[end..]]
            .concat(),
    )
}

#[test]
fn a_reference_before_its_record_is_judged_too() {
    let mut turned = 0;
    for rule in rules::ALL.iter().filter(|rule| rule.code.starts_with("IE-K")) {
        for example in [rule.bad, rule.good] {
            let text = str::from_utf8(example).unwrap();
            let Some(other_way) = memberships_first(text) else { continue };
            let mut expected = codes(text);
            expected.insert(rules::RECORDS_OUT_OF_ORDER.code);
            assert_eq!(codes(&other_way), expected, "{}: {other_way}", rule.code);
            turned += 1;
        }
    }
    assert!(turned >= 14, "{turned} examples have memberships");
}

#[test]
fn a_member_without_idtype_may_be_a_group_that_comes_later() {
    let text = "<enterprise><properties><datasource>S</datasource><type>full</type><datetime>2026-09-01</datetime></properties>\
        <membership><sourcedid><source>S</source><id>A</id></sourcedid><member><sourcedid><source>S</source><id>B</id></sourcedid>\
        <role roletype='01'><status>1</status></role></member></membership>\
        <group><sourcedid><source>S</source><id>A</id></sourcedid><description><short>A</short></description></group>\
        <group><sourcedid><source>S</source><id>B</id></sourcedid><description><short>B</short></description></group></enterprise>";
    assert!(!codes(text).contains("IE-K01"), "{:?}", findings(text));
}

#[test]
fn who_is_deleted_gives_the_login_name_free() {
    let person = |recstatus: &str, id: &str| {
        format!(
            "<person recstatus='{recstatus}'><sourcedid><source>S</source><id>{id}</id></sourcedid>\
             <userid>eva</userid><name><fn>E</fn></name></person>"
        )
    };
    let file = |first: &str| {
        format!("<enterprise>{}{}</enterprise>", person(first, "1"), person("1", "2"))
    };
    assert!(!codes(&file("3")).contains("IE-K13"));
    assert!(codes(&file("1")).contains("IE-K13"));
}

#[test]
fn long_circles_and_many_parents_take_no_recursion() {
    let group = |id: usize, parent: usize| {
        format!(
            "<group><sourcedid><source>S</source><id>g{id}</id></sourcedid><description><short>g</short></description>\
             <relationship relation='1'><sourcedid><source>S</source><id>g{parent}</id></sourcedid><label/></relationship></group>"
        )
    };
    let many = 100_000;
    let groups: String = (0..many).map(|id| group(id, (id + 1) % many)).collect();
    let found = findings(&format!("<enterprise>{groups}</enterprise>"));
    let circles: Vec<_> =
        found.iter().filter(|finding| *finding.rule == rules::PARENT_CYCLE).collect();
    assert_eq!(circles.len(), 1);
    assert!(circles[0].to_string().contains("over 100000 groups"), "{}", circles[0]);
}

/// One fault of each rule over the whole file, and nothing else.
#[test]
fn one_fault_of_each_rule() {
    let text = include_str!("fixtures/whole-file.xml");
    let decoded = Decoded::from(text);
    let mut found = Collector::new();
    assert!(
        ImsReader::new().with_target("LMS").for_text(&decoded, &mut found).flatten().count() > 0
    );
    let places: Vec<_> = found
        .into_sorted()
        .iter()
        .map(|finding| {
            let (span, position) = (finding.span.unwrap(), finding.position.unwrap());
            let source = &text[span.range().unwrap()];
            format!("{} {source} {}", finding.rule.code, position.line)
        })
        .collect();
    let mut codes: Vec<_> = places.iter().map(|place| &place[..6]).collect();
    codes.sort_unstable();
    let all: Vec<_> =
        rules::ALL.iter().map(|rule| rule.code).filter(|code| code.starts_with("IE-K")).collect();
    assert_eq!(codes, all, "{places:#?}");
    insta::assert_snapshot!(places.join("\n"));
}
