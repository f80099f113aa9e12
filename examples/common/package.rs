//! SCORM packages out of zip archives, under limits.

use std::io::{self, Read, Seek};

use brightspace_bulk::scorm::{Entry, PackageLimits, manifest_entry};
use zip::ZipArchive;
use zip::result::{ZipError, ZipResult};

/// What is in an archive; of its entries only the manifest has been unpacked.
#[derive(Debug)]
pub(crate) struct Archive {
    pub(crate) entries: Vec<Entry>,
    pub(crate) manifest: Option<Vec<u8>>,
}

/// Opens an archive; `None` where it is none, or is damaged.
///
/// # Errors
///
/// When the manifest is encrypted, or packed in an unknown way, or when the input cannot be read.
pub(crate) fn open(input: impl Read + Seek, limits: PackageLimits) -> io::Result<Option<Archive>> {
    match contents(input, limits) {
        Ok(archive) => Ok(Some(archive)),
        Err(ZipError::UnsupportedArchive(why)) => {
            Err(io::Error::other(format!("imsmanifest.xml cannot be unpacked: {why}")))
        }
        // The system's own errors have a number; others say what is wrong with the content.
        Err(ZipError::Io(error)) if error.raw_os_error().is_some() => Err(error),
        Err(_) => Ok(None),
    }
}

fn contents(input: impl Read + Seek, limits: PackageLimits) -> ZipResult<Archive> {
    let mut archive = ZipArchive::new(input)?;
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index)?;
        let name = match entry.name() {
            Ok(name) => name.into_owned(),
            Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
        };
        entries.push(Entry::new(name, entry.size(), entry.compressed_size()));
    }
    let manifest = match manifest_entry(&entries) {
        None => None,
        Some(index) => {
            let entry = archive.by_index(index)?;
            let mut bytes = Vec::new();
            // One byte more than the limit shows that it is exceeded, whatever size the entry states.
            entry.take(limits.manifest as u64 + 1).read_to_end(&mut bytes)?;
            Some(bytes)
        }
    };
    Ok(Archive { entries, manifest })
}
