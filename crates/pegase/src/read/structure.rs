//! ODF API, `GET …/maquette/{id}`: the tree below `racine`.

use super::nested::kind;
use super::reading::{Next, Reading};
use crate::json::{Fault, Kind};
use crate::maquette::{List, ObjectId, ObjectKind};

/// Reads the tree below `racine`, or one whose first object stands at the top.
pub(super) fn read(reading: &mut Reading<'_>) -> Result<(), Fault> {
    if !reading.json.has_member("racine")? {
        return reading.root(None);
    }
    reading.json.enter()?;
    while let Some(name) = reading.json.member()? {
        if name == "racine" && reading.json.peek()? == Kind::Object {
            reading.root(None)?;
        } else {
            reading.json.skip()?;
        }
    }
    Ok(())
}

/// Reads a member of an object.
pub(super) fn member(reading: &mut Reading<'_>, id: ObjectId, name: &str) -> Result<Next, Fault> {
    match name {
        "id" => reading.object(id).id = reading.text(id)?,
        "code" => reading.object(id).code = reading.text(id)?.unwrap_or_default(),
        "classe" => kind(reading, id, |text| match text {
            "F" => Some(ObjectKind::Formation),
            "OF" => Some(ObjectKind::Object),
            "G" => Some(ObjectKind::Grouping),
            _ => None,
        })?,
        "type" => {
            let value = reading.code(id)?;
            reading.object(id).object_type = value;
        }
        "libelle" => reading.object(id).short_label = reading.text(id)?,
        "libelleLong" => reading.object(id).long_label = reading.text(id)?,
        "ects" => reading.object(id).ects = reading.credits(id)?,
        "mutualise" => reading.object(id).shared = reading.flag(id)?,
        "enfants" => return Ok(Next::Children(List::Links)),
        _ => reading.json.skip()?,
    }
    Ok(Next::Done)
}
