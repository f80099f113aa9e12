//! One pass over one record.

use edu_diagnostics::Span;

use super::record::{Entry, Quotes, small};
use super::scan::{Class, Classes, Scanner};
use super::{Buffer, Fault, FaultKind};

/// Reads the fields of one record into a buffer.
pub(super) struct Reading<'a> {
    /// The text from the start of the record on, and no more of it than a record may hold and one byte.
    pub(super) bytes: &'a [u8],
    /// What comes behind `bytes`.
    pub(super) behind: Behind,
    pub(super) classes: &'a Classes,
    pub(super) scanner: Scanner<'a>,
    /// Line breaks before this offset end a quoted value.
    pub(super) closed_lines: usize,
    /// How many fields are kept.
    pub(super) most_fields: usize,
    pub(super) buffer: &'a mut Buffer,
    /// A quote was not closed: no value goes over the end of this line.
    ///
    /// The search for its end has seen all of the line, and nothing in it that closes a value but was
    /// opened by the same run of quotes. So the search is made once a line, whatever stands in it.
    pub(super) is_broken: bool,
    /// A quoted value goes over the end of a line.
    pub(super) has_lines: bool,
}

/// What comes behind the bytes at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    /// Something that has not arrived.
    More,
    /// More than a record may hold.
    TooMuch,
    /// Nothing.
    End,
}

/// Why a record has no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endless {
    NeedMore,
    TooLong,
}

/// How the search for a closing quote came out.
enum Search {
    /// The value ends before this offset, which is that of the closing quote.
    Closed(usize, Quotes),
    Unclosed,
}

