//! Walking down from a content.

use std::collections::HashSet;
use std::iter::FusedIterator;
use std::slice;

use crate::{Catalogue, Code, Content};

/// A walk through the contents below one, parents first and children in order, each content once.
///
/// Made by [`Catalogue::walk`]. A content with several parents comes where it is met first. Links that lead
/// nowhere are passed over, and a cycle ends where it comes back.
#[derive(Debug, Clone)]
pub struct Walk<'c> {
    catalogue: &'c Catalogue,
    root: Option<(&'c Code, &'c Content)>,
    seen: HashSet<&'c str>,
    stack: Vec<(&'c Content, slice::Iter<'c, Code>)>,
}

/// A content that a [`Walk`] comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'c> {
    /// The content.
    pub content: &'c Content,
    /// The content that the walk comes from; none at the root.
    pub parent: Option<&'c Content>,
    /// Number of links from the root.
    pub depth: usize,
}

impl Catalogue {
    /// Walks through a content and everything below it.
    pub fn walk(&self, root: &str) -> Walk<'_> {
        let root = self.entry(root).map(|(_, key, content)| (key, content));
        Walk { catalogue: self, root, seen: HashSet::new(), stack: Vec::new() }
    }
}

impl<'c> Walk<'c> {
    /// The codes from the root to the content given last.
    pub fn path(&self) -> impl Iterator<Item = &'c Code> {
        self.stack.iter().map(|(content, _)| &content.code)
    }

    /// Goes on below this content, if it was not met before.
    fn enter(&mut self, key: &'c Code, content: &'c Content) -> Option<Step<'c>> {
        if !self.seen.insert(key) {
            return None;
        }
        let parent = self.stack.last().map(|(parent, _)| *parent);
        let depth = self.stack.len();
        self.stack.push((content, content.children.iter()));
        Some(Step { content, parent, depth })
    }
}

impl<'c> Iterator for Walk<'c> {
    type Item = Step<'c>;

    fn next(&mut self) -> Option<Step<'c>> {
        if let Some((key, root)) = self.root.take() {
            return self.enter(key, root);
        }
        loop {
            let Some(code) = self.stack.last_mut()?.1.next() else {
                self.stack.pop();
                continue;
            };
            if let Some((_, key, content)) = self.catalogue.entry(code)
                && let Some(step) = self.enter(key, content)
            {
                return Some(step);
            }
        }
    }
}

impl FusedIterator for Walk<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_content_comes_once_where_it_is_met_first() {
        let catalogue = Catalogue::builder()
            .program("P", "", ["A", "nowhere", "B"])
            .container("A", "", ["shared"])
            .container("B", "", ["shared", "P", "C"])
            .container("C", "", [])
            .container("shared", "", [])
            .container("elsewhere", "", [])
            .build();
        let mut walk = catalogue.walk("P");
        let mut steps = Vec::new();
        while let Some(step) = walk.next() {
            let path: Vec<_> = walk.path().map(Code::as_str).collect();
            assert_eq!(path.len(), step.depth + 1);
            let parent = step.parent.map_or("", |parent| parent.code.as_str());
            steps.push((parent, path.join("/")));
        }
        let steps: Vec<_> = steps.iter().map(|(parent, path)| (*parent, path.as_str())).collect();
        assert_eq!(
            steps,
            [("", "P"), ("P", "P/A"), ("A", "P/A/shared"), ("P", "P/B"), ("B", "P/B/C")]
        );
        assert_eq!((walk.next(), walk.path().count()), (None, 0));
        assert_eq!(catalogue.walk("nowhere").count(), 0);
    }
}
