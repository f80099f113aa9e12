//! What a content of the catalogue is made of.
//!
//! The names of the fields are those of the programme's data ("Strategic fields"), in snake case. Values
//! that come from a reference table are the Ametys codes of its entries.

use std::fmt;
use std::ops::{Bound, RangeBounds};

use crate::{Code, Credits, Kind};

/// A content of the catalogue: a node that may have several parents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Ametys code, unique in a catalogue.
    pub code: Code,
    /// Title.
    pub title: String,
    /// Pégase synchronization code. Only who has the right to modify Pégase fields may change it.
    pub sync_code: Option<Code>,
    /// Codes of the children, in order.
    pub children: Vec<Code>,
    /// Components that offer it: codes of `OrgUnit`s. Programs, subprograms and courses have them.
    pub org_units: Vec<Code>,
    /// Persons in charge, by role.
    pub contacts: Vec<Contact>,
    /// Catalogue that it belongs to, such as a year.
    pub catalog: Option<Code>,
    /// Language of the content, such as `fr`.
    pub language: Option<Code>,
    /// What it is, with the fields of that kind.
    pub element: Element,
}

impl Content {
    /// A content without children.
    pub fn new(code: impl Into<Code>, title: impl Into<String>, element: Element) -> Self {
        Self {
            code: code.into(),
            title: title.into(),
            sync_code: None,
            children: Vec::new(),
            org_units: Vec::new(),
            contacts: Vec::new(),
            catalog: None,
            language: None,
            element,
        }
    }

    /// The same content with these children.
    #[must_use]
    pub fn with_children<C: Into<Code>>(mut self, codes: impl IntoIterator<Item = C>) -> Self {
        self.children = codes.into_iter().map(Into::into).collect();
        self
    }

    /// Whether it is a list that was made for courses without a grouping: it is not known to Pégase.
    pub fn is_automatic_list(&self) -> bool {
        matches!(&self.element, Element::CourseList(list) if list.origin == Some(ListOrigin::Auto))
    }

    /// What it is.
    pub const fn kind(&self) -> Kind {
        match self.element {
            Element::Program(_) => Kind::Program,
            Element::SubProgram(_) => Kind::SubProgram,
            Element::Container(_) => Kind::Container,
            Element::CourseList(_) => Kind::CourseList,
            Element::Course(_) => Kind::Course,
        }
    }
}

/// The fields of one kind of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// A programme.
    Program(Box<Program>),
    /// A path through a programme.
    SubProgram(Box<SubProgram>),
    /// A year, a semester or another part.
    Container(Container),
    /// A list of courses.
    CourseList(CourseList),
    /// A course.
    Course(Course),
}

/// Persons in charge in one role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Contact {
    /// The role.
    #[cfg_attr(feature = "serde", serde(default))]
    pub role: Option<Code>,
    /// References to contents of type `Person`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub persons: Vec<Code>,
}

/// Fields of a programme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Program {
    /// Diploma (table `Degree`).
    pub degree: Option<Code>,
    /// Ministerial domains (table `Domain`); the first one is exported.
    pub domain: Vec<Code>,
    /// Mention (table `Mention`).
    pub mention: Option<Code>,
    /// Speciality.
    pub speciality: Option<String>,
    /// Training fields (table `ProgramField`).
    pub program_field: Vec<Code>,
    /// RNCP levels (table `RncpLevel`).
    pub rncp_level: Vec<Code>,
    /// RNCP codes.
    pub rncp_code: Vec<Code>,
    /// Target levels of study (table `Level`).
    pub education_level: Vec<Code>,
    /// Levels required to enter (table `Level`).
    pub education_entry_level: Vec<Code>,
    /// Nature of diploma (table `DiplomaNature`).
    pub diploma_nature: Option<Code>,
    /// Number of credits: an entry of table `Ects`, whose code is the number.
    pub ects: Option<Code>,
    /// The number of credits, as Pégase has it, whether or not the table has an entry for it.
    pub credits: Option<Credits>,
    /// Duration (a reference table).
    pub duration: Option<Code>,
    /// Type of training (a reference table).
    pub education_kind: Option<Code>,
    /// Presentation, as plain text.
    pub presentation: Option<String>,
    /// Version in Pégase, from 1. Versions exist in the COF generation only.
    pub pegase_version: Option<u32>,
}

/// Fields of a path through a programme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubProgram {
    /// Type of the object in Pégase: `PARCOURS-TYPE`, `OPTION`, `SPECIALITE` or one of the institution.
    pub pegase_type: Option<Code>,
    /// Ministerial domains (table `Domain`).
    pub domain: Vec<Code>,
    /// Speciality.
    pub speciality: Option<String>,
    /// Training fields (table `ProgramField`).
    pub program_field: Vec<Code>,
    /// Levels required to enter (table `Level`).
    pub education_entry_level: Vec<Code>,
    /// Number of credits: an entry of table `Ects`.
    pub ects: Option<Code>,
    /// The number of credits, as Pégase has it.
    pub credits: Option<Credits>,
    /// Presentation, as plain text.
    pub presentation: Option<String>,
}

