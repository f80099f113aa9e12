//! What a content holds, worked out before any of it is looked into: rules I5, I7 and I10 to I13.

use odf_model::{ChoiceType, Code, Content, CourseList, Element, Kind, ListOrigin};

use super::Walk;
use crate::alert::AlertKind;
use crate::import::graph::Sort;
use crate::maquette::{At, Child, Link, ObjectId};

/// What comes next below a content.
pub(super) enum Step {
    /// An object, which is linked.
    Object { id: ObjectId, is_optional: bool },
    /// A list that was made for objects of teaching, which is linked.
    List { list: Box<Content>, steps: Vec<Step> },
    /// Something about an object that is not linked.
    Alert { about: ObjectId, kind: AlertKind, at: At },
}

/// The children of a content, worked out before any of them is looked into.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) children: Vec<Code>,
    pub(super) steps: Vec<Step>,
}

impl Walk<'_, '_> {
    /// Works out what a content holds.
    pub(super) fn plan(&mut self, id: ObjectId, sort: Sort) -> Plan {
        let (object, kind) = (self.graph.object(id), sort.kind().unwrap_or(Kind::Container));
        let parent = self.code(id);
        let mut plan = Plan::default();
        // Children that are named by id can be below each other without end.
        let limit = self.graph.maquette.limits.depth;
        let is_object = |link: &Link| matches!(link.child, Child::Object(_));
        if self.path.len() >= limit as usize && object.children.iter().any(is_object) {
            let kind = AlertKind::TooDeep { limit };
            plan.steps.push(Step::Alert { about: id, kind, at: object.at });
            return plan;
        }
        // Objects of teaching that need a list, and where the first of them stands.
        let mut courses: Vec<(ObjectId, Link)> = Vec::new();
        let mut first_course = (0, 0);
        for &link in &object.children {
            let child = match link.child {
                Child::Object(child) => child,
                Child::LeftOut => continue,
                Child::Missing(number) => {
                    if let Some(missing) = self.graph.maquette.missing(number) {
                        let (parent, child) = (parent.clone(), missing.id.clone().into_owned());
                        let kind = AlertKind::DanglingChild { parent, id: child };
                        plan.steps.push(Step::Alert { about: id, kind, at: missing.at });
                    }
                    continue;
                }
            };
            let about = self.meet(child);
            if let Some(kind) = self.difference(child) {
                let at = self.graph.object(child).at;
                plan.steps.push(Step::Alert { about, kind, at });
            }
            match self.obstacle(id, kind, about) {
                Some((kind, at)) => {
                    // The place is that of this link, wherever the object was met first.
                    let at = at.unwrap_or(self.graph.object(child).at);
                    plan.steps.push(Step::Alert { about, kind, at });
                }
                None if self.graph.sort(about) == Sort::Course && sort != Sort::List => {
                    if courses.is_empty() {
                        first_course = (plan.children.len(), plan.steps.len());
                    }
                    self.linked_below[about.index()] = Some(id);
                    courses.push((about, link));
                }
                None => {
                    self.linked_below[about.index()] = Some(id);
                    self.link(&mut plan, None, (about, link));
                }
            }
        }
        if !courses.is_empty() {
            self.make_list(&mut plan, id, &courses, first_course);
        }
        plan
    }

    /// What keeps a child from being linked below a content of a kind.
    fn obstacle(
        &self,
        id: ObjectId,
        kind: Kind,
        child: ObjectId,
    ) -> Option<(AlertKind, Option<At>)> {
        let parent = || self.codes[id.index()].clone().unwrap_or_default();
        let sort = self.graph.sort(child);
        let found = match sort.kind() {
            _ if self.state[child.index()].is_above => AlertKind::Cycle { parent: parent() },
            None => {
                let (found, at) = self.unknown(child, Some(parent()));
                return Some((found, Some(at)));
            }
            _ if self.linked_below[child.index()] == Some(id) => {
                AlertKind::ChildRepeated { parent: parent() }
            }
            Some(target) if kind == Kind::CourseList && target != Kind::Course => {
                AlertKind::NonOpInOpGrouping { grouping: parent() }
            }
            Some(target) if target != Kind::Course && !kind.may_hold(target) => {
                AlertKind::ChildNotAllowed { parent: parent(), target }
            }
            Some(_) => return None,
        };
        Some((found, None))
    }

    /// Links a child, if the policy lets it; whether it did.
    fn link(
        &mut self,
        plan: &mut Plan,
        list: Option<&Code>,
        (child, link): (ObjectId, Link),
    ) -> bool {
        let (code, object) = (self.code(child), self.graph.object(child));
        let kind = self.graph.sort(child).kind().unwrap_or(Kind::Container);
        if let Some(refused) = self.refusal(kind, &code, list, Some(child)) {
            plan.steps.push(Step::Alert { about: child, kind: refused, at: object.at });
            return false;
        }
        plan.children.push(code);
        plan.steps.push(Step::Object { id: child, is_optional: link.mandatory == Some(false) });
        true
    }

    /// Makes one list for the objects of teaching of a level, at the place of the first of them (rule I5).
    fn make_list(
        &mut self,
        plan: &mut Plan,
        id: ObjectId,
        courses: &[(ObjectId, Link)],
        (at_child, at_step): (usize, usize),
    ) {
        let at = match courses[0].1.child {
            Child::Object(child) => self.graph.object(child).at,
            Child::Missing(_) | Child::LeftOut => self.graph.object(id).at,
        };
        let parent = self.code(id);
        let wanted = format!("{parent}{}", self.importer.list_suffix);
        let code = self.unique(&wanted);
        if let Some(kind) = self.refusal(Kind::CourseList, &code, None, None) {
            plan.steps.insert(at_step, Step::Alert { about: id, kind, at });
            return;
        }
        let mut inner = Plan::default();
        let is_linked = |course: &_| self.link(&mut inner, Some(&code), *course);
        let courses: Vec<_> = courses.iter().copied().filter(is_linked).collect();
        if inner.children.is_empty() {
            plan.steps.splice(at_step..at_step, inner.steps);
            return;
        }
        let list = code.clone();
        self.alert(id, AlertKind::OpWithoutGrouping { list, objects: inner.children.clone() }, at);
        if code != *wanted {
            self.alert(id, AlertKind::CodeTaken { code: code.clone() }, at);
        }
        let is_optional = |(_, link): &&(ObjectId, Link)| link.mandatory == Some(false);
        let optional: Vec<_> = courses.iter().filter(is_optional).copied().collect();
        let choice = if optional.len() == courses.len() {
            ChoiceType::Optional
        } else {
            if !optional.is_empty() {
                let list = code.clone();
                let optional = optional.into_iter().map(|(course, _)| self.code(course)).collect();
                self.alert(id, AlertKind::AutoListMixedObligation { list, optional }, at);
            }
            ChoiceType::Mandatory
        };
        let element = CourseList { choice: Some(choice), origin: Some(ListOrigin::Auto) };
        let mut list = Content::new(code.clone(), &*code, Element::CourseList(element));
        list.children = inner.children;
        plan.children.insert(at_child, code);
        plan.steps.insert(at_step, Step::List { list: Box::new(list), steps: inner.steps });
    }
}
