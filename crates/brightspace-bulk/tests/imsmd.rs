//! Metadata: reading, findings, writing, and the way between a record of type 3 and IMSMD.

#![expect(clippy::unwrap_used, reason = "a test that fails")]

use brightspace_bulk::edu_diagnostics::{Collector, Diagnostic, Severity};
use brightspace_bulk::edu_syntax::Decoded;
use brightspace_bulk::edu_syntax::xml::{Limits, Tree, is_character};
use brightspace_bulk::imsmd::*;
use proptest::prelude::*;

fn read(bytes: &[u8]) -> (Option<Lom>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let lom = LomReader::new().for_text(&Decoded::new(bytes), &mut |finding| found.push(finding));
    assert!(found.is_sorted(), "{found:?}");
    (lom, found)
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.rule.code).collect()
}

/// The metadata in a `lom`, with their findings as `line:column code sentence`.
fn found_in(body: &str) -> (Lom, Vec<String>) {
    let text = format!("<lom xmlns=\"{NAMESPACE}\">{body}</lom>");
    let (lom, found) = read(text.as_bytes());
    let describe = |finding: &Diagnostic| {
        let position = finding.position.unwrap();
        format!("{}:{} {} {finding}", position.line, position.column, finding.rule.code)
    };
    let found =
        found.iter().filter(|finding| finding.rule.code != "BR-M11").map(describe).collect();
    (lom.unwrap(), found)
}

fn again(lom: &Lom) -> (Lom, Vec<Diagnostic>) {
    let xml = lom.to_xml().unwrap();
    assert!(roxmltree::Document::parse(&xml).is_ok(), "{xml}");
    let (lom, found) = read(xml.as_bytes());
    (lom.unwrap(), found)
}

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
fn deviations_from_the_schema() {
    let (lom, found) = found_in(
        "<technical><size>1 MB</size><format>png</format></technical>
<general><keyword>a</keyword><title/><title><langstring>t</langstring></title><x/><f:x xmlns:f='f'/></general>
<lifecycle><contribute><role>Author</role><centity>Noor</centity><centity/></contribute><contribute/></lifecycle>
<rights>free</rights><rights/>",
    );
    let expected = [
        "1:72 BR-M03 `size` is no whole number",
        "1:89 BR-M03 `format` stands behind `size`",
        "1:96 BR-M07 `png` is no media type",
        "2:2 BR-M03 `general` stands behind `technical`",
        "2:11 BR-M03 `keyword` holds text outside of `langstring`",
        "2:31 BR-M03 `title` has no `langstring`",
        "2:31 BR-M03 `title` stands behind `keyword`",
        "2:39 BR-M03 `title` is given more than once",
        "2:39 BR-M03 `title` stands behind `keyword`",
        "2:80 BR-M03 `x` is not known in `general`",
        "3:2 BR-M03 `lifecycle` stands behind `technical`",
        "3:25 BR-M03 `role` has no `source`",
        "3:25 BR-M03 `role` holds text outside of `value`",
        "3:44 BR-M04 the `centity` has no `vcard`",
        "3:67 BR-M04 the `centity` has no `vcard`",
        "3:90 BR-M04 the `contribute` has no `role`",
        "4:23 BR-M03 `rights` is given more than once",
    ];
    assert_eq!(found, expected);
    assert_eq!(lom.general.as_ref().unwrap().keywords[0].strings[0].text, "a");
    let contribute = &lom.lifecycle.as_ref().unwrap().contributes[0];
    assert_eq!(contribute.role.as_ref().unwrap().value(), Some("Author"));
    assert_eq!(&**contribute.centities[0].vcard.as_ref().unwrap(), "Noor");
    assert_eq!(lom.rights.as_ref().unwrap().other, [Other::Text("free".into())]);
    assert_eq!(again(&lom).0, lom);
}

