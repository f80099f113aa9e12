//! The programs of the family stand in folders of their own beside this file, a folder a program.
//!
//! This library is empty: it is the place where the example of the README is tested.

#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
pub struct Readme;
