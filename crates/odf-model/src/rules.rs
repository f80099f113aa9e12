//! What can be wrong with a catalogue and with reference tables: a rule has a stable code, and examples that
//! are also its tests.
//!
//! Areas: `OD-S` the structure, `OD-F` the fields, `OD-T` reference tables. Findings have no place, for a model
//! has no text; their arguments name the content.

mod check;
mod choices;
mod fields;
mod periods;
mod reference;
mod structure;
mod table;
mod values;

pub use check::{check, check_tables};
pub use table::*;