#[test]
fn what_is_not_known_is_kept_and_can_stand_anywhere() {
    let text = r#"<m:lom xmlns:m="http://www.imsglobal.org/xsd/imsmd_v1p2" xmlns:x="urn:x" xmlns="urn:d" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b">
<m:general x:a="1" b="&amp;"><m:title x:c="2"><m:langstring>Cell <x:i/>s</m:langstring></m:title>
<x:ext><y at="x"><x:z xmlns:x="urn:z"/></y><!-- c --></x:ext> loose
text <m:own><m:title/></m:own></m:general><plain xmlns="" x:at=""/></m:lom>"#;
    let (lom, found) = read(text.as_bytes());
    let lom = lom.unwrap();
    assert_eq!(codes(&found), ["BR-M02", "BR-M03"]);
    assert_eq!(found[0].severity, Severity::Info);
    let general = lom.general.as_ref().unwrap();
    let expected = [
        Other::Attribute { name: "x:a".into(), namespace: Some("urn:x".into()), value: "1".into() },
        Other::Attribute { name: "b".into(), namespace: None, value: "&".into() },
        Other::Element(r#"<x:ext xmlns="urn:d" xmlns:x="urn:x"><y at="x"><x:z xmlns:x="urn:z"/></y><!-- c --></x:ext>"#.into()),
        Other::Text("loose\ntext".into()),
        Other::Element(r#"<m:own xmlns:m="http://www.imsglobal.org/xsd/imsmd_v1p2"><m:title/></m:own>"#.into()),
    ];
    assert_eq!(general.other, expected);
    assert_eq!(lom.title(None), Some("Cell s"));
    assert_eq!(lom.other[1], Other::Element(r#"<plain xmlns:x="urn:x" xmlns="" x:at=""/>"#.into()));
    assert_eq!(again(&lom).0, lom);

    let mut losses = Vec::new();
    Metadata::from_lom(&lom, None, &mut losses);
    let paths: Vec<_> = losses.iter().map(|loss| loss.path.as_str()).collect();
    let expected = [
        "plain",
        "general/@x:a",
        "general/@b",
        "general/x:ext",
        "general/text()",
        "general/m:own",
        "general/title/@x:c",
        "general/title/x:i",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn damaged_elements_are_kept_in_good_order() {
    let (lom, _) =
        read(b"<lom><general><x:y a=1 z:b='\x01'>R & D &nbsp;<b>\x02</x:y><p><q></p></general>");
    let general = lom.unwrap().general.unwrap();
    let expected = [
        Other::Element(
            "<y xmlns=\"\" a=\"1\" b=\"\u{FFFD}\">R &amp; D &amp;nbsp;<b>\u{FFFD}</b></y>".into(),
        ),
        Other::Element("<p xmlns=\"\"><q/></p>".into()),
    ];
    assert_eq!(general.other, expected);
}

#[test]
fn names_of_ieee_lom() {
    let (lom, found) = found_in(
        "<general><title><string language='fr'>t</string><string language='en'>u</string></title></general><lifeCycle><contribute><role><source><langstring>LOMv1.0</langstring></source><value><langstring>author</langstring></value></role><entity>BEGIN:VCARD\nFN:Noor Haddad\nEND:VCARD</entity><date><dateTime>2026</dateTime></date></contribute></lifeCycle><metaMetadata><metadataSchema>LOMv1.0</metadataSchema></metaMetadata>",
    );
    assert_eq!(lom.title(Some("EN")), Some("u"));
    let sentences: Vec<_> = found.iter().map(|found| found.split_once(' ').unwrap().1).collect();
    let expected = [
        "BR-M08 `string` is a name of IEEE LOM; IMSMD has `langstring`",
        "BR-M08 `lifeCycle` is a name of IEEE LOM; IMSMD has `lifecycle`",
        "BR-M08 `entity` is a name of IEEE LOM; IMSMD has `centity`",
        "BR-M08 `dateTime` is a name of IEEE LOM; IMSMD has `datetime`",
        "BR-M08 `metaMetadata` is a name of IEEE LOM; IMSMD has `metametadata`",
        "BR-M08 `metadataSchema` is a name of IEEE LOM; IMSMD has `metadatascheme`",
    ];
    assert_eq!(sentences, expected);
    let (again, found) = again(&lom);
    assert_eq!((again, codes(&found)), (lom, vec![]));
}

#[test]
fn roots() {
    let cases = [
        ("<lom/>", Some(Severity::Warning), true),
        ("<lom xmlns='urn:x'/>", Some(Severity::Error), true),
        ("<lom xmlns='http://www.imsproject.org/xsd/imsmd_rootv1p2'/>", Some(Severity::Info), true),
        (
            "<manifest xmlns='http://www.imsglobal.org/xsd/imsmd_rootv1p2p1'/>",
            Some(Severity::Error),
            false,
        ),
        ("<m:lom xmlns:m='http://www.imsglobal.org/xsd/imsmd_rootv1p2p1'/>", None, true),
    ];
    for (text, severity, is_lom) in cases {
        let (lom, found) = read(text.as_bytes());
        let finding = found.iter().find(|finding| finding.rule.code == "BR-M02");
        assert_eq!((finding.map(|f| f.severity), lom.is_some()), (severity, is_lom), "{text}");
    }
}

#[test]
fn not_well_formed() {
    let cases: [(&[u8], &[&str]); 9] = [
        (b"", &["BR-M01"]),
        (b"no XML", &["BR-M01"]),
        (b"x<lom/>", &["BR-M01", "BR-M02"]),
        (b"<lom/><lom/>", &["BR-M02", "BR-M01"]),
        (b"<lom/><!-- fine --> <?fine?>\n", &["BR-M02", "BR-M11"]),
        (b"<!DOCTYPE lom SYSTEM 'lom.dtd'><lom/>", &["BR-M02", "BR-M11"]),
        (b"<!DOCTYPE lom [<!ENTITY a 'b'>]><lom>&a;</lom>", &["BR-M01", "BR-M02", "BR-M01"]),
        (b"<lom>\xE9</lom>", &["BR-M02", "BR-M01"]),
        (b"<?xml version='1.0' encoding='x-y'?><lom/>", &["BR-M01", "BR-M02"]),
    ];
    for (bytes, expected) in cases {
        assert_eq!(codes(&read(bytes).1), expected, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn places_are_those_of_the_original_bytes() {
    let text = "<lom>\n<general><title><langstring>é</langstring></title><x/></general></lom>";
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (_, found) = read(&utf16);
    let finding = found.last().unwrap();
    let (span, position) = (finding.span.unwrap(), finding.position.unwrap());
    let name: Vec<u8> = utf16[span.range().unwrap()].to_vec();
    assert_eq!((finding.rule.code, name), ("BR-M03", b"x\0".to_vec()));
    assert_eq!((position.line, position.column), (2, 52));
}

#[test]
fn a_lom_in_another_document() {
    let text = format!(
        "<manifest><metadata><lom xmlns='{NAMESPACE}'><general><title>t</title></general></lom></metadata></manifest>"
    );
    let tree = Tree::read(&text, Limits::default());
    let branch = tree.root().unwrap().descendants().find(|branch| branch.local_name() == "lom");
    let mut found = Collector::new();
    let lom = LomReader::new().for_branch(branch.unwrap(), &mut found).unwrap();
    assert_eq!(lom.title(None), Some("t"));
    let span = found.findings()[0].span.unwrap();
    assert_eq!(&text[span.range().unwrap()], "title");
}

#[test]
fn titles() {
    let title = |languages: &[Option<&str>]| {
        let strings = languages.iter().map(|lang| LangString::new(*lang, lang.unwrap_or("none")));
        let title = LangStrings { strings: strings.collect(), ..LangStrings::default() };
        let general = General { title: Some(title), ..General::default() };
        Lom { general: Some(general), ..Lom::default() }
    };
    let lom = title(&[Some("fr"), None, Some("en")]);
    assert_eq!(lom.title(Some("en")), Some("en"));
    assert_eq!(lom.title(Some("de")), Some("none"));
    assert_eq!(lom.title(None), Some("none"));
    assert_eq!(title(&[Some("fr"), Some("en")]).title(Some("de")), Some("fr"));
    assert_eq!(title(&[Some("fr"), Some("x-none")]).title(None), Some("x-none"));
    assert_eq!(Lom::default().title(None), None);
}

#[test]
fn small_checks() {
    for good in [
        "image/png",
        "text/html; charset=utf-8",
        "non-digital",
        " video/mp4 ",
        "application/vnd.a+xml",
    ] {
        assert!(is_media_type(good), "{good}");
    }
    for bad in ["", "png", "image/", "/png", "image / png", "image/png,text/html", "a/b/c"] {
        assert!(!is_media_type(bad), "{bad}");
    }
    assert!(looks_like_list("a, b") && looks_like_list("a;b") && !looks_like_list("a b"));
    assert!(is_lom_role("content provider") && !is_lom_role("Composer"));
    let (_, found) = found_in(
        "<general><keyword><langstring xml:lang='en'>a</langstring><langstring xml:lang='fr'>b</langstring></keyword><keyword><langstring xml:lang='en'>a</langstring><langstring xml:lang='EN'>b</langstring></keyword></general>",
    );
    assert_eq!(found.len(), 1, "{found:?}");
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

#[test]
fn hostile_input_ends() {
    let deep = format!(
        "<lom>{}",
        "<classification><taxonpath><taxon>".to_owned() + &"<taxon>".repeat(100_000)
    );
    let taxa = format!(
        "<lom><classification><taxonpath>{}{}",
        "<taxon>".repeat(5000),
        "</taxon>".repeat(5000)
    );
    let large = format!(
        "<lom><general><title><langstring>{}</langstring></title></general></lom>",
        "a &amp; ".repeat(640_000)
    );
    let many = format!("<lom><general>{}</general></lom>", "<x/>".repeat(50_000));
    let bomb = "<!DOCTYPE l [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><lom><general><title><langstring>&b;</langstring></title></general></lom>";
    for (text, code) in
        [(&*deep, "BR-F08"), (&*large, "BR-M02"), (&*many, "BR-F08"), (bomb, "BR-M01")]
    {
        let (lom, found) = read(text.as_bytes());
        assert!(codes(&found).contains(&code));
        again(&lom.unwrap());
    }
    let limits = Limits { depth: usize::MAX, ..Limits::default() };
    let lom = LomReader::new().with_limits(limits).for_text(&Decoded::from(&*taxa), &mut |_| ());
    let lom = lom.unwrap();
    let xml = lom.to_xml().unwrap();
    let again = LomReader::new().with_limits(limits).for_text(&Decoded::from(&*xml), &mut |_| ());
    assert_eq!(again, Some(lom));
}

/// A text that XML can hold.
fn text() -> impl Strategy<Value = String> {
    "([ \t<>&'\"\\\\,;:-]|\\PC){0,8}"
        .prop_filter("held by XML", |text| text.chars().all(is_character))
}

fn other() -> impl Strategy<Value = Vec<Other>> {
    let element = prop_oneof![
        text().prop_map(|text| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            Other::Element(format!("<x:y xmlns:x=\"urn:x\" a=\"1\">{text}<x:z/></x:y>"))
        }),
        Just(Other::Element("<unknown xmlns=\"\"><title/></unknown>".to_owned())),
    ];
    let attribute = text().prop_map(|value| Other::Attribute {
        name: "f:at".to_owned(),
        namespace: Some("urn:f".to_owned()),
        value,
    });
    (proptest::option::of(attribute), proptest::collection::vec(element, 0..2))
        .prop_map(|(attribute, elements)| attribute.into_iter().chain(elements).collect())
}

/// What else stands in an element of elements: text too.
fn mixed() -> impl Strategy<Value = Vec<Other>> {
    (other(), proptest::option::of("[a-z&<]{1,3}( [a-z]{1,3})?")).prop_map(|(mut other, text)| {
        other.extend(text.map(Other::Text));
        other
    })
}

fn leaf() -> impl Strategy<Value = Leaf> {
    (text(), other()).prop_map(|(text, other)| {
        // White space next to elements is layout.
        let text = if text.trim().is_empty() && !other.is_empty() { String::new() } else { text };
        Leaf { text, other }
    })
}

fn strings() -> impl Strategy<Value = LangStrings> {
    let lang = proptest::option::of(prop_oneof![Just("en"), Just("x-none"), Just("")]);
    let string = (lang, leaf()).prop_map(|(lang, leaf)| LangString {
        lang: lang.map(str::to_owned),
        text: leaf.text,
        other: leaf.other,
    });
    (proptest::collection::vec(string, 1..3), other())
        .prop_map(|(strings, other)| LangStrings { strings, other })
}

fn vocabulary() -> impl Strategy<Value = Vocabulary> {
    use proptest::option::of;
    (of(strings()), strings(), mixed()).prop_map(|(source, value, other)| Vocabulary {
        source,
        value: Some(value),
        other,
    })
}

fn date() -> impl Strategy<Value = Date> {
    use proptest::option::of;
    (of(leaf()), of(strings()), other()).prop_map(|(datetime, description, other)| Date {
        datetime,
        description,
        other,
    })
}

fn contribute() -> impl Strategy<Value = Contribute> {
    use proptest::option::of;
    let centity = (of(leaf()), other()).prop_map(|(vcard, other)| Centity { vcard, other });
    (of(vocabulary()), proptest::collection::vec(centity, 0..2), of(date()), mixed())
        .prop_map(|(role, centities, date, other)| Contribute { role, centities, date, other })
}

fn entry() -> impl Strategy<Value = CatalogEntry> {
    use proptest::option::of;
    (of(leaf()), of(strings()), mixed()).prop_map(|(catalog, entry, other)| CatalogEntry {
        catalog,
        entry,
        other,
    })
}

fn general() -> impl Strategy<Value = General> {
    use proptest::collection::vec;
    use proptest::option::of;
    (
        (of(leaf()), of(strings()), vec(entry(), 0..2), vec(leaf(), 0..2)),
        (vec(strings(), 0..2), vec(strings(), 0..2), vec(strings(), 0..2)),
        (of(vocabulary()), of(vocabulary()), mixed()),
    )
        .prop_map(|(a, b, c)| General {
            identifier: a.0,
            title: a.1,
            catalog_entries: a.2,
            languages: a.3,
            descriptions: b.0,
            keywords: b.1,
            coverages: b.2,
            structure: c.0,
            aggregation_level: c.1,
            other: c.2,
        })
}

fn technical() -> impl Strategy<Value = Technical> {
    use proptest::collection::vec;
    use proptest::option::of;
    let location = (of(text()), leaf()).prop_map(|(kind, leaf)| Location {
        kind,
        text: leaf.text,
        other: leaf.other,
    });
    let requirement = (of(vocabulary()), of(vocabulary()), of(leaf()), of(leaf()), mixed())
        .prop_map(|(kind, name, minimum_version, maximum_version, other)| Requirement {
            kind,
            name,
            minimum_version,
            maximum_version,
            other,
        });
    (
        (vec(leaf(), 0..2), of(leaf()), vec(location, 0..2), vec(requirement, 0..2)),
        (of(strings()), of(strings()), of(date()), mixed()),
    )
        .prop_map(|(a, b)| Technical {
            formats: a.0,
            size: a.1,
            locations: a.2,
            requirements: a.3,
            installation_remarks: b.0,
            other_platform_requirements: b.1,
            duration: b.2,
            other: b.3,
        })
}

fn lom() -> impl Strategy<Value = Lom> {
    use proptest::collection::vec;
    use proptest::option::of;
    let lifecycle = (of(strings()), of(vocabulary()), vec(contribute(), 0..2), mixed()).prop_map(
        |(version, status, contributes, other)| Lifecycle { version, status, contributes, other },
    );
    let taxon = (of(leaf()), of(strings()), mixed())
        .prop_map(|(id, entry, other)| Taxon { id, entry, taxon: None, other })
        .prop_recursive(4, 4, 1, |inner| {
            (inner, of(leaf())).prop_map(|(inner, id)| Taxon {
                id,
                taxon: Some(Box::new(inner)),
                ..Taxon::default()
            })
        });
    let path = (of(strings()), of(taxon), mixed()).prop_map(|(source, taxon, other)| TaxonPath {
        source,
        taxon,
        other,
    });
    let classification = (of(vocabulary()), vec(path, 0..2), of(strings()), vec(strings(), 0..2))
        .prop_map(|(purpose, taxon_paths, description, keywords)| Classification {
            purpose,
            taxon_paths,
            description,
            keywords,
            other: Vec::new(),
        });
    let resource = (of(leaf()), of(strings()), vec(entry(), 0..2), mixed()).prop_map(
        |(identifier, description, catalog_entries, other)| Resource {
            identifier,
            description,
            catalog_entries,
            other,
        },
    );
    let relation = (of(vocabulary()), of(resource), mixed())
        .prop_map(|(kind, resource, other)| Relation { kind, resource, other });
    let person = (of(leaf()), other()).prop_map(|(vcard, other)| Person { vcard, other });
    let annotation = (of(person), of(date()), of(strings()), mixed()).prop_map(
        |(person, date, description, other)| Annotation { person, date, description, other },
    );
    let educational = (of(vocabulary()), vec(vocabulary(), 0..2), vec(strings(), 0..2), of(date()))
        .prop_map(|(difficulty, contexts, typical_age_ranges, typical_learning_time)| {
            Educational {
                contexts,
                typical_age_ranges,
                difficulty,
                typical_learning_time,
                ..Educational::default()
            }
        });
    (
        (of(general()), of(lifecycle), of(technical()), of(educational)),
        (vec(relation, 0..2), vec(annotation, 0..2), vec(classification, 0..2), mixed()),
    )
        .prop_map(|(a, b)| Lom {
            general: a.0,
            lifecycle: a.1,
            technical: a.2,
            educational: a.3,
            relations: b.0,
            annotations: b.1,
            classifications: b.2,
            other: b.3,
            ..Lom::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_what_is_read(lom in lom()) {
        prop_assert_eq!(again(&lom).0, lom);
    }

    #[test]
    fn what_is_read_is_what_is_written(pieces in proptest::collection::vec(prop_oneof![
        Just("<general>"), Just("</general>"), Just("<title>"), Just("</title>"), Just("<langstring xml:lang='en'>"),
        Just("</langstring>"), Just("text "), Just("<lifeCycle>"), Just("</lifeCycle>"), Just("<contribute>"),
        Just("</contribute>"), Just("<role>"), Just("</role>"), Just("<x:a b='1' x:c='2'>"), Just("</x:a>"),
        Just("<u>"), Just("</u>"), Just("<centity>"), Just("</centity>"), Just("<vcard/>"), Just("&amp;"), Just("& "),
        Just("<x:d xmlns:x='v'/>"), Just("<title xmlns='http://www.imsglobal.org/xsd/imsmd_v1p2'/>"), Just("<y:z y:b=''/>"),
        Just("<date>2026<"), Just("</date>"), Just("<value xmlns=''/>"), Just("<langstring language='a' xml:lang='b'>"),
    ], 0..24), root in prop_oneof![Just("<lom xmlns:x='u'>"), Just("<x:lom xmlns:x='http://www.imsglobal.org/xsd/imsmd_v1p2'>"), Just("<lom xmlns='http://www.imsglobal.org/xsd/imsmd_rootv1p2p1' xmlns:x='w'>")]) {
        let text = format!("{root}{}", pieces.concat());
        if let Some(lom) = read(text.as_bytes()).0 {
            prop_assert_eq!(again(&lom).0, lom);
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'<'), Just(b'>'), Just(b'/')], 0..60)) {
        let (_, found) = read(&bytes);
        prop_assert!(found.iter().all(|finding| finding.position.is_some()));
        let _ = read(&[b"<lom xmlns='http://www.imsglobal.org/xsd/imsmd_v1p2'><general>", &bytes[..]].concat());
    }

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
