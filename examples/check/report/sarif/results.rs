//! Findings as results (3.27).

use edu_diagnostics::{Diagnostic, Position};
use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};

use super::location::{ArtifactLocation, Location};
use super::message::Message;
use super::{Indices, level};
use crate::report::Outcome;

/// The findings of all files, made as they are written.
pub(super) struct Results<'a> {
    pub(super) files: &'a [Outcome],
    pub(super) indices: &'a Indices,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
}

impl<'a> Finding<'a> {
    fn new(
        finding: &Diagnostic,
        entry: Option<&str>,
        file: ArtifactLocation<'a>,
        indices: &Indices,
    ) -> Self {
        // A region would be one of the archive's own bytes: a place in a part of it is said in words.
        let place = |position, span| match entry {
            None => Location::new(file, position, span),
            Some(_) => Location::new(file, None, None),
        };
        let said = |text: String, position: Option<Position>| match (entry, position) {
            (Some(entry), Some(Position { line, column })) => {
                format!("{text} ({entry}:{line}:{column})")
            }
            _ => text,
        };
        let related = finding.labels.iter().map(|label| {
            let text = said(label.text.to_owned(), label.position);
            place(label.position, Some(label.span)).saying(&text)
        });
        Self {
            rule_id: finding.rule.code,
            rule_index: indices.get(finding.rule.code).copied(),
            level: level(finding.severity),
            message: Message::new(&said(finding.to_string(), finding.position)),
            locations: [place(finding.position, finding.span)],
            related_locations: related.collect(),
        }
    }
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for (index, file) in self.files.iter().enumerate() {
            let artifact = ArtifactLocation { uri: &file.uri, index };
            for finding in &file.findings {
                let entry = file.entry.as_deref();
                list.serialize_element(&Finding::new(finding, entry, artifact, self.indices))?;
            }
        }
        list.end()
    }
}
