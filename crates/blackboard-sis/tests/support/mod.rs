//! What several tests need.

use std::io::BufReader;

use blackboard_sis::{FeedReader, Row};
use edu_diagnostics::{Collector, Diagnostic, Position, Span};
use edu_syntax::Decoded;

/// What a reading came to, to be compared with another one.
#[derive(Debug, PartialEq)]
pub(crate) struct Reading {
    pub(crate) headers: Vec<String>,
    pub(crate) rows: Vec<Read>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) encoding: String,
}

/// A row that was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Read {
    pub(crate) line: u64,
    pub(crate) span: Span,
    pub(crate) is_damaged: bool,
    /// Values with their places in the text.
    pub(crate) cells: Vec<(String, Span)>,
}

fn kept(row: &Row<'_>) -> Read {
    let columns = 0..row.header().columns().len();
    let cells = columns.map_while(|column| row.cell(column));
    Read {
        line: row.line(),
        span: row.span(),
        is_damaged: row.is_damaged(),
        cells: cells.map(|cell| (cell.value().into_owned(), cell.span())).collect(),
    }
}

/// Reads all rows of a text.
pub(crate) fn of_text(reader: &FeedReader, bytes: &[u8]) -> Reading {
    let decoded = Decoded::new(bytes);
    let mut found = Collector::new();
    let mut rows = reader.for_text(&decoded, &mut found);
    let mut read = Vec::new();
    while let Some(row) = rows.next() {
        read.push(kept(&row));
    }
    let headers = rows.header().map(|header| header.columns().to_vec()).unwrap_or_default();
    Reading {
        headers: headers.into_iter().map(|column| column.name).collect(),
        rows: read,
        findings: found.findings().to_vec(),
        encoding: decoded.encoding(),
    }
}

/// The same of a stream that comes in pieces.
pub(crate) fn of_stream(reader: &FeedReader, bytes: &[u8], piece: usize) -> Reading {
    let mut found = Collector::new();
    let input = BufReader::with_capacity(piece, bytes);
    let mut rows = reader.for_reader(input, &mut found).with_piece(piece);
    let mut read = Vec::new();
    while let Some(row) = rows.next().expect("memory can be read") {
        read.push(kept(&row));
    }
    let headers = rows.header().map(|header| header.columns().to_vec()).unwrap_or_default();
    let encoding = rows.encoding();
    Reading {
        headers: headers.into_iter().map(|column| column.name).collect(),
        rows: read,
        findings: found.findings().to_vec(),
        encoding,
    }
}

/// A finding as its code, the first letter of its severity, and its line.
pub(crate) fn brief(finding: &Diagnostic) -> String {
    let severity = finding.severity.as_str().get(..1).unwrap_or_default().to_uppercase();
    let line =
        finding.position.map_or_else(String::new, |Position { line, .. }| format!(" {line}"));
    format!("{} {severity}{line}", finding.rule.code)
}

/// The findings as [`brief`] says them, in their order.
pub(crate) fn briefs(findings: &[Diagnostic]) -> Vec<String> {
    findings.iter().map(brief).collect()
}
