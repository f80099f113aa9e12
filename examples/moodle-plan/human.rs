//! The plan for people.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use chrono::DateTime;
use comfy_table::{CellAlignment, Table, presets};
use edu_diagnostics::{Collector, Severity};
use ims_enterprise::moodle::{Action, Step, UserFields};

use crate::line::line;
use crate::plain::plain;

/// Rows of a table that are shown; the others are only counted.
const ROWS: usize = 1000;

/// Findings of one rule that are shown.
const SHOWN: u64 = 20;

/// Characters of a cell that are shown: one long name would push the rest out of sight.
const CELL: usize = 120;

/// Tables that are filled while the plan is made.
pub(crate) struct Human {
    done: Rows,
    skipped: Rows,
    counts: BTreeMap<&'static str, u64>,
}

/// A table that ends with the number of what is not shown.
struct Rows {
    table: Table,
    total: usize,
}

impl Rows {
    fn new<const N: usize>(header: [&str; N]) -> Self {
        Self { table: table(header, 0), total: 0 }
    }

    fn add<const N: usize>(&mut self, cells: [&str; N]) {
        self.total += 1;
        if self.total <= ROWS {
            self.table.add_row(cells.map(cell));
        }
    }
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.table.trim_fmt())?;
        if self.total > ROWS {
            writeln!(f, "… and {} more", self.total - ROWS)?;
        }
        Ok(())
    }
}

/// A table whose column of numbers is at the right of its cells.
fn table<const N: usize>(header: [&str; N], numbers: usize) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_header(header);
    if let Some(column) = table.column_mut(numbers) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// What is shown of a text: its beginning, on one line.
fn cell(text: &str) -> String {
    let mut characters = text.chars();
    let mut shown = plain(&characters.by_ref().take(CELL).collect::<String>());
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

impl Human {
    pub(crate) fn new() -> Self {
        Self {
            done: Rows::new(["line", "action", "who or what", "course", "reason"]),
            skipped: Rows::new(["line", "record", "id", "course", "reason"]),
            counts: BTreeMap::new(),
        }
    }

    pub(crate) fn action(&mut self, action: &Action<'_>) {
        *self.counts.entry(action.step.name()).or_default() += 1;
        let (line, reason) = (action.line.to_string(), &*action.reason);
        if let Step::Skip { record, id, course } = &action.step {
            return self.skipped.add([&line, *record, id, course, reason]);
        }
        let (what, course) = subject(&action.step);
        self.done.add([&line, action.step.name(), &what, course, reason]);
    }

    /// The report. `path` is the file, `mode` the word of the command line.
    pub(crate) fn finish(self, path: &str, mode: &str, found: Collector, colour: bool) -> String {
        let mut out = String::new();
        // Writing to a `String` cannot fail.
        let _ = self.write(&mut out, &plain(path), mode, found, colour);
        out
    }

    fn write(
        self,
        out: &mut String,
        path: &str,
        mode: &str,
        found: Collector,
        colour: bool,
    ) -> fmt::Result {
        let strong = if colour { Style::new().effects(Effects::BOLD) } else { Style::new() };
        let heading = |out: &mut String, text: &str| writeln!(out, "\n{strong}{text}{strong:#}");
        writeln!(
            out,
            "{strong}{path}{strong:#} ({mode}): {}, {} left out",
            number(self.done.total, "step"),
            self.skipped.total
        )?;
        if self.done.total > 0 {
            heading(out, "What happens")?;
            write!(out, "{}", self.done)?;
        }
        if !self.counts.is_empty() {
            heading(out, "How often")?;
            let mut counts = table(["action", "count"], 1);
            for (name, count) in &self.counts {
                counts.add_row([*name, &count.to_string()]);
            }
            writeln!(out, "{}", counts.trim_fmt())?;
        }
        if self.skipped.total > 0 {
            heading(out, "What is left out")?;
            write!(out, "{}", self.skipped)?;
        }
        if found.worst().is_some() {
            heading(out, "What was found")?;
            findings(out, path, found, colour)?;
        }
        Ok(())
    }
}

/// A line a finding; of a rule the first ones by place.
fn findings(out: &mut String, path: &str, found: Collector, colour: bool) -> fmt::Result {
    let totals: Vec<_> = found.counts().collect();
    let mut shown: BTreeMap<&str, u64> = BTreeMap::new();
    for finding in found.into_sorted() {
        let shown = shown.entry(finding.rule.code).or_default();
        *shown += 1;
        if *shown <= SHOWN {
            let style = if colour { style(finding.severity) } else { Style::new() };
            let mut said = String::new();
            // What has no place is about the settings or the site.
            let path = if finding.span.is_some() { path } else { "settings and site" };
            line(&mut said, path, &finding);
            writeln!(out, "{style}{}{style:#}", said.trim_end())?;
        }
    }
    for (rule, total) in totals.into_iter().filter(|(_, total)| *total > SHOWN) {
        writeln!(out, "… and {} more {} ({})", total - SHOWN, rule.code, rule.name)?;
    }
    Ok(())
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::BrightRed.on_default(),
        Severity::Warning => AnsiColor::Yellow.on_default(),
        Severity::Info => Style::new(),
    }
}

