//! JSON files that people write: what is wrong is said with its place and its path.

use std::fmt::Write as _;

use serde::de::DeserializeOwned;

/// Reads a value. A byte order mark does no harm.
///
/// # Errors
///
/// `FILE:line:column: at PATH: what is wrong`, without a place where the whole is wrong.
pub(crate) fn parse<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let said = error.to_string();
        if line == 0 {
            // It is about the whole.
            return format!("{file}: {said}");
        }
        let said = said.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&said);
        let lines = bytes.split_inclusive(|&byte| byte == b'\n');
        let before: usize = lines.take(line.saturating_sub(1)).map(<[u8]>::len).sum();
        let end = bytes.len().min(before + column);
        // The parser counts bytes.
        let column = String::from_utf8_lossy(&bytes[before.min(end)..end]).chars().count().max(1);
        format!("{file}:{line}:{column}: at {}: {said}", path(&bytes[..end]))
    })
}

/// A value that is begun and not yet ended.
enum Open {
    /// An object, the name of its member at hand, and whether that is still to come.
    Object(Option<String>, bool),
    /// An array, and the number of its element at hand.
    Array(usize),
}

/// The path of the value that stands at the end of a beginning of JSON.
fn path(text: &[u8]) -> String {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        match (byte, open.last_mut()) {
            (b'"', last) => {
                let start = at;
                while let Some(&byte) = text.get(at).filter(|&&byte| byte != b'"') {
                    at += if byte == b'\\' { 2 } else { 1 };
                }
                let end = at.min(text.len());
                at += 1;
                if let Some(Open::Object(name, true)) = last {
                    *name = Some(String::from_utf8_lossy(&text[start..end]).into_owned());
                }
            }
            (b'{', _) => open.push(Open::Object(None, true)),
            (b'[', _) => open.push(Open::Array(0)),
            (b'}' | b']', Some(_)) => _ = open.pop(),
            (b':', Some(Open::Object(_, is_before))) => *is_before = false,
            (b',', Some(Open::Object(name, is_before))) => (*name, *is_before) = (None, true),
            (b',', Some(Open::Array(number))) => *number += 1,
            _ => {}
        }
    }
    let mut path = "$".to_owned();
    for value in open {
        // Writing to a `String` cannot fail.
        let _ = match value {
            Open::Array(number) => write!(path, "[{number}]"),
            Open::Object(None, _) => Ok(()),
            Open::Object(Some(name), _) if is_plain(&name) => write!(path, ".{name}"),
            Open::Object(Some(name), _) => write!(path, "[\"{name}\"]"),
        };
    }
    path
}

/// Whether a name needs no quotes.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_values() {
        for (text, expected) in [
            ("", "$"),
            ("[1, 2", "$[1]"),
            (r#"{"a": {"b": [{"c": 1}, {"d\"": 2"#, r#"$.a.b[1]["d\""]"#),
            (r#"{"a.b": [1], "c": {"#, "$.c"),
            (r#"{"a.b": [{"code": "x"}, {"code": 5"#, r#"$["a.b"][1].code"#),
            (r#"{"a": "]}," , "b"#, "$.b"),
            ("]}", "$"),
        ] {
            assert_eq!(path(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn places_are_in_characters() {
        let text = "\u{feff}{\n \"é\": [1, \"é\"]}";
        let error = parse::<std::collections::HashMap<String, Vec<u8>>>("t.json", text.as_bytes());
        let error = error.expect_err("a text is no number");
        assert!(error.starts_with("t.json:2:13: at $[\"é\"][1]: invalid type: "), "{error}");
    }
}
