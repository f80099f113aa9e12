//! What holds for every maquette.
//!
//! Random maquettes are written in every shape, and what is made of them is compared with a second reading of the
//! rules of the structure (I1 to I13), which shares nothing with the crate.

#![cfg(feature = "serde")]

mod change;
mod damage;
mod expected;
mod import;
mod maquette;
mod places;
mod shapes;
#[path = "../support/tables.rs"]
mod tables;
mod write;
