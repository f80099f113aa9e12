//! Which contents hold which.

use std::collections::HashSet;

use edu_diagnostics::{Diagnostic, Sink};
use indexmap::{IndexMap, IndexSet};

use super::table;
use crate::cycles::Link;
use crate::{Catalogue, Code, Content, Kind};

pub(super) fn check(catalogue: &Catalogue, closing: &IndexSet<Link<'_>>, sink: &mut dyn Sink) {
    let mut in_lists = HashSet::new();
    for content in catalogue.iter() {
        if content.kind() == Kind::CourseList {
            in_lists.extend(content.children.iter().map(Code::as_str));
        }
        for (child, count) in children(content) {
            link(content, child, catalogue.get(child), sink);
            if count > 1 {
                let finding = Diagnostic::new(&table::CHILD_REPEATED)
                    .data("parent", &content.code)
                    .data("child", child);
                sink.report(finding.count("count", count));
            }
        }
    }
    for link in closing {
        let finding = Diagnostic::new(&table::CYCLE).data("parent", link.parent);
        sink.report(finding.data("child", link.child));
    }
    for course in catalogue.iter().filter(|content| content.kind() == Kind::Course) {
        if !in_lists.contains(course.code.as_str()) {
            let finding = Diagnostic::new(&table::COURSE_OUTSIDE_LIST);
            sink.report(finding.data("content", &course.code));
        }
    }
}

/// The codes of the children, each once and with the number of times it is there.
fn children(content: &Content) -> IndexMap<&str, u64> {
    let mut counts = IndexMap::with_capacity(content.children.len());
    for code in &content.children {
        *counts.entry(code.as_str()).or_default() += 1;
    }
    counts
}

fn link(parent: &Content, code: &str, child: Option<&Content>, sink: &mut dyn Sink) {
    let Some(child) = child else {
        let finding = Diagnostic::new(&table::DANGLING_CHILD).data("parent", &parent.code);
        return sink.report(finding.data("child", code));
    };
    if !parent.kind().may_hold(child.kind()) {
        sink.report(
            Diagnostic::new(&table::CHILD_NOT_ALLOWED)
                .word("kind", parent.kind().as_str())
                .data("parent", &parent.code)
                .word("child_kind", child.kind().as_str())
                .data("child", code),
        );
    }
}
