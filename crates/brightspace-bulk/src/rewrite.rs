//! Reading and writing back in canonical form.

use edu_diagnostics::Sink;
use edu_syntax::Decoded;

use crate::model::Item;
use crate::read::SetupReader;
use crate::upload::{Incomplete, Upload};
use crate::write::{LineEnd, SetupWriter, WriteError};

/// Why a setup file cannot be written back without losing something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RewriteError {
    /// The file does not state what it is.
    #[error("the load type is not known")]
    LoadType,
    /// A record is not complete.
    #[error("line {line}: {reason}")]
    Incomplete {
        /// Line of the record, from 1.
        line: u64,
        /// What is missing.
        reason: Incomplete,
    },
    /// A record cannot be written.
    #[error("line {line}: {reason}")]
    Write {
        /// Line of the record, from 1.
        line: u64,
        /// What stands in the way.
        #[source]
        reason: WriteError,
    },
}

/// Writes a setup file anew in canonical form: one line a record, comments before the record that follows
/// them, blank lines left out. Line ends and a byte order mark are those of the file; what is not UTF-8
/// becomes UTF-8. Findings of the reading go to the sink.
///
/// # Errors
///
/// When something would be lost: see [`RewriteError`]. All findings have been reported then.
///
/// ```
/// use brightspace_bulk::{SetupReader, rewrite};
/// use edu_diagnostics::Collector;
/// use edu_syntax::Decoded;
///
/// let text = Decoded::from("loadtype = package\n\n 2 , \\\\srv\\a.zip\n");
/// let mut findings = Collector::new();
/// let written = rewrite(SetupReader::new(), &text, &mut findings)?;
/// assert_eq!(written, "LoadType=Package\n2,\"\\\\srv\\a.zip\"\n");
/// # Ok::<(), brightspace_bulk::RewriteError>(())
/// ```
pub fn rewrite(
    reader: SetupReader<'_>,
    text: &Decoded<'_>,
    sink: &mut dyn Sink,
) -> Result<String, RewriteError> {
    let mut writer: Option<SetupWriter> = None;
    let mut comments = Vec::new();
    let mut error = None;
    // After an error the reading goes on: the caller wants all findings.
    for item in reader.for_text(text, sink) {
        match item {
            Item::LoadType(load_type) => {
                let line_end = LineEnd::of(text.text()).unwrap_or_default();
                let mut new = SetupWriter::new(load_type).with_line_end(line_end);
                if text.encoding() == "utf-8" && text.original_offset(0) > 0 {
                    new = new.with_byte_order_mark();
                }
                writer = Some(new);
            }
            Item::Comment(comment) => comments.push(comment),
            Item::Record(record) if error.is_none() => {
                comments.extend(record.comments());
                let line = record.line();
                let written = match (&mut writer, Upload::try_from(&*record)) {
                    (None, _) => Err(RewriteError::LoadType),
                    (_, Err(reason)) => Err(RewriteError::Incomplete { line, reason }),
                    (Some(writer), Ok(upload)) => comments
                        .drain(..)
                        .try_for_each(|comment| writer.comment(comment))
                        .and_then(|()| writer.upload(&upload))
                        .map_err(|reason| RewriteError::Write { line, reason }),
                };
                error = written.err();
            }
            Item::Record(_) => {}
        }
    }
    if let Some(error) = error {
        return Err(error);
    }
    let mut writer = writer.ok_or(RewriteError::LoadType)?;
    for comment in comments {
        // A comment that was read has no line break.
        writer.comment(comment).map_err(|reason| RewriteError::Write { line: 0, reason })?;
    }
    Ok(writer.finish())
}
