//! From matrices to commands.

mod build;
mod commands;
mod removal;
mod samples;
