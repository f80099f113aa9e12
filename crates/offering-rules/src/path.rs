//! Paths of courses and organisations.

use std::fmt;

/// The full path of a course or an organisation in the LMS: `/Root/Carnival/CMG/HESS/PubHealth1`.
///
/// Holds any text; [`is_well_formed`](Self::is_well_formed) says whether it is a path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct CoursePath(String);

impl CoursePath {
    /// A path, or what stands in its place.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The path as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it begins with `/` and no part of it is empty.
    pub fn is_well_formed(&self) -> bool {
        self.0
            .strip_prefix('/')
            .is_some_and(|rest| rest.split('/').all(|part| !part.trim().is_empty()))
    }

    /// What is left behind the path of an organisation; `None` where the course is not below it.
    pub fn below(&self, organisation: &Self) -> Option<&str> {
        let rest = self.0.strip_prefix(organisation.0.trim_end_matches('/'))?;
        rest.strip_prefix('/').filter(|rest| !rest.is_empty())
    }
}

impl fmt::Display for CoursePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for CoursePath {
    fn from(path: String) -> Self {
        Self(path)
    }
}

impl From<&str> for CoursePath {
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_path_is() {
        for path in ["/Root", "/Root/A b/C"] {
            assert!(CoursePath::new(path).is_well_formed(), "{path}");
        }
        for path in ["", "/", "Root", "/Root/", "//Root", "/Root/ /x", "\\Root"] {
            assert!(!CoursePath::new(path).is_well_formed(), "{path}");
        }
    }

    #[test]
    fn what_is_below_an_organisation() {
        let below = |path: &str, org: &str| {
            CoursePath::new(path).below(&CoursePath::new(org)).map(str::to_owned)
        };
        assert_eq!(below("/Root/Org/A/B", "/Root/Org").as_deref(), Some("A/B"));
        assert_eq!(below("/Root/Org/A", "/Root/Org/").as_deref(), Some("A"));
        assert_eq!(below("/Root/Organic/A", "/Root/Org"), None);
        assert_eq!(below("/Root/Org", "/Root/Org"), None);
    }
}
