//! What becomes of a maquette, rule by rule (I1 to I13) and decision by decision.

#![cfg(feature = "serde")]

mod check;
mod codes;
mod levels;
mod lists;
mod members;
mod policy;
mod rules;
#[path = "../support/mod.rs"]
mod support;
mod texts;
mod values;
