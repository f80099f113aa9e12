//! ODF API, `GET …/objets-maquette/{id}`: objects that name their children by id.

use std::collections::HashMap;

use super::reading::Reading;
use crate::json::{Fault, Kind};
use crate::maquette::{Child, Issue, IssueKind, Maquette, Object, ObjectId, ObjectKind};

/// Reads an object, a list of objects, or a page of them.
pub(super) fn read(reading: &mut Reading<'_>) -> Result<(), Fault> {
    if reading.json.peek()? == Kind::Array {
        return reading.each();
    }
    if !reading.json.has_member("items")? {
        return reading.root(None);
    }
    reading.json.enter()?;
    while let Some(name) = reading.json.member()? {
        if name == "items" && reading.json.peek()? == Kind::Array {
            reading.each()?;
        } else {
            reading.json.skip()?;
        }
    }
    Ok(())
}

/// Finds the objects at the top among objects that were read one by one: formations, and where there is none
/// what no other object holds.
pub(super) fn find_roots(maquette: &mut Maquette<'_>) {
    let mut is_child = vec![false; maquette.objects.len()];
    for link in maquette.objects.iter().flat_map(|object| &object.children) {
        if let Child::Object(child) = link.child {
            is_child[child.index()] = true;
        }
    }
    let tops: Vec<_> = maquette.roots.iter().copied().filter(|id| !is_child[id.index()]).collect();
    let is_formation =
        |id: &ObjectId| maquette.objects[id.index()].kind == Some(ObjectKind::Formation);
    let formations: Vec<_> = tops.iter().copied().filter(is_formation).collect();
    let roots = if !formations.is_empty() {
        formations
    } else if !tops.is_empty() {
        tops
    } else {
        // They all hold each other.
        let first = maquette.roots.iter().copied().find(is_formation);
        first.or(maquette.roots.first().copied()).into_iter().collect()
    };
    let mut is_reached = vec![false; maquette.objects.len()];
    let mut reach = |root: ObjectId| {
        let mut next = vec![root];
        while let Some(id) = next.pop() {
            if !std::mem::replace(&mut is_reached[id.index()], true) {
                let children = maquette.objects[id.index()].children.iter();
                next.extend(children.filter_map(|link| match link.child {
                    Child::Object(child) => Some(child),
                    Child::Missing(_) | Child::LeftOut => None,
                }));
            }
        }
    };
    for &root in &roots {
        reach(root);
    }
    let others = maquette.roots.iter().copied().filter(|id| !is_reached[id.index()]);
    for id in others.collect::<Vec<_>>() {
        let at = maquette.objects[id.index()].at;
        maquette.issues.push(Issue { object: id, kind: IssueKind::Unreachable, at });
    }
    maquette.roots = roots;
}

/// Fills in what a tree does not say from the details of its objects.
///
/// None where the details are those of other objects.
pub(super) fn complete<'t>(
    mut tree: Maquette<'t>,
    mut details: Maquette<'t>,
) -> Option<Maquette<'t>> {
    let mut by_id = HashMap::new();
    let mut by_code = HashMap::new();
    for (at, object) in details.objects.iter().enumerate() {
        if let Some(id) = &object.id {
            by_id.entry(id.clone()).or_insert(at);
        }
        if !object.code.is_empty() {
            by_code.entry(object.code.clone()).or_insert(at);
        }
    }
    // The object of the tree that an object of the details belongs to.
    let mut belongs: HashMap<usize, ObjectId> = HashMap::new();
    for (at, object) in tree.objects.iter_mut().enumerate() {
        let id = ObjectId::new(at);
        let found =
            object.id.as_ref().and_then(|id| by_id.get(id)).or_else(|| by_code.get(&object.code));
        match found {
            Some(&found) => {
                fill_in(object, &details.objects[found]);
                tree.details.insert(id, details.objects[found].at);
                belongs.entry(found).or_insert(id);
            }
            None => {
                tree.issues.push(Issue { object: id, kind: IssueKind::NoDetails, at: object.at });
            }
        }
    }
    for issue in details.issues.drain(..) {
        // The tree says what belongs to it.
        if let Some(&object) = belongs.get(&issue.object.index())
            && !matches!(issue.kind, IssueKind::Unreachable)
        {
            tree.issues.push(Issue { object, ..issue });
        }
    }
    tree.inputs.append(&mut details.inputs);
    (!belongs.is_empty()).then_some(tree)
}

fn fill_in<'t>(object: &mut Object<'t>, details: &Object<'t>) {
    fn or<T: Clone>(value: &mut Option<T>, other: Option<&T>) {
        if value.is_none() {
            *value = other.cloned();
        }
    }
    if object.code.is_empty() {
        object.code.clone_from(&details.code);
    }
    or(&mut object.kind, details.kind.as_ref());
    or(&mut object.object_type, details.object_type.as_ref());
    or(&mut object.nature, details.nature.as_ref());
    or(&mut object.short_label, details.short_label.as_ref());
    or(&mut object.long_label, details.long_label.as_ref());
    or(&mut object.ects, details.ects.as_ref());
    or(&mut object.description, details.description.as_ref());
    or(&mut object.range, details.range.as_ref());
    or(&mut object.structure, details.structure.as_ref());
    or(&mut object.internship, details.internship.as_ref());
    or(&mut object.shared, details.shared.as_ref());
    or(&mut object.sise, details.sise.as_ref());
    if object.overrides.is_empty() {
        object.overrides.clone_from(&details.overrides);
    }
}
