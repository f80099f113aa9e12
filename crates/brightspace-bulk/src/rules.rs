//! What can be wrong, and the checks that find it in setup files.
//!
//! | area | about |
//! | --- | --- |
//! | `BR-F` | the setup file as a whole |
//! | `BR-R` | its records |
//! | `BR-P` | the paths in them |
//! | `BR-M` | metadata, in XML files and in records |
//! | `BR-C` | what is lost in conversions, and what is not used |
//! | `BR-S` | SCORM 1.2 packages |

mod check;
mod paths;
mod table;

pub(crate) use check::check;
pub(crate) use paths::{Paths, file_name};
pub use table::*;
