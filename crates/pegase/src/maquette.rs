//! A maquette, whatever shape it was read from.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Write as _};

use edu_diagnostics::Span;
use edu_syntax::Decoded;
use odf_model::{ChoiceRange, Credits};

use crate::{Category, Limits};

/// Maquettes read from one answer or file: formations, objects and groupings, and which holds which.
///
/// Each object of the input is one [`Object`], also where an input repeats a shared one below each of its
/// parents. Texts are borrowed from the input.
#[derive(Debug, Clone)]
pub struct Maquette<'t> {
    pub(crate) shape: Shape,
    pub(crate) objects: Vec<Object<'t>>,
    pub(crate) roots: Vec<ObjectId>,
    /// Children that are named by an id that no object has.
    pub(crate) missing: Vec<MissingChild<'t>>,
    pub(crate) issues: Vec<Issue>,
    pub(crate) inputs: Vec<&'t Decoded<'t>>,
    pub(crate) limits: Limits,
    /// Paths of the objects at the top of the text, in its order.
    pub(crate) tops: Vec<(ObjectId, String)>,
    /// Where the details of an object stand, of those that were read to a structure.
    pub(crate) details: HashMap<ObjectId, At>,
}

impl<'t> Maquette<'t> {
    /// The shape it was read from.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Every object, in the order of the input.
    pub fn objects(&self) -> &[Object<'t>] {
        &self.objects
    }

    /// The object with an id.
    pub fn get(&self, id: ObjectId) -> Option<&Object<'t>> {
        self.objects.get(id.index())
    }

    /// Whether the shape says of formations which type they have.
    pub(crate) fn has_types(&self) -> bool {
        !self.lacks_details()
    }

    /// Whether there is a structure and nothing else.
    pub(crate) fn lacks_details(&self) -> bool {
        self.shape == Shape::Structure && self.inputs.len() == 1
    }

    /// The text of an object, and that of its details where they were read to it.
    pub(crate) fn text_of(&self, id: ObjectId) -> &'t str {
        let at = self.details.get(&id).copied().unwrap_or(self.objects[id.index()].at);
        let text = self.inputs.get(at.input.index()).map_or("", |decoded| decoded.text());
        at.span.range().and_then(|range| text.get(range)).unwrap_or_default()
    }

    /// The path of an object in the JSON text, such as `$.enfants[0].objetMaquette`.
    pub(crate) fn json_path(&self, id: ObjectId) -> String {
        let mut steps = Vec::new();
        let mut top = id;
        while let Some(holder) = self.objects[top.index()].holder {
            steps.push(holder);
            top = holder.id;
        }
        let found = self.tops.binary_search_by_key(&top, |(id, _)| *id);
        let mut path = found.map_or_else(|_| "$".to_owned(), |at| self.tops[at].1.clone());
        for Holder { list, index, .. } in steps.into_iter().rev() {
            _ = match list {
                List::Links => write!(path, ".enfants[{index}].objetMaquette"),
                List::Objects => write!(path, ".listeObjetFormation[{index}]"),
                List::Groupings => write!(path, ".listeGroupement[{index}]"),
            };
        }
        path
    }

    /// The innermost object around a place of the maquette's own text.
    pub(crate) fn around(&self, span: Span) -> Option<ObjectId> {
        let after = self.objects.partition_point(|object| object.at.span.start <= span.start);
        let mut id = ObjectId::new(after.checked_sub(1)?);
        while self.objects[id.index()].at.span.end < span.end {
            id = self.objects[id.index()].holder?.id;
        }
        Some(id)
    }

    /// The objects at the top: formations, mostly.
    pub fn roots(&self) -> &[ObjectId] {
        &self.roots
    }
}

/// The shapes of a maquette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Shape {
    /// ODF API, `GET …/maquette/{id}`: the tree, without choice ranges, types of formation and descriptions.
    Structure,
    /// ODF API, `GET …/objets-maquette/{id}`: a list of objects that name their children by id.
    Details,
    /// The file of Pégase's maquette import function: objects nested in each other.
    Nested,
    /// The tree of the MOF extraction (COF generation): objects and groupings in two lists, so that the
    /// order between the two is not known.
    Tree,
}

impl Shape {
    /// `structure`, `details`, `nested` or `tree`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Details => "details",
            Self::Nested => "nested",
            Self::Tree => "tree",
        }
    }
}

/// Names an object of a [`Maquette`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(u32);

