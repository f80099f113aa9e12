//! The paths that lead to a content.

use std::collections::HashMap;
use std::iter::FusedIterator;

use crate::{Catalogue, Code, Parents};

/// The paths from the roots down to a content, one after the other: each is the codes on the way, from the
/// root's to that of the content.
///
/// Made by [`Catalogue::paths`] and [`Parents::paths`]. There can be very many: with two ways through each of
/// thirty levels there are a thousand million paths. Each is found when it is asked for; take as many as are
/// wanted.
///
/// Links that close a cycle (`OD-S02`) are left out, so that every content has at least one path: in a cycle
/// below no root, paths begin with its first content.
#[derive(Debug, Clone)]
pub struct Paths<'c> {
    above: HashMap<&'c str, Vec<&'c Code>>,
    /// From the content upwards, each with the number of its parents that are done.
    stack: Vec<(&'c Code, usize)>,
}

impl Catalogue {
    /// The paths to a content. For those of many contents make [`parents`](Self::parents) once.
    pub fn paths(&self, code: &str) -> Paths<'_> {
        self.parents().paths(code)
    }
}

impl<'c> Parents<'c> {
    /// The paths to a content; none to one that is not in the catalogue.
    pub fn paths(&self, code: &str) -> Paths<'c> {
        let mut above: HashMap<&str, Vec<&Code>> = HashMap::new();
        let content = self.catalogue.entry(code).map(|(_, key, _)| key);
        let mut open = Vec::from_iter(content);
        while let Some(code) = open.pop() {
            if !above.contains_key(code.as_str()) {
                let parents: Vec<_> = self.above(code).collect();
                open.extend(&parents);
                above.insert(code, parents);
            }
        }
        Paths { above, stack: content.map(|code| (code, 0)).into_iter().collect() }
    }
}

impl<'c> Iterator for Paths<'c> {
    type Item = Vec<&'c Code>;

    fn next(&mut self) -> Option<Vec<&'c Code>> {
        loop {
            let (code, done) = self.stack.last_mut()?;
            let parents = self.above.get(code.as_str()).map_or(&[][..], Vec::as_slice);
            if let Some(parent) = parents.get(*done) {
                *done += 1;
                self.stack.push((parent, 0));
                continue;
            }
            let path = parents
                .is_empty()
                .then(|| self.stack.iter().rev().map(|(code, _)| *code).collect());
            self.stack.pop();
            if path.is_some() {
                return path;
            }
        }
    }
}

impl FusedIterator for Paths<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(catalogue: &Catalogue, code: &str) -> Vec<String> {
        let join =
            |path: Vec<&Code>| path.iter().map(|code| code.as_str()).collect::<Vec<_>>().join("/");
        catalogue.paths(code).map(join).collect()
    }

    #[test]
    fn all_ways_lead_to_a_shared_content() {
        let catalogue = Catalogue::builder()
            .program("P", "", ["A", "B"])
            .program("Q", "", ["B"])
            .container("A", "", ["shared"])
            .container("B", "", ["shared", "nowhere"])
            .container("shared", "", [])
            .build();
        assert_eq!(paths(&catalogue, "shared"), ["P/A/shared", "P/B/shared", "Q/B/shared"]);
        assert_eq!(paths(&catalogue, "P"), ["P"]);
        assert_eq!(paths(&catalogue, "nowhere"), [""; 0]);
    }

    #[test]
    fn no_path_goes_round() {
        let catalogue = Catalogue::builder()
            .container("A", "", ["B"])
            .container("B", "", ["A", "C", "C"])
            .container("C", "", ["C"])
            .build();
        assert_eq!(paths(&catalogue, "C"), ["A/B/C"]);
        assert_eq!(paths(&catalogue, "A"), ["A"]);
    }
}
