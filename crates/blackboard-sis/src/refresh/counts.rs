//! Numbers of records.

use std::fmt;

/// What becomes of the records of one data source.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DataSourceOutcome {
    /// The data source key; empty where it is not known.
    pub key: String,
    /// Whether records of it that the feed leaves out are disabled or purged.
    pub is_swept: bool,
    /// How many records, and what becomes of them.
    pub counts: Counts,
}

/// Numbers of records. Each record that is listed or taken away counts once, with the data source that it belongs
/// to afterwards, or, where it is taken away, belonged to before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Enabled in Learn now.
    pub before: u64,
    /// Enabled in Learn afterwards.
    pub after: u64,
    /// Not in Learn yet.
    pub inserted: u64,
    /// There, and changed.
    pub updated: u64,
    /// There, and the same.
    pub unchanged: u64,
    /// Disabled now, and enabled by the upload.
    pub enabled_again: u64,
    /// Enabled now, and disabled by the upload.
    pub disabled: u64,
    /// Removed for good.
    pub purged: u64,
    /// Of those that are listed, how many come from another data source.
    pub moved_here: u64,
    /// How many go to another data source.
    pub moved_away: u64,
    /// Rows that delete what is not there.
    pub not_found: u64,
    /// In damaged rows alone. Learn does not take these rows, so that the records stay as they are, or are taken for
    /// left out.
    pub damaged: u64,
    /// In rows that Learn refuses, for records of the kind can be inserted and deleted, but not updated.
    pub refused: u64,
    /// Of those that go to another data source, how many are enabled and have a row that is sent for the other one,
    /// without `new_data_source_key`.
    pub rekeyed: u64,
    /// Enabled, and listed, and still Learn may take them for left out: a refresh reaches their data source, and their
    /// rows are damaged or sent for another one. They count as enabled afterwards.
    pub at_risk: u64,
    /// Enabled, and in no row: a refresh that does not reach this data source leaves them alone.
    pub left_out: u64,
}

/// Records that go from one data source to another.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Move {
    /// The data source key that they have now.
    pub from: String,
    /// The one that they would have.
    pub to: String,
    /// How many.
    pub records: u64,
    /// Whether this upload takes away what it leaves out of the old data source.
    pub is_old_swept: bool,
    /// How many are enabled and have a row that is sent for the new data source, without `new_data_source_key`: a
    /// refresh that reaches the old one may take them for left out.
    pub rekeyed: u64,
    /// Enabled records of the old data source that the feed does not list. Where it is not swept, they stay, and
    /// nobody sees that they should not.
    pub left_behind: u64,
}

/// How many of the enabled records would be taken away, or may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Share {
    /// Disabled or purged, or at risk of it.
    pub taken: u64,
    /// Enabled now.
    pub of: u64,
}

impl fmt::Debug for DataSourceOutcome {
    /// Without the key, which is a text of a feed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataSourceOutcome")
            .field("is_swept", &self.is_swept)
            .field("counts", &self.counts)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Move {
    /// Without the keys, which are texts of feeds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Move")
            .field("records", &self.records)
            .field("rekeyed", &self.rekeyed)
            .field("is_old_swept", &self.is_old_swept)
            .field("left_behind", &self.left_behind)
            .finish_non_exhaustive()
    }
}

impl Share {
    /// Per cent; of nothing, nothing can be taken.
    #[expect(clippy::cast_precision_loss, reason = "a share is no exact number")]
    pub fn percent(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.taken as f64 * 100.0 / self.of as f64 }
    }
}

impl Counts {
    /// How many of the enabled records would be taken away, or may be.
    pub fn share(&self) -> Share {
        Share { taken: self.disabled + self.purged + self.at_risk, of: self.before }
    }

    /// How many of them surely would be taken away.
    pub(super) fn sure_share(&self) -> Share {
        Share { taken: self.disabled + self.purged, of: self.before }
    }

    /// How many of them are sent for another data source.
    pub(super) fn rekeyed_share(&self) -> Share {
        Share { taken: self.rekeyed, of: self.before }
    }

    /// What is done to those that are taken away; or may be, if these are meant as well.
    pub(super) fn verb(&self, is_risk_meant: bool) -> &'static str {
        match (self.disabled, self.purged, if is_risk_meant { self.at_risk } else { 0 }) {
            (_, 0, 0) => "disable",
            (0, _, 0) => "purge",
            (_, _, 0) => "disable or purge",
            (0, 0, _) => "put at risk",
            (_, 0, _) => "disable or put at risk",
            (0, _, _) => "purge or put at risk",
            _ => "disable, purge or put at risk",
        }
    }

    pub(super) fn is_touched(&self) -> bool {
        [
            self.inserted,
            self.updated,
            self.unchanged,
            self.enabled_again,
            self.disabled,
            self.purged,
        ]
        .into_iter()
        .chain([self.moved_here, self.moved_away, self.not_found, self.damaged, self.refused])
        .any(|count| count > 0)
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.before += other.before;
        self.after += other.after;
        self.inserted += other.inserted;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.enabled_again += other.enabled_again;
        self.disabled += other.disabled;
        self.purged += other.purged;
        self.moved_here += other.moved_here;
        self.moved_away += other.moved_away;
        self.not_found += other.not_found;
        self.damaged += other.damaged;
        self.refused += other.refused;
        self.rekeyed += other.rekeyed;
        self.at_risk += other.at_risk;
        self.left_out += other.left_out;
    }
}
