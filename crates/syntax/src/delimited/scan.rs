//! Which bytes matter, and finding the next one that does.

/// What a byte is to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of a value.
    Plain,
    Delimiter,
    LineEnd,
    Quote,
    /// Part of a value too, but not one that should be.
    Control,
}

/// The classes of all bytes for one delimiter.
#[derive(Debug, Clone)]
pub(super) struct Classes {
    table: [Class; 256],
    delimiter: u8,
}

impl Classes {
    pub(super) fn new(delimiter: u8) -> Self {
        let mut table = [Class::Plain; 256];
        table[..0x20].fill(Class::Control);
        table[0x7F] = Class::Control;
        table[usize::from(b'\t')] = Class::Plain;
        table[usize::from(b'\n')] = Class::LineEnd;
        table[usize::from(b'\r')] = Class::LineEnd;
        table[usize::from(b'"')] = Class::Quote;
        table[usize::from(delimiter)] = Class::Delimiter;
        Self { table, delimiter }
    }

    #[inline]
    pub(super) fn of(&self, byte: u8) -> Class {
        self.table[usize::from(byte)]
    }

    /// How many delimiters stand at `at`.
    pub(super) fn delimiters(&self, bytes: &[u8], at: usize) -> usize {
        let mut end = at;
        while chunk(bytes, end).is_some_and(|chunk| *chunk == [self.delimiter; 32]) {
            end += 32;
        }
        while let Some(chunk) = chunk(bytes, end) {
            let others = u64::from_le_bytes(*chunk) ^ u64::from_le_bytes([self.delimiter; 8]);
            if others != 0 {
                return end + others.trailing_zeros() as usize / 8 - at;
            }
            end += 8;
        }
        while bytes.get(end) == Some(&self.delimiter) {
            end += 1;
        }
        end - at
    }
}

/// Finds the bytes that may not be plain.
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    /// Where the block starts that was looked at last.
    block: usize,
    /// A bit for each byte of the block that may not be plain, the lowest for the first.
    found: u64,
}

/// As many as a word has bits.
const BLOCK: usize = 64;

impl<'a> Scanner<'a> {
    pub(super) fn new(bytes: &'a [u8], classes: &Classes) -> Self {
        let mut scanner = Self { bytes, delimiter: classes.delimiter, block: 0, found: 0 };
        scanner.look_at(0);
        scanner
    }

    /// Where the next byte stands, from `at` on, that is a delimiter, a quote or a control character; at
    /// the end of the bytes where there is none.
    #[inline]
    pub(super) fn next(&mut self, mut at: usize) -> usize {
        loop {
            let offset = at.wrapping_sub(self.block);
            if offset < BLOCK {
                let found = self.found >> offset;
                if found != 0 {
                    return at + found.trailing_zeros() as usize;
                }
                at = self.block + BLOCK;
            }
            if at >= self.bytes.len() {
                return self.bytes.len();
            }
            self.look_at(at);
        }
    }

    #[inline]
    fn look_at(&mut self, at: usize) {
        self.block = at;
        self.found = match chunk(self.bytes, at) {
            Some(block) => special(block, self.delimiter),
            None => self.special_at_end(at),
        };
    }

    #[cold]
    fn special_at_end(&self, at: usize) -> u64 {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let mut block = [0; BLOCK];
        for (byte, &from) in block.iter_mut().zip(rest) {
            *byte = from;
        }
        // There are fewer bytes than bits.
        special(&block, self.delimiter) & !(u64::MAX << rest.len())
    }
}

/// A bit for each byte that may not be plain. Written so that a compiler makes of it what compares many
/// bytes at once.
#[inline]
fn special(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    let flags = block
        .map(|byte| u8::from(byte < 0x20 || byte == b'"' || byte == delimiter || byte == 0x7F));
    let (words, _) = flags.as_chunks::<8>();
    // The product has the lowest bits of all eight bytes in its highest byte.
    words.iter().rev().fold(0, |found, word| {
        let bits = u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        found << 8 | bits
    })
}

#[inline]
fn chunk<const N: usize>(bytes: &[u8], at: usize) -> Option<&[u8; N]> {
    bytes.get(at..)?.first_chunk()
}

/// The last character boundary of a text that does not stand behind an offset.
pub(super) fn boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_byte_is_found_or_passed_over_wherever_it_stands() {
        let classes = Classes::new(b';');
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK + 9 {
                let mut bytes = [b'a'; BLOCK + 9];
                bytes[at] = byte;
                let is_special = byte < 0x20 || matches!(byte, b'"' | b';' | 0x7F);
                let expected = if is_special { at } else { bytes.len() };
                assert_eq!(Scanner::new(&bytes, &classes).next(0), expected, "{byte:#x} at {at}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_same_bytes_as_one_by_one(
            text in proptest::collection::vec(proptest::sample::select(b"aaaaaaa,\t\"\n\xC3".as_slice()), 0..300),
            places in proptest::collection::vec(0usize..310, 1..9),
        ) {
            let classes = Classes::new(b',');
            let mut scanner = Scanner::new(&text, &classes);
            for at in places {
                let at = at.min(text.len());
                let is_special = |byte: &u8| *byte < 0x20 || matches!(byte, b',' | b'"');
                let expected = text[at..].iter().position(is_special).map_or(text.len(), |len| at + len);
                prop_assert_eq!(scanner.next(at), expected);
            }
        }

        #[test]
        fn delimiters_are_counted(len in 0usize..100, from in 0usize..9, behind: bool) {
            let mut bytes = vec![b'x'; from];
            bytes.extend(vec![b','; len]);
            bytes.extend(behind.then_some(b'x'));
            prop_assert_eq!(Classes::new(b',').delimiters(&bytes, from), len);
        }
    }
}
