//! What can be wrong with a feed: a rule has a stable code, and examples that are also its tests.
//!
//! Areas: `BB-F` the file, `BB-V` values, `BB-P` passwords, `BB-K` personal data in keys, `BB-U` uniqueness,
//! `BB-X` what needs other files or a history, `BB-C` conventions, which are looked at where they are asked for.

mod across;
pub(crate) mod conventions;
mod row;
mod table;

pub(crate) use across::Across;
pub(crate) use conventions::{ConventionRules, Conventions};
pub(crate) use row::RowRules;
pub use table::*;
