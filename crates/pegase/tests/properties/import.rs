//! What the crate makes of a text.

use pegase::edu_syntax::Decoded;
use pegase::{Import, Importer, MaquetteReader, Shape};
use proptest::prelude::*;

use crate::tables::tables;

pub(crate) fn import_all(texts: &[&str]) -> Result<(Shape, Import), TestCaseError> {
    let decoded: Vec<_> = texts.iter().map(|text| Decoded::from(*text)).collect();
    let reader = MaquetteReader::new();
    let maquette = match &decoded[..] {
        [first, second] => reader.read_with_details(first, second),
        all => reader.read(&all[0]),
    };
    let maquette = maquette.map_err(|error| TestCaseError::fail(error.to_string()))?;
    Ok((maquette.shape(), Importer::new(tables()).import(&maquette)))
}

pub(crate) fn import(text: &str) -> Result<Import, TestCaseError> {
    Ok(import_all(&[text])?.1)
}
