//! Characters that have a meaning in rules and commands.

/// The first character of a text that separates the parts of a rule or a command, or breaks a line, or is a
/// control character. There is no way to write one as a part of a value.
pub(crate) fn reserved(text: &str) -> Option<char> {
    if has_only(text, &PLAIN_IN_RULES) {
        return None;
    }
    let separates = |c| matches!(c, '(' | ')' | ',' | ':' | ';' | '|' | '$');
    text.chars().find(|&c| separates(c) || is_unquotable(c))
}

/// The first character of a text that cannot stand between the double quotes of a command's argument.
pub(crate) fn unquotable(text: &str) -> Option<char> {
    if has_only(text, &PLAIN_IN_QUOTES) {
        return None;
    }
    text.chars().find(|&c| is_unquotable(c))
}

/// Bytes that need no closer look, of texts in rules and of texts in quotes. Most texts have no others.
static PLAIN_IN_RULES: [bool; 256] = table(b"!#%&'*+-./<=>?@[]^_{}~ ");
static PLAIN_IN_QUOTES: [bool; 256] = table(b"!#%&'*+-./<=>?@[]^_{}~ (),:;|$");

/// ASCII letters, digits and the others given.
const fn table(others: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < others.len() {
        table[others[at] as usize] = true;
        at += 1;
    }
    table
}

fn has_only(text: &str, plain: &[bool; 256]) -> bool {
    text.bytes().all(|byte| plain[usize::from(byte)])
}

fn is_unquotable(c: char) -> bool {
    // U+0085 is a control character.
    matches!(c, '"' | '\u{2028}' | '\u{2029}') || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found() {
        for c in "(),:;|$\"\n\r\t\0\u{7f}\u{85}\u{2028}\u{2029}".chars() {
            assert_eq!(reserved(&format!("Costa é{c}(")), Some(c));
        }
        for text in ["", "Cook [Galley]", "/Root/A b/C-1_2.3", "O'Neill & Söhne!", "{x}\u{a0}\\"] {
            assert_eq!(reserved(text), None, "{text}");
        }
    }
}
