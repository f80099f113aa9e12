//! What holds for every maquette.
//!
//! Random maquettes are written in every shape, and what is made of them is compared with a second reading of the
//! rules of the structure (I1 to I13), which shares nothing with the crate.

#![cfg(feature = "serde")]

#[path = "support/tables.rs"]
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use edu_diagnostics::{Position, Severity};
use edu_syntax::Decoded;
use pegase::{Import, Importer, MaquetteReader, Shape, edu_diagnostics, edu_syntax, odf_model};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};
use tables::tables;

// Maquettes without a shape.

/// An object: children are numbers of later objects, so that there are no cycles.
#[derive(Debug, Clone)]
struct Object {
    /// `F`, `G`, or the type of an object.
    what: &'static str,
    range: Option<(Option<u32>, Option<u32>)>,
    ects: Option<u32>,
    description: bool,
    children: Vec<(usize, bool)>,
}

#[derive(Debug, Clone)]
struct Abstract {
    formation: &'static str,
    objects: Vec<Object>,
}

fn code(number: usize) -> String {
    if number == 0 { "LIC-INFO".to_owned() } else { format!("N-{number}") }
}

const TYPES: [&str; 12] = [
    "G",
    "G",
    "G",
    "UE",
    "UE",
    "EC",
    "ENS",
    "ANNEE",
    "SEMESTRE",
    "PARCOURS-TYPE",
    "OPTION",
    "TRIMESTRE",
];

fn object() -> impl Strategy<Value = (Object, Vec<(Index, bool)>)> {
    let bound = || proptest::option::of(0..4_u32);
    (
        select(TYPES.to_vec()),
        proptest::option::weighted(0.3, (bound(), bound())),
        proptest::option::of(1..20_u32),
        any::<bool>(),
        vec((any::<Index>(), any::<bool>()), 0..5),
    )
        .prop_map(|(what, range, ects, description, children)| {
            let range = range.filter(|_| what == "G");
            let ects = ects.filter(|_| what != "G");
            let description = description && what != "G";
            (Object { what, range, ects, description, children: Vec::new() }, children)
        })
}

fn maquette() -> impl Strategy<Value = Abstract> {
    (select(vec!["0", "1", "2"]), vec(object(), 1..14)).prop_map(|(formation, drafts)| {
        let len = drafts.len();
        let mut objects = Vec::new();
        for (number, (mut object, children)) in drafts.into_iter().enumerate() {
            if number == 0 {
                (object.what, object.range) = ("F", None);
                object.ects = None;
            }
            for (index, is_mandatory) in children {
                if number + 1 < len {
                    let child = number + 1 + index.index(len - number - 1);
                    object.children.push((child, is_mandatory));
                }
            }
            objects.push(object);
        }
        Abstract { formation, objects }
    })
}

impl Abstract {
    /// The same with each child once.
    fn without_repetitions(mut self) -> Self {
        for object in &mut self.objects {
            let mut seen = BTreeSet::new();
            object.children.retain(|(child, _)| seen.insert(*child));
        }
        self
    }

    /// The same with objects before groupings, as the older tree has them.
    fn with_objects_first(mut self) -> Self {
        let is_grouping: Vec<_> = self.objects.iter().map(|object| object.what == "G").collect();
        for object in &mut self.objects {
            object.children.sort_by_key(|(child, _)| is_grouping[*child]);
        }
        self
    }

    /// What the structure answer keeps: neither ranges nor descriptions nor the type of the formation.
    fn without_details(mut self) -> Self {
        for object in &mut self.objects {
            (object.range, object.description) = (None, false);
        }
        self.formation = "2";
        self
    }

    /// How many objects there are when each is written below each of its parents.
    fn written(&self) -> u64 {
        let mut sizes = vec![1_u64; self.objects.len()];
        for number in (0..self.objects.len()).rev() {
            for (child, _) in &self.objects[number].children {
                sizes[number] = sizes[number].saturating_add(sizes[*child]);
            }
        }
        sizes[0]
    }
}

// Writers.

