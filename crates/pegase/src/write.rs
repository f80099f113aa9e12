//! A maquette as the file of Pégase's import function: objects nested in each other.

use std::fmt::Write as _;

use thiserror::Error;

use crate::json::{Fault, Json, Kind};
use crate::maquette::{Child, Maquette, Object, ObjectId, ObjectKind, Shape};

/// Most bytes that are written.
const LARGEST: usize = 1 << 30;

/// Why a maquette is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The root is not an object of the maquette.
    #[error("the maquette has no such object")]
    NoSuchObject,
    /// Objects with several parents would be written too often.
    #[error(
        "more than {limit} bytes would be written: objects with several parents are written below each of them"
    )]
    TooLarge {
        /// Most bytes that are written.
        limit: usize,
    },
}

/// Writes what stands below one root of a maquette in the nested form.
///
/// A maquette that was read from that form comes back with all members of its objects, also those that this
/// family does not know. Of the details of the ODF API, nomenclatures become plain codes, and contexts and teaching
/// formats, which have another form there, are left out. Of the other shapes comes what an [`Object`] has.
///
/// An object with several parents is written below each of them; a link that closes a cycle, or leads nowhere, is
/// left out.
///
/// # Errors
/// There is no such object, or the text grows beyond all use: it grows with the number of ways to an object, not
/// with the number of objects.
pub fn write(maquette: &Maquette<'_>, root: ObjectId) -> Result<String, WriteError> {
    if maquette.get(root).is_none() {
        return Err(WriteError::NoSuchObject);
    }
    let mut out = String::new();
    let mut is_above = vec![false; maquette.objects.len()];
    let mut frames = vec![(root, 0)];
    is_above[root.index()] = true;
    begin(&mut out, maquette, root);
    while let Some((id, next)) = frames.last_mut() {
        let id = *id;
        let holder = &maquette.objects[id.index()];
        let Some(link) = holder.children.get(*next) else {
            is_above[id.index()] = false;
            frames.pop();
            out.push_str(if frames.is_empty() { "]}" } else { "]}}" });
            continue;
        };
        *next += 1;
        if out.len() > LARGEST {
            return Err(WriteError::TooLarge { limit: LARGEST });
        }
        let Child::Object(child) = link.child else { continue };
        if std::mem::replace(&mut is_above[child.index()], true) {
            continue;
        }
        if !out.ends_with('[') {
            out.push(',');
        }
        // Where it is not said, what can be chosen is not obligatory (decision D18).
        let mandatory = link.mandatory.unwrap_or(holder.range.is_none());
        _ = write!(out, "{{\"obligatoire\":{mandatory},\"objetMaquette\":");
        begin(&mut out, maquette, child);
        frames.push((child, 0));
    }
    Ok(out)
}

/// All of an object but its children and its end.
fn begin(out: &mut String, maquette: &Maquette<'_>, id: ObjectId) {
    let object = &maquette.objects[id.index()];
    let raw = maquette.text_of(id);
    let is_details = maquette.shape == Shape::Details || maquette.details.contains_key(&id);
    let mut members = Members::new(out);
    if maquette.shape == Shape::Nested && !is_details {
        members.copy(raw, |name| (name != "enfants").then_some(name));
    } else {
        members.text("id", object.id.as_deref());
        members.text("code", Some(&object.code));
        members.raw("mutualise", flag(object.shared));
        members.text("type", object.kind.map(kind));
        members.raw("contextes", "[]");
        if is_details {
            groups(&mut members, raw, object);
        } else {
            members.group("descripteursObjetMaquette", |members| descriptors(members, object));
            if object.description.is_some() {
                let description = object.description.as_deref();
                members.group("descripteursSyllabus", |members| {
                    members.text("description", description);
                });
            }
        }
    }
    members.name("enfants");
    out.push('[');
}

fn kind(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Formation => "FormationEntity",
        ObjectKind::Object => "ObjetFormationEntity",
        ObjectKind::Grouping => "GroupementEntity",
    }
}

fn flag(flag: Option<bool>) -> &'static str {
    if flag == Some(true) { "true" } else { "false" }
}

