//! The file of Pégase's maquette import function: objects nested in each other. An object of the details has the
//! same members, but for the spelling of its kind, and names its children.

use super::reading::{Next, Reading};
use crate::json::{Fault, Kind};
use crate::maquette::{List, ObjectId, ObjectKind};

/// Reads a maquette, or a list of them.
pub(super) fn read(reading: &mut Reading<'_>) -> Result<(), Fault> {
    if reading.json.peek()? != Kind::Array {
        return reading.root(None);
    }
    reading.each()
}

/// Reads a member of an object.
pub(super) fn member(reading: &mut Reading<'_>, id: ObjectId, name: &str) -> Result<Next, Fault> {
    match name {
        "id" => reading.object(id).id = reading.text(id)?,
        "code" => reading.object(id).code = reading.text(id)?.unwrap_or_default(),
        "mutualise" => reading.object(id).shared = reading.flag(id)?,
        "type" => kind(reading, id, |text| match text {
            "FormationEntity" => Some(ObjectKind::Formation),
            "ObjetFormationEntity" => Some(ObjectKind::Object),
            "GroupementEntity" => Some(ObjectKind::Grouping),
            _ => None,
        })?,
        "typeObjetMaquette" => kind(reading, id, ObjectKind::parse)?,
        "contextes" => reading.contexts(id)?,
        "descripteursObjetMaquette" => reading.descriptors(id)?,
        "descripteursSyllabus" => reading.syllabus(id)?,
        "descripteursEnquete" => reading.surveys(id)?,
        "enfants" => return Ok(Next::Children(List::Links)),
        _ => reading.json.skip()?,
    }
    Ok(Next::Done)
}

/// What is expected where it is said what an object is.
pub(crate) const KIND: &str = "the kind of an object of a maquette";

/// Reads what an object is.
pub(super) fn kind(
    reading: &mut Reading<'_>,
    id: ObjectId,
    known: fn(&str) -> Option<ObjectKind>,
) -> Result<(), Fault> {
    if !reading.begins(id, Kind::Text, "a text")? {
        return Ok(());
    }
    let start = reading.json.at();
    let Some(text) = reading.text(id)? else { return Ok(()) };
    match known(&text) {
        Some(kind) => reading.object(id).kind = Some(kind),
        None => {
            reading.not_readable(id, start, KIND);
        }
    }
    Ok(())
}
