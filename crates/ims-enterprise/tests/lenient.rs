//! The forms that the field sends: out of order, damaged, in other names, in other frames.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails")]

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use edu_syntax::xml::Text;
use ims_enterprise::codes::{IdType, RecStatus, RoleType, Status};
use ims_enterprise::{Document, ImsReader, Other, Record, SourcedId, Version};

const PROPERTIES: &str = "<properties><datasource>SIS</datasource>\
    <datetime>2026-09-01T03:00:00</datetime></properties>";

/// The rules over the whole file have tests of their own.
fn reader() -> ImsReader {
    ImsReader::new().without_whole_file_rules()
}

/// Reads the whole text, hands the document and the codes of the findings over.
fn with_document(text: &str, check: impl FnOnce(&Document<'_>, &[&'static str])) {
    let decoded = Decoded::from(text);
    let mut found = Collector::new();
    reader().document(&decoded, &mut found).unwrap();
    let codes: Vec<_> = found.into_sorted().iter().map(|finding| finding.rule.code).collect();
    let mut again = Collector::new();
    check(&reader().document(&decoded, &mut again).unwrap(), &codes);
}

/// As [`with_document`], with `content` behind the properties of an `enterprise` element.
fn with_content(content: &str, check: impl FnOnce(&Document<'_>, &[&'static str])) {
    with_document(&format!("<enterprise>{PROPERTIES}{content}</enterprise>"), check);
}

fn person(id: &str) -> String {
    format!(
        "<person><sourcedid><source>SIS</source><id>{id}</id></sourcedid>\
         <name><fn>Eva Maier</fn></name></person>"
    )
}

fn member(id: &str) -> String {
    format!(
        "<member><sourcedid><source>SIS</source><id>{id}</id></sourcedid><idtype>1</idtype>\
         <role roletype=\"01\"><status>1</status></role></member>"
    )
}

const COURSE: &str = "<sourcedid><source>SIS</source><id>C1</id></sourcedid>";

fn v(text: Option<Text<'_>>) -> String {
    text.expect("the item is there").value().into_owned()
}

fn source_and_id(sourcedid: &SourcedId<'_>) -> (String, String) {
    (v(sourcedid.source), v(sourcedid.id))
}

#[test]
fn idtype_as_an_attribute_and_roletype_as_an_element() {
    let members = "<member><sourcedid><source>S</source><id>1</id></sourcedid><idtype idtype=\"2\"/>\
        <role><roletype>02</roletype><status>1</status></role></member>\
        <member><sourcedid><source>S</source><id>2</id></sourcedid><idtype idtype=\"2\">1</idtype>\
        <role roletype=\"01\"><roletype>02</roletype><status>1</status></role></member>";
    with_content(&format!("<membership>{COURSE}{members}</membership>"), |document, codes| {
        let members = &document.memberships[0].members;
        let read: Vec<_> = members
            .iter()
            .map(|member| (member.idtype().unwrap(), member.roles[0].roletype().unwrap().code()))
            .collect();
        // Where both forms are there, the one of 1.1 counts.
        assert_eq!(
            read,
            [(IdType::Group, RoleType::Instructor), (IdType::Person, RoleType::Learner)]
        );
        assert_eq!(codes, ["IE-S07", "IE-S08", "IE-S07", "IE-S08"]);
    });
}

#[test]
fn upper_case_names_are_those_of_1_0() {
    let text = "<ENTERPRISE>\
        <PROPERTIES><DATASOURCE>S</DATASOURCE><DATETIME>1999-10-28</DATETIME></PROPERTIES>\
        <PERSON RECSTATUS=\"1\"><SOURCEDID><SOURCE>S</SOURCE><ID>7</ID></SOURCEDID>\
        <NAME><FN>Ann</FN><N><FAMILY>Lee</FAMILY></N></NAME></PERSON>\
        <MEMBERSHIP><SOURCEDID><SOURCE>S</SOURCE><ID>C</ID></SOURCEDID>\
        <MEMBER><SOURCEDID><SOURCE>S</SOURCE><ID>7</ID></SOURCEDID><IDTYPE>1</IDTYPE>\
        <ROLE ROLETYPE=\"02\"><STATUS>1</STATUS></ROLE></MEMBER></MEMBERSHIP></ENTERPRISE>";
    with_document(text, |document, codes| {
        let person = &document.persons[0];
        let name = person.name.as_ref().unwrap();
        assert_eq!(person.recstatus.unwrap().code(), RecStatus::Add);
        assert_eq!(v(name.full), "Ann");
        assert_eq!(v(name.parts.as_ref().unwrap().family), "Lee");
        let role = &document.memberships[0].members[0].roles[0];
        assert_eq!(role.roletype().unwrap().code(), RoleType::Instructor);
        assert_eq!(document.summary.version, Version::V1_0);
        assert_eq!(codes, ["IE-S06"], "reported once a file");
    });
}

