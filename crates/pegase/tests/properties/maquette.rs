//! Maquettes without a shape.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// An object: children are numbers of later objects, so that there are no cycles.
#[derive(Debug, Clone)]
pub(crate) struct Object {
    /// `F`, `G`, or the type of an object.
    pub(crate) what: &'static str,
    pub(crate) range: Option<(Option<u32>, Option<u32>)>,
    pub(crate) ects: Option<u32>,
    pub(crate) description: bool,
    pub(crate) children: Vec<(usize, bool)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Abstract {
    pub(crate) formation: &'static str,
    pub(crate) objects: Vec<Object>,
}

pub(crate) fn code(number: usize) -> String {
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

pub(crate) fn maquette() -> impl Strategy<Value = Abstract> {
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
    pub(crate) fn without_repetitions(mut self) -> Self {
        for object in &mut self.objects {
            let mut seen = BTreeSet::new();
            object.children.retain(|(child, _)| seen.insert(*child));
        }
        self
    }

    /// The same with objects before groupings, as the older tree has them.
    pub(crate) fn with_objects_first(mut self) -> Self {
        let is_grouping: Vec<_> = self.objects.iter().map(|object| object.what == "G").collect();
        for object in &mut self.objects {
            object.children.sort_by_key(|(child, _)| is_grouping[*child]);
        }
        self
    }

    /// What the structure answer keeps: neither ranges nor descriptions nor the type of the formation.
    pub(crate) fn without_details(mut self) -> Self {
        for object in &mut self.objects {
            (object.range, object.description) = (None, false);
        }
        self.formation = "2";
        self
    }

    /// How many objects there are when each is written below each of its parents.
    pub(crate) fn written(&self) -> u64 {
        let mut sizes = vec![1_u64; self.objects.len()];
        for number in (0..self.objects.len()).rev() {
            for (child, _) in &self.objects[number].children {
                sizes[number] = sizes[number].saturating_add(sizes[*child]);
            }
        }
        sizes[0]
    }
}
