//! Fields that are empty, and codes.

use std::collections::HashMap;

use edu_diagnostics::{Diagnostic, Sink};

use super::table;
use crate::{Catalogue, Kind, Missing};

pub(super) fn check(catalogue: &Catalogue, sink: &mut dyn Sink) {
    let mut by_sync_code = HashMap::new();
    let mut lacks_period = false;
    for content in catalogue.iter() {
        if content.code.trim().is_empty() {
            let finding = Diagnostic::new(&table::CODE_EMPTY).word("kind", content.kind().as_str());
            sink.report(finding.data("title", &content.title));
        }
        for field in content.missing_fields() {
            lacks_period |= field == Missing::PERIOD;
            if field != Missing::PERIOD {
                required(content.kind(), &content.code, field, sink);
            }
        }
        let Some(sync_code) = content.sync_code.as_deref().filter(|code| !code.is_empty()) else {
            continue;
        };
        let first = *by_sync_code.entry(sync_code).or_insert(content);
        if first.code != content.code {
            let finding = Diagnostic::new(&table::SYNC_CODE_REPEATED)
                .data("content", &content.code)
                .data("value", sync_code);
            sink.report(finding.data("other", &first.code));
        }
    }
    if lacks_period {
        required(Kind::Container, Missing::CONTAINERS, Missing::PERIOD, sink);
    }
}

fn required(kind: Kind, code: &str, field: &'static str, sink: &mut dyn Sink) {
    let finding = Diagnostic::new(&table::REQUIRED_FIELD_MISSING)
        .word("kind", kind.as_str())
        .data("content", code);
    sink.report(finding.word("field", field));
}
