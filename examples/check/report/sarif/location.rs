//! Places (3.28): the file (3.4, 3.29) and the region in it (3.30).

use edu_diagnostics::{Position, Span};
use serde::Serialize;

use super::message::Message;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location<'a> {
    physical_location: PhysicalLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

/// A file of the run; `index` is its place in the list of artifacts.
#[derive(Clone, Copy, Serialize)]
pub(super) struct ArtifactLocation<'a> {
    pub(super) uri: &'a str,
    pub(super) index: usize,
}

/// Where text begins, and the bytes: two regions that are independent of each other (3.30.4). The first
/// ends with its line, for where it ends is not known.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    #[serde(flatten)]
    start: Option<Start>,
    #[serde(flatten)]
    bytes: Option<Bytes>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Start {
    start_line: u64,
    start_column: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bytes {
    byte_offset: u64,
    byte_length: u64,
}

impl<'a> Location<'a> {
    /// A place in a file, as far as it is known.
    pub(super) fn new(
        file: ArtifactLocation<'a>,
        position: Option<Position>,
        span: Option<Span>,
    ) -> Self {
        let start = position
            .map(|position| Start { start_line: position.line, start_column: position.column });
        let bytes = span.map(|span| Bytes { byte_offset: span.start, byte_length: span.len() });
        let is_known = start.is_some() || bytes.is_some();
        let region = is_known.then_some(Region { start, bytes });
        Self {
            physical_location: PhysicalLocation { artifact_location: file, region },
            message: None,
        }
    }

    /// Says what is there.
    pub(super) fn saying(self, text: &str) -> Self {
        Self { message: Some(Message::new(text)), ..self }
    }
}