/// A number of things.
fn number(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// Whom or what a step is about, and the course that it is in.
fn subject<'a>(step: &'a Step<'_>) -> (String, &'a str) {
    match step {
        Step::CreateUser { idnumber, fields } | Step::UpdateUser { idnumber, fields } => {
            (format!("{idnumber}: {}", given(fields)), "")
        }
        Step::DeleteUser { username } => (username.to_string(), ""),
        Step::AttachIdnumber { username, idnumber } => (format!("{username}: {idnumber}"), ""),
        Step::CreateCategory { path, .. } => (path.join(" / "), ""),
        Step::CreateCourse { course, shortname, fullname, category, .. } => {
            (format!("{shortname}, {fullname}, in {}", category.join(" / ")), course)
        }
        Step::UpdateCourse { course, shortname, fullname } => {
            let names: Vec<&str> =
                [shortname, fullname].into_iter().flatten().map(|n| &**n).collect();
            (names.join(", "), course)
        }
        Step::HideCourse { course } | Step::AddInstance { course } => (String::new(), course),
        Step::Enrol { course, idnumber, role, timestart, timeend } => {
            (format!("{idnumber} as {role}{}", dates(*timestart, *timeend)), course)
        }
        Step::AddRole { course, idnumber, role }
        | Step::ReplaceRoles { course, idnumber, role } => {
            (format!("{idnumber} as {role}"), course)
        }
        Step::RefreshDates { course, idnumber, timestart, timeend } => {
            (format!("{idnumber}{}", dates(*timestart, *timeend)), course)
        }
        Step::Reactivate { course, idnumber }
        | Step::Suspend { course, idnumber }
        | Step::RemoveRoles { course, idnumber }
        | Step::Unenrol { course, idnumber } => (idnumber.to_string(), course),
        Step::CreateGroup { course, group } => (group.to_string(), course),
        Step::AddToGroup { course, group, idnumber } => (format!("{idnumber} to {group}"), course),
        _ => (String::new(), ""),
    }
}

/// Name by name what a file gives of a user.
fn given(fields: &UserFields<'_>) -> String {
    let fields: Vec<_> = fields.given().map(|(name, value)| format!("{name}={value}")).collect();
    fields.join(", ")
}

/// The days between which an enrolment counts.
fn dates(start: i64, end: i64) -> String {
    let day = |seconds: i64| DateTime::from_timestamp(seconds, 0).map(|moment| moment.date_naive());
    let mut out = String::new();
    for (word, seconds) in [("from", start), ("until", end)] {
        if let Some(day) = day(seconds).filter(|_| seconds != 0) {
            // Writing to a `String` cannot fail.
            let _ = write!(out, ", {word} {day}");
        }
    }
    out
}