/// Fields of a container.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Container {
    /// Nature.
    pub nature: Option<ContainerNature>,
    /// Period (table `Period`). Pégase knows none.
    pub period: Option<Code>,
    /// Credits.
    pub credits: Option<Credits>,
    /// Description.
    pub description: Option<String>,
    /// Type of the object in Pégase where it is not `ANNEE` or `SEMESTRE`; none for a grouping.
    pub pegase_type: Option<Code>,
    /// Choice range of the grouping that became this container: a container has none, so it is kept
    /// for the way back.
    pub pegase_range: Option<ChoiceRange>,
}

/// Nature of a container.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ContainerNature {
    /// A year.
    Year,
    /// A semester.
    Semester,
    /// Another one: an Ametys code of table `ContainerNature`.
    Other(Code),
}

impl ContainerNature {
    /// `year`, `semester`, or the Ametys code.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Year => "year",
            Self::Semester => "semester",
            Self::Other(code) => code,
        }
    }
}

impl From<&str> for ContainerNature {
    fn from(text: &str) -> Self {
        match text {
            "year" => Self::Year,
            "semester" => Self::Semester,
            other => Self::Other(other.into()),
        }
    }
}

impl fmt::Display for ContainerNature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Fields of a list of courses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CourseList {
    /// How many of the courses have to be taken.
    pub choice: Option<ChoiceType>,
    /// Where the list comes from, if it was imported from Pégase.
    pub origin: Option<ListOrigin>,
}

/// How many of the courses of a list have to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChoiceType {
    /// All.
    Mandatory,
    /// None has to be.
    Optional,
    /// Some, within a range.
    Choice(ChoiceRange),
}

impl ChoiceType {
    /// `MANDATORY`, `OPTIONAL` or `CHOICE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mandatory => "MANDATORY",
            Self::Optional => "OPTIONAL",
            Self::Choice(_) => "CHOICE",
        }
    }
}

/// The smallest and the largest number of children to choose. An absent bound is not zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ChoiceRange {
    /// At least so many.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub min: Option<u32>,
    /// At most so many.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub max: Option<u32>,
}

impl fmt::Display for ChoiceRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (Some(min), Some(max)) => write!(f, "{min} to {max}"),
            (Some(min), None) => write!(f, "at least {min}"),
            (None, Some(max)) => write!(f, "at most {max}"),
            (None, None) => f.write_str("any number"),
        }
    }
}

impl ChoiceRange {
    /// The range with these bounds: `1..=2`, `1..`, `..=2`.
    pub fn new(bounds: impl RangeBounds<u32>) -> Self {
        let min = match bounds.start_bound() {
            Bound::Included(min) => Some(*min),
            Bound::Excluded(below) => Some(below.saturating_add(1)),
            Bound::Unbounded => None,
        };
        let max = match bounds.end_bound() {
            Bound::Included(max) => Some(*max),
            Bound::Excluded(above) => Some(above.saturating_sub(1)),
            Bound::Unbounded => None,
        };
        Self { min, max }
    }

    /// Whether the bounds contradict each other, or ask for more children than there are.
    pub fn is_invalid_for(self, children: usize) -> bool {
        let is_reversed = matches!((self.min, self.max), (Some(min), Some(max)) if min > max);
        let most = self.max.max(self.min).unwrap_or_default();
        is_reversed || usize::try_from(most).is_ok_and(|most| most > children)
    }
}

/// Where a list of courses comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum ListOrigin {
    /// It was made for courses that stood in no grouping. It has no synchronization code.
    Auto,
    /// It is a grouping of Pégase.
    Grouping,
}

impl ListOrigin {
    /// `auto` or `grouping`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Grouping => "grouping",
        }
    }
}

/// Fields of a course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// Nature.
    pub nature: Option<CourseNature>,
    /// Type of the object in Pégase: `UE`, `EC`, `ENS` or one of the institution.
    pub pegase_type: Option<Code>,
    /// Credits.
    pub credits: Option<Credits>,
    /// Description.
    pub description: Option<String>,
    /// Whether it is an internship, « stage ».
    pub internship: bool,
    /// References to contents of type `CoursePart`: hours of teaching.
    pub course_parts: Vec<Code>,
}

/// Nature of a course.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CourseNature {
    /// Teaching unit, « unité d'enseignement ».
    Ue,
    /// Constituent of a unit, « élément constitutif ».
    Ec,
    /// Another one: an Ametys code of table `CourseNature`.
    Other(Code),
}

impl CourseNature {
    /// `UE`, `EC`, or the Ametys code.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Ue => "UE",
            Self::Ec => "EC",
            Self::Other(code) => code,
        }
    }
}

impl From<&str> for CourseNature {
    fn from(text: &str) -> Self {
        match text {
            "UE" => Self::Ue,
            "EC" => Self::Ec,
            other => Self::Other(other.into()),
        }
    }
}

impl fmt::Display for CourseNature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_cannot_be_met() {
        for (range, children, is_invalid) in [
            (ChoiceRange::new(1..=2), 2, false),
            (ChoiceRange::new(1..=3), 2, true),
            (ChoiceRange::new(3..), 2, true),
            (ChoiceRange::new(..2), 1, false),
            (ChoiceRange::new(..), 0, false),
            (ChoiceRange { min: Some(2), max: Some(1) }, 5, true),
            (ChoiceRange { min: Some(0), max: None }, 0, false),
        ] {
            assert_eq!(range.is_invalid_for(children), is_invalid, "{range:?} of {children}");
        }
    }
}
