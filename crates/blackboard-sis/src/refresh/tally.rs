//! Counting what becomes of each record.

use std::collections::BTreeMap;

use super::Preview;
use super::affected::{Loss, Why};
use super::counts::{Counts, Move};
use super::seen::Listed;
use crate::history::Stored;
use crate::object::Removal;
use crate::operation::Operation;
use crate::value::RowStatus;

/// Counts while they grow.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) counts: BTreeMap<u32, Counts>,
    /// How many records, and how many of them are rekeyed.
    moves: BTreeMap<(u32, u32), (u64, u64)>,
    pub(super) losses: Vec<(u32, Loss)>,
    /// Records of which a refresh may make losses.
    pub(super) risks: Vec<(u32, Loss)>,
}

impl Tally {
    fn at(&mut self, source: u32) -> &mut Counts {
        self.counts.entry(source).or_default()
    }

    /// What becomes of all records.
    pub(super) fn of(preview: &Preview<'_>) -> Self {
        let mut tally = Self::default();
        if let Some(kind) = preview.history.kind(preview.object()) {
            for (place, stored) in kind.records() {
                tally.record(preview, place, stored);
            }
        }
        for new in preview.new.values() {
            let counts = tally.at(new.source);
            if new.status == RowStatus::Deleted {
                counts.not_found += 1;
            } else {
                counts.inserted += 1;
                counts.after += u64::from(new.status == RowStatus::Enabled);
            }
        }
        for (&source, count) in &preview.not_found {
            tally.at(source).not_found += count;
        }
        if let Some(source) = preview.asked {
            tally.at(source);
        }
        tally
    }

    /// A record of the history, and what the upload says of it.
    fn record(&mut self, preview: &Preview<'_>, place: usize, stored: &Stored) {
        let is_enabled = stored.status == RowStatus::Enabled;
        self.at(stored.source).before += u64::from(is_enabled);
        let seen = preview.seen.get(place).copied().unwrap_or_default();
        let (status, has_changed, is_omitted) = match seen.listed {
            Some(Listed::As { status, has_changed }) => (status, has_changed, false),
            Some(Listed::Unknown) => (stored.status, false, false),
            Some(Listed::Damaged) => {
                let counts = self.at(stored.source);
                counts.damaged += 1;
                counts.after += u64::from(is_enabled);
                if is_enabled && preview.sweeps(stored.source) {
                    counts.at_risk += 1;
                    self.risk(preview, place, Why::Damaged);
                }
                return;
            }
            Some(Listed::Refused) => {
                let counts = self.at(stored.source);
                counts.refused += 1;
                counts.after += u64::from(is_enabled);
                return;
            }
            None if preview.sweeps(stored.source) => (RowStatus::Deleted, false, true),
            None => {
                let counts = self.at(stored.source);
                counts.left_out += u64::from(is_enabled);
                counts.after += u64::from(is_enabled);
                return;
            }
        };
        let removal = match status {
            RowStatus::Enabled => None,
            RowStatus::Disabled => Some(Removal::Disable),
            RowStatus::Deleted => Some(preview.removal()),
        };
        if let Some(removal) = removal
            && (is_enabled || removal == Removal::Purge)
        {
            let counts = self.at(stored.source);
            *match removal {
                Removal::Disable => &mut counts.disabled,
                Removal::Purge => &mut counts.purged,
            } += 1;
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            let why = match status {
                _ if is_omitted => Why::Omitted,
                RowStatus::Deleted => Why::Deleted,
                RowStatus::Enabled | RowStatus::Disabled => Why::Disabled,
            };
            self.losses.push((place, Loss { removal, why }));
            return;
        }
        if is_omitted {
            return;
        }
        let is_known = matches!(seen.listed, Some(Listed::As { .. }));
        let source = if is_known { seen.source } else { stored.source };
        let is_moved = source != stored.source;
        if is_moved {
            self.at(stored.source).moved_away += 1;
            self.at(source).moved_here += 1;
            let is_rekeyed = is_enabled && seen.is_rekeyed;
            let (records, rekeyed) = self.moves.entry((stored.source, source)).or_default();
            *records += 1;
            *rekeyed += u64::from(is_rekeyed);
            if is_rekeyed {
                self.rekeyed(preview, place, stored);
            }
        }
        // A disabled record that is deleted is told from the others, unless it is the operation that deletes.
        let is_deleted = status == RowStatus::Deleted && preview.operation != Operation::Delete;
        let counts = self.at(source);
        counts.after += u64::from(status == RowStatus::Enabled);
        *match () {
            () if !is_enabled && status == RowStatus::Enabled => &mut counts.enabled_again,
            () if has_changed || is_moved || is_deleted => &mut counts.updated,
            () => &mut counts.unchanged,
        } += 1;
    }

    /// A record whose row is sent for another data source than its own.
    fn rekeyed(&mut self, preview: &Preview<'_>, place: usize, stored: &Stored) {
        let is_old_swept = preview.sweeps(stored.source);
        let counts = self.at(stored.source);
        counts.rekeyed += 1;
        counts.at_risk += u64::from(is_old_swept);
        self.risk(preview, place, Why::Rekeyed { is_old_swept });
    }

    /// A record that a refresh may take away.
    fn risk(&mut self, preview: &Preview<'_>, place: usize, why: Why) {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        self.risks.push((place, Loss { removal: preview.removal(), why }));
    }

    /// Records that go from one data source to another, by their keys.
    pub(super) fn moves(&self, preview: &Preview<'_>) -> Vec<Move> {
        let mut moves: Vec<_> = self
            .moves
            .iter()
            .map(|(&(from, to), &(records, rekeyed))| {
                let is_old_swept = preview.sweeps(from);
                let old = self.counts.get(&from).copied().unwrap_or_default();
                let left_behind = if is_old_swept { 0 } else { old.left_out };
                let [from, to] = [from, to].map(|source| preview.sources.get(source).to_owned());
                Move { from, to, records, is_old_swept, rekeyed, left_behind }
            })
            .collect();
        moves.sort_by(|one, other| (&one.from, &one.to).cmp(&(&other.from, &other.to)));
        moves
    }
}
