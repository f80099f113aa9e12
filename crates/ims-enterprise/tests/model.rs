//! Every field of the model, from the form that 1.1 prescribes and from the forms that the field sends.

#![expect(clippy::unwrap_used, reason = "a test that fails")]
#![expect(clippy::disallowed_methods, reason = "the corpus is a folder that the environment names")]

use std::path::Path;

use chrono::NaiveDate;
use edu_diagnostics::{Collector, Diagnostic};
use edu_syntax::Decoded;
use edu_syntax::xml::Text;
use ims_enterprise::codes::{
    Flag, Gender, IdType, InstitutionRoleType, PrimaryRole, RecStatus, Relation, RoleType,
    SourcedIdType, Status, SystemRoleType, TelType, ValueType,
};
use ims_enterprise::dates::{Moment, Pattern};
use ims_enterprise::{
    Comments, Document, Extension, ImsReader, Other, Password, Record, SourcedId, TimeFrame, UserId,
    Version,
};

const FULL: &str = include_str!("fixtures/full.xml");

const PROPERTIES: &str = "<properties><datasource>SIS</datasource>\
    <datetime>2026-09-01T03:00:00</datetime></properties>";

/// Reads the whole text, hands the document and the codes of the findings over.
fn with_document(text: &str, check: impl FnOnce(&Document<'_>, &[&str])) {
    let decoded = Decoded::from(text);
    let mut found = Collector::new();
    let document = ImsReader::new().document(&decoded, &mut found).unwrap();
    let codes: Vec<_> = found.into_sorted().iter().map(|finding| finding.rule.code).collect();
    check(&document, &codes);
}

/// As [`with_document`], with `content` behind the properties of an `enterprise` element.
fn with_content(content: &str, check: impl FnOnce(&Document<'_>, &[&str])) {
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

fn all<'a, 't: 'a>(texts: impl IntoIterator<Item = &'a Text<'t>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value().into_owned()).collect()
}

fn comment(comments: Option<&Comments<'_>>) -> (String, String) {
    let comments = comments.unwrap();
    (v(comments.lang), v(Some(comments.text)))
}

fn source_and_id(sourcedid: &SourcedId<'_>) -> (String, String) {
    (v(sourcedid.source), v(sourcedid.id))
}

fn day(year: i32, month: u32, day: u32) -> Moment {
    Moment::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

/// What an extension holds: name and text of its one element.
fn extension(extensions: &[Extension<'_>]) -> (String, String) {
    let [extension] = extensions else { panic!("{extensions:?}") };
    let [element] = &extension.element.elements().collect::<Vec<_>>()[..] else { panic!() };
    (element.name().to_owned(), v(element.text()))
}

/// Begin, end and their restrictions, and the period.
fn timeframe(timeframe: &TimeFrame<'_>) -> ([(Moment, Flag); 2], String) {
    let limits = [&timeframe.begin, &timeframe.end].map(|limit| {
        let limit = limit.as_ref().unwrap();
        (limit.text.parse_strict().unwrap(), limit.restrict.unwrap().code())
    });
    (limits, v(timeframe.adminperiod))
}

/// The text, and kind, password, encryption and authentication.
fn userid(userid: &UserId<'_>) -> (String, [String; 4]) {
    let password = userid.password.as_ref().map(Password::expose).unwrap().into_owned();
    let attributes =
        [v(userid.useridtype), password, v(userid.pwencryptiontype), v(userid.authenticationtype)];
    (v(Some(userid.text)), attributes)
}

/// The strict reading is the proof that the fixture is 1.1; the collector that no rule has a word to say.
fn full<'a>(decoded: &'a Decoded<'_>, found: &'a mut Collector) -> Document<'a> {
    ImsReader::new().strict().document(decoded, found).unwrap()
}

#[test]
fn the_full_document_has_no_finding_and_nothing_left_over() {
    let decoded = Decoded::new(FULL.as_bytes());
    let mut found = Collector::new();
    let document = full(&decoded, &mut found);
    let person = &document.persons[0];
    let group = &document.groups[0];
    let membership = &document.memberships[0];
    assert!(document.other.is_empty());
    assert_eq!((document.persons.len(), document.groups.len()), (1, 1));
    assert_eq!((document.memberships.len(), membership.members.len()), (1, 2));
    let role = &membership.members[0].roles[0];
    let left_over = [
        &document.properties.as_ref().unwrap().other,
        &document.comments[0].other,
        &person.other,
        &person.name.as_ref().unwrap().other,
        &person.adr.as_ref().unwrap().other,
        &group.other,
        &group.org.as_ref().unwrap().other,
        &membership.membership.other,
        &membership.members[0].other,
        &role.other,
        &role.interimresults[0].other,
    ];
    assert!(left_over.iter().all(|other| other.is_empty()), "{left_over:?}");
    assert_eq!(document.summary.version, Version::V1_1);
    assert_eq!((document.summary.namespace, document.summary.doctype), (None, None));
    assert_eq!(found.into_sorted(), []);
}

#[test]
fn the_properties() {
    let decoded = Decoded::new(FULL.as_bytes());
    let mut found = Collector::new();
    let document = full(&decoded, &mut found);
    let outer = comment(document.comments.first());
    assert_eq!(outer, ("en".to_owned(), "Every item of 1.1, once at least.".to_owned()));
    let properties = document.properties.unwrap();
    assert_eq!(v(properties.lang), "nb");
    assert_eq!(comment(properties.comments.as_ref()).1, "Written for this test.");
    assert_eq!(v(properties.datasource), "Fjord University SIS");
    assert_eq!(all(&properties.targets), ["LMS", "Library"]);
    assert_eq!(v(properties.kind), "REFRESH");
    let time = NaiveDate::from_ymd_opt(2026, 8, 15).unwrap().and_hms_opt(3, 0, 0).unwrap();
    assert_eq!(properties.datetime.unwrap().parse_strict(), Ok(Moment::Local(time)));
    assert_eq!(extension(&properties.extensions), ("batch".to_owned(), "17".to_owned()));
}

#[test]
fn a_person() {
    let decoded = Decoded::new(FULL.as_bytes());
    let mut found = Collector::new();
    let person = &full(&decoded, &mut found).persons[0];
    assert_eq!(person.recstatus.unwrap().code(), RecStatus::Update);
    assert_eq!(comment(person.comments.as_ref()), ("de".to_owned(), "heiratete".to_owned()));
    let ids: Vec<_> = person.sourcedids.iter().map(source_and_id).collect();
    let expected = [("SIS", "p-2"), ("SIS", "p-1"), ("HR", "9981")];
    assert_eq!(ids, expected.map(|(source, id)| (source.to_owned(), id.to_owned())));
    let kinds: Vec<_> =
        person.sourcedids.iter().map(|sourcedid| sourcedid.sourcedidtype.unwrap().code()).collect();
    assert_eq!(kinds, [SourcedIdType::New, SourcedIdType::Old, SourcedIdType::Duplicate]);
    assert_eq!(person.userids.len(), 2);
    let (login, attributes) = userid(&person.userids[0]);
    assert_eq!(login, "ingridh");
    assert_eq!(attributes, ["Logon ID", "kjell7!fisk", "none", "ldap"]);
    let other_id = &person.userids[1];
    assert_eq!((v(other_id.useridtype), v(Some(other_id.text))), ("Other ID".into(), "ih-002".into()));
    assert_eq!((other_id.password, other_id.pwencryptiontype, other_id.authenticationtype), (None, None, None));

    let name = person.name.as_ref().unwrap();
    assert_eq!(
        [name.full, name.sort, name.nickname].map(v),
        ["Dr. Ingrid Åse Holm-Næss", "Holm-Næss, Ingrid", "Inga"]
    );
    let parts = name.parts.as_ref().unwrap();
    assert_eq!(
        [parts.family, parts.given, parts.prefix, parts.suffix].map(v),
        ["Holm-Næss", "Ingrid", "Dr.", "PhD"]
    );
    assert_eq!(all(&parts.others), ["Åse", "Marie"]);
    let [middle, initials] = &parts.partnames[..] else { panic!("{parts:?}") };
    assert_eq!([middle.lang, middle.partnametype].map(v), ["nb", "MiddleName"]);
    assert_eq!((v(initials.partnametype), initials.lang), ("Initials".into(), None));
    assert_eq!(all([&middle.text, &initials.text]), ["Åse Marie", "IÅM"]);

    let demographics = person.demographics.as_ref().unwrap();
    assert_eq!(demographics.gender.unwrap().code(), Gender::Female);
    assert_eq!(demographics.bday.unwrap().parse_strict(), Ok(day(1984, 2, 29)));
    assert_eq!(all(&demographics.disabilities), ["hearing", "sight"]);
    assert_eq!(
        [person.email, person.url, person.datasource].map(v),
        ["ingrid@fjord.example", "https://fjord.example/~ingrid", "HR system"]
    );
    let tels: Vec<_> =
        person.tels.iter().map(|tel| (tel.teltype.unwrap().code(), v(Some(tel.text)))).collect();
    assert_eq!(
        tels,
        [(TelType::Voice, "+47 55 00 00 01".into()), (TelType::Mobile, "+47 900 00 001".into())]
    );
    let adr = person.adr.as_ref().unwrap();
    assert_eq!(
        [adr.pobox, adr.extadd, adr.locality, adr.region, adr.pcode, adr.country].map(v),
        ["PO 17", "Floor 3", "Bergen", "Vestland", "5003", "Norway"]
    );
    assert_eq!(all(&adr.streets), ["Harbour Road 4", "Back entrance"]);
    let photo = person.photo.as_ref().unwrap();
    assert_eq!(
        [photo.imgtype, photo.extref].map(v),
        ["image/jpeg", "https://fjord.example/photo/1.jpg"]
    );
    let systemrole = person.systemrole.as_ref().unwrap().systemroletype;
    assert_eq!(systemrole.unwrap().code(), SystemRoleType::Creator);
    let roles: Vec<_> = person
        .institutionroles
        .iter()
        .map(|role| (role.primaryrole.unwrap().code(), role.institutionroletype.unwrap().code()))
        .collect();
    assert_eq!(
        roles,
        [
            (PrimaryRole::Yes, InstitutionRoleType::Faculty),
            (PrimaryRole::No, InstitutionRoleType::OtherRole)
        ]
    );
    assert_eq!(extension(&person.extensions), ("badge".to_owned(), "44".to_owned()));
    let badge = person.extensions[0].get("BADGE").unwrap();
    assert_eq!(v(badge.attribute("kind").map(|kind| kind.value())), "staff");
}

#[test]
fn a_group() {
    let decoded = Decoded::new(FULL.as_bytes());
    let mut found = Collector::new();
    let group = &full(&decoded, &mut found).groups[0];
    assert_eq!(group.recstatus.unwrap().code(), RecStatus::Add);
    assert_eq!(comment(group.comments.as_ref()), ("en".to_owned(), "new course".to_owned()));
    let ids: Vec<_> = group.sourcedids.iter().map(source_and_id).collect();
    assert_eq!(ids, [("SIS".into(), "g-1".into()), ("Plan".into(), "OCE-100".into())]);
    assert_eq!(group.sourcedids[0].sourcedidtype.unwrap().code(), SourcedIdType::New);
    assert_eq!(group.sourcedids[1].sourcedidtype, None);

    let [first, second] = &group.grouptypes[..] else { panic!("{group:?}") };
    assert_eq!((v(first.scheme), second.scheme), ("FjordScheme".into(), None));
    let values: Vec<_> = [first, second]
        .iter()
        .flat_map(|grouptype| &grouptype.typevalues)
        .map(|value| (v(value.level), v(Some(value.text))))
        .collect();
    let expected = [("1", "Course"), ("2", ""), ("4", "Section")];
    assert_eq!(values, expected.map(|(level, text)| (level.to_owned(), text.to_owned())));

    let description = group.description.as_ref().unwrap();
    assert_eq!(
        [description.short, description.long, description.full].map(v),
        ["OCE 100", "Oceans and Climate", "An introduction in twelve weeks."]
    );
    let org = group.org.as_ref().unwrap();
    assert_eq!([org.orgname, org.kind, org.id].map(v), ["Fjord University", "University", "FJU"]);
    assert_eq!(all(&org.orgunits), ["Science", "Geophysics"]);
    assert_eq!(
        timeframe(group.timeframe.as_ref().unwrap()),
        ([(day(2026, 8, 17), Flag::Yes), (day(2026, 12, 18), Flag::No)], "Autumn 2026".into())
    );
    let enrollcontrol = group.enrollcontrol.as_ref().unwrap();
    assert_eq!(
        [enrollcontrol.enrollaccept, enrollcontrol.enrollallowed].map(|flag| flag.unwrap().code()),
        [Flag::Yes, Flag::No]
    );
    assert_eq!(
        [group.email, group.url, group.datasource].map(v),
        ["oce100@fjord.example", "https://fjord.example/oce100", "Course catalogue"]
    );
    let relationships: Vec<_> = group
        .relationships
        .iter()
        .map(|relationship| {
            let other = source_and_id(relationship.sourcedid.as_ref().unwrap());
            (relationship.relation.unwrap().code(), other, v(relationship.label))
        })
        .collect();
    assert_eq!(
        relationships,
        [
            (Relation::Parent, ("SIS".into(), "g-root".into()), "Faculty".into()),
            (Relation::Alias, ("Old SIS".into(), "OC1".into()), String::new()),
        ]
    );
    assert_eq!(extension(&group.extensions), ("credits".to_owned(), "10".to_owned()));
}

#[test]
fn a_membership() {
    let decoded = Decoded::new(FULL.as_bytes());
    let mut found = Collector::new();
    let full = &full(&decoded, &mut found).memberships[0];
    let membership = &full.membership;
    assert_eq!(comment(membership.comments.as_ref()), ("en".to_owned(), "roster".to_owned()));
    assert_eq!(
        source_and_id(membership.sourcedid.as_ref().unwrap()),
        ("SIS".into(), "g-1".into())
    );
    let [person, group] = &full.members[..] else { panic!("{full:?}") };
    assert_eq!(comment(person.comments.as_ref()).1, "teaches and learns");
    assert_eq!(source_and_id(person.sourcedid.as_ref().unwrap()), ("SIS".into(), "p-2".into()));
    assert_eq!(person.idtype(), Some(IdType::Person));
    assert_eq!(group.idtype(), Some(IdType::Group));
    assert_eq!(group.roles[0].roletype(), None);
    let roles: Vec<_> = person
        .roles
        .iter()
        .map(|role| {
            let status = role.status.unwrap().code();
            (role.recstatus.unwrap().code(), role.roletype().unwrap().code(), status)
        })
        .collect();
    assert_eq!(
        roles,
        [
            (RecStatus::Add, RoleType::Instructor, Status::Active),
            (RecStatus::Delete, RoleType::Learner, Status::Inactive)
        ]
    );
}

#[test]
fn a_role() {
    let decoded = Decoded::new(FULL.as_bytes());
    let mut found = Collector::new();
    let role = &full(&decoded, &mut found).memberships[0].members[0].roles[0];
    assert_eq!(v(role.subrole), "Primary");
    let (login, attributes) = userid(role.userid.as_ref().unwrap());
    assert_eq!(login, "ingrid-oce");
    assert_eq!(attributes, ["Course ID", "torsk&sei", "MD5", "sso"]);
    assert_eq!(comment(role.comments.as_ref()).1, "since autumn");
    let time = NaiveDate::from_ymd_opt(2026, 8, 14).unwrap().and_hms_opt(12, 30, 0).unwrap();
    let datetime = role.datetime.unwrap().parse_lenient();
    assert_eq!(datetime, Ok((Moment::Zoned(time, 7200), Pattern::Iso)));
    assert_eq!(
        timeframe(role.timeframe.as_ref().unwrap()),
        ([(day(2026, 8, 18), Flag::No), (day(2026, 12, 1), Flag::Yes)], "Weeks 34 to 48".into())
    );
    assert_eq!(
        [role.email, role.datasource].map(v),
        ["ingrid.teaching@fjord.example", "Timetable"]
    );
    assert_eq!(extension(&role.extensions), ("hours".to_owned(), "4".to_owned()));

    let [interim] = &role.interimresults[..] else { panic!("{role:?}") };
    assert_eq!(
        [interim.resulttype, interim.mode, interim.result].map(v),
        ["MidTerm", "Letter grade", "B"]
    );
    assert_eq!(comment(interim.comments.as_ref()), ("en".to_owned(), "retaken".to_owned()));
    let values = interim.values.as_ref().unwrap();
    assert_eq!(values.valuetype.unwrap().code(), ValueType::List);
    assert_eq!((all(&values.list), values.min, values.max), (vec!["A".into(), "B".into()], None, None));

    let [last] = &role.finalresults[..] else { panic!("{role:?}") };
    assert_eq!([last.mode, last.result].map(v), ["Percentage", "91.5"]);
    assert_eq!((last.resulttype, comment(last.comments.as_ref()).1), (None, "signed".into()));
    let values = last.values.as_ref().unwrap();
    assert_eq!(values.valuetype.unwrap().code(), ValueType::Range);
    assert_eq!([values.min, values.max].map(v), ["0", "100"]);
    assert!(values.list.is_empty());
}

#[test]
fn each_record_knows_its_place() {
    let decoded = Decoded::new(FULL.as_bytes());
    let mut found = Collector::new();
    let starts: Vec<_> = ImsReader::new()
        .for_text(&decoded, &mut found)
        .filter_map(|record| record.unwrap().element())
        .map(|element| {
            assert_eq!(&FULL[element.span().range().unwrap()], element.source());
            (element.name(), element.source().split(['>', ' ']).next().unwrap())
        })
        .collect();
    assert_eq!(
        starts,
        [
            ("comments", "<comments"),
            ("properties", "<properties"),
            ("person", "<person"),
            ("group", "<group"),
            ("membership", "<membership"),
            ("member", "<member"),
            ("member", "<member"),
        ]
    );
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
    let text = "<ENTERPRISE><PROPERTIES><DATASOURCE>S</DATASOURCE><DATETIME>1999-10-28</DATETIME></PROPERTIES>\
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
    let behind_name = |item: &str| inside(&person("1").replace("</name>", &format!("</name>{item}")));
    let in_name = person("1").replace("</fn>", "</fn><n><partname partnametype='x'>y</partname></n>");
    let cases = [
        (root("<enterprise>"), Version::Undetermined),
        (root("<!DOCTYPE enterprise SYSTEM 'http://x.example/ims_epv1p1.dtd'><enterprise>"), Version::V1_1),
        (root("<!DOCTYPE enterprise SYSTEM 'IMS-EP01.dtd'><enterprise>"), Version::V1_0),
        (root("<enterprise xmlns='http://www.imsproject.org/xsd/imsep_rootv1p01'>"), Version::V1_01),
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
        (inside(&format!("<membership>{COURSE}{}</membership>", member("1"))), Version::Undetermined),
        (
            inside(&format!("<membership>{COURSE}{}</membership>", member("1").replace("01", "Learner"))),
            Version::V1_1,
        ),
    ];
    for (text, version) in cases {
        with_document(&text, |document, _| assert_eq!(document.summary.version, version, "{text}"));
    }
}

#[test]
fn a_prefix_on_the_names_of_the_format_changes_nothing() {
    let text = "<ims:enterprise xmlns:ims=\"http://www.imsglobal.org/xsd/imsep_rootv1p01\">\
        <ims:properties><ims:datasource>S</ims:datasource><ims:datetime>2026-09-01</ims:datetime></ims:properties>\
        <ims:person recstatus=\"1\"><ims:sourcedid><ims:source>S</ims:source><ims:id>7</ims:id></ims:sourcedid>\
        <ims:userid useridtype=\"Login\">ann</ims:userid><ims:name><ims:fn>Ann</ims:fn></ims:name></ims:person>\
        <ims:membership><ims:sourcedid><ims:source>S</ims:source><ims:id>C</ims:id></ims:sourcedid>\
        <ims:member><ims:sourcedid><ims:source>S</ims:source><ims:id>7</ims:id></ims:sourcedid>\
        <ims:idtype>1</ims:idtype><ims:role roletype=\"02\"><ims:status>1</ims:status></ims:role></ims:member>\
        </ims:membership></ims:enterprise>";
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
    let membership = format!("<membership term=\"A\">{COURSE}<type>meta</type>{}</membership>", member("1"));
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
        assert_eq!(
            extensions,
            ["<extension><a/></extension>", "<extension><b/></extension>"]
        );
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
    let kinds: Vec<_> = ImsReader::new()
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

/// Persons, groups, memberships with their numbers of members, and members outside of a membership.
fn outline(document: &Document<'_>) -> String {
    let persons = document.persons.iter().map(|person| format!("p{}", v(person.sourcedids[0].id)));
    let groups = document.groups.iter().map(|_| "g".to_owned());
    let memberships = document.memberships.iter().map(|full| format!("M{}", full.members.len()));
    let other = document.other.iter().map(|record| match record {
        Record::Member(member) => format!("m{}", v(member.sourcedid.as_ref().unwrap().id)),
        other => panic!("{other:?}"),
    });
    persons.chain(groups).chain(memberships).chain(other).collect::<Vec<_>>().join(" ")
}

#[test]
fn records_are_found_whatever_stands_around_them() {
    let one = person("1");
    let two = person("2");
    let file = format!("<enterprise>{PROPERTIES}{one}</enterprise>");
    let open = one.replace("</person>", "");
    let open_in_name = one.replace("</name></person>", "");
    let open_in_fn = one.replace("</fn></name></person>", "");
    let members = format!("<membership>{COURSE}{}</membership>", member("1"));
    let open_members = members.replace("</membership>", "");
    let open_member = members.replace("</member></membership>", "");
    let cases: &[(&str, String, &str, &[&str])] = &[
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
            &["IE-S03"],
        ),
        ("a record without root", one.clone(), "p1", &["IE-F02"]),
        ("records without root", format!("{one}\n{two}\n{members}"), "p1 p2 M1", &["IE-F02", "IE-F04"]),
        (
            "several roots",
            format!("{file}{}", file.replace("<id>1", "<id>2")),
            "p1 p2",
            &["IE-F05"],
        ),
        ("a record behind the root", format!("{file}\n{two}"), "p1 p2", &["IE-F04"]),
        ("a member behind the root", format!("{file}\n{}", member("9")), "p1 m9", &["IE-F04"]),
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
            format!("<soap:Envelope xmlns:soap=\"urn:soap\"><soap:Body>{one}{two}</soap:Body></soap:Envelope>"),
            "p1 p2",
            &["IE-F03"],
        ),
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
            "a text that is not closed",
            format!("<enterprise>{PROPERTIES}{open_in_fn}{two}</enterprise>"),
            "p1 p2",
            &["IE-X05", "IE-X05", "IE-X05"],
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
            format!("<enterprise>{PROPERTIES}{open_member}{}</membership>{one}</enterprise>", member("2")),
            "p1 M2",
            &["IE-X05"],
        ),
        (
            "a root that is not closed before the next",
            format!("{}{file}", file.replace("</enterprise>", "").replace("<id>1", "<id>2")),
            "p2 p1",
            &["IE-F05", "IE-X05"],
        ),
    ];
    for (what, text, expected, expected_codes) in cases {
        with_document(text, |document, codes| {
            let mut codes = codes.to_vec();
            codes.sort_unstable();
            codes.retain(|code| *code != "IE-R10");
            assert_eq!((outline(document).as_str(), &codes[..]), (*expected, *expected_codes), "{what}");
        });
    }
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
    let with_attribute = person("1").replace("<name>", "<userid password='a&lt;b&#9;c\td'>e</userid><name>");
    with_content(&with_attribute, |document, _| {
        let password = document.persons[0].userids[0].password.unwrap();
        assert_eq!(password.expose(), "a<b\tc d", "white space that is not a reference is a blank");
        assert_eq!(password.length(), 7);
    });
}

