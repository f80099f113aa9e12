//! From a text to records.

pub(crate) mod element;
mod engine;
mod envelope;
mod fault;
mod outcome;
mod recognise;
mod session;
mod stream;
mod text;
pub(crate) mod unit;

pub use envelope::{Counts, Summary, Version};
pub use recognise::{Kind, recognise};
pub use stream::Stream;
pub use text::Records;

use std::io::BufRead;

use edu_diagnostics::Sink;
use edu_syntax::Decoded;
use edu_syntax::xml::Limits;

use crate::profiles::Profile;

/// Reads IMS Enterprise. The value is its own configuration.
///
/// By default the reading is lenient: what is damaged or out of place is read as far as it can be, and
/// each deviation is a finding. All rules run, over each record and over the whole file.
///
/// ```
/// use edu_diagnostics::Collector;
/// use edu_syntax::Decoded;
/// use ims_enterprise::{ImsReader, Record};
///
/// let text = Decoded::from("<enterprise><person><sourcedid><source>SIS</source>\
///     <id>4711</id></sourcedid><name><fn>Eva Maier</fn></name></person></enterprise>");
/// let mut findings = Collector::new();
/// for record in ImsReader::new().for_text(&text, &mut findings) {
///     if let Record::Person(person) = record? {
///         let name = person.name.and_then(|name| name.full);
///         assert_eq!(name.map(|name| name.value()).as_deref(), Some("Eva Maier"));
///     }
/// }
/// assert_eq!(findings.count("IE-R10"), 1, "the file says nothing of itself");
/// # Ok::<(), ims_enterprise::ReadError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct ImsReader {
    pub(crate) strict: bool,
    pub(crate) rules: Rules,
    pub(crate) target: Option<String>,
    pub(crate) profile: Option<&'static Profile>,
    pub(crate) limits: Limits,
}

/// Which rules run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    None,
    Record,
    All,
}

impl Default for ImsReader {
    fn default() -> Self {
        Self::new()
    }
}

impl ImsReader {
    /// A lenient reader with all rules and the default limits.
    pub fn new() -> Self {
        Self {
            strict: false,
            rules: Rules::All,
            target: None,
            profile: None,
            limits: Limits::default(),
        }
    }

    /// Ends the reading at the first deviation from the form that 1.1 prescribes: what is not
    /// well-formed, out of order, unknown, missing, or not in its vocabulary.
    pub fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    /// Reads without checking the content of records. What is damaged or out of place is still reported.
    pub fn without_rules(self) -> Self {
        Self { rules: Rules::None, ..self }
    }

    /// Leaves out the rules that need more than one record (`IE-K`), which keep every key of the file in
    /// memory.
    pub fn without_whole_file_rules(self) -> Self {
        let rules = if self.rules == Rules::None { Rules::None } else { Rules::Record };
        Self { rules, ..self }
    }

    /// Says which system the file should be for: the rule that compares it with the file's own `target`
    /// needs it.
    pub fn with_target(self, target: impl Into<String>) -> Self {
        Self { target: Some(target.into()), ..self }
    }

    /// Says too what a receiver does with the file: which items it reads and which it ignores, what it asks
    /// for, which roles it does not know.
    pub fn with_profile(self, profile: &'static Profile) -> Self {
        Self { profile: Some(profile), ..self }
    }

    /// Sets the limits on what a file may ask for.
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The records of a text, in the order in which they stand there. Findings go to the sink, with their
    /// place in the original bytes and their line and column, as soon as the record they belong to is
    /// read.
    pub fn for_text<'a, 's>(
        self,
        text: &'a Decoded<'_>,
        sink: &'s mut dyn Sink,
    ) -> Records<'a, 's> {
        Records::new(&self, text, sink)
    }

    /// The records of a stream, one after the other; the same records and findings as
    /// [`for_text`](Self::for_text) gives for the whole of it. What there is to say about the encoding
    /// comes at the end, so that a strict reader ends there and not at the start.
    ///
    /// ```
    /// use edu_diagnostics::Collector;
    /// use ims_enterprise::{ImsReader, Record};
    ///
    /// let input = &b"<enterprise><membership><member/><member/></membership></enterprise>"[..];
    /// let mut findings = Collector::new();
    /// let mut members = 0;
    /// let mut stream = ImsReader::new().for_reader(input, &mut findings);
    /// stream.for_each(|record| members += u32::from(matches!(record, Record::Member(_))))?;
    /// assert_eq!(members, 2);
    /// # Ok::<(), ims_enterprise::StreamError>(())
    /// ```
    pub fn for_reader<R: BufRead>(self, input: R, sink: &mut dyn Sink) -> Stream<'_, R> {
        Stream::new(&self, input, sink)
    }
}