impl ObjectId {
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The place of the object among those of its maquette, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A formation, an object or a grouping.
#[derive(Debug, Clone)]
pub struct Object<'t> {
    /// Identifier, a UUID, where the shape has them.
    pub id: Option<Cow<'t, str>>,
    /// Code; empty where there is none.
    pub code: Cow<'t, str>,
    /// What it is; none where the input says something that is not known.
    pub kind: Option<ObjectKind>,
    /// Type of the formation (`0`, `1`, `2`) or of the object (`UE`, `SEMESTRE`).
    pub object_type: Option<Value<'t>>,
    /// Category of the type, where the input says it.
    pub category: Option<Category>,
    /// Nature within the type (`L1`, `S1`), or nature of a grouping.
    pub nature: Option<Cow<'t, str>>,
    /// Short label, `libelle`.
    pub short_label: Option<Cow<'t, str>>,
    /// Long label, `libelleLong`.
    pub long_label: Option<Cow<'t, str>>,
    /// Credits.
    pub ects: Option<Credits>,
    /// Description.
    pub description: Option<Cow<'t, str>>,
    /// How many of the children of a grouping have to be chosen.
    pub range: Option<ChoiceRange>,
    /// Main structure, `structurePrincipale`: a component of the institution.
    pub structure: Option<Cow<'t, str>>,
    /// Whether it is an internship, `stage`.
    pub internship: Option<bool>,
    /// Whether it may have several parents, `mutualise`.
    pub shared: Option<bool>,
    /// What the SISE survey asks for; formations have it.
    pub sise: Option<Box<Sise<'t>>>,
    /// Values that hold for one path only.
    pub overrides: Vec<Override<'t>>,
    /// What it holds, in the order of the input.
    pub children: Vec<Link>,
    /// The whole object in its input.
    pub(crate) at: At,
    /// The object that it stands in; none at the top of the text.
    pub(crate) holder: Option<Holder>,
}

/// Where an object stands in another one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Holder {
    pub(crate) id: ObjectId,
    pub(crate) list: List,
    /// Its number in the list, from 0.
    pub(crate) index: u32,
}

/// A list that holds objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// `enfants`, which are links.
    Links,
    /// `listeObjetFormation`.
    Objects,
    /// `listeGroupement`.
    Groupings,
}

/// What an object of a maquette is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// A formation.
    Formation,
    /// An object with a type: a year, a path, a unit of teaching.
    Object,
    /// A grouping, « groupement ».
    Grouping,
}

impl ObjectKind {
    /// Reads the discriminator of the ODF API, `OBJET-FORMATION`; other modules of Pégase write `OBJET_FORMATION`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "FORMATION" => Some(Self::Formation),
            "OBJET-FORMATION" | "OBJET_FORMATION" => Some(Self::Object),
            "GROUPEMENT" => Some(Self::Grouping),
            _ => None,
        }
    }
}

/// A code, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value<'t> {
    /// The code.
    pub text: Cow<'t, str>,
    pub(crate) at: At,
}

/// Coded values of the SISE survey, `descripteursSise` or `enqueteSise`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sise<'t> {
    /// Type of diploma, `typeDiplome`.
    pub degree: Option<Value<'t>>,
    /// Domain, `domaineFormation`; Pégase has one, several are accepted.
    pub domain: Vec<Value<'t>>,
    /// Mention.
    pub mention: Option<Value<'t>>,
    /// Training field, `champFormation`; Pégase has one, several are accepted.
    pub field: Vec<Value<'t>>,
    /// Level of the diploma, `niveauDiplome`; Pégase has one, several are accepted.
    pub level: Vec<Value<'t>>,
}

/// A link to a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Whether the child is obligatory; none where the input does not say it, as below a choice range in
    /// the tree of the COF generation.
    pub mandatory: Option<bool>,
    /// The child.
    pub child: Child,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Child {
    /// An object.
    Object(ObjectId),
    /// Nothing: no object has the id. See [`Maquette::missing`].
    Missing(usize),
    /// An object that was left out, because it lies too deep.
    LeftOut,
}

/// A child that is named by an id that no object has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingChild<'t> {
    /// The id; empty where the link has none.
    pub id: Cow<'t, str>,
    /// The link.
    pub(crate) at: At,
}

impl<'t> Maquette<'t> {
    /// The child that a link names and that is not there.
    pub fn missing(&self, number: usize) -> Option<&MissingChild<'t>> {
        self.missing.get(number)
    }
}

/// A value that holds for one path only, in place of the object's own (`contextes`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override<'t> {
    /// Ids of the objects from a root to this one, `chemin`.
    pub path: Vec<Cow<'t, str>>,
    /// The value.
    pub value: OverrideValue<'t>,
    pub(crate) at: At,
}

/// What holds for one path only.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OverrideValue<'t> {
    /// Credits.
    Ects(Credits),
    /// Nature of an object, or of a grouping.
    Nature(Cow<'t, str>),
    /// How many children have to be chosen.
    Range(ChoiceRange),
}

impl fmt::Display for OverrideValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ects(ects) => ects.fmt(f),
            Self::Nature(nature) => f.write_str(nature),
            Self::Range(range) => range.fmt(f),
        }
    }
}

/// A place in the text of one of the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) input: Input,
    pub(crate) span: Span,
}

/// One of the texts that a maquette was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Input {
    /// The maquette.
    Maquette,
    /// The details that were read to a structure.
    Details,
}

impl Input {
    pub(crate) fn index(self) -> usize {
        self as usize
    }
}

/// A value that could not be read, or an object that was left out.
#[derive(Debug, Clone)]
pub(crate) struct Issue {
    pub(crate) object: ObjectId,
    pub(crate) kind: IssueKind,
    pub(crate) at: At,
}

/// What is wrong.
#[derive(Debug, Clone)]
pub(crate) enum IssueKind {
    /// A value is not of the kind that the member has.
    NotReadable { value: String, expected: &'static str },
    /// Below this object there are more levels than the limit allows.
    TooDeep { limit: u32 },
    /// No root leads to this object.
    Unreachable,
    /// The details do not have this object.
    NoDetails,
}
