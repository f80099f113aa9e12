//! What is not known, or damaged, and is kept.

use brightspace_bulk::edu_diagnostics::Severity;
use brightspace_bulk::imsmd::{Metadata, Other};

use crate::read::{again, codes, read};

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
