//! What could not be checked or listed, as notifications (3.58) of the one invocation (3.20).

use serde::Serialize;

use super::Indices;
use super::location::{ArtifactLocation, Location};
use super::message::Message;
use crate::report::{Number, Outcome};

/// A report is written only when everything could be done.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation<'a> {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Notification<'a> {
    level: &'static str,
    message: Message,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    associated_rule: Option<RuleReference>,
}

#[derive(Serialize)]
struct RuleReference {
    id: &'static str,
    index: usize,
}

impl<'a> Invocation<'a> {
    pub(super) fn new(files: &'a [Outcome], indices: &Indices) -> Self {
        let mut notices = Vec::new();
        for (index, file) in files.iter().enumerate() {
            let place = ArtifactLocation { uri: &file.uri, index };
            let mut notice = |level, text: &str, associated_rule| {
                let locations = [Location::new(place, None, None)];
                let message = Message::new(text);
                notices.push(Notification { level, message, locations, associated_rule });
            };
            for skipped in &file.skipped {
                let id = skipped.code;
                let rule = indices.get(id).map(|&index| RuleReference { id, index });
                let level = if skipped.is_unasked { "note" } else { "warning" };
                notice(level, &format!("{id} not checked: {}", skipped.reason), rule);
            }
            if file.dropped > 0 {
                let text =
                    format!("counted but not listed: {}", Number(file.dropped, "more finding"));
                notice("warning", &text, None);
            }
            if file.format.is_none() {
                notice("note", "no known format", None);
            }
        }
        Self { execution_successful: true, tool_execution_notifications: notices }
    }
}
