//! Places of a text and the places they came from.

use edu_diagnostics::Span;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Distance of two marks in bytes of text: what a look-up has to walk at most.
const STRIDE: usize = 4096;

/// The way from offsets of a text to those of the original and back.
///
/// Between two sparse marks the width of each character in the original tells the rest. The text of which
/// only a part is at hand is given with the offset at which that part starts.
#[derive(Debug, Clone)]
pub(crate) struct Offsets {
    width: Width,
    /// Ascending, never empty.
    marks: Vec<Mark>,
    /// The end of what has been added.
    end: Mark,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    text: u64,
    original: u64,
}

/// How many bytes a character has in the original.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Width {
    Utf8,
    Utf16,
    Single,
    /// A multi-byte encoding of East Asia. What is not as wide as it would be encoded has a mark behind it.
    Other(&'static Encoding),
}

impl Width {
    fn of(encoding: &'static Encoding) -> Self {
        if encoding == UTF_8 {
            Self::Utf8
        } else if encoding == UTF_16LE || encoding == UTF_16BE {
            Self::Utf16
        } else if encoding.is_single_byte() {
            Self::Single
        } else {
            Self::Other(encoding)
        }
    }

    fn measure(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(|character| 2 * character.len_utf16()).sum(),
            Self::Single => text.chars().count(),
            // One by one: some encodings put something before and behind a run.
            Self::Other(encoding) => text
                .chars()
                .map(|character| encoding.encode(character.encode_utf8(&mut [0; 4])).0.len())
                .sum(),
        }
    }
}

impl Offsets {
    /// The text starts at this offset of the original: behind the byte order mark.
    pub(super) fn new(encoding: &'static Encoding, start: usize) -> Self {
        let mark = Mark { text: 0, original: start as u64 };
        Self { width: Width::of(encoding), marks: vec![mark], end: mark }
    }

    /// Whether the width of a character does not follow from the character alone, so that text has to be
    /// added one character at a time.
    pub(super) fn is_looked_up(&self) -> bool {
        matches!(self.width, Width::Other(_))
    }

    /// Another encoding from here on; what came before is the same in both.
    pub(super) fn switch(&mut self, encoding: &'static Encoding) {
        self.width = Width::of(encoding);
    }

    /// Notes that text has been added: `text` starts at offset `base` and is `added` bytes longer than
    /// before. It comes from what ends at `original`.
    pub(super) fn add(&mut self, text: &str, base: u64, added: usize, original: u64) {
        if self.width == Width::Utf8 || added == 0 {
            return;
        }
        let end = text.len();
        let start = end - added;
        if self.is_looked_up() {
            let reached = Mark { text: base + end as u64, original };
            let expected = self.end.original + self.width.measure(&text[start..]) as u64;
            let last = self.marks.last().map_or(0, |mark| mark.text);
            if expected != original || reached.text - last >= STRIDE as u64 {
                self.marks.push(reached);
            }
            self.end = reached;
            return;
        }
        let mut at = start;
        while end - at > STRIDE {
            at = floor_char_boundary(text, at + STRIDE);
            self.mark(text, base, at);
        }
        self.mark(text, base, end);
    }

    /// Puts a mark at an offset of the part of the text that is at hand.
    fn mark(&mut self, text: &str, base: u64, at: usize) {
        let offset = base + at as u64;
        let original = self.original(text, base, offset);
        self.marks.push(Mark { text: offset, original });
    }

    /// Puts a mark where it is known that the text from `offset` on comes from `original` on.
    pub(super) fn set(&mut self, offset: u64, original: u64) {
        // What a decoder gives back after an error has been noted as read.
        let original = self.marks.last().map_or(original, |last| original.max(last.original));
        self.end = Mark { text: offset, original };
        self.marks.push(self.end);
    }

    /// Forgets what lies before an offset of the text.
    pub(crate) fn forget(&mut self, text: &str, base: u64, offset: u64) {
        let found = self.marks.partition_point(|mark| mark.text <= offset);
        let original = self.original(text, base, offset);
        self.marks.drain(..found);
        self.marks.insert(0, Mark { text: offset, original });
    }

    /// The place in the original of an offset of the text.
    pub(crate) fn original(&self, text: &str, base: u64, offset: u64) -> u64 {
        let found = self.marks.partition_point(|mark| mark.text <= offset);
        let mark = self.marks[found.saturating_sub(1)];
        if self.width == Width::Utf8 {
            return mark.original + offset.saturating_sub(mark.text);
        }
        let local = |offset: u64| {
            usize::try_from(offset.saturating_sub(base)).unwrap_or(usize::MAX).min(text.len())
        };
        let piece = text.get(local(mark.text)..local(offset)).unwrap_or_default();
        let next = self.marks.get(found).map_or(u64::MAX, |next| next.original);
        (mark.original + self.width.measure(piece) as u64).min(next)
    }

    pub(crate) fn original_span(&self, text: &str, base: u64, span: Span) -> Span {
        Span::new(self.original(text, base, span.start), self.original(text, base, span.end))
    }

    /// The offset in the text of a place in the original.
    pub(crate) fn text(&self, text: &str, base: u64, original: u64) -> u64 {
        let found = self.marks.partition_point(|mark| mark.original <= original);
        let mark = self.marks[found.saturating_sub(1)];
        let missing = original.saturating_sub(mark.original);
        let start =
            usize::try_from(mark.text.saturating_sub(base)).unwrap_or(usize::MAX).min(text.len());
        let next = self.marks.get(found).map_or(u64::MAX, |next| next.text);
        if self.width == Width::Utf8 {
            // Marks are only where damage is, and may be far away: nothing has to be measured.
            let missing = usize::try_from(missing).unwrap_or(usize::MAX);
            let at = ceil_char_boundary(text, start.saturating_add(missing));
            return (base + at as u64).min(next);
        }
        let mut width = 0;
        for (at, character) in text[start..].char_indices() {
            let offset = mark.text + at as u64;
            if width >= missing || offset >= next {
                return offset;
            }
            width += self.width.measure(character.encode_utf8(&mut [0; 4])) as u64;
        }
        base + text.len() as u64
    }
}

/// The nearest character boundary at or behind `offset`; the end where that is behind it.
fn ceil_char_boundary(text: &str, mut offset: usize) -> usize {
    while offset < text.len() && !text.is_char_boundary(offset) {
        offset += 1;
    }
    offset.min(text.len())
}

/// The nearest character boundary at or before `offset`, which is inside the text.
fn floor_char_boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
