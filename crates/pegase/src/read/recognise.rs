//! What a JSON text of Pégase is, by its members.

use std::fmt;

use crate::json::{Fault, Json, Kind, Scalar};
use crate::maquette::Shape;

/// What a JSON text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Recognised {
    /// A maquette.
    Maquette(Shape),
    /// A maquette as base64 of gzip, in `base64Encode`.
    Packed,
    /// A page or list of search results: formations, with or without objects and groupings.
    Listing,
    /// A page of spaces.
    Spaces,
    /// Entries of nomenclatures.
    Nomenclatures,
    /// What Pégase answers where it refuses something.
    Refusal,
    /// Something else, in a few words.
    Other(String),
}

impl fmt::Display for Recognised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Maquette(shape) => write!(f, "a maquette ({})", shape.as_str()),
            Self::Packed => f.write_str("a packed maquette (base64 of gzip)"),
            Self::Listing => f.write_str("a list of search results"),
            Self::Spaces => f.write_str("a list of spaces"),
            Self::Nomenclatures => f.write_str("nomenclatures"),
            Self::Refusal => f.write_str("an error answer of Pégase"),
            Self::Other(what) => f.write_str(what),
        }
    }
}

/// Members that decide nothing alone.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one member that it is there")]
struct Seen {
    type_of_object: bool,
    descriptors: bool,
    code: bool,
    result: bool,
    credits: bool,
    status: bool,
    error: bool,
}

/// Looks at as many members as it takes.
pub(crate) fn recognise(text: &str) -> Result<Recognised, Fault> {
    let mut json = Json::new(text);
    match json.peek()? {
        Kind::Object => object(&mut json, false),
        Kind::Array => {
            json.enter()?;
            if !json.element()? {
                return Ok(Recognised::Other("an empty list".to_owned()));
            }
            match json.peek()? {
                Kind::Object => object(&mut json, true),
                _ => Ok(Recognised::Other("a list of something else".to_owned())),
            }
        }
        _ => {
            json.scalar()?;
            Ok(Recognised::Other("a single value".to_owned()))
        }
    }
}

/// An object, or an item of a list: no page stands in another one.
fn object(json: &mut Json<'_>, is_item: bool) -> Result<Recognised, Fault> {
    let mut names = Vec::new();
    let mut seen = Seen::default();
    json.enter()?;
    while let Some(name) = json.member()? {
        let is_read = matches!(&*name, "type" | "enfants") || (name == "items" && !is_item);
        let found = match &*name {
            "racine" | "classe" => Some(Recognised::Maquette(Shape::Structure)),
            "arbreFormation" | "listeObjetFormation" | "listeGroupement" => {
                Some(Recognised::Maquette(Shape::Tree))
            }
            // The tree of a learner (CHC module) looks alike.
            "codeObjetMaquette" => Some(Recognised::Other("the tree of a learner".to_owned())),
            "base64Encode" => Some(Recognised::Packed),
            "typeEspace" => Some(Recognised::Spaces),
            "typeNomenclature" | "nomenclatures" => Some(Recognised::Nomenclatures),
            "nomenclaturesErreur" => Some(Recognised::Refusal),
            "type" => type_of(json)?,
            "enfants" => children(json)?,
            "items" if !is_item => items(json)?,
            _ => None,
        };
        if let Some(found) = found {
            return Ok(found);
        }
        match &*name {
            "typeObjetMaquette" => seen.type_of_object = true,
            "descripteursObjetMaquette" => seen.descriptors = true,
            "code" => seen.code = true,
            "version" | "detail" | "espaceLibelle" | "valideInAnyContexte" => seen.result = true,
            "creditEcts" => seen.credits = true,
            "status" | "statusCode" => seen.status = true,
            "error" | "errors" => seen.error = true,
            _ => {}
        }
        if names.len() < 5 {
            names.push(name);
        }
        if !is_read {
            json.skip()?;
        }
    }
    Ok(match seen {
        Seen { descriptors: true, type_of_object: true, .. } => {
            Recognised::Maquette(Shape::Details)
        }
        Seen { descriptors: true, .. } => Recognised::Maquette(Shape::Nested),
        Seen { status: true, error: true, .. } => Recognised::Refusal,
        Seen { code: true, credits: true, .. } => Recognised::Maquette(Shape::Tree),
        Seen { code: true, type_of_object: true, .. } | Seen { code: true, result: true, .. } => {
            Recognised::Listing
        }
        _ if names.is_empty() => Recognised::Other("an empty object".to_owned()),
        _ => Recognised::Other(format!("an object with the members {}", names.join(", "))),
    })
}

/// `type` is the discriminator of the nested form, and something else in other shapes.
fn type_of(json: &mut Json<'_>) -> Result<Option<Recognised>, Fault> {
    Ok(match json.scalar()? {
        Some(Scalar::Text(text)) if text.ends_with("Entity") => {
            Some(Recognised::Maquette(Shape::Nested))
        }
        _ => None,
    })
}

/// Children are links that hold an object, or only name it.
fn children(json: &mut Json<'_>) -> Result<Option<Recognised>, Fault> {
    if json.peek()? != Kind::Array {
        json.skip()?;
        return Ok(None);
    }
    json.enter()?;
    while json.element()? {
        if json.has_member("objetMaquette")? {
            return Ok(Some(Recognised::Maquette(Shape::Nested)));
        }
        if json.has_member("id")? {
            return Ok(Some(Recognised::Maquette(Shape::Details)));
        }
        json.skip()?;
    }
    Ok(None)
}

/// A page: its first item says what it is.
fn items(json: &mut Json<'_>) -> Result<Option<Recognised>, Fault> {
    if json.peek()? != Kind::Array {
        json.skip()?;
        return Ok(None);
    }
    json.enter()?;
    if !json.element()? || json.peek()? != Kind::Object {
        return Ok(Some(Recognised::Listing));
    }
    Ok(Some(match object(json, true)? {
        Recognised::Other(_) => Recognised::Listing,
        known => known,
    }))
}
