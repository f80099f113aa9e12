//! What cannot be written, and why. No value is in it, for it may be a password.

/// Why something cannot be written. Rows are counted from 1, without the header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The character cannot stand between cells.
    #[error(
        "{0:?} cannot stand between cells: use `|`, a tab, or another punctuation mark but `\"` and `*`"
    )]
    Delimiter(char),
    /// More columns than a reader looks at.
    #[error("there are {found} columns, at most {most} are read: leave some out")]
    TooManyColumns {
        /// Columns given.
        found: usize,
        /// Columns that are read.
        most: usize,
    },
    /// A header would not be read as it was given.
    #[error("the header {header:?} of column {column} {fault}")]
    Header {
        /// The column, from 1.
        column: usize,
        /// The header.
        header: String,
        /// What is wrong with it.
        fault: HeaderFault,
    },
    /// The header row would not be read as it was given.
    #[error("the header row {0}")]
    HeaderRow(RowFault),
    /// A column is missing.
    #[error("there is no column `{header}`, without which no record is inserted: add it")]
    Missing {
        /// Its header.
        header: &'static str,
    },
    /// A row has another number of values than there are columns.
    #[error(
        "row {row} has {found} values, and there are {expected} columns: give a value for each"
    )]
    CellCount {
        /// The row.
        row: u64,
        /// Values given.
        found: usize,
        /// Columns.
        expected: usize,
    },
    /// A value would not be read as it was given.
    #[error("row {row}, column {header:?}: the value {fault}")]
    Value {
        /// The row.
        row: u64,
        /// The header of the column.
        header: String,
        /// What is wrong with the value.
        fault: ValueFault,
    },
    /// A row would not be read as it was given.
    #[error("row {row} {fault}")]
    Row {
        /// The row.
        row: u64,
        /// What is wrong with it.
        fault: RowFault,
    },
    /// A record is about something else than the feed.
    #[error(
        "row {row}: the feed is about {object}, the record about {record}: write a feed for each"
    )]
    OtherObject {
        /// The row.
        row: u64,
        /// What the feed is about.
        object: &'static str,
        /// What the record is about.
        record: &'static str,
    },
    /// A record has a value without a column.
    #[error(
        "row {row}: there is no column for the value of {header:?}: add one, or leave the value out"
    )]
    NoColumn {
        /// The row.
        row: u64,
        /// The header in the record.
        header: String,
    },
    /// A record has two values for one column.
    #[error("row {row}: {header:?} is a second value for one column: leave one of them")]
    ValueTwice {
        /// The row.
        row: u64,
        /// The header in the record.
        header: String,
    },
}

/// What is wrong with a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderFault {
    /// Nobody would know what the column holds.
    #[error("is empty: name the column, or leave it out")]
    Empty,
    /// The character cannot be in a feed.
    #[error("holds {0:?}, which cannot be in a feed: write it without")]
    Character(char),
    /// Readers take white space away.
    #[error("has white space around it: write it without")]
    Padded,
    /// Readers take the first of the two.
    #[error("stands for a column that is there already: leave one of the two")]
    Twice,
    /// Learn ignores the column, or sets it by itself.
    #[error("is that of a column without effect: leave it out")]
    WithoutEffect,
    /// It is one of another kind of object.
    #[error("is one of another kind of object: write `{0}`")]
    OtherKind(&'static str),
    /// What Learn does with it is not documented.
    #[error("is none of {0}: correct it, or ask for a format that takes any header")]
    Unknown(&'static str),
}

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueFault {
    /// The end of the line ends the record.
    #[error("holds a line break: write it on one line")]
    LineBreak,
    /// The character cannot be in a feed.
    #[error("holds the control character U+{code:04X}: write it without", code = u32::from(*.0))]
    ControlCharacter(char),
    /// An asterisk cannot be in a feed.
    #[error("holds `*`, which Learn does not take in any field: write it without")]
    Asterisk,
    /// The row would be taken for the last line.
    #[error("begins as a footer does: write it without asterisks")]
    Footer,
}

/// What is wrong with a row as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowFault {
    /// It would be passed over.
    #[error("has no value: leave it out")]
    Blank,
    /// It would be taken for the header.
    #[error("says the header again: leave it out")]
    HeaderAgain,
    /// Longer than a reader takes.
    #[error("has more than {most} bytes: shorten its values")]
    TooLong {
        /// Bytes that a reader takes.
        most: usize,
    },
    /// A reader would take the file for one in another encoding.
    #[error(
        "holds an XML declaration that names another encoding, near the start of the file: write it behind other rows, or begin the file with a byte order mark"
    )]
    DeclaresEncoding,
}
