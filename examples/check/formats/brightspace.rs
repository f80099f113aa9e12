//! Setup files of the Brightspace bulk upload.

use std::fs::File;
use std::io::{self, Read as _};

use brightspace_bulk::scorm::PackageLimits;
use brightspace_bulk::{Files, LoadType, SetupReader};
use edu_diagnostics::{Diagnostic, Rule};
use edu_syntax::Decoded;

use super::{Checked, Options, Skipped, Source};
use crate::package;
use crate::server::Server;

/// Reads a setup file and checks its records.
pub(super) fn read(
    source: Source<'_>,
    name: Option<&str>,
    options: &Options,
    mut sink: &mut dyn FnMut(Diagnostic),
) -> io::Result<Checked> {
    let mut reader = SetupReader::new();
    if let Some(name) = name {
        reader = reader.with_file_name(name);
    }
    if let Some(server) = &options.server {
        reader = reader.with_files(server);
    }
    match source {
        Source::Held(bytes) => {
            let text = Decoded::new(bytes);
            let mut items = reader.for_text(&text, &mut sink);
            items.by_ref().for_each(drop);
            Ok(checked(text.encoding(), items.load_type(), items.records(), items.skipped()))
        }
        Source::Stream(input) => {
            let mut stream = reader.for_reader(input, &mut sink);
            stream.for_each(|_| ())?;
            Ok(checked(stream.encoding(), stream.load_type(), stream.records(), stream.skipped()))
        }
    }
}

fn checked(
    encoding: String,
    load_type: Option<LoadType>,
    records: u64,
    skipped: &[(&'static Rule, &'static str)],
) -> Checked {
    let kind = match load_type {
        Some(LoadType::Package) => "package",
        Some(LoadType::XmlMetadata) => "xml_metadata",
        Some(LoadType::CsvMetadata) => "csv_metadata",
        None => "record",
    };
    // A file that states no load type is to blame itself; a name or a map only the caller can give.
    let is_unasked = load_type.is_some();
    let skipped =
        skipped.iter().map(|&(rule, reason)| Skipped { code: rule.code, reason, is_unasked });
    Checked {
        encoding: Some(encoding),
        records: Some(records),
        counts: vec![(kind, records)],
        skipped: skipped.collect(),
        ..Checked::default()
    }
}

impl Files for Server {
    fn exists(&self, path: &str) -> Option<bool> {
        self.local(path).map(|local| local.is_file())
    }

    fn start(&self, path: &str, at_most: usize) -> Option<Vec<u8>> {
        let file = File::open(self.local(path)?).ok()?;
        let mut bytes = Vec::new();
        file.take(at_most as u64).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    fn manifest(&self, path: &str) -> Option<Vec<u8>> {
        let file = File::open(self.local(path)?).ok()?;
        package::open(file, PackageLimits::default()).ok()??.manifest
    }
}
