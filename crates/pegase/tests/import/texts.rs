//! What a text may hold: several formations, any top, another encoding, a structure and its details.

use serde_json::json;

use crate::check::{check, check_text, details, socle};
use crate::support::{
    alerts, grp, import, import_by, import_text, import_two, lic, of, path, sem, shown, ue,
};

#[test]
fn several_formations() {
    let tree = json!([
        {"codePeriode": "P", "codeFormation": "A", "arbreFormation": {
            "code": "A", "type": {"code": "0"}, "listeGroupement": [
                {"code": "G", "listeObjetFormation": [{"code": "U", "type": {"code": "UE"}}]}]}},
        {"codePeriode": "P", "codeFormation": "B", "arbreFormation": {
            "code": "B", "type": {"code": "1"}, "listeGroupement": [
                {"code": "G", "listeObjetFormation": [{"code": "U", "type": {"code": "UE"}}]}]}}
    ]);
    let import = import_text(&tree.to_string());
    assert_eq!(import.roots, ["A", "B"]);
    let contents =
        ["A Program Diplome [G]", "G MANDATORY [U]", "U UE", "B Program Certification [G]"];
    assert_eq!(shown(&import), contents);
    assert_eq!(alerts(&import), [""; 0]);
    let json = serde_json::to_value(&import).unwrap();
    assert_eq!((&json["root"], &json["roots"]), (&json!("A"), &json!(["A", "B"])));
}

#[test]
fn the_top_need_not_be_a_formation() {
    for (node, contents) in [
        (grp("G", [ue("U", ())]), &["G MANDATORY [U]", "U UE"][..]),
        (sem("S", ()), &["S Container semester"]),
        (ue("U", ()), &["U UE"]),
        (path("P", ()), &["P SubProgram PARCOURS-TYPE"]),
    ] {
        check(&node, contents, &[]);
    }
    let node = of("TRIMESTRE", "T", [sem("S", ())]);
    check(&node, &[], &["unknown-object-type T"]);
    assert_eq!(import(&node).roots, [""; 0]);
}

#[test]
fn text_in_utf_16() {
    let text = lic([socle(), ue("É", ())]).text();
    let bytes: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let import = import_by(&bytes, |importer| importer);
    assert_eq!(alerts(&import), ["op-without-grouping LIC", "sync-code-invalid É"]);
    // The place is one of the bytes as they came.
    let place = import.alerts[1].place.as_ref().unwrap();
    let start = usize::try_from(place.span.start).unwrap();
    let end = usize::try_from(place.span.end).unwrap();
    let units: Vec<_> =
        bytes[start..end].chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]])).collect();
    assert_eq!(String::from_utf16(&units).unwrap(), "\"É\"");
}

#[test]
fn d41_a_structure_with_and_without_details() {
    let structure = json!({"racine": {
        "id": "LIC", "classe": "F", "code": "LIC", "libelle": "LIC", "enfants": [
            {"id": "G", "obligatoire": false, "objetMaquette": {
                "id": "G", "classe": "G", "code": "G", "libelle": "G", "enfants": [
                    {"id": "U", "obligatoire": true, "objetMaquette": {
                        "id": "U", "classe": "OF", "type": "UE", "code": "U", "enfants": []}}]}}]}})
    .to_string();
    let contents = ["LIC Program - [G]", "G OPTIONAL [U]", "U UE"];
    check_text(&structure, &contents, &["details-missing LIC"]);
    let details = details(&[("LIC", "F", &["G?"]), ("G", "G", &["U"]), ("U", "UE", &[])])
        .replace(r#""libelle":"G","#, r#""libelle":"G","plageDeChoix":{"min":1,"max":1},"#);
    for (first, second) in [(&structure, &details), (&details, &structure)] {
        let import = import_two(first, second);
        let contents = ["LIC Program Diplome [G]", "G CHOICE 1-1 [U]", "U UE"];
        assert_eq!(shown(&import), contents);
        assert_eq!(alerts(&import), [""; 0]);
        assert_eq!(import.catalogue.get("LIC").unwrap().title, "The LIC");
    }
}

#[test]
fn d41_details_of_some_objects() {
    let structure = json!({"racine": {
        "id": "LIC", "classe": "F", "code": "LIC", "libelle": "LIC", "enfants": [
            {"id": "S", "obligatoire": true, "objetMaquette": {
                "id": "S", "classe": "OF", "type": "SEMESTRE", "code": "S", "enfants": []}}]}})
    .to_string();
    let import = import_two(&structure, &details(&[("LIC", "F", &["S"])]));
    assert_eq!(shown(&import), ["LIC Program Diplome [S]", "S Container semester"]);
    // The details say that there is no S; the structure has it.
    assert_eq!(alerts(&import), ["details-missing S"]);
}

#[test]
fn details_that_nothing_leads_to() {
    let text = details(&[("LIC", "F", &[]), ("G", "G", &["U"]), ("U", "UE", &[])]);
    check_text(&text, &["LIC Program Diplome"], &["unreachable-object G", "unreachable-object U"]);
}
