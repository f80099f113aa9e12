//! Finding the delimiter of a text.

use super::format::is_delimiter;
use super::scan::boundary;
use super::{Buffer, Format, Lexer, Step};

/// What [`sniff`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sniffed {
    /// What stands between two fields.
    pub delimiter: u8,
    /// Length in bytes of a first line `sep=;`, with its end. That line is a convention of spreadsheets
    /// and no record. 0 where there is none.
    pub skip: usize,
}

/// The delimiters that [`sniff`] looks for, from the most to the least usual.
pub const DELIMITERS: [u8; 4] = *b",;\t|";
/// Records that are looked at.
const RECORDS: usize = 20;
/// Bytes that are looked at.
const HEAD: usize = 64 * 1024;

/// Finds the delimiter of a text, or of the start of one: comma, semicolon, tab or vertical bar, or what
/// a first line `sep=;` says.
///
/// It is the one with which the most of the first 20 records that are not blank have as many fields as
/// the first, then the one with the most fields. A comma where none divides the first record.
pub fn sniff(text: &str) -> Sniffed {
    if let Some(stated) = stated(text) {
        return stated;
    }
    let head = &text[..boundary(text, HEAD)];
    let is_whole = head.len() == text.len();
    let mut best = (b',', (0, 1));
    for delimiter in DELIMITERS {
        // A record that the head cuts off counts only where there is no other.
        let score = match score(head, delimiter, is_whole) {
            (0, _) => score(head, delimiter, true),
            score => score,
        };
        if score.1 > 1 && score > best.1 {
            best = (delimiter, score);
        }
    }
    Sniffed { delimiter: best.0, skip: 0 }
}

/// What a first line says. Programs that put all fields in quotes do so here too.
fn stated(text: &str) -> Option<Sniffed> {
    const KEY: &[u8] = b"sep=";
    let (rest, quotes) = match text.as_bytes().strip_prefix(b"\"") {
        Some(rest) => (rest, 1),
        None => (text.as_bytes(), 0),
    };
    let (key, rest) = rest.split_at_checked(KEY.len())?;
    if !key.eq_ignore_ascii_case(KEY) {
        return None;
    }
    let (&delimiter, rest) = rest.split_first()?;
    let rest = if quotes > 0 { rest.strip_prefix(b"\"")? } else { rest };
    let end = match rest {
        [] => 0,
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => return None,
    };
    let skip = KEY.len() + 1 + 2 * quotes + end;
    is_delimiter(delimiter).then_some(Sniffed { delimiter, skip })
}

/// How many records have as many fields as the first, and how many that are.
fn score(head: &str, delimiter: u8, is_whole: bool) -> (usize, usize) {
    let mut lexer = Lexer::new(Format { delimiter, multiline: true });
    let mut buffer = Buffer::default();
    let (mut at, mut records, mut agreeing, mut fields) = (0, 0, 0, 0);
    while records < RECORDS
        && let Step::Record { end } = lexer.read(head, 0, at, is_whole, &mut buffer)
    {
        let record = buffer.record(head, 0);
        if !record.is_blank() {
            if records == 0 {
                fields = record.len();
            }
            records += 1;
            agreeing += usize::from(record.len() == fields);
        }
        at = end;
    }
    (agreeing, fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_found() {
        let cases: &[(&str, u8, usize)] = &[
            ("", b',', 0),
            ("abc\n", b',', 0),
            ("a,b\nc,d\n", b',', 0),
            ("a;b\nc;d\n", b';', 0),
            ("a\tb\nc\td\n", b'\t', 0),
            ("a|b\nc|d\n", b'|', 0),
            // In the cells of another one.
            ("a,b,c\nd;e|f,,\ng,h;i,\n", b',', 0),
            ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", b';', 0),
            ("a;x|y\nb;x|y|z\n", b';', 0),
            ("\"a;b;c\";\"d,e\"\n\"f\ng\";h\n", b';', 0),
            // The more fields, then the more usual.
            ("a;b|c|d\n", b'|', 0),
            ("a;b,c\n", b',', 0),
            ("\n\n;;\n\na,b\n", b',', 0),
            ("sep=;\r\na,b", b';', 6 + 1),
            ("SEP=\t\na,b", b'\t', 6),
            ("sep=|", b'|', 5),
            ("\"sep=;\"\r\na,b", b';', 8 + 1),
            ("\"sep=;\na,b", b';', 0),
            ("sep=\"\na;b", b',', 0),
            ("sep=;;\na", b';', 0),
            ("sep=é\na|b\nc|d", b',', 0),
        ];
        for (text, delimiter, skip) in cases {
            let expected = Sniffed { delimiter: *delimiter, skip: *skip };
            assert_eq!(sniff(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_record_longer_than_what_is_looked_at() {
        assert_eq!(sniff(&"é;,".repeat(HEAD)).delimiter, b',');
        assert_eq!(sniff(&("é;".repeat(HEAD) + "\na,b\n")).delimiter, b';');
        // Nothing closes the quote within the head.
        assert_eq!(sniff(&("\"a;b\n".to_owned() + &"a;b\n".repeat(HEAD))).delimiter, b';');
    }
}
