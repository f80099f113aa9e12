//! States of an integration.

/// The state of an integration, which decides what becomes of its requests. New ones begin in
/// [`Test`](Self::Test), best on a staging system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum IntegrationState {
    /// It is being tried out. The documentation does not say how far its requests go: count on it that records are
    /// stored, so that a refresh is no game either.
    Test,
    /// No request is processed, and nothing in the database changes.
    Inactive,
    /// Requests are processed, the database is updated, and users see what comes of it.
    Active,
}

impl IntegrationState {
    /// Whether requests are processed.
    pub fn processes(self) -> bool {
        self != Self::Inactive
    }

    /// Whether the database is updated; in [`Test`](Self::Test), whether that has to be reckoned with.
    pub fn stores(self) -> bool {
        self != Self::Inactive
    }

    /// Whether users see what comes of it.
    pub fn is_visible(self) -> bool {
        self == Self::Active
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_state_does() {
        for (state, expected) in [
            (IntegrationState::Test, [true, true, false]),
            (IntegrationState::Inactive, [false, false, false]),
            (IntegrationState::Active, [true, true, true]),
        ] {
            assert_eq!(
                [state.processes(), state.stores(), state.is_visible()],
                expected,
                "{state:?}"
            );
        }
    }
}
