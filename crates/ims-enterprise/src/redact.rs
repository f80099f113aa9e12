//! Source text that can be shown.
//!
//! Both functions keep every byte in its place, so that spans stay right: what must not be seen becomes
//! asterisks.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

/// Names of attributes and elements that hold a password, in lower case: those of 1.1, of Blackboard
/// and of Vista.
const SECRETS: [&str; 4] = ["password", "x_bb_password", "webcredential", "webcredentials"];

/// Hides passwords: the value of every attribute and the content of every element that holds one, in
/// text that may be damaged or cut off anywhere.
pub fn passwords(text: &str) -> Cow<'_, str> {
    let mut hidden: Option<Vec<u8>> = None;
    let bytes = text.as_bytes();
    for secret in SECRETS {
        for at in find_in_any_case(bytes, secret) {
            if at > 0 && is_name_byte(bytes[at - 1]) {
                continue;
            }
            if let Some(range) = secret_range(bytes, at, at + secret.len()) {
                hide(&mut hidden.get_or_insert_with(|| bytes.to_vec())[range]);
            }
        }
    }
    finish(text, hidden)
}

/// Hides all data: every text and every value of an attribute. Markup stays.
pub fn everything(text: &str) -> Cow<'_, str> {
    let mut hidden = text.as_bytes().to_vec();
    let mut quote = None;
    let mut in_tag = false;
    for byte in &mut hidden {
        match (in_tag, quote) {
            (false, _) if *byte == b'<' => in_tag = true,
            (true, None) if *byte == b'>' => in_tag = false,
            (true, None) if matches!(*byte, b'"' | b'\'') => quote = Some(*byte),
            (true, Some(open)) if *byte == open => quote = None,
            (true, None) => {}
            _ => hide(std::slice::from_mut(byte)),
        }
    }
    finish(text, Some(hidden))
}

fn finish(text: &str, hidden: Option<Vec<u8>>) -> Cow<'_, str> {
    match hidden.map(String::from_utf8) {
        None => Cow::Borrowed(text),
        Some(Ok(hidden)) => Cow::Owned(hidden),
        // Ranges end at ASCII bytes, so this does not happen; show nothing rather than too much.
        Some(Err(_)) => Cow::Owned("*".repeat(text.len())),
    }
}

fn hide(bytes: &mut [u8]) {
    for byte in bytes {
        if !matches!(*byte, b'\n' | b'\r' | b'\t' | b' ') {
            *byte = b'*';
        }
    }
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

fn find_in_any_case<'a>(bytes: &'a [u8], word: &'static str) -> impl Iterator<Item = usize> + 'a {
    let first = word.as_bytes()[0];
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), bytes).filter(move |&at| {
        bytes[at..].get(..word.len()).is_some_and(|name| name.eq_ignore_ascii_case(word.as_bytes()))
    })
}

/// What the name between two offsets makes secret: the value of an attribute; of an element the value of
/// every attribute and the content.
fn secret_range(bytes: &[u8], start: usize, end: usize) -> Option<Range<usize>> {
    if bytes.get(end).is_some_and(|&byte| is_name_byte(byte)) {
        return None;
    }
    // `<password`, `<webct:password`: the name of an element.
    let before = bytes[..start].iter().rposition(|&byte| !is_name_byte(byte) && byte != b':');
    if before.is_some_and(|at| bytes[at] == b'<') {
        let from = end + usize::from(bytes.get(end) == Some(&b'>'));
        Some(from..content_end(bytes, end).max(from))
    } else {
        attribute_value(bytes, end)
    }
}

/// The start of the end tag that follows, or the end of the text.
fn content_end(bytes: &[u8], from: usize) -> usize {
    let tag_end = memchr::memchr(b'>', &bytes[from..]).map_or(bytes.len(), |at| from + at);
    if bytes[from..tag_end].ends_with(b"/") {
        return tag_end - 1;
    }
    memmem::find(&bytes[from..], b"</").map_or(bytes.len(), |at| from + at)
}

fn attribute_value(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let is_space = |byte: &u8| byte.is_ascii_whitespace();
    let equals = from + bytes[from..].iter().position(|byte| !is_space(byte))?;
    if bytes[equals] != b'=' {
        return None;
    }
    let value = equals + 1 + bytes[equals + 1..].iter().position(|byte| !is_space(byte))?;
    let (start, close) = match bytes[value] {
        quote @ (b'"' | b'\'') => (value + 1, quote),
        _ => (value, b'>'),
    };
    let end = memchr::memchr(close, &bytes[start..]).map_or(bytes.len(), |at| start + at);
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_hidden_wherever_they_stand() {
        let cases = [
            (
                r#"<userid password="geheim" x="y">eva</userid>"#,
                r#"<userid password="******" x="y">eva</userid>"#,
            ),
            (r"<userid PASSWORD = 'geheim'>eva", r"<userid PASSWORD = '******'>eva"),
            (r#"<userid password="geh"#, r#"<userid password="***"#),
            (r"<userid password=geheim>eva", r"<userid password=******>eva"),
            ("<X_BB_PASSWORD>geheim</X_BB_PASSWORD>", "<X_BB_PASSWORD>******</X_BB_PASSWORD>"),
            ("<w:webcredentials a='b'>ge\nim</w:w>", "<w:webcredentials ********\n**</w:w>"),
            ("<webcredential/><id>4711</id>", "<webcredential/><id>4711</id>"),
            ("<short>password</short>", "<short>password</short>"),
            (
                "<e a='1' pwencryptiontype='MD5' mypassword='x'>",
                "<e a='1' pwencryptiontype='MD5' mypassword='x'>",
            ),
        ];
        for (text, shown) in cases {
            assert_eq!(passwords(text), shown);
        }
    }

    #[test]
    fn everything_leaves_the_markup() {
        assert_eq!(everything("<a b=\"cé\">Eva > x</a>"), "<a b=\"***\">*** * *</a>");
    }

    proptest::proptest! {
        #[test]
        fn bytes_stay_in_place(text in "[<>a-z=\"' \npPassword/é]{0,60}") {
            proptest::prop_assert_eq!(passwords(&text).len(), text.len());
            proptest::prop_assert_eq!(everything(&text).len(), text.len());
        }
    }
}
