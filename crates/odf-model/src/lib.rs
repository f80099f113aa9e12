#![doc = include_str!("../README.md")]

mod builder;
mod catalogue;
mod code;
mod content;
mod counts;
mod credits;
mod cycles;
#[cfg(feature = "serde")]
pub mod json;
mod kind;
mod parents;
mod paths;
mod required;
pub mod rules;
mod tables;
mod walk;

pub use edu_diagnostics;

pub use builder::CatalogueBuilder;
pub use catalogue::Catalogue;
pub use code::Code;
pub use content::{
    ChoiceRange, ChoiceType, Contact, Container, ContainerNature, Content, Course, CourseList,
    CourseNature, Element, ListOrigin, Program, SubProgram,
};
pub use counts::Counts;
pub use credits::{Credits, NoCredits};
pub use kind::Kind;
pub use parents::Parents;
pub use paths::Paths;
pub use required::{Missing, missing_mandatory};
pub use tables::{Entry, Table, Tables, table};
pub use walk::{Step, Walk};
