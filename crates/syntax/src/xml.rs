//! XML as it is found in the field: read in one pass, with byte spans, repaired where it is damaged.
//!
//! [`Cursor`] walks over a text and yields start tags, text and ends. It borrows from the text, never
//! expands an entity, never fetches anything, checks what makes a document well-formed, repairs what
//! is not and reports each repair as a [`Fault`]. It knows no vocabulary; a reader asks it for the
//! [`Cursor::next`] node, for the [`Cursor::text`] of a leaf, or for a whole [`Cursor::element`].
//! [`Tree`] holds a whole document at once, and [`Writer`] writes one.
//!
//! ```
//! use edu_syntax::xml::{Cursor, FaultKind, Node, State};
//!
//! let mut state = State::default();
//! let mut cursor = Cursor::new("<long>Ethics & Governance</long>", &mut state);
//! let Ok(Node::Start(tag)) = cursor.next() else { panic!() };
//! assert_eq!(tag.name(), "long");
//! assert_eq!(cursor.text().unwrap().value(), "Ethics & Governance");
//! assert_eq!(state.faults()[0].kind, FaultKind::BareAmpersand);
//! assert_eq!(state.faults()[0].span.start, 13);
//! ```

mod chars;
mod cursor;
mod element;
mod fault;
mod markup;
mod state;
mod tag;
mod text;
mod tree;
mod words;
mod writer;

pub use chars::{is_character, is_name};
pub use cursor::{Cursor, Exceeded, Node, Stop, Tag};
pub use element::{Element, Elements};
pub use fault::{Fault, FaultKind};
pub use state::{Limits, State};
pub use text::{Attribute, Text};
pub use tree::{Branch, Tree};
pub use writer::{WriteError, Writer, is_element};
