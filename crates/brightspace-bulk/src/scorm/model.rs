//! What a manifest says.

use edu_diagnostics::Span;

use super::Metadata;

/// A text out of a manifest with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The value, references resolved, without white space around it.
    pub value: String,
    /// Where it stands in the text, without the quotes around an attribute.
    pub span: Span,
}

/// A `manifest`, the root of `imsmanifest.xml` or one inside another.
///
/// Parts that were given twice are joined. Of texts that were given twice the first counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manifest {
    /// Name in its start tag.
    pub span: Span,
    /// The namespace that it is in; that of SCORM 1.2 is [`NAMESPACE`](super::NAMESPACE).
    pub namespace: Option<String>,
    /// `identifier`.
    pub identifier: Option<Placed>,
    /// `version`, at most 20 characters.
    pub version: Option<Placed>,
    /// `xml:base`, which its references and those of what stands in it are relative to.
    pub base: Option<Placed>,
    /// `xml:base` of `resources`, inside of that of the manifest.
    pub resources_base: Option<Placed>,
    /// `metadata/schema`: `ADL SCORM`.
    pub schema: Option<Placed>,
    /// `metadata/schemaversion`: `1.2`.
    pub schema_version: Option<Placed>,
    /// `metadata`.
    pub metadata: Option<Metadata>,
    /// `organizations/@default`: the organization that a receiver starts with.
    pub default_organization: Option<Placed>,
    /// The organizations, in the order of the file.
    pub organizations: Vec<Organization>,
    /// The resources, in the order of the file.
    pub resources: Vec<Resource>,
    /// Manifests inside of this one.
    pub manifests: Vec<Manifest>,
    /// Files that `xsi:schemaLocation` names, anywhere in the document. Empty in an inner manifest.
    pub schema_files: Vec<Placed>,
}

/// An `organization`: one tree of items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organization {
    /// Name in its start tag.
    pub span: Span,
    /// `identifier`.
    pub identifier: Option<Placed>,
    /// `title`, at most 200 characters.
    pub title: Option<Placed>,
    /// The topmost items.
    pub items: Vec<Item>,
    /// `metadata`.
    pub metadata: Option<Metadata>,
}

/// An `item`: a module where it has items of its own, else a topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Name in its start tag.
    pub span: Span,
    /// `identifier`.
    pub identifier: Option<Placed>,
    /// `identifierref`: the resource that it shows, at most 2000 characters. One that is empty names none.
    pub identifier_ref: Option<Placed>,
    /// `title`, at most 200 characters.
    pub title: Option<Placed>,
    /// `isvisible`, as it stands; without it an item is visible.
    pub is_visible: Option<Placed>,
    /// `parameters` of the resource's address, at most 1000 characters.
    pub parameters: Option<Placed>,
    /// The items in it.
    pub items: Vec<Item>,
    /// `metadata`.
    pub metadata: Option<Metadata>,
}

/// A `resource`: what an item shows, with the files that it needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resource {
    /// Name in its start tag.
    pub span: Span,
    /// `identifier`.
    pub identifier: Option<Placed>,
    /// `type`: `webcontent`.
    pub kind: Option<Placed>,
    /// `adlcp:scormtype`: `sco` or `asset`.
    pub scorm_type: Option<Placed>,
    /// `href`: what is shown first, at most 2000 characters.
    pub href: Option<Placed>,
    /// `xml:base`, inside of that of `resources`.
    pub base: Option<Placed>,
    /// `file/@href`.
    pub files: Vec<Placed>,
    /// `dependency/@identifierref`: resources that it needs.
    pub dependencies: Vec<Placed>,
    /// `metadata`.
    pub metadata: Option<Metadata>,
}

impl Manifest {
    /// This manifest and those inside of it, outer ones first.
    pub fn all_manifests(&self) -> impl Iterator<Item = &Manifest> {
        preorder(std::slice::from_ref(self), |manifest| &manifest.manifests)
    }

    /// The resources of this manifest and of those inside of it.
    pub fn all_resources(&self) -> impl Iterator<Item = &Resource> {
        self.all_manifests().flat_map(|manifest| &manifest.resources)
    }

    /// The items of this manifest and of those inside of it, at every depth.
    pub fn all_items(&self) -> impl Iterator<Item = &Item> {
        self.all_manifests()
            .flat_map(|manifest| &manifest.organizations)
            .flat_map(Organization::all_items)
    }
}

impl Organization {
    /// The items at every depth, each before those in it.
    pub fn all_items(&self) -> impl Iterator<Item = &Item> {
        preorder(&self.items, |item| &item.items)
    }
}

/// Whatever stands in `roots`, each before what is inside of it.
fn preorder<T>(roots: &[T], inside: fn(&T) -> &[T]) -> impl Iterator<Item = &T> {
    let mut open: Vec<&T> = roots.iter().rev().collect();
    std::iter::from_fn(move || {
        let next = open.pop()?;
        open.extend(inside(next).iter().rev());
        Some(next)
    })
}
