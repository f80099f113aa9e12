//! From a file to rows.

mod batch;
mod engine;
mod faults;
mod footer;
mod head;
mod header_rules;
mod session;
mod stream;
mod text;

pub use head::{is_feed, recognise};
pub use stream::StreamRows;
pub use text::TextRows;

pub(crate) use footer::{MARK as FOOTER_MARK, is_footer};
pub(crate) use head::{bare, divide, header_again, limits};
pub(crate) use session::Front;

use std::io::BufRead;

use edu_diagnostics::Sink;
use edu_syntax::Decoded;

use crate::header::HeaderMap;
use crate::object::Object;

/// Bounds on what a feed may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one row. A longer one is reported and passed over.
    pub row: usize,
    /// Cells of one row that are looked at.
    pub columns: usize,
}

impl Default for Limits {
    /// 1 MiB a row, 1,024 columns: documented values have at most 4,000 characters, and there are at most 45
    /// columns.
    fn default() -> Self {
        Self { row: 1 << 20, columns: 1024 }
    }
}

/// Reads snapshot flat files. The reader is its own configuration.
///
/// Nothing ends the reading: a row that makes no sense is a finding, and the next line is read.
///
/// ```
/// use blackboard_sis::{FeedReader, Object};
/// use edu_diagnostics::Collector;
/// use edu_syntax::Decoded;
///
/// let feed = Decoded::from("COURSE_ID;COURSE_NAME;EXTERNAL_COURSE_KEY\nCHEM;\"Salts; acids\";c1\nHIST;c2\n");
/// let mut findings = Collector::new();
/// let mut rows = FeedReader::new().with_delimiter(b';').for_text(&feed, &mut findings);
/// let mut names = Vec::new();
/// while let Some(row) = rows.next() {
///     if !row.is_damaged() {
///         names.extend(row.get("course_name").map(|name| name.into_owned()));
///     }
/// }
/// assert_eq!((rows.object(), rows.rows()), (Some(Object::Course), 2));
/// assert_eq!(names, ["Salts; acids"]);
/// let damaged = findings.findings().iter().find(|finding| finding.rule.code == "BB-F06");
/// assert_eq!(
///     damaged.map(|finding| finding.to_string()).as_deref(),
///     Some("the row has 2 cells, the header row has 3")
/// );
/// ```
#[derive(Debug, Clone, Default)]
pub struct FeedReader {
    pub(crate) object: Option<Object>,
    pub(crate) delimiter: Option<u8>,
    pub(crate) map: HeaderMap,
    pub(crate) limits: Limits,
    pub(crate) multiline: bool,
}

impl FeedReader {
    /// A reader that finds out by the headers what a feed is about, and what stands between its cells.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says what the feeds are about: headers can leave it open.
    #[must_use]
    pub fn with_object(self, object: Object) -> Self {
        Self { object: Some(object), ..self }
    }

    /// Says what stands between two cells, as the integration is configured: an ASCII character.
    ///
    /// A quote, CR, LF and bytes that are not ASCII cannot stand there: with one of them the reader stays as it was,
    /// and finds the delimiter out if it was given none before. A file is read all the same, so this is no error;
    /// [`FeedWriter`](crate::FeedWriter), whose file nobody could read, makes it one.
    #[must_use]
    pub fn with_delimiter(self, delimiter: u8) -> Self {
        let can_stand = delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\r' | b'\n');
        Self { delimiter: can_stand.then_some(delimiter).or(self.delimiter), ..self }
    }

    /// Says what headers stand for that are not those of the documentation.
    #[must_use]
    pub fn with_headers(self, map: HeaderMap) -> Self {
        Self { map, ..self }
    }

    /// Takes values in quotes over line ends. Learn is not known to do that, so it is not the default: a quote
    /// that is not closed on its line costs that line.
    #[must_use]
    pub fn with_lines_in_values(self) -> Self {
        Self { multiline: true, ..self }
    }

    /// Reads with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The rows of a text. What is wrong with the file goes to the sink, with its place in the original bytes,
    /// as soon as the row is read that it belongs to; values are not looked at, see [`Load`](crate::Load).
    pub fn for_text<'a>(&self, text: &'a Decoded<'a>, sink: &'a mut dyn Sink) -> TextRows<'a> {
        TextRows::new(self, text, sink)
    }

    /// The same of a stream, in bounded memory.
    pub fn for_reader<'s, R: BufRead>(
        &self,
        input: R,
        sink: &'s mut dyn Sink,
    ) -> StreamRows<'s, R> {
        StreamRows::new(self, input, sink)
    }
}
