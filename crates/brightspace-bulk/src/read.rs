//! From a text to records.

mod engine;
mod lexer;
mod recognise;
mod session;
mod stream;
mod text;

pub use recognise::is_setup_file;
pub use stream::Stream;
pub use text::Items;

use std::fmt;
use std::io::BufRead;

use edu_diagnostics::Sink;
use edu_syntax::Decoded;

use crate::files::Files;

/// Bounds on what a setup file may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one line. A longer one is reported and passed over.
    pub line: usize,
    /// Bytes from the start of a record to the last line on which it may go on.
    pub record: usize,
}

impl Default for Limits {
    /// 1 MiB a line, 4 MiB a record.
    fn default() -> Self {
        Self { line: 1 << 20, record: 4 << 20 }
    }
}

/// Reads setup files of all three types. The value is its own configuration.
///
/// Nothing ends the reading: a line that makes no sense is a finding, and the next one is read.
///
/// ```
/// use brightspace_bulk::{Item, SetupReader};
/// use edu_diagnostics::Collector;
/// use edu_syntax::Decoded;
///
/// let text = Decoded::from("LoadType=CSVMetadata\r\n\
///     3,\"\\\\srv\\input\\Asset21.wmv\",'\"Beat\" Takeshi Kitano',,\"movies\",,,,\r\n");
/// let mut findings = Collector::new();
/// for item in SetupReader::new().for_text(&text, &mut findings) {
///     if let Item::Record(record) = item {
///         assert_eq!(record.repository_id().map(|id| id.get()), Some(3));
///         assert_eq!(record.title().value(), "\"Beat\" Takeshi Kitano");
///     }
/// }
/// assert_eq!(findings.worst(), None);
/// ```
#[derive(Clone, Copy)]
#[must_use]
pub struct SetupReader<'f> {
    pub(crate) rules: bool,
    pub(crate) straighten: bool,
    pub(crate) limits: Limits,
    pub(crate) name: Option<&'f str>,
    pub(crate) files: Option<&'f dyn Files>,
}

impl Default for SetupReader<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for SetupReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetupReader")
            .field("rules", &self.rules)
            .field("straighten", &self.straighten)
            .field("limits", &self.limits)
            .field("name", &self.name)
            .field("files", &self.files.is_some())
            .finish()
    }
}

impl<'f> SetupReader<'f> {
    /// A reader with all rules that need nothing but the file.
    pub fn new() -> Self {
        Self { rules: true, straighten: false, limits: Limits::default(), name: None, files: None }
    }

    /// Reads without checking values and paths. What is damaged is still reported.
    pub fn without_rules(self) -> Self {
        Self { rules: false, ..self }
    }

    /// Takes typographic quotes for quotes: each is still reported (BR-R09), and the value is read as it
    /// was meant.
    pub fn straighten_quotes(self) -> Self {
        Self { straighten: true, ..self }
    }

    /// Says what the setup file is called, so that its name can be checked (BR-F07).
    pub fn with_file_name(self, name: &'f str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// Says how the files can be found that the records name, so that those rules can run that have to
    /// look at them (BR-P04, BR-P11, BR-C02, and more of
    /// BR-P06 and BR-P09).
    pub fn with_files(self, files: &'f dyn Files) -> Self {
        Self { files: Some(files), ..self }
    }

    /// Sets the limits on what a file may ask for.
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// What a text is made of, in its order. Findings go to the sink, with their place in the original
    /// bytes and their line and column, as soon as the record they belong to is read; what there is to say
    /// about the encoding comes at the end.
    pub fn for_text<'a, 's>(self, text: &'a Decoded<'_>, sink: &'s mut dyn Sink) -> Items<'a, 's>
    where
        'f: 's,
    {
        Items::new(&self, text, sink)
    }

    /// The same of a stream, in bounded memory: an item is lent, and the rule that compares all paths keeps
    /// 24 bytes for each.
    ///
    /// ```
    /// use brightspace_bulk::{Item, SetupReader};
    /// use edu_diagnostics::Collector;
    ///
    /// let input = &b"LoadType=Package\n2,\"\\\\srv\\a.zip\"\n"[..];
    /// let mut findings = Collector::new();
    /// let mut records = 0;
    /// let mut stream = SetupReader::new().for_reader(input, &mut findings);
    /// stream.for_each(|item| records += u32::from(matches!(item, Item::Record(_))))?;
    /// assert_eq!(records, 1);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn for_reader<'s, R: BufRead>(self, input: R, sink: &'s mut dyn Sink) -> Stream<'s, R>
    where
        'f: 's,
    {
        Stream::new(&self, input, sink)
    }
}
