//! Which of the formations that Pégase lists are imported, synchronised, or left.

use odf_model::Code;

use crate::listing::{Formation, Listing};

/// A formation that Pégase lists, and what to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Selected {
    /// Its code.
    pub code: Code,
    /// Its title, in the last version.
    pub title: Option<String>,
    /// Its versions, from the first to the last; none in the ODF generation.
    pub versions: Vec<u32>,
    /// Whether it can be imported: one that was imported before is shown, and can only be synchronised.
    pub importable: bool,
    /// What a global synchronisation does with it.
    pub action: Selection,
}

/// What a global synchronisation does with a formation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Selection {
    /// It is not there yet, and is imported.
    Import,
    /// It is there, and is synchronised.
    Synchronise,
    /// It is not there, and stays away.
    Skip,
}

impl Selection {
    /// `import`, `synchronise` or `skip`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Synchronise => "synchronise",
            Self::Skip => "skip",
        }
    }
}

/// Says of each formation of a listing whether it can be imported, and what a global synchronisation does with it.
///
/// `is_known` says whether a content of the catalogue has a synchronization code. With `existing_only`, as is
/// advised, formations that were not imported before are left; without it, they are imported.
pub fn select(
    listing: &Listing,
    is_known: impl Fn(&str) -> bool,
    existing_only: bool,
) -> Vec<Selected> {
    let selected = |formation: Formation<'_>| {
        let is_known = is_known(formation.code);
        let action = match (is_known, existing_only) {
            (true, _) => Selection::Synchronise,
            (false, true) => Selection::Skip,
            (false, false) => Selection::Import,
        };
        Selected {
            code: formation.code.clone(),
            title: formation.title().map(str::to_owned),
            versions: formation.versions(),
            importable: !is_known,
            action,
        }
    };
    listing.formations().into_iter().map(selected).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use edu_syntax::Decoded;

    #[test]
    fn existing_only_or_all() {
        let text = r#"[{"code": "A", "version": 1}, {"code": "B"}, {"code": "C"}, {"code": "A", "version": 2}]"#;
        let listing = Listing::read(&Decoded::from(text)).unwrap();
        let actions = |existing_only| {
            let selected = select(&listing, |code| code == "A", existing_only);
            let action = |it: &Selected| (it.code.to_string(), it.importable, it.action.as_str());
            selected.iter().map(action).collect::<Vec<_>>()
        };
        let row = |code: &str, importable, action| (code.to_owned(), importable, action);
        let a = row("A", false, "synchronise");
        assert_eq!(actions(true), [a.clone(), row("B", true, "skip"), row("C", true, "skip")]);
        assert_eq!(actions(false), [a, row("B", true, "import"), row("C", true, "import")]);
    }
}