#[test]
fn nothing_prints_a_password() {
    const SECRET: &str = "hemmelig77";
    let forms = [
        format!("<userid password=\"{SECRET}\">eva</userid>"),
        format!("<userid PASSWORD=\"{SECRET}\">eva</userid>"),
        format!("<userid password=\"x\" password=\"{SECRET}\">eva</userid>"),
        format!("<userid ims:password=\"{SECRET}\">eva</userid>"),
        format!("<userid password={SECRET}>eva</userid>"),
        format!("<userid password=\"{SECRET}>eva</userid>"),
        format!("<userid password=\"{SECRET}&nbsp;&amp;\">eva</userid>"),
        format!("<userid password=\"{}\">eva</userid>", SECRET.repeat(200)),
        format!("<email password=\"{SECRET}\">eva@x.example</email>"),
        format!("<user><userid password=\"{SECRET}\">eva</userid></user>"),
        format!("<extension><x_bb_password>{SECRET}</x_bb_password></extension>"),
        format!("<X_BB_PASSWORD>{SECRET}</X_BB_PASSWORD>"),
        format!("<password>{SECRET}</password>"),
        format!("<extension><w:webcredentials>{{md5}}{SECRET}</w:webcredentials></extension>"),
        format!("<password=\"{SECRET}\">eva</userid>"),
    ];
    for form in forms {
        let person = person("1").replace("<name>", &format!("{form}<name>"));
        let text = format!("<enterprise>{PROPERTIES}{person}</enterprise>");
        let decoded = Decoded::from(text.as_str());
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut sink = |finding| found.push(finding);
        let document = ImsReader::new().document(&decoded, &mut sink).unwrap();
        let shown = format!("{document:#?}");
        drop(document);
        assert!(!shown.contains(SECRET), "{form}: {shown}");
        for finding in found {
            assert!(!finding.to_string().contains(SECRET), "{form}: {finding}");
            assert!(!format!("{finding:?}").contains(SECRET), "{form}: {finding:?}");
        }
    }
}

