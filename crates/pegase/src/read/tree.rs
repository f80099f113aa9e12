//! The tree of the MOF extraction (COF generation): `listeObjetFormation` and `listeGroupement`.

use odf_model::ChoiceRange;

use super::nested::kind;
use super::reading::{Next, Reading};
use crate::codes::Category;
use crate::json::{Fault, Kind};
use crate::maquette::{Child, Link, List, Object, ObjectId, ObjectKind};

/// Reads a tree, a tree with its period around it, or a list of these.
pub(super) fn read(reading: &mut Reading<'_>) -> Result<(), Fault> {
    if reading.json.peek()? != Kind::Array {
        return tree(reading);
    }
    reading.json.enter()?;
    while reading.json.element()? {
        tree(reading)?;
    }
    Ok(())
}

/// A tree, below `arbreFormation` or not.
fn tree(reading: &mut Reading<'_>) -> Result<(), Fault> {
    let formation = Some(ObjectKind::Formation);
    if !reading.json.has_member("arbreFormation")? {
        return reading.root(formation);
    }
    reading.json.enter()?;
    while let Some(name) = reading.json.member()? {
        match &*name {
            "arbreFormation" => reading.root(formation)?,
            _ => reading.json.skip()?,
        }
    }
    Ok(())
}

/// Reads a member of an object.
pub(super) fn member(reading: &mut Reading<'_>, id: ObjectId, name: &str) -> Result<Next, Fault> {
    match name {
        "code" => reading.object(id).code = reading.text(id)?.unwrap_or_default(),
        "typeObjetMaquette" => kind(reading, id, ObjectKind::parse)?,
        "type" => {
            let value = reading.code(id)?;
            reading.object(id).object_type = value;
        }
        "categorie" => {
            let value = reading.code(id)?;
            reading.object(id).category = value.and_then(|value| Category::parse(&value.text));
        }
        "libelleCourt" => reading.object(id).short_label = reading.text(id)?,
        "libelleLong" => reading.object(id).long_label = reading.text(id)?,
        "description" => reading.object(id).description = reading.text(id)?,
        "creditEcts" => reading.object(id).ects = reading.credits(id)?,
        "stage" => reading.object(id).internship = reading.flag(id)?,
        "mutualise" => reading.object(id).shared = reading.flag(id)?,
        "caractereObligatoire" => {
            let mandatory = reading.flag(id)?;
            // The object is the last child so far of the one above it.
            if let [.., holder, _] = *reading.above
                && let Some(link) = reading.object(holder).children.last_mut()
            {
                link.mandatory = mandatory;
            }
        }
        "plageChoix" => {
            let has_range = reading.flag(id)?;
            reading.ranges.extend(has_range.map(|has_range| (id, has_range)));
        }
        "plageMin" => {
            if let Some(min) = reading.count(id)? {
                reading.object(id).range.get_or_insert_with(ChoiceRange::default).min = Some(min);
            }
        }
        "plageMax" => {
            if let Some(max) = reading.count(id)? {
                reading.object(id).range.get_or_insert_with(ChoiceRange::default).max = Some(max);
            }
        }
        "listeObjetFormation" => return Ok(Next::Children(List::Objects)),
        "listeGroupement" => return Ok(Next::Children(List::Groupings)),
        _ => reading.json.skip()?,
    }
    Ok(Next::Done)
}

/// What is known when all is read: which groupings have a range, and the order of children.
pub(super) fn finish(objects: &mut [Object<'_>], ranges: &[(ObjectId, bool)]) {
    for &(id, has_range) in ranges {
        let range = &mut objects[id.index()].range;
        if has_range {
            range.get_or_insert_default();
        } else {
            *range = None;
        }
    }
    // Which of the two lists comes first in the text says nothing.
    let kinds: Vec<_> = objects.iter().map(|object| object.kind).collect();
    let is_grouping = |link: &Link| match link.child {
        Child::Object(id) => kinds[id.index()] == Some(ObjectKind::Grouping),
        Child::Missing(_) | Child::LeftOut => false,
    };
    for object in objects {
        object.children.sort_by_key(is_grouping);
    }
}
