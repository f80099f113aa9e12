#![doc = include_str!("../README.md")]

pub mod codes;
pub mod dates;
mod document;
mod error;
mod lengths;
mod model;
mod password;
mod read;
pub mod redact;
pub mod rules;

pub use document::{Document, FullMembership};
pub use error::ReadError;
pub use model::*;
pub use password::Password;
pub use read::{Counts, ImsReader, Kind, Records, Summary, Version, recognise};
