//! IMS Enterprise.

use std::io;

use edu_diagnostics::{Diagnostic, Rule};
use edu_syntax::Decoded;
use ims_enterprise::{Counts, ImsReader, ReadError, StreamError};

use super::{Checked, Options, Skipped, Source};

/// What a profile reads and ignores, each item once.
pub(super) const LISTS: [&str; 2] = ["IE-P01", "IE-P02"];

/// Compares the file's target with the one that the caller gives.
const NEEDS_TARGET: &str = "IE-K14";

/// Reads a file and checks its records.
pub(super) fn read(
    source: Source<'_>,
    options: &Options,
    mut sink: &mut dyn FnMut(Diagnostic),
) -> io::Result<Checked> {
    let reader = reader(options);
    let skipped = |rules: &[(&'static Rule, &'static str)]| {
        let skipped = rules.iter().map(|&(rule, reason)| Skipped {
            code: rule.code,
            reason,
            is_unasked: rule.code == NEEDS_TARGET && options.target.is_none(),
        });
        skipped.collect()
    };
    let (encoding, counts, skipped, stop) = match source {
        Source::Held(bytes) => {
            let text = Decoded::new(bytes);
            let mut records = reader.for_text(&text, &mut sink);
            let stop = records.by_ref().find_map(Result::err);
            (text.encoding(), records.summary().counts, skipped(records.skipped()), stop)
        }
        Source::Stream(input) => {
            let mut stream = reader.for_reader(input, &mut sink);
            let stop = match stream.for_each(|_| ()) {
                Ok(()) => None,
                Err(StreamError::Read(stop)) => Some(stop),
                Err(StreamError::Io(error)) => return Err(error),
                Err(other) => return Err(io::Error::other(other)),
            };
            (stream.encoding(), stream.summary().counts, skipped(stream.skipped()), stop)
        }
    };
    if let Some(finding) = stop.as_ref().map(ReadError::diagnostic) {
        sink(finding.clone());
    }
    Ok(Checked {
        encoding: Some(encoding),
        records: Some(counts.records()),
        counts: by_kind(counts),
        skipped,
        ..Checked::default()
    })
}

fn reader(options: &Options) -> ImsReader {
    let mut reader = ImsReader::new();
    if let Some(profile) = options.profile {
        reader = reader.with_profile(profile);
    }
    if let Some(target) = &options.target {
        reader = reader.with_target(target);
    }
    reader
}

fn by_kind(counts: Counts) -> Vec<(&'static str, u64)> {
    vec![
        ("person", counts.person),
        ("group", counts.group),
        ("membership", counts.membership),
        ("member", counts.member),
    ]
}
