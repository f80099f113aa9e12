//! Measurements and their data.
//!
//! [`generate`] writes invented files of any size, the same for the same seed; [`contenders`] lists the
//! ways to read such a file, [`measure`] times them side by side, and [`report`] says what came out.

pub mod contenders;
pub mod counts;
pub mod generate;
pub mod measure;
pub mod report;
mod serde_json_rival;
mod serde_rival;
