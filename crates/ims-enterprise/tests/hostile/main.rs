//! Input made to do harm: it ends, it ends soon, and it says where.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails")]
#![expect(clippy::disallowed_types, reason = "how the time grows is what is tested")]

mod cuts;
mod damage;
mod input;
mod limits;
mod time;
