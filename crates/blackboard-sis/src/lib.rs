#![doc = include_str!("../README.md")]

mod alias;
mod data_source;
mod delta;
mod field;
pub mod fields;
mod header;
mod history;
mod key;
mod load;
mod object;
mod operation;
mod password;
mod read;
mod redact;
mod refresh;
mod row;
pub mod rules;
#[cfg(feature = "serde")]
mod serialize;
mod upload;
mod value;
mod write;

pub use {edu_diagnostics, edu_syntax};

pub use alias::Spelling;
pub use data_source::{DataSourceKey, DataSourceKeyError, DataSourceKeys};
pub use delta::{Delta, DeltaError, Difference, Refusal, Refused};
pub use field::{Field, FieldKind, Need};
pub use fields::Values;
pub use header::{Column, Header, HeaderMap};
pub use history::History;
pub use key::{CourseParts, CoursePartsError, PersonKeyError, PersonKeys};
pub use load::{Checked, Load};
pub use object::{Object, Removal};
pub use operation::Operation;
pub use password::{
    HashError, Password, PasswordHash, PasswordType, RandomPasswordError, RandomPasswords,
    SshaFault,
};
pub use read::{FeedReader, Limits, StreamRows, TextRows, is_feed, recognise};
pub use redact::{Part, Redaction};
pub use refresh::{Affected, Counts, DataSourceOutcome, Move, Outcome, Preview, Share};
pub use row::{Cell, Record, Row};
pub use rules::conventions::Conventions;
pub use upload::{
    AddressError, AnswerError, ContentType, DataSetStatus, Endpoint, IntegrationState, Method,
    ReferenceCode, Request,
};
pub use value::{CourseRole, Duration, RowStatus, SystemRole, UnknownWord};
pub use write::{FeedFormat, FeedWriter, HeaderFault, LineEnd, RowFault, ValueFault, WriteError};
