//! Settings and site, out of JSON files.

use std::fs;
use std::path::Path;

use ims_enterprise::moodle::{Settings, SiteRows};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::Failure;

/// The settings of the plug-in.
pub(crate) fn settings(path: &Path) -> Result<Settings, Failure> {
    parse(path, &read(path)?)
}

/// What exists: a site, or a printed plan with one in it.
pub(crate) fn site(path: &Path) -> Result<SiteRows, Failure> {
    #[derive(Deserialize)]
    struct Kind {
        site: Option<IgnoredAny>,
    }
    #[derive(Deserialize)]
    struct Plan {
        site: SiteRows,
    }
    let bytes = read(path)?;
    // A list would be taken for a site with its rows in a fixed order.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(format!("{}: an object is expected, not a list", path.display()).into());
    }
    match parse::<Kind>(path, &bytes)?.site {
        Some(_) => parse(path, &bytes).map(|Plan { site }| site),
        None => parse(path, &bytes),
    }
}

/// A byte order mark does no harm.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes))
}

/// Errors are said as findings are: the place first.
fn parse<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let said = error.to_string();
        let said = said.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&said);
        format!("{}:{line}:{column}: {said}", path.display()).into()
    })
}
