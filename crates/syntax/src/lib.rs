#![doc = include_str!("../README.md")]

mod decode;
pub mod delimited;
mod locate;
mod window;
pub mod xml;

pub use decode::{Decoded, EncodingIssue, UnknownEncoding};
pub use locate::{Locator, Source};
pub use window::Window;
