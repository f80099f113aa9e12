//! What an upload does with a feed.

/// What an upload does with the records of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Inserts or updates what the feed lists, and touches nothing else.
    Store,
    /// The same; what the feed does not list, of the whole integration, is disabled, or purged where it cannot be.
    Refresh,
    /// The same, for some data source keys alone: the one that the integration is configured with, and those of the rows.
    /// Whether Learn takes both is not documented; to leave one of them out is the dangerous guess.
    RefreshByDataSource,
    /// Disables or purges what the feed lists.
    Delete,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 4] =
        [Self::Store, Self::Refresh, Self::RefreshByDataSource, Self::Delete];

    /// The word for it in the address that a feed is sent to.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Refresh => "refresh",
            Self::RefreshByDataSource => "refreshlegacy",
            Self::Delete => "delete",
        }
    }

    /// What the vendor calls it, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Refresh => "complete refresh",
            Self::RefreshByDataSource => "complete refresh by data source",
            Self::Delete => "delete",
        }
    }

    /// Whether it takes away what a feed does not list.
    pub fn is_refresh(self) -> bool {
        matches!(self, Self::Refresh | Self::RefreshByDataSource)
    }

    /// The operation with this [slug](Self::slug), in any letter case.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| slug.eq_ignore_ascii_case(operation.slug()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        assert_eq!(
            Operation::ALL.map(Operation::slug),
            ["store", "refresh", "refreshlegacy", "delete"]
        );
        assert_eq!(
            Operation::ALL.map(Operation::name),
            ["store", "complete refresh", "complete refresh by data source", "delete"]
        );
        assert_eq!(Operation::ALL.map(Operation::is_refresh), [false, true, true, false]);
        for operation in Operation::ALL {
            assert_eq!(Operation::from_slug(&operation.slug().to_uppercase()), Some(operation));
        }
        assert_eq!([Operation::from_slug(""), Operation::from_slug("purge")], [None; 2]);
    }
}
