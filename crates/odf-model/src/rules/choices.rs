//! Lists and what is to be chosen from them.

use std::collections::HashSet;

use edu_diagnostics::{Diagnostic, Sink};

use super::table;
use crate::{Catalogue, ChoiceType, Element};

pub(super) fn check(catalogue: &Catalogue, sink: &mut dyn Sink) {
    for content in catalogue.iter() {
        let Element::CourseList(list) = &content.element else { continue };
        if content.children.is_empty() {
            sink.report(Diagnostic::new(&table::EMPTY_LIST).data("content", &content.code));
            continue;
        }
        let Some(ChoiceType::Choice(range)) = list.choice else { continue };
        let children = content.children.iter().collect::<HashSet<_>>().len();
        if range.is_invalid_for(children) {
            let finding = Diagnostic::new(&table::CHOICE_RANGE_INVALID)
                .data("content", &content.code)
                .word("range", range.to_string());
            sink.report(finding.count("count", children as u64));
        }
    }
}
