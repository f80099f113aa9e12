//! From lines to records: what a line is, and which lines are one record.

use edu_diagnostics::{Diagnostic, Span};
use memchr::memchr2;

use super::lexer::{BLANKS, End, Lexer, is_load_type_attempt, is_record_start, trim};
use super::{Limits, SetupReader};
use crate::codes::LoadType;
use crate::model::{Item, Record};
use crate::rules;

/// Reads one item after the other out of pieces of text.
#[derive(Debug)]
pub(super) struct Engine {
    limits: Limits,
    straighten: bool,
    pub(super) load_type: Option<LoadType>,
    seen: Seen,
    pub(super) records: u64,
    /// Number of the line that comes next, from 1.
    line: u64,
    /// Where it starts in the whole text.
    line_at: u64,
    /// Where the line starts on which the last record begins.
    pub(super) record_line_at: u64,
    /// In a line that is too long: the rest of it is passed over.
    skips_line: bool,
    /// Findings of the last step.
    pub(super) findings: Vec<Diagnostic>,
}

/// How far the file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// Nothing but blank lines and comments.
    Nothing,
    /// Something else, but no load type.
    Something,
    LoadType,
}

/// What a step came to.
#[derive(Debug)]
pub(super) enum Step<'t> {
    Item(Item<'t>),
    /// The text has to be longer.
    NeedMore,
    Done,
}

/// A piece of text that is being read.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    /// Offset of `text` in the whole text.
    base: u64,
    /// Nothing comes behind it.
    is_last: bool,
}

/// A line of a piece.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// Without its end.
    text: &'t str,
    start: usize,
    /// Where the next one starts.
    next: usize,
}

/// What there is in place of a line.
enum NoLine {
    NeedMore,
    TooLong,
    End,
}

impl<'t> Piece<'t> {
    /// The line that starts at `start`; the end of the text ends the last one.
    fn line(self, start: usize, limit: usize) -> Result<Line<'t>, NoLine> {
        let rest = &self.text.as_bytes()[start..];
        let Some(len) = memchr2(b'\n', b'\r', rest) else {
            return match rest.len() {
                len if len > limit => Err(NoLine::TooLong),
                0 if self.is_last => Err(NoLine::End),
                _ if self.is_last => Ok(self.line_of(start, rest.len(), 0)),
                _ => Err(NoLine::NeedMore),
            };
        };
        if len > limit {
            return Err(NoLine::TooLong);
        }
        let end = match &rest[len..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r'] if !self.is_last => return Err(NoLine::NeedMore),
            _ => 1,
        };
        Ok(self.line_of(start, len, end))
    }

    fn line_of(self, start: usize, len: usize, end: usize) -> Line<'t> {
        Line { text: &self.text[start..start + len], start, next: start + len + end }
    }

    fn span(self, start: usize, end: usize) -> Span {
        Span::new(self.base + start as u64, self.base + end as u64)
    }
}

impl<'t> Line<'t> {
    fn trimmed(self) -> &'t str {
        trim(self.text)
    }

    fn is_blank(self) -> bool {
        self.trimmed().is_empty()
    }

    /// What stands behind the two slashes.
    fn comment(self) -> Option<&'t str> {
        self.trimmed().strip_prefix("//")
    }

    /// What stands behind `LoadType=`, in any letter case, with or without blanks.
    fn load_type(self) -> Option<&'t str> {
        const KEY: &str = "LoadType";
        let line = self.trimmed();
        let key = line.get(..KEY.len()).filter(|key| key.eq_ignore_ascii_case(KEY))?;
        let value = line[key.len()..].trim_start_matches(BLANKS).strip_prefix('=')?;
        Some(value.trim_start_matches(BLANKS))
    }
}

impl Engine {
    pub(super) fn new(reader: &SetupReader<'_>) -> Self {
        Self {
            limits: reader.limits,
            straighten: reader.straighten,
            load_type: None,
            seen: Seen::Nothing,
            records: 0,
            line: 1,
            line_at: 0,
            record_line_at: 0,
            skips_line: false,
            findings: Vec::new(),
        }
    }

