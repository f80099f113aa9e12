//! Characters that have a meaning in rules and commands.

/// The first character of a text that separates the parts of a rule or a command, or breaks a line, or is a
/// control character. There is no way to write one as a part of a value.
pub(crate) fn reserved(text: &str) -> Option<char> {
    // Most texts hold nothing that has to be looked at closely.
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'/' | b'-' | b'_');
    if text.bytes().all(is_plain) {
        return None;
    }
    let separates = |c| matches!(c, '(' | ')' | ',' | ':' | ';' | '|' | '$');
    text.chars().find(|&c| separates(c) || is_unquotable(c))
}

/// The first character of a text that cannot stand between the double quotes of a command's argument.
pub(crate) fn unquotable(text: &str) -> Option<char> {
    // Most texts hold nothing that has to be looked at closely.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'"') {
        return None;
    }
    text.chars().find(|&c| is_unquotable(c))
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
