//! Reference tables.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::Code;

/// Ids of the reference tables that this family knows, as Ametys names them.
pub mod table {
    /// Diplomas (`degree` of a programme).
    pub const DEGREE: &str = "odf-enumeration.Degree";
    /// Ministerial domains (`domain`).
    pub const DOMAIN: &str = "odf-enumeration.Domain";
    /// Mentions (`mention`).
    pub const MENTION: &str = "odf-enumeration.Mention";
    /// Training fields, « champs de formation » (`program_field`).
    pub const PROGRAM_FIELD: &str = "odf-enumeration.ProgramField";
    /// RNCP levels (`rncp_level`).
    pub const RNCP_LEVEL: &str = "odf-enumeration.RncpLevel";
    /// Levels of study (`education_level`).
    pub const LEVEL: &str = "odf-enumeration.Level";
    /// Natures of diploma (`diploma_nature`).
    pub const DIPLOMA_NATURE: &str = "odf-enumeration.DiplomaNature";
    /// Numbers of credits of a programme (`ects`).
    pub const ECTS: &str = "odf-enumeration.Ects";
    /// Natures of courses (`nature` of a course).
    pub const COURSE_NATURE: &str = "odf-enumeration.CourseNature";
    /// Natures of containers (`nature` of a container).
    pub const CONTAINER_NATURE: &str = "odf-enumeration.ContainerNature";

    /// All of them.
    pub const ALL: [&str; 10] = [
        DEGREE,
        DOMAIN,
        MENTION,
        PROGRAM_FIELD,
        RNCP_LEVEL,
        LEVEL,
        DIPLOMA_NATURE,
        ECTS,
        COURSE_NATURE,
        CONTAINER_NATURE,
    ];
}

/// An entry of a reference table ("Reference tables ODF").
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Entry {
    /// Ametys code, unique in its table.
    pub code: Code,
    /// Label.
    #[cfg_attr(feature = "serde", serde(default))]
    pub label: String,
    /// Pégase code.
    #[cfg_attr(feature = "serde", serde(default))]
    pub pegase_code: Option<Code>,
    /// Pégase code of the nature of diploma, in the table of diplomas.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub pegase_degree_nature: Option<Code>,
    /// Pégase code of the cursus, in the table of diplomas.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub pegase_cursus: Option<Code>,
    /// Place among the entries, for people to choose from.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub order: Option<i64>,
    /// Whether it can no longer be chosen. Values that name it stay.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_false"))]
    pub archived: bool,
}

#[cfg(feature = "serde")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "asked for by serde")]
fn is_false(it: &bool) -> bool {
    !it
}

impl Entry {
    /// An entry with a code and a label.
    pub fn new(code: impl Into<Code>, label: impl Into<String>) -> Self {
        Self { code: code.into(), label: label.into(), ..Self::default() }
    }
}

/// The entries of a reference table, in the order given, found by code.
///
/// Where a code is there twice, the first entry counts; [`rules::check_tables`](crate::rules::check_tables)
/// says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    entries: Vec<Entry>,
    by_code: HashMap<Code, usize>,
    by_pegase_code: HashMap<Code, usize>,
}

impl Table {
    /// The entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with an Ametys code.
    pub fn by_code(&self, code: &str) -> Option<&Entry> {
        self.entries.get(*self.by_code.get(code)?)
    }

    /// The entry with a Pégase code.
    pub fn by_pegase_code(&self, code: &str) -> Option<&Entry> {
        self.entries.get(*self.by_pegase_code.get(code)?)
    }
}

impl FromIterator<Entry> for Table {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut table = Self { entries: entries.into_iter().collect(), ..Self::default() };
        for (at, entry) in table.entries.iter().enumerate() {
            table.by_code.entry(entry.code.clone()).or_insert(at);
            // An empty field is one that was never filled in.
            if let Some(code) = entry.pegase_code.clone().filter(|code| !code.is_empty()) {
                table.by_pegase_code.entry(code).or_insert(at);
            }
        }
        table
    }
}

/// The reference tables of an Ametys site, by id (`odf-enumeration.Degree`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    tables: IndexMap<String, Table>,
}

impl Tables {
    /// No table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a table, in place of one with the same id.
    #[must_use]
    pub fn with(mut self, id: impl Into<String>, entries: impl IntoIterator<Item = Entry>) -> Self {
        self.tables.insert(id.into(), entries.into_iter().collect());
        self
    }

    /// The table with an id.
    pub fn get(&self, id: &str) -> Option<&Table> {
        self.tables.get(id)
    }

    /// Ids and tables, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Table)> {
        self.tables.iter().map(|(id, table)| (id.as_str(), table))
    }
}
