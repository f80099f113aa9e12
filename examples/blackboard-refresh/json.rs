//! The report for other programs.

use std::collections::BTreeMap;

use blackboard_sis::{Affected, Counts, DataSourceOutcome, Object, Outcome, Removal};
use edu_diagnostics::Diagnostic;
use serde::Serialize;

use crate::{Answer, Failure};

/// What stands in place of a name or a key of a person.
pub(crate) const MASKED: &str = "***";

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    operation: &'a str,
    object: &'a str,
    rows: u64,
    rows_without_key: u64,
    damaged_rows: u64,
    /// Rows that Learn does not take, by the rules of `check`.
    rows_with_errors: u64,
    limit_percent: f64,
    over_limit: bool,
    total: Total,
    data_sources: Vec<DataSource<'a>>,
    disabled: Vec<Record<'a>>,
    purged: Vec<Record<'a>>,
    moved: Vec<Moved<'a>>,
    findings: &'a [Diagnostic],
    delta: Option<Written>,
}

/// Numbers of records, and how much is taken away.
#[derive(Serialize)]
struct Total {
    before: u64,
    after: u64,
    inserted: u64,
    updated: u64,
    unchanged: u64,
    enabled_again: u64,
    disabled: u64,
    purged: u64,
    moved_here: u64,
    moved_away: u64,
    not_found: u64,
    damaged: u64,
    refused: u64,
    rekeyed: u64,
    at_risk: u64,
    left_out: u64,
    percent: f64,
    over_limit: bool,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the members have the names that callers rely on")]
struct DataSource<'a> {
    /// Null where it is not known.
    data_source_key: Option<&'a str>,
    /// Whether what the feed leaves out is disabled or purged.
    swept: bool,
    #[serde(flatten)]
    total: Total,
}

#[derive(Serialize)]
struct Record<'a> {
    keys: BTreeMap<&'a str, &'a str>,
    label: String,
    data_source_key: Option<&'a str>,
    /// Whether the feed does not list it; otherwise a row says so.
    omitted: bool,
    /// Whether a row deletes it, or the delete operation does.
    deleted: bool,
}

#[derive(Serialize)]
struct Moved<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    records: u64,
    /// How many have a row that is sent for the new key, without `new_data_source_key`.
    rekeyed: u64,
    old_swept: bool,
    left_behind: u64,
}

/// Rows of the two feeds.
#[derive(Serialize)]
struct Written {
    store_rows: u64,
    delete_rows: u64,
}

/// The report, with a line end.
pub(crate) fn report(answer: &Answer<'_>) -> Result<String, Failure> {
    let outcome = answer.outcome;
    let records = |removal| -> Vec<Record<'_>> {
        let affected = outcome.affected().filter(|it| it.removal() == removal);
        affected.map(|affected| record(&affected, answer.is_masked)).collect()
    };
    let report = Report {
        version: 1,
        operation: outcome.operation().slug(),
        object: outcome.object().slug(),
        rows: outcome.rows(),
        rows_without_key: outcome.rows_without_key(),
        damaged_rows: outcome.damaged_rows(),
        rows_with_errors: answer.rows_with_errors,
        limit_percent: outcome.limit(),
        over_limit: outcome.is_over_limit(),
        total: total(outcome, outcome.total()),
        data_sources: outcome.sources().iter().map(|source| data_source(outcome, source)).collect(),
        disabled: records(Removal::Disable),
        purged: records(Removal::Purge),
        moved: outcome
            .moves()
            .iter()
            .map(|it| Moved {
                from: filled(&it.from),
                to: filled(&it.to),
                records: it.records,
                rekeyed: it.rekeyed,
                old_swept: it.is_old_swept,
                left_behind: it.left_behind,
            })
            .collect(),
        findings: answer.findings,
        delta: answer
            .delta
            .map(|delta| Written { store_rows: delta.stored, delete_rows: delta.deleted }),
    };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

fn total(outcome: &Outcome<'_>, counts: &Counts) -> Total {
    Total {
        before: counts.before,
        after: counts.after,
        inserted: counts.inserted,
        updated: counts.updated,
        unchanged: counts.unchanged,
        enabled_again: counts.enabled_again,
        disabled: counts.disabled,
        purged: counts.purged,
        moved_here: counts.moved_here,
        moved_away: counts.moved_away,
        not_found: counts.not_found,
        damaged: counts.damaged,
        refused: counts.refused,
        rekeyed: counts.rekeyed,
        at_risk: counts.at_risk,
        left_out: counts.left_out,
        percent: (counts.share().percent() * 100.0).round() / 100.0,
        over_limit: outcome.exceeds(counts),
    }
}

fn data_source<'a>(outcome: &Outcome<'_>, source: &'a DataSourceOutcome) -> DataSource<'a> {
    DataSource {
        data_source_key: filled(&source.key),
        swept: source.is_swept,
        total: total(outcome, &source.counts),
    }
}

fn record<'h>(affected: &Affected<'h>, is_masked: bool) -> Record<'h> {
    let object = affected.object();
    let is_hidden = is_masked && is_about_a_person(object);
    let keys = affected.keys().map(|(field, value)| {
        let is_hidden =
            is_hidden && (field.refers_to == Some(Object::Person) || object == Object::Person);
        (field.name, if is_hidden { MASKED } else { value })
    });
    Record {
        keys: keys.collect(),
        label: if is_hidden { MASKED.to_owned() } else { affected.label() },
        data_source_key: filled(affected.data_source()),
        omitted: affected.is_omitted(),
        deleted: affected.is_deleted(),
    }
}

/// Whether names and keys of these records are those of persons.
pub(crate) fn is_about_a_person(object: Object) -> bool {
    let is_persons = |field: &blackboard_sis::Field| field.refers_to == Some(Object::Person);
    object == Object::Person || object.fields().iter().any(is_persons)
}

fn filled(key: &str) -> Option<&str> {
    Some(key).filter(|key| !key.is_empty())
}
