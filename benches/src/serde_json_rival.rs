//! A maquette through serde into types of its own: what most programs would do. It knows the members that an
//! import needs, no places, no shape but one, and stops at the first value that it does not expect.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "read to be there")]
pub(crate) struct Node {
    id: Option<String>,
    code: String,
    #[serde(default)]
    mutualise: bool,
    r#type: Type,
    descripteurs_objet_maquette: Descriptors,
    descripteurs_syllabus: Option<Syllabus>,
    descripteurs_enquete: Option<Surveys>,
    enfants: Vec<Link>,
}

#[derive(Deserialize)]
#[expect(clippy::enum_variant_names, reason = "the words of the format")]
enum Type {
    FormationEntity,
    ObjetFormationEntity,
    GroupementEntity,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "read to be there")]
struct Descriptors {
    libelle: Option<String>,
    libelle_long: Option<String>,
    ects: Option<f64>,
    nature: Option<String>,
    type_formation: Option<String>,
    type_objet_formation: Option<String>,
    structure_principale: Option<String>,
    stage: Option<bool>,
    plage_de_choix: Option<Range>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct Range {
    min: Option<u32>,
    max: Option<u32>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "read to be there")]
struct Syllabus {
    description: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "read to be there")]
struct Surveys {
    enquete_sise: Option<Sise>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "read to be there")]
struct Sise {
    type_diplome: Option<String>,
    domaine_formation: Option<String>,
    mention: Option<String>,
    champ_formation: Option<String>,
    niveau_diplome: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "read to be there")]
struct Link {
    obligatoire: bool,
    objet_maquette: Node,
}

impl Node {
    /// How many nodes there are from this one down.
    pub(crate) fn count(&self) -> u64 {
        1 + self.enfants.iter().map(|link| link.objet_maquette.count()).sum::<u64>()
    }
}
