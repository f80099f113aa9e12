//! What stops a reading.

use edu_diagnostics::{Diagnostic, Position, Span};
use edu_syntax::{Decoded, Locator};
use thiserror::Error;

use super::recognise::Recognised;
use crate::json::Fault;
use crate::rules;

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The text is not JSON, or is cut off.
    #[error("line {}, column {}: not JSON at {path}: {what}", .position.line, .position.column)]
    Json {
        /// What the parser found.
        what: String,
        /// The path of the value where it stopped, such as `$.enfants[0].code`.
        path: String,
        /// Bytes of the original where it stopped.
        span: Span,
        /// Line and column of them.
        position: Position,
    },
    /// The text is JSON, but not what was asked for.
    #[error("line {}, column {}: not {expected} at {path}: found {found}", .position.line, .position.column)]
    Foreign {
        /// What was asked for.
        expected: &'static str,
        /// What it is.
        found: String,
        /// The path of the value: the whole, `$`.
        path: String,
        /// Bytes of the original where it starts.
        span: Span,
        /// Line and column of them.
        position: Position,
    },
}

impl ReadError {
    pub(crate) fn json(fault: Fault, decoded: &Decoded<'_>) -> Self {
        let at = Span::empty(fault.at as u64);
        let (span, position) = Locator::new().place(at, decoded);
        Self::Json { what: fault.what, path: fault.path, span, position }
    }

    pub(crate) fn foreign(content: &Recognised, decoded: &Decoded<'_>) -> Self {
        Self::not(content, "a maquette", decoded)
    }

    pub(crate) fn not(content: &Recognised, expected: &'static str, decoded: &Decoded<'_>) -> Self {
        let text = decoded.text();
        let start = text.len() - text.trim_start().len();
        let (span, position) = Locator::new().place(Span::empty(start as u64), decoded);
        Self::Foreign { expected, found: content.to_string(), path: "$".to_owned(), span, position }
    }

    /// Line and column where the reading stopped.
    pub fn position(&self) -> Position {
        match self {
            Self::Json { position, .. } | Self::Foreign { position, .. } => *position,
        }
    }

    /// The path of the value where the reading stopped.
    pub fn path(&self) -> &str {
        match self {
            Self::Json { path, .. } | Self::Foreign { path, .. } => path,
        }
    }

    /// The error as a finding among others.
    pub fn finding(&self) -> Diagnostic {
        let (mut finding, span, position) = match self {
            Self::Json { what, path, span, position } => {
                let finding =
                    Diagnostic::new(&rules::NOT_JSON).data("what", what).data("path", path);
                (finding, span, position)
            }
            Self::Foreign { expected, found, span, position, .. } => {
                let finding = Diagnostic::new(&rules::NOT_A_MAQUETTE)
                    .word("expected", *expected)
                    .data("found", found);
                (finding, span, position)
            }
        };
        finding.span = Some(*span);
        finding.position = Some(*position);
        finding
    }
}
