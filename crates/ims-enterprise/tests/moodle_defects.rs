//! What Moodle's importer misreads, in whole files.

use std::fmt::Write as _;

use edu_diagnostics::Diagnostic;
use edu_syntax::Decoded;
use ims_enterprise::moodle::{Defects, defects};
use proptest::prelude::*;

const ALL: &str = include_str!("fixtures/moodle-defects.xml");
const CLEAN: &str = include_str!("fixtures/moodle-clean.xml");

fn found(text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    defects(&Decoded::from(text), &mut |finding| found.push(finding));
    found
}

fn codes(text: &str) -> Vec<&'static str> {
    found(text).iter().map(|finding| finding.rule.code).collect()
}

/// The file of a person.
fn person(content: &str) -> String {
    format!(
        "<enterprise>\n<person>\n<sourcedid><source>S</source><id>1</id></sourcedid>\n{content}\
         </person>\n</enterprise>"
    )
}

/// The file of a member.
fn member(content: &str) -> String {
    format!(
        "<enterprise>\n<membership>\n<sourcedid><source>S</source><id>C</id></sourcedid>\n\
         <member><sourcedid><source>S</source><id>1</id></sourcedid>{content}</member>\n\
         </membership>\n</enterprise>"
    )
}

#[test]
fn one_file_with_all_defects() {
    let mut lines = String::new();
    let mut sink = |finding: Diagnostic| {
        let line = finding.position.unwrap().line;
        writeln!(lines, "{line} {}: {finding}", finding.rule.code).unwrap();
    };
    Defects::new().with_largest(2000).for_text(&Decoded::from(ALL), &mut sink);
    insta::assert_snapshot!(lines);
    for rule in ims_enterprise::rules::ALL {
        if ["IE-M2", "IE-M3"].iter().any(|area| rule.code.starts_with(area)) {
            assert!(lines.contains(rule.code), "{}", rule.code);
        }
    }
    assert!(!lines.contains("geheim"), "{lines}");
}

#[test]
fn a_clean_file_has_none() {
    assert_eq!(codes(CLEAN), [""; 0]);
    assert_eq!(codes(&CLEAN.replace('\n', "\r\n")), [""; 0]);
    assert_eq!(codes(""), [""; 0]);
    // One line is right for persons and memberships, but not for properties.
    assert_eq!(codes(&CLEAN.replace('\n', " ")), ["IE-M36"]);
}

#[test]
fn memberships_before_persons_and_groups() {
    let record = |name| format!("<{name}><sourcedid><id>1</id></sourcedid></{name}>");
    let (person, group) = (record("person"), record("group"));
    let membership = member("").replace("<id>C<", "<id>1<");
    let membership = &membership[13..membership.len() - 14];
    let file = |between: &str| format!("{membership}{between}{person}{between}{group}");
    assert_eq!(codes(&file("\n")), ["IE-M37", "IE-M37"]);
    assert_eq!(codes(&file(" ")), [""; 0]);
    assert_eq!(codes(&file("\n").replace("<person>", "<person recstatus='2'>")), ["IE-M37"]);
    assert_eq!(codes(&format!("{group}\n{person}\n{membership}\n{person}")), [""; 0]);
    // Two without anything between them end on two lines.
    let first = "<membership><sourcedid><id>2</id></sourcedid></membership>";
    assert_eq!(codes(&format!("{first}{}", file(" "))), [""; 0]);
}

#[test]
fn comments() {
    let cases: &[(&str, &[&str])] = &[
        ("<!-- nothing --><email>a</email>", &[]),
        ("<email>a</email><!-- <email>b</email> -->", &[]),
        ("<!-- <email>b</email> --><email>a</email>", &["IE-M27"]),
        ("<!-- <email>b</email> -->", &["IE-M27"]),
        ("<!-- </person> -->", &["IE-M27"]),
        ("<!-- <person></person> -->", &["IE-M23"]),
        ("<!-- <person><person><group> -->", &[]),
        ("<email>a<!-- b --></email>", &["IE-M24"]),
        ("<email><![CDATA[a]]></email>", &["IE-M24"]),
        ("<email>a &amp; b &nbsp;</email>", &["IE-M24"]),
        ("<email>a & b &nbsp;\r\n</email>", &[]),
        ("<datasource>&amp;</datasource>", &[]),
        ("<extension><![CDATA[<email>b</email>]]></extension>", &["IE-M27"]),
    ];
    for (content, expected) in cases {
        assert_eq!(codes(&person(content)), *expected, "{content}");
    }
    let commented = "<!-- <member><sourcedid><id>2</id></sourcedid></member> -->";
    let file = member("");
    assert_eq!(
        codes(&file.replace("</membership>", &format!("{commented}</membership>"))),
        ["IE-M23"]
    );
    assert_eq!(codes(&file.replace("<member>", &format!("{commented}<member>"))), ["IE-M23"]);
    assert_eq!(codes(&file.replace("<membership>", &format!("{commented}<membership>"))), [""; 0]);
    assert_eq!(codes(&file.replace("<member>", "<!-- </membership> --><member>")), ["IE-M27"]);
}

