//! From records to a file.

mod fault;

pub use fault::{HeaderFault, RowFault, ValueFault, WriteError};

use chrono::NaiveDateTime;
use edu_diagnostics::Span;
use edu_syntax::Decoded;
use edu_syntax::delimited::{Format, write_field};

use crate::alias::{self, Spelling};
use crate::field::Need;
use crate::header::{Column, Header, HeaderMap};
use crate::object::Object;
use crate::read::{FOOTER_MARK, Limits, bare, divide, header_again, is_footer, limits};
use crate::row::Record;

/// Bytes at the start of a file in which a reader looks for what declares an encoding.
const HEAD: usize = 1024;

/// How a feed is written: `|` between cells, lines that end with LF, UTF-8 without a byte order mark, where nothing
/// else is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedFormat {
    delimiter: u8,
    line_end: LineEnd,
    has_mark: bool,
    takes_any_header: bool,
}

/// What a line ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineEnd {
    /// A line feed.
    Lf,
    /// A carriage return and a line feed.
    CrLf,
}

impl Default for FeedFormat {
    fn default() -> Self {
        Self { delimiter: b'|', line_end: LineEnd::Lf, has_mark: false, takes_any_header: false }
    }
}

impl FeedFormat {
    /// The usual format.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts something else between cells: a tab, or a punctuation mark of ASCII but `"` and `*`. The integration has
    /// to be configured for it.
    #[must_use]
    pub fn with_delimiter(self, delimiter: u8) -> Self {
        Self { delimiter, ..self }
    }

    /// Ends lines with something else.
    #[must_use]
    pub fn with_line_end(self, line_end: LineEnd) -> Self {
        Self { line_end, ..self }
    }

    /// Begins with a byte order mark, which the older tool needs to see that a feed is UTF-8.
    #[must_use]
    pub fn with_mark(self) -> Self {
        Self { has_mark: true, ..self }
    }

    /// Takes headers that are none of the kind of object: integrations may map their own.
    #[must_use]
    pub fn with_any_header(self) -> Self {
        Self { takes_any_header: true, ..self }
    }
}

/// Writes a snapshot flat file, row by row. What [`FeedReader`](crate::FeedReader) would not give back as it was, or
/// would call an error, is refused, and the writer stays as it was. So are columns without effect, which are read and
/// never written.
///
/// Values are written as they are given; whether they are right, [`Load`](crate::Load) says. That goes for passwords,
/// too: [`PasswordHash`](crate::PasswordHash) makes hashes, or takes those that were found, in the form in which
/// `passwd` and `pwencryptiontype` hold them.
///
/// ```
/// use blackboard_sis::{FeedFormat, FeedWriter, Object};
///
/// let columns = ["external_person_key", "user_id", "firstname", "lastname"];
/// let mut writer = FeedWriter::new(Object::Person, columns, FeedFormat::new())?;
/// writer.row(["9f3c1a77d04be82651", "adelcourt", "Lili \"L\"", "Delcourt"])?;
/// assert!(writer.row(["9f3c1a77d04be82652", "bferrand", "B*", "Ferrand"]).is_err());
/// let file = "external_person_key|user_id|firstname|lastname\n\
///             9f3c1a77d04be82651|adelcourt|\"Lili \"\"L\"\"\"|Delcourt\n";
/// assert_eq!(writer.finish(), file.as_bytes());
/// # Ok::<(), blackboard_sis::WriteError>(())
/// ```
pub struct FeedWriter {
    header: Header,
    format: FeedFormat,
    /// What has been written and not taken.
    text: String,
    /// The row at hand.
    line: String,
    /// The start of the file, as long as it can declare an encoding.
    head: String,
    rows: u64,
}

impl std::fmt::Debug for FeedWriter {
    /// Without the text, which is about people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FeedWriter").field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl FeedWriter {
    /// A file with these columns. They are written as they are given; but a column that is given by another name has
    /// the header of the documentation, the only one that every integration knows.
    ///
    /// # Errors
    ///
    /// When the header row would not be read as it was given, a column has no effect any more, or one of the columns
    /// is missing without which no record is inserted. With nothing but keys, data source and status, a file is one
    /// for the delete operation.
    pub fn new<H: AsRef<str>>(
        object: Object,
        columns: impl IntoIterator<Item = H>,
        format: FeedFormat,
    ) -> Result<Self, WriteError> {
        let delimiter = format.delimiter;
        let is_mark = delimiter.is_ascii_punctuation() && !matches!(delimiter, b'"' | b'*');
        if !is_mark && delimiter != b'\t' {
            return Err(WriteError::Delimiter(char::from(delimiter)));
        }
        let cells = columns.into_iter().map(|name| (name.as_ref().to_owned(), Span::empty(0)));
        let header = Header::new(object, cells.collect(), &HeaderMap::new());
        let mut writer = Self {
            header,
            format,
            text: String::from(if format.has_mark { "\u{FEFF}" } else { "" }),
            line: String::new(),
            head: String::new(),
            rows: 0,
        };
        writer.check_header()?;
        writer.header = canonical(&writer.header);
        for (index, column) in writer.header.columns().iter().enumerate() {
            put(&mut writer.line, index, &column.name, format);
        }
        writer.check_line().map_err(WriteError::HeaderRow)?;
        writer.end_line();
        Ok(writer)
    }

