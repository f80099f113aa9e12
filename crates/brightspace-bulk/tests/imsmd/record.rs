//! The way between a record of type 3 and IMSMD.

use brightspace_bulk::edu_diagnostics::Diagnostic;
use brightspace_bulk::imsmd::{Lom, Metadata};
use proptest::prelude::*;

use crate::any_lom::text;
use crate::read::{again, found_in, read};

#[test]
fn the_example_of_the_article_is_written_as_recommended() {
    let metadata = Metadata {
        title: "L'inno di Mameli".into(),
        description: "Italian National Anthem".into(),
        keyword: "Italy".into(),
        role: "Composer".into(),
        first_name: "Michele".into(),
        last_name: "Navaro".into(),
        format: String::new(),
    };
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
  <general>
    <title><langstring>L'inno di Mameli</langstring></title>
    <description><langstring>Italian National Anthem</langstring></description>
    <keyword><langstring>Italy</langstring></keyword>
  </general>
  <lifecycle>
    <contribute>
      <role>
        <source><langstring xml:lang="x-none">None</langstring></source>
        <value><langstring xml:lang="x-none">Composer</langstring></value>
      </role>
      <centity><vcard>BEGIN:VCARD
VERSION:3.0
N:Navaro;Michele;;;
FN:Michele Navaro
END:VCARD</vcard></centity>
    </contribute>
  </lifecycle>
</lom>
"#;
    assert_eq!(metadata.to_lom(None).to_xml().unwrap(), expected);
    assert!(read(expected.as_bytes()).1.is_empty());
}

#[test]
fn losses_on_the_way_to_a_record() {
    let (lom, _) = found_in(
        "<general><identifier>i</identifier><title><langstring xml:lang='fr'>Cellule\n animale</langstring><langstring xml:lang='en'>\n  Animal cell\n</langstring></title><catalogentry><catalog>c</catalog><entry><langstring>e</langstring></entry></catalogentry><language>en</language><description><langstring>d</langstring></description><description><langstring>e</langstring></description><keyword><langstring>k</langstring></keyword></general><lifecycle><version><langstring>1</langstring></version><contribute><role><source><langstring>SCHOOL</langstring></source><value><langstring>Teacher</langstring></value></role><centity><vcard>BEGIN:VCARD\nN:Haddad;Noor;;Dr.;\nORG:D2L\nEND:VCARD</vcard></centity><centity><vcard>BEGIN:VCARD\nFN:X\nEND:VCARD</vcard></centity><date><datetime>2026</datetime></date></contribute><contribute/></lifecycle><metametadata/><technical><format>image/png</format><format>image/gif</format><size>1</size></technical><classification/>",
    );
    let mut losses = Vec::new();
    let metadata = Metadata::from_lom(&lom, Some("en"), &mut losses);
    let expected = Metadata {
        title: "Animal cell".into(),
        description: "d".into(),
        keyword: "k".into(),
        role: "Teacher".into(),
        first_name: "Noor".into(),
        last_name: "Haddad".into(),
        format: "image/png".into(),
    };
    assert_eq!(metadata, expected);
    let paths: Vec<_> = losses.iter().map(|loss| loss.path.as_str()).collect();
    let expected = [
        "general/identifier",
        "general/title/langstring[@xml:lang='fr']",
        "general/catalogentry",
        "general/language",
        "general/description[2]",
        "lifecycle/version",
        "lifecycle/contribute[2]",
        "lifecycle/contribute/role/source",
        "lifecycle/contribute/centity[2]",
        "lifecycle/contribute/centity/vcard/ORG",
        "lifecycle/contribute/centity/vcard/N",
        "lifecycle/contribute/date",
        "technical/format[2]",
        "technical/size",
        "metametadata",
        "classification",
    ];
    assert_eq!(paths, expected);

    losses.clear();
    assert_eq!(Metadata::from_lom(&lom, None, &mut losses).title, "Cellule animale");
    let reasons: Vec<_> = losses
        .iter()
        .filter(|loss| loss.path.starts_with("general/title"))
        .map(|loss| loss.reason)
        .collect();
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    let finding = Diagnostic::from(losses[0].clone());
    assert_eq!(finding.to_string(), "`general/identifier` is lost: a record has no field for it");
}

#[test]
fn names_without_a_role_and_back() {
    let metadata = Metadata { last_name: "Bernstein".into(), ..Metadata::default() };
    let lom = metadata.to_lom(Some("en"));
    let role = lom.lifecycle.as_ref().unwrap().contributes[0].role.as_ref().unwrap();
    assert_eq!((role.source(), role.value()), (Some("LOMv1.0"), Some("Unknown")));
    let mut losses = Vec::new();
    assert_eq!(Metadata::from_lom(&lom, None, &mut losses), metadata);
    assert!(losses.is_empty());
    assert_eq!(Metadata::default().to_lom(None), Lom::default());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_record_comes_back_as_it_was(
        texts in proptest::collection::vec(prop_oneof![text(), Just(String::new())], 6),
        role in prop_oneof![text(), Just(String::new()), Just("author".to_owned()), Just("unknown".to_owned()), Just("Editor".to_owned())],
        lang in proptest::option::of(prop_oneof![Just("en"), Just("fr-CA")]),
    ) {
        prop_assume!(role != "Unknown");
        let [title, description, keyword, first_name, last_name, format] = &texts[..] else { unreachable!() };
        let metadata = Metadata {
            title: title.clone(),
            description: description.clone(),
            keyword: keyword.clone(),
            role,
            first_name: first_name.clone(),
            last_name: last_name.clone(),
            format: format.clone(),
        };
        let mut losses = Vec::new();
        let lom = again(&metadata.to_lom(lang)).0;
        prop_assert_eq!(Metadata::from_lom(&lom, lang, &mut losses), metadata);
        prop_assert_eq!(losses, []);
    }
}
