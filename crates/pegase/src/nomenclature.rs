//! Entries of Pégase's nomenclatures (module REF).

use edu_syntax::Decoded;
use odf_model::Code;

use crate::json::{Fault, Json, Kind};
use crate::read::{Recognised, recognise};
use crate::values::{self, Page, code, enters, flag, text};
use crate::{Category, ObjectTypes, ReadError};

/// The members of a page that hold its entries.
const LISTS: [&str; 2] = ["nomenclatures", "items"];

/// The nomenclature of the types of objects.
const OBJECT_TYPES: &str = "TypeObjetFormation";

/// Entries of nomenclatures, of one or of several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nomenclatures {
    entries: Vec<NomenclatureEntry>,
    pages: Vec<Page>,
}

/// An entry of a nomenclature.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct NomenclatureEntry {
    /// Which nomenclature it is of, `typeNomenclature`: `TypeDiplome`, `DomaineFormation`.
    pub nomenclature: Option<String>,
    /// Its code.
    pub code: Option<Code>,
    /// Short label, `libelleCourt`.
    pub short_label: Option<String>,
    /// Long label, `libelleLong`.
    pub long_label: Option<String>,
    /// Label to show, `libelleAffichage`.
    pub display_label: Option<String>,
    /// First day on which it is valid, as it is written.
    pub valid_from: Option<String>,
    /// Last day on which it is valid, as it is written; none where there is no end.
    pub valid_until: Option<String>,
    /// Whether people see it, `temoinVisible`.
    pub is_visible: Option<bool>,
    /// Whether Pégase delivers it, `temoinLivre`; the others are the institution's own.
    pub is_delivered: Option<bool>,
    /// Code in the national nomenclatures, `codeBcn`.
    pub bcn_code: Option<Code>,
    /// Category of a type of objects, `categorieObjet`, as it is written.
    pub object_category: Option<String>,
    /// Cursus of a type of diploma, `cursusFormation`.
    pub cursus: Option<Code>,
    /// Level of training of a type of diploma, `niveauFormation`.
    pub level: Option<Code>,
    /// Nature of a type of diploma, `natureDiplome`.
    pub nature: Option<Code>,
}

impl NomenclatureEntry {
    /// The label that says most: to show, long, short.
    pub fn label(&self) -> Option<&str> {
        [&self.display_label, &self.long_label, &self.short_label]
            .into_iter()
            .find_map(|label| label.as_deref())
    }

    /// The category of a type of objects; none where there is none, or one that is not known.
    pub fn category(&self) -> Option<Category> {
        Category::parse(self.object_category.as_deref()?)
    }
}

impl Nomenclatures {
    /// Reads a single entry, a list of entries, or a page of them.
    ///
    /// # Errors
    /// The text is not JSON, or no nomenclature.
    pub fn read(decoded: &Decoded<'_>) -> Result<Self, ReadError> {
        let content = recognise(decoded)?;
        if content != Recognised::Nomenclatures && !values::is_empty(decoded, &LISTS) {
            return Err(ReadError::not(&content, "a nomenclature", decoded));
        }
        values::whole(decoded, |json| {
            let mut read = Self::default();
            let page = values::entries(json, &LISTS, |json, _| {
                read.entries.extend(entry(json)?);
                Ok(())
            })?;
            read.pages.extend(page);
            Ok(read)
        })
    }

    /// The entries, in their order.
    pub fn entries(&self) -> &[NomenclatureEntry] {
        &self.entries
    }

    /// The entries of one nomenclature, such as `TypeDiplome`.
    pub fn of<'a>(&'a self, nomenclature: &'a str) -> impl Iterator<Item = &'a NomenclatureEntry> {
        self.entries.iter().filter(move |entry| entry.nomenclature.as_deref() == Some(nomenclature))
    }

    /// What the pages say of themselves; a single entry or a bare list is no page.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The delivered types of objects, with those of the nomenclature `TypeObjetFormation`, which win. One
    /// whose [`category`](NomenclatureEntry::category) is not known is left out.
    pub fn object_types(&self) -> ObjectTypes {
        self.of(OBJECT_TYPES).fold(ObjectTypes::new(), |types, entry| {
            match (&entry.code, entry.category()) {
                (Some(code), Some(category)) => types.with(code.as_str(), category),
                _ => types,
            }
        })
    }
}

/// Adds what other answers have.
impl Extend<Nomenclatures> for Nomenclatures {
    fn extend<I: IntoIterator<Item = Nomenclatures>>(&mut self, answers: I) {
        for answer in answers {
            self.entries.extend(answer.entries);
            self.pages.extend(answer.pages);
        }
    }
}

impl FromIterator<Nomenclatures> for Nomenclatures {
    fn from_iter<I: IntoIterator<Item = Nomenclatures>>(answers: I) -> Self {
        let mut all = Self::default();
        all.extend(answers);
        all
    }
}

