//! Metadata at one level of a manifest: the one place here that knows `lom`.

use edu_diagnostics::Span;
use edu_syntax::xml::Branch;

use super::Placed;
use super::read::text;
use crate::imsmd::{Lom, LomReader};

/// Where in a manifest metadata stand, in the order in which they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Under `manifest`.
    Manifest,
    /// Under `organization`.
    Organization,
    /// Under `item`.
    Item,
    /// Under `resource`.
    Resource,
}

impl Level {
    /// The element that the metadata stand under.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Organization => "organization",
            Self::Item => "item",
            Self::Resource => "resource",
        }
    }
}

/// A `metadata` element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// What it stands under.
    pub level: Level,
    /// Name in its start tag.
    pub span: Span,
    /// The IMSMD record that stands in it.
    pub lom: Option<EmbeddedLom>,
    /// `adlcp:location`: files that hold metadata. Whether the utility follows them is unknown.
    pub locations: Vec<Placed>,
}

/// A `lom` inside of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedLom {
    /// Name in its start tag.
    pub span: Span,
    /// What it says.
    pub lom: Box<Lom>,
}

impl Metadata {
    pub(super) fn read(level: Level, metadata: Branch<'_>) -> Self {
        let locations = metadata.children().filter(|child| child.local_name() == "location");
        Self {
            level,
            span: metadata.name_span(),
            lom: metadata.child("lom").and_then(EmbeddedLom::read),
            locations: locations.map(|location| text(location)).collect(),
        }
    }
}

impl EmbeddedLom {
    fn read(branch: Branch<'_>) -> Option<Self> {
        // What is wrong with it is reported with the whole manifest.
        let lom = LomReader::new().for_branch(branch, &mut |_| ())?;
        Some(Self { span: branch.name_span(), lom: Box::new(lom) })
    }
}
