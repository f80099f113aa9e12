//! What can be wrong with a matrix: a rule has a stable code, and examples that are also its tests.
//!
//! Areas: `OR-F` the file, `OR-L` the layout, `OR-C` single cells, `OR-R` what the rules say, `OR-G` the
//! commands, `OR-W` writing and conversion.

mod catalogue;
mod check;
mod columns;
mod contradictions;
mod courses;
mod paths;
mod table;
#[cfg(test)]
mod testing;
mod texts;
mod values;

pub use check::check;
pub(crate) use check::check_asked;
pub use table::*;
