//! The report in numbers.

use std::io::{self, Write};

use comfy_table::{CellAlignment, Table, presets};

use super::{Outcome, Report, Weights};
use crate::plain::plain;
use crate::text::Text;

/// A table of file and rule, written at the end.
pub(super) struct Summary<W> {
    out: W,
    table: Table,
    total: Weights,
}

impl<W: Write> Summary<W> {
    pub(super) fn new(out: W) -> Self {
        let mut table = Table::new();
        table
            .load_style(presets::ASCII_MARKDOWN)
            .set_header(["file", "code", "name", "severity", "count"]);
        if let Some(column) = table.column_mut(4) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        Self { out, table, total: Weights::default() }
    }

    fn row(&mut self, path: &str, code: &str, name: &str, severity: &str, count: u64) {
        self.table.add_row([path, code, name, severity, &count.to_string()]);
    }
}

impl<W: Write> Report for Summary<W> {
    fn keeps(&self) -> u64 {
        0
    }

    fn file(&mut self, file: Outcome, _: &Text<'_>) {
        let path = plain(&file.path);
        for (rule, severity, count) in file.tally.rows() {
            self.row(&path, rule.code, rule.name, severity.as_str(), count);
        }
        for skipped in &file.skipped {
            self.row(&path, skipped.code, &format!("not checked: {}", skipped.reason), "", 0);
        }
        let weights = file.tally.weights();
        let verdict = match file.format {
            None => "no known format".to_owned(),
            Some(_) => weights.to_string(),
        };
        self.row(&path, "total", "", &verdict, weights.total());
        self.total.add(weights);
    }

    fn finish(&mut self) -> io::Result<()> {
        let total = self.total;
        self.row("total", "", "", &total.to_string(), total.total());
        writeln!(self.out, "{}", self.table.trim_fmt())?;
        self.out.flush()
    }
}
