//! Looks at eight bytes at a time.
//!
//! Indentation and values of attributes are short, and where they end is hard to foretell for a processor:
//! a loop over bytes costs more in wrong guesses than in work. (For names the loop over bytes is faster.)

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The eight bytes from `at` on, `None` near the end.
#[inline]
fn load(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..at + 8)?;
    eight.try_into().ok().map(u64::from_le_bytes)
}

/// A high bit for each byte that is `byte`. Exact up to the first one.
#[inline]
fn is(word: u64, byte: u8) -> u64 {
    let zero = word ^ (ONES * u64::from(byte));
    zero.wrapping_sub(ONES) & !zero & HIGHS
}

/// A high bit for each byte below `limit`, which is ASCII. Exact up to the first one.
#[inline]
fn is_below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * u64::from(limit)) & !word & HIGHS
}

/// Number of bytes before the first high bit.
#[inline]
fn first(mask: u64) -> usize {
    (mask.trailing_zeros() / 8) as usize
}

/// The first offset from `at` on for which `mask` sets a bit or, in the last bytes, `ends` holds.
#[inline]
fn find(
    bytes: &[u8],
    mut at: usize,
    mask: impl Fn(u64) -> u64,
    ends: impl Fn(u8) -> bool,
) -> usize {
    while let Some(word) = load(bytes, at) {
        let found = mask(word);
        if found != 0 {
            return at + first(found);
        }
        at += 8;
    }
    while at < bytes.len() && !ends(bytes[at]) {
        at += 1;
    }
    at
}

/// The end of the blanks from `at` on.
#[inline]
pub(super) fn end_of_blanks(bytes: &[u8], at: usize) -> usize {
    find(bytes, at, not_blank, |byte| byte != b' ')
}

/// A high bit for each byte that is not a blank.
#[inline]
fn not_blank(word: u64) -> u64 {
    let differs = word ^ (ONES * u64::from(b' '));
    (((differs & !HIGHS) + !HIGHS) | differs) & HIGHS
}

/// The first of `quote`, `<`, `&` and the control characters from `at` on.
#[inline]
pub(super) fn end_of_value(bytes: &[u8], at: usize, quote: u8) -> usize {
    let mask = |word| is(word, quote) | is(word, b'<') | is(word, b'&') | is_below(word, b' ');
    find(bytes, at, mask, |byte| byte == quote || matches!(byte, b'<' | b'&' | 0..b' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_byte_by_byte(bytes in proptest::collection::vec(prop_oneof![97u8..123, Just(b' '), Just(b'"'), any::<u8>()], 0..40), at in 0usize..40) {
            let at = at.min(bytes.len());
            let end = |ends: &dyn Fn(u8) -> bool| bytes[at..].iter().position(|&byte| ends(byte)).map_or(bytes.len(), |found| at + found);
            prop_assert_eq!(end_of_blanks(&bytes, at), end(&|byte| byte != b' '));
            prop_assert_eq!(end_of_value(&bytes, at, b'"'), end(&|byte| matches!(byte, b'"' | b'<' | b'&' | 0..b' ')));
        }
    }
}
