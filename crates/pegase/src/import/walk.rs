//! The walk over a maquette: rules I1 to I13 (reference, section 4.3).

mod plan;

use std::collections::{HashMap, HashSet};

use odf_model::{Catalogue, Code, Kind};

use super::contents::Fields;
use super::graph::{Graph, Sort};
use super::overrides;
use super::{Import, Importer, Scope};
use crate::alert::{Alert, AlertKind};
use crate::faults::Faults;
use crate::maquette::{At, Maquette, ObjectId, ObjectKind, Shape};
use crate::place::{self, Member, Spot};
use crate::policy::{Action, Request};
use plan::Step;

/// An import on its way.
pub(super) struct Walk<'w, 't> {
    importer: &'w Importer<'w>,
    graph: Graph<'w, 't>,
    faults: Faults<'w>,
    catalogue: Catalogue,
    /// The code of each object that has one by now.
    codes: Vec<Option<Code>>,
    /// Codes that were made up.
    made_up: HashSet<Code>,
    /// The last number that was added to a code that was taken.
    numbers: HashMap<Code, usize>,
    state: Vec<State>,
    /// The object that was last linked below, for each object: by it a second link is found.
    linked_below: Vec<Option<ObjectId>>,
    frames: Vec<Frame>,
    /// Codes of the objects from the root to the one at hand.
    path: Vec<Code>,
    alerts: Vec<(Alert, Spot)>,
}

/// What is known of an object.
#[derive(Clone, Copy, Default)]
struct State {
    /// It was met on the way.
    is_met: bool,
    /// Its content is made.
    is_made: bool,
    /// It is above the object at hand, or that object.
    is_above: bool,
}

/// A content whose children are gone through.
struct Frame {
    code: Code,
    /// The object; none for a list that was made.
    object: Option<ObjectId>,
    /// The object whose main structure is the component of the content.
    component: Option<ObjectId>,
    steps: std::vec::IntoIter<Step>,
}

