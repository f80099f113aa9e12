//! What a manifest says, and what is said about it.

mod support;

use brightspace_bulk::rules;
use brightspace_bulk::scorm::{Level, Manifest, Metadata, Package, PackageReader};
use edu_diagnostics::{Collector, Diagnostic, Position, Span};
use edu_syntax::Decoded;
use support::Listing;

/// What is found in a package; bytes that are no archive have no listing.
fn read(listing: Option<&Listing>) -> (Option<Manifest>, Vec<Diagnostic>) {
    let reader = PackageReader::new();
    let mut found = Vec::new();
    let mut sink = |finding: Diagnostic| found.push(finding);
    let Some(listing) = listing else {
        reader.not_a_zip(&mut sink);
        return (None, found);
    };
    let decoded = listing.manifest.as_deref().map(Decoded::new);
    let package = Package { entries: &listing.entries, manifest: decoded.as_ref() };
    let manifest = reader.for_package(&package, &mut sink);
    assert!(found.is_sorted(), "{found:?}");
    assert!(found.iter().all(|finding| finding.span.is_some() == finding.position.is_some()));
    (manifest, found)
}

fn example(text: &[u8]) -> Vec<Diagnostic> {
    let text = str::from_utf8(text).expect("an example is text");
    read(Listing::from_example(text).as_ref()).1
}

/// What is found in a manifest by itself.
fn sentences(manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut sink = |finding: Diagnostic| found.push(finding.to_string());
    PackageReader::new().for_manifest(&Decoded::from(manifest), &mut sink);
    found
}

/// A manifest with `metadata` and `organizations` in place, and what else stands in it.
fn manifest(metadata: &str, organizations: &str, resources: &str) -> String {
    format!(
        "<manifest identifier='M' xmlns='http://www.imsproject.org/xsd/imscp_rootv1p1p2' \
         xmlns:adlcp='http://www.adlnet.org/xsd/adlcp_rootv1p2'>\
         <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>{metadata}</metadata>\
         <organizations>{organizations}</organizations><resources>{resources}</resources></manifest>"
    )
}

fn lom(title: &str) -> String {
    format!(
        "<lom xmlns='http://www.imsglobal.org/xsd/imsmd_rootv1p2p1'><general><title>\
         <langstring>{title}</langstring></title></general></lom>"
    )
}

#[test]
fn places_are_those_of_the_original_bytes() {
    let text = manifest("", "<organization identifier='é'/>\n<organization identifier='é'/>", "");
    let mut found = Collector::new();
    let bytes = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let read = PackageReader::new().for_manifest(&Decoded::new(&bytes), &mut found).unwrap();
    let at = text.rfind('é').unwrap() as u64;
    let in_text = read.organizations[1].identifier.as_ref().unwrap().span;
    assert_eq!(in_text, Span::new(at, at + 2));
    let second = Span::new(at + 3, at + 5);
    let [finding] = found.findings() else { panic!("{found:?}") };
    assert_eq!((finding.span, finding.rule), (Some(second), &rules::DUPLICATE_IDENTIFIER));
    assert_eq!(finding.position, Some(Position { line: 2, column: 27 }));
    assert_eq!(finding.labels[0].position.unwrap().line, 1);
    assert_eq!(&bytes[finding.labels[0].span.range().unwrap()], "é".as_bytes());
}

#[test]
fn what_is_said_of_versions() {
    let of = |schema: &str| {
        let text = manifest("", "", "");
        let stated = "<schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>";
        sentences(&text.replace(stated, schema))
    };
    assert_eq!(of(""), ["the manifest has neither `schema` nor `schemaversion`"]);
    assert_eq!(of("<schema>ADL SCORM</schema>"), ["the manifest has no `schemaversion`"]);
    let version = "<schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion>";
    assert_eq!(
        of(version),
        ["the manifest states the version `2004 4th Edition`, which is SCORM 2004"]
    );
    let schema = "<schema>IMS Content</schema><schemaversion>1.2</schemaversion>";
    assert_eq!(of(schema), ["the manifest states the schema `IMS Content`"]);
}

#[test]
fn what_is_said_of_other_kinds() {
    let with = |namespaces: &str, kind: &str| {
        sentences(&format!(
            "<manifest identifier='M' {namespaces}><organizations/><resources>\
             <resource identifier='R' type='{kind}'/></resources></manifest>"
        ))
    };
    let cases = [
        (
            "xmlns:bb='http://www.blackboard.com/content-packaging/'",
            "x",
            "a course export of Blackboard",
        ),
        ("", "resource/x-bb-document", "a course export of Blackboard"),
        ("xmlns:d='http://desire2learn.com/xsd/d2lcp_v2p0'", "x", "a course export of Brightspace"),
        ("xmlns='http://www.imsglobal.org/xsd/imscp_v1p1'", "imsqti_item_xmlv2p1", "a QTI package"),
    ];
    for (namespaces, kind, expected) in cases {
        assert_eq!(with(namespaces, kind), [format!("this is {expected}")]);
    }
    let moodle = example(b"moodle_backup.xml 10 10\nfiles.xml 10 10\n");
    assert_eq!(moodle[0].to_string(), "this is a course export of Moodle");
}

