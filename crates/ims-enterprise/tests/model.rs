//! Every field of the model, from a file that has each item of 1.1.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails")]
#![expect(clippy::disallowed_methods, reason = "the corpus is a folder that the environment names")]

use std::borrow::Borrow;
use std::path::Path;

use chrono::NaiveDate;
use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use edu_syntax::xml::Text;
use ims_enterprise::codes::{
    Flag, Gender, IdType, InstitutionRoleType, PrimaryRole, RecStatus, Relation, RoleType,
    SourcedIdType, Status, SystemRoleType, TelType, ValueType,
};
use ims_enterprise::dates::{Moment, Pattern};
use ims_enterprise::{
    Comments, Document, Extension, ImsReader, Password, Record, SourcedId, TimeFrame, UserId,
    Version,
};

const FULL: &str = include_str!("fixtures/full.xml");

fn v(text: Option<Text<'_>>) -> String {
    text.expect("the item is there").value().into_owned()
}

fn all<'a, 't: 'a>(texts: impl IntoIterator<Item = &'a Text<'t>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value().into_owned()).collect()
}

fn comment<'t>(comments: Option<&impl Borrow<Comments<'t>>>) -> (String, String) {
    let comments = comments.unwrap().borrow();
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

/// The rules over the whole file have tests of their own.
fn reader() -> ImsReader {
    ImsReader::new().without_whole_file_rules()
}

/// The strict reading is the proof that the fixture is 1.1; the collector that no rule has a word to say.
fn full<'a>(decoded: &'a Decoded<'_>, found: &'a mut Collector) -> Document<'a> {
    reader().strict().document(decoded, found).unwrap()
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
    let summary = &document.summary;
    assert_eq!((summary.namespace.as_deref(), summary.doctype.as_deref()), (None, None));
    assert_eq!(found.into_sorted(), []);
    // The order of the records is a rule over the whole file.
    let mut found = Collector::new();
    assert!(ImsReader::new().strict().document(&decoded, &mut found).is_ok());
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
    assert_eq!(comment(properties.comments.as_deref()).1, "Written for this test.");
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
    assert_eq!(comment(person.comments.as_deref()), ("de".to_owned(), "heiratete".to_owned()));
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
    assert_eq!(
        (v(other_id.useridtype), v(Some(other_id.text))),
        ("Other ID".into(), "ih-002".into())
    );
    assert_eq!(
        (other_id.password, other_id.pwencryptiontype, other_id.authenticationtype),
        (None, None, None)
    );

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
    assert_eq!(comment(group.comments.as_deref()), ("en".to_owned(), "new course".to_owned()));
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
    let expected = [("1", "Course"), ("2", "Elective"), ("4", "Section")];
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
    assert_eq!(comment(membership.comments.as_deref()), ("en".to_owned(), "roster".to_owned()));
    assert_eq!(source_and_id(membership.sourcedid.as_ref().unwrap()), ("SIS".into(), "g-1".into()));
    let [person, group] = &full.members[..] else { panic!("{full:?}") };
    assert_eq!(comment(person.comments.as_deref()).1, "teaches and learns");
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
    assert_eq!(comment(role.comments.as_deref()).1, "since autumn");
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
    assert_eq!(comment(interim.comments.as_deref()), ("en".to_owned(), "retaken".to_owned()));
    let values = interim.values.as_ref().unwrap();
    assert_eq!(values.valuetype.unwrap().code(), ValueType::List);
    assert_eq!(
        (all(&values.list), values.min, values.max),
        (vec!["A".into(), "B".into()], None, None)
    );

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
    let starts: Vec<_> = reader()
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

/// Texts of keys, names, titles and logins in the order of the text, as our records have them.
fn ours(decoded: &Decoded<'_>) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut add = |name: &str, text: Option<Text<'_>>| {
        texts.extend(text.map(|text| (text.span(), name.to_owned(), text.value().into_owned())));
    };
    let mut found = Collector::new();
    for record in reader().for_text(decoded, &mut found) {
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
            Record::Membership(membership) => {
                add("id", membership.sourcedid.and_then(|key| key.id));
            }
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
