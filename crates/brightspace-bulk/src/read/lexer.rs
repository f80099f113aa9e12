//! One line of a setup file as fields.
//!
//! This is no CSV: there are two kinds of quotes and no escape.

use edu_diagnostics::{Diagnostic, Span};
use memchr::{memchr, memchr2};

use crate::model::{Field, Quote, Record};
use crate::rules;

/// Blanks of the grammar.
pub(super) const BLANKS: [char; 2] = [' ', '\t'];

/// Opening quotes of word processors, each with those that may close it.
const TYPOGRAPHIC: [(char, &[char]); 9] = [
    ('“', &['”', '“']),
    ('”', &['”']),
    ('„', &['“', '”']),
    ('‘', &['’', '‘']),
    ('’', &['’']),
    ('‚', &['‘', '’']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('‹', &['›']),
];

/// How a line ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With a value.
    Value,
    /// With a comma: the last field is empty.
    Comma,
    /// Inside a value that this quote begins.
    Open(u8),
}

/// Reads the fields of a line.
pub(super) struct Lexer<'a, 't> {
    /// The line, without its end.
    pub(super) line: &'t str,
    /// Where it stands in the text.
    pub(super) at: u64,
    /// Typographic quotes are quotes.
    pub(super) straighten: bool,
    pub(super) findings: &'a mut Vec<Diagnostic>,
}

impl<'t> Lexer<'_, 't> {
    /// Appends the fields of the line to a record.
    pub(super) fn fields(&mut self, record: &mut Record<'t>) -> End {
        let bytes = self.line.as_bytes();
        let mut pos = 0;
        let mut end = End::Value;
        loop {
            pos = skip_blanks(bytes, pos);
            // Each appends the field itself: handing it back costs as much as finding its end.
            let behind = match bytes.get(pos) {
                None | Some(b',') => {
                    record.push(self.field(pos, pos, Quote::None));
                    pos
                }
                Some(&quote @ (b'"' | b'\'')) => match self.quoted(pos, quote, record) {
                    Some(behind) => behind,
                    None => return End::Open(quote),
                },
                Some(&byte) if self.straighten && byte >= 0x80 => self.typographic(pos, record),
                Some(_) => self.bare(pos, record),
            };
            // What stands at `behind` is a comma or the end.
            pos = behind + 1;
            if behind == bytes.len() {
                return end;
            }
            end = End::Value;
            if skip_blanks(bytes, pos) == bytes.len() {
                end = End::Comma;
            }
        }
    }

    fn field(&self, start: usize, end: usize, quote: Quote) -> Field<'t> {
        Field {
            value: &self.line[start..end],
            at: self.at + start as u64,
            quote,
            is_damaged: false,
        }
    }

    /// A value in quotes; gives where the next comma or the end is, unless its quote is open.
    fn quoted(&mut self, start: usize, quote: u8, record: &mut Record<'t>) -> Option<usize> {
        let bytes = self.line.as_bytes();
        let kind = if quote == b'"' { Quote::Double } else { Quote::Single };
        let Some(len) = memchr(quote, &bytes[start + 1..]) else {
            self.report(&rules::QUOTE_NOT_CLOSED, start, start + 1);
            let field = self.field(start + 1, bytes.len(), kind);
            record.push(Field { is_damaged: true, ..field });
            return None;
        };
        let end = start + 1 + len;
        let (behind, is_damaged) = self.behind(end + 1);
        record.push(Field { is_damaged, ..self.field(start + 1, end, kind) });
        Some(behind)
    }

    /// A value in typographic quotes; one that is not closed is a bare value.
    fn typographic(&mut self, start: usize, record: &mut Record<'t>) -> usize {
        let rest = &self.line[start..];
        let opening = rest.chars().next().unwrap_or_default();
        let closing = TYPOGRAPHIC.iter().find(|(open, _)| *open == opening);
        let inside = start + opening.len_utf8();
        let found = closing.and_then(|(_, closing)| self.line[inside..].find(*closing));
        let Some(len) = found else {
            return self.bare(start, record);
        };
        let end = inside + len;
        self.report(&rules::TYPOGRAPHIC_QUOTES, start, inside);
        let closing = self.line[end..].chars().next().map_or(0, char::len_utf8);
        let (behind, is_damaged) = self.behind(end + closing);
        record.push(Field { is_damaged, ..self.field(inside, end, Quote::Typographic) });
        behind
    }

    /// From behind a closing quote to the next comma or the end; whether something is left out on the way.
    fn behind(&mut self, from: usize) -> (usize, bool) {
        let bytes = self.line.as_bytes();
        let from = skip_blanks(bytes, from);
        if matches!(bytes.get(from), None | Some(b',')) {
            return (from, false);
        }
        let end = memchr(b',', &bytes[from..]).map_or(bytes.len(), |len| from + len);
        let dropped = self.line[from..end].trim_end_matches(BLANKS);
        let finding = Diagnostic::new(&rules::TEXT_AFTER_QUOTE)
            .at(self.span(from, from + dropped.len()))
            .data("found", dropped);
        self.findings.push(finding);
        (end, true)
    }

    fn bare(&mut self, start: usize, record: &mut Record<'t>) -> usize {
        let bytes = self.line.as_bytes();
        let end = memchr(b',', &bytes[start..]).map_or(bytes.len(), |len| start + len);
        let value = self.line[start..end].trim_end_matches(BLANKS);
        record.push(self.field(start, start + value.len(), Quote::None));
        if let Some(quote) = memchr2(b'"', b'\'', value.as_bytes()) {
            self.report(&rules::QUOTE_IN_BARE_VALUE, start + quote, start + quote + 1);
        }
        if value.bytes().next().is_some_and(|byte| byte >= 0x80)
            && let Some(first) = value.chars().next()
            && TYPOGRAPHIC.iter().any(|(opening, _)| *opening == first)
        {
            self.report(&rules::TYPOGRAPHIC_QUOTES, start, start + first.len_utf8());
        }
        end
    }

    fn report(&mut self, rule: &'static edu_diagnostics::Rule, start: usize, end: usize) {
        self.findings.push(Diagnostic::new(rule).at(self.span(start, end)));
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.at + start as u64, self.at + end as u64)
    }
}

