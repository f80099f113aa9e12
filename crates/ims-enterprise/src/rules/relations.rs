//! How groups stand to each other, and what cannot be.

use edu_diagnostics::keys::{Keyed, number};
use edu_diagnostics::{Diagnostic, Place};
use edu_syntax::xml::Text;

use super::table;
use super::whole::folded;
use crate::codes::Relation;
use crate::redact;

/// Parents of groups.
#[derive(Debug, Default)]
pub(super) struct Relations {
    numbers: Keyed<usize>,
    names: Vec<Box<str>>,
    /// Parents of each group, with the place where the file says so.
    parents: Vec<Vec<(usize, Place)>>,
}

impl Relations {
    fn number(&mut self, id: &Text<'_>) -> usize {
        let next = self.names.len();
        let key = number(folded(id).as_bytes());
        let found = *self.numbers.entry(key).or_insert(next);
        if found == next {
            self.names.push(redact::text(id).trim().into());
            self.parents.push(Vec::new());
        }
        found
    }

    /// Notes what `other` is to `group`; absent means its parent.
    pub(super) fn add(
        &mut self,
        group: &Text<'_>,
        other: &Text<'_>,
        relation: Option<&Relation>,
        place: Place,
        out: &mut Vec<Diagnostic>,
    ) {
        let (group, other_group) = (self.number(group), self.number(other));
        let (child, parent) = match relation {
            None | Some(Relation::Parent) => (group, other_group),
            Some(Relation::Child) => (other_group, group),
            Some(_) => return,
        };
        if child == parent {
            let finding = Diagnostic::new(&table::OWN_PARENT).at(place.span());
            let mut finding = finding.data("found", redact::source(other.raw()));
            finding.position = Some(place.position());
            out.push(finding);
            return;
        }
        self.parents[child].push((parent, place));
    }

    /// Reports each circle of parents once, at the relationship that closes it. Walks without recursion:
    /// a circle may be as long as the file.
    pub(super) fn cycles(&self, out: &mut Vec<Diagnostic>) {
        #[derive(Clone, Copy, PartialEq)]
        enum Mark {
            New,
            /// With the number of groups before it on the path.
            OnPath(usize),
            Done,
        }
        let mut marks = vec![Mark::New; self.parents.len()];
        for start in 0..self.parents.len() {
            if marks[start] != Mark::New {
                continue;
            }
            // The groups on the way up, each with the number of parents that have been looked at.
            let mut path = vec![(start, 0)];
            marks[start] = Mark::OnPath(0);
            while let Some((group, looked_at)) = path.last_mut() {
                let Some(&(parent, place)) = self.parents[*group].get(*looked_at) else {
                    marks[*group] = Mark::Done;
                    path.pop();
                    continue;
                };
                *looked_at += 1;
                match marks[parent] {
                    Mark::New => {
                        marks[parent] = Mark::OnPath(path.len());
                        path.push((parent, 0));
                    }
                    Mark::Done => {}
                    Mark::OnPath(before) => {
                        let length = path.len() - before;
                        let mut finding = Diagnostic::new(&table::PARENT_CYCLE)
                            .at(place.span())
                            .data("found", &self.names[parent])
                            .count("length", length as u64);
                        finding.position = Some(place.position());
                        out.push(finding);
                    }
                }
            }
        }
    }
}
