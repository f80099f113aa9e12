//! Records that an upload would take away.

use crate::field::Field;
use crate::history::{History, Stored};
use crate::object::{Object, Removal};

/// A record that is there and would be disabled or purged.
#[derive(Clone, Copy)]
pub struct Affected<'h> {
    pub(super) history: &'h History,
    pub(super) object: Object,
    pub(super) place: usize,
    pub(super) stored: &'h Stored,
    pub(super) loss: Loss,
}

/// What becomes of a record, kept small.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loss {
    pub(super) removal: Removal,
    pub(super) why: Why,
}

/// Why a record is taken away, or may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Omitted,
    Disabled,
    Deleted,
    /// It is in damaged rows alone.
    Damaged,
    /// Its row is sent for another data source.
    Rekeyed {
        is_old_swept: bool,
    },
}

impl<'h> Affected<'h> {
    /// What kind of record it is.
    pub fn object(&self) -> Object {
        self.object
    }

    /// The columns that identify it, with their values.
    pub fn keys(&self) -> impl Iterator<Item = (&'static Field, &'h str)> {
        self.object.keys().zip(self.history.keys(self.stored))
    }

    /// The key; both with ` / ` between them where there are two.
    pub fn key(&self) -> String {
        let [first, second] = self.history.keys(self.stored);
        if second.is_empty() { first.to_owned() } else { format!("{first} / {second}") }
    }

    /// What people call it: the name of a course or a person; `Ada Lovelace in Chemistry`. Empty where no feed of the
    /// history said it. It may be about a person.
    pub fn label(&self) -> String {
        self.history.label(self.object, self.place)
    }

    /// The data source that it belongs to now; empty where that is not known.
    pub fn data_source(&self) -> &'h str {
        self.history.sources().get(self.stored.source)
    }

    /// Whether it would be disabled or purged.
    pub fn removal(&self) -> Removal {
        self.loss.removal
    }

    /// Whether the feed does not list it; otherwise a row says so, or the feed is one of the delete operation.
    pub fn is_omitted(&self) -> bool {
        self.loss.why == Why::Omitted
    }

    /// Whether a row deletes it, or the delete operation does.
    pub fn is_deleted(&self) -> bool {
        self.loss.why == Why::Deleted
    }
}

impl std::fmt::Debug for Affected<'_> {
    /// Without its key, which may be about a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Affected")
            .field("object", &self.object)
            .field("loss", &self.loss)
            .finish_non_exhaustive()
    }
}
