//! What an upload would do.

use std::fmt;

use edu_diagnostics::{Diagnostic, Severity};

use super::Preview;
use super::affected::{Affected, Loss, Why};
use super::counts::{Counts, DataSourceOutcome, Move, Share};
use super::tally::Tally;
use crate::history::History;
use crate::object::Object;
use crate::operation::Operation;
use crate::rules;

/// How many keys a finding names, and how many characters it has for them.
const NAMED: usize = 10;
const NAMED_LENGTH: usize = 78;

/// What an upload would do to what is in Learn.
pub struct Outcome<'h> {
    history: &'h History,
    operation: Operation,
    object: Object,
    limit: f64,
    has_scope: bool,
    rows: u64,
    without_key: u64,
    damaged: u64,
    total: Counts,
    sources: Vec<DataSourceOutcome>,
    moves: Vec<Move>,
    losses: Vec<(u32, Loss)>,
    risks: Vec<(u32, Loss)>,
}

impl fmt::Debug for Outcome<'_> {
    /// Its numbers, for the records are about people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("operation", &self.operation)
            .field("object", &self.object)
            .field("rows", &self.rows)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}

impl<'h> Outcome<'h> {
    pub(super) fn new(preview: &Preview<'h>) -> Self {
        let tally = Tally::of(preview);
        let mut total = Counts::default();
        let mut sources = Vec::new();
        for (&source, counts) in &tally.counts {
            let is_swept = preview.sweeps(source);
            if is_swept
                || counts.is_touched()
                || preview.operation != Operation::RefreshByDataSource
            {
                total.add(counts);
                let key = preview.sources.get(source).to_owned();
                sources.push(DataSourceOutcome { key, is_swept, counts: *counts });
            }
        }
        sources.sort_by(|one, other| one.key.cmp(&other.key));
        Self {
            history: preview.history,
            operation: preview.operation,
            object: preview.object(),
            limit: preview.limit,
            has_scope: preview.has_scope(),
            rows: preview.rows,
            without_key: preview.without_key,
            damaged: preview.damaged,
            total,
            sources,
            moves: tally.moves(preview),
            losses: tally.losses,
            risks: tally.risks,
        }
    }

    /// What Learn was asked to do.
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// What the records are.
    pub fn object(&self) -> Object {
        self.object
    }

    /// How many rows were sent.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many rows have no key, or half of one.
    pub fn rows_without_key(&self) -> u64 {
        self.without_key
    }

    /// How many rows are damaged. Learn does not take them; a refresh may take their records for left out.
    pub fn damaged_rows(&self) -> u64 {
        self.damaged
    }

    /// Whether it is known which data sources the upload reaches. It is not where a refresh by data source has no row
    /// that says one, and none was asked for: what it would take away cannot be said then.
    pub fn has_scope(&self) -> bool {
        self.has_scope
    }

    /// How many per cent of the enabled records may be taken away, from 0 to 100.
    pub fn limit(&self) -> f64 {
        self.limit
    }

    /// What becomes of the records of each data source, by its key. A refresh by data source says nothing of
    /// those that it does not reach.
    pub fn sources(&self) -> &[DataSourceOutcome] {
        &self.sources
    }

    /// The same of all of them together.
    pub fn total(&self) -> &Counts {
        &self.total
    }

    /// Records that go from one data source to another, by their keys.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// The records that would be disabled or purged, in the order in which they were loaded.
    pub fn affected(&self) -> impl Iterator<Item = Affected<'h>> + '_ {
        self.records(&self.losses)
    }