#[test]
fn items_of_persons() {
    let cases: &[(&str, &[&str])] = &[
        ("<userid authenticationtype=\"ldap\">a</userid>", &[]),
        ("<userid  AUTHENTICATIONTYPE = \"ldap\">a</userid>", &[]),
        ("<userid authenticationtype='ldap'>a</userid>", &["IE-M30"]),
        ("<userid authenticationtype=\"ldap\" useridtype=\"x\">a</userid>", &["IE-M30"]),
        ("<userid useridtype=\"x\" authenticationtype=\"ldap\">a</userid>", &["IE-M30"]),
        ("<userid password=\"x\">a</userid>", &[]),
        ("<userid/>", &[]),
        ("<userid></userid><userid>b</userid>", &[]),
        ("<userid/><userid>b</userid>", &["IE-M29"]),
        ("<name><n><given/><family>x</family></n></name>", &[]),
        ("<name><n x='y'><given>a</given><family>x</family></n></name>", &["IE-M38", "IE-M38"]),
        ("<adr><locality >a</locality><country>b</country></adr>", &["IE-M38"]),
        ("<email>a</email><extension><email>b</email></extension>", &[]),
        ("<extension><email>b</email></extension><email>a</email>", &["IE-M32"]),
        ("<email>a</email >", &["IE-M38"]),
        ("<EMAIL>a</Email>", &[]),
    ];
    for (content, expected) in cases {
        assert_eq!(codes(&person(content)), *expected, "{content}");
    }
    for recstatus in ["1", "9"] {
        let file = person("").replace("<person>", &format!("<person recstatus='{recstatus}'>"));
        assert_eq!(codes(&file), [""; 0]);
    }
    for recstatus in ["02", "Delete", " 3", "&#51;"] {
        let file = person("").replace("<person>", &format!("<person recstatus='{recstatus}'>"));
        assert_eq!(codes(&file), ["IE-M34"]);
    }
    let mut two = person("").replace("<sourcedid>", "<sourcedid sourcedidtype='New'>");
    assert_eq!(codes(&two), ["IE-M31"]);
    two = two.replace("</person>", "<sourcedid><id>2</id></sourcedid></person>");
    assert_eq!(codes(&two), ["IE-M31"]);
}

#[test]
fn items_of_groups() {
    let group = |content: &str| person(content).replace("person>", "group>");
    let unit = "<orgunit>a</orgunit>";
    let cases: &[(&str, &[&str])] = &[
        (&format!("<org>{unit}<orgunit/>{unit}</org>"), &[]),
        (&format!("<org>{unit}<orgunit>R&amp;D</orgunit>{unit}</org>"), &["IE-M24"]),
        (&format!("<org>{unit}<orgunit x='y'>b</orgunit>{unit}</org>"), &["IE-M38"]),
        (&format!("<org x='y'>{unit}</org>"), &["IE-M38"]),
        (&format!("<extension><org>{unit}</org></extension>"), &["IE-M32"]),
        ("<org/>", &[]),
        ("<description><short/><long></long></description>", &[]),
    ];
    for (content, expected) in cases {
        assert_eq!(codes(&group(content)), *expected, "{content}");
    }
}

