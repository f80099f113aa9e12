//! What is wrong with single objects of a maquette, by itself.

use crate::alert::AlertKind;
use crate::codes::{DESCRIPTION_LENGTH, LONG_LABEL_LENGTH, SHORT_LABEL_LENGTH, is_code};
use crate::maquette::{At, Issue, IssueKind, Maquette, Object, ObjectId};
use crate::place::{Member, Spot};
use crate::read::KIND;

/// What the reading noted, by object.
pub(crate) struct Faults<'m> {
    issues: Vec<&'m Issue>,
}

impl<'m> Faults<'m> {
    pub(crate) fn new(maquette: &'m Maquette<'_>) -> Self {
        let mut issues: Vec<&Issue> = maquette.issues.iter().collect();
        issues.sort_by_key(|issue| issue.object);
        Self { issues }
    }

    /// What is wrong with an object.
    pub(crate) fn of(&self, id: ObjectId, object: &Object<'_>) -> Vec<(AlertKind, Spot)> {
        let mut found = Vec::new();
        if object.code.is_empty() {
            found.push((AlertKind::CodeMissing, Member::Code.at(object)));
        } else if !is_code(&object.code) {
            found.push((AlertKind::SyncCodeInvalid, Member::Code.at(object)));
        }
        let texts = [
            ("libelle", Member::ShortLabel, &object.short_label, SHORT_LABEL_LENGTH),
            ("libelleLong", Member::LongLabel, &object.long_label, LONG_LABEL_LENGTH),
            ("description", Member::Description, &object.description, DESCRIPTION_LENGTH),
        ];
        for (member, place, text, limit) in texts {
            let Some(text) = text else { continue };
            if text.len() > limit {
                let length = text.chars().count();
                if length > limit {
                    found.push((
                        AlertKind::LabelTooLong { member, length, limit },
                        place.at(object),
                    ));
                }
            }
            let is_label = member != "description";
            let is_bad =
                |c: &char| c.is_control() && (is_label || !matches!(c, '\n' | '\r' | '\t'));
            // Nearly all texts have none, and bytes are faster to look at than characters.
            let has_any = text.bytes().any(|byte| byte < b' ' || byte == 0x7F || byte == 0xC2);
            if let Some(character) = text.chars().filter(|_| has_any).find(is_bad) {
                found.push((AlertKind::ControlCharacter { member, character }, place.at(object)));
            }
        }
        found.extend(self.noted(id));
        found
    }

    /// What the reading noted about an object.
    pub(crate) fn noted(&self, id: ObjectId) -> impl Iterator<Item = (AlertKind, Spot)> {
        let first = self.issues.partition_point(|issue| issue.object < id);
        let issues = self.issues[first..].iter().take_while(move |issue| issue.object == id);
        issues.map(|issue| (alert_of(issue), issue.at.into()))
    }

    /// The kind of an object that is not known, as it is written.
    pub(crate) fn unknown_kind(&self, id: ObjectId) -> Option<(String, At)> {
        let first = self.issues.partition_point(|issue| issue.object < id);
        let mut issues = self.issues[first..].iter().take_while(|issue| issue.object == id);
        issues.find_map(|issue| match &issue.kind {
            IssueKind::NotReadable { value, expected } if *expected == KIND => {
                Some((value.trim_matches('"').to_owned(), issue.at))
            }
            _ => None,
        })
    }

    /// What was left out altogether, wherever it was.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = (ObjectId, AlertKind, At)> {
        let is_left_out = |issue: &&&Issue| {
            matches!(issue.kind, IssueKind::TooDeep { .. } | IssueKind::Unreachable)
        };
        let issues = self.issues.iter().filter(is_left_out);
        issues.map(|issue| (issue.object, alert_of(issue), issue.at))
    }
}

fn alert_of(issue: &Issue) -> AlertKind {
    match &issue.kind {
        IssueKind::NotReadable { value, expected } => {
            AlertKind::ValueNotReadable { value: value.clone(), expected }
        }
        IssueKind::TooDeep { limit } => AlertKind::TooDeep { limit: *limit },
        IssueKind::Unreachable => AlertKind::UnreachableObject,
        IssueKind::NoDetails => AlertKind::DetailsMissing,
    }
}
