//! The rules that need nothing but what the manifest says.

use std::collections::{HashMap, HashSet};

use edu_diagnostics::{Diagnostic, Rule, Severity, Span};

use super::findings::Findings;
use super::{EmbeddedLom, Level, Manifest, Metadata, NAMESPACE, Placed, Resource};
use crate::rules;

/// `has_parts` says that the manifest has its organizations and resources.
pub(super) fn check(manifest: &Manifest, has_parts: bool, findings: &mut Findings) {
    check_version(manifest, has_parts, findings);
    check_identifiers(manifest, findings);
    check_references(manifest, findings);
    check_types(manifest, findings);
    check_lengths(manifest, findings);
    check_levels(manifest, findings);
}

/// BR-S05.
fn check_version(manifest: &Manifest, has_parts: bool, findings: &mut Findings) {
    let rule = &rules::SCHEMA_VERSION;
    let schema = manifest.schema.as_ref();
    let version = manifest.schema_version.as_ref();
    let wrong = |found: &&Placed, expected: &str| found.value != expected;
    if let Some(schema) = schema.filter(|schema| wrong(schema, "ADL SCORM")) {
        let problem = format!("states the schema `{}`", schema.value);
        findings.push(Diagnostic::new(rule).at(schema.span).data("problem", problem));
    }
    if let Some(version) = version.filter(|version| wrong(version, "1.2")) {
        let is_2004 = version.value.contains("CAM 1.3") || version.value.contains("2004");
        let name = if is_2004 { ", which is SCORM 2004" } else { "" };
        let problem = format!("states the version `{}`{name}", version.value);
        findings.push(Diagnostic::new(rule).at(version.span).data("problem", problem));
    }
    let problem = match (schema, version) {
        (Some(_), Some(_)) => return,
        (None, None) => "has neither `schema` nor `schemaversion`",
        (None, Some(_)) => "has no `schema`",
        (Some(_), None) => "has no `schemaversion`",
    };
    // What is optional is no matter while something that is required is missing.
    if !has_parts {
        return;
    }
    let place = manifest.metadata.as_ref().map_or(manifest.span, |metadata| metadata.span);
    let finding = Diagnostic::new(rule).at(place).word("problem", problem);
    findings.push(Diagnostic { severity: Severity::Warning, ..finding });
}

/// An element that must have an identifier: its name, its place, the identifier.
type Identified<'m> = (&'static str, Span, Option<&'m Placed>);

/// BR-S09 and BR-S19.
fn check_identifiers(manifest: &Manifest, findings: &mut Findings) {
    let mut elements: Vec<Identified<'_>> = Vec::new();
    for manifest in manifest.all_manifests() {
        elements.push(("manifest", manifest.span, manifest.identifier.as_ref()));
        for organization in &manifest.organizations {
            let identifier = organization.identifier.as_ref();
            elements.push(("organization", organization.span, identifier));
        }
    }
    let items = manifest.all_items();
    elements.extend(items.map(|item| ("item", item.span, item.identifier.as_ref())));
    let resources = manifest.all_resources();
    elements.extend(
        resources.map(|resource| ("resource", resource.span, resource.identifier.as_ref())),
    );
    elements.sort_unstable_by_key(|(_, span, _)| *span);

    let mut first: HashMap<&str, Span> = HashMap::new();
    for (name, span, identifier) in elements {
        let Some(identifier) = identifier.filter(|identifier| !identifier.value.is_empty()) else {
            findings.push(Diagnostic::new(&rules::IDENTIFIER_MISSING).at(span).word("found", name));
            continue;
        };
        if let Some(first) = first.get(identifier.value.as_str()) {
            findings.push(
                found(&rules::DUPLICATE_IDENTIFIER, identifier).label(*first, "the first one"),
            );
        } else {
            first.insert(&identifier.value, identifier.span);
        }
    }
}

/// BR-S07 and BR-S08.
fn check_references(manifest: &Manifest, findings: &mut Findings) {
    for manifest in manifest.all_manifests() {
        let Some(default) = &manifest.default_organization else { continue };
        let mut organizations = manifest.organizations.iter().flat_map(|own| &own.identifier);
        if !organizations.any(|identifier| identifier.value == default.value) {
            findings.push(found(&rules::DEFAULT_ORGANIZATION, default));
        }
    }
    // An item may show a whole manifest, one that stands inside of this one.
    let inner = manifest.all_manifests().skip(1).map(|manifest| &manifest.identifier);
    let resources = manifest.all_resources().map(|resource| &resource.identifier);
    let known: HashSet<&str> =
        resources.chain(inner).flatten().map(|identifier| identifier.value.as_str()).collect();
    let of_items = manifest.all_items().filter_map(|item| item.identifier_ref.as_ref());
    let of_resources = manifest.all_resources().flat_map(|resource| &resource.dependencies);
    for reference in of_items.chain(of_resources) {
        // Modules are often written with an empty one.
        if !reference.value.is_empty() && !known.contains(reference.value.as_str()) {
            findings.push(found(&rules::REFERENCE, reference));
        }
    }
}

