//! What can be wrong with a maquette, and what an import has to say: a rule has a stable code, and examples that
//! are also its tests.
//!
//! Areas: `PG-F` the text, `PG-V` single values, `PG-S` the structure of the maquette, `PG-I` what becomes of it
//! in Ametys; `PG-C`, in [`conversion`], the conversion files.

mod check;
pub mod conversion;
mod table;

pub use check::{check, check_encoding};
pub use table::*;