#[test]
fn items_of_members() {
    let first = "<role roletype='01'><status>1</status>";
    let dates = |begin: &str| format!("{first}<timeframe>{begin}</timeframe></role>");
    let cases: &[(&str, &[&str])] = &[
        (&format!("{first}</role>"), &[]),
        (&format!("{first}</role><role recstatus='3' roletype='02'/>"), &[]),
        ("<role\nRoleType='01'/>", &[]),
        ("<role><status>1</status></role>", &[]),
        ("<role recstatus='1' roletype='01'/>", &["IE-M20"]),
        ("<role><roletype>01</roletype></role>", &["IE-M35"]),
        ("<role roletype='01'/><role><status>0</status></role>", &["IE-M38"]),
        (&format!("<!-- <role roletype='02'> -->{first}</role>"), &["IE-M27"]),
        (&dates("<begin restrict=\"1\">2026-09-01</begin>"), &[]),
        (&dates("<begin  Restrict=\"1\">2026-09-01</BEGIN>"), &[]),
        (&dates("<begin restrict=\"0\">tomorrow</begin><end>x</end>"), &[]),
        (&dates("<begin restrict=\"1\"></begin>"), &[]),
        (&dates("<begin restrict=\"1\"> 2026-09-01</begin>"), &["IE-M33"]),
        (&dates("<end restrict=\"1\">2026-09-01T00:00:00</end>"), &["IE-M33"]),
        (&dates("<end restrict='1'>2026-09-01</end>"), &["IE-M33"]),
        (&dates("<begin restrict=\"1\">2026-09-é</begin>"), &["IE-M33"]),
        (&format!("{first}<extension><cohort>A &amp; B</cohort></extension></role>"), &["IE-M24"]),
    ];
    for (content, expected) in cases {
        assert_eq!(codes(&member(content)), *expected, "{content}");
    }
    let file = member("");
    assert_eq!(codes(&file.replace("<member>", "<member >")), ["IE-M21"]);
    assert_eq!(codes(&file.replace("</member>", "</member\n>")), ["IE-M26"]);
    assert_eq!(codes(&file.replace("</membership>", "</membership >")), ["IE-M26"]);
    let prefixed = file.replace("membership>", "e:membership>").replace("member>", "e:member>");
    assert_eq!(codes(&prefixed), ["IE-M25"]);
    let key = "<sourcedid><source>S</source><id>C</id></sourcedid>\n";
    let late = file.replacen(key, "", 1).replace("</membership>", &format!("{key}</membership>"));
    assert_eq!(codes(&late), ["IE-M38"]);
}

#[test]
fn the_size_of_a_membership_is_that_of_the_whole() {
    let file = member("");
    let start = file.find("<membership").unwrap();
    let size = (file.find("</membership>").unwrap() + "</membership>".len() - start) as u64;
    let count = |largest| {
        let mut count = 0;
        let defects = Defects::new().with_largest(largest);
        defects.for_text(&Decoded::from(file.as_str()), &mut |_| count += 1);
        count
    };
    assert_eq!((count(size), count(size - 1)), (0, 1));
}

/// Memberships that never end, comments that never end, and end tags that are never found.
#[test]
fn hostile_files_take_linear_time() {
    for piece in [
        "<membership>",
        "<membership><sourcedid a=''><id>",
        "<membership><member>",
        "<person><!-- <person> -->",
        "<!-- <person ",
        "<group><sourcedid><id></id>",
        "<person><email><email><![CDATA[",
        "<properties/>",
        "<person/><properties/>",
        "<membership></membership>",
        "<person><userid/>",
    ] {
        found(&format!("<enterprise>{}", piece.repeat(10_000)));
    }
}

proptest! {
    #[test]
    fn any_soup_is_taken_in_order(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "<person>", "</person>", "<group>", "</group>", "<membership>", "</membership>",
                "<membership/>", "<member>", "</member>", "<member a='b'>", "<sourcedid>",
                "</sourcedid>", "<sourcedid a=''>", "<id>", "</id>", "<id></id>", "<id/>", "1", "é",
                "<!--", "-->", "<![CDATA[", "]]>", "&amp;", "<", ">", "\n", "<properties>",
                "</properties>", "<role", "<role recstatus='1' roletype='01'>", "</role>",
                "<userid/>", "<userid authenticationtype='", "</userid>", "<userid>", "<e:person>",
                "</e:person>", "<timeframe>", "</timeframe>", "<begin restrict='1'>", "</begin>",
                "</person >", "<extension>", "</extension>", "<email>", "</email>", "<org>", "</org>",
                "<orgunit>", "</orgunit>", "</membership ", "<?", "?>", "<!DOCTYPE",
            ]),
            0..60,
        )
    ) {
        let text = pieces.concat();
        let found = found(&text);
        prop_assert!(found.iter().all(|finding| finding.position.is_some()));
        prop_assert!(found.is_sorted_by_key(|finding| finding.span), "{text} {found:?}");
    }
}
