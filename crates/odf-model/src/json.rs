//! Catalogues and reference tables as JSON (feature `serde`).
//!
//! A catalogue is `{"version": 1, "nodes": […]}`, its contents in order. A node is flat:
//!
//! | kind | members between `title` and `children` |
//! | --- | --- |
//! | `Program` | `diploma_nature`, `ects` (number of credits), `fields`; `pegase_version` |
//! | `SubProgram` | `pegase_type`, `ects`; `ects_entry`, `domain`, `speciality`, `program_field`, `education_entry_level`, `presentation` |
//! | `Container` | `nature`, `period`, `ects`; `pegase_type`, `description`, `pegase_range` |
//! | `CourseList` | `choice` (`{"type": "CHOICE", "min": 1, "max": 2}`, `MANDATORY`, `OPTIONAL`); `origin` |
//! | `Course` | `pegase_type`, `nature`, `ects`; `internship`, `description`, `course_parts` |
//! | all | `sync_code`, `org_units`, `contacts`, `catalog`, `language` |
//!
//! `fields` of a programme are its values from reference tables: `degree`, `domain`, `mention`,
//! `program_field`, `rncp_level` (one as text, several as an array), `diploma_nature`, `ects` (the entry);
//! and `description` (the presentation), `speciality`, `rncp_code`, `education_level`,
//! `education_entry_level`, `duration`, `education_kind`.
//!
//! Members before a semicolon are always written, `null` if there is nothing; the others where there is
//! something. `sync_code` is written where it is not the code itself, `null` if there is none; without the
//! member it is the code. Lists of origin `auto` have none unless it is written.
//!
//! When reading, members that are not known are passed over, absent ones are empty, `version` may be absent,
//! and a code that is there twice is an error.
//!
//! Reference tables are an object with an array of entries for each id. A member `object_types` is no table and
//! is passed over.

mod node;
mod values;

use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Catalogue, Content, Entry, Missing, Tables};

/// The version of the form that is written, and the only one that is read.
const VERSION: u64 = 1;

/// A member of reference tables that is no table: the object types of an institution.
const OBJECT_TYPES: &str = "object_types";

impl Serialize for Catalogue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Catalogue", 2)?;
        out.serialize_field("version", &VERSION)?;
        out.serialize_field("nodes", &Nodes(self))?;
        out.end()
    }
}

struct Nodes<'c>(&'c Catalogue);

impl Serialize for Nodes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter())
    }
}

impl<'de> Deserialize<'de> for Catalogue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct File {
            version: Option<u64>,
            nodes: Vec<Content>,
        }
        let file = File::deserialize(deserializer)?;
        if let Some(version) = file.version.filter(|version| *version != VERSION) {
            return Err(D::Error::custom(format_args!(
                "version {version} of a catalogue is not known, only {VERSION} is"
            )));
        }
        let mut catalogue = Self::new();
        for content in file.nodes {
            if let Some(first) = catalogue.insert(content) {
                let code = first.code;
                return Err(D::Error::custom(format_args!("the code `{code}` is there twice")));
            }
        }
        Ok(catalogue)
    }
}

impl Serialize for Tables {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(id, table)| (id, table.entries())))
    }
}

impl<'de> Deserialize<'de> for Tables {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Tables;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of reference tables")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tables, A::Error> {
                let mut tables = Tables::new();
                while let Some(id) = members.next_key::<String>()? {
                    if id == OBJECT_TYPES {
                        members.next_value::<IgnoredAny>()?;
                    } else {
                        tables = tables.with(id, members.next_value::<Vec<Entry>>()?);
                    }
                }
                Ok(tables)
            }
        }

        deserializer.deserialize_map(Members)
    }
}

impl Serialize for Missing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.content, self.field).serialize(serializer)
    }
}