fn members(pairs: Vec<(&str, Value)>) -> Value {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

fn range(object: &Object) -> Value {
    object.range.map_or(Value::Null, |(min, max)| json!({"min": min, "max": max}))
}

fn description(object: &Object) -> Value {
    json!({"description": object.description.then_some("Some words.")})
}

fn nested(it: &Abstract, number: usize) -> Value {
    let object = &it.objects[number];
    let (kind, name) = match object.what {
        "F" => ("FormationEntity", "typeFormation"),
        "G" => ("GroupementEntity", "nature"),
        _ => ("ObjetFormationEntity", "typeObjetFormation"),
    };
    let object_type = match object.what {
        "F" => json!(it.formation),
        "G" => Value::Null,
        what => json!(what),
    };
    let children: Vec<_> = object
        .children
        .iter()
        .map(|(child, is_mandatory)| {
            json!({"obligatoire": is_mandatory, "objetMaquette": nested(it, *child)})
        })
        .collect();
    let descriptors = members(vec![
        ("libelle", json!(format!("Short {number}"))),
        ("libelleLong", json!(format!("Long {number}"))),
        (name, object_type),
        ("ects", json!(object.ects)),
        ("plageDeChoix", range(object)),
    ]);
    json!({
        "id": format!("id-{number}"), "code": code(number), "type": kind,
        "descripteursObjetMaquette": descriptors,
        "descripteursSyllabus": description(object), "enfants": children
    })
}

fn details(it: &Abstract) -> Value {
    let object = |(number, object): (usize, &Object)| {
        let (kind, object_type) = match object.what {
            "F" => ("FORMATION", json!({"type": "TypeFormation", "code": it.formation})),
            "G" => ("GROUPEMENT", Value::Null),
            what => ("OBJET-FORMATION", json!({"type": "TypeObjetFormation", "code": what})),
        };
        let children: Vec<_> = object
            .children
            .iter()
            .map(|(child, is_mandatory)| {
                json!({"id": format!("id-{child}"), "obligatoire": is_mandatory})
            })
            .collect();
        json!({
            "id": format!("id-{number}"), "typeObjetMaquette": kind, "code": code(number),
            "enfants": children,
            "descripteursObjetMaquette": {
                "typeObjetMaquette": kind,
                "libelle": format!("Short {number}"), "libelleLong": format!("Long {number}"),
                "type": object_type, "ects": object.ects, "plageDeChoix": range(object)
            },
            "descripteursSyllabus": description(object)
        })
    };
    it.objects.iter().enumerate().map(object).collect()
}

fn structure(it: &Abstract, number: usize) -> Value {
    let object = &it.objects[number];
    let (class, object_type) = match object.what {
        "F" => ("F", None),
        "G" => ("G", None),
        what => ("OF", Some(what)),
    };
    let children: Vec<_> = object
        .children
        .iter()
        .map(|(child, is_mandatory)| {
            json!({
                "id": format!("id-{child}"), "obligatoire": is_mandatory,
                "objetMaquette": structure(it, *child)
            })
        })
        .collect();
    json!({
        "id": format!("id-{number}"), "classe": class, "type": object_type, "code": code(number),
        "libelle": format!("Short {number}"), "pia": {"actif": false}, "valide": false,
        "ects": object.ects, "enfants": children
    })
}

fn tree(it: &Abstract, number: usize, is_mandatory: Option<bool>) -> Value {
    let object = &it.objects[number];
    let list = |of_groupings: bool| -> Value {
        let is_of = |(child, _): &&(usize, bool)| (it.objects[*child].what == "G") == of_groupings;
        let children = object.children.iter().filter(is_of);
        children.map(|(child, is_mandatory)| tree(it, *child, Some(*is_mandatory))).collect()
    };
    let object_type = match object.what {
        "F" => json!({"code": it.formation}),
        "G" => Value::Null,
        what => json!({"code": what, "libelleCourt": what}),
    };
    let (min, max) = object.range.unwrap_or_default();
    members(vec![
        ("code", json!(code(number))),
        ("libelleCourt", json!(format!("Short {number}"))),
        ("libelleLong", json!(format!("Long {number}"))),
        ("description", json!(object.description.then_some("Some words."))),
        ("type", object_type),
        ("caractereObligatoire", json!(is_mandatory)),
        ("creditEcts", json!(object.ects.map(|ects| ects.to_string()))),
        ("plageChoix", json!(object.range.is_some())),
        ("plageMin", json!(min)),
        ("plageMax", json!(max)),
        ("listeObjetFormation", list(false)),
        ("listeGroupement", list(true)),
    ])
}

// The rules, read a second time.

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
struct Expected {
    order: Vec<String>,
    contents: BTreeMap<String, Value>,
    alerts: Vec<String>,
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

fn evaluate(it: &Abstract, has_long: bool) -> Expected {
    let mut evaluator = Evaluator { it, has_long, found: Expected::default() };
    evaluator.visit(0, true);
    evaluator.found
}

// What the crate makes of a text.

fn import_all(texts: &[&str]) -> Result<(Shape, Import), TestCaseError> {
    let decoded: Vec<_> = texts.iter().map(|text| Decoded::from(*text)).collect();
    let reader = MaquetteReader::new();
    let maquette = match &decoded[..] {
        [first, second] => reader.read_with_details(first, second),
        all => reader.read(&all[0]),
    };
    let maquette = maquette.map_err(|error| TestCaseError::fail(error.to_string()))?;
    Ok((maquette.shape(), Importer::new(tables()).import(&maquette)))
}

fn import(text: &str) -> Result<Import, TestCaseError> {
    Ok(import_all(&[text])?.1)
}

fn alerts(import: &Import) -> Vec<String> {
    import.alerts.iter().map(|alert| format!("{} {}", alert.kind.as_str(), alert.object)).collect()
}

/// Whether an import is what is expected of it.
fn compare(shape: &str, import: &Import, expected: &Expected) -> Result<(), TestCaseError> {
    let order: Vec<_> = import.catalogue.iter().map(|content| content.code.to_string()).collect();
    prop_assert_eq!(&order, &expected.order, "{}", shape);
    for content in import.catalogue.iter() {
        let found = serde_json::to_value(content).expect("JSON");
        let wanted = &expected.contents[content.code.as_str()];
        for (member, wanted) in wanted.as_object().expect("an object") {
            prop_assert_eq!(&found[member], wanted, "{} {} {}", shape, content.code, member);
        }
    }
    let mut found = alerts(import);
    // Not of the rules of the structure.
    found
        .retain(|alert| !alert.starts_with("details-missing") && !alert.starts_with("unreachable"));
    prop_assert_eq!(found, &expected.alerts[..], "{}", shape);
    Ok(())
}

/// Members turned round, and others put among them.
fn disturbed(value: &Value, others: &[&str], seed: &mut usize) -> String {
    match value {
        Value::Object(members) => {
            let mut parts: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("{}:{}", json!(name), disturbed(value, others, seed)))
                .collect();
            *seed += 1;
            if !others.is_empty() {
                let value =
                    ["null", "12", "[{\"enfants\":[1]}]", "{\"code\":{\"a\":[]}}"][*seed % 4];
                parts.push(format!("{}: {value}", json!(others[*seed % others.len()])));
            }
            let len = parts.len().max(1);
            parts.rotate_left(*seed % len);
            if seed.is_multiple_of(3) {
                parts.reverse();
            }
            format!("{{{}}}", parts.join(" ,\n"))
        }
        Value::Array(values) => {
            let values: Vec<_> =
                values.iter().map(|value| disturbed(value, others, seed)).collect();
            format!("[ {}]", values.join(","))
        }
        value => value.to_string(),
    }
}

/// The value at a path such as `$.a[0]["b c"]`.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let mut value = value;
    let mut rest = path.strip_prefix('$')?;
    while !rest.is_empty() {
        if let Some(member) = rest.strip_prefix('.') {
            let end = member.find(['.', '[']).unwrap_or(member.len());
            value = value.get(&member[..end])?;
            rest = &member[end..];
        } else {
            let (inside, after) = rest.strip_prefix('[')?.split_once(']')?;
            value = match inside.strip_prefix('"') {
                Some(name) => value.get(name.strip_suffix('"')?)?,
                None => value.get(inside.parse::<usize>().ok()?)?,
            };
            rest = after;
        }
    }
    Some(value)
}

