#![doc = include_str!("../README.md")]

mod catalogue;
mod diagnostic;
pub mod keys;
mod lines;
mod place;
mod rule;
mod sink;
mod span;
mod table;

pub use catalogue::{catalogue, page};
pub use diagnostic::{Arg, Diagnostic, Label, Value};
pub use lines::LineIndex;
pub use place::Place;
pub use rule::{Rule, Severity};
pub use sink::{Collector, Sink};
pub use span::{Position, Span};
pub use table::table_faults;