/// The name of the type of an object.
fn type_member(object: &Object<'_>) -> &'static str {
    match object.kind {
        Some(ObjectKind::Formation) => "typeFormation",
        _ => "typeObjetFormation",
    }
}

/// Groups of descriptors, from what an object has.
fn descriptors(members: &mut Members<'_>, object: &Object<'_>) {
    members.text("libelle", object.short_label.as_deref());
    members.text("libelleLong", object.long_label.as_deref());
    if object.kind != Some(ObjectKind::Grouping) {
        let ects = object.ects.map(|ects| ects.to_string());
        members.raw("ects", ects.as_deref().unwrap_or("null"));
        members.text("structurePrincipale", object.structure.as_deref());
        let object_type = object.object_type.as_ref().map(|value| &*value.text);
        members.text(type_member(object), object_type);
    }
    if object.kind != Some(ObjectKind::Formation) {
        members.text("nature", object.nature.as_deref());
    }
    if object.kind == Some(ObjectKind::Object) {
        members.raw("stage", flag(object.internship));
    }
    if let Some(range) = object.range {
        members.group("plageDeChoix", |members| {
            for (name, bound) in [("min", range.min), ("max", range.max)] {
                if let Some(bound) = bound {
                    members.raw(name, &bound.to_string());
                }
            }
        });
    }
}

/// Groups of descriptors, from what the ODF API has under these names.
fn groups(members: &mut Members<'_>, raw: &str, object: &Object<'_>) {
    let type_member = type_member(object);
    for_each_member(raw, |name, kind, value| match (name, kind) {
        ("descripteursObjetMaquette", Kind::Object) => members.group(name, |members| {
            members.copy(value, |name| match name {
                "typeObjetMaquette" => None,
                "type" => Some(type_member),
                "natureGroupement" => Some("nature"),
                name => Some(name),
            });
        }),
        ("descripteursSyllabus", Kind::Object) => members.group(name, |members| {
            members.copy(value, |name| (name != "typeObjetMaquette").then_some(name));
        }),
        ("descripteursEnquete", Kind::Object) => members.group(name, |members| {
            for_each_member(value, |name, kind, value| {
                let name = match name {
                    "descripteursSise" => "enqueteSise",
                    "descripteursAglae" => "enqueteAglae",
                    name => name,
                };
                if kind == Kind::Object {
                    members.group(name, |members| members.copy(value, |name| Some(name)));
                }
            });
        }),
        _ => {}
    });
}

/// Goes through the members of an object that was read before: it is JSON.
fn for_each_member<'t>(object: &'t str, mut take: impl FnMut(&str, Kind, &'t str)) {
    let mut json = Json::new(object);
    let mut walk = || -> Result<(), Fault> {
        if json.peek()? != Kind::Object {
            return Ok(());
        }
        json.enter()?;
        while let Some(name) = json.member()? {
            let kind = json.peek()?;
            let start = json.at();
            json.skip()?;
            take(&name, kind, json.since(start));
        }
        Ok(())
    };
    _ = walk();
}

/// Members of an object, one after the other.
struct Members<'o> {
    out: &'o mut String,
    is_first: bool,
}

impl<'o> Members<'o> {
    fn new(out: &'o mut String) -> Self {
        out.push('{');
        Self { out, is_first: true }
    }

    fn name(&mut self, name: &str) {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(',');
        }
        push_text(self.out, name);
        self.out.push(':');
    }

    /// A value as JSON.
    fn raw(&mut self, name: &str, value: &str) {
        self.name(name);
        self.out.push_str(value);
    }

    /// A text; an empty one, which makes Pégase refuse the file, becomes null.
    fn text(&mut self, name: &str, text: Option<&str>) {
        self.name(name);
        match text.filter(|text| !text.is_empty()) {
            Some(text) => push_text(self.out, text),
            None => self.out.push_str("null"),
        }
    }

    fn group(&mut self, name: &str, write: impl FnOnce(&mut Members<'_>)) {
        self.name(name);
        write(&mut Members::new(self.out));
        self.out.push('}');
    }

    /// The members of an object as they are written, but nomenclatures of the ODF API as plain codes. `rename` gives
    /// the name; none where the nested form has no such member.
    fn copy(&mut self, object: &str, rename: impl Fn(&str) -> Option<&str>) {
        for_each_member(object, |name, kind, value| {
            let Some(name) = rename(name) else { return };
            self.raw(name, if kind == Kind::Object { plain(value) } else { value });
        });
    }
}

/// The code of a nomenclature, as it is written; other objects stay as they are.
fn plain(object: &str) -> &str {
    let (mut has_type, mut code) = (false, None);
    for_each_member(object, |name, _, value| match name {
        "type" => has_type = true,
        "code" => code = Some(value),
        _ => {}
    });
    code.filter(|_| has_type).unwrap_or(object)
}

/// A text in quotes, with what has to be escaped.
fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{0}'..='\u{1F}' => _ = write!(out, "\\u{:04x}", u32::from(character)),
            other => out.push(other),
        }
    }
    out.push('"');
}
