//! XML to model. What is wrong is said elsewhere; here everything is read as far as it goes.

use edu_diagnostics::Span;
use edu_syntax::xml::{Attribute, Branch};

use super::{Item, Level, Manifest, Metadata, Organization, Placed, Resource};

/// Reads a `manifest`. The depth of XML, which is limited, bounds the recursion.
pub(super) fn manifest(branch: Branch<'_>) -> Manifest {
    let mut manifest = Manifest {
        span: branch.name_span(),
        namespace: branch.namespace().map(str::to_owned),
        identifier: attribute(branch, "identifier"),
        version: attribute(branch, "version"),
        base: attribute(branch, "xml:base"),
        ..Manifest::default()
    };
    for child in branch.children() {
        match child.local_name() {
            "metadata" if manifest.metadata.is_none() => {
                let of = |name| child.child(name).map(|found| text(found));
                manifest.schema = of("schema");
                manifest.schema_version = of("schemaversion");
                manifest.metadata = Some(Metadata::read(Level::Manifest, child));
            }
            "organizations" => {
                if manifest.default_organization.is_none() {
                    manifest.default_organization = attribute(child, "default");
                }
                let found = child.children().filter(|child| child.local_name() == "organization");
                manifest.organizations.extend(found.map(|found| organization(found)));
            }
            "resources" => {
                if manifest.resources_base.is_none() {
                    manifest.resources_base = attribute(child, "xml:base");
                }
                let found = child.children().filter(|child| child.local_name() == "resource");
                manifest.resources.extend(found.map(|found| resource(found)));
            }
            "manifest" => manifest.manifests.push(self::manifest(child)),
            _ => {}
        }
    }
    manifest
}

fn organization(branch: Branch<'_>) -> Organization {
    Organization {
        span: branch.name_span(),
        identifier: attribute(branch, "identifier"),
        title: branch.child("title").map(|title| text(title)),
        items: items(branch),
        metadata: metadata(Level::Organization, branch),
    }
}

fn items(branch: Branch<'_>) -> Vec<Item> {
    let found = branch.children().filter(|child| child.local_name() == "item");
    found
        .map(|item| Item {
            span: item.name_span(),
            identifier: attribute(item, "identifier"),
            identifier_ref: attribute(item, "identifierref"),
            title: item.child("title").map(|title| text(title)),
            is_visible: attribute(item, "isvisible"),
            parameters: attribute(item, "parameters"),
            items: items(item),
            metadata: metadata(Level::Item, item),
        })
        .collect()
}

fn resource(branch: Branch<'_>) -> Resource {
    let inside = |name, of| {
        let children = branch.children().filter(move |child| child.local_name() == name);
        children.filter_map(move |child| attribute(child, of)).collect()
    };
    Resource {
        span: branch.name_span(),
        identifier: attribute(branch, "identifier"),
        kind: attribute(branch, "type"),
        // Its prefix is whatever the manifest declares.
        scorm_type: branch.attribute("scormtype").map(|found| value(found)),
        href: attribute(branch, "href"),
        base: attribute(branch, "xml:base"),
        files: inside("file", "href"),
        dependencies: inside("dependency", "identifierref"),
        metadata: metadata(Level::Resource, branch),
    }
}

fn metadata(level: Level, branch: Branch<'_>) -> Option<Metadata> {
    branch.child("metadata").map(|found| Metadata::read(level, found))
}

/// Every second word of each `schemaLocation`: namespaces alternate with the places of their schemas.
pub(super) fn schema_files(root: Branch<'_>) -> Vec<Placed> {
    let locations = root
        .descendants()
        .filter_map(|branch| branch.attribute("schemaLocation"))
        .map(|found| found.value());
    let words = locations.flat_map(|location| {
        let mut end = location.span().start;
        let pieces = location.raw().split_inclusive(char::is_whitespace).map(move |piece| {
            let start = end;
            end += piece.len() as u64;
            (start, piece.trim_end())
        });
        pieces.filter(|(_, word)| !word.is_empty()).skip(1).step_by(2).map(|(at, word)| {
            let span = Span::new(at, at + word.len() as u64);
            Placed { value: word.to_owned(), span }
        })
    });
    words.collect()
}

/// The text between the tags of an element.
pub(super) fn text(branch: Branch<'_>) -> Placed {
    let text = branch.text();
    Placed { value: text.trimmed().into_owned(), span: text.span() }
}

/// An attribute by its name as it stands: `type` is not `xsi:type`.
fn attribute(branch: Branch<'_>, name: &str) -> Option<Placed> {
    let found = branch.attributes().iter().find(|attribute| attribute.name() == name);
    found.map(|found| value(*found))
}

fn value(attribute: Attribute<'_>) -> Placed {
    let value = attribute.value();
    Placed { value: value.trimmed().into_owned(), span: value.span() }
}
