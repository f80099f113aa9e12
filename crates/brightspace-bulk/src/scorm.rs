//! SCORM 1.2 packages: what a manifest says, and whether it and the entries of the archive are in order.
//!
//! Nothing here opens an archive. The caller lists its entries, reads the one that [`manifest_entry`]
//! names, and hands both over as a [`Package`]:
//!
//! ```
//! use brightspace_bulk::edu_diagnostics::Collector;
//! use brightspace_bulk::edu_syntax::Decoded;
//! use brightspace_bulk::scorm::{Entry, Package, PackageReader, manifest_entry};
//!
//! let entries = [Entry::new("imsmanifest.xml", 300, 200), Entry::new("index.html", 58, 53)];
//! assert_eq!(manifest_entry(&entries), Some(0));
//! let bytes = br#"<manifest identifier="M" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
//!     xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
//!   <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
//!   <organizations/>
//!   <resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="Index.html"/></resources>
//! </manifest>"#;
//! let manifest = Decoded::new(bytes);
//! let mut found = Collector::new();
//! let package = Package { entries: &entries, manifest: Some(&manifest) };
//! let manifest = PackageReader::new().for_package(&package, &mut found).unwrap();
//! assert_eq!(manifest.resources[0].scorm_type.as_ref().unwrap().value, "sco");
//! assert_eq!(found.findings()[0].to_string(), "`Index.html` is not in the package");
//! ```
//!
//! | module | owns |
//! | --- | --- |
//! | `model` | what a manifest says, with places |
//! | `metadata` | metadata at one level: the one place that knows `lom` |
//! | `effective` | which metadata count for an object |
//! | `reader` | the way through all of it |
//! | `read` | XML to model |
//! | `structure`, `kind`, `check` | the rules over its parts, the kind of package, the model |
//! | `entries`, `files` | the rules over the listing, and over listing and manifest together |
//! | `url` | what a reference names |
//! | `findings` | order, line and column of what was found |

mod check;
mod effective;
mod entries;
mod files;
mod findings;
mod kind;
mod metadata;
mod model;
mod read;
mod reader;
mod structure;
mod url;

pub use entries::{Entry, is_zip, manifest_entry};
pub use metadata::{EmbeddedLom, Level, Metadata};
pub use model::{Item, Manifest, Organization, Placed, Resource};
pub use reader::{Package, PackageLimits, PackageReader};

/// The namespace of IMS Content Packaging 1.1.2, which SCORM 1.2 is built on.
pub const NAMESPACE: &str = "http://www.imsproject.org/xsd/imscp_rootv1p1p2";

/// The name of the manifest, at the root of the archive, in this letter case.
pub const MANIFEST: &str = "imsmanifest.xml";
