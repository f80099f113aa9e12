//! The life of a catalogue after the first import (reference, section 4.4, decision D37).

mod merge;
mod selection;
mod status;
mod synchronise;
mod values;

pub use selection::{Selected, Selection, select};
pub use status::{Status, StatusRequest, status_after};
pub use synchronise::{Change, ContentChange, FieldChange, Synchronisation, Synchroniser};
pub use values::FieldValue;
