//! What a file is made of.

use serde::Serialize;

/// How many records of each kind an IMS Enterprise file holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// `person` elements.
    pub person: u64,
    /// `group` elements.
    pub group: u64,
    /// `membership` elements.
    pub membership: u64,
    /// `member` elements, in all memberships together.
    pub member: u64,
}

impl Counts {
    /// Counts one start tag; a name that is no record is passed over.
    #[inline]
    pub fn note(&mut self, name: &[u8]) {
        match name {
            b"person" => self.person += 1,
            b"group" => self.group += 1,
            b"membership" => self.membership += 1,
            b"member" => self.member += 1,
            _ => {}
        }
    }
}

/// How many records a setup file holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SetupCounts {
    /// Files to upload.
    pub record: u64,
}

/// How many rows a matrix has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MatrixCounts {
    /// Head rows and profile values.
    pub row: u64,
}

/// How many objects a maquette has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MaquetteCounts {
    /// Formations, objects and groupings; one that is repeated on several paths counts each time.
    pub object: u64,
}

/// How many rows three feeds have together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FeedCounts {
    /// Users.
    pub user: u64,
    /// Courses.
    pub course: u64,
    /// Enrolments.
    pub membership: u64,
}
