//! A record that has been read.

use std::borrow::Cow;

use edu_diagnostics::Span;

use super::Fault;

/// What a [`Lexer`](super::Lexer) notes of a record. Used again for the next one, it asks for no memory.
#[derive(Debug, Clone, Default)]
pub struct Buffer {
    pub(super) number: u64,
    /// Where the record starts in the whole text.
    pub(super) at: u64,
    /// Its bytes, without the line end.
    pub(super) bytes: usize,
    /// Its fields.
    pub(super) count: usize,
    /// How many of them can be asked for.
    pub(super) kept: usize,
    /// The fields that hold something, in order.
    pub(super) entries: Vec<Entry>,
    pub(super) faults: Vec<Fault>,
}

/// A field that holds something. Offsets are those in the record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) index: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) quotes: Quotes,
}

/// The quotes around a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    Absent,
    Closed,
    /// Closed, and doubled ones in the value.
    Doubled,
    Unclosed,
}

impl Quotes {
    fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::Doubled)
    }
}

impl Entry {
    /// Where the delimiter behind the field stands.
    fn behind(self) -> usize {
        self.end as usize + usize::from(self.quotes.is_closed())
    }
}

impl Buffer {
    /// The record that was read last, with the piece of text that it was read from, and its offset in the
    /// whole text.
    pub fn record<'t>(&self, text: &'t str, base: u64) -> Record<'t, '_> {
        let start = self.at.checked_sub(base).and_then(|start| usize::try_from(start).ok());
        let text = start.and_then(|start| text.get(start..start.checked_add(self.bytes)?));
        Record { text: text.unwrap_or_default(), buffer: self }
    }

    pub(super) fn clear(&mut self) {
        self.count = 0;
        self.kept = 0;
        self.entries.clear();
        self.faults.clear();
    }

    /// Where a field starts that comes behind `before` entries and is empty: fields are one delimiter
    /// away from each other.
    pub(super) fn start_of_empty(&self, index: usize, before: usize) -> usize {
        match before.checked_sub(1).and_then(|last| self.entries.get(last)) {
            Some(last) => last.behind() + (index - last.index as usize),
            None => index,
        }
    }
}

/// A record: a line, or several where a quoted value goes over their ends.
#[derive(Debug, Clone, Copy)]
pub struct Record<'t, 'b> {
    /// From the start of the record to its line end.
    text: &'t str,
    buffer: &'b Buffer,
}

impl<'t, 'b> Record<'t, 'b> {
    /// Its number, from 1. Blank ones count: it is the number of the row that a spreadsheet shows.
    pub fn number(&self) -> u64 {
        self.buffer.number
    }

    /// Where it stands in the whole text, without its line end; of a line that is too long, the part that
    /// was looked at.
    pub fn span(&self) -> Span {
        Span::new(self.buffer.at, self.buffer.at + self.buffer.bytes as u64)
    }

    /// Number of fields: one on a blank line, none on a line that is too long.
    #[expect(clippy::len_without_is_empty, reason = "`is_blank` is what is asked for")]
    pub fn len(&self) -> usize {
        self.buffer.count
    }

    /// Whether there are fields and none of them holds a byte.
    pub fn is_blank(&self) -> bool {
        self.buffer.count > 0 && self.buffer.entries.iter().all(|entry| entry.start == entry.end)
    }

    /// The fields that hold something or are quoted, in order.
    pub fn fields(&self) -> impl DoubleEndedIterator<Item = Field<'t>> + use<'t, 'b> {
        let record = *self;
        record.buffer.entries.iter().map(move |&entry| record.field(entry))
    }

    /// A field by its number, from 0; `None` where there are not so many, or not so many are kept.
    pub fn get(&self, index: usize) -> Option<Field<'t>> {
        if index >= self.buffer.kept {
            return None;
        }
        let entries = &self.buffer.entries;
        let number = small(index);
        // Where nothing is empty, a field stands at its number.
        if let Some(&entry) = entries.get(index).filter(|entry| entry.index == number) {
            return Some(self.field(entry));
        }
        Some(match entries.binary_search_by_key(&number, |entry| entry.index) {
            Ok(found) => self.field(entries[found]),
            Err(before) => {
                let start = small(self.buffer.start_of_empty(index, before));
                self.field(Entry { index: number, start, end: start, quotes: Quotes::Absent })
            }
        })
    }

    /// What is wrong with the record, in the order in which it stands there.
    pub fn faults(&self) -> &'b [Fault] {
        &self.buffer.faults
    }

    fn field(&self, entry: Entry) -> Field<'t> {
        let raw = self.text.get(entry.start as usize..entry.end as usize).unwrap_or_default();
        let at = self.buffer.at + u64::from(entry.start);
        Field { raw, at, index: entry.index, quotes: entry.quotes }
    }
}

/// A field of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field<'t> {
    /// The value as it stands in the text, without the quotes around it.
    raw: &'t str,
    /// Where it starts in the whole text.
    at: u64,
    index: u32,
    quotes: Quotes,
}

impl<'t> Field<'t> {
    /// Its number in the record, from 0.
    pub fn index(&self) -> usize {
        self.index as usize
    }

    /// Where the value stands in the whole text, without the quotes around it.
    pub fn span(&self) -> Span {
        Span::new(self.at, self.at + self.raw.len() as u64)
    }

    /// The value; borrowed unless there are doubled quotes in it, which are made single.
    pub fn value(&self) -> Cow<'t, str> {
        match self.quotes {
            Quotes::Doubled => Cow::Owned(self.raw.replace("\"\"", "\"")),
            _ => Cow::Borrowed(self.raw),
        }
    }

    /// The value as it stands in the text: doubled quotes are doubled.
    pub fn raw(&self) -> &'t str {
        self.raw
    }

    /// Whether there are quotes around the value.
    pub fn is_quoted(&self) -> bool {
        self.quotes.is_closed()
    }

    /// Whether a quote opens before the value and is not closed: where the value ends is a guess.
    pub fn is_damaged(&self) -> bool {
        self.quotes == Quotes::Unclosed
    }
}

/// An offset or a number in a record: the longest record that is read keeps them below 4 GiB.
#[inline]
pub(super) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