#[test]
fn versions_are_detected_by_what_shows_them() {
    let root = |start: &str| format!("{start}{PROPERTIES}{}</enterprise>", person("1"));
    let inside = |content: &str| format!("<enterprise>{PROPERTIES}{content}</enterprise>");
    let in_person = |item: &str| inside(&person("1").replace("<name>", &format!("{item}<name>")));
    let behind_name =
        |item: &str| inside(&person("1").replace("</name>", &format!("</name>{item}")));
    let in_name =
        person("1").replace("</fn>", "</fn><n><partname partnametype='x'>y</partname></n>");
    let cases = [
        (root("<enterprise>"), Version::Undetermined),
        (
            root("<!DOCTYPE enterprise SYSTEM 'http://x.example/ims_epv1p1.dtd'><enterprise>"),
            Version::V1_1,
        ),
        (root("<!DOCTYPE enterprise SYSTEM 'IMS-EP01.dtd'><enterprise>"), Version::V1_0),
        (
            root("<enterprise xmlns='http://www.imsproject.org/xsd/imsep_rootv1p01'>"),
            Version::V1_01,
        ),
        (root("<enterprise xmlns='http://imsglobal.org/IMS_EPv1p1'>"), Version::V1_1),
        (root("<enterprise xmlns='http://other.example/'>"), Version::Undetermined),
        (in_person("<userid>a</userid>"), Version::Undetermined),
        (in_person("<userid password='x'>a</userid>"), Version::V1_1),
        (in_person("<userid>a</userid><userid>b</userid>"), Version::V1_1),
        (in_person("<sourcedid><source>S</source><id>2</id></sourcedid>"), Version::V1_1),
        (behind_name("<systemrole systemroletype='User'/>"), Version::V1_1),
        (
            behind_name("<institutionrole primaryrole='No' institutionroletype='Student'/>"),
            Version::V1_1,
        ),
        (inside(&in_name), Version::V1_1),
        (
            inside(&format!("<membership>{COURSE}{}</membership>", member("1"))),
            Version::Undetermined,
        ),
        (
            inside(&format!(
                "<membership>{COURSE}{}</membership>",
                member("1").replace("01", "Learner")
            )),
            Version::V1_1,
        ),
    ];
    for (text, version) in cases {
        with_document(&text, |document, _| assert_eq!(document.summary.version, version, "{text}"));
    }
}

#[test]
fn a_prefix_on_the_names_of_the_format_changes_nothing() {
    let text = "<i:enterprise xmlns:i=\"http://www.imsglobal.org/xsd/imsep_rootv1p01\">\
        <i:properties><i:datasource>S</i:datasource><i:datetime>2026-09-01</i:datetime></i:properties>\
        <i:person recstatus=\"1\"><i:sourcedid><i:source>S</i:source><i:id>7</i:id></i:sourcedid>\
        <i:userid useridtype=\"Login\">ann</i:userid><i:name><i:fn>Ann</i:fn></i:name></i:person>\
        <i:membership><i:sourcedid><i:source>S</i:source><i:id>C</i:id></i:sourcedid>\
        <i:member><i:sourcedid><i:source>S</i:source><i:id>7</i:id></i:sourcedid>\
        <i:idtype>1</i:idtype><i:role roletype=\"02\"><i:status>1</i:status></i:role></i:member>\
        </i:membership></i:enterprise>";
    with_document(text, |document, codes| {
        let person = &document.persons[0];
        assert_eq!(v(person.name.as_ref().unwrap().full), "Ann");
        assert_eq!(v(person.userids[0].useridtype), "Login");
        assert_eq!(v(person.sourcedids[0].id), "7");
        let role = &document.memberships[0].members[0].roles[0];
        assert_eq!(role.status.unwrap().code(), Status::Active);
        let namespace = "http://www.imsglobal.org/xsd/imsep_rootv1p01";
        assert_eq!(document.summary.namespace.as_deref(), Some(namespace));
        assert_eq!(document.summary.version, Version::V1_01);
        assert_eq!(codes, [""; 0]);
    });
}

