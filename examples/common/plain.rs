//! Texts that cannot steer a terminal: names and data of files may hold anything.

/// A text on one line, with stand-ins for what would not be shown.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|character| visible(character).unwrap_or(character)).collect()
}

/// The stand-in of a character that would move the cursor or change the direction of writing.
pub(crate) fn visible(character: char) -> Option<char> {
    match character {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(character)),
        '\x7f' => Some('␡'),
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => Some('\u{fffd}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_steer_a_terminal() {
        assert_eq!(plain("a\x1b[2J\n\u{202e}é"), "a␛[2J␊\u{fffd}é");
    }
}
