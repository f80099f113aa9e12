//! Measurements and their data.
//!
//! [`generate`] writes an invented campus as IMS Enterprise 1.1, of any size and the same for the same
//! seed; [`contenders`] lists the ways to read such a file, and [`measure`] times them side by side.

pub mod contenders;
pub mod counts;
pub mod generate;
pub mod measure;
mod serde_rival;
