//! The nested form, written.
#![cfg(feature = "serde")]
#![expect(clippy::disallowed_methods, reason = "tests read their data")]

use std::fs;

use odf_model::Tables;
use pegase::edu_syntax::Decoded;
use pegase::{Import, Importer, Maquette, MaquetteReader, Shape, write};

fn import(maquette: &Maquette<'_>) -> Import {
    let json = fs::read("tests/data/reftables/tables.json").expect("the tables");
    let tables: Tables = serde_json::from_slice(&json).expect("tables");
    Importer::new(&tables).import(maquette)
}

#[test]
fn what_is_written_is_imported_alike() {
    for folder in ["licence-info", "alertes", "du-data"] {
        for file in ["import", "details", "structure", "arbre-mof"] {
            let bytes = fs::read(format!("tests/data/{folder}/{file}.json")).expect("a maquette");
            let decoded = Decoded::new(&bytes);
            let maquette = MaquetteReader::new().read(&decoded).expect("a maquette");
            let written = write(&maquette, maquette.roots()[0]).expect("it is written");
            serde_json::from_str::<serde_json::Value>(&written).expect("JSON");
            let decoded = Decoded::from(written.as_str());
            let again = MaquetteReader::new().read(&decoded).expect("a maquette");
            assert_eq!(again.shape(), Shape::Nested);
            assert_eq!(import(&again).catalogue, import(&maquette).catalogue, "{folder} {file}");
            assert_eq!(
                write(&again, again.roots()[0]).expect("it is written"),
                written,
                "{folder} {file}"
            );
        }
    }
}

#[test]
fn nothing_of_a_nested_file_is_lost() {
    for folder in ["licence-info", "alertes", "du-data"] {
        let text = fs::read_to_string(format!("tests/data/{folder}/import.json")).expect("a file");
        let text =
            text.replacen("\"mutualise\"", "\"nouveau\": {\"a\": [1.50, null]}, \"mutualise\"", 3);
        let decoded = Decoded::from(text.as_str());
        let maquette = MaquetteReader::new().read(&decoded).expect("a maquette");
        let written = write(&maquette, maquette.roots()[0]).expect("it is written");
        let values =
            [&text, &written].map(|it| serde_json::from_str::<serde_json::Value>(it).unwrap());
        assert_eq!(values[0], values[1], "{folder}");
        assert!(written.contains("1.50"), "numbers stay as they are written");
    }
}