    fn records<'s>(&'s self, losses: &'s [(u32, Loss)]) -> impl Iterator<Item = Affected<'h>> + 's {
        let (history, object) = (self.history, self.object);
        let kind = history.kind(object);
        losses.iter().filter_map(move |&(place, loss)| {
            let place = usize::try_from(place).ok()?;
            Some(Affected { history, object, place, stored: kind?.stored(place)?, loss })
        })
    }

    /// Whether more is or may be taken away than the limit says, of all or of one data source.
    pub fn is_over_limit(&self) -> bool {
        let sources = self.sources.iter().map(|source| &source.counts);
        sources.chain([&self.total]).any(|counts| self.exceeds(counts))
    }

    /// Whether of these records more is or may be taken away than the limit says.
    pub fn exceeds(&self, counts: &Counts) -> bool {
        self.is_above(counts.share())
    }

    /// Whether a refresh sends more of these records for another data source than the limit says. A refresh that
    /// reaches the old one, this or the next, may take them for left out.
    pub fn rekeys_too_many(&self, counts: &Counts) -> bool {
        self.operation.is_refresh() && self.is_above(counts.rekeyed_share())
    }

    fn is_above(&self, share: Share) -> bool {
        share.taken > 0 && share.percent() > self.limit
    }

    /// The finding `BB-X14` where what a refresh surely takes away is over the limit, as heavy as the caller says: it is
    /// an error where the upload is a refresh, and a warning where it could be one.
    pub fn omissions(&self, severity: Severity) -> Option<Diagnostic> {
        self.drops(severity, false)
    }

    /// The same; of what it may take away as well, if that is meant.
    fn drops(&self, severity: Severity, is_risk_meant: bool) -> Option<Diagnostic> {
        let share = if is_risk_meant { Counts::share } else { Counts::sure_share };
        let is_over = |counts: &Counts| self.is_above(share(counts));
        // One data source can be over the limit where all together are not.
        let culprit = if is_over(&self.total) {
            None
        } else {
            Some(self.sources.iter().find(|source| is_over(&source.counts))?)
        };
        let counts = culprit.map_or(&self.total, |source| &source.counts);
        let source = culprit.map(|source| source.key.as_str());
        let risks = if is_risk_meant { &*self.risks } else { &[] };
        let risks =
            self.records(risks).filter(|it| it.loss.why != Why::Rekeyed { is_old_swept: false });
        let records = self.affected().chain(risks);
        let verb = counts.verb(is_risk_meant);
        self.finding(severity, verb, share(counts), source, records)
    }

    /// The finding `BB-X14` for each data source that a refresh does not reach, and that loses more of its records to
    /// another one than the limit says.
    fn rekeyings(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        let sources = self.sources.iter();
        let over =
            sources.filter(|source| !source.is_swept && self.rekeys_too_many(&source.counts));
        over.filter_map(|source| {
            let records =
                self.records(&self.risks).filter(|it| matches!(it.loss.why, Why::Rekeyed { .. }));
            let (verb, share) = ("move out of their data source", source.counts.rekeyed_share());
            self.finding(Severity::Error, verb, share, Some(&source.key), records)
        })
    }

    /// The finding `BB-X14` about records of one data source, or of all.
    fn finding(
        &self,
        severity: Severity,
        verb: &'static str,
        share: Share,
        source: Option<&str>,
        records: impl Iterator<Item = Affected<'h>>,
    ) -> Option<Diagnostic> {
        if !self.operation.is_refresh() {
            return None;
        }
        let (list, rest) = list(source, records);
        let finding = Diagnostic::new(&rules::REFRESH_DROPS)
            .word("operation", self.operation.name())
            .word("what", verb)
            .count("count", share.taken)
            .count("total", share.of)
            .word("object", self.object.plural())
            .word("of", if source.is_some() { " of " } else { "" });
        // An empty text of the data would be masked like any other.
        let finding = match source {
            Some(source) => finding.data("source", source),
            None => finding.word("source", ""),
        };
        let mut finding = finding
            .word("percent", format!("{:.1}", share.percent()))
            .data("list", list)
            .word("rest", if rest > 0 { format!(" and {rest} more") } else { String::new() });
        finding.severity = severity;
        Some(finding)
    }

    /// What speaks against the upload: `BB-X14` where it is a refresh that takes away, may take away, or moves out of
    /// their data source more records than the limit says; `BB-F16` where it is one without rows. All are errors.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let empty = (self.operation.is_refresh() && self.rows == 0).then(|| {
            let mut finding = Diagnostic::new(&rules::NO_ROWS);
            finding.severity = Severity::Error;
            finding
        });
        let drops = self.drops(Severity::Error, true);
        empty.into_iter().chain(drops).chain(self.rekeyings()).collect()
    }
}

/// The first keys of records, of one data source or of all: as many as a finding has room for; and the number of the
/// others.
fn list<'h>(source: Option<&str>, records: impl Iterator<Item = Affected<'h>>) -> (String, u64) {
    let (mut list, mut named, mut length, mut rest) = (String::new(), 0, 0, 0);
    let is_meant =
        |affected: &Affected<'_>| source.is_none_or(|source| affected.data_source() == source);
    for affected in records.filter(is_meant) {
        if rest > 0 || named == NAMED {
            rest += 1;
            continue;
        }
        let key = affected.key();
        length += key.chars().count() + 2;
        if named > 0 && length > NAMED_LENGTH {
            rest += 1;
            continue;
        }
        if named > 0 {
            list.push_str(", ");
        }
        list.push_str(&key);
        named += 1;
    }
    (list, rest)
}
