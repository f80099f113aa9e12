//! What both orientations need while a file is read.

use edu_diagnostics::{Diagnostic, Place, Position, Severity, Sink, Span};
use edu_syntax::delimited::FaultKind;
use edu_syntax::{Decoded, EncodingIssue, Locator};
use memchr::memchr2;

use super::MatrixReader;
use super::grid::{CellText, Grid, Row, RowFault};
use crate::cell::{AtCell as _, Cell};
use crate::rules;

/// A reading of one file.
pub(super) struct Session<'s> {
    pub(super) reader: &'s MatrixReader,
    decoded: &'s Decoded<'s>,
    locator: Locator,
    /// The grid from its start.
    start: Option<Grid<'s>>,
    /// The last place on the line of the row at hand, where that row is one line.
    line: Option<OnLine>,
    sink: &'s mut dyn Sink,
    has_errors: bool,
}

/// A place on a line: what stands behind it on the same line is found from here.
struct OnLine {
    at: usize,
    position: Position,
}

impl<'s> Session<'s> {
    pub(super) fn new(
        reader: &'s MatrixReader,
        decoded: &'s Decoded<'_>,
        sink: &'s mut dyn Sink,
    ) -> Self {
        Self {
            reader,
            decoded,
            locator: Locator::new(),
            start: None,
            line: None,
            sink,
            has_errors: false,
        }
    }

    /// Whether an error was reported.
    pub(super) fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// Reports a finding; a place in the text becomes one in the file.
    pub(super) fn report(&mut self, mut finding: Diagnostic) {
        self.locator.locate(&mut finding, self.decoded);
        self.has_errors |= finding.severity == Severity::Error;
        self.sink.report(finding);
    }

    /// The next row; what is wrong with it is reported.
    pub(super) fn next<'t>(&mut self, grid: &mut Grid<'t>) -> Option<Row<'t>> {
        let (row, faults) = grid.next()?;
        self.line = self.one_line(row.span);
        for fault in faults {
            self.report_fault(row.number, &fault);
        }
        Some(row)
    }

    fn report_fault(&mut self, row: u32, fault: &RowFault<'_>) {
        let limits = self.reader.limits;
        let limit = |what: &'static str, limit: u64| {
            Diagnostic::new(&rules::LIMIT).word("what", what).count("limit", limit)
        };
        let (finding, span) = match fault {
            RowFault::Columns(span) => {
                (limit("number of columns", u64::from(limits.columns)), *span)
            }
            RowFault::NoNumber(text) => {
                let cell = self.cell(row, text);
                return self.report_found(&rules::STRAY_CELL, text, cell);
            }
            RowFault::Damage(fault) => {
                let finding = match fault.kind {
                    FaultKind::UnclosedQuote => Diagnostic::new(&rules::QUOTE_NOT_CLOSED),
                    FaultKind::StrayQuote => Diagnostic::new(&rules::STRAY_QUOTE),
                    FaultKind::ControlCharacter => {
                        let found = fault.span.range().and_then(|at| self.decoded.text().get(at));
                        let found = found.and_then(|text| text.chars().next()).unwrap_or_default();
                        let code = format!("{:04X}", u32::from(found));
                        Diagnostic::new(&rules::CONTROL_CHARACTER).word("code", code)
                    }
                    FaultKind::RecordTooLong => {
                        limit("number of bytes in a row", limits.row as u64)
                    }
                    _ => limit("number of cells in a row", limits.fields() as u64),
                };
                (finding, fault.span)
            }
        };
        self.report(finding.at(span));
    }

    /// Reports a row above the matrix: a title in front of the courses, or something that may be meant to be read.
    pub(super) fn report_above(&mut self, row: &Row<'_>, front_end: u32) {
        let Some(first) = row.cells.first() else { return };
        let cell = self.cell(row.number, first);
        let mut finding = Diagnostic::new(&rules::ABOVE_MATRIX).at_cell(Some(cell));
        if row.cells.len() == 1 && first.column < front_end {
            finding.severity = Severity::Warning;
        }
        self.report(finding.data("found", &first.text));
    }

    /// The cell that a text of a row was read from.
    pub(super) fn cell(&mut self, row: u32, text: &CellText<'_>) -> Cell {
        Cell::new(row, text.column, self.place(text.span))
    }

    /// Keeps a grid as it is at its start, to look for cells that hold nothing.
    pub(super) fn begin(&mut self, grid: &Grid<'s>) {
        self.start = Some(grid.clone());
    }

    /// Cells that may hold nothing, by row and column; the rows ascend.
    pub(super) fn cells_at(&mut self, cells: &[(u32, u32)]) -> Vec<Option<Cell>> {
        let Some(start) = self.start.clone() else { return Vec::new() };
        let spans = start.spans(cells);
        let cell = |(&(row, column), span): (&(u32, u32), Option<Span>)| {
            let place = Place::new(self.locator.place(span?, self.decoded));
            Some(Cell::new(row, column, place))
        };
        cells.iter().zip(spans).map(cell).collect()
    }

    /// The place of a span of the text.
    pub(super) fn place(&mut self, span: Span) -> Place {
        let position = self.line.as_mut().and_then(|line| {
            let start = usize::try_from(span.start).ok()?;
            let passed = self.decoded.text().as_bytes().get(line.at..start)?;
            line.position.column += characters(passed);
            line.at = start;
            Some(line.position)
        });
        match position {
            Some(position) => Place::new((self.decoded.original(span), position)),
            None => Place::new(self.locator.place(span, self.decoded)),
        }
    }

    /// Where a row starts that is one line. A row has many marks, and to ask the line index for each of them
    /// costs more than all else.
    fn one_line(&mut self, row: Span) -> Option<OnLine> {
        let range = row.range()?;
        let text = self.decoded.text().as_bytes().get(range.clone())?;
        if memchr2(b'\n', b'\r', text).is_some() {
            return None;
        }
        let (_, position) = self.locator.place(Span::empty(row.start), self.decoded);
        Some(OnLine { at: range.start, position })
    }

    /// Reports what there is to say about the encoding. UTF-16 is certain where a mark says so.
    pub(super) fn finish(&mut self) {
        let encoding = self.decoded.encoding();
        let finding = |issue: &_| issue_finding(issue, &encoding);
        self.locator.note_encoding(self.decoded, self.decoded.issues(), finding);
        if encoding.starts_with("utf-16") {
            let mut finding = encoding_finding(&encoding);
            if self.decoded.original_offset(0) > 0 {
                finding.severity = Severity::Info;
            }
            self.report(finding);
        }
        for finding in self.locator.take_encoding() {
            self.report(finding);
        }
    }
}

/// Number of characters of a piece of UTF-8: every byte but the continuation bytes starts one.
fn characters(utf8: &[u8]) -> u64 {
    utf8.iter().map(|&byte| u64::from(byte & 0xC0 != 0x80)).sum()
}

fn encoding_finding(encoding: &str) -> Diagnostic {
    Diagnostic::new(&rules::ENCODING).word("encoding", encoding.to_owned())
}

/// What there is to say about the encoding, without a place.
fn issue_finding(issue: &EncodingIssue, encoding: &str) -> Diagnostic {
    issue.finding(encoding, &rules::ENCODING, &rules::MALFORMED)
}