/// Texts of keys, names, titles and logins in the order of the text, as our records have them.
fn ours(decoded: &Decoded<'_>) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut add = |name: &str, text: Option<Text<'_>>| {
        texts.extend(text.map(|text| (text.span(), name.to_owned(), text.value().into_owned())));
    };
    let mut found = Collector::new();
    for record in ImsReader::new().for_text(decoded, &mut found) {
        match record.unwrap() {
            Record::Person(person) => {
                person.sourcedids.iter().for_each(|sourcedid| add("id", sourcedid.id));
                person.userids.iter().for_each(|userid| add("userid", Some(userid.text)));
                add("fn", person.name.and_then(|name| name.full));
            }
            Record::Group(group) => {
                group.sourcedids.iter().for_each(|sourcedid| add("id", sourcedid.id));
                for relationship in &group.relationships {
                    add("id", relationship.sourcedid.as_ref().and_then(|sourcedid| sourcedid.id));
                }
                add("short", group.description.and_then(|description| description.short));
            }
            Record::Membership(membership) => add("id", membership.sourcedid.and_then(|key| key.id)),
            Record::Member(member) => {
                add("id", member.sourcedid.and_then(|sourcedid| sourcedid.id));
                for role in &member.roles {
                    add("userid", role.userid.as_ref().map(|userid| userid.text));
                }
            }
            _ => {}
        }
    }
    texts.sort();
    texts.into_iter().map(|(_, name, text)| (name, text)).collect()
}

