//! IMSMD metadata.

use std::io;

use brightspace_bulk::imsmd::LomReader;
use edu_diagnostics::Diagnostic;
use edu_syntax::Decoded;

use super::{Checked, Source};

/// A larger file is no metadata of one object; the reader's own limit says so.
const LARGEST: u64 = 64 << 20;

/// Reads a metadata file.
pub(super) fn read(
    source: Source<'_>,
    mut sink: &mut dyn FnMut(Diagnostic),
) -> io::Result<Checked> {
    let bytes = source.held(LARGEST)?;
    let decoded = Decoded::new(&bytes);
    let lom = LomReader::new().for_text(&decoded, &mut sink);
    let records = u64::from(lom.is_some());
    Ok(Checked {
        encoding: Some(decoded.encoding()),
        records: Some(records),
        counts: vec![("lom", records)],
        ..Checked::default()
    })
}
