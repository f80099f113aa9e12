//! A place in 16 bytes.

use crate::{Position, Span};

/// Bytes, line and column of something short, packed: a file has a place for every key. Offsets are exact
/// up to a terabyte, lengths to 4 KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place([u64; 2]);

const OFFSET: u32 = 40;
const LENGTH: u32 = 12;
const LINE: u32 = 36;
const COLUMN: u32 = 40;

impl Place {
    /// Packs a place.
    pub fn new((span, position): (Span, Position)) -> Self {
        let parts = [
            (span.start, OFFSET),
            (span.len(), LENGTH),
            (position.line, LINE),
            (position.column, COLUMN),
        ];
        let packed = parts.into_iter().rev().fold(0u128, |packed, (number, bits)| {
            let most = (1u64 << bits) - 1;
            (packed << bits) | u128::from(number.min(most))
        });
        let [low, high] = [packed, packed >> 64].map(|half| half & u128::from(u64::MAX));
        Self([low, high].map(|half| u64::try_from(half).unwrap_or(u64::MAX)))
    }

    fn part(self, from: u32, bits: u32) -> u64 {
        let [low, high] = self.0.map(u128::from);
        let mask = (1u128 << bits) - 1;
        u64::try_from((((high << 64) | low) >> from) & mask).unwrap_or(u64::MAX)
    }

    /// The bytes of the original input.
    pub fn span(self) -> Span {
        let start = self.part(0, OFFSET);
        Span::new(start, start + self.part(OFFSET, LENGTH))
    }

    /// Line and column of its start.
    pub fn position(self) -> Position {
        let line = self.part(OFFSET + LENGTH, LINE);
        Position { line, column: self.part(OFFSET + LENGTH + LINE, COLUMN) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        for (start, len, line, column) in
            [(0, 0, 1, 1), (123_456_789_012, 4095, 50_000_000_000, 900_000_000_000)]
        {
            let (span, position) = (Span::new(start, start + len), Position { line, column });
            let place = Place::new((span, position));
            assert_eq!((place.span(), place.position()), (span, position));
        }
    }
}
