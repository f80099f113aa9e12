//! Maquettes in a few words, and what an import makes of them.

mod tables;

use edu_syntax::Decoded;
use odf_model::Content;
use pegase::{Import, Importer, Limits, MaquetteReader, edu_syntax, odf_model};
use serde_json::{Map, Value, json};
use tables::tables;

/// An object in the form of the import function, which the other shapes are made from.
#[derive(Debug, Clone)]
pub(crate) struct Node(pub(crate) Map<String, Value>);

fn node(code: &str, kind: &str, descriptors: Value, children: impl Children) -> Node {
    let mut node = Map::new();
    node.insert("id".to_owned(), format!("id-{code}").into());
    node.insert("code".to_owned(), code.into());
    node.insert("type".to_owned(), kind.into());
    let mut all = json!({"libelle": code, "libelleLong": format!("The {code}")});
    if let (Value::Object(all), Value::Object(descriptors)) = (&mut all, descriptors) {
        all.extend(descriptors);
    }
    node.insert("descripteursObjetMaquette".to_owned(), all);
    node.insert("enfants".to_owned(), children.links());
    Node(node)
}

/// Children, each obligatory unless said otherwise.
pub(crate) trait Children {
    fn links(self) -> Value;
}

impl<const N: usize> Children for [Node; N] {
    fn links(self) -> Value {
        self.map(|node| json!({"obligatoire": true, "objetMaquette": node.0})).to_vec().into()
    }
}

impl<const N: usize> Children for [(Node, bool); N] {
    fn links(self) -> Value {
        self.map(
            |(node, is_mandatory)| json!({"obligatoire": is_mandatory, "objetMaquette": node.0}),
        )
        .to_vec()
        .into()
    }
}

impl Children for Vec<Node> {
    fn links(self) -> Value {
        let link = |node: Node| json!({"obligatoire": true, "objetMaquette": node.0});
        self.into_iter().map(link).collect()
    }
}

impl Children for () {
    fn links(self) -> Value {
        json!([])
    }
}

/// A formation of a type.
pub(crate) fn formation(code: &str, object_type: &str, children: impl Children) -> Node {
    node(code, "FormationEntity", json!({"typeFormation": object_type}), children)
}

/// A formation that leads to a diploma.
pub(crate) fn lic(children: impl Children) -> Node {
    formation("LIC", "0", children)
}

/// An object of a type.
pub(crate) fn of(object_type: &str, code: &str, children: impl Children) -> Node {
    node(code, "ObjetFormationEntity", json!({"typeObjetFormation": object_type}), children)
}

/// A unit of teaching.
pub(crate) fn ue(code: &str, children: impl Children) -> Node {
    of("UE", code, children)
}

/// A semester.
pub(crate) fn sem(code: &str, children: impl Children) -> Node {
    of("SEMESTRE", code, children)
}

/// A path.
pub(crate) fn path(code: &str, children: impl Children) -> Node {
    of("PARCOURS-TYPE", code, children)
}

/// A grouping.
pub(crate) fn grp(code: &str, children: impl Children) -> Node {
    node(code, "GroupementEntity", json!({}), children)
}

impl Node {
    /// With another descriptor.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0["descripteursObjetMaquette"][name] = value.into();
        self
    }

    /// With another member of the object itself.
    pub(crate) fn with_member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// With a choice range.
    pub(crate) fn with_range(self, min: u32, max: u32) -> Self {
        self.with("plageDeChoix", json!({"min": min, "max": max}))
    }

    /// With the values of the SISE survey.
    pub(crate) fn with_sise(self, sise: &Value) -> Self {
        self.with_member("descripteursEnquete", json!({"enqueteSise": sise}))
    }

    pub(crate) fn text(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }
}

/// Imports a text by an importer that is changed first.
pub(crate) fn import_by<'a>(
    bytes: &[u8],
    change: impl FnOnce(Importer<'a>) -> Importer<'a>,
) -> Import {
    import_within(Limits::default(), bytes, change)
}

pub(crate) fn import_within<'a>(
    limits: Limits,
    bytes: &[u8],
    change: impl FnOnce(Importer<'a>) -> Importer<'a>,
) -> Import {
    let decoded = Decoded::new(bytes);
    let maquette = MaquetteReader::new().with_limits(limits).read(&decoded).expect("a maquette");
    change(Importer::new(tables())).import(&maquette)
}

pub(crate) fn import_text(text: &str) -> Import {
    import_by(text.as_bytes(), |importer| importer)
}

pub(crate) fn import(node: &Node) -> Import {
    import_text(&node.text())
}

/// Two texts, in this order.
pub(crate) fn import_two(first: &str, second: &str) -> Import {
    let (first, second) = (Decoded::from(first), Decoded::from(second));
    let maquette = MaquetteReader::new().read_with_details(&first, &second).expect("a maquette");
    Importer::new(tables()).import(&maquette)
}

/// The contents in a few words: code, kind or type, children.
pub(crate) fn shown(import: &Import) -> Vec<String> {
    import.catalogue.iter().map(line).collect()
}

fn line(content: &Content) -> String {
    use odf_model::{ChoiceType, Element};
    let what = match &content.element {
        Element::Program(program) => {
            format!("Program {}", program.diploma_nature.as_deref().unwrap_or("-"))
        }
        Element::SubProgram(it) => {
            format!("SubProgram {}", it.pegase_type.as_deref().unwrap_or("-"))
        }
        Element::Container(it) => {
            let range = it.pegase_range.map(|range| format!(" {:?}-{:?}", range.min, range.max));
            let nature = it.nature.as_ref().map_or("-", |nature| nature.as_str());
            format!("Container {nature}{}", range.unwrap_or_default())
        }
        Element::CourseList(list) => match list.choice {
            Some(ChoiceType::Choice(range)) => format!("CHOICE {:?}-{:?}", range.min, range.max),
            Some(other) => other.as_str().to_owned(),
            None => "none".to_owned(),
        },
        Element::Course(it) => it.nature.as_ref().map_or("-", |nature| nature.as_str()).to_owned(),
    };
    let what = what.replace("Some(", "").replace(')', "").replace("None", "");
    let children: Vec<_> = content.children.iter().map(odf_model::Code::as_str).collect();
    format!("{} {what} [{}]", content.code, children.join(" ")).replace(" []", "")
}

/// The alerts in a few words: kind and object.
pub(crate) fn alerts(import: &Import) -> Vec<String> {
    import.alerts.iter().map(|alert| format!("{} {}", alert.kind.as_str(), alert.object)).collect()
}
