#![doc = include_str!("../README.md")]

pub mod codes;
pub mod dates;
mod document;
mod error;
mod lengths;
mod model;
pub mod moodle;
mod password;
pub mod profiles;
mod read;
pub mod redact;
pub mod rules;

pub use {edu_diagnostics, edu_syntax};

pub use document::{Document, FullMembership};
pub use error::{ReadError, StreamError};
pub use model::*;
pub use password::Password;
pub use profiles::Profile;
pub use read::{Counts, ImsReader, Kind, Records, Stream, Summary, Version, recognise};
