//! From lines to rows: what a line is, and what is wrong with it as such.

use edu_diagnostics::{Diagnostic, Severity, Span};
use edu_syntax::delimited::{self, Buffer, Format, Lexer, Record};
use memchr::{memchr, memchr2_iter};

use super::batch::batch_file;
use super::faults::{faults, late_controls};
use super::footer::{Footer, footer};
use super::head::{self, Again};
use super::{FeedReader, header_rules};
use crate::header::Header;
use crate::object::Object;
use crate::row::Row;
use crate::rules;

/// Reads one row after the other out of pieces of text.
#[derive(Debug)]
pub(super) struct Engine {
    reader: FeedReader,
    lexer: Lexer,
    buffer: Buffer,
    state: State,
    header: Option<Header>,
    /// The columns whose values are names of records.
    identifiers: Vec<usize>,
    delimiter: u8,
    /// Number of the line that comes next, from 1.
    next_line: u64,
    /// Number of the line on which the last record begins.
    line: u64,
    is_damaged: bool,
    /// An error was found in the last row.
    is_faulty: bool,
    rows: u64,
    /// Rows that were too long to be read.
    passed_over: u64,
    /// Cells that a row should have.
    width: usize,
    line_ends: LineEnds,
    /// Findings of the last step, with places in the text.
    pub(super) findings: Vec<Diagnostic>,
}

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// There was nothing but blank lines.
    Start,
    Rows,
    /// The footer has been read; what comes behind it is said once.
    Footer {
        is_said: bool,
    },
    /// It is not known what the rows are about.
    Lost,
}

/// What a step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Row,
    /// The text has to be longer.
    NeedMore,
    /// There are many findings to report before reading on.
    Pause,
    Done,
}

/// Findings that wait to be reported, at most but for those of one row.
const PAUSE: usize = 64;

/// The line ends so far.
#[derive(Debug, Default)]
struct LineEnds {
    first: Option<&'static str>,
    is_said: bool,
}

impl Engine {
    pub(super) fn new(reader: &FeedReader) -> Self {
        let delimiter = reader.delimiter.unwrap_or(b'|');
        Self {
            reader: reader.clone(),
            // The header row goes over no line end.
            lexer: lexer(reader, delimiter, false),
            buffer: Buffer::default(),
            state: State::Start,
            header: None,
            identifiers: Vec::new(),
            delimiter,
            next_line: 1,
            line: 1,
            is_damaged: false,
            is_faulty: false,
            rows: 0,
            passed_over: 0,
            width: 0,
            line_ends: LineEnds::default(),
            findings: Vec::new(),
        }
    }

    pub(super) fn object(&self) -> Option<Object> {
        self.header.as_ref().map(Header::object)
    }

