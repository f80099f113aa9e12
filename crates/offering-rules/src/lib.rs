#![doc = include_str!("../README.md")]

mod asked;
mod cell;
mod codes;
mod convert;
mod duration;
mod expression;
mod generate;
mod label;
mod layout;
mod meaning;
mod model;
mod nearest;
mod offering_rule;
mod opf;
mod path;
mod predicate;
mod profile;
mod read;
mod requirement;
mod reserved;
pub mod rules;
mod sort;
mod write;

pub use {edu_diagnostics, edu_syntax};

pub use cell::{Cell, Placed};
pub use codes::{Kind, RegistrationKind, Status};
pub use convert::{convert, layout_for};
pub use duration::{Duration, NoDuration, Unit};
pub use expression::{Expression, ParseRuleError};
pub use generate::{
    Command, CommandName, CommandSpelling, Dialect, DialectError, Generator, PredicateName,
    Removal, RenderError, RuleSet, Template, TemplateError, Unrenderable,
};
pub use layout::{Layout, Orientation, UnknownLayout};
pub use model::{Column, Mark, Matrix, OpfValue, UnknownRow};
pub use offering_rule::{Action, OfferingRule};
pub use opf::{Catalogue, Opf};
pub use path::CoursePath;
pub use predicate::{Predicate, Term};
pub use read::{Limits, MatrixReader, is_matrix};
pub use write::{WriteError, write};
