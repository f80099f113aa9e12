//! What is wrong with a maquette by itself, without tables and without an import.

use edu_diagnostics::Sink;
use edu_syntax::{Decoded, EncodingIssue, Locator};
use odf_model::Code;

use crate::alert::{Alert, AlertKind};
use crate::codes::ObjectTypes;
use crate::faults::Faults;
use crate::import::Graph;
use crate::maquette::{Child, Maquette, ObjectId};
use crate::place::{self, Member, Spot};
use crate::rules;

/// Reports what is wrong with a maquette: codes, lengths, values, choice ranges, cycles, children that are not
/// there, objects that share a code and differ.
///
/// What an import would make of it is said by the alerts of the [`Importer`](crate::Importer).
pub fn check(maquette: &Maquette<'_>, sink: &mut dyn Sink) {
    for &decoded in &maquette.inputs {
        check_encoding(decoded, sink);
    }
    let graph = Graph::new(maquette, &ObjectTypes::new());
    let mut found = Checked { graph: &graph, alerts: Vec::new() };
    let faults = Faults::new(maquette);
    for &root in maquette.roots.iter().filter(|_| maquette.lacks_details()) {
        found.report(root, AlertKind::DetailsMissing, graph.object(root).at);
    }
    // The parent that held an object last, for each object.
    let mut held_by = vec![None; maquette.objects.len()];
    for (at, object) in maquette.objects.iter().enumerate() {
        let id = ObjectId::new(at);
        if graph.first(id) != id {
            let members = graph.differences(id);
            if !members.is_empty() {
                found.report(id, AlertKind::SharedNodeDiffers { members }, object.at);
            }
            for (kind, spot) in faults.noted(id) {
                found.report(id, kind, spot);
            }
            continue;
        }
        for (kind, spot) in faults.of(id, object) {
            found.report(id, kind, spot);
        }
        let children = object.children.len();
        if let Some(range) = object.range.filter(|range| range.is_invalid_for(children)) {
            let spot = Member::Range.at(object);
            found.report(id, AlertKind::ChoiceRangeInvalid { range, children }, spot);
        }
        for link in &object.children {
            match link.child {
                Child::Object(child) => {
                    let first = graph.first(child);
                    if held_by[first.index()].replace(id) == Some(id) {
                        let kind = AlertKind::ChildRepeated { parent: found.code(id) };
                        found.report(first, kind, graph.object(child).at);
                    }
                }
                Child::LeftOut => {}
                Child::Missing(number) => {
                    let Some(missing) = maquette.missing(number) else { continue };
                    let (parent, missing_id) = (found.code(id), missing.id.clone().into_owned());
                    let kind = AlertKind::DanglingChild { parent, id: missing_id };
                    found.report(id, kind, missing.at);
                }
            }
        }
    }
    found.cycles();
    for alert in place::locate(maquette, found.alerts) {
        sink.report(alert.diagnostic());
    }
}

/// Reports what there is to say about the encoding of a text: [`check`] does so for the texts of a maquette.
pub fn check_encoding(decoded: &Decoded<'_>, sink: &mut dyn Sink) {
    let encoding = decoded.encoding();
    let mut locator = Locator::new();
    let finding =
        |issue: &EncodingIssue| issue.finding(&encoding, &rules::ENCODING, &rules::MALFORMED);
    locator.note_encoding(decoded, decoded.issues(), finding);
    for finding in locator.take_encoding() {
        sink.report(finding);
    }
}

/// What was found so far.
struct Checked<'g, 'm, 't> {
    graph: &'g Graph<'m, 't>,
    alerts: Vec<(Alert, Spot)>,
}

impl Checked<'_, '_, '_> {
    fn code(&self, id: ObjectId) -> Code {
        let object = self.graph.object(id);
        match object.id.as_deref() {
            _ if !object.code.is_empty() => Code::from(&*object.code),
            Some(identifier) if !identifier.is_empty() => Code::from(identifier),
            _ => format!("object-{}", id.index() + 1).into(),
        }
    }

    fn report(&mut self, id: ObjectId, kind: AlertKind, spot: impl Into<Spot>) {
        let (object, severity) = (self.code(id), kind.rule().severity);
        let path = vec![object.clone()];
        self.alerts.push((Alert { kind, severity, object, path, place: None }, spot.into()));
    }

    /// Reports each link that leads back to an object above it.
    fn cycles(&mut self) {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Above,
            Done,
        }
        let objects = self.graph.maquette.objects().len();
        let mut states = vec![State::New; objects];
        for start in 0..objects {
            let start = self.graph.first(ObjectId::new(start));
            let mut frames = vec![(start, 0)];
            if std::mem::replace(&mut states[start.index()], State::Above) != State::New {
                states[start.index()] = State::Done;
                continue;
            }
            while let Some((id, next)) = frames.last_mut() {
                let id = *id;
                let Some(link) = self.graph.object(id).children.get(*next) else {
                    states[id.index()] = State::Done;
                    frames.pop();
                    continue;
                };
                *next += 1;
                let Child::Object(child) = link.child else { continue };
                let first = self.graph.first(child);
                match states[first.index()] {
                    State::Done => {}
                    State::Above => {
                        let parent = self.code(id);
                        let at = self.graph.object(child).at;
                        self.report(first, AlertKind::Cycle { parent }, at);
                    }
                    State::New => {
                        states[first.index()] = State::Above;
                        frames.push((first, 0));
                    }
                }
            }
        }
    }
}
