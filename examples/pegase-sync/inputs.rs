//! Known codes, catalogues and pages, out of files.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use edu_syntax::Decoded;
use odf_model::Catalogue;
use pegase::Listing;
use serde::Deserialize;

use crate::Failure;
use crate::json::parse;

/// The synchronization codes of a catalogue.
pub(crate) fn codes(path: &Path) -> Result<HashSet<String>, Failure> {
    #[derive(Deserialize)]
    struct Codes {
        codes: Option<Vec<String>>,
    }
    let (name, bytes) = (path.to_string_lossy(), read(path)?);
    let wrong = |error| {
        format!("{error}; known codes are a JSON list such as [\"LIC-INFO\"], or a catalogue")
    };
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Ok(parse::<Vec<String>>(&name, &bytes).map_err(wrong)?.into_iter().collect());
    }
    let codes: Codes = parse(&name, &bytes).map_err(wrong)?;
    if let Some(codes) = codes.codes {
        return Ok(codes.into_iter().collect());
    }
    let catalogue: Catalogue = parse(&name, &bytes).map_err(wrong)?;
    let sync_codes = catalogue.iter().filter_map(|content| content.sync_code.as_ref());
    Ok(sync_codes.map(ToString::to_string).collect())
}

/// A catalogue: what `pegase-import` printed.
pub(crate) fn catalogue(path: &Path) -> Result<Catalogue, Failure> {
    let catalogue = parse(&path.to_string_lossy(), &read(path)?);
    Ok(catalogue.map_err(|error| format!("{error}; expected what `pegase-import` prints"))?)
}

/// Pages of search results, as one list.
pub(crate) fn listing(paths: &[PathBuf]) -> Result<Listing, Failure> {
    let page = |path: &PathBuf| -> Result<Listing, Failure> {
        let bytes = read(path)?;
        let listing = Listing::read(&Decoded::new(&bytes));
        Ok(listing.map_err(|error| format!("{}: {error}", path.display()))?)
    };
    paths.iter().map(page).collect()
}

/// A file, or standard input.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    Ok(fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?)
}
