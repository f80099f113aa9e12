//! Metadata: reading, findings, writing, and the way between a record of type 3 and IMSMD.

#![expect(clippy::unwrap_used, reason = "a test that fails")]

mod any_lom;
mod document;
mod elements;
mod kept;
mod read;
mod record;
mod round_trip;