#[test]
fn structure() {
    let text =
        manifest("", "", "").replace("<resources>", "<metadata/><organizations/><resources>");
    assert_eq!(sentences(&text), ["`metadata` is given twice", "`organizations` is given twice"]);
    let long = "x".repeat(201);
    let text = manifest(
        "",
        &format!("<organization identifier='O'><title>{long}</title></organization>"),
        "",
    );
    assert_eq!(sentences(&text), ["`title` has 201 characters, 200 are allowed"]);
    assert_eq!(sentences("<html/>"), ["`html` is in no namespace"],);
    assert_eq!(sentences(""), ["there is no element"]);
    assert_eq!(sentences("<!DOCTYPE manifest>").len(), 1);
    let text = manifest("", "", "");
    let entity = format!("<!DOCTYPE manifest [<!ENTITY a 'b'>]>{text}");
    assert_eq!(sentences(&entity), ["the document type declares entities; none is expanded"]);
    assert!(sentences(&format!("<!DOCTYPE manifest>{text}")).is_empty());
    let cut = &text[..text.len() - "</resources></manifest>".len()];
    assert_eq!(sentences(cut).len(), 1, "{:?}", sentences(cut));
}

#[test]
fn files_are_looked_for_below_their_base() {
    let resources = "<resource identifier='R' type='webcontent' adlcp:scormtype='sco' xml:base='unit%201/' \
         href='Start.html?x=1'><metadata><adlcp:location>meta.xml</adlcp:location></metadata>\
         <file href='Start.html'/><file href='../shared/./style.css'/><file href='http://example.org/x'/>\
         </resource>";
    let text = manifest("<adlcp:location>meta/package.xml</adlcp:location>", "", resources);
    let text = text.replace("<resources>", "<resources xml:base='course/'>");
    let entries = "imsmanifest.xml 1 1\ncourse/unit 1/start.html 1 1\ncourse/unit 1/meta.xml 1 1\n\
         course/shared/style.css 1 1\nx/ 0 0\nmore.txt 1 1\nims_xml.XSD 1 1\n";
    let found = example(format!("{entries}\n{text}").as_bytes());
    let found: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "`meta/package.xml` is not in the package",
            "`course/unit 1/Start.html` is not in the package",
            "`more.txt` is not named in the manifest",
        ]
    );
}

fn title(metadata: Option<&Metadata>) -> Option<(Level, &str)> {
    let metadata = metadata?;
    Some((metadata.level, metadata.lom.as_ref()?.lom.title(None)?))
}

#[test]
fn metadata_that_count() {
    let item = |identifier: &str, inside: &str| {
        format!("<item identifier='{identifier}' identifierref='R'>{inside}</item>")
    };
    let with = |title: &str| format!("<metadata>{}</metadata>", lom(title));
    let resources = format!(
        "<resource identifier='R' type='webcontent' adlcp:scormtype='sco'>{}</resource>",
        with("resource")
    );
    let read = |metadata: &str, items: &str| {
        let organization = format!("<organization identifier='O'>{items}</organization>");
        let text = manifest(metadata, &organization, &resources);
        let mut found = Collector::new();
        PackageReader::new().for_manifest(&Decoded::from(text.as_str()), &mut found).unwrap()
    };

    let topic = read(&lom("manifest"), &item("I", &with("item")));
    assert!(!topic.is_module());
    assert_eq!(title(topic.metadata_for_package()), Some((Level::Manifest, "manifest")));
    assert_eq!(title(topic.metadata_for_item("I")), Some((Level::Item, "item")));
    assert_eq!(title(topic.metadata_for_item("J")), None);

    let module = read("", &item("I", &(with("module") + &item("J", ""))));
    assert!(module.is_module());
    assert_eq!(title(module.metadata_for_package()), Some((Level::Item, "module")));
    assert_eq!(title(module.metadata_for_item("J")), Some((Level::Resource, "resource")));
    let module = read(&lom("manifest"), &item("I", &(with("module") + &item("J", ""))));
    assert_eq!(title(module.metadata_for_item("I")), Some((Level::Manifest, "manifest")));

    let course = read("", &(with("organization") + &item("I", "") + &item("J", "")));
    assert!(!course.is_module());
    assert_eq!(title(course.metadata_for_package()), Some((Level::Organization, "organization")));
    let bare = read("", &(item("I", &with("item")) + &item("J", "")));
    assert_eq!(title(bare.metadata_for_package()), None);
}
