//! Keys as numbers.
//!
//! A campus file has a million keys, and comparing them is all that is done with most. 64 bits tell them
//! apart: that two of a million differ and have one number is a matter of one file in ten million.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map with such numbers for keys. No seed: the same file gives the same findings.
pub(super) type Keyed<V> = HashMap<u64, V, BuildHasherDefault<Itself>>;

/// Hashes a number to itself.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = number(bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// The number of a text.
pub(super) fn number(text: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |state: u64, word: u64| (state.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let (words, rest) = text.as_chunks::<8>();
    let state =
        words.iter().fold(text.len() as u64, |state, word| mix(state, u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut state = mix(state, u64::from_le_bytes(last));
    // Every bit of the text reaches every bit of the number.
    state = (state ^ (state >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    state ^ (state >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_differ() {
        let texts =
            ["", "a", "b", "12345678", "12345679", "123456789", "1234567812345678", "\0", "\0\0"];
        let numbers: HashSet<_> = texts.iter().map(|text| number(text.as_bytes())).collect();
        assert_eq!(numbers.len(), texts.len());
        let many: HashSet<_> =
            (0..100_000).map(|id: u32| number(id.to_string().as_bytes())).collect();
        assert_eq!(many.len(), 100_000);
    }
}
