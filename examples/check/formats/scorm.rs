//! SCORM packages and their manifests.

use std::io::{self, Cursor, Read, Seek};

use brightspace_bulk::scorm::{Manifest, Package, PackageReader};
use edu_diagnostics::Diagnostic;
use edu_syntax::Decoded;

use super::{Checked, Entry, Source};
use crate::package::{Archive, open};

/// An archive that comes through a pipe is held, up to this size.
const HELD: u64 = 64 << 20;

/// Whether a file that begins so is an archive.
pub(super) fn is_package(head: &[u8]) -> bool {
    brightspace_bulk::scorm::is_zip(head)
}

/// Whether an archive that begins so is a document: those of office programs, books and Java programs are
/// archives too, and say by their first entry what they are.
pub(super) fn is_document(head: &[u8]) -> bool {
    /// Where the name of the first entry stands in an archive.
    const NAME: usize = 30;
    let name = head.get(NAME..).unwrap_or_default();
    ["[Content_Types].xml", "_rels/", "docProps/", "xl/", "mimetype", "META-INF/"]
        .iter()
        .any(|first| name.starts_with(first.as_bytes()))
}

/// Reads a package, or a manifest by itself.
pub(super) fn read(
    source: Source<'_>,
    mut sink: &mut dyn FnMut(Diagnostic),
) -> io::Result<Checked> {
    let bytes = source.held(HELD)?;
    if bytes.len() as u64 > HELD && is_package(&bytes) {
        return Err(io::Error::other("a package from a pipe may have 64 MiB; name the file"));
    }
    if bytes.trim_ascii_start().starts_with(b"<") || looks_like_text(&bytes) {
        let decoded = Decoded::new(&bytes);
        let manifest = PackageReader::new().for_manifest(&decoded, &mut sink);
        return Ok(checked(decoded.encoding(), manifest.as_ref(), None));
    }
    package(Cursor::new(bytes), sink)
}

/// Whether the bytes are XML in an encoding in which `<` is not the first byte.
fn looks_like_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    Decoded::new(head).text().trim_start().starts_with('<')
}

/// Reads a package.
pub(super) fn package(
    input: impl Read + Seek,
    mut sink: &mut dyn FnMut(Diagnostic),
) -> io::Result<Checked> {
    let reader = PackageReader::new();
    let Some(Archive { entries, manifest }) = open(input, reader.limits())? else {
        reader.not_a_zip(&mut sink);
        return Ok(checked_none());
    };
    let decoded = manifest.as_deref().map(Decoded::new);
    let package = Package { entries: &entries, manifest: decoded.as_ref() };
    let read = reader.for_package(&package, &mut sink);
    let encoding = decoded.as_ref().map(Decoded::encoding);
    let entry = manifest
        .as_ref()
        .map(|bytes| Entry { name: "imsmanifest.xml".to_owned(), bytes: bytes.clone() });
    Ok(match encoding {
        Some(encoding) => checked(encoding, read.as_ref(), entry),
        None => checked_none(),
    })
}

fn checked(encoding: String, manifest: Option<&Manifest>, entry: Option<Entry>) -> Checked {
    let counts = manifest.map_or([0; 3], |manifest| {
        [
            manifest.organizations.len(),
            manifest.all_items().count(),
            manifest.all_resources().count(),
        ]
        .map(|count| count as u64)
    });
    Checked {
        encoding: Some(encoding),
        records: Some(counts.iter().sum()),
        counts: ["organization", "item", "resource"].into_iter().zip(counts).collect(),
        entry,
        ..Checked::default()
    }
}

fn checked_none() -> Checked {
    Checked { records: Some(0), counts: vec![("resource", 0)], ..Checked::default() }
}
