//! What a file of records looks like, and how much of it is taken.

/// How the records of a text are written. A `"` quotes a value, and twice inside one stands for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Format {
    /// Stands between two fields: an ASCII character, and neither the quote nor a line end. What is none
    /// of these is taken for a comma.
    pub delimiter: u8,
    /// Whether a quoted value may hold line breaks.
    pub multiline: bool,
}

impl Default for Format {
    /// Commas; quoted values may hold line breaks.
    fn default() -> Self {
        Self { delimiter: b',', multiline: true }
    }
}

impl Format {
    /// The delimiter that is gone by.
    pub(super) fn delimiter(self) -> u8 {
        if is_delimiter(self.delimiter) { self.delimiter } else { b',' }
    }
}

/// Whether a byte can stand between fields.
pub(super) fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n')
}

/// Bounds on what one record may ask for. Exceeding one is a [`Fault`](super::Fault) of the record; the
/// reading goes on behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record without its line end; never more than 4 GiB less two bytes.
    pub record: usize,
    /// Fields of one record that are kept.
    pub fields: usize,
}

impl Default for Limits {
    /// 16 MiB and 1,048,576 fields a record.
    fn default() -> Self {
        Self { record: 16 << 20, fields: 1 << 20 }
    }
}

/// The longest record whose offsets, with that of the byte behind it, fit in 32 bits.
pub(super) const LONGEST_RECORD: usize = u32::MAX as usize - 1;
