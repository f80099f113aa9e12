//! The entries of a reference table.

use edu_diagnostics::{Diagnostic, Sink};
use indexmap::IndexMap;

use super::table;
use crate::Table;

pub(super) fn check(id: &str, reference: &Table, sink: &mut dyn Sink) {
    let mut counts: IndexMap<&str, u64> = IndexMap::new();
    for entry in reference.entries() {
        if entry.code.trim().is_empty() {
            let finding = Diagnostic::new(&table::ENTRY_CODE_EMPTY).data("label", &entry.label);
            sink.report(finding.data("table", id));
        } else {
            *counts.entry(&entry.code).or_default() += 1;
        }
        let Some(value) = entry.pegase_code.as_deref() else { continue };
        // The code of an entry that is there twice is said to be.
        let first = reference.by_pegase_code(value).filter(|first| first.code != entry.code);
        if let Some(first) = first {
            let finding = Diagnostic::new(&table::PEGASE_CODE_REPEATED)
                .data("code", &entry.code)
                .data("other", &first.code);
            sink.report(finding.data("table", id).data("value", value));
        }
    }
    for (code, count) in counts.into_iter().filter(|(_, count)| *count > 1) {
        let finding = Diagnostic::new(&table::CODE_REPEATED).data("code", code);
        sink.report(finding.count("count", count).data("table", id));
    }
}
