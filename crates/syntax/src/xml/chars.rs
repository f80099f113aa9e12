//! Character classes of XML 1.0 (fifth edition, sections 2.2 and 2.3).

use super::words::end_of_blanks;

/// The byte may stand in a name; every byte of a character outside ASCII may, until it is looked at.
const NAME: u8 = 1;
/// A name with this byte has to be looked at: a colon, or a character outside ASCII.
const SPECIAL: u8 = 2;

static CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    loop {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' => NAME,
            b':' | 0x80..=0xFF => NAME | SPECIAL,
            _ => 0,
        };
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

pub(super) fn is_name_byte(byte: u8) -> bool {
    CLASSES[byte as usize] & NAME != 0
}

/// Length of the name at the start of a text, and whether it has to be looked at.
pub(super) fn scan_name(bytes: &[u8]) -> (usize, bool) {
    let mut classes = 0;
    let mut len = 0;
    for &byte in bytes {
        let class = CLASSES[byte as usize];
        if class == 0 {
            break;
        }
        classes |= class;
        len += 1;
    }
    (len, classes & SPECIAL != 0)
}

/// Bytes that may start a name.
pub(super) fn is_name_start_byte(byte: u8) -> bool {
    is_name_byte(byte) && !matches!(byte, b'0'..=b'9' | b'-' | b'.')
}

/// The end of the white space from `at` on: mostly a line end and blanks, if there is any.
#[inline]
pub(super) fn end_of_space(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && is_space(bytes[at]) {
        at = end_of_blanks(bytes, at + 1);
    }
    at
}

#[inline]
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Whether a text is a name of an element or attribute, with or without a prefix (XML 1.0, section 2.3).
pub fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(is_name_start) && characters.all(is_name_character)
}

fn is_name_start(character: char) -> bool {
    matches!(character,
        ':' | '_' | 'A'..='Z' | 'a'..='z'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn is_name_character(character: char) -> bool {
    is_name_start(character)
        || matches!(character, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Whether XML 1.0 allows the character at all, as itself or as a reference (section 2.2).
pub fn is_character(character: char) -> bool {
    !matches!(character,
        '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Whether a byte is a control character that XML does not allow.
pub(super) fn is_forbidden_byte(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Whether there is a control character that XML does not allow. Looks at whole blocks: leaving at the
/// first one found would keep the compiler from comparing many bytes at once.
pub(super) fn has_forbidden_byte(bytes: &[u8]) -> bool {
    bytes
        .chunks(256)
        .any(|block| block.iter().fold(false, |found, &byte| found | is_forbidden_byte(byte)))
}
