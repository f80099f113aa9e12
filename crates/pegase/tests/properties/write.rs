//! A maquette, written in each shape.

use serde_json::{Map, Value, json};

use crate::maquette::{Abstract, Object, code};

fn members(pairs: Vec<(&str, Value)>) -> Value {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

fn range(object: &Object) -> Value {
    object.range.map_or(Value::Null, |(min, max)| json!({"min": min, "max": max}))
}

fn description(object: &Object) -> Value {
    json!({"description": object.description.then_some("Some words.")})
}

pub(crate) fn nested(it: &Abstract, number: usize) -> Value {
    let object = &it.objects[number];
    let (kind, name) = match object.what {
        "F" => ("FormationEntity", "typeFormation"),
        "G" => ("GroupementEntity", "nature"),
        _ => ("ObjetFormationEntity", "typeObjetFormation"),
    };
    let object_type = match object.what {
        "F" => json!(it.formation),
        "G" => Value::Null,
        what => json!(what),
    };
    let children: Vec<_> = object
        .children
        .iter()
        .map(|(child, is_mandatory)| {
            json!({"obligatoire": is_mandatory, "objetMaquette": nested(it, *child)})
        })
        .collect();
    let descriptors = members(vec![
        ("libelle", json!(format!("Short {number}"))),
        ("libelleLong", json!(format!("Long {number}"))),
        (name, object_type),
        ("ects", json!(object.ects)),
        ("plageDeChoix", range(object)),
    ]);
    json!({
        "id": format!("id-{number}"), "code": code(number), "type": kind,
        "descripteursObjetMaquette": descriptors,
        "descripteursSyllabus": description(object), "enfants": children
    })
}

pub(crate) fn details(it: &Abstract) -> Value {
    let object = |(number, object): (usize, &Object)| {
        let (kind, object_type) = match object.what {
            "F" => ("FORMATION", json!({"type": "TypeFormation", "code": it.formation})),
            "G" => ("GROUPEMENT", Value::Null),
            what => ("OBJET-FORMATION", json!({"type": "TypeObjetFormation", "code": what})),
        };
        let children: Vec<_> = object
            .children
            .iter()
            .map(|(child, is_mandatory)| {
                json!({"id": format!("id-{child}"), "obligatoire": is_mandatory})
            })
            .collect();
        json!({
            "id": format!("id-{number}"), "typeObjetMaquette": kind, "code": code(number),
            "enfants": children,
            "descripteursObjetMaquette": {
                "typeObjetMaquette": kind,
                "libelle": format!("Short {number}"), "libelleLong": format!("Long {number}"),
                "type": object_type, "ects": object.ects, "plageDeChoix": range(object)
            },
            "descripteursSyllabus": description(object)
        })
    };
    it.objects.iter().enumerate().map(object).collect()
}

pub(crate) fn structure(it: &Abstract, number: usize) -> Value {
    let object = &it.objects[number];
    let (class, object_type) = match object.what {
        "F" => ("F", None),
        "G" => ("G", None),
        what => ("OF", Some(what)),
    };
    let children: Vec<_> = object
        .children
        .iter()
        .map(|(child, is_mandatory)| {
            json!({
                "id": format!("id-{child}"), "obligatoire": is_mandatory,
                "objetMaquette": structure(it, *child)
            })
        })
        .collect();
    json!({
        "id": format!("id-{number}"), "classe": class, "type": object_type, "code": code(number),
        "libelle": format!("Short {number}"), "pia": {"actif": false}, "valide": false,
        "ects": object.ects, "enfants": children
    })
}

pub(crate) fn tree(it: &Abstract, number: usize, is_mandatory: Option<bool>) -> Value {
    let object = &it.objects[number];
    let list = |of_groupings: bool| -> Value {
        let is_of = |(child, _): &&(usize, bool)| (it.objects[*child].what == "G") == of_groupings;
        let children = object.children.iter().filter(is_of);
        children.map(|(child, is_mandatory)| tree(it, *child, Some(*is_mandatory))).collect()
    };
    let object_type = match object.what {
        "F" => json!({"code": it.formation}),
        "G" => Value::Null,
        what => json!({"code": what, "libelleCourt": what}),
    };
    let (min, max) = object.range.unwrap_or_default();
    members(vec![
        ("code", json!(code(number))),
        ("libelleCourt", json!(format!("Short {number}"))),
        ("libelleLong", json!(format!("Long {number}"))),
        ("description", json!(object.description.then_some("Some words."))),
        ("type", object_type),
        ("caractereObligatoire", json!(is_mandatory)),
        ("creditEcts", json!(object.ects.map(|ects| ects.to_string()))),
        ("plageChoix", json!(object.range.is_some())),
        ("plageMin", json!(min)),
        ("plageMax", json!(max)),
        ("listeObjetFormation", list(false)),
        ("listeGroupement", list(true)),
    ])
}