    fn check_header(&self) -> Result<(), WriteError> {
        let columns = self.header.columns();
        let most = Limits::default().columns;
        if columns.len() > most {
            return Err(WriteError::TooManyColumns { found: columns.len(), most });
        }
        for (index, column) in columns.iter().enumerate() {
            if let Some(fault) = self.header_fault(index, column) {
                let header = column.name.clone();
                return Err(WriteError::Header { column: index + 1, header, fault });
            }
        }
        let is_for_deletion = self.header.is_for_deletion();
        let is_missing = |need| need == Need::Key || (need == Need::Insert && !is_for_deletion);
        let mut fields = self.header.object().fields().iter().enumerate();
        match fields
            .find(|(at, field)| is_missing(field.need) && self.header.index_of(*at).is_none())
        {
            Some((_, field)) => Err(WriteError::Missing { header: field.name }),
            None => Ok(()),
        }
    }

    fn header_fault(&self, index: usize, column: &Column) -> Option<HeaderFault> {
        let name = column.name.as_str();
        if name.is_empty() {
            return Some(HeaderFault::Empty);
        }
        if let Some(character) = name.chars().find(|&character| is_forbidden(character)) {
            return Some(HeaderFault::Character(character));
        }
        if bare(name) != name {
            return Some(HeaderFault::Padded);
        }
        let object = self.header.object();
        if let Some(field) = self.header.field(index) {
            if field.need == Need::Dropped || column.spelling == Spelling::Deprecated {
                return Some(HeaderFault::WithoutEffect);
            }
            let is_other_kind =
                column.spelling == Spelling::Canonical && !name.eq_ignore_ascii_case(field.name);
            return is_other_kind.then_some(HeaderFault::OtherKind(field.name));
        }
        let stands_for_another = alias::resolve(object, name).is_some()
            || alias::counterpart(object, name).is_some()
            || self
                .header
                .columns()
                .iter()
                .take(index)
                .any(|column| column.name.eq_ignore_ascii_case(name));
        if stands_for_another {
            return Some(HeaderFault::Twice);
        }
        (!self.format.takes_any_header).then(|| HeaderFault::Unknown(object.plural()))
    }

    /// Writes a row: a value for each column, in their order. Keys keep the white space around them.
    ///
    /// # Errors
    ///
    /// When the row would not be read as it was given. Nothing was written then.
    pub fn row<V: AsRef<str>>(
        &mut self,
        values: impl IntoIterator<Item = V>,
    ) -> Result<(), WriteError> {
        let row = self.rows + 1;
        let columns = self.header.columns();
        let mut found = 0;
        self.line.clear();
        for value in values {
            let value = value.as_ref();
            if let Some(column) = columns.get(found) {
                if let Some(fault) = value_fault(found, value) {
                    return Err(WriteError::Value { row, header: column.name.clone(), fault });
                }
                put(&mut self.line, found, value, self.format);
            }
            found += 1;
        }
        if found != columns.len() {
            return Err(WriteError::CellCount { row, found, expected: columns.len() });
        }
        let fault = if bare(&self.line).is_empty() {
            Err(RowFault::Blank)
        } else if self.is_header_again() {
            Err(RowFault::HeaderAgain)
        } else {
            self.check_line()
        };
        fault.map_err(|fault| WriteError::Row { row, fault })?;
        self.end_line();
        self.rows = row;
        Ok(())
    }

