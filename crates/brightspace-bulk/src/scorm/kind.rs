//! What a package is that the utility cannot load.

use edu_syntax::xml::Branch;

use super::Manifest;

/// Names what the manifest describes where that is no SCORM package at all. SCORM 2004 is one, of another
/// version.
pub(super) fn recognise(manifest: &Manifest, root: Branch<'_>) -> Option<&'static str> {
    let schema = manifest.schema.as_ref().map_or("", |schema| schema.value.as_str());
    if schema.contains("Common Cartridge") {
        return Some("a Common Cartridge");
    }
    if schema.contains("QTI") || is_only_qti(manifest) {
        return Some("a QTI package");
    }
    // Whatever else it declares, what has learning objects of SCORM is meant to be a SCORM package.
    if manifest.all_resources().any(|resource| resource.scorm_type.is_some()) {
        return None;
    }
    let namespaces: Vec<String> = root.prefixes().into_iter().map(|(_, uri)| uri).collect();
    let declares = |part: &str| namespaces.iter().any(|uri| uri.contains(part));
    let has_type = |start: &str| {
        manifest.all_resources().any(|resource| {
            resource.kind.as_ref().is_some_and(|kind| kind.value.starts_with(start))
        })
    };
    let is_cartridge = root.namespace().is_some_and(|uri| uri.contains("imsglobal.org/xsd/imscc"));
    if is_cartridge {
        Some("a Common Cartridge")
    } else if declares("blackboard.com") || has_type("resource/x-bb-") || has_type("course/x-bb-") {
        Some("a course export of Blackboard")
    } else if declares("desire2learn.com") {
        Some("a course export of Brightspace")
    } else {
        None
    }
}

/// Whether there are questions and tests, and nothing beside them but the files that they show.
fn is_only_qti(manifest: &Manifest) -> bool {
    let kinds = || {
        let resources = manifest.all_resources();
        resources.map(|resource| resource.kind.as_ref().map_or("", |kind| kind.value.as_str()))
    };
    let is_qti = |kind: &str| kind.starts_with("imsqti");
    let is_shown = |kind: &str| kind == "webcontent" || kind.starts_with("associatedcontent");
    kinds().any(is_qti) && kinds().all(|kind| is_qti(kind) || is_shown(kind))
}
