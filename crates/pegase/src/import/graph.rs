//! A maquette as a graph: objects with the same code are one, and each has a sort.

use std::collections::HashMap;

use odf_model::Kind;

use crate::codes::{Category, ObjectTypes};
use crate::maquette::{Child, Link, Maquette, Object, ObjectId, ObjectKind};

/// What an object becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Program,
    SubProgram,
    /// A year, a semester.
    Period,
    Course,
    /// A grouping with objects of teaching: a list of courses.
    List,
    /// A grouping without: a container.
    Grouping,
    /// Its type belongs to no known category.
    Unknown,
}

impl Sort {
    /// The kind of content.
    pub(crate) fn kind(self) -> Option<Kind> {
        Some(match self {
            Self::Program => Kind::Program,
            Self::SubProgram => Kind::SubProgram,
            Self::Period | Self::Grouping => Kind::Container,
            Self::Course => Kind::Course,
            Self::List => Kind::CourseList,
            Self::Unknown => return None,
        })
    }
}

/// The objects of a maquette by code.
pub(crate) struct Graph<'m, 't> {
    pub(crate) maquette: &'m Maquette<'t>,
    by_code: HashMap<&'m str, ObjectId>,
    /// The first object with the same code, for each object.
    first: Vec<ObjectId>,
    /// What each of them becomes.
    sorts: Vec<Sort>,
}

impl<'m, 't> Graph<'m, 't> {
    pub(crate) fn new(maquette: &'m Maquette<'t>, types: &ObjectTypes) -> Self {
        let mut by_code = HashMap::with_capacity(maquette.objects.len());
        let first = maquette.objects.iter().enumerate().map(|(at, object)| {
            let id = ObjectId::new(at);
            if object.code.is_empty() { id } else { *by_code.entry(&*object.code).or_insert(id) }
        });
        let first = first.collect();
        let sorts = maquette.objects.iter().map(|object| sort_of(object, types)).collect();
        let mut graph = Self { maquette, by_code, first, sorts };
        for (at, object) in maquette.objects.iter().enumerate() {
            if graph.sorts[at] == Sort::Grouping
                && object.children.iter().any(|link| graph.is_course(*link))
            {
                graph.sorts[at] = Sort::List;
            }
        }
        graph
    }

    fn is_course(&self, link: Link) -> bool {
        matches!(link.child, Child::Object(child) if self.sort(self.first(child)) == Sort::Course)
    }

    pub(crate) fn object(&self, id: ObjectId) -> &'m Object<'t> {
        &self.maquette.objects[id.index()]
    }

    /// Whether an object has a code.
    pub(crate) fn has_code(&self, code: &str) -> bool {
        self.by_code.contains_key(code)
    }

    /// The first object with the code of an object.
    pub(crate) fn first(&self, id: ObjectId) -> ObjectId {
        self.first[id.index()]
    }

    pub(crate) fn sort(&self, id: ObjectId) -> Sort {
        self.sorts[id.index()]
    }

    /// What is different in an object from the first one with its code.
    pub(crate) fn differences(&self, id: ObjectId) -> Vec<&'static str> {
        let (first, other) = (self.object(self.first(id)), self.object(id));
        let [first_type, other_type] =
            [first, other].map(|object| object.object_type.as_ref().map(|it| &it.text));
        let pairs = [
            ("kind", first.kind == other.kind),
            ("type", first_type == other_type),
            ("libelle", first.short_label == other.short_label),
            ("libelleLong", first.long_label == other.long_label),
            ("ects", first.ects == other.ects),
            ("nature", first.nature == other.nature),
            ("description", first.description == other.description),
            ("plageDeChoix", first.range == other.range),
            ("stage", first.internship == other.internship),
            ("sise", first.sise.is_none() == other.sise.is_none()),
            ("enfants", other.children.is_empty() || self.children(first).eq(self.children(other))),
        ];
        pairs.into_iter().filter(|(_, is_equal)| !is_equal).map(|(member, _)| member).collect()
    }

    fn children<'s>(
        &'s self,
        object: &'s Object<'_>,
    ) -> impl Iterator<Item = Option<ObjectId>> + 's {
        object.children.iter().map(|link| match link.child {
            Child::Object(child) => Some(self.first(child)),
            Child::Missing(_) | Child::LeftOut => None,
        })
    }
}

fn sort_of(object: &Object<'_>, types: &ObjectTypes) -> Sort {
    match object.kind {
        None => Sort::Unknown,
        Some(ObjectKind::Formation) => Sort::Program,
        Some(ObjectKind::Grouping) => Sort::Grouping,
        Some(ObjectKind::Object) => {
            let known = object.object_type.as_ref().and_then(|it| types.category(&it.text));
            match known.or(object.category) {
                Some(Category::Temporal) => Sort::Period,
                Some(Category::Organisational) => Sort::SubProgram,
                Some(Category::Pedagogical) => Sort::Course,
                None => Sort::Unknown,
            }
        }
    }
}
