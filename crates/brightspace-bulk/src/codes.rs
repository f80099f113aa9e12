//! Words and numbers of the format.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

/// What a setup file loads, as its first line states it (reference for setup files, types 1 to 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LoadType {
    /// Type 1: SCORM packages with their own metadata.
    Package,
    /// Type 2: packages or assets, each with an IMSMD file.
    XmlMetadata,
    /// Type 3: packages or assets, with metadata in the setup file.
    CsvMetadata,
}

impl LoadType {
    /// All of them, by number.
    pub const ALL: [Self; 3] = [Self::Package, Self::XmlMetadata, Self::CsvMetadata];

    /// The word behind `LoadType=`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Package => "Package",
            Self::XmlMetadata => "XMLMetadata",
            Self::CsvMetadata => "CSVMetadata",
        }
    }

    /// The first line of a setup file of this type.
    pub const fn line(self) -> &'static str {
        match self {
            Self::Package => "LoadType=Package",
            Self::XmlMetadata => "LoadType=XMLMetadata",
            Self::CsvMetadata => "LoadType=CSVMetadata",
        }
    }

    /// Number of fields of a record: 2, 3 or 9.
    pub const fn fields(self) -> usize {
        match self {
            Self::Package => 2,
            Self::XmlMetadata => 3,
            Self::CsvMetadata => 9,
        }
    }
}

impl fmt::Display for LoadType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The word is none of the three load types.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no load type; there are Package, XMLMetadata and CSVMetadata")]
pub struct UnknownLoadType;

impl FromStr for LoadType {
    type Err = UnknownLoadType;

    /// Takes the word in any letter case.
    fn from_str(word: &str) -> Result<Self, UnknownLoadType> {
        let is = |load_type: &Self| load_type.as_str().eq_ignore_ascii_case(word);
        Self::ALL.into_iter().find(is).ok_or(UnknownLoadType)
    }
}

/// The number of a repository, as its properties page shows it: a positive integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepositoryId(NonZeroU64);

impl RepositoryId {
    /// The id with this number, unless it is 0.
    pub fn new(number: u64) -> Option<Self> {
        NonZeroU64::new(number).map(Self)
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0.get()
    }
}

impl fmt::Display for RepositoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The text is no repository id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no repository id; it is a positive number, written in digits")]
pub struct NoRepositoryId;

impl FromStr for RepositoryId {
    type Err = NoRepositoryId;

    /// Takes digits; leading zeros are allowed.
    fn from_str(text: &str) -> Result<Self, NoRepositoryId> {
        // `parse` takes a plus sign too.
        if text.starts_with('+') {
            return Err(NoRepositoryId);
        }
        text.parse().ok().and_then(Self::new).ok_or(NoRepositoryId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn load_types_by_their_words() {
        for load_type in LoadType::ALL {
            assert_eq!(load_type.line(), format!("LoadType={load_type}"));
            assert_eq!(load_type.as_str().to_uppercase().parse(), Ok(load_type));
        }
        assert_eq!("JSONMetadata".parse::<LoadType>(), Err(UnknownLoadType));
    }

    #[test]
    fn ids_are_positive_numbers() {
        for (text, number) in [("2", 2), ("0007", 7), ("18446744073709551615", u64::MAX)] {
            assert_eq!(text.parse(), Ok(RepositoryId::new(number).unwrap()));
        }
        for text in ["", "0", "00", "-1", "+1", "2.5", "abc", " 1", "18446744073709551616", "²"] {
            assert_eq!(text.parse::<RepositoryId>(), Err(NoRepositoryId), "{text}");
        }
    }
}