#[test]
fn what_1_1_does_not_have_is_kept() {
    let person = person("1")
        .replace("<person>", "<person campus=\"North\" xmlns:x=\"urn:x\">")
        .replace("<fn>", "<fn script=\"Latn\">")
        .replace("</person>", "<x:badge>44</x:badge><locker>12</locker></person>");
    let membership =
        format!("<membership term=\"A\">{COURSE}<type>meta</type>{}</membership>", member("1"));
    with_content(&format!("{person}<room>3</room>{membership}"), |document, codes| {
        let shown = |other: &[Other<'_>]| -> Vec<String> {
            other
                .iter()
                .map(|other| match other {
                    Other::Element(element) => element.source().to_owned(),
                    Other::Attribute(attribute) => {
                        format!("{}={}", attribute.name(), attribute.value().value())
                    }
                    Other::ChildAttribute { attribute, .. } => {
                        format!("fn/{}={}", attribute.name(), attribute.value().value())
                    }
                    other => panic!("{other:?}"),
                })
                .collect()
        };
        let person = &document.persons[0];
        assert_eq!(
            shown(&person.other),
            ["campus=North", "xmlns:x=urn:x", "<x:badge>44</x:badge>", "<locker>12</locker>"]
        );
        assert_eq!(shown(&person.name.as_ref().unwrap().other), ["fn/script=Latn"]);
        let membership = &document.memberships[0].membership;
        assert_eq!(shown(&membership.other), ["term=A", "<type>meta</type>"]);
        let [Record::Unknown(room)] = &document.other[..] else { panic!("{:?}", document.other) };
        assert_eq!(room.source(), "<room>3</room>");
        assert_eq!(
            codes,
            ["IE-S04", "IE-S04", "IE-S03", "IE-S03", "IE-S03", "IE-S04", "IE-S03"],
            "an attribute with a prefix may stand anywhere"
        );
    });
}

#[test]
fn every_extension_is_kept_and_of_other_items_the_first_counts() {
    let person = person("1").replace(
        "</person>",
        "<email>a@x.example</email><email>b@x.example</email>\
         <extension><a/></extension><extension><b/></extension></person>",
    );
    with_content(&person, |document, codes| {
        let person = &document.persons[0];
        assert_eq!(v(person.email), "a@x.example");
        let [Other::Element(second)] = &person.other[..] else { panic!("{:?}", person.other) };
        assert_eq!(second.source(), "<email>b@x.example</email>");
        let extensions: Vec<_> =
            person.extensions.iter().map(|extension| extension.element.source()).collect();
        assert_eq!(extensions, ["<extension><a/></extension>", "<extension><b/></extension>"]);
        assert_eq!(codes, ["IE-S02", "IE-S02"]);
    });
}

