//! Offering rule matrices.

use std::fs;
use std::io;
use std::path::Path;

use edu_diagnostics::{Diagnostic, Severity};
use edu_syntax::Decoded;
use offering_rules::{Catalogue, Generator, MatrixReader, rules};

use super::{Checked, Options, Skipped, Source};

/// The largest matrix that is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// Reads a matrix and checks its rules, and the commands that would be made of it.
pub(super) fn read(
    source: Source<'_>,
    options: &Options,
    sink: &mut dyn FnMut(Diagnostic),
) -> io::Result<Checked> {
    let bytes = source.held(LARGEST)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other("a matrix of more than 1 GiB is not read"));
    }
    let text = Decoded::new(&bytes);
    let mut has_errors = false;
    let mut watched = |finding: Diagnostic| {
        has_errors |= finding.severity == Severity::Error;
        sink(finding);
    };
    let matrix = MatrixReader::new().for_text(&text, &mut watched);
    let catalogue = options.opfs.as_ref();
    let mut sink = sink;
    let mut counts = Vec::new();
    if let Some(matrix) = &matrix {
        if has_errors {
            rules::check(matrix, None, catalogue, &mut sink);
        } else {
            let generator = catalogue.into_iter().fold(Generator::new(), Generator::with_catalogue);
            // The commands themselves are not asked for.
            let _ = generator.generate(matrix, &mut sink);
        }
        counts = vec![
            ("column", matrix.columns.len() as u64),
            ("value", matrix.values.len() as u64),
            ("mark", matrix.marks() as u64),
        ];
    }
    Ok(Checked {
        encoding: Some(text.encoding()),
        records: Some(matrix.map_or(0, |matrix| matrix.columns.len() as u64)),
        counts,
        skipped: skipped(has_errors, catalogue.is_some()),
        ..Checked::default()
    })
}

/// The rules that could not run.
fn skipped(has_errors: bool, has_catalogue: bool) -> Vec<Skipped> {
    let unasked = |rule: &edu_diagnostics::Rule, reason| Skipped {
        code: rule.code,
        reason,
        is_unasked: true,
    };
    let mut skipped = vec![
        unasked(&rules::WRONG_KIND, "it is not known which kind of rules is expected"),
        unasked(&rules::OUTSIDE_ORGANISATION, "the organisation is not known"),
    ];
    if !has_catalogue {
        let reason = "the profile fields of the organisation are not known (`--opfs`)";
        skipped.push(unasked(&rules::UNKNOWN_FIELD, reason));
        skipped.push(unasked(&rules::UNKNOWN_VALUE, reason));
    }
    if has_errors {
        skipped.push(Skipped {
            code: "OR-G*",
            reason: "no commands are made of a matrix with errors",
            is_unasked: false,
        });
    }
    skipped
}

/// Reads the profile fields of an organisation.
///
/// # Errors
///
/// A sentence that says why they cannot be read.
pub(crate) fn catalogue(path: &str) -> Result<Catalogue, String> {
    let text = fs::read_to_string(Path::new(path)).map_err(|error| error.to_string())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    serde_json::from_str(text).map_err(|error| error.to_string())
}
