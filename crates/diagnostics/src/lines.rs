//! From offsets to lines and columns.

use crate::Position;

/// Distance of two checkpoints in bytes: what a look-up has to walk at most.
const STRIDE: usize = 4096;

/// Turns byte offsets of a text into lines and columns.
///
/// A line ends with LF, CRLF or CR. The index is filled as far as it is asked, keeps one checkpoint
/// every 4 KiB (in a one-line file too), and does not hold the text: every call gets the same text
/// again. A text that arrives piece by piece is indexed through a window that [`advance`] moves.
///
/// ```
/// use edu_diagnostics::{LineIndex, Position};
///
/// let mut lines = LineIndex::new();
/// assert_eq!(lines.position("a\r\nbé!", 6), Position { line: 2, column: 3 });
/// ```
///
/// [`advance`]: LineIndex::advance
#[derive(Debug, Clone)]
pub struct LineIndex {
    /// `marks[i]` describes offset `i * STRIDE` (moved to a character boundary).
    marks: Vec<Mark>,
    /// The last look-up: the next one is often a little behind it.
    last: Mark,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    offset: usize,
    position: Position,
    /// The byte before `offset` is a CR: a LF here belongs to the line that has just ended.
    after_cr: bool,
}

impl Mark {
    /// The mark at `offset`, reached by walking the text from this one.
    fn walk(self, text: &str, offset: usize) -> Self {
        let bytes = &text.as_bytes()[self.offset..offset];
        let Some(&last) = bytes.last() else {
            return self;
        };
        // A CR ends a line unless it belongs to the LF behind it; most texts have none.
        let lone = |&at: &usize| bytes.get(at + 1) != Some(&b'\n');
        let mut lines = memchr::memchr_iter(b'\n', bytes).count() as u64;
        if self.after_cr && bytes[0] == b'\n' {
            lines -= 1;
        }
        let mut line_start = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        if let Some(first) = memchr::memchr(b'\r', bytes) {
            lines += memchr::memchr_iter(b'\r', &bytes[first..])
                .map(|at| first + at)
                .filter(lone)
                .count() as u64;
            line_start = line_start.max(memchr::memrchr(b'\r', bytes).map_or(0, |at| at + 1));
        }
        let column = if line_start > 0 { 1 } else { self.position.column };
        Self {
            offset,
            position: Position {
                line: self.position.line + lines,
                column: column + characters(&bytes[line_start..]),
            },
            after_cr: last == b'\r',
        }
    }
}

/// Number of characters of a piece of UTF-8: every byte but the continuation bytes starts one.
fn characters(utf8: &[u8]) -> u64 {
    // A byte holds the sum of a chunk, so that many bytes are added at once.
    let starts = |chunk: &[u8]| chunk.iter().map(|&byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>();
    utf8.chunks(255).map(|chunk| u64::from(starts(chunk))).sum()
}

impl Default for LineIndex {
    fn default() -> Self {
        Self::new()
    }
}

impl LineIndex {
    /// An index of a text that starts at line 1, column 1.
    pub fn new() -> Self {
        let start = Mark { offset: 0, position: Position::START, after_cr: false };
        Self { marks: vec![start], last: start }
    }

    /// Line and column of a byte offset of `text`, which is the text of all earlier calls.
    ///
    /// An offset behind the end counts as the end, one inside a character as that character's start.
    pub fn position(&mut self, text: &str, offset: usize) -> Position {
        self.mark(text, offset).position
    }

    /// Forgets the first `consumed` bytes of `text`: from now on the text starts behind them.
    pub fn advance(&mut self, text: &str, consumed: usize) {
        let mark = self.mark(text, consumed);
        self.last = Mark { offset: 0, ..mark };
        self.marks.clear();
        self.marks.push(self.last);
    }

    fn mark(&mut self, text: &str, offset: usize) -> Mark {
        let offset = floor_char_boundary(text, offset);
        let wanted = offset / STRIDE;
        while self.marks.len() <= wanted {
            let last = self.marks[self.marks.len() - 1];
            let next = floor_char_boundary(text, self.marks.len() * STRIDE);
            self.marks.push(last.walk(text, next));
        }
        let before = self.marks[wanted];
        let nearest =
            if (before.offset..=offset).contains(&self.last.offset) { self.last } else { before };
        self.last = nearest.walk(text, offset);
        self.last
    }
}

/// The nearest character boundary at or before `offset`.
fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, character by character.
    fn naive(text: &str, offset: usize) -> Position {
        let mut position = Position::START;
        let mut before = '\0';
        for character in text[..offset].chars() {
            match character {
                '\n' if before == '\r' => {}
                '\n' | '\r' => position = Position { line: position.line + 1, column: 1 },
                _ => position.column += 1,
            }
            before = character;
        }
        position
    }

    #[test]
    fn line_ends_of_all_kinds() {
        let text = "a\nb\r\nc\rd\n\re";
        let lines: Vec<_> = "abcde"
            .chars()
            .map(|letter| LineIndex::new().position(text, text.find(letter).unwrap()).line)
            .collect();
        assert_eq!(lines, [1, 2, 3, 4, 6]);
    }

    #[test]
    fn offsets_inside_a_character_or_behind_the_end() {
        let mut index = LineIndex::new();
        assert_eq!(index.position("é", 1), Position::START);
        assert_eq!(index.position("é", 99), Position { line: 1, column: 2 });
    }

    #[test]
    fn far_into_a_single_line() {
        let text = "é".repeat(10_000);
        let position = LineIndex::new().position(&text, text.len());
        assert_eq!(position, Position { line: 1, column: 10_001 });
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(pieces in proptest::collection::vec(
            prop_oneof![Just("\r\n"), Just("\n"), Just("\r"), Just("é€"), Just("x"), "[a-z]{0,3000}".prop_map(|s| &*s.leak())], 0..12,
        )) {
            let text = pieces.concat();
            let mut index = LineIndex::new();
            for (offset, _) in text.char_indices().step_by(97) {
                prop_assert_eq!(index.position(&text, offset), naive(&text, offset));
            }
        }

        #[test]
        fn a_window_gives_the_same_places(text in "[a\r\né]{0,60}", cut in 0usize..60) {
            let cut = floor_char_boundary(&text, cut);
            let mut window = LineIndex::new();
            window.advance(&text, cut);
            for (offset, _) in text.char_indices().filter(|(offset, _)| *offset >= cut) {
                prop_assert_eq!(window.position(&text[cut..], offset - cut), naive(&text, offset));
            }
        }
    }
}