impl Reading<'_> {
    /// Reads all fields; returns where the record ends, which is at a line end or at the end of the text.
    pub(super) fn fields(&mut self) -> Result<usize, Endless> {
        let (mut at, mut index) = (0, 0);
        loop {
            let start = at;
            at = self.scanner.next(start);
            // What most values end at comes first.
            match self.bytes.get(at).map(|&byte| self.classes.of(byte)) {
                Some(Class::Delimiter) if at == start => {
                    let empty = self.classes.delimiters(self.bytes, at);
                    at += empty;
                    index += empty;
                    continue;
                }
                Some(Class::Delimiter) => {
                    self.keep(index, start, at, Quotes::Absent);
                    at += 1;
                    index += 1;
                    continue;
                }
                Some(Class::Quote) if at == start => at = self.quoted(at, index)?,
                _ => at = self.bare(start, index, Quotes::Absent)?,
            }
            match self.bytes.get(at) {
                Some(&byte) if self.classes.of(byte) == Class::Delimiter => at += 1,
                _ => break,
            }
            index += 1;
        }
        self.buffer.count = index + 1;
        self.buffer.kept = self.buffer.count.min(self.most_fields);
        if self.buffer.kept < self.buffer.count {
            let first = self.buffer.start_of_empty(self.most_fields, self.buffer.entries.len());
            self.fault(FaultKind::TooManyFields, first, at);
        }
        Ok(at)
    }

    /// Reads a bare value, or what is left of one whose quote is not closed; returns where it ends.
    fn bare(&mut self, start: usize, index: usize, quotes: Quotes) -> Result<usize, Endless> {
        let mut at = start;
        // What is said of the quotes of a damaged value has been said.
        let mut is_quote_said = quotes == Quotes::Unclosed;
        let mut is_control_said = false;
        loop {
            at = self.scanner.next(at);
            let Some(&byte) = self.bytes.get(at) else {
                self.end_of_bytes()?;
                break;
            };
            match self.classes.of(byte) {
                Class::Delimiter | Class::LineEnd => break,
                Class::Plain => {}
                Class::Quote => {
                    self.fault_once(FaultKind::StrayQuote, index, at, &mut is_quote_said);
                }
                Class::Control => {
                    self.fault_once(FaultKind::ControlCharacter, index, at, &mut is_control_said);
                }
            }
            at += 1;
        }
        if at > start || quotes == Quotes::Unclosed {
            self.keep(index, start, at, quotes);
        }
        Ok(at)
    }

    /// Reads a value behind the quote at `open`; returns where the field ends.
    fn quoted(&mut self, open: usize, index: usize) -> Result<usize, Endless> {
        let faults = self.buffer.faults.len();
        let search =
            if self.is_broken { self.close_at_once(open)? } else { self.close(open, index)? };
        if let Search::Closed(end, quotes) = search {
            self.keep(index, open + 1, end, quotes);
            return Ok(end + 1);
        }
        self.is_broken = true;
        self.buffer.faults.truncate(faults);
        self.fault_once(FaultKind::UnclosedQuote, index, open, &mut false);
        self.bare(open + 1, index, Quotes::Unclosed)
    }

    /// Searches for the quote that closes the one at `open`.
    fn close(&mut self, open: usize, index: usize) -> Result<Search, Endless> {
        let mut at = open + 1;
        let mut quotes = Quotes::Closed;
        let (mut has_lines, mut is_quote_said, mut is_control_said) = (false, false, false);
        loop {
            at = self.scanner.next(at);
            let Some(&byte) = self.bytes.get(at) else { return self.unclosed_at_end(has_lines) };
            match byte {
                b'"' => match self.bytes.get(at + 1) {
                    Some(b'"') => {
                        quotes = Quotes::Doubled;
                        at += 1;
                    }
                    Some(&next) if !self.ends_field(next) => {
                        if has_lines {
                            return Ok(Search::Unclosed);
                        }
                        self.fault_once(FaultKind::StrayQuote, index, at, &mut is_quote_said);
                    }
                    None if self.behind != Behind::End => return self.unclosed_at_end(has_lines),
                    _ => {
                        self.has_lines |= has_lines;
                        return Ok(Search::Closed(at, quotes));
                    }
                },
                b'\n' | b'\r' => {
                    if at < self.closed_lines || is_quote_said {
                        return Ok(Search::Unclosed);
                    }
                    has_lines = true;
                }
                _ if self.classes.of(byte) == Class::Control => {
                    self.fault_once(FaultKind::ControlCharacter, index, at, &mut is_control_said);
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// As [`close`](Self::close), on a line in which only the run of quotes at `open` can close itself.
    fn close_at_once(&self, open: usize) -> Result<Search, Endless> {
        let quotes = self.bytes.iter().skip(open).take_while(|&&byte| byte == b'"').count();
        let end = open + quotes;
        let next = self.bytes.get(end);
        if next.is_none() {
            self.end_of_bytes()?;
        }
        let ends = next.is_none_or(|&byte| self.ends_field(byte));
        Ok(match quotes {
            2 if ends => Search::Closed(end - 1, Quotes::Closed),
            _ if ends && quotes % 2 == 0 => Search::Closed(end - 1, Quotes::Doubled),
            _ => Search::Unclosed,
        })
    }

    /// The bytes at hand end inside a quoted value.
    fn unclosed_at_end(&self, has_lines: bool) -> Result<Search, Endless> {
        match self.end_of_bytes() {
            // The line of the quote has an end: it is the quote that asks for too much.
            Err(Endless::TooLong) if has_lines => Ok(Search::Unclosed),
            Err(endless) => Err(endless),
            Ok(()) => Ok(Search::Unclosed),
        }
    }

    /// Whether the bytes at hand end where the text does.
    fn end_of_bytes(&self) -> Result<(), Endless> {
        match self.behind {
            Behind::More => Err(Endless::NeedMore),
            Behind::TooMuch => Err(Endless::TooLong),
            Behind::End => Ok(()),
        }
    }

    /// Whether a byte behind a quote makes it a closing one.
    fn ends_field(&self, byte: u8) -> bool {
        matches!(self.classes.of(byte), Class::Delimiter | Class::LineEnd)
    }

    #[inline]
    fn keep(&mut self, index: usize, start: usize, end: usize, quotes: Quotes) {
        if index < self.most_fields {
            let [index, start, end] = [index, start, end].map(small);
            self.buffer.entries.push(Entry { index, start, end, quotes });
        }
    }

    /// Notes that a field that is kept has a fault, unless that has been said. The fault is one byte.
    #[cold]
    fn fault_once(&mut self, kind: FaultKind, index: usize, at: usize, is_said: &mut bool) {
        if !std::mem::replace(is_said, true) && index < self.most_fields {
            self.fault(kind, at, at + 1);
        }
    }

    fn fault(&mut self, kind: FaultKind, start: usize, end: usize) {
        let at = self.buffer.at;
        let span = Span::new(at + start as u64, at + end as u64);
        self.buffer.faults.push(Fault { kind, span });
    }
}

#[cfg(test)]
mod tests {
    use crate::delimited::{FaultKind, Format, Limits, Records};

    const COMMA: Format = Format { delimiter: b',', multiline: true };

    /// The records of a text, a line each: fields that hold something as `index:value`, quoted ones with
    /// quotes, damaged ones with `!`, then the number of fields.
    fn records(text: &str, format: Format, limits: Limits) -> Vec<String> {
        let mut records = Records::new(text, format).with_limits(limits);
        let mut out = Vec::new();
        while let Some(record) = records.next() {
            let mut line = Vec::new();
            for field in record.fields() {
                assert_eq!(&text[field.span().range().unwrap()], field.raw());
                let value = field.value();
                line.push(if field.is_quoted() {
                    format!("{}:{value:?} ", field.index())
                } else {
                    let mark = if field.is_damaged() { "!" } else { "" };
                    format!("{}:{mark}{} ", field.index(), value.escape_debug())
                });
            }
            let line = line.concat();
            out.push(format!("{line}/{}", record.len()));
        }
        out
    }

    fn faults(text: &str, format: Format, limits: Limits) -> Vec<(FaultKind, u64, &str)> {
        let mut records = Records::new(text, format).with_limits(limits);
        let mut out = Vec::new();
        while let Some(record) = records.next() {
            for fault in record.faults() {
                out.push((fault.kind, fault.span.start, &text[fault.span.range().unwrap()]));
            }
        }
        out
    }

    #[test]
    fn fields_and_records() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("\n", &["/1"]),
            ("a", &["0:a /1"]),
            ("a\n", &["0:a /1"]),
            ("a\n\n", &["0:a /1", "/1"]),
            ("a\rb\r\nc\n\rd", &["0:a /1", "0:b /1", "0:c /1", "/1", "0:d /1"]),
            (",", &["/2"]),
            ("a,,b,", &["0:a 2:b /4"]),
            (" a , b ", &["0: a  1: b  /2"]),
            ("\"a\",\"\"", &["0:\"a\" 1:\"\" /2"]),
            ("\"a,b\"\r\n", &["0:\"a,b\" /1"]),
            ("\"a\nb\r\nc\rd\",e", &["0:\"a\\nb\\r\\nc\\rd\" 1:e /2"]),
            ("\"a \"\"b\"\"\"", &["0:\"a \\\"b\\\"\" /1"]),
            ("\"\"\"\"", &["0:\"\\\"\" /1"]),
            ("é,\"ü\"", &["0:é 1:\"ü\" /2"]),
        ];
        for (text, expected) in cases {
            assert_eq!(records(text, COMMA, Limits::default()), *expected, "{text:?}");
            assert_eq!(faults(text, COMMA, Limits::default()), [], "{text:?}");
        }
    }

    #[test]
    fn each_kind_of_damage_is_repaired_and_reported_where_it_is() {
        use FaultKind::*;
        type Case =
            (&'static str, &'static [&'static str], &'static [(FaultKind, u64, &'static str)]);
        let cases: &[Case] = &[
            ("a,5\" disk", &["0:a 1:5\\\" disk /2"], &[(StrayQuote, 3, "\"")]),
            ("a\"b\"c", &["0:a\\\"b\\\"c /1"], &[(StrayQuote, 1, "\"")]),
            ("\"a \"b\" c\",d", &["0:\"a \\\"b\\\" c\" 1:d /2"], &[(StrayQuote, 3, "\"")]),
            ("\"a\" ,b\n", &["0:!a\\\"  1:b /2"], &[(UnclosedQuote, 0, "\"")]),
            ("a,\"b,c", &["0:a 1:!b 2:c /3"], &[(UnclosedQuote, 2, "\"")]),
            ("\"", &["0:! /1"], &[(UnclosedQuote, 0, "\"")]),
            ("\"\"\"", &["0:!\\\"\\\" /1"], &[(UnclosedQuote, 0, "\"")]),
            ("\"a,b\nc,d\n", &["0:!a 1:b /2", "0:c 1:d /2"], &[(UnclosedQuote, 0, "\"")]),
            // The next value that is quoted shows that the first one has ended.
            ("\"a,b\n\"c\",d\n", &["0:!a 1:b /2", "0:\"c\" 1:d /2"], &[(UnclosedQuote, 0, "\"")]),
            (
                "\"a\"b\nc\"\n",
                &["0:!a\\\"b /1", "0:c\\\" /1"],
                &[(UnclosedQuote, 0, "\""), (StrayQuote, 6, "\"")],
            ),
            // What closes at once is closed, behind what does not close too.
            (
                "\"a,\"\",\"\"\"\",\"b,\"\"c\nd",
                &["0:!a 1:\"\" 2:\"\\\"\" 3:!b 4:!\\\"c /5", "0:d /1"],
                &[(UnclosedQuote, 0, "\""), (UnclosedQuote, 11, "\""), (UnclosedQuote, 14, "\"")],
            ),
            (
                "a\0\0,\u{7F}b",
                &["0:a\\0\\0 1:\\u{7f}b /2"],
                &[(ControlCharacter, 1, "\0"), (ControlCharacter, 4, "\u{7F}")],
            ),
            ("\"a\u{1}\"", &["0:\"a\\u{1}\" /1"], &[(ControlCharacter, 2, "\u{1}")]),
            (
                "\"\u{1}\"a,b",
                &["0:!\\u{1}\\\"a 1:b /2"],
                &[(UnclosedQuote, 0, "\""), (ControlCharacter, 1, "\u{1}")],
            ),
            ("a\tb", &["0:a\\tb /1"], &[]),
        ];
        for (text, expected, found) in cases {
            assert_eq!(records(text, COMMA, Limits::default()), *expected, "{text:?}");
            assert_eq!(faults(text, COMMA, Limits::default()), *found, "{text:?}");
        }
    }

    #[test]
    fn a_format_without_line_breaks_in_values() {
        let format = Format { delimiter: b'|', multiline: false };
        let text = "a|\"b|c\nd\"|\"e|f\"\n";
        let expected = ["0:a 1:!b 2:c /3", "0:d\\\" 1:\"e|f\" /2"];
        assert_eq!(records(text, format, Limits::default()), expected);
    }

    #[test]
    fn a_delimiter_that_is_none_is_a_comma() {
        for delimiter in *b"\"\r\n\x80\xFF" {
            let format = Format { delimiter, multiline: true };
            assert_eq!(records("a,é\n", format, Limits::default()), ["0:a 1:é /2"]);
        }
    }

    #[test]
    fn limits_cost_what_exceeds_them() {
        use FaultKind::*;
        type Case = (
            &'static str,
            usize,
            usize,
            &'static [&'static str],
            &'static [(FaultKind, u64, &'static str)],
        );
        let cases: &[Case] = &[
            ("abcd\nefgh", 4, 9, &["0:abcd /1", "0:efgh /1"], &[]),
            ("abcde\nfgh", 4, 9, &["/0", "0:fgh /1"], &[(RecordTooLong, 0, "")]),
            ("a\nabcé\n\nb", 4, 9, &["0:a /1", "/0", "/1", "0:b /1"], &[(RecordTooLong, 2, "")]),
            ("\"abcd\"\nb", 4, 9, &["/0", "0:b /1"], &[(RecordTooLong, 0, "")]),
            // The quote is what asks for too much, and not its line.
            (
                "\"a\nb\nc\"\n",
                4,
                9,
                &["0:!a /1", "0:b /1", "0:c\\\" /1"],
                &[(UnclosedQuote, 0, "\""), (StrayQuote, 6, "\"")],
            ),
            (
                "\"a\nb\",c\nd",
                6,
                9,
                &["0:!a /1", "0:b\\\" 1:c /2", "0:d /1"],
                &[(UnclosedQuote, 0, "\""), (StrayQuote, 4, "\"")],
            ),
            ("a,b\n,,\"c\",d", 99, 2, &["0:a 1:b /2", "/4"], &[(TooManyFields, 6, "\"c\",d")]),
            ("\"a\",,,b\n", 99, 2, &["0:\"a\" /4"], &[(TooManyFields, 5, ",b")]),
            ("a\n", 99, 0, &["/1"], &[(TooManyFields, 0, "a")]),
            ("a\n", 0, 9, &["/0"], &[(RecordTooLong, 0, "")]),
        ];
        for (text, record, fields, expected, found) in cases {
            let limits = Limits { record: *record, fields: *fields };
            assert_eq!(records(text, COMMA, limits), *expected, "{text:?}");
            assert_eq!(faults(text, COMMA, limits), *found, "{text:?}");
        }
    }

    #[test]
    fn empty_fields_have_a_place() {
        let text = ",a,,\"b\",,\"\",\"c,,d,";
        let mut records = Records::new(text, COMMA);
        let record = records.next().unwrap();
        let places: Vec<_> =
            (0..record.len()).map(|index| record.get(index).unwrap().span().start).collect();
        assert_eq!(places, [0, 1, 3, 5, 8, 10, 13, 15, 16, 18]);
        assert!((0..record.len()).all(|index| record.get(index).unwrap().index() == index));
        assert!(record.get(10).is_none());
        assert_eq!(record.fields().map(|field| field.index()).collect::<Vec<_>>(), [1, 3, 5, 6, 8]);
    }

    #[test]
    fn blank_records_count() {
        let text = "a\r\n\r\n,\"\"\r\n \r\n";
        let mut records = Records::new(text, COMMA);
        let mut found = Vec::new();
        while let Some(record) = records.next() {
            found.push((record.number(), &text[record.span().range().unwrap()], record.is_blank()));
        }
        assert_eq!(found, [(1, "a", false), (2, "", true), (3, ",\"\"", true), (4, " ", false)]);
    }
}
