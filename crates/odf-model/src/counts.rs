//! How many contents of each kind there are.

use std::fmt;

use crate::{Catalogue, Kind};

/// Number of contents of each kind. `Display` writes those that there are: `1 program, 2 containers`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    by_kind: [usize; Kind::ALL.len()],
}

impl Catalogue {
    /// Counts the contents.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for content in self.iter() {
            counts.by_kind[content.kind() as usize] += 1;
        }
        counts
    }
}

impl Counts {
    /// The number of contents of a kind.
    pub const fn of(self, kind: Kind) -> usize {
        self.by_kind[kind as usize]
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for kind in Kind::ALL {
            let count = self.of(kind);
            if count == 0 {
                continue;
            }
            let name = match kind {
                Kind::Program => "program",
                Kind::SubProgram => "subprogram",
                Kind::Container => "container",
                Kind::CourseList => "course list",
                Kind::Course => "course",
            };
            write!(f, "{separator}{count} {name}{}", if count == 1 { "" } else { "s" })?;
            separator = ", ";
        }
        if separator.is_empty() { f.write_str("no contents") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_words() {
        let catalogue = Catalogue::builder()
            .program("P", "", [])
            .optional("L", "", [])
            .mandatory("M", "", [])
            .ue("U", "", 6, [])
            .build();
        let counts = catalogue.counts();
        assert_eq!(counts.to_string(), "1 program, 2 course lists, 1 course");
        assert_eq!((counts.of(Kind::CourseList), counts.of(Kind::Container)), (2, 0));
        assert_eq!(Counts::default().to_string(), "no contents");
    }
}