    /// Reads on from offset `from` of a text that starts at `base`; returns the offset reached.
    pub(super) fn step<'t>(
        &mut self,
        text: &'t str,
        base: u64,
        from: usize,
        is_last: bool,
    ) -> (Step<'t>, usize) {
        self.findings.clear();
        let piece = Piece { text, base, is_last };
        let mut pos = from;
        loop {
            if self.skips_line {
                match self.skip_line(piece, pos) {
                    Ok(next) => pos = next,
                    Err(reached) => return (Step::NeedMore, reached),
                }
            }
            let line = match piece.line(pos, self.limits.line) {
                Ok(line) => line,
                Err(NoLine::NeedMore) => return (Step::NeedMore, pos),
                Err(NoLine::TooLong) => {
                    let finding = Diagnostic::new(&rules::LIMIT).at(piece.span(pos, pos));
                    let limit = self.limits.line as u64;
                    self.findings.push(finding.word("what", "line").count("limit", limit));
                    self.skips_line = true;
                    self.begin();
                    continue;
                }
                Err(NoLine::End) => {
                    self.finish();
                    return (Step::Done, pos);
                }
            };
            if line.is_blank() {
                pos = self.pass(piece, line);
            } else if let Some(comment) = line.comment() {
                self.check_characters(piece, line);
                return (Step::Item(Item::Comment(comment)), self.pass(piece, line));
            } else if let Some(value) = line.load_type() {
                self.check_characters(piece, line);
                let (item, next) = self.load_type(piece, line, value);
                match item {
                    Some(item) => return (Step::Item(item), next),
                    None => pos = next,
                }
            } else if self.seen == Seen::Nothing && is_load_type_attempt(line.text) {
                self.begin();
                let start = line.start + line.text.find(line.trimmed()).unwrap_or_default();
                let span = piece.span(start, start + line.trimmed().len());
                self.findings.push(Diagnostic::new(&rules::LOAD_TYPE_MISSING).at(span));
                pos = self.pass(piece, line);
            } else {
                let before = self.findings.len();
                let Some((record, next)) = self.record(piece, line) else {
                    self.findings.truncate(before);
                    return (Step::NeedMore, pos);
                };
                self.records += 1;
                return (Step::Item(Item::Record(record)), next);
            }
        }
    }

    /// Notes that something has been seen; says whether it is the first.
    fn begin(&mut self) -> bool {
        let is_first = self.seen == Seen::Nothing;
        if is_first {
            self.seen = Seen::Something;
        }
        is_first
    }

    fn pass(&mut self, piece: Piece<'_>, line: Line<'_>) -> usize {
        self.pass_to(piece, 1, line.next)
    }

    /// Goes on so many lines further down, at `next`.
    fn pass_to(&mut self, piece: Piece<'_>, lines: u64, next: usize) -> usize {
        self.line += lines;
        self.line_at = piece.base + next as u64;
        next
    }

    /// The start of the line behind one that is too long, or how far it has been passed over.
    fn skip_line(&mut self, piece: Piece<'_>, from: usize) -> Result<usize, usize> {
        let bytes = piece.text.as_bytes();
        let end = match memchr2(b'\n', b'\r', &bytes[from..]) {
            None if piece.is_last => bytes.len(),
            None => return Err(bytes.len()),
            Some(len) => match &bytes[from + len..] {
                [b'\r', b'\n', ..] => from + len + 2,
                [b'\r'] if !piece.is_last => return Err(from + len),
                _ => from + len + 1,
            },
        };
        self.skips_line = false;
        Ok(self.pass_to(piece, 1, end))
    }

    /// Reads the line that states the type. What stands behind a type that is known is read as a line by
    /// itself: help pages show the first record there.
    fn load_type<'t>(
        &mut self,
        piece: Piece<'t>,
        line: Line<'t>,
        value: &'t str,
    ) -> (Option<Item<'t>>, usize) {
        let trimmed = line.trimmed();
        let start = line.start + line.text.find(trimmed).unwrap_or_default();
        let end = start + trimmed.len();
        let value_at = end - value.len();
        if std::mem::replace(&mut self.seen, Seen::LoadType) == Seen::LoadType {
            let finding = Diagnostic::new(&rules::SECOND_LOAD_TYPE).at(piece.span(start, end));
            self.findings.push(finding);
            return (None, self.pass(piece, line));
        }
        let word = value.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let load_type: Option<LoadType> = value[..word].parse().ok();
        self.load_type = load_type;
        let (Some(load_type), true) = (load_type, word == value.len()) else {
            let finding = Diagnostic::new(&rules::LOAD_TYPE_UNKNOWN);
            self.findings.push(finding.at(piece.span(value_at, end)).data("found", value));
            let Some(load_type) = load_type else {
                return (None, self.pass(piece, line));
            };
            let next = value_at + word;
            let rest = Line { text: &piece.text[next..end], ..line };
            let is_nothing = rest.text.trim_matches([',', ' ', '\t']).is_empty();
            let next = if is_nothing { self.pass(piece, line) } else { next };
            return (Some(Item::LoadType(load_type)), next);
        };
        if trimmed != load_type.line() {
            let finding = Diagnostic::new(&rules::LOAD_TYPE_SPELLING).at(piece.span(start, end));
            self.findings.push(finding.word("expected", load_type.line()));
        }
        (Some(Item::LoadType(load_type)), self.pass(piece, line))
    }

    /// Reads a record, with the lines on which it goes on. `None` when the text has to be longer.
    fn record<'t>(&mut self, piece: Piece<'t>, line: Line<'t>) -> Option<(Box<Record<'t>>, usize)> {
        let mut record = Box::new(Record {
            load_type: self.load_type,
            line: self.line,
            lines: 1,
            ..Record::default()
        });
        let mut end = self.lex(piece, line, &mut record);
        let (mut last, mut lines) = (line, 1);
        loop {
            let next = match self.next_part(piece, line.start, last, &record, end) {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(NeedMore) => return None,
            };
            let (before, findings) = (record.count, self.findings.len());
            // The field behind the comma is on this line.
            let held = *record.last();
            if end == End::Comma {
                record.pop();
            }
            let joined = record.count;
            let next_end = self.lex(piece, next.line, &mut record);
            let fields = self.load_type.map_or(0, LoadType::fields);
            // A comma at the start of the line ends the value of the line before.
            let begins_with_comma = end != End::Comma && next.line.trimmed().starts_with(',');
            let count = record.count - usize::from(begins_with_comma);
            if count > fields || !(end == End::Comma || begins_with_comma) {
                record.truncate(joined);
                if end == End::Comma {
                    record.push(held);
                }
                debug_assert_eq!(record.count, before);
                self.findings.truncate(findings);
                break;
            }
            if begins_with_comma {
                record.remove(joined);
            }
            if lines == 1 {
                let finding = Diagnostic::new(&rules::WRAPPED_RECORD)
                    .at(record.known[0].span())
                    .count("line", self.line + next.lines)
                    .label(piece.span(next.line.start, next.line.start), "goes on here");
                self.findings.push(finding);
            }
            record.comments.extend(next.comments);
            lines += next.lines;
            (last, end) = (next.line, next_end);
        }
        record.lines = lines;
        record.is_open = matches!(end, End::Open(_));
        if self.begin() {
            let finding = Diagnostic::new(&rules::LOAD_TYPE_MISSING);
            self.findings.push(finding.at(record.known[0].span()));
        }
        self.record_line_at = self.line_at;
        Some((record, self.pass_to(piece, lines, last.next)))
    }

    fn lex<'t>(&mut self, piece: Piece<'t>, line: Line<'t>, record: &mut Record<'t>) -> End {
        self.check_characters(piece, line);
        Lexer {
            line: line.text,
            at: piece.base + line.start as u64,
            straighten: self.straighten,
            findings: &mut self.findings,
        }
        .fields(record)
    }

    /// The line on which a record may go on: the next one that is neither blank nor a comment, unless a
    /// record starts there, or there is no room for more fields.
    fn next_part<'t>(
        &mut self,
        piece: Piece<'t>,
        start: usize,
        last: Line<'t>,
        record: &Record<'t>,
        end: End,
    ) -> Result<Option<Part<'t>>, NeedMore> {
        if let End::Open(quote) = end {
            self.check_line_break(piece, last, record, quote)?;
            return Ok(None);
        }
        // Where all fields are given, only the one behind a last comma can stand on another line.
        let fields = self.load_type.map_or(0, LoadType::fields);
        if record.count > fields || (record.count == fields && end == End::Value) {
            return Ok(None);
        }
        let mut part = Part { line: last, lines: 1, comments: Vec::new() };
        let mut pos = last.next;
        loop {
            if pos - start > self.limits.record {
                return Ok(None);
            }
            let line = match piece.line(pos, self.limits.line) {
                Ok(line) => line,
                Err(NoLine::NeedMore) => return Err(NeedMore),
                Err(NoLine::TooLong | NoLine::End) => return Ok(None),
            };
            if let Some(comment) = line.comment() {
                part.comments.push(comment);
            } else if !line.is_blank() {
                if is_record_start(line.text) || line.load_type().is_some() {
                    return Ok(None);
                }
                return Ok(Some(Part { line, ..part }));
            }
            part.lines += 1;
            pos = line.next;
        }
    }

    /// Reports where a value whose quote is open goes on on the next line.
    fn check_line_break(
        &mut self,
        piece: Piece<'_>,
        last: Line<'_>,
        record: &Record<'_>,
        quote: u8,
    ) -> Result<(), NeedMore> {
        let next = match piece.line(last.next, self.limits.line) {
            Ok(line) => line,
            Err(NoLine::NeedMore) => return Err(NeedMore),
            Err(NoLine::TooLong | NoLine::End) => return Ok(()),
        };
        let closes = next.text.split_once(char::from(quote)).is_some_and(|(_, behind)| {
            let behind = behind.trim_start_matches(BLANKS);
            behind.is_empty() || behind.starts_with(',')
        });
        if closes && !is_record_start(next.text) && next.comment().is_none() {
            let finding = Diagnostic::new(&rules::LINE_BREAK)
                .at(record.last().span())
                .label(piece.span(next.start, next.start), "goes on here");
            self.findings.push(finding);
        }
        Ok(())
    }

    fn check_characters(&mut self, piece: Piece<'_>, line: Line<'_>) {
        let bytes = line.text.as_bytes();
        let is_control = |byte: u8| (byte < 0x20 && byte != b'\t') || byte == 0x7F;
        // Without an early end, so that many bytes are looked at at a time.
        if !bytes.iter().fold(false, |found, &byte| found | is_control(byte)) {
            return;
        }
        if let Some(at) = bytes.iter().position(|&byte| is_control(byte)) {
            let finding = Diagnostic::new(&rules::CONTROL_CHARACTER)
                .at(piece.span(line.start + at, line.start + at + 1))
                .word("code", format!("{:04X}", bytes[at]));
            self.findings.push(finding);
        }
    }

    fn finish(&mut self) {
        match self.seen {
            Seen::Nothing => self.findings.push(Diagnostic::new(&rules::LOAD_TYPE_MISSING)),
            Seen::LoadType if self.records == 0 => {
                self.findings.push(Diagnostic::new(&rules::NO_RECORD));
            }
            Seen::LoadType | Seen::Something => {}
        }
    }
}

/// The text has to be longer.
struct NeedMore;

/// The line on which a record goes on.
struct Part<'t> {
    line: Line<'t>,
    /// How many lines further down it stands.
    lines: u64,
    comments: Vec<&'t str>,
}