impl<'w, 't> Walk<'w, 't> {
    pub(super) fn new(importer: &'w Importer<'w>, maquette: &'w Maquette<'t>) -> Self {
        let len = maquette.objects.len();
        Self {
            importer,
            graph: Graph::new(maquette, &importer.types),
            faults: Faults::new(maquette),
            catalogue: Catalogue::with_capacity(len),
            codes: vec![None; len],
            made_up: HashSet::new(),
            numbers: HashMap::new(),
            state: vec![State::default(); len],
            linked_below: vec![None; len],
            frames: Vec::new(),
            path: Vec::new(),
            alerts: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Import {
        let maquette = self.graph.maquette;
        let mut roots = Vec::new();
        for &root in &maquette.roots {
            roots.extend(self.root(root));
            while let Some(frame) = self.frames.last_mut() {
                match frame.steps.next() {
                    Some(step) => self.step(step),
                    None => self.leave(),
                }
            }
        }
        self.report_what_was_not_met();
        let scope = match maquette.shape {
            _ if maquette.lacks_details() => Scope::Structure,
            Shape::Tree => Scope::Tree,
            _ => Scope::Whole,
        };
        let alerts = place::locate(maquette, self.alerts);
        Import { catalogue: self.catalogue, roots, alerts, notes: Vec::new(), scope }
    }

    /// Starts with an object at the top.
    fn root(&mut self, id: ObjectId) -> Option<Code> {
        let first = self.meet(id);
        if let Some(kind) = self.difference(id) {
            self.alert(id, kind, self.graph.object(id).at);
        }
        let code = self.code(first);
        if self.state[first.index()].is_made {
            return None;
        }
        let sort = self.graph.sort(first);
        let Some(kind) = sort.kind() else {
            let (kind, at) = self.unknown(first, None);
            self.alert(first, kind, at);
            return None;
        };
        if let Some(refused) = self.refusal(kind, &code, None, Some(first)) {
            self.alert(first, refused, self.graph.object(first).at);
            return None;
        }
        if self.graph.maquette.lacks_details() {
            self.alert(first, AlertKind::DetailsMissing, self.graph.object(first).at);
        }
        self.enter(first, false);
        Some(code)
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Object { id, is_optional } => {
                if !self.state[id.index()].is_made {
                    self.enter(id, is_optional);
                }
            }
            Step::List { list, steps } => {
                let component = self.frames.last().and_then(|frame| frame.component);
                let (code, steps) = (list.code.clone(), steps.into_iter());
                self.catalogue.insert(*list);
                self.frames.push(Frame { code, object: None, component, steps });
            }
            Step::Alert { about, kind, at } => self.alert(about, kind, at),
        }
    }

    /// Makes the content of an object, and goes through what it holds.
    fn enter(&mut self, id: ObjectId, is_optional: bool) {
        let (object, sort) = (self.graph.object(id), self.graph.sort(id));
        let code = self.code(id);
        let state = &mut self.state[id.index()];
        (state.is_made, state.is_above) = (true, true);
        self.path.push(code.clone());
        for (kind, spot) in self.faults.of(id, object) {
            self.alert(id, kind, spot);
        }
        let mut fields = Fields { matcher: &self.importer.matcher, alerts: Vec::new() };
        let mut content = fields.content(code.clone(), object, sort, is_optional);
        for (kind, value) in fields.alerts {
            let spot = value.map_or(Member::Ects.at(object), |value| value.at.into());
            self.alert(id, kind, spot);
        }
        if sort == Sort::Program && object.object_type.is_none() && self.graph.maquette.has_types()
        {
            self.alert(id, AlertKind::TypeMissing, object.at);
        }
        for (kind, at) in overrides::ignored(object) {
            self.alert(id, kind, at);
        }
        if sort == Sort::Grouping {
            if let Some(range) = object.range {
                self.alert(id, AlertKind::ChoiceRangeDropped { range }, Member::Range.at(object));
            }
            if object.children.is_empty() && object.kind == Some(ObjectKind::Grouping) {
                self.alert(id, AlertKind::EmptyGrouping, object.at);
            }
        }
        let component = match object.structure {
            Some(_) => Some(id),
            None => self.frames.last().and_then(|frame| frame.component),
        };
        let steps = Vec::new().into_iter();
        self.frames.push(Frame { code, object: Some(id), component, steps });
        let plan = self.plan(id, sort);
        if let (Sort::List, Some(range)) = (sort, object.range)
            && range.is_invalid_for(plan.children.len())
        {
            let children = plan.children.len();
            let spot = Member::Range.at(object);
            self.alert(id, AlertKind::ChoiceRangeInvalid { range, children }, spot);
        }
        content.children = plan.children;
        self.catalogue.insert(content);
        if let Some(frame) = self.frames.last_mut() {
            frame.steps = plan.steps.into_iter();
        }
    }

    /// All that the innermost content holds is done.
    fn leave(&mut self) {
        if let Some(Frame { object: Some(id), .. }) = self.frames.pop() {
            self.state[id.index()].is_above = false;
            self.path.pop();
        }
    }

    fn unknown(&self, id: ObjectId, parent: Option<Code>) -> (AlertKind, At) {
        let object = self.graph.object(id);
        let (object_type, at) = match &object.object_type {
            Some(value) => (value.text.clone().into_owned(), value.at),
            // What it is instead of a formation, an object or a grouping was noted by the reading.
            None => self.faults.unknown_kind(id).unwrap_or((String::new(), object.at)),
        };
        (AlertKind::UnknownObjectType { parent, object_type }, at)
    }

    /// An alert where the policy refuses a content below the one at hand, or below a list in it.
    fn refusal(
        &self,
        kind: Kind,
        code: &Code,
        list: Option<&Code>,
        id: Option<ObjectId>,
    ) -> Option<AlertKind> {
        let policy = self.importer.policy?;
        let is_known = self.importer.known.is_some_and(|is_known| is_known(code));
        let action = if is_known { Action::Synchronise } else { Action::Import };
        let above = self.frames.iter().map(|frame| &frame.code);
        let ancestors: Vec<Code> = above.chain(list).cloned().collect();
        let own = id.filter(|id| self.graph.object(*id).structure.is_some());
        let component = own.or(self.frames.last().and_then(|frame| frame.component));
        let component = component.and_then(|id| self.graph.object(id).structure.as_deref());
        let request = Request { action, kind, code, ancestors: &ancestors, component };
        let is_allowed = policy.allows(&request);
        (!is_allowed).then_some(AlertKind::NotAllowedByPolicy { action, target: kind })
    }

    /// Notes that an object was met; the first one with its code.
    fn meet(&mut self, id: ObjectId) -> ObjectId {
        self.state[id.index()].is_met = true;
        self.graph.first(id)
    }

    /// An alert where an object differs from the first one with its code.
    fn difference(&self, id: ObjectId) -> Option<AlertKind> {
        if self.graph.first(id) == id {
            return None;
        }
        let members = self.graph.differences(id);
        (!members.is_empty()).then_some(AlertKind::SharedNodeDiffers { members })
    }

    /// The code of an object; one that has none gets its identifier, or its number.
    fn code(&mut self, id: ObjectId) -> Code {
        if let Some(code) = &self.codes[id.index()] {
            return code.clone();
        }
        let object = self.graph.object(id);
        let code = if !object.code.is_empty() {
            Code::from(&*object.code)
        } else if let Some(identifier) = object.id.as_deref().filter(|id| !id.is_empty()) {
            self.unique(identifier)
        } else {
            self.unique(&format!("object-{}", id.index() + 1))
        };
        self.codes[id.index()] = Some(code.clone());
        code
    }

    /// A code that nothing has, for something without one.
    fn unique(&mut self, wanted: &str) -> Code {
        let is_free = |made_up: &mut HashSet<Code>, code: &Code| {
            !self.graph.has_code(code) && made_up.insert(code.clone())
        };
        let mut code = Code::from(wanted);
        if is_free(&mut self.made_up, &code) {
            return code;
        }
        // Many objects can want the same code: the search goes on where the last one ended.
        let number = self.numbers.entry(code.clone()).or_insert(1);
        while !is_free(&mut self.made_up, &code) {
            *number += 1;
            code = format!("{wanted}-{number}").into();
        }
        code
    }

    fn alert(&mut self, about: ObjectId, kind: AlertKind, spot: impl Into<Spot>) {
        let object = self.code(about);
        let mut path = self.path.clone();
        // What leads back to itself is there twice.
        if path.last() != Some(&object) || matches!(kind, AlertKind::Cycle { .. }) {
            path.push(object.clone());
        }
        let severity = kind.rule().severity;
        self.alerts.push((Alert { kind, severity, object, path, place: None }, spot.into()));
    }

    /// Nothing is left out in silence: what lies below objects that were left out is, but not what was read only
    /// in part.
    fn report_what_was_not_met(&mut self) {
        let left_out: Vec<_> = self.faults.left_out().collect();
        for (id, kind, at) in left_out {
            if !self.state[id.index()].is_made {
                self.alert(id, kind, at);
            }
        }
        for number in 0..self.graph.maquette.objects.len() {
            let id = ObjectId::new(number);
            let is_new =
                !self.state[number].is_met && self.state[self.graph.first(id).index()].is_made;
            if let Some(kind) = is_new.then(|| self.difference(id)).flatten() {
                self.alert(id, kind, self.graph.object(id).at);
            }
        }
    }
}