/// A text without the blanks around it.
pub(super) fn trim(text: &str) -> &str {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let bytes = text.as_bytes();
    let end = bytes.iter().rposition(|byte| !is_blank(byte)).map_or(0, |last| last + 1);
    &text[skip_blanks(&bytes[..end], 0)..end]
}

pub(super) fn skip_blanks(bytes: &[u8], from: usize) -> usize {
    let blanks =
        bytes[from.min(bytes.len())..].iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    from + blanks.count()
}

/// Whether a line looks like the start of a record: a number, a comma and the beginning of a path. A title
/// such as `"2012"` at the start of a line that goes on is told from a repository id by the path.
pub(super) fn is_record_start(line: &str) -> bool {
    let without_quote = |text: &str| -> usize {
        let quote = text.chars().next().filter(|&first| {
            matches!(first, '"' | '\'') || TYPOGRAPHIC.iter().any(|(opening, _)| *opening == first)
        });
        quote.map_or(0, char::len_utf8)
    };
    let rest = line.trim_start_matches(BLANKS);
    let rest = &rest[without_quote(rest)..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return false;
    }
    let rest = &rest[digits..];
    let rest = rest[without_quote(rest)..].trim_start_matches(BLANKS);
    let Some(rest) = rest.strip_prefix(',') else {
        return false;
    };
    let rest = rest.trim_start_matches(BLANKS);
    let path = &rest.as_bytes()[without_quote(rest)..];
    match path {
        [b'\\', b'\\', ..] | [b'/', ..] => true,
        [drive, b':', b'\\' | b'/', ..] => drive.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Whether a line is meant to state the load type: `LoadType` or `Load Type` and no further letter.
pub(super) fn is_load_type_attempt(line: &str) -> bool {
    let starts = |line: &str, with: &str| {
        line.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    let line = line.trim_start_matches(BLANKS);
    let Some(rest) = line.get(4..).filter(|_| starts(line, "load")) else { return false };
    let rest = rest.trim_start_matches(BLANKS);
    let Some(rest) = rest.get(4..).filter(|_| starts(rest, "type")) else { return false };
    !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lex(line: &str, straighten: bool) -> (Vec<String>, End, Vec<&'static str>) {
        let (mut findings, mut record) = (Vec::new(), Record::default());
        let end = Lexer { line, at: 0, straighten, findings: &mut findings }.fields(&mut record);
        for field in record.fields() {
            assert_eq!(&line[field.span().range().unwrap()], field.value(), "{line}");
        }
        let values = record.fields().map(|field| field.value().to_owned()).collect();
        (values, end, findings.iter().map(|finding| finding.rule.code).collect())
    }

    #[test]
    fn fields_of_a_line() {
        let cases: [(&str, &[&str], End, &[&str]); 18] = [
            ("", &[""], End::Value, &[]),
            (" \t", &[""], End::Value, &[]),
            (",", &["", ""], End::Comma, &[]),
            ("a, b c ,\t", &["a", "b c", ""], End::Comma, &[]),
            ("\"a, b\" , 'c\"d'", &["a, b", "c\"d"], End::Value, &[]),
            (r#""\\s\x\",b"#, &[r"\\s\x\", "b"], End::Value, &[]),
            ("\" a \",''", &[" a ", ""], End::Value, &[]),
            ("\"a\"\"b\",c", &["a", "c"], End::Value, &["BR-R05"]),
            (r#""Say \"don't\"",x"#, &[r"Say \", "x"], End::Value, &["BR-R05"]),
            ("\"A gif,\"d\",\"k\"", &["A gif,", "k"], End::Value, &["BR-R05"]),
            ("a,\"b,c", &["a", "b,c"], End::Open(b'"'), &["BR-R04"]),
            ("a,'", &["a", ""], End::Open(b'\''), &["BR-R04"]),
            ("L'inno,5\" disk", &["L'inno", "5\" disk"], End::Value, &["BR-R06", "BR-R06"]),
            ("'L'inno',d", &["L", "d"], End::Value, &["BR-R05"]),
            ("“1006”,“a,b”", &["“1006”", "“a", "b”"], End::Value, &["BR-R09", "BR-R09"]),
            ("\"“a”\",L’été", &["“a”", "L’été"], End::Value, &[]),
            ("//a,http://b", &["//a", "http://b"], End::Value, &[]),
            ("\"\",\"\" ,", &["", "", ""], End::Comma, &[]),
        ];
        for (line, values, end, codes) in cases {
            let found = lex(line, false);
            assert_eq!(
                (&found.0[..], found.1, &found.2[..]),
                (&values.iter().map(ToString::to_string).collect::<Vec<_>>()[..], end, codes),
                "{line}"
            );
        }
    }

    #[test]
    fn typographic_quotes_are_quotes_where_wanted() {
        let (values, _, codes) = lex("“1006”,„a,b“ , «c»,l’été,“d", true);
        assert_eq!(values, ["1006", "a,b", "c", "l’été", "“d"]);
        assert_eq!(codes, ["BR-R09"; 4]);
    }

    #[test]
    fn starts_of_records() {
        for line in [
            "2,\"\\\\s\\a",
            " \"1006\" , '\\\\s",
            "1,D:\\x",
            "1,d:/x",
            "7,//s/x",
            "“7”,“\\\\s",
            "1,/x",
        ] {
            assert!(is_record_start(line), "{line}");
        }
        for line in
            ["", "2,", "2012", "\"2012\",\"a text\"", "a,\\\\s", "2,\\s", "2,D:x", "x2,\\\\s"]
        {
            assert!(!is_record_start(line), "{line}");
        }
    }
}
