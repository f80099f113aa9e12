//! Alerts and imports as JSON.
//!
//! An alert has `kind`, `rule`, `severity`, `object`, `path` (codes), `value` (the offending one, or null),
//! `message`, `basis`, its place (`file`, `line`, `column`, `start`, `end`, `json_path`; null where there is none) and
//! the members of its kind.

use odf_model::{Code, Content};
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq as _, Serializer};

use crate::alert::{Alert, AlertKind};
use crate::conversion::ConversionNote;
use crate::import::Import;

/// The version of the form.
const VERSION: u32 = 1;

impl Serialize for Import {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", &VERSION)?;
        map.serialize_entry("root", &self.roots.first())?;
        if self.roots.len() > 1 {
            map.serialize_entry("roots", &self.roots)?;
        }
        let nodes: Vec<&Content> = self.catalogue.iter().collect();
        map.serialize_entry("nodes", &nodes)?;
        map.serialize_entry("alerts", &Alerts(self))?;
        map.serialize_entry("missing_mandatory", &self.missing_mandatory())?;
        map.end()
    }
}

/// The alerts, and after them the notes on the conversion files.
struct Alerts<'a>(&'a Import);

impl Serialize for Alerts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Import { alerts, notes, .. } = self.0;
        let mut list = serializer.serialize_seq(Some(alerts.len() + notes.len()))?;
        for alert in alerts {
            list.serialize_element(alert)?;
        }
        for note in notes {
            list.serialize_element(note)?;
        }
        list.end()
    }
}

impl Serialize for Alert {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.kind.as_str())?;
        map.serialize_entry("rule", self.kind.rule().code)?;
        map.serialize_entry("severity", self.severity.as_str())?;
        map.serialize_entry("object", &self.object)?;
        members(&self.kind, &self.object, &mut map)?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("value", &self.value())?;
        map.serialize_entry("message", &self.to_string())?;
        map.serialize_entry("basis", self.kind.basis())?;
        let place = self.place.as_ref();
        map.serialize_entry("file", &place.map(|place| place.input))?;
        map.serialize_entry("line", &place.map(|place| place.position.line))?;
        map.serialize_entry("column", &place.map(|place| place.position.column))?;
        map.serialize_entry("start", &place.map(|place| place.span.start))?;
        map.serialize_entry("end", &place.map(|place| place.span.end))?;
        map.serialize_entry("json_path", &place.map(|place| &*place.json_path))?;
        map.end()
    }
}

/// A note on a conversion file, with the members that alerts have: it is about no object.
impl Serialize for ConversionNote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let finding = self.diagnostic();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.kind.as_str())?;
        map.serialize_entry("rule", self.kind.rule().code)?;
        map.serialize_entry("severity", finding.severity.as_str())?;
        map.serialize_entry("object", &None::<Code>)?;
        map.serialize_entry("code", &self.code)?;
        map.serialize_entry("values", &self.values)?;
        map.serialize_entry("path", &[""; 0])?;
        map.serialize_entry("value", &self.values.last())?;
        map.serialize_entry("message", &finding.to_string())?;
        map.serialize_entry("basis", "decision D23")?;
        map.serialize_entry("file", &self.file)?;
        map.serialize_entry("line", &self.position.map(|position| position.line))?;
        map.serialize_entry("column", &self.position.map(|position| position.column))?;
        map.serialize_entry("start", &self.span.map(|span| span.start))?;
        map.serialize_entry("end", &self.span.map(|span| span.end))?;
        map.serialize_entry("json_path", &None::<&str>)?;
        map.end()
    }
}

fn members<M: SerializeMap>(kind: &AlertKind, object: &Code, map: &mut M) -> Result<(), M::Error> {
    match kind {
        AlertKind::OpWithoutGrouping { list, objects } => {
            map.serialize_entry("parent", object)?;
            map.serialize_entry("list", list)?;
            map.serialize_entry("objects", objects)
        }
        AlertKind::AutoListMixedObligation { list, optional } => {
            map.serialize_entry("list", list)?;
            map.serialize_entry("optional", optional)
        }
        AlertKind::NonOpInOpGrouping { grouping } => map.serialize_entry("grouping", grouping),
        AlertKind::ChildNotAllowed { parent, target } => {
            map.serialize_entry("parent", parent)?;
            map.serialize_entry("target", target)
        }
        AlertKind::UnknownObjectType { parent, object_type } => {
            map.serialize_entry("parent", parent)?;
            map.serialize_entry("type", object_type)
        }
        AlertKind::ChoiceRangeInvalid { range, children } => {
            map.serialize_entry("min", &range.min)?;
            map.serialize_entry("max", &range.max)?;
            map.serialize_entry("children", children)
        }
        AlertKind::ChoiceRangeDropped { range } => {
            map.serialize_entry("min", &range.min)?;
            map.serialize_entry("max", &range.max)
        }
        AlertKind::ContextualOverrideIgnored { member, .. }
        | AlertKind::ControlCharacter { member, .. } => map.serialize_entry("member", member),
        AlertKind::UnmatchedReference { table, code, converted } => {
            map.serialize_entry("table", table)?;
            map.serialize_entry("code", code)?;
            match converted {
                Some(converted) => map.serialize_entry("converted", converted),
                None => Ok(()),
            }
        }
        AlertKind::ArchivedReference { table, code, entry } => {
            map.serialize_entry("table", table)?;
            map.serialize_entry("code", code)?;
            map.serialize_entry("entry", entry)
        }
        AlertKind::NotAllowedByPolicy { action, target } => {
            map.serialize_entry("action", action.as_str())?;
            map.serialize_entry("target", target)
        }
        AlertKind::Cycle { parent }
        | AlertKind::DanglingChild { parent, .. }
        | AlertKind::ChildRepeated { parent } => map.serialize_entry("parent", parent),
        AlertKind::SharedNodeDiffers { members } => map.serialize_entry("members", members),
        AlertKind::LabelTooLong { member, length, limit } => {
            map.serialize_entry("member", member)?;
            map.serialize_entry("length", length)?;
            map.serialize_entry("limit", limit)
        }
        AlertKind::ValueNotReadable { expected, .. } => map.serialize_entry("expected", expected),
        AlertKind::TooDeep { limit } => map.serialize_entry("limit", limit),
        AlertKind::CodeTaken { code } => map.serialize_entry("code", code),
        AlertKind::EmptyGrouping
        | AlertKind::CodeMissing
        | AlertKind::SyncCodeInvalid
        | AlertKind::UnreachableObject
        | AlertKind::TypeMissing
        | AlertKind::DetailsMissing => Ok(()),
    }
}
