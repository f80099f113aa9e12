//! What is wrong with a record as such.

use edu_diagnostics::{Diagnostic, Severity, Span};
use edu_syntax::delimited::{Fault, FaultKind, Record};

use super::Limits;
use crate::rules;

/// How a record came through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Damage {
    /// A quote is not closed: what it should hold together is divided.
    pub(super) is_cut: bool,
    /// A quote has no counterpart.
    pub(super) is_damaged: bool,
}

/// Reports what the lexer says of a record, whose text is `line`.
pub(super) fn faults(
    line: &str,
    record: Record<'_, '_>,
    limits: Limits,
    out: &mut Vec<Diagnostic>,
) -> Damage {
    let mut damage = Damage::default();
    let mut fields = record.fields().peekable();
    for &Fault { kind, span } in record.faults() {
        let finding = match kind {
            FaultKind::UnclosedQuote => {
                damage = Damage { is_cut: true, is_damaged: true };
                Diagnostic::new(&rules::QUOTE).word("what", "this quote is not closed on its line")
            }
            FaultKind::StrayQuote => {
                // Faults are in the order of the fields.
                while fields.next_if(|field| field.span().end <= span.start).is_some() {}
                let raw = fields.peek().map(|field| field.raw().bytes());
                let quotes = raw.map_or(1, |raw| raw.filter(|&byte| byte == b'"').count());
                if quotes % 2 == 1 {
                    damage.is_damaged = true;
                    Diagnostic::new(&rules::QUOTE)
                        .word("what", "this quote has no counterpart in its cell")
                } else {
                    let mut finding = Diagnostic::new(&rules::QUOTE);
                    finding.severity = Severity::Warning;
                    finding.word("what", "quotes stand inside a cell and are not doubled")
                }
            }
            FaultKind::ControlCharacter => {
                let at = usize::try_from(span.start - record.span().start).ok();
                let found = at.and_then(|at| line.get(at..)?.chars().next());
                control_character(found.unwrap_or_default())
            }
            FaultKind::RecordTooLong => limit("line", limits.row),
            _ => limit("number of cells", limits.columns),
        };
        out.push(finding.at(span));
    }
    damage
}

/// Control characters behind ASCII, the first of each cell: a sign of text that was decoded wrongly.
pub(super) fn late_controls(record: Record<'_, '_>, out: &mut Vec<Diagnostic>) {
    for field in record.fields() {
        let mut characters = field.raw().char_indices();
        let found = characters.find(|(_, character)| matches!(character, '\u{80}'..='\u{9F}'));
        if let Some((at, character)) = found {
            let start = field.span().start + at as u64;
            let span = Span::new(start, start + character.len_utf8() as u64);
            out.push(control_character(character).at(span));
        }
    }
}

fn control_character(character: char) -> Diagnostic {
    Diagnostic::new(&rules::CONTROL_CHARACTER).word("code", format!("{:04X}", u32::from(character)))
}

fn limit(what: &'static str, limit: usize) -> Diagnostic {
    Diagnostic::new(&rules::LIMIT).word("what", what).count("limit", limit as u64)
}
