//! What is in metadata: deviations from the schema, names of IEEE LOM, titles, values.

use brightspace_bulk::imsmd::{
    General, LangString, LangStrings, Lom, Other, is_lom_role, is_media_type, looks_like_list,
};

use crate::read::{again, codes, found_in};

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