/// BR-S10.
fn check_types(manifest: &Manifest, findings: &mut Findings) {
    let rule = &rules::RESOURCE_TYPE;
    // SCORM 2004 has another name for `scormtype`, and that it is another version has been said.
    let is_ours = manifest.namespace.as_deref() == Some(NAMESPACE);
    for Resource { span, kind, scorm_type, .. } in manifest.all_resources() {
        match kind {
            Some(kind) if kind.value == "webcontent" => {}
            Some(kind) if !kind.value.is_empty() => {
                let problem = format!("has the type `{}`", kind.value);
                let finding = Diagnostic::new(rule).at(kind.span).data("problem", problem);
                findings.push(Diagnostic { severity: Severity::Warning, ..finding });
            }
            _ => findings.push(Diagnostic::new(rule).at(*span).word("problem", "has no `type`")),
        }
        match scorm_type {
            Some(word) if !["sco", "asset"].contains(&word.value.as_str()) => {
                let problem = format!("has the `scormtype` `{}`", word.value);
                findings.push(Diagnostic::new(rule).at(word.span).data("problem", problem));
            }
            None if is_ours => {
                let finding = Diagnostic::new(rule).at(*span);
                let finding = finding.word("problem", "has no `adlcp:scormtype`");
                findings.push(Diagnostic { severity: Severity::Warning, ..finding });
            }
            _ => {}
        }
    }
}

/// BR-S20, as far as it is about lengths.
fn check_lengths(manifest: &Manifest, findings: &mut Findings) {
    let mut check = |name: &'static str, limit: usize, text: Option<&Placed>| {
        let Some(text) = text else { return };
        let length = text.value.chars().count();
        if length > limit {
            let problem = format!("has {length} characters, {limit} are allowed");
            let finding = Diagnostic::new(&rules::MANIFEST_STRUCTURE).at(text.span);
            findings.push(finding.word("found", name).word("problem", problem));
        }
    };
    for manifest in manifest.all_manifests() {
        check("version", 20, manifest.version.as_ref());
        for organization in &manifest.organizations {
            check("title", 200, organization.title.as_ref());
        }
    }
    for item in manifest.all_items() {
        check("title", 200, item.title.as_ref());
        check("identifierref", 2000, item.identifier_ref.as_ref());
        check("parameters", 1000, item.parameters.as_ref());
    }
    for resource in manifest.all_resources() {
        check("href", 2000, resource.href.as_ref());
        resource.files.iter().for_each(|file| check("href", 2000, Some(file)));
        let dependencies = resource.dependencies.iter();
        dependencies.for_each(|dependency| check("identifierref", 2000, Some(dependency)));
    }
}

/// BR-S18.
fn check_levels(manifest: &Manifest, findings: &mut Findings) {
    let manifests = || manifest.all_manifests();
    let organizations = manifests().flat_map(|manifest| &manifest.organizations);
    let mut levels: Vec<(Level, &EmbeddedLom)> = [
        first_record(manifests().map(|manifest| &manifest.metadata)),
        first_record(organizations.map(|organization| &organization.metadata)),
        first_record(manifest.all_items().map(|item| &item.metadata)),
        first_record(manifest.all_resources().map(|resource| &resource.metadata)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if levels.len() < 2 {
        return;
    }
    let (first, lom) = levels[0];
    let last = levels.pop().map_or("", |(level, _)| level.as_str());
    let names: Vec<_> = levels.iter().map(|(level, _)| level.as_str()).collect();
    let finding = Diagnostic::new(&rules::SEVERAL_LEVELS).at(lom.span);
    let finding = finding.word("levels", format!("{} and {last}", names.join(", ")));
    let title = lom.lom.title(None).unwrap_or_default();
    findings.push(finding.word("first", first.as_str()).data("title", title));
}

fn first_record<'m>(
    mut metadata: impl Iterator<Item = &'m Option<Metadata>>,
) -> Option<(Level, &'m EmbeddedLom)> {
    metadata.find_map(|metadata| {
        let metadata = metadata.as_ref()?;
        Some((metadata.level, metadata.lom.as_ref()?))
    })
}

fn found(rule: &'static Rule, placed: &Placed) -> Diagnostic {
    Diagnostic::new(rule).at(placed.span).data("found", &placed.value)
}
