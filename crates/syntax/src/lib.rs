#![doc = include_str!("../README.md")]

mod decode;
pub mod xml;

pub use decode::{Decoded, EncodingIssue, UnknownEncoding};
