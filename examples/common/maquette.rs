//! Reference tables and maquettes, out of files.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use edu_diagnostics::{Diagnostic, Severity, Sink as _};
use odf_model::Tables;
use odf_model::rules::check_tables;
use pegase::{Category, ObjectTypes, is_packed, unpack};
use serde::{Deserialize, Deserializer};

use crate::Failure;
use crate::json::parse;
use crate::progress::Progress;
use crate::said::Said;

/// The largest maquette that is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// What has to be done about tables that cannot be read.
const TABLES: &str = "tables are an object with an array of entries for each table, such as \
    {\"odf-enumeration.Degree\": [{\"code\": \"XA\", \"label\": \"Licence\", \"pegase_code\": \"TYD020\"}]}, and \
    optionally \"object_types\": [{\"code\": \"PROJ\", \"category\": \"OP\"}]: correct the file";

/// Reference tables, and the types of objects of an institution.
///
/// What is wrong with single entries is said, and is no reason to stop.
pub(crate) fn tables(path: &Path, least: Severity) -> Result<(Tables, ObjectTypes), Failure> {
    #[derive(Deserialize)]
    struct Others {
        #[serde(default)]
        object_types: Option<Vec<ObjectType>>,
    }
    #[derive(Deserialize)]
    struct ObjectType {
        code: String,
        #[serde(deserialize_with = "category")]
        category: Category,
    }
    let name = path.to_string_lossy();
    let bytes = fs::read(path).map_err(|error| format!("{name}: {error}"))?;
    let wrong = |error| format!("{error}; {TABLES}");
    let tables: Tables = parse(&name, &bytes).map_err(wrong)?;
    let mut said = Said::new(&name);
    check_tables(&tables, &mut |mut finding: Diagnostic| {
        // They are not what is imported.
        finding.severity = finding.severity.min(Severity::Warning);
        said.report(finding);
    });
    said.say(least);
    let others: Others = parse(&name, &bytes).map_err(wrong)?;
    let types = others.object_types.unwrap_or_default();
    let types =
        types.into_iter().fold(ObjectTypes::new(), |types, ObjectType { code, category }| {
            types.with(code, category)
        });
    Ok((tables, types))
}

fn category<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Category, D::Error> {
    let word = String::deserialize(deserializer)?;
    let unknown = || format!("no category is called `{word}`, expected `OTT`, `OO` or `OP`");
    Category::parse(&word).ok_or_else(|| serde::de::Error::custom(unknown()))
}

/// A text that a maquette is read from.
pub(crate) struct Source {
    /// The path as it was given.
    pub(crate) path: String,
    /// What is read.
    pub(crate) bytes: Vec<u8>,
}

/// Bytes of files to be read, where that is known.
pub(crate) fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len())
}

/// Reads a file, or standard input. A packed maquette is unpacked.
pub(crate) fn source(path: &Path, progress: &Progress) -> Result<Source, Failure> {
    let name = path.to_string_lossy().into_owned();
    let bytes = if path == Path::new("-") {
        bounded(progress.counting(io::stdin()))
    } else {
        File::open(path).and_then(|file| bounded(progress.counting(file)))
    };
    let bytes = bytes.map_err(|error| format!("{name}: {error}"))?;
    if !is_packed(&bytes) {
        return Ok(Source { bytes, path: name });
    }
    let limit = usize::try_from(LARGEST).unwrap_or(usize::MAX);
    let bytes = unpack(&bytes, limit).map_err(|error| format!("{name}: {error}"))?;
    // Lines are those of the text in it.
    Ok(Source { bytes, path: format!("{name} (unpacked)") })
}

fn bounded(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other("a maquette of more than 1 GiB is not read"));
    }
    Ok(bytes)
}
