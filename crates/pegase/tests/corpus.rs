//! The maquettes of the corpus in every shape, each with what is expected of its import.
//!
//! The same is tested on copies. Run the tests of the folder itself with `CORPUS` set to it.

#![cfg(feature = "serde")]
#![expect(clippy::disallowed_methods, reason = "the corpus is a folder that the environment names")]

#[path = "support/files.rs"]
mod files;

use std::path::PathBuf;

use edu_syntax::Decoded;
use files::FOLDERS;
use odf_model::Tables;
use pegase::{Conversions, Importer, MaquetteReader, edu_syntax, odf_model};

fn read_from(root: PathBuf) -> impl Fn(&str, &str) -> Vec<u8> {
    move |folder, name| {
        let name = if name.contains('.') { name.to_owned() } else { format!("{name}.json") };
        std::fs::read(root.join(folder).join(name)).expect("the file is there")
    }
}

fn copies() -> impl Fn(&str, &str) -> Vec<u8> {
    read_from(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")))
}

fn tables_of(file: impl Fn(&str, &str) -> Vec<u8>) -> Tables {
    serde_json::from_slice(&file("reftables", "tables")).expect("tables")
}

fn compare(file: impl Fn(&str, &str) -> Vec<u8>) {
    let tables = tables_of(&file);
    let mut conversions = Conversions::new();
    for name in ["degree_conversion.xml", "domain_conversion.xml", "rncplevel_conversion.xml"] {
        let notes = conversions.read(name, &file("conversion", name), &tables);
        assert_eq!(notes, Ok(&[][..]), "{name}");
    }
    for folder in FOLDERS {
        files::compare(folder, &tables, &conversions, |name| file(folder, name));
    }
}

#[test]
#[ignore = "needs CORPUS"]
fn maquettes_of_the_corpus() {
    let root = PathBuf::from(std::env::var("CORPUS").expect("CORPUS is set")).join("pegase/own");
    compare(read_from(root));
}

#[test]
fn copies_of_the_maquettes() {
    compare(copies());
}

/// The whole of an import as JSON, alerts with their places.
#[test]
fn an_import_as_json() {
    let file = copies();
    let tables = tables_of(&file);
    let bytes = file("alertes", "import");
    let decoded = Decoded::new(&bytes);
    let maquette = MaquetteReader::new().read(&decoded).unwrap();
    let import = Importer::new(&tables).import(&maquette);
    insta::assert_snapshot!(serde_json::to_string_pretty(&import).unwrap());
}
