//! The checks of a whole catalogue and of reference tables.

use edu_diagnostics::Sink;

use super::{choices, fields, periods, reference, structure, values};
use crate::cycles::closing_links;
use crate::{Catalogue, Tables};

/// Reports what is wrong with a catalogue: the areas `OD-S` and `OD-F`.
///
/// Values are compared with the reference tables that are given. The tables themselves are checked by
/// [`check_tables`].
pub fn check(catalogue: &Catalogue, tables: Option<&Tables>, sink: &mut dyn Sink) {
    let closing = closing_links(catalogue);
    structure::check(catalogue, &closing, sink);
    periods::check(catalogue, &closing, sink);
    choices::check(catalogue, sink);
    fields::check(catalogue, sink);
    if let Some(tables) = tables {
        values::check(catalogue, tables, sink);
    }
}

/// Reports what is wrong with reference tables: the area `OD-T`.
pub fn check_tables(tables: &Tables, sink: &mut dyn Sink) {
    for (id, table) in tables.iter() {
        reference::check(id, table, sink);
    }
}
