//! What stops the work.

use edu_diagnostics::Diagnostic;

/// Why a reading ended before the end of the input.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A strict reader met a deviation from 1.1. The finding is not reported to the sink.
    #[error("{} ({})", .0, .0.rule.code)]
    Deviation(Box<Diagnostic>),
    /// The input asks for more than the limits allow. The finding is not reported to the sink.
    #[error("{} ({})", .0, .0.rule.code)]
    Limit(Box<Diagnostic>),
}

impl ReadError {
    /// The finding that ended the reading, with its place.
    pub fn diagnostic(&self) -> &Diagnostic {
        match self {
            Self::Deviation(finding) | Self::Limit(finding) => finding,
        }
    }
}

/// Why a reading of a stream ended before the end of the input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The input cannot be read.
    #[error("the input cannot be read")]
    Io(#[from] std::io::Error),
    /// What was read ended the reading.
    #[error(transparent)]
    Read(#[from] ReadError),
}
