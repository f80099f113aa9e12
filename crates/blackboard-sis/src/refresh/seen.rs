//! What rows have said so far.

use crate::value::RowStatus;

/// What the rows so far say of a record.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    pub(super) source: u32,
    pub(super) listed: Option<Listed>,
    /// A row that changed something came before.
    pub(super) is_changed: bool,
    /// A row gave it another key: the one in the history is free.
    pub(super) is_renamed: bool,
    /// A row was sent for another data source than the one that it belongs to.
    pub(super) is_rekeyed: bool,
}

/// What the last row says.
#[derive(Debug, Clone, Copy)]
pub(super) enum Listed {
    /// It is damaged: Learn does not take it.
    Damaged,
    /// Learn refuses it: records of the kind cannot be updated.
    Refused,
    /// Another record got its key, and nobody knows.
    Unknown,
    As {
        status: RowStatus,
        has_changed: bool,
    },
}

/// What a row means for two feeds in place of the upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Learn need not see it.
    Idle,
    /// Learn has to see it for its records to be as the feed says.
    Needed,
    /// Learn does not take it: it is damaged.
    Damaged,
    /// Learn does not take it: records of the kind cannot be updated.
    Refused,
}

/// A record that is not in the history.
#[derive(Debug, Clone, Copy)]
pub(super) struct New {
    pub(super) source: u32,
    pub(super) status: RowStatus,
}
