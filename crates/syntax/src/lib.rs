#![doc = include_str!("../README.md")]

mod decode;
mod window;
pub mod xml;

pub use decode::{Decoded, EncodingIssue, UnknownEncoding};
pub use window::Window;