/// Line and column of an offset, counted by hand.
fn position(text: &str, offset: usize) -> (u64, u64) {
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line as u64, column as u64)
}

fn places(text: &str) -> Result<(), TestCaseError> {
    let value: Value = serde_json::from_str(text).expect("JSON");
    for alert in import(text)?.alerts {
        let place = alert.place.as_ref().expect("a place");
        let start = usize::try_from(place.span.start).expect("it fits");
        let end = usize::try_from(place.span.end).expect("it fits");
        let slice: Value = serde_json::from_str(&text[start..end])
            .map_err(|error| TestCaseError::fail(format!("{error}: {alert:?}")))?;
        prop_assert_eq!(Some(&slice), at(&value, &place.json_path), "{:?}", &alert);
        let Position { line, column, .. } = place.position;
        let found = (line, column);
        prop_assert_eq!(found, position(text, start), "{:?}", &alert);
    }
    Ok(())
}

/// A maquette with faults in many of its values.
fn faulty() -> impl Strategy<Value = Value> {
    let fault = select(vec![
        ("code", json!("a b")),
        ("code", json!(null)),
        ("ects", json!("six")),
        ("ects", json!(-1)),
        ("libelle", json!("é\u{7}")),
        ("libelleLong", json!("é".repeat(151))),
        ("typeObjetFormation", json!("CONF")),
        ("typeFormation", json!("7")),
        ("obligatoire", json!([1, {"a": 2}])),
        ("enfants", json!({"a": []})),
        ("enfants", json!([1, null, {}])),
        ("plageDeChoix", json!({"min": 9, "max": "x"})),
        ("description", json!({})),
        ("type", json!("Other")),
        ("a \"b\" [c].d", json!([[]])),
    ]);
    (
        maquette().prop_filter("not too large", |it| it.written() < 200),
        vec((any::<Index>(), fault), 0..6),
    )
        .prop_map(|(it, faults)| {
            let mut value = nested(&it.without_repetitions(), 0);
            for (index, (name, fault)) in faults {
                let mut places = Vec::new();
                objects(&value, &mut String::new(), &mut places);
                let pointer = &places[index.index(places.len())];
                if let Some(Value::Object(members)) = value.pointer_mut(pointer) {
                    members.insert(name.to_owned(), fault);
                }
            }
            value
        })
}