    pub(super) fn header(&self) -> Option<&Header> {
        self.header.as_ref()
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether an error was found in the row that was read last.
    pub(super) fn is_faulty(&self) -> bool {
        self.is_faulty
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The row that was read last, in the piece of text that it was read from.
    pub(super) fn row<'r>(&'r self, text: &'r str, base: u64) -> Option<Row<'r>> {
        let header = self.header.as_ref()?;
        let record = self.buffer.record(text, base);
        Some(Row { header, record, line: self.line, is_damaged: self.is_damaged })
    }

    /// Reads on from offset `from` of a piece of text that starts at `base`; returns the offset reached.
    pub(super) fn step(
        &mut self,
        text: &str,
        base: u64,
        from: usize,
        is_last: bool,
    ) -> (Step, usize) {
        self.findings.clear();
        self.is_faulty = false;
        let mut at = from;
        loop {
            let end = match self.lexer.read(text, base, at, is_last, &mut self.buffer) {
                delimited::Step::Record { end } => end,
                delimited::Step::NeedMore { at } => return (Step::NeedMore, at),
                delimited::Step::Done => {
                    // Behind a line that was too long, the rest of it has been passed over.
                    self.finish(base + text.len() as u64);
                    return (Step::Done, text.len());
                }
            };
            let buffer = std::mem::take(&mut self.buffer);
            let record = buffer.record(text, base);
            self.line = self.next_line;
            let line = line_of(text, base, record);
            self.next_line += 1;
            if self.reader.multiline {
                self.next_line += line_ends(line.as_bytes());
            }
            self.note_line_end(text, base, record, end);
            let before = self.findings.len();
            let is_row = self.record(line, record);
            self.buffer = buffer;
            at = end;
            if is_row {
                self.rows += 1;
                let own = self.findings.get(before..).unwrap_or_default();
                self.is_faulty = own.iter().any(|finding| finding.severity == Severity::Error);
                return (Step::Row, at);
            }
            if self.findings.len() >= PAUSE {
                return (Step::Pause, at);
            }
        }
    }

    /// What a record is; whether it is a row. `line` is its text.
    fn record(&mut self, line: &str, record: Record<'_, '_>) -> bool {
        self.is_damaged = false;
        if self.state == State::Lost {
            return false;
        }
        if record.len() == 0 {
            faults(line, record, self.reader.limits, &mut self.findings);
            self.passed_over += 1;
            if self.state == State::Start {
                self.lose(Span::empty(record.span().start), "the first line is too long for one");
            }
            return false;
        }
        if head::bare(line).is_empty() {
            let at = Span::empty(record.span().start);
            self.findings.push(Diagnostic::new(&rules::BLANK_LINE).at(at));
            return false;
        }
        if self.state == State::Start {
            self.state = State::Rows;
            self.head(line, record.span());
            return false;
        }
        let has_asterisk = memchr(b'*', line.as_bytes()).is_some();
        if has_asterisk && let Some(Footer { stated }) = footer(record) {
            self.footer(record.span(), stated);
            return false;
        }
        if let State::Footer { is_said } = &mut self.state
            && !std::mem::replace(is_said, true)
        {
            let finding = Diagnostic::new(&rules::FOOTER).at(record.span());
            self.findings.push(finding.word("what", "this row stands behind the footer"));
        }
        let header = self.header.as_ref();
        let again = header.and_then(|it| head::header_again(it, &self.reader.map, record));
        if let Some(again) = again {
            let what = match again {
                Again::Same => "the header row stands here again",
                Again::Other => "another header row stands here; the rows behind it are not read",
            };
            let finding = Diagnostic::new(&rules::HEADER_TWICE).at(record.span());
            self.findings.push(finding.word("what", what));
            if again == Again::Other {
                self.state = State::Lost;
            }
            return false;
        }
        self.row_faults(line, record, has_asterisk);
        true
    }

    /// The header row, if the line is one.
    fn head(&mut self, line: &str, span: Span) {
        let (map, limits) = (&self.reader.map, head::limits(self.reader.limits));
        let sniffed = head::sniff(line, map, limits);
        let delimiter = self.reader.delimiter.unwrap_or(sniffed.delimiter);
        let is_header =
            sniffed.is_header(map) || head::divided(line, delimiter, map, limits).is_header(map);
        if !is_header {
            let why = batch_file(line).unwrap_or("none of its cells is a known header");
            return self.lose(span, why);
        }
        let buffer = head::divide(line, span.start, delimiter, limits);
        let row = buffer.record(line, span.start);
        let cells = head::cells(row);
        // With the wrong delimiter there is one cell, and it is of no use.
        let object = self.reader.object;
        let object = object.or_else(|| head::object(&cells, map));
        let Some(object) = object.or_else(|| head::object(&sniffed.cells, map)) else {
            return self.lose(span, "its headers do not tell what the rows are about");
        };
        self.delimiter = delimiter;
        self.lexer = lexer(&self.reader, delimiter, self.reader.multiline);
        if delimiter != b'|' {
            let mut finding = Diagnostic::new(&rules::DELIMITER).at(span);
            if self.reader.delimiter.is_some() {
                finding.severity = Severity::Info;
            }
            self.findings.push(finding.word("delimiter", name_of(delimiter)));
        }
        faults(line, row, self.reader.limits, &mut self.findings);
        let header = Header::new(object, cells, &self.reader.map);
        header_rules::check(&header, span, &mut self.findings);
        self.width = row.len();
        self.lexer.expect_width(self.width);
        self.identifiers = (0..header.columns().len())
            .filter(|&column| header.field(column).is_some_and(|field| field.kind.is_identifier()))
            .collect();
        self.header = Some(header);
    }

    /// Gives up: no column is known.
    fn lose(&mut self, span: Span, why: &'static str) {
        self.findings.push(Diagnostic::new(&rules::NO_HEADER).at(span).word("why", why));
        self.state = State::Lost;
    }

    fn footer(&mut self, span: Span, stated: Option<u64>) {
        let there = self.rows + self.passed_over;
        let (severity, what) = match stated {
            _ if matches!(self.state, State::Footer { .. }) => {
                (Severity::Error, "this is a second footer".to_owned())
            }
            Some(count) if count == there => (
                Severity::Info,
                format!("the footer states {count} as the number of rows, and so it is"),
            ),
            Some(count) => (
                Severity::Error,
                format!("the footer states {count} as the number of rows, and it is {there}"),
            ),
            None => (Severity::Error, "the footer does not state a number of rows".to_owned()),
        };
        let mut finding = Diagnostic::new(&rules::FOOTER).at(span).word("what", what);
        finding.severity = severity;
        self.findings.push(finding);
        self.state = State::Footer { is_said: false };
    }

    /// What is wrong with a row as such.
    fn row_faults(&mut self, line: &str, record: Record<'_, '_>, has_asterisk: bool) {
        let damage = faults(line, record, self.reader.limits, &mut self.findings);
        self.is_damaged = damage.is_damaged;
        if record.len() != self.width {
            self.is_damaged = true;
            // A quote that is not closed divides what it should hold together.
            if !damage.is_cut {
                let finding = Diagnostic::new(&rules::CELL_COUNT).at(record.span());
                self.findings.push(
                    finding
                        .count("found", record.len() as u64)
                        .count("expected", self.width as u64),
                );
            }
        }
        if has_asterisk {
            for field in record.fields().filter(|field| field.raw().contains('*')) {
                self.findings.push(Diagnostic::new(&rules::ASTERISK).at(field.span()));
            }
        }
        // Control characters outside ASCII have this byte first, and few others do.
        if memchr(0xC2, line.as_bytes()).is_some() {
            late_controls(record, &mut self.findings);
        }
        if !self.is_damaged {
            let cells = self.identifiers.iter().filter_map(|&column| record.get(column));
            for field in cells.filter(|field| is_padded(field.raw())) {
                let field_name =
                    self.header.as_ref().and_then(|header| header.field(field.index()));
                let finding = Diagnostic::new(&rules::PADDED_KEY).at(field.span());
                self.findings
                    .push(finding.word("header", field_name.map_or("", |field| field.name)));
            }
        }
    }

    /// Looks at the end of a line: they should all be the same, and no lone CR.
    fn note_line_end(&mut self, text: &str, base: u64, record: Record<'_, '_>, end: usize) {
        let start = usize::try_from(record.span().end - base).unwrap_or(usize::MAX);
        let found = match text.as_bytes().get(start..end) {
            Some(b"\n") => "LF",
            Some(b"\r\n") => "CRLF",
            Some(b"\r") => "CR",
            _ => return,
        };
        let first = *self.line_ends.first.get_or_insert(found);
        if self.line_ends.is_said || (found == first && found != "CR") {
            return;
        }
        self.line_ends.is_said = true;
        let what = if found == "CR" {
            "the line ends with a lone CR".to_owned()
        } else {
            format!("the line ends with {found}, those before with {first}")
        };
        let span = Span::new(base + start as u64, base + end as u64);
        self.findings.push(Diagnostic::new(&rules::LINE_ENDS).at(span).word("what", what));
    }

    /// What shows at the end.
    fn finish(&mut self, end: u64) {
        match self.state {
            State::Start => {
                let finding = Diagnostic::new(&rules::NO_HEADER).at(Span::empty(end));
                self.findings.push(finding.word("why", "the file is empty"));
            }
            State::Rows | State::Footer { .. } if self.rows + self.passed_over == 0 => {
                self.findings.push(Diagnostic::new(&rules::NO_ROWS).at(Span::empty(end)));
            }
            _ => {}
        }
    }
}

fn lexer(reader: &FeedReader, delimiter: u8, multiline: bool) -> Lexer {
    Lexer::new(Format { delimiter, multiline }).with_limits(head::limits(reader.limits))
}

/// The text of a record, in the piece of text that it was read from.
fn line_of<'t>(text: &'t str, base: u64, record: Record<'_, '_>) -> &'t str {
    let [start, end] = [record.span().start, record.span().end].map(|at| at.saturating_sub(base));
    Span::new(start, end).range().and_then(|range| text.get(range)).unwrap_or_default()
}

/// Number of line ends in a part of a record.
pub(super) fn line_ends(bytes: &[u8]) -> u64 {
    let is_end = |at: &usize| bytes.get(*at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n');
    memchr2_iter(b'\n', b'\r', bytes).filter(is_end).count() as u64
}

/// Whether white space stands around a value. A cell of nothing else is an empty one.
fn is_padded(value: &str) -> bool {
    let ends = [value.chars().next(), value.chars().next_back()];
    ends.into_iter().flatten().any(char::is_whitespace) && !value.trim().is_empty()
}

fn name_of(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "a tab".to_owned(),
        other => format!("`{}`", char::from(other).escape_default()),
    }
}
