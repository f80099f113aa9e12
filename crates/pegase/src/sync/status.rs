//! Draft or validated.

use std::fmt;

/// Status of a content in Ametys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Status {
    /// Not shown to the public.
    Draft,
    /// Validated.
    Validated,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Draft => "draft",
            Self::Validated => "validated",
        })
    }
}

/// What the status of an imported or synchronised content depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusRequest {
    /// The status that the content had; none for a new one.
    pub old: Option<Status>,
    /// Whether new contents are to be validated (*Validate content on creation*).
    pub validates_on_creation: bool,
    /// Whether the user may validate it.
    pub may_validate: bool,
    /// Whether its data are valid: no required field is missing.
    pub is_valid: bool,
}

/// The status of a content after an import or a synchronisation (seed, "Rights").
///
/// A new content is validated only where that is wanted. One that was validated stays so. Both need a user who may
/// validate, and valid data; otherwise the content is a draft, or goes back to one.
pub fn status_after(request: StatusRequest) -> Status {
    let is_wanted = match request.old {
        None => request.validates_on_creation,
        Some(old) => old == Status::Validated,
    };
    if is_wanted && request.may_validate && request.is_valid {
        Status::Validated
    } else {
        Status::Draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination() {
        let olds = [None, Some(Status::Draft), Some(Status::Validated)];
        let mut validated = Vec::new();
        for (number, old) in olds.into_iter().enumerate() {
            for bits in 0..8 {
                let [validates_on_creation, may_validate, is_valid] =
                    [4, 2, 1].map(|bit| bits & bit != 0);
                let request = StatusRequest { old, validates_on_creation, may_validate, is_valid };
                if status_after(request) == Status::Validated {
                    validated.push((number, bits));
                }
            }
        }
        // New: wanted, right and valid. Draft: never. Validated: right and valid, wanted or not.
        assert_eq!(validated, [(0, 7), (2, 3), (2, 7)]);
    }
}
