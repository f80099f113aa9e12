//! The namespace, and the parts of a manifest with their order and number.

use edu_diagnostics::Diagnostic;
use edu_syntax::xml::Branch;

use super::findings::Findings;
use crate::rules;

/// What stands in a manifest, in this order.
const PARTS: [&str; 4] = ["metadata", "organizations", "resources", "manifest"];

/// Says that the root is not the one of SCORM 1.2.
pub(super) fn check_namespace(root: Branch<'_>, findings: &mut Findings) {
    let finding = Diagnostic::new(&rules::MANIFEST_NAMESPACE)
        .at(root.name_span())
        .data("found", root.local_name());
    findings.push(match root.namespace() {
        Some(namespace) => finding.data("namespace", format!("the namespace `{namespace}`")),
        None => finding.word("namespace", "no namespace"),
    });
}

/// The namespace of what SCORM 1.2 adds to a manifest.
const EXTENSION: &str = "http://www.adlnet.org/xsd/adlcp_rootv1p2";

/// Whether `scormtype` is in the namespace of SCORM 1.2, where there is one. Said once.
pub(super) fn check_extension(root: Branch<'_>, findings: &mut Findings) {
    let mut resources = root.descendants().filter(|branch| branch.local_name() == "resource");
    let found = resources.find_map(|branch| Some((branch, branch.attribute("scormtype")?)));
    let Some((branch, attribute)) = found else { return };
    let prefix = attribute.name().split_once(':').map(|(prefix, _)| prefix);
    let namespace = prefix.and_then(|prefix| {
        branch.prefixes().into_iter().find(|(known, _)| *known == prefix).map(|(_, uri)| uri)
    });
    if namespace.as_deref() == Some(EXTENSION) {
        return;
    }
    let finding = Diagnostic::new(&rules::MANIFEST_NAMESPACE)
        .at(attribute.name_span())
        .data("found", attribute.name());
    findings.push(match namespace {
        Some(namespace) => finding.data("namespace", format!("the namespace `{namespace}`")),
        None => finding.word("namespace", "no namespace"),
    });
}

/// Checks a manifest and those inside of it; `false` where the manifest itself lacks a part.
pub(super) fn check(manifest: Branch<'_>, findings: &mut Findings) -> bool {
    let name = manifest.name_span();
    let required = ["organizations", "resources"].into_iter();
    let missing: Vec<_> = required.filter(|part| manifest.child(part).is_none()).collect();
    for part in &missing {
        findings.push(Diagnostic::new(&rules::PART_MISSING).at(name).word("missing", *part));
    }
    let mut seen = [false; PARTS.len()];
    for child in manifest.children() {
        let Some(place) = PARTS.iter().position(|part| *part == child.local_name()) else {
            continue;
        };
        let part = PARTS[place];
        let later =
            PARTS.iter().zip(seen).skip(place + 1).find_map(|(part, seen)| seen.then_some(part));
        let problem = match later {
            _ if seen[place] && part != "manifest" => Some("is given twice".to_owned()),
            Some(later) => Some(format!("stands behind `{later}`")),
            None => None,
        };
        if let Some(problem) = problem {
            findings.push(deviation(child, part, problem));
        }
        seen[place] = true;
        if part == "manifest" {
            check(child, findings);
        }
        if part == "organizations" {
            let organizations =
                child.children().filter(|child| child.local_name() == "organization");
            organizations.for_each(|organization| check_repeated(organization, findings));
        }
        if part == "resources" {
            let resources = child.children().filter(|child| child.local_name() == "resource");
            resources.for_each(|resource| check_repeated(resource, findings));
        }
    }
    missing.is_empty()
}

/// What may stand once in an organization, an item or a resource.
fn check_repeated(branch: Branch<'_>, findings: &mut Findings) {
    for part in ["title", "metadata"] {
        let mut found = branch.children().filter(|child| child.local_name() == part);
        if let Some(second) = found.nth(1) {
            findings.push(deviation(second, part, "is given twice".to_owned()));
        }
    }
    let items = branch.children().filter(|child| child.local_name() == "item");
    items.for_each(|item| check_repeated(item, findings));
}

fn deviation(branch: Branch<'_>, part: &'static str, problem: String) -> Diagnostic {
    let finding = Diagnostic::new(&rules::MANIFEST_STRUCTURE);
    finding.at(branch.name_span()).word("found", part).word("problem", problem)
}
