//! The report for people.

use std::fmt::Write as _;

use blackboard_sis::{Affected, Counts, Move, Object, Operation, Outcome, Removal};
use comfy_table::{CellAlignment, Table, presets};

use crate::Answer;
use crate::json::{MASKED, is_about_a_person};
use crate::plain::plain;

/// Records that are listed by name; the others are only counted.
const LISTED: usize = 20;

/// What stands for a data source key that is not known.
const NO_KEY: &str = "(none given)";

/// The report, with a line end.
pub(crate) fn report(answer: &Answer<'_>) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    let _ = write(&mut out, answer);
    out
}

fn write(out: &mut String, answer: &Answer<'_>) -> std::fmt::Result {
    let outcome = answer.outcome;
    let (object, total) = (outcome.object(), outcome.total());
    let operation = match outcome.operation() {
        Operation::Store => "Store",
        Operation::Refresh => "Complete refresh",
        Operation::RefreshByDataSource => "Complete refresh by data source key",
        Operation::Delete => "Delete",
    };
    writeln!(out, "{operation} with {}: {}", number(outcome.rows(), "row", "rows"), answer.file)?;
    writeln!(
        out,
        "\nIn Learn now: {} enabled. Afterwards: {}.\n",
        of(object, total.before),
        total.after
    )?;
    writeln!(out, "{}", table(outcome).trim_fmt())?;
    not_taken(out, answer)?;
    taken(out, answer)?;
    moved(out, outcome)?;
    if let Some(delta) = answer.delta {
        let store = number(delta.stored, "row", "rows");
        let delete = number(delta.deleted, "row", "rows");
        writeln!(
            out,
            "\nIn place of this upload: store.txt with {store}, delete.txt with {delete}."
        )?;
        if delta.is_empty() {
            writeln!(out, "Nothing has changed; neither has to be sent.")?;
        }
    }
    verdict(out, answer)
}

/// Rows that Learn does not take.
fn not_taken(out: &mut String, answer: &Answer<'_>) -> std::fmt::Result {
    let outcome = answer.outcome;
    for (count, one, many) in [
        (
            answer.rows_with_errors,
            "row has errors, which standard error names: Learn does not take such a row.",
            "rows have errors, which standard error names: Learn does not take such rows.",
        ),
        (
            outcome.damaged_rows(),
            "row is damaged: Learn does not take it.",
            "rows are damaged: Learn does not take them.",
        ),
        (
            outcome.rows_without_key(),
            "row is without a key: it does nothing.",
            "rows are without a key: they do nothing.",
        ),
    ] {
        if count > 0 {
            writeln!(out, "\n{}", number(count, one, many))?;
        }
    }
    let Counts { damaged, refused, .. } = *outcome.total();
    if damaged > 0 {
        let (stands, what) = if damaged == 1 {
            ("stands", "it stays as it is")
        } else {
            ("stand", "they stay as they are")
        };
        let records = of(outcome.object(), damaged);
        let risk = if outcome.operation().is_refresh() {
            ", unless the refresh takes it for left out"
        } else {
            ""
        };
        writeln!(out, "\n{records} {stands} in damaged rows alone: {what}{risk}.")?;
    }
    if refused > 0 {
        let records = of(outcome.object(), refused);
        let (has, it, them) = if refused == 1 {
            ("has", "it is refused", "it")
        } else {
            ("have", "they are refused", "them")
        };
        writeln!(
            out,
            "\n{records} {has} another content than before, and cannot be updated: {it}. Delete and insert {them} under \
             another key."
        )?;
    }
    Ok(())
}