#[test]
fn what_stands_behind_the_members_belongs_to_the_membership() {
    let text = format!(
        "<enterprise>{PROPERTIES}<membership>{}{COURSE}{}<comments>late</comments></membership></enterprise>",
        member("1"),
        member("2")
    );
    with_document(&text, |document, codes| {
        let [full] = &document.memberships[..] else { panic!("{document:?}") };
        let sourcedid = full.membership.sourcedid.as_ref().unwrap();
        assert_eq!(source_and_id(sourcedid), ("SIS".into(), "C1".into()));
        assert_eq!(v(full.membership.comments.as_ref().map(|comments| comments.text)), "late");
        assert_eq!(full.members.len(), 2);
        assert_eq!(codes, ["IE-S01", "IE-S01"]);
    });
    let decoded = Decoded::from(text.as_str());
    let mut found = Collector::new();
    let kinds: Vec<_> = reader()
        .for_text(&decoded, &mut found)
        .map(|record| match record.unwrap() {
            Record::Properties(_) => 'p',
            Record::Membership(membership) => {
                assert_eq!(membership.sourcedid, None);
                'M'
            }
            Record::Member(_) => 'm',
            Record::MembershipMore(_) => '+',
            Record::MembershipEnd => 'E',
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(String::from_iter(kinds), "pMm+m+E");
}

/// The first one is by itself; the second one makes it a file that is not well-formed, said once.
#[test]
fn records_without_root_are_a_fragment_and_then_too_many() {
    let one = person("1");
    for (count, expected) in
        [(1, &["IE-F02"][..]), (2, &["IE-F02", "IE-F04"]), (4, &["IE-F02", "IE-F04"])]
    {
        with_document(&one.repeat(count), |document, codes| {
            assert_eq!((document.persons.len(), codes), (count, expected));
        });
    }
}

#[test]
fn properties_and_comments_are_there_once_in_each_root() {
    let file =
        format!("<enterprise><comments>c</comments>{PROPERTIES}{}</enterprise>", person("1"));
    let twice =
        file.replace(PROPERTIES, &format!("{PROPERTIES}<comments>d</comments>{PROPERTIES}"));
    let cases = [
        (file.clone(), 1, 1, &[][..]),
        (twice, 2, 2, &["IE-S02", "IE-S02"]),
        (format!("{file}{file}"), 2, 2, &["IE-F05"]),
    ];
    for (text, comments, properties, expected) in cases {
        with_document(&text, |document, codes| {
            let more = document.other.iter().filter(|other| matches!(other, Record::Properties(_)));
            let properties_found = usize::from(document.properties.is_some()) + more.count();
            assert_eq!((document.comments.len(), properties_found), (comments, properties));
            assert_eq!(codes, expected, "{text}");
        });
    }
}

/// Persons, groups, memberships with their numbers of members, and members outside of a membership.
fn outline(document: &Document<'_>) -> String {
    let persons = document.persons.iter().map(|person| format!("p{}", v(person.sourcedids[0].id)));
    let groups = document.groups.iter().map(|_| "g".to_owned());
    let memberships = document.memberships.iter().map(|full| format!("M{}", full.members.len()));
    let other = document.other.iter().filter_map(|record| match record {
        Record::Member(member) => Some(format!("m{}", v(member.sourcedid.as_ref().unwrap().id))),
        Record::Properties(_) => None,
        other => panic!("{other:?}"),
    });
    persons.chain(groups).chain(memberships).chain(other).collect::<Vec<_>>().join(" ")
}

/// Checks outline and codes of each text; the codes are sorted, and without that of missing properties.
fn check_outlines(cases: &[(&str, String, &str, &[&str])]) {
    for (what, text, expected, expected_codes) in cases {
        with_document(text, |document, codes| {
            let mut codes = codes.to_vec();
            codes.sort_unstable();
            codes.retain(|code| *code != "IE-R10");
            assert_eq!(
                (outline(document).as_str(), &codes[..]),
                (*expected, *expected_codes),
                "{what}"
            );
        });
    }
}

#[test]
fn records_are_found_whatever_stands_around_them() {
    let one = person("1");
    let two = person("2");
    let file = format!("<enterprise>{PROPERTIES}{one}</enterprise>");
    let members = format!("<membership>{COURSE}{}</membership>", member("1"));
    check_outlines(&[
        (
            "a membership without members",
            format!("<enterprise>{PROPERTIES}<membership>{COURSE}</membership>{one}</enterprise>"),
            "p1 M0",
            &["IE-R06"],
        ),
        (
            "a membership with nothing at all",
            format!("<enterprise>{PROPERTIES}<membership/>{one}</enterprise>"),
            "p1 M0",
            &["IE-R01", "IE-R06"],
        ),
        (
            "a member outside of any membership",
            format!("<enterprise>{PROPERTIES}{}{one}</enterprise>", member("9")),
            "p1 m9",
            &["IE-S10"],
        ),
        ("a record without root", one.clone(), "p1", &["IE-F02"]),
        (
            "records without root",
            format!("{one}\n{two}\n{members}"),
            "p1 p2 M1",
            &["IE-F02", "IE-F04"],
        ),
        (
            "several roots",
            format!("{file}{}", file.replace("<id>1", "<id>2")),
            "p1 p2",
            &["IE-F05"],
        ),
        ("a record behind the root", format!("{file}\n{two}"), "p1 p2", &["IE-F04"]),
        (
            "a member behind the root",
            format!("{file}\n{}", member("9")),
            "p1 m9",
            &["IE-F04", "IE-S10"],
        ),
        ("a member without root", member("9"), "m9", &["IE-F02", "IE-S10"]),
        ("text behind the root", format!("{file}\nbye"), "p1", &["IE-F04"]),
        (
            "an envelope",
            format!(
                "<soap:Envelope xmlns:soap=\"urn:soap\"><soap:Header><id>m</id></soap:Header>\
                 <soap:Body>{file}</soap:Body></soap:Envelope>"
            ),
            "p1",
            &["IE-F03"],
        ),
        (
            "an envelope around a record",
            format!(
                "<soap:Envelope xmlns:soap=\"urn:soap\"><soap:Body>{one}{two}</soap:Body></soap:Envelope>"
            ),
            "p1 p2",
            &["IE-F03"],
        ),
    ]);
}

#[test]
fn records_are_found_where_end_tags_are_missing() {
    let one = person("1");
    let two = person("2");
    let file = format!("<enterprise>{PROPERTIES}{one}</enterprise>");
    let open = one.replace("</person>", "");
    let open_in_name = one.replace("</name></person>", "");
    let members = format!("<membership>{COURSE}{}</membership>", member("1"));
    let open_members = members.replace("</membership>", "");
    let open_member = members.replace("</member></membership>", "");
    check_outlines(&[
        (
            "a person that is not closed",
            format!("<enterprise>{PROPERTIES}{open}{two}</enterprise>"),
            "p1 p2",
            &["IE-X05"],
        ),
        (
            "a name that is not closed",
            format!("<enterprise>{PROPERTIES}{open_in_name}{two}</enterprise>"),
            "p1 p2",
            &["IE-X05", "IE-X05"],
        ),
        (
            "a text that ends with the element around it",
            format!("<enterprise>{PROPERTIES}{}{two}</enterprise>", one.replace("</fn>", "")),
            "p1 p2",
            &["IE-X05"],
        ),
        (
            "a person that ends with the file's root",
            format!("<enterprise>{PROPERTIES}{two}{open}</enterprise>"),
            "p2 p1",
            &["IE-X05"],
        ),
        (
            "a membership that is not closed",
            format!("<enterprise>{PROPERTIES}{open_members}{one}{members}</enterprise>"),
            "p1 M1 M1",
            &["IE-X05"],
        ),
        (
            "a member that is not closed",
            format!(
                "<enterprise>{PROPERTIES}{open_member}{}</membership>{one}</enterprise>",
                member("2")
            ),
            "p1 M2",
            &["IE-X05"],
        ),
        (
            "a root that is not closed before the next",
            format!("{}{file}", file.replace("</enterprise>", "").replace("<id>1", "<id>2")),
            "p2 p1",
            &["IE-F05", "IE-X05"],
        ),
    ]);
}

#[test]
fn an_empty_tag_around_the_records_is_closed() {
    let file = format!("<enterprise>{PROPERTIES}{}</enterprise>", person("1"));
    let cases: [(String, &[&str]); 3] = [
        (
            format!(
                "<e:Envelope xmlns:e=\"urn:e\"><e:Header/><e:Body>{file}</e:Body></e:Envelope>"
            ),
            &["IE-F03"],
        ),
        (
            "<e:Envelope xmlns:e=\"urn:e\"><e:Body /><e:Body><e:Fault/></e:Body></e:Envelope>"
                .into(),
            &["IE-F08"],
        ),
        (format!("<enterprise/>{file}"), &["IE-R10", "IE-F05"]),
    ];
    for (text, expected) in cases {
        with_document(&text, |_, codes| {
            assert!(codes.iter().eq(expected), "{codes:?} {expected:?} {text}");
        });
    }
}

/// An export that broke off in the middle of a text, and what was sent next in one file.
#[test]
fn a_text_that_is_never_closed_hides_no_record() {
    let broken = person("1").replace("</fn></name></person>", "");
    let cases = [
        format!("<enterprise>{PROPERTIES}{broken}{}</enterprise>", person("2")),
        format!(
            "<enterprise>{PROPERTIES}{broken}<enterprise>{PROPERTIES}{}</enterprise>",
            person("2")
        ),
    ];
    for text in cases {
        with_document(&text, |document, codes| {
            assert_eq!(outline(document), "p1 p2", "{codes:?}");
            assert!(codes.contains(&"IE-X05"), "{codes:?}");
        });
    }
}

#[test]
fn strict_takes_the_content_of_enterprise_in_the_order_of_1_1_only() {
    let (person, member) = (person("1"), member("1"));
    let group = format!("<group>{COURSE}<description><short>C</short></description></group>");
    let membership = format!("<membership>{COURSE}{member}</membership>");
    let comments = "<comments>c</comments>";
    let good = [comments, PROPERTIES, &person, &person, &group, &group, &membership, &membership];
    let late_sourcedid =
        membership.replace(COURSE, "").replace("</membership>", &format!("{COURSE}</membership>"));
    let bad: [(&str, &str, &[&str]); 9] = [
        ("a group before a person", "IE-K15", &[PROPERTIES, &group, &person]),
        ("a membership before a group", "IE-K15", &[PROPERTIES, &membership, &group]),
        ("a membership before a person", "IE-K15", &[PROPERTIES, &membership, &person]),
        ("properties behind a record", "IE-K15", &[&person, PROPERTIES]),
        ("comments behind the properties", "IE-K15", &[PROPERTIES, comments, &person]),
        ("properties twice", "IE-S02", &[PROPERTIES, PROPERTIES, &person]),
        ("comments twice", "IE-S02", &[comments, comments, PROPERTIES, &person]),
        ("a member outside of a membership", "IE-S10", &[PROPERTIES, &person, &member]),
        ("a sourcedid behind the members", "IE-S01", &[PROPERTIES, &late_sourcedid]),
    ];
    let read = |content: &[&str]| {
        let text = format!("<enterprise>{}</enterprise>", content.concat());
        let decoded = Decoded::from(text.as_str());
        let mut found = Collector::new();
        let read = ImsReader::new().strict().document(&decoded, &mut found);
        read.err().map(|error| error.diagnostic().rule.code)
    };
    assert_eq!(read(&good), None);
    let wrong: Vec<_> = bad
        .iter()
        .map(|(what, code, content)| (what, *code, read(content)))
        .filter(|(_, code, found)| *found != Some(*code))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn texts_that_1_1_lets_be_empty_are_no_finding() {
    let group = |items: &str| {
        format!("<group>{COURSE}{items}<description><short>C</short></description></group>")
    };
    let cases = [
        group(
            "<grouptype><scheme>LEARNING_CONTEXT_V1</scheme><typevalue level=\"25\"/></grouptype>",
        ),
        group("<grouptype><scheme/><typevalue level=\"25\"></typevalue></grouptype>"),
        group("")
            .replace("</group>", &format!("<relationship>{COURSE}<label/></relationship></group>")),
        group("")
            .replace("</group>", "<timeframe><begin restrict=\"0\"></begin></timeframe></group>"),
        group("").replace("</group>", "<org/><enrollcontrol/><email></email></group>"),
        person("1").replace("<name>", "<userid/><name>"),
    ];
    let mut found = Vec::new();
    for content in &cases {
        with_content(content, |_, codes| found.extend(codes.iter().map(|code| (content, *code))));
    }
    assert_eq!(found, []);
}

#[test]
fn comments_sections_and_references_in_values() {
    let cases = [
        ("Eva <!-- E. --> Maier", "Eva  Maier"),
        ("<![CDATA[Eva & <Maier>]]>", "Eva & <Maier>"),
        ("E&#118;a &amp; &#x4D;ai&lt;er", "Eva & Mai<er"),
        ("Eva<?page 3?> Maier", "Eva Maier"),
        ("Eva\r\nMaier\rX", "Eva\nMaier\nX"),
        ("  Eva ", "  Eva "),
    ];
    for (raw, value) in cases {
        with_content(&person("1").replace("Eva Maier", raw), |document, codes| {
            let full = document.persons[0].name.as_ref().unwrap().full.unwrap();
            assert_eq!((full.value().as_ref(), full.raw()), (value, raw));
            assert_eq!(full.trimmed(), value.trim());
            assert_eq!(codes, [""; 0], "{raw}");
        });
    }
    let with_attribute =
        person("1").replace("<name>", "<userid password='a&lt;b&#9;c\td'>e</userid><name>");
    with_content(&with_attribute, |document, _| {
        let password = document.persons[0].userids[0].password.unwrap();
        assert_eq!(password.expose(), "a<b\tc d", "white space that is not a reference is a blank");
        assert_eq!(password.length(), 7);
    });
}
