//! Years below years and semesters.

use std::collections::HashSet;

use edu_diagnostics::{Diagnostic, Sink};
use indexmap::IndexSet;

use super::table;
use crate::cycles::Link;
use crate::{Catalogue, ContainerNature, Content, Element};

/// Goes down from every year and semester as far as the next ones.
///
/// What is between belongs to the first one that reaches it: every content and link is looked at once, and a
/// year is reported once.
pub(super) fn check(catalogue: &Catalogue, closing: &IndexSet<Link<'_>>, sink: &mut dyn Sink) {
    let mut seen: HashSet<&str> = HashSet::new();
    for (key, content) in catalogue.entries() {
        let Some(nature) = period(content) else { continue };
        let mut open = vec![(key, content)];
        while let Some((parent, above)) = open.pop() {
            for child in above.children.iter().rev() {
                if closing.contains(&Link { parent, child }) {
                    continue;
                }
                let Some((_, child, below)) = catalogue.entry(child) else { continue };
                match period(below) {
                    Some(ContainerNature::Year) if seen.insert(child) => {
                        report(below, content, nature, sink);
                    }
                    None if seen.insert(child) => open.push((child, below)),
                    _ => {}
                }
            }
        }
    }
}

/// Year or semester, if the content is one.
fn period(content: &Content) -> Option<&ContainerNature> {
    match &content.element {
        Element::Container(container) => (container.nature.as_ref())
            .filter(|nature| matches!(nature, ContainerNature::Year | ContainerNature::Semester)),
        _ => None,
    }
}

fn report(year: &Content, above: &Content, nature: &ContainerNature, sink: &mut dyn Sink) {
    sink.report(
        Diagnostic::new(&table::YEAR_UNDER_PERIOD)
            .data("content", &year.code)
            .word("nature", nature_name(nature))
            .data("parent", &above.code),
    );
}

fn nature_name(nature: &ContainerNature) -> &'static str {
    if *nature == ContainerNature::Year { "year" } else { "semester" }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;
    use edu_diagnostics::Collector;

    fn said(catalogue: &Catalogue) -> Vec<String> {
        let mut found = Collector::new();
        check(catalogue, None, &mut found);
        let found = found.findings().iter();
        found.filter(|finding| finding.rule.code == "OD-S05").map(ToString::to_string).collect()
    }

    #[test]
    fn semesters_belong_under_years_and_years_under_nothing_but_groupings() {
        let catalogue = Catalogue::builder()
            .program("P", "", ["G", "Y1"])
            .container("G", "", ["Y1"])
            .year("Y1", "", ["S1", "S2"])
            .semester("S1", "", ["S2"])
            .semester("S2", "", [])
            .build();
        assert_eq!(said(&catalogue), [""; 0]);
    }

    #[test]
    fn years_below_are_said_once_whatever_is_between() {
        let catalogue = Catalogue::builder()
            .year("Y1", "", ["Y2", "S1", "G"])
            .semester("S1", "", ["Y3", "Y2"])
            .container("G", "", ["SP", "G2"])
            .container("G2", "", ["SP"])
            .sub_program("SP", "", ["Y4", "Y4"])
            .year("Y2", "", [])
            .year("Y3", "", [])
            .year("Y4", "", [])
            .build();
        assert_eq!(
            said(&catalogue),
            [
                "the year `Y2` stands under the year `Y1`",
                "the year `Y4` stands under the year `Y1`",
                "the year `Y3` stands under the semester `S1`",
            ]
        );
    }

    #[test]
    fn a_cycle_is_a_cycle_and_nothing_more() {
        let catalogue = Catalogue::builder()
            .year("Y", "", ["G"])
            .container("G", "", ["S"])
            .semester("S", "", ["Y", "G"])
            .build();
        assert_eq!(said(&catalogue), [""; 0]);
    }
}
