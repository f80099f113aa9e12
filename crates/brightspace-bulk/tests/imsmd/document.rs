//! The document around metadata: its root, whether it is well-formed, places in it, and one made to do harm.

use brightspace_bulk::edu_diagnostics::{Collector, Severity};
use brightspace_bulk::edu_syntax::Decoded;
use brightspace_bulk::edu_syntax::xml::{Limits, Tree};
use brightspace_bulk::imsmd::{LomReader, NAMESPACE};

use crate::read::{again, codes, read};

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
