//! IMSMD 1.2.1 metadata: read, check and write.
//!
//! [`LomReader`] makes a [`Lom`] out of a file, or out of a `lom` in the manifest of a package; [`Lom`] is a
//! plain value that can be built, changed and written. [`Metadata`] holds the seven fields that a record of
//! type 3 has in place of a file, and goes to a [`Lom`] and back.
//!
//! ```
//! use brightspace_bulk::edu_diagnostics::Collector;
//! use brightspace_bulk::edu_syntax::Decoded;
//! use brightspace_bulk::imsmd::LomReader;
//!
//! let file = b"<lom><general><title>Animal cell</title></general></lom>";
//! let mut found = Collector::new();
//! let lom = LomReader::new().for_text(&Decoded::new(file), &mut found).unwrap();
//! assert_eq!(lom.title(None), Some("Animal cell"));
//! let codes: Vec<_> = found.findings().iter().map(|finding| finding.rule.code).collect();
//! assert_eq!(codes, ["BR-M02", "BR-M03"]);
//! ```

mod check;
mod element;
mod fields;
mod keep;
mod model;
mod names;
mod read;
mod unit;
mod vcard;
mod write;

pub use check::{is_media_type, looks_like_list};
pub use fields::{Loss, Metadata};
pub use model::{
    Annotation, CatalogEntry, Centity, Classification, Contribute, Date, Educational, General,
    LangString, LangStrings, Leaf, Lifecycle, Location, Lom, MetaMetadata, Other, Person, Relation,
    Requirement, Resource, Rights, Taxon, TaxonPath, Technical, Vocabulary,
};
pub use names::{NAMESPACE, ROLES, is_lom_role};
pub use read::LomReader;
pub use vcard::VCard;
