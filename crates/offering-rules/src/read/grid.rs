//! Rows of cells out of delimited records.

use std::borrow::Cow;

use edu_diagnostics::Span;
use edu_syntax::delimited::{self, DELIMITERS, Fault, Format, Records, Sniffed, sniff};

use super::Limits;

/// The rows of a text.
#[derive(Clone)]
pub(super) struct Grid<'t> {
    records: Records<'t>,
    columns: u32,
    /// Number of columns that are passed over: those with row numbers.
    first: u32,
    /// The row from which on they are: the first of the matrix, once it is known.
    first_row: Option<u32>,
}

/// The cells of a row that hold something.
#[derive(Debug)]
pub(super) struct Row<'t> {
    /// From 0, as a spreadsheet counts.
    pub(super) number: u32,
    pub(super) cells: Vec<CellText<'t>>,
    /// It was too long to be read.
    pub(super) is_lost: bool,
    /// Where it stands in the text.
    pub(super) span: Span,
}

/// What a cell holds, without white space around it.
#[derive(Debug, Clone)]
pub(super) struct CellText<'t> {
    /// From 0.
    pub(super) column: u32,
    pub(super) text: Cow<'t, str>,
    /// Where it stands in the text.
    pub(super) span: Span,
}

/// What is wrong with a row.
#[derive(Debug)]
pub(super) enum RowFault<'t> {
    /// The record is damaged.
    Damage(Fault),
    /// Cells behind the last column allowed; the first of them.
    Columns(Span),
    /// A cell in the column with row numbers holds something else.
    NoNumber(CellText<'t>),
}

impl<'t> Grid<'t> {
    /// The rows with the likeliest delimiter, then those with the others.
    pub(super) fn candidates(text: &'t str, limits: Limits) -> impl Iterator<Item = Self> {
        let sniffed = sniff(text);
        let others = DELIMITERS.into_iter().filter(move |other| *other != sniffed.delimiter);
        std::iter::once(sniffed.delimiter)
            .chain(others)
            .map(move |delimiter| Self::with_delimiter(text, limits, sniffed, delimiter))
    }

    fn with_delimiter(text: &'t str, limits: Limits, sniffed: Sniffed, delimiter: u8) -> Self {
        let format = Format { delimiter, multiline: true };
        let limit = delimited::Limits { record: limits.row, fields: limits.fields() };
        let records = Records::new(text, format).starting_at(sniffed.skip).with_limits(limit);
        Self { records, columns: limits.columns, first: 0, first_row: None }
    }

    /// The matrix begins in a row, and behind columns that are passed over: they hold the numbers of the rows.
    pub(super) fn begin_at(&mut self, column: u32, row: u32) {
        (self.first, self.first_row) = (column, Some(row));
    }

    /// The first column that is read.
    pub(super) fn first_column(&self) -> u32 {
        self.first
    }

    /// Where cells stand, by row and column, also those that hold nothing; the rows ascend.
    pub(super) fn spans(mut self, cells: &[(u32, u32)]) -> Vec<Option<Span>> {
        let (mut row, mut spans) = (0, Vec::with_capacity(cells.len()));
        for cells in cells.chunk_by(|one, other| one.0 == other.0) {
            // As the rows were read the first time: the width of the first one decides on quotes.
            while row <= cells[0].0 && self.next().is_some() {
                row += 1;
            }
            let record = (row > cells[0].0).then(|| self.records.current());
            let span = |column: u32| {
                let record = record.as_ref()?;
                let field = record.get(column as usize).map(|field| field.span());
                // A row may end before a cell that holds nothing.
                Some(field.unwrap_or_else(|| Span::empty(record.span().end)))
            };
            spans.extend(cells.iter().map(|cell| span(cell.1)));
        }
        spans
    }

    /// The next row, and what is wrong with it.
    pub(super) fn next(&mut self) -> Option<(Row<'t>, Vec<RowFault<'t>>)> {
        let record = self.records.next()?;
        let mut faults: Vec<_> = record.faults().iter().copied().map(RowFault::Damage).collect();
        let fields = record.fields();
        let mut cells = Vec::with_capacity(fields.size_hint().0);
        let number = u32::try_from(record.number() - 1).unwrap_or(u32::MAX);
        let is_above = self.first_row.is_none_or(|row| number < row);
        let first = if is_above { 0 } else { self.first };
        for field in fields {
            let column = u32::try_from(field.index()).unwrap_or(u32::MAX);
            if column >= self.columns {
                faults.push(RowFault::Columns(field.span()));
                break;
            }
            let Some(text) = trimmed(field.value(), field.span()) else { continue };
            if column >= first {
                cells.push(CellText { column, ..text });
            } else if !is_number(&text.text) {
                faults.push(RowFault::NoNumber(CellText { column, ..text }));
            }
        }
        let span = record.span();
        let width = record.len();
        // What stands above the matrix may be narrower.
        if self.first_row == Some(number) && width > 1 {
            self.records.expect_width(width);
        }
        Some((Row { number, cells, is_lost: width == 0, span }, faults))
    }
}

/// Whether a cell holds digits and nothing else.
pub(super) fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// White space, and what spreadsheets and web pages use in its place.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}' | '\u{FEFF}')
}

/// A value without the blanks around it; `None` where nothing is left.
fn trimmed(value: Cow<'_, str>, span: Span) -> Option<CellText<'_>> {
    let (text, span) = match value {
        Cow::Borrowed(value) => {
            let (text, at) = trim(value);
            let start = span.start + at as u64;
            (Cow::Borrowed(text), Span::new(start, start + text.len() as u64))
        }
        // Its parts cannot be found again in the text.
        Cow::Owned(value) => (Cow::Owned(trim(&value).0.to_owned()), span),
    };
    (!text.is_empty()).then_some(CellText { column: 0, text, span })
}

/// A text without the blanks around it, and where it begins.
pub(crate) fn trim(text: &str) -> (&str, usize) {
    let rest = text.trim_start_matches(is_blank);
    (rest.trim_end_matches(is_blank), text.len() - rest.len())
}

impl CellText<'_> {
    /// The items of a list, without blanks around them.
    pub(super) fn items(&self) -> impl Iterator<Item = CellText<'_>> {
        self.parts('|')
    }

    /// The parts between separators, without blanks around them.
    pub(super) fn parts(&self, separator: char) -> impl Iterator<Item = CellText<'_>> {
        let mut from = 0;
        self.text.split(separator).map(move |part| {
            let (text, at) = trim(part);
            let start = from + at;
            from += part.len() + separator.len_utf8();
            self.part(start, text)
        })
    }

    /// What stands behind a `!`; `None` where there is none.
    pub(super) fn behind_not(&self) -> Option<CellText<'_>> {
        let rest = self.text.strip_prefix('!')?;
        let (text, at) = trim(rest);
        Some(self.part(1 + at, text))
    }

    /// A part of it, with its place where the place of a part can be told.
    fn part<'p>(&self, start: usize, text: &'p str) -> CellText<'p> {
        let is_plain = self.span.len() == self.text.len() as u64;
        let at = self.span.start + start as u64;
        let span = if is_plain { Span::new(at, at + text.len() as u64) } else { self.span };
        CellText { column: self.column, text: Cow::Borrowed(text), span }
    }
}
