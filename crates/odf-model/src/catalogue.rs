//! The catalogue: contents that hold each other.

use indexmap::IndexMap;

use crate::{Code, Content, Kind};

/// Contents by code: a directed graph without cycles, whose nodes may have several parents.
///
/// The order is the one in which contents were added. A catalogue can hold what is not allowed, links that
/// lead nowhere and cycles among them; the rules (`OD-…`) say what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    contents: IndexMap<Code, Content>,
}

impl Catalogue {
    /// An empty catalogue.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty catalogue with room for so many contents.
    pub fn with_capacity(contents: usize) -> Self {
        Self { contents: IndexMap::with_capacity(contents) }
    }

    /// Adds a content and gives back the one that had its code.
    pub fn insert(&mut self, content: Content) -> Option<Content> {
        self.contents.insert(content.code.clone(), content)
    }

    /// The content with a code.
    pub fn get(&self, code: &str) -> Option<&Content> {
        self.contents.get(code)
    }

    /// The content with a code, to be changed. Its code stays: it is the key.
    pub fn get_mut(&mut self, code: &str) -> Option<&mut Content> {
        self.contents.get_mut(code)
    }

    /// Number of contents.
    pub fn len(&self) -> usize {
        self.contents.len()
    }

    /// Whether there is no content.
    pub fn is_empty(&self) -> bool {
        self.contents.is_empty()
    }

    /// The contents, in the order in which they were added.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Content> + DoubleEndedIterator {
        self.contents.values()
    }

    /// The programmes.
    pub fn programs(&self) -> impl Iterator<Item = &Content> {
        self.iter().filter(|content| content.kind() == Kind::Program)
    }

    /// The contents that no content holds.
    pub fn roots(&self) -> impl Iterator<Item = &Content> {
        let mut is_held = vec![false; self.len()];
        for child in self.iter().flat_map(|content| &content.children) {
            if let Some(at) = self.contents.get_index_of(child.as_str()) {
                is_held[at] = true;
            }
        }
        self.iter().zip(is_held).filter(|(_, is_held)| !is_held).map(|(content, _)| content)
    }

    /// The codes of the children of a content, with the children where there are any.
    pub fn children<'c>(
        &'c self,
        code: &str,
    ) -> impl Iterator<Item = (&'c Code, Option<&'c Content>)> + use<'c> {
        let children = self.get(code).map_or(&[][..], |content| &content.children);
        children.iter().map(|code| (code, self.get(code)))
    }

    /// Place, key and content. Inside this crate contents are told apart by their keys, so that one whose
    /// code was changed does no harm.
    pub(crate) fn entry(&self, code: &str) -> Option<(usize, &Code, &Content)> {
        self.contents.get_full(code)
    }

    /// Keys and contents, in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Code, &Content)> {
        self.contents.iter()
    }
}

/// Of contents with one code the last one stays, in the place of the first.
impl FromIterator<Content> for Catalogue {
    fn from_iter<I: IntoIterator<Item = Content>>(contents: I) -> Self {
        let mut catalogue = Self::new();
        catalogue.extend(contents);
        catalogue
    }
}

impl Extend<Content> for Catalogue {
    fn extend<I: IntoIterator<Item = Content>>(&mut self, contents: I) {
        self.contents.extend(contents.into_iter().map(|content| (content.code.clone(), content)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes<'c>(contents: impl Iterator<Item = &'c Content>) -> Vec<&'c str> {
        contents.map(|content| content.code.as_str()).collect()
    }

    #[test]
    fn roots_are_held_by_nothing() {
        let catalogue = Catalogue::builder()
            .container("A", "", ["B", "nowhere"])
            .program("P", "", ["B"])
            .container("B", "", [])
            .container("loop", "", ["loop"])
            .program("Q", "", [])
            .build();
        assert_eq!(codes(catalogue.roots()), ["A", "P", "Q"]);
        assert_eq!(codes(catalogue.programs()), ["P", "Q"]);
    }

    #[test]
    fn children_that_are_missing_are_shown_as_missing() {
        let catalogue =
            Catalogue::builder().year("Y", "", ["S", "nowhere"]).semester("S", "", []).build();
        let children: Vec<_> =
            catalogue.children("Y").map(|(code, child)| (code.as_str(), child.is_some())).collect();
        assert_eq!(children, [("S", true), ("nowhere", false)]);
        assert_eq!(catalogue.children("nowhere").count(), 0);
    }

    #[test]
    fn the_last_content_with_a_code_stays_in_the_place_of_the_first() {
        let catalogue = Catalogue::builder()
            .year("Y", "old", [])
            .year("Z", "", [])
            .year("Y", "new", [])
            .build();
        assert_eq!(codes(catalogue.iter()), ["Y", "Z"]);
        assert_eq!(catalogue.get("Y").map(|content| content.title.as_str()), Some("new"));
    }
}