/// Pointers to all objects of a value.
fn objects(value: &Value, pointer: &mut String, found: &mut Vec<String>) {
    let len = pointer.len();
    match value {
        Value::Object(members) => {
            found.push(pointer.clone());
            for (name, value) in members {
                *pointer += "/";
                *pointer += &name.replace('~', "~0").replace('/', "~1");
                objects(value, pointer, found);
                pointer.truncate(len);
            }
        }
        Value::Array(values) => {
            for (number, value) in values.iter().enumerate() {
                let _ = write!(pointer, "/{number}");
                objects(value, pointer, found);
                pointer.truncate(len);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_shape_gives_the_same(it in maquette()) {
        let it = it.without_repetitions();
        prop_assume!(it.written() < 500);
        let expected = evaluate(&it, true);
        let objects = details(&it).to_string();
        let (shape, from_details) = import_all(&[&objects])?;
        prop_assert_eq!(shape, Shape::Details);
        compare("details", &from_details, &expected)?;
        let (shape, from_nested) = import_all(&[&nested(&it, 0).to_string()])?;
        prop_assert_eq!(shape, Shape::Nested);
        compare("nested", &from_nested, &expected)?;
        prop_assert_eq!(&from_nested.catalogue, &from_details.catalogue);
        let tree_of = json!([{"codePeriode": "P", "codeFormation": "F", "arbreFormation": tree(&it, 0, None)}]);
        let (shape, from_tree) = import_all(&[&tree_of.to_string()])?;
        prop_assert_eq!(shape, Shape::Tree);
        compare("tree", &from_tree, &evaluate(&it.clone().with_objects_first(), true))?;
        let structure_of = json!({"racine": structure(&it, 0)}).to_string();
        let (shape, from_structure) = import_all(&[&structure_of])?;
        prop_assert_eq!(shape, Shape::Structure);
        compare("structure", &from_structure, &evaluate(&it.clone().without_details(), false))?;
        for texts in [[&*structure_of, &*objects], [&*objects, &*structure_of]] {
            let (shape, both) = import_all(&texts)?;
            prop_assert_eq!(shape, Shape::Structure);
            compare("structure and details", &both, &expected)?;
            prop_assert_eq!(&both.catalogue, &from_details.catalogue);
        }
    }

    #[test]
    fn order_of_members_and_other_members_change_nothing(it in maquette(), seed in 0..1000_usize) {
        let it = it.without_repetitions();
        prop_assume!(it.written() < 500);
        let values = [
            nested(&it, 0),
            details(&it),
            json!({"racine": structure(&it, 0)}),
            json!({"arbreFormation": tree(&it, 0, None)}),
        ];
        for value in values {
            let plain = import(&value.to_string())?;
            for others in [&[][..], &["x", "autre", "espace", "X Y", "diplomeId", ""]] {
                let other = import(&disturbed(&value, others, &mut { seed }))?;
                prop_assert_eq!(&other.catalogue, &plain.catalogue);
                prop_assert_eq!(other.alerts.len(), plain.alerts.len());
                for (a, b) in other.alerts.iter().zip(&plain.alerts) {
                    prop_assert_eq!((&a.kind, &a.object, &a.path), (&b.kind, &b.object, &b.path));
                    // In the older tree the place is that of the first of several members, or of a
                    // shared object in the list that comes first.
                    if value.get("arbreFormation").is_none() {
                        let path = |alert: &pegase::Alert| {
                            alert.place.as_ref().map(|it| it.json_path.clone())
                        };
                        prop_assert_eq!(path(a), path(b));
                    }
                }
            }
        }
    }

    #[test]
    fn places_are_those_of_values(value in faulty(), seed in 0..1000_usize) {
        places(&value.to_string())?;
        places(&serde_json::to_string_pretty(&value).expect("JSON"))?;
        places(&disturbed(&value, &["é"], &mut { seed }))?;
    }

    #[test]
    fn paths_of_codes_lead_to_the_object(it in maquette()) {
        let it = it.without_repetitions();
        prop_assume!(it.written() < 500);
        for alert in import(&nested(&it, 0).to_string())?.alerts {
            prop_assert_eq!(alert.path.first().map(odf_model::Code::as_str), Some("LIC-INFO"));
            prop_assert_eq!(alert.path.last(), Some(&alert.object));
            for pair in alert.path.windows(2) {
                let number = |wanted: &str| (0..it.objects.len()).find(|it| code(*it) == wanted);
                let parent = number(pair[0].as_str()).expect("an object");
                let child = number(pair[1].as_str()).expect("an object");
                prop_assert!(it.objects[parent].children.iter().any(|(it, _)| *it == child));
            }
        }
    }

    #[test]
    fn repeated_children_are_linked_once(it in maquette()) {
        prop_assume!(it.written() < 500);
        let found = import(&details(&it).to_string())?;
        for content in found.catalogue.iter() {
            let once: BTreeSet<_> = content.children.iter().collect();
            prop_assert_eq!(once.len(), content.children.len());
        }
        let is_other = |alert: &&pegase::Alert| alert.severity > Severity::Warning;
        prop_assert_eq!(found.alerts.iter().filter(is_other).count(), 0);
    }

    #[test]
    fn whatever_becomes_of_the_bytes_nothing_panics(
        value in faulty(),
        changes in vec((any::<Index>(), select(b"{}[]\",:\\0e-.tn\x00\xff ".to_vec()), 0..3_u8), 1..4),
    ) {
        let mut bytes = value.to_string().into_bytes();
        for (index, byte, how) in changes {
            let at = index.index(bytes.len().max(1));
            match how {
                0 if !bytes.is_empty() => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at),
            }
        }
        let decoded = Decoded::new(&bytes);
        match MaquetteReader::new().read(&decoded) {
            Ok(maquette) => {
                pegase::rules::check(&maquette, &mut |_| ());
                let import = Importer::new(tables()).import(&maquette);
                for alert in &import.alerts {
                    let place = alert.place.as_ref().expect("a place");
                    prop_assert!(place.span.start <= place.span.end);
                    prop_assert!(place.span.end <= bytes.len() as u64);
                }
            }
            Err(error) => {
                let span = error.finding().span.expect("a place");
                prop_assert!(span.end <= bytes.len() as u64, "{:?}", error);
            }
        }
    }
}