/// The same texts, as an independent parser has them.
fn theirs(text: &str) -> Vec<(String, String)> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).unwrap();
    let name = |node: roxmltree::Node<'_, '_>| node.tag_name().name().to_owned();
    document
        .descendants()
        .filter(|node| match name(*node).as_str() {
            "id" => node.parent().is_some_and(|parent| name(parent) == "sourcedid"),
            "fn" | "short" | "userid" => true,
            _ => false,
        })
        .filter(|node| !node.ancestors().any(|outer| name(outer) == "extension"))
        .map(|node| {
            let texts = node.descendants().filter(roxmltree::Node::is_text);
            (name(node), texts.filter_map(|text| text.text()).collect())
        })
        .collect()
}

#[test]
fn another_parser_reads_the_same_texts() {
    let expected = theirs(FULL);
    assert_eq!(expected.len(), 15);
    assert_eq!(ours(&Decoded::new(FULL.as_bytes())), expected);
}

#[test]
#[ignore = "needs CORPUS"]
fn another_parser_reads_the_same_texts_in_the_corpus() {
    let folder = std::env::var_os("CORPUS").expect("CORPUS names the folder of the samples");
    let folder = Path::new(&folder).join("ims-enterprise");
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let mut compared = 0;
    for line in manifest.lines().skip(1) {
        let fields: Vec<_> = line.split('\t').collect();
        let (file, format, well_formed) = (fields[0], fields[1], fields[3]);
        if format != "ims-enterprise" || well_formed != "yes" {
            continue;
        }
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let decoded = Decoded::new(&bytes);
        let expected = theirs(decoded.text());
        compared += expected.len();
        assert_eq!(ours(&decoded), expected, "{file}");
    }
    assert!(compared > 500, "{compared}");
}
