//! Links that close a cycle.

use indexmap::IndexSet;

use crate::{Catalogue, Code, Content};

/// A link from a content to one of its children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Link<'c> {
    pub(crate) parent: &'c Code,
    pub(crate) child: &'c Code,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the way from a root to where the search is.
    Open,
    Done,
}

/// The links that lead back to where the search came from, each once. Without them there is no cycle.
///
/// Which link of a cycle that is depends on where the search enters: from the roots, in order, and in a cycle
/// below no root from its first content.
pub(crate) fn closing_links(catalogue: &Catalogue) -> IndexSet<Link<'_>> {
    let mut search =
        Search { catalogue, states: vec![State::New; catalogue.len()], closing: IndexSet::new() };
    for start in catalogue.roots().chain(catalogue.iter()) {
        search.from(start);
    }
    search.closing
}

struct Search<'c> {
    catalogue: &'c Catalogue,
    states: Vec<State>,
    /// A set: a child may be listed twice.
    closing: IndexSet<Link<'c>>,
}

impl<'c> Search<'c> {
    fn from(&mut self, start: &'c Content) {
        let mut stack = Vec::new();
        let mut next = self.catalogue.entry(&start.code);
        loop {
            if let Some((at, key, content)) = next
                && self.states[at] == State::New
            {
                self.states[at] = State::Open;
                stack.push((at, key, content.children.iter()));
            }
            let Some((at, parent, children)) = stack.last_mut() else { return };
            let Some(code) = children.next() else {
                self.states[*at] = State::Done;
                stack.pop();
                next = None;
                continue;
            };
            next = self.catalogue.entry(code);
            if let Some((at, child, _)) = next
                && self.states[at] == State::Open
            {
                self.closing.insert(Link { parent, child });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closing(catalogue: &Catalogue) -> Vec<(&str, &str)> {
        closing_links(catalogue)
            .into_iter()
            .map(|link| (link.parent.as_str(), link.child.as_str()))
            .collect()
    }

    #[test]
    fn shared_contents_are_no_cycle() {
        let catalogue = Catalogue::builder()
            .container("A", "", ["B", "C", "B"])
            .container("B", "", ["D"])
            .container("C", "", ["D", "B", "nowhere"])
            .container("D", "", [])
            .build();
        assert_eq!(closing(&catalogue), [("", ""); 0]);
    }

    #[test]
    fn the_search_enters_from_the_roots() {
        let catalogue = Catalogue::builder()
            .container("C", "", ["A"])
            .container("A", "", ["B", "A", "A"])
            .container("B", "", ["C"])
            .container("root", "", ["B"])
            .container("alone", "", ["alone"])
            .build();
        assert_eq!(closing(&catalogue), [("A", "B"), ("A", "A"), ("alone", "alone")]);
    }
}
