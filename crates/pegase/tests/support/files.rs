//! Maquettes of the corpus, each with what is expected of it.

use edu_diagnostics::Severity;
use edu_syntax::Decoded;
use odf_model::Tables;
use pegase::{
    Conversions, Import, Importer, MaquetteReader, edu_diagnostics, edu_syntax, odf_model,
};
use serde_json::Value;

pub(crate) const FOLDERS: [&str; 3] = ["licence-info", "alertes", "du-data"];

/// The shapes, and a structure with its details, in either order.
pub(crate) const INPUTS: [&[&str]; 6] = [
    &["import"],
    &["details"],
    &["structure"],
    &["arbre-mof"],
    &["structure", "details"],
    &["details", "structure"],
];

/// Compares what is made of each input in a folder with what is expected.
pub(crate) fn compare(
    folder: &str,
    tables: &Tables,
    conversions: &Conversions,
    file: impl Fn(&str) -> Vec<u8>,
) {
    let json = |name: &str| -> Value { serde_json::from_slice(&file(name)).expect("JSON") };
    let expected = json("expected-import");
    let fields = json("expected-fields");
    for input in INPUTS {
        let texts: Vec<_> = input.iter().map(|name| file(name)).collect();
        let decoded: Vec<_> = texts.iter().map(|bytes| Decoded::new(bytes)).collect();
        let reader = MaquetteReader::new();
        let maquette = match &decoded[..] {
            [one] => reader.read(one),
            [first, second, ..] => reader.read_with_details(first, second),
            [] => unreachable!("each input has a text"),
        };
        let import = Importer::new(tables)
            .with_conversions(conversions)
            .import(&maquette.expect("a maquette"));
        let context = format!("{folder} {input:?}");
        nodes(&context, input, &import, &expected);
        alerts(&context, input, &import, &expected, &fields);
        if input == ["import"] || input.contains(&"details") {
            programme(&context, &import, &fields);
        }
    }
}

/// Whether an input has what a structure alone and the older tree lack.
fn is_full(input: &[&str]) -> bool {
    input == ["import"] || input.contains(&"details")
}

fn nodes(place: &str, input: &[&str], import: &Import, expected: &Value) {
    let wanted = expected["nodes"].as_array().expect("nodes");
    assert_eq!(import.catalogue.len(), wanted.len(), "{place}");
    assert_eq!(import.roots, [expected["root"].as_str().expect("a root")], "{place}");
    // In the older tree, objects stand before groupings: the order of the contents is another one.
    let keeps_order = input != ["arbre-mof"];
    for (number, wanted) in wanted.iter().enumerate() {
        let code = wanted["code"].as_str().expect("a code");
        let content = import.catalogue.get(code).expect(code);
        let found = serde_json::to_value(content).expect("JSON");
        if keeps_order {
            assert_eq!(import.catalogue.iter().nth(number), Some(content), "{place}");
        }
        for (member, wanted) in wanted.as_object().expect("an object") {
            let found = &found[member];
            match member.as_str() {
                "children" if !keeps_order => {
                    assert_eq!(sorted(found), sorted(wanted), "{place}");
                }
                // The structure has short labels, neither ranges nor types of formation.
                "title" | "diploma_nature" | "internship" if input == ["structure"] => {}
                "choice" if input == ["structure"] && wanted["type"] == "CHOICE" => {
                    assert_ne!(found["type"], "CHOICE", "{place} {code}");
                }
                _ => assert_eq!(found, wanted, "{place} {code} {member}"),
            }
        }
    }
}

fn sorted(codes: &Value) -> Vec<&str> {
    let codes = codes.as_array().expect("codes");
    let mut codes: Vec<_> = codes.iter().map(|code| code.as_str().expect("a code")).collect();
    codes.sort_unstable();
    codes
}

/// The members of an alert that the expected one has.
fn shown(alert: &Value, of: &Value) -> Value {
    let members = of.as_object().expect("an object").keys();
    members.map(|it| (it.clone(), alert[it].clone())).collect()
}

/// All that the list expects is there in its order, and nothing else but infos.
fn alerts(context: &str, input: &[&str], import: &Import, expected: &Value, fields: &Value) {
    let all = |list: &Value| list.as_array().expect("alerts").clone();
    let is_reference = |alert: &Value| alert["kind"] == "unmatched-reference";
    let found = import.alerts.iter().filter(|alert| alert.severity > Severity::Info);
    let found = found.map(|alert| serde_json::to_value(alert).expect("JSON"));
    let (references, mut found): (Vec<_>, Vec<_>) = found.partition(is_reference);
    let mut wanted = all(&expected["alerts"]);
    if input == ["structure"] {
        wanted.retain(|alert| alert["kind"] != "choice-range-invalid");
    }
    if input == ["arbre-mof"] {
        let key = |alert: &Value| {
            let about = if alert["list"].is_null() { &alert["object"] } else { &alert["list"] };
            format!("{} {about}", alert["kind"])
        };
        found.sort_by_key(key);
        wanted.sort_by_key(key);
    }
    let found: Vec<_> = found
        .iter()
        .zip(&wanted)
        .map(|(a, of)| shown(a, of))
        .chain(found.iter().skip(wanted.len()).cloned())
        .collect();
    let wanted: Vec<_> = wanted.iter().map(|alert| shown(alert, alert)).collect();
    assert_eq!(found, wanted, "{context}");
    if is_full(input) {
        let wanted: Vec<_> = all(&fields["alerts"]).iter().map(|it| shown(it, it)).collect();
        assert_eq!(references.len(), wanted.len(), "{context} {references:#?}");
        for (found, wanted) in references.iter().zip(&wanted) {
            assert_eq!(shown(found, wanted), *wanted, "{context}");
        }
    }
}

/// The values of the programme, and the fields that Ametys requires.
fn programme(context: &str, import: &Import, expected: &Value) {
    let code = expected["program"].as_str().expect("a code");
    let found = serde_json::to_value(import.catalogue.get(code)).expect("JSON");
    for (member, wanted) in expected["fields"].as_object().expect("fields") {
        assert_eq!(&found["fields"][member], wanted, "{context} {member}");
    }
    let found = serde_json::to_value(import).expect("JSON");
    assert_eq!(found["missing_mandatory"], expected["missing_mandatory"], "{context}");
}
