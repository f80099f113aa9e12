//! What an earlier upload did to records that it did not store.

use std::collections::BTreeSet;

use super::kind::Kind;
use crate::object::Removal;
use crate::operation::Operation;

/// What a feed was sent for, and what it has listed so far.
pub(super) struct Upload {
    operation: Operation,
    /// Whether a row lists the record at a place; kept for a refresh only.
    listed: Vec<bool>,
    /// The data sources that rows were sent for.
    sent: BTreeSet<u32>,
}

impl Upload {
    pub(super) fn new(operation: Operation) -> Self {
        Self { operation, listed: Vec::new(), sent: BTreeSet::new() }
    }

    pub(super) fn operation(&self) -> Operation {
        self.operation
    }

    /// Notes that a row was sent for a data source.
    pub(super) fn sent(&mut self, source: u32) {
        self.sent.insert(source);
    }

    /// Notes that a row lists the record at a place.
    pub(super) fn listed(&mut self, place: usize) {
        if !self.operation.is_refresh() {
            return;
        }
        if place >= self.listed.len() {
            self.listed.resize(place + 1, false);
        }
        if let Some(is_listed) = self.listed.get_mut(place) {
            *is_listed = true;
        }
    }

    /// Takes away what a refresh has left out; one by data source, of the one that was asked for and those of the rows.
    pub(super) fn finish(&self, kind: &mut Kind, removal: Removal, asked: Option<u32>) {
        let is_swept = |source| match self.operation {
            Operation::Store | Operation::Delete => false,
            Operation::Refresh => true,
            Operation::RefreshByDataSource => asked == Some(source) || self.sent.contains(&source),
        };
        let is_listed = |place: usize| self.listed.get(place).copied().unwrap_or(false);
        let records = kind.records();
        let left_out =
            records.filter(|(place, stored)| is_swept(stored.source) && !is_listed(*place));
        let left_out: Vec<_> = left_out.map(|(place, _)| place).collect();
        for place in left_out {
            kind.remove(place, removal);
        }
    }
}
