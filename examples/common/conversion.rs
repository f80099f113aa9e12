//! Conversion files, out of a folder.

use std::fs;
use std::io;
use std::path::Path;

use edu_diagnostics::{Severity, Sink as _};
use odf_model::Tables;
use pegase::Conversions;

use crate::Failure;
use crate::said::Said;

/// Reads the XML files of a folder in the order of their names, and says what there is to note.
pub(crate) fn read(
    folder: &Path,
    tables: &Tables,
    least: Severity,
) -> Result<Conversions, Failure> {
    let in_folder = |error: io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(in_folder)?;
    let mut entries = entries.collect::<io::Result<Vec<_>>>().map_err(in_folder)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut conversions = Conversions::new();
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || !name.to_ascii_lowercase().ends_with(".xml") {
            continue;
        }
        let path = entry.path().to_string_lossy().into_owned();
        let bytes = fs::read(entry.path()).map_err(|error| format!("{path}: {error}"))?;
        let notes = conversions.read(&name, &bytes, tables);
        let notes = notes.map_err(|error| {
            format!("{}: {error}; correct the file, or take it out of the folder", folder.display())
        })?;
        let mut said = Said::new(&path);
        for note in notes {
            said.report(note.diagnostic());
        }
        said.say(least);
    }
    Ok(conversions)
}
