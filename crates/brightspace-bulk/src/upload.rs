//! What a record says, apart from where it stands.

use crate::codes::{LoadType, RepositoryId};
use crate::imsmd::Metadata;
use crate::model::{Field, Record};

/// A file to upload: what a [`Record`] says, complete, to be built, converted and written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The repository in which the object is created.
    pub repository: RepositoryId,
    /// Path and name of the file, as the server sees it.
    pub path: String,
    /// Where its metadata are.
    pub described: Described,
}

/// Where the metadata of an upload are: the three load types differ in this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Described {
    /// Type 1: in the package.
    ByPackage,
    /// Type 2: in the IMSMD file of this path.
    ByFile(String),
    /// Type 3: in the setup file itself.
    ByFields(Box<Metadata>),
}

impl Upload {
    /// The type of the setup files in which it can stand.
    pub fn load_type(&self) -> LoadType {
        match self.described {
            Described::ByPackage => LoadType::Package,
            Described::ByFile(_) => LoadType::XmlMetadata,
            Described::ByFields(_) => LoadType::CsvMetadata,
        }
    }
}

/// Why a record is not complete, so that nothing can be made of it without losing something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Incomplete {
    /// The file states no load type that is known.
    #[error("the load type is not known")]
    LoadType,
    /// The repository id is none (BR-R01).
    #[error("the repository id is no positive number")]
    RepositoryId,
    /// The path, or the metadata path, is missing (BR-R02).
    #[error("a path is missing")]
    Path,
    /// There are more fields than the type has (BR-R03).
    #[error("there are too many fields")]
    TooManyFields,
    /// A part of a value was left out, or may belong to another (BR-R04, BR-R05).
    #[error("the quotes around a value are damaged")]
    Quotes,
}

impl TryFrom<&Record<'_>> for Upload {
    type Error = Incomplete;

    /// Takes the values out of the text.
    fn try_from(record: &Record<'_>) -> Result<Self, Incomplete> {
        let load_type = record.load_type().ok_or(Incomplete::LoadType)?;
        if record.fields().any(Field::is_damaged) {
            return Err(Incomplete::Quotes);
        }
        if record.extra().next().is_some() {
            return Err(Incomplete::TooManyFields);
        }
        if record.path().is_empty()
            || (load_type == LoadType::XmlMetadata && record.metadata_path().is_empty())
        {
            return Err(Incomplete::Path);
        }
        let described = match load_type {
            LoadType::Package => Described::ByPackage,
            LoadType::XmlMetadata => Described::ByFile(record.metadata_path().value().to_owned()),
            LoadType::CsvMetadata => Described::ByFields(Box::new(Metadata {
                title: record.title().value().to_owned(),
                description: record.description().value().to_owned(),
                keyword: record.keyword().value().to_owned(),
                role: record.role().value().to_owned(),
                first_name: record.first_name().value().to_owned(),
                last_name: record.last_name().value().to_owned(),
                format: record.format().value().to_owned(),
            })),
        };
        Ok(Self {
            repository: record.repository_id().ok_or(Incomplete::RepositoryId)?,
            path: record.path().value().to_owned(),
            described,
        })
    }
}