/// What becomes of the records of each data source; columns in which nothing is, are left out.
fn table(outcome: &Outcome<'_>) -> Table {
    type Column = (&'static str, fn(&Counts) -> u64);
    const COLUMNS: [Column; 15] = [
        ("now", |it| it.before),
        ("new", |it| it.inserted),
        ("changed", |it| it.updated),
        ("the same", |it| it.unchanged),
        ("enabled again", |it| it.enabled_again),
        ("disabled", |it| it.disabled),
        ("purged", |it| it.purged),
        ("moved here", |it| it.moved_here),
        ("moved away", |it| it.moved_away),
        ("not there", |it| it.not_found),
        ("damaged", |it| it.damaged),
        ("refused", |it| it.refused),
        ("at risk", |it| it.at_risk),
        ("left alone", |it| it.left_out),
        ("afterwards", |it| it.after),
    ];
    let removal = match outcome.object().removal() {
        Removal::Disable => "disabled",
        Removal::Purge => "purged",
    };
    let always = ["now", "new", "changed", "the same", removal, "afterwards"];
    let is_shown = |(name, count): &&Column| always.contains(name) || count(outcome.total()) > 0;
    let columns: Vec<_> = COLUMNS.iter().filter(is_shown).collect();
    let header = ["data source key"].into_iter().chain(columns.iter().map(|(name, _)| *name));
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_header(header);
    for number in 1..=columns.len() {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut add = |key: &str, counts: &Counts| {
        let numbers = columns.iter().map(|(_, count)| count(counts).to_string());
        table.add_row([plain(key)].into_iter().chain(numbers).collect::<Vec<_>>());
    };
    for source in outcome.sources() {
        add(source_key(&source.key), &source.counts);
    }
    if outcome.sources().len() != 1 {
        add("all", outcome.total());
    }
    table
}

/// By name what is disabled or purged.
fn taken(out: &mut String, answer: &Answer<'_>) -> std::fmt::Result {
    let outcome = answer.outcome;
    let total = outcome.total();
    for (removal, count, what) in [
        (Removal::Disable, total.disabled, "would be disabled"),
        (Removal::Purge, total.purged, "would be purged"),
    ] {
        if count == 0 {
            continue;
        }
        writeln!(out, "\n{} {what}:", of(outcome.object(), count))?;
        let affected = outcome.affected().filter(|it| it.removal() == removal);
        for affected in affected.take(LISTED) {
            let name = name(&affected, answer.is_masked);
            writeln!(out, "  {name}: {}", consequence(&affected))?;
        }
        let rest = usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(LISTED);
        if rest > 0 {
            writeln!(out, "  and {rest} more (--report json has all)")?;
        }
    }
    Ok(())
}

fn name(affected: &Affected<'_>, is_masked: bool) -> String {
    if is_masked && is_about_a_person(affected.object()) {
        return MASKED.to_owned();
    }
    let label = affected.label();
    plain(&if label.is_empty() { affected.key() } else { format!("{label} ({})", affected.key()) })
}

/// What it means that a record is taken away.
fn consequence(affected: &Affected<'_>) -> String {
    if affected.removal() == Removal::Purge {
        return "it is removed for good".to_owned();
    }
    let what = match affected.object() {
        Object::Course => "students and teachers lose access",
        Object::Organization => "members and leaders lose access",
        Object::Person => "the account is locked",
        Object::Membership => "the person loses access to the course",
        Object::OrganizationMembership => "the person loses access to the organization",
        _ => "it is locked and hidden",
    };
    if affected.is_deleted() {
        return format!("it is deleted: {what}");
    }
    let until = if affected.is_omitted() {
        "until a feed lists it again"
    } else {
        "until a feed enables it again"
    };
    format!("{what} {until}")
}

/// Records that change their data source key.
fn moved(out: &mut String, outcome: &Outcome<'_>) -> std::fmt::Result {
    if outcome.moves().is_empty() {
        return Ok(());
    }
    writeln!(out, "\nThe data source key changes:")?;
    for change in outcome.moves() {
        let Move { from, to, records, .. } = change;
        let [from, to] = [from, to].map(|key| plain(source_key(key)));
        writeln!(out, "  {} from {from} to {to}", of(outcome.object(), *records))?;
        if change.left_behind > 0 {
            let left = of(outcome.object(), change.left_behind);
            writeln!(
                out,
                "    Warning: this upload does not reach {from}. Left there, and not in the feed: {left}. They stay as they \
                 are, and no refresh by {to} ever finds them."
            )?;
        }
        if outcome.operation().is_refresh() && change.rekeyed > 0 {
            let rekeyed = number(change.rekeyed, "row", "rows");
            let (it, them) = if change.rekeyed == 1 { ("is", "it") } else { ("are", "them") };
            let done = match outcome.object().removal() {
                Removal::Disable => "disable",
                Removal::Purge => "purge",
            };
            let reach = if change.is_old_swept {
                "this refresh reaches"
            } else {
                "a later refresh may reach"
            };
            writeln!(
                out,
                "    Warning: {rekeyed} {it} sent for {to}, and {reach} {from}: Learn may take {them} for left out and \
                 {done} {them}. Load the feed with the old key once, or change the keys with new_data_source_key."
            )?;
        }
    }
    Ok(())
}

/// What speaks against the upload, and what to do instead.
fn verdict(out: &mut String, answer: &Answer<'_>) -> std::fmt::Result {
    let outcome = answer.outcome;
    let is_refresh = outcome.operation().is_refresh();
    if is_refresh && outcome.rows() == 0 {
        writeln!(
            out,
            "\nStop: the feed has no rows, and a refresh takes away all that it does not list."
        )?;
        writeln!(out, "Look at why the system wrote none before anything is sent.")?;
    }
    if !outcome.has_scope() {
        writeln!(
            out,
            "\nNo row says a data source key, so it is not known which ones the refresh reaches, nor what it would take \
             away: say it with --data-source-key."
        )?;
    }
    rekeyed(out, outcome)?;
    if !outcome.is_over_limit() {
        return Ok(());
    }
    writeln!(out)?;
    let sources = outcome
        .sources()
        .iter()
        .map(|source| (format!(" of {}", plain(source_key(&source.key))), &source.counts));
    let all = (String::new(), outcome.total());
    let all = if outcome.sources().len() == 1 { None } else { Some(all) };
    for (which, counts) in all.into_iter().chain(sources) {
        if outcome.exceeds(counts) {
            let share = counts.share();
            writeln!(
                out,
                "Stop: {} of {}{which} ({:.1} %) {}, and the limit is {} %.",
                share.taken,
                of(outcome.object(), share.of),
                share.percent(),
                if counts.at_risk == 0 {
                    "would be taken away"
                } else if counts.disabled + counts.purged == 0 {
                    "may be taken away"
                } else {
                    "would or may be taken away"
                },
                outcome.limit()
            )?;
        }
    }
    let total = outcome.total();
    if total.damaged > 0 {
        writeln!(out, "Correct the damaged rows before anything is sent.")?;
    }
    if total.disabled + total.purged == 0 {
        return Ok(());
    }
    if is_refresh {
        writeln!(
            out,
            "If the feed is not complete, send the whole one, or send this one with the store operation, which takes \
             nothing away."
        )?;
    }
    let instead = match answer.delta {
        Some(_) => "send the two feeds; or ",
        None if is_refresh => {
            "--delta writes a feed for the store operation and one for the delete operation; or "
        }
        None => "",
    };
    writeln!(out, "If these records are really to go, {instead}raise --max-disable.")
}

/// What a refresh moves out of a data source that it does not reach.
fn rekeyed(out: &mut String, outcome: &Outcome<'_>) -> std::fmt::Result {
    for source in outcome.sources() {
        if !source.is_swept && outcome.rekeys_too_many(&source.counts) {
            writeln!(
                out,
                "\nStop: {} of {} move out of {}, and the limit is {} %. The next refresh by that key may take them \
                 for left out.",
                source.counts.rekeyed,
                of(outcome.object(), source.counts.before),
                plain(source_key(&source.key)),
                outcome.limit()
            )?;
        }
    }
    Ok(())
}

fn source_key(key: &str) -> &str {
    if key.is_empty() { NO_KEY } else { key }
}

fn of(object: Object, count: u64) -> String {
    number(count, object.singular(), object.plural())
}

fn number(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
