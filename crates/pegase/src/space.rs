//! Spaces that maquettes live in.

use edu_syntax::Decoded;
use odf_model::Code;

use crate::ReadError;
use crate::json::{Fault, Json, Kind};
use crate::read::{Recognised, recognise};
use crate::values::{self, Page, enters, flag, text};

/// The member of a page that holds its spaces.
const LISTS: [&str; 1] = ["items"];

/// What a space is for, `typeEspace`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum SpaceKind {
    /// A space to work in, `BAC_A_SABLE`.
    Sandbox,
    /// A period, `PERIODE`.
    Period,
    /// Another word.
    Other(String),
}

impl SpaceKind {
    /// The word of Pégase.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sandbox => "BAC_A_SABLE",
            Self::Period => "PERIODE",
            Self::Other(word) => word,
        }
    }
}

impl From<String> for SpaceKind {
    fn from(word: String) -> Self {
        match word.as_str() {
            "BAC_A_SABLE" => Self::Sandbox,
            "PERIODE" => Self::Period,
            _ => Self::Other(word),
        }
    }
}

/// A space. Where it is named, its id is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Space {
    /// The identifier, opaque: `espaceId` elsewhere.
    pub id: Option<String>,
    /// What it is for.
    pub kind: Option<SpaceKind>,
    /// Code.
    pub code: Option<Code>,
    /// `libelleLong`, else `libelle`.
    pub label: Option<String>,
    /// University year of a period, as it is written.
    pub year: Option<String>,
    /// First day of a period, as it is written.
    pub start: Option<String>,
    /// Last day of a period, as it is written.
    pub end: Option<String>,
    /// Whether a period is active.
    pub is_active: Option<bool>,
}

impl Space {
    /// Reads a page or a list of spaces, or a single one, with what the page says of itself.
    ///
    /// # Errors
    /// The text is not JSON, or there are no spaces in it.
    pub fn read_all(decoded: &Decoded<'_>) -> Result<(Vec<Self>, Option<Page>), ReadError> {
        let content = recognise(decoded)?;
        if content != Recognised::Spaces && !values::is_empty(decoded, &LISTS) {
            return Err(ReadError::not(&content, "a list of spaces", decoded));
        }
        values::whole(decoded, |json| {
            let mut spaces = Vec::new();
            let page = values::entries(json, &LISTS, |json, _| {
                spaces.extend(space(json)?);
                Ok(())
            })?;
            Ok((spaces, page))
        })
    }
}

/// A space; what is no object is none.
fn space(json: &mut Json<'_>) -> Result<Option<Space>, Fault> {
    if !enters(json, Kind::Object)? {
        return Ok(None);
    }
    let mut space = Space::default();
    let mut short_label = None;
    while let Some(name) = json.member()? {
        match &*name {
            "id" => space.id = text(json)?,
            "typeEspace" => space.kind = text(json)?.map(SpaceKind::from),
            "code" => space.code = text(json)?.map(Code::from),
            "libelleLong" => space.label = text(json)?,
            "libelle" => short_label = text(json)?,
            "anneeUniversitaire" => space.year = text(json)?,
            "active" => space.is_active = flag(json)?,
            "validite" if enters(json, Kind::Object)? => {
                while let Some(name) = json.member()? {
                    match &*name {
                        "dateDebut" => space.start = text(json)?,
                        "dateFin" => space.end = text(json)?,
                        _ => json.skip()?,
                    }
                }
            }
            "validite" => {}
            _ => json.skip()?,
        }
    }
    space.label = space.label.or(short_label);
    Ok(Some(space))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_of_any_kind() {
        let text =
            r#"[{"id": "1", "typeEspace": "CALENDRIER", "validite": null, "libelle": "x"}, null]"#;
        let (spaces, page) = Space::read_all(&Decoded::from(text)).expect("spaces");
        let [space] = &spaces[..] else { panic!("{spaces:?}") };
        assert_eq!(space.kind.as_ref().map(SpaceKind::as_str), Some("CALENDRIER"));
        assert_eq!((space.label.as_deref(), page), (Some("x"), None));
        let (spaces, page) =
            Space::read_all(&Decoded::from(r#"{"items": [], "page": 0}"#)).expect("spaces");
        assert_eq!((spaces.len(), page.and_then(|page| page.number)), (0, Some(0)));
        assert!(Space::read_all(&Decoded::from(r#"[{"code": "A", "version": 1}]"#)).is_err());
    }
}