/// An entry; what is no object is none.
fn entry(json: &mut Json<'_>) -> Result<Option<NomenclatureEntry>, Fault> {
    if !enters(json, Kind::Object)? {
        return Ok(None);
    }
    let mut entry = NomenclatureEntry::default();
    while let Some(name) = json.member()? {
        match &*name {
            "typeNomenclature" => entry.nomenclature = text(json)?,
            "code" => entry.code = text(json)?.map(Code::from),
            "libelleCourt" => entry.short_label = text(json)?,
            "libelleLong" => entry.long_label = text(json)?,
            "libelleAffichage" => entry.display_label = text(json)?,
            "dateDebutValidite" => entry.valid_from = text(json)?,
            "dateFinValidite" => entry.valid_until = text(json)?,
            "temoinVisible" => entry.is_visible = flag(json)?,
            "temoinLivre" => entry.is_delivered = flag(json)?,
            "codeBcn" => entry.bcn_code = text(json)?.map(Code::from),
            "categorieObjet" => entry.object_category = text(json)?,
            "cursusFormation" => entry.cursus = code(json)?,
            "niveauFormation" => entry.level = code(json)?,
            "natureDiplome" => entry.nature = code(json)?,
            _ => json.skip()?,
        }
    }
    Ok(Some(entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Nomenclatures {
        Nomenclatures::read(&Decoded::from(text)).expect("nomenclatures")
    }

    #[test]
    fn a_single_entry_with_nested_ones() {
        let read = read(
            r#"{"typeNomenclature": "TypeDiplome", "code": "TYD001", "libelleCourt": "A", "libelleLong": "B",
            "libelleAffichage": null, "dateDebutValidite": "1900-01-01", "dateFinValidite": null,
            "temoinVisible": true, "temoinLivre": false, "codeBcn": "ND",
            "cursusFormation": {"typeNomenclature": "CursusFormation", "code": "GRC001"},
            "niveauFormation": {"code": "NIF004"}, "natureDiplome": "NAD001"}"#,
        );
        let [entry] = read.entries() else { panic!("{read:?}") };
        let codes = [&entry.code, &entry.cursus, &entry.level, &entry.nature, &entry.bcn_code];
        let codes: Vec<_> =
            codes.into_iter().map(|code| code.as_deref().expect("a code")).collect();
        assert_eq!(codes, ["TYD001", "GRC001", "NIF004", "NAD001", "ND"]);
        assert_eq!((entry.label(), entry.valid_from.as_deref()), (Some("B"), Some("1900-01-01")));
        assert_eq!((entry.valid_until.as_deref(), entry.is_visible), (None, Some(true)));
        assert_eq!((entry.is_delivered, read.pages().len()), (Some(false), 0));
    }

    #[test]
    fn types_of_objects_from_a_page() {
        let read = read(
            r#"{"nbTotalOccurences": 4, "nbTotalPages": 1, "nbOccurences": 50, "numPage": 1, "nomenclatures": [
            {"typeNomenclature": "TypeObjetFormation", "code": "CONF", "categorieObjet": "Objet pédagogique"},
            {"typeNomenclature": "TypeObjetFormation", "code": "UE", "categorieObjet": "OBJET_ORGANISATIONNEL"},
            {"typeNomenclature": "TypeObjetFormation", "code": "X", "categorieObjet": "Objet inconnu"},
            {"typeNomenclature": "TypeFormation", "code": "EC", "categorieObjet": "OO"}, null, 3]}"#,
        );
        let types = read.object_types();
        let categories = ["CONF", "UE", "X", "EC", "ANNEE"]
            .map(|code| types.category(code).map(Category::as_str));
        assert_eq!(categories, [Some("OP"), Some("OO"), None, Some("OP"), Some("OTT")]);
        assert_eq!((read.entries().len(), read.of("TypeFormation").count()), (4, 1));
        let page = read.pages()[0];
        assert_eq!(
            (page.number, page.size, page.total_pages, page.total),
            (Some(1), Some(50), Some(1), Some(4))
        );
    }

    #[test]
    fn what_is_none() {
        assert!(read("[]").entries().is_empty());
        assert!(read(r#"{"nomenclatures": null}"#).entries().is_empty());
        for text in ["{}", r#"{"racine": {}}"#, r#"[{"code": "A", "version": 1}]"#, "null", "[{}]"]
        {
            assert!(Nomenclatures::read(&Decoded::from(text)).is_err(), "{text}");
        }
        let error = Nomenclatures::read(&Decoded::from("[{\"typeNomenclature\": \"X\","))
            .expect_err("cut off");
        assert!(matches!(error, ReadError::Json { .. }), "{error}");
    }

    #[test]
    fn depth_is_harmless() {
        let deep = format!("{}1{}", "{\"code\":".repeat(10_000), "}".repeat(10_000));
        let read = read(&format!(
            r#"{{"typeNomenclature": "X", "code": {deep}, "cursusFormation": {deep}}}"#
        ));
        assert_eq!((&read.entries()[0].code, &read.entries()[0].cursus), (&None, &None));
    }
}
