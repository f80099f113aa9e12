//! Which contents hold a content.

use std::collections::HashMap;

use indexmap::IndexSet;

use crate::cycles::{Link, closing_links};
use crate::{Catalogue, Code};

/// The parents of every content: an index, to be made once for many questions.
///
/// Made by [`Catalogue::parents`].
#[derive(Debug, Clone)]
pub struct Parents<'c> {
    pub(crate) catalogue: &'c Catalogue,
    by_child: HashMap<&'c str, Vec<&'c Code>>,
    closing: IndexSet<Link<'c>>,
}

impl Catalogue {
    /// An index of the parents of every content.
    pub fn parents(&self) -> Parents<'_> {
        let mut by_child: HashMap<&str, Vec<&Code>> = HashMap::new();
        for (key, content) in self.entries() {
            for child in &content.children {
                let parents = by_child.entry(child).or_default();
                // A child may be listed twice.
                if parents.last() != Some(&key) {
                    parents.push(key);
                }
            }
        }
        Parents { catalogue: self, by_child, closing: closing_links(self) }
    }
}

impl<'c> Parents<'c> {
    /// The codes of the contents that hold the one with this code, each once, in the order of the catalogue.
    ///
    /// A code that no content has may have parents, too: links that lead nowhere.
    pub fn of(&self, code: &str) -> &[&'c Code] {
        self.by_child.get(code).map_or(&[], Vec::as_slice)
    }

    /// The parents without those whose link closes a cycle.
    pub(crate) fn above(&self, child: &'c Code) -> impl Iterator<Item = &'c Code> {
        let parents = self.of(child).iter().copied();
        parents.filter(move |parent| !self.closing.contains(&Link { parent, child }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_in_the_order_of_the_catalogue() {
        let catalogue = Catalogue::builder()
            .container("B", "", ["shared", "nowhere", "shared"])
            .container("A", "", ["shared", "A"])
            .container("shared", "", [])
            .build();
        let parents = catalogue.parents();
        for (code, expected) in [
            ("shared", &["B", "A"][..]),
            ("nowhere", &["B"]),
            ("A", &["A"]),
            ("B", &[]),
            ("unheard-of", &[]),
        ] {
            let found: Vec<_> = parents.of(code).iter().map(|code| code.as_str()).collect();
            assert_eq!(found, expected, "{code}");
        }
    }
}
