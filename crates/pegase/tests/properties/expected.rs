//! The rules of the structure, read a second time.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::maquette::{Abstract, code};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Category {
    Formation,
    Grouping,
    Organisational,
    Temporal,
    Pedagogical,
    Unknown,
}

fn category(what: &str) -> Category {
    match what {
        "F" => Category::Formation,
        "G" => Category::Grouping,
        "PARCOURS-TYPE" | "OPTION" => Category::Organisational,
        "ANNEE" | "SEMESTRE" => Category::Temporal,
        "UE" | "EC" | "ENS" => Category::Pedagogical,
        _ => Category::Unknown,
    }
}

/// What is expected: contents by code, and alerts by kind and object in the order of the walk.
#[derive(Default)]
pub(crate) struct Expected {
    pub(crate) order: Vec<String>,
    pub(crate) contents: BTreeMap<String, Value>,
    pub(crate) alerts: Vec<String>,
}

struct Evaluator<'a> {
    it: &'a Abstract,
    /// Whether the shape has long labels.
    has_long: bool,
    found: Expected,
}

impl Evaluator<'_> {
    fn alert(&mut self, kind: &str, number: usize) {
        self.found.alerts.push(format!("{kind} {}", code(number)));
    }

    fn holds_courses(&self, number: usize) -> bool {
        let mut children = self.it.objects[number].children.iter();
        children.any(|(child, _)| category(self.it.objects[*child].what) == Category::Pedagogical)
    }

    fn visit(&mut self, number: usize, is_mandatory: bool) {
        let own = code(number);
        if self.found.contents.contains_key(&own) {
            return;
        }
        let object = &self.it.objects[number];
        let is_list = object.what == "G" && self.holds_courses(number);
        let range = object.range.map(|(min, max)| {
            let mut range = Map::new();
            for (name, bound) in [("min", min), ("max", max)] {
                range.extend(bound.map(|bound| (name.to_owned(), json!(bound))));
            }
            range
        });
        let mut content = json!({
            "code": own.clone(),
            "title": if self.has_long { format!("Long {number}") } else { format!("Short {number}") },
        });
        let nature = |nature: &str| json!(nature);
        match category(object.what) {
            Category::Formation => {
                content["kind"] = "Program".into();
                content["diploma_nature"] = match self.it.formation {
                    "0" => nature("Diplome"),
                    "1" => nature("Certification"),
                    _ => Value::Null,
                };
            }
            Category::Organisational => {
                content["kind"] = "SubProgram".into();
                content["pegase_type"] = object.what.into();
            }
            Category::Temporal => {
                content["kind"] = "Container".into();
                content["nature"] = if object.what == "ANNEE" { "year" } else { "semester" }.into();
                content["period"] = Value::Null;
            }
            Category::Pedagogical => {
                content["kind"] = "Course".into();
                content["nature"] =
                    if object.what == "ENS" { Value::Null } else { object.what.into() };
                content["pegase_type"] = object.what.into();
            }
            Category::Grouping if is_list => {
                content["kind"] = "CourseList".into();
                content["origin"] = "grouping".into();
                let mut choice = range.clone().unwrap_or_default();
                let list_type = match &range {
                    Some(_) => "CHOICE",
                    None if is_mandatory => "MANDATORY",
                    None => "OPTIONAL",
                };
                choice.insert("type".to_owned(), list_type.into());
                content["choice"] = choice.into();
            }
            Category::Grouping | Category::Unknown => {
                content["kind"] = "Container".into();
                content["nature"] = Value::Null;
                content["period"] = Value::Null;
                if let Some(range) = range {
                    content["pegase_range"] = range.into();
                    self.alert("choice-range-dropped", number);
                }
                if object.children.is_empty() {
                    self.alert("empty-grouping", number);
                }
            }
        }
        if object.what != "G" {
            content["ects"] = json!(object.ects.map(f64::from));
        }
        self.found.order.push(own.clone());
        self.found.contents.insert(own.clone(), content);
        let children = self.children(number, is_list);
        self.found.contents.get_mut(&own).expect("it was made")["children"] = children.into();
    }

    /// Sorts children into those that are linked, in lists or not, and those that are left out; then visits them.
    fn children(&mut self, number: usize, is_list: bool) -> Vec<String> {
        enum Step {
            Visit(usize, bool),
            List,
            Alert(&'static str, usize),
        }
        let object = self.it.objects[number].clone();
        let is_course = category(object.what) == Category::Pedagogical;
        let (mut linked, mut steps) = (Vec::new(), Vec::new());
        let mut alone: Vec<(usize, bool)> = Vec::new();
        let list = format!("{}-list", code(number));
        for (child, is_mandatory) in object.children {
            let grouping_is_list = self.holds_courses(child);
            match category(self.it.objects[child].what) {
                Category::Unknown => steps.push(Step::Alert("unknown-object-type", child)),
                Category::Pedagogical if !is_list => {
                    if alone.is_empty() {
                        linked.push(list.clone());
                        steps.push(Step::List);
                    }
                    alone.push((child, is_mandatory));
                }
                Category::Pedagogical => {
                    linked.push(code(child));
                    steps.push(Step::Visit(child, is_mandatory));
                }
                _ if is_list => steps.push(Step::Alert("non-op-in-op-grouping", child)),
                Category::Grouping if grouping_is_list => {
                    linked.push(code(child));
                    steps.push(Step::Visit(child, is_mandatory));
                }
                _ if is_course => steps.push(Step::Alert("child-not-allowed", child)),
                _ => {
                    linked.push(code(child));
                    steps.push(Step::Visit(child, is_mandatory));
                }
            }
        }
        if is_list && let Some((min, max)) = object.range {
            let most = min.unwrap_or(0).max(max.unwrap_or(0)) as usize;
            let is_reversed = matches!((min, max), (Some(min), Some(max)) if min > max);
            if is_reversed || most > linked.len() {
                self.alert("choice-range-invalid", number);
            }
        }
        let optional = alone.iter().filter(|(_, is_mandatory)| !is_mandatory).count();
        if !alone.is_empty() {
            self.alert("op-without-grouping", number);
            if (1..alone.len()).contains(&optional) {
                self.alert("auto-list-mixed-obligation", number);
            }
        }
        for step in steps {
            match step {
                Step::Visit(child, is_mandatory) => self.visit(child, is_mandatory),
                Step::Alert(kind, child) => self.alert(kind, child),
                Step::List => {
                    let list_type = if optional == alone.len() { "OPTIONAL" } else { "MANDATORY" };
                    let codes: Vec<_> = alone.iter().map(|(child, _)| code(*child)).collect();
                    let content = json!({
                        "code": list.clone(), "title": list.clone(), "kind": "CourseList",
                        "choice": {"type": list_type}, "origin": "auto", "children": codes
                    });
                    self.found.order.push(list.clone());
                    self.found.contents.insert(list.clone(), content);
                    for (child, is_mandatory) in &alone {
                        self.visit(*child, *is_mandatory);
                    }
                }
            }
        }
        linked
    }
}

pub(crate) fn evaluate(it: &Abstract, has_long: bool) -> Expected {
    let mut evaluator = Evaluator { it, has_long, found: Expected::default() };
    evaluator.visit(0, true);
    evaluator.found
}
