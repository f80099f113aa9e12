//! From uploads to a setup file.

use std::fmt::Write as _;

use edu_diagnostics::Diagnostic;

use crate::codes::LoadType;
use crate::rules;
use crate::upload::{Described, Upload};

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LineEnd {
    /// CR and LF, as Windows has it: the utility is a Windows service.
    #[default]
    CrLf,
    /// LF.
    Lf,
    /// CR.
    Cr,
}

impl LineEnd {
    /// The characters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CrLf => "\r\n",
            Self::Lf => "\n",
            Self::Cr => "\r",
        }
    }

    /// The first line end of a text.
    pub fn of(text: &str) -> Option<Self> {
        let at = text.find(['\r', '\n'])?;
        Some(match &text.as_bytes()[at..] {
            [b'\r', b'\n', ..] => Self::CrLf,
            [b'\r', ..] => Self::Cr,
            _ => Self::Lf,
        })
    }
}

/// Why something cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The upload is of another type than the file.
    #[error("the file is {file}, the record {record}: types cannot be mixed")]
    OtherType {
        /// Type of the file.
        file: LoadType,
        /// Type of the record.
        record: LoadType,
    },
    /// A value has no spelling in a setup file.
    #[error("the {field} cannot be written: {reason} (BR-R10)")]
    Value {
        /// What the field is called.
        field: &'static str,
        /// What stands in the way.
        reason: Unwritable,
    },
}

impl WriteError {
    /// The same as a finding (BR-R10), where a value is at fault.
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        match self {
            Self::Value { field, reason } => {
                let finding = Diagnostic::new(&rules::UNWRITABLE_VALUE).word("field", *field);
                Some(finding.word("reason", reason.to_string()))
            }
            Self::OtherType { .. } => None,
        }
    }
}

/// Why a value has no spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Unwritable {
    /// There is no escape for either.
    #[error("it holds both kinds of quote")]
    BothQuotes,
    /// A value ends with its line.
    #[error("it holds a line break")]
    LineBreak,
    /// Paths are written in double quotes, and Windows names cannot hold one.
    #[error("it holds a double quote")]
    DoubleQuote,
    /// A path has to be given.
    #[error("it is empty")]
    Empty,
}

/// Writes a setup file in its canonical form: the load type, then a record a line, the repository id bare,
/// paths and values in double quotes (in single ones where the value holds a double one), empty values as
/// nothing, always all commas.
///
/// What reading would not give back is refused.
///
/// ```
/// use brightspace_bulk::{Described, LoadType, RepositoryId, SetupWriter, Upload};
///
/// let mut writer = SetupWriter::new(LoadType::Package);
/// writer.upload(&Upload {
///     repository: RepositoryId::new(2).unwrap(),
///     path: r"\\myserver\BulkUpload\input\package1.zip".to_owned(),
///     described: Described::ByPackage,
/// })?;
/// assert_eq!(
///     writer.finish(),
///     "LoadType=Package\r\n2,\"\\\\myserver\\BulkUpload\\input\\package1.zip\"\r\n"
/// );
/// # Ok::<(), brightspace_bulk::WriteError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct SetupWriter {
    load_type: LoadType,
    line_end: LineEnd,
    out: String,
}

impl SetupWriter {
    /// A writer of a file of this type, with CRLF line ends and without a byte order mark.
    pub fn new(load_type: LoadType) -> Self {
        Self { load_type, line_end: LineEnd::default(), out: String::new() }
    }

    /// Ends lines otherwise; said before anything is written.
    pub fn with_line_end(self, line_end: LineEnd) -> Self {
        Self { line_end, ..self }
    }

    /// Begins the file with a byte order mark, so that Windows programs take it for UTF-8; said before
    /// anything is written.
    pub fn with_byte_order_mark(mut self) -> Self {
        if self.out.is_empty() {
            self.out.push('\u{FEFF}');
        }
        self
    }

    /// Writes a comment.
    ///
    /// # Errors
    ///
    /// When it holds a line break.
    pub fn comment(&mut self, text: &str) -> Result<(), WriteError> {
        if text.contains(['\r', '\n']) {
            return Err(WriteError::Value { field: "comment", reason: Unwritable::LineBreak });
        }
        self.begin();
        // Blanks at the end of a line are no part of a comment.
        self.out.push_str("//");
        self.out.push_str(text.trim_end_matches([' ', '\t']));
        self.out.push_str(self.line_end.as_str());
        Ok(())
    }

    /// Writes a record. After an error nothing of it has been written.
    ///
    /// # Errors
    ///
    /// When it is of another type than the file, or when a value cannot be written.
    pub fn upload(&mut self, upload: &Upload) -> Result<(), WriteError> {
        if upload.load_type() != self.load_type {
            return Err(WriteError::OtherType { file: self.load_type, record: upload.load_type() });
        }
        self.begin();
        let before = self.out.len();
        let written = self.fields(upload);
        if written.is_err() {
            self.out.truncate(before);
        } else {
            self.out.push_str(self.line_end.as_str());
        }
        written
    }

    fn fields(&mut self, upload: &Upload) -> Result<(), WriteError> {
        // Writing to a `String` cannot fail.
        let _ = write!(self.out, "{},", upload.repository);
        self.path("path", &upload.path)?;
        match &upload.described {
            Described::ByPackage => {}
            Described::ByFile(path) => {
                self.out.push(',');
                self.path("metadata path", path)?;
            }
            Described::ByFields(fields) => {
                for (field, value) in [
                    ("title", &fields.title),
                    ("description", &fields.description),
                    ("keyword", &fields.keyword),
                    ("role", &fields.role),
                    ("first name", &fields.first_name),
                    ("last name", &fields.last_name),
                    ("format", &fields.format),
                ] {
                    self.out.push(',');
                    self.value(value).map_err(|reason| WriteError::Value { field, reason })?;
                }
            }
        }
        Ok(())
    }

    fn path(&mut self, field: &'static str, path: &str) -> Result<(), WriteError> {
        let reason = match () {
            () if path.is_empty() => Unwritable::Empty,
            () if path.contains('"') => Unwritable::DoubleQuote,
            () => match self.value(path) {
                Ok(()) => return Ok(()),
                Err(reason) => reason,
            },
        };
        Err(WriteError::Value { field, reason })
    }

    fn value(&mut self, value: &str) -> Result<(), Unwritable> {
        if value.contains(['\r', '\n']) {
            return Err(Unwritable::LineBreak);
        }
        let quote = match (value.contains('"'), value.contains('\'')) {
            (true, true) => return Err(Unwritable::BothQuotes),
            (true, false) => '\'',
            (false, _) => '"',
        };
        if !value.is_empty() {
            self.out.extend([quote]);
            self.out.push_str(value);
            self.out.push(quote);
        }
        Ok(())
    }

    fn begin(&mut self) {
        if self.out.len() <= '\u{FEFF}'.len_utf8() {
            self.out.push_str(self.load_type.line());
            self.out.push_str(self.line_end.as_str());
        }
    }

    /// The file. It has to be saved as UTF-8.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.begin();
        self.out
    }
}
