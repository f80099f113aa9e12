//! What the targets make of the bytes of the fuzzer.

use std::fmt::Debug;

/// Length of what stands before the input itself: see [`Case::new`].
pub const HEADER: usize = 3;

/// The first bytes of a stream are read at once to find its encoding: with this much in front of it, the
/// input itself comes in small pieces.
const PAD: usize = 1016;

/// An input with the sizes of the pieces in which it arrives.
#[derive(Debug)]
pub struct Case {
    /// What the header leaves to the target.
    pub config: u8,
    /// Capacity of the buffer that the input is read through.
    pub buffer: usize,
    /// Bytes that are asked for at a time, at least.
    pub piece: usize,
    /// The input.
    pub bytes: Vec<u8>,
}

impl Case {
    /// Three bytes say how the rest is read: the configuration; what stands in front of the input (four
    /// bits) and the size of the pieces (four bits); the capacity of the buffer.
    #[must_use]
    pub fn new(data: &[u8]) -> Option<Self> {
        let [config, sizes, buffer, input @ ..] = data else { return None };
        Some(Self {
            config: *config,
            buffer: 1 + usize::from(*buffer),
            piece: 1 << (sizes >> 4).min(12),
            bytes: [&padding(sizes & 0xF), input].concat(),
        })
    }
}

/// What stands in front of an input, so that a piece may end anywhere in it.
fn padding(kind: u8) -> Vec<u8> {
    let declared = |label: &str| {
        let mut bytes = format!("<?xml version='1.0' encoding='{label}'?>").into_bytes();
        bytes.resize(PAD, b' ');
        bytes
    };
    let utf16 = |mark: [u8; 2], blank: [u8; 2]| [&mark[..], &blank.repeat(PAD / 2)].concat();
    match kind {
        1 => declared("UTF-8"),
        2 => declared("ISO-8859-1"),
        3 => declared("Shift_JIS"),
        4 => declared("gb18030"),
        5 => declared("EUC-JP"),
        6 => declared("ISO-2022-JP"),
        7 => declared("UTF-16"),
        8 => utf16([0xFF, 0xFE], [b' ', 0]),
        9 => utf16([0xFE, 0xFF], [0, b' ']),
        10 => [&[0xEF, 0xBB, 0xBF][..], &b" ".repeat(PAD)].concat(),
        11 => b" ".repeat(PAD),
        _ => Vec::new(),
    }
}

/// Holds two outcomes against each other; says first in which line they differ.
///
/// # Panics
///
/// They differ.
pub fn assert_same<T: Debug + PartialEq>(left: &T, right: &T, what: &str) {
    if left != right {
        let [left, right] = [left, right].map(|outcome| format!("{outcome:#?}"));
        let differs = left.lines().zip(right.lines()).enumerate().find(|(_, (l, r))| l != r);
        panic!("{what}: {differs:?}\n--- left\n{left}\n--- right\n{right}");
    }
}
