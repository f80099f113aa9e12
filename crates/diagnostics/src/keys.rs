//! Keys as numbers, for rules over a whole file.
//!
//! A campus file has a million keys, and comparing them is all that is done with most. 64 bits tell them
//! apart: that two of a million differ and have one number is a matter of one file in ten million.
//!
//! ```
//! use edu_diagnostics::keys::{Keyed, number};
//!
//! let mut lines = Keyed::default();
//! lines.insert(number(b"4711"), 12);
//! assert_eq!(lines.get(number(b"4711")), Some(&12));
//! ```

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

type Shard<V> = HashMap<u64, V, BuildHasherDefault<Itself>>;

/// A set of numbers that [`number`] made.
pub type KeySet = HashSet<u64, BuildHasherDefault<Itself>>;

/// How many maps share the keys.
const SHARDS: usize = 64;

/// A map from numbers that [`number`] made. No seed: the same file gives the same findings. It is many small
/// maps: one that grows is there twice for a moment, and one with a million keys is large.
#[derive(Debug, Clone)]
pub struct Keyed<V> {
    shards: Vec<Shard<V>>,
}

impl<V> Default for Keyed<V> {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| Shard::default()).collect() }
    }
}

impl<V> Keyed<V> {
    /// The map for a key. The lowest and the highest bits are those by which the maps themselves sort.
    fn shard(&mut self, key: u64) -> &mut Shard<V> {
        &mut self.shards[shard_number(key)]
    }

    /// What stands at a key.
    pub fn get(&self, key: u64) -> Option<&V> {
        self.shards[shard_number(key)].get(&key)
    }

    /// Puts a value at a key; gives the one that stood there.
    pub fn insert(&mut self, key: u64, value: V) -> Option<V> {
        self.shard(key).insert(key, value)
    }

    /// The place of a key, to look at and to fill.
    pub fn entry(&mut self, key: u64) -> Entry<'_, u64, V> {
        self.shard(key).entry(key)
    }

    /// Takes out what stands at a key.
    pub fn remove(&mut self, key: u64) -> Option<V> {
        self.shard(key).remove(&key)
    }

    /// All values, in an order that only the keys decide.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.shards.iter().flat_map(HashMap::values)
    }

    /// Takes out everything.
    pub fn drain(&mut self) -> impl Iterator<Item = (u64, V)> {
        self.shards.iter_mut().flat_map(HashMap::drain)
    }
}

fn shard_number(key: u64) -> usize {
    usize::try_from(key >> 40).unwrap_or(0) % SHARDS
}

/// Hashes a number to itself: it is well mixed already.
#[derive(Debug, Default, Clone, Copy)]
pub struct Itself(u64);

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

/// The number of a text. The same in every run and on every machine.
pub fn number(text: &[u8]) -> u64 {
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
