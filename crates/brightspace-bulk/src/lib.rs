#![doc = include_str!("../README.md")]

mod codes;
mod convert;
mod effective;
mod files;
pub mod imsmd;
pub mod links;
mod model;
pub mod path;
mod read;
mod rewrite;
pub mod rules;
pub mod scorm;
mod upload;
mod wellformed;
mod write;

pub use {edu_diagnostics, edu_syntax};

pub use codes::{LoadType, NoRepositoryId, RepositoryId, UnknownLoadType};
pub use convert::{Names, to_csv_metadata, to_xml_metadata};
pub use effective::{Effective, Origin, effective};
pub use files::Files;
pub use model::{Field, Item, Quote, Record};
pub use read::{Items, Limits, SetupReader, Stream, is_setup_file};
pub use rewrite::{RewriteError, rewrite};
pub use upload::{Described, Incomplete, Upload};
pub use write::{LineEnd, SetupWriter, Unwritable, WriteError};
