//! Words of Pégase: categories of objects, and the form of codes.

use std::collections::HashMap;
use std::fmt;

/// The category of an object of a maquette (nomenclature `TypeObjetFormation`, member `categorieObjet`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Category {
    /// A year or a semester, « objet temporel théorique » (OTT).
    #[cfg_attr(feature = "serde", serde(rename = "OTT"))]
    Temporal,
    /// A path, an option, a speciality, « objet organisationnel » (OO).
    #[cfg_attr(feature = "serde", serde(rename = "OO"))]
    Organisational,
    /// A unit of teaching, « objet pédagogique » (OP).
    #[cfg_attr(feature = "serde", serde(rename = "OP"))]
    Pedagogical,
}

impl Category {
    /// The short form: `OTT`, `OO`, `OP`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Temporal => "OTT",
            Self::Organisational => "OO",
            Self::Pedagogical => "OP",
        }
    }

    /// Reads any of the ways in which Pégase writes a category: `OTT`, `OBJET_TEMPOREL_THEORIQUE`,
    /// `Objet temporel théorique`.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text
            .trim()
            .chars()
            .map(|c| match c {
                '_' | '-' => ' ',
                'é' | 'É' => 'E',
                c => c.to_ascii_uppercase(),
            })
            .collect();
        match plain.as_str() {
            "OTT" | "OBJET TEMPOREL THEORIQUE" => Some(Self::Temporal),
            "OO" | "OBJET ORGANISATIONNEL" => Some(Self::Organisational),
            "OP" | "OBJET PEDAGOGIQUE" => Some(Self::Pedagogical),
            _ => None,
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Which category each type of object belongs to.
///
/// Types are a table that institutions extend. The eight types that Pégase delivers are known: `ANNEE` and
/// `SEMESTRE` (OTT), `PARCOURS-TYPE`, `OPTION` and `SPECIALITE` (OO), `UE`, `EC` and `ENS` (OP).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectTypes {
    categories: HashMap<String, Category>,
}

impl Default for ObjectTypes {
    fn default() -> Self {
        let delivered = [
            ("ANNEE", Category::Temporal),
            ("SEMESTRE", Category::Temporal),
            ("PARCOURS-TYPE", Category::Organisational),
            ("OPTION", Category::Organisational),
            ("SPECIALITE", Category::Organisational),
            ("UE", Category::Pedagogical),
            ("EC", Category::Pedagogical),
            ("ENS", Category::Pedagogical),
        ];
        Self { categories: delivered.map(|(code, category)| (code.to_owned(), category)).into() }
    }
}

impl ObjectTypes {
    /// The delivered types.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a type, in place of one with the same code.
    #[must_use]
    pub fn with(mut self, code: impl Into<String>, category: Category) -> Self {
        self.categories.insert(code.into(), category);
        self
    }

    /// The category of a type; none where the type is not known.
    pub fn category(&self, code: &str) -> Option<Category> {
        self.categories.get(code).copied()
    }
}

/// Most characters of a code.
pub const CODE_LENGTH: usize = 30;
/// Most characters of a short label.
pub const SHORT_LABEL_LENGTH: usize = 50;
/// Most characters of a long label.
pub const LONG_LABEL_LENGTH: usize = 150;
/// Most characters of a description.
pub const DESCRIPTION_LENGTH: usize = 2000;

/// Whether a code has the form that Pégase asks for: 1 to 30 of `A` to `Z`, digits and hyphen.
pub fn is_code(text: &str) -> bool {
    (1..=CODE_LENGTH).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
}