    /// Writes a record. Columns that it does not have are empty.
    ///
    /// # Errors
    ///
    /// As [`row`](Self::row); and when the record is about something else, or has a value for which there is no
    /// column, for that would be lost.
    pub fn record(&mut self, record: &Record) -> Result<(), WriteError> {
        let row = self.rows + 1;
        let (object, other) = (self.header.object(), record.object());
        if object != other {
            return Err(WriteError::OtherObject {
                row,
                object: object.plural(),
                record: other.plural(),
            });
        }
        let mut values: Vec<Option<&str>> = vec![None; self.header.columns().len()];
        for (header, value) in record.values() {
            let place = alias::resolve(object, header).and_then(|(at, _)| self.header.index_of(at));
            let slot =
                place.or_else(|| self.header.column(header)).and_then(|at| values.get_mut(at));
            match slot {
                Some(slot @ None) => *slot = Some(value),
                None if value.is_empty() => {}
                Some(Some(_)) => {
                    return Err(WriteError::ValueTwice { row, header: header.to_owned() });
                }
                None => return Err(WriteError::NoColumn { row, header: header.to_owned() }),
            }
        }
        self.row(values.into_iter().map(Option::unwrap_or_default))
    }

    /// Whether the line at hand would be read as a header row.
    fn is_header_again(&self) -> bool {
        let limits = limits(Limits::default());
        let buffer = divide(&self.line, 0, self.format.delimiter, limits);
        header_again(&self.header, &HeaderMap::new(), buffer.record(&self.line, 0)).is_some()
    }

    /// What the line at hand would be read as, alone and at this place.
    fn check_line(&self) -> Result<(), RowFault> {
        let most = Limits::default().row;
        if self.line.len() > most {
            return Err(RowFault::TooLong { most });
        }
        if self.format.has_mark || self.head.len() >= HEAD {
            return Ok(());
        }
        // A letter that is one thing in UTF-8 and another elsewhere shows what the reader makes of it.
        let probe = format!("{}{}\né", self.head, self.line);
        let is_utf8 = Decoded::new(probe.as_bytes()).text() == probe;
        if is_utf8 { Ok(()) } else { Err(RowFault::DeclaresEncoding) }
    }

    fn end_line(&mut self) {
        let end = match self.format.line_end {
            LineEnd::Lf => "\n",
            LineEnd::CrLf => "\r\n",
        };
        for text in [&self.line, end] {
            self.text.push_str(text);
            if self.head.len() < HEAD {
                self.head.push_str(text);
            }
        }
        self.line.clear();
    }

    /// How many rows were written.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// What has been written since this was last asked: for files that are written as they come.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.text).into_bytes()
    }

    /// The file, or what has not been taken of it.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// The same with a footer, which states the number of rows and a time; some systems want as many cells in it as
    /// there are columns. Current documentation does not mention footers.
    #[must_use]
    pub fn finish_with_footer(mut self, time: NaiveDateTime, is_padded: bool) -> Vec<u8> {
        let cells = [
            FOOTER_MARK.to_owned(),
            self.rows.to_string(),
            time.format("%H:%M:%S %m/%d/%Y").to_string(),
        ];
        let columns = if is_padded { self.header.columns().len() } else { 0 };
        self.line.clear();
        for (index, cell) in cells.iter().enumerate() {
            put(&mut self.line, index, cell, self.format);
        }
        for index in cells.len()..columns {
            put(&mut self.line, index, "", self.format);
        }
        self.end_line();
        self.finish()
    }
}

/// The same header, with columns that have another name under that of the documentation.
fn canonical(header: &Header) -> Header {
    let names = header.columns().iter().enumerate().map(|(index, column)| {
        let field = header.field(index).filter(|_| column.spelling == Spelling::Alias);
        (field.map_or_else(|| column.name.clone(), |field| field.name.to_owned()), column.span)
    });
    Header::new(header.object(), names.collect(), &HeaderMap::new())
}

/// Appends a cell.
fn put(line: &mut String, index: usize, value: &str, format: FeedFormat) {
    if index > 0 {
        line.push(char::from(format.delimiter));
    }
    write_field(line, value, Format { delimiter: format.delimiter, multiline: false });
}

/// Whether a character cannot be in a feed: line breaks and control characters other than tabs, and asterisks.
fn is_forbidden(character: char) -> bool {
    character == '*' || (character.is_control() && character != '\t')
}

/// What is wrong with the value of a column.
fn value_fault(column: usize, value: &str) -> Option<ValueFault> {
    match value.chars().find(|&character| is_forbidden(character))? {
        '*' if column == 0 && is_footer(value) => Some(ValueFault::Footer),
        '*' => Some(ValueFault::Asterisk),
        '\n' | '\r' => Some(ValueFault::LineBreak),
        character => Some(ValueFault::ControlCharacter(character)),
    }
}
