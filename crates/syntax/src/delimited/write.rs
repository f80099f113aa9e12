//! Writing a value.

use super::Format;

/// Appends a value as a field of a record, with quotes around it where it could not be read back without:
/// where it holds a delimiter, a quote or a line break, or white space at one of its ends.
///
/// A format that is not [multiline](Format::multiline) has no way to write a line break; what goes into
/// such a file should hold none.
pub fn write_field(out: &mut String, value: &str, format: Format) {
    let delimiter = format.delimiter();
    let is_special = |byte| byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n');
    if value.trim() == value && !value.bytes().any(is_special) {
        out.push_str(value);
        return;
    }
    out.push('"');
    for (number, part) in value.split('"').enumerate() {
        if number > 0 {
            out.push_str("\"\"");
        }
        out.push_str(part);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stand_where_they_are_needed() {
        let cases = [
            ("", ""),
            ("a;b c", "a;b c"),
            ("a,b", "\"a,b\""),
            ("5\"", "\"5\"\"\""),
            ("a\rb", "\"a\rb\""),
            (" a", "\" a\""),
            ("a\u{A0}", "\"a\u{A0}\""),
        ];
        for (value, expected) in cases {
            let mut out = String::new();
            write_field(&mut out, value, Format::default());
            assert_eq!(out, expected);
        }
    }
}
